//! `unknown-role`: an owner, an approver and a role in a register, the plan or an assessment is one of `roles.yaml`.
//!
//! **Why.** Documents outlive persons: what names a role stays true when people change (R6).
//!
//! **Do.** Write the id of a role, or add the role to `roles.yaml`.

use crate::diagnostic::{Diagnostic, Span};
use crate::naming;
use crate::portal::{Library, View};
use crate::register::ColumnKind;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let matter = &document.front_matter;
        for role in matter.owner.iter().chain(&matter.approver) {
            unknown(&role.value, Span::new(&document.path, role.range.clone()), library, findings);
        }
        let Some(register) = &document.register else { continue };
        for row in &register.rows {
            for (column, cell) in register.columns.iter().zip(&row.cells) {
                if column.kind == ColumnKind::Role && !cell.text.trim().is_empty() {
                    let span = Span::new(&register.path, cell.range.clone());
                    unknown(cell.text.trim(), span, library, findings);
                }
            }
        }
    }
    for (role, span) in super::roles_of_progress(library) {
        unknown(role, span, library, findings);
    }
}

fn unknown(role: &str, span: Span, library: &Library, findings: &mut Vec<Diagnostic>) {
    if library.framework.role(role).is_none() {
        let roles = &library.framework.roles;
        let finding = Diagnostic::new("unknown-role", span, format!("there is no role `{role}`"));
        let titled =
            roles.iter().find(|known| naming::folded(&known.title) == naming::folded(role));
        findings.push(match titled {
            Some(titled) => finding.hint(format!("write its id: `{}`", titled.id)),
            None => finding.did_you_mean(
                role,
                roles.iter().map(|role| role.id.as_str()),
                if role.contains(char::is_whitespace) {
                    "write the id of a role in `roles.yaml`; persons change, and are not named"
                } else {
                    "add it to `roles.yaml`"
                },
            ),
        });
    }
}
