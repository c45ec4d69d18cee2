//! Text in HTML, and the links and images in the raw HTML of a body.

use std::ops::Range;

/// A link or an image in raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlLink {
    /// The whole attribute, in bytes of the piece of HTML.
    pub attribute: Range<usize>,
    /// Its value within the piece, without quotes.
    pub value: Range<usize>,
    /// True for an image.
    pub image: bool,
}

/// The links and images of a piece of raw HTML, in its order: `href` of `a`, `src` of `img`. Comments and the values of
/// other attributes are passed over.
pub fn links(html: &str) -> Vec<HtmlLink> {
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open;
        if html[start..].starts_with("<!--") {
            let end = html[start..].find("-->");
            at = end.map_or(html.len(), |end| start + end + 3);
            continue;
        }
        let name = &html[start + 1..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let key = match &*name[..end].to_ascii_lowercase() {
            "a" => "href",
            "img" => "src",
            _ => "",
        };
        at = attributes(html, start + 1 + end, |name, attribute, value| {
            if name.eq_ignore_ascii_case(key) {
                links.push(HtmlLink { attribute, value, image: key == "src" });
            }
        });
    }
    links
}

/// Tells each attribute with a value from `at` to the end of the tag, and where that is.
fn attributes(
    html: &str,
    mut at: usize,
    mut tell: impl FnMut(&str, Range<usize>, Range<usize>),
) -> usize {
    let skip = |at: usize| at + html[at..].len() - html[at..].trim_start().len();
    loop {
        at = skip(at);
        let Some(first) = html[at..].chars().next() else { return at };
        if first == '>' || first == '<' {
            return at + usize::from(first == '>');
        }
        let length = html[at..].find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '<'));
        let end = at + length.unwrap_or(html.len() - at).max(first.len_utf8());
        let equals = skip(end);
        if !html[equals..].starts_with('=') || first == '=' {
            at = end;
            continue;
        }
        let start = skip(equals + 1);
        let (value, behind) = match html[start..].chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = start + 1;
                match html[inner..].find(quote) {
                    Some(length) => (inner..inner + length, inner + length + 1),
                    None => return html.len(),
                }
            }
            _ => {
                let length = html[start..].find(|c: char| c.is_whitespace() || c == '>');
                let end = start + length.unwrap_or(html.len() - start);
                (start..end, end)
            }
        };
        tell(&html[at..end], at..behind, value);
        at = behind;
    }
}

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

    #[test]
    fn links_of_raw_html_are_those_that_are_live() {
        let values = |html: &str| -> Vec<String> {
            links(html).into_iter().map(|link| html[link.value].to_owned()).collect()
        };
        assert_eq!(values("<a class='x' HREF = \"b.md\">b</a><img src=c.png>"), ["b.md", "c.png"]);
        assert_eq!(values("<a title=\"href=zz.md\" href=b.md>"), ["b.md"]);
        for none in [
            "<!-- <a href=\"old.html\"> -->",
            "<a data-href=\"x\">",
            "<p href=\"x\">",
            "<a href",
            "<a href=\"x",
            "<a =href>",
            "a href=\"x\"",
        ] {
            assert_eq!(values(none), [""; 0], "{none}");
        }
    }
}
