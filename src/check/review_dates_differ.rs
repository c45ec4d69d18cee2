//! `review-dates-differ`: the next review is stated once, or the same each time.
//!
//! **Why.** Of two dates readers follow the later one; the earlier counts (contracts 1).
//!
//! **Do.** Keep `review_date`, or the last review with its interval, or the cycle.

use crate::diagnostic::{Diagnostic, Span};
use crate::portal::{Library, View};

pub(super) fn check(library: &Library, _view: &View, findings: &mut Vec<Diagnostic>) {
    for entry in &library.entries {
        let matter = &entry.document.front_matter;
        let [first, rest @ ..] = &entry.next_reviews[..] else { continue };
        let Some(other) = rest.iter().find(|other| other.date != first.date) else { continue };
        let range = match other.stated_by {
            "review_date" => matter.review_date.as_ref().map(|typed| typed.range.clone()),
            "review_in" => matter.review_in.as_ref().map(|typed| typed.range.clone()),
            _ => matter.review_cycle.as_ref().map(|typed| typed.range.clone()),
        };
        let message = format!(
            "`{}` gives {}, `{}` gives {}: the earlier counts",
            first.stated_by, first.date, other.stated_by, other.date
        );
        let span = Span::new(&entry.document.path, range.unwrap_or(0..0));
        findings.push(
            Diagnostic::new("review-dates-differ", span, message)
                .hint("state the next review once"),
        );
    }
}
