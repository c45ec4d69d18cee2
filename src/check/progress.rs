//! What the plan, the assessments and the checklists name, each with its place.

use crate::diagnostic::Span;
use crate::document::ClauseRef;
use crate::portal::Library;

/// A value in the data files of the way to a system, with its place.
pub(super) type Located<'a, T> = (&'a T, Span);

/// Every role that the plan and the assessments name.
pub(super) fn roles_of_progress(library: &Library) -> Vec<Located<'_, String>> {
    let framework = &library.framework;
    let mut roles = Vec::new();
    if let Some(plan) = &framework.plan {
        let named = plan.activities().flat_map(|activity| &activity.roles);
        roles.extend(named.map(|role| (&role.value, Span::new(&plan.path, role.range.clone()))));
    }
    for assessment in &framework.assessments {
        let owners = assessment.results.iter().filter_map(|result| result.owner.as_ref());
        let named = std::iter::once(&assessment.assessor).chain(owners);
        roles.extend(
            named.map(|role| (&role.value, Span::new(&assessment.path, role.range.clone()))),
        );
    }
    roles
}

/// Every reference that the plan and the checklists name.
pub(super) fn references_of_progress(library: &Library) -> Vec<Located<'_, String>> {
    let framework = &library.framework;
    let mut references = Vec::new();
    if let Some(plan) = &framework.plan {
        let named = plan.activities().filter_map(|activity| activity.document.as_ref());
        references
            .extend(named.map(|named| (&named.value, Span::new(&plan.path, named.range.clone()))));
    }
    for list in &framework.checklists {
        let named = list.statements.iter().filter_map(|statement| statement.document.as_ref());
        references
            .extend(named.map(|named| (&named.value, Span::new(&list.path, named.range.clone()))));
    }
    references
}

/// Every clause that the plan and the checklists name.
pub(super) fn clauses_of_progress(library: &Library) -> Vec<Located<'_, ClauseRef>> {
    let framework = &library.framework;
    let mut clauses = Vec::new();
    if let Some(plan) = &framework.plan {
        let named = plan.activities().flat_map(|activity| &activity.clauses);
        clauses
            .extend(named.map(|named| (&named.value, Span::new(&plan.path, named.range.clone()))));
    }
    for list in &framework.checklists {
        let named = list.statements.iter().flat_map(|statement| &statement.clauses);
        clauses
            .extend(named.map(|named| (&named.value, Span::new(&list.path, named.range.clone()))));
    }
    clauses
}
