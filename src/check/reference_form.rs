//! `reference-form`: a reference has the form that is agreed.
//!
//! **Why.** A reference that tells type and clause is understood wherever it is cited (R2).
//!
//! **Do.** Write it as the finding says, or set `pattern` in `[reference]` of `clausebook.toml`; `false` switches the form off (R3).

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let Some(form) = &library.config.reference else { return };
    for entry in &library.entries {
        let document = &entry.document;
        let (Some(reference), Some(known)) =
            (&document.front_matter.reference, document.document_type())
        else {
            continue;
        };
        let code = form.codes.get(&known).map_or("", String::as_str);
        if super::formed(&reference.value, &form.pattern, code).is_none() {
            let clause = document.primary_clause().map_or("5.2.1", |clause| clause.number.as_str());
            let expected = form.pattern.replace("{code}", code).replace("{clause}", clause);
            let message = format!(
                "`{}` has not the form of a reference of a {}",
                reference.value,
                known.name()
            );
            let span = Span::new(&document.path, reference.range.clone());
            findings.push(
                Diagnostic::new("reference-form", span, message)
                    .hint(format!("write `{expected}`, or `{expected}-2` if that is taken")),
            );
        }
    }
}
