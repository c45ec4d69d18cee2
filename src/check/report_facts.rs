//! `report-facts`: each kind of report has identity, purpose, audience, frequency and source of data.
//!
//! **Why.** A report of which nobody knows for whom it is and where its figures come from is written and not read (R112). Looked at are registers whose first column, an `id` apart, is `report`.
//!
//! **Do.** Fill `identity`, `purpose`, `audience`, `frequency` and `data_source` in each row.

use crate::diagnostic::Diagnostic;
use crate::portal::{Library, View};

use super::Asked;

/// What is asked of each report.
const FACTS: [&str; 5] = ["identity", "purpose", "audience", "frequency", "data_source"];

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for (entry, register) in super::registers_of("report", library) {
        let asked = FACTS.map(|fact| Asked::filled(register, &[fact]));
        super::lacking("report-facts", entry, register, &asked, findings);
    }
}
