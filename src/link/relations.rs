//! Which documents stand above, below and beside one another, and what links where.

use std::sync::Arc;

use super::names::Names;
use crate::document::{Document, Typed};
use crate::portal::{DocumentId, Target};

/// The relations of one document, each way.
#[derive(Debug, Clone, Default)]
pub(super) struct Relations {
    pub(super) governed_by: Vec<DocumentId>,
    pub(super) governs: Vec<DocumentId>,
    pub(super) related: Vec<DocumentId>,
    pub(super) replaced_by: Option<DocumentId>,
    pub(super) replaces: Vec<DocumentId>,
}

/// The relations of all documents, by id. A reference that leads nowhere is left out here and is a finding.
pub(super) fn of(documents: &[Arc<Document>], names: &Names) -> Vec<Relations> {
    let mut relations = vec![Relations::default(); documents.len()];
    for (id, document) in (0u32..).map(DocumentId).zip(documents) {
        let matter = &document.front_matter;
        for above in find(&matter.governed_by, names) {
            push(&mut relations[id.index()].governed_by, above);
            push(&mut relations[above.index()].governs, id);
        }
        for beside in find(&matter.related, names).filter(|beside| *beside != id) {
            push(&mut relations[id.index()].related, beside);
            push(&mut relations[beside.index()].related, id);
        }
        if let Some(successor) = find(matter.replaced_by.as_slice(), names).next() {
            relations[id.index()].replaced_by = Some(successor);
            push(&mut relations[successor.index()].replaces, id);
        }
    }
    for relation in &mut relations {
        relation.governs.sort_unstable();
        relation.related.sort_unstable();
    }
    relations
}

fn find<'a>(
    references: &'a [Typed<String>],
    names: &'a Names,
) -> impl Iterator<Item = DocumentId> + 'a {
    references.iter().filter_map(|reference| names.reference.get(&reference.value).copied())
}

fn push(list: &mut Vec<DocumentId>, id: DocumentId) {
    if !list.contains(&id) {
        list.push(id);
    }
}

/// For each document, the documents whose text links to it, itself left out.
pub(super) fn backlinks<'t>(
    targets: impl ExactSizeIterator<Item = &'t [Target]>,
) -> Vec<Vec<DocumentId>> {
    let mut linked_from = vec![Vec::new(); targets.len()];
    for (from, targets) in (0u32..).map(DocumentId).zip(targets) {
        for target in targets {
            if let Target::Document(to, _) | Target::HtmlAnchor(to, _) = target
                && *to != from
                && linked_from[to.index()].last() != Some(&from)
            {
                linked_from[to.index()].push(from);
            }
        }
    }
    linked_from
}
