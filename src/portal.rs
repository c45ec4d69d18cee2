//! All documents, joined: references both ways, review states, clause coverage, under one view.
//!
//! A [`Library`] is everything that was read, joined; nothing in it depends on the day. A [`Portal`] is what
//! one [`View`] may see of it on its day. Everything that is rendered, indexed or exported is taken from a
//! `Portal`, so that what is struck out there cannot appear anywhere.

mod areas;
mod assessments;
mod changes;
mod coverage;
mod groups;
mod library;
mod state;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::Diagnostic;

pub use areas::*;
pub use assessments::*;
pub use changes::*;
pub use coverage::*;
pub use library::*;
pub use state::*;

/// What is asked for: a day, and who asks. The only switch between what is built, served and asked as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The day that every state is as of.
    pub today: Date,
    /// The group that the portal is made for; `None` is everyone.
    pub audience: Option<String>,
    /// The highest label that may be seen.
    pub publish_up_to: String,
    /// True when drafts and documents in review are seen.
    pub drafts: bool,
    /// True when guidance for authors is shown.
    pub guidance: bool,
    /// How many days before its review date a document is due.
    pub due_soon_days: u32,
}

impl View {
    /// What a build with these settings shows on that day.
    pub fn published(config: &Config, today: Date) -> Self {
        Self {
            today,
            audience: None,
            publish_up_to: config.build.publish_up_to.clone(),
            drafts: config.build.drafts,
            guidance: false,
            due_soon_days: config.reviews.due_soon_days,
        }
    }
}

/// What one view may see of a library.
#[derive(Debug, Clone)]
pub struct Portal {
    /// Under which view.
    pub view: View,
    /// What may be seen; everything else is struck out.
    pub library: Library,
    /// The state of each document, by id.
    pub states: Vec<State>,
    /// Coverage of each standard of the framework, in its order.
    pub coverage: Vec<Coverage>,
    /// What is wrong with what may be seen, sorted.
    pub findings: Vec<Diagnostic>,
    /// The files that are not published, and why.
    pub left_out: Vec<LeftOut>,
    /// What the page about this build says.
    pub stamp: Stamp,
    /// The folders of what may be seen.
    pub areas: Areas,
    /// What plan and checklists name and the view may not see, by reference: no more than what it proves.
    pub proofs: BTreeMap<String, Proof>,
}

/// A file that is not published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// Relative to the root of the repository.
    pub path: Arc<str>,
    /// Why: the message of a finding.
    pub why: String,
    /// Its handling label, as far as it can be told of a file that cannot be read.
    pub label: Option<String>,
}

/// What a build knows about itself. It stands on the page about this build and in the manifest only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The commit of the work tree; `None` without version control.
    pub commit: Option<Commit>,
    /// True when the day is that of a demonstration.
    pub demo: bool,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its full name.
    pub id: String,
    /// True when the work tree differs from it.
    pub changed: bool,
}

impl Portal {
    /// The state of a document.
    pub fn state(&self, id: DocumentId) -> &State {
        &self.states[id.index()]
    }

    /// The next review of a document, where one is asked for.
    pub fn next_review(&self, id: DocumentId) -> Option<Date> {
        let asked = self.state(id).review != ReviewState::Exempt;
        self.library.entry(id).next_review().filter(|_| asked)
    }

    /// The first day on which the state of any document may differ.
    pub fn documents_until(&self) -> Option<Date> {
        self.states.iter().filter_map(|state| state.until).min()
    }

    /// The first of the next month, on which the calendar of reviews moves on, where there is one.
    pub fn month_until(&self) -> Option<Date> {
        let mut documents = self.library.documents();
        let asked = documents.any(|(id, _)| self.next_review(id).is_some());
        let next = self.view.today.first_of_month().checked_add(1.month()).ok();
        next.filter(|_| asked)
    }

    /// The first day on which any state of the portal may differ.
    pub fn until(&self) -> Option<Date> {
        let documents = self
            .states
            .iter()
            .filter_map(|state| [state.until, state.rows_until].into_iter().flatten().min());
        let units = self.coverage.iter().filter_map(Coverage::until);
        let proofs = self.proofs.values().filter_map(|proof| proof.until);
        let months = self.month_until();
        documents.chain(units).chain(proofs).chain(self.assessments_until()).chain(months).min()
    }
}
