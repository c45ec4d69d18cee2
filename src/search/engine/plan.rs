//! A query as what tantivy runs: what makes a reference, a phrase, and each word on its own.
//!
//! Words that are whole count by BM25; words that are only begun, or misspelt, count the same wherever they stand, so
//! that one more letter takes hits away and leaves the others in their order.

use std::collections::BTreeMap;

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

use super::ahead::Ahead;
use super::query::{Filter, Key, Query, Quoted, Word};
use super::schema::{Fields, code};

/// Something that tantivy finds.
pub(super) type Node = Box<dyn tantivy::query::Query>;

/// How many words a beginning or a misspelling may stand for: the most frequent ones.
const EXPANDED: usize = 50;

/// What one word counts by where it stands, beside BM25, by which a word of a short title counts more than one of a
/// long text. Chosen by the mean reciprocal rank over the search contract of our own documents: twice or half of any of
/// them changes it by less than a hundredth.
mod weight {
    use tantivy::Score;

    pub(super) const TITLE: Score = 1.0;
    pub(super) const HEADING: Score = 1.0;
    pub(super) const KEYWORD: Score = 4.0;
    pub(super) const BODY: Score = 1.0;
    /// A word that is begun or misspelt, in a title or heading, and elsewhere: about what a whole word counts there.
    pub(super) const NAME: Score = 20.0;
    pub(super) const WORD: Score = 4.0;
}

/// A query, and what it is asked of.
pub(super) struct Plan<'a> {
    pub(super) query: &'a Query,
    pub(super) fields: &'a Fields,
    pub(super) searcher: &'a Searcher,
    pub(super) ahead: Ahead<'a>,
}

impl Plan<'_> {
    /// Notes what [`Plan::phrase`] and [`Plan::whole`] read of these words.
    pub(super) fn note(&self, words: &[Word]) {
        let Fields { title, heading, keywords, body, .. } = *self.fields;
        let placed = match words {
            [_] => IndexRecordOption::WithFreqs,
            _ => IndexRecordOption::WithFreqsAndPositions,
        };
        let counted = IndexRecordOption::WithFreqs;
        let fields = [(title, placed), (heading, placed), (keywords, placed), (body, counted)];
        let of = |word: &Word| {
            fields.map(|(field, option)| (Term::from_field_text(field, &word.stem), option))
        };
        self.ahead.terms(words.iter().flat_map(of));
    }

    /// The beginnings of the pages, for a query that only chooses.
    pub(super) fn first(&self) -> Node {
        term(self.fields.code, code::FIRST, IndexRecordOption::Basic)
    }

    /// A reference or a number: its own page, then what claims it, then what lies within it.
    pub(super) fn code(&self, number: &str) -> Node {
        let ranks = [
            (code::OWN, 4.0),
            (code::CLAIM, 3.0),
            (code::OWN_WITHIN, 2.0),
            (code::CLAIM_WITHIN, 1.0),
        ];
        let parts = ranks.map(|(mark, score)| -> Node {
            let found =
                term(self.fields.code, &format!("{mark}{number}"), IndexRecordOption::Basic);
            Box::new(ConstScoreQuery::new(found, score))
        });
        Box::new(BooleanQuery::union(parts.into()))
    }

    /// All words one behind the other in a title, a heading or a keyword; `None` when there are none.
    pub(super) fn phrase(&self, words: &[Word]) -> Option<Node> {
        if words.is_empty() {
            let quoted = self.query.phrases.iter();
            let names: Vec<Node> = quoted.map(|words| as_typed(self.fields.names, words)).collect();
            return (!names.is_empty())
                .then(|| -> Node { Box::new(BooleanQuery::intersection(names)) });
        }
        let in_field = |field: Field, weight: Score| -> Node {
            let stems = words.iter().map(|word| Term::from_field_text(field, &word.stem));
            let found: Node = match words {
                [word] => term(field, &word.stem, IndexRecordOption::WithFreqs),
                _ => {
                    let places = words.iter().map(|word| word.place - words[0].place);
                    Box::new(PhraseQuery::new_with_offset(places.zip(stems).collect()))
                }
            };
            Box::new(BoostQuery::new(found, weight))
        };
        let title = in_field(self.fields.title, weight::TITLE);
        let heading = in_field(self.fields.heading, weight::HEADING);
        let keyword = in_field(self.fields.keywords, weight::KEYWORD);
        Some(Box::new(BooleanQuery::union(vec![title, heading, keyword])))
    }

    /// A word in any of its forms.
    pub(super) fn whole(&self, word: &Word) -> Node {
        let Fields { title, heading, keywords, body, .. } = *self.fields;
        let fields = [
            (title, weight::TITLE),
            (heading, weight::HEADING),
            (keywords, weight::KEYWORD),
            (body, weight::BODY),
        ];
        let mut parts: Vec<Node> = fields
            .into_iter()
            .map(|(field, weight)| -> Node {
                let found = term(field, &word.stem, IndexRecordOption::WithFreqs);
                Box::new(BoostQuery::new(found, weight))
            })
            .collect();
        if word.text.starts_with(|c: char| c.is_ascii_digit()) {
            parts.push(self.code(&word.text));
        }
        Box::new(BooleanQuery::union(parts))
    }

    /// A word that may go on.
    pub(super) fn begun(&self, word: &Word) -> tantivy::Result<Node> {
        let range = |field| -> tantivy::Result<Vec<Term>> {
            let mut known = BTreeMap::<Vec<u8>, u64>::new();
            for segment in self.searcher.segment_readers() {
                let index = segment.inverted_index(field)?;
                let mut terms = index.terms().range().ge(word.text.as_bytes()).into_stream()?;
                while terms.advance() && terms.key().starts_with(word.text.as_bytes()) {
                    *known.entry(terms.key().to_vec()).or_default() +=
                        u64::from(terms.value().doc_freq);
                }
            }
            Ok(frequent(field, known))
        };
        // One letter begins too many words of the text.
        let short = word.text.chars().nth(1).is_none();
        self.ahead.dictionaries(&[self.fields.names]);
        if !short {
            self.ahead.dictionaries(&[self.fields.words]);
        }
        let names = range(self.fields.names)?;
        let words = if short { Vec::new() } else { range(self.fields.words)? };
        Ok(self.by_place(names, words))
    }

    /// The words of the index that a word may be a misspelling of, with how many sections each stands in.
    fn similar(&self, field: Field, word: &Word) -> tantivy::Result<BTreeMap<Vec<u8>, u64>> {
        let term = Term::from_field_text(field, &word.text);
        let automaton = FuzzyTermQuery::new(term, distance(word), true).automaton()?;
        self.ahead.dictionaries(&[self.fields.names, self.fields.words]);
        let mut known = BTreeMap::<Vec<u8>, u64>::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut terms = index.terms().search(&automaton).into_stream()?;
            while terms.advance() {
                *known.entry(terms.key().to_vec()).or_default() +=
                    u64::from(terms.value().doc_freq);
            }
        }
        Ok(known)
    }

    /// A word that some letters are wrong in.
    pub(super) fn misspelt(&self, word: &Word) -> tantivy::Result<Node> {
        let Fields { names, words, .. } = *self.fields;
        let [names, words] =
            [(names, self.similar(names, word)?), (words, self.similar(words, word)?)]
                .map(|(field, known)| frequent(field, known));
        Ok(self.by_place(names, words))
    }

    /// What was meant by a word that stands nowhere: the nearest one, of those as near the most frequent.
    pub(super) fn meant(&self, word: &Word) -> tantivy::Result<Option<String>> {
        let mut known = self.similar(self.fields.words, word)?;
        for (name, count) in self.similar(self.fields.names, word)? {
            *known.entry(name).or_default() += count;
        }
        let texts = known.into_iter().filter_map(|(name, count)| {
            let name = String::from_utf8(name).ok()?;
            Some((!super::snippet::within(&word.text, &name, 1), std::cmp::Reverse(count), name))
        });
        Ok(texts.min().map(|(_, _, name)| name).filter(|name| *name != word.text))
    }

    /// A begun or misspelt word counts by where it stands alone.
    fn by_place(&self, names: Vec<Term>, words: Vec<Term>) -> Node {
        let all = names.iter().chain(&words);
        self.ahead.terms(all.map(|term| (term.clone(), IndexRecordOption::Basic)));
        let parts = [(names, weight::NAME), (words, weight::WORD)].map(|(terms, weight)| -> Node {
            Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), weight))
        });
        Box::new(BooleanQuery::union(parts.into()))
    }

    /// What stood in quotes, wherever it stands.
    pub(super) fn quoted(&self, words: &[Quoted]) -> Node {
        let told: Vec<Quoted> = words.iter().filter(|word| !word.stop).cloned().collect();
        Box::new(BooleanQuery::union(vec![
            as_typed(self.fields.names, words),
            as_typed(self.fields.words, &told),
        ]))
    }

    /// What is not to be shown: sections of pages that were not chosen, and those with what may not be there.
    pub(super) fn refused(&self) -> Vec<Node> {
        let chosen = self.query.filters.iter().filter_map(|Filter { key, values, not }| {
            let field = match key {
                Key::Kind => self.fields.kind,
                Key::Owner => self.fields.owner,
                Key::Clause => self.fields.clause,
                Key::Standard => self.fields.standard,
                // States follow from dates: they are looked at page by page.
                Key::Status => return None,
            };
            let values = values.iter().map(|value| Term::from_field_text(field, value));
            let any: Node = Box::new(TermSetQuery::new(values));
            Some(if *not { any } else { others(any) })
        });
        let without = self.query.without.iter().map(|words| self.quoted(words));
        chosen.chain(without).collect()
    }
}

/// How many letters of a word may be wrong: one from 5 letters, two from 9.
pub(super) fn distance(word: &Word) -> u8 {
    match word.text.chars().count() {
        _ if word.text.contains(|c: char| c.is_ascii_digit()) => 0,
        0..5 => 0,
        5..9 => 1,
        _ => 2,
    }
}

/// All that `node` does not find.
fn others(node: Node) -> Node {
    let all: Node = Box::new(tantivy::query::AllQuery);
    Box::new(BooleanQuery::new(vec![(Occur::Must, all), (Occur::MustNot, node)]))
}

/// The words as they are typed, one behind the other.
fn as_typed(field: Field, words: &[Quoted]) -> Node {
    match words {
        [] => Box::new(EmptyQuery),
        [word] => term(field, &word.text, IndexRecordOption::WithFreqs),
        [first, ..] => {
            let terms = words
                .iter()
                .map(|word| (word.place - first.place, Term::from_field_text(field, &word.text)));
            Box::new(PhraseQuery::new_with_offset(terms.collect()))
        }
    }
}

/// The most frequent of the terms; of two that are as frequent the first.
fn frequent(field: Field, known: BTreeMap<Vec<u8>, u64>) -> Vec<Term> {
    let mut known: Vec<(Vec<u8>, u64)> = known.into_iter().collect();
    known.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    known.truncate(EXPANDED);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
    known.into_iter().map(|(bytes, _)| Term::from_field_text(field, &text(bytes))).collect()
}

fn term(field: Field, text: &str, option: IndexRecordOption) -> Node {
    Box::new(TermQuery::new(Term::from_field_text(field, text), option))
}
