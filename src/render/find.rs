//! Where to search, and all documents by title.

use std::collections::{BTreeMap, BTreeSet};

use super::Make;
use super::view::{Alphabet, Choice, Letter, Link, SearchPage};
use crate::document::{DocumentType, Status};
use crate::naming::{SortKey, sort_key};
use crate::places;
use crate::portal::{DocumentId, ReviewState};

/// The review states that can be chosen.
const REVIEWS: [ReviewState; 4] =
    [ReviewState::Overdue, ReviewState::Due, ReviewState::Current, ReviewState::Unscheduled];

impl<'a> Make<'a> {
    pub(super) fn search(&self) -> SearchPage<'a> {
        let library = &self.portal.library;
        let choice = |value: &str, text: String| Choice { value: value.to_owned(), text };
        let there: BTreeSet<DocumentType> =
            library.entries.iter().filter_map(|entry| entry.document.document_type()).collect();
        let beside = ["clause", "role", "term"];
        let types = DocumentType::ALL
            .iter()
            .filter(|known| there.contains(known))
            .map(|known| choice(known.name(), self.wording.document_type(*known)))
            .chain(beside.map(|kind| choice(kind, self.words.get(&format!("type.{kind}")))));
        let owning: BTreeSet<&str> = library
            .entries
            .iter()
            .filter_map(|entry| entry.document.front_matter.owner.as_ref())
            .map(|owner| owner.value.as_str())
            .collect();
        let roles = library.framework.roles.iter();
        let owners = roles
            .filter(|role| owning.contains(role.id.as_str()))
            .map(|role| choice(&role.id, role.title.clone()));
        let statuses = Status::ALL
            .iter()
            .map(|status| choice(status.name(), self.wording.status(Some(*status))))
            .chain(REVIEWS.map(|state| choice(state.name(), self.wording.review_state(state))));
        SearchPage {
            types: types.collect(),
            owners: owners.collect(),
            statuses: statuses.collect(),
            ways: self.ways(),
            page: self.shell("search", self.words.get("search.title"), Vec::new()),
        }
    }

    /// The ways to everything without searching.
    fn ways(&self) -> Vec<Link> {
        let ways = [
            ("documents/index.html", "search.ways-register"),
            ("a-z.html", "search.ways-a-z"),
            ("clauses/index.html", "search.ways-clauses"),
            ("roles/index.html", "search.ways-roles"),
            ("glossary.html", "search.ways-glossary"),
        ];
        ways.iter().map(|(path, key)| self.link(&places::at(path), self.words.get(key))).collect()
    }

    pub(super) fn alphabet(&self) -> Alphabet<'a> {
        let mut letters: BTreeMap<String, Vec<(SortKey, DocumentId)>> = BTreeMap::new();
        for (id, entry) in self.portal.library.documents() {
            let title = sort_key(entry.document.title());
            if entry.document.status() == Some(Status::Retired) {
                continue;
            }
            let first = title.0.chars().next();
            let letter = match first {
                Some(c) if c.is_alphabetic() => c.to_uppercase().to_string(),
                _ => "0–9".to_owned(),
            };
            letters.entry(letter).or_default().push((title, id));
        }
        let letters = letters.into_iter().enumerate().map(|(at, (letter, mut titles))| {
            titles.sort();
            Letter {
                name: letter,
                anchor: format!("cb-letter-{}", at + 1),
                documents: titles.into_iter().map(|(_, id)| self.mention(id)).collect(),
            }
        });
        let crumbs =
            vec![self.link(&places::at("documents/index.html"), self.words.get("menu.documents"))];
        Alphabet {
            letters: letters.collect(),
            page: self.shell("a-z", self.words.get("a-z.title"), crumbs),
        }
    }
}
