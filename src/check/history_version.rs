//! `history-version`: the newest approval is of the version that the document states.
//!
//! **Why.** A document whose text is newer than its approval is not approved (R28); it counts for nothing until the two agree.
//!
//! **Do.** Approve the version in a new entry at the top of `changes`, or set `version` to the one that is approved.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Status;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let (Some(Status::Approved), Some(version)) =
            (document.status(), &document.front_matter.version)
        else {
            continue;
        };
        let Some(approved) = document.approval().and_then(|approval| approval.version) else {
            continue;
        };
        if *approved != version.value {
            let message = format!(
                "the newest approval is of version `{approved}`, the document is version `{}`",
                version.value
            );
            let span = Span::new(&document.path, version.range.clone());
            findings.push(
                Diagnostic::new("history-version", span, message)
                    .hint("approve this version at the top of `changes`"),
            );
        }
    }
}
