//! `no-text`: an approved document says something.
//!
//! **Why.** A page without a text answers no clause, whatever its front matter claims (R1).
//!
//! **Do.** Write the text, or keep the document a draft. What stands in `[!GUIDANCE]` or in comments is not published.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        if !document.says && document.register.is_none() {
            let span = Span::new(&document.path, super::title_range(document));
            findings.push(
                Diagnostic::new("no-text", span, "the document is approved, but has no text")
                    .hint("write it, or keep the document a draft"),
            );
        }
    }
}
