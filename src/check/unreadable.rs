//! `unreadable`: every file can be read.
//!
//! **Why.** A file that cannot be read is missing from the portal (R21).
//!
//! **Do.** Check the permissions of the file; remove links to nothing; put what lies outside the repository into it. A file that is no document is told at the links that lead to it.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Dead, Library, Target, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            if let Target::Dead(Dead::Unreadable { path, why }) = target {
                let span = Span::new(&entry.document.path, link.range.clone());
                let message = format!("`{path}` cannot be read: {why}");
                findings.push(
                    Diagnostic::new("unreadable", span, message)
                        .hint("check the permissions of the file"),
                );
            }
        }
    }
}
