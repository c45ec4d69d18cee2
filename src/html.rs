//! Text in HTML, and the raw HTML of a body.

mod raw;

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
}
