//! `duplicate-anchor`: every anchor of a document is stated once.
//!
//! **Why.** A link to an anchor that stands twice leads to the first of the two only.
//!
//! **Do.** Give one of the two headings another anchor.
