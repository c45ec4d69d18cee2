//! YAML as a tree, each key and text as it was typed and with the bytes it stands at.
//!
//! The parser says what there is and where a mistake is, but not where the rest stands. So what it read is looked up
//! in the text once more, in order: between two texts there are only blanks, comments and signs.

mod parsed;
pub(super) mod simple;
mod walk;

use std::cell::Cell;
use std::ops::Range;

use serde::de::DeserializeSeed;

use crate::document::Typed;
use parsed::Seed;
use walk::Walk;

/// A value in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Node {
    /// Where it stands, without quotes.
    pub(in crate::read) range: Range<usize>,
    /// What it is.
    pub(in crate::read) content: Content,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) enum Content {
    /// Nothing, `~` or `null`.
    Empty,
    /// A text as it was typed.
    Text(String),
    /// Values in their order.
    List(Vec<Node>),
    /// Named values in their order; a name may stand there twice.
    Map(Vec<(Typed<String>, Node)>),
    /// Something that could not be read, which was told.
    Wrong,
}

/// Why a text is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Mistake {
    /// The parser's words.
    pub(in crate::read) message: String,
    /// The byte at which it gave up, from the start of the text.
    pub(in crate::read) at: usize,
    /// True when it was not understood; false when it was, and is too much.
    pub(in crate::read) syntax: bool,
}

/// What is wrong where the parser takes the rest for another document.
pub(in crate::read) const UNEVEN: &str =
    "a line is indented less than the first, or begins with `---`";

/// Reads `text`; all ranges count from `from`.
pub(in crate::read) fn parse(text: &str, from: usize) -> Result<Node, Mistake> {
    simple::read(text, from).map_or_else(|| parsed_whole(text, from), Ok)
}

/// Reads `text` by the parser.
fn parsed_whole(text: &str, from: usize) -> Result<Node, Mistake> {
    // Aliases repeat what was written once. What is written out takes a byte at least for each value, and no more
    // than two of text for each of its own.
    let budget = Cell::new(Some(2 * text.len() + 16));
    match Seed(&budget).deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(read) => Ok(Walk::new(text, from).node(read)),
        Err(_) if budget.get().is_none() => {
            let message = "it repeats itself by anchors too often".to_owned();
            Err(Mistake { message, at: 0, syntax: false })
        }
        Err(error) => {
            let at = error.location().map_or(0, |location| location.index());
            let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
            let at = at.unwrap_or(0);
            Err(Mistake { message: in_words(&error.to_string()), at, syntax: true })
        }
    }
}

/// A message of the parser without its own count of lines and bytes, and without its path to the place, such as
/// `.[0]: `: a finding has its place.
fn in_words(message: &str) -> String {
    let message = message.lines().next().unwrap_or("");
    let message = crate::read::findings::without_place(message);
    match message.split_once(": ") {
        Some((path, rest)) if path.starts_with(['.', '[']) => rest.to_owned(),
        _ if message.contains("more than one document") => UNEVEN.to_owned(),
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key and text, with what stands at its place.
    fn drawn(text: &str) -> Vec<String> {
        fn draw(node: &Node, text: &str, drawn: &mut Vec<String>) {
            let at = |range: &Range<usize>| text[range.start - 7..range.end - 7].to_owned();
            match &node.content {
                Content::Empty | Content::Wrong => drawn.push(format!("~{}", at(&node.range))),
                Content::Text(value) if *value == at(&node.range) => drawn.push(value.clone()),
                Content::Text(value) => drawn.push(format!("{value} at {}", at(&node.range))),
                Content::List(list) => list.iter().for_each(|node| draw(node, text, drawn)),
                Content::Map(pairs) => {
                    for (key, value) in pairs {
                        assert_eq!(key.value, at(&key.range));
                        drawn.push(format!("{}:", key.value));
                        draw(value, text, drawn);
                    }
                }
            }
        }
        let mut all = Vec::new();
        draw(&parse(text, 7).unwrap(), text, &mut all);
        all
    }

    #[test]
    fn every_text_is_found_where_it_stands() {
        let text = "# a: no\n- a: b\n  c : \"d: e\" # f\n  'g': 'it''s'\n\n- {a: b, c: [d, 8.10, ], e: }\n- [a,b]\n-\n- a\n";
        let expected = [
            "a:",
            "b",
            "c:",
            "d: e",
            "g:",
            "it's at it''s",
            "a:",
            "b",
            "c:",
            "d",
            "8.10",
            "e:",
            "~",
            "a",
            "b",
            "~",
            "a",
        ];
        assert_eq!(drawn(text), expected);
    }

    #[test]
    fn equal_texts_are_told_apart() {
        let text = "a: a\nb: a\nc:\n- a\n- a: a\n";
        let node = parse(text, 0).unwrap();
        let Content::Map(pairs) = &node.content else { panic!("{node:?}") };
        assert_eq!(pairs[0].1.range, 3..4);
        assert_eq!(pairs[1].1.range, 8..9);
        let Content::List(list) = &pairs[2].1.content else { panic!("{node:?}") };
        assert_eq!(list[0].range, 15..16);
        assert_eq!(list[1].range, 19..23);
    }

    #[test]
    fn what_was_typed_is_kept() {
        for typed in ["8.10", "1.10", "0123", "true", "1e3", "0x1F", "+12", "2026-02-05", "-7"] {
            let all =
                drawn(&format!("a: {typed}\n{typed}: [{typed}, {typed}] # 3\nb: {{c: {typed}}}"));
            let named = format!("{typed}:");
            assert_eq!(all, ["a:", typed, &named, typed, typed, "b:", "c:", typed]);
        }
    }

    #[test]
    fn texts_over_many_lines_stand_from_their_first_word_to_their_last() {
        let text = "a: >-\n  # one\n  two\nb: |\n  three\n\n  four\nc: five\n  six\nd: seven\n";
        assert_eq!(
            drawn(text),
            [
                "a:",
                "# one two at # one\n  two",
                "b:",
                "three\n\nfour\n at three\n\n  four",
                "c:",
                "five six at five\n  six",
                "d:",
                "seven"
            ]
        );
    }

    #[test]
    fn what_an_alias_stands_for_stands_where_it_does() {
        let text = "- &one { a: 8.10, b: !!str c }\n- *one\n- !own d\n- ~\n- e\n";
        let node = parse(text, 0).unwrap();
        let Content::List(list) = &node.content else { panic!("{node:?}") };
        let Content::Map(pairs) = &list[1].content else { panic!("{node:?}") };
        assert_eq!(pairs[0].1.content, Content::Text("8.10".to_owned()));
        assert_eq!(&text[pairs[0].1.range.clone()], "*one");
        let texts: Vec<&str> = list[2..].iter().map(|node| &text[node.range.clone()]).collect();
        assert_eq!(texts, ["d", "~", "e"]);
    }

    #[test]
    fn a_mistake_is_told_with_its_byte() {
        let mistake = |text: &str| parse(text, 0).unwrap_err().at;
        assert_eq!(mistake("a: b: c"), 4);
        assert_eq!(mistake("ää: 'ö'\nb: 𝄞: c\n"), "ää: 'ö'\nb: 𝄞".len());
    }

    #[test]
    fn what_repeats_itself_too_often_is_no_value() {
        let mut bomb = String::from("- &a0 [x, x]\n");
        for i in 1..9 {
            bomb.push_str(&format!("- &a{i} [{}]\n", format!("*a{}, ", i - 1).repeat(9)));
        }
        assert!(parse(&bomb, 0).is_err());
    }

    /// What stands at each place of our own files is what was read there.
    #[test]
    fn every_text_of_our_own_files_is_found() {
        fn look(node: &Node, text: &str, found: &mut usize) {
            match &node.content {
                Content::Empty | Content::Wrong => {}
                Content::Text(value) => {
                    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert_eq!(words(value), words(&text[node.range.clone()]));
                    *found += 1;
                }
                Content::List(list) => list.iter().for_each(|node| look(node, text, found)),
                Content::Map(pairs) => {
                    for (key, value) in pairs {
                        assert_eq!(key.value, text[key.range.clone()]);
                        look(value, text, found);
                    }
                }
            }
        }
        let mut found = 0;
        for (path, bytes) in crate::embedded::content("content").0 {
            let text = String::from_utf8_lossy(&bytes);
            let yaml = match text.strip_prefix("---\n").and_then(|text| text.split_once("\n---\n"))
            {
                Some((front_matter, _)) => front_matter,
                None if path.ends_with(".yaml") => &text,
                None => continue,
            };
            look(&parse(yaml, 0).unwrap(), yaml, &mut found);
        }
        assert!(found > 1_000, "{found}");
    }
}
