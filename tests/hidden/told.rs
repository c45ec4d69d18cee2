//! What is told of shown documents, clauses and mistakes: nothing of it follows from hidden ones.

use clausebook::portal::View;
use clausebook::source::Memory;
use serde_json::Value;

use crate::planted::HIDINGS;
use crate::site::{ROLES, Site, built, document, everything, published, theme};

#[test]
fn what_a_link_into_a_hidden_document_could_be_meant_for_is_not_told() {
    let text = "See [there](secret.md#uokka-shelter), [[Quokka-]] and [its rules](Secret.md).";
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with(
            "content/secret.md",
            document(
                "policy",
                "SMS-POL-5.2.1-2",
                "Zebra policy",
                "5.2.1",
                "approved",
                "classification: restricted\naliases: Quokka\n",
                "## Quokka shelter\n\nText.",
            ),
        )
        .with(
            "content/open.md",
            document("policy", "SMS-POL-5.2.1", "Open policy", "5.2.1", "approved", "", text),
        );
    let findings = |site: &Site| String::from_utf8_lossy(&site["serve/findings"]).into_owned();
    let site = built(&repository, &published("", None));
    let told = findings(&site).to_lowercase().replace("`quokka-`", "");
    assert!(!told.contains("quokka") && !told.contains("secret"), "{told}");
    // Whoever may see it is helped.
    let told = findings(&built(&repository, &everything("")));
    assert!(told.contains("did you mean `quokka-shelter`?"), "{told}");
}

#[test]
fn a_finding_does_not_tell_of_a_hidden_document() {
    let more = "classification: confidential\ndata: Quokka-Rows.csv\ncolumns: { kind: text }\naliases: Quokka charter\n";
    let hidden = document(
        "register",
        "SMS-REG-QUOKKA",
        "Quokka register",
        "8.7.3",
        "approved",
        more,
        "![The map](Quokka-Map.png)",
    );
    let shown = |reference: &str, title: &str, more: &str, body: &str| {
        document("register", reference, title, "8.7.1", "approved", more, body)
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/a-quokka.md", hidden)
        .with("content/Quokka-Rows.csv", "kind\nText\n")
        // What could be meant is hidden: in a link, in the front matter, and in other letter case.
        .with(
            "content/b.md",
            shown("SMS-REG-8.7.1", "Near", "related: SMS-REG-QUOKA\n", "[[Quoka register]]"),
        )
        .with("content/c.md", shown("SMS-REG-8.7.1-2", "Case", "", "[rows](quokka-rows.csv)"))
        // Files that only what is hidden leads to, or nothing.
        .with("content/Quokka-Map.png", b"\x89PNG\r\n\x1a\n")
        .with("content/Quokka-Plan.pdf", "%PDF-")
        .with(
            "content/e.md",
            shown("SMS-REG-8.7.1-4", "Files", "", "![map](quoka-map.png) [plan](quoka-plan.pdf)"),
        )
        // Of two that share a title one is hidden.
        .with("content/d.md", shown("SMS-REG-8.7.1-3", "Quokka register", "", "Text."));
    let site = built(&repository, &published("[reference]\npattern = false\n", None));
    let told = String::from_utf8_lossy(&site["serve/findings"]).into_owned();
    for typed in
        ["SMS-REG-QUOKA", "Quoka register", "content/quoka-map.png", "content/quoka-plan.pdf"]
    {
        assert!(told.contains(&format!("`{typed}`")), "what is wrong is told: {told}");
    }
    // The one that is shown has that title, too.
    let near = "did you mean `Quokka register`?";
    assert_eq!(told.matches(near).count(), 1, "{told}");
    let told = told.replace(near, "");
    for hidden in ["QUOKKA", "Quokka", "a-quokka", "duplicate-title"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
}

#[test]
fn no_finding_follows_from_a_hidden_document() {
    let policy = |reference: &str, status: &str, more: &str| {
        document("policy", reference, reference, "5.2.1", status, more, "Text.")
    };
    let columns = "data: services.csv\ncolumns: { service: text, owner: role, sla: reference }\n";
    let catalogue = || {
        document("catalogue", "SMS-CAT-8.2.4", "Services", "8.2.4", "approved", columns, "Text.")
    };
    let services = "service,owner,sla\nMail,manager,SMS-AGR-8.3.3\n";
    // What is shown, the hidden document, and the rule that tells of it to those who may see it.
    let ways = [
        (
            "process",
            "governed_by: SMS-POL-5.2.1\n",
            policy("SMS-POL-5.2.1", "approved", ""),
            ["retired", "missing-layer"],
        ),
        ("agreement", "", catalogue(), ["draft", "draft-agreement"]),
        ("agreement", "", catalogue(), ["retired", "service-agreement"]),
        (
            "agreement",
            "",
            policy("SMS-POL-5.2.1", "retired", "replaced_by: SMS-AGR-8.3.3\n"),
            ["draft", "successor"],
        ),
        (
            "policy",
            "governed_by: SMS-POL-5.2.1\n",
            policy("SMS-POL-5.2.1", "approved", "governed_by: SMS-AGR-8.3.3\n"),
            ["draft", "hierarchy-cycle"],
        ),
        (
            "agreement",
            "",
            document(
                "process",
                "SMS-PRC-8.7.3",
                "P",
                "8.7.3",
                "approved",
                "governed_by: SMS-AGR-8.3.3\n",
                "Text.",
            ),
            ["draft", "hierarchy-kind"],
        ),
        ("policy", "", policy("SMS-POL-5.2.1", "approved", ""), ["draft", "term-defined"]),
    ];
    for (kind, more, shown, [status, rule]) in ways {
        let repository = |status: &str| {
            let more = format!("classification: confidential\n{more}");
            let hidden = document(kind, "SMS-AGR-8.3.3", "Hidden", "8.3.3", status, &more, "Text.");
            let other = "governed_by: SMS-POL-6.1\n";
            let other =
                document("process", "SMS-PRC-8.6.3", "Other", "8.6.3", "approved", other, "Text.");
            Memory::default()
                .with("clausebook.toml", "[terms]\ndefined = [\"cutover\"]\n")
                .with("content/roles.yaml", ROLES)
                .with(
                    "content/glossary.yaml",
                    "- { term: cutover, definition: The hour., document: SMS-AGR-8.3.3 }\n",
                )
                .with("content/services.csv", services)
                .with("content/other.md", other)
                .with("content/hidden.md", hidden)
                .with("content/shown.md", shown.clone())
        };
        let told = |site: &Site| String::from_utf8_lossy(&site["serve/findings"]).contains(rule);
        let settings = "[terms]\ndefined = [\"cutover\"]\n";
        assert!(told(&built(&repository(status), &everything(settings))), "{rule} is told");
        let site = |status: &str| built(&repository(status), &published(settings, None));
        assert!(!told(&site(status)), "{rule} tells of what is hidden");
        nothing_tells_of_the_status(site);
    }
}

#[test]
fn an_error_that_follows_from_a_hidden_document_is_not_counted_for_others() {
    let twin = |reference: &str, more: &str| {
        document("policy", reference, "One title", "5.2.1", "approved", more, "Text.")
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/a-hidden.md", twin("SMS-POL-5.2.1", "classification: confidential\n"))
        .with("content/shown.md", twin("SMS-POL-5.2.1-2", ""));
    let claim = |site: &Site| {
        let json: Value = serde_json::from_slice(&site["coverage.json"]).expect("it is JSON");
        let units = json["units"].as_array().expect("it has units");
        let unit = units.iter().find(|unit| unit["number"] == "5.2.1").expect("it has the unit");
        let claims = unit["claims"].as_array().expect("it has claims");
        let shown = claims.iter().find(|claim| claim["reference"] == "SMS-POL-5.2.1-2");
        shown.expect("it is there").clone()
    };
    let all = built(&repository, &everything(""));
    assert_eq!(claim(&all)["reason"], "errors");
    let site = built(&repository, &published("", None));
    assert_eq!(claim(&site)["reason"], "error-not-shown");
    let page = String::from_utf8_lossy(&site["clauses/5.2.1.html"]);
    assert!(page.contains("it has an error that is not shown here"), "{page}");
}

#[test]
fn what_shown_documents_have_in_common_is_told_whatever_a_hidden_one_has() {
    let of = |path: &str, more: &str| {
        let text = format!("The text of {path}.");
        let text =
            document("policy", "SMS-POL-5.2.1", "Shared name", "5.2.1", "approved", more, &text);
        (format!("content/{path}.md"), text)
    };
    let mut repository = Memory::default().with("content/roles.yaml", ROLES).with(
        "content/open.md",
        document(
            "policy",
            "SMS-POL-5.2.2",
            "Open",
            "5.2.2",
            "approved",
            "",
            "See [[Shared name]].",
        ),
    );
    for (path, text) in
        [of("a-hidden", "classification: restricted\n"), of("b", ""), of("c", ""), of("d", "")]
    {
        repository = repository.with(&path, text);
    }
    let site = built(&repository, &published("", None));
    let told = String::from_utf8_lossy(&site["serve/findings"]).into_owned();
    for expected in [
        "duplicate-reference content/c.md: `SMS-POL-5.2.1` is the reference of `content/b.md` too",
        "duplicate-reference content/d.md: `SMS-POL-5.2.1` is the reference of `content/b.md` too",
        "duplicate-title content/c.md: `content/b.md` is a policy of that title too",
        "dead-link content/open.md: more than one document goes by that name",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert!(!told.contains("hidden"), "{told}");
    assert!(!told.contains("duplicate-reference content/b.md"), "{told}");
    // Two are told of none, when the other one is hidden.
    repository.0.remove("content/c.md");
    repository.0.remove("content/d.md");
    let site = built(&repository, &published("", None));
    let told = String::from_utf8_lossy(&site["serve/findings"]).into_owned();
    assert!(!told.contains("duplicate") && !told.contains("hidden"), "{told}");
}

#[test]
fn names_of_folders_and_files_of_hidden_documents_are_not_told() {
    let secret = |reference: &str, more: &str, text: &str| {
        let more = format!("classification: restricted\n{more}");
        document("policy", reference, "Quokka policy", "5.2.1", "approved", &more, text)
    };
    let shown = |reference: &str, text: &str| {
        document("policy", reference, "Open policy", "5.2.1", "approved", "", text)
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/Quokka Area/secret.md", secret("SMS-POL-5.2.1-2", "", "![x](quokka.png)"))
        .with("content/Quokka Area/quokka.png", "pixels")
        .with(
            "content/quokka-area/open.md",
            shown("SMS-POL-5.2.1", "![x](../Quokka%20Area/QUOKKA.png)"),
        );
    let told = |view: &View| {
        String::from_utf8_lossy(&built(&repository, view)["serve/findings"]).into_owned()
    };
    let site = told(&published("", None));
    assert!(!site.contains("Quokka Area") && !site.contains("quokka.png"), "{site}");
    let all = told(&everything(""));
    assert!(all.contains("the folder `quokka-area` has the page of `Quokka Area`"), "{all}");
    assert!(all.contains("is called `content/Quokka Area/quokka.png`"), "{all}");
}

#[test]
fn a_data_file_that_is_shown_is_shown_whoever_else_has_it() {
    let register = |reference: &str, title: &str, more: &str| {
        let more = format!("data: kinds.csv\ncolumns: {{ kind: text, owner: role }}\n{more}");
        document("register", reference, title, "7.5.4", "approved", &more, "Text.")
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/kinds.csv", "kind,owner\nMinutes,nobody\n")
        .with("content/a.md", register("SMS-REG-7.5.4", "Kinds", "classification: restricted\n"))
        .with("content/b.md", register("SMS-REG-7.5.4-2", "Other kinds", ""));
    let site = built(&repository, &published("", None));
    let told = String::from_utf8_lossy(&site["serve/findings"]);
    assert!(told.contains("kinds.csv") && told.contains("`nobody`"), "{told}");
}

#[test]
fn a_portal_for_a_role_holds_what_is_meant_for_its_groups() {
    let of = |reference: &str, title: &str, audience: &str| {
        let more = format!("audience: {audience}\n");
        document("policy", reference, title, "5.2.1", "approved", &more, "Text.")
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/id.md", of("SMS-POL-1", "By id", "manager"))
        .with("content/title.md", of("SMS-POL-2", "By title", "Manager"))
        .with("content/group.md", of("SMS-POL-3", "By group", "Staff"))
        .with("content/other.md", of("SMS-POL-4", "For others", "sponsor"));
    let holds = |group: &str| {
        let site = built(&repository, &published("", Some(group)));
        ["id", "title", "group", "other"]
            .map(|page| site.contains_key(&format!("documents/{page}.html")))
    };
    assert_eq!(holds("manager"), [true, true, true, false]);
    assert_eq!(holds("Manager"), [true, true, true, false]);
    // Who belongs to a group need not have the role.
    assert_eq!(holds("staff"), [false, false, true, false]);
}

#[test]
fn errors_of_rows_that_cannot_be_read_are_told_whatever_is_hidden() {
    let columns = "data: kinds.csv\ncolumns: { kind: text }\n";
    let register =
        document("register", "SMS-REG-7.5.4", "Kinds", "7.5.4", "approved", columns, "Text.");
    let more = "classification: confidential\n";
    let hidden = document("policy", "SMS-POL-5.2.1", "Hidden", "5.2.1", "approved", more, "Text.");
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/kinds.csv", "kind;place\nMinutes;Store\n")
        .with("content/register.md", register)
        .with("content/hidden.md", hidden);
    let site = built(&repository, &published("", None));
    let page = String::from_utf8_lossy(&site["clauses/7.5.4.html"]);
    assert!(!page.contains("it has an error that is not shown here"), "{page}");
    let told = String::from_utf8_lossy(&site["serve/findings"]);
    assert!(told.contains("kinds.csv"), "{told}");
    let json: Value = serde_json::from_slice(&site["coverage.json"]).expect("it is JSON");
    let units = json["units"].as_array().expect("it has units");
    let unit = units.iter().find(|unit| unit["number"] == "7.5.4").expect("it has the unit");
    assert_eq!(unit["claims"][0]["reason"], "errors", "{unit}");
}

#[test]
fn why_a_hidden_document_does_not_count_is_not_told() {
    let secret = document("policy", "SMS-POL-8.5.1", "Secret", "8.5.1.1", "approved", "", "")
        .replace("classification:", "was:");
    let secret =
        secret.replacen("---\n", "---\nclassification: restricted\nreview_date: 2026-03-03\n", 1);
    let repository =
        Memory::default().with("content/roles.yaml", ROLES).with("content/secret.md", secret);
    let page = |view: &View| {
        String::from_utf8_lossy(&built(&repository, view)["clauses/8.5.1.1.html"]).into_owned()
    };
    let hidden = page(&published("", None));
    assert!(!hidden.contains("March 2026"), "{hidden}");
    assert_eq!(hidden.matches(&theme().words.get("clause.not-shown-uncounted")).count(), 1);
    assert!(page(&everything("")).contains("3 March 2026"), "who may see it is told why");
}

#[test]
fn what_is_told_of_a_unit_does_not_change_with_why_a_hidden_document_does_not_count() {
    let site = |status: &str| {
        let more = "classification: confidential\n";
        let hidden = document("policy", "SMS-POL-4.4", "Hidden", "4.4", status, more, "Text.");
        let shown = document("form", "SMS-FRM-4.4", "Shown", "4.4", "draft", "", "Text.");
        let repository = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with("content/hidden.md", hidden)
            .with("content/shown.md", shown);
        built(&repository, &published("", None))
    };
    let json: Value = serde_json::from_slice(&site("draft")["coverage.json"]).expect("it is JSON");
    let units = json["units"].as_array().expect("it has units");
    let unit = units.iter().find(|unit| unit["number"] == "4.4").expect("it has the unit");
    assert_eq!(unit["reasons"][0]["because"], serde_json::json!(["not-shown"]), "{unit}");
    nothing_tells_of_the_status(site);
}

#[test]
fn what_is_told_of_a_point_does_not_change_with_why_a_hidden_document_does_not_count() {
    // A point of 7.5.4 asks for the policy of 5.2.1.
    let site = |status: &str| {
        let more = "classification: confidential\n";
        let hidden = document("policy", "SMS-POL-5.2.1", "Hidden", "5.2.1", status, more, "Text.");
        let repository =
            Memory::default().with("content/roles.yaml", ROLES).with("content/hidden.md", hidden);
        built(&repository, &published("", None))
    };
    let json: Value = serde_json::from_slice(&site("draft")["coverage.json"]).expect("it is JSON");
    let units = json["units"].as_array().expect("it has units");
    let unit = units.iter().find(|unit| unit["number"] == "7.5.4").expect("it has the unit");
    let because: Vec<&Value> =
        unit["reasons"].as_array().expect("some").iter().map(|reason| &reason["because"]).collect();
    assert!(because.contains(&&serde_json::json!(["not-shown"])), "{unit}");
    nothing_tells_of_the_status(site);
}

#[test]
fn a_relation_does_not_tell_whether_what_it_names_is_retired() {
    for key in ["governed_by", "related"] {
        nothing_tells_of_the_status(|status| {
            let more = "classification: confidential\n";
            let hidden =
                document("policy", "SMS-POL-5.2.1", "Hidden", "5.2.1", status, more, "Text.");
            let more = format!("{key}: SMS-POL-5.2.1\n");
            let shown =
                document("process", "SMS-PRC-8.7.3", "Shown", "8.7.3", "approved", &more, "Text.");
            let repository = Memory::default()
                .with("content/roles.yaml", ROLES)
                .with("content/hidden.md", hidden)
                .with("content/shown.md", shown);
            built(&repository, &published("", None))
        });
    }
}

#[test]
fn what_a_hidden_document_proves_is_not_told_as_unproven() {
    for hiding in &HIDINGS {
        let site = built(&hiding.repository(), &hiding.view());
        for (page, state) in [("plan/index.html", "done"), ("checklists.html", "yes")] {
            let html = String::from_utf8_lossy(&site[page]);
            let unproven = html.contains(&format!("<span>{state}, unproven</span>"));
            let proven = html.contains(&format!("<span>{state}</span>"));
            let stands = hiding.status == "approved";
            assert_eq!((proven, unproven), (stands, !stands), "{}: {page}", hiding.name);
            assert!(html.contains("a document not shown here"), "{}: {page}", hiding.name);
        }
    }
}

/// Differences between what is built while a hidden document is a draft, in review and retired: there is to be none.
#[track_caller]
fn nothing_tells_of_the_status(site: impl Fn(&str) -> Site) {
    let draft = site("draft");
    for other in ["in-review", "retired"].map(site) {
        let differing: Vec<&String> = draft
            .iter()
            .filter(|(name, bytes)| other[*name] != **bytes)
            .map(|(name, _)| name)
            .collect();
        assert!(differing.is_empty(), "{differing:?}");
    }
}
