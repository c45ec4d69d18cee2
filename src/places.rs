//! Where each page stands (contracts 5).

use crate::address::{SitePath, slug};
use crate::diagram::Appearance;
use crate::portal::{DocumentId, Portal, Target};
use crate::site::Grouping;
use crate::standard::ClauseNumber;

/// An address made of names that are slugs or numbers.
///
/// # Panics
/// Never: the page for missing addresses has an address.
pub fn at(path: &str) -> SitePath {
    // Roles and standards whose ids are no slugs are refused while reading, numbers of clauses are digits and dots.
    SitePath::new(path)
        .unwrap_or_else(|| SitePath::new("404.html").expect("a plain name is an address"))
}

/// The page of a clause: the primary standard's directly below `clauses/`.
pub fn clause(portal: &Portal, standard: usize, number: &ClauseNumber) -> SitePath {
    at(&format!("{}{}", clause_folder(portal, standard), clause_file(number)))
}

/// The name of the page of a clause, beside the index of its standard.
pub fn clause_file(number: &ClauseNumber) -> String {
    [number.as_str(), ".html"].concat()
}

/// The index of a standard's clauses.
pub fn clauses(portal: &Portal, standard: usize) -> SitePath {
    at(&format!("{}index.html", clause_folder(portal, standard)))
}

/// Clause by type.
pub fn matrix(portal: &Portal, standard: usize) -> SitePath {
    at(&format!("{}matrix.html", clause_folder(portal, standard)))
}

/// The folder of a standard's pages, with its slash: the primary's is `clauses/` itself.
pub fn clause_folder(portal: &Portal, standard: usize) -> String {
    let of = &portal.library.framework.standards[standard];
    if standard == 0 { "clauses/".to_owned() } else { format!("clauses/{}/", of.id) }
}

/// The plan, grouped.
pub fn plan(grouping: Grouping) -> SitePath {
    at(match grouping {
        Grouping::Area => "plan/index.html",
        Grouping::Phase => "plan/phases.html",
        Grouping::Role => "plan/roles.html",
    })
}

/// The page of a role.
pub fn role(id: &str) -> SitePath {
    at(&format!("roles/{id}.html"))
}

/// What scripts are told of a role.
pub fn role_script(id: &str) -> SitePath {
    at(&format!("roles/{id}.js"))
}

/// The anchor of a row of a register, by its place in it.
pub fn row(index: usize) -> String {
    format!("cb-row-{}", index + 1)
}

/// A diagram of the document whose page stands at `page`, by its place in it.
pub fn diagram(page: &SitePath, index: usize, appearance: Appearance) -> SitePath {
    let name = own_name(page).trim_end_matches(".html");
    let dark = match appearance {
        Appearance::Light => "",
        Appearance::Dark => "-dark",
    };
    at(&format!("diagrams/{name}/{}{dark}.svg", index + 1))
}

/// The page of a folder of documents, its path relative to the content folder.
pub fn of_folder(folder: &str) -> SitePath {
    if folder.is_empty() {
        return at("folders/index.html");
    }
    let parts: Vec<String> = folder.split('/').map(slug).collect();
    at(&format!("folders/{}.html", parts.join("/")))
}

/// The page of a document; `None` when another has its address.
pub fn document(portal: &Portal, id: DocumentId) -> Option<&SitePath> {
    portal.library.entry(id).address.as_ref()
}

/// The link from the page at `from` to what a link leads to; `None` for plain text.
pub fn target(portal: &Portal, from: &SitePath, target: &Target, typed: &str) -> Option<String> {
    match target {
        Target::Document(id, section) => {
            let link = from.link_to(document(portal, *id)?);
            let sections = &portal.library.entry(*id).document.sections;
            match section.and_then(|section| sections.get(section)) {
                Some(section) if link == own_name(from) => Some(format!("#{}", section.anchor)),
                Some(section) => Some(format!("{link}#{}", section.anchor)),
                None => Some(link),
            }
        }
        Target::HtmlAnchor(id, anchor) => {
            Some(format!("{}#{anchor}", from.link_to(document(portal, *id)?)))
        }
        Target::Clause(standard, number) => Some(from.link_to(&clause(portal, *standard, number))),
        Target::Role(index) => {
            Some(from.link_to(&role(&portal.library.framework.roles.get(*index)?.id)))
        }
        Target::Term(index) => {
            let term = portal.library.framework.terms.get(*index)?;
            Some(format!("{}#{}", from.link_to(&at("glossary.html")), term.anchor))
        }
        Target::Attachment(path) => Some(from.link_to(portal.library.attachments.get(path)?)),
        Target::Outside => Some(typed.to_owned()),
        Target::NotShown | Target::Dead(_) => None,
    }
}

fn own_name(from: &SitePath) -> &str {
    from.as_str().rsplit('/').next().unwrap_or_default()
}

/// The path in the repository of a file of the content folder.
pub fn within(content: &str, path: &str) -> String {
    if content.is_empty() { path.to_owned() } else { format!("{content}/{path}") }
}

/// The folder above one, both relative to the content folder, which is empty and has none above it.
pub fn above(folder: &str) -> Option<&str> {
    (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
}

/// The name of a folder of documents in words: `8.5 Service design` for `8.5-service-design`.
pub fn folder_name(folder: &str) -> String {
    let words = folder.rsplit('/').next().unwrap_or_default().replace(['-', '_'], " ");
    let start = words.find(|c: char| c.is_alphabetic()).unwrap_or(0);
    let mut capital = words[start..].chars();
    let first: String = capital.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{}{first}{}", &words[..start], capital.as_str())
}

/// A path in the repository, relative to the content folder that it lies in.
pub fn relative<'a>(path: &'a str, content: &str) -> &'a str {
    path.strip_prefix(content).unwrap_or(path).trim_start_matches('/')
}

/// The folder of a document, relative to the content folder.
pub fn folder_of<'a>(path: &'a str, content: &str) -> &'a str {
    let within = relative(path, content);
    within.rsplit_once('/').map_or("", |(folder, _)| folder)
}
