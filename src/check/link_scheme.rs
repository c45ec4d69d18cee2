//! `link-scheme`: a link outside has the scheme http, https, mailto or tel.
//!
//! **Why.** Other schemes start programs or run scripts; such a link becomes plain text.
//!
//! **Do.** Link to a page by `https://`, or write the address as text.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Dead, Target};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            if let Target::Dead(Dead::Scheme(scheme)) = target {
                let span = Span::new(&entry.document.path, link.range.clone());
                let message = match &**scheme {
                    "" => "the link has no scheme".to_owned(),
                    scheme => format!("links by `{scheme}:` are not published"),
                };
                findings.push(
                    Diagnostic::new("link-scheme", span, message)
                        .hint("use https, http, mailto or tel"),
                );
            }
        }
    }
}
