//! `history-version`: the newest entry of `changes` and the newest approval are of the version that the document states.
//!
//! **Why.** A document whose text is newer than its approval is not approved (R28); it counts for nothing until the two agree.
//!
//! **Do.** Approve the version in a new entry at the top of `changes`, or set `version` to the one that is approved.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Change, Status};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let matter = &document.front_matter;
        // Who works on a draft writes its entry in the end.
        let (Some(Status::Approved), Some(version)) = (document.status(), &matter.version) else {
            continue;
        };
        let approval = document.approval();
        if let Some(nameless) = approval.filter(|approval| approval.version.is_none()) {
            let message = format!(
                "the newest approval, of {}, names no version, the document is version `{}`",
                nameless.date, version.value
            );
            let span = Span::new(&document.path, nameless.range.clone());
            findings.push(
                Diagnostic::new("history-version", span, message)
                    .hint(format!("add `version: {}` to the entry", version.value)),
            );
            continue;
        }
        let approved = approval.and_then(|approval| approval.version);
        if let Some(approved) = approved.filter(|approved| **approved != version.value) {
            let message = format!(
                "the newest approval is of version `{approved}`, the document is version `{}`",
                version.value
            );
            let span = Span::new(&document.path, version.range.clone());
            findings.push(
                Diagnostic::new("history-version", span, message)
                    .hint("approve this version at the top of `changes`"),
            );
            continue;
        }
        let newest = newest(&matter.changes).and_then(|newest| newest.version.as_ref());
        if let Some(newest) = newest.filter(|newest| newest.value != version.value) {
            let message = format!(
                "the newest entry is of version `{}`, the document is version `{}`",
                newest.value, version.value
            );
            let span = Span::new(&document.path, newest.range.clone());
            findings.push(
                Diagnostic::new("history-version", span, message)
                    .hint("put an entry of this version on top, or set `version` to the newest"),
            );
        }
    }
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
