//! The state of the system in pictures, each with its figures in a table beneath: coverage by main clause, reviews of
//! the next twelve months by owner, documents by type and status.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Make;
use super::charts::{self, Bar};
use super::view::{Badge, Cell, Chart, Column, Dashboard, Table};
use crate::document::{DocumentType, Status};
use crate::portal::{Totals, UnitState};

/// How many months ahead reviews are counted.
const MONTHS: usize = 12;

/// How many owners the picture shows, those with the most reviews; the table holds all.
const OWNERS: usize = 15;

impl<'a> Make<'a> {
    pub(super) fn dashboard(&self) -> Dashboard<'a> {
        let library = &self.portal.library;
        let mut charts = Vec::new();
        if library.primary().is_some() {
            charts.push(self.coverage_chart(0));
        }
        charts.push(self.review_chart());
        charts.push(self.type_chart());
        Dashboard {
            page: self.shell("dashboard", self.words.get("dashboard.title"), Vec::new()),
            readiness: library.primary().and_then(|_| self.readiness(0)),
            charts,
        }
    }

    fn figures_of(&self, title: &str) -> String {
        self.words.say("dashboard.figures-of", &[("title", title)])
    }

    /// Coverage by main clause.
    pub(super) fn coverage_chart(&self, index: usize) -> Chart {
        const STATES: [UnitState; 4] =
            [UnitState::Covered, UnitState::Partial, UnitState::Gap, UnitState::Excluded];
        let standard = &self.portal.library.framework.standards[index];
        let coverage = &self.portal.coverage[index];
        let of = |totals: &Totals| [totals.covered, totals.partial, totals.gap, totals.excluded];
        let until = coverage.until().map(|until| until.to_string());
        let mut bars = Vec::new();
        let mut rows = Vec::new();
        let main = standard.clauses.iter().filter(|clause| clause.number.level() == 1);
        for clause in main {
            let within = coverage.units_within(&clause.number).map(|unit| unit.state);
            let counts = of(&Totals::of(within));
            if counts == [0; 4] {
                continue;
            }
            let parts = STATES.iter().map(|state| state.name()).zip(counts).collect();
            bars.push(Bar { name: clause.name(), parts });
            let mut row = vec![Cell::links(vec![self.clause_named(index, clause)])];
            row.extend(counts.map(|count| Cell::text(count.to_string())));
            rows.push(row);
        }
        let legend: Vec<Badge> = STATES
            .into_iter()
            .zip(of(&coverage.totals()))
            .filter(|(state, count)| *count > 0 || *state != UnitState::Excluded)
            .map(|(state, count)| Badge {
                kind: state.name(),
                text: format!("{}: {count}", self.wording.unit_state(state)),
                until: None,
            })
            .collect();
        let mut columns = self.columns(&[("clause", "text")]);
        columns.extend(
            STATES.map(|state| Column { name: self.wording.unit_state(state), kind: "number" }),
        );
        let title = self.words.say("dashboard.coverage", &[("standard", &standard.title)]);
        let about = self.words.get("dashboard.coverage-about");
        Chart {
            anchor: "coverage",
            svg: charts::bars("cb-chart-coverage", &title, &about, &bars, true),
            table: Table::new(self.figures_of(&title), columns, rows),
            title,
            about,
            legend,
            empty: self.words.get("dashboard.none"),
            until,
        }
    }

    /// Reviews by month and owner.
    fn review_chart(&self) -> Chart {
        let library = &self.portal.library;
        let today = self.portal.view.today;
        let first = today.first_of_month();
        let month = |date: Date| -> Option<usize> {
            let months = (i32::from(date.year()) - i32::from(first.year())) * 12
                + i32::from(date.month())
                - i32::from(first.month());
            usize::try_from(months).ok().filter(|months| *months < MONTHS)
        };
        // Overdue first, then the months.
        let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (id, entry) in library.documents() {
            let (Some(next), true) = (entry.next_review(), self.rank(id) < 2) else { continue };
            if self.portal.state(id).review == crate::portal::ReviewState::Exempt {
                continue;
            }
            let column = if next < today { Some(0) } else { month(next).map(|month| month + 1) };
            let owner = entry.document.front_matter.owner.as_ref();
            let owner = owner.map_or("", |owner| owner.value.as_str());
            if let Some(column) = column {
                owners.entry(owner).or_insert_with(|| vec![0; MONTHS + 1])[column] += 1;
            }
        }
        let mut owners: Vec<(&str, Vec<usize>)> = owners.into_iter().collect();
        owners
            .sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.iter().sum::<usize>()), *name));
        let dates: Vec<Date> = (0..MONTHS)
            .filter_map(|ahead| first.checked_add(i64::try_from(ahead).ok()?.months()).ok())
            .collect();
        let short: Vec<String> = std::iter::once(self.words.get("dashboard.late"))
            .chain(
                dates.iter().map(|date| self.words.get(&format!("month-short.{}", date.month()))),
            )
            .collect();
        let name = |id: &str| {
            if id.is_empty() { self.words.get("reviews.no-owner") } else { self.role_apart(id) }
        };
        let sums = |owners: &[(&str, Vec<usize>)]| -> Vec<usize> {
            (0..=MONTHS).map(|at| owners.iter().map(|(_, counts)| counts[at]).sum()).collect()
        };
        let mut drawn = vec![(self.words.get("dashboard.all-owners"), sums(&owners))];
        drawn.extend(owners.iter().take(OWNERS).map(|(id, counts)| (name(id), counts.clone())));
        if let Some(others) = owners.get(OWNERS..).filter(|others| !others.is_empty()) {
            let n = others.len().to_string();
            drawn.push((self.words.say("dashboard.other-owners", &[("n", &n)]), sums(others)));
        }
        let rows = owners.iter().map(|(id, counts)| {
            let who = match self.role_link(id) {
                Some(link) => Cell { text: name(id), href: Some(link.href), ..Cell::default() },
                None => Cell::text(name(id)),
            };
            std::iter::once(who)
                .chain(counts.iter().map(|count| Cell::text(count.to_string())))
                .collect::<Vec<Cell>>()
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let mut columns = self.columns(&[("owner", "text")]);
        columns.push(Column { name: self.words.get("column.overdue"), kind: "number" });
        columns.extend(
            dates.iter().map(|date| Column { name: self.words.month(*date), kind: "number" }),
        );
        let title = self.words.get("dashboard.reviews");
        let about = self.words.get("dashboard.reviews-about");
        Chart {
            anchor: "reviews",
            svg: if rows.is_empty() {
                String::new()
            } else {
                charts::grid("cb-chart-reviews", &title, &about, &short, &drawn)
            },
            table: Table::new(self.figures_of(&title), columns, rows),
            title,
            about,
            legend: Vec::new(),
            empty: self.words.get("dashboard.no-reviews"),
            // The months move on, whether or not a state does.
            until: [self.portal.documents_until(), self.portal.month_until()]
                .into_iter()
                .flatten()
                .min()
                .map(|until| until.to_string()),
        }
    }

    /// Documents by type and status.
    fn type_chart(&self) -> Chart {
        const STATUSES: [Option<Status>; 5] = [
            Some(Status::Approved),
            Some(Status::InReview),
            Some(Status::Draft),
            Some(Status::Retired),
            None,
        ];
        let kind = |status: Option<Status>| status.map_or("none", Status::name);
        let mut types: BTreeMap<Option<DocumentType>, [usize; 5]> = BTreeMap::new();
        for (_, entry) in self.portal.library.documents() {
            let status = entry.document.status();
            let at = STATUSES.iter().position(|known| *known == status).unwrap_or(4);
            types.entry(entry.document.document_type()).or_default()[at] += 1;
        }
        let mut totals = [0; 5];
        let (mut bars, mut rows) = (Vec::new(), Vec::new());
        for (document_type, counts) in &types {
            for (total, count) in totals.iter_mut().zip(counts) {
                *total += count;
            }
            let name = match document_type {
                Some(known) => self.wording.document_type(*known),
                None => self.words.get("dashboard.no-type"),
            };
            let parts = STATUSES.map(kind).into_iter().zip(*counts).collect();
            bars.push(Bar { name: name.clone(), parts });
            let mut row = vec![Cell::text(name)];
            row.extend(counts.map(|count| Cell::text(count.to_string())));
            rows.push(row);
        }
        let legend = STATUSES.into_iter().zip(totals).filter(|(_, count)| *count > 0);
        let legend: Vec<Badge> = legend
            .map(|(status, count)| Badge {
                kind: kind(status),
                text: format!("{}: {count}", self.wording.status(status)),
                until: None,
            })
            .collect();
        let mut columns = self.columns(&[("type", "text")]);
        columns.extend(
            STATUSES.map(|status| Column { name: self.wording.status(status), kind: "number" }),
        );
        let title = self.words.get("dashboard.types");
        let about = self.words.get("dashboard.types-about");
        Chart {
            anchor: "documents",
            svg: if rows.is_empty() {
                String::new()
            } else {
                charts::bars("cb-chart-documents", &title, &about, &bars, false)
            },
            table: Table::new(self.figures_of(&title), columns, rows),
            title,
            about,
            legend,
            empty: self.words.get("dashboard.none"),
            until: None,
        }
    }
}
