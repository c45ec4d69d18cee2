//! `hierarchy-cycle`: no document governs itself, not even by way of others.
//!
//! **Why.** In a loop nothing is above anything: nobody can tell which document rules (R51).
//!
//! **Do.** Take one of the references out of `governed_by`; the finding shows the whole loop.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::DocumentId;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let mut done = vec![false; library.entries.len()];
    for (id, _) in library.documents() {
        for cycle in walk(library, id, &mut done) {
            findings.push(finding(library, &cycle));
        }
    }
}

/// Follows `governed_by` upwards from `start`, depth first, each document once; gives the loops found.
fn walk(library: &Library, start: DocumentId, done: &mut [bool]) -> Vec<Vec<DocumentId>> {
    let mut path: Vec<(DocumentId, usize)> = vec![(start, 0)];
    let mut cycles = Vec::new();
    while let Some((id, next)) = path.last_mut() {
        if done[id.index()] {
            path.pop();
            continue;
        }
        let above = library.entry(*id).governed_by.get(*next).copied();
        *next += 1;
        match above {
            None => {
                done[id.index()] = true;
                path.pop();
            }
            Some(above) => match path.iter().position(|(on_path, _)| *on_path == above) {
                Some(at) => cycles.push(path[at..].iter().map(|(id, _)| *id).collect()),
                None => path.push((above, 0)),
            },
        }
    }
    cycles
}

fn finding(library: &Library, cycle: &[DocumentId]) -> Diagnostic {
    let name = |id: DocumentId| {
        let document = &library.entry(id).document;
        format!("`{}`", document.reference().unwrap_or(&document.path))
    };
    let document = &library.entry(cycle[0]).document;
    let above = library.entry(cycle[cycle.len().min(2) - 1]).document.reference();
    let stated =
        document.front_matter.governed_by.iter().find(|stated| Some(&*stated.value) == above);
    let span = stated.map_or_else(
        || Span::file(&document.path),
        |stated| Span::new(&document.path, stated.range.clone()),
    );
    let names: Vec<String> = cycle.iter().chain(&cycle[..1]).map(|id| name(*id)).collect();
    let message = match cycle {
        [one] => format!("{} governs itself", name(*one)),
        _ => format!(
            "a loop of documents that govern one another: {}",
            names.join(" is governed by ")
        ),
    };
    Diagnostic::new("hierarchy-cycle", span, message)
        .hint("take one of these references out of `governed_by`")
        .follows_from(cycle.iter().map(|id| &library.entry(*id).document.path))
}
