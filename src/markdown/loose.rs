//! Marks that are none where they stand, so that they would be published as they are typed: guidance that is not at the
//! beginning of its quote, footnotes that are not there, references that a table cuts in two.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use regex::Regex;

use super::{Body, Fault, FaultKind, Node};

/// Guidance, with what one types by mistake: blanks, a backslash, signs of full width.
static GUIDANCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\[|［|【)\s*[!！]\s*(?:guidance|ｇｕｉｄａｎｃｅ)\s*\\?(?:\]|］|】)")
        .expect("it is a constant")
});

static FOOTNOTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\[\^[^\]\[\s]{1,80}\]").expect("it is a constant"));

/// A reference with words whose bar ends the cell of a table.
static BAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[\[[^\]\[|\n]*[^\\\]\[|\n]\|[^\]\n]*\]\]").expect("it is a constant")
});

/// The faults of `text[from..]`, which was read as `body`.
pub(super) fn faults(text: &str, from: usize, body: &Body) -> Vec<Fault> {
    let rest = text.get(from..).unwrap_or("");
    let found = |mark: &Regex| -> Vec<Range<usize>> {
        let all = mark.find_iter(rest).map(|found| found.start() + from..found.end() + from);
        all.filter(|found| !body.cut.iter().any(|cut| holds(cut, found)) && !is_code(body, found))
            .collect()
    };
    let mut faults = Vec::new();
    let mut tell = |kind: fn(String) -> FaultKind, range: Range<usize>| {
        faults.push(Fault { kind: kind(text[range.clone()].to_owned()), range });
    };
    // What a body does not hold is not looked for.
    if rest.contains(['!', '！']) {
        for mark in found(&GUIDANCE) {
            tell(FaultKind::LooseGuidance, mark);
        }
    }
    if rest.contains("[^") {
        for mark in found(&FOOTNOTE) {
            let escaped = text[..mark.start].ends_with('\\');
            if !escaped && !is_footnote(body, &mark) {
                tell(FaultKind::LooseFootnote, mark);
            }
        }
    }
    if rest.contains("[[") {
        for mark in found(&BAR) {
            if is_within(body, &mark, |event| matches!(event, Event::Start(Tag::Table(_)))) {
                tell(FaultKind::CutReference, mark);
            }
        }
    }
    faults
}

fn is_code(body: &Body, mark: &Range<usize>) -> bool {
    is_within(body, mark, |event| {
        matches!(
            event,
            Event::Code(_)
                | Event::Html(_)
                | Event::InlineHtml(_)
                | Event::Start(Tag::CodeBlock(_))
        )
    })
}

fn is_footnote(body: &Body, mark: &Range<usize>) -> bool {
    body.nodes.iter().any(|(node, range)| match node {
        Node::Event(Event::FootnoteReference(_)) => holds(range, mark),
        Node::Event(Event::Start(Tag::FootnoteDefinition(_))) => range.start == mark.start,
        _ => false,
    })
}

fn is_within(body: &Body, mark: &Range<usize>, kind: fn(&Event) -> bool) -> bool {
    body.nodes.iter().any(|(node, range)| match node {
        Node::Event(event) => kind(event) && holds(range, mark),
        _ => false,
    })
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
