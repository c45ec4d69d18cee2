//! What pages tell of units, owners, assessments and registers, and what they leave untold.

use super::*;

/// Roles of which two share a title.
const TWINS: &str = "\
- { id: manager, title: Manager }
- { id: manager-2, title: Manager }
- { id: sponsor, title: Sponsor }
";

/// A document with changed lines of front matter.
fn changed(text: &str, changes: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (from, to) in changes {
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {text}");
        text = text.replace(from, to);
    }
    text
}

fn text(site: &Site, address: &str) -> String {
    Page::read(&site[address]).text()
}

/// The text of each row of the tables below the heading with that anchor; of the whole page without one.
fn rows(site: &Site, address: &str, anchor: &str) -> Vec<String> {
    let html = String::from_utf8_lossy(&site[address]).into_owned();
    let from = if anchor.is_empty() {
        html.as_str()
    } else {
        let id = format!("id=\"{anchor}\"");
        let (_, from) = html.split_once(&id).unwrap_or_else(|| panic!("{anchor} in {html}"));
        from.split_once("<h2").map_or(from, |(section, _)| section)
    };
    let body = from.split("<tbody>").skip(1).map(|table| table.split("</tbody>").next());
    let rows = body.flatten().flat_map(|body| body.split("<tr>").skip(1));
    rows.map(|row| Page::read(row.as_bytes()).text().trim().to_owned()).collect()
}

#[test]
fn a_point_tells_what_is_there_and_does_not_count() {
    let policy = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.");
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/policy.md", changed(&policy, &[("status: approved", "status: draft")]));
    let told = text(&built(&repository), "clauses/7.5.4.html");
    assert!(told.contains("5.2.1 policy: there, does not count"), "{told}");
    assert!(told.contains("6.2.1 statement: missing"), "{told}");
}

#[test]
fn roles_of_one_title_are_kept_apart() {
    let plan = "title: Plan\nphases: [{ id: \"1\", title: Begin }]\nareas:\n  - title: Area\n    activities:\n      \
        - { id: A, activity: First., roles: [manager], phases: [\"1\"], state: open }\n      \
        - { id: B, activity: Second., roles: [manager-2], phases: [\"1\"], state: open }\n";
    let policy = |reference: &str, owner: &str, review: &str| {
        let owner = format!("owner: {owner}\n");
        let text = document("policy", reference, "5.2.1", "Text.");
        changed(&text, &[("owner: manager\n", &owner), ("2027-01-10", review)])
    };
    let repository = Memory::default()
        .with("content/roles.yaml", TWINS)
        .with("content/plan.yaml", plan)
        .with("content/a.md", policy("SMS-POL-5.2.1", "manager", "2026-11-01"))
        .with("content/b.md", policy("SMS-POL-5.2.1-2", "manager-2", "2027-01-10"))
        .with("content/c.md", policy("SMS-POL-5.2.1-3", "sponsor", "2028-01-10"));
    let site = built(&repository);
    let owners = rows(&site, "reviews.html", "by-owner");
    assert_eq!(owners, ["Manager (manager) 1 0 0", "Manager (manager-2) 0 1 0", "Sponsor 0 0 1"]);
    let html = String::from_utf8_lossy(&site["reviews.html"]).into_owned();
    assert!(html.contains("roles/manager-2.html"), "each leads to its own page: {html}");
    let first = rows(&site, "plan/roles.html", "role-1");
    let second = rows(&site, "plan/roles.html", "role-2");
    assert!(first.len() == 1 && first[0].starts_with("A First."), "{first:?}");
    assert!(second.len() == 1 && second[0].starts_with("B Second."), "{second:?}");
    assert!(text(&site, "plan/roles.html").contains("Manager (manager-2) No."));
}

/// Three units and what was found of them, oldest first.
fn assessed(assessments: &[(&str, &str)]) -> Memory {
    let standard = "id: iso-iec-20000-1-2018\ntitle: Ours\nclauses:\n  - { number: \"4.1\", title: One }\n  - { number: \"4.2\", title: Two }\n";
    let mut repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/standards/ours.yaml", standard);
    for (date, units) in assessments {
        let text = format!(
            "title: Of {date}\ndate: {date}\nstandard: iso-iec-20000-1-2018\nassessor: sponsor\nunits:\n{units}"
        );
        repository = repository.with(&format!("content/assessments/{date}.yaml"), text);
    }
    repository
}

#[test]
fn the_trend_is_between_the_last_two_assessments_and_the_last_finding_stays() {
    let site = built(&assessed(&[
        (
            "2026-03-01",
            "  - { clause: \"4.1\", level: missing, finding: Nothing. }\n  - { clause: \"4.2\", level: begun, finding: Some. }\n",
        ),
        (
            "2026-06-01",
            "  - { clause: \"4.1\", level: begun, finding: A list., owner: manager, due: 2026-12-20 }\n  - { clause: \"4.2\", level: begun, finding: Some. }\n",
        ),
        ("2026-09-01", "  - { clause: \"4.2\", level: met, finding: All. }\n"),
    ]));
    assert_eq!(
        rows(&site, "assessments.html", "iso-iec-20000-1-2018"),
        [
            "4.1 One missing begun not assessed A list. Manager 20 December 2026 due soon gap",
            "4.2 Two begun begun met better All. gap",
        ]
    );
}

#[test]
fn an_assessment_is_shown_from_its_day_on() {
    let repository = assessed(&[
        (
            "2026-06-01",
            "  - { clause: \"4.1\", level: begun, finding: A list., owner: manager, due: 2028-01-01 }\n",
        ),
        ("2026-12-10", "  - { clause: \"4.1\", level: met, finding: All of it. }\n"),
    ]);
    let told = |day| text(&build_as_of(&repository, "", day), "assessments.html");
    let before = told(date(2026, 12, 9));
    assert!(!before.contains("10 December 2026") && !before.contains("All of it."), "{before}");
    assert!(before.contains("A list.") && !before.contains("better"), "{before}");
    let after = told(date(2026, 12, 10));
    assert!(after.contains("All of it.") && after.contains("better"), "{after}");
    // The day is told, so that somebody builds on it, and what turns then is greyed.
    let site = build_as_of(&repository, "", TODAY);
    let until = json(&site, "reviews.json")["until"].clone();
    assert_eq!(until, "2026-12-10");
    let page = String::from_utf8_lossy(&site["assessments.html"]).into_owned();
    assert!(page.contains("data-until=\"2026-12-10\""), "{page}");
    let only_later = assessed(&[("2027-06-01", "  - { clause: \"4.1\", level: met }\n")]);
    let none = text(&built(&only_later), "assessments.html");
    assert!(none.contains("There is no assessment yet."), "{none}");
}

/// Registers with a row that is overdue, each of another status.
fn registers() -> Memory {
    let columns = "data: rows.csv\ncolumns: { name: text, due: due }\nchanges:";
    let mut repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/rows.csv", "name,due\nA,2026-11-01\n");
    let statuses = ["retired", "draft", "in-review", "approved"];
    for (n, status) in (2..).zip(statuses) {
        let reference = format!("SMS-REG-8.2.5-{n}");
        let text = document("register", &reference, "8.2.5", "Text.");
        let status_line = format!("status: {status}");
        let text = changed(&text, &[("changes:", columns), ("status: approved", &status_line)]);
        repository = repository.with(&format!("content/{n}.md"), text);
    }
    repository
}

#[test]
fn only_rows_of_registers_that_are_reviewed_are_overdue_and_retired_ones_come_last() {
    let site = built(&registers());
    assert_eq!(
        rows(&site, "registers.html", ""),
        [
            "SMS-REG-8.2.5-5 Manager 1 1",
            "SMS-REG-8.2.5-3 draft, not in force Manager 1",
            "SMS-REG-8.2.5-4 in review, not in force Manager 1",
            "SMS-REG-8.2.5-2 retired Manager 1",
        ]
    );
    let due = rows(&site, "reviews.html", "rows");
    assert_eq!(due, ["SMS-REG-8.2.5-5 A Manager 1 November 2026 overdue"]);
}

#[test]
fn what_is_retired_needs_no_owner() {
    let of = |reference: &str, status: &str| {
        let text = document("policy", reference, "5.2.1", "Text.");
        changed(&text, &[("owner: manager", "owner: nobody"), ("status: approved", status)])
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/a.md", of("SMS-POL-5.2.1-2", "status: retired"))
        .with("content/b.md", of("SMS-POL-5.2.1-3", "status: draft"))
        .with("content/c.md", of("SMS-POL-5.2.1-4", "status: approved"));
    let listed = rows(&built(&repository), "roles/index.html", "ownerless");
    let references: Vec<&str> = listed.iter().filter_map(|row| row.split(' ').next()).collect();
    assert_eq!(references, ["SMS-POL-5.2.1-4", "SMS-POL-5.2.1-3"], "in force first: {listed:?}");
}

#[test]
fn one_is_no_plural() {
    let standard = "id: iso-iec-20000-1-2018\ntitle: Ours\nclauses:\n  - { number: \"4\", title: All }\n  - { number: \"4.1\", title: One }\n  - { number: \"5\", title: More }\n  - { number: \"5.1\", title: One }\n  - { number: \"5.2\", title: Two }\n";
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/standards/ours.yaml", standard);
    let site = |days: u8| build(&repository, &format!("[reviews]\ndue_soon_days = {days}\n"));
    let one = site(1);
    assert!(text(&one, "reviews.html").contains("due soon 1 day before its date."));
    assert!(text(&site(60), "reviews.html").contains("due soon 60 days before its date."));
    assert!(text(&one, "clauses/4.html").contains("0 of 1 unit covered"));
    assert!(text(&one, "clauses/5.html").contains("0 of 2 units covered"));
}

/// Standards of which one names no types, with an edition that is derived, and a unit of points.
fn standards() -> Memory {
    let ours = "id: iso-iec-20000-1-2018\ntitle: Ours\nclauses:\n  - { number: \"4.1\", title: One, expects: [{ type: policy, basis: standard, what: One. }] }\n  - { number: \"4.2\", title: Two, points: [{ text: One., pairs: [\"4.1 policy\"] }] }\n";
    let bare = "id: bare\ntitle: Bare\nclauses:\n  - { number: \"1\", title: One }\n  - { number: \"2\", title: Two }\n";
    let old = "id: old\ntitle: Old\nderived_from: bare\nclauses:\n  - { number: \"1\", title: One, maps_to: [\"1\"] }\n";
    Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/standards/old.yaml", old)
        .with("content/standards/ours.yaml", ours)
        .with("content/standards/bare.yaml", bare)
}

#[test]
fn the_rule_of_counting_is_that_of_the_standard_and_the_settings() {
    let told = |settings: &str, folder: &str| {
        let site = build(&standards(), settings);
        let json_at =
            if folder == "clauses/" { "coverage.json" } else { &format!("{folder}coverage.json") };
        let rule = plain(&json(&site, json_at)["rule"]);
        assert!(text(&site, &format!("{folder}index.html")).contains(&rule), "{folder}: {rule}");
        rule
    };
    let own = told("", "clauses/");
    assert!(own.contains("each document type expected of it"), "{own}");
    assert!(own.contains("For 4.2 no claim is needed: all points must be met."), "{own}");
    let less = told("[coverage]\nadvised = false\n", "clauses/");
    assert!(less.contains("only guidance asks") && !own.contains("guidance"), "{less}");
    let bare = told("", "clauses/bare/");
    assert!(bare.starts_with("No document types are expected here"), "{bare}");
    assert!(!bare.contains("no claim is needed"), "{bare}");
    let old = told("", "clauses/old/");
    assert!(old.contains("derived") && !old.contains("What counts"), "{old}");
    for rule in [&own, &less, &bare, &old] {
        assert!(rule.ends_with("covered units of all units."), "{rule}");
    }
    let exclusion = "[coverage]\nexclude = [{ clause = \"bare:2\", reason = \"We do not.\" }]\n";
    let excluded = told(exclusion, "clauses/bare/");
    assert!(excluded.ends_with("of all units, excluded ones among them."), "{excluded}");
    assert_eq!(told(exclusion, "clauses/"), own, "of another standard");
}

#[test]
fn what_is_retired_says_whether_what_replaces_it_applies_already() {
    let old = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.");
    let old =
        changed(&old, &[("status: approved", "status: retired\nreplaced_by: SMS-POL-5.2.1-2")]);
    let told = |status: &str, more: &str| {
        let new = document("policy", "SMS-POL-5.2.1-2", "5.2.1", "Text.");
        let new = changed(&new, &[("status: approved", &format!("status: {status}\n{more}"))]);
        let repository = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with("content/archive/old.md", old.as_str())
            .with("content/new.md", new);
        text(&built(&repository), "documents/old.html")
    };
    let words = theme().words;
    let later = words.get("banner.superseded-later");
    assert!(told("approved", "retention: 1 year").contains(&words.get("banner.superseded")));
    assert!(told("approved", "effective_date: 2027-01-01").contains(&later));
    // It may be seen by others alone: that there is one is said, not which.
    let hidden = told("approved", "classification: restricted");
    assert!(hidden.contains(&words.get("banner.retired")), "{hidden}");
    assert!(!hidden.contains(&words.get("banner.withdrawn")), "{hidden}");
}

#[test]
fn a_term_is_ruled_on_by_what_is_in_force_alone() {
    let site = |status: &str| {
        let policy = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.");
        let repository = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with(
                "content/glossary.yaml",
                "- { term: release, definition: What is new., document: SMS-POL-5.2.1 }\n",
            )
            .with("content/policy.md", changed(&policy, &[("status: approved", status)]));
        text(&built(&repository), "glossary.html")
    };
    let words = theme().words;
    let (rules, later) = (words.get("glossary.document"), words.get("glossary.document-later"));
    let (approved, draft) = (site("status: approved"), site("status: draft"));
    assert!(approved.contains(&rules) && !approved.contains(&later), "{approved}");
    assert!(draft.contains(&later), "{draft}");
}

#[test]
fn a_claim_on_what_only_holds_others_is_not_said_to_count() {
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/policy.md", document("policy", "SMS-POL-8.5.1", "8.5.1", "Text."));
    let page = text(&built(&repository), "clauses/8.5.1.html");
    let words = theme().words;
    for key in ["clause.counts-not", "clause.on-parent"] {
        assert!(page.contains(&words.get(key)), "{key}: {page}");
    }
}

#[test]
fn what_is_wrong_in_the_rows_stands_on_the_page() {
    let register = document("register", "SMS-REG-8.2.5", "8.2.5", "Text.");
    let register = changed(
        &register,
        &[(
            "status: approved",
            "status: approved\ndata: rows.csv\ncolumns: { kind: text, owner: role }",
        )],
    );
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/register.md", register)
        .with("content/rows.csv", "kind,owner\nTests,nobody\n");
    let page = text(&built(&repository), "documents/register.html");
    assert!(page.contains(&theme().words.get("banner.errors")), "{page}");
    let line = "content/rows.csv, line 2, column 7: there is no role `nobody`";
    assert!(page.contains(line), "{page}");
}

#[test]
fn what_is_done_is_green_only_where_a_document_in_force_shows_it() {
    let kind = |status: &str| {
        let policy = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.");
        let plan = "title: Plan\nphases:\n  - { id: \"1\", title: Begin }\nareas:\n  - title: All\n    activities:\n      - { id: a, activity: A policy, phases: [\"1\"], document: SMS-POL-5.2.1, state: done }\n";
        let checklist = "title: List\nstatements:\n  - { id: \"1\", statement: There is one., clauses: [\"5.2.1\"], answer: \"yes\", document: SMS-POL-5.2.1 }\n";
        let repository = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with("content/checklists/list.yaml", checklist)
            .with("content/plan.yaml", plan)
            .with("content/policy.md", changed(&policy, &[("status: approved", status)]));
        let site = built(&repository);
        let kinds = ["plan/index.html", "checklists.html"].map(|page| {
            let html = String::from_utf8_lossy(&site[page]).into_owned();
            let table = html.split("<tbody>").nth(1).expect("it has a table").to_owned();
            ["covered", "partial"].map(|kind| table.contains(&format!("badge {kind}")))
        });
        assert_eq!(kinds[0], kinds[1], "{status}");
        kinds[0]
    };
    assert_eq!(kind("status: approved"), [true, false]);
    assert_eq!(kind("status: draft"), [false, true]);
}

#[test]
fn what_is_not_in_force_says_so_beside_every_page() {
    let draft = document("policy", "SMS-POL-5.2.1-2", "5.2.1", "Text.");
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/5-leadership/a.md", document("policy", "SMS-POL-5.2.1", "5.2.1", "Text."))
        .with(
            "content/5-leadership/b.md",
            changed(&draft, &[("status: approved", "status: draft")]),
        );
    let site = built(&repository);
    let html = String::from_utf8_lossy(&site["documents/a.html"]);
    let (_, entry) = html.split_once("<li><a href=\"b.html\">").expect("the tree lists it");
    let (entry, _) = entry.split_once("</li>").expect("it ends");
    assert!(entry.contains(&theme().words.get("mark.draft")), "{entry}");
}

#[test]
fn home_lists_drafts_and_nothing_that_is_retired() {
    let policy = |reference: &str, status: &str| {
        changed(&document("policy", reference, "5.2.1", "Text."), &[("status: approved", status)])
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/draft.md", policy("SMS-POL-5.2.1", "status: draft"))
        .with("content/archive/old.md", policy("SMS-POL-5.2.1-2", "status: retired"));
    let site = built(&repository);
    let html = String::from_utf8_lossy(&site["index.html"]);
    let (_, drafts) = html.split_once("id=\"cb-drafts\"").expect("it has the part");
    let (drafts, _) = drafts.split_once("</section>").expect("it ends");
    assert!(
        drafts.contains("documents/draft.html") && !drafts.contains("documents/old.html"),
        "{drafts}"
    );
}

#[test]
fn a_review_of_today_is_due_in_its_month_and_not_overdue() {
    let counts = |review: &str| {
        let policy = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.");
        let review = format!("review_date: {review}");
        let repository = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with("content/a.md", changed(&policy, &[("review_date: 2027-01-10", &review)]));
        let rows = rows(&built(&repository), "dashboard.html", "reviews");
        let [row] = &rows[..] else { panic!("{rows:?}") };
        let mut counts = row.split_whitespace().filter_map(|word| word.parse::<usize>().ok());
        (counts.next(), counts.next())
    };
    assert_eq!(counts(&TODAY.to_string()), (Some(0), Some(1)));
    let before = TODAY.yesterday().expect("there is one");
    assert_eq!(counts(&before.to_string()), (Some(1), Some(0)));
}
