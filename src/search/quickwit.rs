//! What can be found, for a Quickwit cluster: an index configuration, and a JSON document a section.
//!
//! For organizations whose intranet search runs on one. The fields are those of Quickwit's index configuration, file
//! format 0.8: <https://quickwit.io/docs/configuration/index-config>.

use jiff::civil::Date;
use serde::Serialize;

use super::engine::{Section, Status};

/// The index configuration, as YAML.
pub const CONFIGURATION: &str = r"version: 0.8
index_id: clausebook

doc_mapping:
  mode: strict
  field_mappings:
    - { name: id, type: text, tokenizer: raw }
    - { name: url, type: text, tokenizer: raw }
    - { name: title, type: text, tokenizer: en_stem, record: position, fieldnorms: true }
    - { name: page_title, type: text, tokenizer: en_stem, record: position, fieldnorms: true }
    - { name: other_titles, type: array<text>, tokenizer: en_stem, record: position }
    - { name: keywords, type: array<text>, tokenizer: en_stem, record: position }
    - { name: body, type: text, tokenizer: en_stem, record: position, fieldnorms: true }
    - { name: crumbs, type: text, tokenizer: default }
    - { name: type, type: text, tokenizer: raw, fast: true }
    - { name: reference, type: text, tokenizer: raw }
    - { name: version, type: text, tokenizer: raw }
    - { name: owner, type: text, tokenizer: raw, fast: true }
    - { name: status, type: text, tokenizer: raw, fast: true }
    - { name: clauses, type: array<text>, tokenizer: raw }
    - { name: claims, type: array<text>, tokenizer: raw }
    - { name: effective, type: datetime, input_formats: [rfc3339], fast: true }
    - { name: review, type: datetime, input_formats: [rfc3339], fast: true }
    - { name: path, type: text, tokenizer: raw }
    - { name: line, type: u64 }

search_settings:
  default_search_fields: [title, page_title, other_titles, keywords, body]
";

/// One section as a document of that index.
#[derive(Serialize)]
struct Document<'a> {
    /// The address: each section has one of its own.
    id: &'a str,
    url: &'a str,
    title: &'a str,
    page_title: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    other_titles: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    body: &'a str,
    crumbs: &'a str,
    r#type: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reference: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    owner: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    status: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    clauses: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    claims: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    effective: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<String>,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
}

/// The sections as NDJSON, a document a line.
pub fn documents(sections: &[Section]) -> Vec<u8> {
    let mut out = Vec::new();
    for section in sections {
        let page = &*section.page;
        let url = match &*section.anchor {
            "" => page.url.clone(),
            anchor => format!("{}#{anchor}", page.url),
        };
        let document = Document {
            id: &url,
            url: &url,
            title: section.heading.as_deref().unwrap_or(&page.title),
            page_title: &page.title,
            other_titles: &page.other_titles,
            keywords: page.keywords.iter().chain(&section.keywords).map(String::as_str).collect(),
            body: &section.text,
            crumbs: &page.crumbs,
            r#type: &page.kind,
            reference: &page.reference,
            version: &page.version,
            owner: &page.owner,
            status: page.status.map_or("", Status::name),
            clauses: &page.clauses,
            claims: &section.claims,
            effective: page.effective.map(instant),
            review: page.review.map(instant),
            path: section.path.as_deref().unwrap_or(&page.path),
            line: section.line.parse().ok(),
        };
        // Texts and numbers are always JSON.
        out.extend(serde_json::to_vec(&document).unwrap_or_default());
        out.push(b'\n');
    }
    out
}

/// Midnight of the day, as RFC 3339 has it.
fn instant(day: i32) -> String {
    let date = Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(day));
    format!("{date}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::*;
    use crate::search::engine::Page;

    #[test]
    fn every_field_of_a_document_is_mapped_and_no_other() {
        let page = Page {
            title: "a".into(),
            other_titles: vec!["b".into()],
            keywords: vec!["c".into()],
            clauses: vec!["8.5".into()],
            reference: "SMS-POL-8.5".into(),
            version: "1.0".into(),
            owner: "d".into(),
            status: Some(Status::Approved),
            effective: Some(20_788),
            review: Some(0),
            ..Page::default()
        };
        let section = Section {
            page: Arc::new(page),
            claims: vec!["8.5".into()],
            line: "3".into(),
            ..Section::default()
        };
        let line = documents(&[section]);
        let document: serde_json::Value = serde_json::from_slice(&line).expect("it is JSON");
        let document = document.as_object().expect("it is an object");
        assert_eq!(document["effective"], "2026-12-01T00:00:00Z");
        assert_eq!(document["review"], "1970-01-01T00:00:00Z");
        let configuration: serde_json::Value =
            serde_yaml::from_str(CONFIGURATION).expect("it is YAML");
        let mapped = configuration["doc_mapping"]["field_mappings"].as_array().expect("a list");
        let mapped: BTreeSet<&str> =
            mapped.iter().filter_map(|field| field["name"].as_str()).collect();
        assert_eq!(document.keys().map(String::as_str).collect::<BTreeSet<_>>(), mapped);
        let searched = configuration["search_settings"]["default_search_fields"].as_array();
        let searched = searched.expect("a list").iter().filter_map(|name| name.as_str());
        assert!(searched.into_iter().all(|name| mapped.contains(name)));
    }
}
