//! Text in HTML, and the raw HTML of a body.

mod elements;
mod raw;

use std::borrow::Cow;

pub use elements::staying;
pub use raw::*;

/// Escapes text for HTML, in text and in quoted attributes.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// True for a sign that XML 1.0 can hold: no control character, and none of the two that are no characters.
pub fn is_xml(c: char) -> bool {
    match c {
        '\n' | '\t' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    }
}

/// The value of an attribute without the signs that HTML writes in other words: by number, and the five of XML.
pub fn unescaped(value: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.bytes().position(|byte| byte == b';').filter(|end| *end < 10);
        match end.and_then(|end| Some((sign(&after[..end])?, end))) {
            Some((sign, end)) => {
                out.push(sign);
                rest = &after[end + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// `amp`, `#38` and `#x26` are `&`.
fn sign(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|sign| !sign.is_control())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_html_is_escaped_and_nothing_else() {
        for (text, expected) in [
            ("", ""),
            ("ä – 𝄞", "ä – 𝄞"),
            ("<é>", "&lt;é&gt;"),
            ("&\"'", "&amp;&quot;&#39;"),
            ("a & b", "a &amp; b"),
        ] {
            let mut out = String::from("> ");
            escape(text, &mut out);
            assert_eq!(out, format!("> {expected}"));
        }
    }

    #[test]
    fn signs_in_other_words_are_what_they_mean() {
        for (value, expected) in [
            ("b%20c&#38;d.md", "b%20c&d.md"),
            ("a&amp;b&#x26;c&", "a&b&c&"),
            ("&nbsp;&#0;&#xD800;&;&amp", "&nbsp;&#0;&#xD800;&;&amp"),
            ("ä", "ä"),
        ] {
            assert_eq!(unescaped(value), expected);
        }
    }
}
