//! The tree beside a page: by process area and by clause, each open at the place where the reader is.
//!
//! Only the folders and clauses of the present branch are listed, each list cut to those around it: at ten thousand
//! documents a page's navigation stays below 10 kB. It reaches the templates as ready HTML, as the rows of tables do:
//! every page has one.

use super::Make;
use super::table::{attribute, element};
use crate::address::SitePath;
use crate::places;
use crate::portal::{Area, DocumentId};
use crate::standard::{Clause, ClauseNumber, Standard};

/// How many entries of one list are shown before and after the present one.
const AROUND: usize = 9;

/// The most letters of an entry.
const LETTERS: usize = 60;

/// Where the reader is.
#[derive(Clone, Copy, Default)]
pub(super) struct Here<'a> {
    /// The folder of the page, relative to the content folder.
    pub(super) folder: Option<&'a str>,
    pub(super) document: Option<DocumentId>,
    /// The standard of the clauses that are listed, and the clause of the page.
    pub(super) standard: usize,
    pub(super) clause: Option<&'a ClauseNumber>,
    /// True when the page is that of the clause, or of clauses: that tree is open, not that of areas.
    pub(super) by_clause: bool,
}

impl<'a> Make<'a> {
    pub(super) fn navigation(&self, here: Here<'a>) -> String {
        let mut out = String::with_capacity(4096);
        self.group("shell.by-area", "areas", !here.by_clause, &mut out);
        if let Some(top) = self.portal.areas.find("") {
            self.folders(top, here, &mut out);
        }
        out.push_str("</details>\n");
        if let Some(standard) = self.portal.library.framework.standards.get(here.standard) {
            self.group("shell.by-clause", "standard", here.by_clause, &mut out);
            let list = Clauses::of(self, standard, here);
            let main = standard.clauses.iter().filter(|clause| clause.number.level() == 1);
            list.write(main, self.foreign_language(here.standard).as_deref(), &mut out);
            out.push_str("</details>\n");
        }
        out
    }

    fn group(&self, key: &str, icon: &str, open: bool, out: &mut String) {
        out.push_str(if open { "<details open><summary>" } else { "<details><summary>" });
        super::icons::write(icon, out);
        element("<span>", &self.words.get(key), "</span></summary>\n", out);
    }

    /// The folders below one, and below those on the branch theirs; then its own documents.
    fn folders(&self, area: &Area, here: Here, out: &mut String) {
        let areas = &self.portal.areas;
        let on_branch = |below: &Area| {
            here.folder.is_some_and(|folder| {
                folder
                    .strip_prefix(&*below.path)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        };
        // A folder of retired documents alone is in no menu; on their pages it says where they stand.
        let shown = |below: &&Area| below.count > 0 || on_branch(below);
        let below: Vec<&Area> = areas.below(area).filter(shown).collect();
        let own = here.folder == Some(&*area.path);
        if below.is_empty() && !own {
            return;
        }
        out.push_str("<ul>\n");
        let present = below.iter().position(|below| on_branch(below));
        let shown = around(below.len(), present);
        for below in &below[shown.clone()] {
            self.entry(&below.address, &below.name, out);
            if on_branch(below) {
                self.folders(below, here, out);
            }
            out.push_str("</li>\n");
        }
        if own {
            let at = here.document.and_then(|id| area.documents.iter().position(|own| *own == id));
            let documents = around(area.documents.len(), at);
            let all = documents.len() == area.documents.len();
            for id in &area.documents[documents] {
                self.document_entry(*id, out);
            }
            // A retired document is in no menu; on its own page it says where it stands.
            if let (Some(id), None) = (here.document, at) {
                self.document_entry(id, out);
            }
            if !all {
                self.more(&area.address, area.documents.len(), out);
            }
        } else if shown.len() < below.len() {
            self.more(&area.address, below.len(), out);
        }
        out.push_str("</ul>\n");
    }

    fn document_entry(&self, id: DocumentId, out: &mut String) {
        let entry = self.portal.library.entry(id);
        let Some(address) = &entry.address else { return };
        self.entry(address, entry.document.title(), out);
        if let Some(mark) = super::mark(self.portal, self.words, id) {
            mark.write(out);
        }
        out.push_str("</li>\n");
    }

    /// An entry that is still open, so that what lies below it can follow.
    fn entry(&self, to: &SitePath, text: &str, out: &mut String) {
        entry(&self.address.link_to(to), to == self.address, text, out);
    }

    fn more(&self, to: &SitePath, count: usize, out: &mut String) {
        attribute("<li class=\"all\"><a href=\"", &self.address.link_to(to), out);
        element(
            ">",
            &self.words.say("shell.all", &[("n", &count.to_string())]),
            "</a></li>\n",
            out,
        );
    }
}

/// The clauses of a standard, as links of one page.
struct Clauses<'a> {
    standard: &'a Standard,
    /// The clause of the page.
    here: Option<&'a ClauseNumber>,
    /// What every link begins with: the pages of a standard's clauses stand in one folder.
    folder: String,
    /// The page itself, as links write it.
    own: String,
}

impl<'a> Clauses<'a> {
    fn of(make: &Make<'a>, standard: &'a Standard, here: Here<'a>) -> Self {
        let index = places::clauses(make.portal, here.standard);
        let link = make.address.link_to(&index);
        let folder = link.rfind('/').map_or("", |end| &link[..=end]).to_owned();
        let own = make.address.link_to(make.address);
        Self { standard, here: here.clause, folder, own }
    }

    /// Those with a heading, and below those on the branch theirs. Their language is said where it is not that of
    /// what they stand in.
    fn write(
        &self,
        clauses: impl Iterator<Item = &'a Clause>,
        lang: Option<&str>,
        out: &mut String,
    ) {
        out.push_str("<ul");
        if let Some(lang) = lang {
            attribute(" lang=\"", lang, out);
        }
        out.push_str(">\n");
        for Clause { number, title, .. } in clauses {
            let Some(title) = title else { continue };
            let link = [&*self.folder, &places::clause_file(number)].concat();
            entry(&link, link == self.own, &[number.as_str(), " ", title].concat(), out);
            if self.here.is_some_and(|clause| clause.is_within(number)) {
                let children = || self.standard.children(number);
                if children().any(|child| child.title.is_some()) {
                    self.write(children(), None, out);
                }
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
}

/// An entry that is still open; `own` is that of the page itself.
fn entry(link: &str, own: bool, text: &str, out: &mut String) {
    attribute("<li><a href=\"", link, out);
    out.push_str(if own { " aria-current=\"page\">" } else { ">" });
    element("", &cut(text), "</a>", out);
}

/// The part of a list of that length around the present entry.
fn around(length: usize, present: Option<usize>) -> std::ops::Range<usize> {
    let present = present.unwrap_or(0);
    let start = present.saturating_sub(AROUND).min(length.saturating_sub(2 * AROUND + 1));
    start..length.min(start + 2 * AROUND + 1)
}

/// A text without what is too long for a list.
fn cut(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= LETTERS {
        return text.into();
    }
    match text.char_indices().nth(LETTERS) {
        None => text.into(),
        Some((at, _)) => {
            let end = text[..at].rfind(' ').unwrap_or(at);
            format!("{}…", text[..end].trim_end_matches([' ', ',', ':'])).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_to_what_is_around_the_present_entry() {
        assert_eq!(around(0, None), 0..0);
        assert_eq!(around(5, Some(4)), 0..5);
        assert_eq!(around(19, Some(18)), 0..19);
        assert_eq!(around(100, Some(0)), 0..19);
        assert_eq!(around(100, Some(50)), 41..60);
        assert_eq!(around(100, Some(99)), 81..100);
    }

    #[test]
    fn a_long_entry_is_cut_at_a_word() {
        assert_eq!(cut("short"), "short");
        let long = "word ".repeat(30);
        assert_eq!(cut(&long), format!("{}…", "word ".repeat(12).trim_end()));
    }
}
