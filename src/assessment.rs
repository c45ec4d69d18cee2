//! Gap assessments: `assessments/*.yaml`, each a look at every unit of a standard on one day (R89).

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Span;
use crate::document::Typed;
use crate::standard::ClauseNumber;

/// What was found on one day, unit by unit.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The file it stands in.
    pub path: Arc<str>,
    /// Its name.
    pub title: String,
    /// The day on which it was finished.
    pub date: Date,
    /// The id of the standard that was assessed.
    pub standard: Typed<String>,
    /// The role that assessed, by id.
    pub assessor: Typed<String>,
    /// In the order of the clauses, each once.
    pub results: Vec<Assessed>,
}

impl Assessment {
    /// What was found at a unit.
    pub fn result(&self, number: &ClauseNumber) -> Option<&Assessed> {
        self.results.iter().find(|result| result.clause == *number)
    }
}

/// What was found at one unit.
#[derive(Debug, Clone)]
pub struct Assessed {
    /// The unit.
    pub clause: ClauseNumber,
    /// How far it is met.
    pub level: Level,
    /// What was found, in a sentence or two.
    pub finding: String,
    /// The role that closes the gap, by id.
    pub owner: Option<Typed<String>>,
    /// The day by which it is closed.
    pub due: Option<Typed<Date>>,
    /// Where its number stands.
    pub span: Span,
}

impl Assessed {
    /// The day by which it is to be closed; what is met has nothing left to be done.
    pub fn open_until(&self) -> Option<Date> {
        self.due.as_ref().map(|due| due.value).filter(|_| self.level != Level::Met)
    }
}

/// How far a unit is met, as the assessor sees it. It changes no coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing is there.
    Missing,
    /// Something is there.
    Begun,
    /// Most is there.
    Largely,
    /// Everything is there and in use.
    Met,
}

impl Level {
    /// All of them, the lowest first.
    pub const ALL: [Self; 4] = [Self::Missing, Self::Begun, Self::Largely, Self::Met];

    /// The name in files and words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Begun => "begun",
            Self::Largely => "largely",
            Self::Met => "met",
        }
    }

    /// The level of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}
