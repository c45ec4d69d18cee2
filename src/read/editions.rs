//! Standards beside one another: each id once, and editions that name what they are derived from.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Read;
use crate::diagnostic::{Diagnostic, Span};
use crate::document::Typed;
use crate::standard::Standard;

impl Read {
    /// Takes up a standard, unless there is one of its id already.
    pub(super) fn standard(&mut self, standard: Standard) {
        let known = self.framework.standard(&standard.id).map(|known| Arc::clone(&known.path));
        let Some(known) = known else {
            self.framework.standards.push(standard);
            return;
        };
        let span = Span::new(&standard.path, standard.id_range.clone());
        let message = format!("the standard `{}` is there already", standard.id);
        let finding = Diagnostic::new("data-file", span, message);
        self.findings.push(
            finding
                .hint("give it another id, or keep one of the two files")
                .with_other(Span::file(&known), "here"),
        );
    }

    /// Adds what is wrong between standards: editions that are derived name the standard they are derived from, and
    /// clauses of it; what clauses correspond to is there. To be called when all standards are there, with those that
    /// are `built_in`: they know nothing of what others hold.
    pub fn check_editions(&mut self, built_in: &BTreeSet<String>) {
        let mut found = Vec::new();
        let standards = &self.framework.standards;
        for standard in standards {
            if !built_in.contains(&standard.id) {
                found.extend(dangling(standard, standards));
            }
            let Some(Typed { value: base, range }) = &standard.derived_from else { continue };
            let Some(base) =
                standards.iter().find(|known| known.id == *base && known.derived_from.is_none())
            else {
                let message = format!("`{base}` is not a standard that can be derived from");
                let span = Span::new(&standard.path, range.clone());
                found
                    .push(Diagnostic::new("data-file", span, message).hint("add it to standards/"));
                continue;
            };
            for clause in &standard.clauses {
                for number in clause.maps_to.iter().filter(|number| base.clause(number).is_none()) {
                    let message = format!("`{number}` is not a clause of {}", base.title);
                    found.push(
                        Diagnostic::new("data-file", clause.span.clone(), message)
                            .hint("correct `maps_to`"),
                    );
                }
            }
        }
        self.findings.extend(found);
    }
}

/// What clauses are said to correspond to, in a standard that is there, and that is not there.
fn dangling(standard: &Standard, standards: &[Standard]) -> impl Iterator<Item = Diagnostic> {
    let named = standard.clauses.iter().flat_map(|clause| &clause.see);
    named.filter_map(|Typed { value: (id, number), range }| {
        let other = standards.iter().find(|other| other.id == *id)?;
        if other.clause(number).is_some() {
            return None;
        }
        let message = format!("`{number}` is not a clause of {}", other.title);
        let span = Span::new(&standard.path, range.clone());
        Some(Diagnostic::new("data-file", span, message).hint("correct `see`"))
    })
}
