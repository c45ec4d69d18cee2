//! Findings as SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};

use super::Rule;
use crate::diagnostic::{Diagnostic, Index, Severity, Span, Texts};

/// `below` is put before each path.
pub(super) fn print(findings: &[Diagnostic], texts: &Texts, below: &str, rules: &[Rule]) -> String {
    let described: Vec<Value> = rules
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": said(rule.summary) },
                "help": { "text": said(&rule.documentation), "markdown": said(&rule.documentation) },
                "defaultConfiguration": match rule.default {
                    Some(severity) => json!({ "level": level(severity) }),
                    None => json!({ "enabled": false, "level": "none" }),
                },
            })
        })
        .collect();
    let places = Places { index: texts.index(), below };
    let results: Vec<Value> =
        findings.iter().map(|finding| result(finding, &places, rules)).collect();
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "clausebook",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": described,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

/// Where findings lie for a code host.
struct Places<'a> {
    index: Index<'a>,
    /// Where the documents' repository lies in that of Git.
    below: &'a str,
}

fn result(finding: &Diagnostic, places: &Places, rules: &[Rule]) -> Value {
    let message = match &finding.hint {
        Some(hint) => format!("{} ({hint})", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": said(&message) },
        "locations": [{ "physicalLocation": places.location(&finding.span) }],
    });
    if let Some(index) = rules.iter().position(|rule| rule.id == finding.rule) {
        result["ruleIndex"] = index.into();
    }
    if !finding.others.is_empty() {
        let related = finding.others.iter().enumerate().map(|(i, (span, label))| {
            json!({ "id": i, "message": { "text": said(label) }, "physicalLocation": places.location(span) })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

/// A text as messages hold it: a single brace would begin a place for an argument (SARIF 2.1.0, 3.11.5).
fn said(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

impl Places<'_> {
    fn location(&self, span: &Span) -> Value {
        let place = |at| self.index.place(&span.path, at);
        let (start, end) = (place(span.start), place(span.end));
        // A relative reference of RFC 3986.
        let uri = crate::address::percent_encoded(&format!("{}{}", self.below, span.path), "/");
        json!({
            "artifactLocation": { "uri": uri, "uriBaseId": "%SRCROOT%" },
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        })
    }
}
