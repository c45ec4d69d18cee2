//! How far a standard is covered on one day: its units, what claims each, and why a state is not better.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{DocumentId, NotCounting};
use crate::document::{ClauseRef, DocumentType};
use crate::standard::{Basis, ClauseNumber, Expectation};

/// How far a standard is covered on the day of the view (contracts 3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The index of the standard in [`super::Framework::standards`].
    pub standard: usize,
    /// Its units in order.
    pub units: Vec<Unit>,
    /// Claims on headed parents by their numbers: they cover nothing and are shown on the parents' pages.
    pub on_parents: BTreeMap<ClauseNumber, Vec<ClaimState>>,
}

impl Coverage {
    /// True for the units of an edition whose states follow from those of another.
    pub fn is_derived(&self) -> bool {
        self.units.iter().any(|unit| !unit.derived.is_empty())
    }

    /// How many units are in each state.
    pub fn totals(&self) -> Totals {
        Totals::of(self.units.iter().map(|unit| unit.state))
    }

    /// The first day on which the state of any unit may differ.
    pub fn until(&self) -> Option<Date> {
        self.units.iter().filter_map(|unit| unit.until).min()
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
    /// What its standard says of it could not be read whole.
    Unread,
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
            Self::Unread => "unread",
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
    /// True when it has pairs and each of them is met.
    pub fn met(&self) -> bool {
        !self.pairs.is_empty() && self.pairs.iter().all(|pair| pair.2)
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
