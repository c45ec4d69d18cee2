//! `front-matter-syntax`: front matter is one `key: value` a line, each key once.
//!
//! **Why.** What cannot be read as YAML or TOML is lost, and with it the state of the document (R21).
//!
//! **Do.** Write one key a line, begin what continues a value with two spaces, and quote values that hold `: ` or `#`. Flow style (`{a: b}`) and anchors (`&a`, `*a`) are not read.
