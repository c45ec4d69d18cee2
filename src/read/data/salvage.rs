//! What can be read of a file that is no YAML as a whole: entry by entry and key by key, each on its own.

use std::ops::Range;

use super::fields::{SEE, line};
use crate::document::Typed;
use crate::read::findings::Findings;
use crate::read::split::key;
use crate::read::value::remedy;
use crate::read::value::tree::{self, Content, Mistake, Node};

/// How deep it is looked into parts of parts; the files that we read are not deeper.
const DEPTH: usize = 8;

/// Reads `text`, of which the parser says that `mistake` is wrong with it as a whole. What is wrong with a part is a
/// finding there.
pub(super) fn read(text: &str, mistake: &Mistake, findings: &mut Findings) -> Node {
    let before = findings.list.len();
    let mut salvage = Salvage { text: text.to_owned(), findings };
    let node = salvage.parts(0..text.len(), mistake, 0);
    if salvage.findings.list.len() == before {
        salvage.tell(0..text.len(), mistake, SEE);
    }
    node
}

struct Salvage<'f> {
    /// The text, with a blank for the dash of each entry that was taken out.
    text: String,
    findings: &'f mut Findings,
}

impl Salvage<'_> {
    fn part(&mut self, range: Range<usize>, depth: usize) -> Node {
        match tree::parse(&self.text[range.clone()], range.start) {
            Ok(node) => node,
            Err(mistake) => self.parts(range, &mistake, depth),
        }
    }

    /// Reads the parts of what is wrong as a whole.
    fn parts(&mut self, range: Range<usize>, mistake: &Mistake, depth: usize) -> Node {
        let (indent, starts) = self.begin(&range);
        let parts: Vec<Range<usize>> = starts
            .iter()
            .zip(starts.iter().skip(1).chain([&range.end]))
            .map(|(start, end)| *start..*end)
            .collect();
        let content = match parts.first() {
            Some(first) if mistake.syntax && depth < DEPTH => {
                if self.text[first.start + indent..].starts_with('-') {
                    Content::List(
                        parts.into_iter().map(|part| self.entry(part, indent, depth)).collect(),
                    )
                } else {
                    let named = parts.into_iter().map(|part| self.named(part, indent, depth));
                    Content::Map(named.flatten().collect())
                }
            }
            _ => {
                let hint = match depth {
                    0 => SEE.to_owned(),
                    _ => remedy(&self.text[range.clone()]),
                };
                self.tell(range.clone(), mistake, &hint);
                Content::Wrong
            }
        };
        Node { range, content }
    }

    /// Where the entries or keys of the outermost list or mapping begin, and how far they are indented; none when it
    /// is neither.
    fn begin(&self, range: &Range<usize>) -> (usize, Vec<usize>) {
        let mut lines = Vec::new();
        let mut start = range.start;
        for line in self.text[range.clone()].split_inclusive('\n') {
            let content = line.trim_start_matches(' ');
            if !content.trim().is_empty() && !content.starts_with('#') {
                lines.push((start, line.len() - content.len(), content.trim_end()));
            }
            start += line.len();
        }
        let Some(indent) = lines.iter().map(|(_, indent, _)| *indent).min() else {
            return (0, Vec::new());
        };
        let is_entry = |content: &str| content == "-" || content.starts_with("- ");
        let list = lines.first().is_some_and(|(.., content)| is_entry(content));
        let begins = |content: &str| is_entry(content) || !list && key(content).is_some();
        if lines.first().is_none_or(|(_, first, content)| *first > indent || !begins(content)) {
            return (indent, Vec::new());
        }
        // The entries of a key's value may be indented as the key is.
        let starts = lines
            .into_iter()
            .filter(|(_, own, content)| *own == indent && begins(content))
            .filter(|(.., content)| is_entry(content) == list)
            .map(|(start, ..)| start);
        (indent, starts.collect())
    }

    /// An entry of a list.
    fn entry(&mut self, part: Range<usize>, indent: usize, depth: usize) -> Node {
        let dash = part.start + indent;
        self.text.replace_range(dash..=dash, " ");
        self.part(part, depth + 1)
    }

    /// The value of a key; values, where the key stands there twice.
    fn named(
        &mut self,
        part: Range<usize>,
        indent: usize,
        depth: usize,
    ) -> Vec<(Typed<String>, Node)> {
        let mistake = match tree::parse(&self.text[part.clone()], part.start) {
            Ok(Node { content: Content::Map(pairs), .. }) => return pairs,
            Ok(_) => return Vec::new(),
            Err(mistake) => mistake,
        };
        let own = line(&self.text, part.start + indent..part.end);
        let Some((name, length, value)) = key(&self.text[own.clone()]) else { return Vec::new() };
        let name = Typed { value: name.to_owned(), range: own.start..own.start + length };
        let value = own.start + value..own.end;
        let nothing = self.text[value.clone()].trim_start();
        let node = if nothing.is_empty() || nothing.starts_with('#') {
            self.part(own.end..part.end, depth + 1)
        } else {
            // The parser may give up far behind what it did not understand: an open quote, say.
            let at = (part.start + mistake.at).clamp(value.start, part.end);
            let at = if self.text[at..part.end].trim().is_empty() { value.start } else { at };
            let at = at - part.start;
            let hint = remedy(&self.text[value.start..part.end]);
            self.tell(part.clone(), &Mistake { at, ..mistake }, &hint);
            Node { range: part, content: Content::Wrong }
        };
        vec![(name, node)]
    }

    fn tell(&mut self, range: Range<usize>, mistake: &Mistake, hint: &str) {
        let at = (range.start + mistake.at).min(range.end);
        let rest = self.text[at..range.end].trim_start();
        let at = if rest.is_empty() { range.start } else { range.end - rest.len() };
        let rest = self.text[at..range.end].trim_start();
        let at = line(&self.text, range.end - rest.len()..range.end);
        let uneven = mistake.message == tree::UNEVEN;
        let hint = if uneven { "indent the keys of an entry alike" } else { hint };
        self.findings.push("data-file", at, mistake.message.clone()).hint(hint);
    }
}
