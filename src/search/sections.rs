//! What can be found in a portal: its documents section by section, rows of registers, clauses, roles, terms.
//!
//! All of it is taken from the portal, in which nothing is left of what the view may not see (contracts 6).

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::engine::{self, Page, Section};
use crate::document::{ClauseRef, Document, Passage, Status};
use crate::naming;
use crate::numbering::{self, Resolved};
use crate::places;
use crate::portal::{Entry, Portal};
use crate::register::{ColumnKind, Register};
use crate::standard::{Clause, ClauseNumber, Standard};
use crate::wording::Wording;

/// The type of a clause among types of documents.
const CLAUSE: &str = "clause";
/// The types of what is no document.
pub(super) const KINDS: [&str; 3] = [CLAUSE, ROLE, TERM];
/// The type of a role.
const ROLE: &str = "role";
/// The type of a term.
pub(super) const TERM: &str = "term";

/// The day as the engine counts it: days from 1 January 1970.
pub fn day(date: Date) -> i32 {
    let since = date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24;
    i32::try_from(since).unwrap_or(0)
}

/// All sections in portal order: documents, then clauses, roles and terms.
pub fn sections(portal: &Portal, wording: Wording) -> Vec<Section> {
    each_section(portal, wording).collect()
}

/// The same one after the other, each made when it is asked for.
pub fn each_section<'a>(
    portal: &'a Portal,
    wording: Wording<'a>,
) -> impl Iterator<Item = Section> + 'a {
    let of = Sections { portal, wording };
    let library = &portal.library;
    let documents = library.entries.iter().flat_map(move |entry| of.document(entry));
    let standards = library.framework.standards.iter().enumerate();
    let clauses = standards.flat_map(move |(index, standard)| {
        standard.clauses.iter().map(move |clause| of.clause(index, standard, clause))
    });
    documents.chain(clauses).chain(of.roles()).chain(of.terms())
}

#[derive(Clone, Copy)]
struct Sections<'a> {
    portal: &'a Portal,
    wording: Wording<'a>,
}

impl Sections<'_> {
    fn document(self, entry: &Entry) -> Vec<Section> {
        // A document without an address has no page (contracts 5).
        let Some(address) = &entry.address else { return Vec::new() };
        let document = &*entry.document;
        let matter = &document.front_matter;
        let texts = |typed: &[crate::document::Typed<String>]| -> Vec<String> {
            typed.iter().map(|typed| typed.value.clone()).collect()
        };
        let text = |typed: Option<&crate::document::Typed<String>>| {
            typed.map(|typed| typed.value.clone()).unwrap_or_default()
        };
        let folder = places::folder_of(&document.path, &self.portal.library.content);
        let claimed = document.claims.iter().flat_map(|claim| self.claimed(&claim.clause));
        let (standards, clauses): (BTreeSet<String>, BTreeSet<String>) = claimed.unzip();
        let page = Arc::new(Page {
            title: document.title().to_owned(),
            other_titles: texts(&matter.aliases),
            keywords: texts(&matter.keywords),
            codes: document.reference().map(str::to_owned).into_iter().collect(),
            clauses: clauses.into_iter().collect(),
            standards: standards.into_iter().collect(),
            kind: document.document_type().map_or("", |known| known.name()).to_owned(),
            reference: text(matter.reference.as_ref()),
            version: matter.version.as_ref().map(|v| v.value.to_string()).unwrap_or_default(),
            owner: text(matter.owner.as_ref()),
            status: Some(status(document)),
            effective: document.in_force_from().map(day),
            review: entry.next_review().map(day),
            crumbs: self.wording.folder(folder),
            url: address.to_string(),
            path: document.path.to_string(),
        });
        let mut lines = Lines { text: &document.text, at: 0, line: 1 };
        let claims = |section: Option<usize>| -> Vec<String> {
            let own = document.claims.iter().filter(|claim| claim.section == section);
            self.clauses(own.map(|claim| &claim.clause))
        };
        let plain = |passage: &Passage| {
            let text = self.wording.passage(self.portal, entry, passage);
            text.trim().to_owned()
        };
        let mut sections = vec![Section {
            page: Arc::clone(&page),
            claims: claims(None),
            text: plain(&document.preface),
            line: lines.of(document.body),
            ..Section::default()
        }];
        for (index, section) in document.sections.iter().enumerate() {
            sections.push(Section {
                page: Arc::clone(&page),
                heading: Some(plain(&section.title)),
                anchor: section.anchor.clone(),
                claims: claims(Some(index)),
                text: plain(&section.text),
                line: lines.of(section.range.start),
                ..Section::default()
            });
        }
        if let Some(register) = &document.register {
            sections.extend(self.rows(&page, register));
        }
        sections
    }

    fn rows(self, page: &Arc<Page>, register: &Register) -> Vec<Section> {
        let mut rows = Vec::with_capacity(register.rows.len());
        let texts = &self.portal.library.texts;
        let file = texts.0.get(&register.path).map(|text| &**text);
        let mut lines = Lines { text: file.unwrap_or(""), at: 0, line: 1 };
        for (index, row) in register.rows.iter().enumerate() {
            let mut name = Vec::new();
            let mut text = Vec::new();
            for (column, cell) in register.columns.iter().zip(&row.cells) {
                let value = self.cell(&column.kind, cell.text.trim());
                if value.is_empty() {
                    continue;
                }
                if name.len() < 2 && matches!(column.kind, ColumnKind::Text) {
                    name.push(value.clone());
                }
                text.push(format!("{}: {value}", column.name.replace('_', " ")));
            }
            rows.push(Section {
                page: Arc::clone(page),
                heading: Some(short(&name.join(" · "))),
                anchor: places::row(index),
                claims: self.clauses(row.claims.iter().map(|claim| &claim.value)),
                text: text.join(" · "),
                line: lines.of(row.range.start),
                path: Some(register.path.to_string()),
                ..Section::default()
            });
        }
        rows
    }

    /// The words of a cell, as they are shown.
    fn cell(self, kind: &ColumnKind, text: &str) -> String {
        let library = &self.portal.library;
        match kind {
            ColumnKind::Role => {
                library.framework.role(text).map_or_else(|| text.to_owned(), |r| r.title.clone())
            }
            ColumnKind::Reference if !text.is_empty() => match library.find(text) {
                Some(id) => library.entry(id).document.title().to_owned(),
                // A document that is not shown leaves no name.
                None => self.wording.0.get("document.not-shown"),
            },
            _ => text.to_owned(),
        }
    }

    /// The clauses that are claimed, however they are typed.
    fn clauses<'c>(self, claimed: impl Iterator<Item = &'c ClauseRef>) -> Vec<String> {
        claimed.flat_map(|clause| self.claimed(clause)).map(|(_, clause)| clause).collect()
    }

    /// What a claimed clause comes to, each with the id of its standard: itself and, where the number is an old one, the
    /// unit that it counts for. What is no clause stays as it is typed.
    fn claimed(self, clause: &ClauseRef) -> Vec<(String, String)> {
        let library = &self.portal.library;
        let (framework, config) = (&*library.framework, &*library.config);
        let named = |index: usize, number: &ClauseNumber| {
            (framework.standards[index].id.clone(), self.clause_name(index, number))
        };
        let Some((index, found)) = numbering::find(clause, framework, config) else {
            return vec![(config.standard_of(clause).to_owned(), clause.to_string())];
        };
        let own = named(index, &found.number);
        match numbering::resolve(clause, framework, config) {
            Resolved::OldNumbering { standard, targets, .. } if targets.len() == 1 => {
                vec![own, named(standard, &targets[0])]
            }
            _ => vec![own],
        }
    }

    /// A clause as filters ask for it: of another standard than the primary one with the id of that.
    fn clause_name(self, standard: usize, number: &ClauseNumber) -> String {
        match standard {
            0 => number.to_string(),
            _ => format!("{}:{number}", self.portal.library.framework.standards[standard].id),
        }
    }

    fn clause(self, index: usize, standard: &Standard, clause: &Clause) -> Section {
        let page = Arc::new(Page {
            title: clause.name(),
            codes: vec![clause.number.to_string()],
            clauses: vec![self.clause_name(index, &clause.number)],
            standards: vec![standard.id.clone()],
            kind: CLAUSE.to_owned(),
            crumbs: standard.title.clone(),
            url: places::clause(self.portal, index, &clause.number).to_string(),
            path: clause.span.path.to_string(),
            ..Page::default()
        });
        let line = self.line(&clause.span);
        let points = clause.points.iter().map(|point| &point.text);
        let text: Vec<&str> = clause
            .summary
            .iter()
            .chain(clause.expects.iter().map(|expected| &expected.what))
            .chain(points)
            .map(String::as_str)
            .collect();
        Section { page, text: text.join("\n"), line, ..Section::default() }
    }

    fn roles(self) -> Vec<Section> {
        let roles = self.portal.library.framework.roles.iter().map(|role| {
            // The id is no reference: it is of plain words, with which people look for documents.
            let id = Some(role.id.replace('-', " "));
            let other = id.filter(|id| naming::folded(id) != naming::folded(&role.title));
            let page = Arc::new(Page {
                title: role.title.clone(),
                other_titles: other.into_iter().collect(),
                kind: ROLE.to_owned(),
                crumbs: self.wording.0.get("menu.roles"),
                url: places::role(&role.id).to_string(),
                path: role.span.path.to_string(),
                ..Page::default()
            });
            let text = std::iter::once(&role.summary).chain(&role.duties);
            let text: Vec<&str> = text.map(String::as_str).collect();
            let line = self.line(&role.span);
            Section { page, text: text.join("\n"), line, ..Section::default() }
        });
        roles.collect()
    }

    fn terms(self) -> Vec<Section> {
        let terms = &self.portal.library.framework.terms;
        let Some(first) = terms.first() else { return Vec::new() };
        let title = self.wording.0.get("menu.glossary");
        let page = Arc::new(Page {
            title: title.clone(),
            kind: TERM.to_owned(),
            crumbs: title,
            url: places::at("glossary.html").to_string(),
            path: first.span.path.to_string(),
            ..Page::default()
        });
        let glossary = Section { page: Arc::clone(&page), ..Section::default() };
        let terms = terms.iter().map(|term| Section {
            page: Arc::clone(&page),
            heading: Some(term.term.clone()),
            anchor: term.anchor.clone(),
            keywords: term.aliases.clone(),
            text: term.definition.clone(),
            line: self.line(&term.span),
            ..Section::default()
        });
        std::iter::once(glossary).chain(terms).collect()
    }

    /// The line that a span begins in.
    fn line(self, span: &crate::diagnostic::Span) -> String {
        let text = self.portal.library.texts.0.get(&span.path);
        text.map_or_else(String::new, |text| Lines { text, at: 0, line: 1 }.of(span.start))
    }
}

/// The status as the engine knows it.
fn status(document: &Document) -> engine::Status {
    match document.status() {
        None => engine::Status::Unstated,
        Some(Status::Draft) => engine::Status::Draft,
        Some(Status::InReview) => engine::Status::InReview,
        Some(Status::Approved) => engine::Status::Approved,
        Some(Status::Retired) => engine::Status::Retired,
    }
}

/// The first words of a name that may be a whole text.
fn short(name: &str) -> String {
    const LONGEST: usize = 90;
    match name.char_indices().nth(LONGEST) {
        None => name.to_owned(),
        Some((end, _)) => {
            let end = name[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &name[..end])
        }
    }
}

/// Counts the lines of a text from one place to the next.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of byte `at`, which lies behind the ones asked for before. Empty when there is no text.
    fn of(&mut self, at: usize) -> String {
        if self.text.is_empty() {
            return String::new();
        }
        let (from, to) = (self.at.min(self.text.len()), at.min(self.text.len()));
        if from <= to {
            self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..to]).count();
            self.at = to;
        }
        self.line.to_string()
    }
}
