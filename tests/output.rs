//! What is written is whole and safe: links, anchors, structure, words, files for other programs, hostile input.

#![expect(clippy::disallowed_methods, reason = "tests read what was built")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

use clausebook::assessment::Level;
use clausebook::checklist::Answer;
use clausebook::config::Config;
use clausebook::document::{DocumentType, Status};
use clausebook::implementation::ActivityState;
use clausebook::portal::{NotCounting, Reason, ReviewState, Stamp, UnitState, View};
use clausebook::render::Templates;
use clausebook::site::Grouping;
use clausebook::source::Memory;
use clausebook::standard::Basis;
use clausebook::theme::Theme;
use clausebook::wording::Wording;
use jiff::civil::{Date, date};
use regex::Regex;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

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

/// Text that would be active if it were not escaped, as a variable, a title and so on.
const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"alert(1)";

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

#[test]
fn every_word_is_there_and_used() {
    let words = theme().words;
    let known: BTreeSet<&str> = words.0.keys().map(String::as_str).collect();
    let used = Used::find();
    assert!(used.exact.len() > 100 && used.tables.len() > 10, "they are found");
    let tables: BTreeSet<&str> = known.iter().filter_map(|key| key.split('.').next()).collect();
    let missing: Vec<&String> = used
        .exact
        .iter()
        .filter(|key| key.split('.').next().is_some_and(|table| tables.contains(table)))
        .filter(|key| {
            !known.contains(key.as_str()) && !known.contains(format!("{key}.one").as_str())
        })
        .collect();
    assert!(missing.is_empty(), "named in src or theme, missing in en.toml: {missing:?}");
    let unused: Vec<&&str> = known.iter().filter(|key| !used.uses(key)).collect();
    assert!(unused.is_empty(), "in en.toml, used nowhere: {unused:?}");
    for key in known.iter().filter_map(|key| key.strip_suffix(".one")) {
        assert!(known.contains(format!("{key}.many").as_str()), "{key}.many");
    }
}

#[test]
fn every_state_and_reason_has_words() {
    let theme = theme();
    let wording = Wording(&theme.words);
    let policy = DocumentType::Policy;
    let number = || "8.5.1.1".parse().expect("it is a number");
    let mut said: Vec<String> =
        DocumentType::ALL.iter().map(|known| wording.document_type(*known)).collect();
    said.extend(Status::ALL.iter().map(|status| wording.status(Some(*status))));
    said.push(wording.status(None));
    said.extend([Basis::Standard, Basis::Advice].map(|basis| wording.basis(basis)));
    said.extend(
        [UnitState::Covered, UnitState::Partial, UnitState::Gap, UnitState::Excluded]
            .map(|state| wording.unit_state(state)),
    );
    said.extend(
        [
            ReviewState::Overdue,
            ReviewState::Due,
            ReviewState::Current,
            ReviewState::Unscheduled,
            ReviewState::Exempt,
        ]
        .map(|state| wording.review_state(state)),
    );
    said.extend(ActivityState::ALL.map(|state| wording.activity_state(state)));
    said.extend(Level::ALL.map(|level| wording.level(level)));
    said.extend(Answer::ALL.map(|answer| wording.answer(answer)));
    said.extend(Grouping::ALL.map(|grouping| wording.grouping(grouping)));
    let why = [
        NotCounting::Broken,
        NotCounting::NoStatus,
        NotCounting::Draft,
        NotCounting::InReview,
        NotCounting::Retired,
        NotCounting::NoApprover,
        NotCounting::NoApproval,
        NotCounting::OtherVersionApproved("1.0".to_owned()),
        NotCounting::NotYetApproved(TODAY),
        NotCounting::NotYetEffective(TODAY),
        NotCounting::Unscheduled,
        NotCounting::Overdue(TODAY),
        NotCounting::Errors(1),
        NotCounting::Errors(2),
        NotCounting::RowLacks("place"),
        NotCounting::RowLacks("retention"),
        NotCounting::RowLacks("owner"),
        NotCounting::RowWrong,
        NotCounting::RowOverdue(TODAY),
        NotCounting::NotShown,
    ];
    said.extend(why.iter().map(|why| wording.not_counting(why)));
    let reasons = [
        Reason::NoClaim,
        Reason::TypeMissing(policy, Basis::Standard),
        Reason::TypeNotCounting(policy, Basis::Advice, why.to_vec()),
        Reason::NoRule(Vec::new()),
        Reason::NoRule(vec![NotCounting::Draft]),
        Reason::PointUnmet(
            2,
            vec![(number(), policy), (number(), DocumentType::Plan)],
            vec![NotCounting::Draft],
        ),
        Reason::PointUnmet(2, vec![(number(), policy)], Vec::new()),
        Reason::DerivedFrom(vec![number()]),
        Reason::NothingToDeriveFrom,
        Reason::NoneCounts(vec![NotCounting::Draft]),
        Reason::Excluded("it is not done here".to_owned()),
    ];
    said.extend(reasons.iter().map(|reason| wording.reason(reason)));
    said.extend([false, true].map(|derived| wording.counting_rule(derived)));
    for days in [date(2026, 11, 30), TODAY, date(2026, 12, 2), date(2026, 12, 24)] {
        said.push(wording.days(TODAY, days));
        said.push(theme.words.date(days));
    }
    for text in said {
        assert!(!text.is_empty() && !text.contains(['[', ']', '{', '}']), "`{text}`");
    }
}

/// A file of HTML or SVG, as the tags and texts that a browser finds in it.
struct Page {
    html: String,
    tokens: Vec<Token>,
}

enum Token {
    Open(Tag),
    Close(String),
    Text(String),
}

/// A tag that opens, with its attributes as they are understood.
struct Tag {
    /// In lower case.
    name: String,
    attributes: Vec<(String, String)>,
    /// True when nothing is to close it.
    alone: bool,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Page {
    /// Takes the text apart as browsers do for HTML that is well made; what is not, [`Page::unbalanced`] tells.
    fn read(bytes: &[u8]) -> Self {
        let html = String::from_utf8(bytes.to_vec()).expect("a page is UTF-8");
        let mut tokens = Vec::new();
        let mut rest = html.as_str();
        while let Some(at) = rest.find('<') {
            push_text(&rest[..at], &mut tokens);
            rest = &rest[at..];
            let after = rest[1..].chars().next().unwrap_or(' ');
            rest = if let Some(comment) = rest.strip_prefix("<!--") {
                comment.split_once("-->").map_or("", |(_, rest)| rest)
            } else if after == '!' || after == '?' {
                rest.split_once('>').map_or("", |(_, rest)| rest)
            } else if let Some(name) = rest.strip_prefix("</") {
                let (name, rest) = name.split_once('>').unwrap_or((name, ""));
                tokens.push(Token::Close(name.trim().to_lowercase()));
                rest
            } else if after.is_ascii_alphabetic() {
                let (tag, rest) = tag(&rest[1..]);
                let raw =
                    matches!(&*tag.name, "script" | "style").then(|| format!("</{}", tag.name));
                tokens.push(Token::Open(tag));
                // What stands in these two is no HTML.
                let end = raw.and_then(|close| rest.to_lowercase().find(&close)).unwrap_or(0);
                push_text(&rest[..end], &mut tokens);
                &rest[end..]
            } else {
                push_text("<", &mut tokens);
                &rest[1..]
            };
        }
        push_text(rest, &mut tokens);
        Self { html, tokens }
    }

    fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Open(tag) => Some(tag),
            Token::Close(_) | Token::Text(_) => None,
        })
    }

    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Tag> {
        self.tags().filter(move |tag| tag.name == name)
    }

    /// Every address that a tag names, with the name of the tag.
    fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tags().flat_map(|tag| {
            let addresses =
                tag.attributes.iter().filter(|(name, _)| name == "href" || name == "src");
            addresses.map(|(_, address)| (tag.name.as_str(), address.as_str()))
        })
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        self.tags().filter_map(|tag| tag.get("id"))
    }

    /// What people read, white space made one space.
    fn text(&self) -> String {
        let mut text = String::new();
        for token in &self.tokens {
            if let Token::Text(piece) = token {
                text.push_str(piece);
            }
            text.push(' ');
        }
        text.split_whitespace().flat_map(|word| [word, " "]).collect()
    }

    /// What people read, without these days and without how far away others are.
    fn states(&self, days: [Date; 2]) -> String {
        let words = theme().words;
        let days = days.map(|day| format!("{}|{day}", regex::escape(&words.date(day)))).join("|");
        let pattern = format!(r"\b(?:{days}|in \d+ days?|\d+ days? ago|today)\b");
        Regex::new(&pattern).expect("it is right").replace_all(&self.text(), "").into_owned()
    }

    /// The rows of its tables, heads left out.
    fn rows(&self) -> usize {
        let mut head = false;
        let mut rows = 0;
        for token in &self.tokens {
            match token {
                Token::Open(tag) if tag.name == "thead" => head = true,
                Token::Close(name) if name == "thead" => head = false,
                Token::Open(tag) if tag.name == "tr" && !head => rows += 1,
                _ => {}
            }
        }
        rows
    }

    /// The number that is said in the first list item of that class.
    fn count(&self, class: &str) -> Option<usize> {
        let is_item = |token: &Token| matches!(token, Token::Open(tag) if tag.name == "li" && tag.get("class") == Some(class));
        let from = self.tokens.iter().skip_while(|token| !is_item(token));
        let within = from.take_while(|token| !matches!(token, Token::Close(name) if name == "li"));
        let texts = within.filter_map(|token| match token {
            Token::Text(text) => Some(text.as_str()),
            Token::Open(_) | Token::Close(_) => None,
        });
        let digits: String =
            texts.collect::<String>().chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    }

    fn has_class(&self, class: &str) -> bool {
        self.tags().any(|tag| tag.get("class") == Some(class))
    }

    /// Where the page leads by itself.
    fn refresh(&self) -> Option<String> {
        let meta = self.named("meta").find(|tag| tag.get("http-equiv") == Some("refresh"))?;
        Some(meta.get("content")?.strip_prefix("0; url=")?.to_owned())
    }

    /// The first tag that is not closed where it is to be, or stands where a browser would not leave it.
    fn unbalanced(&self) -> Option<String> {
        const BLOCKS: &str =
            "p div ul ol li dl table section aside article nav blockquote pre h1 h2 h3 h4 h5";
        let mut open: Vec<&str> = Vec::new();
        for token in &self.tokens {
            match token {
                Token::Open(tag) => {
                    let block = BLOCKS.split_whitespace().any(|block| block == tag.name);
                    if block && open.contains(&"p") {
                        return Some(format!("<{}> within <p>", tag.name));
                    }
                    if open.contains(&"a") && tag.name == "a" {
                        return Some("<a> within <a>".to_owned());
                    }
                    if matches!(open.last(), Some(&("ul" | "ol"))) && tag.name != "li" {
                        return Some(format!("<{}> directly within a list", tag.name));
                    }
                    if !tag.alone {
                        open.push(&tag.name);
                    }
                }
                Token::Close(name) => match open.pop() {
                    Some(last) if last == name => {}
                    last => return Some(format!("</{name}> where {last:?} is open")),
                },
                Token::Text(_) => {}
            }
        }
        open.last().map(|name| format!("<{name}> is never closed"))
    }

    /// What is wrong with its structure, and what of it is active.
    fn problems(&self, address: &str) -> Vec<String> {
        let mut problems: Vec<String> = self.unbalanced().into_iter().collect();
        problems.extend(self.head_problems());
        problems.extend(self.id_problems());
        problems.extend(self.body_problems());
        problems.extend(self.heading_problem());
        problems.extend(MISSING_WORD.find(&self.html).map(|word| word.as_str().to_owned()));
        let named = problems.into_iter().map(|problem| format!("{address}: {problem}"));
        named.chain(self.active(address)).collect()
    }

    fn head_problems(&self) -> Vec<String> {
        let is_policy = |tag: &&Tag| tag.get("http-equiv") == Some("Content-Security-Policy");
        let policies = self.named("meta").filter(is_policy).map(|tag| tag.get("content"));
        let policies: Vec<_> = policies.collect();
        // A policy holds only for what stands behind it.
        let at = |what: &str| self.html.find(what).unwrap_or(usize::MAX);
        let first = at("Content-Security-Policy") < at("<link").min(at("<script"));
        let english = self.named("html").all(|tag| tag.get("lang") == Some("en"));
        let titled = !self.content("title").is_empty() && !self.content("h1").is_empty();
        let mut problems = wrong(&[
            (self.html.starts_with("<!doctype html>\n<html "), "it does not begin as HTML"),
            (policies == [Some(POLICY)], "it has not the policy"),
            (first, "its policy comes too late"),
            (english, "its language is not stated"),
            (titled, "its title is empty"),
        ]);
        let alone = ["title", "h1", "main", "head", "body"].into_iter();
        // Pictures have titles too, which have an id.
        let count = |name: &str| {
            self.named(name).filter(|tag| tag.get("id").is_none() || name != "title").count()
        };
        let alone = alone.filter(|name| count(name) != 1);
        problems.extend(alone.map(|name| format!("it has not one <{name}>")));
        problems
    }

    fn id_problems(&self) -> Vec<String> {
        let ids: Vec<&str> = self.ids().collect();
        let mut problems = Vec::new();
        for (i, id) in ids.iter().enumerate() {
            if ids[..i].contains(id) || id.is_empty() || id.contains(char::is_whitespace) {
                problems.push(format!("the id `{id}` is there twice, or is none"));
            }
        }
        for tag in self.tags() {
            let by = ["aria-labelledby", "aria-describedby", "for"].into_iter();
            let nobody = by.filter(|by| {
                let named = tag.get(by).unwrap_or_default();
                named.split_whitespace().any(|id| !ids.contains(&id)) || tag.get(by) == Some("")
            });
            problems.extend(nobody.map(|by| format!("`{by}` of <{}> names nothing", tag.name)));
        }
        problems
    }

    fn body_problems(&self) -> Vec<String> {
        let scoped = |tag: &Tag| matches!(tag.get("scope"), Some("col" | "row"));
        let mut tables = self.html.split("<table").skip(1);
        let headed = tables.all(|table| {
            table.split("</table>").next().is_some_and(|table| table.contains("<th "))
        });
        let twice = self.tags().any(|tag| {
            let names: BTreeSet<&String> = tag.attributes.iter().map(|(name, _)| name).collect();
            names.len() < tag.attributes.len()
        });
        wrong(&[
            (self.named("img").all(|tag| tag.get("alt").is_some()), "an image has no `alt`"),
            (self.named("th").all(scoped), "a <th> has no scope"),
            (headed, "a table has no <th>"),
            (!twice, "a tag has an attribute twice"),
        ])
    }

    /// The first heading that lies more than one level below the one before.
    fn heading_problem(&self) -> Option<String> {
        let levels = self.tags().filter_map(|tag| tag.name.strip_prefix('h')?.parse::<u32>().ok());
        let mut last = 0;
        for level in levels {
            if level > last + 1 {
                return Some(format!("<h{level}> follows <h{last}>"));
            }
            last = level;
        }
        None
    }

    /// The text of the first element of that name.
    fn content(&self, name: &str) -> String {
        let from = self
            .tokens
            .iter()
            .skip_while(|token| !matches!(token, Token::Open(tag) if tag.name == name));
        let within =
            from.take_while(|token| !matches!(token, Token::Close(close) if close == name));
        let texts = within.filter_map(|token| match token {
            Token::Text(text) => Some(text.as_str()),
            Token::Open(_) | Token::Close(_) => None,
        });
        texts.collect::<String>().trim().to_owned()
    }

    /// What could run, load from elsewhere, or lead somewhere by itself.
    fn active(&self, address: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let Token::Open(tag) = token else { continue };
            let text = matches!(self.tokens.get(i + 1), Some(Token::Text(text)) if !text.trim().is_empty());
            if !is_harmless(tag, text) {
                found.push(format!("{address}: <{}> {:?}", tag.name, tag.attributes));
            }
            let risky =
                tag.attributes.iter().filter(|(name, value)| is_risky(&tag.name, name, value));
            found.extend(
                risky.map(|(name, value)| format!("{address}: {name}={value:?} of <{}>", tag.name)),
            );
        }
        found
    }
}

/// A word that is missing is shown by its key.
static MISSING_WORD: LazyLock<Regex> = LazyLock::new(|| {
    let tables = "status|type|column|clause|document|banner|fact|reason|mark|alert|about|reviews|matrix|shell";
    Regex::new(&format!(r"\[(?:{tables})\.[a-z.-]+\]")).expect("it is right")
});

/// What is said of each that does not hold.
fn wrong(expected: &[(bool, &str)]) -> Vec<String> {
    expected.iter().filter(|(holds, _)| !holds).map(|(_, what)| (*what).to_owned()).collect()
}

/// Tags that do nothing.
const HARMLESS: &str = "html head title body header nav main article section aside footer div span p a ul ol li dl dt dd \
    h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td col colgroup blockquote pre code em strong b i u s del ins \
    sub sup small br hr img time details summary abbr kbd mark figure cite center area map q var samp dfn wbr bdi bdo rp \
    rt rtc ruby strike tt acronym hgroup data figcaption";

/// True for a tag of ours, or one that texts may have.
fn is_harmless(tag: &Tag, text: bool) -> bool {
    match &*tag.name {
        "script" => tag.get("src").is_some_and(|src| src.contains("assets/")) && !text,
        "link" => match tag.get("rel") {
            Some("alternate") => {
                tag.get("type") == Some("application/atom+xml")
                    && tag.get("href").is_some_and(|href| href.ends_with("changes.xml"))
            }
            rel => matches!(rel, Some("icon" | "stylesheet" | "canonical")),
        },
        // It opens a drawer of the page, or is one of those that scripts bring to life.
        "button" => {
            const KNOWN: [&str; 7] = [
                "type",
                "class",
                "popovertarget",
                "popovertargetaction",
                "hidden",
                "data-theme-switch",
                "data-shortcuts",
            ];
            matches!(tag.get("type"), Some("button" | "submit"))
                && tag.attributes.iter().all(|(name, _)| KNOWN.contains(&&**name))
        }
        "template" => tag.get("id") == Some("cb-cards"),
        "meta" => match tag.get("http-equiv") {
            None => tag.get("charset").is_some() || tag.get("name").is_some(),
            Some("Content-Security-Policy") => true,
            Some("refresh") => tag.get("content").is_some_and(|to| !to.contains("//")),
            Some(_) => false,
        },
        // The form of the search leads to its own page, as it has no address.
        "form" => tag.get("method").is_none_or(|method| method == "get"),
        "label" | "select" | "option" => true,
        "input" => matches!(tag.get("type"), Some("search" | "text")),
        "svg" => matches!(tag.get("class"), Some("icon" | "signs" | "chart")),
        "use" => tag.get("href").is_some_and(|to| to.starts_with("#cb-icon-")),
        "symbol" | "path" | "rect" | "circle" | "line" | "text" | "desc" => {
            const KNOWN: &str = "id class viewbox fill fill-rule stroke stroke-width stroke-linecap \
                stroke-linejoin d x y x1 y1 x2 y2 cx cy r rx ry width height text-anchor";
            tag.attributes.iter().all(|(name, value)| {
                KNOWN.split_whitespace().any(|known| known == name) && !value.contains('(')
            })
        }
        name => HARMLESS.split_whitespace().any(|harmless| harmless == name),
    }
}

/// Attributes that run, load or lead by themselves.
const RISKY: &str = "style srcdoc formaction action background ping srcset data cite autofocus";

fn is_risky(tag: &str, name: &str, value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let bare = bare.to_lowercase();
    let address = name == "href" || name == "src" || name.ends_with(":href");
    let scheme = bare.split_once(':').map_or("", |(scheme, _)| scheme);
    let runs = ["javascript", "data", "vbscript", "blob", "file"].contains(&scheme);
    let leads = address && (bare.starts_with("//") || bare.starts_with('\\') || runs);
    let loads = tag != "a" && address && ["http", "https"].contains(&scheme);
    let never = RISKY.split_whitespace().any(|risky| risky == name) || name.starts_with("on");
    never || leads || loads
}

fn push_text(text: &str, tokens: &mut Vec<Token>) {
    if !text.is_empty() {
        tokens.push(Token::Text(decoded(text)));
    }
}

/// A tag from its name on, and what stands behind it.
fn tag(text: &str) -> (Tag, &str) {
    const ALONE: [&str; 8] = ["meta", "link", "img", "br", "hr", "input", "col", "wbr"];
    let end = text.find([' ', '\n', '\t', '/', '>']).unwrap_or(text.len());
    let name = text[..end].to_lowercase();
    let mut rest = &text[end..];
    let mut attributes = Vec::new();
    let mut closed = false;
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('/') {
            (closed, rest) = (after.starts_with('>'), after);
        } else if let Some(after) = rest.strip_prefix('>') {
            let alone = closed || ALONE.contains(&&*name);
            return (Tag { name, attributes, alone }, after);
        } else if rest.is_empty() {
            return (Tag { name, attributes, alone: true }, rest);
        } else {
            let (attribute, after) = attribute(rest);
            attributes.push(attribute);
            rest = after;
        }
    }
}

/// An attribute with its value, and what stands behind it.
fn attribute(text: &str) -> ((String, String), &str) {
    let end = text[1..].find(['=', ' ', '\n', '\t', '/', '>']).map_or(text.len(), |end| end + 1);
    let name = text[..end].to_lowercase();
    let rest = text[end..].trim_start();
    let Some(value) = rest.strip_prefix('=') else { return ((name, String::new()), &text[end..]) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            let (value, rest) = value.split_once(quote).unwrap_or((value, ""));
            return ((name, decoded(value)), rest);
        }
    }
    let end = value.find([' ', '\n', '\t', '>']).unwrap_or(value.len());
    ((name, decoded(&value[..end])), &value[end..])
}

/// The text with its character references replaced.
fn decoded(text: &str) -> String {
    static REFERENCE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"&(#x[0-9A-Fa-f]+|#[0-9]+|[a-z]+);").expect("it is right"));
    let replaced = REFERENCE.replace_all(text, |found: &regex::Captures| {
        let code = match &found[1] {
            "amp" => Some(u32::from('&')),
            "lt" => Some(u32::from('<')),
            "gt" => Some(u32::from('>')),
            "quot" => Some(u32::from('"')),
            "nbsp" => Some(0xa0),
            number => match number.strip_prefix("#x") {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => number.strip_prefix('#').and_then(|digits| digits.parse().ok()),
            },
        };
        code.and_then(char::from_u32).map_or_else(|| found[0].to_owned(), String::from)
    });
    replaced.into_owned()
}

/// The HTML files of a site, read.
fn pages(site: &Site) -> BTreeMap<String, Page> {
    let html = site.iter().filter(|(name, _)| name.ends_with(".html"));
    html.map(|(name, bytes)| (name.clone(), Page::read(bytes))).collect()
}

/// Links that are absolute, leave the site, or lead to nothing.
fn link_problems(site: &Site, pages: &BTreeMap<String, Page>) -> Vec<String> {
    let ids: BTreeMap<&String, BTreeSet<&str>> =
        pages.iter().map(|(name, page)| (name, page.ids().collect())).collect();
    let mut problems = Vec::new();
    for (name, page) in pages {
        let refresh = page.refresh();
        for (tag, link) in page.links().chain(refresh.as_deref().map(|to| ("a", to))) {
            let outside = ["http://", "https://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| link.starts_with(scheme));
            if outside && tag == "a" {
                continue;
            }
            // This page is answered at any depth: its links begin at the path of the site.
            let link =
                if name == "404.html" { link.strip_prefix('/').unwrap_or(link) } else { link };
            let problem = match resolve(name, link) {
                Err(problem) => Some(problem),
                Ok((target, _)) if !site.contains_key(&target) => {
                    Some(format!("there is no {target}"))
                }
                Ok((target, Some(anchor))) => ids
                    .get(&target)
                    .is_none_or(|ids| !ids.contains(anchor.as_str()))
                    .then(|| format!("{target} has no id {anchor}")),
                Ok(_) => None,
            };
            problems
                .extend(problem.map(|problem| format!("{name}: <{tag}> to `{link}`: {problem}")));
        }
    }
    problems
}

/// The file that a link leads to, and the anchor in it.
fn resolve(from: &str, link: &str) -> Result<(String, Option<String>), String> {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decoded(anchor))),
        None => (link, None),
    };
    if anchor.as_deref() == Some("") || link.is_empty() {
        return Err("it is empty".to_owned());
    }
    if path.is_empty() {
        return Ok((from.to_owned(), anchor));
    }
    if path.starts_with('/') || path.contains(':') || path.contains('\\') || path.contains("//") {
        return Err("it is not relative".to_owned());
    }
    if path.ends_with('/') || path.contains('?') {
        return Err("it names no file".to_owned());
    }
    let mut parts: Vec<String> = from.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().ok_or("it leaves the folder")?),
            "." => return Err("it has a part that does nothing".to_owned()),
            part => parts.push(percent_decoded(part)),
        }
    }
    Ok((parts.join("/"), anchor))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("an address is UTF-8")
}

/// The words that the program and the templates name.
#[derive(Default)]
struct Used {
    /// Keys, as they stand in the file of words.
    exact: BTreeSet<String>,
    /// Tables of which one key or another is named: `type` for `type.{}`.
    tables: BTreeSet<String>,
    /// Texts of the program, which may be the key within such a table.
    texts: BTreeSet<String>,
    /// The scripts, which name theirs without the table.
    scripts: String,
}

impl Used {
    fn find() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut used = Self::default();
        let mut files = Site::new();
        read_all(&root.join("src"), "", &mut files);
        for source in files.values() {
            used.source(&String::from_utf8_lossy(source));
        }
        let mut scripts = Site::new();
        read_all(&root.join("theme/static"), "", &mut scripts);
        for (_, script) in scripts.iter().filter(|(name, _)| name.ends_with(".js")) {
            used.scripts.push_str(&String::from_utf8_lossy(script));
        }
        let mut templates = Site::new();
        read_all(&root.join("theme/templates"), "", &mut templates);
        let word = Regex::new(r"\bwords\.([a-z0-9_]+(?:\.[a-z0-9_]+)+)").expect("it is right");
        for template in templates.values() {
            let template = String::from_utf8_lossy(template).into_owned();
            used.exact
                .extend(word.captures_iter(&template).map(|found| found[1].replace('_', "-")));
        }
        used
    }

    fn source(&mut self, source: &str) {
        let text = Regex::new(r#""((?:[^"\\]|\\.)*)""#).expect("it is right");
        let key = Regex::new(r"^[a-z][a-z-]*(\.[a-z0-9-]+)+$").expect("it is right");
        let table = Regex::new(r"^([a-z-]+)\.\{[a-z_]*\}(?:-none)?$").expect("it is right");
        // `self.0.of("level", level.name())` names a table, too.
        let of = Regex::new(r#"\.of\("([a-z-]+)", "#).expect("it is right");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in lines.map(|line| line.replace("'\"'", "")) {
            self.tables.extend(of.captures_iter(&line).map(|found| found[1].to_owned()));
            for found in text.captures_iter(&line) {
                let found = &found[1];
                let file = [
                    ".html", ".json", ".csv", ".txt", ".toml", ".yaml", ".md", ".xml", ".js",
                    ".css",
                ];
                if key.is_match(found) && !file.iter().any(|ending| found.ends_with(ending)) {
                    self.exact.insert(found.to_owned());
                }
                self.tables.extend(table.captures(found).map(|found| found[1].to_owned()));
                self.texts.insert(found.to_owned());
            }
        }
    }

    fn uses(&self, key: &str) -> bool {
        let whole = key.strip_suffix(".one").or_else(|| key.strip_suffix(".many")).unwrap_or(key);
        let within = whole.split_once('.').is_some_and(|(table, name)| {
            let plain = name.strip_suffix("-none").unwrap_or(name);
            self.tables.contains(table)
                && (self.texts.contains(plain) || name.parse::<u8>().is_ok())
        });
        // Scripts name a word whole, or put it together: `say("theme_" + choice)`.
        let in_script = whole.strip_prefix("script.").is_some_and(|name| {
            let name = name.replace('-', "_");
            let parts = name.split_once('_').is_some_and(|(first, rest)| {
                self.scripts.contains(&format!("\"{first}_\" +"))
                    && self.scripts.contains(&format!("\"{rest}\""))
            });
            parts || self.scripts.contains(&name)
        });
        let top = !whole.contains('.') && self.texts.contains(whole);
        self.exact.contains(whole) || within || top || in_script
    }
}

const ROLES: &str = "- { id: manager, title: Manager }\n- { id: sponsor, title: Sponsor }\n";

/// Documents that are right and yet hard to make pages of.
fn awkward() -> Memory {
    let policy = |reference: &str, more: &str, body: &str| {
        document("policy", reference, "5.2.1", body).replace("changes:", &format!("{more}changes:"))
    };
    let structure = "### Deep\n\nText[^a], again[^a] and[^1].\n\n#### Deeper\n\n##### Deepest\n\n### Deep\n\n### Deep\n\n\
        [^a]: A note with [a link](no-heading.md).\n[^1]: Another.\n\n### Note 1\n\n### Größe & Maß\n\n[down](#größe-maß) [too](#gr%C3%B6%C3%9Fe-ma%C3%9F)\n";
    let taken = "## CB main\n\n## CB history\n\n## CB claims\n\n## In force\n\n## Stated {#cb-main}\n\n## Stated {#cb-claims clause=5.2.2}\n\n## Stated {#cb-filter-0}\n";
    let blocks = "## A [link](no-heading.md) and `code` in a heading\n\n- [ ] open\n- [x] done\n  1. one\n\n     two\n\n     > quote\n\n\
        | A | B |\n| :-: | --: |\n| [[SMS-POL-5.2.1-2\\|no heading]] | ![](a%20b.png) |\n\nTerm\n: Definition\n\n> [!WARNING]\n> Text\n> - list\n\n\
        ~~gone~~ <details><summary>More</summary>Text</details>\n\n    code\n\n```rust\nfn main() {}\n```\n\n***\n\n![two\nlines](a%20b.png \"Title\")\n\
        [clause](clause:8.5.1) [old](clause:2011:9.2) [paragraph](clause:6.1.2) [self](#a-link-and-code-in-a-heading)\n[paper](100%25%20%23%20Größe.pdf)\n";
    let rows = "name,day,due_day,who,number,document,state,site\nA,2026-01-01,2026-01-02,manager,8.5.1.1,SMS-POL-5.2.1-2,open,https://x.example/a?b=c&d\n,,,,,,,\n";
    let columns = "data: rows.csv\ncolumns: { name: text, day: date, due_day: due, who: role, number: clause, document: reference, state: choice(open, closed), site: link }\n";
    Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/glossary.yaml", "- { term: Go live, definition: A., see: [Größe] }\n- { term: Go-live, definition: B. }\n- { term: Größe, definition: C., document: SMS-POL-5.2.1-2 }\n")
        .with("content/no-heading.md", policy("SMS-POL-5.2.1-2", "related: SMS-POL-5.2.1-3\n", "Text."))
        .with("content/structure.md", policy("SMS-POL-5.2.1-3", "governed_by: SMS-POL-5.2.1-2\nold_paths: [/deep/er/old.html, documents/old name.html]\n", structure))
        .with("content/taken.md", policy("SMS-POL-5.2.1-4", "", taken))
        .with("content/A b/Größe/blocks.md", policy("SMS-POL-5.2.1-5", "", blocks))
        .with("content/A b/Größe/a b.png", "png")
        .with("content/A b/Größe/100% # Größe.pdf", "pdf")
        .with("content/empty.md", policy("SMS-POL-5.2.1-6", "", ""))
        .with("content/index.md", policy("about", "", "# One heading\n"))
        .with("content/A b/index.md", policy("SMS-POL-5.2.1-7", "", "See [[about]].\n\n# Top\n\n## Below\n"))
        .with("content/404.md", policy("SMS-POL-5.2.1-8", "", "Text.").replace("approved\n", "draft\n"))
        .with("content/con.md", policy("SMS-POL-5.2.1-9", "replaced_by: SMS-POL-5.2.1-2\n", "See [[404]].").replace("approved\n", "retired\n"))
        .with("content/later.md", policy("SMS-POL-5.2.1-10", "effective_date: 2027-01-01\n", "See [[con]].").replace("clause: 5.2.1", "clause: [5.2, 6.1.2, 2011:4.1.1, 2011:9.2]"))
        .with("content/rows.csv", rows)
        .with("content/rows.md", document("register", "SMS-REG-8.2.5", "8.2.5", "").replace("changes:", &format!("{columns}changes:")))
}

const HOSTILE_SETTINGS: &str = r#"
organization = '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="alert(1)'
edit_link = 'https://x.example/"onmouseover="alert(1)"/{path}'
[variables]
evil = '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="alert(1)'
evil_link = "javascript:alert(1)"
"#;

/// Markdown without raw HTML: what we write ourselves is escaped.
const HOSTILE_TEXT: &str = r#"
## \<script>alert(1)\</script> {{ evil }} {#"onclick="alert(1) onclick=alert(1) .x}

| {{ evil }} | `<script>alert(1)</script>` |
| --- | --- |
| {{ evil }} | &lt;script&gt;alert(1)&lt;/script&gt; |

[a](javascript:alert(1)) [a](JavaScript&colon;alert(1)) [a](java&#10;script:alert(1)) [a](data:text/html,x) [a](vbscript:x)
[a]({{ evil_link }}) [a](//x.example/a) [a](<https://x.example/"onclick="alert(1)>) [a](file:///etc/passwd) [a](\\x.example)
![a](javascript:alert(1)) ![a](https://x.example/a.png) ![a](data:image/svg+xml,x) ![{{ evil }}](picture.svg "{{ evil }}")
![a](<x"onerror=alert(1).png>) [a](page.html) [[x" onclick="alert(1)]] [[javascript:alert(1)|a]] [text](clause:"onclick="alert)

Note[^"onclick="alert(1)].

[^"onclick="alert(1)]: {{ evil }}

```"><script>alert(1)</script>
<script>alert(1)</script>
```

```html" onclick="alert(1)
<script>alert(1)</script>
```

```html
<script>alert(1)</script><img src=x onerror=alert(1)>
```

- [ ] {{ evil }}

> [!NOTE]
> {{ evil }}

{{ evil }}
: {{ evil }}
"#;

/// Raw HTML: what is sanitised.
const HOSTILE_HTML: &str = r#"
`<script>alert(1)</script>` {{ evil }}

<script>alert(1)</script>
<SCRIPT SRC="https://x.example/x.js"></SCRIPT >
<img src=x onerror=alert(1)> <img src="https://x.example/a.png"> <img src="//x.example/a.png"> <img src="data:image/svg+xml,x">
<img srcset="https://x.example/a.png"> <img/src=`x`onerror=alert(1)>
<a href="javascript:alert(1)">a</a> <a href=" jAvAsCrIpT:alert(1)">a</a> <a href="java&#10;script:alert(1)">a</a>
<a href="data:text/html,<script>alert(1)</script>">a</a> <a href="//x.example">a</a> <a href="\\x.example">a</a>
<a href="https://x.example" target="_blank" ping="https://x.example" onclick="alert(1)">a</a>
<base href="https://x.example/"> <meta http-equiv="refresh" content="0; url=https://x.example">
<iframe src="https://x.example"></iframe> <iframe srcdoc="<script>alert(1)</script>"></iframe>
<form action="https://x.example"><input name=a autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">b</button></form>
<style>body { display: none } @import "https://x.example/x.css";</style>
<link rel=stylesheet href="https://x.example/x.css"> <object data="x.swf"></object> <embed src="x.swf">
<svg onload=alert(1)><script>alert(1)</script><a xlink:href="javascript:alert(1)"><rect/></a></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
<div style="position:fixed" onclick=alert(1) id="cb-main">d</div> <details open ontoggle=alert(1)>e</details>
<video src="https://x.example/a"><source onerror=alert(1)></video> <audio src=x onerror=alert(1)></audio>
<template><script>alert(1)</script></template> <noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<textarea><script>alert(1)</script></textarea> <select><option>a</select> <title><img src=x onerror=alert(1)></title>
<blockquote cite="javascript:alert(1)">q</blockquote> <q cite="https://x.example">q</q>
<table background="https://x.example/a.png"><tr><td background="https://x.example/a.png">c</td></tr></table>
<!--><script>alert(1)</script>--> <!-- --!><script>alert(1)</script> --> <?php alert(1) ?>
<![CDATA[<script>alert(1)</script>]]> <x-evil onclick=alert(1)>x</x-evil> <marquee onstart=alert(1)>m</marquee>
<portal src="https://x.example"></portal> <dialog open>d</dialog> <body onload=alert(1)> <plaintext>p
"#;

const HOSTILE_PICTURE: &str = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" onload=\"alert(1)\"><script>alert(1)</script>\
        <a href=\"javascript:alert(1)\"><rect width=\"9\" height=\"9\" onclick=\"alert(1)\" style=\"fill: red\"/></a><text aria-label=\"a &lt; b\">a&#160;b</text>\
        <image href=\"https://x.example/a.png\"/><style>@import 'https://x.example'</style><set attributeName=\"href\" to=\"javascript:alert(1)\"/></svg>";

/// Everything that could become active, wherever authors can write it.
fn hostile() -> Memory {
    let quoted = serde_json::to_string(HOSTILE).expect("it is text");
    let everywhere = |text: String| {
        let title =
            text.lines().find(|line| line.starts_with("title: ")).unwrap_or_default().to_owned();
        text.replace(&title, &format!("title: {quoted}"))
            .replace("First issue.", &quoted)
            .replace("changes:", &format!("retention: {quoted}\nkeywords: [{quoted}]\naliases: [{quoted}]\nclassification: internal\norigin: {{ issuer: {quoted} }}\nchanges:"))
    };
    let rows = "name,who,number,document,site\n\"{evil}\",\"{evil}\",\"{evil}\",\"{evil}\",javascript:alert(1)\nA,manager,8.5.1.1,x,\"https://x.example/\"\"onclick=\"\"alert(1)\"\n";
    let columns = "data: rows.csv\ncolumns: { name: text, who: role, number: clause, document: reference, site: link }\nchanges:";
    Memory::default()
        .with(
            "content/roles.yaml",
            format!(
                "- {{ id: manager, title: {quoted}, summary: {quoted}, duties: [{quoted}] }}\n"
            ),
        )
        .with(
            "content/glossary.yaml",
            format!("- {{ term: {quoted}, definition: {quoted}, aliases: [{quoted}] }}\n"),
        )
        .with(
            "content/<b onclick=alert(1)>/html.md",
            everywhere(document("policy", "SMS-POL-5.2.1", "5.2.1", HOSTILE_HTML)),
        )
        .with(
            "content/text.md",
            everywhere(document("policy", "SMS-POL-5.2.1-2", "5.2.1", HOSTILE_TEXT)),
        )
        .with(
            "content/rows.md",
            everywhere(document("register", "SMS-REG-8.2.5", "8.2.5", "{{ evil }}"))
                .replace("changes:", columns),
        )
        .with("content/rows.csv", rows.replace("{evil}", &HOSTILE.replace('"', "\"\"")))
        .with(
            "content/\" onclick=\"alert(1).md",
            everywhere(document("policy", "\"onclick=alert(1)\"", "5.2.1", "Text.")),
        )
        .with("content/picture.svg", HOSTILE_PICTURE)
        .with("content/x\"onerror=alert(1).png", "png")
        .with("content/page.html", "<script>alert(1)</script>")
}

/// A document that no rule objects to.
fn document(document_type: &str, reference: &str, clause: &str, body: &str) -> String {
    format!(
        "---\ntitle: {reference}\nreference: {reference}\ntype: {document_type}\nowner: manager\napprover: sponsor\n\
         version: 1.0\nstatus: approved\nclause: {clause}\nreview_date: 2027-01-10\nchanges:\n  - version: 1.0\n    \
         date: 2026-01-15\n    summary: First issue.\n    approved_by: sponsor\n---\n\n{body}\n"
    )
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
