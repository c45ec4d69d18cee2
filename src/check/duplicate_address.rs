//! `duplicate-address`: no two pages have one address.
//!
//! **Why.** Of two pages with one address only the first can be reached (contracts 5).
//!
//! **Do.** Rename one of the two files, or take the former address out of `old_paths`.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};
use std::collections::{BTreeMap, BTreeSet};

use crate::address::{SitePath, slug};
use crate::site::is_generated;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    folders(library, findings);
    let mut taken: BTreeMap<String, Span> = BTreeMap::new();
    for entry in &library.entries {
        if let Some(address) = &entry.address {
            taken.insert(address.folded(), Span::file(&entry.document.path));
        }
    }
    for entry in &library.entries {
        let document = &entry.document;
        if entry.address.is_none() {
            let address = format!("documents/{}.html", document.page_name());
            let finding = Diagnostic::new(
                "duplicate-address",
                Span::file(&document.path),
                format!("`{address}` is taken"),
            )
            .hint(if document.page_name() == "untitled" {
                "name the file in letters of a–z and digits: addresses hold no others"
            } else {
                "rename one of the two files"
            });
            findings.push(match taken.get(&address.to_lowercase()) {
                Some(other) => finding.with_other(other.clone(), "by this document"),
                None => finding,
            });
        }
    }
    // References among themselves are told by their own rule.
    let mut referred: BTreeMap<String, Span> = BTreeMap::new();
    let kept =
        |address: &SitePath| library.config.build.keep.iter().any(|kept| address.is_within(kept));
    for entry in &library.entries {
        let document = &entry.document;
        if let Some(reference) = &document.front_matter.reference {
            let span = Span::new(&document.path, reference.range.clone());
            let address = SitePath::new(&format!("{}.html", reference.value));
            match address {
                None => {
                    let message = format!("`{}.html` cannot be an address", reference.value);
                    findings.push(
                        Diagnostic::new("duplicate-address", span, message)
                            .hint("write letters, digits, `-` and `.` only"),
                    );
                }
                Some(address) if is_generated(&address) || kept(&address) => {
                    let message = format!("`{address}` is a page of the portal");
                    findings.push(
                        Diagnostic::new("duplicate-address", span, message)
                            .hint("choose another reference"),
                    );
                }
                Some(address) => match taken.get(&address.folded()) {
                    Some(page) => {
                        let message = format!("`{address}` is taken");
                        findings.push(
                            Diagnostic::new("duplicate-address", span, message)
                                .hint("choose another reference")
                                .with_other(page.clone(), "by this document"),
                        );
                    }
                    None => {
                        referred.entry(address.folded()).or_insert(span);
                    }
                },
            }
        }
    }
    taken.extend(referred);
    for entry in &library.entries {
        let document = &entry.document;
        for old in &document.front_matter.old_paths {
            let span = Span::new(&document.path, old.range.clone());
            let Some(address) = SitePath::new(old.value.trim_start_matches('/')) else {
                let message = format!("`{}` is not an address of the site", old.value);
                findings.push(
                    Diagnostic::new("duplicate-address", span, message)
                        .hint("write a path such as `documents/old-name.html`"),
                );
                continue;
            };
            let message = format!("`{}` is taken", old.value);
            let finding = Diagnostic::new("duplicate-address", span.clone(), message)
                .hint("take the former address out of `old_paths`");
            let folded = address.folded();
            let mut above = folded.match_indices('/').map(|(at, _)| &folded[..at]);
            let page = above.find_map(|above| taken.get(above));
            let below = format!("{folded}/");
            let folder =
                taken.range(below.clone()..).next().filter(|(page, _)| page.starts_with(&below));
            match taken.get(&folded).or(page).or(folder.map(|(_, span)| span)) {
                _ if entry.address.as_ref() == Some(&address) => {}
                _ if is_generated(&address) || kept(&address) => findings.push(finding),
                Some(other) => findings.push(finding.with_other(other.clone(), "by this document")),
                None => {
                    taken.insert(address.folded(), span);
                }
            }
        }
    }
}

/// Two folders whose names differ in signs only have one page.
fn folders(library: &Library, findings: &mut Vec<Diagnostic>) {
    // The page of the content folder itself is called so.
    let mut taken = BTreeMap::from([("index".to_owned(), ("", None))]);
    let mut told = BTreeSet::new();
    for entry in &library.entries {
        let path = &entry.document.path;
        let within = crate::places::relative(path, &library.content);
        for (end, _) in within.match_indices('/') {
            let folder = &within[..end];
            let parts: Vec<String> = folder.split('/').map(slug).collect();
            let (known, holds) = *taken.entry(parts.join("/")).or_insert((folder, Some(path)));
            if known == folder || !told.insert((folder, known)) {
                continue;
            }
            let other = if known.is_empty() { "the content folder" } else { known };
            let message = format!("the folder `{folder}` has the page of `{other}`");
            findings.push(
                Diagnostic::new("duplicate-address", Span::file(path), message)
                    .hint("rename one of the two folders")
                    .follows_from(holds),
            );
        }
    }
}
