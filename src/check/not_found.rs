//! `not-found`: search finds a document by what people type for it.
//!
//! **Why.** Staff say "laptop stolen" where the title says "information security incident". `found_by` states what they
//! say, and what is stated is tried with the engine of the portal: a rule that nobody finds protects nobody.
//!
//! **Do.** Use the words in the text, best in a heading, or add them to `keywords`. The document is to stand among the
//! first three; a query that fits another document better belongs there. Retired documents are asked for among the
//! retired ones.

use crate::contract::{Answered, FIRST};
use crate::diagnostic::{Diagnostic, Span};
use crate::portal::Library;

pub(super) fn check(library: &Library, answers: &[Answered], findings: &mut Vec<Diagnostic>) {
    for answer in answers.iter().filter(|answer| !answer.is_kept()) {
        let document = &library.entry(answer.document).document;
        let Some(query) = document.front_matter.found_by.get(answer.query) else { continue };
        let message = match answer.place {
            Some(place) => format!(
                "`{}` finds this document at place {place}, not among the first {FIRST}",
                query.value
            ),
            None => format!("`{}` does not find this document", query.value),
        };
        let quoted = |words: &[String]| -> String {
            words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
        };
        let hint = if answer.lacks.is_empty() {
            format!(
                "put its words together in a heading, or add them to `keywords`; before it: {}",
                quoted(&answer.before)
            )
        } else {
            format!(
                "it lacks {}: use it in the text, or add it to `keywords`",
                quoted(&answer.lacks)
            )
        };
        let span = Span::new(&document.path, query.range.clone());
        findings.push(Diagnostic::new("not-found", span, message).hint(hint));
    }
}
