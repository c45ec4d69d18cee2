//! `hierarchy-kind`: a process names the policy it serves, a procedure its process.
//!
//! **Why.** Without the layer above nobody knows why a step is done; without the one below a policy stays words (R48).
//!
//! **Do.** Add `governed_by` with the reference of the policy or process; name documents of the right type.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{DocumentType, Status, Typed};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let Some(stated) = &document.front_matter.document_type else { continue };
        let above = match stated.value {
            DocumentType::Process => [DocumentType::Policy].as_slice(),
            // A procedure that serves the whole system has no process above it but a policy.
            DocumentType::Procedure => &[DocumentType::Process, DocumentType::Policy],
            _ => continue,
        };
        if document.status() == Some(Status::Retired)
            || !document.front_matter.governed_by.is_empty() && entry.governed_by.is_empty()
        {
            continue;
        }
        let types = || {
            entry.governed_by.iter().filter_map(|id| library.entry(*id).document.document_type())
        };
        if types().any(|found| above.contains(&found)) {
            continue;
        }
        let known = |stated: &&Typed<String>| library.find(&stated.value).is_some();
        let stated_known = document.front_matter.governed_by.iter().find(known);
        let wanted = above[0].name();
        let own = stated.value.name();
        let (range, message) = match stated_known {
            None => (stated.range.clone(), format!("the {own} names no {wanted} that governs it")),
            Some(first) => (
                first.range.clone(),
                format!("`{}` is no {wanted}: it cannot govern a {own}", first.value),
            ),
        };
        let hint = format!("name the reference of a {wanted} in `governed_by`");
        let governing = entry.governed_by.iter().map(|id| &library.entry(*id).document.path);
        findings.push(
            Diagnostic::new("hierarchy-kind", Span::new(&document.path, range), message)
                .hint(hint)
                .follows_from(governing),
        );
    }
}
