//! The index of a portal, packed and asked.

use std::borrow::Borrow;

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
pub fn index(sections: impl IntoIterator<Item: Borrow<Section>>, language: &str) -> Result<Packed> {
    engine::index(sections, language).map(Packed::of).map_err(|error| fault(&error))
}

impl Packed {
    /// Packs the files of an index.
    pub(super) fn of(indexed: Indexed) -> Self {
        let Indexed { files, bytes, head } = indexed;
        let mut packed = Self { bytes, head, ..Self::default() };
        for (name, length) in files {
            packed.contents.push_str(&format!("{name} {length}\n"));
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
    use std::sync::{Arc, Mutex};

    use tantivy::directory::OwnedBytes;

    use super::*;
    use crate::search::engine::{Bytes, Page};

    const PIECE: usize = 2_048;

    /// What lies afar and what has come of it, by piece.
    #[derive(Default)]
    struct Store {
        there: BTreeSet<usize>,
        wanted: BTreeSet<usize>,
    }

    /// An index as a browser has it: in pieces that are fetched.
    struct Afar {
        bytes: Vec<u8>,
        store: Arc<Mutex<Store>>,
        /// False to have nothing read ahead.
        told: bool,
    }

    impl Bytes for Afar {
        fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
            let mut store = self.store.lock().unwrap();
            let pieces = range.start / PIECE..range.end.div_ceil(PIECE);
            let missing: Vec<usize> = pieces.filter(|piece| !store.there.contains(piece)).collect();
            if missing.is_empty() {
                return self.bytes.read(range);
            }
            store.wanted.extend(missing);
            Err(io::Error::other("it is not there yet"))
        }

        fn are_afar(&self) -> bool {
            self.told
        }
    }

    /// As the worker does it: begins anew until nothing is missing. Counts the ways to the server.
    fn until_done<T>(
        store: &Mutex<Store>,
        ways: &mut usize,
        work: impl Fn() -> tantivy::Result<T>,
    ) -> T {
        loop {
            store.lock().unwrap().wanted.clear();
            if let Ok(done) = work() {
                return done;
            }
            let store = &mut *store.lock().unwrap();
            assert!(!store.wanted.is_empty(), "nothing was missing, and it failed");
            store.there.append(&mut store.wanted);
            *ways += 1;
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
        let packed = index(library(), "en").unwrap();
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
            let ways = [true, false].map(|told| {
                let (store, mut ways) = (Arc::new(Mutex::default()), 0);
                let engine = until_done(&store, &mut ways, || {
                    let bytes = packed.bytes.clone();
                    let afar = Afar { bytes, store: Arc::clone(&store), told };
                    Engine::open(Files::new(&packed.contents, afar))
                });
                let answer = until_done(&store, &mut ways, || engine.ask(asked));
                assert_eq!(answer, near.ask(asked).unwrap(), "{text}");
                ways
            });
            assert!(!near.ask(asked).unwrap().hits.is_empty(), "{text}");
            assert!(ways[0] * 2 <= ways[1], "{text}: {ways:?}");
        }
    }

    /// What is gathered of texts lies in blocks: no word and no place is lost where one ends and the next begins.
    #[test]
    fn words_of_long_texts_are_found_where_they_stand() {
        const EACH: usize = 1_000;
        let section = |number: usize| {
            let page = Arc::new(Page { url: format!("{number}.html"), ..Page::default() });
            let words: Vec<String> =
                (0..EACH).map(|word| format!("w{}", number * EACH + word)).collect();
            Section { page, text: words.join(" "), ..Section::default() }
        };
        let engine = index((0..140).map(section), "en").unwrap().open().unwrap();
        let borders = (1..=2).map(|block| block * 65_536);
        let near = borders.flat_map(|border| border - 150..border + 150);
        for word in near.filter(|word| word % EACH != EACH - 1) {
            let text = &*format!("\"w{word} w{}\"", word + 1);
            let answer = engine.ask(Asked { text, limit: 5, ..Asked::default() }).unwrap();
            let urls: Vec<&str> = answer.hits.iter().map(|hit| &*hit.url).collect();
            assert_eq!(urls, [format!("{}.html", word / EACH)], "{text}");
        }
    }
}
