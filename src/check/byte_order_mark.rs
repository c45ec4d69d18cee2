//! `byte-order-mark`: a file begins with its first character, not with a byte-order mark.
//!
//! **Why.** Other tools take the mark for text, so that the front matter is not found (R21).
//!
//! **Do.** Save the file as UTF-8 without a byte-order mark.
