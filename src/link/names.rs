//! What documents go by: reference, path, title and alias; and what roles and terms go by.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::document::{Document, Status};
use crate::naming;
use crate::portal::{DocumentId, Framework, Target};

/// All names of all documents.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Of two with one reference the first by path.
    pub(super) reference: BTreeMap<String, DocumentId>,
    /// By path relative to the root.
    pub(super) path: BTreeMap<Arc<str>, DocumentId>,
    /// The paths of documents and other files that are not of ASCII, by how they are with composed letters.
    pub(super) composed: BTreeMap<String, Arc<str>>,
    /// By path in lower case, for telling a wrong letter case.
    pub(super) folded_path: BTreeMap<String, DocumentId>,
    /// By title and alias, in lower case with single spaces. A retired document gives its name to those that are not.
    pub(super) title: BTreeMap<String, Vec<DocumentId>>,
    /// Roles by title and id, terms of the glossary by themselves and other words for them, in the same form; the
    /// first of two goes before.
    pub(super) word: BTreeMap<String, Target>,
    /// The paths of other files by themselves in lower case, made when one is first looked for: most links are right.
    folded_file: OnceLock<BTreeMap<String, Arc<str>>>,
}

impl Names {
    /// The names of `documents`, which are in portal order, and of the files at `others`.
    pub(super) fn new<'a>(
        documents: &'a [Arc<Document>],
        others: impl Iterator<Item = &'a Arc<str>>,
        framework: &Framework,
    ) -> Self {
        let mut names = Self { word: words(framework), ..Self::default() };
        let paths = documents.iter().map(|document| &document.path).chain(others);
        for path in paths.filter(|path| !path.is_ascii()) {
            let composed = naming::composed(path).into_owned();
            names.composed.entry(composed).or_insert_with(|| Arc::clone(path));
        }
        for (id, document) in (0u32..).map(DocumentId).zip(documents) {
            if let Some(reference) = document.reference() {
                names.reference.entry(reference.to_owned()).or_insert(id);
            }
            names.path.insert(Arc::clone(&document.path), id);
            names.folded_path.entry(document.path.to_lowercase()).or_insert(id);
            let aliases = document.front_matter.aliases.iter().map(|alias| alias.value.as_str());
            for title in std::iter::once(document.title()).chain(aliases) {
                let known = names.title.entry(naming::folded(title)).or_default();
                if !known.contains(&id) {
                    known.push(id);
                }
            }
        }
        for known in names.title.values_mut() {
            let stays = |id: &DocumentId| documents[id.index()].status() != Some(Status::Retired);
            if known.len() > 1 && known.iter().any(stays) {
                known.retain(stays);
            }
        }
        names
    }

    /// The one of `files` whose path differs in letter case alone; `lower` is in lower case.
    pub(super) fn folded_file<'a>(
        &self,
        lower: &str,
        files: impl Iterator<Item = &'a Arc<str>>,
    ) -> Option<&Arc<str>> {
        let folded = self.folded_file.get_or_init(|| {
            let mut folded = BTreeMap::new();
            for path in files {
                folded.entry(path.to_lowercase()).or_insert_with(|| Arc::clone(path));
            }
            folded
        });
        folded.get(lower)
    }
}

fn words(framework: &Framework) -> BTreeMap<String, Target> {
    let roles =
        framework.roles.iter().enumerate().flat_map(|(index, role)| {
            [&role.title, &role.id].map(|name| (name, Target::Role(index)))
        });
    let terms = framework.terms.iter().enumerate();
    let own = terms.clone().map(|(index, term)| (&term.term, Target::Term(index)));
    let others = terms
        .flat_map(|(index, term)| term.aliases.iter().map(move |name| (name, Target::Term(index))));
    let mut words = BTreeMap::new();
    for (name, target) in roles.chain(own).chain(others) {
        words.entry(naming::folded(name)).or_insert(target);
    }
    words
}

/// Orders paths part by part, runs of digits by their value: `8.9` before `8.10`.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    while let (Some(&l), Some(&r)) = (left.first(), right.first()) {
        if l.is_ascii_digit() && r.is_ascii_digit() {
            let (l, r) = (digits(left), digits(right));
            let (l_value, r_value) = (value(&left[..l]), value(&right[..r]));
            match l_value.len().cmp(&r_value.len()).then_with(|| l_value.cmp(r_value)) {
                Ordering::Equal => (left, right) = (&left[l..], &right[r..]),
                other => return other,
            }
        } else {
            // A folder comes before what else begins with its name.
            let rank = |byte: u8| if byte == b'/' { 0 } else { byte };
            match rank(l).cmp(&rank(r)) {
                Ordering::Equal => (left, right) = (&left[1..], &right[1..]),
                other => return other,
            }
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Digits without leading zeros.
fn value(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    &digits[zeros..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_ordered_by_the_value_of_their_numbers() {
        let mut paths =
            ["c/8.10-b/x.md", "c/8.9-a/x.md", "c/10/a.md", "c/8.9-a.md", "c/08.9-a/a.md", "c/a.md"];
        paths.sort_by(|a, b| natural(a, b));
        assert_eq!(
            paths,
            ["c/08.9-a/a.md", "c/8.9-a/x.md", "c/8.9-a.md", "c/8.10-b/x.md", "c/10/a.md", "c/a.md"]
        );
    }
}
