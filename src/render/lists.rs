//! The pages that list: home, folders, the documents register, roles, glossary, registers.

use std::collections::BTreeMap;

use super::Make;
use super::view::{
    Badge, Cell, Counted, Glossary, Group, Groups, Home, Link, Mention, RolePage, Table, TermLine,
};
use crate::document::Status;
use crate::places;
use crate::portal::{DocumentId, ReviewState};
use crate::vocabulary::Term;

impl<'a> Make<'a> {
    pub(super) fn home(&self) -> Home<'a> {
        let library = &self.portal.library;
        let content = super::content_folder(self.portal);
        let mut areas: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
        let mut owners: BTreeMap<&str, usize> = BTreeMap::new();
        for (id, entry) in library.documents().filter(|(id, _)| self.rank(*id) < 2) {
            let folder = places::folder_of(&entry.document.path, content);
            areas.entry(folder).or_insert((id.0, 0)).1 += 1;
            if let Some(owner) = &entry.document.front_matter.owner {
                *owners.entry(&owner.value).or_default() += 1;
            }
        }
        let mut areas: Vec<(&str, (u32, usize))> = areas.into_iter().collect();
        areas.sort_by_key(|(_, (first, _))| *first);
        let roles = library.framework.roles.iter().filter_map(|role| {
            let count = owners.get(&*role.id)?;
            Some(Counted {
                href: self.address.link_to(&places::role(&role.id)),
                text: role.title.clone(),
                count: self.words.count("home.documents", *count),
            })
        });
        let lines = |state| {
            self.in_review_state(state).into_iter().map(|id| self.review_line(id)).collect()
        };
        let drafts = library.documents().map(|(id, _)| id).filter(|id| self.rank(*id) == 1);
        Home {
            page: self.shell("home", library.config.organization.clone(), Vec::new()),
            areas: areas
                .into_iter()
                .map(|(folder, (_, count))| Counted {
                    href: self.address.link_to(&places::of_folder(folder)),
                    text: self.wording.folder(folder),
                    count: self.words.count("home.documents", count),
                })
                .collect(),
            roles: roles.collect(),
            readiness: library.primary().and_then(|_| self.readiness(0)),
            overdue: lines(ReviewState::Overdue),
            due: lines(ReviewState::Due),
            drafts: self.mentions(drafts),
            documents: self.words.count("home.documents", library.entries.len()),
            progress: self.progress_links(),
        }
    }

    pub(super) fn folder(&self, folder: &str) -> Groups<'a> {
        let content = super::content_folder(self.portal);
        let within: Vec<DocumentId> = self
            .portal
            .library
            .documents()
            .filter(|(_, entry)| {
                let own = places::folder_of(&entry.document.path, content);
                own == folder
                    || folder.is_empty()
                    || own.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
            })
            .map(|(id, _)| id)
            .collect();
        let count = self.words.count("home.documents", within.len());
        let crumbs =
            vec![self.link(&places::at("documents/index.html"), self.words.get("menu.documents"))];
        Groups {
            page: self.shell("folder", self.wording.folder(folder), crumbs),
            lead: self.words.say("folder.lead", &[("count", &count)]),
            files: Vec::new(),
            sections: self.by_rank(&within),
        }
    }

    pub(super) fn register(&self) -> Groups<'a> {
        let all: Vec<DocumentId> = self.portal.library.documents().map(|(id, _)| id).collect();
        let count = self.words.count("home.documents", all.len());
        Groups {
            page: self.shell("register", self.words.get("register.title"), Vec::new()),
            lead: self.words.say("register.lead", &[("count", &count)]),
            files: vec![
                self.link(&places::at("documents/register.csv"), "CSV"),
                self.link(&places::at("documents/register.json"), "JSON"),
            ],
            sections: self.by_rank(&all),
        }
    }

    /// What is in force, what is not yet, what no longer is: each a table of its own (contracts 6).
    fn by_rank(&self, ids: &[DocumentId]) -> Vec<Group> {
        let ranks = ["in-force", "not-in-force", "retired"];
        let groups = (0u8..).zip(ranks).filter_map(|(rank, name)| {
            let ids: Vec<DocumentId> =
                ids.iter().copied().filter(|id| self.rank(*id) == rank).collect();
            let title = self.words.get(&format!("group.{name}"));
            (rank == 0 || !ids.is_empty()).then(|| Group {
                anchor: name.to_owned(),
                table: self.document_table(&title, &ids),
                title: Some(title),
                empty: self.words.get("group.empty"),
                sortable: true,
            })
        });
        groups.collect()
    }

    fn document_table(&self, caption: &str, ids: &[DocumentId]) -> Table {
        let columns = [
            ("reference", "text"),
            ("title", "text"),
            ("type", "text"),
            ("version", "text"),
            ("status", "text"),
            ("owner", "text"),
            ("approved-on", "date"),
            ("next-review", "date"),
            ("review-state", "text"),
        ];
        Table::new(caption, self.columns(&columns), ids.iter().map(|id| self.document_row(*id)))
    }

    fn document_row(&self, id: DocumentId) -> Vec<Cell> {
        let entry = self.portal.library.entry(id);
        let document = &*entry.document;
        let Mention { href, title, reference, document_type, mark } = self.mention(id);
        let text = |text: String| Cell { text, ..Cell::default() };
        let day = |date: Option<jiff::civil::Date>| Cell {
            date: date.map(|date| self.day(date)),
            ..Cell::default()
        };
        let version =
            document.front_matter.version.as_ref().map(|version| version.value.to_string());
        vec![
            Cell { text: reference.unwrap_or_default(), ..Cell::default() },
            Cell { text: title, href, mark, ..Cell::default() },
            text(document_type.unwrap_or_default()),
            text(version.unwrap_or_default()),
            Cell { badge: Some(self.status_badge(document.status())), ..Cell::default() },
            self.owner_cell(id),
            day(document.approval().map(|approval| approval.date)),
            day(entry.next_review()),
            Cell { badge: Some(self.review_badge(id)), ..Cell::default() },
        ]
    }

    pub(super) fn owner_cell(&self, id: DocumentId) -> Cell {
        let owner = self.portal.library.entry(id).document.front_matter.owner.as_ref();
        let Some(owner) = owner else { return Cell::default() };
        match self.role_link(&owner.value) {
            Some(link) => Cell { text: link.text, href: Some(link.href), ..Cell::default() },
            None => Cell { text: owner.value.clone(), ..Cell::default() },
        }
    }

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
        let ownerless: Vec<DocumentId> = library
            .documents()
            .filter(|(_, entry)| {
                let owner = entry.document.front_matter.owner.as_ref();
                owner.is_none_or(|owner| library.framework.role(&owner.value).is_none())
            })
            .map(|(id, _)| id)
            .collect();
        let group = |name: &str, table: &dyn Fn(&str) -> Table| {
            let title = self.words.get(&format!("roles.{name}"));
            Group {
                anchor: name.to_owned(),
                table: table(&title),
                title: Some(title),
                empty: self.words.get("roles.none"),
                sortable: false,
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
        let library = &self.portal.library;
        let role = &library.framework.roles[index];
        let named = |typed: &Option<crate::document::Typed<String>>| {
            typed.as_ref().is_some_and(|typed| typed.value == role.id)
        };
        let shown = || library.documents().filter(|(id, _)| self.rank(*id) < 2);
        let mut owns: Vec<DocumentId> = shown()
            .filter(|(_, entry)| named(&entry.document.front_matter.owner))
            .map(|(id, _)| id)
            .collect();
        owns.sort_by_key(|id| (self.rank(*id), library.entry(*id).next_review(), *id));
        let approves = shown()
            .filter(|(_, entry)| named(&entry.document.front_matter.approver))
            .map(|(id, _)| id);
        let crumbs = vec![self.link(&places::at("roles/index.html"), self.words.get("menu.roles"))];
        RolePage {
            page: self.shell("role", role.title.clone(), crumbs),
            summary: role.summary.clone(),
            duties: role.duties.clone(),
            owns: owns.into_iter().map(|id| self.review_line(id)).collect(),
            approves: self.mentions(approves),
        }
    }

    pub(super) fn glossary(&self) -> Glossary<'a> {
        let library = &self.portal.library;
        let terms = &library.framework.terms;
        let anchors: BTreeMap<String, &str> =
            terms.iter().map(|term| (term.term.to_lowercase(), term.anchor.as_str())).collect();
        let anchor_of = |term: &str| anchors.get(&term.to_lowercase()).copied().unwrap_or_default();
        let ruling = |term: &Term| library.find(term.document.as_ref()?);
        let terms = library.framework.terms.iter().map(|term| TermLine {
            anchor: term.anchor.clone(),
            term: term.term.clone(),
            definition: term.definition.clone(),
            aliases: term.aliases.join(", "),
            see: term
                .see
                .iter()
                .map(|other| Link { href: format!("#{}", anchor_of(other)), text: other.clone() })
                .collect(),
            document: ruling(term).map(|id| self.mention(id)),
            rules: ruling(term).is_some_and(|id| self.rank(id) == 0),
        });
        Glossary {
            page: self.shell("glossary", self.words.get("menu.glossary"), Vec::new()),
            terms: terms.collect(),
        }
    }

    pub(super) fn registers(&self) -> Groups<'a> {
        let registers = self.portal.library.documents().filter_map(|(id, entry)| {
            let register = entry.document.register.as_ref()?;
            let overdue = register
                .rows
                .iter()
                .filter_map(|row| register.due(row))
                .filter(|due| *due < self.portal.view.today)
                .count();
            let overdue = Badge {
                kind: if overdue == 0 { "current" } else { "overdue" },
                text: overdue.to_string(),
                until: self.portal.state(id).rows_until.map(|until| until.to_string()),
            };
            let Mention { href, title, mark, .. } = self.mention(id);
            Some(vec![
                Cell { text: title, href, mark, ..Cell::default() },
                self.owner_cell(id),
                Cell { text: register.rows.len().to_string(), ..Cell::default() },
                Cell { badge: Some(overdue), ..Cell::default() },
            ])
        });
        let columns =
            [("title", "text"), ("owner", "text"), ("rows", "number"), ("rows-overdue", "number")];
        let title = self.words.get("registers.title");
        Groups {
            page: self.shell("registers", title.clone(), Vec::new()),
            lead: self.words.get("registers.lead"),
            files: Vec::new(),
            sections: vec![Group {
                title: None,
                anchor: "registers".to_owned(),
                table: Table::new(title, self.columns(&columns), registers),
                empty: self.words.get("registers.none"),
                sortable: true,
            }],
        }
    }
}
