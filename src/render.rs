//! Portal to pages, page to bytes.
//!
//! [`plan()`] lists every page as a small value; [`page`] makes the bytes of one. A build asks for all of them, a
//! server for the one that is wanted: both get the same bytes.

mod about;
mod body;
mod cards;
mod changes;
mod charts;
mod clauses;
mod dashboard;
mod dates;
mod document;
mod find;
mod highlight;
mod home;
mod icons;
mod lists;
mod matrix;
mod navigation;
mod plan;
mod progress;
mod reviews;
mod roles;
mod scripts;
mod shell;
mod table;
mod view;

use std::collections::BTreeSet;

use tera::{Context, Tera};

use crate::address::SitePath;
use crate::document::{Passage, Status};
use crate::failure::{Failure, Result};
use crate::html::escape;
use crate::portal::{DocumentId, Entry, Portal};
use crate::site::Page;
use crate::theme::Theme;
use crate::wording::Wording;
use crate::words::Words;
use view::Mark;

pub use plan::plan;

/// What most pages fill, in bytes.
const USUAL_PAGE: usize = 32 * 1024;

/// The templates of a theme, ready to be filled in.
pub struct Templates {
    tera: Tera,
    icons: icons::Icons,
    words: Words,
    /// The names of those that are not built in.
    overridden: BTreeSet<String>,
}

impl Templates {
    /// Compiles the templates of a theme.
    ///
    /// # Errors
    /// When a template is wrong: with its file, line and column; or a sign is none.
    pub fn compile(theme: &Theme) -> Result<Self> {
        let mut tera = Tera::new();
        tera.autoescape_on(["html"]);
        tera.register_filter("icon", icons::filter);
        tera.register_filter("dated", dates::filter(theme.words.clone()));
        let templates: Vec<(&str, &str)> =
            theme.templates.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        tera.add_raw_templates(templates)
            .map_err(|error| template_failure(&error, &theme.overridden, None))?;
        tera.global_context().insert("words", &theme.words.tree());
        let icons = icons::Icons::read(&theme.icons)?;
        Ok(Self { tera, icons, words: theme.words.clone(), overridden: theme.overridden.clone() })
    }

    /// States and reasons in the words of the theme.
    pub fn wording(&self) -> Wording<'_> {
        Wording(&self.words)
    }

    fn fill<T: serde::Serialize>(&self, template: &str, view: &T) -> Result<Vec<u8>> {
        let failure =
            |error: tera::Error| template_failure(&error, &self.overridden, Some(template));
        let context = Context::from_serialize(view).map_err(failure)?;
        let mut html = Vec::with_capacity(USUAL_PAGE);
        self.tera.render_to(template, &context, &mut html).map_err(failure)?;
        self.icons.draw(&mut html);
        // What keeps small pages, as `serve` does, is not to keep the room of large ones.
        if html.len() < USUAL_PAGE / 2 {
            html.shrink_to_fit();
        }
        Ok(html)
    }
}

/// Tera names the template, line and column in its report, if it knows them. A built-in template fails where one of the
/// theme's own took from it what it needs.
fn template_failure(
    error: &tera::Error,
    overridden: &BTreeSet<String>,
    page: Option<&str>,
) -> Failure {
    let mut message = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        message = format!("{message}: {cause}");
        source = cause.source();
    }
    let message = message.trim().trim_start_matches("error: ");
    let arrow = message.split_once("--> ");
    let place = arrow.and_then(|(_, place)| place.split(':').next());
    match place {
        Some(name) if overridden.contains(name) => {
            let message = message.replacen("--> ", "--> theme/templates/", 1);
            Failure::new(message)
                .remedy("correct the template, or delete it to use the built-in one")
        }
        Some(name) if !overridden.is_empty() => {
            let own: Vec<String> =
                overridden.iter().map(|name| format!("`theme/templates/{name}`")).collect();
            Failure::new(message).remedy(format!(
                "the built-in `{name}` needs what one of your own templates left out: compare {} with the built-in ones",
                own.join(", ")
            ))
        }
        Some(_) => {
            Failure::new(message).remedy("compare the words of your theme with the built-in ones")
        }
        None => {
            let page = page.map_or_else(String::new, |page| format!("{page}: "));
            Failure::new(format!("theme/templates: {page}{message}"))
                .remedy("correct the template, or delete it to use the built-in one")
        }
    }
}

/// The bytes of the page at `address`.
///
/// # Errors
/// When a template is wrong, or the page is none of ours: a static file, an attachment, an export.
pub fn page(
    portal: &Portal,
    templates: &Templates,
    address: &SitePath,
    page: &Page,
) -> Result<Vec<u8>> {
    let make = Make { portal, words: &templates.words, wording: templates.wording(), address };
    match page {
        Page::Home => templates.fill("home.html", &make.home()),
        Page::Document(id) => templates.fill("document.html", &make.document(*id)),
        Page::Folder(folder) => templates.fill("folder.html", &make.folder(folder)),
        Page::Register => templates.fill("register.html", &make.register()),
        Page::Clauses(standard) => templates.fill("clauses.html", &make.clauses(*standard)),
        Page::Clause(standard, number) => match make.clause(*standard, number) {
            Some(view) => templates.fill("clause.html", &view),
            None => Err(Failure::new(format!("there is no clause {number}"))),
        },
        Page::Matrix(standard) => templates.fill("matrix.html", &make.matrix(*standard)),
        Page::Reviews => templates.fill("reviews.html", &make.reviews()),
        Page::Roles => templates.fill("roles.html", &make.roles()),
        Page::Role(role) => templates.fill("role.html", &make.role(*role)),
        Page::Glossary => templates.fill("glossary.html", &make.glossary()),
        Page::Registers => templates.fill("registers.html", &make.registers()),
        Page::Plan(grouping) => templates.fill("plan.html", &make.plan(*grouping)),
        Page::Assessments => templates.fill("assessments.html", &make.assessments()),
        Page::Checklists => templates.fill("checklists.html", &make.checklists()),
        Page::Changes => templates.fill("changes.html", &make.changes()),
        Page::Dashboard => templates.fill("dashboard.html", &make.dashboard()),
        Page::Script(script) => Ok(make.script(*script, &templates.icons).into_bytes()),
        Page::About(commit) => templates.fill("about.html", &make.about(commit.as_ref())),
        Page::NotFound => templates.fill("404.html", &make.not_found()),
        Page::Redirect(to, _) => templates.fill("redirect.html", &make.redirect(to)),
        Page::Search => templates.fill("search.html", &make.search()),
        Page::Alphabet => templates.fill("a-z.html", &make.alphabet()),
        Page::Diagram(..) => Err(Failure::new(format!("`{address}` is a diagram, no page"))),
        Page::Ready(_) | Page::Piece(_) => {
            Err(Failure::new(format!("`{address}` is a part of the search, no page")))
        }
        Page::Static(name) => Err(Failure::new(format!("`{name}` is a static file, no page"))),
        Page::Attachment(path) => Err(Failure::new(format!("`{path}` is an attachment, no page"))),
        Page::Export(_) => Err(Failure::new(format!("`{address}` is an export, no page"))),
    }
}

/// What every page is made from.
#[derive(Clone, Copy)]
struct Make<'a> {
    portal: &'a Portal,
    words: &'a Words,
    wording: Wording<'a>,
    address: &'a SitePath,
}

impl Make<'_> {
    /// A passage of a document as plain text.
    fn passage(&self, entry: &Entry, text: &Passage) -> String {
        self.wording.passage(self.portal, entry, text)
    }
}

/// The content folder of a portal: where the documents' paths begin.
fn content_folder(portal: &Portal) -> &str {
    &portal.library.content
}

/// The word for a document that is not in force, at every mention (contracts 6).
fn mark(portal: &Portal, words: &Words, id: DocumentId) -> Option<Mark> {
    let document = &portal.library.entry(id).document;
    let state = portal.state(id);
    let key = match document.status() {
        Some(Status::Retired) => "mark.retired",
        Some(Status::Approved) if state.in_force => return None,
        Some(Status::Approved) => "mark.not-yet",
        Some(Status::Draft) => "mark.draft",
        Some(Status::InReview) => "mark.in-review",
        None => "mark.none",
    };
    let until = (key == "mark.not-yet").then_some(state.until).flatten();
    Some(Mark { text: words.get(key), until: until.map(|until| until.to_string()) })
}
