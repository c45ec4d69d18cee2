//! The words that documents share: roles and glossary terms.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostic::Span;
use crate::document::Typed;

/// A role of `roles.yaml`: what owns and approves documents, never a person (R6).
#[derive(Debug, Clone)]
pub struct Role {
    /// The name in front matter: `change-manager`.
    pub id: String,
    /// The name in text: `Change Manager`.
    pub title: String,
    /// What the role is for, in a sentence.
    pub summary: String,
    /// What it does.
    pub duties: Vec<String>,
    /// The groups that it belongs to, as the `audience` of documents names them (R25).
    pub groups: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

impl Role {
    /// True when a document for that group concerns it: its id, its title, or one of its groups.
    pub fn is_of(&self, group: &str) -> bool {
        let own = [&self.id, &self.title].into_iter().chain(&self.groups);
        let folded = group.trim().to_lowercase();
        own.into_iter().any(|own| own.trim().to_lowercase() == folded)
    }
}

/// A term of `glossary.yaml`.
#[derive(Debug, Clone)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Its place on the page of the glossary; each once.
    pub anchor: String,
    /// What it means, in our own words.
    pub definition: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Other terms of the glossary.
    pub see: Vec<String>,
    /// The reference of the document that rules on it.
    pub document: Option<Typed<String>>,
    /// Where it stands.
    pub span: Span,
}

/// Finds the terms of a glossary in a text.
#[derive(Debug, Clone)]
pub struct TermFinder {
    automaton: Option<AhoCorasick>,
    /// The term of each pattern.
    terms: Vec<usize>,
}

impl TermFinder {
    /// Takes terms and their aliases, in any letter case; of two that begin at one place the longer is found.
    pub fn new(terms: &[Term]) -> Self {
        let mut patterns = Vec::new();
        let mut of = Vec::new();
        for (index, term) in terms.iter().enumerate() {
            for name in std::iter::once(&term.term).chain(&term.aliases) {
                // A short alias, such as an abbreviation in small letters, would be found in half of all words.
                if name.chars().count() > 2 {
                    patterns.push(name.as_str());
                    of.push(index);
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns);
        let automaton = automaton.ok().filter(|_| !patterns.is_empty());
        Self { automaton, terms: of }
    }

    /// Where whole words of the text, singular or with an `s`, are a term, and which, in order.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text));
        found.filter_map(move |found| {
            let before = text[..found.start()].chars().next_back();
            // "20 minutes" are none of a meeting.
            if text[..found.start()].trim_end().ends_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            let mut after = text[found.end()..].chars();
            let mut next = after.next();
            if next == Some('s') {
                next = after.next();
            }
            let within = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
            if within(before) || within(next) {
                return None;
            }
            let end = text.len() - after.as_str().len() - next.map_or(0, char::len_utf8);
            Some((found.start()..end, self.terms[found.pattern().as_usize()]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let term = |name: &str, alias: &str| Term {
            term: name.to_owned(),
            anchor: name.to_owned(),
            definition: String::new(),
            aliases: vec![alias.to_owned()],
            see: Vec::new(),
            document: None,
            span: Span::new(&"glossary.yaml".into(), 0..0),
        };
        let terms =
            [term("incident", "outage"), term("major incident", "MI"), term("change", "RFC")];
        let finder = TermFinder::new(&terms);
        finder.find(text).map(|(range, term)| format!("{}={term}", &text[range])).collect()
    }

    #[test]
    fn terms_are_found_as_whole_words_in_any_letter_case() {
        assert_eq!(
            found("An Incident, incidents and an outage."),
            ["Incident=0", "incidents=0", "outage=0"]
        );
        assert_eq!(found("A major incident; a RFC."), ["major incident=1", "RFC=2"]);
        assert!(found("20 changes, 3 incident").is_empty());
        assert!(found("exchange, changed, change-over, coincident, mi").is_empty());
        assert_eq!(found("change"), ["change=2"]);
        assert_eq!(found("changeé, change’s, changes"), ["change=2", "changes=2"]);
    }

    #[test]
    fn without_terms_nothing_is_found() {
        assert_eq!(TermFinder::new(&[]).find("change").count(), 0);
    }
}
