//! `mixed-kind`: a document is a policy, a process or a procedure, not two of them.
//!
//! **Why.** A policy says what holds, a process who does what, a procedure how it is done; each changes at its own pace and needs another approver (R54).
//!
//! **Do.** Move the steps of a policy to a procedure; split a document that claims two kinds, or give it the title of its type.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use std::ops::Range;

use crate::document::{Document, DocumentType};

/// The kinds that are kept apart, as titles name them.
const KINDS: [(DocumentType, &str, &str); 3] = [
    (DocumentType::Policy, "policy", "policies"),
    (DocumentType::Process, "process", "processes"),
    (DocumentType::Procedure, "procedure", "procedures"),
];

/// From how many items on a numbered list is one of steps.
const STEPS: usize = 3;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        let Some(own) = document.document_type() else { continue };
        if !KINDS.iter().any(|(kind, ..)| *kind == own) {
            continue;
        }
        if let Some(title) = &document.front_matter.title
            && let Some(other) = other_kind(&title.value, own)
        {
            let message = format!("the title names a {}, the type is {}", other.name(), own.name());
            let span = Span::new(&document.path, title.range.clone());
            findings.push(
                Diagnostic::new("mixed-kind", span, message)
                    .hint("split the document, or give it a title of its type"),
            );
        }
        if own == DocumentType::Policy {
            steps(document, findings);
        }
    }
}

fn steps(document: &Document, findings: &mut Vec<Diagnostic>) {
    for list in document.ordered_lists.iter().filter(|list| list.items >= STEPS) {
        let first = document.text[list.range.clone()].lines().next().unwrap_or_default();
        let range = list.range.start..list.range.start + first.trim_end().len();
        let message = format!("the policy has {} numbered steps", list.items);
        findings.push(
            Diagnostic::new("mixed-kind", Span::new(&document.path, range), message)
                .hint("move them to a procedure, or write principles as a list with `-`"),
        );
    }
}

/// The other kind that a title names. `Policy on …` is about what follows, and the last word of `Process Improvement
/// Policy` says what it is.
fn other_kind(title: &str, own: DocumentType) -> Option<DocumentType> {
    let kind = |word: &str| {
        let word = word.to_lowercase();
        KINDS.iter().find(|(_, one, many)| [*one, *many].contains(&&*word)).map(|kind| kind.0)
    };
    let first = title.find(char::is_alphanumeric)?;
    // Where each word that names a kind begins and ends.
    let named: Vec<(Range<usize>, DocumentType)> = title
        .split(|c: char| !c.is_alphanumeric())
        .scan(0, |at, word| {
            let begin = *at;
            let end = begin + word.len();
            *at = end + title[end..].chars().next().map_or(0, char::len_utf8);
            Some((begin..end, word))
        })
        .filter_map(|(range, word)| Some((range, kind(word)?)))
        .collect();
    let joined = |text: &str| {
        let text = text.trim_start().to_lowercase();
        ["and ", "or ", "&", "/", ",", "+"].iter().any(|sign| text.starts_with(sign))
    };
    let (range, begun) = named.first()?;
    if range.start == first && *begun == own && !joined(&title[range.end..]) {
        return None;
    }
    match &named[..] {
        [.., (range, before), (_, last)] if *last == own && *before != own => {
            joined(&title[range.end..]).then_some(*before)
        }
        [.., (_, last)] => (*last != own).then_some(*last),
        [] => None,
    }
}
