//! What each template is given: the vocabulary of themes.

mod clauses;
mod document;
mod home;

use serde::Serialize;

pub(super) use super::table::{Cell, Column, Table};
pub(super) use clauses::*;
pub(super) use document::*;
pub(super) use home::*;

/// What every page has, as `page` in the templates.
#[derive(Serialize)]
pub(super) struct Shell<'a> {
    /// The heading and the first part of the window's title.
    pub(super) title: String,
    /// The name of the portal: that of `[brand]`, or the organization.
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
    /// The language of the text, where it is not that of the portal.
    pub(super) lang: Option<String>,
}

impl Link {
    pub(super) fn new(href: String, text: impl Into<String>) -> Self {
        Self { href, text: text.into(), lang: None }
    }

    /// A text where links stand, which leads nowhere.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(String::new(), text)
    }
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

impl Badge {
    /// The same, which may differ on `day` at the latest.
    pub(super) fn no_longer_than(mut self, day: Option<jiff::civil::Date>) -> Self {
        // Days in ISO form are in order as text.
        self.until = self.until.into_iter().chain(day.map(|day| day.to_string())).min();
        self
    }
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
    /// The first day on which that may not be so.
    pub(super) until: Option<String>,
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
    /// What is said where there is nothing to show.
    pub(super) empty: String,
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
    pub(super) severity: String,
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
    /// The name of the portal: that of `[brand]`, or the organization.
    pub(super) site: &'a str,
    /// The language of the portal's words.
    pub(super) lang: &'a str,
    pub(super) link: Link,
}
