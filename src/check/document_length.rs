//! `document-length`: a document and its sentences are no longer than agreed.
//!
//! **Why.** What is too long is not read, and what is not read is not done (R78). The limits stand in `[length]` of `clausebook.toml`.
//!
//! **Do.** Cut what does not tell readers what to do, split the document, make two sentences of one.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let limits = &library.config.length.words;
    for entry in super::approved(library) {
        let document = &entry.document;
        if let Some(document_type) = document.document_type()
            && let Some(limit) = limits.get(&document_type)
            && document.words > *limit
        {
            let message = format!(
                "the text has {} words, a {} at most {limit}",
                document.words,
                document_type.name()
            );
            let span = Span::new(&document.path, super::title_range(document));
            findings.push(
                Diagnostic::new("document-length", span, message)
                    .hint("cut what does not tell readers what to do, or split the document"),
            );
        }
        for sentence in &document.long_sentences {
            let message = format!("the sentence has {} words", sentence.words);
            let span = Span::new(&document.path, sentence.range.clone());
            findings.push(
                Diagnostic::new("document-length", span, message)
                    .hint("make two sentences of it, or a list"),
            );
        }
    }
}
