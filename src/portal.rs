//! All documents, joined: references both ways, review states, clause coverage, under one view.
//!
//! A [`Library`] is everything that was read, joined; nothing in it depends on the day. A [`Portal`] is what
//! one [`View`] may see of it on its day. Everything that is rendered, indexed or exported is taken from a
//! `Portal`, so that what is struck out there cannot appear anywhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::address::SitePath;
use crate::assessment::{Assessed, Assessment};
use crate::checklist::Checklist;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Texts};
use crate::document::{ClauseRef, Document, DocumentType};
use crate::implementation::ImplementationPlan;
use crate::period::{days_before, next_day};
use crate::standard::{Basis, ClauseNumber, Expectation, Standard};
use crate::vocabulary::{Role, Term};

/// A document within one library or portal, in portal order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

impl DocumentId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What all documents stand on: the standards, roles and terms, and how the way to a system goes.
#[derive(Debug, Clone, Default)]
pub struct Framework {
    /// The primary standard first, the others by id.
    pub standards: Vec<Standard>,
    /// In the order of the file.
    pub roles: Vec<Role>,
    /// In alphabetical order.
    pub terms: Vec<Term>,
    /// How the system is built.
    pub plan: Option<ImplementationPlan>,
    /// By standard and, within it, by day.
    pub assessments: Vec<Assessment>,
    /// By path.
    pub checklists: Vec<Checklist>,
}

impl Framework {
    /// The standard of that id.
    pub fn standard(&self, id: &str) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.id == id)
    }

    /// Adds standards whose ids are new; the one called `primary` comes first, the others by id.
    pub fn add(&mut self, standards: Vec<Standard>, primary: &str) {
        for standard in standards {
            if self.standard(&standard.id).is_none() {
                self.standards.push(standard);
            }
        }
        self.standards.sort_by(|a, b| (a.id != primary, &a.id).cmp(&(b.id != primary, &b.id)));
    }

    /// The last assessment of each standard.
    pub fn latest_assessments(&self) -> impl Iterator<Item = &Assessment> {
        let last = |at: usize| {
            let next = self.assessments.get(at + 1);
            next.is_none_or(|next| next.standard.value != self.assessments[at].standard.value)
        };
        self.assessments.iter().enumerate().filter(move |(at, _)| last(*at)).map(|(_, known)| known)
    }

    /// The role of that id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}

/// All documents of a repository, joined.
#[derive(Debug, Clone)]
pub struct Library {
    /// What was set.
    pub config: Arc<Config>,
    /// The folder of the documents, relative to the root of the repository.
    pub content: Arc<str>,
    /// Standards, roles and terms.
    pub framework: Arc<Framework>,
    /// In portal order: by path, numbers within it by value.
    pub entries: Vec<Entry>,
    /// The documents by reference; of two with one reference the first by path.
    pub by_reference: BTreeMap<String, DocumentId>,
    /// The images and attachments that documents lead to: path in the repository to address.
    pub attachments: BTreeMap<Arc<str>, SitePath>,
    /// The texts that findings may point into.
    pub texts: Arc<Texts>,
}

/// A document in its place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was read.
    pub document: Arc<Document>,
    /// Where its page stands; `None` when another document has the same address (contracts 5).
    pub address: Option<SitePath>,
    /// The documents it names as governing it.
    pub governed_by: Vec<DocumentId>,
    /// The documents that name it as governing them.
    pub governs: Vec<DocumentId>,
    /// The documents related to it, whichever of the two says so.
    pub related: Vec<DocumentId>,
    /// Its successor.
    pub replaced_by: Option<DocumentId>,
    /// Its predecessors.
    pub replaces: Vec<DocumentId>,
    /// What each of [`Document::links`] leads to.
    pub targets: Vec<Target>,
    /// The documents whose text links here.
    pub linked_from: Vec<DocumentId>,
    /// Its next review by each way it is stated, earliest first (contracts 1).
    pub next_reviews: Vec<NextReview>,
}

impl Entry {
    /// The day of the next review: the earliest that is stated.
    pub fn next_review(&self) -> Option<Date> {
        self.next_reviews.first().map(|review| review.date)
    }
}

/// A next review and how it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NextReview {
    /// The day.
    pub date: Date,
    /// The key that it follows from: `review_date`, `review_in`, `review_cycle`, or `configured cycle`.
    pub stated_by: &'static str,
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A document, at a section of it.
    Document(DocumentId, Option<usize>),
    /// A document, at an anchor that its raw HTML sets.
    HtmlAnchor(DocumentId, String),
    /// The page of a clause: the index of its standard, its number.
    Clause(usize, ClauseNumber),
    /// The page of a role, by its index in the framework.
    Role(usize),
    /// A term of the glossary, by its index in the framework.
    Term(usize),
    /// A file that is copied into the site, by its path in the repository.
    Attachment(Arc<str>),
    /// An address outside the portal.
    Outside,
    /// A document that the view may not see: plain text.
    NotShown,
    /// Nothing: plain text, and a finding.
    Dead(Dead),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dead {
    /// There is no file of that path (relative to the root).
    NoFile(String),
    /// There is one, but in other letter case.
    LetterCase {
        /// What was asked for.
        asked: String,
        /// What is there.
        there: String,
    },
    /// The path leaves the content folder.
    Outside,
    /// The document has no such anchor.
    NoAnchor(DocumentId, String),
    /// No document has that reference, title or alias.
    NoReference(String),
    /// More than one document goes by that name.
    Ambiguous(Vec<DocumentId>),
    /// No clause has that number.
    NoClause(String),
    /// A scheme that is not allowed.
    Scheme(String),
    /// An image from outside.
    OutsideImage,
    /// A file of a kind that is not published.
    Kind(String),
    /// A file that is hidden, or lies in a hidden folder.
    Hidden,
}

impl Library {
    /// The entry of a document.
    pub fn entry(&self, id: DocumentId) -> &Entry {
        &self.entries[id.index()]
    }

    /// All documents with their ids, in portal order.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, &Entry)> {
        (0u32..).map(DocumentId).zip(&self.entries)
    }

    /// The document of that reference.
    pub fn find(&self, reference: &str) -> Option<DocumentId> {
        self.by_reference.get(reference).copied()
    }

    /// The primary standard, if there is one.
    pub fn primary(&self) -> Option<&Standard> {
        self.framework.standards.first().filter(|standard| standard.id == self.config.standard)
    }
}

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
    /// The first day on which the state of a row of its register may differ.
    pub rows_until: Option<Date>,
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
    /// It is approved only on a later day.
    NotYetApproved(Date),
    /// It is effective only from a later day.
    NotYetEffective(Date),
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
            Self::NotYetApproved(_) => "not-yet-approved",
            Self::NotYetEffective(_) => "not-yet-effective",
            Self::Unscheduled => "unscheduled",
            Self::Overdue(_) => "overdue",
            Self::Errors(_) => "errors",
            Self::RowLacks(_) => "row-lacks",
            Self::RowWrong => "row-wrong",
            Self::RowOverdue(_) => "row-overdue",
            Self::NotShown => "not-shown",
        }
    }
}

/// How far a standard is covered on the day of the view (contracts 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The index of the standard in [`Framework::standards`].
    pub standard: usize,
    /// Its units in order.
    pub units: Vec<Unit>,
    /// Claims on headed parents by their numbers: they cover nothing and are shown on the parents' pages.
    pub on_parents: BTreeMap<ClauseNumber, Vec<ClaimState>>,
}

/// How far a unit is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// The unit.
    pub number: ClauseNumber,
    /// The state in all.
    pub state: UnitState,
    /// Each type expected, with whether a counting claim is of it.
    pub expected: Vec<Expected>,
    /// Everything that claims the unit, counting ones first, then in portal order.
    pub claims: Vec<ClaimState>,
    /// Why the state is not better; empty when covered.
    pub reasons: Vec<Reason>,
    /// The points that the state follows from, for a unit that has some.
    pub points: Vec<PointState>,
    /// The units of another edition that the state is derived from.
    pub derived: Vec<(ClauseNumber, UnitState)>,
    /// The first day on which any of this may differ.
    pub until: Option<Date>,
}

/// The state of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitState {
    /// A counting claim from each expected type.
    Covered,
    /// Something claims it, but that is not reached.
    Partial,
    /// Nothing claims it.
    Gap,
    /// The organization says that it does not apply, and why.
    Excluded,
}

impl UnitState {
    /// The name in JSON, words and class names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Partial => "partial",
            Self::Gap => "gap",
            Self::Excluded => "excluded",
        }
    }
}

/// A type that a unit expects, and whether it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// What is expected.
    pub expectation: Expectation,
    /// True when a counting claim is of that type.
    pub present: bool,
}

/// One claim on a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimState {
    /// The document; `None` when the view may not see it.
    pub document: Option<DocumentId>,
    /// The type it counts as.
    pub document_type: Option<DocumentType>,
    /// The section that makes it, as an index into the sections of the document.
    pub section: Option<usize>,
    /// The row of the register that makes it, as an index into its rows.
    pub row: Option<usize>,
    /// Where in the file it is made, in bytes: of the document, or of the data file of a row.
    pub at: usize,
    /// The clause as claimed; it differs from the unit for a paragraph, or with old numbering.
    pub clause: ClauseRef,
    /// Why it does not count; `None` when it does.
    pub not_counting: Option<NotCounting>,
}

impl ClaimState {
    /// True when it counts.
    pub fn counts(&self) -> bool {
        self.not_counting.is_none()
    }
}

/// Why a unit is not covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Nothing claims it.
    NoClaim,
    /// A type is expected, and nothing of it claims the unit.
    TypeMissing(DocumentType, Basis),
    /// A type is expected, and what claims the unit of it does not count, each for a reason.
    TypeNotCounting(DocumentType, Basis, Vec<NotCounting>),
    /// Any type will do, and nothing that claims it counts, each for a reason.
    NoneCounts(Vec<NotCounting>),
    /// No type is expected; one of the types that rule is asked for, and none counts: each for a reason, if one is there.
    NoRule(Vec<NotCounting>),
    /// A point is not met: its number from 1, the pairs that lack a counting claim, and why those that are there do not
    /// count.
    PointUnmet(usize, Vec<(ClauseNumber, DocumentType)>, Vec<NotCounting>),
    /// Units that it is derived from are not covered.
    DerivedFrom(Vec<ClauseNumber>),
    /// It is derived from units, and there are none.
    NothingToDeriveFrom,
    /// It is excluded, in the words of the organization.
    Excluded(String),
}

impl Reason {
    /// The code in JSON and in the file of words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoClaim => "no-claim",
            Self::TypeMissing(..) => "type-missing",
            Self::TypeNotCounting(..) => "type-not-counting",
            Self::NoneCounts(_) => "none-counts",
            Self::NoRule(_) => "no-rule",
            Self::PointUnmet(..) => "point-unmet",
            Self::DerivedFrom(_) => "derived",
            Self::NothingToDeriveFrom => "nothing-to-derive-from",
            Self::Excluded(_) => "excluded",
        }
    }
}

/// One point of a unit whose state follows from its points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointState {
    /// What it asks for.
    pub text: String,
    /// Its pairs, each with whether that unit has a counting claim of that type.
    pub pairs: Vec<(ClauseNumber, DocumentType, bool)>,
}

impl PointState {
    /// True when each of its pairs is met.
    pub fn met(&self) -> bool {
        self.pairs.iter().all(|pair| pair.2)
    }
}

/// How many units are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Totals {
    pub covered: usize,
    pub partial: usize,
    pub gap: usize,
    pub excluded: usize,
}

impl Totals {
    /// Counts the states.
    pub fn of(states: impl IntoIterator<Item = UnitState>) -> Self {
        let mut totals = Self::default();
        for state in states {
            match state {
                UnitState::Covered => totals.covered += 1,
                UnitState::Partial => totals.partial += 1,
                UnitState::Gap => totals.gap += 1,
                UnitState::Excluded => totals.excluded += 1,
            }
        }
        totals
    }

    /// All units.
    pub fn units(self) -> usize {
        self.covered + self.partial + self.gap + self.excluded
    }

    /// Covered units of all units in per cent, unrounded; 0 when there are none.
    #[expect(clippy::cast_precision_loss, reason = "there are a few hundred units at most")]
    pub fn percent(self) -> f64 {
        if self.units() == 0 { 0.0 } else { 100.0 * self.covered as f64 / self.units() as f64 }
    }
}

impl Coverage {
    /// How many units are in each state.
    pub fn totals(&self) -> Totals {
        Totals::of(self.units.iter().map(|unit| unit.state))
    }

    /// The unit of that number.
    pub fn unit(&self, number: &ClauseNumber) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.number == *number)
    }

    /// The units at or below `number`.
    pub fn units_within<'a>(&'a self, number: &'a ClauseNumber) -> impl Iterator<Item = &'a Unit> {
        self.units.iter().filter(|unit| unit.number.is_within(number))
    }
}

impl Portal {
    /// The state of a document.
    pub fn state(&self, id: DocumentId) -> &State {
        &self.states[id.index()]
    }

    /// The first day on which any state of the portal may differ.
    pub fn until(&self) -> Option<Date> {
        let documents = self
            .states
            .iter()
            .filter_map(|state| [state.until, state.rows_until].into_iter().flatten().min());
        let units =
            self.coverage.iter().flat_map(|coverage| &coverage.units).filter_map(|unit| unit.until);
        let assessed = self.library.framework.latest_assessments();
        let due = assessed.flat_map(|known| &known.results).filter_map(Assessed::open_until);
        let due = due.flat_map(|due| ReviewState::turns(due, &self.view));
        documents.chain(units).chain(due.filter(|day| *day > self.view.today)).min()
    }
}
