//! The piece of a text that shows why it was found, with the words marked.

use std::collections::HashMap;
use std::ops::Range;

use super::plan::distance;
use super::query::Query;
use super::words::{self, Words};

/// How long a piece is, in bytes.
const LENGTH: usize = 220;

/// Marks what a query looks for.
pub(super) struct Marker {
    /// What is looked for: each a word, its stem, how many letters may be wrong, and whether it may go on.
    wanted: Vec<Wanted>,
    words: Words,
    /// Which of them each word that was met is.
    known: HashMap<String, Option<usize>>,
}

struct Wanted {
    text: String,
    stem: Option<String>,
    distance: u8,
    open: bool,
}

/// A word that is looked for, where it stands.
struct Mark {
    wanted: usize,
    range: Range<usize>,
}

impl Marker {
    pub(super) fn new(query: &Query, words: Words) -> Self {
        let last = query.words.len();
        let words_asked = query.words.iter().enumerate().map(|(i, word)| Wanted {
            text: word.text.clone(),
            stem: Some(word.stem.clone()),
            distance: distance(word),
            open: query.open && i + 1 == last,
        });
        let quoted = query.phrases.iter().flatten().map(|word| Wanted {
            text: word.text.clone(),
            stem: None,
            distance: 0,
            open: false,
        });
        Self { wanted: words_asked.chain(quoted).collect(), words, known: HashMap::new() }
    }

    /// The best piece of `text` as HTML: nothing but `mark` around the words. Its beginning when none stands in it.
    pub(super) fn snippet(&mut self, text: &str) -> String {
        let marks = self.marks(text);
        let piece = piece(text, &marks);
        let mut out = String::new();
        if piece.start > 0 {
            out.push_str("… ");
        }
        let mut at = piece.start;
        let shown = |mark: &&Mark| piece.start <= mark.range.start && mark.range.end <= piece.end;
        for mark in marks.iter().filter(shown) {
            escape(&text[at..mark.range.start], &mut out);
            out.push_str("<mark>");
            escape(&text[mark.range.clone()], &mut out);
            out.push_str("</mark>");
            at = mark.range.end;
        }
        escape(&text[at..piece.end], &mut out);
        if piece.end < text.trim_end().len() {
            out.push_str(" …");
        }
        out
    }

    fn marks(&mut self, text: &str) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.wanted.is_empty() {
            return marks;
        }
        let mut split = words::split(text);
        let mut word = String::new();
        while let Some(range) = split.next_into(&mut word) {
            let wanted = match self.known.get(&word) {
                Some(known) => *known,
                None => {
                    let found = self.find(&word);
                    self.known.insert(word.clone(), found);
                    found
                }
            };
            marks.extend(wanted.map(|wanted| Mark { wanted, range }));
        }
        marks
    }

    /// Which word of the query this one is, the plainest likeness first.
    fn find(&mut self, word: &str) -> Option<usize> {
        let stem = self.words.stem(word).to_owned();
        let mut folded = word.to_owned();
        words::fold(&mut folded);
        let same = |wanted: &Wanted| wanted.text == folded || wanted.stem.as_ref() == Some(&stem);
        let begun = |wanted: &Wanted| wanted.open && folded.starts_with(&wanted.text);
        let like = |wanted: &Wanted| {
            wanted.distance > 0 && within(&wanted.text, &folded, usize::from(wanted.distance))
        };
        self.wanted
            .iter()
            .position(same)
            .or_else(|| self.wanted.iter().position(begun))
            .or_else(|| self.wanted.iter().position(like))
    }
}

/// The piece with the most different words, then the most words, then the first.
fn piece(text: &str, marks: &[Mark]) -> Range<usize> {
    let mut best = (0, 0);
    let mut start = 0;
    for (i, first) in marks.iter().enumerate() {
        let until = first.range.start + LENGTH * 3 / 4;
        let within = marks[i..].iter().take_while(|mark| mark.range.end <= until);
        let mut seen = 0u64;
        let mut count = 0;
        for mark in within {
            seen |= 1 << mark.wanted.min(63);
            count += 1;
        }
        let value = (seen.count_ones(), count);
        if value > best {
            best = value;
            start = first.range.start;
        }
    }
    let begin = begin(text, start);
    let mut end = floor(text, begin + LENGTH);
    if end < text.len() {
        // Not within a word.
        end = text[begin..end].rfind(char::is_whitespace).map_or(end, |at| begin + at);
    }
    begin..end.max(begin)
}

/// Where a piece around `at` begins: at its block or sentence if that is near, else a few words before.
fn begin(text: &str, at: usize) -> usize {
    if at < LENGTH / 3 {
        return 0;
    }
    let from = floor(text, at - LENGTH / 3);
    let before = &text[from..at];
    if let Some(line) = before.rfind('\n') {
        return from + line + 1;
    }
    if let Some(stop) = before.rfind(". ") {
        return from + stop + 2;
    }
    before.find(char::is_whitespace).map_or(at, |space| from + space + 1)
}

/// The last place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Writes text for HTML; breaks between blocks become spaces.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
}

/// True when `a` becomes `b` by at most `most` letters put in, left out, exchanged, or swapped with the next.
pub(super) fn within(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most || a.len() > 64 || b.len() > 64 {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(query: &str, text: &str) -> String {
        let mut words = Words::of("en");
        let query = Query::parse("", query, &mut words);
        Marker::new(&query, words).snippet(text)
    }

    #[test]
    fn the_words_are_marked_in_all_their_forms() {
        assert_eq!(
            snippet("change appr", "Emergency <changes> are approved & logged."),
            "Emergency &lt;<mark>changes</mark>&gt; are <mark>approved</mark> &amp; logged."
        );
        assert_eq!(snippet("\"no changes\"", "No change, no changes"), {
            "<mark>No</mark> change, <mark>no</mark> <mark>changes</mark>"
        });
        assert_eq!(snippet("emergancy ", "An emergency."), "An <mark>emergency</mark>.");
    }

    #[test]
    fn the_piece_holds_the_most_different_words() {
        let filler = "Nothing of note stands in this sentence at all. ".repeat(12);
        let text = format!(
            "Change one. Change two. {filler}An emergency change is approved at once. {filler}"
        );
        let found = snippet("emergency change approved", &text);
        assert!(found.starts_with("… An <mark>emergency</mark>"), "{found}");
        assert!(found.ends_with(" …") && found.len() < 2 * LENGTH, "{found}");
        assert!(snippet("unheard", &text).starts_with("Change one."));
        assert_eq!(snippet("a", ""), "");
        assert!(!snippet("ä", &"ä".repeat(999)).is_empty());
    }

    #[test]
    fn a_letter_may_be_wrong() {
        assert!(within("laptop", "latpop", 1) && within("laptop", "laptp", 1));
        assert!(!within("laptop", "lpatpo", 1) && !within("", "ab", 1));
    }
}
