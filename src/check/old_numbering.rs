//! `old-numbering`: a claim names a clause of the edition in use.
//!
//! **Why.** Numbers of the 2011 edition mean other things today (R11); a claim on one counts only where it has exactly one unit in the edition in use.
//!
//! **Do.** Name the unit of the edition in use.

use crate::diagnostic::Diagnostic;
use crate::numbering::{self, Resolved};
use crate::portal::{Library, View};
use crate::standard::ClauseNumber;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    super::each_claim(library, |span, clause| {
        let resolved = numbering::resolve(clause, &library.framework, &library.config);
        let Resolved::OldNumbering { edition, standard, targets } = resolved else { return };
        let [old, new] = [edition, standard].map(|index| &library.framework.standards[index].title);
        let message = format!("`{}` is old numbering, of {old}", clause.number);
        let targets: Vec<&str> = targets.iter().map(ClauseNumber::as_str).collect();
        let hint = match &targets[..] {
            [] => format!("name a clause of {new}"),
            [one] => format!(
                "write `{one}` of {new}, which it counts for; a `reference` that ends in the old number changes with it"
            ),
            many => format!(
                "name one of {}: it counts for none while there is more than one",
                quoted(many)
            ),
        };
        findings.push(Diagnostic::new("old-numbering", span, message).hint(hint));
    });
}

fn quoted(numbers: &[&str]) -> String {
    let quoted: Vec<String> = numbers.iter().map(|number| format!("`{number}`")).collect();
    quoted.join(", ")
}
