//! Where the front matter of a file ends and its body begins, and how the front matter falls into keys.

use std::ops::Range;

/// A file, cut.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// Nothing but white space.
    Empty,
    /// No front matter.
    Plain,
    /// Front matter that has no end.
    Unclosed {
        /// `---` or `+++`.
        fence: &'static str,
    },
    /// Front matter and body.
    Cut {
        /// How it is written.
        language: Language,
        /// Its lines, without the fences.
        inside: Range<usize>,
        /// Where the body begins.
        body: usize,
        /// The closing line, when it is `...`.
        dots: Option<Range<usize>>,
    },
}

/// What front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Toml,
}

/// Cuts `text[from..]`.
pub(super) fn split(text: &str, from: usize) -> Split {
    if text[from..].trim().is_empty() {
        return Split::Empty;
    }
    let mut lines = lines(text, from..text.len());
    let Some(first) = lines.next() else { return Split::Empty };
    let (language, fence) = match text[first.clone()].trim_end() {
        "---" => (Language::Yaml, "---"),
        "+++" => (Language::Toml, "+++"),
        _ => return Split::Plain,
    };
    for line in lines {
        let content = text[line.clone()].trim_end();
        let dots = language == Language::Yaml && content == "...";
        if content == fence || dots {
            let dots = dots.then(|| line.start..line.start + 3);
            return Split::Cut { language, inside: first.end..line.start, body: line.end, dots };
        }
    }
    Split::Unclosed { fence }
}

/// One key of YAML front matter with the text of its value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key as typed, without quotes.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) key_range: Range<usize>,
    /// From the key to the end of its value: a YAML mapping of one key.
    pub(super) range: Range<usize>,
    /// The value, without the white space around it.
    pub(super) value: Range<usize>,
}

/// Cuts YAML front matter at its top-level keys. A line in column 1 that is none is given back beside them.
pub(super) fn entries(text: &str, inside: Range<usize>) -> (Vec<Entry>, Vec<Range<usize>>) {
    let mut entries: Vec<Entry> = Vec::new();
    let mut strays = Vec::new();
    // In a block scalar (`|`, `>`) and in a quoted text, a line that begins in column 1 ends it all the same.
    for line in lines(text, inside) {
        let content = text[line.clone()].trim_end();
        let first = content.chars().next();
        let continues = content.is_empty()
            || content.starts_with([' ', '\t'])
            || content.starts_with('#')
            || content == "-"
            || content.starts_with("- ");
        if continues {
            match entries.last_mut() {
                Some(entry) if !content.is_empty() && first != Some('#') => {
                    entry.range.end = line.end;
                }
                Some(_) => {}
                None if content.is_empty() || first == Some('#') => {}
                None => strays.push(line.start..line.start + content.len()),
            }
            continue;
        }
        match key(content) {
            Some((key, key_length, value_at)) => entries.push(Entry {
                key: key.to_owned(),
                key_range: line.start..line.start + key_length,
                range: line.clone(),
                value: line.start + value_at..line.end,
            }),
            None => strays.push(line.start..line.start + content.len()),
        }
    }
    for entry in &mut entries {
        let value = &text[entry.value.start..entry.range.end];
        let start = entry.value.start + (value.len() - value.trim_start().len());
        let end = entry.value.start + value.trim_end().len();
        entry.value = start.min(end.max(entry.value.start))..end.max(entry.value.start);
    }
    (entries, strays)
}

/// The key that a line begins with: its name, its length as typed, where its value begins.
pub(super) fn key(line: &str) -> Option<(&str, usize, usize)> {
    let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (name, end) = match quote {
        Some(quote) => {
            let close = line[1..].find(quote)? + 1;
            (&line[1..close], close + 1)
        }
        None => {
            let colon = line.find(':')?;
            (line[..colon].trim_end(), line[..colon].trim_end().len())
        }
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
        return None;
    }
    let rest = line[end..].trim_start();
    let after = rest.strip_prefix(':')?;
    if !after.is_empty() && !after.starts_with([' ', '\t']) {
        return None;
    }
    Some((name, end, line.len() - after.len()))
}

/// The lines of a stretch, each with its line break.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    text[range].split_inclusive('\n').map(move |line| {
        let this = start..start + line.len();
        start = this.end;
        this
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, String)> {
        let (entries, _) = entries(text, 0..text.len());
        entries
            .iter()
            .map(|entry| (entry.key.clone(), text[entry.value.clone()].to_owned()))
            .collect()
    }

    #[test]
    fn a_file_is_cut_at_its_fences() {
        assert_eq!(
            split("---\na: b\n---\nx", 0),
            Split::Cut { language: Language::Yaml, inside: 4..9, body: 13, dots: None }
        );
        assert!(matches!(split("---\r\na: b\r\n---\r\nx", 0), Split::Cut { body: 16, .. }));
        assert!(matches!(split("---\na: b\n...\nx", 0), Split::Cut { dots: Some(_), .. }));
        assert!(matches!(
            split("+++\na = 1\n+++\n", 0),
            Split::Cut { language: Language::Toml, .. }
        ));
        assert_eq!(split("---\na: b\n", 0), Split::Unclosed { fence: "---" });
        assert_eq!(split("text", 0), Split::Plain);
        assert_eq!(split(" \n\n", 0), Split::Empty);
    }

    #[test]
    fn keys_are_cut_where_they_begin_a_line() {
        let text =
            "a: b\nlist:\n- one\n- two\nmap:\n  x: y\n# note\n\n'q k' : |\n  long\n  text\nlast:\n";
        let expected = [
            ("a", "b"),
            ("list", "- one\n- two"),
            ("map", "x: y"),
            ("q k", "|\n  long\n  text"),
            ("last", ""),
        ];
        assert_eq!(cut(text), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_line_that_is_no_key_is_a_stray() {
        let text = "a: b\nno key here\n{flow: style}\n";
        let (_, strays) = entries(text, 0..text.len());
        assert_eq!(
            strays.iter().map(|stray| &text[stray.clone()]).collect::<Vec<_>>(),
            ["no key here", "{flow: style}"]
        );
    }
}
