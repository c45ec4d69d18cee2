//! States and reasons in words: the same sentence on pages, in files and on the command line.

use crate::assessment::Level;
use crate::checklist::Answer;
use crate::diagnostic::Severity;
use crate::document::{DocumentType, Passage, Piece, Status};
use crate::implementation::ActivityState;
use crate::period::days_between;
use crate::places;
use crate::portal::{Entry, NotCounting, Portal, Reason, ReviewState, Target, UnitState};
use crate::site::Grouping;
use crate::standard::Basis;
use crate::words::Words;

/// Says states and reasons in the words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a>(pub &'a Words);

impl Wording<'_> {
    /// `covered`
    pub fn unit_state(self, state: UnitState) -> String {
        self.0.of("unit-state", state.name())
    }

    /// `overdue`
    pub fn review_state(self, state: ReviewState) -> String {
        self.0.of("review-state", state.name())
    }

    /// `in review`
    pub fn status(self, status: Option<Status>) -> String {
        self.0.of("status", status.map_or("none", Status::name))
    }

    /// `policy`
    pub fn document_type(self, document_type: DocumentType) -> String {
        self.0.of("type", document_type.name())
    }

    /// `running`
    pub fn activity_state(self, state: ActivityState) -> String {
        self.0.of("activity-state", state.name())
    }

    /// What somebody states of an activity or in an answer, and whether a document shows it: `done, unproven`.
    pub fn stated(self, state: &str, stands: Option<bool>) -> String {
        match stands {
            Some(true) => state.to_owned(),
            Some(false) => self.0.say("evidence.fails", &[("state", state)]),
            None => self.0.say("evidence.none", &[("state", state)]),
        }
    }

    /// `internal`; a label of the settings that is none of ours, as it is.
    pub fn classification(self, label: &str) -> String {
        if crate::config::LABELS.contains(&label) {
            self.0.of("classification", label)
        } else {
            label.to_owned()
        }
    }

    /// `warning`
    pub fn severity(self, severity: Severity) -> String {
        self.0.of("severity", severity.word())
    }

    /// `largely met`
    pub fn level(self, level: Level) -> String {
        self.0.of("level", level.name())
    }

    /// `partly`
    pub fn answer(self, answer: Answer) -> String {
        self.0.of("answer", answer.name())
    }

    /// `By area`
    pub fn grouping(self, grouping: Grouping) -> String {
        self.0.of("grouping", grouping.name())
    }

    /// `asked for by the standard`
    pub fn basis(self, basis: Basis) -> String {
        self.0.of("basis", basis.name())
    }

    /// `in 12 days`, `today`, `12 days ago`.
    pub fn days(self, today: jiff::civil::Date, date: jiff::civil::Date) -> String {
        let days = days_between(today, date);
        let n = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
        match days {
            0 => self.0.get("days.today"),
            1.. => self.0.count("days.ahead", n),
            _ => self.0.count("days.ago", n),
        }
    }

    /// Why a claim does not count.
    pub fn not_counting(self, why: &NotCounting) -> String {
        let key = format!("not-counting.{}", why.code());
        let date = |date: &jiff::civil::Date| self.0.say(&key, &[("date", &self.0.date(*date))]);
        match why {
            NotCounting::NotYetApproved(day)
            | NotCounting::NotYetEffective(day)
            | NotCounting::Overdue(day)
            | NotCounting::RowOverdue(day) => date(day),
            NotCounting::OtherVersionApproved(version) => self.0.say(&key, &[("version", version)]),
            NotCounting::Errors(n) => self.0.count(&key, *n),
            NotCounting::RowLacks(what) => {
                self.0.say(&key, &[("what", &self.0.get(&format!("part.{what}")))])
            }
            NotCounting::Broken
            | NotCounting::NoStatus
            | NotCounting::NoVersionApproved
            | NotCounting::Draft
            | NotCounting::InReview
            | NotCounting::Retired
            | NotCounting::NoApprover
            | NotCounting::NoApproval
            | NotCounting::Unscheduled
            | NotCounting::EffectiveUnknown
            | NotCounting::RowWrong
            | NotCounting::ErrorNotShown
            | NotCounting::NotShown => self.0.get(&key),
        }
    }

    /// Why a unit is not covered.
    pub fn reason(self, reason: &Reason) -> String {
        let key = format!("reason.{}", reason.code());
        match reason {
            Reason::NoClaim | Reason::NothingToDeriveFrom | Reason::Unread => self.0.get(&key),
            Reason::NoRule(why) if why.is_empty() => self.0.get(&key),
            Reason::NoRule(why) => {
                let why: Vec<String> = why.iter().map(|why| self.not_counting(why)).collect();
                self.0.say("reason.no-rule-counts", &[("why", &self.0.list(&why))])
            }
            Reason::TypeMissing(document_type, basis) => self.0.say(
                &key,
                &[("type", &self.document_type(*document_type)), ("basis", &self.basis(*basis))],
            ),
            Reason::NoneCounts(why) => {
                let why: Vec<String> = why.iter().map(|why| self.not_counting(why)).collect();
                self.0.say(&key, &[("why", &self.0.list(&why))])
            }
            Reason::TypeNotCounting(document_type, basis, why) => {
                let why: Vec<String> = why.iter().map(|why| self.not_counting(why)).collect();
                let named = [
                    ("type", self.document_type(*document_type)),
                    ("basis", self.basis(*basis)),
                    ("why", self.0.list(&why)),
                ];
                let named: Vec<(&str, &str)> =
                    named.iter().map(|(name, value)| (*name, value.as_str())).collect();
                self.0.say(&key, &named)
            }
            Reason::PointUnmet(number, pairs, why) => {
                let pairs: Vec<String> = pairs
                    .iter()
                    .map(|(number, wanted)| {
                        let wanted = self.document_type(*wanted);
                        self.0.say("reason.pair", &[("type", &wanted), ("clause", number.as_str())])
                    })
                    .collect();
                let why: Vec<String> = why.iter().map(|why| self.not_counting(why)).collect();
                let (n, pairs, why) = (number.to_string(), self.0.list(&pairs), self.0.list(&why));
                let key = if why.is_empty() { &*key } else { "reason.point-not-counting" };
                self.0.say(key, &[("n", &n), ("pairs", &pairs), ("why", &why)])
            }
            Reason::DerivedFrom(units) => {
                let units: Vec<String> = units.iter().map(ToString::to_string).collect();
                self.0.say(&key, &[("units", &self.0.list(&units))])
            }
            Reason::Excluded(why) => self.0.say(&key, &[("why", why)]),
        }
    }

    /// How the units of a standard are counted, in a few sentences: by what is expected and what counts, or derived
    /// from another edition.
    pub fn counting_rule(self, portal: &Portal, standard: usize) -> String {
        let coverage = &portal.coverage[standard];
        let mut rule = Vec::new();
        if coverage.is_derived() {
            rule.push(self.0.get("coverage.rule-derived"));
        } else {
            let of = &portal.library.framework.standards[standard];
            let with_points = coverage.units.iter().filter(|unit| !unit.points.is_empty());
            let with_points: Vec<String> =
                with_points.map(|unit| unit.number.to_string()).collect();
            let expects = of.units().any(|unit| !of.expected(unit, true).is_empty());
            rule.push(self.0.get(match (expects, portal.library.config.coverage.advised) {
                (false, _) => "coverage.rule-plain",
                (true, true) => "coverage.rule",
                (true, false) => "coverage.rule-standard",
            }));
            if !with_points.is_empty() {
                let units = self.0.list(&with_points);
                rule.push(self.0.say("coverage.rule-points", &[("units", &units)]));
            }
            rule.push(self.0.get("coverage.rule-counts"));
        }
        let excluded = coverage.totals().excluded > 0;
        let share = if excluded { "coverage.share-excluded" } else { "coverage.share" };
        rule.push(self.0.get(share));
        rule.join(" ")
    }

    /// What stands for a document that is linked to without words: its title, with the heading of the section;
    /// `None` when what was typed stays.
    pub fn link_name(self, portal: &Portal, target: &Target) -> Option<String> {
        match target {
            Target::Document(id, section) => {
                let entry = portal.library.entry(*id);
                let section = section.and_then(|section| entry.document.sections.get(section));
                let title = entry.document.title();
                Some(match section {
                    // The heading's own words: a heading that names this one would never end.
                    Some(section) => format!("{title}: {}", section.title.own_words().trim()),
                    None => title.to_owned(),
                })
            }
            // A role may be named by its id.
            Target::Role(index) => {
                portal.library.framework.roles.get(*index).map(|role| role.title.clone())
            }
            Target::NotShown => Some(self.0.get("document.not-shown")),
            _ => None,
        }
    }

    /// A passage of a document as plain text, with what may be shown of the documents it names.
    pub fn passage(self, portal: &Portal, entry: &Entry, passage: &Passage) -> String {
        let mut out = String::new();
        for piece in &passage.0 {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Name(link, typed) => {
                    let target = entry.targets.get(*link);
                    match target.and_then(|target| self.link_name(portal, target)) {
                        Some(name) => out.push_str(&name),
                        None => out.push_str(typed),
                    }
                }
            }
        }
        out
    }

    /// The title of a folder of documents.
    pub fn folder(self, folder: &str) -> String {
        if folder.is_empty() { self.0.get("folder.top") } else { places::folder_name(folder) }
    }
}
