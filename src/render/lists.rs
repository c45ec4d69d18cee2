//! The pages that list: folders, the documents register, glossary, registers.

use std::collections::BTreeMap;

use super::Make;
use super::navigation::Here;
use super::view::{
    Badge, Cell, Column, Glossary, Group, Groups, Link, Mention, Shell, Table, TermLine,
};
use crate::places;
use crate::portal::{DocumentId, ReviewState};
use crate::register::Register;
use crate::vocabulary::Term;

impl<'a> Make<'a> {
    pub(super) fn folder(&self, folder: &str) -> Groups<'a> {
        let areas = &self.portal.areas;
        let (lead, count, sections) = match self.areas(folder) {
            Some((count, sections)) => ("folder.lead-all", count, sections),
            None => {
                let within = areas.find(folder).map(|area| areas.within(area)).unwrap_or_default();
                ("folder.lead", within.len(), self.by_rank(&within, "folder.none"))
            }
        };
        let count = self.words.count("home.documents", count);
        let crumbs =
            vec![self.link(&places::at("documents/index.html"), self.words.get("menu.documents"))];
        Groups {
            page: Shell {
                navigation: Some(self.navigation(Here { folder: Some(folder), ..Here::default() })),
                ..self.shell("folder", self.wording.folder(folder), crumbs)
            },
            lead: self.words.say(lead, &[("count", &count)]),
            files: Vec::new(),
            sections,
        }
    }

    /// What the content folder holds: how many documents that are not retired, its areas with their counts, then what lies
    /// in none of them. All documents are in the register. `None` for other folders, and where there are no areas.
    fn areas(&self, folder: &str) -> Option<(usize, Vec<Group>)> {
        let areas = &self.portal.areas;
        let top = areas.find(folder).filter(|top| top.path.is_empty())?;
        let rows: Vec<Vec<Cell>> = areas
            .below(top)
            .filter(|area| area.count > 0)
            .map(|area| {
                let link = self.link(&area.address, area.name.clone());
                let name = Cell { text: link.text, href: Some(link.href), ..Cell::default() };
                vec![name, Cell::text(area.count.to_string())]
            })
            .collect();
        if rows.is_empty() {
            return None;
        }
        let mut columns = self.columns(&[("area", "text")]);
        columns.push(Column { name: self.words.get("menu.documents"), kind: "number" });
        let mut sections = vec![Group {
            anchor: "areas".to_owned(),
            table: Table::new(self.words.get("folder.top"), columns, rows),
            title: None,
            empty: String::new(),
            sortable: true,
        }];
        if !top.documents.is_empty() {
            sections.extend(self.by_rank(&top.documents, "folder.none"));
        }
        Some((top.count, sections))
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
            sections: self.by_rank(&all, "register.none"),
        }
    }

    /// What is in force, what is not yet, what no longer is: each a table of its own (contracts 6).
    fn by_rank(&self, ids: &[DocumentId], without_any: &str) -> Vec<Group> {
        let empty = if ids.is_empty() { without_any } else { "group.empty" };
        let ranks = ["in-force", "not-in-force", "retired"];
        let groups = (0u8..).zip(ranks).filter_map(|(rank, name)| {
            let ids: Vec<DocumentId> =
                ids.iter().copied().filter(|id| self.rank(*id) == rank).collect();
            let title = self.words.get(&format!("group.{name}"));
            (rank == 0 || !ids.is_empty()).then(|| Group {
                anchor: name.to_owned(),
                table: self.document_table(&title, &ids),
                title: Some(title),
                empty: self.words.get(empty),
                sortable: true,
            })
        });
        groups.collect()
    }

    pub(super) fn document_table(&self, caption: &str, ids: &[DocumentId]) -> Table {
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
            day(self.portal.next_review(id)),
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

    pub(super) fn glossary(&self) -> Glossary<'a> {
        let library = &self.portal.library;
        let terms = &library.framework.terms;
        let anchors: BTreeMap<String, &str> =
            terms.iter().map(|term| (term.term.to_lowercase(), term.anchor.as_str())).collect();
        let anchor_of = |term: &str| anchors.get(&term.to_lowercase()).copied().unwrap_or_default();
        let ruling = |term: &Term| library.find(&term.document.as_ref()?.value);
        let terms = library.framework.terms.iter().map(|term| TermLine {
            anchor: term.anchor.clone(),
            term: term.term.clone(),
            definition: term.definition.clone(),
            aliases: term.aliases.join(", "),
            see: term
                .see
                .iter()
                .map(|other| Link::new(format!("#{}", anchor_of(other)), other))
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
        let all = self.portal.library.documents();
        let mut found: Vec<(DocumentId, &Register)> =
            all.filter_map(|(id, entry)| Some((id, entry.document.register.as_ref()?))).collect();
        found.sort_by_key(|(id, _)| (self.rank(*id), *id));
        let registers = found.into_iter().map(|(id, register)| {
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
            let asked = self.portal.state(id).review != ReviewState::Exempt;
            let Mention { href, title, mark, .. } = self.mention(id);
            vec![
                Cell { text: title, href, mark, ..Cell::default() },
                self.owner_cell(id),
                Cell { text: register.rows.len().to_string(), ..Cell::default() },
                Cell { badge: asked.then_some(overdue), ..Cell::default() },
            ]
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
