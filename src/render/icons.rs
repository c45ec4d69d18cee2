//! The signs of states and of what a page offers: decorative, beside a word that says the same.
//!
//! They come from `icons/` of the theme. A page draws each sign once, at its end, and uses it wherever it is wanted: a
//! list of a thousand documents would hold the same few shapes two thousand times.

use std::collections::BTreeMap;
use std::fmt::Write;

use tera::{Kwargs, State, Value};

use crate::failure::{Failure, Result};

/// The sign of each kind of state; a kind that is not listed is the name of a sign.
const KINDS: [(&str, &str); 23] = [
    ("covered", "tick"),
    ("current", "tick"),
    ("in-force", "tick"),
    ("approved", "tick"),
    ("stated", "tick"),
    ("partial", "half"),
    ("gap", "ring"),
    ("missing", "ring"),
    ("excluded", "bar"),
    ("exempt", "bar"),
    ("overdue", "warning"),
    ("error", "error"),
    ("none", "error"),
    ("due", "clock"),
    ("unscheduled", "clock"),
    ("not-yet", "clock"),
    ("draft", "pen"),
    ("in-review", "pen"),
    ("retired", "box"),
    ("advised", "target"),
    ("caution", "error"),
    ("guidance", "pen"),
    ("calm", "note"),
];

/// What is drawn for a kind of which there is no sign.
const PLAIN: &str = "dot";

/// How every use of a sign names it.
const USE: &str = "<use href=\"#cb-icon-";

/// The signs of a theme: name to what stands in the page for it.
pub(super) struct Icons(BTreeMap<String, String>);

impl Icons {
    /// Reads the files of a theme, by name.
    ///
    /// # Errors
    /// When a file is no SVG with a `viewBox`, or holds a script.
    pub(super) fn read(files: &BTreeMap<String, String>) -> Result<Self> {
        let mut icons = BTreeMap::new();
        for (name, text) in files {
            let symbol = symbol(name, text).ok_or_else(|| {
                Failure::new(format!("`theme/icons/{name}.svg` is no sign that can be drawn"))
                    .remedy("it holds one `svg` element with a `viewBox`, shapes, and no script")
            })?;
            icons.insert(name.clone(), symbol);
        }
        Ok(Self(icons))
    }

    /// The sign of each kind of state as a whole `svg`, for scripts, which cannot know what a page has drawn.
    pub(super) fn of_states(&self) -> BTreeMap<&'static str, String> {
        let of = |(kind, sign): &(&'static str, &str)| {
            let symbol = self.0.get(*sign)?;
            Some((
                *kind,
                format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"icon\" width=\"16\" height=\"16\" aria-hidden=\"true\" focusable=\"false\"{symbol}</svg>"
                ),
            ))
        };
        KINDS.iter().filter_map(of).collect()
    }

    /// Draws the signs that a page uses, at the end of its body.
    pub(super) fn draw(&self, page: &mut Vec<u8>) {
        let mut used: Vec<&str> = Vec::new();
        for at in memchr::memmem::find_iter(page, USE) {
            let rest = &page[at + USE.len()..];
            let end = memchr::memchr(b'"', rest).unwrap_or(rest.len());
            let name = std::str::from_utf8(&rest[..end]).unwrap_or_default();
            if !used.contains(&name) {
                used.push(name);
            }
        }
        used.sort_unstable();
        let mut drawn = String::new();
        for name in used {
            if let Some(symbol) = self.0.get(name).or_else(|| self.0.get(PLAIN)) {
                let _ = write!(drawn, "<symbol id=\"cb-icon-{name}\"{symbol}</symbol>");
            }
        }
        if !drawn.is_empty() {
            let end = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
            let behind = page.split_off(end);
            page.extend_from_slice(b"<svg class=\"signs\" hidden>");
            page.extend_from_slice(drawn.as_bytes());
            page.extend_from_slice(b"</svg>\n");
            page.extend_from_slice(&behind);
        }
    }
}

/// The file as the inside of a `symbol`: its attributes, those of the file's own size apart, and its shapes.
fn symbol(name: &str, text: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let lower = text.to_ascii_lowercase();
    if !name.chars().all(plain) || lower.contains("<script") || lower.contains("javascript:") {
        return None;
    }
    let open = text.find("<svg")?;
    let (attributes, rest) = text[open + 4..].split_once('>')?;
    let shapes = &rest[..rest.rfind("</svg>")?];
    let mut kept = String::new();
    for part in attributes.split_inclusive('"').collect::<Vec<_>>().chunks(2) {
        let [name, value] = part else { continue };
        let name = name.trim().trim_end_matches(['=', '"']);
        if !matches!(name, "xmlns" | "class" | "width" | "height") {
            let _ = write!(kept, " {name}=\"{value}");
        }
    }
    kept.contains(" viewBox=").then(|| format!("{kept}>{}", shapes.trim()))
}

/// The sign of a kind of state, or of that name.
fn sign(kind: &str) -> &str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or(kind, |(_, sign)| sign)
}

/// Writes the sign of a kind of state.
pub(super) fn write(kind: &str, out: &mut String) {
    out.push_str(
        "<svg class=\"icon\" width=\"16\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">",
    );
    out.push_str(USE);
    out.push_str(sign(kind));
    out.push_str("\"/></svg>");
}

/// The filter `icon`.
pub(super) fn filter(kind: &str, _: Kwargs, _: &State) -> Value {
    let mut out = String::new();
    write(kind, &mut out);
    Value::safe_string(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn icons() -> Icons {
        let file = |shapes: &str| {
            format!(
                "<!-- of a library -->\n<svg class=\"a\" xmlns=\"http://www.w3.org/2000/svg\" width=\"24\" viewBox=\"0 0 24 24\" fill=\"none\">{shapes}</svg>\n"
            )
        };
        let files = ["tick", "warning", "dot"].map(|name| (name.to_owned(), file("<path/>")));
        Icons::read(&files.into()).expect("the files are signs")
    }

    #[test]
    fn a_page_draws_each_sign_it_uses_once() {
        let mut page = "<body>".to_owned();
        for kind in ["covered", "current", "overdue", "never heard of"] {
            write(kind, &mut page);
        }
        page.push_str("</body>");
        let mut bytes = page.into_bytes();
        icons().draw(&mut bytes);
        let page = String::from_utf8(bytes).expect("it stays UTF-8");
        let drawn: Vec<&str> = page
            .split("<symbol id=\"cb-icon-")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .collect();
        assert_eq!(drawn, ["never heard of", "tick", "warning"]);
        assert!(
            page.contains("\"cb-icon-tick\" viewBox=\"0 0 24 24\" fill=\"none\"><path/></symbol>")
        );
        assert!(page.ends_with("</svg>\n</body>"), "{page}");
    }

    #[test]
    fn a_page_without_signs_stays() {
        let mut page = b"<body>nothing</body>".to_vec();
        icons().draw(&mut page);
        assert_eq!(page, b"<body>nothing</body>");
    }

    #[test]
    fn what_is_no_sign_is_refused() {
        for text in [
            "",
            "<svg>",
            "<svg viewBox=\"0 0 1 1\"><script>1</script></svg>",
            "<svg a=\"b\"></svg>",
        ] {
            assert!(symbol("a", text).is_none(), "{text}");
        }
        assert!(symbol("a\"b", "<svg viewBox=\"0 0 1 1\"></svg>").is_none());
    }
}
