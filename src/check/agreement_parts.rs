//! `agreement-parts`: an agreement has the sections that its clause asks for.
//!
//! **Why.** A service level agreement without exceptions, or a contract that says nothing of its end, fails when it is needed (R110).
//!
//! **Do.** Add a section whose heading names what is missing: targets, workload and exceptions under 8.3.3; targets, ending and transfer under 8.3.4.1 and 8.3.4.2. German headings may name them in German.

use crate::diagnostic::{Diagnostic, Span, and_list};
use crate::document::{ClauseRef, Document, DocumentType};
use crate::portal::{Library, View};
use std::collections::BTreeSet;

/// The standard whose clauses these are.
const STANDARD: &str = "iso-iec-20000-1-2018";

/// A part, with the words of which one stands in a heading, in each language that the portal speaks.
struct Part {
    en: &'static [&'static str],
    de: &'static [&'static str],
}

impl Part {
    /// What it is called in messages, so that authors know which word to write.
    fn name(&self, language: &str) -> &'static str {
        if language == "de" { self.de[0] } else { self.en[0] }
    }
}

const TARGETS: Part =
    Part { en: &["targets", "target"], de: &["ziele", "ziel", "serviceziele", "zielwerte"] };
const WORKLOAD: Part = Part {
    en: &["workload", "workloads"],
    de: &["arbeitslast", "auslastung", "mengengerüst", "lastgrenzen"],
};
const EXCEPTIONS: Part =
    Part { en: &["exceptions", "exception"], de: &["ausnahmen", "ausnahme", "ausschlüsse"] };
const ENDING: Part = Part {
    en: &["ending", "end", "termination"],
    de: &["beendigung", "ende", "kündigung", "vertragsende"],
};
const TRANSFER: Part =
    Part { en: &["transfer"], de: &["übertragung", "übergabe", "überleitung"] };
const OF_SERVICES: [Part; 3] = [TARGETS, WORKLOAD, EXCEPTIONS];
const OF_SUPPLIERS: [Part; 3] = [TARGETS, ENDING, TRANSFER];

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        let asked: &[(&[&str], [Part; 3])] = match document.document_type() {
            Some(DocumentType::Agreement) => {
                &[(&["8.3.3"], OF_SERVICES), (&["8.3.4.1", "8.3.4.2"], OF_SUPPLIERS)]
            }
            Some(DocumentType::Contract) => &[(&["8.3.4.1", "8.3.4.2"], OF_SUPPLIERS)],
            _ => continue,
        };
        let words = heading_words(document);
        for (clauses, parts) in asked {
            let of = |clause: &ClauseRef| {
                library.config.standard_of(clause) == STANDARD
                    && clauses.contains(&clause.number.as_str())
            };
            let Some(claim) = document.claims.iter().find(|claim| of(&claim.clause)) else {
                continue;
            };
            let missing: Vec<&str> = parts
                .iter()
                .filter(|part| !part.en.iter().chain(part.de).any(|word| words.contains(*word)))
                .map(|part| part.name(&library.config.language))
                .collect();
            if missing.is_empty() {
                continue;
            }
            let message =
                format!("no heading names {}, which {} asks for", and_list(&missing), claim.clause);
            let span = Span::new(&document.path, claim.range.clone());
            findings.push(
                Diagnostic::new("agreement-parts", span, message)
                    .hint("add a section for each, with the word in its heading"),
            );
        }
    }
}

/// All words of all headings.
fn heading_words(document: &Document) -> BTreeSet<String> {
    let titles = document.sections.iter().map(|section| section.title.own_words().to_lowercase());
    let words = titles.flat_map(|title| {
        let words = title.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
        words.collect::<Vec<_>>()
    });
    words.collect()
}
