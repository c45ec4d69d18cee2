//! `outside-image`: an image lies in the content folder.
//!
//! **Why.** An image from outside tells others who reads what, and is missing without the network.
//!
//! **Do.** Put the image into the content folder and link to it there.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Dead, Target};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            if let Target::Dead(Dead::OutsideImage) = target {
                let span = Span::new(&entry.document.path, link.range.clone());
                let finding =
                    Diagnostic::new("outside-image", span, "images from outside are not shown");
                findings.push(finding.hint("copy the image into the content folder"));
            }
        }
    }
}
