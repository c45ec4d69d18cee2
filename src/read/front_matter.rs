//! The keys at the top of a document, each checked on its own, so that every wrong one is reported at once.

mod keys;
mod unread;
mod values;

use std::ops::Range;

use self::keys::{KEYS, REQUIRED, SPELLINGS};
use super::findings::Findings;
use super::split::{self, Entry, Language};
use super::value::{self, LeftOut, Shape, Value, Wrong};
use crate::config::Config;
use crate::document::{FrontMatter, Status, Typed};
use crate::register::Column;

/// What the front matter says, and what of it another file completes.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) front_matter: FrontMatter,
    /// The data file and the columns of a register.
    pub(super) data: Option<Typed<String>>,
    pub(super) columns: Vec<Column>,
    /// True when no key could be read at all.
    pub(super) broken: bool,
}

/// Reads the front matter that stands at `inside`.
pub(super) fn read(
    text: &str,
    language: Language,
    inside: Range<usize>,
    config: &Config,
    findings: &mut Findings,
) -> Read {
    let before = findings.list.len();
    let mut reader = Reader {
        text,
        config,
        findings,
        read: Read::default(),
        seen: Vec::new(),
        is_draft: None,
        no_draft: None,
        misspelt: Vec::new(),
    };
    reader.lone_returns(inside.clone());
    match language {
        Language::Yaml => reader.yaml(inside.clone()),
        Language::Toml => reader.toml(inside.clone()),
    }
    if !reader.read.broken {
        reader.protect_misplaced(&inside, before);
        reader.hold_back();
        reader.half_a_review();
        reader.missing(inside);
    }
    reader.read
}

/// Tells of a key on the very line below the front matter, which ends at `end`: it was closed too soon.
pub(super) fn behind(text: &str, end: usize, findings: &mut Findings) {
    let line = text[end..].lines().next().unwrap_or_default();
    let Some((key, _)) = line.split_once([':', '=']) else { return };
    let key = key.trim_end();
    if KEYS.iter().any(|(known, _)| *known == key) {
        let message = format!("`{key}` stands behind the end of the front matter");
        findings
            .push("front-matter-syntax", end..end + key.len(), message)
            .hint("move the line that closes the front matter below it, or leave a line free");
    }
}

/// What can be told of the front matter of a document that has none that can be read: how far it may be shown. Of
/// several labels that are named the highest counts, and what is no label counts as the highest of all.
pub(super) fn label_of_broken(text: &str, config: &Config) -> Option<Typed<String>> {
    const KEY: &str = "classification";
    let lower = text.to_ascii_lowercase();
    let labels = lower.match_indices(KEY).filter_map(|(at, _)| {
        let rest = text[at + KEY.len()..]
            .trim_start_matches(['"', '\'', ' ', '\t'])
            .strip_prefix([':', '='])?;
        let rest = rest.trim_start_matches(['"', '\'', ' ', '\t']);
        let end =
            rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
        Some(Typed { value: rest[..end].to_owned(), range: at..at + KEY.len() })
    });
    labels.max_by_key(|label| config.classification.rank(&label.value))
}

/// A key as it was typed, with the value in the shape it asks for.
struct Typing {
    key: &'static str,
    value: Value,
    range: Range<usize>,
}

struct Reader<'a, 'f> {
    text: &'a str,
    config: &'a Config,
    findings: &'f mut Findings,
    read: Read,
    /// The keys that were there, under our names, right or wrong, and where.
    seen: Vec<(&'static str, Range<usize>)>,
    /// Where `draft: true` stands.
    is_draft: Option<Range<usize>>,
    /// Where `draft: false` stands.
    no_draft: Option<Range<usize>>,
    /// The keys by which a document is in force, or reviewed, that were meant where they cannot be read.
    misspelt: Vec<&'static str>,
}

/// True for a text of which nobody sees anything.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || crate::naming::is_unseen(c))
}

impl Reader<'_, '_> {
    /// A carriage return alone ends a line for some programs and not for others: what stands behind it is lost.
    fn lone_returns(&mut self, inside: Range<usize>) {
        let lone = self.text[inside.clone()].match_indices('\r');
        let mut lone = lone.map(|(at, _)| inside.start + at);
        if let Some(at) = lone.find(|at| !self.text[at + 1..].starts_with('\n')) {
            self.findings
                .push(
                    "front-matter-syntax",
                    at..at + 1,
                    "a carriage return alone ends no line here",
                )
                .hint("save the file with the line breaks of Windows or Unix");
        }
    }

    fn yaml(&mut self, inside: Range<usize>) {
        let content = self.text[inside.clone()].trim_start();
        if content.starts_with(['{', '[']) {
            let start = inside.end - content.len();
            let end = start + content.lines().next().map_or(0, |line| line.trim_end().len());
            self.findings
                .push("front-matter-syntax", start..end, "front matter in flow style")
                .hint("write one `key: value` a line");
            self.read.broken = true;
            return;
        }
        let (entries, strays) = split::entries(self.text, inside);
        self.read.broken = entries.is_empty() && !strays.is_empty();
        for stray in strays {
            let line = &self.text[stray.clone()];
            let hint = value::odd_blank(line).unwrap_or_else(|| {
                "write one `key: value` a line, and begin what continues a value with two spaces"
                    .to_owned()
            });
            let message = format!("`{}` is no `key: value`", shorten(line));
            self.findings.push("front-matter-syntax", stray, message).hint(hint);
        }
        for entry in entries {
            let Some(shape) = self.known(&entry.key, entry.key_range.clone()) else { continue };
            self.yaml_value(&entry, shape);
        }
    }

    fn yaml_value(&mut self, entry: &Entry, (key, shape): (&'static str, Shape)) {
        let typed = &self.text[entry.value.clone()];
        if typed.starts_with(['&', '*']) {
            self.protect(key, &entry.value);
            self.findings
                .push(
                    "front-matter-syntax",
                    entry.value.clone(),
                    format!("the value of `{key}` uses an anchor"),
                )
                .hint("write the value out at each key");
            return;
        }
        let mut left = LeftOut::default();
        let (range, place) = (entry.range.clone(), entry.value.clone());
        match value::yaml(self.text, range, place, shape, &mut left) {
            // Nothing but what is odd: the value as a whole has another shape.
            Ok(value) if !left.odd.is_empty() && value.is_empty() => {
                self.wrong_shape(key, shape, entry.value.clone());
            }
            Ok(value) => {
                let range = if entry.value.is_empty() {
                    entry.key_range.clone()
                } else {
                    entry.value.clone()
                };
                self.take(Typing { key, value, range });
                for (name, first) in left.twice {
                    self.twice(&name.value, name.range, &first);
                }
                for range in left.odd {
                    self.protect(key, &range);
                    self.findings
                        .push(
                            "wrong-type",
                            range,
                            format!("this entry of `{key}` is not {}", shape.entry()),
                        )
                        .hint(format!("write {}", shape.entry()));
                }
            }
            Err(Wrong::Syntax(message, at)) => {
                self.protect(key, &entry.value);
                // The parser may give up far behind what it did not understand: an open quote, say.
                let start = entry.range.start + at;
                let start = if entry.value.contains(&start) { start } else { entry.value.start };
                let remedy = value::remedy(&self.text[self.indented(&entry.value)]);
                self.findings
                    .push(
                        "front-matter-syntax",
                        start..entry.value.end.max(start),
                        format!("`{key}`: {message}"),
                    )
                    .hint(remedy);
            }
            Err(Wrong::Shape) => self.wrong_shape(key, shape, entry.value.clone()),
        }
    }

    fn toml(&mut self, inside: Range<usize>) {
        let source = &self.text[inside.clone()];
        let document = match toml_edit::Document::parse(source) {
            Ok(document) => document,
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let message = error.message().lines().next().unwrap_or("").to_owned();
                self.findings
                    .push(
                        "front-matter-syntax",
                        inside.start + span.start..inside.start + span.end,
                        message,
                    )
                    .hint("write one `key = \"value\"` a line between the `+++`");
                self.read.broken = true;
                return;
            }
        };
        for (name, item) in document.as_table() {
            let key_span =
                document.as_table().key(name).and_then(toml_edit::Key::span).unwrap_or(0..0);
            let key_range = inside.start + key_span.start..inside.start + key_span.end;
            let Some((key, shape)) = self.known(name, key_range.clone()) else { continue };
            let span = item.span().unwrap_or(key_span);
            let range = inside.start + span.start..inside.start + span.end;
            match value::toml(item, source, inside.start, shape) {
                Ok(value) => self.take(Typing { key, value, range }),
                Err(_) => self.wrong_shape(key, shape, range),
            }
        }
    }

    /// True when the key is there, right or wrong.
    fn has(&self, key: &str) -> bool {
        self.seen.iter().any(|(seen, _)| *seen == key)
    }

    /// The key of ours that was typed, with its shape; a finding when there is none.
    fn known(&mut self, typed: &str, range: Range<usize>) -> Option<(&'static str, Shape)> {
        let ours =
            SPELLINGS.iter().find(|(theirs, _)| *theirs == typed).map_or(typed, |(_, ours)| ours);
        let Some(&(key, shape)) = KEYS.iter().find(|(key, _)| *key == ours) else {
            if !self.config.extra_keys.iter().any(|extra| extra == typed) {
                self.unknown_key(typed, range);
            }
            return None;
        };
        if let Some((_, first)) = self.seen.iter().find(|(seen, _)| *seen == key) {
            let first = first.clone();
            self.protect(key, &range);
            self.twice(typed, range, &first);
            return None;
        }
        self.seen.push((key, range));
        Some((key, shape))
    }

    /// Tells that a name stands where another counts.
    fn twice(&mut self, typed: &str, range: Range<usize>, first: &Range<usize>) {
        let line = self.text[..first.start].matches('\n').count() + 1;
        let first = &self.text[first.clone()];
        let message = if first == typed {
            format!("`{typed}` stands here twice, first in line {line}")
        } else {
            format!("`{typed}` says the same as `{first}` in line {line}")
        };
        self.findings.push("front-matter-syntax", range, message).hint("keep one of the two");
    }

    fn wrong_shape(&mut self, key: &str, shape: Shape, range: Range<usize>) {
        self.protect(key, &range);
        self.findings
            .push("wrong-type", range, format!("`{key}` is not {}", shape.words()))
            .hint(format!("write {}", shape.words()));
    }

    fn missing(&mut self, inside: Range<usize>) {
        for (key, hint) in REQUIRED {
            let drafted = key == "status" && self.has("draft");
            if !self.has(key) && !drafted {
                let end = self.text[..inside.start].trim_end().len();
                let fence = end.saturating_sub(3)..end;
                self.findings.push("missing-key", fence, format!("`{key}` is missing")).hint(hint);
            }
        }
        if let Some(range) = self.is_draft.take() {
            let status = self.read.front_matter.status.as_ref().map(|status| status.value);
            if let Some(other) = status.filter(|status| *status != Status::Draft) {
                self.findings
                    .push(
                        "unknown-status",
                        range.clone(),
                        format!("`draft: true` contradicts `status: {}`", other.name()),
                    )
                    .hint("keep one of the two; until then it is a draft");
            }
            self.read.front_matter.status = Some(Typed { value: Status::Draft, range });
        }
        if let Some(range) = self.no_draft.take().filter(|_| !self.has("status")) {
            self.findings
                .push("missing-key", range, "`status` is missing: `draft: false` states none")
                .hint("write `status: approved` when it is, with `approver` and `changes`");
        }
    }

    /// The last review and the time to the next say something together alone (contracts 1).
    fn half_a_review(&mut self) {
        let both = ["last_reviewed_on", "review_in"];
        for (key, other) in [(both[0], both[1]), (both[1], both[0])] {
            let place = self.seen.iter().find(|(seen, _)| *seen == key);
            if let Some((_, place)) = place.filter(|_| !self.has(other)) {
                self.findings
                    .push(
                        "missing-key",
                        place.clone(),
                        format!("`{key}` says nothing without `{other}`"),
                    )
                    .hint(format!("add `{other}: …`, or take `{key}` out"));
                self.read.front_matter.review_unknown = true;
            }
        }
    }

    /// A value with the blanks before it, where it begins on a line of its own.
    fn indented(&self, value: &Range<usize>) -> Range<usize> {
        let line = self.text[..value.start].rsplit('\n').next().unwrap_or_default();
        let blanks = if line.trim().is_empty() { line.len() } else { 0 };
        value.start - blanks..value.end
    }

    /// Puts a value where it belongs, each key exactly once.
    fn take(&mut self, Typing { key, value, range }: Typing) {
        match (key, value) {
            (key, Value::Empty) => self.empty(key, range),
            (key, Value::Text(text)) if is_blank(&text) => self.empty(key, range),
            (key, Value::List(list)) if list.iter().all(|text| text.value.trim().is_empty()) => {
                self.empty(key, range);
            }
            ("changes", Value::Maps(maps)) => self.changes(maps),
            ("origin", Value::Map(pairs)) => self.origin(pairs),
            ("columns", Value::Map(pairs)) => self.columns(pairs),
            (key, Value::Text(text)) => self.take_text(key, text, range),
            (key, Value::List(list)) => {
                let list = list.into_iter().map(trimmed);
                self.take_list(key, list.filter(|text| !text.value.is_empty()).collect());
            }
            (key, _) => unreachable_shape(key),
        }
    }

    fn empty(&mut self, key: &str, range: Range<usize>) {
        self.protect(key, &range);
        let message = format!("`{key}` is empty");
        match REQUIRED.iter().find(|(required, _)| *required == key) {
            Some((_, hint)) => self.findings.push("missing-key", range, message).hint(*hint),
            None => self
                .findings
                .push("wrong-type", range, message)
                .hint("give it a value or leave the key out"),
        }
    }

    fn take_text(&mut self, key: &'static str, text: String, range: Range<usize>) {
        let typed = Typed { value: text.trim().to_owned(), range };
        match key {
            "title" => self.read.front_matter.title = self.title(typed),
            "reference" => self.read.front_matter.reference = Some(typed),
            "type" => self.read.front_matter.document_type = self.document_type(typed),
            "owner" => self.read.front_matter.owner = Some(typed),
            "version" => self.read.front_matter.version = self.version(typed),
            "status" => self.read.front_matter.status = self.status(typed),
            "approver" => self.read.front_matter.approver = Some(typed),
            "effective_date" => {
                let range = typed.range.clone();
                self.read.front_matter.effective_date = self.date(key, typed);
                if self.read.front_matter.effective_date.is_none() {
                    self.protect(key, &range);
                }
            }
            "review_date" | "review_cycle" | "last_reviewed_on" | "review_in" => {
                self.review(key, typed);
            }
            "replaced_by" => self.read.front_matter.replaced_by = Some(typed),
            "classification" => self.read.front_matter.classification = self.classification(typed),
            "retention" => self.read.front_matter.retention = Some(typed),
            "data" => self.read.data = Some(typed),
            "draft" => self.draft(&typed),
            other => unreachable_shape(other),
        }
    }

    fn take_list(&mut self, key: &'static str, list: Vec<Typed<String>>) {
        let matter = &mut self.read.front_matter;
        match key {
            "clause" => {
                let clauses =
                    list.into_iter().filter_map(|typed| self.findings.clause(typed)).collect();
                self.read.front_matter.clauses = clauses;
            }
            "governed_by" => matter.governed_by = list,
            "related" => matter.related = list,
            "audience" => matter.audience = list,
            "aliases" => matter.aliases = list,
            "old_paths" => matter.old_paths = list,
            "keywords" => matter.keywords = list,
            "found_by" => matter.found_by = list,
            other => unreachable_shape(other),
        }
    }
}

/// A text without the white space around it.
fn trimmed(Typed { value, range }: Typed<String>) -> Typed<String> {
    Typed { value: value.trim().to_owned(), range }
}

/// The first characters of a line, for a message.
fn shorten(line: &str) -> String {
    if line.chars().count() <= 40 {
        line.to_owned()
    } else {
        line.chars().take(39).chain(['…']).collect()
    }
}

/// Every key of [`KEYS`] is taken in the shape it has there; a key that is not is a mistake of ours that the
/// tests of this file find.
fn unreachable_shape(key: &str) {
    debug_assert!(false, "the key `{key}` is not taken");
}
