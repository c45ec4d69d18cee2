//! The words that documents share: roles and glossary terms.

use std::borrow::Cow;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::diagnostic::Span;
use crate::document::Typed;
use crate::naming::folded;

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
    /// True when that is its id or its title.
    pub fn goes_by(&self, name: &str) -> bool {
        [&self.id, &self.title].into_iter().any(|own| is_same_group(own, name))
    }

    /// True when a document for that group concerns it: its id, its title, or one of its groups.
    pub fn is_of(&self, group: &str) -> bool {
        let mut own = [&self.id, &self.title].into_iter().chain(&self.groups);
        own.any(|own| is_same_group(own, group))
    }
}

/// True when two texts name one group: letter case and spaces do not tell groups apart.
pub fn is_same_group(a: &str, b: &str) -> bool {
    a == b || folded(a) == folded(b)
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
        let mut patterns: Vec<Cow<str>> = Vec::new();
        let mut of = Vec::new();
        for (index, term) in terms.iter().enumerate() {
            for name in std::iter::once(&term.term).chain(&term.aliases) {
                // A short alias, such as an abbreviation in small letters, would be found in half of all words.
                if name.chars().count() > 2 {
                    patterns.push(Cow::Borrowed(name));
                    of.push(index);
                    if let Some(other) = other_case(name) {
                        patterns.push(Cow::Owned(other));
                        of.push(index);
                    }
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns.iter().map(|pattern| pattern.as_bytes()));
        let automaton = automaton.ok().filter(|_| !patterns.is_empty());
        Self { automaton, terms: of }
    }

    /// Where whole words of a text in that language, as the term stands there or with an ending, are a term, and which,
    /// in order.
    pub fn find<'a>(
        &'a self,
        text: &'a str,
        language: &str,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let endings = endings(language);
        let found = self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text));
        found.filter_map(move |found| {
            let before = text[..found.start()].chars().next_back();
            // "20 minutes" are none of a meeting.
            if text[..found.start()].trim_end().ends_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            let after = &text[found.end()..];
            let word = after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len());
            let whole = word == 0 || endings.contains(&&after[..word]);
            if !whole || after[word..].starts_with('-') || before.is_some_and(is_of_word) {
                return None;
            }
            let end = found.end() + word;
            Some((found.start()..end, self.terms[found.pattern().as_usize()]))
        })
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// The name with its first letter in the other case, where the finder, which knows ASCII, would miss it.
fn other_case(name: &str) -> Option<String> {
    let first = name.chars().next().filter(|first| !first.is_ascii())?;
    let rest = &name[first.len_utf8()..];
    let other: String = if first.is_uppercase() {
        first.to_lowercase().collect()
    } else {
        first.to_uppercase().collect()
    };
    (!other.starts_with(first)).then(|| other + rest)
}

/// What a term may end in beside itself: its plural, and in German its cases.
fn endings(language: &str) -> &'static [&'static str] {
    match language {
        "de" => &["e", "em", "en", "er", "ern", "es", "n", "nen", "s", "se", "sen"],
        _ => &["s"],
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
        finder.find(text, "en").map(|(range, term)| format!("{}={term}", &text[range])).collect()
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
        assert_eq!(TermFinder::new(&[]).find("change", "en").count(), 0);
    }

    #[test]
    fn terms_are_found_with_the_endings_of_their_language() {
        let terms = ["Störung", "Zulieferer", "übergabe", "Dienst"].map(|name| Term {
            term: name.to_owned(),
            anchor: name.to_owned(),
            definition: String::new(),
            aliases: Vec::new(),
            see: Vec::new(),
            document: None,
            span: Span::new(&"glossary.yaml".into(), 0..0),
        });
        let finder = TermFinder::new(&terms);
        let found = |language: &str| -> Vec<String> {
            let text =
                "Störungen, eine Übergabe an die Zulieferern, des Dienstes, Dienstag, Störungs-";
            finder.find(text, language).map(|(range, _)| text[range].to_owned()).collect()
        };
        assert_eq!(found("de"), ["Störungen", "Übergabe", "Zulieferern", "Dienstes"]);
        assert_eq!(found("en"), ["Übergabe"]);
    }
}
