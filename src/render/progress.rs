//! The pages that show how the way to a system goes: implementation plan, gap assessments, checklists (R95 to R97).
//!
//! What these files say of themselves is shown as said. A mark is green only where a document in force stands behind it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Make;
use super::view::{Badge, Cell, Counts, Link, Mention, MenuItem, Progress, ProgressGroup, Table};
use crate::assessment::{Assessed, Level};
use crate::checklist::{Answer, Checklist, Statement};
use crate::document::{ClauseRef, Typed};
use crate::implementation::{Activity, ActivityState, ImplementationPlan, Phase};
use crate::naming::sort_key;
use crate::places;
use crate::portal::{Assessments, Proof};
use crate::site::Grouping;
use crate::standard::{ClauseNumber, Standard};

impl<'a> Make<'a> {
    /// The pages of this kind.
    pub(super) fn progress_links(&self) -> Vec<Link> {
        [
            (places::plan(Grouping::Area), "plan.title"),
            (places::at("assessments.html"), "assessments.title"),
            (places::at("checklists.html"), "checklists.title"),
        ]
        .map(|(to, key)| self.link(&to, self.words.get(key)))
        .into()
    }

    pub(super) fn plan(&self, grouping: Grouping) -> Progress<'a> {
        let empty = self.words.get("plan.none");
        let Some(plan) = &self.portal.library.framework.plan else {
            let page = self.shell("plan", self.words.get("plan.title"), Vec::new());
            return Progress {
                page,
                lead: String::new(),
                ways: vec![],
                counts: vec![],
                sections: vec![],
                empty,
            };
        };
        let states = plan.activities().map(|activity| activity.state);
        let counts = count(states, &ActivityState::ALL).map(|(state, n)| {
            counted(&self.wording.activity_state(state), kind_of_activity(state, None), n)
        });
        let ways = Grouping::ALL.into_iter().map(|way| MenuItem {
            href: self.address.link_to(&places::plan(way)),
            text: self.wording.grouping(way),
            here: way == grouping,
        });
        let groups = self.groups(plan, grouping).into_iter().enumerate();
        Progress {
            page: self.shell("plan", plan.title.clone(), Vec::new()),
            lead: self.words.count("plan.lead", plan.activities().count()),
            ways: ways.collect(),
            counts: vec![Counts { title: String::new(), states: counts.collect() }],
            sections: groups
                .map(|(i, InGroup { title, phase, activities })| ProgressGroup {
                    anchor: format!("{}-{}", grouping.name(), i + 1),
                    about: phase.map(|phase| phase.aim.clone()).unwrap_or_default(),
                    conditions: phase.map(|phase| phase.conditions.clone()).unwrap_or_default(),
                    table: self.activities(&title, plan, &activities),
                    title,
                })
                .collect(),
            empty,
        }
    }

    /// The groups that have any activity.
    fn groups<'p>(&self, plan: &'p ImplementationPlan, grouping: Grouping) -> Vec<InGroup<'p>> {
        let all: Vec<InGroup> = match grouping {
            Grouping::Area => plan
                .areas
                .iter()
                .map(|area| InGroup {
                    title: area.title.clone(),
                    phase: None,
                    activities: area.activities.iter().collect(),
                })
                .collect(),
            Grouping::Phase => plan
                .phases
                .iter()
                .enumerate()
                .map(|(index, phase)| InGroup {
                    title: phase.title.clone(),
                    phase: Some(phase),
                    activities: plan
                        .activities()
                        .filter(|activity| activity.phases.contains(&index))
                        .collect(),
                })
                .collect(),
            Grouping::Role => {
                let mut roles: BTreeMap<Option<&str>, Vec<&Activity>> = BTreeMap::new();
                for activity in plan.activities() {
                    for role in &activity.roles {
                        roles.entry(Some(&role.value)).or_default().push(activity);
                    }
                    if activity.roles.is_empty() {
                        roles.entry(None).or_default().push(activity);
                    }
                }
                let group = |(id, activities): (Option<&str>, _)| {
                    let title =
                        id.map_or_else(|| self.words.get("plan.no-role"), |id| self.role_apart(id));
                    (id.is_none(), InGroup { title, phase: None, activities })
                };
                // What no role does comes last.
                let mut groups: Vec<(bool, InGroup)> = roles.into_iter().map(group).collect();
                groups.sort_by_cached_key(|(nobody, group)| (*nobody, sort_key(&group.title)));
                groups.into_iter().map(|(_, group)| group).collect()
            }
        };
        all.into_iter().filter(|group| !group.activities.is_empty()).collect()
    }

    fn activities(
        &self,
        caption: &str,
        plan: &ImplementationPlan,
        activities: &[&Activity],
    ) -> Table {
        let columns = [
            ("id", "text"),
            ("activity", "text"),
            ("role", "text"),
            ("phase", "text"),
            ("clause", "text"),
            ("document", "text"),
            ("status", "text"),
        ];
        let rows = activities.iter().map(|activity| {
            let phases: Vec<&str> =
                activity.phases.iter().map(|phase| plan.phases[*phase].id.as_str()).collect();
            let evidence = self.evidence(activity.document.as_ref());
            let kind = kind_of_activity(activity.state, evidence.stands);
            vec![
                Cell::text(activity.id.clone()),
                Cell::text(activity.text.clone()),
                Cell::links(
                    activity.roles.iter().map(|role| self.role_or_id(&role.value)).collect(),
                ),
                Cell::text(phases.join(", ")),
                Cell::links(self.clause_links(&activity.clauses)),
                evidence.cell,
                state(self.stated_of(activity.state, evidence.stands), kind, evidence.until),
            ]
        });
        Table::new(caption, self.columns(&columns), rows)
    }

    pub(super) fn assessments(&self) -> Progress<'a> {
        let framework = &self.portal.library.framework;
        let mut sections = Vec::new();
        let mut counts = Vec::new();
        for (index, standard) in framework.standards.iter().enumerate() {
            let of = self.portal.assessments(&standard.id);
            if of.done.is_empty() {
                continue;
            }
            for assessment in &of.done {
                let levels = assessment.results.iter().map(|result| result.level);
                let states = count(levels, &Level::ALL)
                    .map(|(level, n)| counted(&self.wording.level(level), kind_of_level(level), n));
                counts.push(Counts {
                    title: self.words.say(
                        "assessments.of",
                        &[
                            ("title", &assessment.title),
                            ("date", &self.words.date(assessment.date)),
                            ("role", &self.role_or_id(&assessment.assessor.value).text),
                        ],
                    ),
                    states: states.collect(),
                });
            }
            sections.push(ProgressGroup {
                title: standard.title.clone(),
                anchor: standard.id.clone(),
                about: self.words.get("assessments.about"),
                conditions: Vec::new(),
                table: self.assessed(index, standard, &of),
            });
        }
        Progress {
            page: self.shell("assessments", self.words.get("assessments.title"), Vec::new()),
            lead: self.words.get("assessments.lead"),
            ways: Vec::new(),
            counts,
            sections,
            empty: self.words.get("assessments.none"),
        }
    }

    /// Every unit with its level in each assessment, the trend between the last two, and what was found last.
    fn assessed(&self, index: usize, standard: &Standard, of: &Assessments) -> Table {
        let mut columns = self.columns(&[("clause", "text"), ("title", "text")]);
        columns.extend(of.done.iter().map(|assessment| super::view::Column {
            name: self.words.date(assessment.date),
            kind: "text",
        }));
        columns.extend(self.columns(&[
            ("trend", "text"),
            ("finding", "text"),
            ("owner", "text"),
            ("closed-by", "date"),
            ("coverage", "text"),
        ]));
        let rows = standard.units().map(|unit| {
            let number = &unit.number;
            let mut row = vec![
                self.clause_cell(index, number),
                Cell::links(vec![Link {
                    lang: self.foreign_language(index),
                    ..Link::plain(unit.title.clone().unwrap_or_default())
                }]),
            ];
            let results = of.done.iter().map(|assessment| assessment.result(number));
            row.extend(results.map(|result| match result {
                Some(result) => {
                    state(self.wording.level(result.level), kind_of_level(result.level), None)
                }
                None => Cell::text(self.words.get("assessments.not-assessed")),
            }));
            row.push(Cell::text(
                of.last_two(number).map_or_else(String::new, |two| self.trend(two)),
            ));
            let last = of.last(number);
            row.push(Cell::text(last.map_or_else(String::new, |last| last.finding.clone())));
            let owner = last.and_then(|last| last.owner.as_ref());
            row.push(Cell::links(
                owner.map(|owner| self.role_or_id(&owner.value)).into_iter().collect(),
            ));
            let due = last.and_then(Assessed::open_until);
            row.push(Cell {
                date: due.map(|due| self.day(due)),
                badge: due.map(|due| self.due_badge(due).no_longer_than(of.until)),
                ..Cell::default()
            });
            let state = self.portal.coverage[index].unit(number);
            row.push(Cell {
                badge: state.map(|unit| self.unit_badge(unit.state, unit.until)),
                ..Cell::default()
            });
            row
        });
        Table::new(standard.title.clone(), columns, rows)
    }

    /// How the last level compares with the one before.
    fn trend(&self, [before, last]: [&Assessed; 2]) -> String {
        let key = match last.level.cmp(&before.level) {
            std::cmp::Ordering::Greater => "assessments.better",
            std::cmp::Ordering::Equal => "assessments.same",
            std::cmp::Ordering::Less => "assessments.worse",
        };
        self.words.get(key)
    }

    pub(super) fn checklists(&self) -> Progress<'a> {
        let lists = &self.portal.library.framework.checklists;
        let counts = lists.iter().map(|list| {
            let answers = list.statements.iter().map(|statement| statement.answer);
            let states = count(answers, &Answer::ALL).map(|(answer, n)| {
                counted(&self.wording.answer(answer), kind_of_answer(answer, None), n)
            });
            Counts { title: list.title.clone(), states: states.collect() }
        });
        let sections = lists.iter().enumerate().map(|(i, list)| ProgressGroup {
            title: list.title.clone(),
            anchor: format!("checklist-{}", i + 1),
            about: list.about.clone(),
            conditions: Vec::new(),
            table: self.statements(list),
        });
        Progress {
            page: self.shell("checklists", self.words.get("checklists.title"), Vec::new()),
            lead: self.words.get("checklists.lead"),
            ways: Vec::new(),
            counts: counts.collect(),
            sections: sections.collect(),
            empty: self.words.get("checklists.none"),
        }
    }

    /// The statements of a checklist by clause; those of the primary standard first.
    fn statements(&self, list: &Checklist) -> Table {
        let columns = [
            ("clause", "text"),
            ("id", "text"),
            ("statement", "text"),
            ("answer", "text"),
            ("document", "text"),
            ("remark", "text"),
        ];
        let mut statements: Vec<&Statement> = list.statements.iter().collect();
        statements.sort_by_cached_key(|statement| {
            let first = statement.clauses.first().map(|clause| clause.value.clone());
            (first.is_none(), first.map(|clause| (clause.standard, clause.number)))
        });
        let rows = statements.into_iter().map(|statement| {
            let evidence = self.evidence(statement.document.as_ref());
            let kind = kind_of_answer(statement.answer, evidence.stands);
            vec![
                Cell::links(self.clause_links(&statement.clauses)),
                Cell::text(statement.id.clone()),
                Cell::text(statement.text.clone()),
                state(self.answered(statement.answer, evidence.stands), kind, evidence.until),
                evidence.cell,
                Cell::text(statement.remark.as_ref().map_or("", |remark| &remark.value)),
            ]
        });
        Table::new(list.title.clone(), self.columns(&columns), rows)
    }

    /// What is said of an activity: what is done only by word is not worded as what a document shows.
    fn stated_of(&self, state: ActivityState, stands: Option<bool>) -> String {
        let word = self.wording.activity_state(state);
        match state {
            ActivityState::Done => self.wording.stated(&word, stands),
            ActivityState::Running | ActivityState::Open => word,
        }
    }

    /// The same of an answer.
    fn answered(&self, answer: Answer, stands: Option<bool>) -> String {
        let word = self.wording.answer(answer);
        match answer {
            Answer::Yes => self.wording.stated(&word, stands),
            Answer::Partly | Answer::No | Answer::Open => word,
        }
    }

    /// The document that stands behind a state; one that is not shown leaves no name.
    fn evidence(&self, reference: Option<&Typed<String>>) -> Evidence {
        let Some(reference) = reference else { return Evidence::default() };
        let Some(id) = self.portal.library.find(&reference.value) else {
            let cell = Cell::text(self.words.get("document.not-shown"));
            let proof = self.portal.proofs.get(&reference.value);
            let stands = proof.is_some_and(|proof| proof.stands);
            let until = proof.and_then(|proof| proof.until);
            return Evidence { cell, stands: Some(stands), until };
        };
        let Mention { href, title, mark, .. } = self.mention(id);
        let Proof { stands, until } = self.portal.state(id).proof();
        let cell = Cell { text: title, href, mark, ..Cell::default() };
        Evidence { cell, stands: Some(stands), until }
    }

    fn role_or_id(&self, id: &str) -> Link {
        self.role_link(id).unwrap_or_else(|| Link::plain(id))
    }

    fn clause_links(&self, clauses: &[Typed<ClauseRef>]) -> Vec<Link> {
        clauses.iter().map(|clause| self.clause_link(&clause.value)).collect()
    }

    fn clause_cell(&self, standard: usize, number: &ClauseNumber) -> Cell {
        let to = places::clause(self.portal, standard, number);
        Cell::links(vec![self.link(&to, number.to_string())])
    }
}

/// A cell that holds a state.
fn state(text: String, kind: &'static str, until: Option<Date>) -> Cell {
    let until = until.map(|until| until.to_string());
    Cell { badge: Some(Badge { kind, text, until }), ..Cell::default() }
}

/// `met: 12`
fn counted(word: &str, kind: &'static str, n: usize) -> Badge {
    Badge { kind, text: format!("{word}: {n}"), until: None }
}

/// A group of activities.
struct InGroup<'p> {
    title: String,
    /// The phase that it is, when they are grouped so.
    phase: Option<&'p Phase>,
    activities: Vec<&'p Activity>,
}

/// What stands behind a state that somebody states.
#[derive(Default)]
struct Evidence {
    cell: Cell,
    /// Whether the document is in force and not overdue; `None` when none is named.
    stands: Option<bool>,
    /// The first day on which that may differ.
    until: Option<Date>,
}

/// How often each of `all` is there.
fn count<T: PartialEq + Copy>(
    found: impl Iterator<Item = T>,
    all: &[T],
) -> impl Iterator<Item = (T, usize)> {
    let found: Vec<T> = found.collect();
    let counted: Vec<(T, usize)> = all
        .iter()
        .map(|wanted| (*wanted, found.iter().filter(|known| *known == wanted).count()))
        .collect();
    counted.into_iter()
}

/// What is said to be done is marked green only when a document in force shows it.
fn kind_of_activity(state: ActivityState, stands: Option<bool>) -> &'static str {
    match (state, stands) {
        (ActivityState::Done, Some(true)) => "covered",
        (ActivityState::Done, Some(false)) | (ActivityState::Running, _) => "partial",
        (ActivityState::Done, None) => "stated",
        (ActivityState::Open, _) => "open",
    }
}

fn kind_of_level(level: Level) -> &'static str {
    match level {
        Level::Met => "stated",
        Level::Largely | Level::Begun => "partial",
        Level::Missing => "gap",
    }
}

fn kind_of_answer(answer: Answer, stands: Option<bool>) -> &'static str {
    match (answer, stands) {
        (Answer::Yes, Some(true)) => "covered",
        (Answer::Yes, Some(false)) | (Answer::Partly, _) => "partial",
        (Answer::Yes, None) => "stated",
        (Answer::No, _) => "gap",
        (Answer::Open, _) => "open",
    }
}
