//! `review-overdue`: no review is overdue.
//!
//! **Why.** An overdue document may no longer be true; it counts for nothing in coverage until it is reviewed (R12, R105).
//!
//! **Do.** Review the document, state what was found in `changes`, and set the next review.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use crate::period::days_between;

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let Some(next) = super::asked_for_review(entry).filter(|next| *next < view.today) else { continue };
        let span = Span::new(&document.path, super::review_range(document));
        let message = format!("the review was due on {next}, {} days ago", days_between(next, view.today));
        findings.push(Diagnostic::new("review-overdue", span, message).hint("review the document, then set its next review"));
    }
    for entry in &library.entries {
        let Some(register) = &entry.document.register else { continue };
        for row in &register.rows {
            let Some(due) = register.due(row).filter(|due| *due < view.today) else { continue };
            let cell = row.cells.iter().find(|cell| cell.date == Some(due));
            let range = cell.map_or_else(|| row.range.clone(), |cell| cell.range.clone());
            let message = format!("the row was due on {due}, {} days ago", days_between(due, view.today));
            let span = Span::new(&register.path, range);
            findings.push(Diagnostic::new("review-overdue", span, message).hint("do what was due, then set the next date"));
        }
    }
}
