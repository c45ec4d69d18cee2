//! The planted word: what a view may not see leaves no trace in anything that is built (contracts 6).
//!
//! Documents that are hidden, each time in another way, hold the word wherever a document can hold one. Shown ones
//! lead to them in every way there is, each from a page that is named by the way, so that a leak names itself.

#![expect(clippy::disallowed_methods, reason = "tests set up their own folders")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use clausebook::config::Config;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::render::Templates;
use clausebook::search;
use clausebook::source::Memory;
use clausebook::theme::Theme;
use clausebook::wording::Wording;
use jiff::civil::{Date, date};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const TODAY: Date = date(2026, 12, 1);

const ROLES: &str =
    "- { id: manager, title: Manager, groups: [staff] }\n- { id: sponsor, title: Sponsor }\n";

/// The planted word, in lower case.
const WORD: &str = "quokka";

/// All files of a site by address.
type Site = BTreeMap<String, Vec<u8>>;

/// A way of hiding documents.
struct Hiding {
    name: &'static str,
    settings: &'static str,
    audience: Option<&'static str>,
    /// The status of the hidden documents.
    status: &'static str,
    /// The line of their front matter that hides them.
    mark: &'static str,
    /// A line of the front matter of the shown ones.
    shown: &'static str,
}

const HIDINGS: [Hiding; 7] = [
    Hiding { name: "above what is published", mark: "classification: restricted\n", ..PLAIN },
    Hiding { name: "an unknown label", mark: "classification: quokka-secret\n", ..PLAIN },
    Hiding {
        name: "the default label",
        settings: "[build]\npublish_up_to = \"public\"\n",
        shown: "classification: public\n",
        ..PLAIN
    },
    Hiding { name: "a draft", settings: "[build]\ndrafts = false\n", status: "draft", ..PLAIN },
    Hiding {
        name: "in review",
        settings: "[build]\ndrafts = false\n",
        status: "in-review",
        ..PLAIN
    },
    Hiding {
        name: "of another audience",
        audience: Some("staff"),
        mark: "audience: [quokka-keepers]\n",
        ..PLAIN
    },
    Hiding {
        name: "of another audience, shown ones of this",
        audience: Some("staff"),
        mark: "audience: [quokka-keepers, board]\n",
        shown: "audience: [board, staff]\n",
        ..PLAIN
    },
];

const PLAIN: Hiding =
    Hiding { name: "", settings: "", audience: None, status: "approved", mark: "", shown: "" };

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

/// Front matter that is broken and names the label all the same, or a label that cannot be read: the whole file is
/// hidden, whatever of it could be read.
const BROKEN: [(&str, &str); 21] = [
    ("unclosed", "---\ntitle: Quokka\nclassification: restricted\n\n"),
    ("unclosed-in-capitals", "---\nTitle: Quokka\nClassification: Restricted\n\n"),
    ("unclosed-behind-a-mark", "\u{feff}---\ntitle: Quokka\nclassification: restricted\n\n"),
    (
        "unclosed-with-a-misleading-title",
        "---\ntitle: The classification: public\nclassification: restricted\n\n",
    ),
    ("flow", "---\n{ title: Quokka, classification: restricted }\n---\n\n"),
    ("flow-in-quotes", "---\n{\"title\": \"Quokka\", \"classification\": \"restricted\"}\n---\n\n"),
    ("below-an-empty-line", "\n---\ntitle: Quokka\nclassification: restricted\n---\n\n"),
    ("toml-without-quotes", "+++\ntitle = Quokka\nclassification = \"restricted\"\n+++\n\n"),
    (
        "toml-twice",
        "+++\ntitle = \"Q\"\ntitle = \"Quokka\"\nclassification = 'restricted'\n+++\n\n",
    ),
    (
        "label-twice",
        "---\ntitle: Quokka\nclassification: internal\nclassification: restricted\n---\n\n",
    ),
    ("label-by-anchor", "---\ntitle: Quokka\nclassification: &label restricted\n---\n\n"),
    ("label-unclosed", "---\ntitle: Quokka\nclassification: [restricted\n---\n\n"),
    ("label-a-list", "---\ntitle: Quokka\nclassification: [restricted]\n---\n\n"),
    ("label-a-map", "---\ntitle: Quokka\nclassification: { restricted: true }\n---\n\n"),
    ("label-empty", "---\ntitle: Quokka\nclassification:\n---\n\n"),
    ("label-with-more", "---\ntitle: Quokka\nsecurity_classification: restricted\n---\n\n"),
    ("label-in-words", "---\ntitle: Quokka\nClassification Level: restricted\n---\n\n"),
    ("label-indented", "---\ntitle: Quokka\n classification: restricted\n---\n\n"),
    ("label-within", "---\ntitle: Quokka\norigin:\n  classification: restricted\n---\n\n"),
    (
        "label-of-a-change",
        "---\ntitle: Quokka\nchanges:\n  - version: 1.0\n    classification: restricted\n---\n\n",
    ),
    (
        "label-in-a-table",
        "+++\ntitle = \"Quokka\"\n[extra]\nclassification = \"restricted\"\n+++\n\n",
    ),
];

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

#[test]
fn broken_front_matter_that_names_a_label_hides_the_file() {
    let repository = broken_repository(&BROKEN);
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published("", None)));
    leaks.look("on disk", &written(&repository, None));
    leaks.none();
    let site = built(&repository, &everything(""));
    for (name, _) in BROKEN {
        let page =
            String::from_utf8_lossy(&site[&format!("documents/quokka-{name}.html")]).to_lowercase();
        assert!(page.contains("quokka text"), "{name} is shown to who may see it");
    }
    let page =
        String::from_utf8_lossy(&built(&repository, &published("", None))["clauses/8.5.1.1.html"])
            .into_owned();
    assert!(page.contains(&theme().words.get("clause.not-shown-uncounted")));
}

#[test]
fn a_file_that_is_not_utf8_and_names_a_label_is_not_listed() {
    let text = "---\ntitle: Quokka\nclassification: restricted\n---\n\nQuokka text.\n";
    let latin_1 = [text.as_bytes(), b"\xe4\n"].concat();
    let utf_16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let no_mark: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let repository = broken_repository(&[])
        .with("content/quokka-markless.md", no_mark)
        .with("content/quokka-latin.md", latin_1)
        .with("content/quokka-wide.md", utf_16);
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published("", None)));
    leaks.none();
    let about =
        String::from_utf8_lossy(&built(&repository, &everything(""))["about.html"]).into_owned();
    for name in ["latin", "wide", "markless"] {
        assert!(about.contains(&format!("quokka-{name}.md")), "{about}");
    }
}

#[test]
fn a_file_that_is_too_large_and_names_a_label_is_not_listed() {
    let beginning = "---\ntitle: Quokka\nclassification: restricted\n---\n\n";
    let settings = "[build]\nmax_file_mb = 1\n";
    let repository = broken_repository(&[])
        .with("clausebook.toml", settings)
        .with("content/quokka-long.md", format!("{beginning}{}", "Quokka text.\n".repeat(100_000)));
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published(settings, None)));
    leaks.none();
    let site = built(&repository, &everything(settings));
    let about = String::from_utf8_lossy(&site["about.html"]);
    assert!(about.contains("quokka-long.md"), "{about}");
}

/// Audiences that cannot be read, and front matter that cannot: a portal made for a group holds none of them.
const UNREAD_AUDIENCE: [(&str, &str); 8] = [
    ("empty", "---\ntitle: Quokka\naudience:\n---\n\n"),
    ("within", "---\ntitle: Quokka\norigin:\n  audience: board\n---\n\n"),
    ("unclosed", "---\ntitle: Quokka\naudience: [board\n---\n\n"),
    ("a-map", "---\ntitle: Quokka\naudience: { board: true }\n---\n\n"),
    ("by-anchor", "---\ntitle: Quokka\naudience: &who [board]\n---\n\n"),
    ("twice", "---\ntitle: Quokka\naudience: staff\naudience: board\n---\n\n"),
    ("without-end", "---\ntitle: Quokka\naudience: board\n\n"),
    ("without-front-matter", "# Quokka\n\n"),
];

#[test]
fn a_portal_for_a_group_holds_nothing_whose_audience_is_not_known() {
    let not_utf8 = [b"# Quokka ".as_slice(), &[0xff], b"\n"].concat();
    let repository =
        broken_repository(&UNREAD_AUDIENCE).with("content/quokka-area/quokka-bytes.md", not_utf8);
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published("", Some("staff"))));
    leaks.look("on disk", &written(&repository, Some("staff")));
    leaks.none();
    let site = built(&repository, &published("", None));
    assert!(site.contains_key("documents/quokka-empty.html"), "everyone's portal holds them");
    assert!(String::from_utf8_lossy(&site["about.html"]).contains("quokka-bytes.md"));
}

/// A hidden document that holds the word.
struct Planted {
    name: &'static str,
    document_type: &'static str,
    reference: &'static str,
    title: &'static str,
    clause: &'static str,
    /// Lines of front matter.
    more: &'static str,
    text: &'static str,
}

const DOCUMENTS: [Planted; 6] = [
    Planted {
        name: "quokka-area/quokka-file",
        document_type: "policy",
        reference: "SMS-POL-QUOKKA",
        title: "Quokka rules",
        clause: "8.5.1.1",
        more: "\
aliases: [Quokka alias, Quokka twins]
keywords: [quokka]
found_by: [how to quokka]
old_paths: [old/quokka.html]
retention: quokka years
origin: { issuer: Quokka issuer, version: quokka 1 }
related: SMS-POL-5.2.1
",
        text: "\
## Quokka heading {#quokka-heading clause=8.7.3.1}

Quokka text. See [[SMS-POL-5.2.1]].

![Quokka alt](quokka-picture.png \"Quokka tip\") and [Quokka sheet](quokka-sheet.csv) and [more](plain.pdf).

```text
quokka code
```

```mermaid
flowchart TD
  quokka --> step
```

> [!NOTE]
> Quokka note[^quokka].

[^quokka]: Quokka foot.
",
    },
    Planted {
        name: "open/quokka-register",
        document_type: "register",
        reference: "SMS-REG-QUOKKA",
        title: "Quokka register",
        clause: "7.5.2",
        more: "data: quokka-rows.csv\ncolumns: { kind: text, quokka: text, clause: clause, place: text, retention: text, owner: role }\n",
        text: "Quokka.",
    },
    // Findings of many rules, in the text and in the rows.
    Planted {
        name: "open/quokka-wrong",
        document_type: "register",
        reference: "SMS-REG-QUOKKA-2",
        title: "Quokka wrongs",
        clause: "7.5.2",
        more: "quokka_key: quokka\naliases: Quokka twins\ndata: quokka-wrong.csv\ncolumns: { quokka: date, owner: role, document: reference }\n",
        text: "TBC [quokka](quokka-nowhere.md) {{ quokka }} [[Quokka nobody]] ![quokka](https://quokka.example/a.png)",
    },
    Planted {
        name: "quokka-area/quokka-process",
        document_type: "process",
        reference: "SMS-PRC-QUOKKA",
        title: "Quokka process",
        clause: "8.2.1",
        more: "governed_by: SMS-STM-IN-A-LOOP\n",
        text: "Quokka.",
    },
    Planted {
        name: "quokka-area/quokka-of-old",
        document_type: "statement",
        reference: "SMS-STM-QUOKKA",
        title: "Quokka of old",
        clause: "4.1",
        more: "",
        text: "Quokka.",
    },
    // It comes before every shown document, and links to one.
    Planted {
        name: "1-quokka/quokka-first",
        document_type: "guide",
        reference: "SMS-GDE-QUOKKA",
        title: "Quokka guide",
        clause: "7.6",
        more: "",
        text: "See [[SMS-POL-5.2.1]] and [[Open register]].",
    },
];

const FILES: [(&str, &[u8]); 5] = [
    ("open/quokka-rows.csv", b"kind,quokka,clause,place,retention,owner\nQuokka training,quokka,7.2,Quokka store,3 years,manager\n"),
    ("open/quokka-wrong.csv", b"quokka,owner,document\nquokka,quokka,quokka\n"),
    ("quokka-area/quokka-picture.png", b"\x89PNG\r\n quokka"),
    ("quokka-area/quokka-sheet.csv", b"quokka,1\n"),
    ("quokka-area/plain.pdf", b"%PDF quokka"),
];

/// What is on the page of a hidden document for who may see it, in lower case.
const PLANTED: [&str; 12] = [
    "quokka rules",
    "sms-pol-quokka",
    "quokka alias",
    "quokka heading",
    "quokka text",
    "quokka alt",
    "quokka sheet",
    "quokka summary",
    "quokka years",
    "quokka issuer",
    "quokka code",
    "quokka-picture.png",
];

/// The ways in which shown documents lead to hidden ones: name, lines of front matter, text.
const WAYS: [(&str, &str, &str); 25] = [
    ("wiki-link-by-reference", "", "See [[SMS-POL-QUOKKA]]."),
    ("wiki-link-by-title", "", "See [[Quokka rules]]."),
    ("wiki-link-by-alias", "", "See [[quokka ALIAS]]."),
    ("wiki-link-with-words", "related: SMS-POL-QUOKKA\n", "See [[SMS-POL-QUOKKA|these words]]."),
    ("wiki-link-to-a-section", "", "See [[SMS-POL-QUOKKA#quokka-heading]]."),
    ("wiki-link-to-no-section", "", "See [[SMS-POL-QUOKKA#nowhere]]."),
    ("wiki-link-to-one-of-two", "", "See [[Quokka twins]]."),
    (
        "wiki-link-in-a-table",
        "",
        "| A |\n| --- |\n| [[SMS-POL-QUOKKA\\|these words]] |\n| [[SMS-POL-QUOKKA]] |",
    ),
    ("wiki-link-in-a-heading", "", "## About [[SMS-POL-QUOKKA]]\n\nText."),
    ("wiki-link-in-a-passage", "", "## Scope {clause=6.2.1}\n\nAs [[SMS-POL-QUOKKA]] says."),
    ("wiki-link-in-a-note", "", "Text[^1].\n\n[^1]: See [[SMS-POL-QUOKKA]]."),
    ("wiki-link-in-emphasis", "", "See *the [[SMS-POL-QUOKKA]]*."),
    ("link-to-the-file", "", "See [these words](../quokka-area/quokka-file.md \"this title\")."),
    ("link-to-a-section", "", "See [these words](../quokka-area/quokka-file.md#quokka-heading)."),
    ("link-to-no-section", "", "See [these words](../quokka-area/quokka-file.md#nowhere)."),
    ("link-from-the-top", "", "See [these words](/quokka-area/quokka-file.md)."),
    (
        "link-by-a-definition",
        "",
        "See [these words].\n\n[these words]: ../quokka-area/quokka-file.md",
    ),
    ("link-in-another-letter-case", "", "See [these words](../Quokka-Area/quokka-file.md)."),
    ("link-to-the-rows", "", "See [these words](quokka-rows.csv)."),
    ("link-by-html", "", "See <a href=\"../quokka-area/quokka-file.md\">these words</a>."),
    ("image-of-it", "related: SMS-POL-QUOKKA\n", "![these words](../quokka-area/quokka-file.md)"),
    ("governed-by-it", "governed_by: SMS-POL-QUOKKA\n", "Text."),
    ("in-a-loop", "governed_by: SMS-PRC-QUOKKA\n", "Text."),
    ("retired-link", "", "See [these words](../quokka-area/quokka-of-old.md)."),
    ("replaced-by-it", "replaced_by: SMS-POL-QUOKKA\n", "Text."),
];

const PLAN: &str = "title: How it is built\nphases: [{ id: \"1\", title: Begin }]\nareas:\n  - title: Rules\n    activities:\n      \
    - { id: A, activity: A rule is written, phases: [\"1\"], document: SMS-POL-QUOKKA, state: done }\n";

const CHECKLIST: &str = "title: To be answered\nstatements:\n  \
    - { id: A, statement: There is a rule., answer: \"yes\", document: SMS-POL-QUOKKA }\n";

impl Hiding {
    /// Hidden documents with all that belongs to them, and shown ones that lead to them.
    fn repository(&self) -> Memory {
        let mut files = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with(
                "content/glossary.yaml",
                "- { term: Rule, definition: A rule., document: SMS-POL-QUOKKA }\n",
            )
            .with("content/plan.yaml", PLAN)
            .with("content/checklists/open.yaml", CHECKLIST)
            .with("clausebook.toml", self.settings());
        for (path, bytes) in self.hidden() {
            files = files.with(&format!("content/{path}"), bytes);
        }
        for (path, text) in self.shown() {
            files = files.with(&format!("content/{path}"), text);
        }
        files
    }

    /// Findings that are warnings by default are errors, so that they are told on pages.
    fn settings(&self) -> String {
        let rules = ["link-to-retired", "hierarchy-kind", "approver-is-owner", "unknown-key"];
        let levels = rules
            .map(|rule| format!("{rule} = {{ level = \"error\", reason = \"told on pages\" }}\n"));
        format!("{}[rules]\n{}", self.settings, levels.concat())
    }

    fn hidden(&self) -> Vec<(String, Vec<u8>)> {
        let documents = DOCUMENTS.iter().map(|planted| {
            let Planted { name, document_type, reference, title, clause, more, text } = *planted;
            let of_old = name.ends_with("of-old") && self.status == "approved";
            let status = if of_old { "retired" } else { self.status };
            let successor = if of_old { "replaced_by: SMS-POL-5.2.1\n" } else { "" };
            let more = format!("{}{more}{successor}", self.mark);
            let text = document(document_type, reference, title, clause, status, &more, text);
            (format!("{name}.md"), text.into_bytes())
        });
        let files = FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
        documents.chain(files).collect()
    }

    fn shown(&self) -> Vec<(String, String)> {
        let shown =
            |document_type, reference: &str, title: &str, clause, status, more: &str, text| {
                let more = format!("{}{more}", self.shown);
                document(document_type, reference, title, clause, status, &more, text)
            };
        let columns = "data: shown.csv\ncolumns: { name: text, document: reference }\n";
        let rows = "name,document\nA,SMS-POL-QUOKKA\nB,SMS-POL-5.2.1\n";
        let policy = ("policy", "SMS-POL-5.2.1", "Open policy", "5.2.1", "", "Text.");
        let register = ("register", "SMS-REG-8.2.5", "Open register", "8.2.5", columns, "Text.");
        let named = [("policy", policy), ("register", register)];
        let named = named.map(|(name, (document_type, reference, title, clause, more, text))| {
            let text = shown(document_type, reference, title, clause, "approved", more, text);
            (format!("open/{name}.md"), text)
        });
        let ways = (1..).zip(WAYS).map(|(n, (way, more, text))| {
            let status = if way == "replaced-by-it" { "retired" } else { "approved" };
            let reference = format!("SMS-STM-{}", way.to_uppercase());
            let text =
                shown("statement", &reference, &format!("Way {n}"), "4.1", status, more, text);
            (format!("open/{way}.md"), text)
        });
        let rows = ("open/shown.csv".to_owned(), rows.to_owned());
        named.into_iter().chain(ways).chain([rows]).collect()
    }

    /// What a build shows.
    fn view(&self) -> View {
        published(self.settings, self.audience)
    }
}

/// The documents of `cases`, each with its front matter, and a shown one that leads to all of them.
fn broken_repository(cases: &[(&str, &str)]) -> Memory {
    let mut files = Memory::default().with("content/roles.yaml", ROLES);
    let mut links = String::new();
    for (name, front_matter) in cases {
        let text = format!(
            "{front_matter}## Quokka heading {{clause=8.5.1.1}}\n\nQuokka text ![quokka](quokka.png).\n"
        );
        files = files.with(&format!("content/quokka-area/quokka-{name}.md"), text);
        links.push_str(&format!("[these words](quokka-area/quokka-{name}.md)\n"));
    }
    let open = document("policy", "SMS-POL-5.2.1", "Open policy", "5.2.1", "approved", "", &links);
    files.with("content/quokka-area/quokka.png", "quokka").with("content/open.md", open)
}

/// A document that no rule objects to; `more` are further lines of front matter.
fn document(
    document_type: &str,
    reference: &str,
    title: &str,
    clause: &str,
    status: &str,
    more: &str,
    text: &str,
) -> String {
    let summary = if reference.contains("QUOKKA") { "Quokka summary." } else { "First issue." };
    format!(
        "---\ntitle: {title}\nreference: {reference}\ntype: {document_type}\nowner: manager\napprover: sponsor\n\
         version: 1.0\nstatus: {status}\nclause: {clause}\nreview_date: 2027-01-10\n{more}changes:\n  - version: 1.0\n    \
         date: 2026-01-15\n    summary: {summary}\n    approved_by: sponsor\n---\n\n{text}\n"
    )
}

/// What a build with these settings shows.
fn published(settings: &str, audience: Option<&str>) -> View {
    let config = Config::parse("clausebook.toml", settings).expect("the settings are fine");
    View { audience: audience.map(str::to_owned), ..View::published(&config, TODAY) }
}

/// What nothing is hidden from.
fn everything(settings: &str) -> View {
    View { publish_up_to: "restricted".to_owned(), drafts: true, ..published(settings, None) }
}

/// Every page of the site, built in memory.
fn built(repository: &Memory, view: &View) -> Site {
    let settings = repository
        .0
        .get("clausebook.toml")
        .map_or("", |text| std::str::from_utf8(text).expect("the settings are UTF-8"));
    let config =
        Arc::new(Config::parse("clausebook.toml", settings).expect("the settings are fine"));
    let joined = clausebook::join(repository, "content", &config).expect("the folder is there");
    let findings = clausebook::findings(&joined, view).expect("search answers");
    let portal = clausebook::view(joined, findings, view.clone(), Stamp::default());
    pages(&portal, repository)
}

fn pages(portal: &Portal, repository: &Memory) -> Site {
    let theme = theme();
    let templates = Templates::compile(&theme).expect("the templates are fine");
    let plan = clausebook::plan(portal, &theme);
    let page = |(address, page): (&_, &_)| {
        let bytes = clausebook::bytes(portal, &theme, &templates, repository, address, page);
        (address.to_string(), bytes.expect("the page can be made"))
    };
    let mut site: Site = plan.0.iter().map(page).collect();
    // What `serve` shows in its panels.
    let told = portal.findings.iter().map(|finding| {
        let others = finding.others.iter().map(|(span, label)| format!("{}: {label}", span.path));
        let others = others.collect::<Vec<_>>().join(", ");
        let hint = finding.hint.as_deref().unwrap_or_default();
        format!("{} {}: {} {hint} {others}\n", finding.rule, finding.span.path, finding.message)
    });
    site.insert("serve/findings".to_owned(), told.collect::<String>().into_bytes());
    // The scripts of the search hold their bytes as base64: here is what they are made of, and the packed index.
    let sections = search::sections(portal, Wording(&theme.words));
    let packed = search::index(&sections, "en").expect("the index can be made");
    site.insert("search/sections".to_owned(), search::quickwit::documents(&sections));
    site.insert("search/packed".to_owned(), packed.bytes);
    site
}

fn theme() -> Theme {
    Theme::new("en", []).expect("the built-in theme is fine")
}

/// The site that the program writes, file by file.
fn written(repository: &Memory, audience: Option<&str>) -> Site {
    let folder = TempDir::new().expect("there is room for a folder");
    for (path, bytes) in &repository.0 {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(path, bytes).expect("it can be written");
    }
    let mut build = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    build.args(["build", "--keep-going", "--quiet", "--today", "2026-12-01", "--root"]);
    build.arg(folder.path()).args(audience.map(|audience| format!("--audience={audience}")));
    let output = build.output().expect("the program runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "the build goes on in spite of errors: {told}");
    let mut site = Site::new();
    read_all(&folder.path().join("site"), "", &mut site);
    site
}

fn read_all(folder: &Path, prefix: &str, site: &mut Site) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_all(&entry.path(), &format!("{name}/"), site);
        } else {
            site.insert(name, fs::read(entry.path()).expect("the file can be read"));
        }
    }
}

/// Places of the word, each with what stands around it and the hidings that leave it there.
#[derive(Default)]
struct Leaks(BTreeMap<String, (String, Vec<String>)>);

impl Leaks {
    /// Looks for the word in names and bytes.
    fn look(&mut self, name: &str, site: &Site) {
        assert!(site.len() > 200, "{name}: the whole site is there");
        for address in site.keys().filter(|address| address.to_lowercase().contains(WORD)) {
            self.add(name, format!("the name of {address}"), String::new());
        }
        for (address, around) in find(site, WORD) {
            self.add(name, address.to_owned(), around);
        }
    }

    fn add(&mut self, name: &str, place: String, around: String) {
        self.0.entry(place).or_insert((around, Vec::new())).1.push(name.to_owned());
    }

    #[track_caller]
    fn none(&self) {
        let lines = self.0.iter().map(|(place, (around, names))| {
            format!("{place}: {around}\n    ({})", names.join("; "))
        });
        assert!(
            self.0.is_empty(),
            "{} leaks:\n{}",
            self.0.len(),
            lines.collect::<Vec<_>>().join("\n")
        );
    }
}

/// The files that hold `what`, in whatever letter case, each with what stands around it.
fn find<'a>(site: &'a Site, what: &'a str) -> impl Iterator<Item = (&'a str, String)> + 'a {
    site.iter().filter_map(move |(address, bytes)| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let at = text.find(what)?;
        let start = text[..at].char_indices().rev().nth(70).map_or(0, |(start, _)| start);
        let around: String = text[start..].chars().take(130).collect();
        Some((address.as_str(), format!("…{}…", around.replace('\n', " "))))
    })
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
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
fn no_finding_follows_from_a_hidden_document() {
    let policy = |reference: &str, status: &str, more: &str| {
        document("policy", reference, reference, "5.2.1", status, more, "Text.")
    };
    let catalogue = "data: services.csv\ncolumns: { service: text, owner: role, sla: reference }\n";
    let services = "service,owner,sla\nMail,manager,SMS-AGR-8.3.3\n";
    // What is shown, the hidden document, and the rule that tells of it to those who may see it.
    let ways = [
        (
            "process",
            "governed_by: SMS-POL-5.2.1\n",
            policy("SMS-POL-5.2.1", "approved", ""),
            ["retired", "missing-layer"],
        ),
        (
            "agreement",
            "",
            document(
                "catalogue",
                "SMS-CAT-8.2.4",
                "Services",
                "8.2.4",
                "approved",
                catalogue,
                "Text.",
            ),
            ["draft", "draft-agreement"],
        ),
        (
            "agreement",
            "",
            document(
                "catalogue",
                "SMS-CAT-8.2.4",
                "Services",
                "8.2.4",
                "approved",
                catalogue,
                "Text.",
            ),
            ["retired", "service-agreement"],
        ),
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
fn a_file_whose_label_is_not_known_is_labelled_as_one_without() {
    let unreadable = |settings: &str| {
        let repository = Memory::default()
            .with("clausebook.toml", settings)
            .with("content/roles.yaml", ROLES)
            .with("content/quokka.md", b"# Quokka \xff\n".as_slice());
        built(&repository, &published(settings, None))
    };
    let told = |site: &Site, name: &str| String::from_utf8_lossy(&site[name]).contains("quokka.md");
    let site = unreadable("");
    assert!(told(&site, "about.html") && told(&site, "serve/findings"));
    let settings =
        "[classification]\ndefault = \"confidential\"\n[build]\npublish_up_to = \"internal\"\n";
    let site = unreadable(settings);
    assert!(!told(&site, "about.html") && !told(&site, "serve/findings"));
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
    for hidden in ["QUOKKA", "Quokka", "a-quokka", "duplicate-title"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
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
