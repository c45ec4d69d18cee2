//! `invisible-character`: a text holds no character that is not seen.
//!
//! **Why.** Texts from word processors and web pages bring control characters, which no page can hold, and marks that part
//! a word for search and for references, though it looks whole. Marks that turn the order of letters let a text be read
//! as another than was approved (R21, R68).
//!
//! **Do.** Delete the character that is named. Control characters are shown as blanks; the others stay as they are. Where
//! a script needs them, set the rule to `off`.
