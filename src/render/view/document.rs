//! What the template of a document is given.

use serde::Serialize;

use super::{Badge, Day, Link, Mention, Shell, Table};

/// `document.html`
#[derive(Serialize)]
pub(in crate::render) struct DocumentPage<'a> {
    pub(in crate::render) page: Shell<'a>,
    /// What a reader must know first, weightiest first.
    pub(in crate::render) banners: Vec<Banner>,
    /// What a reader asks first: owner, whom it concerns, reference, version, status, dates, clauses.
    pub(in crate::render) card: Vec<Fact>,
    /// What else is known of it.
    pub(in crate::render) further: Vec<Fact>,
    /// The headings of level 2 and 3.
    pub(in crate::render) contents: Vec<ContentsItem>,
    /// The body, safe.
    pub(in crate::render) body: String,
    /// Some of its code has colours, which `highlight.css` gives.
    pub(in crate::render) highlighted: bool,
    /// What scripts show of the documents that the text leads to, as HTML, safe.
    pub(in crate::render) cards: String,
    /// The rows of a register.
    pub(in crate::render) table: Option<Table>,
    /// What governs it, above it, and what it governs, below it; empty without either.
    pub(in crate::render) tree: Vec<Branch>,
    pub(in crate::render) related: Vec<Mention>,
    pub(in crate::render) replaces: Vec<Mention>,
    pub(in crate::render) linked_from: Vec<Mention>,
    pub(in crate::render) claims: Vec<ClaimLine>,
    pub(in crate::render) history: Vec<HistoryLine>,
    pub(in crate::render) previous: Option<Mention>,
    pub(in crate::render) next: Option<Mention>,
    pub(in crate::render) edit: Option<String>,
}

/// A document in the hierarchy of policy, process, procedure and record.
#[derive(Serialize)]
pub(in crate::render) struct Branch {
    pub(in crate::render) document: Mention,
    /// True for the document of the page.
    pub(in crate::render) here: bool,
    /// What it governs, as far as it is shown.
    pub(in crate::render) below: Vec<Branch>,
}

/// Something a reader must know before reading.
#[derive(Serialize, Clone)]
pub(in crate::render) struct Banner {
    pub(in crate::render) kind: &'static str,
    pub(in crate::render) text: String,
    /// Links that belong to it: the successor, say.
    pub(in crate::render) links: Vec<Mention>,
    /// Lines below it: the findings of the document.
    pub(in crate::render) lines: Vec<String>,
    pub(in crate::render) until: Option<String>,
    /// For a banner that appears by itself: the day from which it holds.
    pub(in crate::render) from: Option<String>,
}

/// One fact of a document.
#[derive(Serialize)]
pub(in crate::render) struct Fact {
    pub(in crate::render) name: String,
    pub(in crate::render) text: Option<String>,
    pub(in crate::render) date: Option<Day>,
    pub(in crate::render) links: Vec<Link>,
    pub(in crate::render) badge: Option<Badge>,
}

/// A heading of the page.
#[derive(Serialize)]
pub(in crate::render) struct ContentsItem {
    pub(in crate::render) anchor: String,
    pub(in crate::render) text: String,
    /// True for one of the second rank.
    pub(in crate::render) deep: bool,
}

/// A clause that a document claims.
#[derive(Serialize)]
pub(in crate::render) struct ClaimLine {
    pub(in crate::render) clause: Link,
    pub(in crate::render) title: String,
    /// The language of the title, where it is not that of the portal.
    pub(in crate::render) lang: Option<String>,
    /// The section, as a link on this page.
    pub(in crate::render) section: Option<Link>,
}

/// An entry of the change history.
#[derive(Serialize)]
pub(in crate::render) struct HistoryLine {
    pub(in crate::render) version: String,
    pub(in crate::render) date: Option<Day>,
    pub(in crate::render) summary: String,
    pub(in crate::render) approved_by: String,
}
