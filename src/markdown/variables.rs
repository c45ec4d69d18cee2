//! `{{ name }}` in a piece of text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

/// Replaces `{{ name }}` in `text`; names that are not known are left as they are and told to `unknown`.
pub fn replace_variables<'t>(
    text: &'t str,
    variables: &BTreeMap<String, String>,
    mut unknown: impl FnMut(&str),
) -> Cow<'t, str> {
    let mut replaced = String::new();
    let mut rest = text;
    let mut changed = false;
    while let Some(open) = rest.find("{{") {
        let Some(close) = rest[open..].find("}}") else { break };
        let typed = &rest[open + 2..open + close];
        let name = typed.trim();
        let (before, after) = (&rest[..open], &rest[open + close + 2..]);
        replaced.push_str(before);
        match variables.get(name) {
            Some(value) => {
                replaced.push_str(value);
                changed = true;
            }
            None => {
                if !name.is_empty() {
                    unknown(name);
                }
                replaced.push_str(&rest[open..open + close + 2]);
            }
        }
        rest = after;
    }
    if !changed {
        return Cow::Borrowed(text);
    }
    replaced.push_str(rest);
    Cow::Owned(replaced)
}

/// What stands for the blanks of a variable while a target is parsed: a target ends at a blank, and `{{;` is nothing
/// that anybody writes.
const JOINED: (&str, &str) = ("{{;", ";}}");

/// The text with the variables in targets of links without blanks, byte for byte as long as it was: `[a]({{ b }})` is a
/// link. `None` when there are none.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut bytes: Option<Vec<u8>> = None;
    let mut from = 0;
    while let Some(open) = text[from..].find("{{").map(|at| at + from) {
        from = open + 2;
        let Some(close) = text[open..].find("}}").map(|at| at + open) else { break };
        let name = &text[open + 2..close];
        let typed = name.trim();
        if typed == name || typed.is_empty() || typed.contains(char::is_whitespace) {
            continue;
        }
        let current = bytes.as_deref().unwrap_or(text.as_bytes());
        if is_target(&current[..open]) {
            let bytes = bytes.get_or_insert_with(|| text.as_bytes().to_vec());
            for byte in &mut bytes[open + 2..close] {
                if byte.is_ascii_whitespace() {
                    *byte = b';';
                }
            }
        }
        from = close;
    }
    bytes.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// True when what follows belongs to the target of a link: no blank stands between, or none but those behind its
/// opening.
fn is_target(before: &[u8]) -> bool {
    // No target is longer.
    let before = &before[before.len().saturating_sub(2_000)..];
    let word = before.iter().rposition(u8::is_ascii_whitespace).map_or(0, |at| at + 1);
    let opens = |bytes: &[u8]| bytes.windows(2).any(|two| two == b"](" || two == b"]:");
    if word < before.len() {
        return opens(&before[word..]);
    }
    let before = before.trim_ascii_end();
    before.ends_with(b"](") || before.ends_with(b"]:")
}

/// Gives the blanks back to what was read of a joined text.
pub(super) fn parted(event: Event<'static>) -> Event<'static> {
    let part = |text: CowStr<'static>| -> CowStr<'static> {
        if !text.contains(JOINED.0) {
            return text;
        }
        let mut parted = String::with_capacity(text.len());
        let mut rest = &*text;
        while let Some(open) = rest.find(JOINED.0) {
            let Some(close) = rest[open..].find(JOINED.1) else { break };
            let inside = &rest[open + 2..=open + close];
            let name = inside.trim_matches(';');
            let begin = inside.len() - inside.trim_start_matches(';').len();
            parted.push_str(&rest[..open + 2]);
            parted.extend(std::iter::repeat_n(' ', begin));
            parted.push_str(name);
            parted.extend(std::iter::repeat_n(' ', inside.len() - begin - name.len()));
            rest = &rest[open + close + 1..];
        }
        parted.push_str(rest);
        parted.into()
    };
    match event {
        Event::Text(text) => Event::Text(part(text)),
        Event::Code(text) => Event::Code(part(text)),
        Event::Html(text) => Event::Html(part(text)),
        Event::InlineHtml(text) => Event::InlineHtml(part(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: part(dest_url),
            title: part(title),
            id: part(id),
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: part(dest_url),
            title: part(title),
            id: part(id),
        }),
        other => other,
    }
}

/// Where the variables of a text stand in its source, which may spell the text otherwise: with escapes, or with more
/// around it.
#[derive(Debug)]
pub struct Variables<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Variables<'s> {
    /// Begins at a byte of the source.
    pub fn new(source: &'s str, from: usize) -> Self {
        Self { source, at: from }
    }

    /// Where the next variable of that name stands; the whole source when it is spelt otherwise there.
    pub fn next(&mut self, name: &str) -> Range<usize> {
        let mut from = self.at;
        while let Some(open) = self.source.get(from..).and_then(|rest| rest.find("{{")) {
            from += open + 2;
            let inside = self.source[from..].trim_start();
            let start = self.source.len() - inside.len();
            let rest = inside.strip_prefix(name).map(str::trim_start);
            if rest.is_some_and(|rest| rest.starts_with("}}")) {
                self.at = start + name.len();
                return start..self.at;
            }
        }
        0..self.source.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_two_equal_names_is_found() {
        let source = "{{ b }} {{a}} {{ ab }} {{ a }} a";
        let mut variables = Variables::new(source, 0);
        assert_eq!([variables.next("a"), variables.next("a")], [10..11, 26..27]);
        assert_eq!(variables.next("a"), 0..source.len());
        assert_eq!(Variables::new(source, 12).next("a"), 26..27);
    }
}
