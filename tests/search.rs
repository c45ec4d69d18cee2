//! What search finds, and in which order: with the engine of the command line, which is that of the portal.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test reads its own repository, and says what it skips"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use clausebook::config::Config;
use clausebook::files::Folder;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::search::engine::{Answer, Asked, Engine, Page, Section, Status, Tier};
use clausebook::search::{self, Shipping, Titles};
use clausebook::source::{Memory, Source};
use clausebook::theme::Theme;
use clausebook::wording::Wording;

/// 1 December 2026.
const TODAY: i32 = 20_788;

/// A page with a beginning and sections: heading and text of each.
fn page(title: &str, status: Option<Status>, sections: &[(&str, &str)]) -> Vec<Section> {
    let page = Arc::new(Page {
        title: title.to_owned(),
        url: format!("{}.html", title.to_lowercase().replace(' ', "-")),
        kind: if status.is_some() { "policy" } else { "term" }.to_owned(),
        status,
        effective: Some(TODAY - 100),
        review: Some(TODAY + 100),
        ..Page::default()
    });
    sections
        .iter()
        .map(|(heading, text)| Section {
            page: Arc::clone(&page),
            heading: (!heading.is_empty()).then(|| (*heading).to_owned()),
            anchor: heading.to_lowercase().replace(' ', "-"),
            text: (*text).to_owned(),
            ..Section::default()
        })
        .collect()
}

fn approved(title: &str, sections: &[(&str, &str)]) -> Vec<Section> {
    page(title, Some(Status::Approved), sections)
}

/// With the page changed.
fn with(mut sections: Vec<Section>, change: impl Fn(&mut Page)) -> Vec<Section> {
    let mut page = (*sections[0].page).clone();
    change(&mut page);
    let page = Arc::new(page);
    for section in &mut sections {
        section.page = Arc::clone(&page);
    }
    sections
}

fn engine(pages: Vec<Vec<Section>>) -> Engine {
    let sections = pages.concat();
    search::index(&sections, "en").and_then(search::Packed::open).expect("it is an index")
}

fn ask(engine: &Engine, text: &str) -> Answer {
    engine
        .ask(Asked { text, filters: "", today: TODAY, due_soon: 60, limit: 20 })
        .expect("there is an answer")
}

/// Titles of pages in their order, with the tier.
fn pages(engine: &Engine, text: &str) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &str)> = Vec::new();
    for hit in ask(engine, text).hits {
        if found.last().is_none_or(|(last, _)| *last != hit.page_title) {
            found.push((hit.page_title, hit.tier.name()));
        }
    }
    found
}

fn named<'a>(found: &'a [(String, &'static str)]) -> Vec<&'a str> {
    found.iter().map(|(title, _)| title.as_str()).collect()
}

#[test]
fn tiers_come_in_their_order() {
    let engine = engine(vec![
        approved("Any", &[("", "An emergency."), ("Other", "Nothing.")]),
        approved("Prefix", &[("", "An emergency changeover.")]),
        approved("All", &[("", "Whoever changes something in an emergency.")]),
        approved("Emergency change policy", &[("", "Text.")]),
    ]);
    let found = pages(&engine, "emergency change");
    assert_eq!(
        found.iter().map(|(title, tier)| (title.as_str(), *tier)).collect::<Vec<_>>(),
        [
            ("Emergency change policy", "phrase"),
            ("All", "all"),
            ("Prefix", "prefix"),
            ("Any", "any")
        ]
    );
}

#[test]
fn a_reference_or_a_number_finds_its_own_page_first() {
    let coded = |title: &str, codes: &[&str], claims: &[&str]| {
        let mut sections = with(approved(title, &[("", "Text 8.5.1.2.")]), |page| {
            page.codes = codes.iter().map(|code| (*code).to_owned()).collect();
            page.clauses = claims.iter().map(|claim| (*claim).to_owned()).collect();
        });
        sections[0].claims = claims.iter().map(|claim| (*claim).to_owned()).collect();
        sections
    };
    let engine = engine(vec![
        coded("Below", &[], &["8.5.1.2"]),
        coded("Claims it", &[], &["8.5.1"]),
        coded("Clause page", &["8.5.1"], &[]),
        coded("Other", &[], &["8.5.10"]),
        coded("Change policy", &["SMS-POL-8.5.1"], &[]),
    ]);
    assert_eq!(named(&pages(&engine, "8.5.1")), ["Clause page", "Claims it", "Below"]);
    assert_eq!(named(&pages(&engine, "sms-pol-8.5.1")), ["Change policy"]);
    assert_eq!(named(&pages(&engine, "SMS-POL")), ["Change policy"]);
    assert_eq!(named(&pages(&engine, "clause:8.5 text")), ["Below", "Claims it", "Other"]);
    assert_eq!(named(&pages(&engine, "clause:8.5.1")), ["Below", "Claims it"]);
}

#[test]
fn misspelt_words_are_looked_for_only_when_little_is_found() {
    let many = (0..4).map(|n| approved(&format!("Laptop {n}"), &[("", "Text.")])).collect();
    let engine = engine(many);
    let found = pages(&engine, "latpop");
    assert!(found.len() == 4 && found.iter().all(|(_, tier)| *tier == "fuzzy"), "{found:?}");
    assert!(pages(&engine, "laptop").iter().all(|(_, tier)| *tier == "phrase"));
    assert!(pages(&engine, "lptp").is_empty(), "two letters of a short word are too many");
}

#[test]
fn what_is_in_force_comes_first_within_a_tier_and_what_is_retired_only_when_asked_for() {
    let engine = engine(vec![
        page("Draft", Some(Status::Draft), &[("", "Keys. Keys. Keys.")]),
        page("Old", Some(Status::Retired), &[("", "Keys.")]),
        with(approved("Later", &[("", "Keys.")]), |page| page.effective = Some(TODAY + 1)),
        with(approved("Never", &[("", "Keys.")]), |page| page.effective = None),
        approved("Valid", &[("", "Keys and much else that is of no account here.")]),
    ]);
    assert_eq!(named(&pages(&engine, "keys")), ["Valid", "Draft", "Later", "Never"]);
    assert_eq!(named(&pages(&engine, "keys status:retired")), ["Old"]);
    assert!(named(&pages(&engine, "keys status:any")).contains(&"Old"));
    assert_eq!(named(&pages(&engine, "status:in-force")), ["Valid"]);
    let valid = &ask(&engine, "keys").hits[0];
    assert!(valid.in_force && valid.review == Some("current"));
}

#[test]
fn states_follow_from_the_day_that_is_asked() {
    let engine = engine(vec![approved("Rule", &[("", "Text.")])]);
    let state = |today: i32| {
        let asked = Asked { text: "rule", filters: "", today, due_soon: 60, limit: 1 };
        engine.ask(asked).expect("there is an answer").hits[0].review.unwrap_or("")
    };
    let review = TODAY + 100;
    assert_eq!(
        [review - 61, review - 60, review, review + 1].map(state),
        ["current", "due", "due", "overdue"]
    );
    let overdue =
        Asked { text: "status:overdue", filters: "", today: review + 1, due_soon: 60, limit: 5 };
    assert_eq!(engine.ask(overdue).expect("there is an answer").hits.len(), 1);
    assert!(ask(&engine, "status:overdue").hits.is_empty());
}

#[test]
fn filters_quotes_and_minus_choose() {
    let engine = engine(vec![
        with(approved("One", &[("", "Two people approve each change.")]), |page| {
            page.owner = "change-manager".to_owned();
        }),
        with(approved("Two", &[("", "People approve two of the changes.")]), |page| {
            page.kind = "plan".to_owned();
        }),
        page("Change", None, &[("", "A thing that two people alter.")]),
    ]);
    assert_eq!(named(&pages(&engine, "\"two people approve\"")), ["One"]);
    assert_eq!(named(&pages(&engine, "people -two")), Vec::<&str>::new());
    assert_eq!(named(&pages(&engine, "people -\"two people\"")), ["Two"]);
    assert_eq!(named(&pages(&engine, "people type:plan")), ["Two"]);
    assert_eq!(named(&pages(&engine, "owner:\"Change Manager\"")), ["One"]);
    assert_eq!(named(&pages(&engine, "people -type:plan -type:term")), ["One"]);
    assert_eq!(named(&pages(&engine, "type:term")), ["Change"]);
    // A key that is not known is a word.
    assert_eq!(named(&pages(&engine, "people unknown:thing"))[0], "Change");
}

#[test]
fn at_most_three_sections_of_a_page_are_shown_and_stand_together() {
    let sections: Vec<(String, String)> =
        (0..9).map(|n| (format!("Part {n}"), "Keys.".repeat(n + 1))).collect();
    let mut all = vec![("", "Beginning.")];
    all.extend(sections.iter().map(|(heading, text)| (heading.as_str(), text.as_str())));
    let engine = engine(vec![approved("Long", &all), approved("Short", &[("", "Keys.")])]);
    let hits = ask(&engine, "keys").hits;
    let titles: Vec<&str> = hits.iter().map(|hit| hit.page_title.as_str()).collect();
    assert_eq!(titles.iter().filter(|title| **title == "Long").count(), 3);
    let mut together = titles.clone();
    together.dedup();
    assert_eq!(together.len(), 2, "{titles:?}");
    let limited = Asked { text: "keys", filters: "", today: TODAY, due_soon: 60, limit: 1 };
    assert!(engine.ask(limited).expect("there is an answer").more);
}

#[test]
fn equal_hits_stand_in_portal_order_and_so_they_stay() {
    let engine = engine(
        (0..30).map(|n| approved(&format!("Page {n:02}"), &[("", "Changeover.")])).collect(),
    );
    let order: Vec<String> = (0..20).map(|n| format!("Page {n:02}")).collect();
    for typed in ["ch", "cha", "chan", "change", "changeo", "changeov", "changeover"] {
        assert_eq!(named(&pages(&engine, typed)), order, "{typed}");
    }
}

/// Hits whose words are still there count the same with one more letter, and keep their order.
#[test]
fn adding_letters_never_shuffles() {
    let engine = &*OURS;
    let mut compared = 0;
    for text in
        ["emergency chang", "supplier contra", "capaci", "configurat", "incident reso", "availab"]
    {
        let from = text.rfind(' ').map_or(2, |space| space + 3);
        let mut before: Vec<(String, Tier, f32)> = Vec::new();
        for end in from..=text.len() {
            let hits = ask(engine, &text[..end]).hits.into_iter();
            let mut now: Vec<(String, Tier, f32)> =
                hits.map(|hit| (hit.page_title, hit.tier, hit.score)).collect();
            now.dedup();
            let place = |page: &(String, Tier, f32)| before.iter().position(|other| other == page);
            let same: Vec<usize> = now.iter().filter_map(place).collect();
            compared += same.len().saturating_sub(1);
            assert!(same.is_sorted(), "{}: {same:?}", &text[..end]);
            before = now;
        }
    }
    assert!(compared > 20, "{compared} pairs were compared");
}

#[test]
fn nonsense_is_answered() {
    let engine = &*OURS;
    let long = "wörter und zeichen ".repeat(600);
    let hostile = [
        "",
        " ",
        "\"",
        "\"\"\"",
        "-",
        "--",
        "-\"",
        "type:",
        "type:\"",
        ":",
        "((((",
        "a AND b OR",
        "[a TO b]",
        "*",
        "?",
        "\\",
        "\u{0}\u{1}\u{7f}",
        "\u{1f}",
        "שלום עולם",
        "مرحبا",
        "🙂🙃",
        "e\u{301}\u{301}",
        "\u{202e}abc",
        "<script>",
        "';--",
        "8.",
        ".8",
        "8..5",
        "-8.5",
        "status:",
        "status:nonsense",
        "clause:x",
        "owner:-",
        "~~",
        "a\u{ad}b",
        &long,
    ];
    for text in hostile {
        let json = ask(engine, text).json(text);
        let read: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(read["query"], text);
        for hit in read["hits"].as_array().expect("a list") {
            let snippet = hit["snippet"].as_str().expect("text");
            let plain = snippet.replace("<mark>", "").replace("</mark>", "");
            assert!(!plain.contains(['<', '>']), "{snippet}");
        }
    }
    assert!(ask(engine, "backup").hits.len() > 3, "it still answers");
}

#[test]
fn the_contract_of_our_documents_holds() {
    let answers = search::contract(&PORTAL, Wording(&theme().words), &|| true)
        .expect("the index can be made")
        .expect("all is asked");
    let asked = AtomicUsize::new(0);
    let few = || asked.fetch_add(1, Ordering::Relaxed) < 3;
    let stopped = search::contract(&PORTAL, Wording(&theme().words), &few);
    assert!(stopped.expect("the index can be made").is_none(), "it can be given up");
    assert!(asked.into_inner() < 50, "and ends soon then");
    let documents = PORTAL.library.entries.len();
    let lost: Vec<_> = answers.iter().filter(|answer| !answer.is_kept()).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let mut queries = BTreeMap::new();
    for (id, entry) in PORTAL.library.documents() {
        let found_by = &entry.document.front_matter.found_by;
        assert!((2..=5).contains(&found_by.len()), "{}: {}", entry.document.path, found_by.len());
        for query in found_by {
            let before = queries.insert(query.value.to_lowercase(), id);
            assert_eq!(before, None, "{} is stated twice", query.value);
        }
    }
    assert!(documents > 150);
    assert!(clausebook::contract::mean_reciprocal_rank(&answers) > 0.95);
}

#[test]
fn every_kind_of_thing_is_found() {
    let engine = &*OURS;
    let first = |text: &str| {
        let hit = ask(engine, text).hits.into_iter().next().expect("something is found");
        (hit.kind.clone(), hit.url)
    };
    assert_eq!(first("8.5.1.2"), ("clause".to_owned(), "clauses/8.5.1.2.html".to_owned()));
    assert_eq!(first("type:role change manager").1, "roles/change-manager.html");
    assert_eq!(first("type:term known error").0, "term");
    let (_, url) = first("RSK-09");
    assert!(url.starts_with("documents/risks.html#cb-row-"), "{url}");
    let row = &ask(engine, "RSK-09").hits[0];
    assert!(row.path.ends_with(".csv") && row.line.is_some(), "{row:?}");
    let lines = std::fs::read_to_string(root().join(&row.path)).expect("it is there");
    let line = lines.lines().nth(row.line.unwrap_or(1) as usize - 1).unwrap_or("");
    assert!(line.contains("RSK-09"), "{line}");
}

#[test]
fn a_clause_is_asked_for_however_it_is_claimed() {
    let claiming = |title: &str, kind: &str, clause: &str| {
        format!(
            "---\ntitle: {title}\nreference: SMS-{}-4.4\ntype: {kind}\nowner: a\nversion: 0.1\nstatus: draft\nclause: {clause}\n---\n\nText.\n",
            kind.to_uppercase()
        )
    };
    let repository = Memory::default()
        .with("content/roles.yaml", "- { id: a, title: A }\n")
        .with("content/plain.md", claiming("Plain", "policy", "8.5.1.1"))
        .with("content/whole.md", claiming("Whole", "plan", "iso-iec-20000-1-2018:8.5.1.1"))
        .with("content/old.md", claiming("Old", "guide", "2011:9.2"))
        .with("content/other.md", claiming("Other", "form", "iso-9001-2015:8.5.1"))
        .with("content/release.md", claiming("Release", "report", "2011:9.3"));
    let portal = portal_of(&repository, &Arc::new(Config::default()));
    let sections = search::sections(&portal, Wording(&theme().words));
    let engine =
        search::index(&sections, "en").and_then(search::Packed::open).expect("it is an index");
    let documents = |asked: &str| {
        let found = pages(&engine, &format!("{asked} status:draft"));
        found.into_iter().map(|(title, _)| title).collect::<Vec<_>>()
    };
    // 9.3 of 2011 counts for 8.5.3, and 9.2 for none of the units that it became.
    for (asked, titles) in [
        ("clause:8.5.1.1", &["Plain", "Whole"][..]),
        ("clause:8.5.3", &["Release"]),
        ("clause:8.5", &["Plain", "Release", "Whole"]),
        ("standard:iso-iec-20000-1-2018", &["Plain", "Release", "Whole"]),
        ("standard:iso-iec-20000-1-2011", &["Old", "Release"]),
        ("clause:iso-iec-20000-1-2011:9.2", &["Old"]),
        ("clause:iso-9001-2015:8.5.1", &["Other"]),
    ] {
        assert_eq!(documents(asked), titles, "{asked}");
    }
}

/// A role's id is of plain words: what is typed to find a document must not mean a role first.
#[test]
fn a_plain_word_is_no_reference_to_a_role() {
    for text in ["incident", "service", "incident-manager", "incident manager", "sponsor"] {
        let found = ask(&OURS, text).hits;
        let exact = found.iter().filter(|hit| hit.kind == "role" && hit.tier == Tier::Exact);
        assert_eq!(exact.count(), 0, "{text}");
    }
    assert_ne!(ask(&OURS, "incident").hits[0].kind, "role");
    for text in ["type:role incident-manager", "type:role incident manager"] {
        assert_eq!(ask(&OURS, text).hits[0].url, "roles/incident-manager.html", "{text}");
    }
}

#[test]
fn a_hit_names_the_line_of_its_heading() {
    let mut looked_at = 0;
    for text in ["emergency board", "backup restore", "supplier review"] {
        for hit in ask(&OURS, text).hits {
            let (Some(section), Some(line)) = (&hit.section, hit.line) else { continue };
            if !hit.path.ends_with(".md") {
                continue;
            }
            let file = std::fs::read_to_string(root().join(&hit.path)).expect("it is there");
            let heading = file.lines().nth(line as usize - 1).unwrap_or("");
            assert!(heading.starts_with('#'), "{}:{line}: {heading}", hit.path);
            looked_at += usize::from(heading.contains(section.as_str()));
        }
    }
    assert!(looked_at > 10, "{looked_at}");
}

#[test]
fn the_same_portal_gives_the_same_files() {
    let shipped = || {
        let theme = theme();
        let wording = Wording(&theme.words);
        let mut titles = Titles::default();
        let sections = search::each_section(&PORTAL, wording).inspect(|one| titles.add(one));
        let packed = search::index(sections, "en").expect("it can be made");
        let shipping = Shipping {
            theme: &theme,
            wording,
            due_soon: 60,
            offline: false,
            languages: BTreeMap::default(),
        };
        search::files(packed, &titles, shipping)
    };
    assert!(shipped() == shipped(), "two indexes of one portal differ");
}

/// The compiled engine is that of these sources: `tools/build-search-engine` notes what it was made from.
#[test]
fn the_compiled_engine_is_that_of_the_sources() {
    if !cfg!(unix) {
        println!("SKIPPED: the fingerprint is taken by a script for Unix");
        return;
    }
    let output = Command::new(root().join("tools/build-search-engine"))
        .arg("--fingerprint")
        .output()
        .expect("the script runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let noted = std::fs::read_to_string(root().join("theme/search/engine.fingerprint"));
    let noted = noted.expect("theme/search/engine.fingerprint is there");
    let now = String::from_utf8_lossy(&output.stdout);
    assert_eq!(now.trim(), noted.trim(), "run tools/build-search-engine: its sources have changed");
    let engine = std::fs::metadata(root().join("theme/search/engine.wasm.gz"));
    assert!(engine.expect("the engine is there").len() <= 800_000);
}

fn theme() -> Theme {
    Theme::new("en", []).expect("it is whole")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The portal of our own documents.
static PORTAL: LazyLock<Portal> = LazyLock::new(|| {
    let text = std::fs::read_to_string(root().join("clausebook.toml")).expect("it is there");
    let config = Arc::new(Config::parse("clausebook.toml", &text).expect("it is right"));
    portal_of(&Folder::open(root()).expect("it is there"), &config)
});

/// All of a repository, as its authors may see it.
fn portal_of(source: &dyn Source, config: &Arc<Config>) -> Portal {
    let joined = clausebook::join(source, "content", config).expect("it can be read");
    let view = View {
        publish_up_to: config.classification.levels.last().cloned().unwrap_or_default(),
        ..View::published(config, jiff::civil::date(2026, 12, 1))
    };
    clausebook::view(joined, Vec::new(), view, Stamp::default())
}

static OURS: LazyLock<Engine> = LazyLock::new(|| {
    let theme = theme();
    let sections = search::sections(&PORTAL, Wording(&theme.words));
    search::index(&sections, "en").and_then(search::Packed::open).expect("it is an index")
});
