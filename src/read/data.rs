//! The data files beside the documents: standards, roles and the glossary.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::findings::Findings;
use crate::diagnostic::Span;
use crate::document::{ClauseRef, DocumentType};
use crate::standard::{Basis, Clause, ClauseNumber, Expectation, Point, Standard};
use crate::vocabulary::{Role, Term};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStandard {
    id: String,
    title: String,
    derived_from: Option<String>,
    clauses: Vec<RawClause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    number: String,
    title: Option<String>,
    summary: Option<String>,
    #[serde(default)]
    expects: Vec<RawExpectation>,
    #[serde(default)]
    points: Vec<RawPoint>,
    #[serde(default)]
    maps_to: Vec<String>,
    #[serde(default)]
    see: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExpectation {
    r#type: String,
    basis: String,
    what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPoint {
    text: String,
    pairs: Vec<String>,
}

/// Reads `standards/*.yaml`; `None` when the file is no standard at all.
pub(super) fn standard(path: &Arc<str>, text: &str, findings: &mut Findings) -> Option<Standard> {
    let RawStandard { id, title, derived_from, clauses } = yaml(text, findings)?;
    let mut cursor = text.find("clauses:").unwrap_or(0);
    let mut standard =
        Standard { id, title, derived_from, clauses: Vec::new(), path: Arc::clone(path) };
    if crate::address::slug(&standard.id) != standard.id {
        let at = find(text, &standard.id, 0);
        findings
            .push("data-file", at, format!("`{}` cannot be the id of a standard", standard.id))
            .hint(format!("write `{}`", crate::address::slug(&standard.id)));
        return None;
    }
    for raw in clauses {
        let at = after(text, "number:", &raw.number, cursor);
        cursor = at.end;
        let next = text[cursor..].find("number:").map_or(text.len(), |next| cursor + next);
        if let Some(clause) = clause(raw, path, text, at, next, findings) {
            standard.clauses.push(clause);
        }
    }
    standard.clauses.sort_by(|a, b| a.number.cmp(&b.number));
    let mut known: BTreeSet<ClauseNumber> = BTreeSet::new();
    standard.clauses.retain(|clause| {
        let new = known.insert(clause.number.clone());
        if !new {
            let at = clause.span.start..clause.span.end;
            findings
                .push("data-file", at, format!("the clause `{}` stands here twice", clause.number))
                .hint("keep one");
        }
        new
    });
    for clause in &standard.clauses {
        let pairs = clause.points.iter().flat_map(|point| &point.pairs);
        for (number, _) in pairs.filter(|(number, _)| {
            standard.unit_of(number).is_none_or(|unit| unit.number != *number)
        }) {
            let at = find(text, &number.to_string(), clause.span.start);
            findings
                .push("data-file", at, format!("`{number}` is not a unit of this standard"))
                .hint("name a deepest clause that has a heading");
        }
    }
    Some(standard)
}

/// One clause; `at` is where its number stands, `next` where the next clause begins.
fn clause(
    raw: RawClause,
    path: &Arc<str>,
    text: &str,
    at: Range<usize>,
    next: usize,
    findings: &mut Findings,
) -> Option<Clause> {
    let RawClause { number, title, summary, expects, points, maps_to, see } = raw;
    let within = |what: &str| {
        let found = find(text, what, at.end);
        if found.end <= next { found } else { at.clone() }
    };
    let number: ClauseNumber = parse_number(&number, at.clone(), findings)?;
    let mut clause = Clause {
        number,
        title,
        summary,
        expects: Vec::new(),
        points: Vec::new(),
        maps_to: Vec::new(),
        see: Vec::new(),
        span: Span::new(path, at.clone()),
    };
    for RawExpectation { r#type, basis, what } in expects {
        let document_type = parse_type(&r#type, within(&r#type), findings);
        let basis = match &*basis {
            "standard" => Basis::Standard,
            "advice" => Basis::Advice,
            other => {
                findings
                    .push("data-file", within(other), format!("`{other}` is not a basis"))
                    .hint("write `standard` or `advice`");
                continue;
            }
        };
        clause.expects.extend(document_type.map(|document_type| Expectation {
            document_type,
            basis,
            what,
        }));
    }
    for RawPoint { text: words, pairs } in points {
        let mut point = Point { text: words, pairs: Vec::new() };
        for pair in pairs {
            let Some((number, name)) = pair.split_once(' ') else {
                findings
                    .push(
                        "data-file",
                        within(&pair),
                        format!("`{pair}` is not a clause and a type"),
                    )
                    .hint("write a pair such as `5.2.1 policy`");
                continue;
            };
            let number = parse_number(number, within(&pair), findings);
            let document_type = parse_type(name.trim(), within(&pair), findings);
            point.pairs.extend(number.zip(document_type));
        }
        clause.points.push(point);
    }
    for number in maps_to {
        clause.maps_to.extend(parse_number(&number, within(&number), findings));
    }
    for other in see {
        let parsed = other.parse().ok().and_then(|ClauseRef { standard, number }| {
            let standard = standard?;
            Some((standard, number))
        });
        if parsed.is_none() {
            findings
                .push(
                    "data-file",
                    within(&other),
                    format!("`{other}` is not a clause of a standard"),
                )
                .hint("write it as `iso-9001-2015:8.5`");
        }
        clause.see.extend(parsed);
    }
    Some(clause)
}

fn parse_number(number: &str, at: Range<usize>, findings: &mut Findings) -> Option<ClauseNumber> {
    let parsed = number.parse().ok();
    if parsed.is_none() {
        findings
            .push("data-file", at, format!("`{number}` is not the number of a clause"))
            .hint("write numbers joined by dots, in quotes: \"8.10\"");
    }
    parsed
}

fn parse_type(name: &str, at: Range<usize>, findings: &mut Findings) -> Option<DocumentType> {
    let known = DocumentType::from_name(name);
    if known.is_none() {
        let names = DocumentType::ALL.iter().map(|known| known.name());
        findings.push("data-file", at, format!("`{name}` is not a document type")).suggest(
            name,
            names,
            "see docs/front-matter.md for the types",
        );
    }
    known
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRole {
    id: String,
    title: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    duties: Vec<String>,
}

/// Reads `roles.yaml`.
pub(super) fn roles(path: &Arc<str>, text: &str, findings: &mut Findings) -> Vec<Role> {
    let mut cursor = 0;
    let mut roles: Vec<Role> = Vec::new();
    for RawRole { id, title, summary, duties } in
        yaml::<Vec<RawRole>>(text, findings).unwrap_or_default()
    {
        let at = after(text, "id:", &id, cursor);
        cursor = at.end;
        if id == "index" {
            findings
                .push("data-file", at, "`index` is the list of all roles")
                .hint("give the role another id");
        } else if crate::address::slug(&id) != id {
            findings
                .push("data-file", at, format!("`{id}` cannot be the id of a role"))
                .hint(format!("write `{}`", crate::address::slug(&id)));
        } else if roles.iter().any(|role| role.id == id) {
            findings
                .push("data-file", at, format!("the role `{id}` stands here twice"))
                .hint("keep one of the two");
        } else {
            roles.push(Role { id, title, summary, duties, span: Span::new(path, at) });
        }
    }
    roles
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    term: String,
    definition: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    see: Vec<String>,
    document: Option<String>,
}

/// Reads `glossary.yaml`, in alphabetical order.
pub(super) fn terms(path: &Arc<str>, text: &str, findings: &mut Findings) -> Vec<Term> {
    let mut cursor = 0;
    let mut terms: Vec<Term> = Vec::new();
    for RawTerm { term, definition, aliases, see, document } in
        yaml::<Vec<RawTerm>>(text, findings).unwrap_or_default()
    {
        let at = after(text, "term:", &term, cursor);
        cursor = at.end;
        if terms.iter().any(|known| known.term.to_lowercase() == term.to_lowercase()) {
            findings
                .push("data-file", at, format!("the term `{term}` stands here twice"))
                .hint("keep one of the two");
            continue;
        }
        let span = Span::new(path, at);
        terms.push(Term { term, anchor: String::new(), definition, aliases, see, document, span });
    }
    let known: BTreeSet<String> = terms.iter().map(|term| term.term.to_lowercase()).collect();
    for term in &mut terms {
        let start = term.span.start;
        term.see.retain(|other| {
            let there = known.contains(&other.to_lowercase());
            if !there {
                findings
                    .push(
                        "data-file",
                        find(text, other, start),
                        format!("`{other}` is not a term of the glossary"),
                    )
                    .suggest(
                        other,
                        known.iter().map(String::as_str),
                        "add it, or take it out of `see`",
                    );
            }
            there
        });
    }
    terms.sort_by_cached_key(|term| term.term.to_lowercase());
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

/// Reads a whole file into `T`; its first mistake is a finding.
pub(super) fn yaml<T: DeserializeOwned>(text: &str, findings: &mut Findings) -> Option<T> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        let nothing = serde_yaml::from_str("[]").ok();
        if nothing.is_none() {
            findings
                .push("data-file", 0..0, "the file holds nothing")
                .hint("see docs/content.md for what this file holds, or delete it");
        }
        return nothing;
    }
    if let Some(at) = super::value::too_deep(text) {
        findings
            .push("data-file", at..at + 1, "it is nested too deep")
            .hint("see docs/content.md for what this file holds");
        return None;
    }
    match serde_yaml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index().min(text.len()));
            let line_end = text
                .get(at..)
                .and_then(|rest| rest.find(['\r', '\n']))
                .map_or(text.len(), |end| at + end);
            let message = error.to_string();
            let message = super::findings::without_place(&message);
            // The parser names the place by its path in the file, such as `.[0]: `.
            let message = match message.split_once(": ") {
                Some((path, rest)) if path.starts_with(['.', '[']) => rest,
                _ => message,
            };
            // What is a struct here is a mapping to those who write the file.
            let message = match message.split_once("struct Raw") {
                Some((before, _)) => format!("{before}a mapping"),
                None => message.to_owned(),
            };
            findings
                .push("data-file", at..line_end, message)
                .hint("see docs/content.md for what this file holds");
            None
        }
    }
}

/// `value` where it follows `key`, from `cursor` on.
pub(super) fn after(text: &str, key: &str, value: &str, cursor: usize) -> Range<usize> {
    let key = find(text, key, cursor);
    find(text, value, key.end.max(cursor))
}

pub(super) fn find(text: &str, what: &str, from: usize) -> Range<usize> {
    match text.get(from..).and_then(|rest| rest.find(what)) {
        Some(at) if !what.is_empty() => from + at..from + at + what.len(),
        _ => from.min(text.len())..from.min(text.len()),
    }
}
