//! `terms`: a role or register that is named in bold is there.
//!
//! **Why.** Bold words look like names; a role that nobody holds does nothing, and a register that nobody keeps holds nothing (R6). Taken for names are bold words, each with a capital, of which the last is such as Manager, Owner or Board, or Register, Log or Database. A link such as `[[Change Manager]]` or `[[major incident]]` that names no document, role or term is a `dead-link`.
//!
//! **Do.** Write the title of a role of `roles.yaml`, of a document or of a term of the glossary, or take the bold away.

use crate::diagnostic::{Diagnostic, Span};
use crate::naming::folded;
use crate::portal::{Library, View};
use std::collections::BTreeSet;

/// The last words of roles.
const ROLES: [&str; 7] =
    ["Manager", "Owner", "Controller", "Sponsor", "Auditor", "Coordinator", "Board"];

/// The last words of registers.
const REGISTERS: [&str; 4] = ["Register", "Log", "Catalogue", "Database"];

/// Words that stay small within a name.
const SMALL: [&str; 3] = ["of", "and", "the"];

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let names = names(library);
    let known: BTreeSet<String> = names.iter().map(|name| folded(name)).collect();
    let mut own = Vec::new();
    for entry in super::approved(library) {
        let document = &entry.document;
        for bold in &document.bold {
            let Some((name, what)) = name(&bold.value) else { continue };
            if known.contains(&folded(name)) {
                continue;
            }
            let (message, otherwise) = match what {
                What::Role => (
                    format!("there is no role `{name}`"),
                    "add it to `roles.yaml`, or write it without bold",
                ),
                What::Register => (
                    format!("there is no register `{name}`"),
                    "write the title or an alias of a document, or take the bold away",
                ),
            };
            let span = Span::new(&document.path, bold.range.clone());
            let finding = Diagnostic::new("terms", span, message);
            own.push(if own.len() < super::SUGGESTED {
                finding.did_you_mean(name, names.iter().copied(), otherwise)
            } else {
                finding.hint(otherwise)
            });
        }
    }
    findings.append(&mut own);
}

/// All that a bold name may be.
fn names(library: &Library) -> Vec<&str> {
    let roles = library.framework.roles.iter().map(|role| role.title.as_str());
    let terms = library
        .framework
        .terms
        .iter()
        .flat_map(|term| std::iter::once(&term.term).chain(&term.aliases).map(String::as_str));
    let documents = library.entries.iter().flat_map(|entry| {
        let aliases = entry.document.front_matter.aliases.iter();
        std::iter::once(entry.document.title()).chain(aliases.map(|alias| alias.value.as_str()))
    });
    roles.chain(documents).chain(terms).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Role,
    Register,
}

/// The name that bold words look like, without an article and a final sign.
fn name(bold: &str) -> Option<(&str, What)> {
    let bold = bold.trim().trim_end_matches([':', '.', ',', ';']).trim_end();
    let name = ["The ", "the "].into_iter().find_map(|article| bold.strip_prefix(article));
    let name = name.unwrap_or(bold).trim_start();
    let mut words = name.split_whitespace();
    let last = words.next_back()?;
    let what = if ROLES.contains(&last) {
        What::Role
    } else if REGISTERS.contains(&last) {
        What::Register
    } else {
        return None;
    };
    let mut capitals = 0;
    for word in words {
        if word.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !SMALL.contains(&word) {
            return None;
        }
    }
    (capitals > 0).then_some((name, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_name_ends_like_one() {
        assert_eq!(name("The Change Manager:"), Some(("Change Manager", What::Role)));
        assert_eq!(name("Board of the Owner"), Some(("Board of the Owner", What::Role)));
        assert_eq!(name("Risk Register"), Some(("Risk Register", What::Register)));
        for none in [
            "Manager",
            "the Manager",
            "of Owner",
            "change Manager",
            "Risk register",
            "Change Managers",
            "",
        ] {
            assert_eq!(name(none), None, "{none}");
        }
    }
}
