//! `history-version`: the newest entry of `changes` and the newest approval are of the version that the document states.
//!
//! **Why.** A document whose text is newer than its approval is not approved (R28); it counts for nothing until the two agree.
//!
//! **Do.** Approve the version in a new entry at the top of `changes`, or set `version` to the one that is approved.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Approval, Change, Document, Status, Typed, Version};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        // Who works on a draft writes its entry in the end.
        let (Some(Status::Approved), Some(version)) =
            (document.status(), &document.front_matter.version)
        else {
            continue;
        };
        let Some((range, message, hint)) = fault(document, version) else { continue };
        let message = format!("{message}, the document is version `{}`", version.value);
        let span = Span::new(&document.path, range.clone());
        findings.push(Diagnostic::new("history-version", span, message).hint(hint));
    }
}

/// Where the history does not say what the document says of its version, what it says, and what to do.
fn fault<'a>(
    document: &'a Document,
    version: &'a Typed<Version>,
) -> Option<(&'a Range<usize>, String, String)> {
    let other = |known: &Version| *known != version.value;
    match document.approval() {
        Some(Approval { date, version: None, range, .. }) => {
            let message = format!("the newest approval, of {date}, names no version");
            return Some((
                range,
                message,
                format!("add `version: {}` to the entry", version.value),
            ));
        }
        Some(Approval { version: Some(approved), .. }) if other(approved) => {
            let message = format!("the newest approval is of version `{approved}`");
            let hint = "approve this version at the top of `changes`";
            return Some((&version.range, message, hint.to_owned()));
        }
        _ => {}
    }
    let newest = newest(&document.front_matter.changes)?.version.as_ref();
    let newest = newest.filter(|newest| other(&newest.value))?;
    let message = format!("the newest entry is of version `{}`", newest.value);
    let hint = "put an entry of this version on top, or set `version` to the newest";
    Some((&newest.range, message, hint.to_owned()))
}

/// The entry of the last date, of one day the upper. What has no date yet stands where it was put, on top.
fn newest(changes: &[Change]) -> Option<&Change> {
    let day = |change: &Change| change.date.as_ref().map(|date| date.value);
    let first = changes.first()?;
    if day(first).is_none() {
        return Some(first);
    }
    changes.iter().reduce(|newest, change| if day(change) > day(newest) { change } else { newest })
}
