//! `diagram`: a diagram can be drawn.
//!
//! **Why.** What cannot be drawn is shown as its source, which few readers can follow.
//!
//! **Do.** Mend the line that the message names; write one of the kinds that docs/writing.md lists; make a large
//! diagram into several. Code that is not meant to be drawn is given another language than `mermaid`.
