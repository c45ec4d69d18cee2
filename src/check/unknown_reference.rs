//! `unknown-reference`: a reference in front matter, a register or a data file leads to a document.
//!
//! **Why.** A document that is governed by nothing, or replaced by nothing, breaks the hierarchy (R61).
//!
//! **Do.** Write the reference of a document of this repository.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use crate::register::ColumnKind;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let mut own = Vec::new();
    for entry in &library.entries {
        let document = &entry.document;
        let matter = &document.front_matter;
        for reference in matter.governed_by.iter().chain(&matter.related).chain(&matter.replaced_by)
        {
            unknown(
                &reference.value,
                Span::new(&document.path, reference.range.clone()),
                document.reference(),
                library,
                &mut own,
            );
        }
        let Some(register) = &document.register else { continue };
        for row in &register.rows {
            for (column, cell) in register.columns.iter().zip(&row.cells) {
                if column.kind == ColumnKind::Reference && !cell.text.trim().is_empty() {
                    let span = Span::new(&register.path, cell.range.clone());
                    unknown(cell.text.trim(), span, None, library, &mut own);
                }
            }
        }
    }
    for term in &library.framework.terms {
        if let Some(document) = &term.document {
            let span = Span::new(&term.span.path, document.range.clone());
            unknown(&document.value, span, None, library, &mut own);
        }
    }
    for (reference, span) in super::references_of_progress(library) {
        unknown(reference, span, None, library, &mut own);
    }
    findings.append(&mut own);
}

/// Tells of a reference that nothing has; where it stands in a document, that of this one, `from`, is not meant.
fn unknown(
    reference: &str,
    span: Span,
    from: Option<&str>,
    library: &Library,
    own: &mut Vec<Diagnostic>,
) {
    if library.find(reference).is_none() {
        let known = library.by_reference.keys().map(String::as_str);
        let known = known.filter(|known| Some(*known) != from);
        let finding = Diagnostic::new(
            "unknown-reference",
            span,
            format!("no document has the reference `{reference}`"),
        );
        let otherwise = "name the reference of a document";
        // Among very many mistakes nobody needs the nearest name of each, and each costs a look at all names.
        own.push(if own.len() < super::SUGGESTED {
            finding.did_you_mean(reference, known, otherwise)
        } else {
            finding.hint(otherwise)
        });
    }
}
