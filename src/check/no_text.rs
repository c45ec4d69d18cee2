//! `no-text`: an approved document says something, and so does each section that claims a clause.
//!
//! **Why.** A page without a text answers no clause, whatever its front matter claims (R1).
//!
//! **Do.** Write the text, or keep the document a draft. What stands in `[!GUIDANCE]` or in comments is not published. A register says something as soon as it has a row; where there is nothing to record yet, say so in its text.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Claim;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        let rows = document.register.as_ref().map(|register| register.rows.len());
        let (message, hint) = match rows {
            _ if document.says => continue,
            // What is wrong with its data file is told there.
            _ if document.register.as_ref().is_some_and(|register| register.unread) => continue,
            None => (
                "the document is approved, but has no text",
                "write it, or keep the document a draft",
            ),
            Some(0) => (
                "the register is approved, but has neither rows nor text",
                "add a row to its data file, or write a text, or keep the register a draft",
            ),
            Some(_) => continue,
        };
        let span = Span::new(&document.path, super::title_range(document));
        findings.push(Diagnostic::new("no-text", span, message).hint(hint));
    }
    for entry in super::approved(library).filter(|entry| entry.document.says) {
        let document = &entry.document;
        // The rows of a register stand below its text.
        let has_rows = document.register.as_ref().is_some_and(|register| !register.rows.is_empty());
        let is_last = |claim: &Claim| {
            let Some(section) = claim.section else { return false };
            let (level, behind) =
                (document.sections[section].level, &document.sections[section + 1..]);
            behind.iter().all(|section| section.level > level)
        };
        let of_nothing = document.claims.iter().filter(|claim| claim.is_of_nothing);
        for claim in of_nothing.filter(|claim| !(has_rows && is_last(claim))) {
            let message = format!("the section claims `{}`, but has no text", claim.clause);
            let span = Span::new(&document.path, claim.range.clone());
            findings.push(
                Diagnostic::new("no-text", span, message).hint("write it, or take the claim out"),
            );
        }
    }
}
