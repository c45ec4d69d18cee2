//! `missing-key`: a document states its title, reference, type, owner, version, status and clause, and no half of a review.
//!
//! **Why.** These are what readers and auditors ask of every document first (R1, R5 to R9, R13). A last review and the time to the next give a day together alone (contracts 1).
//!
//! **Do.** Add the key that is named.
