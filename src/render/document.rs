//! The page of one document.

use jiff::civil::Date;

use super::navigation::Here;
use super::view::{
    Badge, Banner, Branch, Cell, ClaimLine, Column, ContentsItem, DocumentPage, Fact, HistoryLine,
    Link, Mention, Shell, Table,
};
use super::{Make, body};
use crate::address::leads_outside;
use crate::diagnostic::{self, Severity};
use crate::document::{ClauseRef, Document, Status};
use crate::numbering;
use crate::period::next_day;
use crate::places;
use crate::portal::{DocumentId, Entry, ReviewState};
use crate::register::{ColumnKind, Register};
use crate::standard::Clause;

/// How many documents above one its tree shows. Policy, process, procedure and record are four; a chain that is longer
/// is a mistake of somebody, and no page is to be as deep as that.
const LEVELS: usize = 8;

impl<'a> Make<'a> {
    pub(super) fn document(&self, id: DocumentId) -> DocumentPage<'a> {
        let entry = self.portal.library.entry(id);
        let document = &*entry.document;
        let folder = places::folder_of(&document.path, super::content_folder(self.portal));
        let folder_link = self.link(&places::of_folder(folder), self.wording.folder(folder));
        let crumbs = vec![
            self.link(&places::at("documents/index.html"), self.words.get("menu.documents")),
            folder_link,
        ];
        let body = body::html(self.portal, self.words, id, self.address);
        let primary = document.claims.first().and_then(|claim| {
            let library = &self.portal.library;
            numbering::find(&claim.clause, &library.framework, &library.config)
        });
        let here = Here {
            folder: Some(folder),
            document: Some(id),
            standard: primary.map_or(0, |(standard, _)| standard),
            clause: primary.map(|(_, clause)| &clause.number),
            by_clause: false,
        };
        let shell = self.shell("document", document.title().to_owned(), crumbs);
        let (card, further) = self.facts(id);
        DocumentPage {
            page: Shell {
                navigation: Some(self.navigation(here)),
                print_line: self.print_line(document),
                ..shell
            },
            banners: self.banners(id),
            card,
            further,
            contents: self.contents(entry),
            cards: self.cards(&body.leads_to),
            highlighted: body.highlighted,
            body: body.html,
            table: document.register.as_ref().map(|register| self.rows(document, register)),
            tree: self.tree(id),
            related: self.mentions(entry.related.iter().copied()),
            replaces: self.mentions(entry.replaces.iter().copied()),
            linked_from: self.mentions(entry.linked_from.iter().copied()),
            claims: self.claim_lines(entry),
            history: self.history(document),
            previous: self.neighbour(id, false),
            next: self.neighbour(id, true),
            edit: self.edit_link(document),
        }
    }

    /// What governs a document, up to [`LEVELS`] above it, and what it governs below it (R50).
    fn tree(&self, id: DocumentId) -> Vec<Branch> {
        let library = &self.portal.library;
        let entry = library.entry(id);
        if entry.governed_by.is_empty() && entry.governs.is_empty() {
            return Vec::new();
        }
        let leaf = |mention| Branch { document: mention, here: false, below: Vec::new() };
        let own = Branch {
            document: self.mention(id),
            here: true,
            below: self.mentions(entry.governs.iter().copied()).into_iter().map(leaf).collect(),
        };
        let mut parents = entry.governed_by.clone();
        parents.sort_by_key(|id| (self.rank(*id), *id));
        let Some(first) = parents.first().copied() else { return vec![own] };
        // What governs it first of all is followed up; a cycle, which is an error, ends there.
        let mut chain = vec![id, first];
        while let Some(above) = library.entry(chain[chain.len() - 1]).governed_by.first() {
            if chain.len() > LEVELS || chain.contains(above) {
                break;
            }
            chain.push(*above);
        }
        let mut level = vec![Branch { below: vec![own], ..leaf(self.mention(first)) }];
        level.extend(parents[1..].iter().map(|other| leaf(self.mention(*other))));
        for above in &chain[2..] {
            level = vec![Branch { below: level, ..leaf(self.mention(*above)) }];
        }
        level
    }

    fn banners(&self, id: DocumentId) -> Vec<Banner> {
        let entry = self.portal.library.entry(id);
        let document = &*entry.document;
        let state = self.portal.state(id);
        let until = state.until.map(|until| until.to_string());
        let mut banners = Vec::new();
        let since = document.in_force_from().filter(|_| state.in_force);
        let in_force = since.map(|since| self.in_force(id, since));
        // What does not count is not green, and what is wrong with it comes first.
        let green = state.not_counting.is_none();
        banners.extend(in_force.clone().filter(|_| green));
        let (next, today) = (entry.next_review(), self.portal.view.today);
        let owner = document.front_matter.owner.as_ref();
        let owner = owner.map(|owner| self.role_title(&owner.value));
        let owner = &*owner.unwrap_or_else(|| self.words.get("banner.no-owner"));
        match document.status() {
            Some(Status::Draft) => {
                banners.push(banner("draft", self.words.get("banner.draft")));
            }
            Some(Status::InReview) => {
                banners.push(banner("in-review", self.words.get("banner.in-review")));
            }
            Some(Status::Retired) => {
                let key = match entry.replaced_by {
                    Some(successor) if self.portal.state(successor).in_force => "banner.superseded",
                    Some(_) => "banner.superseded-later",
                    None if document.front_matter.replaced_by.is_some() => "banner.retired",
                    None => "banner.withdrawn",
                };
                let links = self.mentions(entry.replaced_by);
                banners.push(Banner { links, ..banner("retired", self.words.get(key)) });
            }
            None => banners.push(banner("error", self.words.get("banner.no-status"))),
            Some(Status::Approved) => {}
        }
        if document.status() == Some(Status::Approved) && !state.in_force {
            let text = match document.in_force_from() {
                Some(day) => self.words.say("banner.not-yet", &[("date", &self.words.date(day))]),
                None if document.own_approval().is_some() => {
                    self.words.get("banner.effective-unknown")
                }
                None => self.words.get("banner.not-approved"),
            };
            banners.push(Banner { until: until.clone(), ..banner("not-yet", text) });
        }
        let review = |key: &str, date: Date| {
            let days = self.wording.days(today, date);
            self.words
                .say(key, &[("date", &self.words.date(date)), ("days", &days), ("owner", owner)])
        };
        if let Some(next) = next {
            let overdue = self
                .words
                .say("banner.overdue-from", &[("date", &self.words.date(next)), ("owner", owner)]);
            match state.review {
                ReviewState::Overdue => {
                    banners.push(banner("overdue", review("banner.overdue", next)));
                }
                ReviewState::Due | ReviewState::Current => {
                    if state.review == ReviewState::Due {
                        let text = review("banner.due", next);
                        banners.push(Banner { until: until.clone(), ..banner("due", text) });
                    }
                    // By the reader's clock, shown once the day has come (contracts 4).
                    let from = Some(next_day(next).to_string());
                    banners.push(Banner { from, ..banner("overdue", overdue) });
                }
                ReviewState::Unscheduled | ReviewState::Exempt => {}
            }
        } else if state.review == ReviewState::Unscheduled {
            banners.push(banner("unscheduled", self.words.get("banner.unscheduled")));
        }
        banners.extend(self.errors(document));
        banners.extend(in_force.filter(|_| !green));
        banners
    }

    /// Says that a document is in force, since when, and until when it was looked at; green only where it counts.
    fn in_force(&self, id: DocumentId, since: Date) -> Banner {
        let entry = self.portal.library.entry(id);
        let state = self.portal.state(id);
        let version = entry.document.front_matter.version.as_ref();
        let version = version.map(|version| version.value.to_string()).unwrap_or_default();
        let since = self.words.date(since);
        let mut text =
            self.words.say("banner.in-force-since", &[("version", &version), ("date", &since)]);
        if let (Some(next), ReviewState::Current) = (entry.next_review(), state.review) {
            let next = self.words.say("banner.next-review", &[("date", &self.words.date(next))]);
            text = format!("{text} {next}");
        }
        let kind = if state.not_counting.is_none() { "in-force" } else { "calm" };
        Banner { until: state.until.map(|until| until.to_string()), ..banner(kind, text) }
    }

    /// The findings at error level, so that nobody relies on a document that is wrong.
    fn errors(&self, document: &Document) -> Option<Banner> {
        let rows = document.register.as_ref().map(|register| &register.path);
        let of_document = std::iter::once(&document.path)
            .chain(rows)
            .flat_map(|path| diagnostic::in_file(&self.portal.findings, path))
            .filter(|finding| finding.severity == Severity::Error);
        let index = self.portal.library.texts.index();
        let lines: Vec<String> = of_document
            .map(|finding| {
                let file = &finding.span.path;
                let place = index.place(file, finding.span.start);
                let (line, column) = (place.line.to_string(), place.column.to_string());
                let key = if *file == document.path {
                    "banner.error-line"
                } else {
                    "banner.error-line-of-rows"
                };
                let message = ("message", &*finding.message);
                self.words
                    .say(key, &[("file", file), ("line", &line), ("column", &column), message])
            })
            .collect();
        (!lines.is_empty())
            .then(|| Banner { lines, ..banner("error", self.words.get("banner.errors")) })
    }

    /// What a reader asks first; and what else is known.
    fn facts(&self, id: DocumentId) -> (Vec<Fact>, Vec<Fact>) {
        let entry = self.portal.library.entry(id);
        let document = &*entry.document;
        let matter = &document.front_matter;
        let fact = |key: &str| Fact {
            name: self.words.get(&format!("fact.{key}")),
            text: None,
            date: None,
            links: Vec::new(),
            badge: None,
        };
        let text = |key: &str, text: Option<String>| {
            text.map(|text| Fact { text: Some(text), ..fact(key) })
        };
        let date = |key: &str, date: Option<Date>| {
            date.map(|date| Fact { date: Some(self.day(date)), ..fact(key) })
        };
        let role = |key: &str, id: Option<&str>| {
            let id = id?;
            Some(match self.role_link(id) {
                Some(link) => Fact { links: vec![link], ..fact(key) },
                None => Fact { text: Some(id.to_owned()), ..fact(key) },
            })
        };
        let typed = |typed: &Option<crate::document::Typed<String>>| {
            typed.as_ref().map(|typed| typed.value.clone())
        };
        let list = |list: &[crate::document::Typed<String>]| {
            (!list.is_empty()).then(|| {
                list.iter().map(|typed| typed.value.as_str()).collect::<Vec<_>>().join(", ")
            })
        };
        let approval = document.approval();
        let effective = match document.status() {
            Some(Status::Approved) => document.in_force_from(),
            // Nothing is given as the day of what is not in force.
            _ => None,
        };
        let origin = matter.origin.as_ref().map(|origin| {
            let parts = [
                typed(&origin.issuer),
                typed(&origin.version),
                origin.received.as_ref().map(|day| self.words.date(day.value)),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        });
        let next = self.portal.next_review(id);
        let classification = &self.portal.library.config.classification.default;
        let badge = |badge: Badge| Fact { badge: Some(badge), ..fact("status") };
        let everyone = || self.words.get("fact.everyone");
        let clauses: Vec<Link> = document
            .claims
            .iter()
            .filter(|claim| claim.section.is_none())
            .map(|claim| self.clause_link(&claim.clause))
            .collect();
        let card = [
            role("owner", matter.owner.as_ref().map(|owner| owner.value.as_str())),
            text("audience", list(&matter.audience).or_else(|| Some(everyone()))),
            text("reference", typed(&matter.reference)),
            text("version", matter.version.as_ref().map(|version| version.value.to_string())),
            Some(badge(self.status_badge(document.status()))),
            date("effective", effective),
            next.map(|next| Fact {
                date: Some(self.day(next)),
                badge: Some(self.review_badge(id)),
                ..fact("next-review")
            }),
            role("approver", matter.approver.as_ref().map(|approver| approver.value.as_str())),
            text(
                "classification",
                Some(self.wording.classification(
                    matter.classification.as_ref().map_or(classification, |label| &label.value),
                )),
            ),
            (!clauses.is_empty()).then(|| Fact { links: clauses, ..fact("clauses") }),
        ];
        let further = [
            text("type", document.document_type().map(|known| self.wording.document_type(known))),
            date("approved-on", approval.map(|approval| approval.date)),
            text("aliases", list(&matter.aliases)),
            text("retention", typed(&matter.retention)),
            text("origin", origin),
        ];
        (card.into_iter().flatten().collect(), further.into_iter().flatten().collect())
    }

    /// The headings of the first two ranks.
    fn contents(&self, entry: &Entry) -> Vec<ContentsItem> {
        let sections = &entry.document.sections;
        let top = sections.iter().map(|section| section.level).min().unwrap_or(2);
        let shown = sections.iter().filter(|section| section.level <= top + 1);
        shown
            .map(|section| ContentsItem {
                anchor: section.anchor.clone(),
                text: self.passage(entry, &section.title),
                deep: section.level > top,
            })
            .collect()
    }

    fn claim_lines(&self, entry: &Entry) -> Vec<ClaimLine> {
        let document = &*entry.document;
        let lines = document.claims.iter().map(|claim| {
            let found = self.known_clause(&claim.clause);
            let section = claim.section.and_then(|section| document.sections.get(section));
            ClaimLine {
                clause: self.found_clause(&claim.clause, found),
                title: found.and_then(|(_, found)| found.title.clone()).unwrap_or_default(),
                lang: found.and_then(|(standard, _)| self.foreign_language(standard)),
                section: section.map(|section| {
                    Link::new(format!("#{}", section.anchor), self.passage(entry, &section.title))
                }),
            }
        });
        lines.collect()
    }

    /// The number of a clause as a link; without a page for one that is not known.
    pub(super) fn clause_link(&self, clause: &ClauseRef) -> Link {
        self.found_clause(clause, self.known_clause(clause))
    }

    /// The same of a clause that was looked for.
    fn found_clause(&self, clause: &ClauseRef, found: Option<(usize, &Clause)>) -> Link {
        match found {
            Some((standard, found)) => {
                self.clause_page(standard, &found.number, clause.to_string())
            }
            None => Link::plain(clause.to_string()),
        }
    }

    /// The clause that is meant, with the index of its standard.
    fn known_clause(&self, clause: &ClauseRef) -> Option<(usize, &'a Clause)> {
        let library = &self.portal.library;
        numbering::find(clause, &library.framework, &library.config)
    }

    fn history(&self, document: &Document) -> Vec<HistoryLine> {
        let changes = document.front_matter.changes.iter();
        changes.map(|change| self.history_line(change)).collect()
    }

    /// The document before or after in portal order, retired ones left out (R43).
    fn neighbour(&self, id: DocumentId, forward: bool) -> Option<Mention> {
        let ids = 0..u32::try_from(self.portal.library.entries.len()).unwrap_or(u32::MAX);
        let shown = |id: &DocumentId| {
            self.rank(*id) < 2 && self.portal.library.entry(*id).address.is_some()
        };
        let found = if forward {
            (id.0 + 1..ids.end).map(DocumentId).find(shown)
        } else {
            (0..id.0).rev().map(DocumentId).find(shown)
        };
        found.map(|id| self.mention(id))
    }

    fn edit_link(&self, document: &Document) -> Option<String> {
        let template = self.portal.library.config.edit_link.as_ref()?;
        let path = crate::address::percent_encoded(&document.path, "/");
        Some(template.replace("{path}", &path))
    }

    /// What stands on each printed sheet (R34).
    fn print_line(&self, document: &Document) -> String {
        let version = document
            .front_matter
            .version
            .as_ref()
            .map(|version| version.value.to_string())
            .unwrap_or_default();
        let named = [
            ("reference", document.reference().unwrap_or(document.title()).to_owned()),
            ("version", version),
            ("status", self.wording.status(document.status())),
            ("date", self.words.date(self.portal.view.today)),
        ];
        let named: Vec<(&str, &str)> =
            named.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.words.say("document.print-line", &named)
    }

    /// The rows of a register, each cell as its column says.
    fn rows(&self, document: &Document, register: &Register) -> Table {
        // The columns that the program knows are called as the portal speaks, the others as they are typed.
        let name = |typed: &str| match typed {
            "place" | "retention" | "owner" => self.words.of("part", typed),
            other => other.replace('_', " "),
        };
        let columns = register
            .columns
            .iter()
            .map(|column| Column { name: name(&column.name), kind: column.kind.name() });
        let rows = register.rows.iter().enumerate().map(|(index, row)| {
            let cells = register.columns.iter().zip(&row.cells);
            let cells = cells.map(|(column, cell)| self.cell(&column.kind, cell)).collect();
            (places::row(index), cells)
        });
        Table::with_anchors(document.title(), columns.collect(), rows)
    }

    fn cell(&self, kind: &ColumnKind, cell: &crate::register::Cell) -> Cell {
        let text = cell.text.trim().to_owned();
        let plain = Cell { text: text.clone(), ..Cell::default() };
        let library = &self.portal.library;
        match kind {
            ColumnKind::Text | ColumnKind::Number | ColumnKind::Choice(_) => plain,
            ColumnKind::Date => Cell { date: cell.date.map(|date| self.day(date)), ..plain },
            ColumnKind::Due => {
                let Some(date) = cell.date else { return plain };
                Cell { date: Some(self.day(date)), badge: Some(self.due_badge(date)), ..plain }
            }
            ColumnKind::Role => match self.role_link(&text) {
                Some(link) => Cell { text: link.text, href: Some(link.href), ..Cell::default() },
                None => plain,
            },
            ColumnKind::Clause => {
                let link = |typed: &str| match typed.parse() {
                    Ok(clause) => self.clause_link(&clause),
                    Err(()) => Link::plain(typed),
                };
                Cell::links(crate::register::clauses(&text).map(link).collect())
            }
            ColumnKind::Reference => match library.find(&text) {
                Some(id) => {
                    let Mention { href, title, mark, .. } = self.mention(id);
                    Cell { text: title, href, mark, ..Cell::default() }
                }
                // A document that is not shown leaves no name.
                None if text.is_empty() => plain,
                None => Cell { text: self.words.get("document.not-shown"), ..Cell::default() },
            },
            ColumnKind::Link => {
                let href = leads_outside(&text).then(|| text.clone());
                Cell { href, ..plain }
            }
        }
    }

    /// The state of a date in a register.
    pub(super) fn due_badge(&self, date: Date) -> Badge {
        let view = &self.portal.view;
        let state = ReviewState::of_date(date, view);
        let until = ReviewState::turns(date, view).into_iter().find(|day| *day > view.today);
        Badge {
            kind: state.name(),
            text: self.words.get(&format!("due-state.{}", state.name())),
            until: until.map(|until| until.to_string()),
        }
    }
}

fn banner(kind: &'static str, text: String) -> Banner {
    Banner { kind, text, links: Vec::new(), lines: Vec::new(), until: None, from: None }
}
