//! `approval-date`: an approval does not lie in the future, and is not older than the last change of the text.
//!
//! **Why.** Nobody has approved yet what is to be approved tomorrow, nor what was changed since (R14).
//!
//! **Do.** Correct the date of the entry in `changes`, or say in the newest entry who approved it.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Document, Status};
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
        findings.extend(changed_since(document));
    }
}

/// The newest entry of the approved version that nobody approved, when it is newer than the approval.
fn changed_since(document: &Document) -> Option<Diagnostic> {
    if document.status() != Some(Status::Approved) {
        return None;
    }
    let approved = document.approval()?.date;
    let version = document.front_matter.version.as_ref().map(|version| &version.value);
    let later = document.front_matter.changes.iter().filter(|change| {
        // Entries of other versions are told by `history-version`.
        let own = change.version.as_ref().map(|version| &version.value);
        change.approved_by.is_none() && (own.is_none() || own == version)
    });
    let dates = later.filter_map(|change| change.date.as_ref());
    let date = dates.filter(|date| date.value > approved).max_by_key(|date| date.value)?;
    let message =
        format!("the text changed on {}, and its last approval is of {approved}", date.value);
    let hint =
        "add `approved_by: …` to the entry, or a new version when it has to be approved anew";
    let span = Span::new(&document.path, date.range.clone());
    Some(Diagnostic::new("approval-date", span, message).hint(hint))
}
