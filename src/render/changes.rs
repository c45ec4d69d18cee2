//! What changed, newest first (R40).

use super::Make;
use super::view::{ChangeLine, Changes, HistoryLine, Month};
use crate::document::Change;
use crate::places;
use crate::portal::Changed;

/// How many entries the page holds: what is older stands at the end of each document.
const SHOWN: usize = 300;

impl<'a> Make<'a> {
    pub(super) fn changes(&self) -> Changes<'a> {
        let changes = self.portal.changes();
        let mut months: Vec<Month> = Vec::new();
        for changed in changes.iter().take(SHOWN) {
            let anchor = format!("{:04}-{:02}", changed.date.year(), changed.date.month());
            if months.last().is_none_or(|month| month.anchor != anchor) {
                let title = self.words.month(changed.date);
                months.push(Month { title, anchor, lines: Vec::new() });
            }
            if let Some(month) = months.last_mut() {
                month.lines.push(self.change_line(changed));
            }
        }
        let older = changes.len().saturating_sub(SHOWN);
        Changes {
            page: self.shell("changes", self.words.get("changes.title"), Vec::new()),
            months,
            older: (older > 0).then(|| self.words.count("changes.older", older)),
            feed: self.address.link_to(&places::at("changes.xml")),
        }
    }

    pub(super) fn change_line(&self, changed: &Changed) -> ChangeLine {
        ChangeLine {
            day: self.day(changed.date),
            document: self.mention(changed.document),
            change: self.history_line(changed.change),
        }
    }

    /// An entry of `changes`; what it does not state is empty.
    pub(super) fn history_line(&self, change: &Change) -> HistoryLine {
        let version = change.version.as_ref().map(|version| version.value.to_string());
        let summary = change.summary.as_ref().map(|summary| summary.value.clone());
        let by = change.approved_by.as_ref().map(|by| self.role_title(&by.value));
        HistoryLine {
            version: version.unwrap_or_default(),
            date: change.date.as_ref().map(|date| self.day(date.value)),
            summary: summary.unwrap_or_default(),
            approved_by: by.unwrap_or_default(),
        }
    }
}
