//! What changed, by the entries of `changes` (R40).

use jiff::civil::Date;

use super::{DocumentId, Portal};
use crate::document::Change;

/// An entry of a document's `changes` that has a date.
#[derive(Debug, Clone, Copy)]
pub struct Changed<'a> {
    /// The document.
    pub document: DocumentId,
    /// Its day.
    pub date: Date,
    /// The entry.
    pub change: &'a Change,
}

impl Portal {
    /// The dated changes up to the day of the view, newest first, those of one day in portal order.
    pub fn changes(&self) -> Vec<Changed<'_>> {
        let mut changes: Vec<Changed> = self
            .library
            .documents()
            .flat_map(|(document, entry)| {
                entry.document.front_matter.changes.iter().filter_map(move |change| {
                    let date = change.date.as_ref()?.value;
                    Some(Changed { document, date, change })
                })
            })
            .filter(|changed| changed.date <= self.view.today)
            .collect();
        changes.sort_by(|a, b| b.date.cmp(&a.date).then(a.document.cmp(&b.document)));
        changes
    }
}
