//! The search contract: what people type for a document, and where search puts it.

use crate::portal::DocumentId;

/// Among how many hits a document is to be found by what it states in `found_by`.
pub const FIRST: usize = 3;

/// What search answers to one query of `found_by`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The document that states it.
    pub document: DocumentId,
    /// Which of its queries.
    pub query: usize,
    /// At which place the document stands, from 1; `None` when it is not among the pages that were looked at.
    pub place: Option<usize>,
    /// The titles of the first pages that stand before it.
    pub before: Vec<String>,
    /// The words of the query that the document has in none of their forms.
    pub lacks: Vec<String>,
}

impl Answered {
    /// True when the document stands among the first hits.
    pub fn is_kept(&self) -> bool {
        self.place.is_some_and(|place| place <= FIRST)
    }
}

/// The mean of 1/place over all queries, 0 for those whose document was not found: 1 when each stands first.
pub fn mean_reciprocal_rank(answers: &[Answered]) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let sum: f64 =
        answers.iter().filter_map(|answer| answer.place).map(|at| 1.0 / number(at)).sum();
    if answers.is_empty() { 1.0 } else { sum / number(answers.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_counts_what_is_not_found_as_nothing() {
        let at = |place| Answered {
            document: DocumentId(0),
            query: 0,
            place,
            before: Vec::new(),
            lacks: Vec::new(),
        };
        let close =
            |answers: &[Answered], mean: f64| (mean_reciprocal_rank(answers) - mean).abs() < 1e-9;
        assert!(close(&[], 1.0));
        assert!(close(&[at(Some(1)), at(Some(2)), at(None)], 0.5));
    }
}
