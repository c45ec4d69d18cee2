//! `parent-clause`: a claim names a unit, not a clause that only holds others.
//!
//! **Why.** A claim on a headed parent says nothing about any of its units, and covers none of them (contracts 3).
//!
//! **Do.** Name the units that the text answers; the finding lists them.

use crate::diagnostic::Diagnostic;
use crate::numbering::{self, Resolved};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    super::each_claim(library, |span, clause| {
        let resolved = numbering::resolve(clause, &library.framework, &library.config);
        if let Resolved::Parent(_, number, units) = resolved {
            let units: Vec<String> = units.iter().map(|unit| format!("`{unit}`")).collect();
            let message =
                format!("`{number}` only holds other clauses: a claim on it covers none of them");
            let hint = format!("name what the text answers of {}", units.join(", "));
            findings.push(Diagnostic::new("parent-clause", span, message).hint(hint));
        }
    });
}
