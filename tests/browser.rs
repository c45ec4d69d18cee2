//! The portal opened from disk in a real browser: scripts, styles, states past their day, and the policy of its pages.
//!
//! Chromium is named in `CHROMIUM`, or found on the path. What it computes is told by a script that a test puts into
//! a copy of a page, under the same policy.

#![expect(clippy::disallowed_methods, reason = "tests set up their own folders")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use clausebook::theme::Theme;
use serde_json::Value;
use tempfile::TempDir;

/// A day so long ago that every reader's clock is past it.
const LONG_AGO: &str = "2000-01-01";

#[test]
fn the_script_runs() {
    let portal = our_own();
    let written = portal.read("documents/index.html");
    let tables = written.matches("<table data-sortable").count();
    let long =
        written.split("<table data-sortable").skip(1).filter(|table| rows(table) >= 8).count();
    assert!(tables >= 2 && long >= 1, "the register is there");
    assert!(!written.contains("<div class=\"filter\">"), "without script there is no box");

    let dom = portal.open("documents/index.html").dom;
    let heads = written.matches("<th ").count();
    assert_eq!(
        dom.matches("<button type=\"button\">").count(),
        heads,
        "every column can be sorted"
    );
    let label = theme().words.get("script.filter");
    assert!(dom.contains(&format!(">{label}</label>")), "its box says what it is for");
    assert_eq!(dom.matches(" class=\"filter\"").count(), long, "long tables have a box");
}

#[test]
fn tables_are_sorted_and_filtered() {
    let portal = our_own();
    let told = portal.probe(
        "documents/index.html",
        "
        var table = document.querySelector('.filter + .table table');
        var rows = Array.prototype.slice.call(table.tBodies[0].rows);
        var box = document.querySelector('.filter input');
        function column(n) { return Array.prototype.map.call(table.tBodies[0].rows, function (row) { return row.cells[n].textContent; }); }
        function shown() { return rows.filter(function (row) { return row.offsetHeight > 0; }).map(function (row) { return row.textContent.toLowerCase(); }); }
        told.all = rows.length;
        box.value = 'Change pOLICY';
        box.dispatchEvent(new Event('input'));
        told.shown = shown();
        told.count = document.querySelector('.filter .count').textContent;
        box.value = '';
        box.dispatchEvent(new Event('input'));
        told.again = shown().length;
        var button = table.tHead.rows[0].cells[1].querySelector('button');
        button.click();
        told.up = column(1);
        told.sort = table.tHead.rows[0].cells[1].getAttribute('aria-sort');
        button.click();
        told.down = column(1);
        ",
    );
    let list = |name: &str| -> Vec<String> {
        let list = told[name].as_array().unwrap_or_else(|| panic!("{name} of {told}"));
        list.iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    };
    let shown = list("shown");
    assert!(
        !shown.is_empty()
            && shown.iter().all(|row| row.contains("change") && row.contains("policy"))
    );
    assert_eq!(told["count"], format!("{} of {} rows", shown.len(), told["all"]));
    assert_eq!(told["again"], told["all"], "an empty box shows all rows");
    let (up, mut down) = (list("up"), list("down"));
    assert!(up[0] < up[up.len() - 1] && told["sort"] == "ascending", "{up:?}");
    down.reverse();
    assert_eq!(up, down);
}

#[test]
fn the_style_sheet_applies() {
    let portal = our_own();
    let probe = "
        var body = getComputedStyle(document.body);
        var unseen = getComputedStyle(document.querySelector('.unseen'));
        told.sheets = document.styleSheets.length;
        told.styles = [body.fontFamily, body.margin, unseen.position, getComputedStyle(document.querySelector('.top')).borderBottomStyle];
        ";
    let styled = portal.probe("documents/index.html", probe);
    assert_eq!(
        styled["sheets"], 1,
        "style.css is loaded, and nothing for code where there is none"
    );
    let page =
        portal.read("documents/index.html").replace("rel=\"stylesheet\"", "rel=\"alternate\"");
    portal.write("documents/plain.html", &page);
    let plain = portal.probe("documents/plain.html", probe);
    assert_eq!(plain["sheets"], 0);
    let values = |told: &Value| told["styles"].as_array().cloned().expect("it tells styles");
    for (styled, plain) in values(&styled).iter().zip(values(&plain)) {
        assert_ne!(*styled, plain, "the style sheet changes it");
    }
}

#[test]
fn a_state_past_its_day_is_greyed_and_says_so() {
    let portal = of_one_policy(&["--today", LONG_AGO], "");
    let mut coloured = Vec::new();
    for page in [
        "index.html",
        "reviews.html",
        "documents/policy.html",
        "documents/index.html",
        "clauses/5.2.1.html",
        "clauses/index.html",
        "clauses/matrix.html",
    ] {
        let past = portal.read(page).matches(" data-until=\"2000-").count();
        assert!(past > 0, "{page} has a state that holds until a day of 2000");
        let told = portal.probe(page, GREY);
        let notes = told["notes"].as_array().expect("it tells notes");
        assert_eq!(notes.len(), past, "{page}: every state past its day");
        for note in notes {
            assert_eq!(note, "(as of 1 January 2000, to be rebuilt)", "{page}");
        }
        let badges = told["coloured"].as_array().expect("it tells badges").iter();
        coloured.extend(badges.map(|badge| format!("{page}: {badge}")));
    }
    assert!(coloured.is_empty(), "past their day and not greyed:\n{}", coloured.join("\n"));
}

/// Tells the notes of states past their day, and the badges that look as if they were not.
const GREY: &str = "
    function texts(selector) {
        return Array.prototype.map.call(document.querySelectorAll(selector), function (found) { return found.textContent; });
    }
    function look(element) {
        var style = getComputedStyle(element);
        var parts = [style.color, style.backgroundColor];
        for (; element; element = element.parentElement) {
            style = getComputedStyle(element);
            parts.push(style.opacity, style.filter);
        }
        return parts.join();
    }
    told.notes = texts('.stale-note');
    told.coloured = [];
    Array.prototype.forEach.call(document.querySelectorAll('.badge.stale, .stale .badge, .banner.stale'), function (badge) {
        var stale = badge.closest('.stale');
        var past = look(badge);
        stale.classList.remove('stale');
        // What is grey by itself need not change.
        var calm = badge.classList.contains('exempt') || badge.classList.contains('excluded');
        if (past === look(badge) && !calm) told.coloured.push(badge.className);
        stale.classList.add('stale');
    });
";

#[test]
fn an_overdue_banner_turns_by_itself() {
    let portal = of_one_policy(&["--today", LONG_AGO], "");
    let banner = "<div class=\"banner overdue\"";
    let written = portal.read("documents/policy.html");
    let (_, tag) = written.split_once(banner).expect("the banner is there, hidden");
    assert!(tag.split_once('>').is_some_and(|(tag, _)| tag.contains(" hidden ")), "{tag}");
    let dom = portal.open("documents/policy.html").dom;
    let (_, tag) = dom.split_once(banner).expect("the banner is there");
    assert!(tag.split_once('>').is_some_and(|(tag, _)| !tag.contains("hidden")), "{tag}");
}

#[test]
fn a_state_within_its_day_is_left_alone() {
    let portal = of_one_policy(&["--today", "2998-01-01"], "");
    for page in ["index.html", "documents/policy.html", "clauses/5.2.1.html"] {
        assert!(
            portal.read(page).contains(" data-until=\"29"),
            "{page} has a state that holds for long"
        );
        let dom = portal.open(page).dom;
        assert!(!dom.contains("stale-note") && !dom.contains(" stale\""), "{page}");
    }
    let dom = portal.open("documents/policy.html").dom;
    let (_, tag) = dom.split_once("<div class=\"banner overdue\"").expect("the banner is there");
    assert!(tag.split_once('>').is_some_and(|(tag, _)| tag.contains("hidden")), "{tag}");
}

#[test]
fn a_demonstration_is_never_past_its_day() {
    let portal = of_one_policy(&[], "[demo]\ndated = 2000-01-01\n");
    assert!(portal.read("clauses/5.2.1.html").contains(" data-until=\"2000-"));
    let dom = portal.open("clauses/5.2.1.html").dom;
    assert!(dom.contains("class=\"demo\"") && !dom.contains("stale-note"));
}

#[test]
fn a_reference_leads_to_its_document() {
    let portal = of_one_policy(&["--today", LONG_AGO], "");
    let dom = portal.open("SMS-POL-5.2.1.html").dom;
    assert!(dom.contains("<h1>The policy</h1>"), "{dom}");
}

#[test]
fn no_page_breaks_the_policy() {
    let portal = our_own();
    let mut pages = vec![
        "index.html",
        "documents/index.html",
        "clauses/index.html",
        "clauses/matrix.html",
        "clauses/8.5.1.1.html",
        "reviews.html",
        "registers.html",
        "glossary.html",
        "about.html",
        "roles/index.html",
    ];
    let documents = portal.documents();
    pages.extend(
        documents
            .iter()
            .map(String::as_str)
            .filter(|page| {
                let html = portal.read(page);
                html.contains("class=\"language-")
                    || html.contains("<img ")
                    || html.contains("data-sortable")
            })
            .take(3),
    );
    for page in pages {
        let console = portal.open(page).console;
        assert!(console.is_empty(), "{page}: {console:#?}");
    }
}

#[test]
fn the_policy_refuses_what_is_not_ours() {
    let portal = of_one_policy(&["--today", LONG_AGO], "");
    let hostile = "<script>document.documentElement.id = 'hit'</script><style>h1 { position: fixed }</style>\
        <p onclick=\"1\" style=\"position: fixed\">x</p><img src=\"https://x.invalid/a.png\"><iframe src=\"about.html\"></iframe></body>";
    let page = portal.read("about.html").replace("</body>", hostile);
    portal.write("hostile.html", &page);
    let opened = portal.open("hostile.html");
    assert!(!opened.dom.contains("id=\"hit\""), "a script within the page does not run");
    let refused = |what: &str| {
        opened
            .console
            .iter()
            .any(|line| line.contains(what) && line.contains("Content Security Policy"))
    };
    for what in ["script-src", "style-src", "img-src", "default-src"] {
        assert!(refused(what), "{what} refuses: {:#?}", opened.console);
    }
}

#[test]
fn hostile_text_does_nothing() {
    let hit = "document.documentElement.id=`hit`";
    let body = format!(
        "<script>{hit}</script><img src=x onerror={hit}><svg onload={hit}></svg><details open ontoggle={hit}>d</details>\n\
         <iframe srcdoc=\"<script>parent.{hit}</script>\"></iframe><style>h1 {{ position: fixed }}</style>\n\n\
         <math><mtext><table><mglyph><style><img src=x onerror={hit}></style></mglyph></table></mtext></math>\n\n\
         <noscript><p title=\"</noscript><img src=x onerror={hit}>\"></noscript>\n\n[a](javascript:{hit})\n\nThe end.\n"
    );
    let portal = written(&[("content/policy.md", &policy(&body))], "", &["--today", LONG_AGO]);
    let opened = portal.open("documents/policy.html");
    assert!(opened.dom.contains("The end."), "the page is there");
    assert!(
        !opened.dom.contains("id=\"hit\"") && !opened.dom.contains("javascript:"),
        "{}",
        opened.dom
    );
    // What is cut out is nothing that the policy must refuse.
    let refused: Vec<&String> =
        opened.console.iter().filter(|line| line.contains("Content Security Policy")).collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

/// A portal on disk.
struct Portal(TempDir);

/// What the browser made of a page.
struct Opened {
    dom: String,
    /// What it wrote to the console.
    console: Vec<String>,
}

/// The portal of our own content.
fn our_own() -> Portal {
    let portal = Portal(TempDir::new().expect("there is room for a folder"));
    portal.build(Path::new(env!("CARGO_MANIFEST_DIR")), &[]);
    portal
}

/// One policy, in force from early in 2000 until its review late in that year, or so in 2999.
fn of_one_policy(arguments: &[&str], settings: &str) -> Portal {
    written(&[("content/policy.md", &policy("Text."))], settings, arguments)
}

fn policy(body: &str) -> String {
    format!(
        "---\ntitle: The policy\nreference: SMS-POL-5.2.1\ntype: policy\nowner: manager\napprover: sponsor\nversion: 1.0\n\
         status: approved\nclause: 5.2.1\nreview_date: REVIEW\nchanges:\n  - version: 1.0\n    date: 1999-12-01\n    summary: First issue.\n    \
         approved_by: sponsor\n---\n\n{body}\n"
    )
}

fn written(files: &[(&str, &str)], settings: &str, arguments: &[&str]) -> Portal {
    let root = TempDir::new().expect("there is room for a folder");
    let put = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    };
    put("clausebook.toml", settings);
    put(
        "content/roles.yaml",
        "- { id: manager, title: Manager }\n- { id: sponsor, title: Sponsor }\n",
    );
    let review = if arguments.contains(&"2998-01-01") { "2999-10-01" } else { "2000-10-01" };
    for (path, text) in files {
        put(path, &text.replace("REVIEW", review));
    }
    let portal = Portal(TempDir::new().expect("there is room for a folder"));
    portal.build(root.path(), arguments);
    portal
}

impl Portal {
    fn build(&self, root: &Path, arguments: &[&str]) {
        let mut build = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        build.args(["build", "--quiet", "--keep-going", "--root"]).arg(root);
        build.arg("--output").arg(self.0.path().join("site")).args(arguments);
        let output = build.output().expect("the program runs");
        let told = [output.stdout, output.stderr].concat();
        let built = matches!(output.status.code(), Some(0 | 1));
        assert!(built, "the portal is built: {}", String::from_utf8_lossy(&told));
    }

    fn path(&self, page: &str) -> PathBuf {
        self.0.path().join("site").join(page)
    }

    fn read(&self, page: &str) -> String {
        fs::read_to_string(self.path(page)).unwrap_or_else(|error| panic!("{page}: {error}"))
    }

    fn write(&self, page: &str, text: &str) {
        fs::write(self.path(page), text).expect("it can be written");
    }

    /// The pages of documents.
    fn documents(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("documents")).expect("the folder is there");
        let names = entries.map(|entry| entry.expect("it can be read").file_name());
        let mut names: Vec<String> =
            names.map(|name| format!("documents/{}", name.to_string_lossy())).collect();
        names.retain(|name| name.ends_with(".html"));
        names.sort();
        names
    }

    /// Opens a page from disk.
    fn open(&self, page: &str) -> Opened {
        let folder = TempDir::new().expect("there is room for a folder");
        let (dom, log) = (folder.path().join("dom"), folder.path().join("log"));
        let create = |path: &Path| File::create(path).expect("it can be made");
        let mut browser = Command::new(chromium());
        browser
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .args(["--virtual-time-budget=3000", "--enable-logging=stderr", "--v=0", "--dump-dom"])
            .arg(format!("file://{}", self.path(page).display()))
            // Into files: a pipe that nobody empties would stop it.
            .stdout(create(&dom))
            .stderr(create(&log));
        let mut running = browser.spawn().expect("the browser starts");
        let begun = Instant::now();
        let ended = loop {
            match running.try_wait().expect("it can be asked") {
                Some(status) => break status.success(),
                None if begun.elapsed() > Duration::from_mins(2) => {
                    running.kill().expect("it can be ended");
                    running.wait().expect("it ends");
                    break false;
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        let log = String::from_utf8_lossy(&fs::read(log).expect("it can be read")).into_owned();
        let dom = String::from_utf8_lossy(&fs::read(dom).expect("it can be read")).into_owned();
        assert!(ended && dom.contains("<html"), "{page}: the browser failed: {log}");
        let console =
            log.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned).collect();
        Opened { dom, console }
    }

    /// What `script` puts into `told` when it runs behind the script of a page.
    fn probe(&self, page: &str, script: &str) -> Value {
        let script = format!(
            "var told = {{}};\ntry {{ {script} }} catch (error) {{ told.error = String(error); }}\n\
             document.documentElement.setAttribute('data-told', encodeURIComponent(JSON.stringify(told)));\n"
        );
        self.write("assets/probe.js", &script);
        let copy = page.replace(".html", "-probe.html");
        let root = "../".repeat(page.matches('/').count());
        let text = self.read(page);
        self.write(
            &copy,
            &text.replace(
                "</head>",
                &format!("<script defer src=\"{root}assets/probe.js\"></script>\n</head>"),
            ),
        );
        let dom = self.open(&copy).dom;
        let (_, told) = dom.split_once("data-told=\"").expect("the probe ran");
        let told = told.split('"').next().unwrap_or_default();
        let told: Value = serde_json::from_str(&decoded(told)).expect("it tells JSON");
        assert!(told["error"].is_null(), "{page}: {told}");
        told
    }
}

/// The browser, or what to do to have one.
fn chromium() -> PathBuf {
    let named = std::env::var_os("CHROMIUM").filter(|name| !name.is_empty()).map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| {
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    });
    named.or(found).expect(
        "no browser: install Chromium (on Debian `apt-get install chromium`), or name one in the variable CHROMIUM",
    )
}

/// Text as `encodeURIComponent` wrote it.
fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// The rows of the body of a table.
fn rows(table: &str) -> usize {
    let body = table.split_once("<tbody>").map_or("", |(_, body)| body);
    body.split("</tbody>").next().unwrap_or_default().matches("<tr>").count()
}

fn theme() -> Theme {
    Theme::new("en", []).expect("the built-in theme is fine")
}
