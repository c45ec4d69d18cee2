//! The data files of the way to a system: implementation plan, gap assessments, checklists.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;

use super::data::{after, find, yaml};
use super::findings::Findings;
use crate::assessment::{Assessed, Assessment, Level};
use crate::checklist::{Answer, Checklist, Statement};
use crate::diagnostic::Span;
use crate::document::{ClauseRef, Typed};
use crate::implementation::{Activity, ActivityState, Area, ImplementationPlan, Phase};
use crate::standard::ClauseNumber;

/// Where one entry of a list stands: its key and what follows, up to the next entry.
struct Entry<'t> {
    text: &'t str,
    /// The value of the key that names it.
    name: Range<usize>,
    /// Where the next entry begins.
    end: usize,
}

impl<'t> Entry<'t> {
    /// The entry whose `key` is `name`, from `cursor` on; moves the cursor behind it.
    fn next(text: &'t str, key: &str, name: &str, cursor: &mut usize) -> Self {
        let name = after(text, key, name, *cursor);
        *cursor = name.end;
        let end = text[name.end..].find(key).map_or(text.len(), |next| name.end + next);
        Self { text, name, end }
    }

    /// A value of it with its place; the whole name when it does not stand as it was read.
    fn typed(&self, key: &str, value: String) -> Typed<String> {
        let key = find(self.text, key, self.name.end);
        let found = find(self.text, &value, key.end);
        let within = found.end <= self.end && !found.is_empty();
        Typed { range: if within { found } else { self.name.clone() }, value }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlan {
    title: String,
    phases: Vec<RawPhase>,
    areas: Vec<RawArea>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhase {
    id: String,
    title: String,
    #[serde(default)]
    aim: String,
    #[serde(default)]
    conditions: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawArea {
    title: String,
    activities: Vec<RawActivity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawActivity {
    id: String,
    activity: String,
    #[serde(default)]
    roles: Vec<String>,
    phases: Vec<String>,
    #[serde(default)]
    clauses: Vec<String>,
    document: Option<String>,
    state: String,
}

/// Reads `plan.yaml`; `None` when the file is no plan at all.
pub(super) fn plan(
    path: &Arc<str>,
    text: &str,
    findings: &mut Findings,
) -> Option<ImplementationPlan> {
    let RawPlan { title, phases, areas } = yaml(text, findings)?;
    let mut plan =
        ImplementationPlan { path: Arc::clone(path), title, phases: Vec::new(), areas: Vec::new() };
    let mut cursor = 0;
    for RawPhase { id, title, aim, conditions } in phases {
        let entry = Entry::next(text, "id:", &id, &mut cursor);
        if plan.phases.iter().any(|phase| phase.id == id) {
            twice("phase", &id, entry.name, findings);
        } else {
            plan.phases.push(Phase { id, title, aim, conditions });
        }
    }
    for RawArea { title, activities } in areas {
        let mut area = Area { title, activities: Vec::new() };
        for raw in activities {
            let entry = Entry::next(text, "id:", &raw.id, &mut cursor);
            if plan.activities().chain(&area.activities).any(|known| known.id == raw.id) {
                twice("activity", &raw.id, entry.name, findings);
            } else {
                area.activities.push(activity(raw, &entry, &plan, findings));
            }
        }
        plan.areas.push(area);
    }
    Some(plan)
}

fn activity(
    raw: RawActivity,
    entry: &Entry,
    plan: &ImplementationPlan,
    findings: &mut Findings,
) -> Activity {
    let RawActivity { id, activity, roles, phases, clauses, document, state } = raw;
    let mut known = Vec::new();
    for phase in phases {
        match plan.phases.iter().position(|known| known.id == phase) {
            Some(index) => known.push(index),
            None => {
                let Typed { value, range } = entry.typed("phases:", phase);
                let phases = plan.phases.iter().map(|phase| phase.id.as_str());
                findings.push("data-file", range, format!("there is no phase `{value}`")).suggest(
                    &value,
                    phases,
                    "name one of the `phases` of the plan",
                );
            }
        }
    }
    known.sort_unstable();
    known.dedup();
    let names = ActivityState::ALL.map(ActivityState::name);
    let (state, stated) = named(entry, "state:", state, ActivityState::from_name, &names, findings);
    Activity {
        id,
        text: activity,
        roles: roles.into_iter().map(|role| entry.typed("roles:", role)).collect(),
        phases: known,
        clauses: clauses_of(clauses, entry, findings),
        document: document.map(|document| entry.typed("document:", document)),
        state: state.unwrap_or(ActivityState::Open),
        stated,
        span: Span::new(&plan.path, entry.name.clone()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAssessment {
    title: String,
    date: String,
    standard: String,
    assessor: String,
    units: Vec<RawAssessed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAssessed {
    clause: String,
    level: String,
    #[serde(default)]
    finding: String,
    owner: Option<String>,
    due: Option<String>,
}

/// Reads `assessments/*.yaml`; `None` when the file is no assessment, or states no day.
pub(super) fn assessment(
    path: &Arc<str>,
    text: &str,
    findings: &mut Findings,
) -> Option<Assessment> {
    let RawAssessment { title, date, standard, assessor, units } = yaml(text, findings)?;
    let head = Entry { text, name: 0..0, end: text.find("units:").unwrap_or(text.len()) };
    let (standard, assessor) =
        (head.typed("standard:", standard), head.typed("assessor:", assessor));
    let date = day(head.typed("date:", date), findings)?.value;
    let mut results: Vec<Assessed> = Vec::new();
    let mut cursor = head.end;
    for RawAssessed { clause, level, finding, owner, due } in units {
        let entry = Entry::next(text, "clause:", &clause, &mut cursor);
        let Ok(number) = clause.parse::<ClauseNumber>() else {
            findings
                .push("data-file", entry.name, format!("`{clause}` is not the number of a clause"))
                .hint("write numbers joined by dots, in quotes: \"8.10\"");
            continue;
        };
        if results.iter().any(|known| known.clause == number) {
            twice("clause", &clause, entry.name, findings);
            continue;
        }
        let names = Level::ALL.map(Level::name);
        // A level that cannot be read is the lowest: no gap is lost by a slip.
        let (level, _) = named(&entry, "level:", level, Level::from_name, &names, findings);
        results.push(Assessed {
            clause: number,
            level: level.unwrap_or(Level::Missing),
            finding,
            owner: owner.map(|owner| entry.typed("owner:", owner)),
            due: due.and_then(|due| day(entry.typed("due:", due), findings)),
            span: Span::new(path, entry.name.clone()),
        });
    }
    results.sort_by(|a, b| a.clause.cmp(&b.clause));
    Some(Assessment { path: Arc::clone(path), title, date, standard, assessor, results })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChecklist {
    title: String,
    #[serde(default)]
    about: String,
    statements: Vec<RawStatement>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStatement {
    id: String,
    statement: String,
    #[serde(default)]
    clauses: Vec<String>,
    answer: String,
    document: Option<String>,
    remark: Option<String>,
}

/// Reads `checklists/*.yaml`; `None` when the file is no checklist at all.
pub(super) fn checklist(path: &Arc<str>, text: &str, findings: &mut Findings) -> Option<Checklist> {
    let RawChecklist { title, about, statements } = yaml(text, findings)?;
    let mut checklist = Checklist { path: Arc::clone(path), title, about, statements: Vec::new() };
    let mut cursor = text.find("statements:").unwrap_or(0);
    for RawStatement { id, statement, clauses, answer, document, remark } in statements {
        let entry = Entry::next(text, "id:", &id, &mut cursor);
        if checklist.statements.iter().any(|known| known.id == id) {
            twice("statement", &id, entry.name, findings);
            continue;
        }
        let names = Answer::ALL.map(Answer::name);
        let (answer, answered) =
            named(&entry, "answer:", answer, Answer::from_name, &names, findings);
        checklist.statements.push(Statement {
            id,
            text: statement,
            clauses: clauses_of(clauses, &entry, findings),
            answer: answer.unwrap_or(Answer::Open),
            answered,
            document: document.map(|document| entry.typed("document:", document)),
            remark: remark.map(|remark| entry.typed("remark:", remark)),
            span: Span::new(path, entry.name.clone()),
        });
    }
    Some(checklist)
}

fn twice(what: &str, name: &str, at: Range<usize>, findings: &mut Findings) {
    findings
        .push("data-file", at, format!("the {what} `{name}` stands here twice"))
        .hint("keep one of the two");
}

fn clauses_of(
    clauses: Vec<String>,
    entry: &Entry,
    findings: &mut Findings,
) -> Vec<Typed<ClauseRef>> {
    let typed = clauses.into_iter().map(|clause| entry.typed("clauses:", clause));
    typed.filter_map(|clause| findings.clause(clause)).collect()
}

/// One of a closed list of words, and where it stands.
fn named<T>(
    entry: &Entry,
    key: &str,
    name: String,
    from_name: impl Fn(&str) -> Option<T>,
    names: &[&'static str],
    findings: &mut Findings,
) -> (Option<T>, Range<usize>) {
    let found = from_name(&name);
    let Typed { value, range } = entry.typed(key, name);
    if found.is_none() {
        let key = key.trim_end_matches(':');
        findings
            .push("data-file", range.clone(), format!("`{value}` is not a known {key}"))
            .suggest(&value, names.iter().copied(), format!("write one of {}", names.join(", ")));
    }
    (found, range)
}

fn day(typed: Typed<String>, findings: &mut Findings) -> Option<Typed<jiff::civil::Date>> {
    match typed.value.parse() {
        Ok(value) => Some(Typed { value, range: typed.range }),
        Err(_) => {
            findings
                .push("data-file", typed.range, format!("`{}` is not a day", typed.value))
                .hint("write it as `2026-12-01`");
            None
        }
    }
}
