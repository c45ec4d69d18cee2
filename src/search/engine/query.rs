//! What was typed, taken apart. Whatever it is, it means something: nothing is an error.

use super::words::{self, Words};

/// How many words of a query count; what stands behind them is left out.
const WORDS: usize = 24;

/// A query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// The words that are looked for, those that say nothing left out (unless there are no others).
    pub(super) words: Vec<Word>,
    /// What stands in quotes.
    pub(super) phrases: Vec<Vec<Quoted>>,
    /// What may not be there: each a word or a phrase.
    pub(super) without: Vec<Vec<Quoted>>,
    /// What is asked of the page.
    pub(super) filters: Vec<Filter>,
    /// The only word as it was typed, in small letters: it may be a reference or a number.
    pub(super) code: Option<String>,
    /// True when the last thing typed is a word that may go on.
    pub(super) open: bool,
}

/// A word that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// As it was typed, in small letters, without marks.
    pub(super) text: String,
    /// Its stem.
    pub(super) stem: String,
    /// Which word of the query it was.
    pub(super) place: usize,
}

/// A word of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted {
    /// In small letters, without marks.
    pub(super) text: String,
    /// Which word of the quote it is.
    pub(super) place: usize,
    /// True for a word of which texts are full; only titles are indexed with these.
    pub(super) stop: bool,
}

/// What a page is asked for: any of the values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) key: Key,
    pub(super) values: Vec<String>,
    /// True when none of them may be.
    pub(super) not: bool,
}

/// What can be asked of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Kind,
    Owner,
    Clause,
    Standard,
    Status,
}

impl Key {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "type" => Self::Kind,
            "owner" => Self::Owner,
            "clause" => Self::Clause,
            "standard" => Self::Standard,
            "status" => Self::Status,
            _ => return None,
        })
    }
}

/// A piece of what was typed.
struct Piece<'a> {
    key: Option<Key>,
    not: bool,
    quoted: bool,
    text: &'a str,
}

impl Query {
    /// Takes apart what was chosen and what was typed.
    pub(super) fn parse(filters: &str, text: &str, words: &mut Words) -> Self {
        let mut query = Self::default();
        let mut typed = Vec::new();
        let chosen = pieces(filters).into_iter().filter(|piece| piece.key.is_some());
        for Piece { key, not, quoted, text: piece } in chosen.chain(pieces(text)) {
            query.open = false;
            if let Some(key) = key {
                query.filter(key, not, piece);
                continue;
            }
            let mut of_piece = plain(piece);
            of_piece.truncate(WORDS);
            if of_piece.is_empty() {
                continue;
            }
            if not {
                query.without.push(quote(of_piece, words));
            } else if quoted {
                query.phrases.push(quote(of_piece, words));
            } else {
                typed.extend(of_piece);
                query.open = !text.ends_with(char::is_whitespace);
            }
        }
        typed.truncate(WORDS);
        query.code = code(text);
        let stops = typed.iter().enumerate().map(|(place, word)| {
            let before = place.checked_sub(1).map(|before| typed[before].as_str());
            words.is_stop(before, word)
        });
        let stops: Vec<bool> = stops.collect();
        let all = stops.iter().all(|stop| *stop);
        let end = typed.len();
        for (place, (word, stop)) in typed.into_iter().zip(stops).enumerate() {
            // The last word may be the beginning of another one.
            if stop && !all && !(query.open && place + 1 == end && end > 1 && word.len() < 2) {
                query.open &= place + 1 != end;
                continue;
            }
            let stem = words.stem(&word).to_owned();
            let mut text = word;
            words::fold(&mut text);
            query.words.push(Word { text, stem, place });
        }
        query
    }

    /// True when nothing is looked for.
    pub(super) fn is_empty(&self) -> bool {
        let Self { words, phrases, without: _, filters, code, open: _ } = self;
        words.is_empty() && phrases.is_empty() && filters.is_empty() && code.is_none()
    }

    /// True when pages are only chosen, not looked for.
    pub(super) fn only_filters(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty()
    }

    /// True when this status or state was asked for by its name.
    pub(super) fn asks_for(&self, status: &str) -> bool {
        let mut asked =
            self.filters.iter().filter(|filter| filter.key == Key::Status && !filter.not);
        asked.any(|filter| filter.values.iter().any(|value| value == status || value == "any"))
    }

    fn filter(&mut self, key: Key, not: bool, value: &str) {
        let value = match key {
            Key::Clause => value.trim().trim_end_matches('.').to_lowercase(),
            // `Change Manager` and `change-manager` are one.
            _ => plain(value).join("-"),
        };
        if value.is_empty() {
            return;
        }
        let same = |filter: &&mut Filter| filter.key == key && filter.not == not;
        match self.filters.iter_mut().find(same) {
            Some(filter) => filter.values.push(value),
            None => self.filters.push(Filter { key, values: vec![value], not }),
        }
    }
}

/// The words of a quote.
fn quote(typed: Vec<String>, words: &mut Words) -> Vec<Quoted> {
    let quoted = typed.into_iter().enumerate().map(|(place, mut text)| {
        let stop = words.is_listed(&text);
        words::fold(&mut text);
        Quoted { text, place, stop }
    });
    quoted.collect()
}

/// The words of a text.
fn plain(text: &str) -> Vec<String> {
    let mut split = words::split(text);
    let mut word = String::new();
    let mut found = Vec::new();
    while split.next_into(&mut word).is_some() {
        found.push(word.clone());
    }
    found
}

/// The reference or number that the whole text may be.
fn code(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', '-']);
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let right = !text.is_empty() && text.len() <= 60 && text.chars().all(fits);
    (right && text.starts_with(|c: char| c.is_ascii_alphanumeric())).then(|| text.to_lowercase())
}

/// Cuts a text at its spaces, outside quotes. An open quote ends with the text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && pieces.len() < 4 * WORDS {
        let not = rest.starts_with('-') && rest[1..].starts_with(|c: char| !c.is_whitespace());
        rest = if not { &rest[1..] } else { rest };
        let name = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let mut key = None;
        if rest[name..].starts_with(':') {
            key = Key::from_name(&rest[..name].to_ascii_lowercase());
        }
        if key.is_some() {
            rest = &rest[name + 1..];
        }
        let quoted = rest.starts_with('"');
        let (piece, behind) = if quoted {
            rest[1..].split_once('"').unwrap_or((&rest[1..], ""))
        } else {
            // A quote begins a piece of its own wherever it stands.
            let end = rest.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(rest.len());
            rest.split_at(end)
        };
        pieces.push(Piece { key, not, quoted, text: piece });
        rest = behind.trim_start();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Query {
        Query::parse("", text, &mut Words::of("en"))
    }

    fn looked_for(text: &str) -> Vec<String> {
        parse(text).words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_that_say_nothing_are_left_out_unless_there_are_no_others() {
        assert_eq!(
            looked_for("Who approves emergency changes?"),
            ["approves", "emergency", "changes"]
        );
        assert_eq!(looked_for("who are you"), ["who", "are", "you"]);
        assert!(parse("laptop stol").open);
        assert!(!parse("laptop stolen ").open);
        assert!(!parse("laptop \"stolen").open);
    }

    #[test]
    fn quotes_minus_and_keys_are_understood() {
        let query =
            parse("type:Policy owner:\"Change Manager\" -draft \"two people\" status:overdue x");
        let quoted = |words: &[Quoted]| {
            words.iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(quoted(&query.phrases[0]), "two people");
        assert_eq!(quoted(&query.without[0]), "draft");
        let filters: Vec<_> =
            query.filters.iter().map(|filter| (filter.key, filter.values.join("|"))).collect();
        assert_eq!(
            filters,
            [
                (Key::Kind, "policy".to_owned()),
                (Key::Owner, "change-manager".to_owned()),
                (Key::Status, "overdue".to_owned()),
            ]
        );
        assert_eq!(parse("type:a type:b").filters[0].values, ["a", "b"]);
        assert_eq!(
            parse("-clause:8.5. ").filters[0],
            Filter { key: Key::Clause, values: vec!["8.5".to_owned()], not: true }
        );
        assert_eq!(looked_for("http://x:b c - d"), ["http", "x", "b", "c", "d"]);
    }

    #[test]
    fn the_only_word_may_be_a_reference() {
        assert_eq!(parse(" SMS-POL-8.5.1 ").code.as_deref(), Some("sms-pol-8.5.1"));
        assert_eq!(parse("8.5.").code.as_deref(), Some("8.5"));
        assert_eq!(parse("two words").code, None);
        assert_eq!(parse("\"").code, None);
    }

    #[test]
    fn nonsense_means_something_or_nothing() {
        for text in ["", " ", "\"", "--", "-", ":", "type:", "\"\"", "-\"", "\u{0}\u{7}", "'’"] {
            assert!(parse(text).is_empty(), "{text:?}");
        }
        assert_eq!(parse(&"word ".repeat(5000)).words.len(), WORDS);
        assert_eq!(looked_for("🙂 שלום"), ["שלום"]);
    }
}
