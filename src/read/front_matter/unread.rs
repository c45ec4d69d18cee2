//! What is there and cannot be read: it protects a document and holds it back, as if it said the worst.

use std::ops::Range;

use super::Reader;
use super::keys::{FOREIGN, KEYS};
use crate::document::Typed;

/// By these it is told whether a document is approved.
const APPROVED_BY: [&str; 2] = ["status", "draft"];

/// By these it is told since when it is in force, and when it is reviewed. Any of them that is spelt in a similar way was
/// meant; much is spelt like `status`.
const DATED_BY: [&str; 5] =
    ["effective_date", "review_date", "review_cycle", "review_in", "last_reviewed_on"];

/// A key as it is compared with others: letter case, hyphens and blanks do not count.
pub(super) fn plain(typed: &str) -> String {
    typed.to_lowercase().replace(['-', ' '], "_")
}

/// The key of that name, if it is told by it whether a document is in force and reviewed.
pub(super) fn in_force_by(plain: &str) -> Option<&'static str> {
    APPROVED_BY.into_iter().chain(DATED_BY).find(|key| *key == plain)
}

/// True when a key is given a value somewhere in front matter.
fn is_named(text: &str, key: &str) -> bool {
    text.match_indices(key).any(|(at, _)| {
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        let begins =
            line.trim_matches([' ', '\t', '-', '"', '\'']).is_empty() || line.contains('{');
        let behind = text[at + key.len()..].trim_start_matches([' ', '\t', '"', '\'']);
        begins && behind.starts_with([':', '='])
    })
}

impl Reader<'_, '_> {
    /// Tells of a key that is not known, and notes what was meant by it.
    pub(super) fn unknown_key(&mut self, typed: &str, range: Range<usize>) {
        let plain = plain(typed);
        // A misspelt label protects like one that is unknown.
        let labels = ["classification", "audience"];
        let near = crate::diagnostic::nearest(typed, labels);
        let meant = labels.into_iter().find(|key| plain.contains(key) || near.contains(key));
        if let Some(meant) = meant {
            self.protect(meant, &range);
        }
        let near = crate::diagnostic::nearest(typed, DATED_BY);
        let foreign_date = ["review", "next_review", "next_review_date"];
        let dated =
            in_force_by(&plain).or_else(|| DATED_BY.into_iter().find(|key| near.contains(key)));
        let dated = dated.or(foreign_date.contains(&&*plain).then_some("review_date"));
        self.misspelt.extend(dated);
        let finding =
            self.findings.push("unknown-key", range, format!("`{typed}` is not a known key"));
        let foreign = FOREIGN.iter().find(|(keys, _)| keys.contains(&&*plain));
        match (meant, foreign) {
            (Some(meant), _) => finding.hint(format!("did you mean `{meant}`?")),
            (None, Some((_, hint))) => finding.hint(*hint),
            (None, None) => finding.suggest(
                typed,
                KEYS.iter().map(|(key, _)| *key).filter(|key| *key != "draft"),
                "allow it with `extra` in `[front_matter]` of clausebook.toml",
            ),
        }
    }

    /// Of what was meant by a key that cannot be read nobody knows what it says.
    pub(super) fn hold_back(&mut self) {
        for key in std::mem::take(&mut self.misspelt) {
            let matter = &mut self.read.front_matter;
            match key {
                "effective_date" => {
                    matter.effective_date_unknown |= matter.effective_date.is_none();
                }
                "status" | "draft" => matter.status = None,
                _ => matter.review_unknown = true,
            }
        }
    }

    /// A label that stands where it is no key of its own, indented below another, say, protects all the same.
    pub(super) fn protect_misplaced(&mut self, inside: &Range<usize>, before: usize) {
        let found = |rules: &[&str]| {
            self.findings.list[before..].iter().any(|finding| rules.contains(&finding.rule))
        };
        let wrong = found(&["front-matter-syntax", "wrong-type"]);
        let unknown = found(&["unknown-key"]);
        for key in ["classification", "audience"] {
            if self.has(key) || !wrong && !unknown {
                continue;
            }
            let text = self.text[inside.clone()].to_ascii_lowercase();
            if wrong && text.contains(key) || unknown && is_named(&text, key) {
                self.protect(key, inside);
            }
        }
    }

    /// What protects a document and cannot be read protects it as much as can be (contracts 1: an unknown label
    /// counts as the highest); since when it applies is not known then either.
    pub(super) fn protect(&mut self, key: &str, range: &Range<usize>) {
        let unknown = Typed { value: "?".to_owned(), range: range.clone() };
        match key {
            "classification" => self.read.front_matter.classification = Some(unknown),
            "audience" => self.read.front_matter.audience = vec![unknown],
            "effective_date" => self.read.front_matter.effective_date_unknown = true,
            "review_date" | "review_cycle" | "last_reviewed_on" | "review_in" => {
                self.read.front_matter.review_unknown = true;
            }
            "changes" => self.read.front_matter.changes_unknown = true,
            _ => {}
        }
    }
}
