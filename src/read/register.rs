//! The data file of a register: CSV whose head names the columns of the front matter.

use std::ops::Range;
use std::sync::Arc;

use super::findings::Findings;
use crate::document::{ClauseRef, Typed};
use crate::period::{TypedDate, typed_date};
use crate::register::{Cell, Column, ColumnKind, Register, Row};

/// Reads the rows of `text` into `columns`.
pub(super) fn read(
    path: &Arc<str>,
    text: &str,
    columns: Vec<Column>,
    findings: &mut Findings,
) -> Register {
    let rows = Vec::new();
    let mut register = Register { path: Arc::clone(path), columns, rows, unread: false };
    register.unread |= loose_quotes(text, findings);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut head: Option<Head> = None;
    loop {
        let start = position(&reader);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let at = error.position().map_or(start, |position| byte(position.byte()));
                findings
                    .push("data-file", at..at, format!("the row cannot be read: {error}"))
                    .hint("write one row a line, with `,` between cells and `\"` around a cell that holds one");
                register.unread = true;
                break;
            }
        }
        let range = trimmed(text, start..position(&reader));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            findings.push("data-file", range, "the row is empty").hint("delete the line");
            continue;
        }
        match &head {
            // As spreadsheets write it where the comma stands in numbers.
            None if record.len() == 1
                && register.columns.len() > 1
                && record[0].contains([';', '\t']) =>
            {
                findings
                    .push("data-file", range, "the columns are not parted by commas")
                    .hint("write `,` between cells: save the table as CSV with commas, in UTF-8");
                register.unread = true;
                return register;
            }
            None => {
                let read = read_head(&register.columns, text, &record, &range, findings);
                register.unread |= read.unread;
                // Of a head that names no column of ours no row can be read.
                if read.fields.iter().all(Option::is_none) {
                    return register;
                }
                head = Some(read);
            }
            Some(head) => {
                let row = read_row(&register.columns, head, text, &record, range, findings);
                register.rows.push(row);
            }
        }
    }
    if head.is_none() && !register.columns.is_empty() {
        findings
            .push("data-file", 0..0, "the data file is empty")
            .hint("begin it with a line that names the columns");
    }
    register
}

/// Quotes that a reader of CSV would forgive, and rows be lost without a word: one that is never closed, and one that
/// closes within a cell. True for the first, which takes the rows that follow.
fn loose_quotes(text: &str, findings: &mut Findings) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut begins = true;
    while let Some(&byte) = bytes.get(at) {
        if byte != b'"' || !begins {
            begins = matches!(byte, b',' | b'\n' | b'\r');
            at += 1;
            continue;
        }
        let open = at;
        let close = loop {
            let Some(next) = text[at + 1..].find('"').map(|next| next + at + 1) else { break None };
            // Two quotes within a cell are one of its text.
            if bytes.get(next + 1) != Some(&b'"') {
                break Some(next);
            }
            at = next + 1;
        };
        let Some(close) = close else {
            let line = open + text[open..].find(['\n', '\r']).unwrap_or(text.len() - open);
            findings
                .push("data-file", open..line, "the quote that opens here is never closed")
                .hint("close it behind the cell");
            return true;
        };
        at = close + 1;
        begins = false;
        if bytes.get(at).is_some_and(|next| !b",\n\r".contains(next)) {
            findings
                .push("data-file", open..open + 1, "the quote that opens here closes within a cell")
                .hint("close it behind the cell, and write a quote of its text twice");
        }
    }
    false
}

fn position<R: std::io::Read>(reader: &csv::Reader<R>) -> usize {
    byte(reader.position().byte())
}

fn byte(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = text.get(range.start..range.end.min(text.len())).unwrap_or("");
    let start = range.start + (whole.len() - whole.trim_start().len());
    start.min(text.len())..(range.start + whole.trim_end().len()).max(start).min(text.len())
}

/// The first line of the file.
struct Head {
    /// For each field, the column it fills.
    fields: Vec<Option<usize>>,
    /// How many fields there are without the empty ones at the end of the line.
    named: usize,
    /// True when it lacks a column, has one twice, or one that is not known: what stands below may be meant for another.
    unread: bool,
}

/// The first line, whose empty cells name nothing.
fn read_head(
    columns: &[Column],
    text: &str,
    record: &csv::StringRecord,
    range: &Range<usize>,
    findings: &mut Findings,
) -> Head {
    let mut cursor = range.start;
    let mut unread = false;
    let mut fields = Vec::new();
    let mut places = places(text, range);
    let empty_at_end = record.iter().rev().take_while(|name| name.trim().is_empty()).count();
    let named = record.len() - empty_at_end;
    for name in record.iter().take(named) {
        let at = places.next().unwrap_or_else(|| range.clone());
        cursor = at.end;
        if name.trim().is_empty() {
            findings
                .push("data-file", comma_behind(text, cursor, range), "the head has an empty cell")
                .hint("name the column, or take the cell out of every line");
            fields.push(None);
            continue;
        }
        let column = columns.iter().position(|column| column.name == name.trim());
        if column.is_none() {
            unread = true;
            findings
                .push(
                    "data-file",
                    at.clone(),
                    format!("`{name}` is not one of the register's columns"),
                )
                .suggest(
                    name,
                    columns.iter().map(|column| &*column.name),
                    "add it to `columns` of the register",
                );
        }
        if column.is_some() && fields.contains(&column) {
            unread = true;
            findings
                .push("data-file", at, format!("the column `{}` stands here twice", name.trim()))
                .hint("take one of the two out of every line");
        }
        fields.push(column);
    }
    if empty_at_end > 0 {
        let (cell, comma) = match empty_at_end {
            1 => ("an empty cell", "the comma"),
            _ => ("empty cells", "the commas"),
        };
        findings
            .push(
                "data-file",
                comma_behind(text, cursor, range).start..range.end,
                format!("the head has {cell}"),
            )
            .hint(format!("take out {comma} at the end of the line"));
        fields.resize(record.len(), None);
    }
    for (i, column) in columns.iter().enumerate() {
        if !fields.contains(&Some(i)) {
            unread = true;
            findings
                .push(
                    "data-file",
                    range.clone(),
                    format!("the column `{}` is missing", column.name),
                )
                .hint("add it to the first line, or take it out of `columns`");
        }
    }
    Head { fields, named, unread }
}

/// The next comma of the row behind `from`.
fn comma_behind(text: &str, from: usize, row: &Range<usize>) -> Range<usize> {
    let comma = text.get(from..row.end).and_then(|rest| rest.find(','));
    comma.map_or(from..from, |at| from + at..from + at + 1)
}

fn read_row(
    columns: &[Column],
    head: &Head,
    text: &str,
    record: &csv::StringRecord,
    range: Range<usize>,
    findings: &mut Findings,
) -> Row {
    let empty = Cell { text: String::new(), date: None, range: range.clone() };
    let mut row = Row {
        cells: vec![empty; columns.len()],
        claims: Vec::new(),
        wrong: false,
        range: range.clone(),
    };
    // What is too much in the head is told there.
    let length = head.named..=head.fields.len();
    if !length.contains(&record.len()) {
        let mut beyond = record.iter().skip(head.named);
        findings
            .push(
                "data-file",
                range.clone(),
                format!(
                    "the row and the head differ in length: {} and {}",
                    cells_in_words(record.len()),
                    cells_in_words(head.named)
                ),
            )
            .hint(if record.len() < head.named {
                "write one cell for each column, empty where there is nothing"
            } else if beyond.all(|cell| cell.trim().is_empty()) {
                "take out what is too much at the end of the line"
            } else {
                "put `\"` around a cell that holds a `,`"
            });
        row.wrong = true;
    }
    let places = places(text, &range).chain(std::iter::repeat(range.clone()));
    for ((field, column), at) in record.iter().zip(&head.fields).zip(places) {
        let Some(column) = *column else { continue };
        let before = findings.list.len();
        let cell = read_cell(&columns[column], field, &at, findings, &mut row.claims);
        // A date in another form is told and understood (contracts 1).
        row.wrong |= findings.list[before..].iter().any(|finding| finding.rule != "date-form");
        row.cells[column] = cell;
    }
    row
}

/// True for digits with a point for decimals; blanks and commas may stand between thousands, as `1,234.5` and `1 234`.
fn is_number(typed: &str) -> bool {
    let mut groups = typed.split(',').skip(1);
    let thousands = groups.all(|group| {
        let digits = group.split('.').next().unwrap_or_default();
        digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let number = typed.replace([' ', ','], "");
    thousands && number.parse::<f64>().is_ok_and(f64::is_finite)
}

fn read_cell(
    column: &Column,
    text: &str,
    at: &Range<usize>,
    findings: &mut Findings,
    claims: &mut Vec<Typed<ClauseRef>>,
) -> Cell {
    let mut cell = Cell { text: text.to_owned(), date: None, range: at.clone() };
    let typed = text.trim();
    if typed.is_empty() {
        return cell;
    }
    let mut wrong = |message: String, hint: &str| {
        findings
            .push("register-cell", at.clone(), format!("`{}`: {message}", column.name))
            .hint(hint);
    };
    match &column.kind {
        // Roles and references are checked against what there is, by rules of their own.
        ColumnKind::Text | ColumnKind::Role | ColumnKind::Reference => {}
        ColumnKind::Number => {
            if !is_number(typed) {
                wrong(
                    format!("`{typed}` is not a number"),
                    "write digits, with a point for decimals",
                );
            }
        }
        ColumnKind::Date | ColumnKind::Due => match typed_date(typed) {
            Some(TypedDate::Iso(date)) => cell.date = Some(date),
            Some(TypedDate::Loose(date)) => {
                cell.date = Some(date);
                let message = format!("`{}`: `{typed}` is not in the ISO form", column.name);
                findings.push("date-form", at.clone(), message).hint(format!("write `{date}`"));
            }
            None => {
                wrong(crate::period::no_date(typed), "write a day of the calendar as `2026-12-01`");
            }
        },
        ColumnKind::Clause if has_commas(typed) => {
            findings
                .push(
                    "unknown-clause",
                    at.clone(),
                    format!("`{typed}` is not the number of a clause"),
                )
                .hint("part the clauses by blanks");
        }
        ColumnKind::Clause => {
            for number in crate::register::clauses(typed) {
                let start = at.start + number.as_ptr().addr() - typed.as_ptr().addr();
                let range = start..(start + number.len()).min(at.end);
                claims.extend(findings.clause(Typed { value: number.to_owned(), range }));
            }
        }
        ColumnKind::Choice(choices) => {
            if !choices.iter().any(|choice| choice == typed) {
                wrong(
                    format!("`{typed}` is not one of the choices"),
                    &format!("write one of {}", choices.join(", ")),
                );
            }
        }
        ColumnKind::Link => {
            if !crate::address::leads_outside(typed) {
                wrong(
                    format!("`{typed}` is not a link"),
                    "begin it with https://, http://, mailto: or tel:",
                );
            }
        }
    }
    cell
}

/// True for several clauses with commas between them, which part cells and no clauses.
fn has_commas(typed: &str) -> bool {
    let parts: Vec<&str> = typed.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    let is_clause = |part: &&str| part.parse::<ClauseRef>().is_ok();
    typed.contains(',') && parts.len() > 1 && parts.iter().all(is_clause)
}

/// Where the cells of a row stand, each without its quotes and the blanks around it; one that is empty, where the one
/// before it ends.
fn places(text: &str, row: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let begin = if text[row.clone()].starts_with('\u{feff}') { 3 } else { 0 };
    let (mut next, mut filled) = (Some(row.start + begin), row.start + begin);
    std::iter::from_fn(move || {
        let (cell, comma) = cell(text, next?..row.end);
        next = comma.map(|comma| comma + 1);
        let typed = trimmed(text, cell);
        if typed.is_empty() {
            return Some(filled..filled);
        }
        filled = typed.end;
        Some(typed)
    })
}

/// The cell that `rest` of a row begins with, without its quotes, and the comma behind it.
fn cell(text: &str, rest: Range<usize>) -> (Range<usize>, Option<usize>) {
    let comma = |from: usize| text[from..rest.end].find(',').map(|at| from + at);
    if !text[rest.clone()].starts_with('"') {
        let comma = comma(rest.start);
        return (rest.start..comma.unwrap_or(rest.end), comma);
    }
    let mut close = rest.start + 1;
    loop {
        let Some(quote) = text[close..rest.end].find('"').map(|at| close + at) else {
            return (rest.start + 1..rest.end, None);
        };
        // Two quotes within a cell are one of its text.
        if !text[quote + 1..rest.end].starts_with('"') {
            return (rest.start + 1..quote, comma(quote + 1));
        }
        close = quote + 2;
    }
}

fn cells_in_words(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_stands_where_it_is_typed() {
        for (row, expected) in [
            ("a,b", vec!["a", "b"]),
            (" a , b ", vec!["a", "b"]),
            ("\"say \"\"x\"\" now\",x", vec!["say \"\"x\"\" now", "x"]),
            ("\"a,b\",\"\",\"c\nd\"", vec!["a,b", "", "c\nd"]),
            ("\"\"\"\",\"\"", vec!["\"\"", ""]),
            ("x \"y\",z", vec!["x \"y\"", "z"]),
            ("\"a\"b,c", vec!["a", "c"]),
            ("\"a,b", vec!["a,b"]),
            (",,ä", vec!["", "", "ä"]),
            ("\u{feff}\"a\",b", vec!["a", "b"]),
            ("a,", vec!["a", ""]),
        ] {
            let found: Vec<&str> = places(row, &(0..row.len())).map(|at| &row[at]).collect();
            assert_eq!(found, expected, "{row}");
        }
        let row = "\"say \"\"x\"\" now\",x";
        assert_eq!(places(row, &(0..row.len())).last(), Some(row.len() - 1..row.len()));
    }
}
