//! Checklists: `checklists/*.yaml`, statements that are answered one by one (R97).

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::document::{ClauseRef, Typed};

/// Statements to be answered.
#[derive(Debug, Clone)]
pub struct Checklist {
    /// The file it stands in.
    pub path: Arc<str>,
    /// Its name.
    pub title: String,
    /// What it is for and where it comes from, in a sentence; may be empty.
    pub about: String,
    /// In the order of the file.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What it is named by; each once in the checklist.
    pub id: String,
    /// What is to be true.
    pub text: String,
    /// The clauses that ask for it, the first of them decides where it is listed.
    pub clauses: Vec<Typed<ClauseRef>>,
    /// Whether it is true.
    pub answer: Answer,
    /// Where that is answered.
    pub answered: Range<usize>,
    /// The reference of the document that shows it.
    pub document: Option<Typed<String>>,
    /// What else is to be said.
    pub remark: Option<Typed<String>>,
    /// Where its id stands.
    pub span: Span,
}

/// Whether a statement is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Nobody has answered yet.
    Open,
    /// It is not.
    No,
    /// In part.
    Partly,
    /// It is.
    Yes,
}

impl Answer {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::No, Self::Partly, Self::Yes];

    /// The name in files and words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::No => "no",
            Self::Partly => "partly",
            Self::Yes => "yes",
        }
    }

    /// The answer of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }
}
