//! The search engine: one for the command line, for `serve` and, compiled to WebAssembly, for browsers.
//!
//! [`index()`] makes the files of an index of [`Section`]s, [`Engine::open`] opens them wherever they lie, and
//! [`Engine::ask`] answers. Nothing here imports more than std and tantivy, so that it compiles alone. Dates are days
//! counted from 1 January 1970.

mod ahead;
mod blocks;
mod collect;
mod files;
mod index;
mod json;
mod layout;
mod making;
mod plan;
mod postings;
mod query;
mod record;
mod schema;
mod snippet;
mod words;
#[cfg(target_arch = "wasm32")]
mod browser;

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::{Index, ReloadPolicy, Searcher};

pub use collect::Tier;
pub use files::{Bytes, Files};
pub use index::{Indexed, index, index_added};

use ahead::Ahead;
use layout::Layout;
use plan::Plan;
use query::Query;
use record::Record;
use schema::Fields;
use words::Words;

/// A page that holds sections.
#[derive(Debug, Clone, Default, Hash)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Other titles that it goes by.
    pub other_titles: Vec<String>,
    /// Words that it is looked for by, though they stand nowhere in it.
    pub keywords: Vec<String>,
    /// The references and numbers whose page this is.
    pub codes: Vec<String>,
    /// The clauses that it claims anywhere, as `8.5.1` or `iso-9001-2015:6.3`.
    pub clauses: Vec<String>,
    /// The ids of the standards that these are of.
    pub standards: Vec<String>,
    /// The type of the document, or `clause`, `role`, `term`.
    pub kind: String,
    /// The reference of the document.
    pub reference: String,
    /// Its version.
    pub version: String,
    /// The id of its owner.
    pub owner: String,
    /// `None` for what is no document.
    pub status: Option<Status>,
    /// The day from which it is in force; `None` when that is not on record.
    pub effective: Option<i32>,
    /// The day of its next review.
    pub review: Option<i32>,
    /// The way to it, from the top.
    pub crumbs: String,
    /// Where it stands, from the root of the site.
    pub url: String,
    /// The file that it is made from.
    pub path: String,
}

/// A heading and what stands under it, or the beginning of a page.
#[derive(Debug, Clone, Default, Hash)]
pub struct Section {
    /// The page that it stands on.
    pub page: Arc<Page>,
    /// `None` at the beginning of the page.
    pub heading: Option<String>,
    /// Its place on the page, empty for the beginning.
    pub anchor: String,
    /// Words that it alone is looked for by.
    pub keywords: Vec<String>,
    /// The clauses that it claims.
    pub claims: Vec<String>,
    /// Its text, plain, with a line break between blocks.
    pub text: String,
    /// The line of the file that it begins in; empty when it stands in none.
    pub line: String,
    /// Its file, if it is another than that of the page.
    pub path: Option<String>,
}

impl Section {
    /// True for the beginning of a page.
    fn is_first(&self) -> bool {
        self.heading.is_none()
    }
}

/// Where a document is in its life (contracts 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Being written.
    Draft,
    /// Written, not yet approved.
    InReview,
    /// In force from its effective date.
    Approved,
    /// Replaced or withdrawn.
    Retired,
    /// It states none, or none that is known.
    Unstated,
}

impl Status {
    const ALL: [Self; 5] =
        [Self::Draft, Self::InReview, Self::Approved, Self::Retired, Self::Unstated];

    /// The number in the index; 0 is what is no document.
    fn code(self) -> u64 {
        match self {
            Self::Draft => 1,
            Self::InReview => 2,
            Self::Approved => 3,
            Self::Retired => 4,
            Self::Unstated => 5,
        }
    }

    fn of_code(code: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The name in front matter; empty for one that is not stated.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Approved => "approved",
            Self::Retired => "retired",
            Self::Unstated => "",
        }
    }
}

/// What is asked, and as of which day.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// What was typed.
    pub text: &'a str,
    /// Filters in the same language, chosen beside the text: `type:policy status:overdue`.
    pub filters: &'a str,
    /// The day that states are as of.
    pub today: i32,
    /// How many days before its date a review is due.
    pub due_soon: u32,
    /// How many pages are wanted, each with up to [`SECTIONS`] of its sections.
    pub limit: usize,
}

/// How many sections of one page are shown.
pub const SECTIONS: usize = 3;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Page by page, the best first; the sections of one page stand together.
    pub hits: Vec<Hit>,
    /// True when there are more pages than were wanted.
    pub more: bool,
}

/// A section that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The heading, or the title of the page for its beginning.
    pub title: String,
    /// The title of the page.
    pub page_title: String,
    /// The heading, if it is one.
    pub section: Option<String>,
    /// The type of the document, or `clause`, `role`, `term`.
    pub kind: String,
    /// The reference of the document.
    pub reference: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// The id of its owner.
    pub owner: Option<String>,
    /// `None` for what is no document.
    pub status: Option<Status>,
    /// True when it is the rule that applies on the day, and for what is no document.
    pub in_force: bool,
    /// The state of its review on the day, by the names of contracts 4; `None` for what is no document.
    pub review: Option<&'static str>,
    /// The day of its next review.
    pub review_day: Option<i32>,
    /// The way to the page.
    pub crumbs: String,
    /// Where it stands, from the root of the site, with its anchor.
    pub url: String,
    /// Its file in the repository.
    pub path: String,
    /// Its line there, from 1; `None` for what stands in no line.
    pub line: Option<u32>,
    /// Why it was found.
    pub tier: Tier,
    /// How well it fits within its tier, in steps of 1/1024.
    pub score: f32,
    /// Some of its text as HTML, safe: nothing but `mark` around the words that were found.
    pub snippet: String,
}

/// The words of a query that sections hold in none of their forms.
pub fn lacking(query: &str, sections: &[&Section], language: &str) -> Vec<String> {
    let mut words = Words::of(language);
    let looked_for = Query::parse("", query, &mut words).words;
    let mut held = HashSet::new();
    for section in sections {
        let page = &*section.page;
        let texts = [&page.title, &section.text]
            .into_iter()
            .chain(&section.heading)
            .chain(&page.other_titles)
            .chain(&page.keywords)
            .chain(&section.keywords);
        for text in texts {
            let mut split = words::split(text);
            let mut word = String::new();
            while split.next_into(&mut word).is_some() {
                held.insert(words.stem(&word).to_owned());
            }
        }
    }
    looked_for.into_iter().filter(|word| !held.contains(&word.stem)).map(|word| word.text).collect()
}

/// An index that is open.
pub struct Engine {
    files: Files,
    searcher: Searcher,
    fields: Fields,
    words: Words,
    layout: Layout,
}

impl Engine {
    /// Opens the index whose files these are.
    ///
    /// # Errors
    /// When a file is missing or is not what it should be.
    pub fn open(files: Files) -> tantivy::Result<Self> {
        files.note_ends();
        let index = Index::open(files.clone())?;
        let fields = Fields::of(&index.schema())?;
        let language = schema::language(&index.schema(), &fields);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = tantivy::IndexReader::searcher(&reader);
        Ahead { files: &files, searcher: &searcher }.columns();
        let layout = Layout::read(&searcher)?;
        Ok(Self { files, searcher, fields, words: Words::of(&language), layout })
    }

    /// Opens an index of two segments: one that was whole, of which the pages `gone` are passed over, by their numbers
    /// in it, and one of what was added since ([`index_added`]).
    ///
    /// # Errors
    /// When a file is missing or is not what it should be.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn open_without(files: Files, gone: &[usize]) -> tantivy::Result<Self> {
        let mut engine = Self::open(files)?;
        let readers = engine.searcher.segment_readers().iter();
        let mut ids = readers.map(|reader| reader.segment_id().uuid_string());
        if let Some(whole) = ids.position(|id| id == index::SEGMENT) {
            engine.layout.pass_over(whole, gone);
        }
        Ok(engine)
    }

    /// Answers. Whatever was typed, there is an answer, if an empty one.
    ///
    /// # Errors
    /// When the files of the index are damaged.
    pub fn ask(&self, asked: Asked) -> tantivy::Result<Answer> {
        let mut words = self.words.clone();
        let query = Query::parse(asked.filters, asked.text, &mut words);
        if query.is_empty() || asked.limit == 0 {
            return Ok(Answer::default());
        }
        let ahead = Ahead { files: &self.files, searcher: &self.searcher };
        let plan = Plan { query: &query, fields: &self.fields, searcher: &self.searcher, ahead };
        let found = collect::pages(&plan, &self.layout, &mut words, &asked)?;
        ahead.shown(&found.sections);
        let mut marker = snippet::Marker::new(&query, words);
        let mut answer = Answer { hits: Vec::new(), more: found.more };
        for section in found.sections {
            let document: tantivy::TantivyDocument = self.searcher.doc(section.address)?;
            let shown = document.get_first(self.fields.shown);
            let shown = shown.and_then(|value| tantivy::schema::Value::as_str(&value));
            let record = Record::decode(shown.unwrap_or(""));
            answer.hits.push(section.hit(&record, &asked, marker.snippet(record.text)));
        }
        Ok(answer)
    }
}
