//! The pages of clauses: one each, and the index of a standard.

use std::collections::BTreeMap;

use super::Make;
use super::navigation::Here;
use super::view::{
    Badge, ClaimedBy, ClausePage, ClauseRow, Clauses, Corresponding, CorrespondingClause,
    ExpectedLine, Link, Mark, MenuItem, MissingType, PairLine, PointLine, Shell,
};
use crate::document::{ClauseRef, DocumentType, Typed};
use crate::numbering;
use crate::places;
use crate::portal::{ClaimState, DocumentId, Reason, Totals, Unit};
use crate::standard::{Basis, Clause, ClauseNumber, Standard};

impl<'a> Make<'a> {
    pub(super) fn standard(&self, index: usize) -> &'a Standard {
        &self.portal.library.framework.standards[index]
    }

    pub(super) fn clause_page(
        &self,
        standard: usize,
        number: &ClauseNumber,
        text: impl Into<String>,
    ) -> Link {
        self.link(&places::clause(self.portal, standard, number), text)
    }

    /// A clause with its heading.
    pub(super) fn clause_named(&self, standard: usize, clause: &Clause) -> Link {
        let link = self.clause_page(standard, &clause.number, clause.name());
        Link { lang: self.foreign_language(standard), ..link }
    }

    pub(super) fn standard_crumbs(&self, standard: usize) -> Vec<Link> {
        vec![
            self.link(
                &places::clauses(self.portal, standard),
                self.standard(standard).title.clone(),
            ),
        ]
    }

    pub(super) fn clauses(&self, index: usize) -> Clauses<'a> {
        let standard = self.standard(index);
        let title = self.words.say("clauses.title", &[("standard", &standard.title)]);
        let others = self.portal.library.framework.standards.iter().enumerate();
        let json = if index == 0 {
            "coverage.json".to_owned()
        } else {
            format!("clauses/{}/coverage.json", standard.id)
        };
        Clauses {
            page: Shell {
                navigation: Some(self.navigation(Here {
                    standard: index,
                    clause: None,
                    by_clause: true,
                    ..Here::default()
                })),
                ..self.shell("clauses", title, Vec::new())
            },
            readiness: self
                .readiness(index)
                .expect("every standard of the framework has its coverage"),
            standards: others
                .map(|(other, of)| MenuItem {
                    href: self.address.link_to(&places::clauses(self.portal, other)),
                    text: of.title.clone(),
                    here: other == index,
                })
                .collect(),
            rows: standard.clauses.iter().map(|clause| self.row(index, clause, true)).collect(),
            missing: self.missing(index),
            json: self.address.link_to(&places::at(&json)),
            derived: standard
                .derived_from
                .as_ref()
                .and_then(|base| self.portal.library.framework.standard(&base.value))
                .map(|base| self.words.say("clauses.derived", &[("standard", &base.title)])),
        }
    }

    /// One line of a tree of clauses.
    fn row(&self, standard: usize, clause: &Clause, details: bool) -> ClauseRow {
        let coverage = &self.portal.coverage[standard];
        let unit = coverage.unit(&clause.number);
        let counts = if unit.is_none() && clause.title.is_some() {
            self.counts(standard, &clause.number)
        } else {
            None
        };
        let documents: Vec<DocumentId> = match unit {
            Some(unit) if details => {
                each_once(unit.claims.iter().filter_map(|claim| claim.document))
            }
            _ => Vec::new(),
        };
        ClauseRow {
            href: self.address.link_to(&places::clause(self.portal, standard, &clause.number)),
            number: clause.number.to_string(),
            lang: self.foreign_language(standard).filter(|_| clause.title.is_some()),
            title: clause.title.clone().unwrap_or_else(|| self.words.get("clause.paragraph")),
            level: clause.number.level(),
            state: unit.map(|unit| self.unit_badge(unit.state, unit.until)),
            counts,
            reasons: unit
                .filter(|_| details)
                .map(|unit| unit.reasons.iter().map(|reason| self.wording.reason(reason)).collect())
                .unwrap_or_default(),
            documents: self.mentions(documents),
        }
    }

    /// "3 of 5 units covered", for what holds units.
    fn counts(&self, standard: usize, number: &ClauseNumber) -> Option<Mark> {
        let units: Vec<&Unit> = self.portal.coverage[standard].units_within(number).collect();
        let totals = Totals::of(units.iter().map(|unit| unit.state));
        let covered = totals.covered.to_string();
        let until = units.iter().filter_map(|unit| unit.until).min();
        (totals.units() > 0).then(|| Mark {
            text: self.words.count_with("clauses.counts", totals.units(), &[("covered", &covered)]),
            until: until.map(|until| until.to_string()),
        })
    }

    /// Expected types that are not there, by type (R84).
    fn missing(&self, standard: usize) -> Vec<MissingType> {
        let mut missing: BTreeMap<DocumentType, Vec<Link>> = BTreeMap::new();
        for unit in &self.portal.coverage[standard].units {
            for reason in &unit.reasons {
                if let Reason::TypeMissing(wanted, _) | Reason::TypeNotCounting(wanted, ..) = reason
                {
                    let link = self.clause_page(standard, &unit.number, unit.number.to_string());
                    missing.entry(*wanted).or_default().push(link);
                }
            }
            if unit.reasons.contains(&Reason::NoClaim) {
                for expected in &unit.expected {
                    let link = self.clause_page(standard, &unit.number, unit.number.to_string());
                    missing.entry(expected.expectation.document_type).or_default().push(link);
                }
            }
        }
        let lines = missing.into_iter().map(|(wanted, clauses)| MissingType {
            document_type: self.wording.document_type(wanted),
            clauses,
        });
        lines.collect()
    }

    pub(super) fn clause(&self, index: usize, number: &ClauseNumber) -> Option<ClausePage<'a>> {
        let standard = self.standard(index);
        let clause = standard.clause(number)?;
        let coverage = &self.portal.coverage[index];
        let unit = coverage.unit(number);
        let heading = clause.title.clone().unwrap_or_else(|| self.words.get("clause.paragraph"));
        let title = format!("{number} {heading}");
        let parents = self.parents(index, number);
        let crumbs =
            self.standard_crumbs(index).into_iter().chain(parents.iter().cloned()).collect();
        let at = standard.clauses.iter().position(|other| other.number == *number)?;
        let neighbour = |at: Option<usize>| {
            let clause = standard.clauses.get(at?)?;
            Some(self.clause_named(index, clause))
        };
        let claims: Vec<&ClaimState> = match unit {
            Some(unit) => unit.claims.iter().collect(),
            None => coverage.on_parents.get(number).into_iter().flatten().collect(),
        };
        let counted_for =
            if unit.is_none() && clause.title.is_none() { standard.unit_of(number) } else { None };
        Some(ClausePage {
            page: Shell {
                navigation: Some(self.navigation(Here {
                    standard: index,
                    clause: Some(number),
                    by_clause: true,
                    ..Here::default()
                })),
                ..self.shell("clause", title, crumbs)
            },
            standard: self.link(&places::clauses(self.portal, index), standard.title.clone()),
            number: number.to_string(),
            heading,
            summary: clause.summary.clone(),
            heading_lang: self.foreign_language(index).filter(|_| clause.title.is_some()),
            lang: self.foreign_language(index),
            state: unit.map(|unit| self.unit_badge(unit.state, unit.until)),
            counts: if unit.is_none() { self.counts(index, number) } else { None },
            reasons: unit
                .map(|unit| unit.reasons.iter().map(|reason| self.wording.reason(reason)).collect())
                .unwrap_or_default(),
            counted_for: counted_for
                .map(|unit| self.clause_page(index, &unit.number, unit.number.to_string())),
            expected: self.expected(index, clause, unit),
            claims: claims
                .into_iter()
                .map(|claim| {
                    let mut line = self.claimed_by(claim, number);
                    if unit.is_none() {
                        // A claim on a clause that only holds others covers none of them (contracts 3).
                        (line.state.kind, line.state.text) =
                            ("partial", self.words.get("clause.counts-not"));
                        line.reason.get_or_insert_with(|| self.words.get("clause.on-parent"));
                    }
                    line
                })
                .collect(),
            points: unit.map(|unit| self.points(index, unit)).unwrap_or_default(),
            derived: unit.map(|unit| self.derived(index, unit)).unwrap_or_default(),
            parents,
            children: standard
                .children(number)
                .map(|child| ClauseRow { level: 0, ..self.row(index, child, false) })
                .collect(),
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(Some(at + 1)),
            corresponding: self.corresponding(index, clause),
        })
    }

    fn parents(&self, standard: usize, number: &ClauseNumber) -> Vec<Link> {
        let mut parents = Vec::new();
        let mut above = number.parent();
        while let Some(parent) = above {
            if let Some(clause) = self.standard(standard).clause(&parent) {
                parents.push(self.clause_named(standard, clause));
            }
            above = parent.parent();
        }
        parents.reverse();
        parents
    }

    /// What a clause expects, with what is there: of a unit from its claims, of a headed parent from those of its
    /// units (contracts 3).
    fn expected(&self, standard: usize, clause: &Clause, unit: Option<&Unit>) -> Vec<ExpectedLine> {
        let line = |document_type: DocumentType, basis: Basis, what: &str, there: There, until| {
            ExpectedLine {
                document_type: self.wording.document_type(document_type),
                basis: self.wording.basis(basis),
                what: what.to_owned(),
                state: self.presence(there, until),
            }
        };
        if let Some(unit) = unit {
            let lines = unit.expected.iter().map(|expected| {
                let of = &expected.expectation;
                let there = There::of(&[unit], of.document_type);
                debug_assert_eq!(there == There::Counts, expected.present, "it is counted once");
                line(of.document_type, of.basis, &of.what, there, unit.until)
            });
            return lines.collect();
        }
        let coverage = &self.portal.coverage[standard];
        let units: Vec<&Unit> = coverage.units_within(&clause.number).collect();
        // A paragraph is asked by way of the unit above it.
        let above = self
            .standard(standard)
            .unit_of(&clause.number)
            .and_then(|unit| coverage.unit(&unit.number));
        let units: Vec<&Unit> = units.into_iter().chain(above).collect();
        let until = units.iter().filter_map(|unit| unit.until).min();
        let lines = clause.expects.iter().map(|of| {
            line(of.document_type, of.basis, &of.what, There::of(&units, of.document_type), until)
        });
        lines.collect()
    }

    fn presence(&self, there: There, until: Option<jiff::civil::Date>) -> Badge {
        let (kind, key) = match there {
            There::Counts => ("covered", "clause.present"),
            There::CountsNot => ("partial", "clause.uncounted"),
            There::Missing => ("missing", "clause.missing"),
        };
        Badge { kind, text: self.words.get(key), until: until.map(|until| until.to_string()) }
    }

    /// True for a clause of an edition whose coverage is derived.
    fn is_old(&self, clause: &ClauseRef) -> bool {
        let (framework, config) = (&self.portal.library.framework, &self.portal.library.config);
        numbering::find(clause, framework, config)
            .is_some_and(|(standard, _)| framework.standards[standard].derived_from.is_some())
    }

    fn claimed_by(&self, claim: &ClaimState, page: &ClauseNumber) -> ClaimedBy {
        let mut line = ClaimedBy {
            document: None,
            words: None,
            document_type: self.type_name(claim.document_type),
            section: None,
            opening: None,
            status: String::new(),
            version: String::new(),
            number: (claim.clause.number != *page || self.is_old(&claim.clause))
                .then(|| claim.clause.to_string()),
            state: self.claim_badge(claim),
            reason: claim.not_counting.as_ref().map(|why| self.wording.not_counting(why)),
        };
        let Some(id) = claim.document else {
            let key =
                if claim.counts() { "clause.not-shown" } else { "clause.not-shown-uncounted" };
            line.words = Some(self.words.get(key));
            return line;
        };
        let entry = self.portal.library.entry(id);
        let document = &*entry.document;
        line.document = Some(self.mention(id));
        line.status = self.wording.status(document.status());
        line.version = document
            .front_matter
            .version
            .as_ref()
            .map(|version| version.value.to_string())
            .unwrap_or_default();
        if let Some(section) = claim.section.and_then(|section| document.sections.get(section)) {
            // A document without a page has no place to lead to.
            let page = entry.address.as_ref().map(|address| self.address.link_to(address));
            line.section = page.map(|page| {
                Link::new(format!("{page}#{}", section.anchor), self.passage(entry, &section.title))
            });
            line.opening = section.opening.as_ref().map(|opening| self.passage(entry, opening));
        }
        if let (Some(register), Some(row)) = (&document.register, claim.row) {
            let row = register.rows.get(row);
            let place = row.and_then(|row| register.text(row, "place")).unwrap_or_default();
            let kind = row.and_then(|row| register.text(row, "kind")).unwrap_or_default();
            line.words = Some(match (place.is_empty(), kind.is_empty()) {
                (true, _) => self.words.get("clause.records-nowhere"),
                (false, true) => self.words.say("clause.records-in", &[("place", place)]),
                (false, false) => {
                    self.words.say("clause.records", &[("place", place), ("kind", kind)])
                }
            });
        }
        line
    }

    fn points(&self, standard: usize, unit: &Unit) -> Vec<PointLine> {
        let coverage = &self.portal.coverage[standard];
        let lines = unit.points.iter().map(|point| PointLine {
            text: point.text.clone(),
            state: {
                let (kind, key) = if point.met() {
                    ("covered", "clause.met")
                } else {
                    ("missing", "clause.not-met")
                };
                Badge {
                    kind,
                    text: self.words.get(key),
                    until: unit.until.map(|until| until.to_string()),
                }
            },
            pairs: point
                .pairs
                .iter()
                .map(|(number, wanted, met)| {
                    let unit: Vec<&Unit> = coverage.unit(number).into_iter().collect();
                    let claims = unit.iter().flat_map(|unit| &unit.claims);
                    let meeting = claims
                        .filter(|claim| claim.counts() && claim.document_type == Some(*wanted));
                    PairLine {
                        clause: self.clause_page(standard, number, number.to_string()),
                        document_type: self.wording.document_type(*wanted),
                        met: *met,
                        there: There::of(&unit, *wanted) != There::Missing,
                        documents: self
                            .mentions(each_once(meeting.filter_map(|claim| claim.document))),
                    }
                })
                .collect(),
        });
        lines.collect()
    }

    /// The units that a unit of an old edition is derived from.
    fn derived(&self, index: usize, unit: &Unit) -> Vec<ClauseRow> {
        let framework = &self.portal.library.framework;
        let Some((base, of)) = crate::numbering::base(index, framework) else { return Vec::new() };
        let clauses = unit.derived.iter().filter_map(|(number, _)| of.clause(number));
        clauses.map(|clause| self.row(base, clause, false)).collect()
    }

    /// The clauses of other standards and editions that correspond.
    fn corresponding(&self, index: usize, clause: &Clause) -> Vec<Corresponding> {
        let standards = &self.portal.library.framework.standards;
        let mut found: BTreeMap<String, Vec<CorrespondingClause>> = BTreeMap::new();
        let named = |standard: usize, clause: &Clause| CorrespondingClause {
            href: Some(self.address.link_to(&places::clause(
                self.portal,
                standard,
                &clause.number,
            ))),
            text: clause.name(),
            lang: self.foreign_language(standard),
        };
        for Typed { value: (id, number), .. } in &clause.see {
            let other = standards.iter().position(|standard| standard.id == *id);
            let held = other.and_then(|other| Some((other, standards[other].clause(number)?)));
            let title =
                other.map_or_else(|| named_by_id(id), |other| standards[other].title.clone());
            found.entry(title).or_default().push(match held {
                Some((other, clause)) => named(other, clause),
                None => CorrespondingClause { href: None, text: number.to_string(), lang: None },
            });
        }
        if let Some((base, of)) = crate::numbering::base(index, &self.portal.library.framework) {
            let clauses = clause.maps_to.iter().filter_map(|number| of.clause(number));
            found
                .entry(of.title.clone())
                .or_default()
                .extend(clauses.map(|clause| named(base, clause)));
        }
        for (other, edition) in standards.iter().enumerate() {
            let base = edition.derived_from.as_ref();
            if base.is_some_and(|base| base.value == self.standard(index).id) {
                let old = edition.clauses.iter().filter(|old| old.maps_to.contains(&clause.number));
                let old: Vec<CorrespondingClause> = old.map(|old| named(other, old)).collect();
                if !old.is_empty() {
                    found.entry(edition.title.clone()).or_default().extend(old);
                }
            }
        }
        let filled = found.into_iter().filter(|(_, clauses)| !clauses.is_empty());
        filled.map(|(standard, clauses)| Corresponding { standard, clauses }).collect()
    }
}

fn each_once(ids: impl Iterator<Item = DocumentId>) -> Vec<DocumentId> {
    let mut ids: Vec<DocumentId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Whether something of an expected type is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum There {
    Counts,
    CountsNot,
    Missing,
}

impl There {
    /// What the claims on `units` give of a type.
    fn of(units: &[&Unit], wanted: DocumentType) -> Self {
        let mut claims = units
            .iter()
            .flat_map(|unit| &unit.claims)
            .filter(|claim| claim.document_type == Some(wanted))
            .peekable();
        match (claims.peek().is_some(), claims.any(ClaimState::counts)) {
            (_, true) => Self::Counts,
            (true, false) => Self::CountsNot,
            (false, false) => Self::Missing,
        }
    }
}

/// The name of a standard that is known by its id only: `ISO 14001:2015` of `iso-14001-2015`.
fn named_by_id(id: &str) -> String {
    let parts: Vec<&str> = id.split('-').collect();
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let Some(first) = parts.iter().position(|part| numeric(part)).filter(|first| *first > 0) else {
        return id.to_owned();
    };
    let body = parts[..first].join("/").to_uppercase();
    match &parts[first..] {
        [number @ .., year] if !number.is_empty() && numeric(year) && year.len() == 4 => {
            format!("{body} {}:{year}", number.join("-"))
        }
        number => format!("{body} {}", number.join("-")),
    }
}
