//! Findings for people: the source line, the place, a hint.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{summary, visible};
use crate::diagnostic::{Diagnostic, Index, Place, Severity, Span, Texts};

/// A longer line is cut around the place.
const LINE: usize = 160;

/// How many bytes may hold what is shown of a line, and one character more.
const NEAR: usize = 4 * (LINE + 1);

pub(super) fn print(findings: &[Diagnostic], texts: &Texts, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let index = texts.index();
    let mut out = String::new();
    for finding in findings {
        out.push_str(&one(finding, &index, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&summary(findings));
    out.push('\n');
    out
}

fn one(finding: &Diagnostic, index: &Index, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = level.primary_title(visible(&finding.message)).id(finding.rule).element(shown(
        &finding.span,
        index,
        AnnotationKind::Primary,
        None,
    ));
    for (span, label) in &finding.others {
        group = group.element(shown(span, index, AnnotationKind::Context, Some(visible(label))));
    }
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.with_name("hint").message(visible(hint)));
    }
    renderer.render(&[group])
}

/// The line of a span, with the span marked. What is long is cut, what is invisible is shown.
fn shown<'a>(
    span: &Span,
    index: &Index,
    kind: AnnotationKind,
    label: Option<String>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let text = index.texts().get(&span.path);
    let start = floor(text, span.start.min(text.len()));
    let Place { line, column } = index.place(&span.path, start);
    // No more of a long line is looked at than may be shown.
    let begin = floor(text, start.saturating_sub(NEAR));
    let before = &text[begin..start];
    let before = before.rsplit('\n').next().unwrap_or(before);
    let inside = first_line(text, start, span.end);
    let end = start + inside.len();
    let after = if end < span.end.min(text.len()) { "" } else { first_line(text, end, text.len()) };
    let (before, inside, after) =
        cut(&visible(before), &visible(inside), visible(after.trim_end()).as_str());
    let marked: Range<usize> = before.len()..before.len() + inside.len();
    let source = format!("{before}{inside}{after}");
    // The column in the head is counted from the cut line; the true one is told when it differs.
    let path = visible(&span.path);
    let path = if before.chars().count() + 1 == column {
        path
    } else {
        format!("{path}:{line}:{column}, shown from")
    };
    Snippet::source(source).line_start(line).path(path).annotation(kind.span(marked).label(label))
}

fn cut(before: &str, inside: &str, after: &str) -> (String, String, String) {
    let last = |text: &str, n: usize| {
        let skip = text.chars().count().saturating_sub(n);
        let mut kept: String = text.chars().skip(skip).collect();
        if skip > 0 {
            kept.insert(0, '…');
        }
        kept
    };
    let first = |text: &str, n: usize| {
        let mut kept: String = text.chars().take(n).collect();
        if text.chars().nth(n).is_some() {
            kept.push('…');
        }
        kept
    };
    (last(before, LINE / 2), first(inside, LINE), first(after, LINE / 2))
}

/// What stands from `start` to `end` on its first line, as far as it may be shown.
fn first_line(text: &str, start: usize, end: usize) -> &str {
    let end = floor(text, end.clamp(start, text.len()).min(start + NEAR));
    let near = &text[start..end.max(start)];
    let line = near.split('\n').next().unwrap_or(near);
    line.strip_suffix('\r').unwrap_or(line)
}

/// The nearest start of a character at or before `at`.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn printed(text: &str, range: Range<usize>, message: &str) -> String {
        let path: Arc<str> = "content/a.md".into();
        let mut texts = Texts::default();
        texts.0.insert(Arc::clone(&path), text.into());
        let finding = Diagnostic::new("dead-link", Span::new(&path, range), message)
            .hint("did you mean `b.md`?");
        print(&[finding], &texts, false)
    }

    #[test]
    fn a_finding_shows_its_line_and_a_hint() {
        let text = printed("one\nSee [b](bb.md).\n", 12..17, "there is no file `bb.md`");
        insta::assert_snapshot!(text, @r"
        error[dead-link]: there is no file `bb.md`
         --> content/a.md:2:9
          |
        2 | See [b](bb.md).
          |         ^^^^^
          |
          = hint: did you mean `b.md`?

        1 error in 1 file
        ");
    }

    #[test]
    fn spans_anywhere_are_shown_without_a_panic() {
        for (text, range) in
            [("", 0..0), ("a", 1..1), ("ä\r\n", 0..2), ("a\nb\nc", 0..5), ("x", 7..9), ("ä", 1..1)]
        {
            assert!(printed(text, range, "m").contains("content/a.md"), "{text:?}");
        }
        let long = "x".repeat(100_000);
        assert!(printed(&long, 50_000..50_010, "m").len() < 2_000);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place_and_its_true_column_is_told() {
        let text = format!("a\n{}bad{}\n", "ä".repeat(900), "ö".repeat(900));
        let told = printed(&text, 1_802..1_805, "m");
        let shown = format!("2 | …{}badö", "ä".repeat(LINE / 2));
        assert!(told.contains("content/a.md:2:901, shown from") && told.contains(&shown), "{told}");
    }

    #[test]
    fn content_cannot_speak_to_the_terminal() {
        let text = printed("\u{1b}[31mred\u{1b}[0m\n", 0..3, "an \u{1b}]0;title\u{7} escape");
        assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text}");
    }
}
