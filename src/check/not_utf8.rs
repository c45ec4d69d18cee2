//! `not-utf8`: a file is text in UTF-8.
//!
//! **Why.** A file in another encoding shows wrong characters, or cannot be read at all (R21).
//!
//! **Do.** Save the file as UTF-8; UTF-16 is what some Windows editors call "Unicode".
