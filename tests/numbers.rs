//! Numbers that stand in more than one document agree: they have one home, in a variable or a register, and documents
//! refer to it. Reports and records of a day state figures as they stood, and are left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clausebook::config::Config;
use clausebook::document::{Document, DocumentType, Status};
use clausebook::embedded;
use clausebook::portal::Library;
use regex::Regex;

/// Figures with a home, and the words beside which they mean just that; no words when nobody writes them for another
/// reason.
const TELLING: [(&str, &str); 19] = [
    ("service_desk_phone", ""),
    ("service_desk_email", ""),
    ("service_hours", ""),
    ("availability_target", ""),
    ("satisfaction_target", ""),
    ("cab_meeting", ""),
    ("cab_agenda_close", ""),
    ("peak_freeze", ""),
    ("backup_kept", "backup|copies"),
    ("breach_notice", "authority|breach"),
    ("budget_deviation", "deviat|departs from the plan"),
    ("exception_limit", "exception"),
    ("complaint_answer", "complaint.*answer|answer.*complaint"),
    ("audit_report_due", "audit report"),
    ("major_problem_report", "major problem report"),
    ("rto_critical", "critical services? .*recovered within"),
    ("capacity_warning", "warning"),
    ("capacity_limit", "limit of capacity|capacity limit"),
    ("closure_wait", "without an answer"),
];

#[test]
fn no_document_types_a_number_that_has_a_home() {
    let library = library();
    let variables = &library.config.variables;
    let mut wrong = Vec::new();
    for document in lasting(&library) {
        for (name, beside) in TELLING {
            let value = &variables[name];
            let beside = Regex::new(&format!("(?i){beside}")).expect("it is right");
            for line in lines(document).filter(|line| holds(line, value) && beside.is_match(line)) {
                wrong.push(format!("{}: `{value}` is {{{{ {name} }}}}: {line}", document.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn targets_of_priorities_are_variables() {
    let library = library();
    let row = Regex::new(r"^\|\s*\**P([1-4])\**[^|]*\|(.*)$").expect("it is right");
    let time = Regex::new(r"\b\d+ (?:minutes?|hours?|working hours?|days?|working days?)\b");
    let time = time.expect("it is right");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for document in lasting(&library) {
        // What supports a promise has shorter times of its own.
        let inner = document.reference().is_some_and(|name| name.starts_with("SMS-AGR-8.3.4"))
            || document.document_type() == Some(DocumentType::Contract);
        for line in lines(document).filter(|_| !inner) {
            let Some(found) = row.captures(line) else { continue };
            seen += 1;
            let stated = found[2].split('|').filter(|cell| time.is_match(cell));
            let own = format!("{{{{ p{}_", &found[1]);
            let targets = ["{{ p1_", "{{ p2_", "{{ p3_", "{{ p4_"];
            let foreign = targets.iter().any(|other| found[2].contains(other) && **other != own);
            if foreign || found[2].contains(&own) && stated.count() > 0 {
                wrong.push(format!("{}: {line}", document.path));
            }
        }
    }
    assert!(seen > 12, "agreements and processes state them: {seen}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn records_are_kept_as_long_as_their_register_says() {
    let library = library();
    let kinds = library.find("SMS-REG-7.5.3").expect("there is the register of record kinds");
    let kinds = library.entry(kinds).document.register.clone().expect("it has rows");
    let mut kept: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in &kinds.rows {
        for claim in &row.claims {
            let period = kinds.text(row, "retention").unwrap_or_default().to_owned();
            kept.entry(claim.value.number.to_string()).or_default().insert(period);
        }
    }
    let mut wrong = Vec::new();
    let typed = Regex::new(r"(?i)\bkept for (?:at least )?\d+ (?:months?|years?)\b");
    let typed = typed.expect("it is right");
    for document in lasting(&library) {
        for line in lines(document).filter(|line| typed.is_match(line)) {
            wrong.push(format!("{}: types a period of retention: {line}", document.path));
        }
    }
    let mut stated = 0;
    for entry in &library.entries {
        let document = &entry.document;
        let is_record =
            matches!(document.document_type(), Some(DocumentType::Record | DocumentType::Report));
        let (Some(retention), true) = (&document.front_matter.retention, is_record) else {
            continue;
        };
        stated += 1;
        let clauses = document.front_matter.clauses.iter();
        let mut periods = clauses.filter_map(|clause| kept.get(clause.value.number.as_str()));
        if periods.clone().next().is_some()
            && !periods.any(|periods| periods.contains(&retention.value))
        {
            wrong.push(format!("{}: its register says otherwise", document.path));
        }
    }
    assert!(stated > 10, "reports and records state their retention: {stated}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_document_is_reviewed_later_than_its_type_allows() {
    let library = library();
    let day = jiff::civil::date(2026, 12, 1);
    let mut stated = 0;
    let mut wrong = Vec::new();
    for entry in &library.entries {
        let document = &entry.document;
        let cycle = document.front_matter.review_cycle.as_ref();
        let (Some(cycle), Some(known)) = (cycle, document.document_type()) else { continue };
        stated += 1;
        let longest = library.config.reviews.cycles[&known];
        if cycle.value.after(day) > longest.after(day) {
            wrong.push(format!("{}: {longest:?} at most", document.path));
        }
    }
    assert!(stated > 100, "nearly all state one: {stated}");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Our own documents.
fn library() -> Library {
    let config = Config::parse("clausebook.toml", embedded::SETTINGS).expect("it is right");
    let source = embedded::content("content");
    clausebook::join(&source, "content", &Arc::new(config)).expect("it can be read").library
}

/// The documents that hold until they are changed: no reports and records of one day, and nothing retired.
fn lasting(library: &Library) -> impl Iterator<Item = &Document> {
    let documents = library.entries.iter().map(|entry| &*entry.document);
    documents.filter(|document| {
        let of_a_day =
            matches!(document.document_type(), Some(DocumentType::Record | DocumentType::Report));
        !of_a_day && document.status() != Some(Status::Retired)
    })
}

fn lines(document: &Document) -> impl Iterator<Item = &str> {
    document.text[document.body..].lines()
}

/// True when a line holds a value that is not part of a longer number or word.
fn holds(line: &str, value: &str) -> bool {
    line.match_indices(value).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + value.len()..].chars().next();
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        apart(before) && before != Some('.') && apart(after)
    })
}
