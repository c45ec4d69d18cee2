//! `unknown-status`: a status is draft, in-review, approved or retired.
//!
//! **Why.** Whether a document is in force follows from its status (R13).
//!
//! **Do.** Write one of the four; a retired document with `replaced_by` is superseded, without it withdrawn.
