//! `supplier-facts`: each supplier has a role that looks after it, a contract and a review date; each customer a role.
//!
//! **Why.** A supplier that nobody looks after is noticed when it fails, a customer when it leaves (R111). Looked at are registers whose first column, an `id` apart, is `supplier` or `customer`.
//!
//! **Do.** Fill `owner`, `contract` and a column of kind `due` for each supplier, `owner` or `ours` for each customer; both hold a role.

use crate::diagnostic::Diagnostic;
use crate::portal::{Library, View};

use super::Asked;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for (entry, register) in super::registers_of("supplier", library) {
        let asked = [
            Asked::role(register, &["owner"]),
            Asked::filled(register, &["contract"]),
            Asked::due(register),
        ];
        super::lacking("supplier-facts", entry, register, &asked, findings);
    }
    for (entry, register) in super::registers_of("customer", library) {
        let asked = [Asked::role(register, &["owner", "ours"])];
        super::lacking("supplier-facts", entry, register, &asked, findings);
    }
}
