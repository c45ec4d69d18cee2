//! What was found of a standard up to the day of the view (R89).

use jiff::civil::Date;

use super::{Portal, ReviewState};
use crate::assessment::{Assessed, Assessment};
use crate::standard::ClauseNumber;

/// The assessments of a standard that the view knows of, the oldest first.
#[derive(Debug)]
pub struct Assessments<'a> {
    /// Those up to the day.
    pub done: Vec<&'a Assessment>,
    /// The day of the first one that is yet to come.
    pub until: Option<Date>,
}

impl<'a> Assessments<'a> {
    /// What was found last at a unit, by whichever assessment looked at it.
    pub fn last(&self, number: &ClauseNumber) -> Option<&'a Assessed> {
        self.done.iter().rev().find_map(|assessment| assessment.result(number))
    }

    /// What the last two found at a unit, the earlier first; `None` where one of them is not there or left it out.
    pub fn last_two(&self, number: &ClauseNumber) -> Option<[&'a Assessed; 2]> {
        let [.., before, last] = &self.done[..] else { return None };
        Some([before.result(number)?, last.result(number)?])
    }
}

impl Portal {
    /// The assessments of the standard of that id.
    pub fn assessments(&self, standard: &str) -> Assessments<'_> {
        let all = self.library.framework.assessments.iter();
        let of = all.filter(|assessment| assessment.standard.value == standard);
        let (done, later): (Vec<_>, Vec<_>) =
            of.partition(|assessment| assessment.date <= self.view.today);
        Assessments { done, until: later.first().map(|assessment| assessment.date) }
    }

    /// The first day on which what is told of assessments may differ.
    pub(super) fn assessments_until(&self) -> Option<Date> {
        let standards = self.library.framework.standards.iter();
        let days = standards.flat_map(|standard| {
            let assessments = self.assessments(&standard.id);
            let last = standard.units().filter_map(|unit| assessments.last(&unit.number));
            let due = last.filter_map(Assessed::open_until);
            let turns = due.flat_map(|due| ReviewState::turns(due, &self.view));
            turns.chain(assessments.until).collect::<Vec<Date>>()
        });
        days.filter(|day| *day > self.view.today).min()
    }
}
