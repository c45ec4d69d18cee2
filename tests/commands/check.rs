//! What `clausebook check` reports, in each of its formats, and how it exits.

use super::*;

#[test]
fn a_clean_repository_has_no_findings() {
    Repository::new().run(["check"]).exits(0).prints("no findings\n");
}

#[test]
fn a_finding_is_shown_with_its_line_its_place_and_a_hint() {
    let expected = "error[dead-link]: there is no file `content/polcy.md`
  --> content/duties.md:11:18
   |
11 | See [the policy](polcy.md).
   |                  ^^^^^^^^
   |
   = hint: did you mean `policy.md`?

1 error in 1 file
";
    let run = Repository::new().file("content/duties.md", DEAD).run(["check"]).exits(1);
    assert_eq!(run.stdout, expected);
}

#[test]
fn a_warning_fails_only_a_strict_run() {
    let repository = Repository::new().file("content/duties.md", WARNED);
    repository.run(["check"]).exits(0).prints("warning[unknown-key]").prints("1 warning in 1 file");
    repository
        .run(["check", "--strict"])
        .exits(1)
        .prints("error[unknown-key]")
        .prints("1 error in 1 file");
}

#[test]
fn a_note_fails_not_even_a_strict_run() {
    let repository = Repository::new();
    let day = ["check", "--strict", "--today", "2027-05-01"];
    repository.run(day).exits(0).prints("info[review-due]").prints("1 note in 1 file");
}

#[test]
fn findings_are_sorted_by_place_in_every_format() {
    let repository = Repository::new()
        .file("content/b.md", &DEAD.replace("5.3\n", "5.9\n").replace("roles", "duties"))
        .file("content/a.md", &WARNED.replace("5.3\n", "9.9\n"));
    for format in ["json", "github", "sarif", "text"] {
        let run = repository.run(["check", "--format", format]).exits(1);
        let at = |what: &str| {
            run.stdout.find(what).unwrap_or_else(|| panic!("no {what} in {}", run.stdout))
        };
        assert!(at("content/a.md") < at("content/b.md"), "{format}");
        assert!(run.stdout.rfind("content/a.md") < run.stdout.rfind("content/b.md"), "{format}");
    }
}

#[test]
fn json_holds_the_place_the_text_and_the_hint() {
    let report = Repository::new()
        .file("content/duties.md", DEAD)
        .run(["check", "--format", "json"])
        .exits(1)
        .json();
    let expected = json!({
        "findings": [{
            "rule": "dead-link",
            "severity": "error",
            "message": "there is no file `content/polcy.md`",
            "hint": "did you mean `policy.md`?",
            "path": "content/duties.md",
            "line": 11, "column": 18, "end_line": 11, "end_column": 26,
            "excerpt": "polcy.md",
            "others": [],
        }],
        "summary": { "errors": 1, "warnings": 0, "infos": 0 },
    });
    assert_eq!(report, expected);
}

#[test]
fn github_gets_one_annotation_a_finding() {
    let run = Repository::new()
        .file("content/duties.md", DEAD)
        .run(["check", "--format", "github"])
        .exits(1);
    let expected = "::error file=content/duties.md,line=11,col=18,endLine=11,endColumn=26,title=dead-link\
                        ::there is no file `content/polcy.md`%0Ahint: did you mean `policy.md`?\n";
    assert_eq!(run.stdout, expected);
}

/// A code host counts from the top of the repository of Git, wherever the documents lie in it.
#[test]
fn code_hosts_are_told_paths_from_the_top_of_the_work_tree() {
    let repository = Repository::empty()
        .file("service desk/content/standards/small.yaml", STANDARD)
        .file("service desk/content/roles.yaml", ROLES)
        .file("service desk/content/policy.md", POLICY)
        .file("service desk/content/duties.md", DEAD);
    let paths = || {
        let run = |format| {
            let arguments = ["check", "--root", "service desk", "--format", format];
            repository.run(arguments).exits(1)
        };
        let github = run("github").stdout;
        let sarif = run("sarif").json();
        let uri = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri";
        let sarif = sarif.pointer(uri).and_then(Value::as_str).expect("a path").to_owned();
        assert_eq!(run("json").json()["findings"][0]["path"], "content/duties.md");
        (github, sarif)
    };
    let (github, sarif) = paths();
    assert!(github.starts_with("::error file=content/duties.md,line=11,"), "{github}");
    assert_eq!(sarif, "content/duties.md");
    repository.git(&["init", "-q"]);
    let (github, sarif) = paths();
    assert!(github.starts_with("::error file=service desk/content/duties.md,line=11,"), "{github}");
    assert_eq!(sarif, "service%20desk/content/duties.md");
}

#[test]
fn sarif_is_of_its_version_and_describes_every_rule() {
    let report = Repository::new().run(["check", "--format", "sarif"]).exits(0).json();
    assert_eq!(report["version"], "2.1.0");
    assert!(report["$schema"].as_str().unwrap().contains("sarif-2.1.0"), "{}", report["$schema"]);
    assert_eq!(report["runs"].as_array().unwrap().len(), 1);
    assert_eq!(report["runs"][0]["tool"]["driver"]["name"], "clausebook");
    assert_eq!(report["runs"][0]["results"], json!([]));
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    // A single brace would begin a place for an argument.
    let of = |id: &str| rules.iter().find(|rule| rule["id"] == id).unwrap();
    let help = of("unknown-variable")["help"]["text"].as_str().unwrap();
    assert!(help.contains("{{{{") && !help.replace("{{", "").contains('{'), "{help}");
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "an id stands twice");
    assert!(ids.contains("dead-link") && ids.contains("review-overdue"));
    for rule in rules {
        assert!(rule["help"]["text"].as_str().unwrap().contains("**Why.**"), "{rule}");
        assert!(!rule["shortDescription"]["text"].as_str().unwrap().is_empty(), "{rule}");
        let level = rule["defaultConfiguration"]["level"].as_str().unwrap();
        let off = rule["defaultConfiguration"]["enabled"] == false;
        assert!(["error", "warning", "note"].contains(&level) != off, "{rule}");
        assert_eq!(level == "none", off, "{rule}");
    }
}

#[test]
fn sarif_results_name_their_rule_and_place() {
    let repository = Repository::new()
        .file("content/duties.md", DEAD)
        .file(
            "content/über uns.md",
            &WARNED.replace("5.3\n", "5.2\n").replace("Statement", "Words"),
        )
        .file("content/empty.md", "");
    // On that day the review of the policy is due: a note.
    let report =
        repository.run(["check", "--format", "sarif", "--today", "2027-05-01"]).exits(1).json();
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let mut levels = BTreeSet::new();
    for result in report["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        levels.insert(result["level"].as_str().unwrap());
        let [location] = &result["locations"].as_array().unwrap()[..] else { panic!("{result}") };
        let place = &location["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("content/") && uri.is_ascii() && !uri.contains(' '), "{uri}");
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][key].as_u64().unwrap() >= 1, "{result}");
        }
    }
    assert_eq!(levels, BTreeSet::from(["error", "note", "warning"]));
    let dead = &report["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(|result| result["ruleId"] == "dead-link");
    let region = &dead.unwrap()["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        *region,
        json!({ "startLine": 11, "startColumn": 18, "endLine": 11, "endColumn": 26 })
    );
}

#[test]
fn windows_line_ends_are_no_finding() {
    let repository = Repository::new().file("content/policy.md", &POLICY.replace('\n', "\r\n"));
    repository.run(["check", "--strict"]).exits(0).prints("no findings\n");
}

#[test]
fn quiet_leaves_the_findings_and_takes_the_rest() {
    let repository = Repository::new().file("content/duties.md", DEAD);
    let run = repository.run_undated(["check"]).exits(1).tells(", the local date");
    let quiet = repository.run_undated(["check", "--quiet"]).exits(1).tells_nothing();
    assert_eq!(quiet.stdout, run.stdout);
}

#[test]
fn content_and_settings_may_lie_elsewhere() {
    let repository =
        Repository::empty().file("docs/roles.yaml", ROLES).file("docs/policy.md", POLICY).file(
            "set/up.toml",
            "[rules]\nreview-overdue = { level = \"error\", reason = \"strict\" }\n",
        );
    let run = repository.run([
        "check",
        "--content",
        "docs",
        "--config",
        "set/up.toml",
        "--today",
        "2028-01-01",
    ]);
    run.exits(1).prints("error[review-overdue]").prints("docs/policy.md:10:15");
}
