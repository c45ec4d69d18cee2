//! `change-summary`: an entry of `changes` says in a sentence what changed and why.
//!
//! **Why.** "Minor changes" tells nobody whether the change concerns them, nor why it was made (R29).
//!
//! **Do.** Write what changed and why: `summary: The board decides on high risk only, because low risk held up releases.`

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::diagnostic::{Diagnostic, Span};
use crate::document::{Change, Document};
use crate::portal::{Library, View};

/// Words that say nothing of a change, whatever their order.
static EMPTY: Words = Words::new(|| {
    "a all amended amendment amendments an and annual changed changes change clarification \
    clarifications clean cleanup content corrected correction corrections cosmetic cyclic document documentation \
    edit edited editing editorial edits few fix fixed fixes for formatting general improved improvement improvements \
    in information language layout minor misc miscellaneous modification modifications modified new of other over \
    overall periodic planned plan policy procedure process reason reasons regular release reviewed review \
    revised revision revisions routine scheduled several slight slightly small some spelling style text the this to \
    typo typos up update updated updates updating various version with wording yearly \
    aktualisiert aktualisierung aktualisierungen allgemein allgemeine anpassung anpassungen das dem den der des die \
    diverse dokument einige fehler formal formale formulierung für geringfügig geringfügige geändert im in jährliche \
    kleine kleinere korrektur korrekturen layout mehrere neue neuer prüfung redaktionell redaktionelle \
    redaktioneller regelmäßige regelmäßiger routine text turnusmäßige turnusmäßiger und verbesserung verbesserungen \
    verschiedene von zur änderung änderungen überarbeitet überarbeitung überprüfung"
        .split_whitespace()
        .collect()
});

/// What the first approval and what came before it may say.
static FIRST: Words = Words::new(|| {
    "first initial issue version release edition draft approval new document begun created written \
    erste erster erstes ausgabe erstausgabe fassung erstfassung freigabe entwurf neu neue neues dokument angelegt \
    begonnen erstellt"
        .split_whitespace()
        .collect()
});

type Words = LazyLock<HashSet<&'static str>>;

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in super::approved(library) {
        let document = &entry.document;
        let changes = &document.front_matter.changes;
        for (index, change) in changes.iter().enumerate() {
            let first = changes[index + 1..].iter().all(|older| older.approved_by.is_none());
            let (range, message) = match &change.summary {
                Some(summary) => {
                    let Some(fault) = fault(&summary.value, first) else { continue };
                    (summary.range.clone(), fault)
                }
                None if is_of_this_version(change, document) => continue,
                None => {
                    let version = change.version.as_ref();
                    let range = version.map_or(&change.range, |version| &version.range);
                    (range.clone(), "the entry has no `summary`".to_owned())
                }
            };
            findings.push(
                Diagnostic::new("change-summary", Span::new(&document.path, range), message)
                    .hint("write in a sentence what changed and why"),
            );
        }
    }
}

/// True for the entry that `history-entry` looks at.
fn is_of_this_version(change: &Change, document: &Document) -> bool {
    let version = document.front_matter.version.as_ref().map(|version| &version.value);
    version.is_some() && change.version.as_ref().map(|version| &version.value) == version
}

/// What is wrong with a summary.
fn fault(summary: &str, first: bool) -> Option<String> {
    let words: Vec<String> = summary
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let all_of = |known: &Words| words.iter().all(|word| known.contains(&**word));
    if words.is_empty() {
        return Some("the summary is empty".to_owned());
    }
    if first && all_of(&FIRST) {
        return None;
    }
    let shown = summary.trim();
    if all_of(&EMPTY) {
        Some(format!("`{shown}` says neither what changed nor why"))
    } else if words.len() < 3 {
        Some(format!("`{shown}` is too little to say what changed and why"))
    } else {
        None
    }
}
