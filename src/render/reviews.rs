//! The page of reviews: what is overdue, what is due, and how much of it each owner has.

use std::collections::BTreeMap;

use super::Make;
use super::view::{Cell, Group, Groups, Mention, Table};
use crate::naming::sort_key;
use crate::places;
use crate::portal::{DocumentId, ReviewState};

impl<'a> Make<'a> {
    pub(super) fn reviews(&self) -> Groups<'a> {
        let mut groups = Vec::new();
        for state in
            [ReviewState::Overdue, ReviewState::Due, ReviewState::Unscheduled, ReviewState::Current]
        {
            let ids = self.in_review_state(state);
            groups.push(Group {
                title: Some(self.words.get(&format!("reviews.{}", state.name()))),
                anchor: state.name().to_owned(),
                table: self
                    .review_table(&self.words.get(&format!("reviews.{}", state.name())), &ids),
                empty: self.words.get("reviews.none"),
                sortable: true,
            });
        }
        groups.insert(2, self.rows_due());
        groups.insert(4, self.reviews_by_owner());
        let soon = usize::try_from(self.portal.view.due_soon_days).unwrap_or(usize::MAX);
        Groups {
            page: self.shell("reviews", self.words.get("reviews.title"), Vec::new()),
            lead: self.words.count("reviews.lead", soon),
            files: vec![self.link(&places::at("reviews.json"), "JSON")],
            sections: groups,
        }
    }

    fn review_table(&self, caption: &str, ids: &[DocumentId]) -> Table {
        let columns = [
            ("title", "text"),
            ("reference", "text"),
            ("owner", "text"),
            ("next-review", "date"),
            ("days", "text"),
        ];
        let rows = ids.iter().map(|id| {
            let line = self.review_line(*id);
            let Mention { href, title, reference, mark, .. } = line.document;
            vec![
                Cell { text: title, href, mark, ..Cell::default() },
                Cell { text: reference.unwrap_or_default(), ..Cell::default() },
                self.owner_cell(*id),
                Cell { date: line.date, badge: Some(line.state), ..Cell::default() },
                Cell { text: line.days, days: true, ..Cell::default() },
            ]
        });
        Table::new(caption, self.columns(&columns), rows)
    }

    /// The rows of registers that are overdue or due soon (contracts 2).
    fn rows_due(&self) -> Group {
        let columns =
            [("title", "text"), ("row", "text"), ("owner", "text"), ("next-review", "date")];
        let mut rows = Vec::new();
        for (id, entry) in self.portal.library.documents() {
            let Some(register) = &entry.document.register else { continue };
            if self.portal.state(id).review == ReviewState::Exempt {
                continue;
            }
            for row in &register.rows {
                let Some(due) = register.due(row) else { continue };
                let badge = self.due_badge(due);
                if badge.kind == ReviewState::Current.name() {
                    continue;
                }
                let Mention { href, title, mark, .. } = self.mention(id);
                let owner = register.text(row, "owner").and_then(|owner| self.role_link(owner));
                let cells = vec![
                    Cell { text: title, href, mark, ..Cell::default() },
                    Cell {
                        text: row
                            .cells
                            .first()
                            .map(|cell| cell.text.trim().to_owned())
                            .unwrap_or_default(),
                        ..Cell::default()
                    },
                    owner.map_or_else(
                        || self.owner_cell(id),
                        |link| Cell { text: link.text, href: Some(link.href), ..Cell::default() },
                    ),
                    Cell { date: Some(self.day(due)), badge: Some(badge), ..Cell::default() },
                ];
                rows.push((due, cells));
            }
        }
        rows.sort_by_key(|(due, _)| *due);
        let title = self.words.get("reviews.rows");
        Group {
            anchor: "rows".to_owned(),
            table: Table::new(
                title.clone(),
                self.columns(&columns),
                rows.into_iter().map(|(_, cells)| cells),
            ),
            title: Some(title),
            empty: self.words.get("reviews.none"),
            sortable: true,
        }
    }

    /// For each owner how many reviews are overdue and due (R105).
    fn reviews_by_owner(&self) -> Group {
        let mut owners: BTreeMap<Option<&str>, [usize; 3]> = BTreeMap::new();
        for (id, entry) in self.portal.library.documents() {
            let state = match self.portal.state(id).review {
                ReviewState::Overdue => 0,
                ReviewState::Due => 1,
                ReviewState::Current => 2,
                ReviewState::Unscheduled | ReviewState::Exempt => continue,
            };
            let owner = entry.document.front_matter.owner.as_ref();
            owners.entry(owner.map(|owner| owner.value.as_str())).or_default()[state] += 1;
        }
        let named = owners.into_iter().map(|(id, counts)| {
            let name =
                id.map_or_else(|| self.words.get("reviews.no-owner"), |id| self.role_apart(id));
            let href = id.and_then(|id| self.role_link(id)).map(|link| link.href);
            (name, href, counts)
        });
        // What nobody owns comes last.
        let mut named: Vec<_> = named.collect();
        named.sort_by_cached_key(|(name, href, _)| (href.is_none(), sort_key(name)));
        let title = self.words.get("reviews.by-owner");
        let number = |n: usize| Cell { text: n.to_string(), ..Cell::default() };
        let rows = named.into_iter().map(|(name, href, [overdue, due, current])| {
            vec![
                Cell { text: name, href, ..Cell::default() },
                number(overdue),
                number(due),
                number(current),
            ]
        });
        let columns =
            [("owner", "text"), ("overdue", "number"), ("due", "number"), ("current", "number")];
        Group {
            anchor: "by-owner".to_owned(),
            table: Table::new(title.clone(), self.columns(&columns), rows),
            title: Some(title),
            empty: self.words.get("reviews.none"),
            sortable: true,
        }
    }
}
