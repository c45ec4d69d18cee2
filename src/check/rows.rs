//! What rules ask of the rows of registers: which registers are looked at, what each row is to state.

use super::approved;
use crate::diagnostic::{Diagnostic, Span, and_list};
use crate::document::DocumentType;
use crate::naming;
use crate::portal::{Entry, Library};
use crate::register::{Column, ColumnKind, Register};

/// The approved registers whose rows are each about a `subject`: their first column, an `id` apart, has that name.
pub(super) fn registers_of<'a>(
    subject: &'a str,
    library: &'a Library,
) -> impl Iterator<Item = (&'a Entry, &'a Register)> {
    approved(library).filter_map(move |entry| {
        let register = entry.document.register.as_ref()?;
        let first = register.columns.iter().find(|column| column.name != "id")?;
        let is_register = entry.document.document_type() == Some(DocumentType::Register);
        (is_register && first.name == subject).then_some((entry, register))
    })
}

/// The approved catalogues of services, each with the index of the column that names agreements.
pub(super) fn catalogues(library: &Library) -> impl Iterator<Item = (&Entry, &Register, usize)> {
    approved(library).filter_map(|entry| {
        let register = entry.document.register.as_ref()?;
        let columns = &register.columns;
        let sla = columns
            .iter()
            .position(|column| column.name == "sla" && column.kind == ColumnKind::Reference)?;
        let is_catalogue = entry.document.document_type() == Some(DocumentType::Catalogue)
            && columns.iter().any(|column| column.name == "service");
        is_catalogue.then_some((entry, register, sla))
    })
}

/// What each row of a register is to state, in one of some columns.
pub(super) struct Asked {
    /// The name of the first such column, else of the one to add.
    name: String,
    /// The kind of the column to add.
    kind: &'static str,
    /// Those that the register has, by their index.
    columns: Vec<usize>,
    /// The kind of the column of that name, where it is another.
    other: Option<&'static str>,
}

impl Asked {
    /// A role in one of the columns called so.
    pub(super) fn role(register: &Register, names: &[&str]) -> Self {
        let named = |column: &Column| names.contains(&column.name.as_str());
        let is_role = |column: &Column| column.kind == ColumnKind::Role && named(column);
        Self::of(register, names[0], "role", is_role, named)
    }

    /// Anything in one of the columns called so.
    pub(super) fn filled(register: &Register, names: &[&str]) -> Self {
        let named = |column: &Column| names.contains(&column.name.as_str());
        Self::of(register, names[0], "text", named, named)
    }

    /// A day in a column of days that something is due on.
    pub(super) fn due(register: &Register) -> Self {
        let is_due = |column: &Column| column.kind == ColumnKind::Due;
        Self::of(register, "review_due", "due", is_due, |column| column.name == "review_due")
    }

    /// What the columns hold that are so; without any, one that is called so has the wrong kind.
    fn of(
        register: &Register,
        name: &str,
        kind: &'static str,
        is: impl Fn(&Column) -> bool,
        is_called: impl Fn(&Column) -> bool,
    ) -> Self {
        let found = register.columns.iter().enumerate().filter(|(_, column)| is(column));
        let columns: Vec<usize> = found.map(|(index, _)| index).collect();
        let first = match columns.first() {
            Some(index) => register.columns.get(*index),
            None => register.columns.iter().find(|column| is_called(column)),
        };
        let name = first.map_or(name, |column| &column.name).to_owned();
        let other = first.filter(|_| columns.is_empty()).map(|column| column.kind.name());
        Self { name, kind, columns, other }
    }
}

/// Tells what a register does not state: the columns that it lacks, or that are of another kind, at its front
/// matter, what is not filled at each row.
pub(super) fn lacking(
    rule: &'static str,
    entry: &Entry,
    register: &Register,
    asked: &[Asked],
    findings: &mut Vec<Diagnostic>,
) {
    let stated = entry.document.front_matter.document_type.as_ref();
    let range = stated.map_or(0..0, |stated| stated.range.clone());
    let mut tell = |message: String, hint: String| {
        let span = Span::new(&entry.document.path, range.clone());
        findings.push(Diagnostic::new(rule, span, message).hint(hint));
    };
    let (misfits, absent): (Vec<&Asked>, Vec<&Asked>) = asked
        .iter()
        .filter(|asked| asked.columns.is_empty())
        .partition(|asked| asked.other.is_some());
    for Asked { name, kind, other, .. } in misfits {
        let other = other.unwrap_or_default();
        tell(
            format!("the column `{name}` is of the wrong kind, `{other}`"),
            format!("give it the kind `{kind}`"),
        );
    }
    if !absent.is_empty() {
        let names: Vec<&str> = absent.iter().map(|asked| asked.name.as_str()).collect();
        let noun = if names.len() == 1 { "the column" } else { "the columns" };
        let lines = absent.iter().map(|asked| format!("`{}: {}`", asked.name, asked.kind));
        let lines: Vec<String> = lines.collect();
        tell(
            format!("`columns` lacks {noun} {}", and_list(&names)),
            format!("add {} to `columns` and to the data file", lines.join(", ")),
        );
    }
    for row in &register.rows {
        let empty = |asked: &&Asked| {
            let filled = |index: &usize| naming::is_filled(&row.cells[*index].text);
            !asked.columns.is_empty() && !asked.columns.iter().any(filled)
        };
        let names: Vec<&str> =
            asked.iter().filter(empty).map(|asked| asked.name.as_str()).collect();
        if !names.is_empty() {
            let span = Span::new(&register.path, row.range.clone());
            let message = format!("the row lacks {}", and_list(&names));
            findings.push(Diagnostic::new(rule, span, message).hint("fill the cells"));
        }
    }
}
