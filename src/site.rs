//! What there is to publish: every page as a small value that says what it shows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::address::SitePath;
use crate::diagram::Appearance;
use crate::portal::{Commit, DocumentId};
use crate::standard::ClauseNumber;

/// All files of the site by address. The bytes of each are made when asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site(pub BTreeMap<SitePath, Page>);

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// Where everyone begins.
    Home,
    /// One document.
    Document(DocumentId),
    /// The documents of one folder, as a path relative to the content folder (R65).
    Folder(String),
    /// All documents as a table (R98).
    Register,
    /// The clauses of a standard as a tree with states.
    Clauses(usize),
    /// One clause of a standard.
    Clause(usize, ClauseNumber),
    /// Clause by document type.
    Matrix(usize),
    /// Overdue, due soon, by owner (R105).
    Reviews,
    /// All roles.
    Roles,
    /// One role, as an index into the framework's roles.
    Role(usize),
    /// All terms.
    Glossary,
    /// All registers.
    Registers,
    /// The implementation plan, grouped in one way (R95).
    Plan(Grouping),
    /// Gap assessments unit by unit, with the trend.
    Assessments,
    /// Checklists clause by clause (R97).
    Checklists,
    /// What changed, newest first (R40).
    Changes,
    /// Coverage, reviews and documents in figures and pictures.
    Dashboard,
    /// About this build, which was made from that commit.
    About(Option<Commit>),
    /// For addresses that are not there.
    NotFound,
    /// A page that leads to another, and the document whose it is, if it is one's.
    Redirect(SitePath, Option<DocumentId>),
    /// A file of the theme, by its name there.
    Static(String),
    /// Where to search, and the ways to everything for those who cannot.
    Search,
    /// All documents by title.
    Alphabet,
    /// What the scripts of the portal take from it.
    Script(Script),
    /// A file whose bytes are there already: a part of the search.
    Ready(Arc<[u8]>),
    /// A piece of the search index.
    Piece(Piece),
    /// A diagram of a document, by its place there.
    Diagram(DocumentId, usize, Appearance),
    /// An image or attachment, by its path in the repository.
    Attachment(Arc<str>),
    /// A file for other programs.
    Export(Export),
}

impl Page {
    /// True when a template of the theme is filled for it.
    pub fn is_filled(&self) -> bool {
        !matches!(
            self,
            Self::Static(_)
                | Self::Script(_)
                | Self::Ready(_)
                | Self::Piece(_)
                | Self::Diagram(..)
                | Self::Attachment(_)
                | Self::Export(_)
        )
    }
}

/// A script that brings bytes to a page. They are there already, and written out as a script when it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The name of the file.
    pub name: Arc<str>,
    /// How its bytes are compressed, `gzip`; empty for as they are.
    pub coding: &'static str,
    /// What holds them, among others.
    pub bytes: Arc<Vec<u8>>,
    /// Which of these they are.
    pub range: Range<usize>,
}

/// A script that holds facts: one that is a file works from disk, where nothing else can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// The words and signs of the other scripts, and the roles.
    Words,
    /// What the terms of the glossary mean.
    Terms,
    /// What the role of that index has to do with, in short.
    Role(usize),
}

/// How the activities of a plan are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Grouping {
    Area,
    Phase,
    Role,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Area, Self::Phase, Self::Role];

    /// The name in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Phase => "phase",
            Self::Role => "role",
        }
    }
}

/// A file for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The documents register (R99).
    RegisterCsv,
    /// The documents register (R99).
    RegisterJson,
    /// Review states for bots (R105).
    ReviewsJson,
    /// Coverage of the standard of that index.
    CoverageJson(usize),
    /// What changed, as an Atom feed.
    ChangesFeed,
    /// The notices of what is in the portal.
    Licences,
}

/// The endings of files that are published beside documents, apart from `svg`, which is sanitised (contracts 2).
pub const ATTACHABLE: [&str; 13] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf", "csv", "xlsx", "docx", "pptx", "odt", "ods",
];

/// Of them, and with `svg`, those that show something within a page.
pub const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

/// True for a file of a kind that is published where a document leads to it.
pub fn is_attachable(path: &str) -> bool {
    let ending = ending(path);
    ending == "svg" || ATTACHABLE.contains(&&*ending)
}

/// The ending of a path in lower case; empty when it has none.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase()
}

/// The list of all files in the output folder.
pub const MANIFEST: &str = "manifest.json";

/// The folder in the output folder in which files are made ready.
pub const NEXT: &str = ".clausebook-next";

/// The manifest on its way to its place.
pub const NEXT_MANIFEST: &str = ".clausebook-next.manifest";

/// The files that the portal makes itself, whatever it holds.
const FILES: [&str; 20] = [
    "index.html",
    "reviews.html",
    "reviews.json",
    "coverage.json",
    "glossary.html",
    "registers.html",
    "about.html",
    "404.html",
    "licences.txt",
    "search.html",
    "a-z.html",
    "changes.html",
    "changes.xml",
    "dashboard.html",
    "assessments.html",
    "checklists.html",
    "documents/index.html",
    "documents/register.csv",
    "documents/register.json",
    MANIFEST,
];

/// The folders in which nothing but what it makes itself stands.
const FOLDERS: [&str; 8] =
    ["assets", "clauses", "diagrams", "files", "folders", "plan", "roles", "search"];

/// True for an address that the portal makes itself, or that is hidden, so that no reference and no former address may take it.
pub fn is_generated(address: &SitePath) -> bool {
    let folded = address.folded();
    // What is hidden is another program's, or the folder in which our own files are made ready.
    if folded.split('/').any(|part| part.starts_with('.')) {
        return true;
    }
    // What lies below a page cannot be one: no disk holds a file and a folder of one name.
    FILES.iter().chain(&FOLDERS).any(|ours| {
        folded.strip_prefix(ours).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// True for a name at the top of the output folder that the portal writes itself: nothing there can be another's.
pub fn is_written(name: &str) -> bool {
    let folded = name.to_lowercase();
    let tops = FILES.iter().chain(&FOLDERS).chain(&[NEXT, NEXT_MANIFEST]);
    tops.map(|ours| ours.split('/').next()).any(|top| top == Some(&*folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_portal_writes_is_known_by_the_name_at_its_top() {
        for ours in ["index.html", "Documents", "assets", "manifest.json", ".clausebook-next"] {
            assert!(is_written(ours), "{ours}");
        }
        for free in [".git", "CNAME", "robots.txt", "document", "register.csv", ""] {
            assert!(!is_written(free), "{free}");
        }
    }
}
