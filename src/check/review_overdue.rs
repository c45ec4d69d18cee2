//! `review-overdue`: no review is overdue.
//!
//! **Why.** An overdue document may no longer be true; it counts for nothing in coverage until it is reviewed (R12, R105).
//!
//! **Do.** Review the document, and set its next review where it is stated: a cycle begins anew with an entry of `changes`
//! that has `version`, `date`, `summary` and `approved_by`, also when the version stays as it is; else change
//! `review_date` or `last_reviewed_on`.

use crate::diagnostic::Diagnostic;
use crate::period::{days_between, days_in_words};
use crate::portal::{Library, ReviewState, View};

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    super::each_review(library, |what, next, span| {
        if ReviewState::of_date(next, view) == ReviewState::Overdue {
            let ago = days_in_words(days_between(next, view.today));
            let message = format!("the {what} was due on {next}, {ago} ago");
            findings.push(Diagnostic::new("review-overdue", span, message).hint(match what {
                super::Reviewed::Review { stated_by: "review_date" } => {
                    "review the document, then set `review_date` to its next review"
                }
                super::Reviewed::Review { stated_by: "review_in" } => {
                    "review the document, then set `last_reviewed_on` to that day"
                }
                super::Reviewed::Review { .. } => {
                    "review the document, then put an entry with `version`, `date`, `summary` and `approved_by` on top of `changes`"
                }
                super::Reviewed::Row => "do what was due, then set the next date",
            }));
        }
    });
}
