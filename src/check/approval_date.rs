//! `approval-date`: an approval does not lie in the future.
//!
//! **Why.** Nobody has approved yet what is to be approved tomorrow (R14).
//!
//! **Do.** Correct the date of the entry in `changes`.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        for change in
            document.front_matter.changes.iter().filter(|change| change.approved_by.is_some())
        {
            let Some(date) = change.date.as_ref().filter(|date| date.value > view.today) else {
                continue;
            };
            let message = format!("the approval of {} lies in the future", date.value);
            let span = Span::new(&document.path, date.range.clone());
            findings.push(Diagnostic::new("approval-date", span, message).hint("correct the date"));
        }
    }
}
