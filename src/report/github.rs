//! Findings as annotations of GitHub Actions.

use crate::diagnostic::{Diagnostic, Severity, Texts};

/// `below` is put before each path.
pub(super) fn print(findings: &[Diagnostic], texts: &Texts, below: &str) -> String {
    let index = texts.index();
    let mut out = String::new();
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (start, end) = (
            index.place(&finding.span.path, finding.span.start),
            index.place(&finding.span.path, finding.span.end),
        );
        let message = match &finding.hint {
            Some(hint) => format!("{}\nhint: {hint}", finding.message),
            None => finding.message.clone(),
        };
        out.push_str(&format!(
            "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
            property(&format!("{below}{}", finding.span.path)),
            start.line,
            start.column,
            end.line,
            end.column,
            property(finding.rule),
            data(&message),
        ));
    }
    out
}

fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(super::visible).collect();
    lines.join("\n").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::Span;

    #[test]
    fn content_does_not_speak_to_the_terminal() {
        let path: Arc<str> = "content/\u{1b}[31m.md".into();
        let finding = Diagnostic::new("dead-link", Span::file(&path), "\u{202e}of\u{7}");
        let printed = print(&[finding], &Texts::default(), "");
        assert!(!printed.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{printed:?}");
    }

    #[test]
    fn what_the_format_reserves_is_escaped() {
        let path: Arc<str> = "content/a,b:c.md".into();
        let finding =
            Diagnostic::new("dead-link", Span::file(&path), "100 %\nof: it").hint("mend, it");
        assert_eq!(
            print(&[finding], &Texts::default(), "port:al/"),
            "::error file=port%3Aal/content/a%2Cb%3Ac.md,line=1,col=1,endLine=1,endColumn=1,title=dead-link\
             ::100 %25%0Aof: it%0Ahint: mend, it\n"
        );
    }
}
