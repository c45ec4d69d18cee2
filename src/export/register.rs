//! The documents register: every controlled document (R98, R99).

use jiff::civil::Date;
use serde::Serialize;

use super::Columns;
use crate::document::{DocumentType, Status};
use crate::portal::{DocumentId, Entry, Portal};

/// One document of the register.
#[derive(Debug, Serialize)]
pub struct RegisterRow<'a> {
    /// Its reference.
    pub reference: Option<&'a str>,
    /// Its title.
    pub title: &'a str,
    /// The name of its type.
    #[serde(rename = "type")]
    pub document_type: Option<&'static str>,
    /// Its version.
    pub version: Option<&'a str>,
    /// The name of its status.
    pub status: Option<&'static str>,
    /// The id of its owner's role.
    pub owner: Option<&'a str>,
    /// The id of its approver's role.
    pub approver: Option<&'a str>,
    /// The clauses it claims, each once, as typed.
    pub clauses: Vec<String>,
    /// The day of its newest approval.
    pub approved_on: Option<Date>,
    /// The day from which it is in force.
    pub effective_date: Option<Date>,
    /// The day of its next review.
    pub next_review: Option<Date>,
    /// The name of its review state.
    pub review_state: &'static str,
    /// Its handling label.
    pub classification: &'a str,
    /// How long it is kept.
    pub retention: Option<&'a str>,
    /// Where it is kept: its path in the repository.
    pub path: &'a str,
    /// Its page, relative to the root of the portal.
    pub url: Option<&'a str>,
}

impl Columns for RegisterRow<'_> {
    const NAMES: &'static [&'static str] = &[
        "reference",
        "title",
        "type",
        "version",
        "status",
        "owner",
        "approver",
        "clauses",
        "approved_on",
        "effective_date",
        "next_review",
        "review_state",
        "classification",
        "retention",
        "path",
        "url",
    ];
}

/// All documents in the order of the register: what is in force, then what is not yet, then what no longer is; each
/// in portal order.
pub fn register(portal: &Portal) -> Vec<RegisterRow<'_>> {
    let mut documents: Vec<(DocumentId, &Entry)> = portal.library.documents().collect();
    documents.sort_by_key(|(id, entry)| {
        let rank = match entry.document.status() {
            Some(Status::Retired) => 2,
            _ if portal.state(*id).in_force => 0,
            _ => 1,
        };
        (rank, *id)
    });
    documents.into_iter().map(|(id, entry)| row(portal, id, entry)).collect()
}

fn row<'a>(portal: &'a Portal, id: DocumentId, entry: &'a Entry) -> RegisterRow<'a> {
    let document = &*entry.document;
    let matter = &document.front_matter;
    let mut clauses: Vec<String> = Vec::new();
    for clause in document.claims.iter().map(|claim| claim.clause.to_string()) {
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    let text = |typed: &'a Option<crate::document::Typed<String>>| {
        typed.as_ref().map(|typed| typed.value.as_str())
    };
    RegisterRow {
        reference: document.reference(),
        title: document.title(),
        document_type: document.document_type().map(DocumentType::name),
        version: matter.version.as_ref().map(|version| version.value.0.as_str()),
        status: document.status().map(Status::name),
        owner: text(&matter.owner),
        approver: text(&matter.approver),
        clauses,
        approved_on: document.approval().map(|approval| approval.date),
        effective_date: document.in_force_from(),
        next_review: portal.next_review(id),
        review_state: portal.state(id).review.name(),
        classification: text(&matter.classification)
            .unwrap_or(&portal.library.config.classification.default),
        retention: text(&matter.retention),
        path: &document.path,
        url: entry.address.as_ref().map(crate::address::SitePath::as_str),
    }
}
