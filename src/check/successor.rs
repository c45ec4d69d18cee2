//! `successor`: a retired document that names a successor leads to one that is in force.
//!
//! **Why.** Who finds an old document is to find the one that replaced it, not another old one (R42).
//!
//! **Do.** Name the reference of the document that applies now; only retired documents name one.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use crate::document::Status;
use crate::portal::DocumentId;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for (id, entry) in library.documents() {
        let document = &entry.document;
        let Some(stated) = &document.front_matter.replaced_by else { continue };
        let span = Span::new(&document.path, stated.range.clone());
        if document.status() != Some(Status::Retired) {
            let finding = Diagnostic::new("successor", span, "the document names a successor, but is not retired");
            findings.push(finding.hint("set `status: retired`, or take `replaced_by` out"));
        } else if entry.replaced_by.is_some() && goes_round(library, id) {
            let finding = Diagnostic::new("successor", span, "its successors lead back to a retired document without end");
            findings.push(finding.hint("name the document that applies now"));
        }
    }
}

/// True when the chain of successors never ends.
fn goes_round(library: &Library, start: DocumentId) -> bool {
    let mut id = start;
    for _ in 0..library.entries.len() {
        match library.entry(id).replaced_by {
            Some(next) if library.entry(id).document.status() == Some(Status::Retired) => id = next,
            _ => return false,
        }
    }
    true
}
