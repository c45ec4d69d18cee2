//! The data files of the way to a system: implementation plan, gap assessments, checklists.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::data::{Fields, parse_number};
use super::findings::Findings;
use super::value::tree::Node;
use crate::assessment::{Assessed, Assessment, Level};
use crate::checklist::{Answer, Checklist, Statement};
use crate::diagnostic::Span;
use crate::document::{ClauseRef, Typed};
use crate::implementation::{Activity, ActivityState, Area, ImplementationPlan, Phase};
use crate::period::{TypedDate, typed_date};

/// Reads `plan.yaml`; `None` when the file is no plan at all.
pub(super) fn plan(
    path: &Arc<str>,
    text: &str,
    findings: &mut Findings,
) -> Option<ImplementationPlan> {
    let mut fields = Fields::of_file(text, findings)?;
    let title = fields.required("title");
    let phases = fields.required_entries("phases");
    let areas = fields.required_entries("areas");
    let findings = fields.end();
    let mut plan = ImplementationPlan {
        path: Arc::clone(path),
        title: title.map_or_else(|| "plan".to_owned(), |title| title.value),
        phases: Vec::new(),
        areas: Vec::new(),
    };
    let mut known = BTreeSet::new();
    for node in phases {
        let Some((phase, range)) = phase(text, node, findings) else { continue };
        if known.insert(phase.id.clone()) {
            plan.phases.push(phase);
        } else {
            twice("phase", &phase.id, range, findings);
        }
    }
    let mut known = BTreeSet::new();
    for node in areas {
        let Some(mut fields) = Fields::of(text, node, findings) else { continue };
        let title = fields.required("title").map_or_else(String::new, |title| title.value);
        let activities = fields.required_entries("activities");
        let findings = fields.end();
        let mut area = Area { title, activities: Vec::new() };
        for node in activities {
            let Some(read) = activity(text, node, &plan, findings) else { continue };
            if known.insert(read.id.clone()) {
                area.activities.push(read);
            } else {
                twice("activity", &read.id, read.span.start..read.span.end, findings);
            }
        }
        plan.areas.push(area);
    }
    Some(plan)
}

fn phase(text: &str, node: Node, findings: &mut Findings) -> Option<(Phase, Range<usize>)> {
    let mut fields = Fields::of(text, node, findings)?;
    let id = fields.required("id");
    let title = fields.required("title");
    let aim = fields.text("aim").map_or_else(String::new, |aim| aim.value);
    let conditions = fields.texts("conditions").into_iter().map(|condition| condition.value);
    let conditions = conditions.collect();
    fields.end();
    let Typed { value: id, range } = id?;
    let title = title.map_or_else(|| id.clone(), |title| title.value);
    Some((Phase { id, title, aim, conditions }, range))
}

fn activity(
    text: &str,
    node: Node,
    plan: &ImplementationPlan,
    findings: &mut Findings,
) -> Option<Activity> {
    let mut fields = Fields::of(text, node, findings)?;
    let id = fields.required("id");
    let words = fields.required("activity");
    let roles = fields.texts("roles");
    let phases = fields.required_texts("phases");
    let clauses = fields.texts("clauses");
    let document = fields.text("document");
    let names = ActivityState::ALL.map(ActivityState::name);
    let (state, stated) = named(&mut fields, "state", ActivityState::from_name, &names);
    let findings = fields.end();
    let mut known = Vec::new();
    for Typed { value, range } in phases {
        match plan.phases.iter().position(|known| known.id == value) {
            Some(index) => known.push(index),
            None => {
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
    let clauses = clauses_of(clauses, findings);
    let Typed { value: id, range } = id?;
    Some(Activity {
        text: words.map_or_else(|| id.clone(), |words| words.value),
        id,
        roles,
        phases: known,
        clauses,
        document,
        state: state.unwrap_or(ActivityState::Open),
        stated,
        span: Span::new(&plan.path, range),
    })
}

/// Reads `assessments/*.yaml`; `None` when the file is no assessment, or states no day, standard or assessor.
pub(super) fn assessment(
    path: &Arc<str>,
    text: &str,
    findings: &mut Findings,
) -> Option<Assessment> {
    let mut fields = Fields::of_file(text, findings)?;
    let title = fields.required("title");
    let date = fields.required("date");
    let standard = fields.required("standard");
    let assessor = fields.required("assessor");
    let units = fields.required_entries("units");
    let findings = fields.end();
    let date = date.and_then(|date| day(date, findings));
    let mut results: Vec<Assessed> = Vec::new();
    let mut known = BTreeSet::new();
    for node in units {
        let Some(result) = assessed(path, text, node, findings) else { continue };
        if known.insert(result.clause.clone()) {
            results.push(result);
        } else {
            let at = result.span.start..result.span.end;
            twice("clause", result.clause.as_str(), at, findings);
        }
    }
    results.sort_by(|a, b| a.clause.cmp(&b.clause));
    let date = date?.value;
    Some(Assessment {
        path: Arc::clone(path),
        title: title.map_or_else(|| date.to_string(), |title| title.value),
        date,
        standard: standard?,
        assessor: assessor?,
        results,
    })
}

fn assessed(path: &Arc<str>, text: &str, node: Node, findings: &mut Findings) -> Option<Assessed> {
    let mut fields = Fields::of(text, node, findings)?;
    let clause = fields.required("clause");
    let names = Level::ALL.map(Level::name);
    let (level, _) = named(&mut fields, "level", Level::from_name, &names);
    let finding = fields.text("finding").map_or_else(String::new, |finding| finding.value);
    let owner = fields.text("owner");
    let due = fields.text("due");
    let findings = fields.end();
    let due = due.and_then(|due| day(due, findings));
    let clause = clause?;
    let span = Span::new(path, clause.range.clone());
    Some(Assessed {
        clause: parse_number(clause, findings)?,
        // A level that cannot be read is the lowest: no gap is lost by a slip.
        level: level.unwrap_or(Level::Missing),
        finding,
        owner,
        due,
        span,
    })
}

/// Reads `checklists/*.yaml`; `None` when the file is no checklist at all.
pub(super) fn checklist(path: &Arc<str>, text: &str, findings: &mut Findings) -> Option<Checklist> {
    let mut fields = Fields::of_file(text, findings)?;
    let title = fields.required("title");
    let about = fields.text("about").map_or_else(String::new, |about| about.value);
    let statements = fields.required_entries("statements");
    let findings = fields.end();
    let file = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".yaml");
    let mut checklist = Checklist {
        path: Arc::clone(path),
        title: title.map_or_else(|| file.to_owned(), |title| title.value),
        about,
        statements: Vec::new(),
    };
    let mut known = BTreeSet::new();
    for node in statements {
        let Some(read) = statement(path, text, node, findings) else { continue };
        if known.insert(read.id.clone()) {
            checklist.statements.push(read);
        } else {
            twice("statement", &read.id, read.span.start..read.span.end, findings);
        }
    }
    Some(checklist)
}

fn statement(
    path: &Arc<str>,
    text: &str,
    node: Node,
    findings: &mut Findings,
) -> Option<Statement> {
    let mut fields = Fields::of(text, node, findings)?;
    let id = fields.required("id");
    let words = fields.required("statement");
    let clauses = fields.texts("clauses");
    let names = Answer::ALL.map(Answer::name);
    let (answer, answered) = named(&mut fields, "answer", Answer::from_name, &names);
    let document = fields.text("document");
    let remark = fields.text("remark");
    let clauses = clauses_of(clauses, fields.end());
    let Typed { value: id, range } = id?;
    Some(Statement {
        text: words.map_or_else(|| id.clone(), |words| words.value),
        id,
        clauses,
        answer: answer.unwrap_or(Answer::Open),
        answered,
        document,
        remark,
        span: Span::new(path, range),
    })
}

fn twice(what: &str, name: &str, at: Range<usize>, findings: &mut Findings) {
    findings
        .push("data-file", at, format!("the {what} `{name}` stands here twice"))
        .hint("keep one of the two");
}

fn clauses_of(clauses: Vec<Typed<String>>, findings: &mut Findings) -> Vec<Typed<ClauseRef>> {
    clauses.into_iter().filter_map(|clause| findings.clause(clause)).collect()
}

/// One of a closed list of words, and where it stands.
fn named<T>(
    fields: &mut Fields,
    key: &'static str,
    from_name: impl Fn(&str) -> Option<T>,
    names: &[&'static str],
) -> (Option<T>, Range<usize>) {
    let Some(Typed { value, range }) = fields.required(key) else { return (None, fields.place()) };
    let found = from_name(&value);
    if found.is_none() {
        fields
            .findings()
            .push("data-file", range.clone(), format!("`{value}` is not a known {key}"))
            .suggest(&value, names.iter().copied(), format!("write one of {}", names.join(", ")));
    }
    (found, range)
}

fn day(typed: Typed<String>, findings: &mut Findings) -> Option<Typed<jiff::civil::Date>> {
    let Typed { value, range } = typed;
    let date = match typed_date(&value) {
        Some(TypedDate::Iso(date)) => date,
        Some(TypedDate::Loose(date)) => {
            findings
                .push("date-form", range.clone(), format!("`{value}` is not in the ISO form"))
                .hint(format!("write `{date}`"));
            date
        }
        None => {
            findings
                .push("data-file", range, crate::period::no_date(&value))
                .hint("write a day of the calendar as `2026-12-01`");
            return None;
        }
    };
    Some(Typed { value: date, range })
}
