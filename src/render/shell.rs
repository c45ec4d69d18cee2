//! What every page has: menu, way from home, day; and the small parts that pages share.

use super::Make;
use super::view::{
    Badge, Brand, Column, Day, Link, Mention, MenuItem, Readiness, ReviewLine, Shell,
};
use crate::address::SitePath;
use crate::document::{DocumentType, Status};
use crate::period::next_day;
use crate::places;
use crate::portal::{ClaimState, DocumentId, ReviewState, UnitState};
use jiff::civil::Date;

impl<'a> Make<'a> {
    pub(super) fn shell(&self, kind: &'static str, title: String, crumbs: Vec<Link>) -> Shell<'a> {
        let (config, view) = (&self.portal.library.config, &self.portal.view);
        let as_of = self.words.date(view.today);
        // A page for missing addresses is answered at any depth: its links begin at the path of the site.
        let root =
            if kind == "not-found" { config.base_url.clone() } else { self.address.to_root() };
        let menu = [
            ("documents/index.html", "menu.documents"),
            ("clauses/index.html", "menu.clauses"),
            ("dashboard.html", "menu.dashboard"),
            ("reviews.html", "menu.reviews"),
            ("roles/index.html", "menu.roles"),
            ("registers.html", "menu.registers"),
            ("glossary.html", "menu.glossary"),
        ];
        let first = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
        let own = self.address.as_str();
        Shell {
            title: title.clone(),
            site: config.name(),
            lang: &config.language,
            demo: self.portal.stamp.demo.then(|| self.words.say("shell.demo", &[("date", &as_of)])),
            stale: self.words.say("shell.stale", &[("date", &as_of)]),
            print_line: self.words.say("shell.print-line", &[("title", &title), ("date", &as_of)]),
            as_of,
            today: view.today.to_string(),
            menu: menu
                .iter()
                .map(|(path, key)| MenuItem {
                    href: format!("{root}{path}"),
                    text: self.words.get(key),
                    here: own == *path || path.contains('/') && first(own) == first(path),
                })
                .collect(),
            root,
            crumbs: std::iter::once(
                self.link(&places::at("index.html"), self.words.get("menu.home")),
            )
            .chain(crumbs)
            .collect(),
            kind,
            navigation: None,
            brand: Brand {
                logo: self.portal.library.logo().map(|logo| match kind {
                    "not-found" => format!("{}{}", config.base_url, logo.as_str()),
                    _ => self.address.link_to(logo),
                }),
                logo_width: config.brand.logo_width,
                footer: config.brand.footer.as_deref(),
            },
        }
    }

    pub(super) fn link(&self, to: &SitePath, text: impl Into<String>) -> Link {
        Link::new(self.address.link_to(to), text)
    }

    /// The language of what a standard says, where it is not that of the portal.
    pub(super) fn foreign_language(&self, standard: usize) -> Option<String> {
        self.portal.library.foreign_language(standard).map(str::to_owned)
    }

    pub(super) fn day(&self, date: Date) -> Day {
        Day { iso: date.to_string(), text: self.words.date(date) }
    }

    pub(super) fn mention(&self, id: DocumentId) -> Mention {
        let entry = self.portal.library.entry(id);
        let document = &*entry.document;
        Mention {
            href: entry.address.as_ref().map(|address| self.address.link_to(address)),
            title: document.title().to_owned(),
            reference: document.reference().map(str::to_owned),
            document_type: document.document_type().map(|known| self.wording.document_type(known)),
            mark: super::mark(self.portal, self.words, id),
        }
    }

    /// Mentions with what is in force first (contracts 6).
    pub(super) fn mentions(&self, ids: impl IntoIterator<Item = DocumentId>) -> Vec<Mention> {
        let mut ids: Vec<DocumentId> = ids.into_iter().collect();
        ids.sort_by_key(|id| (self.rank(*id), *id));
        ids.into_iter().map(|id| self.mention(id)).collect()
    }

    /// 0 for what is in force, 1 for what is not yet, 2 for what is retired.
    pub(super) fn rank(&self, id: DocumentId) -> u8 {
        let document = &self.portal.library.entry(id).document;
        match document.status() {
            Some(Status::Retired) => 2,
            _ if self.portal.state(id).in_force => 0,
            _ => 1,
        }
    }

    /// The role of that id as a link, or as it was typed when there is no such role.
    pub(super) fn role_link(&self, id: &str) -> Option<Link> {
        let role = self.portal.library.framework.role(id)?;
        Some(self.link(&places::role(&role.id), role.title.clone()))
    }

    /// The title of the role of that id, or what was typed when there is no such role.
    pub(super) fn role_title(&self, id: &str) -> String {
        let role = self.portal.library.framework.role(id);
        role.map_or_else(|| id.to_owned(), |role| role.title.clone())
    }

    /// The title of the role of that id, with the id where another role has the same title.
    pub(super) fn role_apart(&self, id: &str) -> String {
        let title = self.role_title(id);
        let roles = &self.portal.library.framework.roles;
        let twins = roles.iter().filter(|role| role.title == title && role.id != id).count();
        if twins == 0 { title } else { format!("{title} ({id})") }
    }

    pub(super) fn unit_badge(&self, state: UnitState, until: Option<Date>) -> Badge {
        Badge {
            kind: state.name(),
            text: self.wording.unit_state(state),
            until: until.map(|until| until.to_string()),
        }
    }

    pub(super) fn review_badge(&self, id: DocumentId) -> Badge {
        let state = self.portal.state(id);
        Badge {
            kind: state.review.name(),
            text: self.wording.review_state(state.review),
            until: state.until.map(|until| until.to_string()),
        }
    }

    pub(super) fn status_badge(&self, status: Option<Status>) -> Badge {
        Badge {
            kind: status.map_or("none", Status::name),
            text: self.wording.status(status),
            until: None,
        }
    }

    /// Whether a claim counts.
    pub(super) fn claim_badge(&self, claim: &ClaimState) -> Badge {
        let of_row = claim.document.zip(claim.row).and_then(|(id, row)| {
            let register = self.portal.library.entry(id).document.register.as_ref()?;
            let due = register.due(register.rows.get(row)?)?;
            // The day after which it is overdue.
            Some(next_day(due)).filter(|day| *day > self.portal.view.today)
        });
        let of_document = claim.document.and_then(|id| self.portal.state(id).stands_until);
        let until = of_row.into_iter().chain(of_document).min().map(|until| until.to_string());
        let (kind, key) = if claim.counts() {
            ("covered", "clause.counts")
        } else {
            ("partial", "clause.counts-not")
        };
        Badge { kind, text: self.words.get(key), until }
    }

    pub(super) fn review_line(&self, id: DocumentId) -> ReviewLine {
        let entry = self.portal.library.entry(id);
        let owner = entry.document.front_matter.owner.as_ref();
        let next = entry.next_review();
        ReviewLine {
            document: self.mention(id),
            owner: owner.and_then(|owner| self.role_link(&owner.value)),
            date: next.map(|next| self.day(next)),
            days: next
                .map_or_else(String::new, |next| self.wording.days(self.portal.view.today, next)),
            state: self.review_badge(id),
        }
    }

    /// The documents of a review state, the earliest review first.
    pub(super) fn in_review_state(&self, wanted: ReviewState) -> Vec<DocumentId> {
        let documents = self.portal.library.documents();
        let mut found: Vec<DocumentId> = documents
            .map(|(id, _)| id)
            .filter(|id| self.portal.state(*id).review == wanted)
            .collect();
        found.sort_by_key(|id| (self.portal.library.entry(*id).next_review(), *id));
        found
    }

    pub(super) fn readiness(&self, standard: usize) -> Option<Readiness> {
        let coverage = self.portal.coverage.get(standard)?;
        let totals = coverage.totals();
        Some(Readiness {
            standard: self.portal.library.framework.standards[standard].title.clone(),
            clauses: self.address.link_to(&places::clauses(self.portal, standard)),
            matrix: self.address.link_to(&places::matrix(self.portal, standard)),
            percent: self.words.decimal(totals.percent()),
            covered: totals.covered,
            partial: totals.partial,
            gap: totals.gap,
            excluded: totals.excluded,
            units: totals.units(),
            rule: self.wording.counting_rule(self.portal, standard),
            until: coverage.until().map(|until| until.to_string()),
        })
    }

    pub(super) fn columns(&self, columns: &[(&str, &'static str)]) -> Vec<Column> {
        let named = columns
            .iter()
            .map(|(key, kind)| Column { name: self.words.get(&format!("column.{key}")), kind });
        named.collect()
    }

    pub(super) fn type_name(&self, document_type: Option<DocumentType>) -> String {
        document_type.map(|known| self.wording.document_type(known)).unwrap_or_default()
    }
}
