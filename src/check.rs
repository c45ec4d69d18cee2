//! Portal to diagnostics: one file a rule, with its documentation, its function and its text test.
//!
//! A rule whose finding can only be made while a file is read (`not-utf8`) has its documentation here and its
//! finding in `read`; every other rule looks at the joined library. [`all`] gives both their levels.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::contract::Answered;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::document::{ClauseRef, Document, Status, Typed};
use crate::markdown::is_within;
use crate::portal::{Entry, Library, View};
use crate::register::ColumnKind;
use crate::site::{PICTURES, ending};
use crate::standard::ClauseNumber;

mod progress;
mod rows;

use progress::{clauses_of_progress, references_of_progress, roles_of_progress};
use rows::{Asked, catalogues, lacking, registers_of};

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The id in messages and in `clausebook.toml`: `dead-link`.
    pub id: &'static str,
    /// Its level unless `clausebook.toml` sets another; `None` when it is off until then.
    pub default: Option<Severity>,
    /// What it looks at beside what `read` finds.
    check: Option<Check>,
    /// The file of the rule, whose first lines are its documentation.
    source: &'static str,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
enum Check {
    Documents(fn(&Library, &View, &mut Vec<Diagnostic>)),
    Search(fn(&Library, &[Answered], &mut Vec<Diagnostic>)),
}

impl Rule {
    /// The documentation in Markdown: what the rule asks for, why, and what to do. Where the rule comes from is for
    /// those who read its file.
    pub fn documentation(&self) -> String {
        static SOURCES: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r" \((?:R\d|contracts)[^)]*\)").expect("it is a constant"));
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        SOURCES.replace_all(&lines.join("\n"), "").into_owned()
    }

    /// Its default level in a word: `warning`, `off`.
    pub fn level(&self) -> &'static str {
        self.default.map_or("off", Severity::word)
    }

    /// What the rule asks for, in a sentence without its id.
    pub fn summary(&self) -> &'static str {
        let first = self.source.lines().next().unwrap_or("");
        first.split_once("`: ").map_or(first, |(_, summary)| summary)
    }
}

macro_rules! rules {
    (@check check $module:ident) => { Some(Check::Documents($module::check)) };
    (@check search $module:ident) => { Some(Check::Search($module::check)) };
    (@check read $module:ident) => { None };
    (@level Off) => { None };
    (@level $level:ident) => { Some(Severity::$level) };
    ($(($id:literal, $module:ident, $default:ident, $found_by:ident)),+ $(,)?) => {
        $(mod $module;)+

        /// All rules, those whose findings `read` makes first.
        pub const RULES: &[Rule] = &[$(Rule {
            id: $id,
            default: rules!(@level $default),
            check: rules!(@check $found_by $module),
            source: include_str!(concat!("check/", stringify!($module), ".rs")),
        }),+];
    };
}

rules![
    ("not-utf8", not_utf8, Error, read),
    ("byte-order-mark", byte_order_mark, Warning, read),
    ("invisible-character", invisible_character, Warning, read),
    ("empty-file", empty_file, Error, read),
    ("no-front-matter", no_front_matter, Error, read),
    ("unclosed-front-matter", unclosed_front_matter, Error, read),
    ("front-matter-end", front_matter_end, Warning, read),
    ("front-matter-syntax", front_matter_syntax, Error, read),
    ("wrong-type", wrong_type, Error, read),
    ("unknown-key", unknown_key, Warning, read),
    ("missing-key", missing_key, Error, read),
    ("invalid-date", invalid_date, Error, read),
    ("date-form", date_form, Warning, read),
    ("invalid-period", invalid_period, Error, read),
    ("unknown-status", unknown_status, Error, read),
    ("unknown-type", unknown_type, Error, read),
    ("unknown-classification", unknown_classification, Warning, read),
    ("invalid-version", invalid_version, Error, read),
    ("too-large", too_large, Error, read),
    ("skipped-file", skipped_file, Warning, read),
    ("data-file", data_file, Error, read),
    ("register-cell", register_cell, Error, read),
    ("unknown-variable", unknown_variable, Error, read),
    ("unknown-alert", unknown_alert, Error, read),
    ("open-html", open_html, Error, read),
    ("lost-text", lost_text, Warning, read),
    ("duplicate-anchor", duplicate_anchor, Warning, read),
    ("diagram", diagram, Warning, read),
    ("unreadable", unreadable, Error, check),
    ("unknown-clause", unknown_clause, Error, check),
    ("parent-clause", parent_clause, Warning, check),
    ("old-numbering", old_numbering, Warning, check),
    ("unknown-role", unknown_role, Error, check),
    ("unknown-reference", unknown_reference, Error, check),
    ("dead-link", dead_link, Error, check),
    ("last-review", last_review, Warning, check),
    ("letter-case", letter_case, Error, check),
    ("link-scheme", link_scheme, Warning, check),
    ("outside-image", outside_image, Warning, check),
    ("attachment-kind", attachment_kind, Error, check),
    ("duplicate-reference", duplicate_reference, Error, check),
    ("duplicate-title", duplicate_title, Error, check),
    ("duplicate-address", duplicate_address, Error, check),
    ("brand", brand, Error, check),
    ("excluded-clause", excluded_clause, Error, check),
    ("hierarchy-cycle", hierarchy_cycle, Error, check),
    ("hierarchy-kind", hierarchy_kind, Warning, check),
    ("missing-layer", missing_layer, Info, check),
    ("overlap", overlap, Info, check),
    ("mixed-kind", mixed_kind, Warning, check),
    ("reference-form", reference_form, Warning, check),
    ("reference-clause", reference_clause, Warning, check),
    ("approval-missing", approval_missing, Error, check),
    ("approval-date", approval_date, Warning, check),
    ("approver-is-owner", approver_is_owner, Warning, check),
    ("history-entry", history_entry, Error, check),
    ("history-order", history_order, Warning, check),
    ("history-version", history_version, Error, check),
    ("change-summary", change_summary, Warning, check),
    ("history-in-body", history_in_body, Warning, check),
    ("successor", successor, Error, check),
    ("link-to-retired", link_to_retired, Warning, check),
    ("retired-place", retired_place, Warning, check),
    ("folder-clause", folder_clause, Warning, check),
    ("no-text", no_text, Error, check),
    ("placeholder", placeholder, Error, check),
    ("sample-text", sample_text, Warning, check),
    ("required-headings", required_headings, Warning, check),
    ("document-length", document_length, Info, check),
    ("person-name", person_name, Off, check),
    ("terms", terms, Warning, check),
    ("term-defined", term_defined, Warning, check),
    ("retention-missing", retention_missing, Warning, check),
    ("draft-agreement", draft_agreement, Error, check),
    ("service-agreement", service_agreement, Warning, check),
    ("agreement-parts", agreement_parts, Warning, check),
    ("supplier-facts", supplier_facts, Warning, check),
    ("report-facts", report_facts, Warning, check),
    ("review-dates-differ", review_dates_differ, Warning, check),
    ("review-missing", review_missing, Warning, check),
    ("review-overdue", review_overdue, Warning, check),
    ("review-due", review_due, Info, check),
    ("not-yet-effective", not_yet_effective, Warning, check),
    ("not-found", not_found, Error, search),
    ("unknown-rule", unknown_rule, Warning, check),
];

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// Everything that is wrong on the day of the view: what was found while reading, and what the rules find in the
/// joined library and in what search answered, each at its level, sorted by place. Rules that are off give nothing.
pub fn all(
    library: &Library,
    view: &View,
    answers: &[Answered],
    mut found: Vec<Diagnostic>,
) -> Vec<Diagnostic> {
    for rule in RULES.iter().filter(|rule| level(rule.id, library).is_some()) {
        match rule.check {
            Some(Check::Documents(check)) => check(library, view, &mut found),
            Some(Check::Search(check)) => check(library, answers, &mut found),
            None => {}
        }
    }
    found.retain_mut(|finding| match level(finding.rule, library) {
        Some(severity) => {
            finding.severity = severity;
            in_toml(finding, library);
            !is_of_unused_picture(finding, library)
        }
        None => false,
    });
    found.sort_by(|a, b| (&a.span, a.rule, &a.message).cmp(&(&b.span, b.rule, &b.message)));
    found.dedup();
    found
}

/// `key: value`, as hints write what is to stand in front matter.
static KEY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("`([a-z_]+): ([^`\\[\"]+)`").expect("the pattern is a constant"));

/// A hint for front matter in TOML says what to write there.
fn in_toml(finding: &mut Diagnostic, library: &Library) {
    let Some(hint) = &mut finding.hint else { return };
    if hint.contains(": ") && library.texts.get(&finding.span.path).starts_with("+++") {
        *hint = KEY.replace_all(hint, "`$1 = \"$2\"`").into_owned();
    }
}

/// What is wrong with a picture that nothing leads to concerns nobody: it is not published.
fn is_of_unused_picture(finding: &Diagnostic, library: &Library) -> bool {
    let path = &finding.span.path;
    ["attachment-kind", "not-utf8"].contains(&finding.rule)
        && PICTURES.contains(&&*ending(path))
        && !library.attachments.contains_key(path)
}

/// Up to how many findings of a rule the nearest right name is looked for.
const SUGGESTED: usize = 1_000;

/// True when anything is asked of search: a document states what it is found by, and the rule is on.
pub fn asks_search(library: &Library) -> bool {
    let mut entries = library.entries.iter();
    level("not-found", library).is_some()
        && entries.any(|entry| !entry.document.front_matter.found_by.is_empty())
}

/// The level of a rule; `None` when it is off.
fn level(id: &str, library: &Library) -> Option<Severity> {
    match library.config.levels.get(id) {
        Some(level) => level.severity,
        None => rule(id).map_or(Some(Severity::Error), |rule| rule.default),
    }
}

/// Tells, of documents that share what only one may have, each but one: what they share, how it is typed, where, and
/// where the one has it. That is the first that is in force on some day, else the first.
fn shared<'a, K: Ord>(
    documents: impl Iterator<Item = (K, &'a Document, &'a Typed<String>)>,
    mut tell: impl FnMut(&K, &Typed<String>, Span, Span),
) {
    let mut all: BTreeMap<K, Vec<(&Document, &Typed<String>)>> = BTreeMap::new();
    for (key, document, typed) in documents {
        all.entry(key).or_default().push((document, typed));
    }
    let span = |(document, typed): &(&Document, &Typed<String>)| {
        Span::new(&document.path, typed.range.clone())
    };
    for (key, sharing) in &all {
        // Which one it is does not turn with the day.
        let first = sharing.iter().position(|(document, _)| document.in_force_from().is_some());
        let first = first.unwrap_or(0);
        let others = sharing.iter().enumerate().filter(|(at, _)| *at != first);
        for (_, other) in others {
            tell(key, other.1, span(other), span(&sharing[first]));
        }
    }
}

/// What to claim instead of a clause that is named: only a unit can be claimed, so of a clause that holds others one of
/// these is meant. `None` when there is no such clause.
fn claimable(number: &ClauseNumber, library: &Library) -> Option<String> {
    let standard = library.primary()?;
    let units = standard.units().map(|unit| &unit.number);
    let mut within = units.filter(|unit| unit.is_within(number));
    match (within.next(), within.next()) {
        // A paragraph of a unit.
        (None, _) => standard.clause(number).map(|clause| clause.number.to_string()),
        (Some(unit), None) => Some(unit.to_string()),
        _ => Some(format!("a clause within {number}")),
    }
}

/// The documents that are approved.
fn approved(library: &Library) -> impl Iterator<Item = &Entry> {
    library.entries.iter().filter(|entry| entry.document.status() == Some(Status::Approved))
}

/// True for what stands in code, in guidance, in a comment or in a link: an example, a word to authors, an address.
fn exempt(document: &Document, range: &Range<usize>) -> bool {
    let mark = range.start..range.start + 1;
    document.code_blocks.iter().any(|block| block.range.contains(&range.start))
        || is_within(&document.guidance, &mark)
        || is_within(&document.comments, &mark)
        || document.links.iter().any(|link| link.range.contains(&range.start))
        || is_link_or_code(&document.text, range)
}

/// True for the words of a link, and within a code span of one line.
fn is_link_or_code(text: &str, range: &Range<usize>) -> bool {
    let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let ticks = text[line..range.start].matches('`').count();
    let bracket = text[range.clone()].starts_with('[');
    ticks % 2 == 1 || bracket && text[range.end..].starts_with(['(', '['])
}

/// Where a document says what it is called: its title, else its type.
fn title_range(document: &Document) -> Range<usize> {
    let matter = &document.front_matter;
    let title = matter.title.as_ref().map(|title| &title.range);
    let stated = title.or(matter.document_type.as_ref().map(|stated| &stated.range));
    stated.cloned().unwrap_or(0..0)
}

/// Every claim of every document and register row, with its place.
fn each_claim(library: &Library, mut tell: impl FnMut(Span, &ClauseRef)) {
    for entry in &library.entries {
        let document = &entry.document;
        for claim in &document.claims {
            tell(Span::new(&document.path, claim.range.clone()), &claim.clause);
        }
        let Some(register) = &document.register else { continue };
        for claim in register.rows.iter().flat_map(|row| &row.claims) {
            tell(Span::new(&register.path, claim.range.clone()), &claim.value);
        }
    }
}

/// A reference that has the agreed form.
struct Formed {
    /// The clause that it names, when the form has one.
    clause: Option<ClauseNumber>,
}

/// Takes a reference apart; `None` when it has not the agreed form.
fn formed(reference: &str, pattern: &str, code: &str) -> Option<Formed> {
    let pattern = pattern.replace("{code}", code);
    let numbered = |rest: &str| {
        let number = |n: &str| {
            n.bytes().all(|b| b.is_ascii_digit())
                && !n.starts_with('0')
                && n != "1"
                && !n.is_empty()
        };
        rest.is_empty() || rest.strip_prefix('-').is_some_and(number)
    };
    let Some((before, after)) = pattern.split_once("{clause}") else {
        return numbered(reference.strip_prefix(&*pattern)?).then_some(Formed { clause: None });
    };
    let rest = reference.strip_prefix(before)?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    // What stands behind the clause may begin with a dot or a digit too: the longest number that leaves it counts.
    (1..=end).rev().find_map(|end| {
        let clause = rest[..end].parse().ok()?;
        numbered(rest[end..].strip_prefix(after)?).then_some(Formed { clause: Some(clause) })
    })
}

/// What is to be reviewed.
#[derive(Debug, Clone, Copy)]
enum Reviewed {
    /// A document, by the key that its next review follows from.
    Review { stated_by: &'static str },
    /// A row of a register.
    Row,
}

impl std::fmt::Display for Reviewed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Review { .. } => "review",
            Self::Row => "row",
        })
    }
}

/// Every next review of documents and register rows of which one is asked for, with where it is stated.
fn each_review(library: &Library, mut tell: impl FnMut(Reviewed, Date, Span)) {
    for entry in &library.entries {
        let document = &entry.document;
        if matches!(document.status(), Some(Status::Draft | Status::InReview | Status::Retired)) {
            continue;
        }
        if let Some(next) = entry.next_reviews.first() {
            let range = review_range(document, next.stated_by);
            tell(
                Reviewed::Review { stated_by: next.stated_by },
                next.date,
                Span::new(&document.path, range),
            );
        }
        let Some(register) = &document.register else { continue };
        for row in &register.rows {
            let due = register.columns.iter().zip(&row.cells);
            let due = due.filter(|(column, _)| column.kind == ColumnKind::Due);
            let due = due.filter_map(|(_, cell)| Some((cell.date?, cell.range.clone())));
            if let Some((date, range)) = due.min_by_key(|(date, _)| *date) {
                tell(Reviewed::Row, date, Span::new(&register.path, range));
            }
        }
    }
}

/// Where a document states its next review, given the key that it follows from.
fn review_range(document: &Document, stated_by: &str) -> Range<usize> {
    let matter = &document.front_matter;
    let stated = match stated_by {
        "review_date" => matter.review_date.as_ref().map(|typed| &typed.range),
        "review_in" => matter.last_reviewed_on.as_ref().map(|typed| &typed.range),
        "review_cycle" => matter.review_cycle.as_ref().map(|typed| &typed.range),
        _ => None,
    };
    let status = matter.status.as_ref().map(|typed| &typed.range);
    stated.or(status).cloned().unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_documented_and_named_as_its_file() {
        for rule in RULES {
            let documentation = rule.documentation();
            assert!(documentation.starts_with(&format!("`{}`: ", rule.id)), "{documentation}");
            assert!(
                documentation.contains("**Why.**") && documentation.contains("**Do.**"),
                "{}",
                rule.id
            );
            assert!(rule.summary().ends_with('.'), "{}", rule.id);
            let cites = documentation.contains("(R") || documentation.contains("(contracts");
            assert!(!cites, "{documentation}");
        }
    }

    #[test]
    fn what_stands_behind_a_clause_may_begin_as_it_goes_on() {
        let clause =
            |reference: &str, pattern| Some(formed(reference, pattern, "POL")?.clause?.to_string());
        assert_eq!(clause("SMS.8.5.1.POL", "SMS.{clause}.{code}").as_deref(), Some("8.5.1"));
        assert_eq!(clause("SMS.8.5.1.POL-2", "SMS.{clause}.{code}").as_deref(), Some("8.5.1"));
        assert_eq!(clause("8.5.10POL", "{clause}0{code}").as_deref(), Some("8.5.1"));
        assert_eq!(clause("8.5.1.0", "{clause}.0").as_deref(), Some("8.5.1"));
        assert_eq!(clause("POL.8.5.1.", "{code}.{clause}.").as_deref(), Some("8.5.1"));
        for wrong in ["SMS..POL", "SMS.8.5.1POL", "SMS.8.5.1..POL", "SMS.POL"] {
            assert_eq!(clause(wrong, "SMS.{clause}.{code}"), None, "{wrong}");
        }
    }

    #[test]
    fn a_reference_tells_its_clause() {
        let clause =
            |reference| Some(formed(reference, "SMS-{code}-{clause}", "POL")?.clause?.to_string());
        assert_eq!(clause("SMS-POL-8.5.1").as_deref(), Some("8.5.1"));
        assert_eq!(clause("SMS-POL-8.5.1-2").as_deref(), Some("8.5.1"));
        for wrong in [
            "SMS-PRC-8.5.1",
            "POL-8.5.1",
            "SMS-POL-",
            "SMS-POL-8.5.1-1",
            "SMS-POL-8.5.1-02",
            "SMS-POL-8.5.1x",
        ] {
            assert_eq!(clause(wrong), None, "{wrong}");
        }
    }
}
