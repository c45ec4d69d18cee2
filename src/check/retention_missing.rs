//! `retention-missing`: what is kept as evidence says how long it is kept.
//!
//! **Why.** Nobody may throw away what has no end, and nobody can find what was thrown away too early (R17).
//!
//! **Do.** State `retention` in records, reports and forms, or once for a type in `[retention]` of `clausebook.toml`; fill the column `retention` of a register in each row.

use crate::diagnostic::{Diagnostic, Span};
use crate::naming::is_filled;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let retention = &library.config.retention;
    for entry in super::approved(library) {
        let document = &entry.document;
        if let Some(stated) = &document.front_matter.document_type
            && retention.required.contains(&stated.value)
            && !retention.types.contains_key(&stated.value)
            && !document.front_matter.retention.as_ref().is_some_and(|kept| is_filled(&kept.value))
        {
            let message = format!("the {} does not say how long it is kept", stated.value.name());
            let span = Span::new(&document.path, stated.range.clone());
            findings.push(Diagnostic::new("retention-missing", span, message).hint(
                "add `retention: …`, such as `3 years`, or set one for the type in `[retention]` of clausebook.toml",
            ));
        }
        let Some(register) = &document.register else { continue };
        for row in &register.rows {
            if register.text(row, "retention").is_some_and(|kept| !is_filled(kept)) {
                let span = Span::new(&register.path, row.range.clone());
                findings.push(
                    Diagnostic::new("retention-missing", span, "the row has no `retention`")
                        .hint("fill the cell, such as with `3 years`"),
                );
            }
        }
    }
}
