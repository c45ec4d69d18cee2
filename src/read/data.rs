//! The data files beside the documents: standards, roles and the glossary.

mod fields;
mod salvage;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::findings::Findings;
use super::value::tree::Node;
use crate::diagnostic::Span;
use crate::document::{ClauseRef, DocumentType, Typed};
use crate::naming::sort_key;
use crate::standard::{Basis, Clause, ClauseNumber, Expectation, Point, Standard};
use crate::vocabulary::{Role, Term};

pub(super) use fields::Fields;
use fields::entries;

/// The unit of a pair, and where it is named.
type Named = (ClauseNumber, Range<usize>);

/// Reads `standards/*.yaml`; `None` when the file is no standard at all.
pub(super) fn standard(path: &Arc<str>, text: &str, findings: &mut Findings) -> Option<Standard> {
    let mut fields = Fields::of_file(text, findings)?;
    let id = fields.required("id");
    let title = fields.required("title");
    let language = fields.text("language");
    let derived_from = fields.text("derived_from");
    let clauses = fields.filled_entries("clauses");
    let findings = fields.end();
    let Typed { value: id, range } = id?;
    if crate::address::slug(&id) != id {
        findings
            .push("data-file", range, format!("`{id}` cannot be the id of a standard"))
            .hint(format!("write `{}`", crate::address::slug(&id)));
        return None;
    }
    let mut beside = Beside::default();
    let mut dropped: Vec<Option<ClauseNumber>> = Vec::new();
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut standard = Standard {
        title: title.map_or_else(|| id.clone(), |title| title.value),
        id,
        id_range: range,
        language: language.and_then(|name| parse_language(name, findings)),
        derived_from,
        clauses: Vec::new(),
        unread: false,
        path: Arc::clone(path),
    };
    for node in clauses {
        let derived = standard.derived_from.is_some();
        let place = node.range.clone();
        match clause(path, text, node, derived, &mut beside, findings) {
            Ok(clause) => {
                standard.clauses.push(clause);
                places.push(place);
            }
            Err(within) => dropped.push(within),
        }
    }
    mark_unread(&mut standard.clauses, &places, &beside.see, findings);
    standard.clauses.sort_by(|a, b| a.number.cmp(&b.number));
    standard.clauses.dedup_by(|again, kept| {
        let twice = again.number == kept.number;
        if twice {
            let at = again.span.start..again.span.end;
            findings
                .push("data-file", at, format!("the clause `{}` stands here twice", again.number))
                .hint("keep one");
            // What the other one expects is left out.
            kept.unread = true;
        }
        twice
    });
    for within in dropped {
        let unit = within.and_then(|within| standard.unit_of(&within));
        match unit.map(|unit| unit.number.clone()) {
            Some(unit) => {
                let of_unit = standard.clauses.iter_mut().filter(|clause| clause.number == unit);
                of_unit.for_each(|clause| clause.unread = true);
            }
            None => standard.unread = true,
        }
    }
    for (number, at) in beside.units {
        if standard.unit_of(&number).is_none_or(|unit| unit.number != number) {
            findings
                .push("data-file", at, format!("`{number}` is not a unit of this standard"))
                .hint("name a deepest clause that has a heading");
        }
    }
    Some(standard)
}

/// What the clauses of a standard say, besides themselves.
#[derive(Default)]
struct Beside {
    /// The units that points name.
    units: Vec<Named>,
    /// Where something is wrong with a correspondence, from which nothing is derived.
    see: BTreeSet<usize>,
}

/// Marks the clauses within whose places anything was found that is not of `see`, so that none is asked for less by a slip
/// of the pen.
fn mark_unread(
    clauses: &mut [Clause],
    places: &[Range<usize>],
    see: &BTreeSet<usize>,
    findings: &Findings,
) {
    let found = findings.list.iter().filter(|finding| finding.rule == "data-file");
    let found = found.map(|finding| finding.span.start).filter(|start| !see.contains(start));
    let found: BTreeSet<usize> = found.collect();
    for (clause, place) in clauses.iter_mut().zip(places) {
        clause.unread = found.range(place.clone()).next().is_some();
    }
}

/// One clause of a standard, which may be `derived`; what it says besides is added to `beside`.
///
/// # Errors
/// The clause in which it stands, where it cannot be read and its number says so much.
fn clause(
    path: &Arc<str>,
    text: &str,
    node: Node,
    derived: bool,
    beside: &mut Beside,
    findings: &mut Findings,
) -> Result<Clause, Option<ClauseNumber>> {
    let mut fields = Fields::of(text, node, findings).ok_or(None)?;
    let number = fields.required("number");
    let title = fields.text("title").map(|title| title.value);
    let summary = fields.text("summary").map(|summary| summary.value);
    let expects = fields.filled_if_there("expects");
    let points = fields.filled_if_there("points");
    let maps_to = fields.texts("maps_to");
    let see = fields.texts("see");
    let findings = fields.end();
    let number = number.ok_or(None)?;
    let span = Span::new(path, number.range.clone());
    let expects = expects.into_iter().filter_map(|node| expectation(text, node, findings));
    let expects = expects.collect();
    let points =
        points.into_iter().filter_map(|node| point(text, node, &mut beside.units, findings));
    let points = points.collect();
    if let Some(first) = maps_to.first().filter(|_| !derived) {
        findings
            .push(
                "data-file",
                first.range.clone(),
                "`maps_to` stands in an edition that is not derived",
            )
            .hint("state `derived_from` at the top, or name the clauses as `see`");
    }
    let maps_to = maps_to.into_iter().filter_map(|number| parse_number(number, findings));
    let maps_to = maps_to.collect();
    let told = findings.list.len();
    let see = see.into_iter().filter_map(|other| correspondence(other, findings)).collect();
    beside.see.extend(findings.list[told..].iter().map(|finding| finding.span.start));
    let within = begun(&number.value);
    let number = parse_number(number, findings).ok_or(within)?;
    let unread = false;
    Ok(Clause { number, title, summary, expects, points, maps_to, see, unread, span })
}

fn expectation(text: &str, node: Node, findings: &mut Findings) -> Option<Expectation> {
    let mut fields = Fields::of(text, node, findings)?;
    let document_type = fields.required("type");
    let basis = fields.required("basis");
    let what = fields.required("what").map_or_else(String::new, |what| what.value);
    let findings = fields.end();
    let document_type = document_type.and_then(|name| parse_type(name, findings));
    let basis = basis.and_then(|Typed { value, range }| match &*value {
        "standard" => Some(Basis::Standard),
        "advice" => Some(Basis::Advice),
        other => {
            findings
                .push("data-file", range, format!("`{other}` is not a basis"))
                .hint("write `standard` or `advice`");
            None
        }
    });
    Some(Expectation { document_type: document_type?, basis: basis?, what })
}

fn point(text: &str, node: Node, units: &mut Vec<Named>, findings: &mut Findings) -> Option<Point> {
    let before = findings.list.len();
    let mut fields = Fields::of(text, node, findings)?;
    let words = fields.required("text");
    let typed = fields.filled_texts("pairs");
    let findings = fields.end();
    let mut pairs = Vec::new();
    for Typed { value: pair, range } in typed {
        let Some((number, name)) = pair.split_once(' ') else {
            findings
                .push("data-file", range, format!("`{pair}` is not a clause and a type"))
                .hint("write a pair such as `5.2.1 policy`");
            continue;
        };
        let within = |part: &str| Typed {
            range: text[range.clone()].find(part).map_or_else(
                || range.clone(),
                |at| range.start + at..range.start + at + part.len(),
            ),
            value: part.to_owned(),
        };
        let number = within(number);
        let at = number.range.clone();
        let number = parse_number(number, findings);
        units.extend(number.clone().map(|number| (number, at)));
        pairs.extend(number.zip(parse_type(within(name.trim()), findings)));
    }
    if findings.list.len() > before {
        // What is left is less than the point asks for.
        pairs.clear();
    }
    Some(Point { text: words?.value, pairs })
}

/// A clause of another standard.
fn correspondence(
    Typed { value: other, range }: Typed<String>,
    findings: &mut Findings,
) -> Option<Typed<(String, ClauseNumber)>> {
    match other.parse() {
        Ok(ClauseRef { standard: Some(standard), number }) => {
            Some(Typed { value: (standard, number), range })
        }
        _ => {
            findings
                .push("data-file", range, format!("`{other}` is not a clause of a standard"))
                .hint("write it as `iso-9001-2015:8.5`");
            None
        }
    }
}

/// What of a number can be read, part by part: `9.2` of `9.2.1x`.
fn begun(number: &str) -> Option<ClauseNumber> {
    let mut parts = number.rmatch_indices('.').map(|(end, _)| &number[..end]);
    parts.find_map(|begun| begun.parse().ok())
}

/// The number of a clause; a finding when it is none.
pub(super) fn parse_number(
    Typed { value: number, range }: Typed<String>,
    findings: &mut Findings,
) -> Option<ClauseNumber> {
    let parsed = number.parse().ok();
    if parsed.is_none() {
        findings
            .push("data-file", range, format!("`{number}` is not the number of a clause"))
            .hint("write numbers joined by dots, in quotes: \"8.10\"");
    }
    parsed
}

/// The name of a language; a finding when it is none.
fn parse_language(
    Typed { value: name, range }: Typed<String>,
    findings: &mut Findings,
) -> Option<String> {
    // What BCP 47 asks of a name: the language in two or three letters, then script, region and so on.
    let mut parts = name.split('-');
    let first = parts.next().unwrap_or_default();
    let language = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let further = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if language && parts.all(further) {
        return Some(name);
    }
    findings
        .push("data-file", range, format!("`{name}` is not the name of a language"))
        .hint("write it as web pages do: `en`, `de`, `pt-BR`");
    None
}

fn parse_type(
    Typed { value: name, range }: Typed<String>,
    findings: &mut Findings,
) -> Option<DocumentType> {
    let known = DocumentType::from_name(&name);
    if known.is_none() {
        let names = DocumentType::ALL.iter().map(|known| known.name());
        findings.push("data-file", range, format!("`{name}` is not a document type")).suggest(
            &name,
            names,
            "see docs/front-matter.md of the Clausebook repository for the types",
        );
    }
    known
}

/// Reads `roles.yaml`.
pub(super) fn roles(path: &Arc<str>, text: &str, findings: &mut Findings) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    let mut known = BTreeSet::new();
    for node in entries(text, "roles", findings) {
        let Some(mut fields) = Fields::of(text, node, findings) else { continue };
        let id = fields.required("id");
        let title = fields.required("title");
        let summary = fields.text("summary");
        let duties = fields.texts("duties");
        let groups = fields.texts("groups");
        let findings = fields.end();
        let Some(Typed { value: id, range: at }) = id else { continue };
        if id == "index" {
            findings
                .push("data-file", at, "`index` is the list of all roles")
                .hint("give the role another id");
        } else if crate::address::slug(&id) != id {
            findings
                .push("data-file", at, format!("`{id}` cannot be the id of a role"))
                .hint(format!("write `{}`", crate::address::slug(&id)));
        } else if !known.insert(id.clone()) {
            findings
                .push("data-file", at, format!("the role `{id}` stands here twice"))
                .hint("keep one of the two");
        } else {
            roles.push(Role {
                title: title.map_or_else(|| id.clone(), |title| title.value),
                id,
                summary: summary.map_or_else(String::new, |summary| summary.value),
                duties: duties.into_iter().map(|duty| duty.value).collect(),
                groups: groups.into_iter().map(|group| group.value).collect(),
                span: Span::new(path, at),
            });
        }
    }
    roles
}

/// For how many names that are not known the nearest are looked for: each is compared with all that are.
const SUGGESTED: usize = 100;

/// Reads `glossary.yaml`, in alphabetical order.
pub(super) fn terms(path: &Arc<str>, text: &str, findings: &mut Findings) -> Vec<Term> {
    let mut terms: Vec<(Term, Vec<Typed<String>>)> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for node in entries(text, "terms", findings) {
        let Some(mut fields) = Fields::of(text, node, findings) else { continue };
        let term = fields.required("term");
        let definition = fields.required("definition");
        let aliases = fields.texts("aliases");
        let see = fields.texts("see");
        let document = fields.text("document");
        let findings = fields.end();
        let Some(Typed { value: term, range: at }) = term else { continue };
        if !known.insert(term.to_lowercase()) {
            findings
                .push("data-file", at, format!("the term `{term}` stands here twice"))
                .hint("keep one of the two");
            continue;
        }
        let term = Term {
            term,
            anchor: String::new(),
            definition: definition.map_or_else(String::new, |definition| definition.value),
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            see: Vec::new(),
            document,
            span: Span::new(path, at),
        };
        terms.push((term, see));
    }
    let mut wrong = 0;
    let mut terms: Vec<Term> = terms
        .into_iter()
        .map(|(mut term, see)| {
            for Typed { value: other, range } in see {
                if known.contains(&other.to_lowercase()) {
                    term.see.push(other);
                    continue;
                }
                let message = format!("`{other}` is not a term of the glossary");
                wrong += 1;
                let names = known.iter().map(String::as_str).filter(|_| wrong <= SUGGESTED);
                findings.push("data-file", range, message).suggest(
                    &other,
                    names,
                    "add it, or take it out of `see`",
                );
            }
            term
        })
        .collect();
    terms.sort_by_cached_key(|term| sort_key(&term.term));
    // Two terms may differ in signs only, as `go live` and `go-live` do.
    let mut taken = BTreeSet::new();
    for term in &mut terms {
        let wanted = crate::address::anchor(&term.term);
        term.anchor.clone_from(&wanted);
        let mut n = 2;
        while !taken.insert(term.anchor.clone()) {
            term.anchor = format!("{wanted}-{n}");
            n += 1;
        }
    }
    terms
}
