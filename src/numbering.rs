//! What a clause that somebody names comes to: a unit, a parent, an old number (contracts 3).

use crate::config::Config;
use crate::document::ClauseRef;
use crate::portal::Framework;
use crate::standard::{Clause, ClauseNumber, Standard};

/// What a claimed clause comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A unit, by the index of its standard.
    Unit(usize, ClauseNumber),
    /// A headed parent: it covers none of these units.
    Parent(usize, ClauseNumber, Vec<ClauseNumber>),
    /// A number of an edition whose coverage is derived: the edition, the target units in the standard it is
    /// derived from, and the index of that. It counts there only when there is exactly one.
    OldNumbering {
        /// The index of the old edition.
        edition: usize,
        /// The index of the standard that it is derived from.
        standard: usize,
        /// The units it maps to.
        targets: Vec<ClauseNumber>,
    },
    /// There is no such standard.
    NoStandard,
    /// The standard has no such clause.
    NoClause(usize),
}

/// Resolves a claimed clause.
pub fn resolve(clause: &ClauseRef, framework: &Framework, config: &Config) -> Resolved {
    let Some(index) = standard(clause, framework, config) else { return Resolved::NoStandard };
    let standard = &framework.standards[index];
    let Some(found) = standard.clause(&clause.number) else { return Resolved::NoClause(index) };
    if let Some((base_index, base)) = base(index, framework) {
        let mut targets: Vec<ClauseNumber> =
            found.maps_to.iter().flat_map(|number| units(base, number)).collect();
        targets.sort();
        targets.dedup();
        return Resolved::OldNumbering { edition: index, standard: base_index, targets };
    }
    match standard.unit_of(&clause.number) {
        Some(unit) => Resolved::Unit(index, unit.number.clone()),
        None => {
            let units =
                standard.units_within(&clause.number).map(|unit| unit.number.clone()).collect();
            Resolved::Parent(index, clause.number.clone(), units)
        }
    }
}

/// The units that a number stands for: itself, those below a parent, the one above a paragraph.
pub fn units(standard: &Standard, number: &ClauseNumber) -> Vec<ClauseNumber> {
    match standard.unit_of(number) {
        Some(unit) => vec![unit.number.clone()],
        None => standard.units_within(number).map(|unit| unit.number.clone()).collect(),
    }
}

/// The standard that the edition at `index` is derived from.
pub fn base(index: usize, framework: &Framework) -> Option<(usize, &Standard)> {
    let base = framework.standards[index].derived_from.as_ref()?;
    framework
        .standards
        .iter()
        .enumerate()
        .find(|(_, standard)| standard.id == base.value && standard.derived_from.is_none())
}

/// The index of the standard that a clause is of: the primary one, one of that id, or an edition of the primary
/// one by its year (`2011:6.1`, R11).
fn standard(clause: &ClauseRef, framework: &Framework, config: &Config) -> Option<usize> {
    let id = config.standard_of(clause);
    let exact = framework.standards.iter().position(|standard| standard.id == id);
    exact.or_else(|| {
        let year = id.len() == 4 && id.bytes().all(|byte| byte.is_ascii_digit());
        let (family, _) = config.standard.rsplit_once('-').filter(|_| year)?;
        let edition = format!("{family}-{id}");
        framework.standards.iter().position(|standard| standard.id == edition)
    })
}

/// The clause itself, with the index of its standard.
pub fn find<'a>(
    clause: &ClauseRef,
    framework: &'a Framework,
    config: &Config,
) -> Option<(usize, &'a Clause)> {
    let index = standard(clause, framework, config)?;
    Some((index, framework.standards[index].clause(&clause.number)?))
}

/// The standard and the number that an exclusion names; `None` when there is no such clause.
pub fn excluded(
    typed: &str,
    framework: &Framework,
    config: &Config,
) -> Option<(usize, ClauseNumber)> {
    let (index, found) = find(&typed.parse().ok()?, framework, config)?;
    Some((index, found.number.clone()))
}

/// True for a clause that cannot be excluded: 4 to 10 of ISO/IEC 20000-1, in any edition.
pub fn refused(standard: &Standard, number: &ClauseNumber) -> bool {
    let first = number.as_str().split('.').next().and_then(|first| first.parse::<u32>().ok());
    let edition = standard.id.strip_prefix("iso-iec-20000-1");
    edition.is_some_and(|edition| edition.is_empty() || edition.starts_with('-'))
        && first.is_some_and(|first| (4..=10).contains(&first))
}
