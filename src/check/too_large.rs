//! `too-large`: a document is not larger than what is read.
//!
//! **Why.** One huge file would take the memory of the whole build (R21).
//!
//! **Do.** Split the document, or raise `max_file_mb` in `[build]` of `clausebook.toml`.
