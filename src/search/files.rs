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
#[derive(Debug, Clone, Copy)]
pub struct Shipping<'a> {
    /// The theme, which brings the engine and its worker.
    pub theme: &'a Theme,
    /// The words of the portal, for what the search says.
    pub wording: Wording<'a>,
    /// How many days before its date a review is due: hits tell their state as of the reader's day.
    pub due_soon: u32,
    /// True to ship the index whole, for a large portal that is read from disk.
    pub offline: bool,
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

/// A page among the titles: what answers while the engine is loaded, and where there is no engine.
#[derive(Serialize)]
struct Title<'a>(&'a str, &'a str, &'a str, &'a str, &'a str);

/// The files below `search/`, by name.
pub fn files(packed: &Packed, sections: &[Section], shipping: Shipping) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let part = |name: &str| shipping.theme.search.get(name).map_or(&[][..], Vec::as_slice);
    let engine = script(&mut files, "engine", "gzip", part("engine.wasm.gz"));
    let titles = titles(sections);
    let titles = script(&mut files, "titles", "gzip", &compressed(&titles));
    let worker = part("worker.js").to_vec();
    let worker_name = format!("worker-{}.js", hash(&worker));
    files.push((worker_name.clone(), worker));
    let mut pieces = Vec::new();
    for piece in cut(packed, shipping.offline) {
        let bytes = &packed.bytes[piece.from..piece.to];
        let name = match &piece.first {
            Some(compressed) => script(&mut files, "index", "gzip", compressed),
            None => script(&mut files, "piece", "", bytes),
        };
        let first = u8::from(piece.first.is_some());
        pieces.push((name, piece.from, bytes.len(), checksum(bytes), first));
    }
    let mut named: String = pieces.iter().map(|(name, ..)| name.as_str()).collect();
    named.push_str(&format!("{engine} {titles} {worker_name}"));
    let build = hash(named.as_bytes());
    let current = Current {
        build: &build,
        due_soon: shipping.due_soon,
        engine: &engine,
        worker: &worker_name,
        titles: &titles,
        contents: &packed.contents,
        words: words(shipping.wording),
        pieces: pieces
            .iter()
            .map(|(name, from, length, sum, first)| (name.as_str(), *from, *length, *sum, *first))
            .collect(),
    };
    let current = serde_json::to_string(&current).unwrap_or_default();
    files.push(("current.js".to_owned(), format!("clausebookSearch.current({current});\n").into()));
    files
}

/// A stretch of the packed index.
struct Piece {
    from: usize,
    to: usize,
    /// Compressed, when it is loaded before the first query.
    first: Option<Vec<u8>>,
}

/// Cuts the index: its head whole while that is small, all else in pieces.
fn cut(packed: &Packed, whole: bool) -> Vec<Piece> {
    let all = packed.bytes.len();
    if whole {
        return vec![Piece { from: 0, to: all, first: Some(compressed(&packed.bytes)) }];
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    let postings = postings(&packed.contents);
    // What is far too large is not compressed to try.
    let tried = packed.head <= 3 * HEAD;
    let head = tried.then(|| compressed(&packed.bytes[..packed.head]));
    if let Some(head) = head.filter(|head| head.len() <= HEAD) {
        pieces.push(Piece { from: 0, to: packed.head, first: Some(head) });
        at = packed.head;
    }
    while at < all {
        let borders = [postings.start, postings.end, all];
        let border = borders.into_iter().find(|border| at < *border).unwrap_or(all);
        let small = all <= HEAD || postings.contains(&at);
        let to = (at + if small { PIECE } else { LARGE_PIECE }).min(border);
        pieces.push(Piece { from: at, to, first: None });
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

/// Adds a script that holds `bytes`, and returns its name.
fn script(files: &mut Vec<(String, Vec<u8>)>, kind: &str, coding: &str, bytes: &[u8]) -> String {
    let name = format!("{kind}-{}.js", hash(bytes));
    let mut text = format!("clausebookSearch.piece(\"{name}\",\"{coding}\",\"");
    STANDARD.encode_string(bytes, &mut text);
    text.push_str("\");\n");
    files.push((name.clone(), text.into_bytes()));
    name
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

/// These words, and those for types, statuses and review states.
fn words(wording: Wording) -> BTreeMap<String, String> {
    let said = SAID.map(|key| (key.replace('-', "_"), wording.0.get(&format!("search.{key}"))));
    let kinds = super::sections::KINDS.iter().copied();
    let types = DocumentType::ALL.iter().map(|known| known.name()).chain(kinds);
    let types = types.map(|name| (format!("type.{name}"), wording.0.get(&format!("type.{name}"))));
    let statuses = Status::ALL.iter();
    let statuses = statuses.map(|of| (format!("status.{}", of.name()), wording.status(Some(*of))));
    let reviews =
        [ReviewState::Overdue, ReviewState::Due, ReviewState::Current, ReviewState::Unscheduled];
    let reviews = reviews.map(|of| (format!("review.{}", of.name()), wording.review_state(of)));
    said.into_iter().chain(types).chain(statuses).chain(reviews).collect()
}

/// All pages by title, in portal order, as JSON.
fn titles(sections: &[Section]) -> Vec<u8> {
    let mut titles = Vec::new();
    let mut last = None;
    for section in sections {
        let page = &*section.page;
        if last != Some(&page.url) {
            last = Some(&page.url);
            let status = page.status.map_or("", super::engine::Status::name);
            titles.push(Title(&page.title, &page.url, &page.kind, &page.reference, status));
        } else if page.kind == super::sections::TERM {
            // Terms share a page, and are looked for by their names.
            let term = section.heading.as_deref().unwrap_or("");
            titles.push(Title(term, &section.anchor, &page.kind, "", ""));
        }
    }
    serde_json::to_vec(&titles).unwrap_or_default()
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

    fn pieces(contents: &str, head: usize, all: usize, whole: bool) -> Vec<Piece> {
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
