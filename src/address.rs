//! Where pages stand within the site: every address passes [`SitePath::new`] (contracts 5).

use std::fmt;
use std::sync::Arc;

use deunicode::deunicode_char;

/// The longest that a part of an address may be, in bytes: longer names are refused by many disks.
pub(crate) const MAX_PART: usize = 255;

/// The path of one file of the site, relative to its root, with `/`. It has no empty, `.` or `..` part, no name
/// that Windows reserves, and no character that a file system refuses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Checks an address. `None` when it is not one.
    pub fn new(path: &str) -> Option<Self> {
        (path.len() <= 1024 && path.split('/').all(is_part)).then(|| Self(path.into()))
    }

    /// The address as text: `documents/change-management-policy.html`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The link from the page at `self` to `target`, relative, so that the site works under any path and from disk.
    pub fn link_to(&self, target: &Self) -> String {
        let (from, to) = (self.0.as_bytes(), target.0.as_bytes());
        let same = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        let shared = from[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1);
        let up = from[shared..].iter().filter(|byte| **byte == b'/').count();
        let mut link = String::with_capacity(3 * up + to.len() - shared);
        for _ in 0..up {
            link.push_str("../");
        }
        encode(&target.0[shared..], "/", &mut link);
        link
    }

    /// What leads from this page back to the root of the site: `../` for each folder.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// True at `folder` and below it.
    pub fn is_within(&self, folder: &str) -> bool {
        self.0.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The address as it is compared: two that differ in letter case alone are one on many disks.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_part(part: &str) -> bool {
    let refused =
        |c: char| c.is_control() || matches!(c, '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*');
    !(part.is_empty()
        || part.len() > MAX_PART
        || part.starts_with('.') && part.chars().all(|c| c == '.')
        || part.ends_with(['.', ' '])
        || part.contains(refused)
        || is_reserved(part))
}

/// True for what Windows takes for a device, with or without an ending.
fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    // The shortest is `con`, the longest `conout$`.
    if !(3..=7).contains(&stem.len()) {
        return false;
    }
    let stem = stem.to_ascii_lowercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| {
            matches!(
                rest,
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
        })
    };
    matches!(&*stem, "con" | "prn" | "aux" | "nul" | "conin$" | "conout$")
        || numbered("com")
        || numbered("lpt")
}

/// `text` with everything percent-encoded but the unreserved characters of RFC 3986 and those in `kept`.
pub fn percent_encoded(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    encode(text, kept, &mut out);
    out
}

/// The unreserved characters of RFC 3986, by their byte: every link of every page is looked up here.
const UNRESERVED: [bool; 256] = {
    let mut unreserved = [false; 256];
    let mut byte = 0;
    while byte < 128u8 {
        unreserved[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    unreserved
};

fn encode(text: &str, kept: &str, out: &mut String) {
    let stays = |byte: u8| UNRESERVED[usize::from(byte)] || kept.as_bytes().contains(&byte);
    if text.bytes().all(stays) {
        return out.push_str(text);
    }
    for byte in text.bytes() {
        if stays(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The schemes that a link out of the portal may have (contracts 2).
pub const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// True for a link out of the portal that has an allowed scheme.
pub fn leads_outside(link: &str) -> bool {
    let Some((scheme, rest)) = link.split_once(':') else { return false };
    let known = SCHEMES.iter().find(|known| known.eq_ignore_ascii_case(scheme));
    known.is_some_and(|known| !known.starts_with("http") || rest.starts_with("//"))
}

/// A name for an address in `a`–`z`, `0`–`9` and `-`, never empty and never one that Windows reserves. Letters of other
/// scripts are written in these as well as they can be: `Größe` is `groesse`, `Łódź` is `lodz`.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.chars() {
        let mut buffer = [0; 4];
        let written = match c {
            'ä' | 'Ä' => "ae",
            'ö' | 'Ö' => "oe",
            'ü' | 'Ü' => "ue",
            // The same letters as some systems keep the names of files: a sign of its own behind the letter.
            '\u{308}' if slug.ends_with(['a', 'o', 'u']) => "e",
            '\u{300}'..='\u{36f}' => "",
            c if c.is_alphanumeric() && !c.is_ascii() => deunicode_char(c).unwrap_or("-"),
            c => c.encode_utf8(&mut buffer),
        };
        for c in written.chars() {
            match c {
                c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
                _ if slug.ends_with('-') || slug.is_empty() => {}
                _ => slug.push('-'),
            }
        }
    }
    slug.truncate(200);
    let slug = slug.trim_end_matches('-');
    match slug {
        "" => "untitled".to_owned(),
        reserved if is_reserved(reserved) => format!("{reserved}-page"),
        slug => slug.to_owned(),
    }
}

/// The anchor of a heading: its words in lower case, joined by `-`; letters of every script are kept.
pub fn anchor(title: &str) -> String {
    let mut anchor = String::with_capacity(title.len());
    for c in title.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' {
            anchor.push(c);
        } else if !anchor.ends_with('-') && !anchor.is_empty() {
            anchor.push('-');
        }
    }
    let anchor = anchor.trim_end_matches('-');
    if anchor.is_empty() { "section".to_owned() } else { anchor.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_outside_has_an_allowed_scheme() {
        for right in ["https://x.example", "HTTP://x.example", "mailto:a@x.example", "tel:1"] {
            assert!(leads_outside(right), "{right}");
        }
        for wrong in ["javascript:x()", "http:x", "https", "a/b.html", "//x.example", "data:,x", ""]
        {
            assert!(!leads_outside(wrong), "{wrong}");
        }
    }

    #[test]
    fn what_could_leave_the_site_is_no_address() {
        for wrong in [
            "",
            "/a",
            "a/",
            "a//b",
            ".",
            "..",
            "a/../b",
            "a/./b",
            "a\\b",
            "C:a",
            "con",
            "Con.html",
            "a/NUL.txt",
            "lpt1.html",
            "com¹",
            "a.",
            "a ",
            "a\0b",
            "a\nb",
            "...",
            "a?b",
        ] {
            assert_eq!(SitePath::new(wrong), None, "{wrong:?}");
        }
        for right in
            ["index.html", "documents/a-b.html", "files/Résumé 1.pdf", ".nojekyll", "context.html"]
        {
            assert!(SitePath::new(right).is_some(), "{right:?}");
        }
    }

    #[test]
    fn links_are_relative_and_name_the_file() {
        let path = |text| SitePath::new(text).unwrap();
        assert_eq!(path("documents/a.html").link_to(&path("documents/b.html")), "b.html");
        assert_eq!(path("index.html").link_to(&path("clauses/index.html")), "clauses/index.html");
        assert_eq!(
            path("clauses/x/8.5.html").link_to(&path("documents/a.html")),
            "../../documents/a.html"
        );
        assert_eq!(path("a/b/c.html").link_to(&path("a/d.html")), "../d.html");
        assert_eq!(path("a/b.html").link_to(&path("a/b.html/c.html")), "b.html/c.html");
        assert_eq!(path("ab/c.html").link_to(&path("a/c.html")), "../a/c.html");
        assert_eq!(path("index.html").link_to(&path("files/a b%.pdf")), "files/a%20b%25.pdf");
    }

    #[test]
    fn every_slug_is_a_part_of_an_address() {
        for (name, expected) in [
            ("Change Policy", "change-policy"),
            ("con", "con-page"),
            ("…", "untitled"),
            ("--A__b--", "a-b"),
            ("Größe der Übergabe", "groesse-der-uebergabe"),
            ("Gro\u{308}ße", "groesse"),
            ("Łódź, S\u{327}irket", "lodz-sirket"),
            ("Ärger 🚀 № 5", "aerger-5"),
            ("中国", "zhong-guo"),
            ("Ðíaß", "diass"),
        ] {
            assert_eq!(slug(name), expected);
            assert!(SitePath::new(&slug(name)).is_some());
        }
    }

    #[test]
    fn anchors_keep_letters_of_every_script() {
        assert_eq!(anchor("Größe & Maß"), "größe-maß");
        assert_eq!(anchor("?!"), "section");
    }
}
