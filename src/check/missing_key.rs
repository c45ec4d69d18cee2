//! `missing-key`: a document states its title, reference, type, owner, version, status and clause.
//!
//! **Why.** These are what readers and auditors ask of every document first (R1, R5 to R9, R13).
//!
//! **Do.** Add the key that is named.
