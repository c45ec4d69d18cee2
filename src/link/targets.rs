//! What each link of a document leads to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::Names;
use crate::address::SCHEMES;
use crate::config::Config;
use crate::document::{ClauseRef, Document, Link, LinkForm};
use crate::naming;
use crate::picture::Opened;
use crate::portal::{Dead, DocumentId, Framework, Target};
use crate::site::{PICTURES, ending, is_attachable};
use crate::source::{is_within, join};

struct Linker<'a> {
    document: &'a Document,
    documents: &'a [Arc<Document>],
    names: &'a Names,
    framework: &'a Framework,
    files: &'a BTreeMap<Arc<str>, Opened>,
    config: &'a Config,
    content: &'a str,
}

/// The targets of the links of `document`, one a link.
pub(super) fn of(
    document: &Document,
    documents: &[Arc<Document>],
    names: &Names,
    framework: &Framework,
    files: &BTreeMap<Arc<str>, Opened>,
    config: &Config,
    content: &str,
) -> Vec<Target> {
    let linker = Linker { document, documents, names, framework, files, config, content };
    document.links.iter().map(|link| linker.target(link)).collect()
}

impl Linker<'_> {
    fn target(&self, link: &Link) -> Target {
        match link.form {
            LinkForm::Reference => self.reference(&link.target),
            LinkForm::Image => self.image(&link.target),
            LinkForm::Inline => self.inline(&link.target),
        }
    }

    /// `[[SMS-POL-8.5.1#emergency]]`: by reference, else by title or alias (R61); what is no document may be a role or
    /// a term.
    fn reference(&self, typed: &str) -> Target {
        let (name, anchor) = split_anchor(typed);
        let name = name.trim();
        if name.is_empty() && anchor.is_some() {
            return self.file(typed.trim());
        }
        if let Some(&id) = self.names.reference.get(name) {
            return self.anchor(id, anchor);
        }
        match self.names.title.get(&naming::folded(name)).map(Vec::as_slice) {
            Some([id]) => self.anchor(*id, anchor),
            Some(ids) => Target::Dead(Dead::Ambiguous(ids.to_vec())),
            None => {
                let word = self.names.word.get(&naming::folded(name));
                let word = word.filter(|_| anchor.is_none()).cloned();
                word.unwrap_or_else(|| Target::Dead(Dead::NoReference(name.to_owned())))
            }
        }
    }

    fn image(&self, typed: &str) -> Target {
        match scheme(typed) {
            Some(scheme) if SCHEMES.contains(&&*scheme) => Target::Dead(Dead::OutsideImage),
            Some(scheme) => Target::Dead(Dead::Scheme(scheme)),
            None if typed.starts_with("//") => Target::Dead(Dead::OutsideImage),
            None => match self.file(typed) {
                Target::Document(..) => Target::Dead(Dead::Kind("md".to_owned())),
                Target::Attachment(path) if !PICTURES.contains(&&*ending(&path)) => {
                    Target::Dead(Dead::NoImage(path.to_string()))
                }
                other => other,
            },
        }
    }

    fn inline(&self, typed: &str) -> Target {
        if let Some((scheme, clause)) = typed.split_once(':')
            && scheme.eq_ignore_ascii_case("clause")
        {
            return self.clause(clause);
        }
        match scheme(typed) {
            Some(scheme) if SCHEMES.contains(&&*scheme) => Target::Outside,
            Some(scheme) => Target::Dead(Dead::Scheme(scheme)),
            // An address without a scheme takes that of the page, which from disk is `file:`.
            None if typed.starts_with("//") => Target::Dead(Dead::Scheme(String::new())),
            None => self.file(typed),
        }
    }

    /// `clause:8.5.1` or `clause:iso-9001-2015:8.5`.
    fn clause(&self, typed: &str) -> Target {
        let typed = typed.trim();
        let clause = typed.parse::<ClauseRef>().ok();
        let found =
            clause.and_then(|clause| crate::numbering::find(&clause, self.framework, self.config));
        match found {
            Some((standard, clause)) => Target::Clause(standard, clause.number.clone()),
            None => Target::Dead(Dead::NoClause(typed.to_owned())),
        }
    }

    /// A path relative to the document.
    fn file(&self, typed: &str) -> Target {
        let (path, anchor) = split_anchor(typed);
        if typed.is_empty() {
            return Target::Dead(Dead::Nowhere);
        }
        if path.is_empty() {
            let own = self.names.path.get(&self.document.path).copied();
            return own
                .map_or(Target::Dead(Dead::NoFile(String::new())), |id| self.anchor(id, anchor));
        }
        let path = percent_decode(path.split('?').next().unwrap_or(path));
        let folder = self.document.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = match path.strip_prefix('/') {
            // From the top of the content folder.
            Some(rest) => join(self.content, rest),
            None => join(folder, &path),
        };
        let within = |path: &String| is_within(self.content, path) || path == self.content;
        let Some(joined) = joined.filter(within) else {
            return Target::Dead(Dead::Outside);
        };
        if joined == self.content || path.ends_with('/') {
            return Target::Dead(Dead::Folder);
        }
        if let Some(found) = self.lies_at(&joined, anchor) {
            return found;
        }
        let hidden = |part: &str| part.starts_with('.') && !part.contains('\\');
        if joined.split('/').any(hidden) {
            return Target::Dead(Dead::Hidden);
        }
        // A path that is the same to the eye.
        let composed = self.names.composed.get(&*naming::composed(&joined));
        let found = composed.and_then(|path| self.lies_at(path, anchor));
        found.unwrap_or_else(|| self.other_case(joined))
    }

    /// The document or the file of that path.
    fn lies_at(&self, path: &str, anchor: Option<&str>) -> Option<Target> {
        if let Some(&id) = self.names.path.get(path) {
            return Some(self.anchor(id, anchor));
        }
        self.files.get_key_value(path).map(|(path, opened)| match opened {
            Ok(_) => attachment(path),
            Err(why) => Target::Dead(Dead::Unreadable { path: path.to_string(), why: why.clone() }),
        })
    }

    /// The same path in other letter case, if there is one: it works on some disks and on no web server (R62).
    fn other_case(&self, asked: String) -> Target {
        let lower = asked.to_lowercase();
        let document =
            self.names.folded_path.get(&lower).map(|id| &self.documents[id.index()].path);
        let there = document.or_else(|| self.names.folded_file(&lower, self.files.keys()));
        Target::Dead(match there {
            Some(there) => Dead::LetterCase { asked, there: there.to_string() },
            None => Dead::NoFile(asked),
        })
    }

    fn anchor(&self, id: DocumentId, anchor: Option<&str>) -> Target {
        at_anchor(id, &self.documents[id.index()], anchor)
    }
}

/// A document, at the anchor that is typed behind its name.
fn at_anchor(id: DocumentId, document: &Document, anchor: Option<&str>) -> Target {
    let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
        return Target::Document(id, None);
    };
    let anchor = percent_decode(anchor);
    match document.sections.iter().position(|section| section.anchor == anchor) {
        Some(section) => Target::Document(id, Some(section)),
        None if document.html_anchors.contains(&anchor) => Target::HtmlAnchor(id, anchor),
        None => Target::Dead(Dead::NoAnchor(id, anchor)),
    }
}

/// What `[[typed]]` leads to where one document alone goes by that name.
pub(super) fn by_name(typed: &str, id: DocumentId, document: &Document) -> Target {
    at_anchor(id, document, split_anchor(typed).1)
}

fn attachment(path: &Arc<str>) -> Target {
    if is_attachable(path) {
        Target::Attachment(Arc::clone(path))
    } else {
        Target::Dead(Dead::Kind(ending(path)))
    }
}

fn split_anchor(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    }
}

/// The scheme of an address, in lower case, as browsers take it: white space and control characters do not hide it.
fn scheme(target: &str) -> Option<String> {
    let bare: String = target.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let (scheme, _) = bare.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// `%20` to a space; what is no UTF-8 then is left as typed.
fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes.get(i + 1..i + 3).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if bytes[i] == b'%' => {
                decoded.push(byte);
                i += 3;
            }
            _ => {
                decoded.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_cannot_hide() {
        for hidden in
            ["javascript:x", "JavaScript:x", " javascript:x", "java\nscript:x", "\u{1}javascript:x"]
        {
            assert_eq!(scheme(hidden).as_deref(), Some("javascript"), "{hidden:?}");
        }
        for none in ["a.md", "a/b:c.md", "#x:y", ":x", "1a:b"] {
            assert_eq!(scheme(none), None, "{none:?}");
        }
    }

    #[test]
    fn percent_signs_are_decoded_once() {
        assert_eq!(percent_decode("a%20b%2520.md"), "a b%20.md");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%ff"), "%ff");
    }
}
