//! `successor`: a retired document that names a successor leads to one that is approved, or withdrawn.
//!
//! **Why.** Who finds an old document is to find the one that replaced it, not another old one (R42).
//!
//! **Do.** Name the reference of the document that applies now; only retired documents name one.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Status;
use crate::portal::DocumentId;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let Some(stated) = &document.front_matter.replaced_by else { continue };
        let span = Span::new(&document.path, stated.range.clone());
        if document.status() != Some(Status::Retired) {
            let finding = Diagnostic::new(
                "successor",
                span,
                "the document names a successor, but is not retired",
            );
            findings.push(finding.hint("set `status: retired`, or take `replaced_by` out"));
        } else if let Some(next) = entry.replaced_by {
            let (message, hint) = match end(library, next) {
                Some(last)
                    if matches!(
                        library.entry(last).document.status(),
                        Some(Status::Approved | Status::Retired)
                    ) =>
                {
                    continue;
                }
                Some(last) => {
                    let last = &library.entry(last).document;
                    (
                        format!(
                            "`{}`, which is to replace it, is not approved",
                            last.reference().unwrap_or(last.title())
                        ),
                        "keep the old document until the new one is approved",
                    )
                }
                None => (
                    "its successors lead back to a retired document without end".to_owned(),
                    "name the document that applies now",
                ),
            };
            // Until it meets itself.
            let mut met = BTreeSet::new();
            chain(library, next).find(|id| !met.insert(*id));
            findings.push(
                Diagnostic::new("successor", span, message)
                    .hint(hint)
                    .follows_from(met.iter().map(|id| &library.entry(*id).document.path)),
            );
        }
    }
}

/// A document, its successor while it is retired, and so on: without end where they lead back.
fn chain(library: &Library, start: DocumentId) -> impl Iterator<Item = DocumentId> {
    std::iter::successors(Some(start), |id| {
        let entry = library.entry(*id);
        entry.replaced_by.filter(|_| entry.document.status() == Some(Status::Retired))
    })
}

/// The last of a chain of successors; `None` when it never ends.
fn end(library: &Library, start: DocumentId) -> Option<DocumentId> {
    let mut met = BTreeSet::new();
    let mut last = None;
    for id in chain(library, start) {
        if !met.insert(id) {
            return None;
        }
        last = Some(id);
    }
    last
}
