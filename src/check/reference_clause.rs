//! `reference-clause`: the clause in a reference is the primary clause or one above it.
//!
//! **Why.** A reference that names one clause while the document answers another misleads (R4).
//!
//! **Do.** Change the reference, or the first clause of `clause`.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let Some(form) = &library.config.reference else { return };
    for entry in &library.entries {
        let document = &entry.document;
        let (Some(reference), Some(known)) =
            (&document.front_matter.reference, document.document_type())
        else {
            continue;
        };
        let code = form.codes.get(&known).map_or("", String::as_str);
        let Some(named) =
            super::formed(&reference.value, &form.pattern, code).and_then(|formed| formed.clause)
        else {
            continue;
        };
        let Some(primary) = document.primary_clause().filter(|primary| primary.standard.is_none())
        else {
            continue;
        };
        // A clause that does not exist is told by a rule of its own.
        let known = library.primary().is_some_and(|of| of.clause(&primary.number).is_some());
        if known && !primary.number.is_within(&named) {
            let message = format!(
                "`{}` names clause {named}, the primary clause is {}",
                reference.value, primary.number
            );
            let expected =
                form.pattern.replace("{code}", code).replace("{clause}", primary.number.as_str());
            let span = Span::new(&document.path, reference.range.clone());
            let hint = match super::claimable(&named, library) {
                Some(unit) => format!("write `{expected}`, or put {unit} first in `clause`"),
                None => format!("write `{expected}`"),
            };
            findings.push(Diagnostic::new("reference-clause", span, message).hint(hint));
        }
    }
}
