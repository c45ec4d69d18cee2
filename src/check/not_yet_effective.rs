//! `not-yet-effective`: an approved document is in force.
//!
//! **Why.** A document whose effective date lies ahead is not the rule that applies yet; it counts from that day on.
//!
//! **Do.** Nothing, if the date is meant; else correct `effective_date`.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Status;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let Some(effective) = &document.front_matter.effective_date else { continue };
        if document.status() == Some(Status::Approved) && effective.value > view.today {
            let message = format!("the document is in force only from {}", effective.value);
            let span = Span::new(&document.path, effective.range.clone());
            findings.push(
                Diagnostic::new("not-yet-effective", span, message)
                    .hint("correct `effective_date` if it is in force already"),
            );
        }
    }
}
