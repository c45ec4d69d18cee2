//! `placeholder`: no placeholder is left in an approved document.
//!
//! **Why.** A field that nobody filled shows that nobody read the document before approving it (R74).
//!
//! **Do.** Write what is meant, or a variable of `clausebook.toml`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Diagnostic, Span};
use crate::document::Document;
use crate::naming;
use crate::portal::{Library, View};

/// Left-overs of templates: `[Organization Name]`, `TBC`, `lorem ipsum`.
static LEFT_OVER: LazyLock<Regex> = LazyLock::new(|| {
    let brackets = r"\[(?i:(?:insert |your |organi[sz]ation name|company name|service provider|customer name|name of |xxx)[^\]\n]*|date)\]";
    let words = r"\b(?:TBC|TBD|TODO|FIXME|XXX)\b|(?i:\blorem ipsum\b)";
    Regex::new(&format!("{brackets}|{words}")).expect("the pattern is a constant")
});

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        let matter = &document.front_matter;
        let entries = matter.changes.iter();
        let history = entries.flat_map(|change| change.summary.iter().chain(&change.approved_by));
        let typed = matter.title.iter().chain(history).map(|typed| typed.range.clone());
        // Who approved is told by a name, and by no sign that stands for one.
        for by in matter.changes.iter().filter_map(|change| change.approved_by.as_ref()) {
            if !naming::is_filled(&by.value) && !LEFT_OVER.is_match(&by.value) {
                findings.push(left_over(document, by.range.clone(), &by.value));
            }
        }
        let body = document.body..document.text.len();
        let places = typed.chain([body]).flat_map(|within| {
            let found = LEFT_OVER.find_iter(&document.text[within.clone()]);
            let found: Vec<_> = found.map(|found| (within.start, found)).collect();
            found
        });
        for (start, found) in places {
            let range = start + found.start()..start + found.end();
            if super::exempt(document, &range) || is_definition(&document.text, &range) {
                continue;
            }
            findings.push(left_over(document, range, found.as_str()));
        }
    }
}

fn left_over(document: &Document, range: Range<usize>, typed: &str) -> Diagnostic {
    let span = Span::new(&document.path, range);
    Diagnostic::new("placeholder", span, format!("`{typed}` is a placeholder"))
        .hint("write what is meant, or keep the document a draft")
}

/// True for `[your rights]: https://example.org/rights` on a line of its own, which defines a link.
fn is_definition(text: &str, range: &Range<usize>) -> bool {
    let line = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    text[range.end..].starts_with(':') && text[line..range.start].trim_start().is_empty()
}
