//! One file, read: its front matter, sections, links and claims, all with the bytes they stand at.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagram::Diagram;
use crate::naming;
use crate::period::Period;
use crate::register::Register;
use crate::standard::ClauseNumber;

/// A value and the bytes of the file that it was typed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed<T> {
    /// What was typed, checked.
    pub value: T,
    /// Where, in bytes from the start of the file.
    pub range: Range<usize>,
}

/// One Markdown file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Relative to the root of the repository, with `/`: the identity of the document within a build.
    pub path: Arc<str>,
    /// The whole file.
    pub text: Arc<str>,
    /// Where the body begins: behind the front matter.
    pub body: usize,
    /// What its front matter says; all empty when there is none that can be read.
    pub front_matter: FrontMatter,
    /// True when the front matter could not be read as such: the whole file is then its text, and it claims
    /// nothing that counts.
    pub broken: bool,
    /// The text before the first heading, as [`Section::text`].
    pub preface: Passage,
    /// Its headings in order.
    pub sections: Vec<Section>,
    /// Its links and images in order.
    pub links: Vec<Link>,
    /// The clauses it says it answers, front matter first.
    pub claims: Vec<Claim>,
    /// Its fenced code blocks in order.
    pub code_blocks: Vec<CodeBlock>,
    /// Its diagrams in order: those code blocks that can be drawn by their language.
    pub diagrams: Vec<Diagram>,
    /// Where guidance for authors was cut out, in bytes.
    pub guidance: Vec<Range<usize>>,
    /// Where comments of HTML stand, which are not published, in bytes.
    pub comments: Vec<Range<usize>>,
    /// Its numbered lists in order: those that stand in no other list and in no quote.
    pub ordered_lists: Vec<OrderedList>,
    /// The words that are set bold, where no link stands among them.
    pub bold: Vec<Typed<String>>,
    /// Its sentences of more words than are set in `[length]`.
    pub long_sentences: Vec<LongSentence>,
    /// The anchors that its raw HTML sets.
    pub html_anchors: Vec<String>,
    /// The rows of a register.
    pub register: Option<Register>,
    /// Words of the text, without guidance.
    pub words: usize,
    /// True when the text shows anything but headings.
    pub says: bool,
}

impl Document {
    /// The title, or the file name of a document that states none.
    pub fn title(&self) -> &str {
        self.front_matter.title.as_ref().map_or_else(|| self.file_stem(), |title| &title.value)
    }

    /// The reference, if the front matter states one.
    pub fn reference(&self) -> Option<&str> {
        self.front_matter.reference.as_ref().map(|reference| reference.value.as_str())
    }

    /// The name of its page, without `.html` (contracts 5). The register of documents stands at `index`.
    pub fn page_name(&self) -> String {
        match crate::address::slug(self.file_stem()) {
            index if index == "index" => {
                let folder = self.path.rsplit('/').nth(1).unwrap_or("index");
                format!("{}-index", crate::address::slug(folder))
            }
            name => name,
        }
    }

    /// The last part of the path without `.md`.
    pub fn file_stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// The status, if the front matter states one that is known.
    pub fn status(&self) -> Option<Status> {
        self.front_matter.status.as_ref().map(|status| status.value)
    }

    /// The type, if the front matter states one that is known.
    pub fn document_type(&self) -> Option<DocumentType> {
        self.front_matter.document_type.as_ref().map(|document_type| document_type.value)
    }

    /// The primary clause: the first that the front matter names.
    pub fn primary_clause(&self) -> Option<&ClauseRef> {
        self.front_matter.clauses.first().map(|clause| &clause.value)
    }

    /// The newest approval: the entry of `changes` with an approver whose date is the last (contracts 1), of one day
    /// the one that stands first. A word that stands for what is to come names nobody.
    pub fn approval(&self) -> Option<Approval<'_>> {
        let approvals = self.front_matter.changes.iter().filter_map(|change| {
            let date = change.date.as_ref()?.value;
            let by = &change.approved_by.as_ref().filter(|by| naming::is_filled(&by.value))?.value;
            let version = change.version.as_ref().map(|version| &version.value);
            Some(Approval { date, by, version, range: &change.range })
        });
        approvals.reduce(|newest, other| if other.date > newest.date { other } else { newest })
    }

    /// True when it is the rule that applies on that day.
    pub fn in_force(&self, today: Date) -> bool {
        self.in_force_from().is_some_and(|day| day <= today)
    }

    /// The day from which it is the rule that applies: this very version is approved, and is effective. `None` when
    /// that was never recorded, or cannot be read.
    pub fn in_force_from(&self) -> Option<Date> {
        let matter = &self.front_matter;
        if self.status() != Some(Status::Approved) || matter.effective_date_unknown {
            return None;
        }
        let approval = self.own_approval()?;
        Some(self.effective_date().map_or(approval.date, |day| day.max(approval.date)))
    }

    /// The newest approval, when it is of the version that the document states.
    pub fn own_approval(&self) -> Option<Approval<'_>> {
        let version = &self.front_matter.version.as_ref()?.value;
        self.approval().filter(|approval| approval.version == Some(version))
    }

    /// The day from which it is in force: `effective_date`, else the approval date.
    pub fn effective_date(&self) -> Option<Date> {
        let stated = self.front_matter.effective_date.as_ref().map(|date| date.value);
        stated.or_else(|| self.approval().map(|approval| approval.date))
    }
}

/// An approval as the change history records it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approval<'a> {
    /// The day.
    pub date: Date,
    /// By whom.
    pub by: &'a str,
    /// Of which version.
    pub version: Option<&'a Version>,
    /// Where its entry stands.
    pub range: &'a Range<usize>,
}

/// The front matter of a document, checked value by value (contracts 1). A value that is missing or wrong is
/// absent here and a finding elsewhere.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the keys of contracts 1, by name")]
pub struct FrontMatter {
    pub title: Option<Typed<String>>,
    pub reference: Option<Typed<String>>,
    pub document_type: Option<Typed<DocumentType>>,
    pub owner: Option<Typed<String>>,
    pub version: Option<Typed<Version>>,
    pub status: Option<Typed<Status>>,
    pub clauses: Vec<Typed<ClauseRef>>,
    pub approver: Option<Typed<String>>,
    pub changes: Vec<Change>,
    pub effective_date: Option<Typed<Date>>,
    /// True when an `effective_date` is there that is no date: then nobody knows since when it applies.
    pub effective_date_unknown: bool,
    /// True when a key that the next review follows from is there and cannot be read.
    pub review_unknown: bool,
    /// True when some of `changes` cannot be read, which was told.
    pub changes_unknown: bool,
    pub review_date: Option<Typed<Date>>,
    pub review_cycle: Option<Typed<Period>>,
    pub last_reviewed_on: Option<Typed<Date>>,
    pub review_in: Option<Typed<Period>>,
    pub governed_by: Vec<Typed<String>>,
    pub related: Vec<Typed<String>>,
    pub replaced_by: Option<Typed<String>>,
    pub classification: Option<Typed<String>>,
    pub audience: Vec<Typed<String>>,
    pub aliases: Vec<Typed<String>>,
    pub old_paths: Vec<Typed<String>>,
    pub keywords: Vec<Typed<String>>,
    pub found_by: Vec<Typed<String>>,
    pub retention: Option<Typed<String>>,
    pub origin: Option<Origin>,
}

/// Where a document of outside origin comes from (R18).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the keys of contracts 1, by name")]
pub struct Origin {
    pub issuer: Option<Typed<String>>,
    pub version: Option<Typed<String>>,
    pub received: Option<Typed<Date>>,
}

/// One entry of `changes`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the keys of contracts 1, by name")]
pub struct Change {
    pub version: Option<Typed<Version>>,
    pub date: Option<Typed<Date>>,
    pub summary: Option<Typed<String>>,
    pub approved_by: Option<Typed<String>>,
    /// True when a `date` is there that is none.
    pub date_unknown: bool,
    /// The entry as a whole.
    pub range: Range<usize>,
}

/// The version of a document: equal only as text (`1.10` is not `1.1`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(pub String);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A clause of a standard, as a document names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClauseRef {
    /// The id of the standard; `None` for the primary one.
    pub standard: Option<String>,
    /// The number within it.
    pub number: ClauseNumber,
}

impl FromStr for ClauseRef {
    type Err = ();

    /// Reads `8.5.1`, `iso-9001-2015:8.5.1` or `2011:6.1`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (standard, number) = match text.split_once(':') {
            Some((standard, number)) => (Some(standard.trim().to_owned()), number),
            None => (None, text),
        };
        Ok(Self { standard, number: number.trim().parse()? })
    }
}

impl fmt::Display for ClauseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.standard {
            Some(standard) => write!(f, "{standard}:{}", self.number),
            None => write!(f, "{}", self.number),
        }
    }
}

/// The statement of a document that it answers a clause, in its front matter or at a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The clause.
    pub clause: ClauseRef,
    /// The section that makes it, as an index into [`Document::sections`].
    pub section: Option<usize>,
    /// Where it is made.
    pub range: Range<usize>,
    /// True for that of a section in which, and in those within it, nothing is shown.
    pub is_of_nothing: bool,
}

/// A heading and what stands under it up to the next heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// The heading, variables replaced.
    pub title: Passage,
    /// The anchor of the heading, unique within the document.
    pub anchor: String,
    /// The heading.
    pub range: Range<usize>,
    /// What follows it, up to the next heading.
    pub body: Range<usize>,
    /// The first sentence of its text; taken only where it claims a clause.
    pub opening: Option<Passage>,
    /// Its text, with a line break between blocks: what is searched.
    pub text: Passage,
}

/// A short stretch of a body that is shown elsewhere too: a heading, a first sentence. The name of another document
/// in it is kept apart, because it depends on the view what may be written there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage(pub Vec<Piece>);

/// A piece of a [`Passage`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain text.
    Text(String),
    /// A link without words of its own, `[[SMS-POL-5.2.1]]`: its index in [`Document::links`], and what was typed.
    Name(usize, String),
}

impl Passage {
    /// Adds plain text.
    pub fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    /// The text without the names of other documents.
    pub fn own_words(&self) -> String {
        let words = self.0.iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Name(..) => "",
        });
        words.collect()
    }
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it leads to, as typed, variables replaced.
    pub target: String,
    /// How it was written.
    pub form: LinkForm,
    /// Its target in the file, or the whole link where that cannot be told.
    pub range: Range<usize>,
}

/// How a link was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkForm {
    /// `[text](target)` and its like.
    Inline,
    /// `[[REFERENCE]]`
    Reference,
    /// `![text](target)`
    Image,
}

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The first word of its info string, empty for none.
    pub language: String,
    /// Where it stands, fences included.
    pub range: Range<usize>,
}

/// A numbered list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedList {
    /// Where it stands.
    pub range: Range<usize>,
    /// How many items it has.
    pub items: usize,
}

/// A sentence that is longer than it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongSentence {
    /// Its first words.
    pub range: Range<usize>,
    /// How many words it has.
    pub words: usize,
}

macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$variant_doc])* $variant),+ }

        impl $type {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in front matter, JSON and class names.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// The one of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
            }
        }
    };
}

names! {
    /// What a document is (contracts 1, R8).
    #[expect(missing_docs, reason = "the names say it")]
    DocumentType {
        Policy = "policy", Process = "process", Procedure = "procedure", Plan = "plan",
        Agreement = "agreement", Contract = "contract", Catalogue = "catalogue", Register = "register",
        Record = "record", Report = "report", Form = "form", Checklist = "checklist",
        Specification = "specification", Statement = "statement", Guide = "guide",
        Presentation = "presentation",
    }
}

impl DocumentType {
    /// The code within a reference: `POL` for a policy (contracts 1).
    pub fn code(self) -> &'static str {
        match self {
            Self::Policy => "POL",
            Self::Process => "PRC",
            Self::Procedure => "PRO",
            Self::Plan => "PLN",
            Self::Agreement => "AGR",
            Self::Contract => "CON",
            Self::Catalogue => "CAT",
            Self::Register => "REG",
            Self::Record => "REC",
            Self::Report => "RPT",
            Self::Form => "FRM",
            Self::Checklist => "CHK",
            Self::Specification => "SPC",
            Self::Statement => "STM",
            Self::Guide => "GDE",
            Self::Presentation => "PRS",
        }
    }
}

names! {
    /// Where a document is in its life (contracts 1, R13).
    Status {
        /// Being written.
        Draft = "draft",
        /// Written, not yet approved.
        InReview = "in-review",
        /// In force from its effective date.
        Approved = "approved",
        /// Superseded when it has a successor, else withdrawn.
        Retired = "retired",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_read_as_it_is_written() {
        for text in ["8.5.1", "iso-9001-2015:8.5.1", "2011:6.1"] {
            assert_eq!(text.parse::<ClauseRef>().unwrap().to_string(), text);
        }
        let spaced: ClauseRef = " iso-9001-2015 : 8.5 ".parse().unwrap();
        assert_eq!(spaced.to_string(), "iso-9001-2015:8.5");
        for wrong in ["", "iso-9001-2015", "8.5:iso-9001-2015", "iso-9001-2015:", "a:b:8.5"] {
            assert!(wrong.parse::<ClauseRef>().is_err(), "{wrong}");
        }
    }
}
