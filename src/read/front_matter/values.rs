//! The value of each key, checked: words of closed lists, dates, periods, versions, and what has parts of its own.

use jiff::civil::Date;

use super::keys::KEYS;
use super::{Reader, is_blank, trimmed, unread};
use crate::document::{Change, ClauseRef, DocumentType, Origin, Status, Typed, Version};
use crate::markdown::{Variables, replace_variables};
use crate::period::{Period, TypedDate, typed_date};
use crate::read::findings::Findings;
use crate::read::value::Pairs;
use crate::register::{Column, ColumnKind};

/// A day of our time, from which periods can be counted.
const RECENT: Date = jiff::civil::date(2000, 1, 1);

impl Reader<'_, '_> {
    pub(super) fn title(&mut self, typed: Typed<String>) -> Option<Typed<String>> {
        self.whole(&typed);
        let Typed { value, range } = typed;
        let mut places = Variables::new(&self.text[range.clone()], 0);
        let replaced = replace_variables(&value, &self.config.variables, |name| {
            let within = places.next(name);
            let at = range.start + within.start..range.start + within.end;
            crate::read::document::unknown_variable(self.findings, at, name, self.config);
        });
        Some(Typed { value: replaced.into_owned(), range })
    }

    /// Tells of what YAML takes for a comment behind a text, though it is none: `Change #1 is done`.
    fn whole(&mut self, Typed { value, range }: &Typed<String>) {
        let line = self.text[range.start..].lines().next().unwrap_or_default();
        // What is in quotes begins with one, or ends with one.
        let Some(behind) = line.strip_prefix(value.as_str()) else { return };
        let comment = behind.trim_start();
        let words = comment.trim_start_matches('#');
        if behind.len() > comment.len()
            && words.len() < comment.len()
            && (words.starts_with(char::is_alphanumeric)
                || words.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        {
            let start = range.start + line.len() - comment.len();
            let message = "a `#` behind a blank begins a comment: the rest of the line is not read";
            self.findings
                .push("front-matter-syntax", start..start + comment.trim_end().len(), message)
                .hint("put the value in quotes");
        }
    }

    pub(super) fn document_type(&mut self, typed: Typed<String>) -> Option<Typed<DocumentType>> {
        let known = DocumentType::from_name(&typed.value.to_lowercase());
        if known.is_none() {
            let names = DocumentType::ALL.iter().map(|known| known.name());
            self.findings
                .push(
                    "unknown-type",
                    typed.range.clone(),
                    format!("`{}` is not a document type", typed.value),
                )
                .suggest(
                    &typed.value,
                    names.clone(),
                    format!("write one of {}", names.collect::<Vec<_>>().join(", ")),
                );
        }
        known.map(|value| Typed { value, range: typed.range })
    }

    pub(super) fn status(&mut self, typed: Typed<String>) -> Option<Typed<Status>> {
        let known = Status::from_name(&typed.value.to_lowercase().replace(['_', ' '], "-"));
        if known.is_none() {
            let names = Status::ALL.iter().map(|known| known.name());
            self.findings
                .push(
                    "unknown-status",
                    typed.range.clone(),
                    format!("`{}` is not a status", typed.value),
                )
                .suggest(&typed.value, names, "write draft, in-review, approved or retired");
        }
        known.map(|value| Typed { value, range: typed.range })
    }

    /// `draft: true` is a draft, `draft: false` no status at all (contracts 1).
    pub(super) fn draft(&mut self, typed: &Typed<String>) {
        match &*typed.value {
            "true" => self.is_draft = Some(typed.range.clone()),
            "false" => self.no_draft = Some(typed.range.clone()),
            other => {
                self.findings
                    .push(
                        "wrong-type",
                        typed.range.clone(),
                        format!("`{other}` is neither `true` nor `false`"),
                    )
                    .hint(match &*other.to_lowercase() {
                        "yes" | "on" | "1" | "true" => "write `status: draft` in its place",
                        "no" | "off" | "0" | "false" => "take it out: `status` says what it is",
                        _ => "write `status: draft` in its place if it is one, else take it out",
                    });
            }
        }
    }

    pub(super) fn version(&mut self, typed: Typed<String>) -> Option<Typed<Version>> {
        if self.config.version.is_match(&typed.value) {
            return Some(Typed { value: Version(typed.value), range: typed.range });
        }
        self.findings
            .push("invalid-version", typed.range, format!("`{}` is not a version", typed.value))
            .hint(if self.config.version_is_default() {
                "write one to three whole numbers joined by dots, such as `1.2`".to_owned()
            } else {
                format!("write what matches `{}`", self.config.version)
            });
        None
    }

    pub(super) fn date(&mut self, key: &str, typed: Typed<String>) -> Option<Typed<Date>> {
        let Typed { value, range } = typed;
        match typed_date(&value) {
            Some(TypedDate::Iso(date)) => Some(Typed { value: date, range }),
            Some(TypedDate::Loose(date)) => {
                self.findings
                    .push("date-form", range.clone(), format!("`{value}` is not in the ISO form"))
                    .hint(format!("write `{date}`"));
                Some(Typed { value: date, range })
            }
            None => {
                self.findings
                    .push(
                        "invalid-date",
                        range,
                        format!("`{key}`: {}", crate::period::no_date(&value)),
                    )
                    .hint("write a day of the calendar as `2026-12-01`");
                None
            }
        }
    }

    pub(super) fn period(&mut self, key: &str, typed: Typed<String>) -> Option<Typed<Period>> {
        if let Ok(value) = typed.value.parse::<Period>() {
            if value.after(RECENT).is_some() {
                return Some(Typed { value, range: typed.range });
            }
            let message =
                format!("`{key}`: `{}` ends behind the last day of the calendar", typed.value);
            self.findings
                .push("invalid-period", typed.range, message)
                .hint("write the period after which the document is really to be reviewed");
            return None;
        }
        self.findings
            .push(
                "invalid-period",
                typed.range,
                format!("`{key}`: `{}` is not a period", typed.value),
            )
            .hint("write a number and a unit: days, weeks, months or years, such as `6 months`");
        None
    }

    /// What the next review follows from; what of it cannot be read is told here, and missed by no rule.
    pub(super) fn review(&mut self, key: &str, typed: Typed<String>) {
        let known = match key {
            "review_date" => {
                self.read.front_matter.review_date = self.date(key, typed);
                self.read.front_matter.review_date.is_some()
            }
            "last_reviewed_on" => {
                self.read.front_matter.last_reviewed_on = self.date(key, typed);
                self.read.front_matter.last_reviewed_on.is_some()
            }
            "review_cycle" => {
                self.read.front_matter.review_cycle = self.period(key, typed);
                self.read.front_matter.review_cycle.is_some()
            }
            _ => {
                self.read.front_matter.review_in = self.period(key, typed);
                self.read.front_matter.review_in.is_some()
            }
        };
        self.read.front_matter.review_unknown |= !known;
    }

    pub(super) fn classification(&mut self, typed: Typed<String>) -> Option<Typed<String>> {
        let levels = &self.config.classification.levels;
        if !levels.contains(&typed.value) {
            self.findings
                .push(
                    "unknown-classification",
                    typed.range.clone(),
                    format!("`{}` is not a handling label", typed.value),
                )
                .suggest(
                    &typed.value,
                    levels.iter().map(String::as_str),
                    format!("write one of {}", levels.join(", ")),
                );
        }
        // Kept as typed: an unknown label counts as the highest.
        Some(typed)
    }

    pub(super) fn changes(&mut self, maps: Vec<Typed<Pairs>>) {
        for Typed { value: pairs, range } in maps {
            // An entry begins at its dash.
            let before = self.text[..range.start].trim_end_matches(' ');
            let dash = before.ends_with('-').then_some(before.len().saturating_sub(1));
            let range = dash.unwrap_or(range.start)..range.end;
            let mut change = Change { range, ..Change::default() };
            for (name, text) in pairs {
                let text = trimmed(text);
                match &*name.value {
                    "version" => change.version = self.version(text),
                    "date" => {
                        change.date = self.date("date", text);
                        change.date_unknown = change.date.is_none();
                    }
                    // What holds nothing says nothing.
                    "summary" | "approved_by" if is_blank(&text.value) => {}
                    "summary" => {
                        self.whole(&text);
                        change.summary = Some(text);
                    }
                    "approved_by" => change.approved_by = Some(text),
                    _ => self.unknown_part(
                        "changes",
                        name,
                        &["version", "date", "summary", "approved_by"],
                    ),
                }
            }
            self.read.front_matter.changes.push(change);
        }
    }

    pub(super) fn origin(&mut self, pairs: Pairs) {
        let mut origin = Origin { issuer: None, version: None, received: None };
        for (name, text) in pairs {
            let text = trimmed(text);
            match &*name.value {
                "issuer" => origin.issuer = Some(text),
                "version" => origin.version = Some(text),
                "received" => origin.received = self.date("received", text),
                _ => self.unknown_part("origin", name, &["issuer", "version", "received"]),
            }
        }
        self.read.front_matter.origin = Some(origin);
    }

    pub(super) fn columns(&mut self, pairs: Pairs) {
        for (Typed { value: name, .. }, Typed { value: text, range }) in pairs {
            match ColumnKind::from_text(&text) {
                Some(kind) => self.read.columns.push(Column { name, kind }),
                None => {
                    // Kept as text, so that the column is not missed in the data file as well.
                    self.read.columns.push(Column { name, kind: ColumnKind::Text });
                    self.findings
                        .push("wrong-type", range, format!("`{text}` is not a kind of column"))
                        .hint(column_kinds(&text));
                }
            }
        }
    }

    fn unknown_part(&mut self, key: &str, part: Typed<String>, known: &[&'static str]) {
        let Typed { value: part, range } = part;
        let plain = unread::plain(&part);
        self.misspelt.extend(unread::in_force_by(&plain));
        let own = KEYS.iter().find(|(own, _)| plain == *own).map(|(own, _)| own);
        let finding = self.findings.push(
            "unknown-key",
            range,
            format!("`{part}` is not known within `{key}`"),
        );
        if let Some(own) = own {
            finding.hint(format!("write `{own}` above `{key}`, at the beginning of a line"));
            return;
        }
        finding.suggest(&part, known.iter().copied(), format!("write one of {}", known.join(", ")));
    }
}

impl Findings {
    /// The clause that was typed; a finding when it is none.
    pub(in crate::read) fn clause(&mut self, typed: Typed<String>) -> Option<Typed<ClauseRef>> {
        let Ok(value) = typed.value.parse() else {
            self.push(
                "unknown-clause",
                typed.range,
                format!("`{}` is not the number of a clause", typed.value),
            )
            .hint(clause_form(&typed.value));
            return None;
        };
        Some(Typed { value, range: typed.range })
    }
}

/// What to write instead of what is no clause.
fn clause_form(typed: &str) -> String {
    let is_clause = |text: &str| text.parse::<ClauseRef>().is_ok();
    let with_dots = typed.replace(',', ".");
    if !typed.contains([' ', '.']) && is_clause(&with_dots) {
        return format!("write `{with_dots}`");
    }
    let parts: Vec<&str> = typed.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| is_clause(part)) {
        return format!("write a list: `[{}]`", parts.join(", "));
    }
    let begin = typed.find(|c: char| c.is_ascii_digit()).unwrap_or(typed.len());
    let bare = typed[begin..].trim_end_matches(['.', ',', ';', ' ']);
    // Before it stands what says that it is a clause, and not the name of another standard.
    let called = typed[..begin].trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    let names =
        ["", "clause", "cl", "section", "sec", "no", "chapter", "abschnitt", "kapitel", "nr"];
    if is_clause(bare) && names.contains(&&*called) {
        return format!("write `{bare}`");
    }
    "write a number such as `8.5.1.2`, or `iso-9001-2015:8.5` for another standard".to_owned()
}

/// What to write instead of a kind of column that is not known.
fn column_kinds(typed: &str) -> String {
    if typed.starts_with("choice") {
        return "write the choices as `choice(open, closed)`".to_owned();
    }
    match crate::diagnostic::nearest(typed, ColumnKind::NAMES)[..] {
        [] => format!("write one of {}", ColumnKind::NAMES.join(", ")),
        ref near => format!("did you mean {}?", crate::diagnostic::or_list(near)),
    }
}
