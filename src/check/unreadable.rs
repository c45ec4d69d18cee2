//! `unreadable`: every file can be read.
//!
//! **Why.** A file that cannot be read is missing from the portal (R21).
//!
//! **Do.** Check the permissions of the file; remove links to nothing; put what lies outside the repository into it.
