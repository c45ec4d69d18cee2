//! The places in texts, for who asks for many: each text is gone through once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::{Place, Texts};

/// How many bytes are counted through at most for a place.
const STRIDE: usize = 512;

/// The places in the texts of many files.
#[derive(Debug)]
pub struct Index<'t> {
    texts: &'t Texts,
    /// The texts that were asked for.
    marks: RefCell<BTreeMap<&'t str, Vec<Mark>>>,
}

/// A byte and where it stands.
#[derive(Debug, Clone, Copy)]
struct Mark {
    byte: usize,
    place: Place,
}

impl<'t> Index<'t> {
    pub(super) fn new(texts: &'t Texts) -> Self {
        Self { texts, marks: RefCell::default() }
    }

    /// The texts themselves.
    pub fn texts(&self) -> &'t Texts {
        self.texts
    }

    /// Where a byte of a file stands, as [`Texts::place`] tells it.
    pub fn place(&self, path: &str, byte: usize) -> Place {
        let Some((path, text)) = self.texts.0.get_key_value(path) else {
            return Place { line: 1, column: 1 };
        };
        let mut marks = self.marks.borrow_mut();
        place(text, marks.entry(&**path).or_insert_with(|| marked(text)), byte)
    }
}

/// The start of each line, and within a long one every [`STRIDE`] bytes.
fn marked(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut begin = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
    for (line, end) in ends.chain([text.len()]).enumerate() {
        let mut place = Place { line: line + 1, column: 1 };
        marks.push(Mark { byte: begin, place });
        while end - begin > STRIDE {
            place.column += characters(&text.as_bytes()[begin..begin + STRIDE]);
            begin += STRIDE;
            marks.push(Mark { byte: begin, place });
        }
        begin = end;
    }
    marks
}

/// The place that follows from the last mark before it.
fn place(text: &str, marks: &[Mark], byte: usize) -> Place {
    let byte = byte.min(text.len());
    let mark = marks[marks.partition_point(|mark| mark.byte <= byte) - 1];
    let between = &text.as_bytes()[mark.byte..byte];
    Place { column: mark.place.column + characters(between), ..mark.place }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> [String; 5] {
        [
            String::new(),
            "a\n\nä\r\n𝄞b".to_owned(),
            "é".repeat(3 * STRIDE),
            format!("{}\n{}", "x".repeat(STRIDE), "ü\n".repeat(STRIDE)),
            format!("a{}\n\n", "𝄞".repeat(STRIDE)),
        ]
    }

    #[test]
    fn places_are_those_that_are_counted_from_the_start() {
        for text in texts() {
            let texts = Texts([("a.md".into(), text.as_str().into())].into());
            let index = texts.index();
            for byte in 0..text.len() + 3 {
                assert_eq!(index.place("a.md", byte), texts.place("a.md", byte), "{byte}");
            }
            assert_eq!(index.place("b.md", 7), texts.place("b.md", 7));
        }
    }

    #[test]
    fn no_place_is_far_from_a_mark_and_marks_are_few() {
        for text in texts() {
            let marks = marked(&text);
            let ends = marks.iter().skip(1).map(|mark| mark.byte).chain([text.len()]);
            for (mark, end) in marks.iter().zip(ends) {
                assert!(end - mark.byte <= STRIDE);
            }
            assert!(marks.len() <= 1 + text.len() / STRIDE + text.matches('\n').count());
        }
    }

    #[test]
    fn each_text_is_gone_through_once_and_only_when_it_is_asked_for() {
        let texts = Texts([("a.md".into(), "a\nb".into()), ("b.md".into(), "c".into())].into());
        let index = texts.index();
        for byte in 0..3 {
            index.place("a.md", byte);
        }
        let made: Vec<(&str, *const Mark)> =
            index.marks.borrow().iter().map(|(path, marks)| (*path, marks.as_ptr())).collect();
        index.place("a.md", 1);
        let kept: Vec<(&str, *const Mark)> =
            index.marks.borrow().iter().map(|(path, marks)| (*path, marks.as_ptr())).collect();
        assert_eq!(made.len(), 1);
        assert_eq!(made, kept);
    }
}
