//! Home: one screen each for staff, auditors and authors.

use super::Make;
use super::view::{Counted, Home, Mention, ReviewLine, Shortened};
use crate::address::SitePath;
use crate::places;
use crate::portal::{DocumentId, ReviewState};

/// How many lines of one list are shown: the rest has a page of its own.
const LINES: usize = 6;

/// How many areas are shown.
const AREAS: usize = 24;

impl<'a> Make<'a> {
    pub(super) fn home(&self) -> Home<'a> {
        let library = &self.portal.library;
        let top = self.portal.areas.find("");
        let tops: Vec<_> = top.into_iter().flat_map(|top| self.portal.areas.below(top)).collect();
        let own = top.filter(|top| !top.documents.is_empty());
        let counted = |to: &SitePath, text: String, count: usize| Counted {
            href: self.address.link_to(to),
            text,
            count: self.words.count("home.documents", count),
        };
        let mut areas: Vec<Counted> = tops
            .into_iter()
            .filter(|area| area.count > 0)
            .take(AREAS)
            .map(|area| counted(&area.address, area.name.clone(), area.count))
            .collect();
        areas.extend(
            own.map(|top| {
                counted(&top.address, self.words.get("home.others"), top.documents.len())
            }),
        );
        let drafts: Vec<DocumentId> =
            library.documents().map(|(id, _)| id).filter(|id| self.rank(*id) == 1).collect();
        let changes = self.portal.changes();
        let name = library.config.name();
        Home {
            page: self.shell("home", name.to_owned(), Vec::new()),
            areas,
            all_areas: self.address.link_to(&places::of_folder("")),
            changes: changes.iter().take(LINES).map(|changed| self.change_line(changed)).collect(),
            readiness: library.primary().and_then(|_| self.readiness(0)),
            coverage: library.primary().map(|_| self.coverage_chart(0)),
            overdue: self.shortened(ReviewState::Overdue),
            due: self.shortened(ReviewState::Due),
            drafts: Shortened {
                more: self.count_if_more(drafts.len()),
                lines: self.first_mentions(&drafts),
                until: None,
            },
            propose: match &library.config.edit_link {
                Some(_) => self.words.get("home.propose-link"),
                None => self.words.get("home.propose"),
            },
            documents: self.words.count("home.documents", library.entries.len()),
            progress: self.progress_links(),
        }
    }

    fn shortened(&self, state: ReviewState) -> Shortened<ReviewLine> {
        let ids = self.in_review_state(state);
        Shortened {
            more: self.count_if_more(ids.len()),
            lines: ids.iter().take(LINES).map(|id| self.review_line(*id)).collect(),
            until: self.portal.documents_until().map(|day| day.to_string()),
        }
    }

    fn first_mentions(&self, ids: &[DocumentId]) -> Vec<Mention> {
        ids.iter().take(LINES).map(|id| self.mention(*id)).collect()
    }

    /// "All 12", when not all are shown.
    fn count_if_more(&self, count: usize) -> Option<String> {
        (count > LINES).then(|| self.words.say("home.more", &[("n", &count.to_string())]))
    }
}
