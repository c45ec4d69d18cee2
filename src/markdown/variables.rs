//! `{{ name }}` in a piece of text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

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
