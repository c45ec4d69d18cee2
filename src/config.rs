//! What an organization may set: `clausebook.toml`, checked.

mod brand;
mod check;
mod typed;

pub use brand::{Accent, Brand};

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use regex::Regex;

use crate::diagnostic::{Severity, Span, place};
use crate::document::DocumentType;
use crate::failure::{Failure, Result};
use crate::period::Period;

/// The settings of one portal, every one with its default filled in.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name of the organization; also `{{ organization }}`.
    pub organization: String,
    /// The language of the portal's own words: `en`.
    pub language: String,
    /// Where the site will stand; only the page for missing addresses needs it.
    pub base_url: String,
    /// The address of the site with its host, when `base_url` names one: for what is read elsewhere, such as the feed.
    pub site_url: Option<String>,
    /// How the portal is marked as the organization's own.
    pub brand: Brand,
    /// Where a document is edited, with `{path}` in it.
    pub edit_link: Option<String>,
    /// The id of the standard that plain clause numbers belong to.
    pub standard: String,
    /// What documents may name as `{{ name }}`, `organization` included.
    pub variables: BTreeMap<String, String>,
    /// Front matter keys that are allowed beside ours.
    pub extra_keys: Vec<String>,
    /// The form of references (R2, R3); `None` when any will do.
    pub reference: Option<ReferenceForm>,
    /// The form of versions (R7).
    pub version: Regex,
    /// Handling labels.
    pub classification: Classification,
    /// What is published, and where it is written.
    pub build: Build,
    /// When documents are to be reviewed.
    pub reviews: Reviews,
    /// How coverage is counted.
    pub coverage: Coverage,
    /// Types of which the owner may be the approver (R15).
    pub owner_may_approve: Vec<DocumentType>,
    /// How long what is kept is kept (R17).
    pub retention: Retention,
    /// Names of persons that are to stand in no text (R22).
    pub names: Vec<String>,
    /// The names of the folders that retired documents lie in (R41).
    pub archive: Vec<String>,
    /// The headings that a document of a type has, in their order (R72).
    pub headings: BTreeMap<DocumentType, Vec<String>>,
    /// How long a text may be (R78).
    pub length: Length,
    /// The terms that a glossary defines, each with the document that rules on it (R113).
    pub terms: Vec<String>,
    /// Levels of rules that differ from their defaults; `None` is off.
    pub levels: BTreeMap<String, Level>,
    /// The day that a demonstration is dated for.
    pub demo: Option<Date>,
    /// The path of the file, relative to the root.
    pub path: Arc<str>,
    /// The file itself, empty when there is none.
    pub text: Arc<str>,
}

/// The form of references.
#[derive(Debug, Clone)]
pub struct ReferenceForm {
    /// `SMS-{code}-{clause}`
    pub pattern: String,
    /// The code of each type.
    pub codes: BTreeMap<DocumentType, String>,
}

/// Handling labels, lowest first (R19).
#[derive(Debug, Clone)]
pub struct Classification {
    /// `public, internal, confidential, restricted`
    pub levels: Vec<String>,
    /// What a document without a label has.
    pub default: String,
}

impl Classification {
    /// How high a label is; one that is unknown counts as the highest (contracts 1).
    pub fn rank(&self, label: &str) -> usize {
        self.levels
            .iter()
            .position(|level| level == label)
            .unwrap_or(self.levels.len().saturating_sub(1))
    }
}

/// What is published.
#[derive(Debug, Clone)]
pub struct Build {
    /// True when drafts and documents in review are published, marked as such.
    pub drafts: bool,
    /// The highest label that is published.
    pub publish_up_to: String,
    /// Names in the output folder that are left alone.
    pub keep: Vec<String>,
    /// The largest document that is read, in bytes.
    pub max_file_bytes: u64,
}

/// When documents are to be reviewed.
#[derive(Debug, Clone)]
pub struct Reviews {
    /// How many days before its review date a document is due.
    pub due_soon_days: u32,
    /// The review cycle of a type whose documents state none.
    pub cycles: BTreeMap<DocumentType, Period>,
}

/// How coverage is counted.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// True when types that only the guidance asks for are asked for too.
    pub advised: bool,
    /// Clauses that are said not to apply, each with the place where that is said.
    pub exclude: Vec<Exclusion>,
}

/// A clause that is said not to apply.
#[derive(Debug, Clone)]
pub struct Exclusion {
    /// As typed: `8.5` or `iso-9001-2015:8.3`.
    pub clause: String,
    /// Why.
    pub reason: String,
    /// Where it is said.
    pub span: Span,
}

/// How long what is kept is kept.
#[derive(Debug, Clone)]
pub struct Retention {
    /// The types of which each document states it.
    pub required: Vec<DocumentType>,
    /// What holds for a type whose documents state none: `3 years`.
    pub types: BTreeMap<DocumentType, String>,
}

/// How long a text may be.
#[derive(Debug, Clone)]
pub struct Length {
    /// The most words of a document, by type; a type without a limit is absent.
    pub words: BTreeMap<DocumentType, usize>,
    /// The most words of a sentence; `None` without a limit.
    pub sentence: Option<usize>,
}

/// The level that an organization gives a rule.
#[derive(Debug, Clone)]
pub struct Level {
    /// `None` when the rule is off.
    pub severity: Option<Severity>,
    /// Why it differs from the default.
    pub reason: String,
    /// Where it is set.
    pub span: Span,
}

impl Default for Config {
    fn default() -> Self {
        Self::parse("clausebook.toml", "").expect("an empty file is a valid one")
    }
}

/// The labels of classification that are ours, the lowest first (contracts 1).
pub const LABELS: [&str; 4] = ["public", "internal", "confidential", "restricted"];

impl Config {
    /// What the portal is called: the name of the brand, else of the organization.
    pub fn name(&self) -> &str {
        self.brand.name.as_ref().unwrap_or(&self.organization)
    }

    /// Reads the text of `clausebook.toml`; what it does not set has its default.
    ///
    /// # Errors
    /// When the text is not TOML, sets what is not known, or sets it to what makes no sense: with file, line
    /// and column.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let raw: typed::Raw =
            toml_edit::de::from_str(text).map_err(|error| not_read(path, text, &error))?;
        raw.check(path, text)
    }

    /// What is said when settings are named and there are none: the defaults might publish more.
    pub fn missing(path: &Path) -> Failure {
        Failure::new(format!("there is no file `{}`", path.display()))
            .remedy("name the settings with `--config`, relative to `--root`")
    }

    /// True when versions have the form that is ours.
    pub fn version_is_default(&self) -> bool {
        self.version.as_str() == format!("^(?:{})$", typed::VERSION)
    }

    /// The id of the standard that a claim without one belongs to.
    pub fn standard_of<'a>(&'a self, clause: &'a crate::document::ClauseRef) -> &'a str {
        clause.standard.as_deref().unwrap_or(&self.standard)
    }
}

/// What the parser cannot read, at its place.
fn not_read(path: &str, text: &str, error: &toml_edit::de::Error) -> Failure {
    let span = error.span().unwrap_or(0..0);
    let message = error.message().trim();
    let told = |message: &str| at_place(path, text, span.start, &in_plain_words(message));
    let typed = text.get(span.clone()).unwrap_or_default();
    // To the parser a day is a table.
    if let Ok(day) = typed.parse::<toml_edit::Datetime>()
        && message.contains("type: map")
    {
        let name = if day.date.is_some() { "type: date" } else { "type: time" };
        let told = told(&message.replace("type: map", name));
        let quotes = format!("write it in quotes: `\"{typed}\"`");
        return if message.ends_with("a string") { told.remedy(quotes) } else { told };
    }
    match meant(message) {
        Some(meant) => told(message).remedy(meant),
        None => told(message),
    }
}

/// What the parser says, in words of TOML instead of Rust.
fn in_plain_words(message: &str) -> String {
    const WORDS: [(&str, &str); 8] = [
        ("a map", "a table"),
        ("invalid type: map", "invalid type: table"),
        ("a sequence", "a list"),
        ("invalid type: sequence", "invalid type: list"),
        ("a boolean", "`true` or `false`"),
        ("unknown field", "unknown setting"),
        ("missing field", "missing"),
        ("unknown variant", "unknown word"),
    ];
    let mut message = message.to_owned();
    for (theirs, ours) in WORDS {
        message = message.replace(theirs, ours);
    }
    for number in ["u8", "u16", "u32", "u64", "usize"] {
        message = message.replace(&format!("expected {number}"), "expected a whole number");
    }
    message
}

/// The setting or word that was meant: the parser lists those that it knows.
fn meant(message: &str) -> Option<String> {
    let (unknown, known) = message.split_once(", expected ")?;
    let typed = unknown.split('`').nth(1).filter(|_| unknown.starts_with("unknown "))?;
    // Each stands between two back quotes.
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let near = crate::diagnostic::nearest(typed, known);
    (!near.is_empty()).then(|| format!("did you mean {}?", crate::diagnostic::or_list(&near)))
}

fn at_place(path: &str, text: &str, at: usize, message: &str) -> Failure {
    let place = place(text, at);
    let line = text.lines().nth(place.line - 1).unwrap_or("").trim();
    let message = message.replace('\n', ", ");
    let shown = if line.is_empty() { String::new() } else { format!(" (`{line}`)") };
    Failure::new(format!("{path}:{}:{}: {message}{shown}", place.line, place.column))
        .remedy("see docs/configuration.md of the Clausebook repository for what may be set")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_in_words_that_are_not_ours() {
        let told = |text: &str| {
            let failure = Config::parse("clausebook.toml", text).unwrap_err();
            format!("{} | {}", failure.message, failure.remedy.unwrap_or_default())
        };
        for (text, words) in [
            ("organisation = \"a\"", "did you mean `organization`?"),
            ("[rules]\ndead-link = 1", "expected `{ level = …, reason = … }`"),
            ("[rules]\ndead-link = { level = \"worn\", reason = \"a\" }", "did you mean `warn`?"),
            ("[build]\ndrafts = 1", "expected `true` or `false`"),
            ("build = 1", "expected a table"),
            ("brand = 1", "expected a table"),
            ("[build]\nmax_file_mb = \"a\"", "expected a whole number"),
            ("[variables]\nd = 2026-01-01", "invalid type: date, expected a string"),
            ("[variables]\nd = 10:30:00", "invalid type: time"),
            ("[build]\ndrafts = 2026-01-01", "type: date, expected `true` or `false`"),
            ("[reference]\npattern = 1", "`pattern` is a text, `true` or `false`"),
            ("[variables]\nd = 2026-01-01", "write it in quotes: `\"2026-01-01\"`"),
            ("organization = \" \"", "`organization` is empty"),
            ("edit_link = \"javascript:{path}\"", "`edit_link` begins with `https://`"),
            ("edit_link = \"https://example.com\"", "holds `{path}`"),
            ("base_url = \"javascript:x\"", "`base_url` is a path"),
            ("base_url = \"intranet\"", "`base_url` is a path such as `/sms`"),
            ("base_url = \"\"", "`base_url` is a path such as `/sms`"),
            ("base_url = \"//intranet/sms\"", "`base_url` is a path such as `/sms`"),
            ("base_url = \"https://\"", "`base_url` is a path such as `/sms`"),
            ("base_url = \"https://x/a b\"", "`base_url` holds a blank"),
            ("base_url = \"/sms?x=1\"", "`base_url` holds a `?` or a `#`"),
            ("base_url = \"/sms#a\"", "`base_url` holds a `?` or a `#`"),
            ("[variables]\n\"a b\" = \"c\"", "`a b` is no name"),
            ("[build]\nkeep = [\"../x\"]", "not `../x`"),
            ("[build]\nkeep = [\"documents\"]", "`documents`, which the portal writes itself"),
        ] {
            assert!(told(text).contains(words), "{}", told(text));
            assert!(
                !told(text).contains("Raw") && !told(text).contains("struct"),
                "{}",
                told(text)
            );
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let told = |text: &str| Config::parse("clausebook.toml", text).unwrap_err().message;
        assert!(
            told("organization = 1\n").starts_with("clausebook.toml:1:16: "),
            "{}",
            told("organization = 1\n")
        );
        assert!(
            told("\norganisation = \"a\"\n").starts_with("clausebook.toml:2:1: unknown setting")
        );
        assert!(
            told("# documents\n[build]\nkeep = [\".git\", \"documents\"]\n")
                .starts_with("clausebook.toml:3:17: ")
        );
        assert!(told("[reviews]\ncycles = { policy = \"1 moon\" }\n").contains(":2:"));
        assert!(
            told("[rules]\ndead-link = { level = \"warn\", reason = \" \" }\n")
                .contains("empty reason")
        );
    }

    #[test]
    fn the_portal_stands_below_a_path_or_at_a_web_address() {
        for (typed, path, site) in [
            ("/", "/", None),
            ("/sms", "/sms/", None),
            ("https://intranet.example", "/", Some("https://intranet.example/")),
            ("http://intranet.example:8080/a/", "/a/", Some("http://intranet.example:8080/a/")),
        ] {
            let text = format!("base_url = \"{typed}\"\n");
            let config = Config::parse("clausebook.toml", &text).unwrap();
            assert_eq!((&*config.base_url, config.site_url.as_deref()), (path, site));
        }
        let told = Config::parse("clausebook.toml", "# a\nbase_url = \"a\"\n").unwrap_err().message;
        assert!(told.starts_with("clausebook.toml:2:12: "), "{told}");
    }

    #[test]
    fn what_rules_look_for_is_set_type_by_type() {
        let config = Config::default();
        assert_eq!(config.length.words.get(&DocumentType::Policy), Some(&900));
        assert_eq!(config.length.sentence, Some(45));
        assert_eq!(config.archive, ["archive", "retired"]);
        assert_eq!(config.retention.required.len(), 3);
        assert!(config.names.is_empty() && config.headings.is_empty());
        let text = "[length]\nwords = { policy = 0, plan = 2000 }\nsentence = 0\n\n\
                    [headings]\nprocess = [\"Purpose and scope\", \"Activities\"]\n";
        let config = Config::parse("clausebook.toml", text).unwrap();
        let limited: Vec<DocumentType> = config.length.words.keys().copied().collect();
        let expected = [DocumentType::Process, DocumentType::Procedure, DocumentType::Plan];
        assert_eq!(limited, expected);
        assert_eq!(config.length.sentence, None);
        assert_eq!(config.headings[&DocumentType::Process].len(), 2);
    }

    #[test]
    fn what_rules_look_for_is_checked() {
        for (text, message) in [
            ("[retention]\nrequired = [\"memo\"]\n", "`memo` is not a document type"),
            ("[retention]\ntypes = { form = \" \" }\n", "the retention of `form` is empty"),
            ("[headings]\nmemo = [\"Scope\"]\n", "`memo` is not a document type"),
            ("[headings]\nplan = [\"\"]\n", "`plan` holds an empty text"),
            ("[length]\nwords = { memo = 1 }\n", "`memo` is not a document type"),
            ("[names]\nlist = [\" \"]\n", "`list` holds an empty text"),
            ("[archive]\nfolders = [\"\"]\n", "`folders` holds an empty text"),
            ("[terms]\ndefined = [\"\"]\n", "`defined` holds an empty text"),
            ("[length]\nsentence = \"45\"\n", "expected a whole number"),
            ("[reference]\npattern = \"A-{foo}-{code}\"\n", "`{code}` and `{clause}`, not `{foo}`"),
            ("[reference]\npattern = \"{code}-{clause\"\n", "not `{clause`"),
            ("[reference]\npattern = \"SMS\"\n", "none of the places `{code}` and `{clause}`"),
            ("[reference]\npattern = \"\"\n", "none of the places"),
        ] {
            let told = Config::parse("clausebook.toml", text).unwrap_err().message;
            assert!(told.starts_with("clausebook.toml:2:") && told.contains(message), "{told}");
        }
    }

    #[test]
    fn an_exclusion_knows_where_it_stands() {
        let text = "[coverage]\nexclude = [{ clause = \"8.5\", reason = \"none\" }]\n";
        let config = Config::parse("clausebook.toml", text).unwrap();
        let span = &config.coverage.exclude[0].span;
        assert_eq!(&text[span.start..span.end], "\"8.5\"");
    }

    #[test]
    fn an_unknown_label_is_the_highest() {
        let classification = Config::default().classification;
        assert_eq!(classification.rank("sercet"), classification.rank("restricted"));
        assert!(classification.rank("public") < classification.rank("internal"));
    }
}
