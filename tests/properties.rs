//! No input panics, loses a file or points beside its text, whatever it is.
//!
//! The cases are the same on every run; `PROPTEST_RNG_SEED=7 PROPTEST_CASES=5000 cargo test --test properties` tries
//! others and more of them.

#[path = "pages/markup.rs"]
mod markup;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use clausebook::Joined;
use clausebook::address::{SitePath, anchor, slug};
use clausebook::check::RULES;
use clausebook::config::Config;
use clausebook::diagnostic::{Diagnostic, Place, Severity, Span, Texts};
use clausebook::document::Document;
use clausebook::period::{
    Period, TypedDate, Unit, days_before, days_between, next_day, typed_date,
};
use clausebook::picture::Pixels;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::render::Templates;
use clausebook::report::{self, Format};
use clausebook::site::{Page, is_generated};
use clausebook::source::Memory;
use clausebook::standard::ClauseNumber;
use clausebook::theme::Theme;
use clausebook::words::Words;
use clausebook::write::{Facts, Listed, Manifest};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

const TODAY: Date = date(2026, 12, 1);

/// A document in which nothing is wrong.
const DOCUMENT: &str = "---
title: Change policy
reference: SMS-POL-8.5
type: policy
owner: manager
approver: sponsor
version: '1.0'
status: approved
clause: [8.5, 8.5.1]
review_cycle: 1 year
audience:
  - staff
  - partners
aliases: [Änderungen, \"the: policy\"]
changes:
  - version: '1.0'
    date: 2026-02-05
    summary: >
      First
      edition
    approved_by: sponsor
---

# Scope

Text, see [there](other.md#part).
";

/// What links of the documents above and below lead to.
const OTHER: &str = "---
title: Other
reference: SMS-GDE-8.5
type: guide
owner: manager
version: 0.1
status: draft
clause: 8.5
---

## Part {#part clause=8.5.1}

See [[SMS-POL-8.5]].
";

const ROLES: &str = "- id: manager
  title: Manager
- { id: sponsor, title: \"Sponsor: the board\", duties: [one, two] }
";

const GLOSSARY: &str = "- term: Change
  definition: Something that differs
  aliases: [changes]
  see: [Entwurf]
- { term: Entwurf, definition: A draft, document: SMS-GDE-8.5 }
";

const STANDARD: &str = "id: iso-iec-20000-1-2018
title: A standard
clauses:
  - number: \"8.5\"
    title: Change
    expects:
      - { type: policy, basis: standard, what: a policy }
  - number: \"8.5.1\"
    summary: A paragraph
  - number: \"9\"
    title: Check
    points:
      - { text: one, pairs: [\"8.5 policy\"] }
    see: [\"iso-9001-2015:8.5\"]
";

const PLAN: &str = "title: How it is built
phases:
  - { id: \"1\", title: Begin, aim: The first rules }
  - { id: later, title: Go on }
areas:
  - title: Change
    activities:
      - { id: C.a, activity: Write \"it\", roles: [manager], phases: [\"1\", later], clauses: [\"8.5\"], document: SMS-POL-8.5, state: done }
      - id: C.b
        activity: Größe messen
        phases: [later]
        state: open
";

const ASSESSMENT: &str = "title: The first look
date: 2026-03-27
standard: iso-iec-20000-1-2018
assessor: manager
units:
  - { clause: \"8.5\", level: begun, finding: \"Much, but not all\", owner: sponsor, due: 2026-12-20 }
  - clause: \"9\"
    level: met
";

const CHECKLIST: &str = "title: To be answered
about: Before an audit
statements:
  - { id: \"1\", statement: All is well, clauses: [\"8.5\"], answer: \"yes\", document: SMS-POL-8.5, remark: Seen }
  - id: \"2\"
    statement: Nothing is amiss
    answer: open
";

const REGISTER: &str = "---
title: Records
reference: SMS-REG-8.5
type: register
owner: manager
version: 0.1
status: draft
clause: 8.5
data: r.csv
columns:
  kind: text
  clause: clause
  place: text
  retention: text
  owner: role
  due: due
  state: choice(open, closed)
  source: reference
  address: link
  count: number
---
";

const ROWS: &str = "kind,clause,place,retention,owner,due,state,source,address,count
Minutes,8.5 8.5.1,\"store, shelf 2\",1 year,manager,2026-12-05,open,SMS-POL-8.5,https://wiki.example/a,-1.5
Größe,2011:4,a,b,sponsor,2026-2-5,closed,,mailto:a@b.example,12
";

static THEME: LazyLock<(Theme, Templates)> = LazyLock::new(|| {
    let theme = Theme::new("en", []).expect("it is built in");
    let templates = Templates::compile(&theme).expect("they are built in");
    (theme, templates)
});

/// What blocks of HTML that go wrong are made of.
const HTML: [&str; 60] = [
    "<",
    ">",
    "</",
    "/>",
    "=",
    "\"",
    "'",
    " ",
    "\n",
    "x",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!",
    "<?",
    "?>",
    "<![CDATA[",
    "]]>",
    "<b>",
    "<desc>",
    "<mi>",
    "</g>",
    "<a href=",
    "<a href=\"",
    "<div class='",
    "<p>",
    "</p>",
    "<table>",
    "</table>",
    "<td>",
    "<svg>",
    "</svg>",
    "<math>",
    "<script>",
    "<SCRIPT >",
    "</script>",
    "</script",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea/>",
    "</textarea >",
    "<xmp>",
    "<iframe src=\"",
    "</iframe>",
    "<noembed>",
    "<noframes>",
    "<noscript>",
    "</noscript>",
    "<plaintext>",
    "</plaintext>",
    "<template>",
    "</template>",
    "<select>",
    "</select>",
    "<option>",
    "<frameset>",
    "\u{a0}",
];

/// As many cases as that, the same ones on every run unless the environment asks for others.
fn cases(cases: u32) -> ProptestConfig {
    let asked = |name: &str| std::env::var_os(name).is_some();
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if !asked("PROPTEST_CASES") {
        config.cases = cases;
    }
    if !asked("PROPTEST_RNG_SEED") {
        config.rng_seed = RngSeed::Fixed(20_000);
    }
    config
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn no_bytes_make_a_file_that_is_lost(file in select(&FILES[..]), bytes in bytes()) {
        let source = repository().with(file.0, bytes);
        let read = clausebook::read::documents(&source, "content", &Config::default()).unwrap();
        let document = read.documents.iter().any(|document| &*document.path == file.0);
        let left_out = read.left_out.iter().any(|left| &*left.path == file.0);
        // What is wrong with the data of a register is told where the register names it.
        let name = file.0.rsplit('/').next().unwrap_or_default();
        let found = read.findings.iter().any(|finding| {
            &*finding.span.path == file.0 || finding.message.contains(name)
        });
        let data = match name {
            "x.yaml" => !read.framework.standards.is_empty(),
            _ => read.texts.0.contains_key(file.0) && !name.ends_with(".md"),
        };
        prop_assert!(document || left_out || found || data);
        prop_assert!(!(document && left_out));
        all_is_sound(&source)?;
    }

    #[test]
    fn a_file_that_is_nearly_right_is_told_what_is_wrong(
        file in select(&FILES[..]),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let text = changes.iter().fold(file.1.to_owned(), |text, change| change.made(&text));
        let source = repository().with(file.0, text);
        all_is_sound(&source)?;
    }

    #[test]
    fn a_file_with_line_breaks_of_windows_is_the_same(
        file in select(&FILES[..]),
        changes in prop::collection::vec(change(), 0..4),
    ) {
        let text = changes.iter().fold(file.1.to_owned(), |text, change| change.made(&text));
        let unix = text.replace('\r', "");
        the_same_with_line_breaks_of_windows(file.0, &unix)?;
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_body_becomes_a_page(body in body()) {
        let source = repository().with("content/a.md", with_body(&body));
        all_is_sound(&source)?;
    }

    #[test]
    fn any_title_is_looked_at(title in titles(), kind in select(&["policy", "process", "agreement", "report"][..])) {
        let title = serde_json::to_string(&title).expect("a text is JSON, and JSON is YAML");
        let text = DOCUMENT.replace("title: Change policy", &format!("title: {title}")).replace("type: policy", &format!("type: {kind}"));
        all_is_sound(&repository().with("content/a.md", text))?;
    }

    #[test]
    fn a_body_with_line_breaks_of_windows_is_the_same(body in body()) {
        the_same_with_line_breaks_of_windows("content/a.md", &with_body(&body.replace('\r', "")))?;
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_block_of_html_takes_nothing_of_what_follows_it(block in prop::collection::vec(select(&HTML[..]), 0..14)) {
        let block = block.concat();
        let page = format!("<p>{}<h2 id=\"kept\">Kept", clausebook::html::closed(&block, &mut 0));
        let clean = ammonia::Builder::default().add_generic_attributes(["id"]).clean(&page).to_string();
        prop_assert!(clean.contains("<h2 id=\"kept\">"), "{}\n{}", block, clean);
        prop_assert!(clean.contains("Kept"), "{}\n{}", block, clean);
    }

    #[test]
    fn any_bytes_are_a_picture_or_none(bytes in picture()) {
        if let Some(Pixels { width, height }) = Pixels::of(&bytes) {
            prop_assert!(width > 0 && height > 0);
        }
    }

    #[test]
    fn any_name_makes_a_part_of_an_address(name in names()) {
        let made = slug(&name);
        prop_assert!(!made.is_empty() && made.len() <= 255);
        prop_assert!(made.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        prop_assert_eq!(&slug(&made), &made);
        let address = SitePath::new(&format!("documents/{made}.html"));
        prop_assert!(SitePath::new(&made).is_some() && address.is_some());
    }

    #[test]
    fn any_heading_makes_an_anchor(title in names()) {
        let made = anchor(&title);
        prop_assert!(!made.is_empty() && !made.contains(char::is_whitespace));
        prop_assert_eq!(&anchor(&made), &made);
    }

    #[test]
    fn an_address_stays_within_the_site(path in paths(), other in paths()) {
        let (Some(path), Some(other)) = (SitePath::new(&path), SitePath::new(&other)) else {
            return Ok(());
        };
        prop_assert!(path.as_str().split('/').all(|part| !matches!(part, "" | "." | "..")));
        let link = path.link_to(&other);
        prop_assert!(!link.starts_with('/') && !link.contains([':', '\\', ' ', '"', '#', '?']));
        let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        prop_assert_eq!(clausebook::source::join(folder, &decoded(&link)).unwrap(), other.as_str());
        is_generated(&path);
    }

    #[test]
    fn numbers_of_clauses_have_one_order([a, b, c] in [numbers(), numbers(), numbers()]) {
        let [Ok(a), Ok(b), Ok(c)] = [&a, &b, &c].map(|text| text.parse::<ClauseNumber>()) else {
            return Ok(());
        };
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a == b, a.cmp(&b).is_eq());
        prop_assert!(!(a <= b && b <= c) || a <= c);
        prop_assert!(!b.is_within(&a) || a <= b);
        prop_assert!(a.parent().is_none_or(|parent| parent < a && a.is_within(&parent)));
    }

    #[test]
    fn a_number_of_a_clause_is_shown_as_it_was_typed(text in numbers()) {
        if let Ok(number) = text.parse::<ClauseNumber>() {
            prop_assert_eq!(number.to_string(), text);
            prop_assert!(number.as_str().bytes().all(|b| b.is_ascii_digit() || b == b'.'));
        }
    }

    #[test]
    fn periods_reach_any_date_or_none(from in dates(), count in any::<u32>(), unit in select(&UNITS[..])) {
        let period = Period { count, unit };
        let after = period.after(from);
        prop_assert!(after.is_none_or(|after| after > from || count == 0));
        prop_assert!(count == 0 || period.to_string().parse() == Ok(period));
    }

    #[test]
    fn days_count_forth_and_back(from in dates(), to in dates(), days in any::<u32>()) {
        prop_assert_eq!(days_between(from, to), -days_between(to, from));
        prop_assert!(next_day(from) > from || from == Date::MAX);
        let before = days_before(from, days);
        prop_assert!(before == Date::MIN || days_between(before, from) == i64::from(days));
    }

    #[test]
    fn dates_are_read_as_they_are_written(date in dates(), text in "[0-9-]{0,11}") {
        let written = typed_date(&date.to_string());
        prop_assert!(date.year() < 0 || written == Some(TypedDate::Iso(date)));
        typed_date(&text);
    }

    #[test]
    fn any_text_is_a_period_or_none(text in "[0-9 a-z]{0,12}|.{0,12}") {
        if let Ok(period) = text.parse::<Period>() {
            prop_assert_eq!(period.to_string().parse(), Ok(period));
        }
    }

    #[test]
    fn any_text_is_settings_or_a_mistake(text in settings()) {
        match Config::parse("clausebook.toml", &text) {
            Ok(config) => {
                let levels = config.levels.values().map(|level| &level.span);
                let texts = Texts([(config.path.clone(), config.text.clone())].into());
                let exclusions = config.coverage.exclude.iter().map(|exclusion| &exclusion.span);
                for span in levels.chain(exclusions) {
                    points_into(span, &texts)?;
                }
            }
            Err(failure) => prop_assert!(failure.message.starts_with("clausebook.toml"), "{:?}", failure),
        }
    }

    #[test]
    fn any_text_is_words_or_a_mistake(text in settings()) {
        if let Err(failure) = Words::parse("theme/words/en.toml", &text) {
            prop_assert!(failure.message.starts_with("theme/words/en.toml:"), "{:?}", failure);
        }
    }

    #[test]
    fn any_text_is_a_manifest_or_none(text in manifests()) {
        if let Ok(manifest) = Manifest::parse(&text) {
            prop_assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
        }
    }

    #[test]
    fn a_manifest_says_what_it_was_told(paths in prop::collection::vec(paths(), 0..5), words in any::<String>()) {
        let paths = paths.iter().filter_map(|path| SitePath::new(path));
        let listed = Listed { sha256: words.clone(), bytes: u64::MAX, source: Some(words.clone()) };
        let facts = Facts {
            program: words.clone(),
            today: TODAY,
            commit: None,
            audience: Some(words),
            publish_up_to: String::new(),
            drafts: true,
        };
        let files = paths.map(|path| (path, listed.clone())).collect();
        let manifest = Manifest { facts: Some(facts), files };
        prop_assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_findings_can_be_reported(
        text in findings_text(),
        findings in prop::collection::vec(finding(), 0..4),
    ) {
        let texts = Texts([("content/a.md".into(), text.into())].into());
        let below = String::new;
        let formats = [
            Format::Text { color: false },
            Format::Text { color: true },
            Format::Json,
            Format::Github { below: below() },
            Format::Sarif { below: below(), rules: rules() },
        ];
        let [plain, _, json, github, sarif] =
            formats.map(|format| report::print(&format, &findings, &texts));
        prop_assert!(!plain.contains(|c: char| c.is_control() && c != '\n'), "{}", plain);
        prop_assert_eq!(plain.matches("[dead-link]: ").count() >= findings.len(), true);
        prop_assert_eq!(github.lines().count(), findings.len());
        prop_assert!(github.lines().all(|line| line.starts_with("::")));
        let count = |report: &str, list: &str| {
            let report: serde_json::Value = serde_json::from_str(report).expect("it is JSON");
            report.pointer(list).and_then(|list| list.as_array()).map(Vec::len)
        };
        prop_assert_eq!(count(&json, "/findings"), Some(findings.len()));
        prop_assert_eq!(count(&sarif, "/runs/0/results"), Some(findings.len()));
    }
}

/// The files that are made anew, each as it is when nothing is wrong with it.
const FILES: [(&str, &str); 8] = [
    ("content/a.md", DOCUMENT),
    ("content/roles.yaml", ROLES),
    ("content/glossary.yaml", GLOSSARY),
    ("content/standards/x.yaml", STANDARD),
    ("content/r.csv", ROWS),
    ("content/plan.yaml", PLAN),
    ("content/assessments/a.yaml", ASSESSMENT),
    ("content/checklists/c.yaml", CHECKLIST),
];

fn repository() -> Memory {
    let files = FILES.into_iter().chain([("content/other.md", OTHER), ("content/r.md", REGISTER)]);
    Memory(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

fn with_body(body: &str) -> String {
    let end = DOCUMENT.rfind("---\n").expect("it has front matter") + 4;
    format!("{}\n{body}", &DOCUMENT[..end])
}

/// Reads, joins, checks, views and renders a repository: what is found points into its texts, and each page of a
/// document is sound, with and without guidance.
fn all_is_sound(source: &Memory) -> Result<(), TestCaseError> {
    let joined = joined(source);
    for portal in [false, true].map(|guidance| portal(joined.clone(), guidance)) {
        for finding in &portal.findings {
            points_into(&finding.span, &portal.library.texts)?;
            for (span, _) in &finding.others {
                points_into(span, &portal.library.texts)?;
            }
        }
        for entry in &portal.library.entries {
            stretches_lie_within(&entry.document)?;
        }
        for (address, page) in written_pages(&portal, source) {
            // An author's own HTML is closed in order like ours, but may stand where it cannot.
            let faults = match markup::pieces(&page) {
                Ok(_) if raw_html(source) => Vec::new(),
                _ => markup::faults(&page),
            };
            prop_assert!(faults.is_empty(), "{}: {:?}", address, faults);
        }
    }
    Ok(())
}

/// True when a document of a repository may hold HTML of its own.
fn raw_html(source: &Memory) -> bool {
    source.0.values().any(|bytes| bytes.windows(2).any(|two| two[0] == b'<' && two[1] != b'h'))
}

/// A stretch of a finding begins and ends at characters of its file.
fn points_into(span: &Span, texts: &Texts) -> Result<(), TestCaseError> {
    let text = texts.get(&span.path);
    prop_assert!(span.start <= span.end);
    prop_assert!(text.get(span.start..span.end).is_some(), "{:?} of {} bytes", span, text.len());
    Ok(())
}

/// All parts of a document lie within its text, at characters.
fn stretches_lie_within(document: &Document) -> Result<(), TestCaseError> {
    let sections =
        document.sections.iter().flat_map(|section| [section.range.clone(), section.body.clone()]);
    let links = document.links.iter().map(|link| link.range.clone());
    let claims = document.claims.iter().map(|claim| claim.range.clone());
    let code = document.code_blocks.iter().map(|code| code.range.clone());
    for range in sections.chain(links).chain(claims).chain(code) {
        prop_assert!(document.text.get(range.clone()).is_some(), "{:?}", range);
    }
    prop_assert!(document.text.is_char_boundary(document.body));
    Ok(())
}

fn joined(source: &Memory) -> Joined {
    clausebook::join(source, "content", &Arc::new(Config::default())).expect("the folder is there")
}

fn portal(joined: Joined, guidance: bool) -> Portal {
    let published = View::published(&joined.library.config, TODAY);
    let view = View { guidance, publish_up_to: "restricted".to_owned(), ..published };
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    clausebook::view(joined, findings, view, Stamp::default())
}

/// The page of each document.
fn written_pages(portal: &Portal, source: &Memory) -> BTreeMap<SitePath, String> {
    let (theme, templates) = &*THEME;
    let pages = clausebook::plan(portal, theme).0.into_iter();
    let written = pages.filter(|(_, page)| {
        matches!(
            page,
            Page::Document(_)
                | Page::Plan(_)
                | Page::Assessments
                | Page::Checklists
                | Page::Glossary
        )
    });
    let pages = written.map(|(address, page)| {
        let bytes = clausebook::bytes(portal, theme, templates, source, &address, &page);
        (address, String::from_utf8(bytes.expect("it has a page")).expect("it is UTF-8"))
    });
    pages.collect()
}

fn the_same_with_line_breaks_of_windows(path: &str, unix: &str) -> Result<(), TestCaseError> {
    let [unix, windows] = [unix.to_owned(), unix.replace('\n', "\r\n")].map(|text| {
        let source = repository().with(path, text);
        let portal = portal(joined(&source), false);
        (told(&portal), written_pages(&portal, &source))
    });
    for (found, again) in unix.0.iter().zip(&windows.0) {
        prop_assert_eq!(found, again);
    }
    prop_assert_eq!(unix.0.len(), windows.0.len());
    for ((address, page), again) in unix.1.iter().zip(windows.1.values()) {
        let (page, again) = (as_browsers_read(page), as_browsers_read(again));
        let differ = page.split('\n').zip(again.split('\n')).find(|(line, again)| line != again);
        prop_assert!(page == again, "{}: {:?}", address, differ);
    }
    Ok(())
}

/// A page without spaces and half line breaks. Within a code span, a reference or a cell that goes over two lines, a
/// line break of Windows gets through to the page, where no browser shows it.
fn as_browsers_read(page: &str) -> String {
    page.replace([' ', '\r'], "")
}

/// A finding, by place.
#[derive(Debug, PartialEq)]
struct Told {
    path: String,
    start: Place,
    end: Place,
    rule: &'static str,
    message: String,
    hint: Option<String>,
}

fn told(portal: &Portal) -> Vec<Told> {
    let texts = &portal.library.texts;
    let told = portal.findings.iter().map(|finding| Told {
        path: finding.span.path.to_string(),
        start: texts.place(&finding.span.path, finding.span.start),
        end: texts.place(&finding.span.path, finding.span.end),
        rule: finding.rule,
        message: finding.message.replace("\r\n", "\n"),
        hint: finding.hint.clone(),
    });
    told.collect()
}

/// Bytes: any, any text, or what begins like a file of ours.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let any_bytes = prop::collection::vec(any::<u8>(), 0..200);
    let any_text = any::<String>().prop_map(String::into_bytes);
    let begun = (
        select(&FILES[..]),
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<u8>(), 0..20),
    );
    let begun = begun.prop_map(|((_, text), at, rest)| {
        [&text.as_bytes()[..at.index(text.len())], &rest].concat()
    });
    prop_oneof![any_bytes, any_text, begun]
}

/// One thing that is changed in a text, at the character nearest to a place.
#[derive(Debug, Clone)]
struct Change {
    at: prop::sample::Index,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Insert(&'static str),
    Remove(usize),
    RepeatLine,
    RemoveLine,
    Indent(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let pieces = vec![
        "\"",
        "'",
        ":",
        ": ",
        "- ",
        "#",
        " #",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "[",
        "]",
        "{",
        "}",
        ",",
        "|",
        ">",
        "&a ",
        "*a",
        "!",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "ä",
        "ß",
        "日本",
        "\u{1f600}",
        "\u{feff}",
        "\u{a0}",
        "\u{2028}",
        "\0",
        "{{ x }}",
        "{{",
        "~",
        "null",
        "1.10",
        "2026-02-30",
        "key: \"ä\u{20ac}",
        "clause: ä\n",
        "\u{85}",
    ];
    let what = prop_oneof![
        4 => select(pieces).prop_map(What::Insert),
        2 => (1usize..6).prop_map(What::Remove),
        1 => Just(What::RepeatLine),
        1 => Just(What::RemoveLine),
        1 => (1usize..4).prop_map(What::Indent),
    ];
    (any::<prop::sample::Index>(), what).prop_map(|(at, what)| Change { at, what })
}

impl Change {
    fn made(&self, text: &str) -> String {
        let at = floor(text, self.at.index(text.len() + 1));
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1);
        let line = &text[line_start..line_end];
        let with = |start: usize, what: &str, end: usize| {
            format!("{}{what}{}", &text[..start], &text[end..])
        };
        match self.what {
            What::Insert(what) => with(at, what, at),
            What::Remove(bytes) => with(at, "", floor(text, (at + bytes).min(text.len())).max(at)),
            What::RepeatLine => with(line_end, line, line_end),
            What::RemoveLine => with(line_start, "", line_end),
            What::Indent(spaces) => with(line_start, &" ".repeat(spaces), line_start),
        }
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A body out of the signs that mean something, and some words.
fn body() -> impl Strategy<Value = String> {
    let pieces = vec![
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "{{",
        "}}",
        "(",
        ")",
        "#",
        "##",
        "|",
        "\\|",
        "\\",
        "`",
        "```",
        "~",
        "~~~",
        "~~",
        "<",
        ">",
        "</",
        "/>",
        "!",
        "*",
        "**",
        "_",
        "-",
        "---",
        "+",
        "=",
        "===",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "  ",
        "    ",
        "\t",
        ":",
        "\n: ",
        "clause=",
        "clause:",
        "8.5",
        "8.5.1",
        "a",
        "b c",
        "é",
        "日",
        "&",
        "&amp;",
        "&#0;",
        "\"",
        "'",
        "[^1]",
        "[^1]: ",
        "[^a b]",
        "> ",
        "> [!NOTE]\n",
        "> [!tip]\n",
        "> [!GUIDANCE]\n",
        "> [!WORD]\n",
        "|---|:-:|",
        "\n|a|b|\n",
        "- [ ] ",
        "- [x] ",
        "1. ",
        "\n# ",
        "\n## ",
        "{#a}",
        "{#a clause=8.5}",
        "{.x}",
        "{{ organization }}",
        "{{ nowhere }}",
        "[[SMS-GDE-8.5]]",
        "[[SMS-GDE-8.5#part|x]]",
        "(other.md)",
        "[x](other.md#part)",
        "![x](y.png)",
        "[x](clause:8.5)",
        "<https://x.example>",
        "<a@b.example>",
        "<b>",
        "</b>",
        "<div id=\"x\">",
        "<!--",
        "-->",
        "<a href=\"#x\">",
        "[a]: other.md\n",
        "\u{a0}",
        "\u{feff}",
        "\0",
    ];
    prop::collection::vec(select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

/// What begins as a picture of a kind that is looked at, and goes on as it likes.
fn picture() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&[u8]] = &[
        b"\x89PNG\r\n\x1a\n",
        b"\0\0\0\rIHDR",
        b"GIF89a",
        b"\xff\xd8",
        b"\xff\xe1",
        b"\xff\xc0",
        b"\xff\xda",
        b"\xff",
        b"RIFF",
        b"WEBP",
        b"VP8 ",
        b"VP8L",
        b"VP8X",
        b"\0\0\0\x1cftypavif",
        b"\0\0\0\x18ftypheic",
        b"\0\0\0\x10meta",
        b"iprp",
        b"ipco",
        b"ispe",
        b"ipma",
        b"pitm",
        b"iinf",
        b"\0\0\0\0",
        b"\0\0\0\x01",
        b"\0\x08",
        b"\xff\xff\xff\xff",
    ];
    let piece = prop_oneof![
        4 => select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..24),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

/// Titles of words that rules look for, between signs and letters of several bytes.
fn titles() -> impl Strategy<Value = String> {
    let pieces: &[&str] = &[
        "Policy",
        "policies",
        "Process",
        "procedure",
        " ",
        " and ",
        " on ",
        "/",
        ", ",
        ": ",
        "🇩🇪 ",
        "👩‍💻",
        "„",
        "“",
        "É",
        "İ",
        "ß",
        "e\u{301}",
        "\u{feff}",
        "draft",
        "v1.0",
        "2026",
        "[",
        "]",
        "<b>",
        "Mr. Smith",
    ];
    prop::collection::vec(select(pieces), 1..9).prop_map(|pieces| pieces.concat())
}

/// Names of files and headings.
fn names() -> impl Strategy<Value = String> {
    let reserved = "(con|PRN|aux|nul|com[0-9¹]|lpt1|index|untitled)[. -]{0,2}(md|x)?";
    prop_oneof![".{0,30}", reserved, "[a-zA-Z0-9 _.-]{0,20}", "[a-z-]{190,300}"]
}

/// Paths, most of them addresses.
fn paths() -> impl Strategy<Value = String> {
    let part = "[a-zA-Z0-9 ._~%#é-]{1,8}|\\.{1,2}|con|.{0,3}";
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.join("/"))
}

/// A link without its percent signs.
fn decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(&after[..2], 16).expect("two digits follow"));
        rest = &after[2..];
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).expect("whole characters were encoded")
}

fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[1-9][0-9]{0,1}(\\.[1-9][0-9]{0,1}){0,3}", 1 => "[0-9.]{0,8}", 1 => ".{0,6}"]
}

const UNITS: [Unit; 4] = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];

/// Any date that there is, the first and the last among them.
fn dates() -> impl Strategy<Value = Date> {
    let any =
        (-9999i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day));
    prop_oneof![8 => any, 1 => Just(Date::MIN), 1 => Just(Date::MAX)]
}

/// Settings, nearly right.
fn settings() -> impl Strategy<Value = String> {
    let lines = vec![
        "organization = \"Größe\"",
        "language = \"en\"",
        "standard = \"iso-9001-2015\"",
        "[variables]",
        "a = \"b\"",
        "a = 1",
        "[rules]",
        "dead-link = { level = \"warn\", reason = \"ä\" }",
        "\"dead\\u002dlink\" = { level = \"off\", reason = \"ä\" }",
        "[coverage]",
        "advised = false",
        "exclude = [{ clause = \"8.5\", reason = \"ä\" }]",
        "exclude = [{ clause = '\\u0038', reason = \"ä\" }]",
        "exclude = [{ clause = \"\\u0038ä\", reason = \"\" }]",
        "[version]",
        "pattern = \"[\"",
        "pattern = \"x{9999}\"",
        "[reference]",
        "pattern = false",
        "codes = { policy = \"P\" }",
        "[classification]",
        "levels = []",
        "levels = [\"ä\"]",
        "default = \"ä\"",
        "[build]",
        "publish_up_to = \"public\"",
        "max_file_mb = 18446744073709551615",
        "[reviews]",
        "due_soon_days = 60",
        "due_soon_days = -1",
        "cycles = { policy = \"1 year\" }",
        "[demo]",
        "dated = 2026-12-01",
        "dated = 2026-12-01T00:00:00Z",
        "dated = 0000-01-01",
        "[[x]]",
        "# ä",
        "ä",
        "\u{feff}",
    ];
    let lines = prop::collection::vec(select(lines), 0..8).prop_map(|lines| lines.join("\n"));
    prop_oneof![4 => lines, 1 => ".{0,40}", 1 => any::<String>()]
}

fn manifests() -> impl Strategy<Value = String> {
    let listed = "{\"sha256\":\"\",\"bytes\":1,\"source\":null}";
    let manifest = paths().prop_map(move |path| {
        let path = serde_json::Value::from(path);
        format!("{{\"build\":null,\"files\":{{{path}:{listed}}}}}")
    });
    prop_oneof![manifest, "[{}\\[\\]\":,a-z0-9]{0,40}", any::<String>()]
}

/// Texts that findings point into: with signs of several bytes, without width, that move the cursor.
fn findings_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "a",
        "ä",
        "日",
        "\u{1f600}",
        "\u{301}",
        "\u{200d}",
        "\u{202e}",
        "\u{1b}[31m",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\0",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        " ",
        "long word after long word, and so on for more than one line of a screen ",
    ];
    prop::collection::vec(select(pieces), 0..20).prop_map(|pieces| pieces.concat())
}

fn finding() -> impl Strategy<Value = Diagnostic> {
    let span = (select(vec!["content/a.md", "content/\u{1b}ä,:%.md"]), 0usize..80, 0usize..80);
    let span =
        span.prop_map(|(path, start, length)| Span::new(&path.into(), start..start + length));
    let spans = prop::collection::vec(span, 1..4);
    let weight = select(vec![Severity::Info, Severity::Warning, Severity::Error]);
    (spans, findings_text(), prop::option::of(findings_text()), weight).prop_map(
        |(mut spans, message, hint, severity)| {
            let first = spans.remove(0);
            let others = spans.into_iter().map(|span| (span, message.clone())).collect();
            Diagnostic {
                severity,
                hint,
                others,
                ..Diagnostic::new("dead-link", first, message.clone())
            }
        },
    )
}

fn rules() -> Vec<report::Rule> {
    let rules = RULES.iter().map(|rule| report::Rule {
        id: rule.id,
        summary: rule.summary(),
        documentation: rule.documentation(),
        default: rule.default,
    });
    rules.collect()
}
