//! Bad input never panics, never stops the others, never loses a document silently (issue 2, R21).

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests set up their own folders")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use clausebook::config::Config;
use clausebook::diagnostic::Diagnostic;
use clausebook::failure::Result;
use clausebook::portal::View;
use clausebook::source::{Entry, Memory, Source};
use serde_json::Value;
use tempfile::TempDir;

/// What a bad input comes to: the one finding about its file, and what becomes of it.
struct Bad {
    /// Below `content/`.
    path: &'static str,
    rule: &'static str,
    line: u64,
    column: u64,
    /// The offending text; empty where it is the file as a whole, or too much of it.
    excerpt: &'static str,
    fate: Fate,
}

/// What becomes of a file in a build that keeps going.
enum Fate {
    /// It has a page with an error banner that names the place.
    Banner,
    /// It has a page without one: the finding is a warning.
    Page,
    /// The page about the build lists it.
    LeftOut,
    /// It is no document that could be missed.
    NoDocument,
    /// Another document has its address: the page about the build lists it.
    Taken,
}

/// Every bad input of issue 2, by path: file, rule, line, column, offending text, what becomes of it.
const BAD: &[Bad] = &[
    bad(".hidden.md", "skipped-file", 1, 1, "", Fate::NoDocument),
    bad("blank.md", "empty-file", 1, 1, "", Fate::Banner),
    bad("bomb.md", "front-matter-syntax", 10, 3, "", Fate::Banner),
    bad("circle.md", "unreadable", 1, 1, "", Fate::LeftOut),
    bad("clause.md", "unknown-clause", 8, 9, "5.2.1.9", Fate::Banner),
    bad("dangling.md", "unreadable", 1, 1, "", Fate::LeftOut),
    bad("date.md", "invalid-date", 9, 14, "2026-02-30", Fate::Banner),
    bad("deep.md", "front-matter-syntax", 9, 75, "", Fate::Banner),
    bad("dots.md", "front-matter-end", 9, 1, "...", Fate::Page),
    bad("empty.md", "empty-file", 1, 1, "", Fate::Banner),
    bad("flow.md", "front-matter-syntax", 2, 1, "{", Fate::Banner),
    bad("folder/loop", "skipped-file", 1, 1, "", Fate::NoDocument),
    bad("huge.md", "too-large", 1, 1, "", Fate::LeftOut),
    bad("latin-1.md", "not-utf8", 11, 7, "\u{fffd}", Fate::LeftOut),
    bad("leaves.md", "skipped-file", 1, 1, "", Fate::LeftOut),
    bad("link.md", "dead-link", 11, 13, "guide.md", Fate::Banner),
    bad("mark.md", "byte-order-mark", 1, 1, "\u{feff}", Fate::Page),
    bad("missing-key.md", "missing-key", 1, 1, "---", Fate::Banner),
    bad("no-key.md", "front-matter-syntax", 9, 1, "no key here", Fate::Banner),
    bad("pipe.md", "skipped-file", 1, 1, "", Fate::LeftOut),
    bad("plain.md", "no-front-matter", 1, 1, "# Plain", Fate::Banner),
    bad("role.md", "unknown-role", 5, 8, "sponser", Fate::Banner),
    bad("status.md", "unknown-status", 7, 9, "drafft", Fate::Banner),
    bad("syntax.md", "front-matter-syntax", 2, 9, ": b: c", Fate::Banner),
    bad("title.md", "duplicate-title", 2, 8, "document  90", Fate::Banner),
    bad("twin.md", "duplicate-reference", 3, 12, "SMS-POL-5.2.1-90", Fate::Banner),
    bad("two/same.md", "duplicate-address", 1, 1, "", Fate::Taken),
    bad("type.md", "unknown-type", 4, 7, "polcy", Fate::Banner),
    bad("unclosed.md", "unclosed-front-matter", 1, 1, "---", Fate::Banner),
    bad("unknown-key.md", "unknown-key", 9, 1, "keyword", Fate::Page),
    bad("utf-16-be.md", "not-utf8", 1, 1, "", Fate::LeftOut),
    bad("utf-16-le.md", "not-utf8", 1, 1, "", Fate::LeftOut),
    bad("wrong-type.md", "wrong-type", 2, 8, "[a, b]", Fate::Banner),
];

/// How the file of a bad input is made.
enum Make {
    Bytes(Vec<u8>),
    /// That many bytes, none of which takes room on the disk.
    Sparse(u64),
    Link(&'static str),
    Pipe,
}

fn bad_files() -> Vec<(&'static str, Make)> {
    let dots = document(6).replace("---\n\n", "...\n\n");
    vec![
        (".hidden.md", document(2).into()),
        ("blank.md", " \n\n\t\n".into()),
        ("bomb.md", keyed(3, &bomb("keywords")).into()),
        ("circle.md", Make::Link("circle.md")),
        ("clause.md", changed(4, ": 5.2.1\n", ": 5.2.1.9\n").into()),
        ("dangling.md", Make::Link("nowhere.md")),
        ("date.md", keyed(5, "review_date: 2026-02-30").into()),
        ("deep.md", keyed(7, &deep("keywords")).into()),
        ("dots.md", dots.into()),
        ("empty.md", "".into()),
        ("flow.md", "---\n{\n  title: Flow\n}\n---\n\nText.\n".into()),
        ("folder/loop", Make::Link("..")),
        ("huge.md", Make::Sparse(50_000_000)),
        ("latin-1.md", Make::Bytes(latin_1(&document(8)))),
        ("leaves.md", Make::Link("../../outside.md")),
        ("link.md", linked(9, "guide.md").into()),
        ("mark.md", format!("\u{feff}{}", document(10)).into()),
        ("missing-key.md", changed(11, "owner: sponsor\n", "").into()),
        ("no-key.md", keyed(12, "no key here").into()),
        ("pipe.md", Make::Pipe),
        ("plain.md", "# Plain\n\nText.\n".into()),
        ("role.md", changed(13, "sponsor", "sponser").into()),
        ("status.md", changed(14, "draft", "drafft").into()),
        ("syntax.md", changed(15, "Document 15", "a: b: c").into()),
        ("title.md", changed(16, "Document 16", "document  90").into()),
        ("twin.md", changed(17, "5.2.1-17", "5.2.1-90").into()),
        ("two/same.md", document(18).into()),
        ("type.md", changed(19, "policy", "polcy").into()),
        ("unclosed.md", "---\ntitle: Open\n\nText.\n".into()),
        ("unknown-key.md", keyed(20, "keyword: a").into()),
        ("utf-16-be.md", Make::Bytes(utf_16(&document(21), u16::to_be_bytes))),
        ("utf-16-le.md", Make::Bytes(utf_16(&document(22), u16::to_le_bytes))),
        ("wrong-type.md", changed(23, "Document 23", "[a, b]").into()),
    ]
}

/// Files in which nothing is wrong, beside the bad ones.
fn good() -> Vec<(&'static str, String)> {
    let roles = "- id: sponsor\n  title: Sponsor\n".to_owned();
    vec![
        ("good.md", document(90)),
        ("one/same.md", document(91)),
        ("folder/within.md", document(92)),
        ("roles.yaml", roles),
    ]
}

#[test]
fn each_bad_input_gives_one_finding_at_its_place() {
    let repository = Repository::bad();
    let (code, findings) = repository.check();
    assert_eq!(code, Some(1));
    let expected: Vec<_> = BAD
        .iter()
        .map(|bad| (format!("content/{}", bad.path), bad.rule.to_owned(), bad.line, bad.column))
        .collect();
    let found: Vec<_> = findings.iter().map(place).collect();
    assert_eq!(found, expected);
}

#[test]
fn each_finding_shows_the_offending_text_and_a_way_out() {
    let (_, findings) = Repository::bad().check();
    let of_path: BTreeMap<_, _> =
        findings.iter().map(|finding| (text(finding, "path"), finding)).collect();
    for bad in BAD {
        let finding = of_path[&*format!("content/{}", bad.path)];
        assert!(!text(finding, "message").is_empty(), "{}", bad.path);
        assert!(!text(finding, "hint").is_empty(), "{}", bad.path);
        if !bad.excerpt.is_empty() {
            assert_eq!(text(finding, "excerpt"), bad.excerpt, "{}", bad.path);
        }
    }
}

#[test]
fn what_is_nearly_right_is_asked_for() {
    let (_, findings) = Repository::bad().check();
    for (path, hint) in [
        ("unknown-key.md", "did you mean `keywords`?"),
        ("status.md", "did you mean `draft`?"),
        ("type.md", "did you mean `policy`?"),
        ("role.md", "did you mean `sponsor`?"),
        ("clause.md", "did you mean `5.2.1`"),
    ] {
        let of_path = |finding: &&Value| text(finding, "path") == format!("content/{path}");
        let finding = findings.iter().find(of_path).expect(path);
        assert!(text(finding, "hint").starts_with(hint), "{finding}");
    }
}

#[test]
fn a_finding_about_two_documents_names_both() {
    let (_, findings) = Repository::bad().check();
    for (path, other) in
        [("twin.md", "good.md"), ("title.md", "good.md"), ("two/same.md", "one/same.md")]
    {
        let of_path = |finding: &&Value| text(finding, "path") == format!("content/{path}");
        let finding = findings.iter().find(of_path).expect(path);
        assert_eq!(finding["others"][0]["path"], format!("content/{other}"));
    }
}

#[test]
fn a_build_that_keeps_going_publishes_what_can_be_read() {
    let repository = Repository::bad();
    let output = repository.run(&["build", "--keep-going"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    for bad in BAD {
        let page = repository.page(bad.path);
        match bad.fate {
            Fate::Banner => {
                let page = page.expect(bad.path);
                let place = format!("line {}, column {}: ", bad.line, bad.column);
                assert!(page.contains(r#"class="banner error""#), "{}", bad.path);
                assert!(page.contains(&place), "{}: {place}", bad.path);
            }
            Fate::Page => {
                let page = page.expect(bad.path);
                assert!(!page.contains(r#"class="banner error""#), "{}", bad.path);
            }
            Fate::LeftOut => assert_eq!(page, None, "{}", bad.path),
            Fate::NoDocument | Fate::Taken => {}
        }
    }
    for (path, _) in good().iter().filter(|(path, _)| path.ends_with(".md")) {
        let page = repository.page(path).expect(path);
        assert!(
            page.contains("Text für alle.") && !page.contains(r#"class="banner error""#),
            "{path}"
        );
    }
}

#[test]
fn a_byte_order_mark_is_nothing_that_was_meant_as_front_matter() {
    let repository = Repository::new();
    repository.file("marked.md", "\u{feff}# Plain\n\nText.\n");
    repository.file("broken.md", "\u{feff}---\n[]\n---\n\nText.\n");
    assert_eq!(repository.run(&["build", "--keep-going"]).status.code(), Some(1));
    let typed = |path: &str| repository.page(path).expect(path).contains(r#"class="typed""#);
    assert!(!typed("marked.md") && typed("broken.md"));
}

#[test]
fn the_page_about_the_build_lists_what_was_left_out() {
    let repository = Repository::bad();
    repository.run(&["build", "--keep-going"]);
    let about = repository.read("site/about.html");
    let listed: Vec<&str> = about
        .split("<li><code>")
        .skip(1)
        .filter_map(|line| line.split_once("</code>: "))
        .map(|(path, why)| {
            assert!(!why.starts_with("</li>"), "{path} without a reason");
            path
        })
        .collect();
    let expected: Vec<String> = BAD
        .iter()
        .filter(|bad| matches!(bad.fate, Fate::LeftOut | Fate::Taken))
        .map(|bad| format!("content/{}", bad.path))
        .collect();
    assert_eq!(listed, expected);
}

#[test]
fn a_build_with_errors_leaves_the_old_site_as_it_is() {
    let repository = Repository::new();
    assert_eq!(repository.run(&["build"]).status.code(), Some(0));
    let before = repository.site();
    assert!(before.contains_key("documents/good.html"));
    repository.make(bad_files());
    let output = repository.run(&["build"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("nothing was written"), "{}", err(&output));
    assert!(repository.site() == before, "the old site was touched");
}

#[test]

fn flow_style_on_one_line_is_one_finding_and_stays_in_the_text() {
    let repository = Repository::new();
    repository.file("flow.md", "---\n{title: Flow, type: policy}\n---\n\nText.\n");
    let (_, findings) = repository.check();
    let found: Vec<_> = findings.iter().map(place).collect();
    assert_eq!(found, [("content/flow.md".to_owned(), "front-matter-syntax".to_owned(), 2, 1)]);
    repository.run(&["build", "--keep-going"]);
    assert!(repository.page("flow.md").expect("a page").contains("title: Flow"));
}

#[test]

fn an_unclosed_quote_is_marked() {
    let repository = Repository::new();
    repository.file("quote.md", changed(7, "Document 7", "\"open"));
    let (_, findings) = repository.check();
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(text(&findings[0], "rule"), "front-matter-syntax");
    assert_eq!(text(&findings[0], "excerpt"), "\"open");
}

#[test]

fn an_unknown_clause_is_not_compared_with_the_reference() {
    let repository = Repository::new();
    repository.file("clause.md", changed(7, "clause: 5.2.1\n", "clause: 5.2.9\n"));
    let (_, findings) = repository.check();
    let rules: Vec<&str> = findings.iter().map(|finding| text(finding, "rule")).collect();
    assert_eq!(rules, ["unknown-clause"]);
}

#[test]
fn bombs_and_depths_end_in_little_memory_and_few_findings() {
    let repository = Repository::new();
    let levels = times(1_000, |i| format!("{}a:\n", " ".repeat(i + 1)));
    // Of each kind of bomb, how many findings may be told of its file.
    let bombs = [
        ("laughs.md", keyed(2, &laughs()), 40),
        ("bomb.md", keyed(3, &bomb("keywords")), 1),
        ("bomb-of-maps.md", keyed(4, &bomb("changes")), 1),
        ("bomb-of-columns.md", keyed(5, &bomb("columns")), 1),
        ("deep.md", keyed(6, &deep("keywords")), 1),
        ("deep-lists.md", keyed(7, &format!("keywords:\n  {}x", "- ".repeat(1_000))), 1),
        ("deep-maps.md", keyed(8, &format!("origin:\n{levels}")), 1),
        ("deep-title.md", changed(9, "Document 9", &"[".repeat(1_000)), 1),
        (
            "deep.toml.md",
            format!("+++\norigin = {}{}\n+++\n", "{a=".repeat(1_000), "}".repeat(1_000)),
            1,
        ),
        ("glossary.yaml", format!("- term: a\n  definition: b\n{}", indented(&bomb("aliases"))), 1),
        (
            "standards/deep.yaml",
            format!("id: deep\ntitle: Deep\nclauses: {}", "[".repeat(1_000)),
            1,
        ),
    ];
    for (path, text, _) in &bombs {
        repository.file(path, text);
    }
    repository.file("link.md", linked(20, "guide.md"));
    let output = repository.run_in(400_000, &["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let findings = findings(&output);
    let of_path = |path: &str| {
        let path = format!("content/{path}");
        findings.iter().filter(|finding| text(finding, "path") == path).count()
    };
    for (path, _, most) in &bombs {
        assert!((1..=*most).contains(&of_path(path)), "{path}: {} findings", of_path(path));
    }
    assert_eq!(of_path("link.md"), 1);
    assert_eq!(of_path("good.md"), 0);
}

#[test]
fn a_text_of_a_thousand_levels_is_published() {
    let repository = Repository::new();
    let lists = times(1_000, |i| format!("{}- a\n", "  ".repeat(i)));
    let links = format!("{}x{}", "[".repeat(1_000), "](https://a.example/)".repeat(1_000));
    let texts = [
        ("lists.md", lists),
        ("quotes.md", format!("{}x", "> ".repeat(1_000))),
        ("tags.md", format!("{}x", "<div>".repeat(1_000))),
        ("stars.md", "*a _b ".repeat(1_000)),
        ("links.md", links),
    ];
    for (n, (path, text)) in (2..).zip(&texts) {
        repository.file(path, changed(n, "Text für alle.", text));
    }
    let output = repository.run_in(400_000, &["build", "--threads", "2"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    for (path, _) in &texts {
        assert!(repository.page(path).expect(path).contains("</html>"), "{path}");
    }
}

#[test]
fn an_excluded_clause_of_4_to_10_is_refused() {
    let repository = Repository::new();
    let clauses = ["4", "5.2.1", "6.1", "7.5.4", "8.5", "9.1", "10.2", "2011:6.1"];
    let lines = clauses.map(|clause| {
        format!("[[coverage.exclude]]\nclause = \"{clause}\"\nreason = \"not us\"\n")
    });
    fs::write(repository.root().join("clausebook.toml"), lines.concat()).unwrap();
    let (code, findings) = repository.check();
    assert_eq!(code, Some(1));
    let expected: Vec<_> = (0..clauses.len() as u64)
        .map(|i| ("clausebook.toml".to_owned(), "excluded-clause".to_owned(), 3 * i + 2, 10))
        .collect();
    assert_eq!(findings.iter().map(place).collect::<Vec<_>>(), expected);
    for (finding, clause) in findings.iter().zip(clauses) {
        assert_eq!(text(finding, "excerpt"), format!("\"{clause}\""));
        assert!(text(finding, "hint").contains("scope"), "{finding}");
    }
    let coverage = repository.run(&["coverage", "--format", "json"]);
    let coverage: Value = serde_json::from_slice(&coverage.stdout).unwrap();
    assert_eq!(coverage["totals"]["excluded"], 0);
}

#[test]
fn an_exclusion_without_a_clause_or_a_reason_is_refused_too() {
    let repository = Repository::new();
    let settings = "[coverage]\nexclude = [\n{ clause = \"99\", reason = \"none\" },\n]\n";
    fs::write(repository.root().join("clausebook.toml"), settings).unwrap();
    let (code, findings) = repository.check();
    assert_eq!(code, Some(1));
    assert_eq!(
        findings.iter().map(place).collect::<Vec<_>>(),
        [("clausebook.toml".to_owned(), "excluded-clause".to_owned(), 3, 12)]
    );
}

/// A source that lists all of its files and cannot read one of them.
struct Failing {
    files: Memory,
    path: &'static str,
}

impl Source for Failing {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        self.files.list(folder)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == self.path {
            return Err(io::Error::other("the disk went away"));
        }
        self.files.read(path)
    }
}

impl Failing {
    /// Documents, a register with its rows, roles; what is at `path` cannot be read.
    fn at(path: &'static str) -> Self {
        let register = keyed(4, "data: rows.csv\ncolumns:\n  name: text");
        let files = Memory::default()
            .with("content/a.md", document(2))
            .with("content/b.md", document(3))
            .with("content/c.md", register.replace("policy", "register").replace("POL", "REG"))
            .with("content/rows.csv", "name\nfirst\n")
            .with("content/roles.yaml", "- id: sponsor\n  title: Sponsor\n");
        Self { files, path }
    }

    fn read_all(&self) -> ReadAll {
        let config = Arc::new(Config::default());
        let joined = clausebook::join(self, "content", &config).unwrap();
        let view = View::published(&config, "2026-12-01".parse().unwrap());
        let findings = clausebook::findings(&joined, &view).expect("search answers");
        let documents = joined.library.entries.iter().map(|entry| entry.document.path.to_string());
        let left_out = joined.left_out.iter().map(|left| left.path.to_string());
        ReadAll { documents: documents.collect(), findings, left_out: left_out.collect() }
    }
}

/// What came of a source, files by their paths.
struct ReadAll {
    documents: Vec<String>,
    findings: Vec<Diagnostic>,
    left_out: Vec<String>,
}

#[test]
fn a_source_that_fails_in_the_middle_loses_that_file_alone() {
    let read = Failing::at("content/b.md").read_all();
    assert_eq!(read.documents, ["content/a.md", "content/c.md"]);
    assert_eq!(read.left_out, ["content/b.md"]);
    assert_one_failure(&read.findings, "unreadable", "content/b.md");
}

#[test]
fn a_source_that_fails_at_the_rows_of_a_register_keeps_the_register() {
    let read = Failing::at("content/rows.csv").read_all();
    assert_eq!(read.documents, ["content/a.md", "content/b.md", "content/c.md"]);
    assert_eq!(read.left_out, [""; 0]);
    assert_one_failure(&read.findings, "data-file", "content/c.md");
}

#[test]
fn a_source_that_fails_at_an_attachment_loses_that_file_alone() {
    for path in ["content/form.pdf", "content/map.png", "content/flow.svg"] {
        let mut source = Failing::at(path);
        let name = path.trim_start_matches("content/");
        let document = format!("{}\n\nSee [it]({name}).\n", document(9));
        source.files = source.files.with(path, "%PDF-").with("content/d.md", document);
        assert_one_failure(&source.read_all().findings, "unreadable", "content/d.md");
        let config = Arc::new(Config::default());
        let joined = clausebook::join(&source, "content", &config).unwrap();
        assert!(joined.library.attachments.is_empty(), "a build does not ask for it: {path}");
    }
}

#[test]
fn many_findings_of_one_rule_leave_the_nearest_names_to_the_others() {
    let alerts = "> [!NOTTE]\n> Text.\n\n".repeat(1_001);
    let text = format!("[a](good.mdd) **Chnage Manager**\n\n{alerts}");
    let near = keyed(1, "related: SMS-POL-5.2.1-22").replace("Text für alle.", &text);
    let files = Memory::default()
        .with("content/a.md", near.replace("status: draft", "status: approved"))
        .with("content/good.md", document(2))
        .with("content/roles.yaml", "- id: change-manager\n  title: Change Manager\n");
    let config = Arc::new(Config::default());
    let joined = clausebook::join(&files, "content", &config).unwrap();
    let view = View::published(&config, "2026-12-01".parse().unwrap());
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    for rule in ["dead-link", "unknown-reference", "terms"] {
        let finding = findings.iter().find(|finding| finding.rule == rule).expect(rule);
        let hint = finding.hint.as_deref().unwrap_or_default();
        assert!(hint.starts_with("did you mean"), "{rule}: {hint}");
    }
}

#[track_caller]
fn assert_one_failure(findings: &[Diagnostic], rule: &str, path: &str) {
    let [finding] = findings else { panic!("{findings:?}") };
    assert_eq!((finding.rule, &*finding.span.path), (rule, path));
    assert!(finding.message.contains("the disk went away"), "{}", finding.message);
    assert!(finding.hint.is_some());
}

/// A repository on disk, with a file outside of it that a link can lead to.
struct Repository(TempDir);

#[test]
fn links_to_folders_that_hold_links_do_not_multiply() {
    let repository = Repository::new();
    for level in 0..20 {
        repository.file(&format!("f{level:02}/plain.txt"), "");
        for name in ["x", "y"] {
            let link = repository.root().join(format!("content/f{level:02}/{name}"));
            symlink(format!("../f{:02}", level + 1), link).unwrap();
        }
    }
    repository.file("f20/plain.txt", "");
    let (code, findings) = repository.check();
    assert_eq!(code, Some(0), "{findings:?}");
    assert!((20..=60).contains(&findings.len()), "one for each second way: {}", findings.len());
    let told = |finding: &Value| text(finding, "message").contains("is one more link to a folder");
    assert!(findings.iter().all(told), "{findings:?}");
}

#[test]
fn a_link_hands_out_nothing_from_outside_the_content_folder_and_no_other_kind_of_file() {
    let repository = Repository::new();
    fs::create_dir(repository.root().join("beside")).unwrap();
    fs::write(repository.root().join("beside/secret.csv"), "secret").unwrap();
    repository.file("page.html", "<p>page");
    repository.file("real.pdf", "%PDF");
    repository.make(vec![
        ("conf.csv", Make::Link("../beside/secret.csv")),
        ("other", Make::Link("../beside")),
        ("html.pdf", Make::Link("page.html")),
        ("same.pdf", Make::Link("real.pdf")),
    ]);
    let (code, findings) = repository.check();
    assert_eq!(code, Some(0), "{findings:?}");
    let told: Vec<&str> = findings.iter().map(|finding| text(finding, "message")).collect();
    assert_eq!(
        told,
        [
            "`content/conf.csv` is a link that leaves the content folder and was skipped",
            "`content/html.pdf` is a link to a file of another kind and was skipped",
            "`content/other/secret.csv` is a link that leaves the content folder and was skipped",
        ]
    );
}

#[test]
fn a_link_hands_out_no_rows_from_outside_the_content_folder() {
    let repository = Repository::new();
    fs::create_dir(repository.root().join("beside")).unwrap();
    fs::write(repository.root().join("beside/secret.csv"), "name\nsecret\n").unwrap();
    let register = |n, data: &str| {
        let columns = format!("data: {data}\ncolumns:\n  name: text");
        keyed(n, &columns).replace("policy", "register").replace("POL", "REG")
    };
    repository.file("way.md", register(2, "linked.csv"));
    repository.file("open.md", register(3, "plain.csv"));
    repository.file("plain.csv", "name\nopen\n");
    repository.make(vec![("linked.csv", Make::Link("../beside/secret.csv"))]);
    let (code, findings) = repository.check();
    assert_eq!(code, Some(1), "{findings:?}");
    let errors: Vec<(&str, &str)> = findings
        .iter()
        .filter(|finding| text(finding, "severity") == "error")
        .map(|finding| (text(finding, "path"), text(finding, "message")))
        .collect();
    assert_eq!(errors, [("content/way.md", "`linked.csv` lies outside the content folder")]);
    repository.run(&["build", "--keep-going"]);
    for (path, (bytes, ..)) in repository.site() {
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "{path}");
    }
    assert!(repository.page("open.md").expect("it has one").contains("open"));
}

impl Repository {
    /// With nothing but good files.
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        for (path, text) in good() {
            repository.file(path, text);
        }
        fs::write(repository.0.path().join("outside.md"), document(99)).unwrap();
        repository
    }

    /// With one file for each bad input.
    fn bad() -> Self {
        let repository = Self::new();
        repository.make(bad_files());
        repository
    }

    fn root(&self) -> PathBuf {
        self.0.path().join("repository")
    }

    fn file(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn make(&self, files: Vec<(&str, Make)>) {
        for (path, make) in files {
            let full = self.root().join("content").join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            match make {
                Make::Bytes(bytes) => fs::write(full, bytes).unwrap(),
                Make::Sparse(size) => fs::File::create(full).unwrap().set_len(size).unwrap(),
                Make::Link(target) => symlink(target, full).unwrap(),
                Make::Pipe => assert!(Command::new("mkfifo").arg(full).status().unwrap().success()),
            }
        }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(Command::new(env!("CARGO_BIN_EXE_clausebook")), arguments)
    }

    /// Runs the program with at most that many kilobytes of memory, where the system knows such a bound: a program
    /// that takes more does not end as it should.
    fn run_in(&self, kilobytes: u32, arguments: &[&str]) -> Output {
        let mut shell = Command::new("sh");
        let script = format!("ulimit -v {kilobytes} 2>/dev/null; exec \"$0\" \"$@\"");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_clausebook")]);
        self.command(shell, arguments)
    }

    fn command(&self, mut command: Command, arguments: &[&str]) -> Output {
        command.args(arguments).args(["--today", "2026-12-01"]).current_dir(self.root());
        command.env("GIT_CEILING_DIRECTORIES", self.0.path()).env_remove("GIT_DIR");
        command.output().unwrap()
    }

    /// The exit code and the findings of `check`.
    fn check(&self) -> (Option<i32>, Vec<Value>) {
        let output = self.run(&["check", "--format", "json"]);
        (output.status.code(), findings(&output))
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).expect(path)
    }

    /// The page of a document, if there is one.
    fn page(&self, document: &str) -> Option<String> {
        let stem = Path::new(document).file_stem().unwrap().to_str().unwrap().replace('.', "-");
        fs::read_to_string(self.root().join(format!("site/documents/{stem}.html"))).ok()
    }

    /// Every file of the site with its bytes, its inode and the time it was written.
    fn site(&self) -> BTreeMap<String, (Vec<u8>, u64, i64, i64)> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.root().join("site")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let within = path.strip_prefix(self.root().join("site")).unwrap();
                let metadata = path.symlink_metadata().unwrap();
                let written = (metadata.ino(), metadata.mtime(), metadata.mtime_nsec());
                let file = (fs::read(&path).unwrap(), written.0, written.1, written.2);
                files.insert(within.to_str().unwrap().to_owned(), file);
            }
        }
        files
    }
}

const fn bad(
    path: &'static str,
    rule: &'static str,
    line: u64,
    column: u64,
    excerpt: &'static str,
    fate: Fate,
) -> Bad {
    Bad { path, rule, line, column, excerpt, fate }
}

impl From<&str> for Make {
    fn from(text: &str) -> Self {
        Self::Bytes(text.into())
    }
}

impl From<String> for Make {
    fn from(text: String) -> Self {
        Self::Bytes(text.into())
    }
}

/// A document in which nothing is wrong; its number makes it another one.
fn document(n: u32) -> String {
    format!(
        "---\ntitle: Document {n}\nreference: SMS-POL-5.2.1-{n}\ntype: policy\nowner: sponsor\nversion: 0.1\n\
         status: draft\nclause: 5.2.1\n---\n\nText für alle.\n"
    )
}

/// A document with something else in the place of `from`.
#[track_caller]
fn changed(n: u32, from: &str, to: &str) -> String {
    assert!(document(n).contains(from), "{from}");
    document(n).replace(from, to)
}

/// A document with more lines at the end of its front matter.
fn keyed(n: u32, lines: &str) -> String {
    changed(n, "---\n\n", &format!("{}\n---\n\n", lines.trim_end()))
}

/// A document whose text links somewhere.
fn linked(n: u32, target: &str) -> String {
    changed(n, "Text für alle.", &format!("See [there]({target})."))
}

/// A list of forty entries, each nine times as large as the one before.
fn bomb(key: &str) -> String {
    let entry = |i| format!("  - &a{} [{}]\n", i + 1, vec![format!("*a{i}"); 9].join(", "));
    format!("{key}:\n  - &a0 [x, x]\n{}", times(39, entry))
}

/// The same as keys of the front matter.
fn laughs() -> String {
    let line = |i| format!("l{0}: &l{0} [{1}]\n", i + 1, vec![format!("*l{i}"); 9].join(", "));
    format!("l0: &l0 [ha]\n{}", times(39, line))
}

fn times(n: usize, text: impl Fn(usize) -> String) -> String {
    (0..n).map(text).collect()
}

/// A list in a list, a thousand times.
fn deep(key: &str) -> String {
    format!("{key}: {}{}", "[".repeat(1_000), "]".repeat(1_000))
}

fn indented(text: &str) -> String {
    text.lines().flat_map(|line| ["  ", line, "\n"]).collect()
}

fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

/// The text in UTF-16 behind its byte-order mark.
fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[track_caller]
fn findings(output: &Output) -> Vec<Value> {
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", err(output)));
    report["findings"].as_array().unwrap().clone()
}

/// Path, rule, line and column of a finding.
fn place(finding: &Value) -> (String, String, u64, u64) {
    let number = |key: &str| finding[key].as_u64().unwrap();
    (
        text(finding, "path").to_owned(),
        text(finding, "rule").to_owned(),
        number("line"),
        number("column"),
    )
}

#[track_caller]
fn text<'a>(finding: &'a Value, key: &str) -> &'a str {
    finding[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {finding}"))
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
