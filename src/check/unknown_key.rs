//! `unknown-key`: every key is a known one.
//!
//! **Why.** A misspelt key is silently ignored by most tools, and what it says is lost (R20).
//!
//! **Do.** Write the key as docs/front-matter.md of the Clausebook repository has it, or allow it with `extra` in
//! `[front_matter]` of `clausebook.toml`.
