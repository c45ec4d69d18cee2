//! The whole build against its floor: CPU, peak memory and growth, measured in one run.
//!
//! The floor does the least that any generator must: parse the Markdown of every document, fill one Tera template with
//! it, write it. A second floor parses the front matter too, as a generator that shows an owner must. The bound is what
//! no build of this site can do without, its bytes taken as given: read each document, parse its front matter and its
//! body once, hash and write every file with the manifest.
//! Each measurement runs in a process of its own, on two threads. `cargo bench --bench build` prints ratios;
//! docs/performance.md holds the last ones.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program that measures")]

#[path = "../tests/generate/corpus.rs"]
mod corpus;
#[path = "../tests/generate/dice.rs"]
mod dice;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use clausebook::address::SitePath;
use clausebook::config::Config;
use clausebook::files::Folder;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::render::{self, Templates};
use clausebook::site::Page;
use clausebook::theme::Theme;
use clausebook::write::{self, Facts, Output, Plan};
use nix::sys::resource::{Usage, UsageWho, getrusage};
use nix::sys::statfs::{TMPFS_MAGIC, statfs};
use rayon::prelude::*;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Each measurement is repeated, and the least is taken: what disturbs only adds.
const REPEATS: usize = 5;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 12, 1);

/// The frame that the floor puts around a document.
const SHELL: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title><link rel="stylesheet" href="../style.css"></head>
<body><header><nav><ul>{% for item in menu %}<li><a href="{{ item }}.html">{{ item }}</a></li>{% endfor %}</ul></nav></header>
<main><h1>{{ title }}</h1>{{ body | safe }}</main><footer>{{ title }}</footer></body></html>
"#;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // Runners of tests ask for what there is to run.
    if arguments.iter().any(|argument| argument == "--list") {
        return;
    }
    if let [_, flag, what, folder, output] = &arguments[..]
        && flag == "--measure"
    {
        measure(what, Path::new(folder), Path::new(output));
        return;
    }
    // For profilers: `-- --generate 1000 FOLDER`, then `-- --measure build FOLDER OUTPUT`.
    if let [_, flag, count, folder] = &arguments[..]
        && flag == "--generate"
    {
        generate(count.parse().expect("a number of documents"), Path::new(folder));
        return;
    }
    let small = Figures::of(1_000);
    let large = Figures::of(10_000);
    for figures in [&small, &large] {
        let Figures { count, floor, ours, .. } = figures;
        println!(
            "{count} documents: floor {:.2} s CPU, build {:.2} s CPU: {:.2} times the floor",
            floor.cpu,
            ours.cpu,
            ours.cpu / floor.cpu
        );
        println!(
            "{count} documents: {:.2} times the floor that reads the front matter too",
            ours.cpu / figures.whole.cpu
        );
        println!(
            "{count} documents: {:.2} times the floor with the frame of our pages",
            ours.cpu / figures.framed.cpu
        );
        println!(
            "{count} documents: the bound is {:.2} times the floor, the build {:.2} times the bound",
            figures.bound.cpu / floor.cpu,
            ours.cpu / figures.bound.cpu
        );
        println!("{count} documents: peak {:.0} MB (floor {:.0} MB)", ours.peak, floor.peak);
        println!(
            "{count} documents: second build, nothing changed: {:.2} times the first",
            figures.again.cpu / ours.cpu
        );
    }
    println!(
        "from 1000 to 10000 documents: {:.1} times (floor {:.1} times)",
        large.ours.cpu / small.ours.cpu,
        large.floor.cpu / small.floor.cpu
    );
}

/// What was measured of one process.
#[derive(Clone, Copy)]
struct Measured {
    /// User and system, in seconds.
    cpu: f64,
    /// The largest resident set, in MB.
    peak: f64,
}

struct Figures {
    count: usize,
    floor: Measured,
    /// The floor that parses the front matter too.
    whole: Measured,
    /// That with the frame of our pages.
    framed: Measured,
    /// What is left when the bytes of the site are given.
    bound: Measured,
    ours: Measured,
    again: Measured,
}

impl Figures {
    fn of(count: usize) -> Self {
        let repository = tempfile::tempdir().expect("there is a place for temporary files");
        generate(count, repository.path());
        let run = |what: &str| least(what, repository.path());
        Self {
            count,
            floor: run("floor"),
            whole: run("whole"),
            framed: run("framed"),
            bound: run("bound"),
            ours: run("build"),
            again: run("again"),
        }
    }
}

fn generate(count: usize, folder: &Path) {
    for (path, text) in corpus::repository(count) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
}

/// The least of several runs, each a process of its own that begins without output, or for `again` with it.
fn least(what: &str, repository: &Path) -> Measured {
    let mut least = Measured { cpu: f64::MAX, peak: f64::MAX };
    let in_memory = statfs(repository).expect("it can be asked").filesystem_type() == TMPFS_MAGIC;
    for turn in 0..REPEATS {
        // On a disk a new folder each time: one that has just freed many files makes new ones slowly. In memory the
        // same folder, made empty: what has been used before need not be found by the host of a virtual machine first.
        // The second build goes where the last one of the first builds went.
        let (of, turn) = if what == "again" { ("build", REPEATS - 1) } else { (what, turn) };
        let output =
            repository.join(if in_memory { of.to_owned() } else { format!("{of}-{turn}") });
        if what != "again" && output.exists() {
            std::fs::remove_dir_all(&output).expect("it can be removed");
        }
        let program = std::env::current_exe().expect("a program knows its place");
        let run = Command::new(program)
            .args(["--measure", what])
            .args([repository, &output])
            .env("RAYON_NUM_THREADS", "2")
            .output()
            .expect("it runs");
        let text = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success(), "{text}{}", String::from_utf8_lossy(&run.stderr));
        let mut numbers = text.split_whitespace().map(|number| number.parse().expect("a number"));
        let mut next = || numbers.next().expect("two numbers");
        least.cpu = least.cpu.min(next());
        least.peak = least.peak.min(next());
    }
    least
}

/// Does it, then prints what it cost.
fn measure(what: &str, repository: &Path, output: &Path) {
    let mut before = 0.0;
    match what {
        "floor" => floor(repository, output, false, &bare()),
        "whole" => floor(repository, output, true, &bare()),
        "framed" => floor(repository, output, true, &ours()),
        "bound" => {
            let site = site(repository, &output.with_extension("given"));
            before = spent();
            bound(repository, output, &site);
        }
        _ => build(repository, output),
    }
    #[expect(clippy::cast_precision_loss, reason = "a few gigabytes")]
    let peak = usage().max_rss() as f64 / 1024.0;
    println!("{} {peak}", spent() - before);
}

fn usage() -> Usage {
    getrusage(UsageWho::RUSAGE_SELF).expect("the system counts")
}

/// The processor time of this process so far, in seconds.
fn spent() -> f64 {
    let seconds = |time: nix::sys::time::TimeVal| {
        #[expect(clippy::cast_precision_loss, reason = "a few seconds")]
        let seconds = time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
        seconds
    };
    seconds(usage().user_time()) + seconds(usage().system_time())
}

/// The Markdown files of a repository.
fn documents(repository: &Path) -> Vec<PathBuf> {
    walkdir::WalkDir::new(repository.join("content"))
        .into_iter()
        .map(|entry| entry.expect("it can be walked").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect()
}

/// A document's page, of its title and its body as HTML.
type Frame = Box<dyn Fn(&str, String) -> Vec<u8> + Sync>;

/// The least frame that a page can have.
fn bare() -> Frame {
    let mut tera = tera::Tera::new();
    tera.add_raw_templates(vec![("shell.html", SHELL)]).expect("the template is right");
    Box::new(move |title, body| {
        let mut context = tera::Context::new();
        context.insert("title", title);
        context
            .insert("menu", &["documents", "clauses", "reviews", "roles", "registers", "glossary"]);
        context.insert("body", &body);
        tera.render("shell.html", &context).expect("it renders").into_bytes()
    })
}

/// The frame of our pages: that of a portal without documents, with next to nothing on it, and then the document.
fn ours() -> Frame {
    let repository = tempfile::tempdir().expect("there is a place for temporary files");
    std::fs::create_dir(repository.path().join("content")).expect("it can be made");
    let (portal, _, templates) = portal(repository.path());
    let address = SitePath::new("404.html").expect("it is an address");
    Box::new(move |_, body| {
        let page = Page::NotFound;
        let mut page = render::page(&portal, &templates, &address, &page).expect("it renders");
        page.extend_from_slice(body.as_bytes());
        page
    })
}

fn floor(repository: &Path, output: &Path, front_matter: bool, frame: &Frame) {
    let files = documents(repository);
    let folder = output.join("documents");
    std::fs::create_dir_all(&folder).expect("it can be made");
    files.par_iter().for_each(|path| {
        let text = std::fs::read_to_string(path).expect("it can be read");
        let mut parts = text.splitn(3, "---\n").skip(1);
        let matter = parts.next().expect("it has front matter");
        if front_matter {
            let value: serde_yaml::Value = serde_yaml::from_str(matter).expect("it is right");
            assert!(std::hint::black_box(value).is_mapping(), "it has keys");
        }
        let body = parts.next().expect("it has a body");
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(body, pulldown_cmark::Options::all()),
        );
        let name = path.file_stem().expect("it has a name").to_string_lossy();
        let page = frame(&name, html);
        std::fs::write(folder.join(format!("{name}.html")), page).expect("it can be written");
    });
}

/// All that the floor leaves out, but for thinking: front matter, and every file of the site as it is given.
fn bound(repository: &Path, output: &Path, site: &[(SitePath, Vec<u8>)]) {
    documents(repository).par_iter().for_each(|path| {
        let text = std::fs::read_to_string(path).expect("it can be read");
        let mut parts = text.splitn(3, "---\n").skip(1);
        let matter = parts.next().expect("it has front matter");
        let value: serde_yaml::Value = serde_yaml::from_str(matter).expect("it is right");
        assert!(std::hint::black_box(value).is_mapping(), "it has keys");
        let body = parts.next().expect("it has a body");
        let events = pulldown_cmark::Parser::new_ext(body, pulldown_cmark::Options::all());
        assert!(std::hint::black_box(events.count()) > 0, "it has a text");
    });
    let outputs: Vec<Output<_>> =
        site.iter().map(|(path, page)| Output { path, page, source: None }).collect();
    let facts = facts();
    let plan = Plan { output, keep: &[], facts: &facts, checkpoint: &|_| Ok(()) };
    write::site(&plan, &outputs, &|_, page| Ok(page.clone())).expect("it can be written");
}

/// The bytes of the whole site, which is built in a folder of its own.
fn site(repository: &Path, output: &Path) -> Vec<(SitePath, Vec<u8>)> {
    build(repository, output);
    let manifest =
        std::fs::read_to_string(output.join("manifest.json")).expect("the build wrote a manifest");
    let files = write::Manifest::parse(&manifest).expect("it is a manifest").files;
    let read = |path: SitePath| {
        let bytes = std::fs::read(output.join(path.as_str())).expect("it can be read");
        (path, bytes)
    };
    files.into_keys().map(read).collect()
}

fn build(repository: &Path, output: &Path) {
    let folder = Folder::open(repository).expect("the folder is there");
    let (portal, theme, templates) = portal(repository);
    let site = clausebook::plan(&portal, &theme);
    let outputs: Vec<Output<_>> = site
        .0
        .iter()
        .map(|(path, page)| Output { path, page, source: clausebook::made_from(&portal, page) })
        .collect();
    let facts = facts();
    let plan = Plan { output, keep: &[], facts: &facts, checkpoint: &|_| Ok(()) };
    write::site(&plan, &outputs, &|path, page| {
        clausebook::bytes(&portal, &theme, &templates, &folder, path, page)
    })
    .expect("it can be written");
}

/// Reads, links and checks a repository.
fn portal(repository: &Path) -> (Portal, Theme, Templates) {
    let config = Arc::new(Config::default());
    let folder = Folder::open(repository).expect("the folder is there");
    let joined = clausebook::join(&folder, "content", &config).expect("it can be read");
    let view = View::published(&config, TODAY);
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    let errors =
        findings.iter().find(|finding| finding.severity == clausebook::diagnostic::Severity::Error);
    assert!(errors.is_none(), "the corpus has errors: {errors:?}");
    let portal = clausebook::view(joined, findings, view, Stamp::default());
    let theme = Theme::new("en", Vec::new()).expect("the built-in theme is right");
    let templates = Templates::compile(&theme).expect("its templates are right");
    (portal, theme, templates)
}

/// What stands at the head of the manifest.
fn facts() -> Facts {
    Facts {
        program: "bench".to_owned(),
        today: TODAY,
        commit: None,
        audience: None,
        publish_up_to: Config::default().build.publish_up_to,
        drafts: true,
    }
}
