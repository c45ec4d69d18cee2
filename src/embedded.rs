//! The documents that are built in: what `init` gives, and the standards of a repository that has none of its own.

use rust_embed::RustEmbed;

use crate::source::Memory;

/// `content/`, read from disk in debug builds.
#[derive(RustEmbed)]
#[folder = "content/"]
#[include = "*.md"]
#[include = "*.yaml"]
#[include = "*.csv"]
#[include = "*.svg"]
#[include = "*.png"]
struct Content;

/// The settings of the demonstration that `content/` is.
pub const SETTINGS: &str = include_str!("../clausebook.toml");

/// All documents that are built in, below `folder`.
pub fn content(folder: &str) -> Memory {
    let files = Content::iter().filter_map(|name| {
        let file = Content::get(&name)?;
        Some((format!("{folder}/{name}"), file.data.into_owned()))
    });
    Memory(files.collect())
}

/// The editions of ISO/IEC 20000-1, below `folder`: what a repository without its own primary standard stands on. The
/// clauses of other standards come with `init` only: nobody gets pages of gaps unasked.
pub fn standards(folder: &str) -> Memory {
    let mut all = content(folder);
    all.0.retain(|path, _| path.starts_with(&format!("{folder}/standards/iso-iec-20000-1-")));
    all
}
