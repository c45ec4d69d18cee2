//! `retired-place`: retired documents lie in a folder of their own, and no approved one lies there.
//!
//! **Why.** Who looks through a folder takes what lies in it for what applies (R41). The names of such folders stand in `[archive]` of `clausebook.toml`.
//!
//! **Do.** Move the file; its address stays the same.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Document, Status};
use crate::places;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let Some(archive) = library.config.archive.first() else { return };
    for entry in &library.entries {
        let document = &entry.document;
        let Some(status) = &document.front_matter.status else { continue };
        let within = places::relative(&document.path, &library.content);
        let (message, hint) = match (status.value, folder(document, within, library)) {
            (Status::Retired, None) => (
                "the retired document lies among those that apply".to_owned(),
                format!(
                    "move it to `{}`",
                    places::within(&library.content, &format!("{archive}/{within}"))
                ),
            ),
            (Status::Approved, Some(folder)) => (
                format!("the folder `{folder}` is for retired documents"),
                format!("move it out of `{folder}`, or retire it"),
            ),
            _ => continue,
        };
        let span = Span::new(&document.path, status.range.clone());
        findings.push(Diagnostic::new("retired-place", span, message).hint(hint));
    }
}

/// The folder for retired documents that a document lies in, however deep.
fn folder<'a>(document: &Document, within: &'a str, library: &Library) -> Option<&'a str> {
    debug_assert!(document.path.ends_with(within));
    let (folders, _) = within.rsplit_once('/')?;
    let archive = |folder: &&str| {
        library.config.archive.iter().any(|name| name.to_lowercase() == folder.to_lowercase())
    };
    folders.split('/').find(archive)
}
