//! Characters that nobody sees: those that no page can hold, and those that do something to the text around them.

use std::borrow::Cow;

use super::findings::Findings;

/// What a character that is not seen does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unseen {
    /// It steers a device; HTML and XML have no place for it.
    Control,
    /// It turns the order of what follows.
    Order,
    /// It parts or holds together what looks like one word.
    Width,
}

impl Unseen {
    /// How many kinds there are.
    const COUNT: usize = 3;

    fn of(character: char) -> Option<Self> {
        match character {
            '\t' | '\n' | '\r' => None,
            _ if character.is_control() => Some(Self::Control),
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => Some(Self::Order),
            '\u{180e}'
            | '\u{200b}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{2060}'..='\u{2064}'
            | '\u{feff}' => Some(Self::Width),
            _ => None,
        }
    }

    const fn says(self) -> (&'static str, &'static str) {
        match self {
            Self::Control => ("can stand on no page", "delete it: it is shown as a blank"),
            Self::Order => (
                "turns the order of what stands behind it",
                "delete it, so that the text reads as it is written",
            ),
            Self::Width => ("is not seen and parts words in search", "delete it"),
        }
    }
}

/// The bytes that such characters begin with: most texts hold none of them.
const BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let control = byte < 32 && !matches!(byte, 9 | 10 | 13) || byte == 0x7f;
        begins[byte] = control || matches!(byte, 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef);
        byte += 1;
    }
    begins
};

/// The text as pages can hold it: control characters are blanks of the same length, so that every place stays what it was.
/// A finding tells of each kind of character that is not seen, once a line.
pub(super) fn shown<'t>(text: &'t str, findings: &mut Findings) -> Cow<'t, str> {
    // Where the line ends on which each kind was told last.
    let mut told = [0; Unseen::COUNT];
    let mut clean = String::new();
    let mut kept = 0;
    // A mark at the beginning of a file is told by a rule of its own.
    let mut next = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let begins = |byte: &u8| BEGINS[usize::from(*byte)];
    while let Some(found) = text.as_bytes()[next..].iter().position(begins) {
        let at = next + found;
        let Some(character) = text[at..].chars().next() else { break };
        next = at + character.len_utf8();
        let Some(unseen) = Unseen::of(character) else { continue };
        let length = character.len_utf8();
        if at >= told[unseen as usize] {
            told[unseen as usize] = text[at..].find('\n').map_or(text.len(), |end| at + end);
            let (what, hint) = unseen.says();
            let message = format!("U+{:04X} {what}", u32::from(character));
            findings.push("invisible-character", at..at + length, message).hint(hint);
        }
        if unseen == Unseen::Control {
            clean.push_str(&text[kept..at]);
            clean.extend(std::iter::repeat_n(' ', length));
            kept = at + length;
        }
    }
    if kept == 0 {
        return text.into();
    }
    clean.push_str(&text[kept..]);
    clean.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, Vec<(usize, String)>) {
        let mut findings = Findings::new(&"content/a.md".into());
        let shown = shown(text, &mut findings).into_owned();
        let told = findings.list.into_iter().map(|found| (found.span.start, found.message));
        (shown, told.collect())
    }

    #[test]
    fn what_no_page_can_hold_is_blank_in_its_place() {
        let (shown, told) = of("a\u{b}b\u{85}c\tä\r\n\u{7f}");
        assert_eq!(shown, "a b  c\tä\r\n ");
        let places: Vec<usize> = told.iter().map(|(at, _)| *at).collect();
        assert_eq!(places, [1, 11], "once a line");
        assert_eq!(told[0].1, "U+000B can stand on no page");
    }

    #[test]
    fn what_turns_the_order_or_parts_words_stays_and_is_told() {
        let text = "\u{feff}not \u{202e}won\u{202c} \u{2067}x\u{2069} re\u{200b}view \u{feff}\n\u{2060}\n\u{200f}a\n\u{61c}b\n\u{2028}\n\u{180e}";
        let (shown, told) = of(text);
        assert_eq!(shown, text);
        let told: Vec<&str> = told.iter().map(|(_, message)| message.as_str()).collect();
        assert_eq!(
            told,
            [
                "U+202E turns the order of what stands behind it",
                "U+200B is not seen and parts words in search",
                "U+2060 is not seen and parts words in search",
                "U+200F turns the order of what stands behind it",
                "U+061C turns the order of what stands behind it",
                "U+2028 is not seen and parts words in search",
                "U+180E is not seen and parts words in search",
            ]
        );
    }

    #[test]
    fn letters_of_any_script_are_none() {
        let text =
            "Größe – “quoted” € 中文 हिन्दी नि\u{200d}र\u{200c} 👩\u{200d}🚒 co\u{ad}op a\u{a0}b";
        assert_eq!(of(text), (text.to_owned(), Vec::new()));
    }
}
