//! `link-to-retired`: an approved document does not link to a retired one.
//!
//! **Why.** Readers who follow the link read what no longer applies (R44).
//!
//! **Do.** Link to the successor.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Status;
use crate::portal::{DocumentId, Target};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        if entry.document.status() != Some(Status::Approved) {
            continue;
        }
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            let (Target::Document(id, _) | Target::HtmlAnchor(id, _)) = target else { continue };
            let old = library.entry(*id);
            if old.document.status() != Some(Status::Retired) {
                continue;
            }
            let message = format!("`{}` is retired", old.document.title());
            let successor =
                successor(library, *id).and_then(|id| library.entry(id).document.reference());
            let hint = successor.map_or_else(
                || "take the link out".to_owned(),
                |successor| format!("link to `{successor}`, which replaces it"),
            );
            let span = Span::new(&entry.document.path, link.range.clone());
            findings.push(Diagnostic::new("link-to-retired", span, message).hint(hint));
        }
    }
}

/// The first document that is not retired in the chain of successors.
fn successor(library: &Library, start: DocumentId) -> Option<DocumentId> {
    let mut id = start;
    for _ in 0..library.entries.len() {
        id = library.entry(id).replaced_by?;
        if library.entry(id).document.status() != Some(Status::Retired) {
            return Some(id);
        }
    }
    None
}
