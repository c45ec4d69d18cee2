//! `review-due`: reviews that are due soon are told in time.
//!
//! **Why.** Whoever has sixty days can plan a review; whoever hears of it when it is overdue cannot (R105).
//!
//! **Do.** Plan the review with the owner; rows of registers with a column of kind `due` are told as well.

use crate::diagnostic::Diagnostic;
use crate::period::{days_between, days_in_words};
use crate::portal::{Library, ReviewState, View};

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    let left = |next| match days_between(view.today, next) {
        0 => "today".to_owned(),
        days => format!("in {}", days_in_words(days)),
    };
    super::each_review(library, |what, next, span| {
        if ReviewState::of_date(next, view) == ReviewState::Due {
            let message = format!("the {what} is due on {next}, {}", left(next));
            findings.push(Diagnostic::new("review-due", span, message).hint(match what {
                super::Reviewed::Review { .. } => "plan the review",
                super::Reviewed::Row => "plan what is due",
            }));
        }
    });
}
