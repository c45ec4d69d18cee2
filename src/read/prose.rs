//! How a body is written: its numbered lists, its bold words, its longest sentences.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::document::{LongSentence, OrderedList, Typed};
use crate::markdown::Node;

/// What rules about writing look at.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) ordered_lists: Vec<OrderedList>,
    pub(super) bold: Vec<Typed<String>>,
    pub(super) long_sentences: Vec<LongSentence>,
}

/// Reads a body; `limit` is the most words of a sentence.
pub(super) fn read(text: &str, nodes: &[(Node, Range<usize>)], limit: Option<usize>) -> Prose {
    let mut prose = Prose::default();
    lists(text, nodes, &mut prose.ordered_lists);
    bold(nodes, &mut prose.bold);
    if let Some(limit) = limit {
        sentences(text, nodes, limit, &mut prose.long_sentences);
    }
    prose
}

/// The numbered lists that stand in nothing else.
fn lists(text: &str, nodes: &[(Node, Range<usize>)], lists: &mut Vec<OrderedList>) {
    let mut depth = 0usize;
    let mut numbered = false;
    for (node, range) in nodes {
        match node {
            Node::Event(Event::Start(Tag::List(first))) => {
                if depth == 0 {
                    numbered = first.is_some();
                    if numbered {
                        let end = range.start + text[range.clone()].trim_end().len();
                        lists.push(OrderedList { range: range.start..end, items: 0 });
                    }
                }
                depth += 1;
            }
            Node::Event(Event::Start(Tag::Item)) if depth == 1 && numbered => {
                if let Some(list) = lists.last_mut() {
                    list.items += 1;
                }
            }
            Node::AlertStart(_)
            | Node::Event(Event::Start(
                Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList,
            )) => {
                // What stands in it is no list of its own.
                if depth == 0 {
                    numbered = false;
                }
                depth += 1;
            }
            Node::AlertEnd
            | Node::Event(Event::End(
                TagEnd::List(_)
                | TagEnd::BlockQuote(_)
                | TagEnd::FootnoteDefinition
                | TagEnd::DefinitionList,
            )) => depth = depth.saturating_sub(1),
            Node::Event(_) => {}
        }
    }
}

/// The words that are set bold. A link among them speaks for itself.
fn bold(nodes: &[(Node, Range<usize>)], bold: &mut Vec<Typed<String>>) {
    let mut open: Option<(String, bool)> = None;
    for (node, range) in nodes {
        let Node::Event(event) = node else { continue };
        match (event, &mut open) {
            (Event::Start(Tag::Strong), None) => open = Some((String::new(), false)),
            (Event::End(TagEnd::Strong), Some((words, linked))) => {
                if !*linked && !words.trim().is_empty() {
                    let inner = range.start + 2..range.end.saturating_sub(2).max(range.start + 2);
                    bold.push(Typed { value: std::mem::take(words), range: inner });
                }
                open = None;
            }
            (Event::Start(Tag::Link { .. }), Some((_, linked))) => *linked = true,
            (Event::Text(text) | Event::Code(text), Some((words, _))) => words.push_str(text),
            (Event::SoftBreak | Event::HardBreak, Some((words, _))) => words.push(' '),
            _ => {}
        }
    }
}

/// How many words of a long sentence are pointed at.
const SHOWN: usize = 5;

/// The text of one paragraph or item, with where its pieces stand in the file.
#[derive(Default)]
struct Paragraph {
    text: String,
    /// Where a piece begins here and there, and whether it reads the same in both.
    pieces: Vec<(usize, usize, bool)>,
}

/// The sentences of paragraphs and list items that have more than `limit` words. Headings, tables, code and the words
/// of images are no sentences.
fn sentences(
    text: &str,
    nodes: &[(Node, Range<usize>)],
    limit: usize,
    found: &mut Vec<LongSentence>,
) {
    let mut paragraph = Paragraph::default();
    let mut skipped = 0usize;
    for (node, range) in nodes {
        let Node::Event(event) = node else {
            paragraph.end(text, limit, found);
            continue;
        };
        match event {
            Event::Start(Tag::Image { .. }) => skipped += 1,
            Event::End(TagEnd::Image) => skipped = skipped.saturating_sub(1),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link,
            ) => {}
            Event::Start(tag) => {
                paragraph.end(text, limit, found);
                let no_text = matches!(
                    tag,
                    Tag::Heading { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::HtmlBlock
                );
                skipped += usize::from(no_text);
            }
            Event::End(tag) => {
                paragraph.end(text, limit, found);
                let no_text = matches!(
                    tag,
                    TagEnd::Heading(_) | TagEnd::Table | TagEnd::CodeBlock | TagEnd::HtmlBlock
                );
                skipped -= usize::from(no_text && skipped > 0);
            }
            Event::Text(piece) | Event::Code(piece) if skipped == 0 => {
                let same = text.get(range.clone()) == Some(&**piece);
                paragraph.pieces.push((paragraph.text.len(), range.start, same));
                paragraph.text.push_str(piece);
            }
            Event::SoftBreak | Event::HardBreak if skipped == 0 => paragraph.text.push(' '),
            _ => {}
        }
    }
    paragraph.end(text, limit, found);
}

impl Paragraph {
    /// Tells its long sentences, and begins the next one.
    fn end(&mut self, text: &str, limit: usize, found: &mut Vec<LongSentence>) {
        if is_short(&self.text, limit) {
            self.text.clear();
            self.pieces.clear();
            return;
        }
        let Self { text: own, pieces } = std::mem::take(self);
        let mut start = 0;
        while start < own.len() {
            let end = start + sentence_end(&own[start..]);
            let sentence = &own[start..end];
            if is_short(sentence, limit) {
                start = end;
                continue;
            }
            let words =
                sentence.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
            let words = words.count();
            if words > limit {
                let first = start + sentence.len() - sentence.trim_start().len();
                let at = place(&pieces, first, text);
                found.push(LongSentence { range: at..at + first_words(&text[at..]), words });
            }
            start = end;
        }
    }
}

/// True for what has too few gaps between words to hold a long sentence: most texts need no closer look.
fn is_short(text: &str, limit: usize) -> bool {
    // A gap has a byte, and so has each word between two.
    text.is_ascii() && (text.len() < 2 * limit || blanks(text) < limit)
}

/// How many words a text has, between blanks of any kind.
pub(super) fn words(text: &str) -> usize {
    if !text.is_ascii() {
        return text.split_whitespace().count();
    }
    let bytes = text.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    let blank = |b: u8| b == b' ' || b.wrapping_sub(b'\t') < 5;
    // A word begins behind each blank that no other follows. So many bytes at a time have their sum in one.
    let begin = bytes.chunks(255).zip(rest.chunks(255)).map(|(before, own)| {
        let pairs = before.iter().zip(own);
        usize::from(pairs.map(|(b, own)| u8::from(blank(*b) & !blank(*own))).sum::<u8>())
    });
    usize::from(!blank(*first)) + begin.sum::<usize>()
}

/// How many bytes of a text are blanks, or signs that nobody sees.
fn blanks(text: &str) -> usize {
    let blanks = |bytes: &[u8]| bytes.iter().map(|b| u8::from(*b <= b' ')).sum::<u8>();
    text.as_bytes().chunks(255).map(|bytes| usize::from(blanks(bytes))).sum()
}

/// Where the first sentence of `text` ends: behind a stop that a space and no small letter follow (`e.g. this` goes
/// on), with the quotes and brackets that it closes.
fn sentence_end(text: &str) -> usize {
    for at in memchr::memchr3_iter(b'.', b'!', b'?', text.as_bytes()) {
        let rest = text[at + 1..].trim_start_matches(['"', '\'', ')', '”', '’', '»']);
        let end = text.len() - rest.len();
        let next = rest.trim_start().chars().next();
        if rest.starts_with(char::is_whitespace) && !next.is_some_and(char::is_lowercase) {
            return end;
        }
    }
    text.len()
}

/// Where in the file the byte `at` of a paragraph stands.
fn place(pieces: &[(usize, usize, bool)], at: usize, text: &str) -> usize {
    let after = pieces.partition_point(|(begins, ..)| *begins <= at);
    let Some((begins, stands, same)) = after.checked_sub(1).map(|piece| pieces[piece]) else {
        return 0;
    };
    let place = if same { stands + at - begins } else { stands };
    if text.is_char_boundary(place) { place } else { stands }
}

/// The length of the first words of `text`, within its line.
fn first_words(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let words = line.split_whitespace().take(SHOWN);
    words.last().map_or(0, |word| word.as_ptr().addr() - line.as_ptr().addr() + word.len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::markdown::{self, Dialect};

    fn prose(text: &str) -> Prose {
        let variables = BTreeMap::from([("we".to_owned(), "All of us".to_owned())]);
        let dialect = Dialect { variables: &variables, guidance: false };
        read(text, &markdown::parse(text, 0, dialect).nodes, Some(5))
    }

    fn lists(text: &str) -> Vec<(&str, usize)> {
        let lists = prose(text).ordered_lists.into_iter();
        lists.map(|list| (text[list.range].lines().next().unwrap_or(""), list.items)).collect()
    }

    fn long(text: &str) -> Vec<(&str, usize)> {
        let found = prose(text).long_sentences.into_iter();
        found.map(|sentence| (&text[sentence.range], sentence.words)).collect()
    }

    fn bold(text: &str) -> Vec<(String, &str)> {
        let found = prose(text).bold.into_iter();
        found.map(|bold| (bold.value, &text[bold.range])).collect()
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn words_stand_between_blanks(text in "[ a-c\t\n\r\x0b\x0c\x1c\u{a0}é.]{0,600}") {
            proptest::prop_assert_eq!(words(&text), text.split_whitespace().count());
        }
    }

    #[test]
    fn only_numbered_lists_that_stand_alone_are_taken() {
        assert_eq!(lists("1. a\n2. b\n   1. c\n\n3. d\n"), [("1. a", 3)]);
        assert_eq!(lists("- a\n  1. b\n\n> 1. c\n\n> [!NOTE]\n> 1. d\n\n    1. e\n"), []);
        assert_eq!(lists("> - a\n\n1) b\n\ntext\n\n1. c\n1. d\n"), [("1) b", 1), ("1. c", 2)]);
    }

    #[test]
    fn bold_words_are_taken_where_they_stand() {
        assert_eq!(bold("a **b c** __d\ne__"), [("b c".into(), "b c"), ("d e".into(), "d\ne")]);
        assert_eq!(bold("**[a](b)** **[[c]]** ** d ** `**e**`"), []);
        assert_eq!(bold("***a*** **b**"), [("a".into(), "a"), ("b".into(), "b")]);
        assert_eq!(bold("**{{ we }}**"), [("All of us".into(), "{{ we }}")]);
    }

    #[test]
    fn a_sentence_ends_with_a_stop_a_paragraph_or_an_item() {
        assert_eq!(long("One two three. Four five six.\n"), []);
        assert_eq!(long("Ä. One *two* three,\nfour `five` six."), [("One *two* three,", 6)]);
        assert_eq!(long("One, e.g. two, 3.5 – three four five"), [("One, e.g. two, 3.5 –", 7)]);
        assert_eq!(
            long("- one two three\n- four five six\n\n\"One two!\" \"Three four five?\""),
            []
        );
        assert_eq!(long("{{ we }} go home at once"), [("{{ we }} go home", 7)]);
    }

    #[test]
    fn headings_tables_code_and_images_hold_no_sentences() {
        let seven = "one two three four five six seven";
        for text in [
            format!("# {seven}\n"),
            format!("| a |\n| --- |\n| {seven} |\n"),
            format!("```\n{seven}\n```\n"),
            format!("![{seven}](a.svg)\n"),
            format!("<p>{seven}</p>\n"),
        ] {
            assert_eq!(long(&text), [], "{text}");
        }
    }
}
