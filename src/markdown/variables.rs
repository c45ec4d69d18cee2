//! `{{ name }}` in a piece of text.

use std::borrow::Cow;
use std::collections::BTreeMap;

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
