//! Rows of text in aligned columns.

/// A table with a head; the last column is not padded.
pub(super) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let cells = |row: &[String], widths: &[usize]| {
        let mut line = String::new();
        for (i, (cell, width)) in row.iter().zip(widths).enumerate() {
            // What documents say cannot speak to the terminal.
            let cell: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let padding =
                if i + 1 == row.len() { 0 } else { width.saturating_sub(cell.chars().count()) + 2 };
            line.push_str(&cell);
            line.push_str(&" ".repeat(padding));
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    };
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    let mut widths: Vec<usize> = head.iter().map(|name| name.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count()).min(60);
        }
    }
    let mut text = cells(&head, &widths);
    for row in rows {
        text.push_str(&cells(row, &widths));
    }
    text
}
