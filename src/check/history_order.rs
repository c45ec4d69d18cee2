//! `history-order`: the entries of `changes` stand newest first.
//!
//! **Why.** The top entry is read as the newest, by people and in the table of the page; one that stands below an older one is overlooked (contracts 1).
//!
//! **Do.** Move the entry up, or correct its date.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let changes = &document.front_matter.changes;
        let mut dates = changes.iter().filter_map(|change| change.date.as_ref());
        let Some(first) = dates.next() else { continue };
        let mut oldest = first.value;
        for date in dates {
            if date.value > oldest {
                let message = format!("the entry of {} stands below one of {oldest}", date.value);
                let span = Span::new(&document.path, date.range.clone());
                findings.push(
                    Diagnostic::new("history-order", span, message)
                        .hint("put the newest entry first, or correct the date"),
                );
            }
            oldest = oldest.min(date.value);
        }
    }
}
