//! `empty-file`: a document holds something.
//!
//! **Why.** An empty file would be an empty page in the portal (R21).
//!
//! **Do.** Write the document, or delete the file.
