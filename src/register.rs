//! The rows of a register, with typed columns.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use crate::document::{ClauseRef, Typed};

/// The table that a document of type register shows.
#[derive(Debug, Clone)]
pub struct Register {
    /// The data file, relative to the root of the repository.
    pub path: Arc<str>,
    /// The columns in the order of the front matter.
    pub columns: Vec<Column>,
    /// The rows in the order of the file.
    pub rows: Vec<Row>,
    /// True when the head of the file, or a row that ended the reading, could not be read, which was told: nobody can say
    /// then what the rows hold, or how many there are.
    pub unread: bool,
}

/// One column of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name, as in the head of the data file.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
}

/// What the cells of a column hold (contracts 2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ColumnKind {
    Text,
    Number,
    Date,
    /// A date that can be due or overdue like a review.
    Due,
    Role,
    Clause,
    Reference,
    Choice(Vec<String>),
    Link,
}

impl ColumnKind {
    /// The names that `columns` may give, `choice` standing for `choice(a, b)`.
    pub const NAMES: [&'static str; 9] =
        ["text", "number", "date", "due", "role", "clause", "reference", "choice", "link"];

    /// Reads `date` or `choice(open, closed)`.
    pub fn from_text(text: &str) -> Option<Self> {
        Some(match text.trim() {
            "text" => Self::Text,
            "number" => Self::Number,
            "date" => Self::Date,
            "due" => Self::Due,
            "role" => Self::Role,
            "clause" => Self::Clause,
            "reference" => Self::Reference,
            "link" => Self::Link,
            other => {
                let choices = other.strip_prefix("choice(")?.strip_suffix(')')?;
                let choices: Vec<String> =
                    choices.split(',').map(|choice| choice.trim().to_owned()).collect();
                if choices.iter().any(String::is_empty) {
                    return None;
                }
                Self::Choice(choices)
            }
        })
    }

    /// The name without the choices, for class names.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Due => "due",
            Self::Role => "role",
            Self::Clause => "clause",
            Self::Reference => "reference",
            Self::Choice(_) => "choice",
            Self::Link => "link",
        }
    }
}

/// One row of a register.
#[derive(Debug, Clone)]
pub struct Row {
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// The clauses that its `clause` cells name, claimed as type `record`.
    pub claims: Vec<Typed<ClauseRef>>,
    /// True when a cell of the row is wrong, so that it claims nothing that counts.
    pub wrong: bool,
    /// The row within the data file, in bytes.
    pub range: Range<usize>,
}

/// One cell of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// As typed.
    pub text: String,
    /// The date of a `date` or `due` cell.
    pub date: Option<Date>,
    /// Where, in bytes of the data file.
    pub range: Range<usize>,
}

impl Register {
    /// The text of the cell in the column called `name`, trimmed; `None` when there is no such column.
    pub fn text<'a>(&self, row: &'a Row, name: &str) -> Option<&'a str> {
        let column = self.columns.iter().position(|column| column.name == name)?;
        Some(row.cells.get(column)?.text.trim())
    }

    /// The earliest date of the row's `due` cells.
    pub fn due(&self, row: &Row) -> Option<Date> {
        let cells = self.columns.iter().zip(&row.cells);
        cells
            .filter(|(column, _)| column.kind == ColumnKind::Due)
            .filter_map(|(_, cell)| cell.date)
            .min()
    }
}

/// What stands in a cell of a `clause` column: clauses, separated by spaces or `;`, as typed.
pub fn clauses(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([' ', ';']).filter(|clause| !clause.is_empty())
}
