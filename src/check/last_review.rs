//! `last-review`: the last review does not lie in the future.
//!
//! **Why.** Nobody has reviewed yet what is to be reviewed tomorrow, and the next review is counted from it (R14).
//!
//! **Do.** Correct `last_reviewed_on`, or remove it until the review was held.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let last = document.front_matter.last_reviewed_on.as_ref();
        let Some(last) = last.filter(|last| last.value > view.today) else { continue };
        let message = format!("the last review, of {}, lies in the future", last.value);
        let span = Span::new(&document.path, last.range.clone());
        findings.push(Diagnostic::new("last-review", span, message).hint("correct the date"));
    }
}
