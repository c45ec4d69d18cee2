//! `history-entry`: the approved version has an entry in `changes` with date, version, reason and authorizer.
//!
//! **Why.** Who changed what, when and why is what auditors ask of every version (R27).
//!
//! **Do.** Complete the entry that is named.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Status;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let matter = &document.front_matter;
        let (Some(Status::Approved), Some(version)) = (document.status(), &matter.version) else {
            continue;
        };
        let of_version = |change: &&crate::document::Change| {
            change.version.as_ref().is_some_and(|known| known.value == version.value)
        };
        // A version may have several: a review that changed nothing, a slip that was mended. One is enough.
        let whole = |change: &&crate::document::Change| {
            change.date.is_some() && change.summary.is_some() && change.approved_by.is_some()
        };
        let mut of_version = matter.changes.iter().filter(of_version);
        let first = of_version.clone().next();
        let Some(change) = of_version.find(whole).or(first) else {
            // It may be the one that cannot be read.
            if matter.changes_unknown {
                continue;
            }
            let message = format!("`changes` has no entry for version `{}`", version.value);
            let span = Span::new(&document.path, version.range.clone());
            findings.push(
                Diagnostic::new("history-entry", span, message)
                    .hint("add one with version, date, summary and approved_by"),
            );
            continue;
        };
        let parts = [
            ("date", change.date.is_none() && !change.date_unknown),
            ("summary", change.summary.is_none()),
            ("approved_by", change.approved_by.is_none()),
        ];
        for (part, _) in parts.into_iter().filter(|(_, missing)| *missing) {
            let at = change
                .version
                .as_ref()
                .map_or_else(|| change.range.clone(), |version| version.range.clone());
            let message = format!("the entry of version `{}` has no `{part}`", version.value);
            let span = Span::new(&document.path, at);
            findings.push(
                Diagnostic::new("history-entry", span, message)
                    .hint(format!("add `{part}: …` to the entry")),
            );
        }
    }
}
