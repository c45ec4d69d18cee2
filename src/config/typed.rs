//! `clausebook.toml` as it is typed: each table with what it may hold, and what holds without it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::brand::RawBrand;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct Raw {
    pub(super) organization: String,
    pub(super) language: String,
    pub(super) base_url: String,
    pub(super) edit_link: Option<String>,
    pub(super) standard: String,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) front_matter: RawFrontMatter,
    pub(super) reference: RawReference,
    pub(super) version: RawVersion,
    pub(super) classification: RawClassification,
    pub(super) build: RawBuild,
    pub(super) reviews: RawReviews,
    pub(super) coverage: RawCoverage,
    pub(super) approval: RawApproval,
    pub(super) retention: RawRetention,
    pub(super) names: RawNames,
    pub(super) archive: RawArchive,
    pub(super) headings: BTreeMap<String, Vec<String>>,
    pub(super) length: RawLength,
    pub(super) terms: RawTerms,
    pub(super) rules: BTreeMap<String, RawLevel>,
    pub(super) demo: RawDemo,
    pub(super) brand: RawBrand,
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
            brand: RawBrand::default(),
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawFrontMatter {
    pub(super) extra: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawReference {
    pub(super) pattern: RawPattern,
    pub(super) codes: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "`pattern` is a text, `true` or `false`")]
pub(super) enum RawPattern {
    Text(String),
    Switch(bool),
}

impl Default for RawReference {
    fn default() -> Self {
        Self { pattern: RawPattern::Switch(true), codes: BTreeMap::new() }
    }
}

/// One to three whole numbers joined by dots (contracts 1).
pub(super) const VERSION: &str = r"[0-9]{1,9}(\.[0-9]{1,9}){0,2}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawVersion {
    pub(super) pattern: String,
}

impl Default for RawVersion {
    fn default() -> Self {
        Self { pattern: VERSION.to_owned() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawClassification {
    pub(super) levels: Vec<String>,
    pub(super) default: String,
}

impl Default for RawClassification {
    fn default() -> Self {
        let levels = super::LABELS.map(str::to_owned);
        Self { levels: levels.into(), default: "internal".to_owned() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawBuild {
    pub(super) drafts: bool,
    pub(super) publish_up_to: Option<String>,
    pub(super) keep: Vec<String>,
    pub(super) max_file_mb: u64,
}

impl Default for RawBuild {
    fn default() -> Self {
        let keep = [".git", ".gitignore", ".nojekyll", "CNAME"].map(str::to_owned);
        Self { drafts: true, publish_up_to: None, keep: keep.into(), max_file_mb: 8 }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawReviews {
    pub(super) due_soon_days: u32,
    pub(super) cycles: BTreeMap<String, String>,
}

impl Default for RawReviews {
    fn default() -> Self {
        Self { due_soon_days: 60, cycles: BTreeMap::new() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawCoverage {
    pub(super) advised: bool,
    pub(super) exclude: Vec<RawExclusion>,
}

impl Default for RawCoverage {
    fn default() -> Self {
        Self { advised: true, exclude: Vec::new() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a table")]
pub(super) struct RawExclusion {
    pub(super) clause: String,
    pub(super) reason: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawApproval {
    pub(super) owner_may_approve: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawRetention {
    pub(super) required: Vec<String>,
    pub(super) types: BTreeMap<String, String>,
}

impl Default for RawRetention {
    fn default() -> Self {
        let required = ["record", "report", "form"].map(str::to_owned);
        Self { required: required.into(), types: BTreeMap::new() }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawNames {
    pub(super) list: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawArchive {
    pub(super) folders: Vec<String>,
}

impl Default for RawArchive {
    fn default() -> Self {
        Self { folders: ["archive", "retired"].map(str::to_owned).into() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawLength {
    pub(super) words: BTreeMap<String, usize>,
    pub(super) sentence: usize,
}

impl Default for RawLength {
    fn default() -> Self {
        Self { words: BTreeMap::new(), sentence: 45 }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawTerms {
    pub(super) defined: Option<Vec<String>>,
}

impl RawTerms {
    /// The terms that are stated; else those of R113 where they are in the language of the portal.
    pub(super) fn in_language(self, language: &str) -> Vec<String> {
        let usual = ["major incident", "formal complaint", "emergency change", "release"];
        let usual = if language == "en" { &usual[..] } else { &[] };
        self.defined.unwrap_or_else(|| usual.iter().map(|term| (*term).to_owned()).collect())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "`{ level = …, reason = … }`")]
pub(super) struct RawLevel {
    pub(super) level: RawSeverity,
    pub(super) reason: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawSeverity {
    Error,
    Warn,
    Info,
    Off,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawDemo {
    pub(super) dated: Option<toml_edit::Datetime>,
}
