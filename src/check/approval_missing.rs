//! `approval-missing`: an approved document names its approver and has a dated approval.
//!
//! **Why.** Approved is what somebody approved, on a day (R14); without both the document counts for nothing.
//!
//! **Do.** Add `approver`, and an entry of `changes` with `version`, `date`, `summary` and `approved_by`.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Change, Status};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let Some(status) = &document.front_matter.status else { continue };
        if status.value != Status::Approved {
            continue;
        }
        let span = Span::new(&document.path, status.range.clone());
        if document.front_matter.approver.is_none() {
            let finding = Diagnostic::new(
                "approval-missing",
                span.clone(),
                "the document is approved, but names no `approver`",
            );
            findings.push(finding.hint("add `approver: …`, the id of the role that approved it"));
        }
        // A date that cannot be read is told where it stands.
        let unknown = |change: &Change| change.date_unknown && change.approved_by.is_some();
        let matter = &document.front_matter;
        let told = matter.changes_unknown || matter.changes.iter().any(unknown);
        if document.approval().is_none() && !told {
            let message =
                "the document is approved, but no entry of `changes` has `date` and `approved_by`";
            findings.push(
                Diagnostic::new("approval-missing", span, message)
                    .hint("add the approval to the newest entry of `changes`"),
            );
        }
    }
}
