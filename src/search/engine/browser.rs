//! The engine as a page calls it: numbers and memory in, numbers and memory out (theme/search/worker.js).
//!
//! A page puts text where [`reserve`] says, calls [`open`] once and [`ask`] as often as it likes, and finds the answer,
//! as JSON or as a message, at [`answer_at`], [`answer_length`] bytes of it.

#![expect(unsafe_code, reason = "the border between two languages is made of addresses")]

use std::cell::RefCell;
use std::io;
use std::num::NonZeroI32;
use std::ops::Range;

use tantivy::directory::OwnedBytes;

use super::{Asked, Bytes, Engine, Files};

/// Stands between the filters and the text of a question.
const BETWEEN: char = '\u{1f}';

thread_local! {
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
    static TYPED: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<String> = const { RefCell::new(String::new()) };
}

#[link(wasm_import_module = "portal")]
unsafe extern "C" {
    /// Puts `length` bytes of the packed index, from `at`, into memory at `into`. 0 when they cannot be had.
    safe fn read(at: usize, length: usize, into: usize) -> u32;

    /// 1 where pieces are fetched when they are read.
    safe fn are_afar() -> u32;
}

/// The pieces of the index that the page holds or fetches.
struct Pieces;

impl Bytes for Pieces {
    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0u8; range.len()];
        match read(range.start, range.len(), bytes.as_mut_ptr().addr()) {
            0 => Err(io::Error::other("a piece of the index is missing")),
            _ => Ok(OwnedBytes::new(bytes)),
        }
    }

    fn are_afar(&self) -> bool {
        are_afar() == 1
    }
}

/// Makes room for `length` bytes of text, and returns where.
#[unsafe(no_mangle)]
extern "C" fn reserve(length: usize) -> usize {
    TYPED.with_borrow_mut(|typed| {
        typed.clear();
        typed.resize(length, 0);
        typed.as_mut_ptr().addr()
    })
}

/// Opens the index whose list of contents was put into memory. 1 when it is open.
#[unsafe(no_mangle)]
extern "C" fn open() -> u32 {
    tell(typed(|contents| {
        let engine = Engine::open(Files::new(contents, Pieces));
        let engine = engine.map_err(|error| error.to_string())?;
        ENGINE.set(Some(engine));
        Ok(String::new())
    }))
}

/// Answers what was put into memory: filters, a unit separator, and what was typed. 1 when there is an answer.
#[unsafe(no_mangle)]
extern "C" fn ask(today: i32, due_soon: u32, limit: u32) -> u32 {
    tell(typed(|question| {
        let (filters, text) = question.split_once(BETWEEN).unwrap_or(("", question));
        let asked = Asked { text, filters, today, due_soon, limit: limit as usize };
        ENGINE.with_borrow(|engine| {
            let engine = engine.as_ref().ok_or("the index is not open")?;
            let answer = engine.ask(asked).map_err(|error| error.to_string())?;
            Ok(answer.json(text))
        })
    }))
}

/// Where the last answer or message stands.
#[unsafe(no_mangle)]
extern "C" fn answer_at() -> usize {
    ANSWER.with_borrow(|answer| answer.as_ptr().addr())
}

/// How long it is, in bytes.
#[unsafe(no_mangle)]
extern "C" fn answer_length() -> usize {
    ANSWER.with_borrow(String::len)
}

fn typed<T>(use_it: impl FnOnce(&str) -> T) -> T {
    TYPED.with_borrow(|typed| use_it(&String::from_utf8_lossy(typed)))
}

fn tell(result: Result<String, String>) -> u32 {
    let done = u32::from(result.is_ok());
    ANSWER.set(result.unwrap_or_else(|message| message));
    done
}

/// Reading draws no random numbers, but what could draw them is linked.
#[unsafe(no_mangle)]
extern "Rust" fn __getrandom_v03_custom(_: *mut u8, _: usize) -> Result<(), NonZeroI32> {
    Err(NonZeroI32::MIN)
}
