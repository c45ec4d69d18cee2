//! What the pages of the face hold: navigation of bounded size, changes with their feed, what concerns a role, figures
//! beneath pictures, both languages whole, marks of the organization.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use clausebook::config::Config;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::render::Templates;
use clausebook::site::Page;
use clausebook::source::Memory;
use clausebook::theme::{Theme, reference_words};
use jiff::civil::{Date, date};
use regex::Regex;

const TODAY: Date = date(2026, 12, 1);

const ROLES: &str = "- id: change-manager\n  title: Change Manager\n  groups: [process owners]\n- id: desk\n  title: Service Desk\n- id: idle\n  title: Nobody's Role\n";

/// A portal in memory, with the theme it is shown in.
struct Face {
    portal: Portal,
    theme: Theme,
    templates: Templates,
    repository: Memory,
}

impl Face {
    fn of(repository: Memory, settings: &str) -> Self {
        let config = Config::parse("clausebook.toml", settings).expect("the settings are fine");
        let config = Arc::new(config);
        let joined = clausebook::join(&repository, "content", &config).expect("it is there");
        let view = View::published(&config, TODAY);
        let findings = clausebook::findings_with(&joined, &view, &[]);
        let portal = clausebook::view(joined, findings, view, Stamp::default());
        let theme = Theme::new(&config.language, []).expect("the built-in theme is fine");
        let templates = Templates::compile(&theme).expect("the templates are fine");
        Self { portal, theme, templates, repository }
    }

    /// The text of the page at an address.
    fn page(&self, address: &str) -> String {
        let site = clausebook::plan(&self.portal, &self.theme);
        let found = site.0.iter().find(|(known, _)| known.as_str() == address);
        let (address, page) = found.unwrap_or_else(|| panic!("there is no {address}"));
        let bytes = clausebook::bytes(
            &self.portal,
            &self.theme,
            &self.templates,
            &self.repository,
            address,
            page,
        );
        String::from_utf8(bytes.expect("it can be made")).expect("it is UTF-8")
    }
}

/// A document that is approved, with more lines of front matter.
fn document(title: &str, reference: &str, more: &str) -> String {
    let clause = reference.rsplit('-').next().unwrap_or_default();
    format!(
        "---\ntitle: {title}\nreference: {reference}\ntype: policy\nowner: change-manager\napprover: desk\n\
         version: \"1.0\"\nstatus: approved\nclause: {clause}\nreview_date: 2027-06-01\n\
         changes:\n  - version: \"1.0\"\n    date: 2026-03-01\n    summary: First issue of it.\n    approved_by: desk\n{more}---\nText.\n"
    )
}

fn small() -> Memory {
    Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/8.5/change.md", document("Change Policy", "SMS-POL-8.5.1.1", ""))
        .with(
            "content/8.6/incident.md",
            document("Incident Policy", "SMS-POL-8.6.1", "audience: [Process Owners]\n"),
        )
        .with(
            "content/8.6/request.md",
            document("Request <Policy>", "SMS-POL-8.6.2", "audience: [desk]\n")
                .replace("2027-06-01", "2026-11-01")
                .replace("Text.", "The [[Change Manager]] agrees. See [it](incident.md)."),
        )
        .with(
            "content/8.6/problem.md",
            document("Problem Policy", "SMS-POL-8.6.3", "")
                .replace("status: approved", "status: draft")
                .replace("2026-03-01", "2026-12-24"),
        )
}

#[test]
fn at_ten_thousand_documents_the_navigation_of_a_page_stays_below_ten_kilobytes() {
    let mut repository = Memory::default().with("content/roles.yaml", ROLES);
    let long = "a folder whose name is rather long, as names of folders are";
    for index in 0..10_000 {
        // Forty areas at the top, five below each, five below those, ten documents in each.
        let path = format!(
            "content/{long} {}/{long} {}/{long} {}/document {index}.md",
            index / 250,
            index / 50,
            index / 10
        );
        let title = format!("Document {index} with a title that says at length what it is about");
        repository = repository.with(
            &path,
            format!("---\ntitle: {title}\ntype: guide\nowner: desk\nversion: \"1\"\nstatus: draft\nclause: 8.5.1.{}\nreference: X-{index}\n---\nText.\n", 1 + index % 3),
        );
    }
    // A crowd in one folder, too.
    for index in 0..300 {
        repository = repository.with(
            &format!("content/crowd/crowd {index:03}.md"),
            format!("---\ntitle: One of the crowd, number {index}\ntype: guide\nowner: desk\nversion: \"1\"\nstatus: draft\nclause: 8.5.1.1\nreference: Y-{index}\n---\nText.\n"),
        );
    }
    let face = Face::of(repository, "");
    let folder = face
        .portal
        .areas
        .all()
        .iter()
        .find(|area| area.path.matches('/').count() == 2)
        .map(|area| clausebook::places::of_folder(&area.path).to_string())
        .expect("folders lie three deep");
    for address in [
        "documents/document-0.html",
        "documents/document-4999.html",
        "documents/document-9999.html",
        "documents/crowd-150.html",
        &*folder,
        "folders/crowd.html",
        "clauses/8.5.1.2.html",
        "clauses/index.html",
    ] {
        let page = face.page(address);
        let from = page.find("<nav class=\"side\"").expect("it has a navigation");
        let navigation = &page[from..from + page[from..].find("</nav>").expect("it ends")];
        assert!(navigation.len() < 10_000, "{address}: {} bytes", navigation.len());
        let present = navigation.matches("aria-current=\"page\"").count();
        assert!(present == 1 || address == "clauses/index.html", "{address}: {navigation}");
        assert!(navigation.contains("<details open>"), "{address}");
    }
}

#[test]
fn what_changed_is_listed_newest_first_and_nothing_of_the_future() {
    let face = Face::of(small(), "");
    let page = face.page("changes.html");
    assert!(page.contains("March 2026") && !page.contains("24 December 2026"), "{page}");
    let titles = ["Change Policy", "Incident Policy", "Request &lt;Policy&gt;"];
    let places: Vec<Option<usize>> = titles.iter().map(|title| page.find(title)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert!(face.page("index.html").contains("First issue of it."));
}

#[test]
fn the_feed_of_changes_is_atom_whose_names_stay() {
    let face = Face::of(small(), "base_url = \"https://intranet.example/sms\"\n");
    let feed = face.page("changes.xml");
    assert!(feed.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\" xml:base=\"https://intranet.example/sms/\">"), "{feed}");
    assert_eq!(feed.matches("<entry>").count(), 3);
    assert!(feed.contains("<updated>2026-03-01T00:00:00Z</updated>"));
    assert!(feed.contains("Request &lt;Policy&gt;, version 1.0"));
    assert!(feed.contains("href=\"documents/incident.html\""));
    let id = Regex::new(
        "<id>(urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})</id>",
    )
    .expect("it is right");
    let ids: BTreeSet<String> = id.captures_iter(&feed).map(|found| found[1].to_owned()).collect();
    assert_eq!(ids.len(), 4, "the feed and each entry has one of its own: {feed}");
    // Another document changes none of them.
    let more = small().with("content/8.7/x.md", document("Another", "SMS-POL-8.7.1", ""));
    let again = Face::of(more, "base_url = \"https://intranet.example/sms\"\n").page("changes.xml");
    assert!(ids.iter().all(|id| again.contains(id.as_str())), "{again}");
    // Nor does a document that is moved, or a slip that is mended in what is said; two entries alike are two.
    let names = |path: &str, text: &str| -> BTreeSet<String> {
        let feed = Face::of(Memory::default().with(path, text), "").page("changes.xml");
        id.captures_iter(&feed).map(|found| found[1].to_owned()).collect()
    };
    let text = document("Change Policy", "SMS-POL-8.5.1.1", "");
    let one = names("content/a.md", &text);
    assert_eq!(one, names("content/b/a.md", &text));
    assert_eq!(one, names("content/a.md", &text.replace("First issue of it.", "First issue.")));
    let entry = "  - version: \"1.0\"\n    date: 2026-03-01\n    summary: A slip.\n";
    let two = names("content/a.md", &text.replace("changes:\n", &format!("changes:\n{entry}")));
    assert!(two.is_superset(&one) && two.len() == 3, "{two:?}");
    // Without a host it has no base.
    assert!(!Face::of(small(), "").page("changes.xml").contains("xml:base"));
}

#[test]
fn the_feed_holds_no_sign_that_xml_forbids() {
    let text = document("Change Policy", "SMS-POL-8.5.1.1", "")
        .replace("First issue of it.", "\"First\\uFFFF issue\\uFFFE \\u0001of \\U0010FFFF it.\"");
    let feed = Face::of(small().with("content/8.5/change.md", text), "").page("changes.xml");
    let forbidden = |c: &char| matches!(*c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    assert_eq!(feed.chars().find(forbidden), None, "{feed}");
    assert!(feed.contains("First issue of"), "the rest is there: {feed}");
}

#[test]
fn the_page_of_a_role_gathers_what_concerns_it() {
    let face = Face::of(small(), "");
    let page = face.page("roles/change-manager.html");
    let part = |anchor: &str| -> String {
        let from = page.find(&format!("<h2 id=\"{anchor}\"")).expect("it is there");
        page[from..from + page[from..].find("</section>").expect("it ends")].to_owned()
    };
    let titles = |part: &str| -> Vec<&'static str> {
        ["Change", "Incident", "Request", "Problem"]
            .into_iter()
            .filter(|title| {
                part.contains(&format!("{title} Policy<"))
                    || part.contains(&format!("{title} &lt;"))
            })
            .collect()
    };
    assert_eq!(titles(&part("reviews")), ["Request"], "only it is overdue");
    assert_eq!(titles(&part("addressed")), ["Incident"], "by a group, in any letter case");
    assert_eq!(titles(&part("named-in")), ["Request"]);
    assert_eq!(titles(&part("owns")), ["Change", "Incident", "Request", "Problem"]);
    assert!(titles(&part("approves")).is_empty());
    assert!(part("owns").contains("draft, not in force"));
    let desk = face.page("roles/desk.html");
    assert!(desk.contains("Request &lt;Policy&gt;"), "addressed by its id");
    // What is not there says how it comes to be.
    assert!(
        face.page("roles/idle.html").contains("Documents without an audience concern everyone.")
    );
    // The script for home says the same, its addresses from the root.
    let script = face.page("roles/change-manager.js");
    let value = script.strip_prefix("window.clausebookRole = ").expect("it sets one global");
    let told: serde_json::Value =
        serde_json::from_str(value.trim_end().trim_end_matches(';')).expect("it is JSON");
    assert_eq!(told["href"], "roles/change-manager.html");
    assert_eq!(told["groups"][0]["lines"][0]["document"]["href"], "documents/request.html");
    assert_eq!(told["groups"][0]["lines"][0]["state"]["kind"], "overdue");
}

#[test]
fn the_figures_beneath_a_picture_are_those_of_the_portal() {
    let face = Face::of(small(), "");
    let page = face.page("dashboard.html");
    let totals = face.portal.coverage[0].totals();
    for (state, count) in
        [("covered", totals.covered), ("partly covered", totals.partial), ("gap", totals.gap)]
    {
        assert!(page.contains(&format!("<span>{state}: {count}</span>")), "{state}: {count}");
    }
    // The sums of the table of main clauses are the totals.
    let from = page.find("id=\"coverage\"").expect("it is there");
    let table = &page[page[from..].find("<tbody>").expect("it has a table") + from..];
    let table = &table[..table.find("</tbody>").expect("it ends")];
    let number = Regex::new("<td class=\"number\">([0-9]+)</td>").expect("it is right");
    let mut sums = [0usize; 4];
    for row in table.split("<tr>").skip(1) {
        for (sum, found) in sums.iter_mut().zip(number.captures_iter(row)) {
            *sum += found[1].parse::<usize>().expect("it is a number");
        }
    }
    assert_eq!(sums, [totals.covered, totals.partial, totals.gap, totals.excluded]);
    // One review is late, two lie in June, and the draft has none.
    let from = page.find("id=\"reviews\"").expect("it is there");
    let rows = &page[page[from..].find("<tbody>").expect("it has a table") + from..];
    let row = &rows[..rows.find("</tr>").expect("it has a row")];
    let counts: Vec<&str> =
        number.captures_iter(row).map(|found| found.get(1).map_or("", |it| it.as_str())).collect();
    assert_eq!(counts, ["1", "0", "0", "0", "0", "0", "0", "2", "0", "0", "0", "0", "0"]);
    assert!(page.contains("<text class=\"in late\""), "what is late has a sign of its own");
    // Past the day on which a figure may differ it is grey, as every state is (contracts 4).
    let until = face.portal.coverage[0].until().expect("reviews turn");
    let picture = format!("<figure class=\"picture\" data-until=\"{until}\">");
    assert!(page.contains(&picture), "{until}");
    assert!(face.page("index.html").contains(&picture));
    assert_eq!(page.matches("<figure class=\"picture\" data-until=").count(), 2, "types stay");
}

#[test]
fn an_empty_portal_says_what_would_be_there() {
    let face = Face::of(Memory::default().with("content/notes.txt", "nothing"), "");
    for (address, said) in [
        ("index.html", "No document yet."),
        ("changes.html", "appears here."),
        ("dashboard.html", "No review is planned"),
        ("documents/index.html", "No document yet."),
        ("glossary.html", "`glossary.yaml`"),
        ("registers.html", "There is no register yet."),
        ("roles/index.html", "There is no role yet."),
        ("plan/index.html", "There is no plan yet."),
        ("assessments.html", "There is no assessment yet."),
        ("checklists.html", "There is no checklist yet."),
    ] {
        let page = face.page(address);
        assert!(page.contains(said) || page.contains(&said.replace('`', "")), "{address}: {page}");
    }
}

#[test]
fn green_is_earned_and_what_is_wrong_comes_first() {
    let face = Face::of(small(), "");
    let good = face.page("documents/change.html");
    let next = "Next review on <time datetime=\"2027-06-01\">1 June 2027</time>.";
    assert!(good.contains("class=\"banner in-force\"") && good.contains(next));
    let late = face.page("documents/request.html");
    assert!(!late.contains("class=\"banner in-force\""), "what is overdue is not green");
    let place = |class: &str| late.find(class).unwrap_or_else(|| panic!("{class} is there"));
    assert!(place("banner overdue") < place("banner calm"), "the weightier stands first");
    assert!(!face.page("documents/problem.html").contains("In force since"));
}

#[test]
fn what_was_never_approved_in_this_version_is_not_in_force() {
    let of = |from: &str, to: &str| {
        let text = document("Change Policy", "SMS-POL-8.5.1.1", "");
        let changed = text.replace(from, to);
        assert_ne!(changed, text, "{from}");
        let repository = Memory::default().with("content/roles.yaml", ROLES);
        Face::of(repository.with("content/8.5/change.md", changed), "")
            .page("documents/change.html")
    };
    let said = "No approval of this version is on record.";
    let good = of("Text.", "Words.");
    assert!(good.contains("In force since") && !good.contains(said));
    let unknown = "The day from which it is in force cannot be read.";
    for (from, to, said) in [
        ("version: \"1.0\"\nstatus", "version: \"2.0\"\nstatus", said),
        ("version: \"1.0\"\nstatus", "version: x\nstatus", said),
        ("    approved_by: desk\n", "", said),
        ("status: approved", "status: approved\neffective_date: 2026-02-30", unknown),
        ("status: approved", "status: approved\neffective_date: [2026-02-03]", unknown),
    ] {
        let page = of(from, to);
        assert!(!page.contains("In force since") && page.contains(said), "{to}");
        assert!(!page.contains("<dt>In force from</dt>"), "{to}");
    }
}

#[test]
fn all_areas_are_listed_with_as_many_documents_as_they_hold() {
    let page = Face::of(small(), "").page("folders/index.html");
    assert!(page.contains("4 documents in force or on the way, by area."), "{page}");
    let row =
        |name: &str, count: usize| format!("{name}</a></td><td class=\"number\">{count}</td>");
    assert!(page.contains(&row("8.5", 1)) && page.contains(&row("8.6", 3)), "{page}");
}

#[test]
fn what_is_not_in_force_yet_names_the_day_from_which_it_is() {
    let later = document("Change Policy", "SMS-POL-8.5.1.1", "effective_date: 2026-12-20\n")
        .replace("date: 2026-03-01", "date: 2026-12-10");
    for text in [later.replace("approver: desk\n", ""), later] {
        let repository = Memory::default().with("content/roles.yaml", ROLES);
        let face = Face::of(repository.with("content/8.5/change.md", text), "");
        let page = face.page("documents/change.html");
        let day = "only from <time datetime=\"2026-12-20\">20 December 2026</time>";
        assert!(page.contains(day) && !page.contains("No approval of this version"), "{page}");
    }
}

#[test]
fn a_chain_of_two_thousand_documents_is_checked_and_built() {
    let mut repository = Memory::default().with("content/roles.yaml", ROLES);
    for index in 0..2_000 {
        let above = match index {
            0 => String::new(),
            index => format!("governed_by: D-{}\n", index - 1),
        };
        let text = document(&format!("Document {index}"), &format!("D-{index}"), &above);
        repository = repository.with(&format!("content/d{index}.md"), text);
    }
    let page = Face::of(repository, "").page("documents/d1999.html");
    let (_, tree) = page.split_once("class=\"branches\"").expect("it has a tree");
    let (tree, _) = tree.split_once("</section>").expect("it ends");
    assert!(tree.contains("Document 1998</a>") && tree.contains("Document 1991</a>"));
    assert!(!tree.contains("Document 1990</a>"), "the tree ends");
}

#[test]
fn a_page_asks_for_the_style_of_code_and_the_script_of_tables_where_there_are_some() {
    let rows = "data: kept.csv\ncolumns:\n  id: text\n";
    let repository = small()
        .with(
            "content/9/code.md",
            document("Code", "SMS-POL-9.1", "").replace("Text.", "```rust\nlet a = 1;\n```"),
        )
        .with(
            "content/9/plain.md",
            document("Plain", "SMS-POL-9.2", "").replace("Text.", "```\nlet a = 1;\n```"),
        )
        .with(
            "content/9/kept.md",
            document("Kept", "SMS-REG-9.3", rows).replace("type: policy", "type: register"),
        )
        .with("content/9/kept.csv", "id\nA\n");
    let face = Face::of(repository, "");
    for (address, code, table) in [
        ("documents/code.html", true, false),
        ("documents/plain.html", false, false),
        ("documents/kept.html", false, true),
        ("documents/index.html", false, true),
        ("index.html", false, true),
    ] {
        let page = face.page(address);
        assert_eq!(page.contains("assets/highlight.css"), code, "{address}");
        assert_eq!(page.contains("assets/tables.js"), table, "{address}");
        assert_eq!(page.contains("class=\"hl-"), code, "{address}");
        // Where rows can be sorted, the script that sorts them is there.
        assert!(table || !page.contains("data-sortable"), "{address}");
    }
    assert!(face.page("documents/kept.html").contains("data-sortable"));
}

static KEYS: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| reference_words().expect("it can be read").0.into_keys().collect());

#[test]
fn german_has_every_word_and_every_gap_of_the_english() {
    let german = Theme::new("de", []).expect("it is whole").words;
    let english = reference_words().expect("it can be read");
    assert_eq!(german.0.keys().cloned().collect::<BTreeSet<_>>(), *KEYS);
    let gap = Regex::new(r"\{[a-z_]+\}").expect("it is right");
    for key in &*KEYS {
        let words = &english.0[key];
        let gaps = |text: &str| -> BTreeSet<String> {
            gap.find_iter(text).map(|found| found.as_str().to_owned()).collect()
        };
        assert_eq!(gaps(words), gaps(&german.0[key]), "{key}");
    }
}

#[test]
fn a_german_portal_speaks_german() {
    let face = Face::of(small(), "language = \"de\"\n");
    let page = face.page("documents/request.html");
    assert!(page.contains("<html lang=\"de\""));
    assert!(page.contains("<time datetime=\"2026-11-01\">1. November 2026</time>"), "{page}");
    assert!(page.contains("überfällig"));
    let home = face.page("index.html");
    assert!(home.contains("4 Dokumente") && home.contains("vor 30 Tagen"), "{home}");
    let decimal = Regex::new(r"<strong>\d+,\d %</strong>").expect("it is right");
    assert!(decimal.is_match(&home), "a comma parts the decimals");
    assert!(face.page("folders/8-5.html").contains("1 Dokument "), "one is not many");
    // No word of the English is left where the German is another.
    let tag = Regex::new("<[^>]*>").expect("it is right");
    for text in [page, home].map(|page| tag.replace_all(&page, " ").into_owned()) {
        for word in ["Owner", "Next review", "Documents", "covered", "not in force", "Search"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}

#[test]
fn a_claim_of_a_document_without_a_page_leads_nowhere() {
    let text = document("Other", "SMS-POL-5.2.1", "")
        .replace("Text.", "## Steps {#steps clause=5.3}\n\nDo it.");
    let two = small().with("content/a/change.md", text);
    let page = Face::of(two, "").page("clauses/5.3.html");
    assert!(page.contains("Other") && !page.contains("#steps"), "{page}");
    let page = Face::of(Memory::default(), "").page("a-z.html");
    assert!(page.contains("No document yet."), "a page of nothing says how to get it: {page}");
}

/// What a screen reader would read as German though it is not (WCAG 3.1.2).
#[test]
fn what_a_standard_says_in_another_language_is_marked_as_such() {
    let face = Face::of(small(), "language = \"de\"\n");
    let standard = &face.portal.library.framework.standards[0];
    let headings = standard.clauses.iter().filter_map(|clause| clause.title.as_deref());
    let said: Vec<String> = headings
        .chain(standard.clauses.iter().filter_map(|clause| clause.summary.as_deref()))
        .filter(|text| text.len() > 12)
        .map(|text| {
            let mut html = String::new();
            clausebook::html::escape(text, &mut html);
            html
        })
        .collect();
    let menu = Regex::new("(?s)<ul lang=\"en\">.*?</ul>\n</details>").expect("it is right");
    let marked = ["h1", "p", "span", "a", "td"].map(|tag| {
        let form = format!("(?s)<{tag} [^>]*lang=\"en\"[^>]*>.*?</{tag}>");
        Regex::new(&form).expect("it is right")
    });
    // Bars are pictures with a name of their own; the title of a window has no language but that of the page, and
    // what stands on each printed sheet is read by nobody aloud.
    let picture = "(?s)<svg class=\"chart\".*?</svg>|<title>.*?</title>|data-print=\"[^\"]*\"|<p class=\"print-line\".*?</p>";
    let picture = Regex::new(picture).expect("it is right");
    for address in [
        "index.html",
        "documents/change.html",
        "clauses/index.html",
        "clauses/matrix.html",
        "clauses/8.5.1.html",
        "clauses/8.5.1.1.html",
        "clauses/7.5.4.html",
        "dashboard.html",
    ] {
        let page = face.page(address);
        let left = [&menu, &picture]
            .into_iter()
            .chain(&marked)
            .fold(page, |left, form| form.replace_all(&left, "").into_owned());
        for text in &said {
            assert!(!left.contains(text), "{address}: {text} in {left}");
        }
    }
    let page = face.page("clauses/8.5.1.html");
    assert!(page.contains("<span lang=\"en\">Change management</span></h1>"), "{page}");
    // In its own language nothing is marked, and where a file says nothing it is that of the portal.
    for (settings, language) in
        [("language = \"en\"\n", "language: en\n"), ("language = \"de\"\n", "")]
    {
        let standard = format!(
            "id: iso-iec-20000-1-2018\ntitle: T\n{language}clauses:\n  - {{ number: \"8\", title: Betrieb }}\n"
        );
        let one = Memory::default().with("content/standards/one.yaml", standard);
        let page = Face::of(one, settings).page("clauses/8.html");
        assert_eq!(page.matches(" lang=").count(), 1, "{page}");
    }
}

#[test]
fn a_word_that_is_missing_stops_the_build_and_is_named() {
    let words = |text: &str| [("words/nl.toml".to_owned(), text.as_bytes().to_vec())];
    let failure =
        Theme::new("nl", words("[menu]\nhome = \"Begin\"\n")).expect_err("it lacks words");
    let told = failure.to_string();
    assert!(told.contains("`theme/words/nl.toml` lacks `") && told.contains("more"), "{told}");
    assert!(!told.contains("menu.home"), "{told}");
    let failure = Theme::new("fr", []).expect_err("there is no file");
    assert!(failure.to_string().contains("theme/words/fr.toml"), "{failure}");
    // A whole file is taken, and one key of German changed alone.
    let english = Theme::new("en", []).expect("it is whole").words;
    let lines: Vec<String> =
        english.0.iter().map(|(key, text)| format!("{key} = {text:?}")).collect();
    let whole = lines.join("\n");
    assert!(Theme::new("nl", words(&whole)).is_ok());
    let one = [("words/de.toml".to_owned(), b"[menu]\nroles = \"Wer\"\n".to_vec())];
    let german = Theme::new("de", one).expect("the rest is built in").words;
    assert_eq!(
        (german.get("menu.roles"), german.get("menu.reviews")),
        ("Wer".into(), "Überprüfungen".into())
    );
}

#[test]
fn the_marks_of_an_organization_are_on_every_page() {
    let settings = "organization = \"Northwind\"\nbase_url = \"/sms\"\n[brand]\nname = \"Our <portal>\"\nlogo = \"marks/logo.svg\"\nlogo_width = 96\naccent = \"#00543c\"\nfooter = \"For us & you\"\n";
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 3\"><path d=\"M0 0h9v3z\"/></svg>";
    let face = Face::of(small().with("content/marks/logo.svg", logo), settings);
    for (address, src) in [
        ("index.html", "files/marks/logo.svg"),
        ("documents/change.html", "../files/marks/logo.svg"),
        ("404.html", "/sms/files/marks/logo.svg"),
    ] {
        let page = face.page(address);
        assert!(
            page.contains(&format!(
                "<img class=\"logo\" src=\"{src}\" alt=\"\" width=\"96\" height=\"32\">"
            )),
            "{page}"
        );
        assert!(
            page.contains("<span>Our &lt;portal&gt;</span>") && page.contains("For us &amp; you")
        );
    }
    assert!(face.page("files/marks/logo.svg").contains("M0 0h9v3z"));
    let style = face.page("assets/style.css");
    assert!(style.contains("--accent: light-dark(#00543c, #"), "{}", &style[style.len() - 300..]);
    let ours = Face::of(small(), "").page("assets/style.css");
    assert!(style.starts_with(&ours) && !ours.contains("#00543c"));
}

#[test]
fn a_colour_that_cannot_be_read_is_refused_with_its_place() {
    for (settings, said) in [
        (
            "[brand]\naccent = \"#ffcc00\"\n",
            "clausebook.toml:2:11: `accent` `#ffcc00` has a contrast of 1.",
        ),
        ("[brand]\naccent = \"#00543c\"\naccent_dark = \"#00543c\"\n", "on dark pages"),
        ("[brand]\naccent = \"green\"\n", "no colour such as"),
        ("[brand]\naccent_dark = \"#ffffff\"\n", "without `accent`"),
        (
            "[brand]\nlogo_width = 4000\n",
            "clausebook.toml:2:1: `logo_width` is 4000; a logo is 8 to 400",
        ),
        // Not at the first text of that name.
        ("organization = \"footer\"\n[brand]\nfooter = \" \"\n", "clausebook.toml:3:1: `footer`"),
        ("[brand]\nfooter = \" \"\n", "is empty"),
        ("[brand]\ncolour = \"#00543c\"\n", "unknown setting"),
    ] {
        let failure = Config::parse("clausebook.toml", settings).expect_err(settings);
        assert!(failure.to_string().contains(said), "{settings}: {failure}");
    }
}

#[test]
fn a_term_leads_to_its_meaning_where_it_is_first_used() {
    let glossary = "- term: incident\n  definition: Something that broke.\n- term: service desk\n  definition: Who answers.\n";
    let text = "# Text\n\nAn incident is told to the `service desk`, a [service desk](incident.md). Incidents, and the Service Desk; incident.\n";
    let repository = small().with("content/glossary.yaml", glossary).with(
        "content/8.6/request.md",
        document("Request", "SMS-POL-8.6.2", "").replace("Text.\n", text),
    );
    let face = Face::of(repository, "");
    let page = face.page("documents/request.html");
    let term = |anchor: &str, text: &str| {
        format!("<a class=\"term\" href=\"../glossary.html#{anchor}\">{text}</a>")
    };
    assert!(page.contains(&term("incident", "incident")), "{page}");
    assert!(
        page.contains(&term("service-desk", "Service Desk")),
        "neither in code nor in a link: {page}"
    );
    assert_eq!(page.matches("class=\"term\"").count(), 2, "each once");
    assert!(
        face.page("assets/terms.js")
            .contains("\"service-desk\":[\"service desk\",\"Who answers.\"]")
    );
    // The document that the text leads to has a card.
    let cards = page.split_once("<template id=\"cb-cards\">").expect("there are cards").1;
    assert!(
        cards.contains("data-for=\"incident.html\"") && cards.contains("Incident Policy"),
        "{cards}"
    );
    assert!(
        !face.page("documents/change.html").contains("<template"),
        "who leads nowhere has none"
    );
}

#[test]
fn every_page_is_planned_once() {
    let face = Face::of(small(), "");
    let site = clausebook::plan(&face.portal, &face.theme);
    let count = |wanted: &Page| site.0.values().filter(|page| *page == wanted).count();
    assert_eq!((count(&Page::Changes), count(&Page::Dashboard)), (1, 1));
}
