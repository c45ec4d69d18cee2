//! Findings for programs.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Index, Severity, Span, Texts};

#[derive(Serialize)]
struct Report<'a> {
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(flatten)]
    place: Stretch<'a>,
    others: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: Stretch<'a>,
}

/// Lines and columns count from 1, columns in characters; the end is the place behind the last character.
#[derive(Serialize)]
struct Stretch<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    excerpt: &'a str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
}

pub(super) fn print(findings: &[Diagnostic], texts: &Texts) -> String {
    let count =
        |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let index = texts.index();
    let report = Report {
        findings: findings.iter().map(|finding| one(finding, &index)).collect(),
        summary: Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
        },
    };
    let mut json = serde_json::to_string_pretty(&report).unwrap_or_default();
    json.push('\n');
    json
}

fn one<'a>(finding: &'a Diagnostic, index: &Index<'a>) -> Finding<'a> {
    Finding {
        rule: finding.rule,
        severity: finding.severity.word(),
        message: &finding.message,
        hint: finding.hint.as_deref(),
        place: stretch(&finding.span, index),
        others: finding
            .others
            .iter()
            .map(|(span, label)| Other { label, place: stretch(span, index) })
            .collect(),
    }
}

fn stretch<'a>(span: &'a Span, index: &Index<'a>) -> Stretch<'a> {
    let (start, end) = (index.place(&span.path, span.start), index.place(&span.path, span.end));
    Stretch {
        path: &span.path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        excerpt: index.texts().excerpt(span),
    }
}
