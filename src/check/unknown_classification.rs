//! `unknown-classification`: a handling label is a known one.
//!
//! **Why.** A label that is not known protects as the highest, so that a typing mistake shows nothing to anyone it should not (R19).
//!
//! **Do.** Write one of the levels of `[classification]` in `clausebook.toml`.
