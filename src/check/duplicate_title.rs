//! `duplicate-title`: no two current documents of one type have one title.
//!
//! **Why.** Readers take one for the other (R5); letter case and spaces do not tell titles apart.
//!
//! **Do.** Give one of the two another title, or retire it.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use std::collections::BTreeMap;

use crate::document::{Status, folded};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let mut first = BTreeMap::new();
    for entry in &library.entries {
        let document = &entry.document;
        let matter = &document.front_matter;
        let (Some(title), Some(document_type)) = (&matter.title, document.document_type()) else {
            continue;
        };
        if document.status() == Some(Status::Retired) {
            continue;
        }
        let span = Span::new(&document.path, title.range.clone());
        match first.get(&(document_type, folded(&title.value))) {
            None => {
                first.insert((document_type, folded(&title.value)), span);
            }
            Some(other) => {
                let other: &Span = other;
                let message =
                    format!("`{}` is a {} of that title too", other.path, document_type.name());
                let finding = Diagnostic::new("duplicate-title", span, message)
                    .hint("give one of the two another title");
                findings.push(finding.with_other(other.clone(), "first here"));
            }
        }
    }
}
