//! `review-missing`: an approved document has a next review.
//!
//! **Why.** What nobody looks at again is out of date one day, and nobody knows which (R12); it counts for nothing in coverage.
//!
//! **Do.** Add `review_date`, or `review_cycle`, or a cycle of its type in `[reviews]` of `clausebook.toml`.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Status;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let Some(status) = &entry.document.front_matter.status else { continue };
        // A cycle without an approval to count from is told by the rule on approvals.
        let cycle = entry.document.front_matter.review_cycle.is_some()
            && entry.document.approval().is_none();
        // What cannot be read is told where it stands.
        let told = cycle || entry.document.front_matter.review_unknown;
        if status.value == Status::Approved && entry.next_reviews.is_empty() && !told {
            let span = Span::new(&entry.document.path, status.range.clone());
            let finding = Diagnostic::new(
                "review-missing",
                span,
                "the document is approved, but has no next review",
            );
            findings.push(finding.hint("add `review_date: …` or `review_cycle: 1 year`"));
        }
    }
}
