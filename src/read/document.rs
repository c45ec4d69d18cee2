//! One document: front matter and body, and the rows of a register.

use std::ops::Range;
use std::sync::Arc;

use super::findings::Findings;
use super::{body, front_matter, register, split};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::{Claim, Document, FrontMatter, Typed};

/// The data file of a register: its path and its text.
pub(super) type Data = Option<(Arc<str>, Arc<str>)>;

/// Why the text of a data file is not there.
pub(super) enum NotLoaded {
    /// It does not lie in the content folder.
    Outside,
    /// It is in another encoding.
    NotUtf8,
    /// It cannot be read, or is too large.
    Unread(String),
}

/// What gives the text of the data file of a register by its path.
pub(super) type Load<'l> = &'l dyn Fn(&str) -> std::result::Result<Arc<str>, NotLoaded>;

/// Reads a document; `load` gives the text of the data file of a register.
pub(super) fn read(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    load: Load,
) -> (Document, Vec<Diagnostic>, Data) {
    let mut findings = Findings::new(path);
    let from = if text.starts_with('\u{feff}') {
        findings
            .push("byte-order-mark", 0..3, "the file begins with a byte-order mark")
            .hint("save it as UTF-8 without one");
        3
    } else {
        0
    };
    let mut body = from;
    let mut top = front_matter::Read { broken: true, ..front_matter::Read::default() };
    match split::split(text, from) {
        split::Split::Empty => {
            findings
                .push("empty-file", from..from, "the file is empty")
                .hint("write the document, or delete the file");
        }
        split::Split::Plain => {
            let line =
                from..from + text[from..].lines().next().map_or(0, |line| line.trim_end().len());
            let below = text[from..].trim_start().lines().next().unwrap_or_default().trim_end();
            let blank = text[line.clone()].trim().is_empty();
            let hint = if blank && ["---", "+++"].contains(&below) {
                format!("take out what stands above `{below}`: it is to be the first line")
            } else {
                "begin it with a line `---`, one `key: value` a line, and a line `---`".to_owned()
            };
            findings.push("no-front-matter", line, "the file has no front matter").hint(hint);
        }
        split::Split::Unclosed { fence } => {
            findings
                .push(
                    "unclosed-front-matter",
                    from..from + fence.len(),
                    "the front matter has no end",
                )
                .hint(format!("close it with a line `{fence}` behind its last key"));
        }
        split::Split::Cut { language, inside, body: after, dots } => {
            if let Some(dots) = dots {
                findings
                    .push("front-matter-end", dots, "the front matter is closed by `...`")
                    .hint("close it with a line `---`");
            }
            top = front_matter::read(text, language, inside, config, &mut findings);
            front_matter::behind(text, after, &mut findings);
            body = after;
        }
    }
    let read = body::read(text, body, config, &mut findings);
    let front_matter::Read { mut front_matter, data, columns, broken } = top;
    if broken {
        front_matter.classification = front_matter::label_of_broken(text, config);
    }
    let (register, data) = match data {
        Some(data) => rows(path, data, columns, load, &mut findings),
        None => (None, None),
    };
    let claims = front_matter_claims(&front_matter).chain(read.claims).collect();
    let document = Document {
        path: Arc::clone(path),
        text: Arc::clone(text),
        body,
        front_matter,
        broken,
        preface: read.preface,
        sections: read.sections,
        links: read.links,
        claims,
        code_blocks: read.code_blocks,
        diagrams: read.diagrams,
        guidance: read.guidance,
        comments: read.comments,
        ordered_lists: read.prose.ordered_lists,
        bold: read.prose.bold,
        long_sentences: read.prose.long_sentences,
        html_anchors: read.html_anchors,
        register,
        words: read.words,
        says: read.says,
    };
    (document, findings.list, data)
}

fn front_matter_claims(front_matter: &FrontMatter) -> impl Iterator<Item = Claim> {
    front_matter.clauses.iter().map(|Typed { value, range }| Claim {
        clause: value.clone(),
        section: None,
        range: range.clone(),
        is_of_nothing: false,
    })
}

/// The rows of a register, from the data file that stands at `data` beside the document.
fn rows(
    document: &str,
    data: Typed<String>,
    columns: Vec<crate::register::Column>,
    load: Load,
    findings: &mut Findings,
) -> (Option<crate::register::Register>, Data) {
    let Typed { value, range } = data;
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(path) = crate::source::join(folder, &value) else {
        findings
            .push("data-file", range, format!("`{value}` leaves the repository"))
            .hint("name a file beside the register");
        return (None, None);
    };
    if path.split('/').any(|part| part.starts_with('.')) {
        findings
            .push("data-file", range, format!("`{value}` is hidden"))
            .hint("move it, or rename it without the dot");
        return (None, None);
    }
    let unread = |why: &str| format!("the data file `{value}` cannot be read: {why}");
    let (message, hint) = match load(&path) {
        Ok(text) => return read_rows(path, &text, columns, findings),
        Err(NotLoaded::Outside) => (
            format!("`{value}` lies outside the content folder"),
            "put the file itself into the folder of the register, and write its name",
        ),
        Err(NotLoaded::NotUtf8) => {
            (unread("it is not UTF-8"), "save it as UTF-8: spreadsheets call it \"CSV UTF-8\"")
        }
        Err(NotLoaded::Unread(why)) => (unread(&why), "name a CSV file beside the register"),
    };
    findings.push("data-file", range, message).hint(hint);
    (None, None)
}

/// The rows of a register from the text of its data file.
fn read_rows(
    path: String,
    text: &str,
    columns: Vec<crate::register::Column>,
    findings: &mut Findings,
) -> (Option<crate::register::Register>, Data) {
    let path: Arc<str> = path.into();
    let mut within = Findings::new(&path);
    let text: Arc<str> = super::characters::shown(text, &mut within).into();
    let register = register::read(&path, &text, columns, &mut within);
    findings.list.extend(within.list);
    (Some(register), Some((path, text)))
}

/// The finding of a variable that is not known, in the front matter or in the text.
pub(super) fn unknown_variable(
    findings: &mut Findings,
    range: Range<usize>,
    name: &str,
    config: &Config,
) {
    let can_be_set = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    findings.push("unknown-variable", range, format!("`{name}` is not a variable")).suggest(
        name,
        config.variables.keys().map(String::as_str),
        if can_be_set {
            "add it to `[variables]` of clausebook.toml"
        } else {
            "put it into code if it is to be shown as it stands, else take it out"
        },
    );
}
