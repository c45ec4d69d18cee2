//! Every rule, shown: content with its findings drawn under it, one file a rule in `tests/rules/`.
//!
//! A file is named by its rule and begins with the rule's id and level. A heading `## …` begins a case: a repository
//! of its own, whose files are blocks between lines of four backticks, each under a line with its path in backticks.
//! A case is read and checked as of [`TODAY`], or of the day on a line `Today: 2028-01-01` of its own.
//!
//! Under the line that it concerns stands each finding, whichever rule it is of:
//!
//! ```text
//! See [the guide](guide/instal).
//!                 ^^^^^^^^^^^^ dead-link: there is no file `content/guide/instal` | name a file …
//! ```
//!
//! `^` is the place with message and hint, `~` another place that has a part in it. What concerns a file as a whole
//! is drawn as `(the file) …` at the end of its block, what concerns a file that the case does not show behind the
//! last block. A case without such lines is content that is right.
//!
//! A block may begin with `@approved policy`: front matter of that status and type that no rule objects to and that
//! is not shown (a process or a procedure still needs `governed_by`, what is retired a place in `content/archive`). A
//! reference may follow, from which the clause is taken, and `without owner, approver` leaves keys out. What stands
//! between that line and a line `---` are further keys; they replace those of the same name. Where no text follows,
//! there is a sentence that is not shown, save behind `@approved policy, and no text`. What is found in a line that is
//! not shown is drawn as ``(hidden: `status: approved`) …``.
//!
//! Behind a path, in parentheses, may stand what a text cannot show: see [`Block::file`]. A case has the roles
//! [`ROLES`] and the built-in standards unless it holds files of its own in their place; `clausebook.toml` is a block
//! like any other.
//!
//! `BLESS=1 cargo test --test rules` draws into all files what is found. Read the difference before you keep it.

#![expect(
    clippy::disallowed_methods,
    reason = "the cases are read where they stand, not through a `Source`"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use clausebook::check::{RULES, Rule, rule};
use clausebook::config::Config;
use clausebook::diagnostic::{Diagnostic, Span, Texts};
use clausebook::document::DocumentType;
use clausebook::portal::View;
use clausebook::source::{Entry, EntryKind, Skipped, Source};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rayon::prelude::*;
use regex::Regex;

/// The day of a case that names none.
const TODAY: Date = date(2026, 12, 1);

/// What opens and closes a block; documents may hold three.
const FENCE: &str = "````";

/// The `content/roles.yaml` of a case that has none.
const ROLES: &str = "\
- { id: service-manager, title: Service Manager }
- { id: sponsor, title: Sponsor }
";

#[test]
fn every_rule_file_draws_what_is_found() {
    let paths = rule_files();
    let named: BTreeSet<&str> = paths.iter().map(|path| id(path)).collect();
    let without = RULES.iter().filter(|rule| !named.contains(rule.id));
    let mut problems: Vec<String> =
        without.map(|rule| format!("tests/rules/{}.md is missing", rule.id)).collect();
    problems.par_extend(paths.par_iter().flat_map_iter(|path| {
        let name = format!("tests/rules/{}", path.file_name().unwrap_or_default().display());
        problems_of(path).into_iter().map(move |problem| format!("{name}: {problem}"))
    }));
    assert!(
        problems.is_empty(),
        "\n{}\n\n`BLESS=1 cargo test --test rules` draws what is found; read the difference before you keep it\n",
        problems.join("\n")
    );
}

/// All files of `tests/rules`, sorted.
fn rule_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let entries = fs::read_dir(folder).expect("tests/rules is there");
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.expect("tests/rules can be listed").path()).collect();
    paths.sort();
    paths
}

/// The rule that a file is named by.
fn id(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .and_then(|name| name.strip_suffix(".md"))
        .unwrap_or_default()
}

/// What is wrong with one file; with `BLESS` set, what differs is written instead.
fn problems_of(path: &Path) -> Vec<String> {
    let Some(rule) = rule(id(path)) else {
        return vec!["there is no rule of that name".to_owned()];
    };
    let text = fs::read_to_string(path).expect("the file is UTF-8 and can be read");
    let cases = match cases(&text) {
        Ok(cases) => cases,
        Err(problem) => return vec![problem],
    };
    let mut redrawn = head(rule, &cases[0]);
    let mut differences = Vec::from_iter(difference("its head", &cases[0].text, &redrawn));
    let mut problems = Vec::new();
    let (mut finds, mut allows) = (false, false);
    for case in &cases[1..] {
        let drawn = match case.found() {
            Ok(found) => {
                let own = found.list.iter().any(|finding| finding.rule == rule.id);
                finds |= own;
                allows |= !own;
                let faults = found.list.iter().filter_map(fault);
                problems.extend(faults.map(|fault| case.problem(&fault)));
                case.drawn(&found)
            }
            Err(problem) => {
                problems.push(case.problem(&problem));
                case.text.clone()
            }
        };
        differences.extend(difference(case.name(), &case.text, &drawn));
        redrawn.push_str(&drawn);
    }
    if redrawn != text && differences.is_empty() {
        differences.push("its lines do not end in LF".to_owned());
    }
    if std::env::var_os("BLESS").is_none() {
        problems.append(&mut differences);
    } else if redrawn != text {
        fs::write(path, &redrawn).expect("the file can be written");
    }
    for (shown, what) in [(finds, "the rule finds"), (allows, "the rule allows")] {
        if !shown {
            problems.push(format!("no case shows what {what}"));
        }
    }
    problems
}

/// The lines before the first case, with the rule's id and level in their place.
fn head(rule: &Rule, case: &Case) -> String {
    let lines = case.text.lines().skip(1).filter(|line| !line.starts_with("Level: "));
    let mut head = format!("# {}\n\nLevel: {}.\n\n", rule.id, rule.level());
    push_lines(&mut head, lines.skip_while(|line| line.is_empty()));
    head
}

/// What is wrong with a finding as such: its rule, or how it is worded (all rules word theirs alike).
fn fault(finding: &Diagnostic) -> Option<String> {
    let Diagnostic { rule: id, message, hint, .. } = finding;
    let Some(hint) = hint else { return Some(format!("`{id}: {message}` has no hint")) };
    let asks = hint.starts_with("did you mean ");
    if rule(id).is_none() {
        Some(format!("`{id}` is no rule"))
    } else if message.ends_with('.') || hint.ends_with('.') {
        Some(format!("`{id}: {message} | {hint}` ends with a stop"))
    } else if !hint.starts_with(|c: char| c.is_lowercase()) || asks != hint.ends_with('?') {
        Some(format!("the hint `{hint}` of `{id}` begins with no verb and asks nothing"))
    } else {
        None
    }
}

/// The lines in which two texts differ, without those that they begin and end with alike.
fn difference(place: &str, old: &str, new: &str) -> Option<String> {
    if old == new {
        return None;
    }
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    while old.last().is_some_and(|line| new.last() == Some(line)) {
        old.pop();
        new.pop();
    }
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let mut out = format!("what is drawn is not what is found in {place}\n");
    for (sign, lines) in
        [(' ', &old[same.saturating_sub(2)..same]), ('-', &old[same..]), ('+', &new[same..])]
    {
        push_lines(&mut out, lines.iter().map(|line| format!("    {sign} {line}")));
    }
    Some(out)
}

/// The lines from one heading to the next; the first of a file are its head.
#[derive(Default)]
struct Case<'a> {
    /// As it stands in the file.
    text: String,
    /// Without what is drawn.
    pieces: Vec<Piece<'a>>,
}

/// A part of a case.
enum Piece<'a> {
    /// A line for readers.
    Prose(&'a str),
    /// A file.
    Block(Block<'a>),
}

/// A file of a case.
struct Block<'a> {
    path: &'a str,
    /// What stands behind the path in parentheses.
    note: &'a str,
    /// Without what is drawn between them.
    lines: Vec<&'a str>,
}

/// What is found in a case.
struct Found {
    list: Vec<Diagnostic>,
    texts: Arc<Texts>,
    /// For each block, what each line of its file is in the block; nothing for one that is not shown.
    shown: Vec<Vec<Option<usize>>>,
}

/// Cuts a file into its cases, and takes out what is drawn.
fn cases(text: &str) -> Result<Vec<Case<'_>>, String> {
    let mut cases = vec![Case::default()];
    let mut block: Option<Block> = None;
    for line in text.lines() {
        if line.starts_with("## ") && block.is_none() {
            cases.push(Case::default());
        }
        let case = cases.last_mut().expect("the head is always there");
        case.text.push_str(line);
        case.text.push('\n');
        match (line, block.take()) {
            (FENCE, Some(ended)) => case.pieces.push(Piece::Block(ended)),
            (FENCE, None) => block = Some(case.block()?),
            (line, None) if !is_drawn(line) => case.pieces.push(Piece::Prose(line)),
            (_, None) => {}
            (line, Some(mut inside)) => {
                if !is_drawn(line) {
                    inside.lines.push(line);
                }
                block = Some(inside);
            }
        }
    }
    match block {
        Some(block) => Err(format!("the block of `{}` has no end", block.path)),
        None => Ok(cases),
    }
}

/// True for a line that is no content but a finding.
fn is_drawn(line: &str) -> bool {
    static DRAWN: LazyLock<Regex> = LazyLock::new(|| {
        let place = r" *(?:\^+|~+)|\((?:the file|end of file|hidden: `.*`|`.*`)\)";
        Regex::new(&format!("^(?:{place}) [a-z][a-z0-9-]*[:,] "))
            .expect("the pattern is a constant")
    });
    DRAWN.is_match(line)
}

impl<'a> Case<'a> {
    /// What the case shows.
    fn name(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    fn problem(&self, problem: &str) -> String {
        format!("{problem}, in {}", self.name())
    }

    fn blocks(&self) -> impl Iterator<Item = &Block<'a>> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Block(block) => Some(block),
            Piece::Prose(_) => None,
        })
    }

    /// A block that begins here: its path is what was said last.
    fn block(&self) -> Result<Block<'a>, String> {
        let said = self.pieces.iter().rev().find_map(|piece| match piece {
            Piece::Prose("") => None,
            Piece::Prose(line) => Some(*line),
            Piece::Block(_) => Some(""),
        });
        let path = said.and_then(|line| line.strip_prefix('`')?.split_once('`'));
        let Some((path, note)) = path else {
            return Err(self.problem("a block has no path above it"));
        };
        let note = note.trim().trim_start_matches('(').trim_end_matches(')');
        Ok(Block { path, note, lines: Vec::new() })
    }

    fn today(&self) -> Result<Date, String> {
        let stated = self.pieces.iter().find_map(|piece| match piece {
            Piece::Prose(line) => line.strip_prefix("Today: "),
            Piece::Block(_) => None,
        });
        stated.map_or(Ok(TODAY), |day| day.parse().map_err(|_| format!("`{day}` is not a day")))
    }

    /// Reads and checks the case.
    fn found(&self) -> Result<Found, String> {
        let today = self.today()?;
        if self.blocks().next().is_none() {
            return Err("there is no block".to_owned());
        }
        let mut repository = Repository::default();
        let mut settings = String::new();
        let mut shown = Vec::new();
        for (index, block) in self.blocks().enumerate() {
            let (text, lines) = block.text(index, today)?;
            shown.push(lines);
            if block.path == "clausebook.toml" {
                settings = text;
            } else if repository.0.insert(block.path.to_owned(), block.file(&text)?).is_some() {
                return Err(format!("`{}` stands here twice", block.path));
            }
        }
        repository.0.entry("content/roles.yaml".to_owned()).or_insert_with(|| File::of(ROLES));
        let config =
            Config::parse("clausebook.toml", &settings).map_err(|failure| failure.to_string())?;
        let view = View::published(&config, today);
        let joined = clausebook::join(&repository, "content", &Arc::new(config))
            .map_err(|failure| failure.to_string())?;
        let list = clausebook::findings(&joined, &view).expect("search answers");
        Ok(Found { list, texts: joined.library.texts, shown })
    }

    /// The case with what is found drawn into it.
    fn drawn(&self, found: &Found) -> String {
        let mut marks = self.marks(found);
        let last = self.pieces.iter().rposition(|piece| matches!(piece, Piece::Block(_)));
        let mut out = String::new();
        let mut blocks = 0;
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Prose(line) => push_lines(&mut out, [*line]),
                Piece::Block(block) => {
                    push_lines(&mut out, [FENCE]);
                    for (number, line) in block.lines.iter().enumerate() {
                        push_lines(&mut out, [*line]);
                        push_lines(&mut out, marks.remove(&(blocks, number)).unwrap_or_default());
                    }
                    push_lines(&mut out, marks.remove(&(blocks, END)).unwrap_or_default());
                    push_lines(&mut out, [FENCE]);
                    blocks += 1;
                }
            }
            if last == Some(index) {
                push_lines(&mut out, marks.remove(&ELSEWHERE).unwrap_or_default());
            }
        }
        out
    }

    /// What is to be drawn, by block and line.
    fn marks(&self, found: &Found) -> BTreeMap<(usize, usize), Vec<String>> {
        let mut marks: BTreeMap<_, Vec<String>> = BTreeMap::new();
        let mut draw = |span: &Span, sign, words: &str| {
            let (place, mark) = match self.blocks().position(|block| block.path == &*span.path) {
                None => (ELSEWHERE, format!("(`{}`)", span.path)),
                Some(block) => {
                    let (line, mark) = mark(&found.texts, span, &found.shown[block], sign);
                    ((block, line), mark)
                }
            };
            marks.entry(place).or_default().push(format!("{mark} {words}"));
        };
        for Diagnostic { rule, message, hint, span, others, .. } in &found.list {
            let hint = hint.as_ref().map_or_else(String::new, |hint| format!(" | {hint}"));
            draw(span, "^", &format!("{rule}: {message}{hint}").replace('\n', "\\n"));
            for (other, label) in others {
                draw(other, "~", &format!("{rule}, {label}"));
            }
        }
        marks
    }
}

/// Behind the last line of a block.
const END: usize = usize::MAX;

/// Behind the last block.
const ELSEWHERE: (usize, usize) = (usize::MAX, usize::MAX);

fn push_lines<S: AsRef<str>>(out: &mut String, lines: impl IntoIterator<Item = S>) {
    for line in lines {
        out.push_str(line.as_ref());
        out.push('\n');
    }
}

/// The line of a block under which a span is drawn, and the mark that shows it.
fn mark(texts: &Texts, span: &Span, shown: &[Option<usize>], sign: &str) -> (usize, String) {
    if span.end == 0 {
        return (END, "(the file)".to_owned());
    }
    let place = texts.place(&span.path, span.start);
    let text = texts.get(&span.path);
    match shown.get(place.line - 1) {
        None => (END, "(end of file)".to_owned()),
        Some(None) => {
            let line = text.lines().nth(place.line - 1).unwrap_or_default();
            (0, format!("(hidden: `{}`)", line.trim()))
        }
        Some(Some(line)) => {
            let rest = &text.as_bytes()[span.start.min(text.len())..];
            let rest = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
            let inside = String::from_utf8_lossy(&rest[..rest.len().min(span.end - span.start)]);
            let width = inside.chars().count().max(1);
            (*line, format!("{}{}", " ".repeat(place.column - 1), sign.repeat(width)))
        }
    }
}

/// Behind the shorthand of a document that has no text.
const WITHOUT_TEXT: &str = ", and no text";

impl Block<'_> {
    /// The text of the file, written out, and what each of its lines is in the block.
    fn text(&self, index: usize, today: Date) -> Result<(String, Vec<Option<usize>>), String> {
        let mut text = String::new();
        let mut shown = Vec::new();
        let mut rest = 0..self.lines.len();
        if let Some(shorthand) = self.lines.first().and_then(|line| line.strip_prefix('@')) {
            let shorthand = shorthand.trim_end_matches(WITHOUT_TEXT);
            let keys = self.keys()?;
            let typed: Vec<&str> = keys.iter().filter_map(|line| line.split(':').next()).collect();
            let mut hidden = front_matter(shorthand, self.path, index, today)?;
            hidden.retain(|(key, _)| !typed.contains(key));
            text.push_str("---\n");
            push_lines(&mut text, hidden.iter().map(|(key, value)| format!("{key}: {value}")));
            if keys.is_empty() {
                text.push_str("---\n");
            }
            shown.extend(text.lines().map(|_| None));
            rest.start = 1;
        }
        push_lines(&mut text, &self.lines[rest.clone()]);
        shown.extend(rest.map(Some));
        if self.lines.first().is_some_and(|line| line.starts_with('@')) && !self.says()? {
            push_lines(&mut text, ["", "It holds."]);
            shown.extend([None, None]);
        }
        Ok((text, shown))
    }

    /// True when something but headings stands below the shorthand and its keys, or nothing is to stand there.
    fn says(&self) -> Result<bool, String> {
        let keys = self.keys()?.len();
        let below = self.lines.iter().skip(1 + if keys == 0 { 0 } else { keys + 1 });
        let nothing = self.lines.first().is_some_and(|line| line.ends_with(WITHOUT_TEXT));
        Ok(nothing || below.clone().any(|line| !line.is_empty() && !line.starts_with('#')))
    }

    /// The lines of front matter that follow the shorthand.
    fn keys(&self) -> Result<&[&str], String> {
        if self.lines.get(1).is_none_or(|line| line.is_empty()) {
            return Ok(&[]);
        }
        match self.lines.iter().position(|line| *line == "---") {
            Some(end) => Ok(&self.lines[1..end]),
            None => Err(format!("the keys of `{}` have no end `---`", self.path)),
        }
    }

    /// The file as it lies in the repository. The note says what its text cannot show.
    fn file(&self, text: &str) -> Result<File, String> {
        let skipped = |why| Ok(File { kind: EntryKind::Skipped(why), bytes: None });
        match self.note {
            "" => Ok(File::of(text)),
            "with a byte-order mark" => Ok(File::of(format!("\u{feff}{text}"))),
            "control pictures stand for what they picture" => {
                let control = |picture: char| match u32::from(picture) {
                    code @ 0x2400..=0x241f => char::from_u32(code - 0x2400).unwrap_or(picture),
                    _ => picture,
                };
                Ok(File::of(text.chars().map(control).collect::<String>()))
            }
            "its lines end in CRLF" => Ok(File::of(text.replace('\n', "\r\n"))),
            "in UTF-16" => {
                let units = std::iter::once(0xfeff).chain(text.encode_utf16());
                Ok(File::of(units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()))
            }
            "in UTF-16 without a mark" => {
                Ok(File::of(text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()))
            }
            "in Latin-1" => {
                let bytes: Result<Vec<u8>, _> = text.chars().map(u8::try_from).collect();
                bytes
                    .map(File::of)
                    .map_err(|_| format!("`{}` holds more than Latin-1 has", self.path))
            }
            "of 9 MB" => Ok(File {
                kind: EntryKind::File { size: 9_000_000, modified: None },
                bytes: Some(text.into()),
            }),
            "cannot be read" => {
                Ok(File { kind: EntryKind::File { size: 1, modified: None }, bytes: None })
            }
            "cannot be listed" => skipped(Skipped::Unreadable("permission denied".to_owned())),
            "hidden" => skipped(Skipped::Hidden),
            "a pipe" => skipped(Skipped::Special),
            "a link out of the repository" => skipped(Skipped::LeavesRepository),
            "a link to a folder that holds it" => skipped(Skipped::Loop),
            "a link to nothing" => skipped(Skipped::Dangling),
            "its name is not UTF-8" => skipped(Skipped::NameNotUtf8),
            other => Err(format!("`({other})` says nothing about a file")),
        }
    }
}

/// The front matter that `approved policy SMS-POL-5.2.1 without owner` stands for, key by key.
fn front_matter(
    shorthand: &str,
    path: &str,
    index: usize,
    today: Date,
) -> Result<Vec<(&'static str, String)>, String> {
    let (words, without) = shorthand.split_once(" without ").unwrap_or((shorthand, ""));
    let mut words = words.split(' ');
    let status = words.next().unwrap_or_default();
    let document_type = words.next().and_then(DocumentType::from_name);
    let document_type = document_type.ok_or(format!("`@{shorthand}` names no document type"))?;
    // Numbers begin with 2 (contracts 1), so that no two documents of a case have one reference.
    let reference = words
        .next()
        .map_or_else(|| format!("SMS-{}-4.4-{}", document_type.code(), index + 2), str::to_owned);
    let clause = reference.split('-').nth(2).unwrap_or_default().to_owned();
    let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
    let version = if status == "draft" { "0.1" } else { "1.0" };
    let mut keys = vec![
        ("title", name.replace('-', " ")),
        ("reference", reference),
        ("type", document_type.name().to_owned()),
        ("owner", "service-manager".to_owned()),
        ("version", version.to_owned()),
        ("status", status.to_owned()),
        ("clause", clause),
    ];
    if matches!(status, "approved" | "retired") {
        let approval = today.checked_sub(180.days()).map_err(|error| error.to_string())?;
        let entry = format!(
            "[{{ version: {version}, date: {approval}, summary: First issue, approved_by: The sponsor }}]"
        );
        keys.push(("approver", "sponsor".to_owned()));
        keys.push(("review_cycle", "1 year".to_owned()));
        keys.push(("changes", entry));
    }
    if matches!(document_type, DocumentType::Record | DocumentType::Report | DocumentType::Form) {
        keys.push(("retention", "3 years".to_owned()));
    }
    keys.retain(|(key, _)| without.split(", ").all(|left_out| left_out != *key));
    Ok(keys)
}

/// The files of a case.
#[derive(Default)]
struct Repository(BTreeMap<String, File>);

/// One of them; without bytes it cannot be read.
struct File {
    kind: EntryKind,
    bytes: Option<Vec<u8>>,
}

impl File {
    fn of(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self {
            kind: EntryKind::File { size: bytes.len() as u64, modified: None },
            bytes: Some(bytes),
        }
    }
}

impl Source for Repository {
    fn list(&self, folder: &str) -> clausebook::failure::Result<Vec<Entry>> {
        let prefix = format!("{folder}/");
        let files = self.0.iter().filter(|(path, _)| path.starts_with(&prefix));
        Ok(files
            .map(|(path, file)| Entry { path: path.clone(), kind: file.kind.clone() })
            .collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let file = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(file.bytes.clone().ok_or(io::ErrorKind::PermissionDenied)?)
    }
}

/// A case of one block, drawn.
fn drawn(block: &str) -> String {
    let path = if block.starts_with("@retired") { "content/archive/a.md" } else { "content/a.md" };
    let case = format!("## case\n`{path}`\n````\n");
    let text = format!("# head\n{case}{block}````\n");
    let cases = cases(&text).expect("the case is well formed");
    let drawn = cases[1].drawn(&cases[1].found().expect("the case can be read"));
    drawn.replace(&case, "").replace("````\n", "")
}

#[test]
fn front_matter_that_is_not_shown_is_right() {
    let needs_no_other =
        |known: &&DocumentType| !matches!(known, DocumentType::Process | DocumentType::Procedure);
    for document_type in DocumentType::ALL.iter().filter(needs_no_other) {
        for status in ["draft", "in-review", "approved", "retired"] {
            let block = format!("@{status} {}\n", document_type.name());
            assert_eq!(drawn(&block), block);
        }
    }
}

#[test]
fn a_finding_is_drawn_under_its_place() {
    assert_eq!(
        drawn("@draft policy\nowner: ä\n---\nÄ [b](b.md), TBC\n"),
        "@draft policy\n\
         owner: ä\n       ^ unknown-role: there is no role `ä` | add it to `roles.yaml`\n---\n\
         Ä [b](b.md), TBC\n      ^^^^ dead-link: there is no file `content/b.md` | name a file of the content folder, relative to this one\n"
    );
}

#[test]
fn a_finding_without_a_place_is_drawn_at_the_end() {
    assert_eq!(
        drawn(""),
        "(the file) empty-file: the file is empty | write the document, or delete the file\n"
    );
    assert!(
        drawn("@approved policy without approver\n")
            .contains("\n(hidden: `status: approved`) approval-missing: ")
    );
}

#[test]
fn what_is_drawn_is_no_content() {
    for block in ["@draft policy\nowner: nobody\n---\n", "", "text\n"] {
        let once = drawn(block);
        assert_ne!(once, block);
        assert_eq!(drawn(&once), once);
    }
    assert!(is_drawn("  ^^ dead-link: x | y") && is_drawn("(`content/a b.md`) data-file: x"));
    assert!(!is_drawn("^ a caret") && !is_drawn("(see above) note: x") && !is_drawn("~~~ text"));
}
