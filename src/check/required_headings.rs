//! `required-headings`: a document has the headings that are agreed for its type, in their order.
//!
//! **Why.** Who knows one process document finds the same thing at the same place in all of them (R72). Which headings a type has is set in `[headings]` of `clausebook.toml`; by default none.
//!
//! **Do.** Add what is missing, move what is out of order; other headings may stand between.

use crate::diagnostic::{Diagnostic, Span, and_list};
use crate::document::Document;
use crate::naming::folded;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let required = &library.config.headings;
    if required.is_empty() {
        return;
    }
    for entry in super::approved(library) {
        let document = &entry.document;
        if let Some(headings) = document.document_type().and_then(|known| required.get(&known)) {
            compare(headings, document, findings);
        }
    }
}

fn compare(headings: &[String], document: &Document, findings: &mut Vec<Diagnostic>) {
    let there: Vec<String> =
        document.sections.iter().map(|section| folded(&section.title.own_words())).collect();
    let mut missing = Vec::new();
    // The last heading that stands in its place.
    let mut last: Option<(usize, &str)> = None;
    for heading in headings {
        let wanted = folded(heading);
        let at = |from: usize| there.iter().skip(from).position(|title| *title == wanted);
        let behind = last.map_or(0, |(index, _)| index + 1);
        if let Some(index) = at(behind) {
            last = Some((behind + index, heading));
        } else if let (Some(index), Some((_, before))) = (at(0), last) {
            let message = format!("`{}` stands before `{before}`", heading.trim());
            let span = Span::new(&document.path, document.sections[index].range.clone());
            findings.push(
                Diagnostic::new("required-headings", span, message)
                    .hint(format!("move it behind `{before}`")),
            );
        } else {
            missing.push(heading.trim());
        }
    }
    if !missing.is_empty() {
        let noun = if missing.len() == 1 { "the heading" } else { "the headings" };
        let message = format!("{noun} {} is missing", and_list(&missing));
        let message = if missing.len() == 1 {
            message
        } else {
            message.replace(" is missing", " are missing")
        };
        let span = Span::new(&document.path, super::title_range(document));
        findings.push(
            Diagnostic::new("required-headings", span, message)
                .hint("add a section for each, in the order of `[headings]` in clausebook.toml"),
        );
    }
}
