//! What each template is given: the vocabulary of themes.

use serde::Serialize;

pub(super) use super::table::{Cell, Column, Table};

/// What every page has, as `page` in the templates.
#[derive(Serialize)]
pub(super) struct Shell<'a> {
    /// The heading and the first part of the window's title.
    pub(super) title: String,
    /// The name of the organization.
    pub(super) site: &'a str,
    /// The language of the portal's words.
    pub(super) lang: &'a str,
    /// What leads from this page to the root of the site: `../`, or the path of `base_url`.
    pub(super) root: String,
    /// The day that every state is as of, as people read it.
    pub(super) as_of: String,
    /// The same day in ISO form.
    pub(super) today: String,
    /// What is said of a state past its day: "as of …, to be rebuilt".
    pub(super) stale: String,
    /// "demonstration as of …", for a demonstration.
    pub(super) demo: Option<String>,
    /// The main menu.
    pub(super) menu: Vec<MenuItem>,
    /// The way here from home.
    pub(super) crumbs: Vec<Link>,
    /// A class for the body, the name of the template.
    pub(super) kind: &'static str,
    /// The tree beside the page as HTML, safe; `None` for a page that stands in none.
    pub(super) navigation: Option<String>,
    /// What stands on each printed sheet.
    pub(super) print_line: String,
    /// How the portal is marked as the organization's own.
    pub(super) brand: Brand<'a>,
}

/// The marks of an organization.
#[derive(Serialize)]
pub(super) struct Brand<'a> {
    /// The address of its logo.
    pub(super) logo: Option<String>,
    /// Its width in CSS pixels; it is 32 high.
    pub(super) logo_width: u32,
    /// What stands at the foot of every page.
    pub(super) footer: Option<&'a str>,
}

/// An entry of the main menu.
#[derive(Serialize)]
pub(super) struct MenuItem {
    pub(super) href: String,
    pub(super) text: String,
    /// True when this page is it or lies below it.
    pub(super) here: bool,
}

/// A link with its text.
#[derive(Serialize, Clone)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) text: String,
}

/// A state: an icon, a word, a class for its colour, and the day it holds until.
#[derive(Serialize, Clone)]
pub(super) struct Badge {
    /// The class and the name of the icon.
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// The first day on which it may differ, in ISO form.
    pub(super) until: Option<String>,
}

/// A date for people and for machines.
#[derive(Serialize, Clone)]
pub(super) struct Day {
    pub(super) iso: String,
    pub(super) text: String,
}

/// A mention of a document.
#[derive(Serialize, Clone)]
pub(super) struct Mention {
    /// `None` when it has no page.
    pub(super) href: Option<String>,
    pub(super) title: String,
    pub(super) reference: Option<String>,
    /// The word of its type.
    pub(super) document_type: Option<String>,
    /// The word of what it is when it is not in force.
    pub(super) mark: Option<Mark>,
}

/// A few words that hold until a day: what a document is when it is not in force, how many units are covered.
#[derive(Serialize, Clone)]
pub(super) struct Mark {
    pub(super) text: String,
    /// The first day on which it may differ.
    pub(super) until: Option<String>,
}

/// `home.html`
#[derive(Serialize)]
pub(super) struct Home<'a> {
    pub(super) page: Shell<'a>,
    /// The areas at the top with their counts, the first few.
    pub(super) areas: Vec<Counted>,
    /// The address of the page of all areas.
    pub(super) all_areas: String,
    /// The newest changes.
    pub(super) changes: Vec<ChangeLine>,
    /// How far the primary standard is covered.
    pub(super) readiness: Option<Readiness>,
    /// The same by main clause.
    pub(super) coverage: Option<Chart>,
    pub(super) overdue: Shortened<ReviewLine>,
    pub(super) due: Shortened<ReviewLine>,
    pub(super) drafts: Shortened<Mention>,
    /// How a change is proposed.
    pub(super) propose: String,
    /// "34 documents"
    pub(super) documents: String,
    /// Implementation plan, assessments, checklists: those that there are.
    pub(super) progress: Vec<Link>,
}

/// The first lines of a list.
#[derive(Serialize)]
pub(super) struct Shortened<T> {
    pub(super) lines: Vec<T>,
    /// "All 12", when there are more.
    pub(super) more: Option<String>,
}

/// `changes.html`
#[derive(Serialize)]
pub(super) struct Changes<'a> {
    pub(super) page: Shell<'a>,
    /// The newest first.
    pub(super) months: Vec<Month>,
    /// Says how many older ones are left out.
    pub(super) older: Option<String>,
    /// The address of the feed.
    pub(super) feed: String,
}

/// The changes of one month.
#[derive(Serialize)]
pub(super) struct Month {
    pub(super) title: String,
    /// `2026-12`
    pub(super) anchor: String,
    pub(super) lines: Vec<ChangeLine>,
}

/// A change of a document.
#[derive(Serialize)]
pub(super) struct ChangeLine {
    pub(super) date: Day,
    pub(super) document: Mention,
    pub(super) version: String,
    pub(super) summary: String,
    pub(super) approved_by: String,
}

/// `dashboard.html`
#[derive(Serialize)]
pub(super) struct Dashboard<'a> {
    pub(super) page: Shell<'a>,
    pub(super) readiness: Option<Readiness>,
    pub(super) charts: Vec<Chart>,
}

/// A picture of figures, with the figures.
#[derive(Serialize)]
pub(super) struct Chart {
    pub(super) anchor: &'static str,
    pub(super) title: String,
    /// What it shows, in a sentence.
    pub(super) about: String,
    /// What the colours mean, with sums.
    pub(super) legend: Vec<Badge>,
    /// The picture, safe; empty when there is nothing to draw.
    pub(super) svg: String,
    pub(super) table: Table,
    /// What is said when there is nothing to draw.
    pub(super) empty: String,
}

/// A link with a count in words.
#[derive(Serialize)]
pub(super) struct Counted {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) count: String,
}

/// Coverage of a standard in figures.
#[derive(Serialize)]
pub(super) struct Readiness {
    pub(super) standard: String,
    pub(super) clauses: String,
    pub(super) matrix: String,
    /// Rounded to one decimal for people.
    pub(super) percent: String,
    pub(super) covered: usize,
    pub(super) partial: usize,
    pub(super) gap: usize,
    pub(super) excluded: usize,
    pub(super) units: usize,
    pub(super) rule: String,
    pub(super) until: Option<String>,
}

/// One review.
#[derive(Serialize)]
pub(super) struct ReviewLine {
    pub(super) document: Mention,
    pub(super) owner: Option<Link>,
    pub(super) date: Option<Day>,
    /// "12 days ago"
    pub(super) days: String,
    pub(super) state: Badge,
}

/// `document.html`
#[derive(Serialize)]
pub(super) struct DocumentPage<'a> {
    pub(super) page: Shell<'a>,
    /// What a reader must know first, weightiest first.
    pub(super) banners: Vec<Banner>,
    /// What a reader asks first: owner, whom it concerns, reference, version, status, dates, clauses.
    pub(super) card: Vec<Fact>,
    /// What else is known of it.
    pub(super) further: Vec<Fact>,
    /// The headings of level 2 and 3.
    pub(super) contents: Vec<ContentsItem>,
    /// The body, safe.
    pub(super) body: String,
    /// What scripts show of the documents that the text leads to, as HTML, safe.
    pub(super) cards: String,
    /// The rows of a register.
    pub(super) table: Option<Table>,
    /// What governs it, above it, and what it governs, below it; empty without either.
    pub(super) tree: Vec<Branch>,
    pub(super) related: Vec<Mention>,
    pub(super) replaces: Vec<Mention>,
    pub(super) linked_from: Vec<Mention>,
    pub(super) claims: Vec<ClaimLine>,
    pub(super) history: Vec<HistoryLine>,
    pub(super) previous: Option<Mention>,
    pub(super) next: Option<Mention>,
    pub(super) edit: Option<String>,
}

/// A document in the hierarchy of policy, process, procedure and record.
#[derive(Serialize)]
pub(super) struct Branch {
    pub(super) document: Mention,
    /// True for the document of the page.
    pub(super) here: bool,
    /// What it governs, as far as it is shown.
    pub(super) below: Vec<Branch>,
}

/// Something a reader must know before reading.
#[derive(Serialize, Clone)]
pub(super) struct Banner {
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// Links that belong to it: the successor, say.
    pub(super) links: Vec<Mention>,
    /// Lines below it: the findings of the document.
    pub(super) lines: Vec<String>,
    pub(super) until: Option<String>,
    /// For a banner that appears by itself: the day from which it holds.
    pub(super) from: Option<String>,
}

/// One fact of a document.
#[derive(Serialize)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) text: Option<String>,
    pub(super) date: Option<Day>,
    pub(super) links: Vec<Link>,
    pub(super) badge: Option<Badge>,
}

/// A heading of the page.
#[derive(Serialize)]
pub(super) struct ContentsItem {
    pub(super) anchor: String,
    pub(super) text: String,
    /// True for one of the second rank.
    pub(super) deep: bool,
}

/// A clause that a document claims.
#[derive(Serialize)]
pub(super) struct ClaimLine {
    pub(super) clause: Link,
    pub(super) title: String,
    /// The section, as a link on this page.
    pub(super) section: Option<Link>,
}

/// An entry of the change history.
#[derive(Serialize)]
pub(super) struct HistoryLine {
    pub(super) version: String,
    pub(super) date: Option<Day>,
    pub(super) summary: String,
    pub(super) approved_by: String,
}

/// `folder.html`, `register.html`, `reviews.html`, `registers.html`, `glossary.html`, `roles.html`: groups of rows.
#[derive(Serialize)]
pub(super) struct Groups<'a> {
    pub(super) page: Shell<'a>,
    /// What the page is about, in a sentence.
    pub(super) lead: String,
    /// Files with the same facts for other programs.
    pub(super) files: Vec<Link>,
    pub(super) sections: Vec<Group>,
}

/// A group of rows under a heading.
#[derive(Serialize)]
pub(super) struct Group {
    /// `None` for the only one.
    pub(super) title: Option<String>,
    pub(super) anchor: String,
    pub(super) table: Table,
    /// What is said when it has no rows.
    pub(super) empty: String,
    /// True when a script may offer to sort and filter it.
    pub(super) sortable: bool,
}

/// `role.html`
#[derive(Serialize)]
pub(super) struct RolePage<'a> {
    pub(super) page: Shell<'a>,
    /// Its id, as documents name it.
    pub(super) id: &'a str,
    pub(super) summary: String,
    pub(super) duties: Vec<String>,
    /// What concerns it: to review, addressed to it, that name it, owned, approved.
    pub(super) groups: Vec<RoleGroup>,
}

/// Documents that concern a role in one way.
#[derive(Serialize)]
pub(super) struct RoleGroup {
    pub(super) anchor: &'static str,
    pub(super) title: String,
    /// What is said without any.
    pub(super) empty: String,
    pub(super) lines: Vec<RoleLine>,
}

/// One of them.
#[derive(Serialize)]
pub(super) struct RoleLine {
    pub(super) document: Mention,
    /// The state of its review; none for what is not in force.
    pub(super) state: Option<Badge>,
    /// Its next review.
    pub(super) date: Option<Day>,
}

/// `glossary.html`
#[derive(Serialize)]
pub(super) struct Glossary<'a> {
    pub(super) page: Shell<'a>,
    pub(super) terms: Vec<TermLine>,
}

/// A term of the glossary.
#[derive(Serialize)]
pub(super) struct TermLine {
    pub(super) anchor: String,
    pub(super) term: String,
    pub(super) definition: String,
    pub(super) aliases: String,
    pub(super) see: Vec<Link>,
    pub(super) document: Option<Mention>,
    /// False when that document is not in force: it does not rule (contracts 6).
    pub(super) rules: bool,
}

/// `clauses.html`
#[derive(Serialize)]
pub(super) struct Clauses<'a> {
    pub(super) page: Shell<'a>,
    pub(super) readiness: Readiness,
    pub(super) standards: Vec<MenuItem>,
    pub(super) rows: Vec<ClauseRow>,
    /// Types that are expected and not there, by type (R84).
    pub(super) missing: Vec<MissingType>,
    pub(super) json: String,
    /// True when the states are derived from another edition.
    pub(super) derived: Option<String>,
}

/// One clause of the tree.
#[derive(Serialize)]
pub(super) struct ClauseRow {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) title: String,
    /// 1 for a main clause.
    pub(super) level: usize,
    /// The state of a unit.
    pub(super) state: Option<Badge>,
    /// For a parent: "3 of 5 units covered".
    pub(super) counts: Option<Mark>,
    /// Why a unit is not covered.
    pub(super) reasons: Vec<String>,
    pub(super) documents: Vec<Mention>,
}

/// A type with the clauses that lack it.
#[derive(Serialize)]
pub(super) struct MissingType {
    pub(super) document_type: String,
    pub(super) clauses: Vec<Link>,
}

/// `clause.html`
#[derive(Serialize)]
pub(super) struct ClausePage<'a> {
    pub(super) page: Shell<'a>,
    pub(super) standard: Link,
    pub(super) number: String,
    pub(super) heading: String,
    pub(super) summary: Option<String>,
    pub(super) state: Option<Badge>,
    pub(super) counts: Option<Mark>,
    pub(super) reasons: Vec<String>,
    /// What a paragraph without a heading is counted for.
    pub(super) counted_for: Option<Link>,
    pub(super) expected: Vec<ExpectedLine>,
    pub(super) claims: Vec<ClaimedBy>,
    pub(super) points: Vec<PointLine>,
    pub(super) derived: Vec<ClauseRow>,
    pub(super) parents: Vec<Link>,
    pub(super) children: Vec<ClauseRow>,
    pub(super) previous: Option<Link>,
    pub(super) next: Option<Link>,
    pub(super) corresponding: Vec<Corresponding>,
}

/// A type that a clause expects.
#[derive(Serialize)]
pub(super) struct ExpectedLine {
    pub(super) document_type: String,
    pub(super) basis: String,
    pub(super) what: String,
    pub(super) state: Badge,
}

/// A claim as the page of its clause shows it.
#[derive(Serialize)]
pub(super) struct ClaimedBy {
    /// `None` for a document that is not shown here.
    pub(super) document: Option<Mention>,
    /// "records said to be kept in …", "covered by a document not shown here".
    pub(super) words: Option<String>,
    pub(super) document_type: String,
    /// The section with its deep link.
    pub(super) section: Option<Link>,
    /// The first sentence of the passage.
    pub(super) opening: Option<String>,
    pub(super) status: String,
    pub(super) version: String,
    /// The number, when it is not that of the page.
    pub(super) number: Option<String>,
    pub(super) state: Badge,
    /// Why it does not count.
    pub(super) reason: Option<String>,
}

/// One of the points that a state follows from.
#[derive(Serialize)]
pub(super) struct PointLine {
    pub(super) text: String,
    pub(super) state: Badge,
    pub(super) pairs: Vec<PairLine>,
}

/// A clause and a type of a point.
#[derive(Serialize)]
pub(super) struct PairLine {
    pub(super) clause: Link,
    pub(super) document_type: String,
    pub(super) met: bool,
    /// The documents that meet it.
    pub(super) documents: Vec<Mention>,
}

/// Corresponding clauses of another standard or edition.
#[derive(Serialize)]
pub(super) struct Corresponding {
    pub(super) standard: String,
    pub(super) clauses: Vec<CorrespondingClause>,
}

/// One of them.
#[derive(Serialize)]
pub(super) struct CorrespondingClause {
    /// `None` when the portal does not hold that standard.
    pub(super) href: Option<String>,
    pub(super) text: String,
}

/// `matrix.html`
#[derive(Serialize)]
pub(super) struct Matrix<'a> {
    pub(super) page: Shell<'a>,
    pub(super) standard: Link,
    pub(super) types: Vec<String>,
    pub(super) rows: Vec<MatrixRow>,
    /// What the signs mean.
    pub(super) legend: Vec<Badge>,
}

/// One unit of the matrix.
#[derive(Serialize)]
pub(super) struct MatrixRow {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) title: String,
    pub(super) state: Badge,
    /// One cell a type; `None` where nothing is expected and nothing claims.
    pub(super) cells: Vec<Option<Badge>>,
}

/// `plan.html`, `assessments.html`, `checklists.html`: counts and groups of rows.
#[derive(Serialize)]
pub(super) struct Progress<'a> {
    pub(super) page: Shell<'a>,
    /// What the page is about, in a sentence.
    pub(super) lead: String,
    /// Other ways to group the same rows.
    pub(super) ways: Vec<MenuItem>,
    pub(super) counts: Vec<Counts>,
    pub(super) sections: Vec<ProgressGroup>,
}

/// How many of each state.
#[derive(Serialize)]
pub(super) struct Counts {
    /// What is counted; empty when the page says it.
    pub(super) title: String,
    pub(super) states: Vec<Badge>,
}

/// A group of rows with what is said of it.
#[derive(Serialize)]
pub(super) struct ProgressGroup {
    pub(super) title: String,
    pub(super) anchor: String,
    /// May be empty.
    pub(super) about: String,
    /// What must be there before it begins.
    pub(super) conditions: Vec<String>,
    pub(super) table: Table,
}

/// `about.html`
#[derive(Serialize)]
pub(super) struct About<'a> {
    pub(super) page: Shell<'a>,
    pub(super) facts: Vec<Fact>,
    pub(super) left_out: Vec<LeftOutLine>,
    pub(super) findings: Vec<FindingLine>,
}

/// A file that is not published.
#[derive(Serialize)]
pub(super) struct LeftOutLine {
    pub(super) path: String,
    pub(super) why: String,
}

/// How often a rule is broken.
#[derive(Serialize)]
pub(super) struct FindingLine {
    pub(super) rule: &'static str,
    pub(super) severity: &'static str,
    pub(super) count: usize,
}

/// `search.html`
#[derive(Serialize)]
pub(super) struct SearchPage<'a> {
    pub(super) page: Shell<'a>,
    /// What can be chosen: value and words.
    pub(super) types: Vec<Choice>,
    pub(super) owners: Vec<Choice>,
    pub(super) statuses: Vec<Choice>,
    /// The ways to everything without searching.
    pub(super) ways: Vec<Link>,
}

/// One choice of a list.
#[derive(Serialize)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) text: String,
}

/// `a-z.html`
#[derive(Serialize)]
pub(super) struct Alphabet<'a> {
    pub(super) page: Shell<'a>,
    pub(super) letters: Vec<Letter>,
}

/// The documents whose titles begin with one letter.
#[derive(Serialize)]
pub(super) struct Letter {
    pub(super) name: String,
    pub(super) anchor: String,
    pub(super) documents: Vec<Mention>,
}

/// `404.html`
#[derive(Serialize)]
pub(super) struct NotFound<'a> {
    pub(super) page: Shell<'a>,
    pub(super) links: Vec<Link>,
}

/// `redirect.html`: no more than what leads on, since every reference has one.
#[derive(Serialize)]
pub(super) struct Redirect<'a> {
    pub(super) title: String,
    /// The name of the organization.
    pub(super) site: &'a str,
    /// The language of the portal's words.
    pub(super) lang: &'a str,
    pub(super) link: Link,
}
