//! What an organization may set: `clausebook.toml`, checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;

use crate::diagnostic::{Severity, Span, place};
use crate::document::DocumentType;
use crate::failure::{Failure, Result};
use crate::period::{Period, TypedDate, typed_date};

/// The settings of one portal, every one with its default filled in.
#[derive(Debug, Clone)]
pub struct Config {
    /// The name of the organization; also `{{ organization }}`.
    pub organization: String,
    /// The language of the portal's own words: `en`.
    pub language: String,
    /// Where the site will stand; only the page for missing addresses needs it.
    pub base_url: String,
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

impl Config {
    /// Reads the text of `clausebook.toml`; what it does not set has its default.
    ///
    /// # Errors
    /// When the text is not TOML, sets what is not known, or sets it to what makes no sense: with file, line
    /// and column.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let raw: Raw = toml_edit::de::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            at_place(path, text, at, error.message().trim())
        })?;
        raw.check(path, text)
    }

    /// True when versions have the form that is ours.
    pub fn version_is_default(&self) -> bool {
        self.version.as_str() == format!("^(?:{VERSION})$")
    }

    /// The id of the standard that a claim without one belongs to.
    pub fn standard_of<'a>(&'a self, clause: &'a crate::document::ClauseRef) -> &'a str {
        clause.standard.as_deref().unwrap_or(&self.standard)
    }
}

fn at_place(path: &str, text: &str, at: usize, message: &str) -> Failure {
    let place = place(text, at);
    let line = text.lines().nth(place.line - 1).unwrap_or("").trim();
    let message = message.replace('\n', ", ");
    let shown = if line.is_empty() { String::new() } else { format!(" (`{line}`)") };
    Failure::new(format!("{path}:{}:{}: {message}{shown}", place.line, place.column))
        .remedy("see docs/configuration.md for what may be set")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Raw {
    organization: String,
    language: String,
    base_url: String,
    edit_link: Option<String>,
    standard: String,
    variables: BTreeMap<String, String>,
    front_matter: RawFrontMatter,
    reference: RawReference,
    version: RawVersion,
    classification: RawClassification,
    build: RawBuild,
    reviews: RawReviews,
    coverage: RawCoverage,
    approval: RawApproval,
    retention: RawRetention,
    names: RawNames,
    archive: RawArchive,
    headings: BTreeMap<String, Vec<String>>,
    length: RawLength,
    terms: RawTerms,
    rules: BTreeMap<String, RawLevel>,
    demo: RawDemo,
}

impl Default for Raw {
    fn default() -> Self {
        Self {
            organization: "Our organization".to_owned(),
            language: "en".to_owned(),
            base_url: "/".to_owned(),
            edit_link: None,
            standard: "iso-iec-20000-1-2018".to_owned(),
            variables: BTreeMap::new(),
            front_matter: RawFrontMatter::default(),
            reference: RawReference::default(),
            version: RawVersion::default(),
            classification: RawClassification::default(),
            build: RawBuild::default(),
            reviews: RawReviews::default(),
            coverage: RawCoverage::default(),
            approval: RawApproval::default(),
            retention: RawRetention::default(),
            names: RawNames::default(),
            archive: RawArchive::default(),
            headings: BTreeMap::new(),
            length: RawLength::default(),
            terms: RawTerms::default(),
            rules: BTreeMap::new(),
            demo: RawDemo::default(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawFrontMatter {
    extra: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawReference {
    pattern: RawPattern,
    codes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawPattern {
    Text(String),
    Switch(bool),
}

impl Default for RawReference {
    fn default() -> Self {
        Self { pattern: RawPattern::Switch(true), codes: BTreeMap::new() }
    }
}

/// The path of an address: no page of the portal asks another server.
fn path_of(address: &str) -> String {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address,
    };
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

/// One to three whole numbers joined by dots (contracts 1).
const VERSION: &str = r"\d{1,9}(\.\d{1,9}){0,2}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawVersion {
    pattern: String,
}

impl Default for RawVersion {
    fn default() -> Self {
        Self { pattern: VERSION.to_owned() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawClassification {
    levels: Vec<String>,
    default: String,
}

impl Default for RawClassification {
    fn default() -> Self {
        let levels = ["public", "internal", "confidential", "restricted"].map(str::to_owned);
        Self { levels: levels.into(), default: "internal".to_owned() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawBuild {
    drafts: bool,
    publish_up_to: Option<String>,
    keep: Vec<String>,
    max_file_mb: u64,
}

impl Default for RawBuild {
    fn default() -> Self {
        let keep = [".git", ".gitignore", ".nojekyll", "CNAME"].map(str::to_owned);
        Self { drafts: true, publish_up_to: None, keep: keep.into(), max_file_mb: 8 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawReviews {
    due_soon_days: u32,
    cycles: BTreeMap<String, String>,
}

impl Default for RawReviews {
    fn default() -> Self {
        Self { due_soon_days: 60, cycles: BTreeMap::new() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawCoverage {
    advised: bool,
    exclude: Vec<RawExclusion>,
}

impl Default for RawCoverage {
    fn default() -> Self {
        Self { advised: true, exclude: Vec::new() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExclusion {
    clause: String,
    reason: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawApproval {
    owner_may_approve: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawRetention {
    required: Vec<String>,
    types: BTreeMap<String, String>,
}

impl Default for RawRetention {
    fn default() -> Self {
        let required = ["record", "report", "form"].map(str::to_owned);
        Self { required: required.into(), types: BTreeMap::new() }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawNames {
    list: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawArchive {
    folders: Vec<String>,
}

impl Default for RawArchive {
    fn default() -> Self {
        Self { folders: ["archive", "retired"].map(str::to_owned).into() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawLength {
    words: BTreeMap<String, usize>,
    sentence: usize,
}

impl Default for RawLength {
    fn default() -> Self {
        Self { words: BTreeMap::new(), sentence: 45 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawTerms {
    defined: Vec<String>,
}

impl Default for RawTerms {
    fn default() -> Self {
        let defined = ["major incident", "formal complaint", "emergency change", "release"];
        Self { defined: defined.map(str::to_owned).into() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevel {
    level: RawSeverity,
    reason: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum RawSeverity {
    Error,
    Warn,
    Info,
    Off,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct RawDemo {
    dated: Option<toml_edit::Datetime>,
}

impl Raw {
    /// Takes the raw settings apart whole, so that a new one cannot be forgotten.
    fn check(self, path: &str, text: &str) -> Result<Config> {
        let Self {
            organization,
            language,
            base_url,
            edit_link,
            standard,
            mut variables,
            front_matter: RawFrontMatter { extra },
            reference,
            version: RawVersion { pattern },
            classification: RawClassification { levels, default },
            build: RawBuild { drafts, publish_up_to, keep, max_file_mb },
            reviews: RawReviews { due_soon_days, cycles },
            coverage: RawCoverage { advised, exclude },
            approval: RawApproval { owner_may_approve },
            retention,
            names: RawNames { list: names },
            archive: RawArchive { folders: archive },
            headings,
            length,
            terms: RawTerms { defined: terms },
            rules,
            demo: RawDemo { dated },
        } = self;
        let wrong = |what: &str, message: String| at_place(path, text, find(text, what), &message);

        variables.entry("organization".to_owned()).or_insert_with(|| organization.clone());
        let version = Regex::new(&format!("^(?:{pattern})$"))
            .map_err(|_| wrong(&pattern, format!("`{pattern}` is not a regular expression")))?;
        if !levels.contains(&default) {
            return Err(wrong(
                &default,
                format!("`{default}` is not one of the classification levels"),
            ));
        }
        let publish_up_to = match publish_up_to {
            Some(label) if levels.contains(&label) => label,
            Some(label) => {
                return Err(wrong(
                    &label,
                    format!("`publish_up_to` names `{label}`, which is no classification level"),
                ));
            }
            None if levels.iter().any(|level| level == "internal") => "internal".to_owned(),
            None => default.clone(),
        };
        let document_type = |name: &str| {
            DocumentType::from_name(name)
                .ok_or_else(|| wrong(name, format!("`{name}` is not a document type")))
        };
        let cycles = cycles
            .iter()
            .map(|(name, cycle)| {
                let period = cycle.parse().map_err(|()| {
                    wrong(cycle, format!("`{cycle}` is not a period such as `1 year`"))
                })?;
                Ok((document_type(name)?, period))
            })
            .collect::<Result<_>>()?;
        let shared: Arc<str> = path.into();
        let span_of = |what: &str, from: usize| {
            let start =
                text.get(from..).and_then(|rest| rest.find(what)).map_or(from, |at| from + at);
            Span::new(&shared, start..(start + what.len()).min(text.len()))
        };
        let exclusions_at = find(text, "exclude");
        let exclude = exclude
            .into_iter()
            .map(|RawExclusion { clause, reason }| {
                let quoted = [format!("\"{clause}\""), format!("'{clause}'")];
                let stands = |typed: &&String| text[exclusions_at..].contains(typed.as_str());
                let span = span_of(quoted.iter().find(stands).unwrap_or(&clause), exclusions_at);
                Exclusion { clause, reason, span }
            })
            .collect();
        let rules_at = find(text, "[rules");
        let levels_of_rules = rules
            .into_iter()
            .map(|(rule, RawLevel { level, reason })| {
                let severity = match level {
                    RawSeverity::Error => Some(Severity::Error),
                    RawSeverity::Warn => Some(Severity::Warning),
                    RawSeverity::Info => Some(Severity::Info),
                    RawSeverity::Off => None,
                };
                if reason.trim().is_empty() {
                    return Err(wrong(&rule, format!("the level of `{rule}` has an empty reason")));
                }
                let span = span_of(&rule, rules_at);
                Ok((rule, Level { severity, reason, span }))
            })
            .collect::<Result<_>>()?;
        let lists = [("list", &names), ("folders", &archive), ("defined", &terms)]
            .into_iter()
            .chain(headings.iter().map(|(document_type, titles)| (document_type.as_str(), titles)));
        for (key, list) in lists {
            if list.iter().any(|text| text.trim().is_empty()) {
                return Err(wrong(key, format!("`{key}` holds an empty text")));
            }
        }
        let headings = headings
            .into_iter()
            .map(|(name, titles)| Ok((document_type(&name)?, titles)))
            .collect::<Result<_>>()?;
        let demo = match dated {
            None => None,
            Some(dated) => match typed_date(&dated.to_string()) {
                Some(TypedDate::Iso(date)) => Some(date),
                _ => return Err(wrong("dated", format!("`{dated}` is not a day"))),
            },
        };
        Ok(Config {
            organization,
            language,
            base_url: path_of(&base_url),
            edit_link,
            standard,
            variables,
            extra_keys: extra,
            reference: reference.check(&document_type)?,
            version,
            classification: Classification { levels, default },
            build: Build {
                drafts,
                publish_up_to,
                keep,
                max_file_bytes: max_file_mb.saturating_mul(1_000_000),
            },
            reviews: Reviews { due_soon_days, cycles },
            coverage: Coverage { advised, exclude },
            owner_may_approve: owner_may_approve
                .iter()
                .map(|name| document_type(name))
                .collect::<Result<_>>()?,
            retention: retention.check(&document_type, &wrong)?,
            names,
            archive,
            headings,
            length: length.check(&document_type)?,
            terms,
            levels: levels_of_rules,
            demo,
            path: shared,
            text: text.into(),
        })
    }
}

impl RawReference {
    fn check(
        self,
        document_type: &dyn Fn(&str) -> Result<DocumentType>,
    ) -> Result<Option<ReferenceForm>> {
        let Self { pattern, codes } = self;
        let pattern = match pattern {
            RawPattern::Switch(false) => return Ok(None),
            RawPattern::Switch(true) => "SMS-{code}-{clause}".to_owned(),
            RawPattern::Text(pattern) => pattern,
        };
        let mut all: BTreeMap<DocumentType, String> =
            DocumentType::ALL.iter().map(|known| (*known, known.code().to_owned())).collect();
        for (name, code) in codes {
            all.insert(document_type(&name)?, code);
        }
        Ok(Some(ReferenceForm { pattern, codes: all }))
    }
}

impl RawRetention {
    fn check(
        self,
        document_type: &dyn Fn(&str) -> Result<DocumentType>,
        wrong: &dyn Fn(&str, String) -> Failure,
    ) -> Result<Retention> {
        let Self { required, types } = self;
        let mut inherited = BTreeMap::new();
        for (name, kept) in types {
            if kept.trim().is_empty() {
                return Err(wrong(&name, format!("the retention of `{name}` is empty")));
            }
            inherited.insert(document_type(&name)?, kept);
        }
        let required = required.iter().map(|name| document_type(name)).collect::<Result<_>>()?;
        Ok(Retention { required, types: inherited })
    }
}

impl RawLength {
    /// Limits that are set go before ours; 0 is none.
    fn check(self, document_type: &dyn Fn(&str) -> Result<DocumentType>) -> Result<Length> {
        let Self { words, sentence } = self;
        let mut all = BTreeMap::from([
            (DocumentType::Policy, 900),
            (DocumentType::Process, 1_600),
            (DocumentType::Procedure, 1_200),
        ]);
        for (name, limit) in words {
            all.insert(document_type(&name)?, limit);
        }
        all.retain(|_, limit| *limit > 0);
        Ok(Length { words: all, sentence: Some(sentence).filter(|limit| *limit > 0) })
    }
}

fn find(text: &str, what: &str) -> usize {
    text.find(what).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let told = |text: &str| Config::parse("clausebook.toml", text).unwrap_err().message;
        assert!(
            told("organization = 1\n").starts_with("clausebook.toml:1:16: "),
            "{}",
            told("organization = 1\n")
        );
        assert!(told("\norganisation = \"a\"\n").starts_with("clausebook.toml:2:1: unknown field"));
        assert!(told("[reviews]\ncycles = { policy = \"1 moon\" }\n").contains(":2:"));
        assert!(
            told("[rules]\ndead-link = { level = \"warn\", reason = \" \" }\n")
                .contains("empty reason")
        );
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
            ("[length]\nsentence = \"45\"\n", "usize"),
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
