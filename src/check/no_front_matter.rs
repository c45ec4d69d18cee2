//! `no-front-matter`: a document begins with front matter.
//!
//! **Why.** Without it nobody knows what the document is, who owns it and whether it is in force (R21).
//!
//! **Do.** Begin the file with a line `---`, one `key: value` a line, and a line `---`.
