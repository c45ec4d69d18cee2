//! `review-due`: reviews that are due soon are told in time.
//!
//! **Why.** Whoever has sixty days can plan a review; whoever hears of it when it is overdue cannot (R105).
//!
//! **Do.** Plan the review with the owner.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use crate::period::{days_before, days_between};

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let Some(next) = super::asked_for_review(entry) else { continue };
        if next >= view.today && days_before(next, view.due_soon_days) <= view.today {
            let span = Span::new(&document.path, super::review_range(document));
            let message = format!("the review is due on {next}, in {} days", days_between(view.today, next));
            findings.push(Diagnostic::new("review-due", span, message).hint("plan the review"));
        }
    }
}
