//! What front matter mostly holds, read without the parser: one key whose value is a list, of texts in brackets on one
//! line, or of texts and of named texts each on a line of its own, all of them letters, digits and signs that mean
//! nothing in YAML.
//!
//! Whatever is any other way is left to the parser, which says what it means or what is wrong. A list of changes costs
//! the parser more than all else in the front matter of a document.

use super::{Content, Node};
use crate::document::Typed;

/// Reads `text`, whose ranges count from `from`; `None` when it is not so simple. What it reads, the parser reads alike.
pub(super) fn read(text: &str, from: usize) -> Option<Node> {
    let text = text.trim_end_matches('\n');
    let (first, below) = text.split_once('\n').map_or((text, None), |(a, b)| (a, Some(b)));
    let name = first.split_once(':').map(|(name, _)| name).filter(|name| is_name(name))?;
    let value = match (&first[name.len() + 1..], below) {
        ("", Some(below)) => block(below, from + first.len() + 1)?,
        (value, None) => flow(value.strip_prefix(' ')?, from + name.len() + 2)?,
        _ => return None,
    };
    let key = Typed { value: name.to_owned(), range: from..from + name.len() };
    Some(Node { range: from..value.range.end, content: Content::Map(vec![(key, value)]) })
}

/// A list in brackets, which stands at `from`.
fn flow(text: &str, from: usize) -> Option<Node> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let mut at = from + 1;
    let items = inner.split(", ").map(|item| {
        let start = at;
        at += item.len() + 2;
        is_text(item, "").then(|| text_at(item, start))
    });
    let list = items.collect::<Option<_>>()?;
    Some(Node { range: from..from + text.len(), content: Content::List(list) })
}

/// A list of lines, which stands at `from`.
fn block(text: &str, from: usize) -> Option<Node> {
    // In words these mean nothing behind the first sign; a colon, a number sign and quotes may.
    const SIGNS: &str = ",;()'+%=&!?";
    let indent = text.len() - text.trim_start_matches(' ').len();
    let mut list: Vec<Node> = Vec::new();
    let mut at = from;
    for line in text.split('\n') {
        let start = at;
        at += line.len() + 1;
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let (begins, spaces) = match line[spaces..].strip_prefix("- ") {
            Some(_) if spaces == indent => (true, spaces + 2),
            None if spaces == indent + 2 => (false, spaces),
            _ => return None,
        };
        let (words, start) = (&line[spaces..], start + spaces);
        let pair = words.split_once(": ").filter(|(name, _)| is_name(name));
        match pair {
            Some((name, value)) if is_text(value, SIGNS) => {
                let key = Typed { value: name.to_owned(), range: start..start + name.len() };
                let value = text_at(value, start + name.len() + 2);
                let range = start..value.range.end;
                if begins {
                    list.push(Node { range, content: Content::Map(vec![(key, value)]) });
                } else if let Some(Node { range, content: Content::Map(pairs) }) = list.last_mut() {
                    range.end = value.range.end;
                    pairs.push((key, value));
                } else {
                    return None;
                }
            }
            None if begins && is_text(words, SIGNS) => list.push(text_at(words, start)),
            _ => return None,
        }
    }
    let end = list.last()?.range.end;
    Some(Node { range: from + indent..end, content: Content::List(list) })
}

fn text_at(text: &str, start: usize) -> Node {
    Node { range: start..start + text.len(), content: Content::Text(text.to_owned()) }
}

/// A name that means nothing but itself.
fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && text.len() <= 64
        && !is_nothing(text)
}

/// A text that YAML takes as it is, of letters, digits, harmless signs and `signs`, beginning with a letter or a digit.
pub(in crate::read::value) fn is_text(text: &str, signs: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && bytes.all(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b' ' | b'.' | b'-' | b'_' | b'/')
                || signs.as_bytes().contains(&byte)
        })
        && !is_nothing(text)
        && !text.ends_with(' ')
}

fn is_nothing(text: &str) -> bool {
    matches!(text, "null" | "Null" | "NULL")
}

#[cfg(test)]
mod tests {
    use super::super::parsed_whole;
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::select;

    const CHANGES: &str = "changes:\n  - version: 1.10\n    date: 2026-02-05\n    summary: It's one, (or two); no more.\n  - version: true\n";

    #[test]
    fn simple_lists_are_read_as_the_parser_reads_them() {
        for text in [
            CHANGES,
            "a: [b, c d, 1.10]\n",
            "a: [b]",
            "a:\n- b: c\n  d: e f\n- g\n- 0x1F\n",
            "a_1:\n    - b\n    - c\n\n",
        ] {
            let read = read(text, 7).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(Ok(read), parsed_whole(text, 7), "{text}");
        }
    }

    #[test]
    fn all_else_is_left_to_the_parser() {
        for text in [
            "",
            "a: b",
            "a:",
            "a: []",
            "a: [b,c]",
            "a: [b, c]]",
            "a: [b, null]",
            "a: [b\n",
            "a: &x [b]",
            "null: [b]",
            "a:\n- b\n  c\n",
            "a:\n- b: c\n   d: e\n",
            "a:\n- b: c\n d: e\n",
            "a:\n- b:\n",
            "a:\n- b: c: d\n",
            "a:\n- b: c # d\n",
            "a:\n- b: 'c'\n",
            "a:\n- b: ~\n",
            "a:\n- b: c \n",
            "a:\n- \"b\"\n",
            "a:\n-  b\n",
            "a:\n\n- b\n",
            "a:\n- b\nc: d\n",
            "a:\n- b\r\n- c\n",
            "a:\n\t- b\n",
            "a:\n- über\n",
            "a:\n---\n- b\n",
            "a: # b\n- c\n",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }

    #[test]
    fn the_changes_of_nearly_all_our_own_documents_are_simple() {
        let (mut simple, mut all) = (0, 0);
        for (path, bytes) in crate::embedded::content("content").0 {
            let text = String::from_utf8_lossy(&bytes);
            let Some(at) = text.find("\nchanges:\n").filter(|_| path.ends_with(".md")) else {
                continue;
            };
            let rest = &text[at + 1..];
            let end = rest.find("\n---\n").unwrap_or(rest.len());
            let entry = rest[..end].split_inclusive('\n').take(1).chain(
                rest[..end].split_inclusive('\n').skip(1).take_while(|line| line.starts_with(' ')),
            );
            let entry: String = entry.collect();
            all += 1;
            if let Some(node) = read(&entry, 3) {
                assert_eq!(Ok(node), parsed_whole(&entry, 3), "{path}");
                simple += 1;
            }
        }
        assert!(all > 100 && simple * 10 > all * 8, "{simple} of {all}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_here_the_parser_reads_alike(parts in proptest::collection::vec(select(vec![
            "a", "b_1", "null", "true", "1.0", "2026-01-02", "0x1F", "1_000", "~", ":", ": ", " ", "  ", "    ", "\n",
            "\n  - ", "\n- ", "\n    ", "- ", "-", "[", "]", ", ", ",", "#", " #", "'", "\"", "(", ")", "&", "!", "?",
            "%", "=", ";", "+", "/", ".", "é", "\t", "\r", "yes", "x y", "---", "...", "{", "}", "*", "|", ">",
        ]), 0..14), list in any::<bool>()) {
            let text = format!("{}{}", if list { "k:\n  - " } else { "" }, parts.concat());
            if let Some(node) = read(&text, 5) {
                prop_assert_eq!(Ok(node), parsed_whole(&text, 5), "{:?}", text);
            }
        }
    }
}
