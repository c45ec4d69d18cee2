//! `unknown-clause`: every clause that is named exists in its standard.
//!
//! **Why.** A claim on a clause that is not there proves nothing (R9).
//!
//! **Do.** Name a clause of the edition in use; another standard is named by its id, as in `iso-9001-2015:8.5`.

use crate::address::slug;
use crate::assessment::Assessment;
use crate::diagnostic::{Diagnostic, Span, or_list};
use crate::document::ClauseRef;
use crate::numbering::{self, Resolved};
use crate::portal::{Library, View};
use crate::source;
use crate::standard::{Clause, ClauseNumber, Standard};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    super::each_claim(library, |span, clause| findings.extend(unknown(clause, span, library)));
    for (clause, span) in super::clauses_of_progress(library) {
        findings.extend(unknown(clause, span, library));
    }
    for assessment in &library.framework.assessments {
        assessed(assessment, library, findings);
    }
}

/// An assessment names units, which are counted; what only holds others cannot be assessed.
fn assessed(assessment: &Assessment, library: &Library, findings: &mut Vec<Diagnostic>) {
    let id = &assessment.standard;
    let Some(standard) = library.framework.standard(&id.value) else {
        let span = Span::new(&assessment.path, id.range.clone());
        findings.push(no_standard(&id.value, span, library));
        return;
    };
    for result in &assessment.results {
        let number = &result.clause;
        if standard.unit_of(number).is_some_and(|unit| unit.number == *number) {
            continue;
        }
        let span = result.span.clone();
        findings.push(if standard.clause(number).is_none() {
            no_clause(standard, number, span)
        } else {
            let message = format!("`{number}` is not a unit of {}", standard.title);
            Diagnostic::new("unknown-clause", span, message)
                .hint("assess the deepest clauses that have a heading")
        });
    }
}

fn unknown(clause: &ClauseRef, span: Span, library: &Library) -> Option<Diagnostic> {
    match numbering::resolve(clause, &library.framework, &library.config) {
        Resolved::NoStandard => {
            Some(no_standard(library.config.standard_of(clause), span, library))
        }
        Resolved::NoClause(index) => {
            Some(no_clause(&library.framework.standards[index], &clause.number, span))
        }
        Resolved::Unit(..) | Resolved::Parent(..) | Resolved::OldNumbering { .. } => None,
    }
}

fn no_standard(id: &str, span: Span, library: &Library) -> Diagnostic {
    let known: Vec<&str> =
        library.framework.standards.iter().map(|standard| standard.id.as_str()).collect();
    let finding = Diagnostic::new("unknown-clause", span, format!("there is no standard `{id}`"));
    if !id.contains(char::is_alphanumeric) {
        return finding
            .hint(format!("name a standard by its id, such as `{}`", library.config.standard));
    }
    // As ids are written: `ISO 9001` is `iso-9001`.
    let formed = slug(id);
    let akin = |known: &&&str| known.starts_with(&formed) || formed.starts_with(**known);
    let akin: Vec<&str> = known.iter().filter(akin).take(3).copied().collect();
    if !akin.is_empty() {
        return finding.hint(format!("did you mean {}?", or_list(&akin)));
    }
    let file = source::join(&library.content, &format!("standards/{formed}.yaml"));
    finding.did_you_mean(&formed, known, format!("write `{}`", file.unwrap_or_default()))
}

fn no_clause(standard: &Standard, number: &ClauseNumber, span: Span) -> Diagnostic {
    let number = number.as_str();
    let mut near: Vec<&str> = near(number, standard.units().map(|unit| unit.number.as_str()));
    // A number that goes too deep means what it lies in, which may be a paragraph.
    let claimable = |clause: &&Clause| standard.unit_of(&clause.number).is_some();
    let known = standard.clauses.iter().filter(claimable).map(|clause| clause.number.as_str());
    let lies_in =
        |above: &&str| number.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
    if let Some(above) = known.filter(lies_in).max_by_key(|above| above.len()) {
        near.retain(|other| *other != above);
        near.insert(0, above);
        near.truncate(3);
    }
    let message = format!("{} has no clause `{number}`", standard.title);
    let hint = match &near[..] {
        [] => format!("name a clause of {}", standard.title),
        near => format!("did you mean {}?", or_list(near)),
    };
    Diagnostic::new("unknown-clause", span, message).hint(hint)
}

/// The numbers nearest to a clause: those that share most of their first numbers with it.
fn near<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let shared =
        |number: &str| number.split('.').zip(typed.split('.')).take_while(|(a, b)| a == b).count();
    let mut near: Vec<(usize, usize, &str)> = known
        .map(|number| (shared(number), strsim::damerau_levenshtein(number, typed), number))
        .filter(|(shared, distance, _)| *shared > 0 || *distance <= 1)
        .collect();
    near.sort_by_key(|(shared, distance, _)| (std::cmp::Reverse(*shared), *distance));
    near.into_iter().take(3).map(|(_, _, number)| number).collect()
}
