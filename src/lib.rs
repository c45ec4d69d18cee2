//! Clausebook turns a repository of Markdown documents into the portal of a service management system.
//!
//! [`read`] turns files into documents, [`link`] joins them into one library, [`check`] reports what breaks a
//! rule, and [`link`] again reckons what one view may see of it on its day. [`render`] lists the pages of the portal
//! and makes the bytes of one, [`export`] those of files for other programs, [`mod@write`] puts them on disk. [`join`],
//! [`findings`], [`view`], [`plan`] and [`bytes`] below are that way in a few lines.

// The nouns: data that every stage shares, in reading order.
pub mod failure;
pub mod source;
pub mod diagnostic;
pub mod period;
pub mod standard;
pub mod document;
pub mod register;
pub mod vocabulary;
pub mod implementation;
pub mod assessment;
pub mod checklist;
pub mod config;
pub mod address;
pub mod html;
pub mod markdown;
pub mod portal;
pub mod numbering;
pub mod site;
pub mod embedded;
pub mod words;
pub mod wording;
pub mod theme;
pub mod files;

// The stages, in the order in which data passes them.
pub mod read;
pub mod link;
pub mod check;
pub mod render;
pub mod export;
pub mod attach;
pub mod write;
pub mod report;

// What joins the stages beside this file.
pub mod cli;

use std::sync::Arc;

use address::SitePath;
use config::Config;
use diagnostic::Diagnostic;
use failure::{Failure, Result};
use portal::{LeftOut, Library, Portal, Stamp, View};
use render::Templates;
use site::{Page, Site};
use source::Source;
use theme::Theme;

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
    let mut read = read::documents(source, content, config)?;
    if read.framework.standard(&config.standard).is_none() {
        let built_in = read::documents(&embedded::standards(content), content, config)?;
        read.framework.add(built_in.framework.standards, &config.standard);
        read.texts.0.extend(built_in.texts.0);
    }
    if read.framework.standard(&config.standard).is_none() {
        let known: Vec<&str> =
            read.framework.standards.iter().map(|standard| standard.id.as_str()).collect();
        return Err(Failure::new(format!("no standard has the id `{}`", config.standard))
            .remedy(format!("set `standard` in clausebook.toml to one of {}", known.join(", "))));
    }
    read.check_editions();
    let read::Read { documents, framework, files, texts, findings, left_out } = read;
    let input =
        link::Input { documents, framework: Arc::new(framework), files, texts: Arc::new(texts) };
    Ok(Joined { library: link::library(input, config, content), findings, left_out })
}

/// Everything that is wrong on the day of the view, whoever may see it: what authors are told.
pub fn findings(joined: &Joined, view: &View) -> Vec<Diagnostic> {
    check::all(&joined.library, view, joined.findings.clone())
}

/// What the view may see, with every state as of its day, given what [`findings`] found.
pub fn view(joined: Joined, findings: Vec<Diagnostic>, view: View, stamp: Stamp) -> Portal {
    link::portal(joined.library, findings, joined.left_out, view, stamp)
}

/// Every page of the site.
pub fn plan(portal: &Portal, theme: &Theme) -> Site {
    render::plan(portal, theme)
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
        Page::Static(name) => Ok(theme.files.get(name).cloned().unwrap_or_default()),
        page => render::page(portal, templates, address, page),
    }
}

/// The file of the repository that a page is made from, for the manifest.
pub fn made_from(portal: &Portal, page: &Page) -> Option<String> {
    match page {
        Page::Document(id) => Some(portal.library.entry(*id).document.path.to_string()),
        Page::Attachment(path) => Some(path.to_string()),
        Page::Static(name) => Some(format!("theme/static/{name}")),
        _ => None,
    }
}
