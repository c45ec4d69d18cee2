//! `unknown-rule`: every rule whose level is set in `clausebook.toml` exists.
//!
//! **Why.** A level for a rule that is misspelt changes nothing, and nobody notices.
//!
//! **Do.** Write the id of a rule; `clausebook explain` lists them.

use crate::diagnostic::Diagnostic;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for (id, level) in &library.config.levels {
        if super::rule(id).is_none() {
            let known = super::RULES.iter().map(|rule| rule.id);
            let finding = Diagnostic::new(
                "unknown-rule",
                level.span.clone(),
                format!("there is no rule `{id}`"),
            );
            findings.push(finding.did_you_mean(
                id,
                known,
                "see `clausebook explain` for the rules",
            ));
        }
    }
}
