//! Clause by document type: what is there, what counts, what is missing (R84).

use super::Make;
use super::view::{Badge, Matrix, MatrixRow};
use crate::document::DocumentType;
use crate::places;
use crate::portal::{ClaimState, Unit, UnitState};
use crate::standard::Basis;

impl<'a> Make<'a> {
    pub(super) fn matrix(&self, index: usize) -> Matrix<'a> {
        let standard = self.standard(index);
        let coverage = &self.portal.coverage[index];
        let title = self.words.say("matrix.title", &[("standard", &standard.title)]);
        let rows = coverage.units.iter().map(|unit| MatrixRow {
            href: self.address.link_to(&places::clause(self.portal, index, &unit.number)),
            number: unit.number.to_string(),
            title: standard
                .clause(&unit.number)
                .and_then(|clause| clause.title.clone())
                .unwrap_or_default(),
            lang: self.foreign_language(index),
            state: self.unit_badge(unit.state, unit.until),
            cells: DocumentType::ALL.iter().map(|known| self.matrix_cell(unit, *known)).collect(),
        });
        let legend = ["covered", "partial", "missing", "advised"].map(|kind| self.sign(kind, None));
        Matrix {
            page: self.shell("matrix", title, self.standard_crumbs(index)),
            standard: self.link(&places::clauses(self.portal, index), standard.title.clone()),
            types: DocumentType::ALL
                .iter()
                .map(|known| self.wording.document_type(*known))
                .collect(),
            rows: rows.collect(),
            legend: legend.into(),
        }
    }

    fn sign(&self, kind: &'static str, until: Option<jiff::civil::Date>) -> Badge {
        let text = self.words.get(&format!("matrix.{kind}"));
        Badge { kind, text, until: until.map(|until| until.to_string()) }
    }

    /// Counting claims of a type, claims that do not count, or that the type is expected and not there.
    fn matrix_cell(&self, unit: &Unit, known: DocumentType) -> Option<Badge> {
        if unit.state == UnitState::Excluded {
            return None;
        }
        let claims = || unit.claims.iter().filter(|claim| claim.document_type == Some(known));
        let expected =
            unit.expected.iter().find(|expected| expected.expectation.document_type == known);
        let kind = match (claims().any(ClaimState::counts), claims().next(), expected) {
            (true, ..) => "covered",
            (false, Some(_), _) => "partial",
            (false, None, Some(expected)) if expected.expectation.basis == Basis::Standard => {
                "missing"
            }
            (false, None, Some(_)) => "advised",
            (false, None, None) => return None,
        };
        Some(self.sign(kind, unit.until))
    }
}
