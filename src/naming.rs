//! How titles, terms and names of files are compared and put in order: as readers see them, not as they are kept.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// True for a sign that nobody sees: a place to hyphenate, a joiner, a mark of direction.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// True for a text that says something: nobody has filled in a sign, or a word that stands for what is still to come.
pub fn is_filled(text: &str) -> bool {
    let nothing = [
        "tba", "tbc", "tbd", "todo", "fixme", "xxx", "pending", "n/a", "n.a", "na", "none", "nil",
        "unknown",
    ];
    let text = folded(text);
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    !text.is_empty() && !nothing.contains(&text)
}

/// A title as titles are compared: letter case, spaces and signs that nobody sees do not count (R5).
pub fn folded(title: &str) -> String {
    let seen: String;
    let title = if title.contains(is_unseen) {
        seen = title.replace(is_unseen, "");
        &seen
    } else {
        title
    };
    composed(title).split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// A name with each letter and its marks as one sign where there is one, as keyboards write it: some systems and
/// archives keep `ü` as `u` with a sign behind it (normalization form C).
pub fn composed(name: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(name)
}

/// A name as it is put in order, and as it stands.
pub type SortKey = (String, String);

/// What a name is put in order by in lists: letter case, marks on letters and signs before the first word do not count
/// (DIN 5007-1: `ä` as `a`, `ß` as `ss`), then the name itself tells two apart.
pub fn sort_key(name: &str) -> SortKey {
    let lower = name.to_lowercase().replace('ß', "ss");
    let is_mark = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    let plain: String = DecomposingNormalizerBorrowed::new_nfd()
        .normalize(&lower)
        .chars()
        .filter(|c| !is_mark(c))
        .collect();
    (plain.trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned(), name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_by_what_is_seen() {
        assert_eq!(folded(" Change\u{200b}  Po\u{ad}licy"), folded("change policy"));
        assert_ne!(folded("Change Policy"), folded("Change Policies"));
    }

    #[test]
    fn what_is_still_to_come_fills_nothing() {
        for nothing in
            ["", " ", "\u{200b}", "\u{a0}", "-", "?", "…", "TBD", " tbc ", "n/a", "Pending"]
        {
            assert!(!is_filled(nothing), "{nothing:?}");
        }
        for something in ["sponsor", "3 years", "Tbdowski", "7", "中"] {
            assert!(is_filled(something), "{something}");
        }
    }

    #[test]
    fn letters_with_marks_as_signs_of_their_own_are_the_same() {
        assert_eq!(folded("Pru\u{308}fung"), folded("Prüfung"));
        assert_eq!(composed("content/U\u{308}bung.md"), "content/Übung.md");
        assert_ne!(folded("Prufung"), folded("Prüfung"));
    }

    #[test]
    fn names_are_in_order_as_in_a_dictionary() {
        let mut names = [
            "Zulieferer",
            "Übergabe",
            "Ausfall",
            "„Zitat“",
            "Straße",
            "Änderung",
            "Strasse",
            "ausfall",
            "O\u{308}l",
            "…",
        ];
        names.sort_by_cached_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "…",
                "Änderung",
                "Ausfall",
                "ausfall",
                "O\u{308}l",
                "Strasse",
                "Straße",
                "Übergabe",
                "„Zitat“",
                "Zulieferer"
            ]
        );
    }
}
