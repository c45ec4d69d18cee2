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

/// The standards that are built in, below `folder`.
pub fn standards(folder: &str) -> Memory {
    let mut all = content(folder);
    all.0.retain(|path, _| path.starts_with(&format!("{folder}/standards/")));
    all
}
