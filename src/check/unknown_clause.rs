//! `unknown-clause`: every clause that is named exists in its standard.
//!
//! **Why.** A claim on a clause that is not there proves nothing (R9).
//!
//! **Do.** Name a clause of the edition in use; another standard is named by its id, as in `iso-9001-2015:8.5`.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::ClauseRef;
use crate::numbering::{self, Resolved};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        for claim in &document.claims {
            let span = Span::new(&document.path, claim.range.clone());
            findings.extend(unknown(&claim.clause, span, library));
        }
        let Some(register) = &document.register else { continue };
        for claim in register.rows.iter().flat_map(|row| &row.claims) {
            let span = Span::new(&register.path, claim.range.clone());
            findings.extend(unknown(&claim.value, span, library));
        }
    }
}

fn unknown(clause: &ClauseRef, span: Span, library: &Library) -> Option<Diagnostic> {
    let standards = &library.framework.standards;
    match numbering::resolve(clause, &library.framework, &library.config) {
        Resolved::NoStandard => {
            let id = library.config.standard_of(clause);
            let known = standards.iter().map(|standard| standard.id.as_str());
            let finding =
                Diagnostic::new("unknown-clause", span, format!("there is no standard `{id}`"));
            Some(finding.did_you_mean(id, known, "add it to `standards/`"))
        }
        Resolved::NoClause(index) => {
            let standard = &standards[index];
            let number = clause.number.as_str();
            let near: Vec<&str> = near(number, standard.units().map(|unit| unit.number.as_str()));
            let message = format!("{} has no clause `{number}`", standard.title);
            let hint = match &near[..] {
                [] => format!("name a clause of {}", standard.title),
                near => format!("did you mean {}?", crate::diagnostic::or_list(near)),
            };
            Some(Diagnostic::new("unknown-clause", span, message).hint(hint))
        }
        Resolved::Unit(..) | Resolved::Parent(..) | Resolved::OldNumbering { .. } => None,
    }
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
