//! YAML as a tree, each key and text as it was typed and with the bytes it stands at.
//!
//! The parser says what there is and where a mistake is, but not where the rest stands. So what it read is looked up
//! in the text once more, in order: between two texts there are only blanks, comments and signs.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::document::Typed;

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
    // Aliases repeat what was written once. What is written out takes a byte at least for each value, and no more
    // than two of text for each of its own.
    let budget = Cell::new(Some(2 * text.len() + 16));
    match Seed(&budget).deserialize(serde_yaml::Deserializer::from_str(text)) {
        Ok(read) => Ok(Walk { text, at: 0, from, anchors: BTreeMap::new() }.node(read)),
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

/// What the parser reads: the same without places.
enum Read {
    Empty,
    /// A number or a switch in the parser's words; as it was typed it stands in the text.
    Plain(String),
    Text(String),
    List(Vec<Read>),
    Map(Vec<(Read, Read)>),
}

/// Reads anything, as long as there is something left of what may be read.
#[derive(Clone, Copy)]
struct Seed<'b>(&'b Cell<Option<usize>>);

impl Seed<'_> {
    fn spend<E: Error>(self, bytes: usize) -> Result<(), E> {
        self.0.set(self.0.get().and_then(|left| left.checked_sub(bytes + 1)));
        self.0.get().map(|_| ()).ok_or_else(|| E::custom("too much"))
    }

    fn plain<E: Error>(self, value: impl fmt::Display) -> Result<Read, E> {
        self.spend(0)?;
        Ok(Read::Plain(value.to_string()))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Read, E> {
        self.spend(0)?;
        Ok(Read::Empty)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Read, E> {
        self.plain(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Read, E> {
        self.spend(value.len())?;
        Ok(Read::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Read, A::Error> {
        self.spend(0)?;
        let mut all = Vec::new();
        while let Some(value) = list.next_element_seed(self)? {
            all.push(value);
        }
        Ok(Read::List(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read, A::Error> {
        self.spend(0)?;
        let mut all = Vec::new();
        while let Some(pair) = map.next_entry_seed(self, self)? {
            all.push(pair);
        }
        Ok(Read::Map(all))
    }

    /// A value with a tag of its own counts without it.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Read, A::Error> {
        let (_, value) = tagged.variant_seed(self)?;
        value.newtype_variant_seed(self)
    }
}

/// Finds what was read in the text, in order.
struct Walk<'t> {
    text: &'t str,
    at: usize,
    from: usize,
    /// What was named by `&name`.
    anchors: BTreeMap<&'t str, Node>,
}

impl<'t> Walk<'t> {
    fn node(&mut self, read: Read) -> Node {
        let before = self.at;
        let anchor = self.properties(matches!(read, Read::List(_) | Read::Map(_)));
        if let Some(name) = self.rest().strip_prefix('*').map(name) {
            let range = self.advance(1 + name.len());
            if let Some(mut node) = self.anchors.get(name).cloned() {
                move_to(&mut node, &range);
                return node;
            }
        }
        let start = self.at;
        let (range, content) = match read {
            Read::Empty => (self.nothing(before), Content::Empty),
            Read::Plain(value) => {
                let (range, typed) = self.plain(value);
                (range, Content::Text(typed))
            }
            Read::Text(text) => (self.words(&text), Content::Text(text)),
            Read::List(list) => {
                let flow = self.open('[');
                let list = list.into_iter().map(|read| {
                    self.begin('-');
                    self.node(read)
                });
                let list = list.collect();
                (self.close(flow, ']', start), Content::List(list))
            }
            Read::Map(pairs) => {
                let flow = self.open('{');
                let pairs = pairs.into_iter().map(|pair| self.pair(pair)).collect();
                (self.close(flow, '}', start), Content::Map(pairs))
            }
        };
        let node = Node { range, content };
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, node.clone());
        }
        node
    }

    /// Where nothing stands, or a word for it. Where it is no word, what was skipped belongs to what comes next.
    fn nothing(&mut self, before: usize) -> Range<usize> {
        let word = plain(self.rest());
        if matches!(word, "null" | "Null" | "NULL" | "~")
            && !self.rest()[word.len()..].starts_with(':')
        {
            return self.advance(word.len());
        }
        self.at = before;
        self.since(before)
    }

    /// A number or a switch as it was typed.
    fn plain(&mut self, value: String) -> (Range<usize>, String) {
        if let Some(range) = self.quoted() {
            return (range, value);
        }
        let typed = plain(self.rest());
        (self.advance(typed.len()), if typed.is_empty() { value } else { typed.to_owned() })
    }

    fn pair(&mut self, (key, value): (Read, Read)) -> (Typed<String>, Node) {
        self.begin('?');
        let key = self.node(key);
        let name = match key.content {
            Content::Text(name) => name,
            _ => String::new(),
        };
        self.blanks();
        if self.rest().starts_with(':') {
            self.at += 1;
        }
        (Typed { value: name, range: key.range }, self.node(value))
    }

    /// Where a text stands, without its quotes; what is spread over lines from its first word to its last.
    fn words(&mut self, text: &str) -> Range<usize> {
        if let Some(range) = self.quoted() {
            return range;
        }
        if self.rest().starts_with(['|', '>']) {
            let line = self.rest().find('\n').unwrap_or(self.rest().len());
            self.at += line;
        }
        let mut start = None;
        let mut end = self.at;
        for word in text.split_whitespace() {
            self.at += self.rest().len() - self.rest().trim_start().len();
            if !self.rest().starts_with(word) {
                break;
            }
            start.get_or_insert(self.at);
            self.at += word.len();
            end = self.at;
        }
        self.at = end;
        self.since(start.unwrap_or(end))
    }

    /// The inside of what stands in quotes.
    fn quoted(&mut self) -> Option<Range<usize>> {
        let quote = self.rest().bytes().next().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            let pair = bytes.get(end + 1) == Some(&b'\'');
            match byte {
                b'\\' if quote == b'"' => end += 2,
                b'\'' if quote == b'\'' && pair => end += 2,
                _ if byte == quote => break,
                _ => end += 1,
            }
        }
        let end = end.min(bytes.len());
        self.at = (end + 1).min(bytes.len());
        Some(self.from + start..self.from + end)
    }

    /// Moves to what a value begins with, past its tag and its anchor; gives back the anchor. What stands on one line
    /// with the first key of a mapping belongs to that key.
    fn properties(&mut self, of_many: bool) -> Option<&'t str> {
        let mut anchor = None;
        loop {
            self.blanks();
            let rest = self.rest();
            let word = match rest.chars().next() {
                Some('&') => &rest[..=name(&rest[1..]).len()],
                Some('!') => rest.split(char::is_whitespace).next().unwrap_or(rest),
                _ => return anchor,
            };
            let behind = rest[word.len()..].trim_start_matches([' ', '\t', '\r']);
            let own = behind.is_empty() || behind.starts_with(['\n', '#', '[', '{', '&', '!']);
            if of_many && !own {
                return anchor;
            }
            anchor = word.strip_prefix('&').or(anchor);
            self.at += word.len();
        }
    }

    /// Moves past the sign that an entry begins with, or that parts it from the one before.
    fn begin(&mut self, sign: char) {
        self.blanks();
        let rest = self.rest();
        let alone = rest.chars().nth(1).is_none_or(char::is_whitespace);
        self.at += usize::from(rest.starts_with(',') || rest.starts_with(sign) && alone);
    }

    /// Moves past blanks and comments.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let found = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - found.len();
            let begins_line = self.at == 0 || self.text[..self.at].ends_with(['\n', '\u{feff}']);
            self.at += match found.chars().next() {
                Some('#') => found.find('\n').unwrap_or(found.len()),
                // A directive and the sign that the text begins.
                Some('%') if begins_line => found.find('\n').unwrap_or(found.len()),
                Some('-') if begins_line && found.starts_with("---") => 3,
                _ => return,
            };
        }
    }

    /// Moves past the sign that a list or a mapping of one line begins with; true when there is one.
    fn open(&mut self, sign: char) -> bool {
        let there = self.rest().starts_with(sign);
        self.at += usize::from(there);
        there
    }

    /// Moves past the sign that ends it, and gives back where all of it stands.
    fn close(&mut self, flow: bool, sign: char, start: usize) -> Range<usize> {
        if flow {
            self.blanks();
            while self.rest().starts_with(',') {
                self.at += 1;
                self.blanks();
            }
            self.open(sign);
        }
        self.since(start)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn advance(&mut self, bytes: usize) -> Range<usize> {
        let start = self.at;
        self.at += bytes;
        self.since(start)
    }

    fn since(&self, start: usize) -> Range<usize> {
        self.from + start..self.from + self.at.max(start)
    }
}

/// What stands for an alias stands where the alias does.
fn move_to(node: &mut Node, range: &Range<usize>) {
    node.range = range.clone();
    match &mut node.content {
        Content::Empty | Content::Text(_) | Content::Wrong => {}
        Content::List(list) => list.iter_mut().for_each(|node| move_to(node, range)),
        Content::Map(pairs) => {
            for (key, value) in pairs {
                key.range = range.clone();
                move_to(value, range);
            }
        }
    }
}

/// The name of an anchor.
fn name(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
    text.split(ends).next().unwrap_or("")
}

/// A number, a switch or nothing, as it stands at the beginning of `text`.
fn plain(text: &str) -> &str {
    name(text).split(':').next().unwrap_or("")
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
