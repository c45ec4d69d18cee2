//! `attachment-kind`: an attachment is of a kind that is published.
//!
//! **Why.** A page of HTML beside the portal would run its own scripts in the name of the portal (contracts 2).
//!
//! **Do.** Attach images, PDF, CSV or office files; write text as a document.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::LinkForm;
use crate::portal::{Dead, Target};
use crate::portal::{Library, View};
use crate::site::{ATTACHABLE, PICTURES};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            if let Target::Dead(Dead::Kind(kind)) = target {
                let span = Span::new(&entry.document.path, link.range.clone());
                let message = match &**kind {
                    "" => "files without an ending are not published".to_owned(),
                    kind => format!("files of the kind `{kind}` are not published here"),
                };
                let hint = match link.form {
                    LinkForm::Image => format!("show one of {}", PICTURES.join(", ")),
                    _ => format!("attach one of svg, {}", ATTACHABLE.join(", ")),
                };
                findings.push(Diagnostic::new("attachment-kind", span, message).hint(hint));
            }
        }
    }
}
