//! What is written is whole and safe: links, anchors, structure, words, files for other programs, hostile input.

#![expect(clippy::disallowed_methods, reason = "tests read what was built")]

mod page;
mod told;
mod links;
mod words;
mod repositories;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

use clausebook::config::Config;
use clausebook::portal::{Stamp, View};
use clausebook::render::Templates;
use clausebook::source::Memory;
use clausebook::theme::Theme;
use jiff::civil::{Date, date};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use links::*;
use page::*;
use repositories::*;

const TODAY: Date = date(2026, 12, 1);

/// The policy of every page (contracts 6).
const POLICY: &str = "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; style-src 'self' file:; \
    img-src 'self' file: data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'";

/// All files of a site by address.
type Site = BTreeMap<String, Vec<u8>>;

/// The portal of our own content, as the program writes it.
static OWN: LazyLock<Site> = LazyLock::new(|| {
    let folder = TempDir::new().expect("there is room for a folder");
    let output = folder.path().join("site");
    let mut build = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    build.args(["build", "--quiet", "--root", env!("CARGO_MANIFEST_DIR"), "--output"]).arg(&output);
    let built = build.output().expect("the program runs");
    let told = [built.stdout, built.stderr].concat();
    assert!(built.status.success(), "our own content builds: {}", String::from_utf8_lossy(&told));
    let mut site = Site::new();
    read_all(&output, "", &mut site);
    site
});

#[test]
fn every_link_and_anchor_of_our_own_portal_leads_somewhere() {
    let pages = pages(&OWN);
    assert!(pages.len() > 150, "the whole portal is there");
    none(&link_problems(&OWN, &pages));
    let links = pages.values().flat_map(Page::links).count();
    assert!(links > 5_000, "{links} links were followed");
}

#[test]
fn every_page_of_our_own_portal_is_well_made() {
    none(
        &pages(&OWN).iter().flat_map(|(address, page)| page.problems(address)).collect::<Vec<_>>(),
    );
}

#[test]
fn awkward_documents_make_links_and_pages_that_are_well_made() {
    let site = built(&awkward());
    let pages = pages(&site);
    let problems = pages.iter().flat_map(|(address, page)| page.problems(address));
    let problems: Vec<String> = problems.chain(link_problems(&site, &pages)).collect();
    none(&problems);
}

#[test]
fn links_in_raw_html_lead_somewhere_too() {
    let body = "<p><a href=\"other.md\">a</a> <a href=\"nowhere.md\">b</a> <a href=\"#nowhere\">c</a> <img src=\"nowhere.png\" alt=\"d\"></p>";
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/other.md", document("policy", "SMS-POL-5.2.1", "5.2.1", "Text."))
        .with("content/raw.md", document("policy", "SMS-POL-5.2.1-2", "5.2.1", body));
    let site = built(&repository);
    none(&link_problems(&site, &pages(&site)));
}

#[test]
fn a_block_of_html_takes_nothing_of_what_follows_it() {
    for open in [
        "- item\n- <!-- todo: ask Anna\n- third",
        "> <!-- note",
        "- <script>",
        "<iframe src=\"https://x.example\" />",
        "<title>",
        "<noscript>",
        "<textarea/>",
        "<plaintext>",
        "- <select>",
        "- <template>",
        "- <div class=\"a",
        "> <![CDATA[ x",
        "Text <template> text",
    ] {
        let body =
            format!("## First\n\n{open}\n\n## Second {{#second clause=5.2.2}}\n\nThe rule.\n");
        let repository = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with("content/open.md", document("policy", "SMS-POL-5.2.1", "5.2.1", &body));
        let site = built(&repository);
        let page = String::from_utf8_lossy(&site["documents/open.html"]);
        for kept in ["<h2 id=\"second\">", "<p>The rule.</p>", "id=\"cb-after\""] {
            assert!(page.contains(kept), "{open}: {kept}\n{page}");
        }
    }
}

#[test]
fn terms_leave_links_and_code_in_raw_html_alone() {
    let body = "See <a href=\"other.md\">the major incident process</a>, <code>major incident</code>, major incident.";
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/glossary.yaml", "- { term: major incident, definition: A large one. }\n")
        .with("content/other.md", document("policy", "SMS-POL-5.2.1", "5.2.1", "Text."))
        .with("content/raw.md", document("policy", "SMS-POL-5.2.1-2", "5.2.1", body));
    let site = built(&repository);
    let page = String::from_utf8_lossy(&site["documents/raw.html"]);
    assert!(page.contains(">the major incident process</a>"), "{page}");
    assert!(page.contains("<code>major incident</code>"), "{page}");
    assert!(page.contains(">major incident</a>."), "{page}");
}

#[test]
fn what_begins_on_a_day_that_cannot_be_read_is_not_in_force_and_counts_for_nothing() {
    let policy = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.");
    for typed in ["2027-02-29", ""] {
        let policy = policy.replace("changes:", &format!("effective_date: {typed}\nchanges:"));
        let repository =
            Memory::default().with("content/roles.yaml", ROLES).with("content/policy.md", policy);
        let site = build(
            &repository,
            "[rules]\ninvalid-date = { level = \"warn\", reason = \"x\" }\nwrong-type = { level = \"warn\", reason = \"x\" }\n",
        );
        let page = String::from_utf8_lossy(&site["documents/policy.html"]);
        let word = theme().words;
        assert!(page.contains(&word.get("banner.effective-unknown")), "{typed}: {page}");
        assert!(!page.contains(&word.get("banner.not-approved")), "{typed}: {page}");
        let unit = json(&site, "coverage.json")["units"]
            .as_array()
            .and_then(|units| units.iter().find(|unit| unit["number"] == "5.2.1").cloned())
            .expect("the unit is there");
        assert_eq!(unit["claims"][0]["reason"], "effective-unknown", "{typed}");
    }
}

#[test]
fn without_an_approver_too_a_day_that_cannot_be_read_is_told_for_what_it_is() {
    let policy = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.")
        .replace("approver: sponsor\n", "effective_date: 2027-02-29\n");
    let repository =
        Memory::default().with("content/roles.yaml", ROLES).with("content/policy.md", policy);
    let site = build(&repository, "");
    let page = String::from_utf8_lossy(&site["documents/policy.html"]);
    let words = theme().words;
    assert!(page.contains(&words.get("banner.effective-unknown")), "{page}");
    assert!(!page.contains(&words.get("banner.not-approved")), "{page}");
}

#[test]
fn what_is_not_approved_names_no_day_from_which_it_is_in_force() {
    let approved = document("policy", "SMS-POL-5.2.1", "5.2.1", "Text.");
    for status in ["status: draft\n", "status: in-review\n", ""] {
        let policy = approved.replace("status: approved\n", status);
        let repository =
            Memory::default().with("content/roles.yaml", ROLES).with("content/policy.md", policy);
        let site = built(&repository);
        let page = String::from_utf8_lossy(&site["documents/policy.html"]);
        assert!(!page.contains(&theme().words.get("fact.effective")), "{status}: {page}");
        let listed = &json(&site, "documents/register.json")[0];
        assert_eq!(listed["reference"], "SMS-POL-5.2.1", "{status}: {listed}");
        assert_eq!(listed["effective_date"], Value::Null, "{status}: {listed}");
        // What states no status is asked for its review as well.
        let exempt = !status.is_empty();
        assert_eq!(listed["next_review"].is_null(), exempt, "{status}: {listed}");
        assert_eq!(!page.contains(&theme().words.get("fact.next-review")), exempt, "{status}");
    }
}

#[test]
fn redirects_lead_to_pages_that_are_no_redirects() {
    let pages = pages(&OWN);
    let redirects: Vec<(&String, String)> =
        pages.iter().filter_map(|(address, page)| Some((address, page.refresh()?))).collect();
    assert!(redirects.len() > 60, "references and long addresses lead somewhere");
    for (address, to) in redirects {
        let target = resolve(address, &to).expect("it stays within the site").0;
        let page = pages.get(&target).unwrap_or_else(|| panic!("{address} leads to {target}"));
        assert_eq!(page.refresh(), None, "{address} leads to another redirect, {target}");
    }
}

#[test]
fn the_manifest_lists_every_file_with_its_hash() {
    let manifest = json(&OWN, "manifest.json");
    assert_eq!(manifest["build"]["today"], "2026-12-01");
    let listed = manifest["files"].as_object().expect("it lists files");
    let names: BTreeSet<&String> = listed.keys().collect();
    let there: BTreeSet<&String> = OWN.keys().filter(|name| *name != "manifest.json").collect();
    assert_eq!(names, there);
    for (name, file) in listed {
        assert_eq!(file["sha256"], hex(&Sha256::digest(&OWN[name])), "{name}");
        assert_eq!(file["bytes"], OWN[name].len(), "{name}");
        if let Some(source) = file["source"].as_str() {
            assert!(
                Path::new(env!("CARGO_MANIFEST_DIR")).join(source).is_file(),
                "{name}: {source}"
            );
        }
    }
    let redirect = &listed["SMS-POL-8.5.3.html"]["source"];
    assert!(redirect.as_str().is_some_and(|path| path.ends_with(".md")), "{redirect}");
    let of_documents = listed.iter().filter(|(name, _)| is_document(name));
    assert!(of_documents.clone().count() > 20);
    assert!(
        of_documents
            .clone()
            .all(|(_, file)| file["source"].as_str().is_some_and(|path| path.ends_with(".md")))
    );
}

#[test]
fn the_registers_agree_with_the_pages() {
    let register = json(&OWN, "documents/register.json");
    let rows = register.as_array().expect("it is a list");
    let addresses: BTreeSet<&str> = rows.iter().filter_map(|row| row["url"].as_str()).collect();
    let documents: BTreeSet<&str> =
        OWN.keys().map(String::as_str).filter(|name| is_document(name)).collect();
    assert_eq!(addresses, documents);
    assert_eq!(rows.len(), documents.len());

    let (head, records) = csv(&OWN["documents/register.csv"]);
    assert_eq!(records.len(), rows.len());
    for (row, record) in rows.iter().zip(&records) {
        let row = row.as_object().expect("it has columns");
        assert_eq!(row.keys().collect::<Vec<_>>(), head.iter().collect::<Vec<_>>());
        let cells: Vec<String> = row.values().map(plain).collect();
        assert_eq!(&cells, record);
    }
    let pages = pages(&OWN);
    let row_count = |address: &str| pages[address].rows();
    assert_eq!(row_count("documents/index.html"), rows.len());
    let words = theme().words;
    let count = words.count("home.documents", rows.len());
    assert!(pages["documents/index.html"].text().contains(&count));
    assert!(pages["index.html"].text().contains(&count));
    assert!(pages["about.html"].text().contains(&format!(
        "{} {} ",
        words.get("about.documents"),
        rows.len()
    )));
    // The service catalogue keeps its services as data too.
    let kept = |row: &&Value| row["type"] == "register" || row["reference"] == "SMS-CAT-8.2.4";
    assert_eq!(row_count("registers.html"), rows.iter().filter(kept).count());
}

#[test]
fn the_reviews_agree_with_the_register() {
    let (register, reviews) = (json(&OWN, "documents/register.json"), json(&OWN, "reviews.json"));
    let in_register = |state: &str| -> BTreeSet<String> {
        let rows = register.as_array().into_iter().flatten();
        rows.filter(|row| row["review_state"] == state).map(|row| plain(&row["path"])).collect()
    };
    let listed = reviews["reviews"].as_array().expect("it lists reviews");
    for state in ["overdue", "due", "current"] {
        let of_state = listed.iter().filter(|review| review["state"] == state);
        let paths: BTreeSet<String> = of_state.map(|review| plain(&review["path"])).collect();
        assert_eq!(paths, in_register(state), "{state}");
    }
    let unscheduled = reviews["unscheduled"].as_array().expect("it lists them").iter();
    let unscheduled: BTreeSet<String> = unscheduled.map(|review| plain(&review["path"])).collect();
    assert_eq!(unscheduled, in_register("unscheduled"));
    assert!(!in_register("overdue").is_empty(), "the demonstration has an overdue review");
    for review in listed {
        let days = review["days"].as_i64().expect("it is a number");
        let date: Date = plain(&review["review_date"]).parse().expect("it is a day");
        assert_eq!(days, i64::from((date - TODAY).get_days()), "{review}");
        let overdue = review["state"] == "overdue";
        assert_eq!(overdue, days < 0, "{review}");
    }
    let of_page = listed.len() + unscheduled.len();
    let owners = pages(&OWN)["reviews.html"].rows() - of_page;
    assert!((1..=of_page).contains(&owners), "the page lists each review once, and owners");
    let until: Date = plain(&reviews["until"]).parse().expect("it is a day");
    assert!(until > TODAY);
    let told = theme().words.date(until);
    assert!(
        pages(&OWN)["about.html"].text().contains(&told),
        "the page about this build says {told}"
    );
}

#[test]
fn coverage_agrees_with_the_pages() {
    let pages = pages(&OWN);
    let register = json(&OWN, "documents/register.json");
    let paths: BTreeSet<String> =
        register.as_array().into_iter().flatten().map(|row| plain(&row["path"])).collect();
    for (file, folder) in [
        ("coverage.json", "clauses/"),
        ("clauses/iso-iec-20000-1-2011/coverage.json", "clauses/iso-iec-20000-1-2011/"),
    ] {
        let coverage = json(&OWN, file);
        let units = coverage["units"].as_array().expect("it has units");
        let of_state = |state: &str| units.iter().filter(|unit| unit["state"] == state).count();
        let totals = &coverage["totals"];
        for state in ["covered", "partial", "gap", "excluded"] {
            assert_eq!(totals[state], of_state(state), "{file}: {state}");
        }
        assert_eq!(totals["units"], units.len(), "{file}");
        let percent = totals["percent"].as_f64().expect("it is a number");
        let covered = u32::try_from(of_state("covered")).expect("it is a small number");
        let all = u32::try_from(units.len()).expect("it is a small number");
        assert!(
            (percent * f64::from(all) - 100.0 * f64::from(covered)).abs() < 1e-6,
            "{file}: {percent}"
        );
        let index = &pages[&format!("{folder}index.html")];
        assert!(index.text().contains(&format!("{percent:.1} % ")), "{file}: {percent}");
        for state in ["covered", "partial", "gap"] {
            assert_eq!(
                index.count(&format!("badge {state}")),
                Some(of_state(state)),
                "{file}: {state}"
            );
        }
        assert_eq!(pages[&format!("{folder}matrix.html")].rows(), units.len(), "{file}");
        for unit in units {
            let page = &pages[&format!("{folder}{}.html", plain(&unit["number"]))];
            let state = plain(&unit["state"]);
            assert!(page.has_class(&format!("badge {state}")), "{file}: {unit}");
            assert_eq!(state == "covered", unit["reasons"] == Value::Array(Vec::new()), "{unit}");
            for claim in unit["claims"].as_array().expect("it lists claims") {
                let path = plain(&claim["path"]);
                assert!(paths.contains(&path) || path.ends_with(".csv"), "{claim}");
                assert_eq!(claim["counts"] == true, claim["reason"].is_null(), "{claim}");
            }
        }
    }
}

#[test]
fn what_changes_with_the_day_carries_its_day() {
    let repository = turning();
    let before = build_as_of(&repository, "", TODAY);
    let until: Date = plain(&json(&before, "reviews.json")["until"]).parse().expect("it is a day");
    assert_eq!(until, date(2026, 12, 11), "a row is due on the day before");
    let mut problems = BTreeMap::new();
    let mut changed = BTreeSet::new();
    for day in [date(2026, 12, 10), until, date(2027, 1, 1), date(2027, 2, 1), date(2028, 1, 1)] {
        let after = build_as_of(&repository, "", day);
        for (name, page) in pages(&before) {
            let states = Page::read(&after[&name]).states([TODAY, day]);
            if page.states([TODAY, day]) == states {
                continue;
            }
            changed.insert(name.clone());
            let days = page.tags().filter_map(|tag| tag.get("data-until").or(tag.get("data-from")));
            let days: BTreeSet<&str> = days.collect();
            if days.first().is_none_or(|first| **first > *day.to_string()) {
                let problem = format!("{name} is another on {day}, and tells only of {days:?}");
                problems.entry(name.clone()).or_insert(problem);
            }
            assert!(day >= until, "{name} is another on {day}, before {until}");
        }
    }
    assert!(changed.len() > 10, "{changed:?}");
    // It says itself on which day it is to be made anew.
    problems.remove("about.html");
    none(&problems.into_values().collect::<Vec<_>>());
}

/// Documents of which each day named above changes something.
fn turning() -> Memory {
    let approved = |reference: &str, more: &str, body: &str| {
        let text = document("policy", reference, "5.2.1", body);
        text.replace("2027-01-10", "2029-01-01").replace("changes:", &format!("{more}changes:"))
    };
    let columns = "data: rows.csv\ncolumns: { kind: text, clause: clause, place: text, retention: text, owner: role, due: due }\nchanges:";
    let register =
        document("register", "SMS-REG-8.2.5", "8.2.5", "Text.").replace("2027-01-10", "2029-01-01");
    Memory::default()
        .with(
            "content/roles.yaml",
            ROLES.replace("sponsor", "board") + "- { id: sponsor, title: Sponsor }\n",
        )
        .with(
            "content/glossary.yaml",
            "- { term: Rule, definition: A., document: SMS-POL-5.2.1-2 }\n",
        )
        .with(
            "content/later.md",
            approved("SMS-POL-5.2.1-2", "effective_date: 2027-01-01\n", "Text."),
        )
        .with("content/linking.md", approved("SMS-POL-5.2.1-3", "", "See [[SMS-POL-5.2.1-2]]."))
        .with(
            "content/due.md",
            document("statement", "SMS-STM-4.1", "4.1", "Text.")
                .replace("2027-01-10", "2027-04-01"),
        )
        .with(
            "content/rows.csv",
            "kind,clause,place,retention,owner,due\nMinutes,7.2,Store,1 year,manager,2026-12-10\n",
        )
        .with("content/rows.md", register.replace("changes:", columns))
}

#[test]
fn no_cell_is_a_formula() {
    let hostile = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "=1,\"+2\"", "\u{ff1d}1+1"];
    let mut repository = Memory::default().with("content/roles.yaml", ROLES);
    for (n, formula) in (2..).zip(hostile) {
        let quoted = serde_json::to_string(formula).expect("it is text");
        let text = document("policy", &format!("SMS-POL-5.2.1-{n}"), "5.2.1", "Text.")
            .replace(&format!("title: SMS-POL-5.2.1-{n}"), &format!("title: {quoted}"))
            .replace(
                "approver: sponsor",
                &format!("approver: {quoted}\nretention: {quoted}\nclassification: {quoted}"),
            )
            .replace(&format!("reference: SMS-POL-5.2.1-{n}"), &format!("reference: {quoted}"))
            .replace("owner: manager", &format!("owner: {quoted}"));
        repository = repository.with(&format!("content/{n}.md"), text);
    }
    let (head, records) = csv(
        &build(&repository, "[classification]\nlevels = [\"internal\"]\n")["documents/register.csv"],
    );
    assert_eq!(records.len(), hostile.len());
    for (record, formula) in records.iter().zip(hostile) {
        for column in ["title", "reference", "owner", "approver", "retention", "classification"] {
            let at = head.iter().position(|name| name == column).expect("it is a column");
            assert_eq!(record[at], format!("'{formula}"), "{column}");
        }
        let risky = |cell: &&String| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert_eq!(record.iter().find(risky), None);
    }
}

#[test]
fn nothing_hostile_is_active() {
    let site = build(&hostile(), HOSTILE_SETTINGS);
    let pages = pages(&site);
    for name in
        ["documents/html.html", "documents/text.html", "documents/rows.html", "roles/manager.html"]
    {
        assert!(pages.contains_key(name), "{name} is there: {:?}", site.keys());
    }
    let active = pages.iter().flat_map(|(address, page)| page.active(address));
    none(&active.collect::<Vec<_>>());
    // It is all there, as text.
    for name in ["documents/html.html", "documents/text.html", "documents/rows.html"] {
        let page = &pages[name];
        assert!(page.text().contains("<script>alert(1)</script>"), "{name}: {}", page.text());
        assert!(page.html.contains("&lt;script&gt;"), "{name}");
    }
    assert!(pages["documents/text.html"].html.contains("language-"), "the code block is there");
    let shown: Vec<&String> = site.keys().filter(|name| name.starts_with("files/")).collect();
    assert_eq!(shown, ["files/picture.svg", "files/x-onerror=alert(1).png"]);
}

#[test]
fn a_hostile_picture_is_drawn_and_does_nothing() {
    let site = build(&hostile(), HOSTILE_SETTINGS);
    let picture = Page::read(&site["files/picture.svg"]);
    assert_eq!(picture.tags().next().map(|tag| tag.name.as_str()), Some("svg"));
    assert!(picture.tags().any(|tag| tag.name == "rect"), "{}", picture.html);
    for tag in picture.tags() {
        let allowed = ["svg", "rect", "text", "g"].contains(&tag.name.as_str());
        assert!(allowed, "<{}> in {}", tag.name, picture.html);
        for (name, value) in &tag.attributes {
            let active = name.starts_with("on") || name.contains("href") || name == "style";
            assert!(!active, "{name} in {}", picture.html);
            let address = value.contains("script:") || value.contains("x.example");
            assert!(!address, "{name} in {}", picture.html);
        }
    }
    // A picture of its own is read as XML, which knows neither the entities of HTML nor a bare `<` in an attribute.
    assert!(!picture.html.contains("&nbsp;"), "{}", picture.html);
    assert!(!picture.html.contains("\"a < b\""), "{}", picture.html);
    assert_eq!(picture.unbalanced(), None);
}

/// Every page of the site, built in memory.
fn build(repository: &Memory, settings: &str) -> Site {
    build_as_of(repository, settings, TODAY)
}

fn build_as_of(repository: &Memory, settings: &str, today: Date) -> Site {
    let config =
        Arc::new(Config::parse("clausebook.toml", settings).expect("the settings are fine"));
    let joined = clausebook::join(repository, "content", &config).expect("the folder is there");
    let view = View::published(&config, today);
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    let portal = clausebook::view(joined, findings, view, Stamp::default());
    let theme = theme();
    let templates = Templates::compile(&theme).expect("the templates are fine");
    let page = |(address, page): (&_, &_)| {
        let bytes = clausebook::bytes(&portal, &theme, &templates, repository, address, page);
        (address.to_string(), bytes.expect("the page can be made"))
    };
    clausebook::plan(&portal, &theme).0.iter().map(page).collect()
}

fn built(repository: &Memory) -> Site {
    build(repository, "")
}

fn theme() -> Theme {
    Theme::new("en", []).expect("the built-in theme is fine")
}

/// Reads every file below `folder`.
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

fn json(site: &Site, name: &str) -> Value {
    serde_json::from_slice(&site[name]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Head and rows.
fn csv(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let records = reader.records().map(|record| record.expect("it is a row"));
    let mut records = records.map(|record| record.iter().map(str::to_owned).collect());
    (records.next().expect("it has a head"), records.collect())
}

/// A value as a cell of CSV has it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(plain).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

fn is_document(name: &str) -> bool {
    let within = name.strip_prefix("documents/").unwrap_or_default();
    within.ends_with(".html") && within != "index.html"
}

fn hex(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in bytes {
        write!(hex, "{byte:02x}").expect("there is room");
    }
    hex
}

#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn an_open_script_tag_takes_nothing_of_the_page_with_it() {
    let body = "Never write a <script> tag, nor a <style>.\n\n## Rules {#rules}\n\nText behind.\n";
    let repository = Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/open.md", document("policy", "SMS-POL-5.2.1", "5.2.1", body));
    let site = build_as_of(&repository, "", TODAY);
    let page = &site["documents/open.html"];
    let page = String::from_utf8_lossy(page.as_ref()).into_owned();
    for part in ["&lt;script&gt; tag", "&lt;style&gt;", "id=\"rules\"", "Text behind."] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
