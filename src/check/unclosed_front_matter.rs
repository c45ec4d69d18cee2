//! `unclosed-front-matter`: front matter has an end.
//!
//! **Why.** Without an end nobody can tell where the keys stop and the text begins (R21).
//!
//! **Do.** Close it with a line `---` (`+++` for TOML) behind its last key.
