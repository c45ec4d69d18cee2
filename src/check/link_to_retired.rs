//! `link-to-retired`: an approved document neither links to a retired one nor names it in `governed_by` or `related`.
//!
//! **Why.** Readers who follow the link read what no longer applies (R44).
//!
//! **Do.** Name the successor.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Status;
use crate::portal::{DocumentId, Target};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        if entry.document.status() != Some(Status::Approved) {
            continue;
        }
        let links = entry.document.links.iter().zip(&entry.targets);
        let linked = links.filter_map(|(link, target)| match target {
            Target::Document(id, _) | Target::HtmlAnchor(id, _) => Some((&link.range, *id)),
            _ => None,
        });
        let matter = &entry.document.front_matter;
        let named = matter
            .governed_by
            .iter()
            .chain(&matter.related)
            .filter_map(|named| Some((&named.range, *library.by_reference.get(&named.value)?)));
        for (range, id) in linked.chain(named) {
            let old = library.entry(id);
            if old.document.status() != Some(Status::Retired) {
                continue;
            }
            let message = format!("`{}` is retired", old.document.title());
            let successor = successor(library, id)
                .map(|id| &library.entry(id).document)
                .filter(|successor| successor.path != entry.document.path)
                .and_then(|successor| successor.reference());
            let hint = successor.map_or_else(
                || "take it out".to_owned(),
                |successor| format!("name `{successor}`, which replaces it"),
            );
            let span = Span::new(&entry.document.path, range.clone());
            findings.push(
                Diagnostic::new("link-to-retired", span, message)
                    .hint(hint)
                    .follows_from([&old.document.path]),
            );
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
