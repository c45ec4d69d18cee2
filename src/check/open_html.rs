//! `open-html`: a comment or an element whose content is no part of the page is closed.
//!
//! **Why.** Left open at the beginning of a line, `<!--` or `<script>` takes the rest of the document, and nothing of it
//! is shown.
//!
//! **Do.** Close it with `-->`, or with the tag that the hint names.
