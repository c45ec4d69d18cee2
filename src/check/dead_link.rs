//! `dead-link`: a link leads to something that is there.
//!
//! **Why.** A reader who follows a dead link is lost, and nobody tells the author (R61, R62).
//!
//! **Do.** Name a document, an anchor, a clause or a file that exists.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Document, LinkForm};
use crate::portal::{Dead, Target};
use crate::portal::{Library, View};
use crate::site::{PICTURES, ending};

/// At the most so many documents of one name are shown with a finding.
const SHOWN: usize = 5;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    let mut own = Vec::new();
    let files = Files::of(library);
    for entry in &library.entries {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            if let Target::Dead(dead) = target {
                let span = Span::new(&entry.document.path, link.range.clone());
                let suggest = own.len() < super::SUGGESTED;
                own.extend(finding(dead, link.form, span, &entry.document, &files, suggest));
            }
        }
    }
    findings.append(&mut own);
}

fn finding(
    dead: &Dead,
    form: LinkForm,
    span: Span,
    from: &Document,
    files: &Files,
    suggest: bool,
) -> Option<Diagnostic> {
    let library = files.library;
    let new = |message: String| Diagnostic::new("dead-link", span.clone(), message);
    Some(match dead {
        // Roles, terms, a standard: they have pages, the file has none. Of documents that cannot be read nothing is
        // told: they may be hidden.
        Dead::NoFile(path) if path.ends_with(".yaml") && library.texts.0.contains_key(&**path) => {
            new(format!("`{path}` is read, but not published as a file")).hint(
                "name what is in it: `[[…]]` around a role or a term, `clause:` before a clause",
            )
        }
        Dead::NoFile(path) => {
            // The value of an attribute.
            let in_html = from.text[..span.start].ends_with(['"', '\'', '=']);
            let near = if suggest { files.nearest(path, form) } else { Vec::new() };
            let near: Vec<String> =
                near.into_iter().map(|near| relative(&from.path, near, !in_html)).collect();
            let near: Vec<&str> = near.iter().map(String::as_str).collect();
            let finding = new(format!("there is no file `{path}`"));
            match &near[..] {
                [] if path.contains("/www.") => {
                    finding.hint("begin an outside address with `https://`")
                }
                _ if path.contains('\\') => finding.hint("write `/` between folders, not `\\`"),
                [] => finding.hint("name a file of the content folder, relative to this one"),
                near => finding.hint(format!("did you mean {}?", crate::diagnostic::or_list(near))),
            }
        }
        Dead::Outside => new("the link leaves the content folder".to_owned())
            .hint("link to a file of the content folder"),
        Dead::NoAnchor(id, anchor) => {
            let document = &library.entry(*id).document;
            let known = document.sections.iter().map(|section| section.anchor.as_str());
            new(format!("`{}` has no anchor `{anchor}`", document.path)).did_you_mean(
                anchor,
                known,
                "name the anchor of one of its headings",
            )
        }
        Dead::NoReference(name) => {
            let titles = library.entries.iter().map(|entry| entry.document.title());
            let roles = library.framework.roles.iter().map(|role| role.title.as_str());
            let terms = library.framework.terms.iter().map(|term| term.term.as_str());
            let known = library.by_reference.keys().map(String::as_str).chain(titles);
            let known = known.chain(roles).chain(terms);
            // Nobody leads to the page on which he is.
            let own =
                |known: &&str| [from.title(), from.reference().unwrap_or_default()].contains(known);
            let known = known.filter(|known| suggest && !own(known));
            new(format!("no document, role or term goes by `{name}`")).did_you_mean(
                name,
                known,
                "write the reference or the title of a document, the title of a role, or a term",
            )
        }
        Dead::Ambiguous(ids) => {
            let mut finding = new("more than one document goes by that name".to_owned())
                .hint("write the reference of the one that is meant");
            for id in ids.iter().take(SHOWN) {
                finding =
                    finding.with_other(Span::file(&library.entry(*id).document.path), "this one");
            }
            finding
        }
        Dead::NoClause(clause) => {
            let known = library.primary().into_iter().flat_map(|standard| &standard.clauses);
            new(format!("there is no clause `{clause}`")).did_you_mean(
                clause,
                known.map(|clause| clause.number.as_str()),
                "name a clause of a known standard",
            )
        }
        Dead::Nowhere => new("the link leads to nothing".to_owned())
            .hint("write where it leads between the parentheses"),
        Dead::Folder => {
            new("the link leads to a folder".to_owned()).hint("name a document or a file in it")
        }
        Dead::NoImage(path) => {
            new(format!("`{path}` is not an image")).hint("link to it without the `!`")
        }
        Dead::Hidden => new("hidden files are not published".to_owned())
            .hint("move the file, or rename it without the dot"),
        Dead::LetterCase { .. }
        | Dead::Scheme(_)
        | Dead::OutsideImage
        | Dead::Kind(_)
        | Dead::Unreadable { .. } => return None,
    })
}

/// The link from the document at `from` to the file at `to`, as it is typed in Markdown or in raw HTML. In Markdown a
/// target that holds a blank stands in `<` and `>`.
fn relative(from: &str, to: &str, in_markdown: bool) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len() - 1;
    let shared = from[..folders].iter().zip(&to).take_while(|(a, b)| a == b).count();
    let link = format!("{}{}", "../".repeat(folders - shared), to[shared..].join("/"));
    // What would end the path, or begin an escape.
    let link = link.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
    if in_markdown && link.contains(|c: char| c.is_whitespace() || c == '(' || c == ')') {
        format!("<{link}>")
    } else {
        link
    }
}

/// What a link may have been meant for, by the names of files without their endings, made when first asked for.
struct Files<'l> {
    library: &'l Library,
    pictures: OnceCell<Stems<'l>>,
    all: OnceCell<Stems<'l>>,
}

/// Paths by their stems.
type Stems<'l> = BTreeMap<&'l str, Vec<&'l str>>;

impl<'l> Files<'l> {
    fn of(library: &'l Library) -> Self {
        Self { library, pictures: OnceCell::new(), all: OnceCell::new() }
    }

    /// The files whose names are nearest to that of `path`: for an image the pictures, else documents and attachments.
    fn nearest(&self, path: &str, form: LinkForm) -> Vec<&'l str> {
        let files = self.library.files.iter().map(|path| &**path);
        let known = if form == LinkForm::Image {
            let pictures = files.filter(|path| PICTURES.contains(&&*ending(path)));
            self.pictures.get_or_init(|| by_stem(pictures))
        } else {
            let documents = self.library.entries.iter().map(|entry| &*entry.document.path);
            self.all.get_or_init(|| by_stem(documents.chain(files)))
        };
        let asked = ending(path);
        // Of those of one name the one that ends as what was typed.
        let best = |paths: &Vec<&'l str>| {
            paths.iter().find(|path| ending(path) == asked).or(paths.first()).copied()
        };
        let near = crate::diagnostic::nearest(stem(path), known.keys().copied());
        near.into_iter().filter_map(|near| best(known.get(near)?)).collect()
    }
}

fn by_stem<'l>(paths: impl Iterator<Item = &'l str>) -> Stems<'l> {
    let mut stems = Stems::new();
    for path in paths {
        stems.entry(stem(path)).or_default().push(path);
    }
    stems
}

/// The name of a file without its ending: what many names end in makes none of them nearer. `2-notes` ends no name.
fn stem(path: &str) -> &str {
    let is_ending = |end: &str| end.len() <= 5 && end.bytes().all(|b| b.is_ascii_alphabetic());
    let name = path.rsplit('/').next().unwrap_or_default();
    let parted = name.rsplit_once('.').filter(|(_, end)| is_ending(end));
    parted.map_or(name, |(stem, _)| stem)
}
