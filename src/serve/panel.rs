//! What serve puts on a page beside what a build publishes: the panel of what is wrong, and the script that keeps the
//! page current.

use std::fmt::Write;

use crate::address::percent_encoded;
use crate::diagnostic::{Diagnostic, Severity};
use crate::failure::Failure;
use crate::html::escape;
use crate::portal::Portal;
use crate::site::Page;
use crate::words::Words;

use super::shown::{Shown, tag};

/// How many findings a page lists; the terminal has all.
const LISTED: usize = 50;

/// The address of the script, of its style, and what both begin with: no page of a portal is hidden.
pub(super) const SCRIPT: &str = "/-/serve.js";
pub(super) const STYLE: &str = "/-/serve.css";

/// The editors whose addresses are known, each with the way it writes them.
pub const EDITORS: [(&str, &str); 9] = [
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscode-insiders", "vscode-insiders://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("sublime", "subl://open?url=file://{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("macvim", "mvim://open?url=file://{path}&line={line}&column={column}"),
];

/// What panels are made with.
pub(super) struct Desk<'a> {
    pub(super) shown: &'a Shown,
    /// The repository, absolute, with `/`.
    pub(super) root: &'a str,
    /// The address that opens a file in the author's editor.
    pub(super) editor: Option<&'a str>,
}

/// A page of HTML with what serve adds to it. `failure` says why the theme of now could not fill it.
pub(super) fn add(
    desk: &Desk,
    html: &[u8],
    page: Option<&Page>,
    failure: Option<&Failure>,
) -> Vec<u8> {
    let theme = &desk.shown.look.theme;
    let panel = panel(desk, page, failure);
    let statics = |ending: &str| -> Vec<u8> {
        let names = theme.files.keys().filter(|name| name.ends_with(ending));
        names.flat_map(|name| crate::static_file(&desk.shown.portal, theme, name)).collect()
    };
    let head = format!(
        "<link rel=\"stylesheet\" href=\"{STYLE}\"><script defer src=\"{SCRIPT}\" data-page=\"{}\" data-styles=\"{}\" data-scripts=\"{}\"></script>\n",
        tag(&[html, panel.as_bytes()].concat()),
        tag(&statics(".css")),
        tag(&statics(".js")),
    );
    let mut out = Vec::with_capacity(html.len() + head.len() + panel.len());
    let head_end = find(html, b"</head>").unwrap_or(0);
    // Before all others: it keeps what was served, of which they make something else.
    let first = find(&html[..head_end], b"<script").unwrap_or(head_end);
    let body_end = rfind(html, b"</body>").filter(|end| *end >= head_end).unwrap_or(html.len());
    out.extend_from_slice(&html[..first]);
    out.extend_from_slice(head.as_bytes());
    out.extend_from_slice(&html[first..body_end]);
    out.extend_from_slice(panel.as_bytes());
    out.extend_from_slice(&html[body_end..]);
    out
}

fn find(html: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(html, what)
}

fn rfind(html: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(html, what)
}

/// The panel of a page; nothing when there is nothing to say.
fn panel(desk: &Desk, page: Option<&Page>, failure: Option<&Failure>) -> String {
    let shown = desk.shown;
    let words = &shown.look.theme.words;
    let mut items = String::new();
    let mut worst = Severity::Info;
    for trouble in shown.troubles.iter().map(|trouble| &trouble.0).chain(failure) {
        worst = Severity::Error;
        let _ =
            write!(items, "<li class=\"error\"><p><strong>{}</strong></p>", word(words, "trouble"));
        let _ = write!(items, "<pre>{}</pre></li>", escaped(&trouble.to_string()));
    }
    if let Some(path) = stale(shown, page) {
        worst = Severity::Error;
        let text = words.say("serve.stale", &[("path", path)]);
        let _ =
            write!(items, "<li class=\"error\"><p><strong>{}</strong></p></li>", escaped(&text));
    }
    let (found, more) = concerning(&shown.portal, page);
    for finding in &found {
        worst = worst.max(finding.severity);
        item(desk, finding, &mut items);
    }
    if more > 0 {
        let text = words.count("serve.more", more);
        let _ = write!(items, "<li><p>{}</p></li>", escaped(&text));
    }
    if items.is_empty() {
        return String::new();
    }
    // What is to be reviewed somewhere lies over no page that is about everything.
    let opens = if lists_all(page) { Severity::Error } else { Severity::Warning };
    let open = if worst >= opens { " open" } else { "" };
    let title = words.count("serve.findings", found.len() + more);
    let title = if found.is_empty() { word(words, "title") } else { escaped(&title) };
    format!(
        "<aside id=\"cb-serve\" class=\"{}\" aria-label=\"{}\"><details{open}><summary>{title}</summary><ul>{items}</ul></details></aside>\n",
        worst.word(),
        word(words, "label"),
    )
}

fn word(words: &Words, key: &str) -> String {
    escaped(&words.get(&format!("serve.{key}")))
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}

/// The path of the document of the page, when it is shown as it last could be read.
fn stale<'a>(shown: &'a Shown, page: Option<&Page>) -> Option<&'a str> {
    let Some(Page::Document(id)) = page else { return None };
    let path = &shown.portal.library.entry(*id).document.path;
    shown.stale.get(path).map(|path| &**path)
}

/// True for the pages that list what is wrong anywhere.
fn lists_all(page: Option<&Page>) -> bool {
    matches!(page, None | Some(Page::Home | Page::About(_) | Page::NotFound))
}

/// The findings that concern a page, the weightiest first, and how many more there are. Home, the page about the build
/// and the page for missing addresses list all but notes.
fn concerning<'a>(portal: &'a Portal, page: Option<&Page>) -> (Vec<&'a Diagnostic>, usize) {
    let library = &portal.library;
    let content = |name: &str| match &*library.content {
        "" => name.to_owned(),
        content => format!("{content}/{name}"),
    };
    let is = |finding: &Diagnostic, name: &str| *finding.span.path == *content(name);
    let below =
        |finding: &Diagnostic, folder: &str| finding.span.path.starts_with(&content(folder));
    let concerns = |finding: &Diagnostic| match page {
        _ if lists_all(page) => finding.severity > Severity::Info,
        Some(Page::Document(id)) => {
            let document = &library.entry(*id).document;
            let rows = document.register.as_ref().map(|register| &*register.path);
            *finding.span.path == *document.path || rows == Some(&*finding.span.path)
        }
        Some(Page::Roles | Page::Role(_)) => is(finding, "roles.yaml"),
        Some(Page::Glossary) => is(finding, "glossary.yaml"),
        Some(Page::Plan(_)) => is(finding, "plan.yaml"),
        Some(Page::Assessments) => below(finding, "assessments/"),
        Some(Page::Checklists) => below(finding, "checklists/"),
        Some(Page::Clauses(standard) | Page::Clause(standard, _) | Page::Matrix(standard)) => {
            let standard = library.framework.standards.get(*standard);
            standard.is_some_and(|standard| standard.path == finding.span.path)
        }
        _ => false,
    };
    let mut found: Vec<&Diagnostic> = portal.findings.iter().filter(|one| concerns(one)).collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let more = found.len().saturating_sub(LISTED);
    found.truncate(LISTED);
    (found, more)
}

fn item(desk: &Desk, finding: &Diagnostic, out: &mut String) {
    let library = &desk.shown.portal.library;
    let place = library.texts.place(&finding.span.path, finding.span.start);
    let text = format!("{}:{}:{}", finding.span.path, place.line, place.column);
    let class = finding.severity.word();
    let _ = write!(
        out,
        "<li class=\"{class}\"><p><strong>{class}[{}]</strong> {}</p><p class=\"place\">",
        finding.rule,
        escaped(&finding.message)
    );
    let _ = match link(desk, &finding.span.path, place.line, place.column) {
        Some(link) => write!(out, "<a href=\"{}\">{}</a></p>", escaped(&link), escaped(&text)),
        None => write!(out, "<code>{}</code></p>", escaped(&text)),
    };
    if let Some(hint) = &finding.hint {
        let _ = write!(out, "<p class=\"hint\">{}</p>", escaped(hint));
    }
    out.push_str("</li>");
}

/// The address that opens a place of a file in the editor.
fn link(desk: &Desk, path: &str, line: usize, column: usize) -> Option<String> {
    let template = desk.editor?;
    let whole = format!("{}/{path}", desk.root.trim_end_matches('/'));
    // A drive of Windows stands behind a slash, too.
    let whole = if whole.starts_with('/') { whole } else { format!("/{whole}") };
    Some(
        template
            .replace("{path}", &percent_encoded(&whole, "/:"))
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_editor_is_told_file_line_and_column() {
        for (name, template) in EDITORS {
            for part in ["{path}", "{line}", "{column}"] {
                assert!(template.contains(part), "{name}: {part}");
            }
        }
    }
}
