//! Review states for bots and for the command line (contracts 7, R105).

use jiff::civil::Date;
use serde::Serialize;

use super::Columns;
use crate::period::days_between;
use crate::portal::{Portal, ReviewState};

/// All reviews as of a day.
#[derive(Debug, Serialize)]
pub struct ReviewsJson<'a> {
    /// The day.
    pub today: Date,
    /// The first day on which any of it may differ.
    pub until: Option<Date>,
    /// What has a next review, the earliest first.
    pub reviews: Vec<ReviewRow<'a>>,
    /// What is asked for a review and has none.
    pub unscheduled: Vec<UnscheduledRow<'a>>,
}

/// One review.
#[derive(Debug, Serialize)]
pub struct ReviewRow<'a> {
    /// The document's path in the repository.
    pub path: &'a str,
    /// Its reference.
    pub reference: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// The id of its owner's role.
    pub owner: Option<&'a str>,
    /// The day of its next review.
    pub review_date: Date,
    /// The name of its state.
    pub state: &'static str,
    /// Days from today to the next review, negative when overdue.
    pub days: i64,
}

/// One line of all reviews: what is asked for a review and has none, too.
#[derive(Debug, Serialize)]
pub struct ReviewLine<'a> {
    path: &'a str,
    reference: Option<&'a str>,
    title: &'a str,
    owner: Option<&'a str>,
    review_date: Option<Date>,
    state: &'static str,
    days: Option<i64>,
}

impl Columns for ReviewLine<'_> {
    const NAMES: &'static [&'static str] =
        &["path", "reference", "title", "owner", "review_date", "state", "days"];
}

impl<'a> ReviewsJson<'a> {
    /// All of them as one table: the earliest first, at the end what has none.
    pub fn lines(&self) -> Vec<ReviewLine<'a>> {
        let planned = self.reviews.iter().map(|row| ReviewLine {
            path: row.path,
            reference: row.reference,
            title: row.title,
            owner: row.owner,
            review_date: Some(row.review_date),
            state: row.state,
            days: Some(row.days),
        });
        let without = self.unscheduled.iter().map(|row| ReviewLine {
            path: row.path,
            reference: row.reference,
            title: row.title,
            owner: row.owner,
            review_date: None,
            state: ReviewState::Unscheduled.name(),
            days: None,
        });
        planned.chain(without).collect()
    }
}

/// One document without a next review.
#[derive(Debug, Serialize)]
pub struct UnscheduledRow<'a> {
    /// The document's path in the repository.
    pub path: &'a str,
    /// Its reference.
    pub reference: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// The id of its owner's role.
    pub owner: Option<&'a str>,
}

/// All reviews that are asked for as of the portal's day.
pub fn reviews(portal: &Portal) -> ReviewsJson<'_> {
    let today = portal.view.today;
    let (mut reviews, mut unscheduled) = (Vec::new(), Vec::new());
    for (id, entry) in portal.library.documents() {
        let document = &*entry.document;
        let owner = document.front_matter.owner.as_ref().map(|owner| owner.value.as_str());
        let (path, reference, title) = (&*document.path, document.reference(), document.title());
        match (portal.state(id).review, entry.next_review()) {
            (ReviewState::Exempt, _) => {}
            (state, Some(review_date)) => reviews.push(ReviewRow {
                path,
                reference,
                title,
                owner,
                review_date,
                state: state.name(),
                days: days_between(today, review_date),
            }),
            (_, None) => unscheduled.push(UnscheduledRow { path, reference, title, owner }),
        }
    }
    reviews.sort_by_key(|row| row.review_date);
    ReviewsJson { today, until: portal.until(), reviews, unscheduled }
}
