//! Files to documents: what is wrong with one becomes a finding, and the others go on.
//!
//! Every file is read on its own, in parallel: [`document`] is a pure function of one file and the settings, so
//! that a file that changed can be read anew and the others kept.

mod body;
mod data;
mod front_matter;
mod progress;
mod prose;
mod register;
mod split;
mod text;
mod value;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Span, Texts};
use crate::document::{Claim, Document, FrontMatter, Typed};
use crate::failure::Result;
use crate::portal::{Framework, LeftOut};
use crate::source::{Entry, EntryKind, Skipped, Source};
use crate::standard::Standard;

/// Everything that a repository holds, read file by file.
#[derive(Debug, Clone)]
pub struct Read {
    /// By path.
    pub documents: Vec<Arc<Document>>,
    /// Standards, roles and terms; the primary standard first.
    pub framework: Framework,
    /// All files of the content folder that are no documents, by path, for links to lead to.
    pub files: BTreeMap<Arc<str>, u64>,
    /// The texts of the files that were read.
    pub texts: Texts,
    /// What is wrong, file by file.
    pub findings: Vec<Diagnostic>,
    /// The documents that could not be read at all.
    pub left_out: Vec<LeftOut>,
}

/// Reads the content folder of a repository.
///
/// # Errors
/// When the content folder cannot be listed.
pub fn documents(source: &dyn Source, content: &str, config: &Config) -> Result<Read> {
    let entries = source.list(content)?;
    let files: Vec<File> =
        entries.par_iter().filter_map(|entry| file(source, content, entry, config)).collect();
    let mut read = Read {
        documents: Vec::new(),
        framework: Framework::default(),
        files: BTreeMap::new(),
        texts: Texts::default(),
        findings: Vec::new(),
        left_out: Vec::new(),
    };
    for file in files {
        let File { path, text, findings, content } = file;
        if let Some(text) = text {
            read.texts.0.insert(Arc::clone(&path), text);
        }
        if let Content::Unreadable(label) = &content {
            let why = findings.last().map_or_else(String::new, |finding| finding.message.clone());
            let label = label.clone();
            read.left_out.push(LeftOut { path: Arc::clone(&path), why, label });
        }
        read.findings.extend(findings);
        match content {
            Content::Document(document, data) => {
                if let Some((path, text)) = data {
                    read.texts.0.insert(path, text);
                }
                read.documents.push(Arc::new(*document));
            }
            Content::Standard(standard) => read.standard(standard),
            Content::Roles(roles) => read.framework.roles = roles,
            Content::Terms(terms) => read.framework.terms = terms,
            Content::Plan(plan) => read.framework.plan = Some(plan),
            Content::Assessment(assessment) => read.framework.assessments.push(assessment),
            Content::Checklist(checklist) => read.framework.checklists.push(checklist),
            Content::Other(size) => {
                read.files.insert(path, size);
            }
            Content::Nothing | Content::Unreadable(_) => {}
        }
    }
    read.texts.0.insert(Arc::clone(&config.path), Arc::clone(&config.text));
    read.framework
        .standards
        .sort_by_key(|standard| (standard.id != config.standard, standard.id.clone()));
    read.framework
        .assessments
        .sort_by(|a, b| (&a.standard.value, a.date).cmp(&(&b.standard.value, b.date)));
    Ok(read)
}

/// Reads one document, without the data file of a register: that is read by the caller, through `data`, which
/// gives the text of a path relative to the root or says why there is none.
pub fn document(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    data: &dyn Fn(&str) -> std::result::Result<Arc<str>, String>,
) -> (Document, Vec<Diagnostic>) {
    let (document, findings, _) = read_document(path, text, config, data);
    (document, findings)
}

/// What became of one file.
struct File {
    path: Arc<str>,
    text: Option<Arc<str>>,
    findings: Vec<Diagnostic>,
    content: Content,
}

enum Content {
    Document(Box<Document>, Option<(Arc<str>, Arc<str>)>),
    Standard(crate::standard::Standard),
    Roles(Vec<crate::vocabulary::Role>),
    Terms(Vec<crate::vocabulary::Term>),
    Plan(crate::implementation::ImplementationPlan),
    Assessment(crate::assessment::Assessment),
    Checklist(crate::checklist::Checklist),
    /// Of that many bytes; read only when a document links to it.
    Other(u64),
    /// A document that could not be read, with its handling label if that can be told.
    Unreadable(Option<String>),
    /// Something that is skipped, or a data file that could not be read.
    Nothing,
}

/// The findings of one file.
struct Findings {
    path: Arc<str>,
    list: Vec<Diagnostic>,
}

impl Findings {
    fn new(path: &Arc<str>) -> Self {
        Self { path: Arc::clone(path), list: Vec::new() }
    }

    /// Adds a finding at `range`; what comes back takes its hint.
    fn push(
        &mut self,
        rule: &'static str,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Hinted<'_> {
        self.list.push(Diagnostic::new(rule, Span::new(&self.path, range), message));
        let last = self.list.len() - 1;
        Hinted(&mut self.list[last])
    }
}

/// A message of the YAML parser without its own count of lines and bytes: a finding has its place.
fn without_place(message: &str) -> &str {
    let end =
        [" at line ", " at position "].into_iter().filter_map(|mark| message.find(mark)).min();
    &message[..end.unwrap_or(message.len())]
}

/// A finding that is still to get its hint.
struct Hinted<'a>(&'a mut Diagnostic);

impl Hinted<'_> {
    fn hint(self, hint: impl Into<String>) {
        self.0.hint = Some(hint.into());
    }

    /// The nearest of what would be right, else `otherwise`.
    fn suggest<'n>(
        self,
        typed: &str,
        known: impl IntoIterator<Item = &'n str>,
        otherwise: impl Into<String>,
    ) {
        *self.0 = self.0.clone().did_you_mean(typed, known, otherwise);
    }
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
    let within = path.strip_prefix(content).map_or(path, |rest| rest.trim_start_matches('/'));
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
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    ["md", "markdown", "mdown", "mkd"].contains(&&*ending)
}

fn file(source: &dyn Source, content: &str, entry: &Entry, config: &Config) -> Option<File> {
    let path: Arc<str> = entry.path.as_str().into();
    let mut findings = Findings::new(&path);
    let kind = kind(&path, content);
    let size = match &entry.kind {
        EntryKind::File { size } => *size,
        EntryKind::Skipped(why) => {
            skipped(why, &path, &mut findings);
            // What would have been a document is missing from the portal; the page about the build says so.
            let lost = matches!(kind, Kind::Document) && !matches!(why, Skipped::Hidden);
            let content = if lost { Content::Unreadable(None) } else { Content::Nothing };
            return Some(File { path, text: None, findings: findings.list, content });
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
        return Some(File {
            path,
            text: None,
            findings: findings.list,
            content: Content::Other(size),
        });
    }
    let text = match read_text(source, &path, size, config, &mut findings) {
        Ok(text) => text,
        Err(Unread { shown, label }) => {
            let content = match kind {
                Kind::Document => Content::Unreadable(label),
                _ => Content::Nothing,
            };
            return Some(File { path, text: shown, findings: findings.list, content });
        }
    };
    let content = match kind {
        Kind::Document => {
            let load = |path: &str| load(source, path, config);
            let (document, found, data) = read_document(&path, &text, config, &load);
            findings.list.extend(found);
            Content::Document(Box::new(document), data)
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
    Some(File { path, text: Some(text), findings: findings.list, content })
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

/// The text of a file. Where there is none a finding says why, and what can be shown of the file comes back.
fn read_text(
    source: &dyn Source,
    path: &Arc<str>,
    size: u64,
    config: &Config,
    findings: &mut Findings,
) -> std::result::Result<Arc<str>, Unread> {
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
        return Err(Unread::default());
    }
    let bytes = match source.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            findings
                .push("unreadable", 0..0, format!("`{path}` cannot be read: {error}"))
                .hint("check the permissions of the file");
            return Err(Unread::default());
        }
    };
    String::from_utf8(bytes).map(Into::into).map_err(|error| {
        let bytes = error.as_bytes();
        // Of UTF-16 every other byte is none, as far as names of labels go.
        let legible: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let label = front_matter::label_of_broken(&String::from_utf8_lossy(&legible), config);
        Unread {
            shown: not_utf8(&error.utf8_error(), bytes, findings),
            label: label.map(|label| label.value),
        }
    })
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

/// Adds the finding, and gives back the text up to the end of the line that is not UTF-8, to point into.
fn not_utf8(
    error: &std::str::Utf8Error,
    bytes: &[u8],
    findings: &mut Findings,
) -> Option<Arc<str>> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        findings.push("not-utf8", 0..0, "the file is UTF-16, not UTF-8").hint("save it as UTF-8");
        return None;
    }
    let at = error.valid_up_to();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let line_end = bytes[at..].iter().position(|&b| b == b'\n').map_or(bytes.len(), |end| at + end);
    let text = String::from_utf8_lossy(&bytes[..line_end]);
    let end = at + char::REPLACEMENT_CHARACTER.len_utf8();
    findings
        .push("not-utf8", at..end, format!("the byte 0x{byte:02x} is not UTF-8"))
        .hint("save the file as UTF-8");
    Some(text.into())
}

/// Loads the data file of a register.
fn load(source: &dyn Source, path: &str, config: &Config) -> std::result::Result<Arc<str>, String> {
    if source.size(path).is_some_and(|size| size > config.build.max_file_bytes) {
        return Err("it is larger than `max_file_mb`".to_owned());
    }
    let bytes = source.read(path).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > config.build.max_file_bytes {
        return Err("it is larger than `max_file_mb`".to_owned());
    }
    String::from_utf8(bytes).map(Into::into).map_err(|_| "it is not UTF-8".to_owned())
}

type Data = Option<(Arc<str>, Arc<str>)>;

fn read_document(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    load: &dyn Fn(&str) -> std::result::Result<Arc<str>, String>,
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
            findings
                .push("no-front-matter", line, "the file has no front matter")
                .hint("begin it with a line `---`, one `key: value` a line, and a line `---`");
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
        guidance: read.guidance,
        ordered_lists: read.prose.ordered_lists,
        bold: read.prose.bold,
        long_sentences: read.prose.long_sentences,
        html_anchors: read.html_anchors,
        register,
        words: read.words,
    };
    (document, findings.list, data)
}

fn front_matter_claims(front_matter: &FrontMatter) -> impl Iterator<Item = Claim> {
    front_matter.clauses.iter().map(|Typed { value, range }| Claim {
        clause: value.clone(),
        section: None,
        range: range.clone(),
    })
}

/// The rows of a register, from the data file that stands at `data` beside the document.
fn rows(
    document: &str,
    data: Typed<String>,
    columns: Vec<crate::register::Column>,
    load: &dyn Fn(&str) -> std::result::Result<Arc<str>, String>,
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
    let text = match load(&path) {
        Ok(text) => text,
        Err(why) => {
            findings
                .push("data-file", range, format!("the data file `{value}` cannot be read: {why}"))
                .hint("name a CSV file beside the register");
            return (None, None);
        }
    };
    let path: Arc<str> = path.into();
    let mut within = Findings::new(&path);
    let register = register::read(&path, &text, columns, &mut within);
    findings.list.extend(within.list);
    (Some(register), Some((path, text)))
}

/// The finding of a variable that is not known, in the front matter or in the text.
fn unknown_variable(findings: &mut Findings, range: Range<usize>, name: &str, config: &Config) {
    findings.push("unknown-variable", range, format!("`{name}` is not a variable")).suggest(
        name,
        config.variables.keys().map(String::as_str),
        "add it to `[variables]` of clausebook.toml",
    );
}

impl Read {
    /// Takes up a standard, unless there is one of its id already.
    fn standard(&mut self, standard: Standard) {
        let known = self.framework.standard(&standard.id).map(|known| Arc::clone(&known.path));
        let Some(known) = known else {
            self.framework.standards.push(standard);
            return;
        };
        let text = self.texts.get(&standard.path);
        let start = text.find(&standard.id).unwrap_or(0);
        let span = Span::new(&standard.path, start..start + standard.id.len().min(text.len()));
        let message = format!("the standard `{}` is there already", standard.id);
        let finding = Diagnostic::new("data-file", span, message);
        self.findings.push(
            finding
                .hint("give it another id, or keep one of the two files")
                .with_other(Span::file(&known), "here"),
        );
    }

    /// Adds what is wrong between standards: editions that are derived name the standard they are derived from, and
    /// clauses of it. To be called when all standards are there.
    pub fn check_editions(&mut self) {
        let mut found = Vec::new();
        let standards = &self.framework.standards;
        for standard in standards {
            let Some(base) = &standard.derived_from else { continue };
            let Some(base) =
                standards.iter().find(|known| known.id == *base && known.derived_from.is_none())
            else {
                let message = format!("`{base}` is not a standard that can be derived from");
                found.push(
                    Diagnostic::new("data-file", Span::file(&standard.path), message)
                        .hint("add it to standards/"),
                );
                continue;
            };
            for clause in &standard.clauses {
                for number in clause.maps_to.iter().filter(|number| base.clause(number).is_none()) {
                    let message = format!("`{number}` is not a clause of {}", base.title);
                    found.push(
                        Diagnostic::new("data-file", clause.span.clone(), message)
                            .hint("correct `maps_to`"),
                    );
                }
            }
        }
        self.findings.extend(found);
    }
}
