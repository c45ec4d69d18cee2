//! What the templates of clauses are given.

use serde::Serialize;

use super::{Badge, Link, Mark, Mention, MenuItem, Readiness, Shell};

/// `clauses.html`
#[derive(Serialize)]
pub(in crate::render) struct Clauses<'a> {
    pub(in crate::render) page: Shell<'a>,
    pub(in crate::render) readiness: Readiness,
    pub(in crate::render) standards: Vec<MenuItem>,
    pub(in crate::render) rows: Vec<ClauseRow>,
    /// Types that are expected and not there, by type (R84).
    pub(in crate::render) missing: Vec<MissingType>,
    pub(in crate::render) json: String,
    /// True when the states are derived from another edition.
    pub(in crate::render) derived: Option<String>,
}

/// One clause of the tree.
#[derive(Serialize)]
pub(in crate::render) struct ClauseRow {
    pub(in crate::render) href: String,
    pub(in crate::render) number: String,
    pub(in crate::render) title: String,
    /// The language of the title, where it is not that of the portal.
    pub(in crate::render) lang: Option<String>,
    /// 1 for a main clause.
    pub(in crate::render) level: usize,
    /// The state of a unit.
    pub(in crate::render) state: Option<Badge>,
    /// For a parent: "3 of 5 units covered".
    pub(in crate::render) counts: Option<Mark>,
    /// Why a unit is not covered.
    pub(in crate::render) reasons: Vec<String>,
    pub(in crate::render) documents: Vec<Mention>,
}

/// A type with the clauses that lack it.
#[derive(Serialize)]
pub(in crate::render) struct MissingType {
    pub(in crate::render) document_type: String,
    pub(in crate::render) clauses: Vec<Link>,
}

/// `clause.html`
#[derive(Serialize)]
pub(in crate::render) struct ClausePage<'a> {
    pub(in crate::render) page: Shell<'a>,
    pub(in crate::render) standard: Link,
    pub(in crate::render) number: String,
    pub(in crate::render) heading: String,
    pub(in crate::render) summary: Option<String>,
    /// The language of the heading, where it is not that of the portal.
    pub(in crate::render) heading_lang: Option<String>,
    /// The same of summary, points and what is expected.
    pub(in crate::render) lang: Option<String>,
    pub(in crate::render) state: Option<Badge>,
    pub(in crate::render) counts: Option<Mark>,
    pub(in crate::render) reasons: Vec<String>,
    /// What a paragraph without a heading is counted for.
    pub(in crate::render) counted_for: Option<Link>,
    pub(in crate::render) expected: Vec<ExpectedLine>,
    pub(in crate::render) claims: Vec<ClaimedBy>,
    pub(in crate::render) points: Vec<PointLine>,
    pub(in crate::render) derived: Vec<ClauseRow>,
    pub(in crate::render) parents: Vec<Link>,
    pub(in crate::render) children: Vec<ClauseRow>,
    pub(in crate::render) previous: Option<Link>,
    pub(in crate::render) next: Option<Link>,
    pub(in crate::render) corresponding: Vec<Corresponding>,
}

/// A type that a clause expects.
#[derive(Serialize)]
pub(in crate::render) struct ExpectedLine {
    pub(in crate::render) document_type: String,
    pub(in crate::render) basis: String,
    pub(in crate::render) what: String,
    pub(in crate::render) state: Badge,
}

/// A claim as the page of its clause shows it.
#[derive(Serialize)]
pub(in crate::render) struct ClaimedBy {
    /// `None` for a document that is not shown here.
    pub(in crate::render) document: Option<Mention>,
    /// "records said to be kept in …", "covered by a document not shown here".
    pub(in crate::render) words: Option<String>,
    pub(in crate::render) document_type: String,
    /// The section with its deep link.
    pub(in crate::render) section: Option<Link>,
    /// The first sentence of the passage.
    pub(in crate::render) opening: Option<String>,
    pub(in crate::render) status: String,
    pub(in crate::render) version: String,
    /// The number, when it is not that of the page.
    pub(in crate::render) number: Option<String>,
    pub(in crate::render) state: Badge,
    /// Why it does not count.
    pub(in crate::render) reason: Option<String>,
}

/// One of the points that a state follows from.
#[derive(Serialize)]
pub(in crate::render) struct PointLine {
    pub(in crate::render) text: String,
    pub(in crate::render) state: Badge,
    pub(in crate::render) pairs: Vec<PairLine>,
}

/// A clause and a type of a point.
#[derive(Serialize)]
pub(in crate::render) struct PairLine {
    pub(in crate::render) clause: Link,
    pub(in crate::render) document_type: String,
    pub(in crate::render) met: bool,
    /// True when something of the type claims the clause, whether it counts or not.
    pub(in crate::render) there: bool,
    /// The documents that meet it.
    pub(in crate::render) documents: Vec<Mention>,
}

/// Corresponding clauses of another standard or edition.
#[derive(Serialize)]
pub(in crate::render) struct Corresponding {
    pub(in crate::render) standard: String,
    pub(in crate::render) clauses: Vec<CorrespondingClause>,
}

/// One of them.
#[derive(Serialize)]
pub(in crate::render) struct CorrespondingClause {
    /// `None` when the portal does not hold that standard.
    pub(in crate::render) href: Option<String>,
    pub(in crate::render) text: String,
    /// The language of the text, where it is not that of the portal.
    pub(in crate::render) lang: Option<String>,
}

/// `matrix.html`
#[derive(Serialize)]
pub(in crate::render) struct Matrix<'a> {
    pub(in crate::render) page: Shell<'a>,
    pub(in crate::render) standard: Link,
    pub(in crate::render) types: Vec<String>,
    pub(in crate::render) rows: Vec<MatrixRow>,
    /// What the signs mean.
    pub(in crate::render) legend: Vec<Badge>,
}

/// One unit of the matrix.
#[derive(Serialize)]
pub(in crate::render) struct MatrixRow {
    pub(in crate::render) href: String,
    pub(in crate::render) number: String,
    pub(in crate::render) title: String,
    /// The language of the title, where it is not that of the portal.
    pub(in crate::render) lang: Option<String>,
    pub(in crate::render) state: Badge,
    /// One cell a type; `None` where nothing is expected and nothing claims.
    pub(in crate::render) cells: Vec<Option<Badge>>,
}
