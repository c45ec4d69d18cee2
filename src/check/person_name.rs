//! `person-name`: no text names a person of the list in `clausebook.toml`.
//!
//! **Why.** Persons change, and with each the documents that name them; a role stays (R22). Off until a level is set, because it needs the list in `[names]`.
//!
//! **Do.** Write the role. Who authored and approved a document stands in its front matter and may be a name.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

use regex::Regex;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let patterns = patterns(&library.config.names);
    for entry in super::approved(library) {
        let document = &entry.document;
        let text = &*document.text;
        let found = patterns.iter().flat_map(|names| names.find_iter(&text[document.body..]));
        for found in found {
            let range = document.body + found.start()..document.body + found.end();
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..].chars().next();
            let part_of_a_word = [before, after].into_iter().flatten().any(char::is_alphanumeric);
            if part_of_a_word || super::exempt(document, &range) {
                continue;
            }
            let name = found.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
            let span = Span::new(&document.path, range);
            findings.push(
                Diagnostic::new("person-name", span, format!("`{name}` is a person"))
                    .hint("write the role"),
            );
        }
    }
}

/// How many names one pattern holds, so that none grows too large to be one.
const NAMES: usize = 500;

/// The names, in any letter case, over line breaks too; of two that begin alike the longer.
fn patterns(names: &[String]) -> Vec<Regex> {
    let words =
        |name: &str| name.split_whitespace().map(regex::escape).collect::<Vec<_>>().join(r"\s+");
    let mut names: Vec<String> = names.iter().map(|name| words(name)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let any = |names: &[String]| Regex::new(&format!("(?i)(?:{})", names.join("|"))).ok();
    names.chunks(NAMES).filter_map(any).collect()
}
