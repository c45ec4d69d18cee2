//! `unknown-variable`: `{{ name }}` names a variable that is set.
//!
//! **Why.** A field that nothing fills would be published as it stands (R75).
//!
//! **Do.** Set it in `[variables]` of `clausebook.toml`, or put the text in code if it is meant as it stands.
