//! `service-agreement`: each service of a catalogue has an owner, what it depends on, and an agreement in force.
//!
//! **Why.** A service without an agreement has no targets, and one without an owner nobody who answers for it (R109). Looked at are catalogues whose data has the columns `service` and `sla`, the second of kind `reference`.
//!
//! **Do.** Fill `owner`, `depends_on` or `supplier`, and `sla` in each row; name an agreement that is approved and in force.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{DocumentType, Status};
use crate::portal::{Library, View};
use crate::register::Cell;

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    for (entry, register, sla) in super::catalogues(library) {
        let mut asked = vec![super::Asked::role(register, &["owner"])];
        if register.columns.iter().any(|column| column.name == "depends_on") {
            asked.push(super::Asked::filled(register, &["depends_on", "supplier"]));
        }
        super::lacking("service-agreement", entry, register, &asked, findings);
        for row in &register.rows {
            let cell = &row.cells[sla];
            let Some(message) = fault(cell, library, view) else { continue };
            let span = Span::new(&register.path, cell.range.clone());
            let agreement = library.find(cell.text.trim()).map(|id| library.entry(id));
            findings.push(
                Diagnostic::new("service-agreement", span, message)
                    .hint("name an agreement that is approved and in force")
                    .follows_from(agreement.map(|entry| &entry.document.path)),
            );
        }
    }
}

/// What is wrong with the agreement of a service. One that leads nowhere, or to a draft, is told by other rules.
fn fault(cell: &Cell, library: &Library, view: &View) -> Option<String> {
    let reference = cell.text.trim();
    if reference.is_empty() {
        return Some("the service has no agreement".to_owned());
    }
    let document = &library.entry(library.find(reference)?).document;
    if document.document_type() != Some(DocumentType::Agreement) {
        Some(format!("`{reference}` is no agreement"))
    } else if document.status() == Some(Status::Retired) {
        Some(format!("the agreement `{reference}` is retired"))
    } else if document.status() == Some(Status::Approved) && !document.in_force(view.today) {
        Some(format!("the agreement `{reference}` is not in force yet"))
    } else {
        None
    }
}
