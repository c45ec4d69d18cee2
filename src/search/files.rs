//! The index as files of the site: scripts that hold base64, the one form that servers and folders on disk have in
//! common.
//!
//! Pages know `search/current.js` alone. It names the others, each by the hash of what it holds, and says which bytes
//! of the packed index stand in which of them:
//!
//! - the engine, the script of the worker, and the titles of all pages;
//! - the head of the index, which every query reads, whole and compressed while it is small;
//! - pieces that are fetched when they are read: the texts of which hits show some, and of a large index all of it.

use std::collections::BTreeMap;
use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;

use super::Packed;
use super::engine::Section;
use crate::digest;
use crate::document::{DocumentType, Status};
use crate::portal::ReviewState;
use crate::site::{Page, Piece};
use crate::theme::Theme;
use crate::wording::Wording;

/// Up to this many compressed bytes the head of the index is loaded whole.
const HEAD: usize = 2_000_000;

/// How many bytes a piece holds that is fetched when it is read: little is fetched in vain.
const PIECE: usize = 8_192;

/// The same of a large index, so that there are not too many: but not of its postings, of which similar words, and the
/// words that begin alike, read a few bytes in many places.
const LARGE_PIECE: usize = 32_768;

/// What the scripts of the search are made of, beside the index.
#[derive(Debug, Clone)]
pub struct Shipping<'a> {
    /// The theme, which brings the engine and its worker.
    pub theme: &'a Theme,
    /// The words of the portal, for what the search says.
    pub wording: Wording<'a>,
    /// How many days before its date a review is due: hits tell their state as of the reader's day.
    pub due_soon: u32,
    /// True to ship the index whole, for a large portal that is read from disk.
    pub offline: bool,
    /// The languages of pages that are not in that of the portal, by the folder that holds them (`clauses/`).
    pub languages: BTreeMap<String, String>,
}

/// What `search/current.js` says.
#[derive(Serialize)]
struct Current<'a> {
    /// Everything below together: what a page holds of another build is told by it.
    build: &'a str,
    due_soon: u32,
    engine: &'a str,
    worker: &'a str,
    titles: &'a str,
    contents: &'a str,
    words: BTreeMap<String, String>,
    /// Name, first byte, length, checksum, and 1 for those that are loaded before the first query.
    pieces: Vec<(&'a str, usize, usize, u32, u8)>,
}

/// The titles of all pages, in portal order: what answers while the engine is loaded, and where there is no engine.
#[derive(Debug, Default)]
pub struct Titles {
    all: Vec<Title>,
    /// The page of the last section.
    page: String,
}

/// A title or term, its address, and of a document its type, reference, status and the day from which it is in force;
/// 0 when that is not on record.
#[derive(Debug, Serialize)]
struct Title(String, String, String, String, &'static str, i32);

impl Titles {
    /// Adds the title of a section's page, which its other sections follow.
    pub fn add(&mut self, section: &Section) {
        let page = &*section.page;
        if self.page != page.url {
            self.page.clone_from(&page.url);
            let status = page.status.map_or("", super::engine::Status::name);
            let [title, url, kind, reference] =
                [&page.title, &page.url, &page.kind, &page.reference].map(String::clone);
            self.all.push(Title(title, url, kind, reference, status, page.effective.unwrap_or(0)));
        } else if page.kind == super::sections::TERM {
            // Terms share a page, and are looked for by their names.
            let term = section.heading.clone().unwrap_or_default();
            let kind = page.kind.clone();
            self.all.push(Title(term, section.anchor.clone(), kind, String::new(), "", 0));
        }
    }
}

/// The files below `search/`, by name.
pub fn files(packed: Packed, titles: &Titles, shipping: Shipping) -> Vec<(String, Page)> {
    let mut files = Files::default();
    let part = |name: &str| shipping.theme.search.get(name).cloned().unwrap_or_default();
    let engine = files.script("engine", "gzip", part("engine.wasm.gz"));
    let titles = files.script("titles", "gzip", compressed(&json(&titles.all)));
    let worker = part("worker.js");
    let worker_name = format!("worker-{}.js", hash(&worker));
    files.add(&worker_name, worker);
    let cut = cut(&packed, shipping.offline);
    let (all, mut pieces) = (Arc::new(packed.bytes), Vec::new());
    for Cut { from, to, first } in cut {
        let (sum, loaded) = (checksum(&all[from..to]), u8::from(first.is_some()));
        let name = match first {
            Some(compressed) => files.script("index", "gzip", compressed),
            None => files.piece("piece", "", &all, from..to),
        };
        pieces.push((name, from, to - from, sum, loaded));
    }
    let mut named: String = pieces.iter().map(|(name, ..)| &**name).collect();
    named.push_str(&format!("{engine} {titles} {worker_name}"));
    let build = hash(named.as_bytes());
    let current = Current {
        build: &build,
        due_soon: shipping.due_soon,
        engine: &engine,
        worker: &worker_name,
        titles: &titles,
        contents: &packed.contents,
        words: words(&shipping),
        pieces: pieces
            .iter()
            .map(|(name, from, length, sum, first)| (&**name, *from, *length, *sum, *first))
            .collect(),
    };
    let mut text = b"clausebookSearch.current(".to_vec();
    text.extend(json(&current));
    text.extend(b");\n");
    files.add("current.js", text);
    files.0
}

/// The files of the search, by name.
#[derive(Default)]
struct Files(Vec<(String, Page)>);

impl Files {
    /// Adds a file as it is.
    fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.push((name.to_owned(), Page::Ready(bytes.into())));
    }

    /// Adds a script that holds `bytes`, and returns its name.
    fn script(&mut self, kind: &str, coding: &'static str, bytes: Vec<u8>) -> Arc<str> {
        let all = 0..bytes.len();
        self.piece(kind, coding, &Arc::new(bytes), all)
    }

    /// Adds a script that holds these of `bytes`, and returns its name.
    fn piece(
        &mut self,
        kind: &str,
        coding: &'static str,
        bytes: &Arc<Vec<u8>>,
        range: Range<usize>,
    ) -> Arc<str> {
        let name: Arc<str> = format!("{kind}-{}.js", hash(&bytes[range.clone()])).into();
        let piece = Piece { name: Arc::clone(&name), coding, bytes: Arc::clone(bytes), range };
        self.0.push((name.to_string(), Page::Piece(piece)));
        name
    }
}

/// A piece of the index as a script.
pub fn script(piece: &Piece) -> Vec<u8> {
    let Piece { name, coding, bytes, range } = piece;
    let mut text = format!("clausebookSearch.piece(\"{name}\",\"{coding}\",\"");
    text.reserve_exact(range.len().div_ceil(3) * 4 + 8);
    STANDARD.encode_string(&bytes[range.clone()], &mut text);
    text.push_str("\");\n");
    text.into_bytes()
}

/// A stretch of the packed index.
struct Cut {
    from: usize,
    to: usize,
    /// Compressed, when it is loaded before the first query.
    first: Option<Vec<u8>>,
}

/// Cuts the index: its head whole while that is small, all else in pieces.
fn cut(packed: &Packed, whole: bool) -> Vec<Cut> {
    let all = packed.bytes.len();
    if whole {
        return vec![Cut { from: 0, to: all, first: Some(compressed(&packed.bytes)) }];
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    let postings = postings(&packed.contents);
    // What is far too large is not compressed to try.
    let tried = packed.head <= 3 * HEAD;
    let head = tried.then(|| compressed(&packed.bytes[..packed.head]));
    if let Some(head) = head.filter(|head| head.len() <= HEAD) {
        pieces.push(Cut { from: 0, to: packed.head, first: Some(head) });
        at = packed.head;
    }
    while at < all {
        let borders = [postings.start, postings.end, all];
        let border = borders.into_iter().find(|border| at < *border).unwrap_or(all);
        let small = all <= HEAD || postings.contains(&at);
        let to = (at + if small { PIECE } else { LARGE_PIECE }).min(border);
        pieces.push(Cut { from: at, to, first: None });
        at = to;
    }
    pieces
}

/// Where the postings stand among the files that `contents` lists.
fn postings(contents: &str) -> Range<usize> {
    let mut at = 0;
    for line in contents.lines() {
        let Some((name, length)) = line.split_once(' ') else { continue };
        let end = at + length.parse::<usize>().unwrap_or(0);
        if name.ends_with(".idx") {
            return at..end;
        }
        at = end;
    }
    at..at
}

/// What the search says in a browser.
const SAID: [&str; 17] = [
    "label",
    "placeholder",
    "one",
    "many",
    "nothing",
    "loading",
    "titles-only",
    "recent",
    "forget",
    "results",
    "all",
    "keys",
    "close",
    "version",
    "not-in-force",
    "like",
    "failed",
];

/// These words, those for types, statuses and review states, and the languages of folders.
fn words(shipping: &Shipping) -> BTreeMap<String, String> {
    let wording = shipping.wording;
    let said = SAID.map(|key| (key.replace('-', "_"), wording.0.get(&format!("search.{key}"))));
    let kinds = super::sections::KINDS.iter().copied();
    let types = DocumentType::ALL.iter().map(|known| known.name()).chain(kinds);
    let types = types.map(|name| (format!("type.{name}"), wording.0.get(&format!("type.{name}"))));
    let statuses = Status::ALL.iter();
    let statuses = statuses.map(|of| (format!("status.{}", of.name()), wording.status(Some(*of))));
    let reviews =
        [ReviewState::Overdue, ReviewState::Due, ReviewState::Current, ReviewState::Unscheduled];
    let reviews = reviews.map(|of| (format!("review.{}", of.name()), wording.review_state(of)));
    let languages = shipping.languages.iter();
    let languages =
        languages.map(|(folder, language)| (format!("language.{folder}"), language.clone()));
    said.into_iter().chain(types).chain(statuses).chain(reviews).chain(languages).collect()
}

/// The JSON of texts and numbers, which cannot fail.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Memory takes what is written to it.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Adler-32, which a browser reckons as quickly as it reads.
fn checksum(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1u32, 0u32);
    for block in bytes.chunks(3_800) {
        for byte in block {
            a += u32::from(*byte);
            b += a;
        }
        a %= 65_521;
        b %= 65_521;
    }
    b << 16 | a
}

/// The first 64 bits of the SHA-256.
fn hash(bytes: &[u8]) -> String {
    let mut digits = digest::sha256(bytes);
    digits.truncate(16);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_adler() {
        assert_eq!(checksum(b""), 1);
        assert_eq!(checksum(b"Wikipedia"), 0x11e6_0398);
    }

    fn pieces(contents: &str, head: usize, all: usize, whole: bool) -> Vec<Cut> {
        let packed = Packed { contents: contents.to_owned(), bytes: vec![0; all], head };
        let pieces = cut(&packed, whole);
        let mut at = 0;
        for piece in &pieces {
            assert_eq!(piece.from, at);
            at = piece.to;
        }
        assert_eq!(at, all);
        pieces
    }

    #[test]
    fn every_byte_of_the_index_stands_in_one_piece() {
        let of = |head: usize, all: usize, whole: bool| {
            let pieces = pieces("", head, all, whole);
            pieces.iter().map(|piece| piece.first.is_some()).collect::<Vec<_>>()
        };
        assert_eq!(of(10, 10 + PIECE + 1, false), [true, false, false]);
        assert_eq!(of(3 * HEAD + 1, 3 * HEAD + 1, false).iter().filter(|first| **first).count(), 0);
        assert_eq!(of(3 * HEAD + 1, 4 * HEAD, true), [true]);
    }

    #[test]
    fn postings_of_a_large_index_stand_in_small_pieces() {
        let contents = format!("a.term {}\na.idx {}\na.pos 5\n", 3 * HEAD, HEAD);
        assert_eq!(postings(&contents), 3 * HEAD..4 * HEAD);
        let pieces = pieces(&contents, 4 * HEAD, 4 * HEAD + 5, false);
        let size = |at: usize| {
            let piece = pieces.iter().find(|piece| piece.from <= at && at < piece.to);
            piece.map_or(0, |piece| piece.to - piece.from)
        };
        let sizes = [0, 3 * HEAD, 4 * HEAD].map(size);
        assert_eq!(sizes, [LARGE_PIECE, PIECE, 5]);
    }
}
