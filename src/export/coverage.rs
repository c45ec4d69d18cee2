//! Coverage of one standard (contracts 7).

use jiff::civil::Date;
use serde::Serialize;

use crate::diagnostic::Index;
use crate::document::DocumentType;
use crate::portal::{ClaimState, NotCounting, Portal, Reason, Unit};
use crate::standard::ClauseNumber;
use crate::wording::Wording;

/// The coverage of a standard as of a day.
#[derive(Debug, Serialize)]
pub struct CoverageJson<'a> {
    /// The id of the standard.
    pub standard: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The day.
    pub today: Date,
    /// The first day on which any of it may differ.
    pub until: Option<Date>,
    /// Its units in order.
    pub units: Vec<UnitJson<'a>>,
    /// How many units are in each state.
    pub totals: TotalsJson,
    /// The rule of counting, in words.
    pub rule: String,
}

/// One unit.
#[derive(Debug, Serialize)]
pub struct UnitJson<'a> {
    /// Its number.
    pub number: &'a str,
    /// Its heading.
    pub title: &'a str,
    /// The name of its state.
    pub state: &'static str,
    /// The types it expects.
    pub expected: Vec<ExpectedJson>,
    /// What claims it.
    pub claims: Vec<ClaimJson<'a>>,
    /// Why its state is not better.
    pub reasons: Vec<ReasonJson>,
    /// The units its state is derived from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub derived_from: Vec<&'a str>,
}

/// A type that a unit expects.
#[derive(Debug, Serialize)]
pub struct ExpectedJson {
    /// The name of the type.
    #[serde(rename = "type")]
    pub document_type: &'static str,
    /// Who asks for it.
    pub basis: &'static str,
    /// True when a counting claim is of that type.
    pub present: bool,
}

/// One claim.
#[derive(Debug, Serialize)]
pub struct ClaimJson<'a> {
    /// The reference of the document; `null` when it is not shown here.
    pub reference: Option<&'a str>,
    /// The type it counts as.
    #[serde(rename = "type")]
    pub document_type: Option<&'static str>,
    /// The file in which the claim is made.
    pub path: Option<&'a str>,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The anchor of the section that makes it.
    pub section: Option<&'a str>,
    /// True when it counts.
    pub counts: bool,
    /// The code of why it does not.
    pub reason: Option<&'static str>,
}

/// Why a unit is not covered.
#[derive(Debug, Serialize)]
pub struct ReasonJson {
    /// The code.
    pub code: &'static str,
    /// In words.
    pub text: String,
    /// The type that is missing.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub document_type: Option<&'static str>,
    /// Who asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<&'static str>,
    /// The codes of why what is there does not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<&'static str>,
    /// The units that are named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<String>,
}

/// How many units are in each state.
#[derive(Debug, Serialize)]
pub struct TotalsJson {
    /// All of them.
    pub units: usize,
    /// Covered ones.
    pub covered: usize,
    /// Partly covered ones.
    pub partial: usize,
    /// Gaps.
    pub gap: usize,
    /// Excluded ones.
    pub excluded: usize,
    /// Covered units of all units in per cent, unrounded.
    pub percent: f64,
}

/// The coverage of the standard of that index.
pub fn coverage<'a>(portal: &'a Portal, wording: Wording, standard: usize) -> CoverageJson<'a> {
    let coverage = &portal.coverage[standard];
    let of = &portal.library.framework.standards[standard];
    let totals = coverage.totals();
    let index = portal.library.texts.index();
    CoverageJson {
        standard: &of.id,
        title: &of.title,
        today: portal.view.today,
        until: coverage.units.iter().filter_map(|unit| unit.until).min(),
        units: coverage
            .units
            .iter()
            .map(|unit| {
                let title = of
                    .clause(&unit.number)
                    .and_then(|clause| clause.title.as_deref())
                    .unwrap_or_default();
                unit_json(portal, &index, wording, unit, title)
            })
            .collect(),
        totals: TotalsJson {
            units: totals.units(),
            covered: totals.covered,
            partial: totals.partial,
            gap: totals.gap,
            excluded: totals.excluded,
            percent: totals.percent(),
        },
        rule: wording.counting_rule(portal, standard),
    }
}

fn unit_json<'a>(
    portal: &'a Portal,
    index: &Index,
    wording: Wording,
    unit: &'a Unit,
    title: &'a str,
) -> UnitJson<'a> {
    UnitJson {
        number: unit.number.as_str(),
        title,
        state: unit.state.name(),
        expected: unit
            .expected
            .iter()
            .map(|expected| ExpectedJson {
                document_type: expected.expectation.document_type.name(),
                basis: expected.expectation.basis.name(),
                present: expected.present,
            })
            .collect(),
        claims: unit.claims.iter().map(|claim| claim_json(portal, index, claim)).collect(),
        reasons: unit.reasons.iter().map(|reason| reason_json(wording, reason)).collect(),
        derived_from: unit.derived.iter().map(|(number, _)| number.as_str()).collect(),
    }
}

fn claim_json<'a>(portal: &'a Portal, index: &Index, claim: &ClaimState) -> ClaimJson<'a> {
    let document = claim.document.map(|id| &*portal.library.entry(id).document);
    let register =
        document.and_then(|document| document.register.as_ref()).filter(|_| claim.row.is_some());
    let path =
        document.map(|document| register.map_or(&*document.path, |register| &*register.path));
    ClaimJson {
        reference: document.and_then(|document| document.reference()),
        document_type: claim.document_type.map(DocumentType::name),
        path,
        line: path.map(|path| index.place(path, claim.at).line),
        section: document
            .and_then(|document| Some(document.sections.get(claim.section?)?.anchor.as_str())),
        counts: claim.counts(),
        reason: claim.not_counting.as_ref().map(NotCounting::code),
    }
}

fn reason_json(wording: Wording, reason: &Reason) -> ReasonJson {
    let mut json = ReasonJson {
        code: reason.code(),
        text: wording.reason(reason),
        document_type: None,
        basis: None,
        because: Vec::new(),
        clauses: Vec::new(),
    };
    let numbers = |numbers: &[ClauseNumber]| numbers.iter().map(ToString::to_string).collect();
    match reason {
        Reason::TypeMissing(document_type, basis) => {
            (json.document_type, json.basis) = (Some(document_type.name()), Some(basis.name()));
        }
        Reason::TypeNotCounting(document_type, basis, why) => {
            (json.document_type, json.basis) = (Some(document_type.name()), Some(basis.name()));
            json.because = why.iter().map(crate::portal::NotCounting::code).collect();
        }
        Reason::PointUnmet(_, pairs, why) => {
            json.clauses = pairs.iter().map(|pair| pair.0.to_string()).collect();
            json.because = why.iter().map(crate::portal::NotCounting::code).collect();
        }
        Reason::DerivedFrom(units) => json.clauses = numbers(units),
        Reason::NoneCounts(why) | Reason::NoRule(why) => {
            json.because = why.iter().map(crate::portal::NotCounting::code).collect();
        }
        Reason::NoClaim | Reason::NothingToDeriveFrom | Reason::Unread | Reason::Excluded(_) => {}
    }
    json
}
