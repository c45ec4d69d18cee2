//! Coverage is what contracts 3 says, by a second reckoning and fact by fact.

#[path = "generate/dice.rs"]
mod dice;
#[path = "coverage/reckoning.rs"]
mod reckoning;
#[path = "generate/variety.rs"]
mod variety;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clausebook::Joined;
use clausebook::config::Config;
use clausebook::embedded;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::source::Memory;
use jiff::civil::{Date, date};

/// Twenty days: ends of months, a leap day, days before and after everything.
const DAYS: [Date; 20] = [
    date(2023, 1, 1),
    date(2024, 2, 29),
    date(2024, 12, 31),
    date(2025, 1, 31),
    date(2025, 2, 28),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 12, 1),
    date(2026, 1, 1),
    date(2026, 2, 28),
    date(2026, 4, 30),
    date(2026, 8, 31),
    date(2026, 10, 15),
    date(2026, 10, 16),
    date(2026, 12, 1),
    date(2027, 2, 1),
    date(2027, 6, 1),
    date(2027, 12, 31),
    date(2028, 1, 1),
    date(2032, 5, 5),
];

#[test]
fn a_second_reckoning_agrees_on_the_real_content() {
    let files = text_files(&embedded::content("content"));
    let states = agree(&files, embedded::SETTINGS);
    let covered = |day: Date| states[&day].values().filter(|state| **state == "covered").count();
    assert!(covered(date(2026, 12, 1)) > 10, "the content covers something");
    assert_eq!(covered(date(2032, 5, 5)), 0, "nothing stays covered unreviewed");
}

#[test]
fn a_second_reckoning_agrees_on_generated_repositories() {
    let numbers = numbers();
    let mut seen = BTreeSet::new();
    for seed in 0..12 {
        let mut files = variety::repository(seed, 60, &numbers);
        files.extend(standards());
        let states = agree(&files, "[reference]\npattern = false\n");
        seen.extend(states.values().flat_map(BTreeMap::values).copied());
    }
    assert_eq!(seen, BTreeSet::from(["covered", "gap", "partial"]), "every state came up");
}

/// Slips of the pen, each of which leaves less to ask for than was typed.
const SLIPS: [(&str, &str); 4] = [
    ("statement, basis: advice, what: \"internal", "statment, basis: advice, what: \"internal"),
    ("\"5.2.1 policy\", \"6.2.1 statement\"", "\"5.2.1 polcy\", \"6.2.1 statement\""),
    ("pairs: [\"4.3 statement\"]", "pairs: []"),
    ("maps_to: [\"5.2.1\", \"5.2.2\"]", "maps_to: [\"5.2.1\", \"5.9\"]"),
];

#[test]
fn a_second_reckoning_agrees_on_standards_with_slips() {
    let numbers = numbers();
    let mut slipped = standards();
    for (right, wrong) in SLIPS {
        let mut texts = slipped.iter_mut().map(|(_, text)| text);
        let text = texts.find(|text| text.contains(right)).expect("it stands there");
        *text = text.replacen(right, wrong, 1);
    }
    let mut covered = BTreeSet::new();
    for seed in 0..4 {
        let mut files = variety::repository(seed, 60, &numbers);
        files.extend(slipped.clone());
        for states in agree(&files, "[reference]\npattern = false\n").into_values() {
            let states = states.into_iter().filter(|(_, state)| *state == "covered");
            covered.extend(states.map(|((_, unit), _)| unit));
        }
    }
    assert!(covered.contains("5.2.1") && !covered.contains("4.1"), "{covered:?}");
}

/// Compares both reckonings on all days, and returns the states.
fn agree(files: &[(String, String)], settings: &str) -> BTreeMap<Date, reckoning::States> {
    let own = files.iter().filter(|(path, _)| path.starts_with("content/standards/")).cloned();
    let own: Vec<(String, String)> = own.collect();
    let standards = if own.is_empty() { standards() } else { own };
    let standards: Vec<String> = standards.into_iter().map(|(_, text)| text).collect();
    let joined = join(files, settings);
    let mut all = BTreeMap::new();
    for today in DAYS {
        let day = (
            i32::from(today.year()),
            u32::from(today.month().unsigned_abs()),
            u32::from(today.day().unsigned_abs()),
        );
        let reckoned = reckoning::states(&standards, files, day);
        let portal = portal(joined.clone(), today);
        let found = states(&portal);
        let differ: Vec<String> = reckoned
            .iter()
            .filter(|(unit, state)| found.get(*unit) != Some(*state))
            .map(|(unit, state)| {
                format!("{} {}: {state}, the portal says {:?}", unit.0, unit.1, found.get(unit))
            })
            .collect();
        assert!(differ.is_empty(), "as of {today}:\n{}", differ.join("\n"));
        assert_eq!(reckoned.len(), found.len(), "each has the same units");
        all.insert(today, reckoned);
    }
    all
}

/// The states that the program finds.
fn states(portal: &Portal) -> reckoning::States {
    let mut states = reckoning::States::new();
    for coverage in &portal.coverage {
        let standard = &portal.library.framework.standards[coverage.standard];
        for unit in &coverage.units {
            let at = (standard.id.clone(), unit.number.to_string());
            states.insert(at, unit.state.name());
        }
    }
    states
}

fn join(files: &[(String, String)], settings: &str) -> Joined {
    let config =
        Arc::new(Config::parse("clausebook.toml", settings).expect("the settings are fine"));
    let bytes = files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    clausebook::join(&Memory(bytes.collect()), "content", &config).expect("the folder is there")
}

/// Everything, whoever may see it.
fn portal(joined: Joined, today: Date) -> Portal {
    let published = View::published(&joined.library.config, today);
    let view = View { publish_up_to: "restricted".to_owned(), ..published };
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    clausebook::view(joined, findings, view, Stamp::default())
}

/// The files that are text, by path.
fn text_files(memory: &Memory) -> Vec<(String, String)> {
    let text = |(path, bytes): (&String, &Vec<u8>)| {
        Some((path.clone(), String::from_utf8(bytes.clone()).ok()?))
    };
    memory.0.iter().filter_map(text).collect()
}

fn standards() -> Vec<(String, String)> {
    text_files(&embedded::standards("content"))
}

/// Every kind of number that a document may claim: units, paragraphs, headed parents, numbers of the old edition.
fn numbers() -> Vec<String> {
    let joined = join(&standards(), "");
    let mut numbers = Vec::new();
    for standard in &joined.library.framework.standards {
        for clause in &standard.clauses {
            let old = standard.derived_from.is_some();
            numbers.push(if old {
                format!("2011:{}", clause.number)
            } else {
                clause.number.to_string()
            });
        }
    }
    // Units come up more often than the rest, so that some get everything they ask for.
    for unit in ["4.1", "4.3", "4.4", "5.2.1", "6.2.1", "6.3", "7.5.1", "8.2.1", "8.2.4", "8.5.1.1"]
    {
        numbers.extend(std::iter::repeat_n(unit.to_owned(), 6));
    }
    numbers
}
