//! `duplicate-title`: no two current documents of one type have one title.
//!
//! **Why.** Readers take one for the other (R5); letter case and spaces do not tell titles apart. Of two the one that is not in force is told.
//!
//! **Do.** Give one of the two another title, or retire it.

use crate::diagnostic::Diagnostic;
use crate::document::Status;
use crate::naming::folded;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let titled = library.entries.iter().filter_map(|entry| {
        let document = &entry.document;
        let title = document.front_matter.title.as_ref()?;
        let key = (document.document_type()?, folded(&title.value));
        (document.status() != Some(Status::Retired)).then_some((key, &**document, title))
    });
    super::shared(titled, |(kind, _), _, here, other| {
        let message = format!("`{}` is a {} of that title too", other.path, kind.name());
        findings.push(
            Diagnostic::new("duplicate-title", here, message)
                .hint("give one of the two another title")
                .with_other(other, "the other one"),
        );
    });
}
