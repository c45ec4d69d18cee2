//! Tables of typed cells. Their rows reach the templates as ready HTML: the register of ten thousand documents has
//! ninety thousand cells, and as values for a template each would cost more than its text.

use serde::Serialize;

use super::view::{Badge, Day, Link, Mark};
use super::{escape, icons};

/// A table, as `grid` in the templates takes it.
#[derive(Serialize)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    /// How many rows it has.
    pub(super) count: usize,
    /// Its rows as HTML, safe: a `tr` each.
    pub(super) rows: String,
}

/// A column of a table.
#[derive(Serialize)]
pub(super) struct Column {
    pub(super) name: String,
    /// What its cells hold: `text`, `number`, `date`, …
    pub(super) kind: &'static str,
}

/// A cell of a table; each part may be missing.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) href: Option<String>,
    /// Several links, in place of a text.
    pub(super) links: Vec<Link>,
    pub(super) date: Option<Day>,
    pub(super) badge: Option<Badge>,
    pub(super) mark: Option<Mark>,
    /// True for what is reckoned from the day of the page, such as "in 17 days": it is grey from the next day on.
    pub(super) days: bool,
}

impl Table {
    pub(super) fn new(
        caption: impl Into<String>,
        columns: Vec<Column>,
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Self {
        let rows = rows.into_iter().map(|row| (String::new(), row));
        Self::with_anchors(caption, columns, rows)
    }

    /// The same, each row with its anchor.
    pub(super) fn with_anchors(
        caption: impl Into<String>,
        columns: Vec<Column>,
        rows: impl IntoIterator<Item = (String, Vec<Cell>)>,
    ) -> Self {
        let mut table = Self { caption: caption.into(), columns, count: 0, rows: String::new() };
        for (anchor, row) in rows {
            table.count += 1;
            if anchor.is_empty() {
                table.rows.push_str("<tr>");
            } else {
                attribute("<tr id=\"", &anchor, &mut table.rows);
                table.rows.push('>');
            }
            for (at, cell) in row.iter().enumerate() {
                // Numbers stand one below the other.
                let number = table.columns.get(at).is_some_and(|column| column.kind == "number");
                cell.write(number, &mut table.rows);
            }
            table.rows.push_str("</tr>\n");
        }
        table
    }
}

impl Cell {
    /// A cell of text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A cell of links.
    pub(super) fn links(links: Vec<Link>) -> Self {
        Self { links, ..Self::default() }
    }

    fn write(&self, number: bool, out: &mut String) {
        out.push_str(match (number, self.days) {
            (true, _) => "<td class=\"number\"",
            (false, true) => "<td class=\"days\"",
            (false, false) => "<td",
        });
        match (&self.date, &self.href) {
            (Some(date), _) => {
                attribute(" data-sort=\"", &date.iso, out);
                attribute("><time datetime=\"", &date.iso, out);
                element(">", &date.text, "</time> ", out);
            }
            (None, Some(href)) => {
                attribute("><a href=\"", href, out);
                element(">", &self.text, "</a>", out);
            }
            (None, None) => element(">", &self.text, "", out),
        }
        for (i, link) in self.links.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { ", " });
            match (&*link.href, &link.lang) {
                ("", None) => escape(&link.text, out),
                ("", Some(lang)) => {
                    attribute("<span lang=\"", lang, out);
                    element(">", &link.text, "</span>", out);
                }
                (href, lang) => {
                    attribute("<a href=\"", href, out);
                    if let Some(lang) = lang {
                        attribute(" lang=\"", lang, out);
                    }
                    element(">", &link.text, "</a>", out);
                }
            }
        }
        if let Some(mark) = &self.mark {
            mark.write(out);
        }
        if let Some(badge) = &self.badge {
            badge.write(out);
        }
        out.push_str("</td>");
    }
}

impl Mark {
    /// As `mark` in the templates writes it, behind a blank.
    pub(super) fn write(&self, out: &mut String) {
        out.push_str(" <span class=\"mark\"");
        until(self.until.as_deref(), out);
        element(">", &self.text, "</span>", out);
    }
}

impl Badge {
    /// As `badge` in the templates writes it.
    pub(super) fn write(&self, out: &mut String) {
        attribute("<span class=\"badge ", self.kind, out);
        until(self.until.as_deref(), out);
        out.push('>');
        icons::write(self.kind, out);
        element("<span>", &self.text, "</span></span>", out);
    }
}

fn until(day: Option<&str>, out: &mut String) {
    if let Some(day) = day {
        attribute(" data-until=\"", day, out);
    }
}

/// `open`, the value escaped, and the quote that ends it.
pub(super) fn attribute(open: &str, value: &str, out: &mut String) {
    element(open, value, "\"", out);
}

/// `open`, the text escaped, `close`.
pub(super) fn element(open: &str, text: &str, close: &str, out: &mut String) {
    out.push_str(open);
    escape(text, out);
    out.push_str(close);
}
