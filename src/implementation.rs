//! The plan by which a system is built: `plan.yaml` (R95, R96).

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::document::{ClauseRef, Typed};

/// What is done to build the system, area by area.
#[derive(Debug, Clone)]
pub struct ImplementationPlan {
    /// The file it stands in.
    pub path: Arc<str>,
    /// Its name.
    pub title: String,
    /// The steps in time, in order.
    pub phases: Vec<Phase>,
    /// The fields of work, in order.
    pub areas: Vec<Area>,
}

impl ImplementationPlan {
    /// Every activity, area by area.
    pub fn activities(&self) -> impl Iterator<Item = &Activity> {
        self.areas.iter().flat_map(|area| &area.activities)
    }
}

/// A step in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// What activities name it by: `1`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What is reached at its end, in a sentence; may be empty.
    pub aim: String,
    /// What must be there before it begins (R96).
    pub conditions: Vec<String>,
}

/// A field of work.
#[derive(Debug, Clone)]
pub struct Area {
    /// Its name.
    pub title: String,
    /// What is done in it, in order.
    pub activities: Vec<Activity>,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Activity {
    /// What it is named by; each once in the plan.
    pub id: String,
    /// What is done, in a sentence.
    pub text: String,
    /// The roles that do it, by id.
    pub roles: Vec<Typed<String>>,
    /// The phases in which it is done, as indices into [`ImplementationPlan::phases`], in order.
    pub phases: Vec<usize>,
    /// The clauses that it serves.
    pub clauses: Vec<Typed<ClauseRef>>,
    /// The reference of the document that shows it.
    pub document: Option<Typed<String>>,
    /// How far it is.
    pub state: ActivityState,
    /// Where that is stated.
    pub stated: Range<usize>,
    /// Where its id stands.
    pub span: Span,
}

/// How far an activity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ActivityState {
    Open,
    Running,
    Done,
}

impl ActivityState {
    /// All of them, the least first.
    pub const ALL: [Self; 3] = [Self::Open, Self::Running, Self::Done];

    /// The name in files and words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Running => "running",
            Self::Done => "done",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}
