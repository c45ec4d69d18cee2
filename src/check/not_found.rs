//! `not-found`: search finds a document by what people type for it.
//!
//! **Why.** Staff say "laptop stolen" where the title says "information security incident". `found_by` states what they
//! say, and what is stated is tried with the engine of the portal: a rule that nobody finds protects nobody.
//!
//! **Do.** Use the words in the text, best in a heading, or add them to `keywords`. The document is to stand among the
//! first three; a query that fits another document better belongs there, and the reference of one, or the number of a
//! clause, is answered exactly. Retired documents are asked for among the retired ones.

use crate::contract::{Answered, FIRST};
use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Entry, Library};
use crate::standard::ClauseNumber;

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
        let span = Span::new(&document.path, query.range.clone());
        let hint = hint(query.value.trim(), answer, library);
        findings.push(Diagnostic::new("not-found", span, message).hint(hint));
    }
}

/// How the document may be found.
fn hint(query: &str, answer: &Answered, library: &Library) -> String {
    let quoted = |words: &[String]| -> String {
        words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
    };
    if let Some(named) = exact(query, library) {
        return format!("state in words what people type: `{query}` is {named}");
    }
    if !answer.lacks.is_empty() {
        let lacks = quoted(&answer.lacks);
        return format!("it lacks {lacks}: use it in the text, or add it to `keywords`");
    }
    let hint = "put its words together in a heading, or add them to `keywords`";
    match &answer.before[..] {
        [] => hint.to_owned(),
        before => format!("{hint}; before it: {}", quoted(before)),
    }
}

/// What a query names that search answers exactly: no word of another document goes before it.
fn exact(query: &str, library: &Library) -> Option<&'static str> {
    let typed = query.trim_end_matches(['.', '-']);
    let is_named = |entry: &Entry| {
        entry.document.reference().is_some_and(|known| known.eq_ignore_ascii_case(typed))
    };
    let number: Option<ClauseNumber> = typed.parse().ok();
    let clause = |number| library.framework.standards.iter().any(|of| of.clause(number).is_some());
    if library.entries.iter().any(is_named) {
        Some("the reference of another document")
    } else if number.as_ref().is_some_and(clause) {
        Some("the number of a clause")
    } else {
        None
    }
}
