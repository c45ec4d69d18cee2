//! Sites of repositories in memory, built as one view sees them.

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
use tempfile::TempDir;

pub(crate) const TODAY: Date = date(2026, 12, 1);

pub(crate) const ROLES: &str =
    "- { id: manager, title: Manager, groups: [staff] }\n- { id: sponsor, title: Sponsor }\n";

/// All files of a site by address.
pub(crate) type Site = BTreeMap<String, Vec<u8>>;

/// A document that no rule objects to; `more` are further lines of front matter.
pub(crate) fn document(
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
pub(crate) fn published(settings: &str, audience: Option<&str>) -> View {
    let config = Config::parse("clausebook.toml", settings).expect("the settings are fine");
    View { audience: audience.map(str::to_owned), ..View::published(&config, TODAY) }
}

/// What nothing is hidden from.
pub(crate) fn everything(settings: &str) -> View {
    View { publish_up_to: "restricted".to_owned(), drafts: true, ..published(settings, None) }
}

/// Every page of the site, built in memory.
pub(crate) fn built(repository: &Memory, view: &View) -> Site {
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

pub(crate) fn theme() -> Theme {
    Theme::new("en", []).expect("the built-in theme is fine")
}

/// The site that the program writes, file by file.
pub(crate) fn written(repository: &Memory, audience: Option<&str>) -> Site {
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
