//! `clausebook explain`.

use super::*;

#[test]
fn without_a_rule_it_lists_all_of_them() {
    let run = Repository::empty().run(["explain"]).exits(0);
    let listed: BTreeSet<&str> =
        run.stdout.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    let report = Repository::new().run(["check", "--format", "sarif"]).json();
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let known: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_docs_list_every_rule_with_its_level() {
    let report = Repository::new().run(["check", "--format", "sarif"]).json();
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let row = |rule: &Value| {
        let level = match rule["defaultConfiguration"]["level"].as_str().unwrap() {
            "note" => "info",
            "none" => "off",
            level => level,
        };
        let summary = rule["shortDescription"]["text"].as_str().unwrap();
        let summary = summary.replace("{{", "{").replace("}}", "}");
        format!("| `{}` | {level} | {summary} |", rule["id"].as_str().unwrap())
    };
    let mut rows: Vec<String> = rules.iter().map(row).collect();
    rows.sort();
    let docs = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md")).unwrap();
    let listed: Vec<&str> = docs.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(listed, rows);
}

#[test]
fn every_rule_says_why_and_what_to_do() {
    let repository = Repository::empty();
    let list = repository.run(["explain"]);
    for rule in list.stdout.lines().skip(1).filter_map(|line| line.split(' ').next()) {
        let run = repository.run(["explain", rule]).exits(0);
        run.prints(&format!("`{rule}`: "))
            .prints("**Why.** ")
            .prints("**Do.** ")
            .prints("**Level.** ");
    }
}

#[test]
fn a_rule_that_is_off_says_so() {
    let repository = Repository::empty();
    repository.run(["explain", "person-name"]).exits(0).prints("**Level.** off");
    let list = repository.run(["explain"]).exits(0);
    let row = list.stdout.lines().find(|line| line.starts_with("person-name"));
    assert!(row.is_some_and(|row| row.contains(" off ")), "{row:?}");
}

#[test]
fn a_rule_that_is_misspelt_is_asked_for() {
    Repository::empty()
        .run(["explain", "dead-lnk"])
        .fails("`dead-lnk`")
        .tells("did you mean `dead-link`?");
    Repository::empty().run(["explain", "xyzzy"]).fails("`xyzzy`").tells("clausebook explain");
}
