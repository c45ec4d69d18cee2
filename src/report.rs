//! Diagnostics to text: for people, for programs, for code hosts.

mod github;
mod json;
mod sarif;
mod text;

use crate::diagnostic::{Diagnostic, Severity, Texts};

/// How findings are printed.
#[derive(Debug, Clone)]
pub enum Format {
    /// With source lines and carets.
    Text {
        /// Whether the terminal shows colours.
        color: bool,
    },
    /// One JSON value.
    Json,
    /// Annotations of GitHub Actions.
    Github {
        /// Where the documents' repository lies in that of Git, from which code hosts count: `portal/`, or nothing.
        below: String,
    },
    /// SARIF 2.1.0.
    Sarif {
        /// As for GitHub.
        below: String,
        /// The rules that the report describes.
        rules: Vec<Rule>,
    },
}

/// A rule, for formats that describe the rules beside the findings.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// What it asks for, in a sentence.
    pub summary: &'static str,
    /// Its documentation in Markdown.
    pub documentation: String,
    /// Its level unless set otherwise; `None` when it is off.
    pub default: Option<Severity>,
}

/// Prints findings, in the order given.
pub fn print(format: &Format, findings: &[Diagnostic], texts: &Texts) -> String {
    match format {
        Format::Text { color } => text::print(findings, texts, *color),
        Format::Json => json::print(findings, texts),
        Format::Github { below } => github::print(findings, texts, below),
        Format::Sarif { below, rules } => sarif::print(findings, texts, below, rules),
    }
}

/// `3 errors, 1 warning in 2 files`, or `no findings`.
pub fn summary(findings: &[Diagnostic]) -> String {
    let count =
        |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warning), "warning", "warnings"),
        (count(Severity::Info), "note", "notes"),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }))
        .collect();
    if parts.is_empty() {
        return "no findings".to_owned();
    }
    let mut files: Vec<&str> = findings.iter().map(|finding| &*finding.span.path).collect();
    files.sort_unstable();
    files.dedup();
    let noun = if files.len() == 1 { "file" } else { "files" };
    format!("{} in {} {noun}", parts.join(", "), files.len())
}

/// The text without control characters, so that content cannot speak to the terminal.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control()
                || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') =>
            {
                '\u{fffd}'
            }
            c => c,
        })
        .collect()
}
