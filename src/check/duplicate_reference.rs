//! `duplicate-reference`: no two documents have one reference.
//!
//! **Why.** A reference that two documents have leads to the wrong one of them (R1). Of two the one that is not in
//! force is told.
//!
//! **Do.** Give one of the two another reference.

use crate::diagnostic::Diagnostic;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let named = library.entries.iter().filter_map(|entry| {
        let reference = entry.document.front_matter.reference.as_ref()?;
        // On many disks, and in what people say, letter case makes no difference.
        Some((reference.value.to_lowercase(), &*entry.document, reference))
    });
    super::shared(named, |_, reference, here, other| {
        let message = format!("`{}` is the reference of `{}` too", reference.value, other.path);
        findings.push(
            Diagnostic::new("duplicate-reference", here, message)
                .hint("give one of the two another reference")
                .with_other(other, "the other one"),
        );
    });
}
