//! `clausebook reviews`: which reviews are overdue or due soon.

use clap::Args;

use super::session::Session;
use super::table::table;
use super::{Format, Global, Outcome, print, refuse_format};
use crate::export::{self, ReviewsJson};
use crate::failure::Result;

/// What `reviews` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Show reviews that are further ahead too
    #[arg(long)]
    all: bool,
    /// Exit with 1 when a review is overdue
    #[arg(long)]
    fail_overdue: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("reviews", global.format, &[Format::Text, Format::Json, Format::Csv])?;
    let session = Session::open(global)?;
    session.tell_day();
    let portal = session.portal()?;
    let reviews = export::reviews(&portal);
    match global.format {
        Format::Json => print(&String::from_utf8_lossy(&export::json(&reviews)))?,
        Format::Csv => print(&String::from_utf8_lossy(&export::csv(&reviews.lines())))?,
        _ => print(&text(&reviews, arguments.all))?,
    };
    let overdue = reviews.reviews.iter().any(|review| review.state == "overdue");
    Ok(if overdue && arguments.fail_overdue { Outcome::Findings } else { Outcome::Clean })
}

fn text(reviews: &ReviewsJson, all: bool) -> String {
    let shown = reviews.reviews.iter().filter(|review| all || review.state != "current");
    let rows: Vec<Vec<String>> = shown
        .map(|review| {
            vec![
                review.state.to_owned(),
                review.review_date.to_string(),
                review.days.to_string(),
                review.reference.unwrap_or(review.path).to_owned(),
                review.title.to_owned(),
                review.owner.unwrap_or("").to_owned(),
            ]
        })
        .chain(reviews.unscheduled.iter().map(|document| {
            vec![
                "none".to_owned(),
                "-".to_owned(),
                "-".to_owned(),
                document.reference.unwrap_or(document.path).to_owned(),
                document.title.to_owned(),
                document.owner.unwrap_or("").to_owned(),
            ]
        }))
        .collect();
    let count = |state: &str| reviews.reviews.iter().filter(|review| review.state == state).count();
    format!(
        "Reviews as of {}\n\n{}\n{} overdue, {} due soon, {} later, {} without a next review\n",
        reviews.today,
        table(&["state", "review", "days", "document", "title", "owner"], &rows),
        count("overdue"),
        count("due"),
        count("current"),
        reviews.unscheduled.len(),
    )
}
