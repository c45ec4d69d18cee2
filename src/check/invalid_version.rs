//! `invalid-version`: a version is well formed.
//!
//! **Why.** Versions that cannot be compared cannot show which is newer (R7).
//!
//! **Do.** Write one to three whole numbers joined by dots, or set another `pattern` in `[version]` of `clausebook.toml`.
