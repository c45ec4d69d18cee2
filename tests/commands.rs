//! The real program on small repositories: what it prints, what it writes, how it exits (contracts 7).

#![expect(clippy::disallowed_methods, reason = "tests set up their own folders")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// What these tests take for today, so that they come to the same on every day.
const DAY: &str = "2026-12-01";

/// A standard of four units, two of which [`POLICY`] covers.
const STANDARD: &str = r#"id: iso-iec-20000-1-2018
title: Small standard
clauses:
  - { number: "5", title: Leadership }
  - { number: "5.1", title: Commitment, expects: [{ type: policy, basis: standard, what: a policy }] }
  - { number: "5.2", title: Policy, expects: [{ type: policy, basis: standard, what: a policy }] }
  - { number: "5.3", title: Roles, expects: [{ type: statement, basis: advice, what: roles }] }
  - { number: "6", title: Planning }
"#;

const ROLES: &str = "- id: sponsor\n  title: Sponsor\n- id: manager\n  title: Manager\n";

/// Approved on 1 June 2026, to be reviewed on 1 June 2027.
const POLICY: &str = "---
title: Service policy
reference: SMS-POL-5.1
type: policy
owner: manager
approver: sponsor
version: 1.0
status: approved
clause: [5.1, 5.2]
review_cycle: 1 year
changes:
  - version: 1.0
    date: 2026-06-01
    summary: First version.
    approved_by: sponsor
---

# Service policy

What we promise.
";

/// A draft with a link that leads nowhere, at line 11, column 18.
const DEAD: &str = "---
title: Statement of roles
reference: SMS-STM-5.3
type: statement
owner: sponsor
version: 0.1
status: draft
clause: 5.3
---

See [the policy](polcy.md).
";

/// A draft with nothing but a warning: a key that is not known, at line 9.
const WARNED: &str = "---
title: Statement of roles
reference: SMS-STM-5.3
type: statement
owner: sponsor
version: 0.1
status: draft
clause: 5.3
keyword: roles
---

Text.
";

mod check {
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
        repository
            .run(["check"])
            .exits(0)
            .prints("warning[unknown-key]")
            .prints("1 warning in 1 file");
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
            assert!(
                run.stdout.rfind("content/a.md") < run.stdout.rfind("content/b.md"),
                "{format}"
            );
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

    #[test]
    fn sarif_is_of_its_version_and_describes_every_rule() {
        let report = Repository::new().run(["check", "--format", "sarif"]).exits(0).json();
        assert_eq!(report["version"], "2.1.0");
        assert!(
            report["$schema"].as_str().unwrap().contains("sarif-2.1.0"),
            "{}",
            report["$schema"]
        );
        assert_eq!(report["runs"].as_array().unwrap().len(), 1);
        assert_eq!(report["runs"][0]["tool"]["driver"]["name"], "clausebook");
        assert_eq!(report["runs"][0]["results"], json!([]));
        let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
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
            let [location] = &result["locations"].as_array().unwrap()[..] else {
                panic!("{result}")
            };
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
}

mod levels {
    use super::*;

    /// A repository with a dead link and that level for the rule.
    fn leveled(level: &str) -> Repository {
        let settings =
            format!("[rules]\ndead-link = {{ level = \"{level}\", reason = \"moving\" }}\n");
        Repository::new().file("content/duties.md", DEAD).file("clausebook.toml", &settings)
    }

    #[test]
    fn a_rule_weighs_what_the_settings_say() {
        leveled("error").run(["check"]).exits(1).prints("error[dead-link]");
        leveled("warn").run(["check"]).exits(0).prints("warning[dead-link]");
        leveled("info").run(["check"]).exits(0).prints("info[dead-link]");
        leveled("off").run(["check"]).exits(0).prints("no findings\n");
    }

    #[test]
    fn strict_takes_a_warning_of_the_settings_for_an_error() {
        leveled("warn").run(["check", "--strict"]).exits(1).prints("error[dead-link]");
        leveled("info").run(["check", "--strict"]).exits(0);
        leveled("off").run(["check", "--strict"]).exits(0);
    }

    #[test]
    fn a_rule_that_is_no_error_lets_the_build_pass() {
        leveled("warn").run(["build"]).exits(0).prints("warning[dead-link]");
        leveled("off").run(["build"]).exits(0).omits("dead-link");
    }

    #[test]
    fn a_level_without_a_reason_is_refused_at_its_place() {
        let settings = "\n[rules]\ndead-link = { level = \"off\" }\n";
        Repository::new()
            .file("clausebook.toml", settings)
            .run(["check"])
            .fails("clausebook.toml:3:13: ")
            .tells("`reason`");
    }

    #[test]
    fn an_empty_reason_is_refused_at_its_place() {
        let settings = "[rules]\ndead-link = { level = \"off\", reason = \" \" }\n";
        Repository::new()
            .file("clausebook.toml", settings)
            .run(["check"])
            .fails("clausebook.toml:2:1: ")
            .tells("empty reason");
    }

    #[test]
    fn a_level_that_is_none_is_refused_at_its_place() {
        let settings = "[rules]\ndead-link = { level = \"loud\", reason = \"x\" }\n";
        Repository::new()
            .file("clausebook.toml", settings)
            .run(["check"])
            .fails("clausebook.toml:2:23: ")
            .tells("`loud`");
    }

    #[test]
    fn a_setting_that_is_not_known_is_refused_at_its_place() {
        for (settings, place) in
            [("organisation = \"x\"\n", "1:1"), ("[build]\n\ndraft = true\n", "3:1")]
        {
            Repository::new()
                .file("clausebook.toml", settings)
                .run(["check"])
                .fails(&format!("clausebook.toml:{place}: "));
        }
    }

    #[test]
    fn settings_that_are_no_toml_are_refused_at_their_place() {
        Repository::new()
            .file("clausebook.toml", "\nlanguage = en\n")
            .run(["check"])
            .fails("clausebook.toml:2:12: ");
    }

    #[test]
    fn a_level_for_a_rule_that_is_not_there_is_a_finding() {
        let settings = "[rules]\ndead-lnk = { level = \"off\", reason = \"x\" }\n";
        let run = Repository::new().file("clausebook.toml", settings).run(["check"]).exits(0);
        run.prints("warning[unknown-rule]")
            .prints("clausebook.toml:2:1")
            .prints("did you mean `dead-link`?");
    }
}

mod day {
    use super::*;

    #[test]
    fn without_another_word_it_is_the_local_date_told_and_kept() {
        let repository = Repository::new();
        let run = repository.run_undated(["build"]).exits(0).tells(", the local date");
        let day = run
            .stderr
            .strip_prefix("as of ")
            .and_then(|rest| rest.split(',').next())
            .expect("a day")
            .to_owned();
        assert_eq!(repository.manifest()["build"]["today"], day.as_str());
    }

    #[test]
    fn a_day_that_is_given_is_taken_and_kept() {
        let repository = Repository::new();
        repository.run(["build", "--today", "2027-05-01"]).exits(0).omits("local date");
        assert_eq!(repository.manifest()["build"]["today"], "2027-05-01");
        assert!(repository.read("site/index.html").contains("1 May 2027"));
    }

    #[test]
    fn a_demonstration_has_its_own_day_and_says_so_on_every_page() {
        let repository = Repository::new().file("clausebook.toml", "[demo]\ndated = 2027-03-15\n");
        repository
            .run_undated(["build"])
            .exits(0)
            .tells("as of 2027-03-15, the day of the demonstration");
        let pages = repository.site();
        let pages: Vec<_> = pages.iter().filter(|(path, _)| path.ends_with(".html")).collect();
        assert!(pages.len() > 10);
        for (path, bytes) in pages {
            // A page that leads on at once has nothing to say.
            let page = String::from_utf8_lossy(bytes);
            let leads_on = page.contains("http-equiv=\"refresh\"");
            assert!(leads_on || page.contains("Demonstration as of 15 March 2027"), "{path}");
        }
    }

    #[test]
    fn a_day_that_is_given_is_no_demonstration() {
        let repository = Repository::new().file("clausebook.toml", "[demo]\ndated = 2027-03-15\n");
        repository.run(["build", "--today", "2027-05-01"]).exits(0).omits("demonstration");
        assert!(!repository.read("site/index.html").contains("Demonstration"));
        assert_eq!(repository.manifest()["build"]["today"], "2027-05-01");
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_refused() {
        let forms = ["20260101", "2026-1-1", "+002026-01-01", "2026-01-01[UTC]", "0000-01-01"];
        for day in ["2026-02-30", "tomorrow", "", "2026-13-01"].iter().chain(&forms) {
            Repository::new().run(["check", "--today", day]).fails("--today");
        }
    }

    #[test]
    fn so_many_threads_that_none_would_work_are_refused() {
        for threads in ["0", "1025", "100000", "-1", "many"] {
            let option = format!("--threads={threads}");
            Repository::new().run(["check", &option]).fails("--threads");
        }
        Repository::new().run(["check", "--threads", "3"]).exits(0);
    }
}

mod coverage {
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
            .prints(
                "no policy counts (asked for by the standard): its review was due on 1 June 2027\n",
            )
            .prints("4 units: 0 covered, 2 partial, 2 gap, 0 excluded; 0.0 % covered\n");
    }

    #[test]
    fn the_last_day_that_counts_is_that_of_the_review() {
        let repository = Repository::new();
        let covered = |day| {
            repository.run(["coverage", "--format", "json", "--today", day]).json()["totals"]["covered"].clone()
        };
        assert_eq!(
            ["2026-05-31", "2026-06-01", "2027-06-01", "2027-06-02"].map(covered),
            [0, 2, 2, 0].map(Value::from)
        );
    }

    #[test]
    fn json_lists_claims_and_reasons_of_each_unit() {
        let repository = Repository::new().file("content/duties.md", WARNED);
        let coverage = repository
            .run(["coverage", "--format", "json", "--today", "2028-01-01"])
            .exits(0)
            .json();
        assert_eq!(
            (&coverage["standard"], &coverage["today"]),
            (&json!("iso-iec-20000-1-2018"), &json!("2028-01-01"))
        );
        let units = coverage["units"].as_array().unwrap();
        let states: Vec<_> = units
            .iter()
            .map(|unit| (unit["number"].as_str().unwrap(), unit["state"].as_str().unwrap()))
            .collect();
        assert_eq!(
            states,
            [("5.1", "partial"), ("5.2", "partial"), ("5.3", "partial"), ("6", "gap")]
        );
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
        let totals = json!({ "units": 4, "covered": 0, "partial": 3, "gap": 1, "excluded": 0, "percent": 0.0 });
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
}

mod reviews {
    use super::*;

    /// The policy, beside it a document without a next review and one without a status.
    fn repository() -> Repository {
        let plan = POLICY
            .replace("Service policy", "Plan")
            .replace("SMS-POL-5.1", "SMS-PLN-6")
            .replace("type: policy", "type: plan");
        let plan = plan.replace("[5.1, 5.2]", "6").replace("review_cycle: 1 year\n", "");
        let guide = WARNED
            .replace("status: draft\n", "review_date: 2027-01-15\n")
            .replace("keyword: roles\n", "");
        Repository::new().file("content/plan.md", &plan).file("content/guide.md", &guide)
    }

    #[test]
    fn it_shows_what_is_overdue_and_due_soon() {
        let run = repository().run(["reviews", "--today", "2027-05-01"]).exits(0);
        run.prints("Reviews as of 2027-05-01\n")
            .prints("overdue  2027-01-15  -106  SMS-STM-5.3  Statement of roles  sponsor\n")
            .prints("due      2027-06-01  31    SMS-POL-5.1  Service policy      manager\n")
            .prints("1 overdue, 1 due soon, 0 later, 1 without a next review\n");
    }

    #[test]
    fn due_soon_is_as_many_days_as_are_asked_for() {
        let due = |days, count: &str| {
            let run =
                repository().run(["reviews", "--today", "2027-05-01", "--due-soon", days]).exits(0);
            run.prints(&format!("1 overdue, {count}, 1 without a next review\n"));
        };
        due("31", "1 due soon, 0 later");
        due("30", "0 due soon, 1 later");
    }

    #[test]
    fn due_soon_may_be_set() {
        let repository = repository().file("clausebook.toml", "[reviews]\ndue_soon_days = 30\n");
        repository.run(["reviews", "--today", "2027-05-01"]).exits(0).prints("0 due soon, 1 later");
        repository
            .run(["reviews", "--today", "2027-05-01", "--due-soon", "90"])
            .exits(0)
            .prints("1 due soon, 0 later");
    }

    #[test]
    fn what_lies_further_ahead_is_shown_when_asked_for() {
        let repository = Repository::new();
        repository.run(["reviews"]).exits(0).omits("SMS-POL-5.1");
        repository
            .run(["reviews", "--all"])
            .exits(0)
            .prints("current  2027-06-01  182   SMS-POL-5.1");
    }

    #[test]
    fn json_counts_days_negative_when_overdue() {
        let reviews = repository()
            .run(["reviews", "--format", "json", "--today", "2027-07-01"])
            .exits(0)
            .json();
        let review = |path, reference, title, owner, date, days| {
            json!({
                "path": path, "reference": reference, "title": title, "owner": owner,
                "review_date": date, "state": "overdue", "days": days,
            })
        };
        assert_eq!(reviews["today"], "2027-07-01");
        assert_eq!(
            reviews["reviews"],
            json!([
                review(
                    "content/guide.md",
                    "SMS-STM-5.3",
                    "Statement of roles",
                    "sponsor",
                    "2027-01-15",
                    -167
                ),
                review(
                    "content/policy.md",
                    "SMS-POL-5.1",
                    "Service policy",
                    "manager",
                    "2027-06-01",
                    -30
                ),
            ])
        );
        assert_eq!(reviews["unscheduled"].as_array().unwrap().len(), 1);
        assert_eq!(reviews["unscheduled"][0]["path"], "content/plan.md");
    }

    #[test]
    fn csv_counts_days_negative_when_overdue() {
        let run =
            Repository::new().run(["reviews", "--format", "csv", "--today", "2028-01-01"]).exits(0);
        let expected = "path,reference,title,owner,review_date,state,days\r\n\
                        content/policy.md,SMS-POL-5.1,Service policy,manager,2027-06-01,overdue,-214\r\n";
        assert_eq!(run.stdout, expected);
    }

    #[test]
    fn csv_without_rows_keeps_its_head() {
        let repository = Repository::empty().file("content/roles.yaml", ROLES);
        let run = repository.run(["reviews", "--format", "csv"]).exits(0);
        assert_eq!(run.stdout, "path,reference,title,owner,review_date,state,days\r\n");
    }

    #[test]
    fn it_fails_only_when_asked_to() {
        let repository = Repository::new();
        repository.run(["reviews", "--today", "2028-01-01"]).exits(0);
        repository
            .run(["reviews", "--today", "2028-01-01", "--fail-overdue"])
            .exits(1)
            .prints("1 overdue");
        repository
            .run(["reviews", "--today", "2027-06-01", "--fail-overdue"])
            .exits(0)
            .prints("0 overdue, 1 due soon");
    }
}

mod explain {
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
}

mod init {
    use super::*;

    #[test]
    fn what_it_begins_has_no_errors() {
        let repository = Repository::empty();
        repository.run(["init"]).exits(0).tells("clausebook check");
        repository.run(["check"]).exits(0).omits("error[");
    }

    #[test]
    fn what_it_begins_covers_nothing_and_says_that_it_is_a_draft() {
        let repository = Repository::empty();
        repository.run(["init"]).exits(0);
        let coverage: Value = repository.run(["coverage", "--format", "json"]).exits(0).json();
        let units = coverage["units"].as_array().unwrap();
        assert_eq!(units.len(), 57);
        for unit in units {
            assert_ne!(unit["state"], "covered", "{unit}");
            assert!(unit["reasons"].to_string().contains("draft"), "{unit}");
        }
        let answers = repository.read("content/checklists/readiness-for-certification.yaml");
        assert!(answers.contains("answer: \"open\"") && !answers.contains("answer: \"yes\""));
        let plan = repository.read("content/plan.yaml");
        assert!(plan.contains("state: open") && !plan.contains("state: done"));
        assert!(!repository.root().join("content/assessments").exists());
    }

    #[test]
    fn everything_it_begins_is_a_first_draft_of_today() {
        let repository = Repository::empty();
        repository.run(["init", "--today", "2031-03-05"]).exits(0);
        let documents: Vec<_> =
            tree(repository.root()).into_iter().filter(|(path, _)| path.ends_with(".md")).collect();
        assert!(!documents.is_empty());
        for (path, bytes) in documents {
            let text = String::from_utf8(bytes).unwrap();
            let front_matter =
                text.split("---\n").nth(1).unwrap_or_else(|| panic!("{path} has none"));
            let lines: Vec<&str> = front_matter.lines().collect();
            assert!(lines.contains(&"status: draft"), "{path}");
            assert!(lines.contains(&"version: 0.1"), "{path}");
            assert!(!front_matter.contains("approved_by"), "{path}");
            assert!(
                !front_matter.contains("changes:") || front_matter.contains("date: 2031-03-05"),
                "{path}"
            );
        }
    }

    #[test]
    fn its_settings_are_those_of_the_demonstration_without_its_day() {
        let repository = Repository::empty();
        repository.run(["init"]).exits(0);
        let settings = repository.read("clausebook.toml");
        assert!(settings.contains("organization = ") && settings.starts_with("# "), "{settings}");
        assert!(!settings.contains("[demo]") && !settings.contains("dated"), "{settings}");
        repository.run_undated(["check"]).tells(", the local date");
    }

    #[test]
    fn it_begins_in_the_folder_that_is_named() {
        let repository = Repository::empty();
        repository.run(["init", "new"]).exits(0);
        repository.run(["check", "--root", "new"]).exits(0);
        assert_eq!(fs::read_dir(repository.root()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_holds_documents_or_settings_is_refused_and_left_alone() {
        for path in ["content/policy.md", "clausebook.toml"] {
            let repository = Repository::empty().file(path, "mine");
            let before = tree(repository.root());
            repository.run(["init"]).fails("is there already").tells("begin in an empty folder");
            assert_eq!(tree(repository.root()), before, "{path}");
        }
    }
}

mod build {
    use super::*;

    #[test]
    fn it_ends_with_the_folder_and_an_address_for_the_browser() {
        // The name of the folder has a space in it and a letter beyond ASCII.
        let repository = Repository::new();
        let run = repository.run(["build"]).exits(0);
        let mut last = run.stderr.lines().rev();
        let address = last.next().unwrap().strip_prefix("file://").expect("an address");
        assert_eq!(
            percent_decoded(address),
            format!("{}/site/index.html", repository.root().display())
        );
        assert!(address.ends_with("/a%20r%C3%A9pository/site/index.html"), "{address}");
        assert!(Path::new(&percent_decoded(address)).is_file());
        assert!(last.next().unwrap().ends_with("site"), "{}", run.stderr);
        assert_eq!(run.stdout, "");
    }

    #[test]
    fn quiet_prints_nothing_when_nothing_is_wrong() {
        let run = Repository::new().run(["build", "--quiet"]).exits(0).tells_nothing();
        assert_eq!(run.stdout, "");
    }

    #[test]
    fn the_second_time_nothing_is_written() {
        let repository = Repository::new();
        repository.run(["build"]).exits(0).tells(" written, 0 unchanged, 0 removed");
        let before = repository.written();
        repository.run(["build"]).exits(0).tells(": 0 written, ").tells(" unchanged, 0 removed");
        assert_eq!(repository.written(), before);
    }

    #[test]
    fn a_document_that_goes_takes_its_pages_along() {
        let repository = Repository::new().file("content/duties.md", WARNED);
        repository.run(["build"]).exits(0);
        assert!(repository.site().contains_key("documents/duties.html"));
        fs::remove_file(repository.root().join("content/duties.md")).unwrap();
        // Its page, the one its reference leads to, and the four parts of the search that are named by what they hold:
        // the titles, the head of the index, and its two pieces, of postings and of what stands behind them.
        repository.run(["build"]).exits(0).tells(", 6 removed");
        repository.run(["build", "--output", "fresh"]).exits(0);
        assert_eq!(repository.site(), tree(&repository.root().join("fresh")));
    }

    #[test]
    fn with_errors_it_writes_nothing_and_says_so() {
        let repository = Repository::new().file("content/duties.md", DEAD);
        repository.run(["build"]).exits(1).prints("error[dead-link]").tells("nothing was written");
        assert!(!repository.root().join("site").exists());
    }

    #[test]
    fn strict_keeps_a_site_with_warnings_from_being_written() {
        let repository = Repository::new().file("content/duties.md", WARNED);
        repository.run(["build", "--strict"]).exits(1).tells("nothing was written");
        assert!(!repository.root().join("site").exists());
        repository.run(["build"]).exits(0).prints("warning[unknown-key]");
    }

    #[test]
    fn findings_are_printed_in_the_format_that_is_asked_for() {
        let repository = Repository::new().file("content/duties.md", DEAD);
        let report = repository.run(["build", "--format", "json"]).exits(1).json();
        assert_eq!(report["findings"][0]["rule"], "dead-link");
        repository
            .run(["build", "--format", "github"])
            .exits(1)
            .prints("::error file=content/duties.md,line=11");
        assert_eq!(
            repository.run(["build", "--format", "sarif"]).exits(1).json()["version"],
            "2.1.0"
        );
    }

    #[test]
    fn the_number_of_threads_changes_no_byte() {
        let mut repository = Repository::new();
        for n in 2..40 {
            let text = WARNED
                .replace("SMS-STM-5.3", &format!("SMS-STM-5.3-{n}"))
                .replace("Statement", &format!("Words {n}"));
            let link = format!(
                "[next]({}.md) and [[SMS-POL-5.1]]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
                (n - 1) % 38 + 2
            );
            repository = repository.file(&format!("content/{n}.md"), &text.replace("Text.", &link));
        }
        for threads in ["1", "4"] {
            repository.run(["build", "--threads", threads, "--output", threads]).exits(0);
        }
        let [one, four] = ["1", "4"].map(|threads| tree(&repository.root().join(threads)));
        assert!(one.len() > 80);
        assert!(one == four, "the sites differ");
    }

    #[test]
    fn a_folder_with_something_else_in_it_is_refused() {
        let repository = Repository::new().file("site/holiday.jpg", "a picture");
        repository.run(["build"]).fails("`holiday.jpg`").tells("--output");
        assert_eq!(
            repository.site(),
            BTreeMap::from([("holiday.jpg".to_owned(), b"a picture".to_vec())])
        );
    }

    #[test]
    fn the_documents_are_no_place_for_the_site() {
        let repository = Repository::new();
        let before = tree(repository.root());
        for output in ["content", "content/site", ".", "..", "content/../content/x"] {
            repository.run(["build", "--output", output]).exits(2).tells("hint: ");
            assert_eq!(tree(repository.root()), before, "{output}");
        }
    }

    #[test]
    fn a_broken_template_is_told_with_file_and_line() {
        for (template, line) in [
            ("{% if %}\n", "document.html:1:"),
            ("\n\n{{ page.title | louder }}\n", "document.html:3:"),
            ("\n{{ nothing.here }}\n", "document.html:2:"),
            ("{% block main %}\n\n{{ page.title }\n", "document.html:3:"),
        ] {
            let repository = Repository::new().file("theme/templates/document.html", template);
            let run = repository
                .run(["build"])
                .fails("theme/templates")
                .tells(line)
                .tells("hint: correct the template");
            assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
            assert!(!repository.site().contains_key("manifest.json"));
        }
    }

    #[test]
    fn a_broken_template_leaves_the_old_site_whole() {
        let repository = Repository::new();
        repository.run(["build"]).exits(0);
        let before = repository.site();
        let repository = repository.file("theme/templates/document.html", "{{ nothing.here }}");
        repository.run(["build"]).exits(2);
        assert!(repository.site() == before, "the old site was touched");
    }

    #[test]
    fn a_file_of_the_theme_stands_in_place_of_ours_and_the_others_stay() {
        let repository = Repository::new()
            .file("theme/templates/redirect.html", "moved to {{ link.href }}\n")
            .file("theme/static/style.css", "body { color: red }\n")
            .file("theme/words/en.toml", "[menu]\nhome = \"Front door\"\n");
        repository.run(["build"]).exits(0);
        assert_eq!(repository.read("site/SMS-POL-5.1.html"), "moved to documents/policy.html\n");
        assert_eq!(repository.read("site/assets/style.css"), "body { color: red }\n");
        let page = repository.read("site/documents/policy.html");
        assert!(page.contains("Front door") && page.contains("Glossary"), "{page}");
    }

    #[test]
    fn words_that_are_wrong_are_told_with_file_and_line() {
        let repository = Repository::new().file("theme/words/en.toml", "[menu]\nhome = 1\n");
        repository.run(["build"]).fails("theme/words/en.toml:2:");
    }

    #[test]
    fn check_finds_what_in_the_theme_would_stop_a_build_behind_all_findings() {
        let repository = Repository::new().file("content/dead.md", DEAD);
        let template = repository.file("theme/templates/home.html", "{% if %}");
        let run = template.run(["check"]).exits(2);
        run.prints("error[dead-link]").tells("home.html:1:");
        let language = Repository::new().file("clausebook.toml", "\nlanguage = \"fr\"\n");
        language.run(["check"]).exits(2).tells("there is no file `theme/words/fr.toml`");
    }

    #[test]
    fn without_version_control_it_says_so_and_goes_on() {
        let repository = Repository::new();
        repository.run(["build"]).exits(0);
        assert_eq!(repository.manifest()["build"]["commit"], Value::Null);
        assert!(repository.read("site/about.html").contains("not under version control"));
    }

    #[test]
    fn the_commit_is_kept_and_a_site_in_the_work_tree_is_no_change() {
        let repository = Repository::new();
        for arguments in
            [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "All documents"]]
        {
            repository.git(arguments);
        }
        let commit = repository.git(&["rev-parse", "HEAD"]);
        for _ in 0..2 {
            repository.run(["build"]).exits(0);
            assert_eq!(repository.manifest()["build"]["commit"], commit.as_str());
        }
        let repository = repository.file("content/duties.md", WARNED);
        repository.run(["build"]).exits(0);
        assert_eq!(repository.manifest()["build"]["commit"], format!("{commit}+"));
        assert!(repository.read("site/about.html").contains(&format!("{commit}, with changes")));
    }
}

mod verify {
    use super::*;

    #[test]
    fn a_site_is_as_it_was_built_until_somebody_touches_it() {
        let repository = Repository::new();
        repository.run(["build"]).exits(0);
        repository.run(["verify"]).exits(0).prints("every file is as the manifest says\n");
        let home = repository.read("site/index.html").replace("Service", "Serviec");
        let repository = repository.file("site/index.html", &home);
        fs::remove_file(repository.root().join("site/about.html")).unwrap();
        let run = repository.run(["verify"]).exits(1);
        assert_eq!(run.stdout, "`about.html` is missing\n`index.html` was changed\n");
        repository.run(["build"]).exits(0).tells(": 2 written, ");
        repository.run(["verify"]).exits(0);
    }

    #[test]
    fn without_a_site_it_asks_for_one() {
        Repository::new().run(["verify"]).fails("manifest.json").tells("build the site first");
    }

    #[test]
    fn a_manifest_that_names_what_lies_elsewhere_is_refused() {
        let repository = Repository::new();
        repository.run(["build"]).exits(0);
        let manifest = repository.read("site/manifest.json").replacen(
            "\"404.html\"",
            "\"../clausebook.toml\"",
            1,
        );
        let repository = repository.file("site/manifest.json", &manifest);
        repository.run(["verify"]).fails("`../clausebook.toml` is not an address");
        repository.run(["build"]).fails("`../clausebook.toml` is not an address");
    }
}

mod program {
    use super::*;

    #[test]
    fn completions_are_printed_for_every_shell() {
        for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
            Repository::empty()
                .run(["completions", shell])
                .exits(0)
                .prints("coverage")
                .prints("due-soon");
        }
        Repository::empty().run(["completions", "tcsh"]).fails("tcsh");
    }

    #[test]
    fn an_option_that_is_not_known_is_refused_by_every_command() {
        for command in
            ["build", "check", "init", "coverage", "reviews", "explain", "verify", "completions"]
        {
            Repository::new().run([command, "--nonsense"]).fails("--nonsense");
        }
        Repository::new().run(["nonsense"]).fails("nonsense");
    }

    #[test]
    fn a_root_that_is_not_there_is_refused_with_a_remedy() {
        for command in ["build", "check", "coverage", "reviews"] {
            let repository = Repository::new();
            repository
                .run([command, "--root", "nowhere"])
                .fails("`nowhere`")
                .tells("hint: ")
                .tells("--root");
            repository
                .run([command, "--root", "content/policy.md"])
                .fails("is not a folder")
                .tells("--root");
        }
    }

    #[test]
    fn content_and_settings_that_are_not_there_are_refused_with_a_remedy() {
        for command in ["build", "check", "coverage", "reviews"] {
            let repository = Repository::new();
            repository
                .run([command, "--content", "nowhere"])
                .fails("nowhere")
                .tells("--content")
                .tells("clausebook init");
            repository
                .run([command, "--config", "nowhere.toml"])
                .fails("nowhere.toml")
                .tells("--config");
        }
    }

    #[test]
    fn a_format_that_a_command_does_not_print_is_refused_with_those_it_does() {
        for (command, format, known) in [
            ("check", "csv", "text, json, github, sarif"),
            ("build", "csv", "text, json, github, sarif"),
            ("coverage", "sarif", "text, json, csv"),
            ("reviews", "github", "text, json, csv"),
            ("verify", "json", "text"),
            ("init", "json", "text"),
        ] {
            let repository = Repository::empty();
            repository
                .run([command, "--format", format])
                .fails(&format!("`{format}`"))
                .tells(&format!("choose one of {known}"));
            assert_eq!(fs::read_dir(repository.root()).unwrap().count(), 0, "{command}");
        }
    }

    #[test]
    fn explain_refuses_a_format_that_it_does_not_print() {
        Repository::empty().run(["explain", "--format", "sarif"]).fails("`sarif`");
    }

    #[test]
    fn a_repository_is_named_by_its_root_from_anywhere() {
        let repository = Repository::new().file("content/duties.md", DEAD);
        let root = repository.root().to_str().unwrap().to_owned();
        let elsewhere = Repository::empty();
        elsewhere.run(["check", "--root", &root]).exits(1).prints("--> content/duties.md:11:18");
    }

    #[test]
    fn nothing_is_coloured_that_is_not_a_terminal() {
        let repository = Repository::new().file("content/duties.md", DEAD);
        for arguments in [
            &["check"][..],
            &["build"],
            &["coverage"],
            &["reviews"],
            &["explain"],
            &["check", "--root", "nowhere"],
        ] {
            let run = repository.run(arguments);
            assert!(
                !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
                "{arguments:?}"
            );
        }
    }

    /// `script` gives the program a terminal.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_terminal_is_coloured_unless_it_asks_for_none() {
        let repository = Repository::new().file("content/duties.md", DEAD);
        let on_a_terminal = |refused: &str| {
            let mut script = Command::new("script");
            script.args(["-qec", "\"$PROGRAM\" check --today 2026-12-01", "/dev/null"]);
            script.env("PROGRAM", env!("CARGO_BIN_EXE_clausebook"));
            script.env("TERM", "xterm").env("NO_COLOR", refused);
            repository.command(script).exits(1).stdout
        };
        assert!(on_a_terminal("").contains("\u{1b}["));
        let plain = on_a_terminal("1");
        assert!(plain.contains("error[dead-link]: there is no file"), "{plain:?}");
        assert!(!plain.contains('\u{1b}'), "{plain:?}");
    }

    #[test]
    fn what_documents_say_cannot_speak_to_the_terminal() {
        let hostile =
            WARNED.replace("Statement", "\u{1b}[31mStatement").replace("keyword", "key\u{1b}word");
        let repository = Repository::new().file("content/duties.md", &hostile);
        for command in ["check", "coverage", "reviews", "build"] {
            let run = repository.run([command, "--today", "2028-01-01"]);
            assert!(
                !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
                "{command}: {}",
                run.stdout
            );
        }
    }
}

/// A repository in a folder of its own.
struct Repository {
    /// Holds the folder until the test is over.
    _place: TempDir,
    root: PathBuf,
}

impl Repository {
    /// With a small standard, two roles and one approved policy, in which nothing is wrong.
    fn new() -> Self {
        Self::empty()
            .file("content/standards/small.yaml", STANDARD)
            .file("content/roles.yaml", ROLES)
            .file("content/policy.md", POLICY)
    }

    fn empty() -> Self {
        let place = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(place.path()).unwrap().join("a répository");
        fs::create_dir(&root).unwrap();
        Self { _place: place, root }
    }

    fn root(&self) -> &Path {
        &self.root
    }

    #[track_caller]
    fn file(self, path: &str, text: &str) -> Self {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
        self
    }

    /// Runs the program as of [`DAY`], or of the day that the arguments name.
    #[track_caller]
    fn run<'a>(&self, arguments: impl AsRef<[&'a str]>) -> Run {
        let arguments = arguments.as_ref();
        if arguments.contains(&"--today") {
            return self.run_undated(arguments);
        }
        self.run_undated([arguments, &["--today", DAY]].concat())
    }

    /// Runs the program as of whichever day it takes itself.
    #[track_caller]
    fn run_undated<'a>(&self, arguments: impl AsRef<[&'a str]>) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.args(arguments.as_ref());
        self.command(command)
    }

    #[track_caller]
    fn command(&self, mut command: Command) -> Run {
        command.current_dir(&self.root).env("GIT_CEILING_DIRECTORIES", self.root.parent().unwrap());
        // A test that is run by a hook of Git is not to work on the repository of that hook.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(variable);
        }
        Run::of(&command.output().unwrap())
    }

    /// What `git` prints.
    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ]);
        command.args(arguments);
        self.command(command).exits(0).stdout.trim().to_owned()
    }

    #[track_caller]
    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect(path)
    }

    fn manifest(&self) -> Value {
        serde_json::from_str(&self.read("site/manifest.json")).unwrap()
    }

    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root.join("site"))
    }

    /// When each file of the site was written.
    fn written(&self) -> BTreeMap<String, std::time::SystemTime> {
        let site = self.root.join("site");
        let written = |path: &str| fs::metadata(site.join(path)).unwrap().modified().unwrap();
        self.site().into_keys().map(|path| (path.clone(), written(&path))).collect()
    }
}

/// What a run of the program came to.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }

    /// It could not run, and says why on standard error alone.
    #[track_caller]
    fn fails(self, why: &str) -> Self {
        assert_eq!(self.stdout, "");
        self.exits(2).tells("error: ").tells(why)
    }

    /// On standard output.
    #[track_caller]
    fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in:\n{}{}", self.stdout, self.stderr);
        self
    }

    /// On standard error.
    #[track_caller]
    fn tells(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in:\n{}", self.stderr);
        self
    }

    #[track_caller]
    fn tells_nothing(self) -> Self {
        assert_eq!(self.stderr, "");
        self
    }

    /// On neither.
    #[track_caller]
    fn omits(self, text: &str) -> Self {
        let both = format!("{}{}", self.stdout, self.stderr);
        assert!(!both.contains(text), "{text:?} in:\n{both}");
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}:\n{}{}", self.stdout, self.stderr))
    }
}

/// Every file below a folder; none when there is no such folder.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let within: Vec<_> = path
                    .strip_prefix(folder)
                    .unwrap()
                    .iter()
                    .map(|part| part.to_str().unwrap())
                    .collect();
                files.insert(within.join("/"), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = std::str::from_utf8(tail.get(..2).unwrap_or_default());
        match (first, digits.ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
