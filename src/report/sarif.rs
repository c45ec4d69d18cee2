//! Findings as SARIF 2.1.0, for code scanning.

use serde_json::{Value, json};

use super::Rule;
use crate::diagnostic::{Diagnostic, Index, Severity, Span, Texts};

pub(super) fn print(findings: &[Diagnostic], texts: &Texts, rules: &[Rule]) -> String {
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
    let index = texts.index();
    let results: Vec<Value> =
        findings.iter().map(|finding| result(finding, &index, rules)).collect();
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

fn result(finding: &Diagnostic, index: &Index, rules: &[Rule]) -> Value {
    let message = match &finding.hint {
        Some(hint) => format!("{} ({hint})", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": said(&message) },
        "locations": [{ "physicalLocation": location(&finding.span, index) }],
    });
    if let Some(index) = rules.iter().position(|rule| rule.id == finding.rule) {
        result["ruleIndex"] = index.into();
    }
    if !finding.others.is_empty() {
        let related = finding.others.iter().enumerate().map(|(i, (span, label))| {
            json!({ "id": i, "message": { "text": said(label) }, "physicalLocation": location(span, index) })
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

fn location(span: &Span, index: &Index) -> Value {
    let (start, end) = (index.place(&span.path, span.start), index.place(&span.path, span.end));
    json!({
        "artifactLocation": { "uri": uri(&span.path), "uriBaseId": "%SRCROOT%" },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

/// The path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    crate::address::percent_encoded(path, "/")
}
