//! One file of the content folder: what it is, its text, what it holds.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io::ErrorKind;
use std::string::FromUtf8Error;
use std::sync::Arc;

use super::document::{self, Data, NotLoaded};
use super::findings::Findings;
use super::{characters, data, front_matter, progress};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::picture::{LOOKED_AT, Opened, Pixels};
use crate::site::{PICTURES, ending, is_attachable};
use crate::source::{Entry, EntryKind, Skipped, Source};

/// What became of one file.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) path: Arc<str>,
    pub(super) text: Option<Arc<str>>,
    /// The text as it lies there, where it is not shown as it lies.
    pub(super) typed: Option<Arc<str>>,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) content: Content,
    /// The other files that it was read with: the data file of a register, there or not.
    pub(super) with: Vec<String>,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Document(Arc<Document>, Data),
    Standard(crate::standard::Standard),
    Roles(Vec<crate::vocabulary::Role>),
    Terms(Vec<crate::vocabulary::Term>),
    Plan(crate::implementation::ImplementationPlan),
    Assessment(crate::assessment::Assessment),
    Checklist(crate::checklist::Checklist),
    /// Read only when a document links to it.
    Other(Opened),
    /// A document that could not be read, with its handling label if that can be told.
    Unreadable(Option<String>),
    /// Something that is skipped, or a data file that could not be read.
    Nothing,
}

/// What a file of the content folder is, by its name.
enum Kind {
    Document,
    Standard,
    Roles,
    Glossary,
    Plan,
    Assessment,
    Checklist,
    Other,
}

fn kind(path: &str, content: &str) -> Kind {
    let within = crate::places::relative(path, content);
    match within {
        "roles.yaml" => Kind::Roles,
        "glossary.yaml" => Kind::Glossary,
        "plan.yaml" => Kind::Plan,
        _ if within.ends_with(".md") => Kind::Document,
        _ if !within.ends_with(".yaml") => Kind::Other,
        _ if within.starts_with("standards/") => Kind::Standard,
        _ if within.starts_with("assessments/") => Kind::Assessment,
        _ if within.starts_with("checklists/") => Kind::Checklist,
        _ => Kind::Other,
    }
}

/// True for a name that another system would take for Markdown.
fn nearly_a_document(path: &str) -> bool {
    let others = ["md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdx", "rst", "adoc"];
    others.contains(&&*ending(path))
}

/// The name by which a file of the content folder would be read as data, if it nearly has it: `roles.yaml` for
/// `Roles.yml`.
fn nearly_data(path: &str, content: &str) -> Option<String> {
    let within = crate::places::relative(path, content);
    let stem = within.strip_suffix(".yml").or_else(|| within.strip_suffix(".yaml"))?;
    let lower = stem.to_lowercase();
    let (folder, name) = match stem.split_once('/') {
        Some((folder, name)) => (folder.to_lowercase(), name),
        None => {
            return ["roles", "glossary", "plan"]
                .contains(&&*lower)
                .then(|| format!("{lower}.yaml"));
        }
    };
    let known = ["standards", "assessments", "checklists"].contains(&&*folder);
    known.then(|| format!("{folder}/{name}.yaml"))
}

/// Reads one entry of the content folder.
pub(super) fn read(source: &dyn Source, content: &str, entry: &Entry, config: &Config) -> File {
    let path: Arc<str> = entry.path.as_str().into();
    let mut findings = Findings::new(&path);
    let kind = kind(&path, content);
    let size = match &entry.kind {
        EntryKind::File { size, modified: _ } => *size,
        EntryKind::Skipped(why) => {
            skipped(why, &path, &mut findings);
            // What would have been a document is missing from the portal; the page about the build says so.
            let lost = matches!(kind, Kind::Document) && !matches!(why, Skipped::Hidden);
            let content = if lost { Content::Unreadable(None) } else { Content::Nothing };
            return File::new(path, None, findings, content);
        }
    };
    if let Kind::Other = kind {
        if nearly_a_document(&path) {
            findings
                .push(
                    "skipped-file",
                    0..0,
                    format!("`{path}` does not end in `.md` and is no document"),
                )
                .hint("rename it so that it ends in `.md`");
        }
        if let Some(name) = nearly_data(&path, content) {
            findings
                .push("skipped-file", 0..0, format!("`{path}` is not read"))
                .hint(format!("name it `{name}`: letter case counts"));
        }
        let ending = ending(&path);
        if ending == "svg" && size <= config.build.max_file_bytes {
            picture(source, &path, &mut findings);
        }
        let opened = opened(source, &path, &ending, &mut findings);
        return File::new(path, None, findings, Content::Other(opened));
    }
    let (text, typed) = match read_text(source, &path, size, config, &mut findings) {
        Ok(Text { shown, typed }) => (shown, typed),
        Err(Unread { shown, label }) => {
            let content = match kind {
                Kind::Document => Content::Unreadable(label),
                _ => Content::Nothing,
            };
            return File::new(path, shown, findings, content);
        }
    };
    let with = RefCell::new(Vec::new());
    let content = match kind {
        Kind::Document => {
            let load = |path: &str| {
                with.borrow_mut().push(path.to_owned());
                load(source, content, path, config)
            };
            let (document, found, data) = document::read(&path, &text, config, &load);
            findings.list.extend(found);
            Content::Document(Arc::new(document), data)
        }
        Kind::Standard => {
            data::standard(&path, &text, &mut findings).map_or(Content::Nothing, Content::Standard)
        }
        Kind::Roles => Content::Roles(data::roles(&path, &text, &mut findings)),
        Kind::Glossary => Content::Terms(data::terms(&path, &text, &mut findings)),
        Kind::Plan => {
            progress::plan(&path, &text, &mut findings).map_or(Content::Nothing, Content::Plan)
        }
        Kind::Assessment => progress::assessment(&path, &text, &mut findings)
            .map_or(Content::Nothing, Content::Assessment),
        Kind::Checklist => progress::checklist(&path, &text, &mut findings)
            .map_or(Content::Nothing, Content::Checklist),
        Kind::Other => Content::Nothing,
    };
    File { typed, with: with.into_inner(), ..File::new(path, Some(text), findings, content) }
}

impl File {
    fn new(path: Arc<str>, text: Option<Arc<str>>, findings: Findings, content: Content) -> Self {
        Self { path, text, typed: None, findings: findings.list, content, with: Vec::new() }
    }
}

/// The words of why something is skipped.
fn skipped(why: &Skipped, path: &str, findings: &mut Findings) {
    let (rule, message, hint) = match why {
        Skipped::Hidden => (
            "skipped-file",
            format!("`{path}` is hidden and was skipped"),
            "move it out of the content folder, or rename it without the dot",
        ),
        Skipped::Special => (
            "skipped-file",
            format!("`{path}` is not a regular file and was skipped"),
            "replace the pipe, socket or device with a file",
        ),
        Skipped::LeavesRepository => (
            "skipped-file",
            format!("`{path}` is a link that leaves the repository and was skipped"),
            "copy what it points to into the repository",
        ),
        Skipped::LeadsToHidden => (
            "skipped-file",
            format!("`{path}` is a link to what is hidden and was skipped"),
            "remove the link, or copy what it points to into the content folder",
        ),
        Skipped::LeavesContent => (
            "skipped-file",
            format!("`{path}` is a link that leaves the content folder and was skipped"),
            "copy what it points to into the content folder",
        ),
        Skipped::OtherKind => (
            "skipped-file",
            format!("`{path}` is a link to a file of another kind and was skipped"),
            "give it the ending of the file that it points to",
        ),
        Skipped::Again => (
            "skipped-file",
            format!("`{path}` is one more link to a folder that is read already and was skipped"),
            "remove the link",
        ),
        Skipped::Loop => (
            "skipped-file",
            format!("`{path}` is a link to a folder that holds it and was skipped"),
            "remove the link",
        ),
        Skipped::Dangling => (
            "unreadable",
            format!("`{path}` is a link to nothing"),
            "remove the link, or put back what it points to",
        ),
        Skipped::NameNotUtf8 => {
            ("unreadable", format!("the name of `{path}` is not UTF-8"), "rename the file")
        }
        Skipped::Unreadable(error) => (
            "unreadable",
            format!("`{path}` cannot be read: {error}"),
            "check the permissions of the file",
        ),
    };
    findings.push(rule, 0..0, message).hint(hint);
}

/// Opens a file that could be attached; of a picture of pixels its beginning is looked at.
fn opened(source: &dyn Source, path: &str, ending: &str, findings: &mut Findings) -> Opened {
    if !is_attachable(path) {
        return Ok(None);
    }
    // What is drawn by lines has no pixels.
    let of_pixels = ending != "svg" && PICTURES.contains(&ending);
    let most = if of_pixels { LOOKED_AT } else { 1 };
    let beginning = source.beginning(path, most).map_err(|error| error.to_string())?;
    if !of_pixels {
        return Ok(None);
    }
    no_picture(path, &beginning, findings);
    Ok(Pixels::of(&beginning))
}

/// Of a picture that is published only what is known to be harmless: whether there is anything.
fn picture(source: &dyn Source, path: &str, findings: &mut Findings) {
    // Whether it can be read at all is told where a document leads to it.
    let Ok(bytes) = source.read(path) else { return };
    match String::from_utf8(bytes) {
        Err(error) => {
            not_utf8(error.as_bytes(), findings);
        }
        Ok(text)
            if !text.split_once(crate::svg::START).is_some_and(|(_, svg)| svg.contains('>')) =>
        {
            findings
                .push("attachment-kind", 0..0, format!("there is no picture in `{path}`"))
                .hint("save it as plain SVG, whose first element is `<svg …>`");
        }
        Ok(_) => {}
    }
}

/// A file that is called a picture and holds nothing, text, or what Git leaves in the place of one.
fn no_picture(path: &str, beginning: &[u8], findings: &mut Findings) {
    let hint = if beginning.is_empty() {
        "the file is empty: save the picture again"
    } else if beginning.starts_with(b"version https://git-lfs") {
        "it stands for a picture that Git keeps elsewhere: run `git lfs pull`"
    } else if crate::picture::is_text(beginning) {
        "the file holds text: save the picture again"
    } else {
        return;
    };
    findings.push("attachment-kind", 0..0, format!("there is no picture in `{path}`")).hint(hint);
}

/// The text of a file. Where there is none a finding says why, and what can be shown of the file comes back.
fn read_text(
    source: &dyn Source,
    path: &Arc<str>,
    size: u64,
    config: &Config,
    findings: &mut Findings,
) -> std::result::Result<Text, Unread> {
    let limit = config.build.max_file_bytes;
    if size > limit {
        let (size, limit) = (megabytes(size), megabytes(limit));
        findings
            .push(
                "too-large",
                0..0,
                format!("the file has {size} MB, more than the {limit} MB that are read"),
            )
            .hint("split it, or raise `max_file_mb` in `[build]` of clausebook.toml");
        // How far it may be shown stands at its beginning.
        let beginning = source.beginning(path, BEGINNING).unwrap_or_default();
        let label = label_of(&beginning, config);
        return Err(Unread { shown: None, label });
    }
    let bytes = match source.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings.push("unreadable", 0..0, format!("`{path}` cannot be read: {error}")).hint(
                match error.kind() {
                    ErrorKind::PermissionDenied => "check the permissions of the file",
                    ErrorKind::InvalidInput => "put the file itself into the content folder",
                    ErrorKind::InvalidFilename => "shorten its name, or those of its folders",
                    _ => "look whether other programs can read it",
                },
            );
            return Err(Unread::default());
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            let cleaned = match characters::shown(&text, findings) {
                Cow::Borrowed(_) => None,
                Cow::Owned(cleaned) => Some(cleaned),
            };
            Ok(match cleaned {
                None => Text { shown: text.into(), typed: None },
                Some(cleaned) => Text { shown: cleaned.into(), typed: Some(text.into()) },
            })
        }
        other => {
            let bytes = other.map_or_else(FromUtf8Error::into_bytes, String::into_bytes);
            let label = label_of(&bytes, config);
            Err(Unread { shown: not_utf8(&bytes, findings), label })
        }
    }
}

/// How much of a file that is too large is read for its label, in bytes.
const BEGINNING: usize = 64 * 1024;

/// How far a document may be shown whose text cannot be read.
fn label_of(bytes: &[u8], config: &Config) -> Option<String> {
    // Of UTF-16 every other byte is none, as far as names of labels go.
    let legible: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let label = front_matter::label_of_broken(&String::from_utf8_lossy(&legible), config);
    label.map(|label| label.value)
}

/// The text of a file.
struct Text {
    shown: Arc<str>,
    /// As it lies there, if that is another.
    typed: Option<Arc<str>>,
}

/// What can be told of a file whose text cannot be read.
#[derive(Default)]
struct Unread {
    /// The text up to the end of the line that is wrong, for a finding to point into.
    shown: Option<Arc<str>>,
    /// How far it may be shown, if it says so somewhere.
    label: Option<String>,
}

#[expect(clippy::cast_precision_loss, reason = "a size for people to read")]
fn megabytes(bytes: u64) -> String {
    let text = format!("{:.1}", bytes as f64 / 1_000_000.0);
    text.trim_end_matches(".0").to_owned()
}

/// Adds the finding on bytes that are not UTF-8, or hold a zero, which no text does: UTF-16 of plain letters is UTF-8 by
/// chance. Gives back the text up to the end of the line that is wrong, to point into.
fn not_utf8(bytes: &[u8], findings: &mut Findings) -> Option<Arc<str>> {
    if let Some(encoding) = other_encoding(bytes) {
        findings
            .push("not-utf8", 0..0, format!("the file is {encoding}, not UTF-8"))
            .hint("save it as UTF-8");
        return None;
    }
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let at = bytes.iter().position(|byte| *byte == 0).map_or(valid, |zero| zero.min(valid));
    let byte = bytes.get(at).copied().unwrap_or_default();
    let line_end = bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |end| at + end);
    let text = String::from_utf8_lossy(&bytes[..line_end]);
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let what = if byte == 0 { "stands in no text" } else { "is not UTF-8" };
    findings
        .push("not-utf8", at..at + length, format!("the byte 0x{byte:02x} {what}"))
        .hint("save the file as UTF-8");
    Some(text.into())
}

/// The encoding that a file is in by its first bytes, when it is not UTF-8: told by a mark, or by the zeros that plain
/// letters have in it.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    let marks: [(&[u8], &str); 4] = [
        (&[0xff, 0xfe, 0, 0], "UTF-32"),
        (&[0, 0, 0xfe, 0xff], "UTF-32"),
        (&[0xff, 0xfe], "UTF-16"),
        (&[0xfe, 0xff], "UTF-16"),
    ];
    let marked = marks.iter().find(|(mark, _)| bytes.starts_with(mark));
    let beginning = &bytes[..bytes.len().min(64)];
    let zeros = 3 * beginning.iter().filter(|byte| **byte == 0).count();
    match marked {
        Some((_, encoding)) => Some(encoding),
        None if zeros > 2 * beginning.len() => Some("UTF-32"),
        None if zeros > beginning.len() => Some("UTF-16"),
        None => None,
    }
}

/// Loads the data file of a register, which lies in the content folder.
fn load(
    source: &dyn Source,
    content: &str,
    path: &str,
    config: &Config,
) -> std::result::Result<Arc<str>, NotLoaded> {
    let too_large = || NotLoaded::Unread("it is larger than `max_file_mb`".to_owned());
    if source.size(path).is_some_and(|size| size > config.build.max_file_bytes) {
        return Err(too_large());
    }
    let bytes = source.read_within(content, path);
    let bytes = bytes.map_err(|error| NotLoaded::Unread(error.to_string()))?;
    let bytes = bytes.ok_or(NotLoaded::Outside)?;
    if bytes.len() as u64 > config.build.max_file_bytes {
        return Err(too_large());
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text.into()),
        _ => Err(NotLoaded::NotUtf8),
    }
}
