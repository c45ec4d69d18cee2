//! Alerts: block quotes whose first line is a mark.

use std::ops::Range;

use super::{Fault, FaultKind, Reader};

/// The kinds of alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    /// For authors: never published.
    Guidance,
}

impl Alert {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Note, Self::Tip, Self::Important, Self::Warning, Self::Caution, Self::Guidance];

    /// The name in class names and words; upper case in the text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
            Self::Guidance => "guidance",
        }
    }
}

impl Reader<'_, '_> {
    /// The alert that a block quote is: its first line holds nothing but `[!WORD]`. Guidance is cut out whatever else
    /// stands on its line: what is for authors alone must not be published for a slip.
    pub(super) fn alert(&mut self, range: &Range<usize>) -> Option<Alert> {
        let quote = self.text.get(range.clone())?;
        // Its own sign only: what stands behind another one is said of the quote within.
        let line = quote.trim_start_matches(' ').strip_prefix('>')?.trim_start_matches([' ', '\t']);
        if !line.starts_with("[!") {
            return self.late_guidance(range);
        }
        let begun = quote.len() - line.len();
        let line_end = begun + line.find('\n').unwrap_or(line.len());
        let line = quote[begun..line_end].trim_end();
        let (word, more) = line.strip_prefix("[!")?.split_once(']')?;
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b"-_ \t".contains(&b);
        // A picture may stand at the beginning of a quote: `[![…](…)](…)`.
        if word.trim().is_empty() || !word.bytes().all(is_word) || more.starts_with(['(', '[']) {
            return None;
        }
        let named = |alert: &Alert| alert.name().eq_ignore_ascii_case(word.trim());
        let found = Alert::ALL.into_iter().find(named);
        let exact = found.is_some() && word == word.trim() && more.is_empty();
        if found == Some(Alert::Guidance) || exact {
            self.marker_end = range.start + line_end + 1;
            return found;
        }
        let start = range.start + begun;
        let kind = match found {
            Some(_) if !more.is_empty() => FaultKind::AlertWithMore(format!("[!{word}]")),
            _ => FaultKind::UnknownAlert(word.to_owned()),
        };
        self.body.faults.push(Fault { kind, range: start..start + line.len() });
        None
    }

    /// Guidance whose mark is not on the first line: cut out as well, and told.
    fn late_guidance(&mut self, range: &Range<usize>) -> Option<Alert> {
        // Deeper quotes are looked through with the one that holds them.
        if !self.alerts.is_empty() {
            return None;
        }
        let mut start = range.start;
        for line in self.text.get(range.clone())?.split_inclusive('\n') {
            let own = line.trim_start_matches(' ').strip_prefix('>').unwrap_or(line).trim();
            let marked = own.get(.."[!guidance]".len());
            if marked.is_some_and(|mark| mark.eq_ignore_ascii_case("[!guidance]")) {
                let at = start + line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
                let kind = FaultKind::LateGuidance(own.to_owned());
                self.body.faults.push(Fault { kind, range: at..at + own.len() });
                return Some(Alert::Guidance);
            }
            start += line.len();
        }
        None
    }
}
