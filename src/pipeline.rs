//! The way of the data, in a few functions: what commands and the server call.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::address::SitePath;
use crate::config::Config;
use crate::contract::Answered;
use crate::diagnostic::Diagnostic;
use crate::diagram::Appearance;
use crate::failure::{Failure, Result};
use crate::portal::{DocumentId, LeftOut, Library, Portal, Stamp, View};
use crate::render::Templates;
use crate::site::{Page, Site};
use crate::source::Source;
use crate::theme::Theme;
use crate::wording::Wording;
use crate::{attach, check, embedded, export, link, places, read, render, search};

/// A repository, read and joined. Nothing in it depends on the day or on who asks.
#[derive(Debug, Clone)]
pub struct Joined {
    /// All documents.
    pub library: Library,
    /// What was found wrong while reading.
    pub findings: Vec<Diagnostic>,
    /// The documents that could not be read at all.
    pub left_out: Vec<LeftOut>,
}

/// Reads and joins the documents below `content`. A repository that does not bring the standard it is set to gets the
/// built-in ones beside its own.
///
/// # Errors
/// When the folder cannot be listed, or no standard has the id that is set.
pub fn join(source: &dyn Source, content: &str, config: &Arc<Config>) -> Result<Joined> {
    join_read(read::documents(source, content, config)?, content, config)
}

/// Joins what was read below `content`, as [`join`] does.
///
/// # Errors
/// When no standard has the id that is set.
pub fn join_read(mut read: read::Read, content: &str, config: &Arc<Config>) -> Result<Joined> {
    let mut added = BTreeSet::new();
    if read.framework.standard(&config.standard).is_none() {
        let built_in = read::documents(&embedded::standards(content), content, config)?;
        let standards = built_in.framework.standards.iter();
        let missing = standards.filter(|standard| read.framework.standard(&standard.id).is_none());
        added = missing.map(|standard| standard.id.clone()).collect();
        read.framework.add(built_in.framework.standards, &config.standard);
        // A file of one's own may lie at the same path and be no standard: findings point into it.
        for (path, text) in built_in.texts.0 {
            read.texts.0.entry(path).or_insert(text);
        }
    }
    if read.framework.standard(&config.standard).is_none() {
        let known: Vec<&str> =
            read.framework.standards.iter().map(|standard| standard.id.as_str()).collect();
        return Err(Failure::new(format!("no standard has the id `{}`", config.standard))
            .remedy(format!("set `standard` in clausebook.toml to one of {}", known.join(", "))));
    }
    read.check_editions(&added);
    let read::Read { documents, framework, files, texts, findings, left_out } = read;
    let input =
        link::Input { documents, framework: Arc::new(framework), files, texts: Arc::new(texts) };
    Ok(Joined { library: link::library(input, config, content), findings, left_out })
}

/// Everything that is wrong on the day of the view, whoever may see it: what authors are told.
///
/// # Errors
/// When the search index, which the search contract is tried with, cannot be made.
pub fn findings(joined: &Joined, view: &View) -> Result<Vec<Diagnostic>> {
    let asked = check::asks_search(&joined.library);
    let answers = if asked { answers(joined, view, &|| true)? } else { None };
    Ok(findings_with(joined, view, &answers.unwrap_or_default()))
}

/// [`findings`], given what search answers to the queries that documents state.
pub fn findings_with(joined: &Joined, view: &View, answers: &[Answered]) -> Vec<Diagnostic> {
    check::all(&joined.library, view, answers, joined.findings.clone())
}

/// What search answers to all that documents state in `found_by`, with every document among those it looks at; `None`
/// when `go_on`, which is asked before each query, says no.
///
/// # Errors
/// When the search index cannot be made.
pub fn answers(
    joined: &Joined,
    view: &View,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Vec<Answered>>> {
    let highest = joined.library.config.classification.levels.last();
    let view = View {
        audience: None,
        publish_up_to: highest.cloned().unwrap_or_default(),
        drafts: true,
        ..view.clone()
    };
    let (library, stamp) = (joined.library.clone(), Stamp::default());
    let portal = link::portal(library, Vec::new(), Vec::new(), view, stamp);
    // The words of a theme of the repository's own change no more than names of folders in hits.
    let words = Theme::new(&portal.library.config.language, []).unwrap_or_default().words;
    search::contract(&portal, Wording(&words), go_on)
}

/// What the view may see, with every state as of its day, given what [`findings`] found.
pub fn view(joined: Joined, findings: Vec<Diagnostic>, view: View, stamp: Stamp) -> Portal {
    link::portal(joined.library, findings, joined.left_out, view, stamp)
}

/// Every page of the site.
pub fn plan(portal: &Portal, theme: &Theme) -> Site {
    render::plan(portal, theme)
}

/// Fills every template with everything it is filled with in a build, and keeps nothing: whether the theme would stop one.
///
/// # Errors
/// When a template is wrong.
pub fn try_templates(portal: &Portal, theme: &Theme, templates: &Templates) -> Result<()> {
    let site = plan(portal, theme);
    let mut pages: Vec<(&SitePath, &Page)> = site.0.iter().collect();
    pages.retain(|(_, page)| page.is_filled());
    pages
        .par_iter()
        .try_for_each(|(address, page)| render::page(portal, templates, address, page).map(|_| ()))
}

/// The search index of a portal as files of its site, with the engine that reads it. `offline` ships it whole, for a
/// large portal that is read from disk.
///
/// # Errors
/// When the index cannot be made.
pub fn search_files(portal: &Portal, theme: &Theme, offline: bool) -> Result<Site> {
    let wording = Wording(&theme.words);
    let mut titles = search::Titles::default();
    let sections = search::each_section(portal, wording).inspect(|section| titles.add(section));
    let packed = search::index(sections, &portal.library.config.language)?;
    let languages = (0..portal.library.framework.standards.len()).filter_map(|standard| {
        let language = portal.library.foreign_language(standard)?;
        Some((places::clause_folder(portal, standard), language.to_owned()))
    });
    let shipping = search::Shipping {
        theme,
        wording,
        due_soon: portal.view.due_soon_days,
        offline,
        languages: languages.collect(),
    };
    let files = search::files(packed, &titles, shipping).into_iter();
    let pages =
        files.filter_map(|(name, page)| Some((SitePath::new(&format!("search/{name}"))?, page)));
    Ok(Site(pages.collect()))
}

/// The bytes of one page: a pure function of the portal, the theme and the page. `source` is asked for attachments
/// only.
///
/// # Errors
/// When a template is wrong, or an attachment cannot be read.
pub fn bytes(
    portal: &Portal,
    theme: &Theme,
    templates: &Templates,
    source: &dyn Source,
    address: &SitePath,
    page: &Page,
) -> Result<Vec<u8>> {
    match page {
        Page::Export(export) => export::file(portal, templates.wording(), *export),
        Page::Attachment(path) => attach::file(source, path),
        Page::Diagram(id, index, appearance) => drawing(portal, *id, *index, *appearance),
        Page::Ready(bytes) => Ok(bytes.to_vec()),
        Page::Piece(piece) => Ok(search::script(piece)),
        Page::Static(name) => Ok(static_file(portal, theme, name)),
        page => render::page(portal, templates, address, page),
    }
}

/// A diagram of a document as an SVG file.
fn drawing(
    portal: &Portal,
    id: DocumentId,
    index: usize,
    appearance: Appearance,
) -> Result<Vec<u8>> {
    let document = &portal.library.entry(id).document;
    let drawing = document.diagrams.get(index).and_then(|diagram| diagram.drawing.as_ref());
    let Some(drawing) = drawing else {
        return Err(Failure::new(format!("`{}` has no diagram {}", document.path, index + 1)));
    };
    drawing.svg(appearance).map(String::into_bytes).map_err(|fault| {
        let name = appearance.name();
        let message =
            format!("cannot draw a diagram of `{}`, {name}: {}", document.path, fault.message);
        Failure::new(message).remedy("give the code block another language than `mermaid`")
    })
}

/// A file of the theme; the style sheet ends with the colour that is set.
pub(crate) fn static_file(portal: &Portal, theme: &Theme, name: &str) -> Vec<u8> {
    let mut bytes = theme.files.get(name).cloned().unwrap_or_default();
    if let ("style.css", Some(accent)) = (name, portal.library.config.brand.accent) {
        bytes.extend_from_slice(accent.css().as_bytes());
    }
    bytes
}

/// The file of the repository that a page is made from, for the manifest.
pub fn made_from(portal: &Portal, page: &Page) -> Option<String> {
    match page {
        Page::Document(id) | Page::Diagram(id, ..) | Page::Redirect(_, Some(id)) => {
            Some(portal.library.entry(*id).document.path.to_string())
        }
        Page::Attachment(path) => Some(path.to_string()),
        Page::Static(name) => Some(format!("theme/static/{name}")),
        _ => None,
    }
}
