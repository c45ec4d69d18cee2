//! `missing-layer`: below a policy there is a process or a procedure.
//!
//! **Why.** A policy that nothing carries out stays words (R49). A process or procedure below a policy below it counts too; only a repository that has any is looked at.
//!
//! **Do.** Name the policy in `governed_by` of the process or procedure that carries it out.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{DocumentType, Status};
use crate::portal::{DocumentId, Entry, Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    if !library.entries.iter().any(carries_out) {
        return;
    }
    let carried_out = carried_out(library);
    for (id, entry) in library.documents() {
        let document = &entry.document;
        let Some(stated) = &document.front_matter.document_type else { continue };
        if stated.value != DocumentType::Policy
            || document.status() != Some(Status::Approved)
            || carried_out[id.index()]
        {
            continue;
        }
        let span = Span::new(&document.path, stated.range.clone());
        findings.push(
            Diagnostic::new(
                "missing-layer",
                span,
                "no process or procedure stands below the policy",
            )
            .hint("name the policy in `governed_by` of what carries it out")
            .follows_from(below(library, id)),
        );
    }
}

/// True for a process or procedure that is not retired.
fn carries_out(entry: &Entry) -> bool {
    let document_type = entry.document.document_type();
    matches!(document_type, Some(DocumentType::Process | DocumentType::Procedure))
        && entry.document.status() != Some(Status::Retired)
}

/// Everything that stands below a document, at any depth.
fn below(library: &Library, top: DocumentId) -> impl Iterator<Item = &Arc<str>> {
    let mut met = BTreeSet::from([top]);
    let mut open = vec![top];
    while let Some(id) = open.pop() {
        open.extend(library.entry(id).governs.iter().filter(|below| met.insert(**below)));
    }
    met.remove(&top);
    met.into_iter().map(|id| &library.entry(id).document.path)
}

/// For each document, whether a process or procedure stands below it: each tells all above it, once.
fn carried_out(library: &Library) -> Vec<bool> {
    let mut told = vec![false; library.entries.len()];
    let below = library.documents().filter(|(_, entry)| carries_out(entry));
    let mut open: Vec<DocumentId> = below.map(|(id, _)| id).collect();
    while let Some(id) = open.pop() {
        for above in &library.entry(id).governed_by {
            let retired = library.entry(*above).document.status() == Some(Status::Retired);
            if !retired && !told[above.index()] {
                told[above.index()] = true;
                open.push(*above);
            }
        }
    }
    told
}
