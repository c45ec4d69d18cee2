//! The index of a portal, packed and asked.

use super::engine::{self, Answer, Asked, Engine, Files, Indexed, Section};
use crate::failure::{Failure, Result};

/// The files of an index.
#[derive(Debug, Clone, Default)]
pub struct Packed {
    /// A name and a length a line.
    pub contents: String,
    /// All files, one behind the other.
    pub bytes: Vec<u8>,
    /// How many of these bytes most queries read. Behind them stand the words as they were typed and their places,
    /// which a query needs little of, and what is shown of hits.
    pub head: usize,
}

/// The index of `sections` in the language called `language`: the same bytes for the same sections.
///
/// # Errors
/// When tantivy fails.
pub fn index(sections: &[Section], language: &str) -> Result<Packed> {
    engine::index(sections, language).map(Packed::of).map_err(|error| fault(&error))
}

impl Packed {
    /// Packs the files of an index.
    pub(super) fn of(indexed: Indexed) -> Self {
        let mut packed = Self { head: indexed.head, ..Self::default() };
        for (name, bytes) in indexed.files {
            packed.contents.push_str(&format!("{name} {}\n", bytes.len()));
            packed.bytes.extend(bytes);
        }
        packed
    }

    /// The files of the index, to be read.
    pub(super) fn files(self) -> Files {
        Files::new(&self.contents, self.bytes)
    }

    /// Opens the index.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn open(self) -> Result<Engine> {
        Engine::open(self.files()).map_err(|error| fault(&error))
    }
}

/// Asks an index.
///
/// # Errors
/// When it is damaged.
pub fn ask(engine: &Engine, asked: Asked) -> Result<Answer> {
    engine.ask(asked).map_err(|error| fault(&error))
}

pub(super) fn fault(error: &tantivy::TantivyError) -> Failure {
    Failure::new(format!("the search index: {error}"))
        .remedy("build the portal anew; if it stays, report it as a fault of this program")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io;
    use std::ops::Range;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};

    use tantivy::directory::OwnedBytes;

    use super::*;
    use crate::search::engine::{Bytes, Page};

    const PIECE: usize = 2_048;

    /// An index as a browser has it: in pieces that are fetched, each time a way there and back.
    struct Afar {
        bytes: Vec<u8>,
        /// False where pieces are fetched one by one.
        notes: bool,
        there: Mutex<BTreeSet<usize>>,
        noted: Mutex<Option<BTreeSet<usize>>>,
        ways: Arc<AtomicUsize>,
    }

    impl Bytes for Afar {
        fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
            let mut there = self.there.lock().unwrap();
            let pieces = range.start / PIECE..range.end.div_ceil(PIECE);
            let missing: Vec<usize> = pieces.filter(|piece| !there.contains(piece)).collect();
            if !missing.is_empty() {
                if let Some(noted) = &mut *self.noted.lock().unwrap() {
                    noted.extend(missing);
                    return Err(io::Error::other("it is noted"));
                }
                self.ways.fetch_add(1, Ordering::Relaxed);
                there.extend(missing);
            }
            self.bytes.read(range)
        }

        fn note(&self, on: bool) -> usize {
            let next = (on && self.notes).then(BTreeSet::new);
            let noted = std::mem::replace(&mut *self.noted.lock().unwrap(), next);
            if on {
                return usize::from(self.notes);
            }
            let noted = noted.unwrap_or_default();
            self.ways.fetch_add(usize::from(!noted.is_empty()), Ordering::Relaxed);
            self.there.lock().unwrap().extend(&noted);
            noted.len()
        }
    }

    fn word(n: usize) -> String {
        let digits = n.to_string();
        let letters = digits.bytes().map(|digit| char::from(digit - b'0' + b'a'));
        format!("{}ing{}", ["plan", "chang", "serv", "train"][n % 4], letters.collect::<String>())
    }

    /// Pages of words, the k-th word in every k-th of them.
    fn library() -> Vec<Section> {
        let sections = (0..600).flat_map(|page| {
            let of = Arc::new(Page {
                title: format!("Page {page} of {}", word(page % 97)),
                kind: "policy".to_owned(),
                url: format!("documents/{page}.html"),
                ..Page::default()
            });
            let words: Vec<String> = (1..400).filter(|n| page % n == 0).map(word).collect();
            let first = Section { page: Arc::clone(&of), ..Section::default() };
            let heading = Some(format!("Rules for {}", word(page % 53)));
            [first, Section { page: of, heading, text: words.join(" "), ..Section::default() }]
        });
        sections.collect()
    }

    #[test]
    fn what_a_query_reads_from_afar_is_fetched_together_and_the_answer_is_the_same() {
        let packed = index(&library(), "en").unwrap();
        let near = packed.clone().open().unwrap();
        let misspelt = |n| word(n).replace("ing", "ign");
        let texts = [
            format!("{} {}", word(121), word(206)),
            format!("{} {} {}", word(4), word(8), misspelt(7)),
            "serv".to_owned(),
            misspelt(9),
        ];
        for text in &texts {
            let asked = Asked { text, limit: 20, today: 20_000, ..Asked::default() };
            let ways = [true, false].map(|notes| {
                let ways = Arc::new(AtomicUsize::new(0));
                let afar = Afar {
                    bytes: packed.bytes.clone(),
                    notes,
                    there: Mutex::default(),
                    noted: Mutex::default(),
                    ways: Arc::clone(&ways),
                };
                let engine = Engine::open(Files::new(&packed.contents, afar)).unwrap();
                assert_eq!(engine.ask(asked).unwrap(), near.ask(asked).unwrap(), "{text}");
                ways.load(Ordering::Relaxed)
            });
            assert!(!near.ask(asked).unwrap().hits.is_empty(), "{text}");
            assert!(ways[0] * 2 <= ways[1], "{text}: {ways:?}");
        }
    }
}
