//! `brand`: the logo of the portal is a picture of the content folder.
//!
//! **Why.** A logo that is not there leaves a hole at the head of every page.
//!
//! **Do.** Write the path of a picture below the content folder as `logo` in `[brand]` of `clausebook.toml`: `pictures/logo.svg`.

use crate::diagnostic::Diagnostic;
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let Some((path, span)) = &library.config.brand.logo else { return };
    if library.logo().is_none() {
        let message = format!("there is no picture `{path}` in the content folder");
        findings.push(
            Diagnostic::new("brand", span.clone(), message)
                .hint("name an svg, png, jpg, webp, gif or avif file below the content folder"),
        );
    }
}
