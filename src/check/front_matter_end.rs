//! `front-matter-end`: front matter is closed by the line that opened it.
//!
//! **Why.** YAML allows `...`, most tools for Markdown do not (R21).
//!
//! **Do.** Close it with a line `---`.
