//! How far each standard is covered, as contracts 3 reckons it.

use std::collections::BTreeMap;

use crate::diagnostic::{self, Diagnostic, Severity};
use crate::document::{ClauseRef, DocumentType};
use crate::naming;
use crate::numbering::{self, Resolved};
use crate::period::next_day;
use crate::portal::{
    ClaimState, Coverage, DocumentId, Expected, Library, NotCounting, PointState, Reason, State,
    Unit, UnitState, View,
};
use crate::register::{Register, Row};
use crate::standard::{Clause, ClauseNumber, Standard};

/// The types of which one is asked for where no type is expected (4.4, 7.5.1, 8.2.1, 8.3.1).
pub(super) const RULE: [DocumentType; 5] = [
    DocumentType::Policy,
    DocumentType::Process,
    DocumentType::Procedure,
    DocumentType::Plan,
    DocumentType::Statement,
];

/// All claims of a library: by standard, by the number of the unit or of the headed parent.
type Claims = Vec<BTreeMap<ClauseNumber, Vec<(ClaimState, Option<jiff::civil::Date>)>>>;

/// The coverage of each standard of the framework, in its order.
pub(super) fn of(
    library: &Library,
    states: &[State],
    findings: &[Diagnostic],
    view: &View,
) -> Vec<Coverage> {
    let standards = &library.framework.standards;
    let mut claims: Claims = vec![BTreeMap::new(); standards.len()];
    for (id, entry) in library.documents() {
        let state = &states[id.index()];
        for claim in &entry.document.claims {
            let made = ClaimState {
                document: Some(id),
                document_type: entry.document.document_type(),
                section: claim.section,
                row: None,
                at: claim.range.start,
                clause: claim.clause.clone(),
                not_counting: state.not_counting.clone(),
            };
            add(&mut claims, &claim.clause, made, state.stands_until, library);
        }
        rows(&mut claims, library, id, state, findings, view);
    }
    let mut coverage: Vec<Coverage> = Vec::new();
    for (index, standard) in standards.iter().enumerate() {
        let mut units = Vec::new();
        if numbering::base(index, &library.framework).is_none() {
            let claimed = &mut claims[index];
            for unit in standard.units() {
                let claims = claimed.remove(&unit.number).unwrap_or_default();
                units.push(reckon(unit, standard, claims, library));
            }
            follow_points(&mut units, standard);
            hold_back(&mut units, |unit| standard.is_unread(unit));
            exclude(&mut units, index, library);
        }
        let on_parents = std::mem::take(&mut claims[index]);
        let on_parents = on_parents
            .into_iter()
            .map(|(number, claims)| (number, claims.into_iter().map(|claim| claim.0).collect()));
        coverage.push(Coverage { standard: index, units, on_parents: on_parents.collect() });
    }
    for index in 0..standards.len() {
        if let Some((base, _)) = numbering::base(index, &library.framework) {
            let (edition, base_coverage) = (&standards[index], &coverage[base]);
            let mut units = derive(edition, &standards[base], base_coverage);
            hold_back(&mut units, |unit| {
                edition.is_unread(unit) || maps_beyond(edition, unit, &standards[base])
            });
            exclude(&mut units, index, library);
            coverage[index].units = units;
        }
    }
    coverage
}

/// The rows of a register claim as type `record` (contracts 2).
fn rows(
    claims: &mut Claims,
    library: &Library,
    id: DocumentId,
    state: &State,
    findings: &[Diagnostic],
    view: &View,
) {
    let Some(register) = &library.entry(id).document.register else { return };
    for (index, row) in register.rows.iter().enumerate() {
        let lacks = ["place", "retention", "owner"]
            .into_iter()
            .find(|name| !register.text(row, name).is_some_and(naming::is_filled));
        let due = register.due(row);
        let overdue = due.filter(|due| *due < view.today);
        let not_counting = state
            .not_counting
            .clone()
            .or_else(|| is_wrong(row, register, findings).then_some(NotCounting::RowWrong))
            .or_else(|| lacks.map(NotCounting::RowLacks))
            .or_else(|| overdue.map(NotCounting::RowOverdue));
        let turns = due.map(next_day).filter(|day| *day > view.today);
        let until = turns.into_iter().chain(state.stands_until).min();
        for claim in &row.claims {
            let made = ClaimState {
                document: Some(id),
                document_type: Some(DocumentType::Record),
                section: None,
                row: Some(index),
                at: claim.range.start,
                clause: claim.value.clone(),
                not_counting: not_counting.clone(),
            };
            add(claims, &claim.value, made, until, library);
        }
    }
}

/// True for a row of a register that has a wrong cell, or an error among the `findings`, and for all of one whose head
/// cannot be read.
pub(super) fn is_wrong(row: &Row, register: &Register, findings: &[Diagnostic]) -> bool {
    let of_file = diagnostic::in_file(findings, &register.path);
    let behind = &of_file[of_file.partition_point(|found| found.span.start < row.range.start)..];
    let mut of_row = behind.iter().take_while(|found| found.span.start < row.range.end);
    register.unread || row.wrong || of_row.any(|found| found.severity == Severity::Error)
}

/// Files a claim under its unit. One typed with an old number counts only where it has exactly one target unit.
fn add(
    claims: &mut Claims,
    clause: &ClauseRef,
    claim: ClaimState,
    until: Option<jiff::civil::Date>,
    library: &Library,
) {
    let mut file = |standard: usize, number: ClauseNumber| {
        let filed: &mut Vec<(ClaimState, _)> = claims[standard].entry(number).or_default();
        // One entry a unit and section (contracts 2): a second number of the same unit says nothing more.
        let near = |(other, _): &&(ClaimState, _)| {
            (other.document, other.row) == (claim.document, claim.row)
        };
        let mut near = filed.iter().rev().take_while(near);
        if !near.any(|(other, _)| other.section == claim.section) {
            filed.push((claim.clone(), until));
        }
    };
    match numbering::resolve(clause, &library.framework, &library.config) {
        Resolved::Unit(standard, unit) => file(standard, unit),
        Resolved::Parent(standard, number, _) => file(standard, number),
        Resolved::OldNumbering { standard, targets, .. } => {
            if let [unit] = &targets[..] {
                file(standard, unit.clone());
            }
        }
        Resolved::NoStandard | Resolved::NoClause(_) => {}
    }
}

/// The state of a unit from the claims on it.
fn reckon(
    unit: &Clause,
    standard: &Standard,
    claims: Vec<(ClaimState, Option<jiff::civil::Date>)>,
    library: &Library,
) -> Unit {
    let until = claims.iter().filter_map(|claim| claim.1).min();
    let mut claims: Vec<ClaimState> = claims.into_iter().map(|claim| claim.0).collect();
    claims.sort_by_key(|claim| (!claim.counts(), claim.document, claim.section, claim.row));
    let counting = |wanted: DocumentType| {
        claims.iter().any(|claim| claim.counts() && claim.document_type == Some(wanted))
    };
    let expected: Vec<Expected> = standard
        .expected(unit, library.config.coverage.advised)
        .into_iter()
        .map(|expectation| Expected { present: counting(expectation.document_type), expectation })
        .collect();
    let mut reasons = Vec::new();
    if claims.is_empty() {
        reasons.push(Reason::NoClaim);
    } else if expected.is_empty() && standard.expected(unit, true).is_empty() {
        if !RULE.into_iter().any(counting) {
            let rules = |claim: &&ClaimState| {
                claim.document_type.is_some_and(|found| RULE.contains(&found))
            };
            reasons.push(Reason::NoRule(why(claims.iter().filter(rules))));
        }
    } else if expected.is_empty() {
        // Only guidance asks for something, and that is left out: anything that counts will do.
        if !claims.iter().any(ClaimState::counts) {
            reasons.push(Reason::NoneCounts(why(claims.iter())));
        }
    } else {
        reasons.extend(
            expected
                .iter()
                .filter(|expected| !expected.present)
                .map(|expected| missing(expected, &claims)),
        );
    }
    let state = match (claims.is_empty(), reasons.is_empty()) {
        (true, _) => UnitState::Gap,
        (false, true) => UnitState::Covered,
        (false, false) => UnitState::Partial,
    };
    Unit {
        number: unit.number.clone(),
        state,
        expected,
        claims,
        reasons,
        points: Vec::new(),
        derived: Vec::new(),
        until,
    }
}

/// Why claims do not count, each reason once.
pub(super) fn why<'a>(claims: impl Iterator<Item = &'a ClaimState>) -> Vec<NotCounting> {
    let mut why: Vec<NotCounting> = claims.filter_map(|claim| claim.not_counting.clone()).collect();
    why.sort();
    why.dedup();
    why
}

/// Why an expected type is not there.
fn missing(expected: &Expected, claims: &[ClaimState]) -> Reason {
    let (wanted, basis) = (expected.expectation.document_type, expected.expectation.basis);
    let of_type = claims.iter().filter(|claim| claim.document_type == Some(wanted));
    let why = why(of_type);
    if why.is_empty() {
        Reason::TypeMissing(wanted, basis)
    } else {
        Reason::TypeNotCounting(wanted, basis, why)
    }
}

/// The state of a unit that has points follows from them and needs no claim (R86).
fn follow_points(units: &mut [Unit], standard: &Standard) {
    for index in 0..units.len() {
        let Some(clause) =
            standard.clause(&units[index].number).filter(|clause| !clause.points.is_empty())
        else {
            continue;
        };
        let unit_of = |number: &ClauseNumber| units.iter().find(|unit| unit.number == *number);
        let points: Vec<PointState> = clause
            .points
            .iter()
            .map(|point| PointState {
                text: point.text.clone(),
                pairs: point
                    .pairs
                    .iter()
                    .map(|(number, wanted)| {
                        let met = unit_of(number).is_some_and(|unit| {
                            unit.claims
                                .iter()
                                .any(|claim| claim.counts() && claim.document_type == Some(*wanted))
                        });
                        (number.clone(), *wanted, met)
                    })
                    .collect(),
            })
            .collect();
        let named = points.iter().flat_map(|point| &point.pairs);
        let until =
            named.filter_map(|pair| unit_of(&pair.0)?.until).chain(units[index].until).min();
        let reasons: Vec<Reason> = points
            .iter()
            .enumerate()
            .filter(|(_, point)| point.pairs.iter().any(|pair| !pair.2))
            .map(|(i, point)| {
                let lacking = point.pairs.iter().filter(|pair| !pair.2);
                let lacking: Vec<_> = lacking.map(|pair| (pair.0.clone(), pair.1)).collect();
                let why = why_unmet(units, &lacking);
                Reason::PointUnmet(i + 1, lacking, why)
            })
            .collect();
        let unit = &mut units[index];
        unit.state = match points.iter().filter(|point| point.met()).count() {
            met if met == points.len() => UnitState::Covered,
            0 => UnitState::Gap,
            _ => UnitState::Partial,
        };
        unit.expected.clear();
        (unit.points, unit.reasons, unit.until) = (points, reasons, until);
    }
}

/// Why the claims that there are of these pairs do not count, each reason once.
pub(super) fn why_unmet(
    units: &[Unit],
    pairs: &[(ClauseNumber, DocumentType)],
) -> Vec<NotCounting> {
    why(pairs.iter().flat_map(|(number, wanted)| {
        let unit = units.iter().find(|unit| unit.number == *number);
        let claims = unit.map(|unit| unit.claims.as_slice()).unwrap_or_default();
        claims.iter().filter(move |claim| claim.document_type == Some(*wanted))
    }))
}

/// The units of an edition that is derived: deepest clauses, each from the units it maps to, a parent standing
/// for all units below it.
fn derive(edition: &Standard, base: &Standard, coverage: &Coverage) -> Vec<Unit> {
    edition
        .units()
        .map(|clause| {
            let mut targets: Vec<ClauseNumber> =
                clause.maps_to.iter().flat_map(|number| numbering::units(base, number)).collect();
            targets.sort();
            targets.dedup();
            let units: Vec<&Unit> =
                targets.iter().filter_map(|number| coverage.unit(number)).collect();
            let all = |state: UnitState| units.iter().all(|unit| unit.state == state);
            let (state, reasons) = if units.is_empty() {
                (UnitState::Gap, vec![Reason::NothingToDeriveFrom])
            } else if all(UnitState::Covered) {
                (UnitState::Covered, Vec::new())
            } else {
                let open = units.iter().filter(|unit| unit.state != UnitState::Covered);
                let reason = Reason::DerivedFrom(open.map(|unit| unit.number.clone()).collect());
                (
                    if all(UnitState::Gap) { UnitState::Gap } else { UnitState::Partial },
                    vec![reason],
                )
            };
            Unit {
                number: clause.number.clone(),
                state,
                expected: Vec::new(),
                claims: Vec::new(),
                reasons,
                points: Vec::new(),
                until: units.iter().filter_map(|unit| unit.until).min(),
                derived: units.iter().map(|unit| (unit.number.clone(), unit.state)).collect(),
            }
        })
        .collect()
}

/// Units of which something could not be read are not covered, whatever is left of what they expect.
fn hold_back(units: &mut [Unit], is_unread: impl Fn(&ClauseNumber) -> bool) {
    for unit in units.iter_mut().filter(|unit| is_unread(&unit.number)) {
        if unit.state == UnitState::Covered {
            unit.state = UnitState::Partial;
        }
        unit.reasons.push(Reason::Unread);
    }
}

/// True for a unit of an edition that is said to stand for a clause that its base has not.
fn maps_beyond(edition: &Standard, unit: &ClauseNumber, base: &Standard) -> bool {
    let clause = edition.clause(unit);
    clause.is_some_and(|clause| clause.maps_to.iter().any(|number| base.clause(number).is_none()))
}

/// Units that the organization says do not apply; refused for clauses 4 to 10 of ISO/IEC 20000-1 (R87).
fn exclude(units: &mut [Unit], standard: usize, library: &Library) {
    for exclusion in &library.config.coverage.exclude {
        let Some((index, number)) =
            numbering::excluded(&exclusion.clause, &library.framework, &library.config)
        else {
            continue;
        };
        if index != standard || numbering::refused(&library.framework.standards[index], &number) {
            continue;
        }
        for unit in units.iter_mut().filter(|unit| unit.number.is_within(&number)) {
            unit.state = UnitState::Excluded;
            unit.reasons = vec![Reason::Excluded(exclusion.reason.clone())];
        }
    }
}
