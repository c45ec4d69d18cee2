//! The entries of a data file, field by field: what is wrong with one is a finding, and the rest is kept.

use std::ops::Range;

use super::salvage;
use crate::diagnostic::nearest;
use crate::document::Typed;
use crate::read::findings::Findings;
use crate::read::value::too_deep;
use crate::read::value::tree::{self, Content, Node};

/// Where it is told what a file holds.
pub(super) const SEE: &str =
    "see docs/content.md of the Clausebook repository for what this file holds";

/// A whole file, as far as it can be read. A file of nothing but comments is empty.
fn file(text: &str, findings: &mut Findings) -> Node {
    let whole = |content| Node { range: 0..0, content };
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return whole(Content::Empty);
    }
    if let Some(at) = too_deep(text) {
        findings.push("data-file", at..at + 1, "it is nested too deep").hint(SEE);
        return whole(Content::Wrong);
    }
    tree::parse(text, 0).unwrap_or_else(|mistake| salvage::read(text, &mistake, findings))
}

/// The entries of a file that is a list; a finding when there are none.
pub(super) fn entries(text: &str, what: &str, findings: &mut Findings) -> Vec<Node> {
    match file(text, findings) {
        Node { content: Content::Wrong, .. } => Vec::new(),
        Node { content: Content::List(list), .. } if !list.is_empty() => list,
        Node { range, content: Content::List(_) | Content::Empty } => {
            findings
                .push("data-file", line(text, range), format!("the file holds no {what}"))
                .hint(format!("{SEE}, or delete it"));
            Vec::new()
        }
        Node { range, .. } => {
            let message = format!("it is not a list of {what}");
            findings
                .push("data-file", line(text, range), message)
                .hint("begin each with `- `, and write one `key: value` a line");
            Vec::new()
        }
    }
}

/// True for what was to be a list of entries and holds none.
fn no_entries(content: &Content) -> bool {
    match content {
        Content::Empty => true,
        Content::List(list) => list.is_empty(),
        Content::Text(_) | Content::Map(_) | Content::Wrong => false,
    }
}

/// The fields of one entry, taken one by one.
pub(in crate::read) struct Fields<'f, 't> {
    text: &'t str,
    findings: &'f mut Findings,
    /// The entry as far as it stands on one line: where something is missing.
    place: Range<usize>,
    /// Those that were not taken yet.
    left: Vec<(Typed<String>, Node)>,
    /// The names that were asked for.
    known: Vec<&'static str>,
    /// Those that have to be there and are not.
    missing: Vec<&'static str>,
}

impl<'f, 't> Fields<'f, 't> {
    /// The fields of a file that is one entry; a finding when there are none.
    pub(in crate::read) fn of_file(text: &'t str, findings: &'f mut Findings) -> Option<Self> {
        let node = file(text, findings);
        if node.content == Content::Empty {
            findings
                .push("data-file", 0..0, "the file holds nothing")
                .hint(format!("{SEE}, or delete it"));
            return None;
        }
        Self::of(text, node, findings)
    }

    /// The fields of an entry; a finding when it has none.
    pub(in crate::read) fn of(
        text: &'t str,
        node: Node,
        findings: &'f mut Findings,
    ) -> Option<Self> {
        let place = line(text, node.range);
        match node.content {
            Content::Map(left) => {
                let (known, missing) = (Vec::new(), Vec::new());
                Some(Self { text, findings, place, left, known, missing })
            }
            Content::Wrong => None,
            _ => {
                findings
                    .push("data-file", place, "it is not one `key: value` a line")
                    .hint("see docs/content.md of the Clausebook repository for the keys");
                None
            }
        }
    }

    /// A text that has to be there.
    pub(in crate::read) fn required(&mut self, name: &'static str) -> Option<Typed<String>> {
        let Some(key) = self.there(name) else { return self.text(name) };
        let node = self.take(name)?;
        let told = !matches!(node.content, Content::Empty | Content::Text(_));
        let text = self.scalar(name, node).filter(|text| !text.value.trim().is_empty());
        if text.is_none() && !told {
            self.findings
                .push("data-file", key, format!("`{name}` is empty"))
                .hint(format!("write `{name}: …`"));
        }
        text
    }

    /// A text that may be there.
    pub(in crate::read) fn text(&mut self, name: &'static str) -> Option<Typed<String>> {
        let node = self.take(name)?;
        self.scalar(name, node)
    }

    /// Texts that may be there; one alone is taken for a list of one.
    pub(in crate::read) fn texts(&mut self, name: &'static str) -> Vec<Typed<String>> {
        let Some(node) = self.take(name) else { return Vec::new() };
        let list = match node.content {
            Content::List(list) => list,
            _ => {
                if matches!(node.content, Content::Text(_)) {
                    let message = format!("`{name}` is not a list");
                    let at = line(self.text, node.range.clone());
                    self.findings.push("data-file", at, message).hint("put it in `[` and `]`");
                }
                vec![node]
            }
        };
        list.into_iter().filter_map(|node| self.scalar(name, node)).collect()
    }

    /// Texts of which there has to be one.
    pub(in crate::read) fn required_texts(&mut self, name: &'static str) -> Vec<Typed<String>> {
        self.there(name);
        self.texts(name)
    }

    /// Entries that may be there.
    pub(in crate::read) fn entries(&mut self, name: &'static str) -> Vec<Node> {
        let Some(Node { range, content }) = self.take(name) else { return Vec::new() };
        match content {
            Content::List(list) => list,
            Content::Empty | Content::Wrong => Vec::new(),
            Content::Text(_) | Content::Map(_) => {
                self.findings
                    .push("data-file", line(self.text, range), format!("`{name}` is not a list"))
                    .hint("begin each of its entries with `- `");
                Vec::new()
            }
        }
    }

    /// Entries of which there has to be a list.
    pub(in crate::read) fn required_entries(&mut self, name: &'static str) -> Vec<Node> {
        self.there(name);
        self.entries(name)
    }

    /// Entries of which there has to be one.
    pub(in crate::read) fn filled_entries(&mut self, name: &'static str) -> Vec<Node> {
        self.filled(name, no_entries, "write at least one entry, which begins with `- `");
        self.required_entries(name)
    }

    /// Entries that may be there, in a list that is not empty then.
    pub(in crate::read) fn filled_if_there(&mut self, name: &'static str) -> Vec<Node> {
        self.filled(name, no_entries, "write at least one entry, or take the key out");
        self.entries(name)
    }

    /// Texts of which there has to be one, in a list that is not empty.
    pub(in crate::read) fn filled_texts(&mut self, name: &'static str) -> Vec<Typed<String>> {
        let is_empty = |content: &Content| match content {
            Content::Empty => true,
            Content::List(list) => list.iter().all(|node| node.content == Content::Empty),
            Content::Text(_) | Content::Map(_) | Content::Wrong => false,
        };
        self.filled(name, is_empty, "write at least one in `[` and `]`");
        self.required_texts(name)
    }

    /// A finding when what stands at a key is empty.
    fn filled(&mut self, name: &str, is_empty: impl Fn(&Content) -> bool, hint: &str) {
        let field = self.left.iter().find(|(key, _)| key.value == name);
        if let Some((key, _)) = field.filter(|(_, node)| is_empty(&node.content)) {
            self.findings
                .push("data-file", key.range.clone(), format!("`{name}` is empty"))
                .hint(hint);
        }
    }

    /// What is wrong with a value that was taken.
    pub(in crate::read) fn findings(&mut self) -> &mut Findings {
        self.findings
    }

    /// Where something that is missing would stand.
    pub(in crate::read) fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// What was not asked for is not known, and what is missing is missing, unless it is misspelt; gives back where
    /// further findings go.
    pub(in crate::read) fn end(self) -> &'f mut Findings {
        let Self { findings, place, left, known, mut missing, .. } = self;
        for (Typed { value: name, range }, _) in left {
            if known.contains(&&*name) {
                findings
                    .push("data-file", range, format!("`{name}` stands here twice"))
                    .hint("keep one of the two");
                continue;
            }
            let meant = nearest(&name, known.iter().copied());
            missing.retain(|missing| !meant.contains(missing));
            findings.push("data-file", range, format!("`{name}` is not a known key")).suggest(
                &name,
                known.iter().copied(),
                format!("write one of {}", known.join(", ")),
            );
        }
        for name in missing {
            findings
                .push("data-file", place.clone(), format!("`{name}` is missing"))
                .hint(format!("add `{name}: …`"));
        }
        findings
    }

    /// The first field of that name.
    fn take(&mut self, name: &'static str) -> Option<Node> {
        self.known.push(name);
        let at = self.left.iter().position(|(key, _)| key.value == name)?;
        Some(self.left.remove(at).1)
    }

    /// Where the key stands of what has to be there.
    fn there(&mut self, name: &'static str) -> Option<Range<usize>> {
        let key = self.left.iter().find(|(key, _)| key.value == name);
        if key.is_none() {
            self.missing.push(name);
        }
        key.map(|(key, _)| key.range.clone())
    }

    fn scalar(&mut self, name: &str, Node { range, content }: Node) -> Option<Typed<String>> {
        match content {
            Content::Empty | Content::Wrong => None,
            Content::Text(value) => Some(Typed { value, range }),
            // What is told already is not told again.
            Content::Map(pairs)
                if pairs.iter().any(|(_, value)| value.content == Content::Wrong) =>
            {
                None
            }
            Content::List(_) | Content::Map(_) => {
                // `- Chairs: the board` is a mapping to YAML.
                self.findings
                    .push(
                        "data-file",
                        line(self.text, range),
                        format!("`{name}` is not a text here"),
                    )
                    .hint("write one text, in quotes if it holds `: ` or begins with a sign");
                None
            }
        }
    }
}

/// What stands of `range` on its first line.
pub(super) fn line(text: &str, range: Range<usize>) -> Range<usize> {
    let within = text.get(range.clone()).unwrap_or("");
    let length = within.find(['\r', '\n']).unwrap_or(within.len());
    range.start..range.start + length
}
