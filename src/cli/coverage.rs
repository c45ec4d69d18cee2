//! `clausebook coverage`: how far a standard is covered.

use std::collections::BTreeSet;

use clap::Args;

use super::session::Session;
use super::table::table;
use super::{Format, Global, Outcome, print, refuse_format};
use crate::export::{self, CoverageJson};
use crate::failure::{Failure, Result};
use crate::wording::Wording;

/// What `coverage` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The id of the standard; else the primary one
    #[arg(long, value_name = "ID")]
    standard: Option<String>,
    /// Exit with 1 when fewer per cent of all units are covered
    #[arg(long, value_name = "PER CENT", value_parser = per_cent)]
    fail_under: Option<f64>,
}

fn per_cent(typed: &str) -> std::result::Result<f64, String> {
    let number = typed.parse().ok().filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| "it is no number from 0 to 100".to_owned())
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("coverage", global.format, &[Format::Text, Format::Json, Format::Csv])?;
    let session = Session::open(global)?;
    session.tell_day();
    let portal = session.portal()?;
    let id = arguments.standard.as_deref().unwrap_or(&session.config.standard);
    let standards = &portal.library.framework.standards;
    let Some(index) = standards.iter().position(|standard| standard.id == id) else {
        let known: Vec<&str> = standards.iter().map(|standard| standard.id.as_str()).collect();
        return Err(Failure::new(format!("there is no standard `{id}`"))
            .remedy(format!("name one of {}", known.join(", "))));
    };
    let theme = session.theme()?;
    let coverage = export::coverage(&portal, Wording(&theme.words), index);
    match global.format {
        Format::Json => print(&String::from_utf8_lossy(&export::json(&coverage)))?,
        Format::Csv => print(&String::from_utf8_lossy(&export::csv(&rows(&coverage))))?,
        _ => print(&text(&coverage))?,
    };
    let short = arguments.fail_under.is_some_and(|least| coverage.totals.percent < least);
    Ok(if short { Outcome::Findings } else { Outcome::Clean })
}

#[derive(serde::Serialize)]
struct Row<'a> {
    number: &'a str,
    title: &'a str,
    state: &'a str,
    documents: Vec<&'a str>,
    reasons: String,
}

impl export::Columns for Row<'_> {
    const NAMES: &'static [&'static str] = &["number", "title", "state", "documents", "reasons"];
}

fn rows<'a>(coverage: &'a CoverageJson) -> Vec<Row<'a>> {
    let rows = coverage.units.iter().map(|unit| {
        // Those that count come first: a document may stand among both.
        let mut told = BTreeSet::new();
        let claimed = unit.claims.iter().filter_map(|claim| claim.reference);
        let documents = claimed.filter(|reference| told.insert(*reference)).collect();
        let reasons: Vec<&str> = unit.reasons.iter().map(|reason| reason.text.as_str()).collect();
        Row {
            number: unit.number,
            title: unit.title,
            state: unit.state,
            documents,
            reasons: reasons.join("; "),
        }
    });
    rows.collect()
}

fn text(coverage: &CoverageJson) -> String {
    let rows: Vec<Vec<String>> = rows(coverage)
        .into_iter()
        .map(|row| {
            vec![row.number.to_owned(), row.title.to_owned(), row.state.to_owned(), row.reasons]
        })
        .collect();
    let totals = &coverage.totals;
    format!(
        "{} as of {}\n\n{}\n{} units: {} covered, {} partial, {} gap, {} excluded; {:.1} % covered\n{}\n",
        coverage.title,
        coverage.today,
        table(&["clause", "title", "state", "why"], &rows),
        totals.units,
        totals.covered,
        totals.partial,
        totals.gap,
        totals.excluded,
        totals.percent,
        coverage.rule,
    )
}
