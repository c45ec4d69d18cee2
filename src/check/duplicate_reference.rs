//! `duplicate-reference`: no two documents have one reference.
//!
//! **Why.** A reference that two documents have leads to the wrong one of them (R1).
//!
//! **Do.** Give one of the two another reference.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use std::collections::BTreeMap;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    for entry in &library.entries {
        let document = &entry.document;
        let Some(reference) = &document.front_matter.reference else { continue };
        let span = Span::new(&document.path, reference.range.clone());
        // On many disks, and in what people say, letter case makes no difference.
        match first.get(&reference.value.to_lowercase()) {
            None => {
                first.insert(reference.value.to_lowercase(), span);
            }
            Some(other) => {
                let message =
                    format!("`{}` is the reference of `{}` too", reference.value, other.path);
                let finding = Diagnostic::new("duplicate-reference", span, message)
                    .hint("give one of the two another reference");
                findings.push(finding.with_other(other.clone(), "first here"));
            }
        }
    }
}
