//! Code with its parts marked by classes, so that light and dark are a matter of styles.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Larger blocks are shown plain: marking them up would cost more than it tells.
const LIMIT: usize = 64 * 1024;

/// The HTML of code in a language; plain when the language is not known.
pub(super) fn html(code: &str, language: &str) -> String {
    let syntax = match SYNTAXES.find_syntax_by_token(language) {
        Some(syntax) if code.len() <= LIMIT && !language.is_empty() => syntax,
        _ => return escaped(code),
    };
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        if generator.parse_html_for_line_which_includes_newline(line).is_err() {
            return escaped(code);
        }
    }
    generator.finalize()
}

fn escaped(code: &str) -> String {
    let mut html = String::with_capacity(code.len());
    super::escape(code, &mut html);
    html
}
