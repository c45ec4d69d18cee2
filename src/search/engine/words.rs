//! Text to words, and words to stems: the same for what is indexed, what is asked and what is marked.

use std::collections::HashMap;
use std::ops::Range;

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RawTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};

/// The longest word that is kept, in bytes: what is longer is no word but data.
pub(super) const LONGEST: usize = 60;

/// Words by the name of their language in the settings: `en`, `de-CH`. Others are searched without stems.
const LANGUAGES: [(&str, Language); 17] = [
    ("ar", Language::Arabic),
    ("da", Language::Danish),
    ("de", Language::German),
    ("el", Language::Greek),
    ("en", Language::English),
    ("es", Language::Spanish),
    ("fi", Language::Finnish),
    ("fr", Language::French),
    ("hu", Language::Hungarian),
    ("it", Language::Italian),
    ("nb", Language::Norwegian),
    ("nl", Language::Dutch),
    ("no", Language::Norwegian),
    ("pt", Language::Portuguese),
    ("ro", Language::Romanian),
    ("ru", Language::Russian),
    ("sv", Language::Swedish),
];

/// Words of a question that say nothing of what is looked for, beside those of tantivy's lists.
#[derive(Debug)]
struct Asking {
    language: &'static str,
    words: &'static [&'static str],
    /// The word for how, and those that say nothing behind it: how many, how often.
    how: &'static str,
    measures: &'static [&'static str],
}

const ASKING: [Asking; 2] = [
    Asking {
        language: "en",
        words: &[
            "about", "am", "any", "can", "could", "did", "do", "does", "from", "get", "happens",
            "has", "have", "having", "he", "her", "his", "how", "i", "its", "me", "must", "my",
            "our", "please", "shall", "she", "should", "so", "than", "them", "us", "we", "were",
            "what", "when", "where", "which", "who", "whom", "whose", "why", "would", "you",
            "your",
        ],
        how: "how",
        measures: &["far", "fast", "long", "many", "much", "often", "old", "soon"],
    },
    Asking {
        language: "de",
        words: &[
            "bitte", "darf", "gibt", "warum", "was", "welche", "welcher", "welches", "wem", "wen",
            "wer", "wie", "wieso", "wo", "wofür", "woher", "wohin", "wozu",
        ],
        how: "wie",
        measures: &["bald", "lange", "oft", "schnell", "viel", "viele", "weit"],
    },
];

/// The words of one language.
#[derive(Clone)]
pub(super) struct Words {
    /// The two letters of it; empty for one that has no stems.
    pub(super) language: &'static str,
    analyzer: TextAnalyzer,
    stops: Option<TextAnalyzer>,
    asking: Option<&'static Asking>,
    /// The number of each word that was met: most words of a text were met before, and most are short.
    short: HashMap<Short, u32, Quick>,
    long: HashMap<Box<str>, u32, Quick>,
    /// What is known of each, by number.
    known: Vec<Known>,
}

/// What is known of a word.
#[derive(Debug, Clone)]
struct Known {
    stem: Box<str>,
    /// One of which a text is full.
    stop: bool,
}

impl Words {
    /// The words of the language called `name`: `en`, `de-CH`.
    pub(super) fn of(name: &str) -> Self {
        let two = name.split(['-', '_']).next().unwrap_or(name);
        let known = LANGUAGES.iter().find(|(known, _)| *known == two);
        let folded = TextAnalyzer::builder(RawTokenizer::default());
        let (analyzer, stops) = match known {
            Some((_, language)) => (
                folded.filter(Stemmer::new(*language)).filter(AsciiFoldingFilter).build(),
                StopWordFilter::new(*language).map(|filter| {
                    TextAnalyzer::builder(RawTokenizer::default()).filter(filter).build()
                }),
            ),
            None => (folded.filter(LowerCaser).filter(AsciiFoldingFilter).build(), None),
        };
        let language = known.map_or("", |(name, _)| name);
        let asking = ASKING.iter().find(|asking| asking.language == language);
        let (short, long) = (HashMap::default(), HashMap::default());
        Self { language, analyzer, stops, asking, short, long, known: Vec::new() }
    }

    /// The stem of a word as [`split`] gives it.
    pub(super) fn stem(&mut self, word: &str) -> &str {
        &self.known(word).stem
    }

    /// The number of a word, which are numbered as they are met.
    pub(super) fn number(&mut self, word: &str) -> usize {
        let met = match Short::of(word) {
            Some(short) => self.short.get(&short),
            None => self.long.get(word),
        };
        match met {
            Some(number) => *number as usize,
            None => self.meet(word),
        }
    }

    /// The stem of the word of that number, and whether it is one of which a text is full.
    pub(super) fn of_number(&self, number: usize) -> (&str, bool) {
        let Known { stem, stop } = &self.known[number];
        (stem, *stop)
    }

    /// What is known of a word.
    fn known(&mut self, word: &str) -> &Known {
        let number = self.number(word);
        &self.known[number]
    }

    /// Learns a word that was not met before, and returns its number.
    fn meet(&mut self, word: &str) -> usize {
        let mut stream = self.analyzer.token_stream(word);
        let stem = if stream.advance() { stream.token().text.as_str() } else { word }.into();
        drop(stream);
        let stop = self.stops.as_mut().is_some_and(|stops| !stops.token_stream(word).advance());
        let number = self.known.len();
        let narrow = u32::try_from(number).unwrap_or(u32::MAX);
        self.known.push(Known { stem, stop });
        match Short::of(word) {
            Some(short) => self.short.insert(short, narrow),
            None => self.long.insert(word.into(), narrow),
        };
        number
    }

    /// True for a word of which a text is full: `the`.
    pub(super) fn is_listed(&mut self, word: &str) -> bool {
        self.known(word).stop
    }

    /// True for a word that is left out where others are asked for; `before` stands before it.
    pub(super) fn is_stop(&mut self, before: Option<&str>, word: &str) -> bool {
        self.is_listed(word)
            || self.asking.is_some_and(|Asking { words, how, measures, .. }| {
                words.contains(&word) || before == Some(how) && measures.contains(&word)
            })
    }
}

/// A word of a text: where it stands, in small letters.
pub(super) fn split(text: &str) -> Split<'_> {
    Split { text, at: 0 }
}

/// The words of a text, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Split<'a> {
    text: &'a str,
    at: usize,
}

impl Split<'_> {
    /// Puts the next word into `word`, in small letters, and returns where it stands.
    ///
    /// A word is a run of letters and digits. A dot between two digits belongs to it, so that 8.5.1.2 is one word;
    /// apostrophes within it and marks above its letters are left out.
    pub(super) fn next_into(&mut self, word: &mut String) -> Option<Range<usize>> {
        word.clear();
        let bytes = self.text.as_bytes();
        let mut start = None;
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii_alphanumeric() {
                start.get_or_insert(self.at);
                let run = bytes[self.at..].iter().take_while(|byte| byte.is_ascii_alphanumeric());
                let end = self.at + run.count();
                let from = word.len();
                word.push_str(&self.text[self.at..end]);
                word[from..].make_ascii_lowercase();
                self.at = end;
                continue;
            }
            let next = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
            if byte == b'.' {
                let digits = word.ends_with(|c: char| c.is_ascii_digit());
                if start.is_some() && digits && next(self.at + 1).is_ascii_digit() {
                    word.push('.');
                    self.at += 1;
                    continue;
                }
            } else if !byte.is_ascii() {
                let c = self.text[self.at..].chars().next().unwrap_or(' ');
                if c.is_alphanumeric() {
                    start.get_or_insert(self.at);
                    word.extend(c.to_lowercase());
                    self.at += c.len_utf8();
                    continue;
                }
                // A mark above the letter before it, or an apostrophe between letters.
                let mark = ('\u{300}'..'\u{370}').contains(&c) || c == '\u{ad}';
                if start.is_some() && (mark || c == '’' && self.letter(self.at + c.len_utf8())) {
                    self.at += c.len_utf8();
                    continue;
                }
                if start.is_none() {
                    self.at += c.len_utf8();
                    continue;
                }
            } else if byte == b'\'' && start.is_some() && self.letter(self.at + 1) {
                self.at += 1;
                continue;
            }
            if start.is_some() {
                break;
            }
            self.at += 1;
        }
        start.map(|start| start..self.at)
    }

    fn letter(&self, at: usize) -> bool {
        self.text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
    }
}

/// A word without the marks above its letters. Words of ASCII, which most are, stay as they are.
pub(super) fn fold(word: &mut String) {
    if word.is_ascii() {
        return;
    }
    let mut analyzer =
        TextAnalyzer::builder(RawTokenizer::default()).filter(AsciiFoldingFilter).build();
    let mut stream = analyzer.token_stream(word);
    let folded = stream.advance().then(|| stream.token().text.clone());
    drop(stream);
    if let Some(folded) = folded {
        *word = folded.to_lowercase();
    }
}

/// A word of up to 16 bytes: what it begins and ends with, and its length. Compared at once, and nothing is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Short(u64, u64, u32);

impl Short {
    fn of(word: &str) -> Option<Self> {
        let bytes = word.as_bytes();
        let length = u32::try_from(bytes.len()).ok().filter(|length| *length <= 16)?;
        // What it begins with and what it ends with meet or overlap.
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
                (Some(first), Some(last)) => {
                    (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
                }
                _ => {
                    bytes.iter().fold((0, 0), |(first, _), byte| (first << 8 | u64::from(*byte), 0))
                }
            },
        };
        Some(Self(first, last, length))
    }
}

/// Hashes short words quickly, eight bytes at a time; nothing depends on the order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hash(u64);

pub(super) type Quick = std::hash::BuildHasherDefault<Hash>;

impl Hash {
    fn mix(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl std::hash::Hasher for Hash {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.mix(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last) ^ (bytes.len() as u64) << 56);
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut split = split(text);
        let mut word = String::new();
        let mut found = Vec::new();
        while let Some(range) = split.next_into(&mut word) {
            assert!(text.get(range).is_some());
            fold(&mut word);
            found.push(word.clone());
        }
        found
    }

    #[test]
    fn words_are_letters_and_digits_and_numbers_keep_their_dots() {
        assert_eq!(
            words("Clause 8.5.1.2. See SMS-POL-8.5.1!"),
            ["clause", "8.5.1.2", "see", "sms", "pol", "8.5.1"]
        );
        assert_eq!(
            words("don't, the manager’s ‘quoted’ word"),
            ["dont", "the", "managers", "quoted", "word"]
        );
        assert_eq!(words("Größe e\u{301}te\u{301} ﬁ naïve"), ["grosse", "ete", "fi", "naive"]);
        assert_eq!(words("مرحبا 🙂 שלום 日本"), ["مرحبا", "שלום", "日本"]);
        assert_eq!(words("...'’\u{301}--"), Vec::<String>::new());
    }

    #[test]
    fn words_of_every_length_are_told_apart() {
        let mut known = Words::of("tlh");
        let long = "abcdefghijklmnopqrstuvwxyz";
        let ends = (1..long.len()).flat_map(|end| [&long[..end], &long[end..]]);
        let swapped = ends.clone().map(|word| word.chars().rev().collect::<String>());
        let mut all: Vec<String> = ends.map(str::to_owned).chain(swapped).collect();
        all.sort();
        all.dedup();
        for twice in 0..2 {
            for (number, word) in all.iter().enumerate() {
                assert_eq!(known.number(word), number, "{word} {twice}");
                assert_eq!(known.of_number(number).0, word);
            }
        }
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let mut english = Words::of("en-GB");
        let stem = english.stem("changes").to_owned();
        assert_eq!(english.stem("changed"), stem);
        for stop in ["who", "the"] {
            assert!(english.is_stop(None, stop));
        }
        assert!(english.is_stop(Some("how"), "many") && !english.is_stop(Some("too"), "many"));
        let mut german = Words::of("de");
        let stem = german.stem("änderungen").to_owned();
        assert_eq!(german.stem("änderung"), stem);
        assert!(german.is_stop(None, "wer"));
        assert_eq!(Words::of("tlh").stem("Qapla"), "qapla");
    }
}
