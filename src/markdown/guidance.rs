//! Marks of guidance that are not where they cut it out, so that it would be published for a slip.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use regex::Regex;

use super::{Body, Node};

/// The mark with what one types by mistake: blanks, a backslash, signs of full width.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\[|[［【])\s*[!！]\s*(?:guidance|ｇｕｉｄａｎｃｅ)\s*\\?(?:\]|[］】])")
        .expect("it is a constant")
});

/// Where a mark stands in `text[from..]` that is neither cut out with its quote nor code.
pub(super) fn loose(text: &str, from: usize, body: &Body) -> Vec<Range<usize>> {
    let rest = text.get(from..).unwrap_or("");
    let marks = MARK.find_iter(rest).map(|mark| mark.start() + from..mark.end() + from);
    marks
        .filter(|mark| !body.cut.iter().any(|cut| holds(cut, mark)) && !is_code(body, mark))
        .collect()
}

fn is_code(body: &Body, mark: &Range<usize>) -> bool {
    body.nodes.iter().any(|(node, range)| {
        matches!(node, Node::Event(Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
            && holds(range, mark)
    })
}

fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
