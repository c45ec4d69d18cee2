//! `lost-text`: what is typed is shown, and shown as it is meant.
//!
//! **Why.** Markdown takes in without a word what it has no place for: cells beyond the head of a table, lines whose
//! colon makes a definition of them, `[Note]: mandatory`, which defines a link, pieces of other formats. Readers then miss
//! a rule that its author sees in the file. `[//]: # (…)`, which some write for a comment, is taken for one.
//!
//! **Do.** Write `\|` for a bar within a cell, or give the table another column. Put a blank behind the colon of a
//! definition, and a backslash before one that is none. Write `\[` where a line that begins with a bracket is text. Put
//! code into a code block.
