//! Management system standards: their clauses, what each expects, how editions correspond.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::document::{DocumentType, Typed};

/// One standard in one edition, as `standards/*.yaml` states it.
#[derive(Debug, Clone)]
pub struct Standard {
    /// The id that clauses of other standards are named with: `iso-9001-2015`.
    pub id: String,
    /// `ISO/IEC 20000-1:2018`
    pub title: String,
    /// The language of its titles and summaries, as web pages name it: `en`; `None` for that of the portal.
    pub language: Option<String>,
    /// The id of the standard that this edition's coverage is derived from (contracts 3).
    pub derived_from: Option<Typed<String>>,
    /// In the order of their numbers.
    pub clauses: Vec<Clause>,
    /// True when a clause could not be read that belongs to no unit of those that could: what is there is not all that
    /// is asked for.
    pub unread: bool,
    /// Where it was read.
    pub path: Arc<str>,
    /// Where its id stands there, in bytes.
    pub id_range: Range<usize>,
}

/// One numbered clause or paragraph of a standard.
#[derive(Debug, Clone)]
pub struct Clause {
    /// `8.5.1.2`
    pub number: ClauseNumber,
    /// Its heading; a numbered paragraph may have none.
    pub title: Option<String>,
    /// What it is about, in our own words; `None` when only its number and title are known.
    pub summary: Option<String>,
    /// The document types that it expects itself.
    pub expects: Vec<Expectation>,
    /// The points that its state follows from instead (7.5.4, R86).
    pub points: Vec<Point>,
    /// The clauses of the standard this one is derived from that it stands for.
    pub maps_to: Vec<ClauseNumber>,
    /// Corresponding clauses of other standards: "see also", nothing is derived from them.
    pub see: Vec<Typed<(String, ClauseNumber)>>,
    /// True when something of it could not be read, which was told: nobody can say then that it is covered.
    pub unread: bool,
    /// Where it stands in the standard's file.
    pub span: Span,
}

impl Clause {
    /// Its number, with its heading where it has one: `8.5.1 Change management`.
    pub fn name(&self) -> String {
        let title = self.title.as_deref().unwrap_or_default();
        format!("{} {title}", self.number).trim_end().to_owned()
    }
}

/// A document type that a clause expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The type.
    pub document_type: DocumentType,
    /// Who asks for it.
    pub basis: Basis,
    /// What it is to hold, in a few words.
    pub what: String,
}

/// Who asks for a document (contracts 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The standard itself.
    Standard,
    /// Guidance on it.
    Advice,
}

impl Basis {
    /// The name in files, JSON and class names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Advice => "advice",
        }
    }
}

/// One point of a clause whose state follows from other clauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What it asks for, in our own words.
    pub text: String,
    /// Met when each of these clauses has a counting claim of that type; never when there are none, as of a point of
    /// which one could not be read.
    pub pairs: Vec<(ClauseNumber, DocumentType)>,
}

/// The number of a clause, ordered number by number: `8.9` before `8.10`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClauseNumber(String);

impl ClauseNumber {
    /// As typed: `8.5.1.2`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many numbers it has: 4 for `8.5.1.2`.
    pub fn level(&self) -> usize {
        1 + self.0.bytes().filter(|byte| *byte == b'.').count()
    }

    /// `8.5.1` for `8.5.1.2`, `None` for `8`.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('.').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// True when it is `other` or lies below it; numbers match whole (`8.1` is not above `8.10`).
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl FromStr for ClauseNumber {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let whole = |part: &str| {
            (1..=3).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_digit())
                && !(part.len() > 1 && part.starts_with('0'))
        };
        if text.len() <= 32 && text.split('.').all(whole) {
            Ok(Self(text.to_owned()))
        } else {
            Err(())
        }
    }
}

impl fmt::Display for ClauseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Ord for ClauseNumber {
    /// Numbers have no leading zeros, so where two first differ the one with more digits to come is the larger.
    fn cmp(&self, other: &Self) -> Ordering {
        let (own, other) = (self.0.as_bytes(), other.0.as_bytes());
        let same = own.iter().zip(other).take_while(|(a, b)| a == b).count();
        let (own, other) = (&own[same..], &other[same..]);
        let digits = |rest: &[u8]| rest.iter().take_while(|byte| **byte != b'.').count();
        digits(own).cmp(&digits(other)).then_with(|| own.cmp(other))
    }
}

impl PartialOrd for ClauseNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Standard {
    /// The clause of that number.
    pub fn clause(&self, number: &ClauseNumber) -> Option<&Clause> {
        let found = self.clauses.binary_search_by(|clause| clause.number.cmp(number)).ok()?;
        Some(&self.clauses[found])
    }

    /// The clauses at or below `number`, which stand one after the other.
    fn within<'a>(&'a self, number: &'a ClauseNumber) -> impl Iterator<Item = &'a Clause> {
        let from = self.clauses.partition_point(|clause| clause.number < *number);
        self.clauses[from..].iter().take_while(|clause| clause.number.is_within(number))
    }

    /// The clauses directly below `number`.
    pub fn children<'a>(&'a self, number: &'a ClauseNumber) -> impl Iterator<Item = &'a Clause> {
        let level = number.level() + 1;
        self.within(number).filter(move |clause| clause.number.level() == level)
    }

    /// True for the deepest clause that has a heading: the row of a coverage index.
    pub fn is_unit(&self, clause: &Clause) -> bool {
        clause.title.is_some() && !self.children(&clause.number).any(|child| child.title.is_some())
    }

    /// The units in order.
    pub fn units(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| self.is_unit(clause))
    }

    /// The units at or below `number`.
    pub fn units_within<'a>(
        &'a self,
        number: &'a ClauseNumber,
    ) -> impl Iterator<Item = &'a Clause> {
        self.within(number).filter(|clause| self.is_unit(clause))
    }

    /// The unit that a claim on `number` is for: itself, the unit above an unheaded paragraph, or none when
    /// `number` is a headed parent or unknown.
    pub fn unit_of(&self, number: &ClauseNumber) -> Option<&Clause> {
        let clause = self.clause(number)?;
        if clause.title.is_none() {
            return self.unit_of(&number.parent()?);
        }
        self.is_unit(clause).then_some(clause)
    }

    /// True when something of a unit, or of a numbered paragraph below it, could not be read, or a clause of nobody knows
    /// where.
    pub fn is_unread(&self, unit: &ClauseNumber) -> bool {
        self.unread || self.within(unit).any(|clause| clause.unread)
    }

    /// What a unit expects: its own types and those of the numbered paragraphs below it, each once with the
    /// weightier basis; only the standard's when `advised` is false.
    pub fn expected(&self, unit: &Clause, advised: bool) -> Vec<Expectation> {
        let mut expected: Vec<Expectation> = Vec::new();
        for expectation in self.within(&unit.number).flat_map(|clause| &clause.expects) {
            if expectation.basis == Basis::Advice && !advised {
                continue;
            }
            match expected.iter_mut().find(|known| known.document_type == expectation.document_type)
            {
                Some(known) if expectation.basis < known.basis => *known = expectation.clone(),
                Some(_) => {}
                None => expected.push(expectation.clone()),
            }
        }
        expected
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> ClauseNumber {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_are_ordered_and_matched_whole() {
        assert!(number("8.9") < number("8.10"));
        assert!(number("8") < number("8.1"));
        assert!(number("8.1.2").is_within(&number("8.1")));
        assert!(!number("8.10").is_within(&number("8.1")));
    }

    #[test]
    fn what_is_no_clause_number_is_refused() {
        for wrong in ["", "8.", ".8", "8..1", "8.a", "08.1", "8.1.", " 8", "4.-1", "9999999999"] {
            assert!(wrong.parse::<ClauseNumber>().is_err(), "{wrong}");
        }
    }
}
