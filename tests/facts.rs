//! Each fact that coverage rests on: change that one alone, and exactly the predicted units change (contracts 3).
//!
//! A prediction is one line a unit, `2011:` before those of the old edition and the id of the standard before those
//! of another: the state before and after where it changes, then the reasons that went (`-`) and came (`+`). Units
//! that no line names stay as they are, to the last reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clausebook::config::Config;
use clausebook::diagnostic::{Diagnostic, Severity};
use clausebook::document::DocumentType;
use clausebook::embedded;
use clausebook::portal::{
    NotCounting, PointState, Portal, Reason, ReviewState, Stamp, Unit, UnitState, View,
};
use clausebook::source::Memory;
use clausebook::standard::{ClauseNumber, Standard};
use jiff::civil::{Date, date};
use rayon::prelude::*;

const TODAY: Date = date(2026, 12, 1);

/// The standing of each unit, by the name that it has in predictions.
type Standings = BTreeMap<String, Standing>;

/// The state of a unit and its reasons, each with its code first.
type Standing = (UnitState, BTreeSet<String>);

/// A fact that is changed, and what is to follow.
struct Fact {
    name: &'static str,
    change: Change,
    predicted: Vec<String>,
}

/// A change of one place.
enum Change {
    /// In a file, the one place that reads like the first is to read like the second.
    File(&'static str, &'static str, &'static str),
    /// The settings of the repository.
    Settings(&'static str),
}

#[test]
fn the_repository_covers_what_the_facts_are_about() {
    let standings = standings(&portal(&repository(), ""));
    let in_state = |wanted: UnitState| -> Vec<&str> {
        let found = standings.iter().filter(|(_, (state, _))| *state == wanted);
        found.map(|(unit, _)| unit.as_str()).collect()
    };
    assert_eq!(
        in_state(UnitState::Covered),
        [
            "2011:4.1.2",
            "2011:9.2",
            "5.2.1",
            "5.2.2",
            "6.2.1",
            "7.2",
            "7.4",
            "7.5.2",
            "8.2.1",
            "8.5.1.1",
            "8.5.1.2",
            "8.5.1.3",
            "house-rules:1.1",
            "house-rules:1.2",
        ]
    );
    assert_eq!(
        in_state(UnitState::Partial),
        [
            "2011:4.1.3",
            "2011:4.3.1",
            "2011:4.3.2",
            "2011:4.4.2",
            "2011:4.5.2",
            "2011:4.5.3",
            "2011:4.5.4.1",
            "2011:5.1",
            "2011:6.6.3",
            "7.5.4",
            "9.1",
        ]
    );
}

#[test]
fn one_fact_changes_exactly_the_predicted_units() {
    let before = standings(&portal(&repository(), ""));
    let all = [document_facts(), text_facts(), row_facts(), settings_facts(), facts_of_no_weight()];
    let all: Vec<Fact> = all.into_iter().flatten().collect();
    let problems: Vec<String> = all
        .par_iter()
        .filter_map(|fact| {
            let (files, settings) = fact.change.made();
            let after = standings(&portal(&files, settings));
            let found = differences(&before, &after);
            let predicted: BTreeSet<String> = fact.predicted.iter().cloned().collect();
            (found != predicted)
                .then(|| format!("{}: predicted {predicted:#?}\nfound {found:#?}", fact.name))
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn leaving_advice_out_asks_for_less_and_lowers_no_state() {
    // 5.1 and 7.3 expect a record by advice alone: they are none of the four that nothing is expected of, where a
    // rule is asked for (contracts 3).
    let files = repository().with(
        "content/more.csv",
        "clause,place,retention,owner\n5.1,A,1 year,manager\n7.3,A,1 year,manager\n",
    );
    let files = files.with(
        "content/more.md",
        approved("register", "SMS-REG-8.2.5", "8.2.5", "data: more.csv\ncolumns: { clause: clause, place: text, retention: text, owner: role }\n", "Text."),
    );
    let asked = standings(&portal(&files, ""));
    let left_out = standings(&portal(&files, "[coverage]\nadvised = false\n"));
    let covered = |standings: &Standings| -> BTreeSet<String> {
        let covered = standings.iter().filter(|(_, (state, _))| *state == UnitState::Covered);
        covered.map(|(unit, _)| unit.clone()).collect()
    };
    assert!(asked["5.1"].0 == UnitState::Covered && asked["7.3"].0 == UnitState::Covered);
    let lost: Vec<String> = covered(&asked).difference(&covered(&left_out)).cloned().collect();
    assert!(lost.is_empty(), "no longer covered, though less is asked for: {lost:?}");
}

#[test]
fn where_only_advice_asks_what_does_not_count_covers_nothing() {
    let draft = approved("statement", "SMS-STM-5.1", "5.1", "", "Text.");
    let draft = draft.replace("status: approved", "status: draft");
    let files = repository().with("content/leading.md", draft);
    let standings = standings(&portal(&files, "[coverage]\nadvised = false\n"));
    let reasons = BTreeSet::from(["none-counts draft".to_owned()]);
    assert_eq!(standings["5.1"], (UnitState::Partial, reasons));
}

#[test]
fn an_exclusion_is_of_the_units_of_one_standard_alone() {
    // The numbers of another standard may be those of clauses that cannot be excluded (R87).
    let flat = HOUSE_RULES.replace("house-rules", "flat-rules");
    let flat = flat.replace("\"1", "\"5");
    let old =
        HOUSE_RULES.replace("id: house-rules", "id: flat-rules-old\nderived_from: flat-rules");
    let old = old.replace("summary: Doors.", "summary: Doors., maps_to: [\"5.1\"]");
    let old = old.replace("summary: Windows.", "summary: Windows., maps_to: [\"5.2\"]");
    let files = repository()
        .with("content/standards/flat-rules.yaml", flat)
        .with("content/standards/flat-rules-old.yaml", old);
    let exclude = |clause: &str| {
        let settings =
            format!("[coverage]\nexclude = [{{ clause = \"{clause}\", reason = \"No flat\" }}]\n");
        let before = standings(&portal(&files, ""));
        differences(&before, &standings(&portal(&files, &settings)))
    };
    let excluded = |units: &[&str]| -> BTreeSet<String> {
        let line = |unit: &&str| format!("{unit} gap -> excluded -no-claim +excluded No flat");
        units.iter().map(line).collect()
    };
    // What is derived from an excluded unit is no gap: neither is it there.
    let found: BTreeSet<String> =
        exclude("flat-rules:5").into_iter().filter(|line| !line.contains("-old:")).collect();
    assert_eq!(found, excluded(&["flat-rules:5.1", "flat-rules:5.2"]));
    let found: Vec<String> = exclude("flat-rules-old:1.1").into_iter().collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("flat-rules-old:1.1 gap -> excluded "), "{found:?}");
}

#[test]
fn excluded_units_are_among_all_of_which_a_share_is_covered() {
    use UnitState::{Covered, Excluded, Gap, Partial};
    let totals = clausebook::portal::Totals::of([Covered, Partial, Gap, Excluded, Excluded]);
    assert_eq!((totals.units(), totals.percent()), (5, 20.0));
}

#[test]
fn two_numbers_of_one_unit_are_one_claim_of_a_section() {
    let body = "## Both {#both clause=6.1.1,6.1.2}\n\nText.\n";
    let plan = approved("plan", "SMS-PLN-6.1", "[6.1.1, 6.1.2, 6.1]", "", body);
    let portal = portal(&repository().with("content/risks.md", plan), "");
    let unit = portal.coverage[0].unit(&number("6.1")).expect("it is a unit");
    let sections: Vec<Option<usize>> = unit.claims.iter().map(|claim| claim.section).collect();
    assert_eq!(sections, [None, Some(0)]);
}

#[test]
fn a_reason_that_several_documents_have_is_told_once() {
    let draft = |reference: &str| {
        approved("policy", reference, "8.3.2", "", "Text.")
            .replace("status: approved", "status: draft")
    };
    let files = repository()
        .with("content/a.md", draft("SMS-POL-8.3.2"))
        .with("content/b.md", draft("SMS-POL-8.3.2-2"));
    let portal = portal(&files, "");
    let unit = portal.coverage[0].unit(&number("8.3.2")).expect("it is a unit");
    assert_eq!(unit.claims.len(), 2);
    let drafts = |reason: &Reason| match reason {
        Reason::TypeNotCounting(.., why) | Reason::NoRule(why) | Reason::NoneCounts(why) => {
            why.iter().filter(|why| **why == NotCounting::Draft).count()
        }
        _ => 0,
    };
    assert_eq!(unit.reasons.iter().map(drafts).max(), Some(1), "{:?}", unit.reasons);
}

#[test]
fn what_cannot_be_read_of_a_clause_does_not_lower_what_it_asks_for() {
    let doors = "  - { number: \"1.1\", title: Doors, summary: Doors. }\n";
    let with = |more: &str| doors.replace(" }\n", &format!(", {more} }}\n"));
    let paragraph =
        "  - { number: \"1.1.1\", expects: [{ type: polcy, basis: standard, what: Doors }] }\n";
    let twice =
        doors.replace(" }\n", ", expects: [{ type: plan, basis: standard, what: Doors }] }\n");
    let cases = [
        with("expects: [{ type: polcy, basis: standard, what: Doors }]"),
        with("expects: [{ type: plan, basis: law, what: Doors }]"),
        with("expects: [{ basis: standard, what: Doors }]"),
        with("expects: plan"),
        with("expets: [{ type: plan, basis: standard, what: Doors }]"),
        with("points: [{ text: Doors }]"),
        with("points: [{ text: Doors, pairs: [] }]"),
        with("points: [{ text: Doors, pairs: [~] }]"),
        with("points: [{ text: Doors, pairs: [\"1.2 polcy\"] }]"),
        with("points: [{ text: Doors, pairs: [\"1.2 policy\", \"1.2 plna\"] }]"),
        with("points: [{ text: Doors, pairs: [\"1.2 policy\", \"1.2\"] }]"),
        with("points: [{ text: Doors, pairs: [\"1.2 policy\", [\"1.2 plan\"]] }]"),
        with("points: [{ pairs: [\"1.2 policy\"] }]"),
        format!("{doors}{paragraph}"),
        format!("{doors}{twice}"),
        "  - number: \"1.1\"\n    expects:\n      - { type: polcy, basis: standard, what: Doors }\n    title: Doors\n".to_owned(),
        // The file is no YAML as a whole.
        "  - number: \"1.1\"\n    title: Doors\n    expects:\n      - type: plan: x\n".to_owned(),
    ];
    for level in ["", "[rules]\ndata-file = { level = \"off\", reason = \"We move.\" }\n"] {
        for case in &cases {
            let rules = HOUSE_RULES.replace(doors, case);
            let portal =
                portal(&repository().with("content/standards/house-rules.yaml", rules), level);
            let coverage =
                portal.coverage.iter().find(|coverage| coverage.unit(&number("1.1")).is_some());
            let coverage = coverage.unwrap_or_else(|| panic!("{case}"));
            let unit = |name| coverage.unit(&number(name)).expect("it is a unit");
            assert_ne!(unit("1.1").state, UnitState::Covered, "{case}");
            assert!(unit("1.1").reasons.contains(&Reason::Unread), "{case}");
            assert!(!unit("1.1").points.iter().any(PointState::met), "{case}");
            assert_eq!(unit("1.2").state, UnitState::Covered, "{case}");
        }
    }
}

/// Of a unit that is lost nobody can say that it is covered, and all units together are less than the standard.
#[test]
fn a_clause_whose_number_cannot_be_read_holds_back_its_unit_or_all() {
    let end = "  - { number: \"1.2\", title: Windows, summary: Windows. }\n";
    for (clause, of_all) in [
        ("{ number: \"1.1.1x\", expects: [{ type: plan, basis: standard, what: Doors }] }", false),
        ("{ number: \"1.1.x\", title: Locks, summary: Locks. }", false),
        ("{ number: \"1,3\", title: Locks, summary: Locks. }", true),
        ("{ number: \"1.3.\", title: Locks, summary: Locks. }", true),
        ("{ nummer: \"1.3\", title: Locks, summary: Locks. }", true),
        ("Locks", true),
    ] {
        let rules = HOUSE_RULES.replace(end, &format!("{end}  - {clause}\n"));
        let files = repository().with("content/standards/house-rules.yaml", rules);
        let standings = standings(&portal(&files, ""));
        let unread = (UnitState::Partial, BTreeSet::from(["unread".to_owned()]));
        assert_eq!(standings["house-rules:1.1"], unread, "{clause}");
        assert_eq!(standings["house-rules:1.2"].0 == UnitState::Covered, !of_all, "{clause}");
    }
}

#[test]
fn a_slip_in_what_a_clause_corresponds_to_takes_nothing() {
    let doors = "summary: Doors. }";
    let rules = HOUSE_RULES.replace(doors, "summary: Doors., see: [\"foo\"] }");
    assert!(rules.contains("foo"));
    let portal = portal(&repository().with("content/standards/house-rules.yaml", rules), "");
    assert_eq!(standings(&portal)["house-rules:1.1"].0, UnitState::Covered);
    assert!(portal.findings.iter().any(|finding| finding.message.contains("`foo`")));
}

#[test]
fn a_clause_derived_from_what_is_not_there_is_not_covered() {
    for maps_to in ["\"1.1\", \"1.9\"", "\"1.1\", \"1.x\""] {
        let old =
            HOUSE_RULES.replace("id: house-rules", "id: old-rules\nderived_from: house-rules");
        let old = old.replace("summary: Doors.", &format!("summary: Doors., maps_to: [{maps_to}]"));
        let old = old.replace("summary: Windows.", "summary: Windows., maps_to: [\"1.1\"]");
        let portal = portal(&repository().with("content/standards/old-rules.yaml", old), "");
        let standings = standings(&portal);
        let reasons = BTreeSet::from(["unread".to_owned()]);
        assert_eq!(standings["old-rules:1.1"], (UnitState::Partial, reasons), "{maps_to}");
        assert_eq!(standings["old-rules:1.2"].0, UnitState::Covered, "{maps_to}");
    }
}

#[test]
fn a_register_of_which_no_row_can_be_read_does_not_count() {
    let of = |files: &Memory| {
        let portal = portal(files, "");
        let unit = portal.coverage[0].unit(&number("7.5.2")).expect("it is a unit");
        unit.claims[0].not_counting.clone()
    };
    let reason = |rows: &[u8]| of(&repository().with("content/records.csv", rows));
    let head = ROWS.lines().next().unwrap_or_default();
    assert_eq!(reason(format!("{head}\n").as_bytes()), None, "nothing is wrong with it");
    let one_wrong = ROWS.replace("Board minutes", "Board, minutes");
    assert_eq!(reason(one_wrong.as_bytes()), None, "one row is wrong");
    let semicolons = ROWS.replace(',', ";");
    for unread in [semicolons.as_bytes(), b"", b"Kind,Clause\n", b"\xff\xfe"] {
        assert!(matches!(reason(unread), Some(NotCounting::Errors(_))), "{unread:?}");
    }
    let unclosed = ROWS.replace("Intranet", "\"Intranet");
    assert!(matches!(reason(unclosed.as_bytes()), Some(NotCounting::Errors(_))), "rows are lost");
    let mut files = repository();
    files.0.remove("content/records.csv");
    assert!(matches!(of(&files), Some(NotCounting::Errors(_))), "there is none");
}

/// What a cell says stands in the head: without it nobody knows whether a row is overdue.
#[test]
fn no_row_counts_below_a_head_that_lacks_or_doubles_a_column() {
    let lines = |change: &dyn Fn(usize, &str) -> String| -> String {
        ROWS.lines().enumerate().map(|(at, line)| change(at, line) + "\n").collect()
    };
    let overdue = ROWS.replace("2027-03-01", "2026-01-01");
    let cases = [
        ("misspelt", overdue.replacen("owner,due", "owner,dua", 1)),
        ("in capitals", overdue.replacen("owner,due", "owner,Due", 1)),
        ("missing", lines(&|_, line| line.rsplit_once(',').expect("it has cells").0.to_owned())),
        (
            "twice",
            lines(&|at, line| format!("{line},{}", if at == 0 { "due" } else { "2027-09-09" })),
        ),
        ("one more", lines(&|at, line| format!("{line},{}", if at == 0 { "until" } else { "x" }))),
    ];
    for level in ["", "[rules]\ndata-file = { level = \"warn\", reason = \"We move.\" }\n"] {
        for (name, rows) in &cases {
            let portal = portal(&repository().with("content/records.csv", rows.as_str()), level);
            let unit = portal.coverage[0].unit(&number("8.5.1.2")).expect("it is a unit");
            let mut rows = unit.claims.iter().filter(|claim| claim.row.is_some()).peekable();
            assert!(rows.peek().is_some(), "{name}");
            assert!(rows.all(|row| !row.counts()), "{name} {level}");
            assert_ne!(unit.state, UnitState::Covered, "{name}");
        }
    }
}

/// A review that is stated and cannot be read is not the one that the settings plan for the type.
#[test]
fn no_review_is_planned_where_what_is_stated_cannot_be_read() {
    let state = |stated: &str| {
        let text = approved("policy", "SMS-POL-8.7.2", "8.7.2", "", "Text.");
        let text = text.replace("review_date: 2027-01-15", stated);
        assert!(text.contains(stated), "{text}");
        let files =
            Memory::default().with("content/roles.yaml", ROLES).with("content/policy.md", text);
        let cycles = "[reviews]\ncycles = { policy = \"1 year\" }\n";
        let off = ["missing-key", "invalid-date", "unknown-key", "wrong-type"]
            .map(|rule| format!("{rule} = {{ level = \"off\", reason = \"We move.\" }}\n"));
        portal(&files, &format!("{cycles}[rules]\n{}", off.concat())).states[0].clone()
    };
    for stated in [
        "review_in: 3 months",
        "last_reviewed_on: 2026-11-01",
        "review_date: 2026-02-30",
        "review_dat: 2027-01-15",
        "next_review: 2027-01-15",
        "review_date: [2027-01-15]",
    ] {
        let state = state(stated);
        assert_eq!(state.review, ReviewState::Unscheduled, "{stated}");
        assert_eq!(state.not_counting, Some(NotCounting::Unscheduled), "{stated}");
    }
    let planned = state("keywords: none");
    assert_eq!((planned.review, planned.not_counting), (ReviewState::Due, None));
}

#[test]
fn a_wrong_cell_does_not_count_whatever_its_level() {
    let files = repository().with("content/records.csv", ROWS.replace("2027-03-01", "in March"));
    let portal =
        portal(&files, "[rules]\nregister-cell = { level = \"warn\", reason = \"We move.\" }\n");
    let unit = portal.coverage[0].unit(&number("8.5.1.2")).expect("it is a unit");
    let row = unit.claims.iter().find(|claim| claim.row == Some(1)).expect("the row claims it");
    assert_eq!(row.not_counting, Some(NotCounting::RowWrong));
}

#[test]
fn what_cannot_be_read_is_told_as_that() {
    let broken = "---\n{ title: Broken }\n---\n\n## Rules {#rules clause=8.5.1.3}\n\nText.\n";
    let portal = portal(&repository().with("content/broken.md", broken), "");
    let unit = portal.coverage[0].unit(&number("8.5.1.3")).expect("it is a unit");
    let told = |claim: &&clausebook::portal::ClaimState| {
        let document = claim.document.map(|id| &portal.library.entry(id).document);
        document.is_some_and(|document| document.broken)
    };
    let claim = unit.claims.iter().find(told).expect("the section claims it");
    assert_eq!(claim.not_counting, Some(NotCounting::Broken));
}

/// The day until which states hold is the first one on which anything that they rest on may turn (contracts 4).
#[test]
fn states_hold_until_the_first_day_that_any_fact_of_theirs_turns() {
    let state = |more: &str, from: &str, to: &str| {
        let text = approved("policy", "SMS-POL-8.7.2", "8.7.2", more, "Text.");
        assert!(text.contains(from), "{text}");
        let files = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with("content/policy.md", text.replacen(from, to, 1));
        portal(&files, "").states[0].clone()
    };
    let review = "review_date: 2027-01-15";
    for (more, from, to, until) in [
        // The review is due already, and overdue the day after its date.
        ("", "", "", Some(date(2027, 1, 16))),
        ("", review, "review_date: 2027-10-31", Some(date(2027, 9, 1))),
        ("", review, "review_date: 2026-12-01", Some(date(2026, 12, 2))),
        ("", review, "review_date: 2026-11-30", None),
        // Approved, and in force before that by what it says.
        (
            "effective_date: 2026-01-01\n",
            "date: 2026-01-15",
            "date: 2026-12-12",
            Some(date(2026, 12, 12)),
        ),
        ("effective_date: 2026-12-24\n", "", "", Some(date(2026, 12, 24))),
        // A review that was not held yet is a finding until its day.
        (
            "last_reviewed_on: 2026-12-10\nreview_in: 2 years\n",
            review,
            "retention: 1 year",
            Some(date(2026, 12, 10)),
        ),
        ("", "status: approved", "status: draft", None),
        ("", "status: approved", "status: in-review", None),
    ] {
        assert_eq!(state(more, from, to).until, until, "{more}{to}");
    }
}

#[test]
fn a_unit_holds_until_the_register_of_its_row_turns() {
    let portal = portal(&repository(), "");
    let unit = portal.coverage[0].unit(&number("9.1")).expect("it is a unit");
    assert!(unit.claims.iter().all(|claim| claim.row.is_some()));
    // The row is due on 2027-05-01, the review of the register on 2027-01-15.
    assert_eq!(unit.until, Some(date(2027, 1, 16)));
}

#[test]
fn a_portal_holds_until_anything_in_it_turns() {
    let until = |files: &Memory, settings: &str| portal(files, settings).until();
    let policy = approved("policy", "SMS-POL-8.7.2", "8.7.2", "", "Text.");
    let with = |text: String| {
        Memory::default().with("content/roles.yaml", ROLES).with("content/policy.md", text)
    };
    // The calendar of reviews moves on with the month, where a review is planned.
    assert_eq!(until(&with(policy.clone()), ""), Some(date(2027, 1, 1)));
    assert_eq!(until(&with(policy.replace("status: approved", "status: draft")), ""), None);
    let register = "data: rows.csv\ncolumns: { kind: text, due: due }\n";
    let register = approved("register", "SMS-REG-8.7.2", "8.7.2", register, "Text.");
    let files = with(register).with("content/rows.csv", "kind,due\nTests,2026-12-20\n");
    assert_eq!(until(&files, ""), Some(date(2026, 12, 21)));
    // What the view may not see still covers its unit.
    let hidden = policy.replace("review_date: 2027-01-15", "review_date: 2026-12-05");
    let hidden = hidden.replacen("---\n", "---\nclassification: restricted\n", 1);
    let shown = approved("policy", "SMS-POL-8.7.1", "8.7.1", "", "Text.");
    let files = with(shown).with("content/hidden.md", hidden);
    assert_eq!(until(&files, ""), Some(date(2026, 12, 6)));
}

#[test]
fn what_is_overdue_or_not_in_force_proves_nothing() {
    let stands = |from: &str, to: &str| {
        let text = approved("policy", "SMS-POL-8.7.2", "8.7.2", "", "Text.").replacen(from, to, 1);
        let files =
            Memory::default().with("content/roles.yaml", ROLES).with("content/policy.md", text);
        portal(&files, "").states[0].proof().stands
    };
    assert!(stands("", ""));
    assert!(stands("review_date: 2027-01-15", "review_date: 2026-12-01"), "it is due today");
    assert!(!stands("review_date: 2027-01-15", "review_date: 2026-11-30"), "it is overdue");
    assert!(!stands("changes:", "effective_date: 2026-12-02\nchanges:"));
    assert!(stands("changes:", "effective_date: 2026-12-01\nchanges:"));
    assert!(!stands("status: approved", "status: draft"));
}

#[test]
fn a_document_is_in_force_from_the_later_of_approval_and_effective_date() {
    let in_force = |changes: &[(&str, &str)]| {
        let mut text = approved("policy", "SMS-POL-8.7.2", "8.7.2", "", "Text.");
        for (from, to) in changes {
            text = text.replacen(from, to, 1);
        }
        let files =
            Memory::default().with("content/roles.yaml", ROLES).with("content/policy.md", text);
        portal(&files, "").states[0].in_force
    };
    let approved_on = |day: &'static str| ("date: 2026-01-15", day);
    assert!(in_force(&[]));
    assert!(in_force(&[approved_on("date: 2026-12-01")]), "from the day of its approval on");
    assert!(!in_force(&[approved_on("date: 2026-12-02")]));
    // A day before the approval says nothing: it was not approved then.
    let effective = ("changes:", "effective_date: 2026-01-01\nchanges:");
    assert!(!in_force(&[effective, approved_on("date: 2026-12-02")]));
    // What was approved is another version.
    assert!(!in_force(&[("version: 1.0", "version: 1.1")]));
}

fn number(text: &str) -> ClauseNumber {
    text.parse().expect("it is a number")
}

#[test]
fn a_row_with_a_finding_at_error_level_does_not_count() {
    let wrong = [
        Change::File("records.csv", "change-manager", "nobody"),
        Change::File("records.csv", "8.5.1.2", "8.5.1.2 8.99"),
    ];
    for change in wrong {
        let portal = portal(&change.made().0, "");
        let of_row = |finding: &&Diagnostic| {
            finding.severity == Severity::Error && &*finding.span.path == "content/records.csv"
        };
        let found = portal.findings.iter().find(of_row).expect("the row has an error");
        let state = standings(&portal)["8.5.1.2"].0;
        assert_ne!(state, UnitState::Covered, "the row counts in spite of {}", found.rule);
    }
}

#[test]
fn each_document_carries_exactly_what_it_answers() {
    let (documents, standards) = everything();
    let covered = standings(&portal(&memory(&documents), ""));
    assert!(
        covered.values().all(|(state, why)| *state == UnitState::Covered && why.is_empty()),
        "{covered:?}"
    );
    assert!(covered.len() > 90, "both editions are there");
    let problems: Vec<String> = (0..documents.len())
        .into_par_iter()
        .filter_map(|index| {
            let mut changed = documents.clone();
            changed[index].text =
                changed[index].text.replace("status: approved", "status: in-review");
            let found = differences(&covered, &standings(&portal(&memory(&changed), "")));
            let predicted = follows(&documents[index], &standards);
            (found != predicted).then(|| {
                format!("{}: predicted {predicted:#?}\nfound {found:#?}", documents[index].path)
            })
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// A document that alone is of its type for its unit.
#[derive(Clone)]
struct Alone {
    path: String,
    unit: ClauseNumber,
    document_type: DocumentType,
    /// False where the unit expects no type.
    expected: bool,
    text: String,
}

/// A repository in which each unit has one document of each type it expects, and the standards.
fn everything() -> (Vec<Alone>, Vec<Standard>) {
    let joined = join(&Memory::default().with("content/roles.yaml", ROLES), "");
    let standards = joined.library.framework.standards.clone();
    let mut documents = Vec::new();
    for unit in standards[0].units().filter(|unit| unit.points.is_empty()) {
        let expected: Vec<DocumentType> = standards[0]
            .expected(unit, true)
            .iter()
            .map(|expectation| expectation.document_type)
            .collect();
        let one_rule = [DocumentType::Statement];
        let types: &[DocumentType] = if expected.is_empty() { &one_rule } else { &expected };
        for document_type in types {
            let reference = format!("SMS-{}-{}", document_type.code(), unit.number);
            let number = unit.number.as_str();
            documents.push(Alone {
                path: format!("content/{number}-{}.md", document_type.name()),
                unit: unit.number.clone(),
                document_type: *document_type,
                expected: !expected.is_empty(),
                text: approved(document_type.name(), &reference, number, "", "Text."),
            });
        }
    }
    (documents, standards)
}

fn memory(documents: &[Alone]) -> Memory {
    let files = documents
        .iter()
        .map(|document| (document.path.clone(), document.text.clone().into_bytes()));
    Memory(files.collect()).with("content/roles.yaml", ROLES)
}

/// What follows when a document that alone is of its type for its unit goes into review: its unit, the points that
/// name the two, and what the old edition derives from them.
fn follows(document: &Alone, standards: &[Standard]) -> BTreeSet<String> {
    let Alone { unit, document_type, expected, .. } = document;
    let name = document_type.name();
    let reason = if *expected {
        format!("type-not-counting {name} in-review")
    } else {
        "no-rule in-review".to_owned()
    };
    let mut lost = vec![unit.clone()];
    let mut predicted = BTreeSet::from([format!("{unit} covered -> partial +{reason}")]);
    for clause in &standards[0].clauses {
        let unmet: Vec<String> = (1..)
            .zip(&clause.points)
            .filter(|(_, point)| point.pairs.contains(&(unit.clone(), *document_type)))
            .map(|(n, _)| format!("+point-unmet {n}: {unit} {name}"))
            .collect();
        if !unmet.is_empty() {
            predicted.insert(format!("{} covered -> partial {}", clause.number, unmet.join(" ")));
            lost.push(clause.number.clone());
        }
    }
    let old = &standards[1];
    let deepest = |clause: &&clausebook::standard::Clause| {
        !old.clauses
            .iter()
            .any(|other| other.number != clause.number && other.number.is_within(&clause.number))
    };
    for clause in old.clauses.iter().filter(deepest) {
        let derived: Vec<String> = lost
            .iter()
            .filter(|unit| clause.maps_to.iter().any(|to| unit.is_within(to) || to.is_within(unit)))
            .map(|unit| format!("+derived {unit}"))
            .collect();
        if !derived.is_empty() {
            // Where all it is derived from is partial, it is so too; no unit here is a gap.
            predicted.insert(format!(
                "2011:{} covered -> partial {}",
                clause.number,
                derived.join(" ")
            ));
        }
    }
    predicted
}

/// Facts of the front matter of a policy, and of an objectives statement that leaves more to follow from its approval.
fn document_facts() -> Vec<Fact> {
    let policy = |name, from, to, code| fact(name, "policy.md", from, to, policy_falls(code));
    let changes = "  - version: 1.10\n    date: 2026-01-15\n    summary: First issue.\n    approved_by: sponsor\n";
    vec![
        policy("a draft", "status: approved", "status: draft", "draft"),
        policy("in review", "status: approved", "status: in-review", "in-review"),
        policy("retired", "status: approved", "status: retired", "retired"),
        policy("no status", "status: approved\n", "", "no-status"),
        policy("an unknown status", "status: approved", "status: aproved", "no-status"),
        policy("no approver", "approver: sponsor\n", "", "no-approver"),
        policy("an approver who is no role", "approver: sponsor", "approver: sposnor", "errors"),
        policy("an owner who is no role", "owner: manager", "owner: jane", "errors"),
        policy("not approved by anyone", "    approved_by: sponsor\n", "", "no-approval"),
        policy(
            "approved by nobody yet",
            "    approved_by: sponsor\n",
            "    approved_by: (TBA)\n",
            "no-approval",
        ),
        policy(
            "a draft after all",
            "status: approved\n",
            "status: approved\nDraft: true\n",
            "no-status",
        ),
        policy("effective by a slip", "effective_date: 2", "effective_dat: 2", "effective-unknown"),
        policy("reviewed by a slip", "review_date: 2", "review_dat: 2", "unscheduled"),
        policy("approved on no day", "    date: 2026-01-15\n", "", "no-approval"),
        policy("no history", changes, "", "no-approval"),
        // Equal only as text: 1.10 is not 1.1 (contracts 1).
        policy(
            "another version approved",
            "- version: 1.10",
            "- version: 1.1",
            "other-version-approved",
        ),
        policy(
            "a version that is not named",
            "- version: 1.10\n    date",
            "- date",
            "no-version-approved",
        ),
        policy(
            "another version stated",
            "\nversion: 1.10",
            "\nversion: 1.11",
            "other-version-approved",
        ),
        policy("approved tomorrow", "date: 2026-01-15", "date: 2026-12-02", "not-yet-approved"),
        policy(
            "effective tomorrow",
            "effective_date: 2026-02-01",
            "effective_date: 2026-12-02",
            "not-yet-effective",
        ),
        policy(
            "review passed yesterday",
            "review_date: 2027-01-15",
            "review_date: 2026-11-30",
            "overdue",
        ),
        policy("no review planned", "review_date: 2027-01-15\n", "", "unscheduled"),
        policy(
            "an impossible day",
            "effective_date: 2026-02-01",
            "effective_date: 2026-02-30",
            "effective-unknown",
        ),
        fact(
            "broken front matter",
            "policy.md",
            "title: Policy of service management\n",
            "{\n",
            policy_leaves(),
        ),
        fact("another type", "policy.md", "type: policy", "type: procedure", policy_lacks()),
        fact("an unknown type", "policy.md", "type: policy", "type: polisy", policy_lacks()),
        fact("another clause", "policy.md", "clause: 5.2.1", "clause: 5.1", policy_moves_to_5_1()),
        fact(
            "an old number with one target",
            "policy.md",
            "clause: 5.2.1",
            "clause: 2011:4.1.1",
            policy_moves_to_5_1(),
        ),
        fact(
            "an old number with two",
            "policy.md",
            "clause: 5.2.1",
            "clause: 2011:4.1.2",
            policy_leaves(),
        ),
        fact("a headed parent", "policy.md", "clause: 5.2.1", "clause: 5.2", policy_leaves()),
        fact("an unknown clause", "policy.md", "clause: 5.2.1", "clause: 5.2.9", policy_leaves()),
        policy("an unknown clause beside it", "clause: 5.2.1", "clause: [5.2.1, 5.2.9]", "errors"),
        fact(
            "an approval so old that the review has passed",
            "objectives.md",
            "date: 2026-01-15",
            "date: 2025-01-15",
            lines(&[
                "6.2.1 covered -> partial +type-not-counting statement overdue",
                "7.5.4 partial -> gap +point-unmet 2: 6.2.1 statement",
                "2011:4.3.1 partial -> gap",
                "2011:4.5.2 +derived 6.2.1",
            ]),
        ),
        fact(
            "a register that is a draft",
            "records.md",
            "status: approved",
            "status: draft",
            register_falls("draft"),
        ),
    ]
}

/// Facts that stand in the text: sections, anchors, links.
fn text_facts() -> Vec<Fact> {
    let errors = lines(&[
        "8.2.1 covered -> partial +no-rule errors",
        "8.5.1.3 covered -> partial +type-not-counting process errors",
        "7.5.4 +point-unmet 5: 8.5.1.3 process",
        "2011:4.5.3 +derived 8.2.1",
        "2011:6.6.3 +derived 8.5.1.3",
        "2011:9.2 covered -> partial +derived 8.5.1.3",
    ]);
    let moved = |more: &[&str]| {
        let mut predicted = lines(&[
            "8.5.1.3 covered -> partial +type-missing process",
            "7.5.4 +point-unmet 5: 8.5.1.3 process",
            "2011:6.6.3 +derived 8.5.1.3",
            "2011:9.2 covered -> partial +derived 8.5.1.3",
        ]);
        predicted.extend(lines(more));
        predicted
    };
    vec![
        fact("a dead link", "change.md", "Text.", "See [this](nowhere.md).", errors.clone()),
        fact(
            "a dead anchor",
            "change.md",
            "Text.",
            "See [[SMS-POL-5.2.1#nowhere]].",
            errors.clone(),
        ),
        fact("a placeholder", "change.md", "Text.", "TBC.", errors.clone()),
        fact("an unknown variable", "change.md", "Text.", "{{ nobody }}", errors),
        fact(
            "a dead link in a register",
            "records.md",
            "Rows.",
            "[x](nowhere.md)",
            register_falls("errors"),
        ),
        // The document that links to the anchor has the error, not the one that had it.
        fact(
            "the anchor of a section",
            "change.md",
            "#activities",
            "#doings",
            policy_falls("errors"),
        ),
        fact("no anchor stated", "change.md", "#activities clause=", "clause=", Vec::new()),
        fact("no claim of a section", "change.md", " clause=8.5.1.3", "", moved(&[])),
        fact(
            "a unit that another also answers",
            "change.md",
            "clause=8.5.1.3",
            "clause=8.5.1.2",
            moved(&[]),
        ),
        fact("the parent of a unit", "change.md", "clause=8.5.1.3", "clause=8.5.1", moved(&[])),
        fact(
            "a paragraph, which counts for the unit above it",
            "change.md",
            "clause=8.5.1.3",
            "clause=6.1.2",
            moved(&["6.1 gap -> partial -no-claim +type-missing plan +type-missing record"]),
        ),
        fact(
            "two clauses",
            "change.md",
            "clause=8.5.1.3",
            "clause=8.5.1.3,8.2.3",
            lines(&[
                "8.2.3 gap -> partial -no-claim +type-missing register",
                "2011:4.2 gap -> partial",
            ]),
        ),
    ]
}

/// Facts of the row for 8.5.1.2.
fn row_facts() -> Vec<Fact> {
    let row = |name, from, to, code: &str| {
        let predicted = [
            &format!("8.5.1.2 covered -> partial +type-not-counting record {code}"),
            "2011:5.1 +derived 8.5.1.2",
            "2011:9.2 covered -> partial +derived 8.5.1.2",
        ];
        fact(name, "records.csv", from, to, lines(&predicted))
    };
    vec![
        row("no place", "Change tool,", ",", "row-lacks place"),
        row("a place of white space", "Change tool,", " ,", "row-lacks place"),
        row("a place that nobody sees", "Change tool,", "\u{200b},", "row-lacks place"),
        row("a sign for a place", "Change tool,", "-,", "row-lacks place"),
        row("a place still to come", "Change tool,", "TBD,", "row-lacks place"),
        row("no retention", "3 years", "", "row-lacks retention"),
        row("no owner", "change-manager", "", "row-lacks owner"),
        row("due yesterday", "2027-03-01", "2026-11-30", "row-overdue"),
        row("an impossible due date", "2027-03-01", "2027-02-29", "row-wrong"),
        row("a cell too many", "2027-03-01", "2027-03-01,more", "row-wrong"),
        fact(
            "another clause",
            "records.csv",
            "8.5.1.2",
            "7.3",
            lines(&[
                "8.5.1.2 covered -> partial +type-missing record",
                "7.3 gap -> covered -no-claim",
                "2011:4.4.2 partial -> covered -derived 7.3",
                "2011:5.1 +derived 8.5.1.2",
                "2011:9.2 covered -> partial +derived 8.5.1.2",
            ]),
        ),
        fact(
            "a second clause",
            "records.csv",
            "8.5.1.2",
            "8.5.1.2 7.3",
            lines(&["7.3 gap -> covered -no-claim", "2011:4.4.2 partial -> covered -derived 7.3"]),
        ),
        fact("due today", "records.csv", "2027-03-01", "2026-12-01", Vec::new()),
        fact("not due at all", "records.csv", "2027-03-01", "", Vec::new()),
    ]
}

/// Facts of `clausebook.toml`.
fn settings_facts() -> Vec<Fact> {
    let settings = |name, text, predicted: &[&str]| Fact {
        name,
        change: Change::Settings(text),
        predicted: lines(predicted),
    };
    vec![
        settings(
            "an exclusion",
            "[coverage]\nexclude = [{ clause = \"house-rules:1.1\", reason = \"no house\" }]\n",
            &["house-rules:1.1 covered -> excluded +excluded no house"],
        ),
        settings(
            "an exclusion of a parent",
            "[coverage]\nexclude = [{ clause = \"house-rules:1\", reason = \"no house\" }]\n",
            &[
                "house-rules:1.1 covered -> excluded +excluded no house",
                "house-rules:1.2 covered -> excluded +excluded no house",
            ],
        ),
        settings(
            "an exclusion that is refused",
            "[coverage]\nexclude = [{ clause = \"8.5.1.1\", reason = \"no changes\" }]\n",
            &[],
        ),
        settings(
            "an exclusion of an old number, refused",
            "[coverage]\nexclude = [{ clause = \"2011:9.2\", reason = \"no changes\" }]\n",
            &[],
        ),
        settings(
            "advice not asked for",
            "[coverage]\nadvised = false\n",
            &[
                "9.1 partial -> covered -type-missing process",
                "2011:4.5.4.1 partial -> covered -derived 9.1",
            ],
        ),
    ]
}

/// What may change without changing a state: facts that coverage does not rest on, and last days that still count.
fn facts_of_no_weight() -> Vec<Fact> {
    let none = |name, from, to| fact(name, "policy.md", from, to, Vec::new());
    vec![
        none("the title", "title: Policy of service management", "title: Our policy"),
        none("another owner", "owner: manager", "owner: change-manager"),
        none("approved today", "date: 2026-01-15", "date: 2026-12-01"),
        none("effective today", "effective_date: 2026-02-01", "effective_date: 2026-12-01"),
        none("effective from its approval", "effective_date: 2026-02-01\n", ""),
        none("review due today", "review_date: 2027-01-15", "review_date: 2026-12-01"),
        none("review by cycle", "review_date: 2027-01-15", "review_cycle: 1 year"),
        // Who may see a document changes nothing about what it covers (contracts 6).
        none("restricted", "status: approved", "status: approved\nclassification: restricted"),
        none("for one group", "status: approved", "status: approved\naudience: [board]"),
        none("an unknown key, a warning", "status: approved", "status: approved\ncolour: red"),
        fact(
            "one of two plans a draft",
            "plan.md",
            "status: approved",
            "status: draft",
            Vec::new(),
        ),
        fact(
            "one of two plans gone elsewhere",
            "plan.md",
            "clause: 7.4",
            "clause: 7.4.1",
            Vec::new(),
        ),
    ]
}

/// What follows when the policy no longer counts, each time for another reason.
fn policy_falls(code: &str) -> Vec<String> {
    policy_without(&format!("5.2.1 covered -> partial +type-not-counting policy {code}"))
}

/// What follows when the policy is no policy.
fn policy_lacks() -> Vec<String> {
    policy_without("5.2.1 covered -> partial +type-missing policy")
}

/// What follows when the policy answers 5.2.1 no longer.
fn policy_leaves() -> Vec<String> {
    policy_without("5.2.1 covered -> gap +no-claim")
}

fn policy_moves_to_5_1() -> Vec<String> {
    let mut predicted = policy_leaves();
    predicted.extend(lines(&[
        "5.1 gap -> partial -no-claim +type-missing record",
        "2011:4.1.1 gap -> partial",
    ]));
    predicted
}

fn policy_without(unit: &str) -> Vec<String> {
    lines(&[
        unit,
        "7.5.4 partial -> gap +point-unmet 2: 5.2.1 policy",
        "2011:4.1.2 covered -> partial +derived 5.2.1",
        "2011:4.3.1 partial -> gap",
    ])
}

/// What follows when the register no longer counts: its own claim and every row.
fn register_falls(code: &str) -> Vec<String> {
    let record = |unit: &str| format!("{unit} covered -> partial +type-not-counting record {code}");
    let mut predicted = lines(&[
        &format!("7.5.2 covered -> partial +type-not-counting register {code}"),
        &format!("9.1 +type-not-counting record {code}"),
        "2011:4.1.2 covered -> partial +derived 5.2.2",
        "2011:4.3.2 +derived 7.5.2",
        "2011:4.4.2 +derived 7.2",
        "2011:5.1 +derived 8.5.1.2",
        "2011:6.6.3 +derived 8.5.1.3",
        "2011:9.2 covered -> partial +derived 8.5.1.2 +derived 8.5.1.3",
        "7.5.4 +point-unmet 12: 9.1 record",
    ]);
    predicted.extend(["5.2.2", "7.2", "8.5.1.2", "8.5.1.3"].map(record));
    predicted
}

fn fact(
    name: &'static str,
    path: &'static str,
    from: &'static str,
    to: &'static str,
    predicted: Vec<String>,
) -> Fact {
    Fact { name, change: Change::File(path, from, to), predicted }
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

impl Change {
    /// The repository with the change, and its settings.
    fn made(&self) -> (Memory, &'static str) {
        let mut files = repository();
        match self {
            Self::Settings(settings) => (files, settings),
            Self::File(path, from, to) => {
                let path = format!("content/{path}");
                let text = String::from_utf8(files.0[&path].clone()).expect("it is UTF-8");
                assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {path}");
                files.0.insert(path, text.replace(from, to).into_bytes());
                (files, "")
            }
        }
    }
}

const ROLES: &str = "\
- { id: manager, title: Manager }
- { id: change-manager, title: Change Manager }
- { id: sponsor, title: Sponsor }
";

const HOUSE_RULES: &str = "\
id: house-rules
title: Rules of the house
clauses:
  - { number: \"1\", title: Order, summary: Order. }
  - { number: \"1.1\", title: Doors, summary: Doors. }
  - { number: \"1.2\", title: Windows, summary: Windows. }
";

const ROWS: &str = "\
kind,clause,place,retention,owner,due
Briefings,5.2.2,Intranet,2 years,manager,2027-02-01
Requests,8.5.1.2,Change tool,3 years,change-manager,2027-03-01
Decisions,8.5.1.3,Board minutes,5 years,manager,
Training,7.2,People system,4 years,manager,2027-04-01
Figures,9.1,Reports,6 years,manager,2027-05-01
";

/// Ten units of the present edition and two of another standard covered by nine documents and five rows, 9.1 covered
/// in part; of the points of 7.5.4 one is met, by the policy and the objectives.
fn repository() -> Memory {
    let register = "data: records.csv\ncolumns: { kind: text, clause: clause, place: text, retention: text, owner: role, due: due }\n";
    let policy =
        approved("policy", "SMS-POL-5.2.1", "5.2.1", "", "See [[SMS-PRC-8.2.1#activities]].")
            .replace("title: SMS-POL-5.2.1", "title: Policy of service management")
            .replace("version: 1.0", "version: 1.10")
            .replace("changes:", "effective_date: 2026-02-01\nchanges:");
    let objectives = approved("statement", "SMS-STM-6.2.1", "[6.2.1, 5.2.2]", "", "Text.")
        .replace("review_date: 2027-01-15", "review_cycle: 1 year");
    let change = "## Activities {#activities clause=8.5.1.3}\n\nText.\n";
    let documents = [
        ("policy.md", policy),
        ("objectives.md", objectives),
        ("change-policy.md", approved("policy", "SMS-POL-8.5.1.1", "8.5.1.1", "", "Text.")),
        (
            "change.md",
            approved("process", "SMS-PRC-8.2.1", "8.2.1", "governed_by: SMS-POL-8.5.1.1\n", change),
        ),
        ("request.md", approved("form", "SMS-FRM-8.5.1.2", "8.5.1.2", "", "Text.")),
        ("records.md", approved("register", "SMS-REG-7.5.2", "7.5.2", register, "Rows.")),
        ("plan.md", approved("plan", "SMS-PLN-7.4", "7.4", "", "Text.")),
        ("plan-2.md", approved("plan", "SMS-PLN-7.4-2", "7.4", "", "Text.")),
        (
            "house.md",
            approved("policy", "SMS-POL-4.4", "[house-rules:1.1, house-rules:1.2]", "", "Text."),
        ),
    ];
    let mut files = embedded::standards("content")
        .with("content/standards/house-rules.yaml", HOUSE_RULES)
        .with("content/roles.yaml", ROLES)
        .with("content/records.csv", ROWS);
    for (name, text) in documents {
        files = files.with(&format!("content/{name}"), text);
    }
    files
}

/// A document that counts; `more` are further keys, a line each.
fn approved(document_type: &str, reference: &str, clause: &str, more: &str, body: &str) -> String {
    format!(
        "---\ntitle: {reference}\nreference: {reference}\ntype: {document_type}\nowner: manager\n\
         approver: sponsor\nversion: 1.0\nstatus: approved\nclause: {clause}\nreview_date: 2027-01-15\n{more}\
         changes:\n  - version: 1.0\n    date: 2026-01-15\n    summary: First issue.\n    approved_by: sponsor\n\
         ---\n\n{body}\n"
    )
}

fn join(files: &Memory, settings: &str) -> clausebook::Joined {
    let config = Config::parse("clausebook.toml", settings).expect("the settings are fine");
    clausebook::join(files, "content", &Arc::new(config)).expect("the folder is there")
}

/// What is published of the repository, so that what is hidden is tried as well.
fn portal(files: &Memory, settings: &str) -> Portal {
    let joined = join(files, settings);
    let view = View::published(&joined.library.config, TODAY);
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    clausebook::view(joined, findings, view, Stamp::default())
}

fn standings(portal: &Portal) -> Standings {
    let framework = &portal.library.framework;
    let mut standings = Standings::new();
    for coverage in &portal.coverage {
        let prefix = match &*framework.standards[coverage.standard].id {
            "iso-iec-20000-1-2018" => String::new(),
            "iso-iec-20000-1-2011" => "2011:".to_owned(),
            id => format!("{id}:"),
        };
        for unit in &coverage.units {
            standings.insert(format!("{prefix}{}", unit.number), standing(unit));
        }
    }
    standings
}

fn standing(unit: &Unit) -> Standing {
    (unit.state, unit.reasons.iter().flat_map(told).collect())
}

/// A reason by its code with its facts, one text a fact.
fn told(reason: &Reason) -> Vec<String> {
    let code = reason.code();
    match reason {
        Reason::NoClaim | Reason::NothingToDeriveFrom | Reason::Unread => vec![code.to_owned()],
        Reason::NoRule(why) if why.is_empty() => vec![code.to_owned()],
        Reason::NoRule(why) => {
            why.iter().map(|why| format!("{code} {}", not_counting(why))).collect()
        }
        Reason::NoneCounts(why) => {
            why.iter().map(|why| format!("{code} {}", not_counting(why))).collect()
        }
        Reason::TypeMissing(wanted, _) => vec![format!("{code} {}", wanted.name())],
        Reason::TypeNotCounting(wanted, _, why) => why
            .iter()
            .map(|why| format!("{code} {} {}", wanted.name(), not_counting(why)))
            .collect(),
        Reason::PointUnmet(n, pairs, _) => pairs
            .iter()
            .map(|(unit, wanted)| format!("{code} {n}: {unit} {}", wanted.name()))
            .collect(),
        Reason::DerivedFrom(units) => units.iter().map(|unit| format!("{code} {unit}")).collect(),
        Reason::Excluded(why) => vec![format!("{code} {why}")],
    }
}

fn not_counting(why: &NotCounting) -> String {
    match why {
        NotCounting::RowLacks(what) => format!("{} {what}", why.code()),
        why => why.code().to_owned(),
    }
}

/// One line a unit that differs.
fn differences(before: &Standings, after: &Standings) -> BTreeSet<String> {
    assert!(before.keys().eq(after.keys()), "the units are the same");
    let pairs = before.iter().zip(after.values());
    pairs.filter_map(|((unit, before), after)| difference(unit, before, after)).collect()
}

fn difference(unit: &str, before: &Standing, after: &Standing) -> Option<String> {
    if before == after {
        return None;
    }
    let mut parts = vec![unit.to_owned()];
    if before.0 != after.0 {
        parts.push(format!("{} -> {}", before.0.name(), after.0.name()));
    }
    parts.extend(before.1.difference(&after.1).map(|went| format!("-{went}")));
    parts.extend(after.1.difference(&before.1).map(|came| format!("+{came}")));
    Some(parts.join(" "))
}
