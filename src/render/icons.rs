//! The signs of states, of our own drawing: decorative, beside a word that says the same.
//!
//! A page draws each sign once, at its end, and uses it wherever it is wanted: a list of a thousand documents would
//! hold the same few shapes two thousand times.

use std::fmt::Write;

use tera::{Kwargs, State, Value};

/// A sign: its name, the kinds of state that it stands for, its outline in a square of 16.
type Sign = (&'static str, &'static [&'static str], &'static str);

const SIGNS: [Sign; 10] = [
    (
        "tick",
        &["covered", "current", "approved", "stated"],
        "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-1.2 10L3.9 8.1l1.2-1.2 1.7 1.7 4.1-4.1 1.2 1.2z",
    ),
    ("half", &["partial"], "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.8v10.4a5.2 5.2 0 0 1 0-10.4z"),
    (
        "ring",
        &["gap", "missing"],
        "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.8a5.2 5.2 0 1 1 0 10.4A5.2 5.2 0 0 1 8 2.8z",
    ),
    ("bar", &["excluded", "exempt"], "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4 7.1h8v1.8H4z"),
    ("warning", &["overdue", "error"], "M8 1 15.5 14.5H.5zM7.1 6v4.2h1.8V6zm0 5.2V13h1.8v-1.8z"),
    (
        "clock",
        &["due", "unscheduled", "not-yet"],
        "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-.8 3h1.7v3.7l2.6 1.5-.9 1.5-3.4-2z",
    ),
    (
        "pen",
        &["draft", "in-review"],
        "M11.3 1.3 14.7 4.7 6 13.4l-4.4 1 1-4.4zM3.9 10.8l-.4 1.7 1.7-.4z",
    ),
    ("box", &["retired"], "M1.5 2h13v3.5h-1V14h-11V5.5h-1zM6 7v1.6h4V7z"),
    (
        "target",
        &["advised"],
        "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 4.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z",
    ),
    ("dot", &[], "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"),
];

/// How every use of a sign names it.
const USE: &str = "<use href=\"#cb-icon-";

fn sign(kind: &str) -> &'static Sign {
    let found = SIGNS.iter().find(|(_, kinds, _)| kinds.contains(&kind));
    found.unwrap_or(&SIGNS[SIGNS.len() - 1])
}

/// Writes the sign of a kind of state.
pub(super) fn write(kind: &str, out: &mut String) {
    out.push_str(
        "<svg class=\"icon\" width=\"16\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">",
    );
    out.push_str(USE);
    out.push_str(sign(kind).0);
    out.push_str("\"/></svg>");
}

/// The filter `icon`.
pub(super) fn filter(kind: &str, _: Kwargs, _: &State) -> Value {
    let mut out = String::new();
    write(kind, &mut out);
    Value::safe_string(&out)
}

/// Draws the signs that a page uses, at the end of its body.
pub(super) fn draw(page: &mut String) {
    let mut used = [false; SIGNS.len()];
    for at in memchr::memmem::find_iter(page.as_bytes(), USE) {
        let name = &page[at + USE.len()..];
        let known = SIGNS.iter().position(|(known, ..)| {
            name.strip_prefix(known).is_some_and(|rest| rest.starts_with('"'))
        });
        if let Some(known) = known {
            used[known] = true;
        }
    }
    let mut drawn = String::new();
    for ((name, _, path), _) in SIGNS.iter().zip(used).filter(|(_, used)| *used) {
        let _ = write!(
            drawn,
            "<symbol id=\"cb-icon-{name}\" viewBox=\"0 0 16 16\"><path fill=\"currentColor\" fill-rule=\"evenodd\" d=\"{path}\"/></symbol>"
        );
    }
    if !drawn.is_empty() {
        let end = page.rfind("</body>").unwrap_or(page.len());
        page.insert_str(end, &format!("<svg class=\"signs\" hidden>{drawn}</svg>\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_draws_each_sign_it_uses_once() {
        let mut page = "<body>".to_owned();
        for kind in ["covered", "current", "overdue", "never heard of"] {
            write(kind, &mut page);
        }
        page.push_str("</body>");
        draw(&mut page);
        let drawn: Vec<&str> = page
            .split("<symbol id=\"cb-icon-")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .collect();
        assert_eq!(drawn, ["tick", "warning", "dot"]);
        assert!(page.ends_with("</svg>\n</body>"), "{page}");
    }

    #[test]
    fn a_page_without_signs_stays() {
        let mut page = "<body>nothing</body>".to_owned();
        draw(&mut page);
        assert_eq!(page, "<body>nothing</body>");
    }
}
