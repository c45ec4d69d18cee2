//! The state of a document on one day: where it stands with its review, and whether its claims count.

use jiff::civil::Date;

use super::View;
use crate::period::{days_before, next_day};

/// The state of a document on the day of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its review state (contracts 4).
    pub review: ReviewState,
    /// Why its claims do not count; `None` when they do.
    pub not_counting: Option<NotCounting>,
    /// True when it is the rule that applies: approved and effective.
    pub in_force: bool,
    /// The first day on which any of this may differ.
    pub until: Option<Date>,
    /// The first day on which it may differ whether it is in force, overdue, and whether its claims count: a review that
    /// becomes due changes none of these.
    pub stands_until: Option<Date>,
    /// The first day on which the state of a row of its register may differ.
    pub rows_until: Option<Date>,
}

impl State {
    /// What the document proves by being there.
    pub fn proof(&self) -> Proof {
        let stands = self.in_force && self.review != ReviewState::Overdue;
        Proof { stands, until: self.stands_until }
    }
}

/// What a document proves where a plan or a checklist names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// True when it is in force and its review not overdue.
    pub stands: bool,
    /// The first day on which that may differ.
    pub until: Option<Date>,
}

/// Where a document stands with its review (contracts 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewState {
    /// Its next review lies before the day.
    Overdue,
    /// Its next review lies within the days in which it is due.
    Due,
    /// Its next review lies further ahead.
    Current,
    /// Approved without a next review.
    Unscheduled,
    /// A draft, in review or retired: no review is asked for.
    Exempt,
}

impl ReviewState {
    /// The state of a date that something is due on: of a next review, of a row of a register.
    pub fn of_date(next: Date, view: &View) -> Self {
        if next < view.today {
            Self::Overdue
        } else if days_before(next, view.due_soon_days) <= view.today {
            Self::Due
        } else {
            Self::Current
        }
    }

    /// The days on which the state of a date turns: when it becomes due, and when it is overdue.
    pub fn turns(next: Date, view: &View) -> [Date; 2] {
        [days_before(next, view.due_soon_days), next_day(next)]
    }

    /// The name in JSON, words and class names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Due => "due",
            Self::Current => "current",
            Self::Unscheduled => "unscheduled",
            Self::Exempt => "exempt",
        }
    }
}

/// Why the claims of a document, or of a row of a register, do not count (contracts 3). The first that applies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCounting {
    /// Its front matter could not be read.
    Broken,
    /// It states no status, or none that is known.
    NoStatus,
    /// It is a draft.
    Draft,
    /// It is in review.
    InReview,
    /// It is retired.
    Retired,
    /// It names no approver.
    NoApprover,
    /// No entry of its `changes` has a date and an approver.
    NoApproval,
    /// The newest approval is of another version.
    OtherVersionApproved(String),
    /// The newest approval does not say of which version it is.
    NoVersionApproved,
    /// It is approved only on a later day.
    NotYetApproved(Date),
    /// It is effective only from a later day.
    NotYetEffective(Date),
    /// The day from which it is effective cannot be read.
    EffectiveUnknown,
    /// It has no next review.
    Unscheduled,
    /// Its review is overdue since that date.
    Overdue(Date),
    /// It has that many findings at error level.
    Errors(usize),
    /// A row of a register lacks what a record needs: its place, retention or owner.
    RowLacks(&'static str),
    /// A row of a register has a wrong cell.
    RowWrong,
    /// A row of a register was due on that date.
    RowOverdue(Date),
    /// It has findings at error level, or its row has, and all follow from documents that the view may not see.
    ErrorNotShown,
    /// The view may not see the document, nor why it does not count.
    NotShown,
}

impl NotCounting {
    /// The code in JSON and in the file of words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::NoStatus => "no-status",
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Retired => "retired",
            Self::NoApprover => "no-approver",
            Self::NoApproval => "no-approval",
            Self::OtherVersionApproved(_) => "other-version-approved",
            Self::NoVersionApproved => "no-version-approved",
            Self::NotYetApproved(_) => "not-yet-approved",
            Self::NotYetEffective(_) => "not-yet-effective",
            Self::EffectiveUnknown => "effective-unknown",
            Self::Unscheduled => "unscheduled",
            Self::Overdue(_) => "overdue",
            Self::Errors(_) => "errors",
            Self::RowLacks(_) => "row-lacks",
            Self::RowWrong => "row-wrong",
            Self::RowOverdue(_) => "row-overdue",
            Self::ErrorNotShown => "error-not-shown",
            Self::NotShown => "not-shown",
        }
    }
}
