//! `letter-case`: a link names a file in the letter case that it has.
//!
//! **Why.** On some disks a wrong letter case works, on a web server it leads nowhere (R62).
//!
//! **Do.** Write the name as the file has it.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Dead, Target};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            if let Target::Dead(Dead::LetterCase { asked, there }) = target {
                let span = Span::new(&entry.document.path, link.range.clone());
                let message = format!("`{asked}` is called `{there}`");
                findings.push(
                    Diagnostic::new("letter-case", span, message)
                        .hint("write the name in the same letter case"),
                );
            }
        }
    }
}
