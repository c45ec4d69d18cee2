//! `term-defined`: the terms that must mean one thing to all are defined once, each by a document in force.
//!
//! **Why.** When two teams mean different things by "major incident", the customer hears of it last (R113). The terms stand in `[terms]` of `clausebook.toml`; only a repository with a glossary is looked at.
//!
//! **Do.** Define the term once in `glossary.yaml`, and name in `document` the document that rules on it.

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Typed;
use crate::portal::{Library, View};
use crate::vocabulary::Term;

pub(super) fn check(library: &Library, view: &View, findings: &mut Vec<Diagnostic>) {
    let terms = &library.framework.terms;
    let Some(any) = terms.first() else { return };
    for wanted in &library.config.terms {
        let wanted = wanted.trim();
        let lower = wanted.to_lowercase();
        let same = |name: &String| name.trim().to_lowercase() == lower;
        let mut entries: Vec<&Term> =
            terms.iter().filter(|term| same(&term.term) || term.aliases.iter().any(same)).collect();
        entries.sort_by_key(|term| term.span.start);
        let Some((first, more)) = entries.split_first() else {
            let span = Span::file(&any.span.path);
            findings.push(
                Diagnostic::new("term-defined", span, format!("`{wanted}` is not defined"))
                    .hint("add it with a definition and the document that rules on it"),
            );
            continue;
        };
        for again in more {
            let message = format!("`{wanted}` is defined twice");
            let finding = Diagnostic::new("term-defined", again.span.clone(), message)
                .hint("keep one of the two, as a term or as an alias");
            findings.push(finding.with_other(first.span.clone(), "first here"));
        }
        if let Some((message, hint)) = fault(first, wanted, library, view) {
            let ruling = first.document.as_ref().and_then(|named| library.find(&named.value));
            findings.push(
                Diagnostic::new("term-defined", first.span.clone(), message)
                    .hint(hint)
                    .follows_from(ruling.map(|id| &library.entry(id).document.path)),
            );
        }
    }
}

/// What is wrong with the document that rules on a term. A reference that leads nowhere is told by its own rule.
fn fault(
    term: &Term,
    wanted: &str,
    library: &Library,
    view: &View,
) -> Option<(String, &'static str)> {
    let Some(Typed { value: reference, .. }) = &term.document else {
        let message = format!("no document rules on `{wanted}`");
        return Some((message, "add `document: …` with the reference of one that is in force"));
    };
    let document = &library.entry(library.find(reference)?).document;
    (!document.in_force(view.today)).then(|| {
        let message = format!("`{reference}`, which rules on `{wanted}`, is not in force");
        (message, "have it approved, or name a document that is in force")
    })
}
