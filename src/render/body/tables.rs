//! Tables in a body: each a region that can be scrolled, its columns aligned by class. A head that says nothing is none,
//! and then the first cell of each row names it.

use pulldown_cmark::Alignment;

use super::Writer;

/// The table that is open.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<Alignment>,
    /// Which cell of its row is open.
    cell: usize,
    /// Where the open cell begins among the events.
    opened: usize,
    /// Where the head begins there, while it is open.
    head: Option<usize>,
    /// True when a cell of the head says something.
    named: bool,
}

impl Table {
    /// True for the cell that names its row.
    fn names_row(&self) -> bool {
        self.head.is_none() && !self.named && self.cell == 0
    }

    fn opening(&self) -> &'static str {
        match (self.head.is_some(), self.columns.get(self.cell)) {
            (true, Some(Alignment::Right)) => "<th scope=\"col\" class=\"right\">",
            (true, Some(Alignment::Center)) => "<th scope=\"col\" class=\"center\">",
            (true, _) => "<th scope=\"col\">",
            (false, _) if self.names_row() => "<th scope=\"row\">",
            (false, Some(Alignment::Right)) => "<td class=\"right\">",
            (false, Some(Alignment::Center)) => "<td class=\"center\">",
            (false, _) => "<td>",
        }
    }
}

impl Writer<'_, '_> {
    pub(super) fn table(&mut self, columns: Vec<Alignment>) {
        self.table = Table { columns, ..Table::default() };
        let label = self.region("document.table");
        self.raw(format!(
            "\n<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>\n"
        ));
    }

    pub(super) fn head(&mut self) {
        self.table.head = Some(self.events.len());
        self.raw("<thead><tr>");
    }

    pub(super) fn end_head(&mut self) {
        let begun = self.table.head.take().unwrap_or(self.events.len());
        if self.table.named {
            self.raw("</tr></thead><tbody>\n");
        } else {
            self.events.truncate(begun);
            self.raw("<tbody>\n");
        }
    }

    pub(super) fn row(&mut self) {
        self.table.cell = 0;
        self.raw("<tr>");
    }

    pub(super) fn cell(&mut self) {
        self.table.opened = self.events.len();
        self.raw(self.table.opening());
    }

    pub(super) fn end_cell(&mut self) {
        let empty = self.events.len() == self.table.opened + 1;
        let in_head = self.table.head.is_some();
        if in_head && empty {
            self.events.truncate(self.table.opened);
            self.raw("<td></td>");
        } else {
            self.table.named |= in_head;
            let names = in_head || self.table.names_row();
            self.raw(if names { "</th>" } else { "</td>" });
        }
        self.table.cell += 1;
    }
}
