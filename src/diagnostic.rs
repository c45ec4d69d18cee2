//! One thing wrong with the content, and where.

mod index;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use index::Index;

/// How much a finding weighs. The order is the order of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Info,
    /// To be mended; fails a run only with `--strict`.
    #[serde(rename = "warn")]
    Warning,
    /// Fails `check` and `build`.
    Error,
}

impl Severity {
    /// The word that messages begin with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A stretch of one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Relative to the root of the repository, with `/`.
    pub path: Arc<str>,
    /// First byte of the stretch, counted from the start of the file.
    pub start: usize,
    /// First byte behind it.
    pub end: usize,
}

impl Span {
    /// The bytes `range` of the file `path`.
    pub fn new(path: &Arc<str>, range: Range<usize>) -> Self {
        Self { path: Arc::clone(path), start: range.start, end: range.end.max(range.start) }
    }

    /// The start of the file, for what concerns the file as a whole.
    pub fn file(path: &Arc<str>) -> Self {
        Self::new(path, 0..0)
    }
}

/// One thing wrong, as data: it is printed by `report`, shown by pages, and weighed by coverage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The id of the rule that is broken; `clausebook explain RULE` tells more.
    pub rule: &'static str,
    /// Its weight, after the levels of `clausebook.toml`; `--strict` weighs it again where it is printed.
    pub severity: Severity,
    /// Lower case, no final stop, names the thing in backticks.
    pub message: String,
    /// Where it stands.
    pub span: Span,
    /// How to mend it; begins with a verb or asks "did you mean".
    pub hint: Option<String>,
    /// Other places that have a part in it, each with a word of explanation.
    pub others: Vec<(Span, String)>,
    /// The paths of other documents that it follows from: whoever may not see one of them does not get it.
    pub follows_from: Vec<Arc<str>>,
}

impl Diagnostic {
    /// A finding of `rule`; its severity is set when the levels of the rules are applied.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: message.into(),
            span,
            hint: None,
            others: Vec::new(),
            follows_from: Vec::new(),
        }
    }

    /// The same finding with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same finding with the nearest of what would be right, if anything is near, else with `otherwise`.
    #[must_use]
    pub fn did_you_mean<'a>(
        self,
        typed: &str,
        known: impl IntoIterator<Item = &'a str>,
        otherwise: impl Into<String>,
    ) -> Self {
        match nearest(typed, known) {
            near if near.is_empty() => self.hint(otherwise),
            near => self.hint(format!("did you mean {}?", or_list(&near))),
        }
    }

    /// The same finding, which would be another, or none, if these documents said something else.
    #[must_use]
    pub fn follows_from<'a>(mut self, paths: impl IntoIterator<Item = &'a Arc<str>>) -> Self {
        self.follows_from.extend(paths.into_iter().cloned());
        self
    }

    /// The same finding with one more place that has a part in it.
    #[must_use]
    pub fn with_other(mut self, span: Span, label: impl Into<String>) -> Self {
        self.others.push((span, label.into()));
        self
    }
}

/// The texts of all files that findings may point into.
#[derive(Debug, Clone, Default)]
pub struct Texts(pub BTreeMap<Arc<str>, Arc<str>>);

/// A place as people count: lines and columns begin at 1, a column is one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
}

impl Texts {
    /// The text of `path`, empty when it could not be read.
    pub fn get(&self, path: &str) -> &str {
        self.0.get(path).map_or("", |text| text)
    }

    /// For who asks for many places.
    pub fn index(&self) -> Index<'_> {
        Index::new(self)
    }

    /// Where a byte of a file stands.
    pub fn place(&self, path: &str, byte: usize) -> Place {
        place(self.get(path), byte)
    }

    /// The text that a span covers.
    pub fn excerpt(&self, span: &Span) -> &str {
        self.get(&span.path).get(span.start..span.end).unwrap_or("")
    }
}

/// Those of `sorted` that stand in the file `path`; sorted they are by place, as `check` gives them. To look through all
/// of them for each document takes four times as long for twice the documents.
pub fn in_file<'a>(sorted: &'a [Diagnostic], path: &str) -> &'a [Diagnostic] {
    debug_assert!(sorted.is_sorted_by_key(|finding| &finding.span.path), "findings are sorted");
    let from = &sorted[sorted.partition_point(|finding| &*finding.span.path < path)..];
    &from[..from.partition_point(|finding| &*finding.span.path == path)]
}

/// Where the byte `byte` of `text` stands.
pub fn place(text: &str, byte: usize) -> Place {
    let before = &text.as_bytes()[..byte.min(text.len())];
    let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |newline| newline + 1);
    let line = 1 + before[..line_start].iter().filter(|&&b| b == b'\n').count();
    let column = 1 + String::from_utf8_lossy(&before[line_start..]).chars().count();
    Place { line, column }
}

/// The names of `known` that `typed` may have been meant for: at most three, nearest first.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let lower = typed.to_lowercase();
    let length = lower.chars().count();
    let allowed = ((length + 1) / 3).min(4);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        // Each letter more or less is a step: most names need no closer look.
        .filter(|name| name.chars().count().abs_diff(length) <= allowed)
        .filter_map(|name| {
            let distance = strsim::damerau_levenshtein(&lower, &name.to_lowercase());
            (distance <= allowed).then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// "`a`, `b` or `c`".
pub fn or_list(names: &[&str]) -> String {
    list(names, "or")
}

/// "`a`, `b` and `c`".
pub fn and_list(names: &[&str]) -> String {
    list(names, "and")
}

fn list(names: &[&str], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
            format!("{} {word} `{last}`", first.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_not_bytes() {
        assert_eq!(place("ä\nüb", 5), Place { line: 2, column: 2 });
        assert_eq!(place("a\n", 2), Place { line: 2, column: 1 });
        assert_eq!(place("", 9), Place { line: 1, column: 1 });
    }

    #[test]
    fn those_of_one_file_are_found_and_no_others() {
        let at = |path: &str, start| Diagnostic::new("x", Span::new(&path.into(), start..9), "y");
        let sorted = [at("a.csv", 1), at("a.md", 1), at("a.md", 2), at("a.mdx", 0), at("b", 0)];
        let found = |path| in_file(&sorted, path).to_vec();
        assert_eq!(found("a.md"), sorted[1..3]);
        assert_eq!(found("a.csv"), sorted[..1]);
        assert_eq!(found("b"), sorted[4..]);
        for none in ["", "a", "a.m", "a.me", "c"] {
            assert_eq!(found(none), [], "{none}");
        }
    }

    #[test]
    fn the_nearest_name_comes_first_and_far_ones_never() {
        assert_eq!(nearest("statsu", ["status", "title"]), ["status"]);
        assert_eq!(nearest("xyz", ["status", "title"]), [""; 0]);
    }
}
