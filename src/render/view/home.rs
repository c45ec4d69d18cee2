//! What the templates of home, changes and dashboard are given.

use serde::Serialize;

use super::{Badge, Counted, Day, HistoryLine, Link, Mention, Readiness, ReviewLine, Shell, Table};

/// `home.html`
#[derive(Serialize)]
pub(in crate::render) struct Home<'a> {
    pub(in crate::render) page: Shell<'a>,
    /// The areas at the top with their counts, the first few.
    pub(in crate::render) areas: Vec<Counted>,
    /// The address of the page of all areas.
    pub(in crate::render) all_areas: String,
    /// The newest changes.
    pub(in crate::render) changes: Vec<ChangeLine>,
    /// How far the primary standard is covered.
    pub(in crate::render) readiness: Option<Readiness>,
    /// The same by main clause.
    pub(in crate::render) coverage: Option<Chart>,
    pub(in crate::render) overdue: Shortened<ReviewLine>,
    pub(in crate::render) due: Shortened<ReviewLine>,
    pub(in crate::render) drafts: Shortened<Mention>,
    /// How a change is proposed.
    pub(in crate::render) propose: String,
    /// "34 documents"
    pub(in crate::render) documents: String,
    /// Implementation plan, assessments, checklists: those that there are.
    pub(in crate::render) progress: Vec<Link>,
}

/// The first lines of a list.
#[derive(Serialize)]
pub(in crate::render) struct Shortened<T> {
    pub(in crate::render) lines: Vec<T>,
    /// "All 12", when there are more.
    pub(in crate::render) more: Option<String>,
    /// The first day on which there may be others.
    pub(in crate::render) until: Option<String>,
}

/// `changes.html`
#[derive(Serialize)]
pub(in crate::render) struct Changes<'a> {
    pub(in crate::render) page: Shell<'a>,
    /// The newest first.
    pub(in crate::render) months: Vec<Month>,
    /// Says how many older ones are left out.
    pub(in crate::render) older: Option<String>,
    /// The address of the feed.
    pub(in crate::render) feed: String,
}

/// The changes of one month.
#[derive(Serialize)]
pub(in crate::render) struct Month {
    pub(in crate::render) title: String,
    /// `2026-12`
    pub(in crate::render) anchor: String,
    pub(in crate::render) lines: Vec<ChangeLine>,
}

/// A change of a document.
#[derive(Serialize)]
pub(in crate::render) struct ChangeLine {
    pub(in crate::render) day: Day,
    pub(in crate::render) document: Mention,
    /// The entry of its history.
    pub(in crate::render) change: HistoryLine,
}

/// `dashboard.html`
#[derive(Serialize)]
pub(in crate::render) struct Dashboard<'a> {
    pub(in crate::render) page: Shell<'a>,
    pub(in crate::render) readiness: Option<Readiness>,
    pub(in crate::render) charts: Vec<Chart>,
}

/// A picture of figures, with the figures.
#[derive(Serialize)]
pub(in crate::render) struct Chart {
    pub(in crate::render) anchor: &'static str,
    pub(in crate::render) title: String,
    /// What it shows, in a sentence.
    pub(in crate::render) about: String,
    /// What the colours mean, with sums.
    pub(in crate::render) legend: Vec<Badge>,
    /// The picture, safe; empty when there is nothing to draw.
    pub(in crate::render) svg: String,
    pub(in crate::render) table: Table,
    /// What is said when there is nothing to draw.
    pub(in crate::render) empty: String,
    /// The first day on which a figure may differ; `None` when none changes with the day alone.
    pub(in crate::render) until: Option<String>,
}
