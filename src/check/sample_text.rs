//! `sample-text`: no passage of an approved document is marked as sample or still to be amended.
//!
//! **Why.** An example that nobody replaced is taken for the rule (R77).
//!
//! **Do.** Write what holds here and take the mark out; what is meant for authors alone goes into guidance.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Marks of passages that are not meant as they stand.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let words = [
        r"(?:sample|example|dummy|boilerplate) (?:text|wording|content|passage|paragraph)",
        r"to be (?:amended|adapted|tailored|filled in)",
        r"(?:amend|adapt|edit|tailor|modify|delete) (?:this |the text )?(?:as|where) (?:required|appropriate|applicable|necessary|needed)",
        r"delete (?:if|where) not (?:required|applicable|needed)",
        r"insert (?:text |name |details )?here",
        r"for illustration (?:purposes )?only",
    ];
    let words: Vec<String> = words.iter().map(|words| words.replace(' ', r"\s+")).collect();
    let brackets = r"<\s*insert\b[^>\n]*>?|\[\s*(?:example|sample|amend|delete)\b[^\]\n]*\]";
    Regex::new(&format!(r"(?i)\b(?:{})\b|{brackets}", words.join("|")))
        .expect("the pattern is a constant")
});

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        for found in MARK.find_iter(&document.text[document.body..]) {
            let range = document.body + found.start()..document.body + found.end();
            if super::exempt(document, &range)
                || is_in_link(&document.text, &range)
                || is_said(&document.text, &range)
            {
                continue;
            }
            let marked = found.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
            let message = format!("`{marked}` marks a passage that is not meant as it stands");
            let span = Span::new(&document.path, range);
            findings.push(
                Diagnostic::new("sample-text", span, message).hint(
                    "write what holds here, or move the note to authors into `> [!GUIDANCE]`",
                ),
            );
        }
    }
}

/// True among the words of a link: they name what it leads to.
fn is_in_link(text: &str, range: &Range<usize>) -> bool {
    let opened =
        text[..range.start].rfind(['[', ']']).is_some_and(|at| text[at..].starts_with('['));
    let closed = text[range.end..].find(['[', ']']).map(|at| &text[range.end + at..]);
    opened && closed.is_some_and(|rest| rest.starts_with("](") || rest.starts_with("]["))
}

/// True for "is to be amended": said of something, not a mark.
fn is_said(text: &str, range: &Range<usize>) -> bool {
    const VERBS: [&str; 10] =
        ["is", "are", "was", "were", "has", "have", "had", "need", "needs", "ought"];
    let before = text[..range.start].split_whitespace().next_back().unwrap_or_default();
    let passive = text[range.clone()].get(..2).is_some_and(|to| to.eq_ignore_ascii_case("to"));
    passive && VERBS.contains(&before.to_lowercase().as_str())
}
