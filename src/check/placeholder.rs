//! `placeholder`: no placeholder is left in an approved document.
//!
//! **Why.** A field that nobody filled shows that nobody read the document before approving it (R74).
//!
//! **Do.** Write what is meant, or a variable of `clausebook.toml`.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use std::sync::LazyLock;

use regex::Regex;

use crate::document::Status;

/// Left-overs of templates: `[Organization Name]`, `TBC`, `lorem ipsum`.
static LEFT_OVER: LazyLock<Regex> = LazyLock::new(|| {
    let brackets = r"\[(?i:insert |your |organi[sz]ation name|company name|service provider|customer name|name of |date\]|xxx)[^\]\n]*\]?";
    let words = r"\b(?:TBC|TBD|TODO|FIXME|XXX)\b|(?i:\blorem ipsum\b)";
    Regex::new(&format!("{brackets}|{words}")).expect("the pattern is a constant")
});

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        if document.status() != Some(Status::Approved) {
            continue;
        }
        let in_code = |at: usize| document.code_blocks.iter().any(|block| block.range.contains(&at));
        let body = &document.text[document.body..];
        for found in LEFT_OVER.find_iter(body) {
            let range = document.body + found.start()..document.body + found.end();
            // What stands in code is an example; what is cut out as guidance tells authors what to fill in.
            if in_code(range.start) || super::is_guidance(&document.text, range.start) {
                continue;
            }
            let message = format!("`{}` is a placeholder", found.as_str());
            let span = Span::new(&document.path, range);
            findings.push(Diagnostic::new("placeholder", span, message).hint("write what is meant, or keep the document a draft"));
        }
    }
}
