//! All documents of a repository, joined: nothing here depends on the day or on who asks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::address::SitePath;
use crate::assessment::Assessment;
use crate::checklist::Checklist;
use crate::config::Config;
use crate::diagnostic::Texts;
use crate::document::Document;
use crate::implementation::ImplementationPlan;
use crate::picture::Pixels;
use crate::standard::{ClauseNumber, Standard};
use crate::vocabulary::{Role, Term, TermFinder};

/// A document within one library or portal, in portal order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub u32);

impl DocumentId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What all documents stand on: the standards, roles and terms, and how the way to a system goes.
#[derive(Debug, Clone, Default)]
pub struct Framework {
    /// The primary standard first, the others by id.
    pub standards: Vec<Standard>,
    /// In the order of the file.
    pub roles: Vec<Role>,
    /// In alphabetical order.
    pub terms: Vec<Term>,
    /// How the system is built.
    pub plan: Option<ImplementationPlan>,
    /// By standard and, within it, by day.
    pub assessments: Vec<Assessment>,
    /// By path.
    pub checklists: Vec<Checklist>,
    /// What finds the terms in texts, made when first asked for.
    finder: OnceLock<TermFinder>,
}

impl Framework {
    /// The standard of that id.
    pub fn standard(&self, id: &str) -> Option<&Standard> {
        self.standards.iter().find(|standard| standard.id == id)
    }

    /// Adds standards whose ids are new; the one called `primary` comes first, the others by id.
    pub fn add(&mut self, standards: Vec<Standard>, primary: &str) {
        for standard in standards {
            if self.standard(&standard.id).is_none() {
                self.standards.push(standard);
            }
        }
        self.standards.sort_by(|a, b| (a.id != primary, &a.id).cmp(&(b.id != primary, &b.id)));
    }

    /// Where a text in that language holds terms of the glossary as whole words, and which, in order.
    pub fn find_terms<'a>(
        &'a self,
        text: &'a str,
        language: &str,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        self.finder.get_or_init(|| TermFinder::new(&self.terms)).find(text, language)
    }

    /// The role of that id.
    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }
}

/// All documents of a repository, joined.
#[derive(Debug, Clone)]
pub struct Library {
    /// What was set.
    pub config: Arc<Config>,
    /// The folder of the documents, relative to the root of the repository.
    pub content: Arc<str>,
    /// Standards, roles and terms.
    pub framework: Arc<Framework>,
    /// In portal order: by path, numbers within it by value.
    pub entries: Vec<Entry>,
    /// The documents by reference; of two with one reference the first by path.
    pub by_reference: BTreeMap<String, DocumentId>,
    /// The files of the content folder that could be attached, whether any document leads to them or none, for findings
    /// to name; a portal holds none.
    pub files: BTreeSet<Arc<str>>,
    /// The images and attachments that documents lead to: path in the repository to address.
    pub attachments: BTreeMap<Arc<str>, SitePath>,
    /// The sizes of those that are pictures of pixels.
    pub pixels: BTreeMap<Arc<str>, Pixels>,
    /// The texts that findings may point into.
    pub texts: Arc<Texts>,
}

/// A document in its place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was read.
    pub document: Arc<Document>,
    /// Where its page stands; `None` when another document has the same address (contracts 5).
    pub address: Option<SitePath>,
    /// The documents it names as governing it.
    pub governed_by: Vec<DocumentId>,
    /// The documents that name it as governing them.
    pub governs: Vec<DocumentId>,
    /// The documents related to it, whichever of the two says so.
    pub related: Vec<DocumentId>,
    /// Its successor.
    pub replaced_by: Option<DocumentId>,
    /// Its predecessors.
    pub replaces: Vec<DocumentId>,
    /// What each of [`Document::links`] leads to.
    pub targets: Vec<Target>,
    /// The documents whose text links here.
    pub linked_from: Vec<DocumentId>,
    /// Its next review by each way it is stated, earliest first (contracts 1).
    pub next_reviews: Vec<NextReview>,
}

impl Entry {
    /// The day of the next review: the earliest that is stated.
    pub fn next_review(&self) -> Option<Date> {
        self.next_reviews.first().map(|review| review.date)
    }
}

/// A next review and how it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NextReview {
    /// The day.
    pub date: Date,
    /// The key that it follows from: `review_date`, `review_in`, `review_cycle`, or `configured cycle`.
    pub stated_by: &'static str,
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A document, at a section of it.
    Document(DocumentId, Option<usize>),
    /// A document, at an anchor that its raw HTML sets.
    HtmlAnchor(DocumentId, String),
    /// The page of a clause: the index of its standard, its number.
    Clause(usize, ClauseNumber),
    /// The page of a role, by its index in the framework.
    Role(usize),
    /// A term of the glossary, by its index in the framework.
    Term(usize),
    /// A file that is copied into the site, by its path in the repository.
    Attachment(Arc<str>),
    /// An address outside the portal.
    Outside,
    /// A document that the view may not see: plain text.
    NotShown,
    /// Nothing: plain text, and a finding.
    Dead(Dead),
}

/// Why a link leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dead {
    /// There is no file of that path (relative to the root).
    NoFile(String),
    /// There is one, but in other letter case.
    LetterCase {
        /// What was asked for.
        asked: String,
        /// What is there.
        there: String,
    },
    /// The path leaves the content folder.
    Outside,
    /// The document has no such anchor.
    NoAnchor(DocumentId, String),
    /// No document has that reference, title or alias.
    NoReference(String),
    /// More than one document goes by that name.
    Ambiguous(Vec<DocumentId>),
    /// No clause has that number.
    NoClause(String),
    /// A scheme that is not allowed.
    Scheme(String),
    /// An image from outside.
    OutsideImage,
    /// A file of a kind that is not published.
    Kind(String),
    /// A file that is hidden, or lies in a hidden folder.
    Hidden,
    /// A file that cannot be opened.
    Unreadable {
        /// Its path.
        path: String,
        /// Why, in the words of the system.
        why: String,
    },
    /// No target is written.
    Nowhere,
    /// A folder.
    Folder,
    /// A file that is shown as an image and is none.
    NoImage(String),
}

impl Library {
    /// The entry of a document.
    pub fn entry(&self, id: DocumentId) -> &Entry {
        &self.entries[id.index()]
    }

    /// All documents with their ids, in portal order.
    pub fn documents(&self) -> impl Iterator<Item = (DocumentId, &Entry)> {
        (0u32..).map(DocumentId).zip(&self.entries)
    }

    /// The document of that reference.
    pub fn find(&self, reference: &str) -> Option<DocumentId> {
        self.by_reference.get(reference).copied()
    }

    /// The path in the repository of the logo that is set.
    pub fn logo_path(&self) -> Option<String> {
        let (path, _) = self.config.brand.logo.as_ref()?;
        Some(crate::places::within(&self.content, path))
    }

    /// Where the logo stands; `None` when none is set, or it is no picture of the content folder.
    pub fn logo(&self) -> Option<&SitePath> {
        self.attachments.get(&*self.logo_path()?)
    }

    /// The language of what a standard says, where it is not that of the portal.
    pub fn foreign_language(&self, standard: usize) -> Option<&str> {
        // `en-GB` is English too.
        let main = |language: &str| language.split('-').next().unwrap_or_default().to_lowercase();
        let language = self.framework.standards[standard].language.as_deref();
        language.filter(|language| main(language) != main(&self.config.language))
    }

    /// The primary standard, if there is one.
    pub fn primary(&self) -> Option<&Standard> {
        self.framework.standards.first().filter(|standard| standard.id == self.config.standard)
    }
}
