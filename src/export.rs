//! Portal to files for other programs: one file a format. Each is a pure function of the portal, its entries in a
//! stable order.

mod changes;
mod coverage;
mod licences;
mod register;
mod reviews;

pub use coverage::{CoverageJson, coverage};
pub use register::{RegisterRow, register};
pub use reviews::{ReviewsJson, reviews};

use serde::Serialize;

use crate::failure::{Failure, Result};
use crate::portal::Portal;
use crate::site::Export;
use crate::wording::Wording;

/// The bytes of one file for other programs.
///
/// # Errors
/// When the portal has no standard of that index.
pub fn file(portal: &Portal, wording: Wording, export: Export) -> Result<Vec<u8>> {
    match export {
        Export::RegisterCsv => Ok(csv(&register(portal))),
        Export::RegisterJson => Ok(json(&register(portal))),
        Export::ReviewsJson => Ok(json(&reviews(portal))),
        Export::CoverageJson(standard) => match portal.coverage.get(standard) {
            Some(_) => Ok(json(&coverage(portal, wording, standard))),
            None => Err(Failure::new(format!("there is no standard {standard} to export"))),
        },
        Export::ChangesFeed => Ok(changes::feed(portal, wording).into_bytes()),
        Export::Licences => Ok(licences::TEXT.as_bytes().to_vec()),
    }
}

/// Pretty-printed JSON with a line break at its end.
pub fn json<T: Serialize>(value: &T) -> Vec<u8> {
    // Our own rows hold nothing that JSON cannot: texts, numbers and lists.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A row of a table, whose head stands there even without rows.
pub trait Columns: Serialize {
    /// The names of its fields in order.
    const NAMES: &'static [&'static str];
}

/// CSV with a head, every cell safe against spreadsheet formulas (R99).
pub fn csv<T: Columns>(rows: &[T]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(T::NAMES);
    for row in rows {
        let Ok(serde_json::Value::Object(cells)) = serde_json::to_value(row) else { continue };
        debug_assert!(cells.keys().eq(T::NAMES), "the head is that of the cells");
        let _ = writer.write_record(cells.values().map(cell));
    }
    writer.into_inner().unwrap_or_default()
}

/// The text of a cell; what a spreadsheet would take for a formula begins with an apostrophe.
fn cell(value: &serde_json::Value) -> String {
    let text = match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join(" "),
        // A number is no formula, signed or not.
        other => return other.to_string(),
    };
    if text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Row<'a> {
        title: &'a str,
        days: i64,
        clauses: Vec<&'a str>,
    }

    impl Columns for Row<'_> {
        const NAMES: &'static [&'static str] = &["title", "days", "clauses"];
    }

    #[test]
    fn a_table_without_rows_has_its_head() {
        assert_eq!(csv::<Row>(&[]), b"title,days,clauses\r\n");
    }

    #[test]
    fn cells_are_quoted_and_no_formula() {
        let row = |title, days| Row { title, days, clauses: vec!["8.5", "8.6"] };
        let rows = [row("=cmd|' /C calc'!A0", -3), row("a, \"b\"", 4), row("@x", 0), row("\tx", 0)];
        let text = String::from_utf8(csv(&rows)).unwrap();
        let expected = "title,days,clauses\r\n'=cmd|' /C calc'!A0,-3,8.5 8.6\r\n\"a, \"\"b\"\"\",4,8.5 8.6\r\n\
                        '@x,0,8.5 8.6\r\n'\tx,0,8.5 8.6\r\n";
        assert_eq!(text, expected);
    }
}
