//! `history-in-body`: how a document came to be stands in `changes`, not in its text.
//!
//! **Why.** Readers look for what to do; a history in the text stands in their way and soon differs from the one that is kept (R33).
//!
//! **Do.** Move what the section says to `changes` and take the section out.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use std::sync::LazyLock;

use regex::Regex;

/// Headings of such sections, behind their numbers.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    let this = "this (?:document|policy|process|procedure|plan|guide|statement|version)";
    let kinds = "(?:revision|version|change|amendment|document|review|approval)";
    let headings = [
        format!("{kinds} (?:and {kinds} )?history"),
        "(?:record|list|history) of (?:revisions|versions|amendments)|history of changes"
            .to_owned(),
        "(?:document )?(?:revision|version|amendment) (?:log|record|table)".to_owned(),
        "document control(?: information| sheet| table)?".to_owned(),
        format!("(?:history|background|origin) (?:of|to) {this}"),
        format!("(?:the )?reasons? (?:for|behind|of) {this}"),
        format!("why {this}(?: exists| was written| is needed)?"),
    ];
    let pattern = format!(r"^(?:[\d.]+\)? )?(?:{})$", headings.join("|"));
    Regex::new(&pattern).expect("the pattern is a constant")
});

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        for section in &document.sections {
            let words = crate::naming::folded(&section.title.own_words());
            if HEADING.is_match(words.trim_end_matches([':', '.'])) {
                let message = format!(
                    "the section `{}` is about the history of the document",
                    section.title.own_words().trim()
                );
                let span = Span::new(&document.path, section.range.clone());
                findings.push(
                    Diagnostic::new("history-in-body", span, message).hint("move it to `changes`"),
                );
            }
        }
    }
}
