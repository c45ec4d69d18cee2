//! Marks that are none where they stand, so that they would be published as they are typed: guidance that is not at the
//! beginning of its quote, footnotes and definitions of links that are not there, references that a table cuts in two,
//! targets of links that hold a blank.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag};
use regex::Regex;

use super::{Body, Fault, FaultKind, Node};

/// Guidance, with what one types by mistake: blanks, a backslash, signs of full width.
static GUIDANCE: LazyLock<Regex> = LazyLock::new(|| {
    let word = "guidance".chars().map(String::from).collect::<Vec<_>>().join(r"\\?");
    Regex::new(&format!(
        r"(?i)(?:\[|［|【)\s*[!！]\s*\\?(?:{word}|ｇｕｉｄａｎｃｅ)\s*\\?(?:\]|］|】)"
    ))
    .expect("it is a constant")
});

static FOOTNOTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\[\^[^\]\[\s]{1,80}\]").expect("it is a constant"));

/// A class of a regular expression, such as `[^a-z]`: ranges, escapes and signs that mark no note.
static CLASS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\[\^(?:a-[b-z]|A-[B-Z]|0-[1-9]|1-9|\\.|[^\p{L}\p{N}*†‡§¶#+])+\]$")
        .expect("it is a constant")
});

/// Numbers in brackets side by side, such as `[1][2]`, which cite.
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"\[[\s,–-]*[0-9][0-9\s,–-]*\]";
    Regex::new(&format!("^{number}{number}$")).expect("it is a constant")
});

/// A reference with words whose bar ends the cell of a table.
static BAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[\[[^\]\[|\n]*[^\\\]\[|\n]\|[^\]\n]*\]\]").expect("it is a constant")
});

/// A link that names its definition, in full or by its words. What begins with `^` is a footnote.
static DEFINED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[[^\]\[\\^][^\]\[\\]{0,200}\]\[(?:[^\]\[\\^][^\]\[\\]{0,200})?\]")
        .expect("it is a constant")
});

/// A link to a file whose target is not in `<` and `>`.
static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\[[^\]\[\n]*\]\([^()<>\n"']*\.[A-Za-z]{2,5}[^()<>\n"']*\)"#)
        .expect("it is a constant")
});

/// What marks look like, whether any may be there, and what is wrong with one.
type Mark<'r> = (&'r Regex, bool, fn(String) -> FaultKind);

/// The faults of `text[from..]`, which was read as `body`.
pub(super) fn faults(text: &str, from: usize, body: &Body) -> Vec<Fault> {
    let rest = text.get(from..).unwrap_or("");
    // What a body does not hold is not looked for.
    let marks: [Mark; 5] = [
        (
            &GUIDANCE,
            memchr::memchr(b'!', rest.as_bytes()).is_some() || rest.contains('！'),
            FaultKind::LooseGuidance,
        ),
        (&FOOTNOTE, rest.contains("[^"), FaultKind::LooseFootnote),
        (&BAR, rest.contains("[["), FaultKind::CutReference),
        (&DEFINED, rest.contains("]["), |mark| {
            let (words, label) = mark.split_once("][").unwrap_or((&mark, ""));
            let label = label.trim_end_matches(']');
            let label = if label.is_empty() { words.trim_start_matches('[') } else { label };
            FaultKind::LooseLink(label.split_whitespace().collect::<Vec<_>>().join(" "))
        }),
        (&TARGET, rest.contains("]("), |mark| {
            let target = mark.split_once("](").map_or("", |(_, target)| target);
            FaultKind::BlankInTarget(target.trim_end_matches(')').trim().to_owned())
        }),
    ];
    let mut faults = Vec::new();
    let mut places = None;
    for (mark, there, kind) in marks {
        if !there {
            continue;
        }
        for found in mark.find_iter(rest) {
            let range = found.start() + from..found.end() + from;
            let kind = kind(found.as_str().to_owned());
            let places = places.get_or_insert_with(|| Places::of(body));
            if !places.taken(text, &range, &kind) {
                faults.push(Fault { kind, range });
            }
        }
    }
    faults
}

/// Where in a body marks are none, each list in the order of the text and without overlaps: there may be as many marks as
/// places.
#[derive(Default)]
struct Places {
    /// What is cut out.
    cut: Vec<Range<usize>>,
    code: Vec<Range<usize>>,
    html: Vec<Range<usize>>,
    tables: Vec<Range<usize>>,
    footnotes: Vec<Range<usize>>,
    /// Links and images. An image may stand in a link: then what follows it there is taken to stand in neither.
    links: Vec<Range<usize>>,
    /// Where footnotes are defined.
    definitions: HashSet<usize>,
}

impl Places {
    fn of(body: &Body) -> Self {
        let mut places = Self { cut: body.cut.clone(), ..Self::default() };
        // A note that is cut out with its quote is none.
        let notes: HashSet<String> = body
            .nodes
            .iter()
            .filter_map(|(node, _)| match node {
                Node::Event(Event::Start(Tag::FootnoteDefinition(label))) => {
                    Some(label.to_lowercase())
                }
                _ => None,
            })
            .collect();
        for (node, range) in &body.nodes {
            let Node::Event(event) = node else { continue };
            let list = match event {
                Event::Code(_) | Event::Start(Tag::CodeBlock(_)) => &mut places.code,
                Event::Html(_) | Event::InlineHtml(_) => &mut places.html,
                Event::Start(Tag::Table(_)) => &mut places.tables,
                Event::FootnoteReference(label) if notes.contains(&label.to_lowercase()) => {
                    &mut places.footnotes
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => &mut places.links,
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    places.definitions.insert(range.start);
                    continue;
                }
                _ => continue,
            };
            list.push(range.clone());
        }
        places
    }

    /// True when a mark is none there, or is what it looks like.
    fn taken(&self, text: &str, mark: &Range<usize>, kind: &FaultKind) -> bool {
        let within = |list: &[Range<usize>]| is_within(list, mark);
        within(&self.cut)
            || within(&self.code)
            || match kind {
                // What raw HTML shows is published with the mark; a comment is not.
                FaultKind::LooseGuidance(_) => {
                    let behind = self.html.partition_point(|range| range.start <= mark.start);
                    behind > 0 && {
                        let html = &self.html[behind - 1];
                        mark.end <= html.end && in_comment(&text[html.start..mark.start])
                    }
                }
                _ => within(&self.html),
            }
            || match kind {
                FaultKind::LooseFootnote(_) => {
                    text[..mark.start].ends_with('\\')
                        || within(&self.footnotes)
                        || self.definitions.contains(&mark.start)
                        || CLASS.is_match(&text[mark.clone()])
                }
                FaultKind::CutReference(_) => !within(&self.tables),
                FaultKind::BlankInTarget(target) => {
                    let behind = self.links.partition_point(|link| link.start < mark.end);
                    !target.contains(char::is_whitespace)
                        || text[..mark.start].ends_with('\\')
                        || behind > 0 && mark.start < self.links[behind - 1].end
                }
                FaultKind::LooseLink(_) => {
                    let before = text[..mark.start].chars().next_back();
                    let behind = self.links.partition_point(|link| link.start < mark.end);
                    // `a[1][2]` is what mathematicians write.
                    before.is_some_and(|before| before.is_alphanumeric() || before == '\\')
                        // A line without words ends the paragraph.
                        || text[mark.clone()].lines().any(|line| line.trim().is_empty())
                        || NUMBERS.is_match(&text[mark.clone()])
                        || behind > 0 && mark.start < self.links[behind - 1].end
                }
                _ => false,
            }
    }
}

/// True for a mark that stands in one of `list`, which are in the order of the text and without overlaps.
pub fn is_within(list: &[Range<usize>], mark: &Range<usize>) -> bool {
    let behind = list.partition_point(|range| range.start <= mark.start);
    behind > 0 && mark.end <= list[behind - 1].end
}

/// True when a comment is open at the end of a piece of HTML.
pub(super) fn in_comment(html: &str) -> bool {
    html.rfind("<!--").is_some_and(|open| !html[open..].contains("-->"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::markdown::{Dialect, parse};

    #[test]
    fn what_is_no_mark_is_left_alone() {
        let variables = BTreeMap::new();
        let told = |text: &str| {
            let body = parse(text, 0, Dialect { variables: &variables, guidance: false });
            body.faults.into_iter().map(|fault| text[fault.range].to_owned()).collect::<Vec<_>>()
        };
        for text in [
            "[^a-z]",
            "[^A-Za-z0-9_]",
            "[^0-9a-f]",
            "[^,]",
            "[^\\n]",
            "see [1][2]",
            "[12, 13][2-4]",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
        for mark in
            ["[^1]", "[^12]", "[^note]", "[^a]", "[^1-2]", "[^a-note]", "[^über]", "[^注]", "[^*]"]
        {
            assert_eq!(told(&format!("A note {mark}.")), [mark]);
            assert_eq!(told(&format!("A note \\{mark}.")), [""; 0]);
        }
        for mark in ["[step 1][2]", "[1][two]", "[1][]"] {
            assert_eq!(told(&format!("See {mark}.")), [mark]);
            assert_eq!(told(&format!("See \\{mark}.")), [""; 0]);
        }
    }

    #[test]
    fn as_many_marks_as_places_take_no_square_of_the_time() {
        let variables = BTreeMap::from([("a".to_owned(), "b".to_owned())]);
        for piece in [
            "[^a] `c` ",
            "[a]({{ a }}",
            "{{ a }}",
            "`[^a]` [!guidance]\n",
            "> [!GUIDANCE]\n\n[^a] ",
            "[a](b) [c][d] ",
            "[a](b c.md) ",
            "[a](b c.md [",
        ] {
            let text = piece.repeat(100_000);
            let body = parse(&text, 0, Dialect { variables: &variables, guidance: false });
            assert!(!body.nodes.is_empty(), "{piece}");
        }
        let long = format!("[a]({}", "{{ a }}".repeat(100_000));
        assert!(
            !parse(&long, 0, Dialect { variables: &variables, guidance: false }).nodes.is_empty()
        );
    }
}
