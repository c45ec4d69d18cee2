//! What was typed, checked: words of closed lists are known, texts are not empty, forms are readable.

use std::collections::BTreeMap;
use std::sync::Arc;

use regex::Regex;

use super::typed::{
    Raw, RawApproval, RawArchive, RawBuild, RawClassification, RawCoverage, RawDemo, RawExclusion,
    RawFrontMatter, RawLength, RawLevel, RawNames, RawPattern, RawReference, RawRetention,
    RawReviews, RawSeverity, RawVersion,
};
use super::{
    Build, Classification, Config, Coverage, Exclusion, Length, Level, ReferenceForm, Retention,
    Reviews, at_place,
};
use crate::diagnostic::{Severity, Span};
use crate::document::DocumentType;
use crate::failure::{Failure, Result};
use crate::period::{TypedDate, typed_date};
use crate::site::is_written;

impl Raw {
    /// Takes the raw settings apart whole, so that a new one cannot be forgotten.
    pub(super) fn check(self, path: &str, text: &str) -> Result<Config> {
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
            terms,
            rules,
            demo: RawDemo { dated },
            brand,
        } = self;
        let wrong = |what: &str, message: String| at_place(path, text, find(text, what), &message);
        let wrong_value = |keys: &[&str], message: &str| {
            at_place(path, text, value_at(text, keys, None), message)
        };

        if organization.trim().is_empty() {
            return Err(wrong("organization", "`organization` is empty".to_owned()));
        }
        let is_none = |link: &&str| without_scheme(link).is_none() || !link.contains("{path}");
        if let Some(link) = edit_link.as_deref().filter(is_none) {
            let message = "`edit_link` begins with `https://` and holds `{path}`".to_owned();
            return Err(wrong(link, message));
        }
        if let Some(message) = fault_of_base(&base_url) {
            return Err(wrong_value(&["base_url"], message));
        }
        let names_of_variables = variables.keys().find(|name| {
            name.is_empty() || name.contains(|c: char| c.is_whitespace() || c == '{' || c == '}')
        });
        if let Some(name) = names_of_variables {
            let message =
                format!("`{name}` is no name for a variable: it holds a blank or a brace");
            return Err(wrong(name, message));
        }
        if max_file_mb == 0 {
            return Err(wrong("max_file_mb", "`max_file_mb` is at least 1".to_owned()));
        }
        if let Some(kept) =
            keep.iter().find(|kept| kept.contains(['/', '\\']) || kept.starts_with(".."))
        {
            let message =
                format!("`keep` names what stands at the top of the output folder, not `{kept}`");
            return Err(wrong(kept, message));
        }
        if let Some(index) = keep.iter().position(|kept| is_written(kept)) {
            let kept = &keep[index];
            let message =
                format!("`keep` of `[build]` names `{kept}`, which the portal writes itself");
            let at = value_at(text, &["build", "keep"], Some(index));
            return Err(at_place(path, text, at, &message));
        }
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
        let terms = terms.in_language(&language);
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
            site_url: site_url(&base_url),
            brand: brand.check(&shared, text)?,
            edit_link,
            standard,
            variables,
            extra_keys: extra,
            reference: reference.check(&document_type, &wrong_value)?,
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

/// What a reference holds besides plain text.
const PLACES: [&str; 2] = ["{code}", "{clause}"];

impl RawReference {
    fn check(
        self,
        document_type: &dyn Fn(&str) -> Result<DocumentType>,
        wrong: &dyn Fn(&[&str], &str) -> Failure,
    ) -> Result<Option<ReferenceForm>> {
        let Self { pattern, codes } = self;
        let pattern = match pattern {
            RawPattern::Switch(false) => return Ok(None),
            RawPattern::Switch(true) => "SMS-{code}-{clause}".to_owned(),
            RawPattern::Text(pattern) => pattern,
        };
        if let Some(fault) = fault_of_pattern(&pattern) {
            return Err(wrong(&["reference", "pattern"], &fault));
        }
        let mut all: BTreeMap<DocumentType, String> =
            DocumentType::ALL.iter().map(|known| (*known, known.code().to_owned())).collect();
        for (name, code) in codes {
            all.insert(document_type(&name)?, code);
        }
        Ok(Some(ReferenceForm { pattern, codes: all }))
    }
}

/// What is wrong with a form of references: a place in braces that is not known, or none at all.
fn fault_of_pattern(pattern: &str) -> Option<String> {
    let known = crate::diagnostic::and_list(&PLACES);
    let rest = PLACES.iter().fold(pattern.to_owned(), |rest, place| rest.replace(place, ""));
    if let Some(at) = rest.find(['{', '}']) {
        let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
        return Some(format!("`pattern` has the places {known}, not `{}`", &rest[at..end]));
    }
    (rest == pattern).then(|| format!("`pattern` has none of the places {known}"))
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

/// Where the value of a setting stands, of a list that of an index.
fn value_at(text: &str, keys: &[&str], index: Option<usize>) -> usize {
    let Ok(document) = toml_edit::Document::parse(text) else { return 0 };
    let item = keys.iter().try_fold(document.as_item(), |item, key| item.get(key));
    let entry = |index| item?.as_array()?.get(index)?.span();
    let span = index.and_then(entry).or_else(|| item?.span());
    span.map_or(0, |span| span.start)
}

fn find(text: &str, what: &str) -> usize {
    text.find(what).unwrap_or(0)
}

/// What follows the scheme of a web address; `None` when it is none.
fn without_scheme(address: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| address.strip_prefix(scheme))
}

/// What is wrong with the place where the portal is said to stand.
fn fault_of_base(address: &str) -> Option<&'static str> {
    let path = |address: &str| address.starts_with('/') && !address.starts_with("//");
    let server = |rest: &str| !rest.is_empty() && !rest.starts_with('/');
    if address.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Some("`base_url` holds a blank")
    } else if address.contains(['?', '#']) {
        Some("`base_url` holds a `?` or a `#`: it ends with the path")
    } else if !path(address) && !without_scheme(address).is_some_and(server) {
        Some("`base_url` is a path such as `/sms`, or an address that begins with `https://`")
    } else {
        None
    }
}

/// The whole address of the site, when it names a server.
fn site_url(address: &str) -> Option<String> {
    without_scheme(address).map(|_| format!("{}/", address.trim_end_matches('/')))
}

/// The path of an address: no page of the portal asks another server.
fn path_of(address: &str) -> String {
    let path = match without_scheme(address) {
        Some(rest) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address,
    };
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        path => format!("/{path}/"),
    }
}
