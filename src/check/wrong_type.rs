//! `wrong-type`: a value has the shape that its key asks for.
//!
//! **Why.** A list where one text is asked for cannot be understood as either.
//!
//! **Do.** Write one text, or a list with one `- text` a line where a key takes many.
