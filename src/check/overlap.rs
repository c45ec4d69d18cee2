//! `overlap`: no two rules in force say the same for one clause.
//!
//! **Why.** Of two policies, processes or procedures for one clause under one document above, readers find one and auditors the other (R55).
//!
//! **Do.** Merge the two, or name one in `related` of the other when each has its own part.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{DocumentId, Library, View};
use std::collections::{BTreeMap, BTreeSet};

use crate::document::DocumentType;

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    let mut alike: BTreeMap<_, Vec<DocumentId>> = BTreeMap::new();
    for (id, entry) in library.documents() {
        let document = &entry.document;
        let Some(rule @ (DocumentType::Policy | DocumentType::Process | DocumentType::Procedure)) =
            document.document_type()
        else {
            continue;
        };
        let Some(clause) = document.front_matter.clauses.first() else { continue };
        if !document.in_force(view.today) {
            continue;
        }
        let above: BTreeSet<&str> =
            document.front_matter.governed_by.iter().map(|above| above.value.as_str()).collect();
        let standard = library.config.standard_of(&clause.value);
        let known = alike.entry((rule, standard, &clause.value.number, above)).or_default();
        if let Some(first) = known.iter().find(|other| !entry.related.contains(other)) {
            let first = &library.entry(*first).document;
            let name = first.reference().unwrap_or_else(|| first.title());
            let message = format!("`{name}` is a {} for {} too", rule.name(), clause.value);
            let span = Span::new(&document.path, clause.range.clone());
            let at = first.front_matter.clauses.first().map_or(0..0, |clause| clause.range.clone());
            findings.push(
                Diagnostic::new("overlap", span, message)
                    .hint("merge the two, or name one in `related` of the other")
                    .with_other(Span::new(&first.path, at), "first here"),
            );
        }
        known.push(id);
    }
}
