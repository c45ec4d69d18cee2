//! `duplicate-anchor`: every anchor of a document is stated once.
//!
//! **Why.** A link to an anchor that stands twice leads to the first of the two only. Two footnotes with one label are shown under one number.
//!
//! **Do.** Give one of the two headings another anchor, one of the two footnotes another label.
