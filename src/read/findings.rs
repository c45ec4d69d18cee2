//! What is wrong with one file, as it is found.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};

/// The findings of one file.
pub(super) struct Findings {
    pub(super) path: Arc<str>,
    pub(super) list: Vec<Diagnostic>,
}

impl Findings {
    pub(super) fn new(path: &Arc<str>) -> Self {
        Self { path: Arc::clone(path), list: Vec::new() }
    }

    /// Adds a finding at `range`; what comes back takes its hint.
    pub(super) fn push(
        &mut self,
        rule: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Hinted<'_> {
        self.list.push(Diagnostic::new(rule, Span::new(&self.path, range), message));
        let last = self.list.len() - 1;
        Hinted(&mut self.list[last])
    }
}

/// A finding that is still to get its hint.
pub(super) struct Hinted<'a>(&'a mut Diagnostic);

impl Hinted<'_> {
    pub(super) fn hint(self, hint: impl Into<String>) {
        self.0.hint = Some(hint.into());
    }

    /// The nearest of what would be right, else `otherwise`.
    pub(super) fn suggest<'n>(
        self,
        typed: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: impl Into<String>,
    ) {
        *self.0 = self.0.clone().did_you_mean(typed, known, otherwise);
    }
}

/// A message of the YAML parser without its own count of lines and bytes: a finding has its place.
pub(super) fn without_place(message: &str) -> &str {
    let end =
        [" at line ", " at position "].into_iter().filter_map(|mark| message.find(mark)).min();
    &message[..end.unwrap_or(message.len())]
}

/// True for what is wrong with a file of data as a whole or in part.
pub(super) fn is_of_data_file(finding: &Diagnostic) -> bool {
    ["data-file", "not-utf8", "unreadable", "too-large"].contains(&finding.rule)
}
