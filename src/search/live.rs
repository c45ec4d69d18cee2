//! An index that follows a portal while it is written.
//!
//! Most of it lies in one segment, as it was when it was last whole. What has changed since lies in a second one, and
//! pages of the first that it stands for, or that are gone, are passed over. So a change costs the pages that it
//! changed. Until it is whole again words count by what both segments hold, what is passed over included: the order
//! within a tier may differ from that of a build.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::engine::{self, Engine, Files, Section};
use super::index::{Packed, fault, index};
use crate::failure::{Failure, Result};

/// An index that follows a portal.
pub struct Live {
    language: String,
    /// The files of the index as it was when it was last whole.
    whole: Files,
    /// The pages in them, in their order.
    pages: Vec<Page>,
    changed: Changed,
    engine: Arc<Engine>,
}

/// How an index differs from one that is whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changed {
    /// Pages of the first segment that are passed over.
    pub deleted: usize,
    /// Pages of the second segment.
    pub added: usize,
}

/// A page as it was indexed: where it stands, and a digest of all that is indexed of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Known {
    url: String,
    digest: u64,
}

#[derive(Debug, Clone)]
struct Page {
    known: Known,
    /// The number of its first section, which is its place in portal order.
    order: u64,
}

impl Live {
    /// The whole index of these sections.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(sections: &[Section], language: &str) -> Result<Self> {
        let whole = index(sections, language)?.files();
        let engine = Engine::open(whole.clone()).map_err(|error| fault(&error))?;
        let mut order = 0;
        let pages = pages(sections).map(|(known, sections)| {
            let page = Page { known, order };
            order += sections.len() as u64;
            page
        });
        Ok(Self {
            language: language.to_owned(),
            pages: pages.collect(),
            whole,
            changed: Changed::default(),
            engine: Arc::new(engine),
        })
    }

    /// What answers.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine)
    }

    /// How the index differs from one that is whole.
    pub fn changed(&self) -> Changed {
        self.changed
    }

    /// Brings the index to these sections, by deleting and adding the pages that changed since it was last whole.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn follow(&mut self, sections: &[Section]) -> Result<Changed> {
        let mut left: HashMap<&Known, usize> =
            self.pages.iter().enumerate().map(|(at, page)| (&page.known, at)).collect();
        let mut added = Vec::new();
        let mut changed = Changed::default();
        // What is new stands behind the page that stands before it.
        let mut order = 0;
        for (known, sections) in pages(sections) {
            if let Some(at) = left.remove(&known) {
                order = self.pages[at].order;
            } else {
                changed.added += 1;
                added.extend(sections.iter().map(|section| (order, section)));
            }
        }
        let gone: Vec<usize> = left.into_values().collect();
        changed.deleted = gone.len();
        // With more than half of it anew all of it is made anew.
        if changed.added > self.pages.len() / 2 {
            *self = Self::new(sections, &self.language)?;
            return Ok(self.changed);
        }
        let files = if added.is_empty() { self.whole.clone() } else { self.both(added)? };
        let engine = Engine::open_without(files, &gone).map_err(|error| fault(&error))?;
        self.engine = Arc::new(engine);
        self.changed = changed;
        Ok(changed)
    }

    /// The files of both segments.
    fn both(&self, added: Vec<(u64, &Section)>) -> Result<Files> {
        let second = engine::index_added(added, &self.language).map_err(|error| fault(&error))?;
        let second = Packed::of(second).files();
        let broken = || Failure::new("the search index: its `meta.json` is damaged");
        let read = |files: &Files| -> Option<serde_json::Value> {
            serde_json::from_slice(&files.read("meta.json")?).ok()
        };
        let mut meta = read(&self.whole).ok_or_else(broken)?;
        let mut more = read(&second).ok_or_else(broken)?;
        let more = more["segments"].as_array_mut().map(std::mem::take).unwrap_or_default();
        meta["segments"].as_array_mut().ok_or_else(broken)?.extend(more);
        Ok(self.whole.and(&second, "meta.json", meta.to_string().into_bytes()))
    }
}

/// The pages of a list of sections, each with its own.
fn pages(sections: &[Section]) -> impl Iterator<Item = (Known, &[Section])> {
    sections.chunk_by(|a, b| a.page.url == b.page.url).map(|sections| {
        let mut hasher = DefaultHasher::new();
        sections.hash(&mut hasher);
        (Known { url: sections[0].page.url.clone(), digest: hasher.finish() }, sections)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::search::engine::{Asked, Page as Of, Tier};

    /// Pages of two sections: a title, and a text below a heading.
    fn library(pages: &[(&str, &str)]) -> Vec<Section> {
        let page = |(title, text): &(&str, &str)| {
            let page = Arc::new(Of {
                title: (*title).to_owned(),
                kind: "policy".to_owned(),
                url: format!("documents/{}.html", title.to_lowercase().replace(' ', "-")),
                ..Of::default()
            });
            let first = Section { page: Arc::clone(&page), ..Section::default() };
            let heading = Some("Rules".to_owned());
            [first, Section { page, heading, text: (*text).to_owned(), ..Section::default() }]
        };
        pages.iter().flat_map(page).collect()
    }

    /// What is found, tier by tier.
    fn found(engine: &Engine, text: &str) -> BTreeSet<(Tier, String)> {
        let asked = Asked { text, limit: 100, today: 20_000, ..Asked::default() };
        let hits = engine.ask(asked).expect("it is whole").hits;
        hits.into_iter().map(|hit| (hit.tier, hit.url)).collect()
    }

    const BEFORE: [(&str, &str); 6] = [
        ("Access policy", "Access is granted by the owner of a service."),
        ("Backup policy", "Backups are kept for a month and tried every quarter."),
        ("Change policy", "A change is approved before it is made."),
        ("Desk policy", "The service desk answers within a quarter of an hour."),
        ("Email policy", "Mail is kept for a year."),
        ("Fax policy", "Faxes are no longer sent."),
    ];

    const AFTER: [(&str, &str); 6] = [
        ("Access policy", "Access is granted by the owner of a service."),
        ("Archive policy", "What is kept for longer than a year goes to the archive."),
        ("Backup policy", "Backups are kept for a week and tried every month."),
        ("Change policy", "A change is approved before it is made."),
        ("Desk policy", "The service desk answers within a quarter of an hour."),
        ("Email policy", "Mail is kept for a year."),
    ];

    #[test]
    fn what_changed_is_deleted_and_added_and_what_is_found_is_the_same() {
        let (before, after) = (library(&BEFORE), library(&AFTER));
        let mut live = Live::new(&before, "en").expect("it can be made");
        assert_eq!(live.follow(&before).expect("it can be made"), Changed::default());
        let changed = live.follow(&after).expect("it can be made");
        // The page on backups, that on faxes, and the new one.
        assert_eq!(changed, Changed { deleted: 2, added: 2 });
        let whole = Live::new(&after, "en").expect("it can be made");
        for text in [
            "kept",
            "policy",
            "kept for a week",
            "quarter",
            "fax",
            "archi",
            "bakcups",
            "\"kept for a year\"",
            "policy -year",
            "type:policy",
            "month quarter change",
            "nothing of the kind",
        ] {
            assert_eq!(found(&live.engine(), text), found(&whole.engine(), text), "{text}");
        }
        assert!(!found(&live.engine(), "archive").is_empty());
    }

    #[test]
    fn it_follows_from_what_was_whole_however_often() {
        let (before, after) = (library(&BEFORE), library(&AFTER));
        let mut live = Live::new(&before, "en").expect("it can be made");
        for _ in 0..3 {
            live.follow(&after).expect("it can be made");
            assert_eq!(found(&live.engine(), "faxes"), BTreeSet::new());
            live.follow(&before).expect("it can be made");
            assert_eq!(live.changed(), Changed::default(), "all is as it was");
            assert_eq!(found(&live.engine(), "faxes").len(), 1);
        }
        let none = live.follow(&[]).expect("it can be made");
        assert_eq!(none, Changed { deleted: 6, added: 0 });
        assert_eq!(found(&live.engine(), "policy"), BTreeSet::new());
        // From nothing everything is new, and whole.
        live.follow(&after).expect("it can be made");
        let mut empty = Live::new(&[], "en").expect("it can be made");
        assert_eq!(empty.follow(&after).expect("it can be made"), Changed::default());
        assert_eq!(found(&empty.engine(), "kept"), found(&live.engine(), "kept"));
    }

    #[test]
    fn new_pages_stand_among_the_others_in_their_place() {
        let mut live = Live::new(&library(&BEFORE), "en").expect("it can be made");
        live.follow(&library(&AFTER)).expect("it can be made");
        let asked = Asked { text: "type:policy", limit: 100, today: 20_000, ..Asked::default() };
        let hits = live.engine().ask(asked).expect("it is whole").hits;
        let mut titles: Vec<&str> = hits.iter().map(|hit| hit.page_title.as_str()).collect();
        titles.dedup();
        assert_eq!(titles, AFTER.map(|(title, _)| title));
    }
}
