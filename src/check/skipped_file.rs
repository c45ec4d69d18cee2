//! `skipped-file`: the content folder holds regular files only.
//!
//! **Why.** Hidden files, pipes and links that leave the repository are not published, so that nothing gets out that was not meant to.
//!
//! **Do.** Move the file out of the content folder, or replace the link with what it points to.
