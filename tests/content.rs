//! What the documents of `content/` promise to whoever starts from them: a whole system, every state of the portal shown.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use clausebook::Joined;
use clausebook::config::Config;
use clausebook::diagnostic::{Diagnostic, Severity};
use clausebook::document::{DocumentType, Status};
use clausebook::embedded;
use clausebook::portal::{Portal, ReviewState, Stamp, UnitState, View};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 12, 1);

static OWN: LazyLock<(Portal, Vec<Diagnostic>)> = LazyLock::new(|| {
    let config = Config::parse("clausebook.toml", embedded::SETTINGS).expect("it is right");
    let config = Arc::new(config);
    let joined: Joined = clausebook::join(&embedded::content("content"), "content", &config)
        .expect("it can be read");
    let view = View::published(&config, TODAY);
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    (clausebook::view(joined, findings.clone(), view, Stamp::default()), findings)
});

#[test]
fn nothing_is_wrong_but_what_is_planted() {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in OWN.1.iter().filter(|finding| finding.severity >= Severity::Warning) {
        *told.entry(finding.rule).or_default() += 1;
    }
    assert_eq!(told, BTreeMap::from([("review-overdue", 4)]));
}

#[test]
fn every_unit_is_claimed_and_nearly_every_one_is_covered() {
    let coverage = &OWN.0.coverage[0];
    assert_eq!(coverage.units.len(), 57);
    for unit in &coverage.units {
        // 7.5.4 follows from its twelve points.
        let answered = !unit.claims.is_empty() || unit.points.len() == 12;
        assert!(answered, "{} has no claim", unit.number);
        let points = unit.points.iter().all(clausebook::portal::PointState::met);
        assert!(points, "{} has a hole", unit.number);
        let said = unit.state == UnitState::Covered || !unit.reasons.is_empty();
        assert!(said, "{} does not say why", unit.number);
    }
    assert!(coverage.totals().percent() >= 90.0, "{}", coverage.totals().percent());
}

#[test]
fn every_state_of_the_portal_is_shown() {
    let library = &OWN.0.library;
    let of_status = |wanted: Status| {
        library.entries.iter().filter(move |entry| entry.document.status() == Some(wanted))
    };
    assert_eq!(of_status(Status::Draft).count(), 3);
    assert_eq!(of_status(Status::InReview).count(), 1);
    assert_eq!(of_status(Status::Retired).count(), 2);
    assert!(of_status(Status::Retired).all(|entry| entry.replaced_by.is_some()));
    let in_review_state =
        |wanted: ReviewState| OWN.0.states.iter().filter(|state| state.review == wanted).count();
    assert_eq!(in_review_state(ReviewState::Overdue), 3);
    assert!((5..=15).contains(&in_review_state(ReviewState::Due)), "a few are due");
    let months: std::collections::BTreeSet<i8> = library
        .entries
        .iter()
        .filter_map(|entry| Some(entry.next_reviews.first()?.date.month()))
        .collect();
    assert_eq!(months.len(), 12, "reviews are spread over the year");
}

#[test]
fn each_document_is_a_working_one() {
    let mut wrong = Vec::new();
    for entry in &OWN.0.library.entries {
        let document = &entry.document;
        if document.status() == Some(Status::Retired) {
            continue;
        }
        let path = &document.path;
        if document.guidance.is_empty() {
            wrong.push(format!("{path}: tells adopters nothing"));
        }
        let least = match document.document_type() {
            Some(DocumentType::Policy | DocumentType::Procedure) => 400,
            Some(DocumentType::Process) => 700,
            _ => 150,
        };
        if document.words < least {
            wrong.push(format!("{path}: {} words", document.words));
        }
        if document.document_type() == Some(DocumentType::Process) {
            let flow = document.code_blocks.iter().any(|block| block.language == "mermaid");
            let roles = document
                .sections
                .iter()
                .find(|section| section.title.own_words().trim().eq_ignore_ascii_case("roles"));
            let table =
                roles.is_some_and(|roles| document.text[roles.body.clone()].contains("|--"));
            if !flow || !table {
                wrong.push(format!("{path}: has no flow or no table of roles"));
            }
        }
        let claimed = document.claims.iter().filter(|claim| claim.section.is_some());
        let claimed: Vec<_> = claimed.map(|claim| &claim.clause).collect();
        for clause in &document.front_matter.clauses {
            if !claimed.contains(&&clause.value) {
                wrong.push(format!("{path}: no section answers {}", clause.value));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_data_are_whole() {
    let library = &OWN.0.library;
    for entry in &library.entries {
        let Some(register) = &entry.document.register else { continue };
        let rows = register.rows.len();
        assert!((8..=30).contains(&rows), "{}: {rows} rows", entry.document.path);
    }
    let framework = &library.framework;
    assert!(framework.roles.len() >= 30 && framework.terms.len() >= 90);
    let plan = framework.plan.as_ref().expect("there is a plan");
    let (begun, phased): (Vec<_>, Vec<_>) =
        plan.activities().partition(|activity| activity.phases == [0]);
    assert_eq!((begun.len(), phased.len(), plan.areas.len()), (9, 280, 22));
    let [spring, autumn] = &framework.assessments[..] else { panic!("there are two assessments") };
    assert_eq!((spring.results.len(), autumn.results.len()), (57, 57));
    assert_eq!(autumn.date.month() - spring.date.month(), 6);
    assert_eq!(framework.checklists[0].statements.len(), 45);
    let standards: Vec<&str> =
        framework.standards.iter().map(|standard| standard.id.as_str()).collect();
    assert_eq!(
        standards,
        [
            "iso-iec-20000-1-2018",
            "iso-14001-2015",
            "iso-22301-2019",
            "iso-9001-2015",
            "iso-iec-20000-1-2011",
            "iso-iec-27001-2022",
        ]
    );
}
