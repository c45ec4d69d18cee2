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
