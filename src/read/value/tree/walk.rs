//! Where what was read stands in the text: between two texts there are only blanks, comments and signs.

use std::collections::BTreeMap;
use std::ops::Range;

use super::parsed::Read;
use super::{Content, Node};
use crate::document::Typed;

/// Finds what was read in the text, in order.
pub(super) struct Walk<'t> {
    text: &'t str,
    at: usize,
    from: usize,
    /// What was named by `&name`.
    anchors: BTreeMap<&'t str, Node>,
}

impl<'t> Walk<'t> {
    /// Begins at the start of `text`; all ranges count from `from`.
    pub(super) fn new(text: &'t str, from: usize) -> Self {
        Self { text, at: 0, from, anchors: BTreeMap::new() }
    }

    /// The value that stands next.
    pub(super) fn node(&mut self, read: Read) -> Node {
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
