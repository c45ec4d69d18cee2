//! `clausebook init`: begin a repository with the built-in documents, as drafts (contracts 7).
//!
//! Lines are changed in place, at the places where the documents were read, so that comments and spelling stay.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;

use super::{CONTENT, Format, Global, Outcome, note, refuse_format, session};
use crate::checklist::Answer;
use crate::config::Config;
use crate::document::{Document, Status, Typed};
use crate::embedded;
use crate::failure::{Failure, Result};
use crate::files;
use crate::implementation::{ActivityState, ImplementationPlan};
use crate::portal::Framework;
use crate::register::Register;

/// What `init` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder to begin in
    #[arg(default_value = ".")]
    folder: PathBuf,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("init", global.format, &[Format::Text])?;
    for (option, given) in
        [("--content", global.content != CONTENT), ("--config", global.config.is_some())]
    {
        if given {
            return Err(Failure::new(format!("`init` does not take `{option}`")).remedy(
                "begin without it, then rename what `init` wrote, and name it to the other commands",
            ));
        }
    }
    let folder = plain(&global.root.join(&arguments.folder));
    for name in ["clausebook.toml", "content"] {
        if files::there(&folder.join(name))? != files::There::Nothing {
            return Err(Failure::new(format!(
                "`{}` is there already",
                folder.join(name).display()
            ))
            .remedy("begin in an empty folder"));
        }
    }
    let today = global.today.unwrap_or_else(session::local_date);
    let begun = begin(today)?;
    for (path, bytes) in &begun {
        files::write(&folder.join(path), bytes)?;
    }
    let here = folder.as_os_str().is_empty();
    let place = if here { "this folder".to_owned() } else { format!("`{}`", folder.display()) };
    note(global, &format!("{} files in {place}; now run `clausebook check` there", begun.len()));
    Ok(Outcome::Clean)
}

/// A path without steps that lead nowhere: `./.` is empty, as the folder that we are in.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

/// The files of a new repository as of a day, by path.
fn begin(today: Date) -> Result<BTreeMap<String, Vec<u8>>> {
    let config = Arc::new(Config::parse("clausebook.toml", embedded::SETTINGS)?);
    let dated = config.demo.unwrap_or(today);
    let source = embedded::content("content");
    let joined = crate::join(&source, "content", &config)?;
    let mut begun = source.0;
    let days = today - dated;
    let moved = |date: Date| date.checked_add(days).unwrap_or(date).to_string();
    for entry in &joined.library.entries {
        let document = &*entry.document;
        // What is retired belongs to the history of another organization.
        if document.status() == Some(Status::Retired) {
            begun.remove(&*document.path);
            continue;
        }
        begun.insert(
            document.path.to_string(),
            apply(&document.text, as_draft(document, today, &moved)).into_bytes(),
        );
        if let Some(register) = &document.register
            && let Some(text) = joined.library.texts.0.get(&register.path)
        {
            begun.insert(
                register.path.to_string(),
                apply(text, moved_rows(register, &moved)).into_bytes(),
            );
        }
    }
    // What another organization has done or found is none of this one's: everything is still to be done.
    begun.retain(|path, _| !path.starts_with("content/assessments/"));
    for (path, edits) in unanswered(&joined.library.framework) {
        if let Some(text) = joined.library.texts.0.get(&path) {
            begun.insert(path.to_string(), apply(text, edits).into_bytes());
        }
    }
    begun.insert("clausebook.toml".to_owned(), without_demo(embedded::SETTINGS).into_bytes());
    Ok(begun)
}

type Edits = Vec<(Range<usize>, String)>;

/// A draft of today: status, version and history begin anew, dates move along.
fn as_draft(document: &Document, today: Date, moved: &dyn Fn(Date) -> String) -> Edits {
    let matter = &document.front_matter;
    let mut edits = Edits::new();
    if let Some(Typed { range, .. }) = &matter.status {
        edits.push((range.clone(), Status::Draft.name().to_owned()));
    }
    if let Some(Typed { range, .. }) = &matter.version {
        edits.push((range.clone(), "0.1".to_owned()));
    }
    for date in [&matter.effective_date, &matter.review_date, &matter.last_reviewed_on]
        .into_iter()
        .flatten()
    {
        edits.push((date.range.clone(), moved(date.value)));
    }
    if let Some(received) = matter.origin.as_ref().and_then(|origin| origin.received.as_ref()) {
        edits.push((received.range.clone(), moved(received.value)));
    }
    if let (Some(first), Some(last)) = (matter.changes.first(), matter.changes.last()) {
        // The first entry begins at its dash; what follows is indented to the name behind it.
        let column = document.text[..first.range.start]
            .rfind('\n')
            .map_or(0, |newline| first.range.start - newline - 1);
        let indent = " ".repeat(column + 2);
        let entry = format!(
            "- version: 0.1\n{indent}date: {today}\n{indent}summary: First draft, from the Clausebook documents."
        );
        edits.push((first.range.start..last.range.end, entry));
    }
    edits
}

/// The plan and the checklists with every activity and every answer open, and without the remarks of others.
fn unanswered(framework: &Framework) -> BTreeMap<Arc<str>, Edits> {
    let mut edits: BTreeMap<Arc<str>, Edits> = BTreeMap::new();
    for activity in framework.plan.iter().flat_map(ImplementationPlan::activities) {
        let open = ActivityState::Open.name().to_owned();
        edits
            .entry(Arc::clone(&activity.span.path))
            .or_default()
            .push((activity.stated.clone(), open));
    }
    for statement in framework.checklists.iter().flat_map(|list| &list.statements) {
        let of = edits.entry(Arc::clone(&statement.span.path)).or_default();
        of.push((statement.answered.clone(), Answer::Open.name().to_owned()));
        of.extend(statement.remark.as_ref().map(|remark| (remark.range.clone(), String::new())));
    }
    edits
}

/// The rows of a register, dates moved along.
fn moved_rows(register: &Register, moved: &dyn Fn(Date) -> String) -> Edits {
    let cells = register.rows.iter().flat_map(|row| &row.cells);
    cells.filter_map(|cell| Some((cell.range.clone(), moved(cell.date?)))).collect()
}

/// The text with stretches of it replaced.
fn apply(text: &str, mut edits: Edits) -> String {
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut text = text.to_owned();
    for (range, new) in edits {
        text.replace_range(range, &new);
    }
    text
}

/// The settings without the section `[demo]`.
fn without_demo(settings: &str) -> String {
    let mut kept = String::new();
    let mut within = false;
    for line in settings.split_inclusive('\n') {
        if line.trim_start().starts_with('[') {
            within = line.trim() == "[demo]";
        }
        if !within {
            kept.push_str(line);
        }
    }
    format!("{}\n", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_repository_holds_drafts_of_today_and_no_demonstration() {
        let today = "2031-03-05".parse().unwrap();
        let begun = begin(today).unwrap();
        let settings = std::str::from_utf8(&begun["clausebook.toml"]).unwrap();
        let config = Arc::new(Config::parse("clausebook.toml", settings).unwrap());
        assert_eq!(config.demo, None);
        assert!(settings.contains("# "), "comments are kept");
        let source = crate::source::Memory(begun);
        let joined = crate::join(&source, "content", &config).unwrap();
        for entry in &joined.library.entries {
            let document = &entry.document;
            assert_eq!(document.status(), Some(Status::Draft), "{}", document.path);
            let matter = &document.text[..document.body];
            let dates = matter.lines().filter(|line| line.contains("date:"));
            assert!(
                dates.clone().all(|line| !line.contains("2026")),
                "{}: {matter}",
                document.path
            );
            let changes = &document.front_matter.changes;
            assert_eq!(changes.len(), 1, "{}", document.path);
            assert_eq!(changes[0].date.as_ref().unwrap().value, today);
            assert_eq!(document.front_matter.version.as_ref().unwrap().value.0, "0.1");
        }
    }
}
