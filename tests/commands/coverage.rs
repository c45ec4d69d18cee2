//! `clausebook coverage`.

use super::*;

#[test]
fn it_counts_units_and_says_why_one_is_open() {
    let run = Repository::new().run(["coverage"]).exits(0);
    run.prints("Small standard as of 2026-12-01\n")
        .prints("5.1     Commitment  covered\n")
        .prints("5.3     Roles       gap      nothing claims it\n")
        .prints("4 units: 2 covered, 0 partial, 2 gap, 0 excluded; 50.0 % covered\n");
}

#[test]
fn an_overdue_document_stops_counting_and_it_says_why() {
    let repository = Repository::new();
    let then = repository.run(["coverage"]).exits(0);
    let later = repository.run(["coverage", "--today", "2028-01-01"]).exits(0);
    assert_ne!(then.stdout, later.stdout);
    later
        .prints("no policy counts (asked for by the standard): its review was due on 1 June 2027\n")
        .prints("4 units: 0 covered, 2 partial, 2 gap, 0 excluded; 0.0 % covered\n");
}

#[test]
fn the_last_day_that_counts_is_that_of_the_review() {
    let repository = Repository::new();
    let covered = |day| {
        repository.run(["coverage", "--format", "json", "--today", day]).json()["totals"]["covered"]
            .clone()
    };
    assert_eq!(
        ["2026-05-31", "2026-06-01", "2027-06-01", "2027-06-02"].map(covered),
        [0, 2, 2, 0].map(Value::from)
    );
}

#[test]
fn json_lists_claims_and_reasons_of_each_unit() {
    let repository = Repository::new().file("content/duties.md", WARNED);
    let coverage =
        repository.run(["coverage", "--format", "json", "--today", "2028-01-01"]).exits(0).json();
    assert_eq!(
        (&coverage["standard"], &coverage["today"]),
        (&json!("iso-iec-20000-1-2018"), &json!("2028-01-01"))
    );
    let units = coverage["units"].as_array().unwrap();
    let states: Vec<_> = units
        .iter()
        .map(|unit| (unit["number"].as_str().unwrap(), unit["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("5.1", "partial"), ("5.2", "partial"), ("5.3", "partial"), ("6", "gap")]);
    assert_eq!(units[0]["title"], "Commitment");
    let claim = json!({
        "reference": "SMS-POL-5.1", "type": "policy", "path": "content/policy.md", "line": 9,
        "section": null, "counts": false, "reason": "overdue",
    });
    assert_eq!(units[0]["claims"], json!([claim]));
    assert_eq!(units[2]["claims"][0]["reason"], "draft");
    assert_eq!(units[0]["reasons"][0]["code"], "type-not-counting");
    assert_eq!(units[3]["reasons"][0]["code"], "no-claim");
    for unit in units {
        assert!(!unit["reasons"][0]["text"].as_str().unwrap().is_empty(), "{unit}");
    }
    let totals =
        json!({ "units": 4, "covered": 0, "partial": 3, "gap": 1, "excluded": 0, "percent": 0.0 });
    assert_eq!(coverage["totals"], totals);
}

#[test]
fn the_per_cent_is_not_rounded_in_json() {
    let third = STANDARD.replace("  - { number: \"6\", title: Planning }\n", "");
    let repository = Repository::new().file("content/standards/small.yaml", &third);
    let totals = &repository.run(["coverage", "--format", "json"]).json()["totals"];
    let percent = totals["percent"].as_f64().unwrap();
    assert!((percent - 200.0 / 3.0).abs() < 1e-9, "{percent}");
}

#[test]
fn csv_has_a_row_for_each_unit() {
    let run = Repository::new().run(["coverage", "--format", "csv"]).exits(0);
    let expected = "number,title,state,documents,reasons\r\n5.1,Commitment,covered,SMS-POL-5.1,\r\n\
                        5.2,Policy,covered,SMS-POL-5.1,\r\n5.3,Roles,gap,,nothing claims it\r\n\
                        6,Planning,gap,,nothing claims it\r\n";
    assert_eq!(run.stdout, expected);
}

#[test]
fn csv_names_a_document_once_of_which_some_rows_count() {
    let register = POLICY
        .replace("Service policy", "Kinds of records")
        .replace("SMS-POL-5.1", "SMS-REG-5.3")
        .replace("type: policy", "type: register")
        .replace("clause: [5.1, 5.2]", "clause: 5.3")
        .replace("review_cycle", "data: kinds.csv\ncolumns: { kind: text, clause: clause, place: text, retention: text, owner: role }\nreview_cycle");
    let repository = Repository::new().file("content/a-kinds.md", &register).file(
        "content/kinds.csv",
        "kind,clause,place,retention,owner\nMinutes,5.1,Store,3 years,sponsor\nNotes,5.1,,3 years,sponsor\n",
    );
    let run = repository.run(["coverage", "--format", "csv"]).exits(0);
    run.prints("5.1,Commitment,covered,SMS-REG-5.3 SMS-POL-5.1,\r\n");
}

#[test]
fn another_standard_is_named_by_its_id() {
    let other = STANDARD
        .replace("iso-iec-20000-1-2018", "house-rules")
        .replace("Small standard", "House rules");
    let repository = Repository::new().file("content/standards/other.yaml", &other);
    let run = repository.run(["coverage", "--standard", "house-rules"]).exits(0);
    run.prints("House rules as of 2026-12-01\n")
        .prints("4 units: 0 covered, 0 partial, 4 gap, 0 excluded");
    repository
        .run(["coverage", "--standard", "hose-rules"])
        .fails("`hose-rules`")
        .tells("iso-iec-20000-1-2018, house-rules");
}

#[test]
fn a_repository_without_standards_gets_the_built_in_ones() {
    let repository = Repository::empty().file("content/roles.yaml", ROLES);
    let built_in = repository.run(["coverage", "--format", "json"]).exits(0).json();
    assert_eq!(built_in["standard"], "iso-iec-20000-1-2018");
    assert!(built_in["totals"]["units"].as_u64().unwrap() > 20, "{}", built_in["totals"]);
    repository.run(["coverage", "--standard", "iso-iec-20000-1-2011"]).exits(0).prints("2011");
}

#[test]
fn it_fails_only_below_what_is_asked_for() {
    let repository = Repository::new();
    let at_least = |percent| repository.run(["coverage", "--fail-under", percent]);
    at_least("50").exits(0);
    at_least("50.1").exits(1).prints("50.0 % covered");
    for wrong in ["much", "nan", "-1", "101", "inf"] {
        repository.run(["coverage", &format!("--fail-under={wrong}")]).fails("--fail-under");
    }
}

#[test]
fn findings_do_not_keep_it_from_printing() {
    let repository = Repository::new().file("content/duties.md", DEAD);
    repository.run(["coverage", "--strict"]).exits(0).prints("4 units: 2 covered, 1 partial");
}
