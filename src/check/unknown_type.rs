//! `unknown-type`: a type comes from the closed list.
//!
//! **Why.** Coverage asks for documents of a certain type (R8).
//!
//! **Do.** Write one of the types in docs/front-matter.md of the Clausebook repository.
