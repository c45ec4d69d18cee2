//! `draft-agreement`: no service of a catalogue stands under an agreement that is a draft or in review.
//!
//! **Why.** What the customer has not agreed to is no agreement, however good the draft is (R109). Looked at are catalogues as by `service-agreement`.
//!
//! **Do.** Have the agreement approved, or name another one until then.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{DocumentType, Status};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for (_, register, sla) in super::catalogues(library) {
        for cell in register.rows.iter().map(|row| &row.cells[sla]) {
            let reference = cell.text.trim();
            let Some(id) = library.find(reference) else { continue };
            let document = &library.entry(id).document;
            let is = match document.status() {
                Some(Status::Draft) => "a draft",
                Some(Status::InReview) => "in review",
                _ => continue,
            };
            if document.document_type() != Some(DocumentType::Agreement) {
                continue;
            }
            let span = Span::new(&register.path, cell.range.clone());
            let message = format!("the agreement `{reference}` is {is}");
            findings.push(
                Diagnostic::new("draft-agreement", span, message)
                    .hint("have it approved, or name an agreement that is")
                    .follows_from([&document.path]),
            );
        }
    }
}
