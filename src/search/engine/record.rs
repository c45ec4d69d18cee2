//! What is shown of a hit, as it is kept in the index.

use super::{Page, Section};

/// Stands between the parts of a record; in texts it becomes a space.
const BETWEEN: char = '\u{1f}';

/// What is kept of a section, beside what it is found by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Record<'a> {
    pub(super) page_title: &'a str,
    pub(super) heading: &'a str,
    pub(super) kind: &'a str,
    pub(super) reference: &'a str,
    pub(super) version: &'a str,
    pub(super) owner: &'a str,
    pub(super) crumbs: &'a str,
    pub(super) url: &'a str,
    pub(super) anchor: &'a str,
    pub(super) path: &'a str,
    pub(super) line: &'a str,
    pub(super) text: &'a str,
}

impl<'a> Record<'a> {
    pub(super) fn of(section: &'a Section) -> Self {
        let Page { title, kind, reference, version, owner, crumbs, url, path, .. } = &*section.page;
        Self {
            page_title: title,
            heading: section.heading.as_deref().unwrap_or(""),
            kind,
            reference,
            version,
            owner,
            crumbs,
            url,
            anchor: &section.anchor,
            path: section.path.as_deref().unwrap_or(path),
            line: &section.line,
            text: &section.text,
        }
    }

    pub(super) fn encode(&self) -> String {
        let Self {
            page_title,
            heading,
            kind,
            reference,
            version,
            owner,
            crumbs,
            url,
            anchor,
            path,
            line,
            text,
        } = self;
        let parts = [
            page_title, heading, kind, reference, version, owner, crumbs, url, anchor, path, line,
            text,
        ];
        let mut out = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for (i, part) in parts.into_iter().enumerate() {
            if i > 0 {
                out.push(BETWEEN);
            }
            if part.contains(BETWEEN) {
                out.push_str(&part.replace(BETWEEN, " "));
            } else {
                out.push_str(part);
            }
        }
        out
    }

    pub(super) fn decode(text: &'a str) -> Self {
        let mut parts = text.split(BETWEEN);
        let mut next = || parts.next().unwrap_or("");
        Self {
            page_title: next(),
            heading: next(),
            kind: next(),
            reference: next(),
            version: next(),
            owner: next(),
            crumbs: next(),
            url: next(),
            anchor: next(),
            path: next(),
            line: next(),
            text: next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_as_it_went() {
        let record = Record { page_title: "A", url: "a.html", text: "b", ..Record::default() };
        assert_eq!(Record::decode(&record.encode()), record);
        let odd = Record { heading: "a\u{1f}b", ..record };
        assert_eq!(Record::decode(&odd.encode()).heading, "a b");
        assert_eq!(Record::decode(""), Record::default());
    }
}
