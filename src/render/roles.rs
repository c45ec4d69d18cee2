//! Roles: the list, and the page of one with all that concerns it (R23, R25).

use super::Make;
use super::view::{Cell, Group, Groups, RoleGroup, RoleLine, RolePage, Table};
use crate::document::Status;
use crate::places;
use crate::portal::{DocumentId, Entry, ReviewState, Target};

impl<'a> Make<'a> {
    pub(super) fn roles(&self) -> Groups<'a> {
        let library = &self.portal.library;
        let owned = |role: &str| {
            let of = library.entries.iter().filter(|entry| {
                let owner = entry.document.front_matter.owner.as_ref();
                owner.is_some_and(|owner| owner.value == role)
                    && entry.document.status() != Some(Status::Retired)
            });
            of.count()
        };
        let table = |caption: &str, roles: Vec<&crate::vocabulary::Role>| {
            let rows = roles.into_iter().map(|role| {
                let link = self.link(&places::role(&role.id), role.title.clone());
                vec![
                    Cell { text: link.text, href: Some(link.href), ..Cell::default() },
                    Cell { text: role.summary.clone(), ..Cell::default() },
                    Cell { text: owned(&role.id).to_string(), ..Cell::default() },
                ]
            });
            let columns = [("role", "text"), ("for", "text"), ("owns", "number")];
            Table::new(caption, self.columns(&columns), rows)
        };
        let (with, without): (Vec<_>, Vec<_>) =
            library.framework.roles.iter().partition(|role| owned(&role.id) > 0);
        let mut ownerless: Vec<DocumentId> = library
            .documents()
            .filter(|(id, entry)| {
                let owner = entry.document.front_matter.owner.as_ref();
                let known = owner.and_then(|owner| library.framework.role(&owner.value));
                known.is_none() && self.rank(*id) < 2
            })
            .map(|(id, _)| id)
            .collect();
        ownerless.sort_by_key(|id| (self.rank(*id), *id));
        let group = |name: &str, table: &dyn Fn(&str) -> Table| {
            let title = self.words.get(&format!("roles.{name}"));
            Group {
                anchor: name.to_owned(),
                table: table(&title),
                title: Some(title),
                empty: self.words.get(if library.framework.roles.is_empty() {
                    "roles.no-roles"
                } else {
                    "roles.none"
                }),
                sortable: true,
            }
        };
        Groups {
            page: self.shell("roles", self.words.get("roles.title"), Vec::new()),
            lead: self.words.get("roles.lead"),
            files: Vec::new(),
            sections: vec![
                group("with", &|title| table(title, with.clone())),
                group("without", &|title| table(title, without.clone())),
                group("ownerless", &|title| self.document_table(title, &ownerless)),
            ],
        }
    }

    pub(super) fn role(&self, index: usize) -> RolePage<'a> {
        let role = &self.portal.library.framework.roles[index];
        let crumbs = vec![self.link(&places::at("roles/index.html"), self.words.get("menu.roles"))];
        RolePage {
            page: self.shell("role", role.title.clone(), crumbs),
            id: &role.id,
            summary: role.summary.clone(),
            duties: role.duties.clone(),
            groups: self.role_groups(index),
        }
    }

    /// What concerns a role, weightiest first: what it is to review, what is addressed to it, what gives it work, what
    /// it owns, what it approves. What is retired is left out, what is not in force comes last.
    pub(super) fn role_groups(&self, index: usize) -> Vec<RoleGroup> {
        let library = &self.portal.library;
        let role = &library.framework.roles[index];
        let named = |typed: &Option<crate::document::Typed<String>>| {
            typed.as_ref().is_some_and(|typed| typed.value == role.id)
        };
        let owns = |entry: &Entry| named(&entry.document.front_matter.owner);
        let with = |wanted: &dyn Fn(DocumentId, &Entry) -> bool| {
            let mut ids: Vec<DocumentId> = library
                .documents()
                .filter(|(id, entry)| self.rank(*id) < 2 && wanted(*id, entry))
                .map(|(id, _)| id)
                .collect();
            ids.sort_by_key(|id| (self.rank(*id), *id));
            ids
        };
        let mut review = with(&|id, entry| {
            owns(entry)
                && matches!(self.portal.state(id).review, ReviewState::Overdue | ReviewState::Due)
        });
        review.sort_by_key(|id| (library.entry(*id).next_review(), *id));
        let addressed = with(&|_, entry| {
            entry.document.front_matter.audience.iter().any(|group| role.is_of(&group.value))
        });
        let works_by = with(&|_, entry| entry.targets.contains(&Target::Role(index)));
        let owned = with(&|_, entry| owns(entry));
        let until = owned.iter().filter_map(|id| self.portal.state(*id).until).min();
        let approves = with(&|_, entry| named(&entry.document.front_matter.approver));
        [
            ("reviews", review),
            ("addressed", addressed),
            ("named-in", works_by),
            ("owns", owned),
            ("approves", approves),
        ]
        .into_iter()
        .map(|(name, ids)| RoleGroup {
            anchor: name,
            title: self.words.get(&format!("roles.{name}")),
            empty: self.words.get(&format!("roles.{name}-none")),
            until: until.filter(|_| name == "reviews").map(|day| day.to_string()),
            lines: ids.into_iter().map(|id| self.role_line(id)).collect(),
        })
        .collect()
    }

    fn role_line(&self, id: DocumentId) -> RoleLine {
        let line = self.review_line(id);
        RoleLine {
            state: (line.state.kind != "exempt").then_some(line.state),
            document: line.document,
            date: line.date,
        }
    }
}
