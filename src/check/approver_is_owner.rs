//! `approver-is-owner`: the approver is not the owner.
//!
//! **Why.** Whoever writes a document does not see its mistakes: another is to approve it (R15).
//!
//! **Do.** Name another approver, or allow it for the type with `owner_may_approve` in `[approval]` of `clausebook.toml`.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let matter = &document.front_matter;
        let (Some(owner), Some(approver)) = (&matter.owner, &matter.approver) else { continue };
        let allowed = document
            .document_type()
            .is_some_and(|known| library.config.owner_may_approve.contains(&known));
        if owner.value == approver.value && !allowed {
            let message = format!("`{}` owns the document and approves it", approver.value);
            let span = Span::new(&document.path, approver.range.clone());
            findings.push(
                Diagnostic::new("approver-is-owner", span, message)
                    .hint("name another role as approver"),
            );
        }
    }
}
