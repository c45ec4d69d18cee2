//! `folder-clause`: a document lies in the folder of its primary clause.
//!
//! **Why.** Who looks for a document by clause looks in the folder of that clause (R66). Only folders whose names begin with a clause number are looked at.
//!
//! **Do.** Move the file, or put the clause of the folder, or one within it, first in `clause`; a reference that names a
//! clause changes with it.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use crate::standard::ClauseNumber;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let document = &entry.document;
        let Some(primary) = document.front_matter.clauses.first() else { continue };
        if primary.value.standard.is_some() {
            continue;
        }
        let mut folders = document.path.rsplit('/').skip(1);
        let Some((folder, number)) =
            folders.find_map(|folder| Some((folder, number(folder, library)?)))
        else {
            continue;
        };
        if !primary.value.number.is_within(&number) {
            let message = format!(
                "the folder `{folder}` is for clause {number}, the primary clause is {}",
                primary.value.number
            );
            let span = Span::new(&document.path, primary.range.clone());
            findings
                .push(Diagnostic::new("folder-clause", span, message).hint(hint(&number, library)));
        }
    }
}

fn hint(number: &ClauseNumber, library: &Library) -> String {
    let first = super::claimable(number, library);
    let first = first.unwrap_or_else(|| format!("a clause within {number}"));
    format!("move the file, or put {first} first in `clause`, and change `reference` with it")
}

/// The clause that a folder's name begins with.
fn number(folder: &str, library: &Library) -> Option<ClauseNumber> {
    let end = folder.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(folder.len());
    let typed = folder[..end].trim_end_matches('.');
    // `05-leadership` sorts well and means clause 5.
    let number: ClauseNumber = typed.trim_start_matches('0').parse().ok()?;
    library.primary()?.clause(&number)?;
    Some(number)
}
