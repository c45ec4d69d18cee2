//! The state of each document on a day (contracts 3 and 4).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Status};
use crate::period::next_day;
use crate::portal::{Entry, Library, NextReview, NotCounting, ReviewState, State, View};

/// The next review of a document by each way it is stated, earliest first (contracts 1): its date, the last
/// review with its interval, the approval with its cycle or the configured one of the type.
pub(super) fn next_reviews(document: &Document, config: &Config) -> Vec<NextReview> {
    let matter = &document.front_matter;
    let approval = document.approval().map(|approval| approval.date);
    let mut stated: Vec<NextReview> = Vec::new();
    let mut add = |date: Option<Date>, stated_by| {
        stated.extend(date.map(|date| NextReview { date, stated_by }));
    };
    add(matter.review_date.as_ref().map(|date| date.value), "review_date");
    let last = matter.last_reviewed_on.as_ref().map(|date| date.value);
    let interval = matter.review_in.as_ref().map(|period| period.value);
    add(last.zip(interval).and_then(|(last, interval)| interval.after(last)), "review_in");
    let cycle = matter.review_cycle.as_ref().map(|period| period.value);
    add(approval.zip(cycle).and_then(|(approval, cycle)| cycle.after(approval)), "review_cycle");
    // Where something is stated that cannot be read, it is not what the settings say.
    if stated.is_empty() && !matter.review_unknown {
        let cycle = document.document_type().and_then(|known| config.reviews.cycles.get(&known));
        let date = approval.zip(cycle).and_then(|(approval, cycle)| cycle.after(approval));
        stated.extend(date.map(|date| NextReview { date, stated_by: "configured cycle" }));
    }
    stated.sort();
    stated
}

/// The state of each document, by id.
pub(super) fn of(library: &Library, findings: &[Diagnostic], view: &View) -> Vec<State> {
    let mut errors: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        *errors.entry(&finding.span.path).or_default() += 1;
    }
    let errors = |path: &str| errors.get(path).copied().unwrap_or(0);
    let entries = library.entries.iter();
    entries.map(|entry| state(entry, errors_of(&entry.document, errors), view)).collect()
}

/// How many errors stop a document, from how many stand in a file. What is wrong in a data file stops its own rows. Where
/// it leaves none, nothing is shown that could count; where its head cannot be read, nobody knows what is.
pub(super) fn errors_of(document: &Document, in_file: impl Fn(&str) -> usize) -> usize {
    let register = document.register.as_ref();
    let register = register.filter(|register| register.unread || register.rows.is_empty());
    in_file(&document.path) + register.map_or(0, |register| in_file(&register.path))
}

fn state(entry: &Entry, errors: usize, view: &View) -> State {
    let document = &entry.document;
    let review = review(entry, view);
    let not_counting = not_counting(document, entry.next_review(), errors, view.today);
    let in_force = document.in_force(view.today);
    let stands_until = stands_until(entry, view);
    let next = entry.next_review().filter(|_| is_reviewed(document));
    let turns = next.into_iter().flat_map(|next| ReviewState::turns(next, view));
    let until = turns.filter(|day| *day > view.today).chain(stands_until).min();
    let rows_until = rows_until(document, view);
    State { review, not_counting, in_force, until, stands_until, rows_until }
}

/// Where a document stands with its review. One without a status counts as well (contracts 1).
pub(super) fn review(entry: &Entry, view: &View) -> ReviewState {
    if !is_reviewed(&entry.document) {
        return ReviewState::Exempt;
    }
    match entry.next_review() {
        None => ReviewState::Unscheduled,
        Some(next) => ReviewState::of_date(next, view),
    }
}

/// True for a document of which a review is asked for.
fn is_reviewed(document: &Document) -> bool {
    !matches!(document.status(), Some(Status::Draft | Status::InReview | Status::Retired))
}

/// Why a document's claims do not count on a day; the first reason that applies.
fn not_counting(
    document: &Document,
    next: Option<Date>,
    errors: usize,
    today: Date,
) -> Option<NotCounting> {
    if document.broken {
        return Some(NotCounting::Broken);
    }
    match document.status() {
        None => return Some(NotCounting::NoStatus),
        Some(Status::Draft) => return Some(NotCounting::Draft),
        Some(Status::InReview) => return Some(NotCounting::InReview),
        Some(Status::Retired) => return Some(NotCounting::Retired),
        Some(Status::Approved) => {}
    }
    if document.front_matter.approver.is_none() {
        return Some(NotCounting::NoApprover);
    }
    let Some(approval) = document.approval() else { return Some(NotCounting::NoApproval) };
    if document.own_approval().is_none() {
        return Some(match approval.version {
            Some(other) => NotCounting::OtherVersionApproved(other.to_string()),
            None => NotCounting::NoVersionApproved,
        });
    }
    if approval.date > today {
        return Some(NotCounting::NotYetApproved(approval.date));
    }
    if document.front_matter.effective_date_unknown {
        return Some(NotCounting::EffectiveUnknown);
    }
    match document.effective_date() {
        Some(effective) if effective > today => {
            return Some(NotCounting::NotYetEffective(effective));
        }
        _ => {}
    }
    match next {
        None => return Some(NotCounting::Unscheduled),
        Some(next) if next < today => return Some(NotCounting::Overdue(next)),
        Some(_) => {}
    }
    (errors > 0).then_some(NotCounting::Errors(errors))
}

/// The first day after today on which it may differ whether the document is in force, overdue, and counts.
fn stands_until(entry: &Entry, view: &View) -> Option<Date> {
    if !is_reviewed(&entry.document) {
        return None;
    }
    let approval = entry.document.approval().map(|approval| approval.date);
    let overdue = entry.next_review().map(next_day);
    // A review that was not held yet is a finding, which may be an error, until its day.
    let held = entry.document.front_matter.last_reviewed_on.as_ref().map(|date| date.value);
    let days =
        approval.into_iter().chain(entry.document.effective_date()).chain(held).chain(overdue);
    days.filter(|day| *day > view.today).min()
}

/// The first day after today on which a row of the register may turn.
fn rows_until(document: &Document, view: &View) -> Option<Date> {
    let register = document.register.as_ref()?;
    let due = register.rows.iter().filter_map(|row| register.due(row));
    due.flat_map(|due| ReviewState::turns(due, view)).filter(|day| *day > view.today).min()
}
