//! `excluded-clause`: no clause from 4 to 10 of ISO/IEC 20000-1 is excluded.
//!
//! **Why.** The standard allows no exclusion: an organization that leaves one of these clauses out does not conform (R87).
//!
//! **Do.** Take the clause out of `exclude` in `[coverage]`; narrow the scope of the service management system instead.

use crate::diagnostic::Diagnostic;
use crate::numbering;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let config = &library.config;
    for exclusion in &config.coverage.exclude {
        let span = exclusion.span.clone();
        match numbering::excluded(&exclusion.clause, &library.framework, config) {
            None => {
                let message = format!("there is no clause `{}` to exclude", exclusion.clause);
                findings.push(
                    Diagnostic::new("excluded-clause", span, message)
                        .hint("name a clause of a known standard"),
                );
            }
            Some((index, number))
                if numbering::refused(&library.framework.standards[index], &number) =>
            {
                let message =
                    format!("clause `{number}` cannot be excluded: all of clauses 4 to 10 apply");
                let hint =
                    "take it out of `exclude`; what the system covers is stated by its scope (4.3)";
                findings.push(Diagnostic::new("excluded-clause", span, message).hint(hint));
            }
            Some(_) if exclusion.reason.trim().is_empty() => {
                let message = format!("the exclusion of `{}` has no reason", exclusion.clause);
                findings.push(
                    Diagnostic::new("excluded-clause", span, message)
                        .hint("say why it does not apply"),
                );
            }
            Some(_) => {}
        }
    }
}
