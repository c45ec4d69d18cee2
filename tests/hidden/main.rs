//! The planted word: what a view may not see leaves no trace in anything that is built (contracts 6).
//!
//! Documents that are hidden, each time in another way, hold the word wherever a document can hold one. Shown ones
//! lead to them in every way there is, each from a page that is named by the way, so that a leak names itself.

#![expect(clippy::disallowed_methods, reason = "tests set up their own folders")]

mod leaks;
mod planted;
mod site;
mod told;
mod unread;

use clausebook::portal::View;
use clausebook::source::Memory;
use serde_json::Value;
use sha2::{Digest, Sha256};

use leaks::{Leaks, find};
use planted::{HIDINGS, PLANTED, WAYS, WORD};
use site::{ROLES, Site, built, document, everything, published, theme, written};

#[test]
fn in_memory_the_word_is_nowhere() {
    let mut leaks = Leaks::default();
    for hiding in &HIDINGS {
        leaks.look(hiding.name, &built(&hiding.repository(), &hiding.view()));
    }
    leaks.none();
}

#[test]
fn on_disk_the_word_is_nowhere() {
    let mut leaks = Leaks::default();
    for hiding in &HIDINGS {
        let repository = hiding.repository();
        let site = written(&repository, hiding.audience);
        assert!(site.contains_key("manifest.json") && site.contains_key("about.html"));
        leaks.look(hiding.name, &site);
        for (path, bytes) in repository.0.iter().filter(|(path, _)| path.contains(WORD)) {
            let hash = hex(&Sha256::digest(bytes));
            for (address, _) in find(&site, &hash) {
                leaks.add(hiding.name, format!("the hash of {path} in {address}"), String::new());
            }
        }
    }
    leaks.none();
}

#[test]
fn a_view_that_may_see_them_shows_the_word_everywhere() {
    for hiding in &HIDINGS {
        let site = built(&hiding.repository(), &everything(hiding.settings));
        let text = |address: &str| {
            let bytes = site.get(address).unwrap_or_else(|| panic!("{address} is there"));
            String::from_utf8_lossy(bytes).to_lowercase()
        };
        let mut pages = vec![
            "index.html",
            "documents/index.html",
            "documents/register.csv",
            "documents/register.json",
            "documents/quokka-file.html",
            "documents/quokka-register.html",
            "documents/policy.html",
            "folders/open.html",
            "folders/quokka-area.html",
            "roles/manager.html",
            "glossary.html",
            "plan/index.html",
            "checklists.html",
            "registers.html",
            "coverage.json",
            "clauses/index.html",
            "clauses/7.2.html",
            "clauses/8.5.1.1.html",
            "clauses/8.7.3.1.html",
            "SMS-POL-QUOKKA.html",
            "old/quokka.html",
            "diagrams/quokka-file/1.svg",
            "diagrams/quokka-file/1-dark.svg",
            "files/quokka-area/plain.pdf",
            "files/quokka-area/quokka-picture.png",
            "files/quokka-area/quokka-sheet.csv",
        ];
        if hiding.status == "approved" {
            pages.extend(["reviews.html", "reviews.json", "clauses/7.5.4.html"]);
        }
        for page in pages {
            assert!(text(page).contains(WORD), "{}: {page} holds the word", hiding.name);
        }
        let page = text("documents/quokka-file.html");
        for planted in PLANTED {
            assert!(page.contains(planted), "{}: `{planted}` is on its page", hiding.name);
        }
        for (way, _, _) in WAYS {
            assert!(
                text(&format!("documents/{way}.html")).contains(WORD),
                "{}: {way}",
                hiding.name
            );
        }
    }
}

#[test]
fn a_unit_that_only_a_hidden_document_covers_says_so() {
    let words = theme().words;
    assert_eq!(words.get("clause.not-shown"), "covered by a document not shown here");
    for hiding in &HIDINGS {
        let site = built(&hiding.repository(), &hiding.view());
        for unit in ["7.2", "8.5.1.1", "8.7.3.1"] {
            let counts = hiding.status == "approved";
            let key = if counts { "clause.not-shown" } else { "clause.not-shown-uncounted" };
            let page = String::from_utf8_lossy(&site[&format!("clauses/{unit}.html")]);
            assert!(page.contains(&words.get(key)), "{}: the page of {unit}", hiding.name);
            let json: Value = serde_json::from_slice(&site["coverage.json"]).expect("it is JSON");
            let units = json["units"].as_array().expect("it has units");
            let found = units.iter().find(|found| found["number"] == unit);
            let found = found.expect("it has the unit");
            let state = if counts { "covered" } else { "partial" };
            assert_eq!(found["state"], state, "{}: {unit}", hiding.name);
            let claim = &found["claims"][0];
            for key in ["reference", "path", "line", "section"] {
                assert!(claim[key].is_null(), "{}: {unit}: {claim}", hiding.name);
            }
            assert_eq!(claim["counts"], counts, "{}: {unit}", hiding.name);
        }
    }
}

#[test]
fn guidance_is_for_authors() {
    let text = "> [!guidance]\n> Quokka text [quokka](quokka.pdf) ![quokka](quokka.png) `quokka` <b>quokka</b>\n>\n> ## Quokka {clause=7.2}\n>\n\
        > > [!NOTE]\n> > Quokka.\n\n- > [!Guidance]\n  > Quokka.\n\n## Open\n\nText.";
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/quokka.pdf", "quokka")
        .with("content/quokka.png", "quokka")
        .with(
            "content/open.md",
            document("policy", "SMS-POL-5.2.1", "Open policy", "5.2.1", "approved", "", text),
        );
    let view = published("", None);
    let mut leaks = Leaks::default();
    leaks.look("published", &built(&repository, &view));
    leaks.none();
    let site = built(&repository, &View { guidance: true, ..view });
    assert!(String::from_utf8_lossy(&site["documents/open.html"]).contains("Quokka text"));
}

/// A name of two documents, one of which is hidden: an error, after which a build goes on with `--keep-going`.
#[test]
fn a_name_that_one_shown_document_goes_by_leads_to_it() {
    let hidden = "classification: restricted\naliases: Rules\n";
    let text = |name, text| (format!("content/{name}.md"), text);
    let documents = [
        text(
            "quokka",
            document("guide", "SMS-GDE-4.1", "Quokka", "4.1", "approved", hidden, "Quokka."),
        ),
        text(
            "rules",
            document("policy", "SMS-POL-5.2.1", "Rules", "5.2.1", "approved", "", "## Part\n\nA."),
        ),
        text(
            "way",
            document(
                "statement",
                "SMS-STM-4.1",
                "Way",
                "4.1",
                "approved",
                "",
                "See [[Rules]] and [[rules#part|a part]], not [[Rules#none]].",
            ),
        ),
    ];
    let mut repository = Memory::default().with("content/roles.yaml", ROLES);
    for (path, text) in documents {
        repository = repository.with(&path, text);
    }
    let mut leaks = Leaks::default();
    for site in [built(&repository, &published("", None)), written(&repository, None)] {
        leaks.look("a shared name", &site);
        let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
        let way = page("documents/way.html");
        assert!(way.contains("href=\"rules.html\"") && way.contains("rules.html#part"), "{way}");
        assert!(!way.contains("more than one document") && !way.contains("html#none"), "{way}");
        assert!(page("documents/rules.html").contains("href=\"way.html\""), "it is linked from");
    }
    leaks.none();
    let all = built(&repository, &everything(""));
    let way = String::from_utf8_lossy(&all["documents/way.html"]);
    assert!(way.contains("more than one document") && !way.contains("rules.html#part"), "{way}");
}

/// Two documents of one address, one reference and attachments that differ in letter case: an error, after which a
/// build goes on with `--keep-going`.
#[test]
fn what_is_hidden_takes_no_address_of_what_is_shown() {
    let hidden = |path: &str, files: Memory| {
        let more = "classification: restricted\n";
        let text = "Quokka. See [it](../open/Plan.pdf).";
        let text = document("policy", "SMS-POL-5.2.1", "Quokka", "5.2.1", "approved", more, text);
        files.with(path, text).with("content/open/Plan.pdf", "%PDF quokka")
    };
    let shown = document(
        "policy",
        "SMS-POL-5.2.1",
        "Open policy",
        "5.2.1",
        "approved",
        "",
        "All of it. See [it](plan.pdf).",
    );
    let alone = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/open/same.md", shown)
        .with("content/open/plan.pdf", "%PDF open");
    let view = published("", None);
    let expected = built(&alone, &view);
    // Before the shown one by path, and behind it.
    for path in ["content/a/same.md", "content/z/same.md"] {
        let repository = hidden(path, alone.clone());
        let mut leaks = Leaks::default();
        for site in [built(&repository, &view), written(&repository, None)] {
            leaks.look(path, &site);
            for address in ["documents/same.html", "SMS-POL-5.2.1.html", "files/open/plan.pdf"] {
                assert!(site.contains_key(address), "{path}: {address}");
            }
            let page = String::from_utf8_lossy(&site["documents/same.html"]);
            assert!(page.contains("All of it.") && page.contains("files/open/plan.pdf"), "{page}");
            let about = String::from_utf8_lossy(&site["about.html"]);
            assert!(!about.contains("same.md"), "nothing was left out for it: {about}");
        }
        leaks.none();
        let site = built(&repository, &view);
        let names = |site: &Site| site.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&site), names(&expected));
        let all = built(&repository, &everything(""));
        let first = if path < "content/open" { "Quokka" } else { "All of it." };
        let page = String::from_utf8_lossy(&all["documents/same.html"]);
        assert!(page.contains(first), "of two that are seen the first by path keeps it");
        assert!(all.contains_key("files/open/plan-2.pdf"));
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

#[test]
fn the_logo_is_everybodys() {
    let more = "classification: confidential\n";
    let body = "![The sign](sign.svg)";
    let hidden = document("guide", "SMS-GDE-8.7.3", "Hidden", "8.7.3", "approved", more, body);
    let repository = Memory::default()
        .with("clausebook.toml", "[brand]\nlogo = \"sign.svg\"\n")
        .with("content/roles.yaml", ROLES)
        .with("content/hidden.md", hidden)
        .with(
            "content/sign.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>",
        );
    let site = built(&repository, &published("", None));
    assert!(site.contains_key("files/sign.svg") && !site.contains_key("documents/hidden.html"));
    let home = String::from_utf8_lossy(&site["index.html"]);
    assert!(home.contains("src=\"files/sign.svg\""), "{home}");
}

#[test]
fn links_behind_guidance_lead_where_they_do_without_it() {
    let body = "> [!GUIDANCE]\n> See [one](b.md) and <a href=\"b.md\">one</a>.\n\n[Two](c.md)\n\n<p><a href=\"d.md\">Three</a></p>";
    let of = |n: &str, body: &str| {
        document(
            "guide",
            &format!("SMS-GDE-8.7.2{n}"),
            &format!("Guide{n}"),
            "8.7.2",
            "approved",
            "",
            body,
        )
    };
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/a.md", of("", body))
        .with("content/b.md", of("-2", "Text."))
        .with("content/c.md", of("-3", "Text."))
        .with("content/d.md", of("-4", "Text."));
    for guidance in [false, true] {
        let site = built(&repository, &View { guidance, ..published("", None) });
        let html = String::from_utf8_lossy(&site["documents/a.html"]);
        for (text, href) in [("Two", "c.html"), ("Three", "d.html")] {
            let link = html.split("<a").find(|link| link.contains(&format!(">{text}<")));
            assert!(
                link.is_some_and(|link| link.contains(&format!("href=\"{href}\""))),
                "{link:?}"
            );
        }
    }
}
