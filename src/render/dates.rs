//! Dates within our own sentences, with the ISO date for machines.

use tera::{Kwargs, State, Value};

use super::escape;
use crate::words::Words;

/// The filter `dated`: a sentence as HTML, in which each date in the form of the language is a `<time>`.
pub(super) fn filter(words: Words) -> impl Fn(&str, Kwargs, &State) -> Value {
    move |sentence, _, _| Value::safe_string(&marked(sentence, &words))
}

fn marked(sentence: &str, words: &Words) -> String {
    let mut html = String::with_capacity(sentence.len() + 64);
    let mut from = 0;
    for (range, date) in words.dates_in(sentence) {
        escape(&sentence[from..range.start], &mut html);
        html.push_str(&format!("<time datetime=\"{date}\">"));
        escape(&sentence[range.clone()], &mut html);
        html.push_str("</time>");
        from = range.end;
    }
    escape(&sentence[from..], &mut html);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_date_of_a_sentence_is_marked_and_the_rest_escaped() {
        let words = crate::theme::Theme::new("en", []).unwrap().words;
        assert_eq!(
            marked("Due on 1 December 2026 & not in May; then on 31 May 2027.", &words),
            "Due on <time datetime=\"2026-12-01\">1 December 2026</time> &amp; not in May; then on \
             <time datetime=\"2027-05-31\">31 May 2027</time>."
        );
        assert_eq!(marked("<b> 31 June 2027, 12 2027", &words), "&lt;b&gt; 31 June 2027, 12 2027");
        let words = crate::theme::Theme::new("de", []).unwrap().words;
        assert_eq!(
            marked("fällig am 11. März 2027", &words),
            "fällig am <time datetime=\"2027-03-11\">11. März 2027</time>"
        );
    }
}
