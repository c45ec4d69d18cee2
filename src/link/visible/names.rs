//! What hidden documents go by, looked for in what findings say.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, Match};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::portal::{Entry, Library};

/// Everything that documents which are not seen go by: titles, names of files, aliases, references.
pub(super) struct Names {
    all: BTreeSet<String>,
    /// Finds them all in one pass; `None` when there are too many for it, and then each text is taken to hold one.
    finder: Option<AhoCorasick>,
}

impl Names {
    /// The names of the documents that are not `seen`.
    pub(super) fn of(library: &Library, seen: &[bool]) -> Self {
        let (shown, hidden): (Vec<_>, Vec<_>) =
            library.entries.iter().zip(seen).partition(|(_, seen)| **seen);
        let names = |of: Vec<(&Entry, &bool)>| -> BTreeSet<String> {
            let names = of.into_iter().flat_map(|(entry, _)| names(&entry.document));
            names.filter(|name| !name.trim().is_empty()).map(str::to_owned).collect()
        };
        Self::new(names(hidden), &names(shown))
    }

    /// Those of `all`, of which the ones that are `shown` too tell of nothing hidden.
    fn new(all: BTreeSet<String>, shown: &BTreeSet<String>) -> Self {
        let finder = AhoCorasick::new(all.difference(shown)).ok();
        Self { all, finder }
    }

    /// True when a hidden document goes by that name.
    pub(super) fn hold(&self, name: &str) -> bool {
        self.all.contains(name)
    }

    /// What a finding says of a document that is not seen stays with those who may see it.
    pub(super) fn take_from(&self, finding: &mut Diagnostic) {
        if finding.hint.as_deref().is_some_and(|hint| self.are_in(hint)) {
            finding.hint = None;
        }
        if self.are_in(&finding.message) {
            finding.message = format!("`{}` is not met", finding.rule);
        }
    }

    /// True when a text of ours quotes one of the names, as a whole word. Findings name things in back-ticks, so that
    /// what they say in their own words is no name.
    fn are_in(&self, text: &str) -> bool {
        let Some(finder) = &self.finder else { return true };
        let is_name = |found: Match| {
            let (before, behind) = (&text[..found.start()], &text[found.end()..]);
            let joined = |next: Option<char>| next.is_some_and(char::is_alphanumeric);
            let quoted = before.matches('`').count() % 2 == 1
                || text[found.start()..found.end()].contains('`');
            quoted && !joined(before.chars().next_back()) && !joined(behind.chars().next())
        };
        finder.find_overlapping_iter(text).any(is_name)
    }
}

/// What a document goes by.
fn names(document: &Document) -> impl Iterator<Item = &str> {
    let matter = &document.front_matter;
    let typed = matter.aliases.iter().chain(&matter.reference).map(|typed| &*typed.value);
    [document.title(), document.file_stem()].into_iter().chain(typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_a_finding_quotes_it_and_nowhere_else() {
        let names = ["2026", "IT", "plan", "plan b", "The `x` rule", "open"].map(str::to_owned);
        let names = Names::new(names.into(), &BTreeSet::from(["open".to_owned()]));
        for told in [
            "`plan` is retired",
            "did you mean `a` or `plan`?",
            "`secret/plan.md` is there",
            "`my plan b` is taken",
            "`The `x` rule` is retired",
            "`IT`",
        ] {
            assert!(names.are_in(told), "{told}");
        }
        for kept in [
            "the review was due on 2026-03-01",
            "plan b is not quoted",
            "`planned` is no status",
            "`ITIL` is not a term",
            "`open` is shown too",
            "",
        ] {
            assert!(!names.are_in(kept), "{kept}");
        }
    }

    #[test]
    fn without_a_name_nothing_is_found() {
        assert!(!Names::new(BTreeSet::new(), &BTreeSet::new()).are_in("`a` is no date"));
    }
}
