//! Small sites and what they become: one folder a site in `tests/sites/`.
//!
//! `site.md` says what the site shows and names, one a list item, the files of it that `expected/` holds: of a page
//! its `<main>`, of everything else the whole file. Beside them stand `files.txt`, every address but those of clauses
//! and of our own static files (a page that leads on with where it leads), and `findings.txt`, the report of `check`.
//! `content/` is the repository; a site may bring a `clausebook.toml` and a `theme/`. All are as of [`TODAY`] and
//! built as with `--keep-going`.
//!
//! `BLESS=1 cargo test --test sites` rewrites `expected/`. Read the difference before you keep it: is it right, is
//! the HTML right, does it make sense to someone who hears it?

#![expect(
    clippy::disallowed_methods,
    reason = "the sites are read where they stand, not through a `Source`"
)]

#[path = "pages/markup.rs"]
mod markup;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clausebook::address::SitePath;
use clausebook::config::Config;
use clausebook::portal::{Stamp, View};
use clausebook::render::Templates;
use clausebook::report::{self, Format};
use clausebook::site::Page;
use clausebook::source::Memory;
use clausebook::theme::Theme;
use jiff::civil::{Date, date};
use rayon::prelude::*;

use markup::Piece;

/// The day that every site is as of.
const TODAY: Date = date(2026, 12, 1);

/// What stands for an icon, whose drawing says nothing that its word does not.
const ICON: &str = "<svg/>";

#[test]
fn every_site_becomes_what_is_expected() {
    let problems: Vec<String> = sites().par_iter().flat_map_iter(Built::problems).collect();
    assert!(
        problems.is_empty(),
        "\n{}\n\n`BLESS=1 cargo test --test sites` rewrites what is expected; read the difference before you keep \
         it\n",
        problems.join("\n")
    );
}

#[test]
fn every_page_of_every_site_can_be_read() {
    let problems: Vec<String> = sites().par_iter().flat_map_iter(unreadable).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_link_of_every_site_leads_somewhere() {
    let problems: Vec<String> = sites().par_iter().flat_map_iter(dead_links).collect();
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// A site, built.
struct Built {
    name: String,
    folder: PathBuf,
    files: BTreeMap<SitePath, (Page, Vec<u8>)>,
    /// The report of what is found.
    findings: String,
}

/// All sites, built.
fn sites() -> Vec<Built> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut folders: Vec<PathBuf> = fs::read_dir(all)
        .expect("tests/sites is there")
        .map(|entry| entry.expect("tests/sites can be listed").path())
        .collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders.into_par_iter().map(build).collect()
}

fn build(folder: PathBuf) -> Built {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let settings = fs::read_to_string(folder.join("clausebook.toml")).unwrap_or_default();
    let config = Arc::new(Config::parse("clausebook.toml", &settings).expect(&name));
    let content = files_below(&folder.join("content")).into_iter();
    let source = Memory(content.map(|(path, bytes)| (format!("content/{path}"), bytes)).collect());
    let theme = Theme::new(&config.language, files_below(&folder.join("theme"))).expect(&name);
    let templates = Templates::compile(&theme).expect(&name);
    let joined = clausebook::join(&source, "content", &config).expect(&name);
    let view = View::published(&config, TODAY);
    let found = clausebook::findings(&joined, &view).expect("search answers");
    let findings = report::print(&Format::Text { color: false }, &found, &joined.library.texts);
    let portal = clausebook::view(joined, found, view, Stamp::default());
    let pages = clausebook::plan(&portal, &theme).0.into_iter();
    let files = pages.map(|(address, page)| {
        let bytes = clausebook::bytes(&portal, &theme, &templates, &source, &address, &page);
        let bytes = bytes.unwrap_or_else(|failure| panic!("{name}: {address}: {failure:?}"));
        (address, (page, bytes))
    });
    Built { files: files.collect(), name, folder, findings }
}

/// All files below a folder by their path within it; none when there is no such folder.
fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for path in
            fs::read_dir(next).into_iter().flatten().map(|entry| entry.expect("listed").path())
        {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let within = path.strip_prefix(folder).expect("it lies below");
            let name = within.to_str().expect("its name is UTF-8").replace('\\', "/");
            files.insert(name, fs::read(&path).expect("it can be read"));
        }
    }
    files
}

impl Built {
    /// What differs from `expected/`; with `BLESS` set, it is written instead.
    fn problems(&self) -> Vec<String> {
        let folder = self.folder.join("expected");
        let there = files_below(&folder);
        let mut problems = Vec::new();
        let expected = self.expected(&mut problems);
        for (path, text) in &expected {
            let old =
                there.get(path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            if !there.contains_key(path) || old != *text {
                problems.push(self.problem(path, &difference(&old, text)));
            }
        }
        for path in there.keys().filter(|path| !expected.contains_key(*path)) {
            problems.push(self.problem(path, "is expected and not named in site.md"));
        }
        if std::env::var_os("BLESS").is_some() && !problems.is_empty() {
            bless(&folder, &expected, &there);
        }
        problems
    }

    /// What `expected/` is to hold.
    fn expected(&self, problems: &mut Vec<String>) -> BTreeMap<String, String> {
        let mut expected = BTreeMap::from([
            ("files.txt".to_owned(), self.listing()),
            ("findings.txt".to_owned(), self.findings.clone()),
        ]);
        for path in self.shown() {
            match SitePath::new(&path).and_then(|address| self.files.get(&address)) {
                Some((_, bytes)) => {
                    expected.insert(path, shown(&String::from_utf8_lossy(bytes)));
                }
                None => problems.push(self.problem(&path, "is named in site.md and not there")),
            }
        }
        expected
    }

    /// The files that site.md names: the list items that begin with one in backticks.
    fn shown(&self) -> Vec<String> {
        let text =
            fs::read_to_string(self.folder.join("site.md")).expect("every site has its site.md");
        let items = text.lines().filter_map(|line| line.strip_prefix("- `")?.split_once('`'));
        items.map(|(path, _)| path.to_owned()).collect()
    }

    /// Every address but those of clauses and of our own static files.
    fn listing(&self) -> String {
        let ours: BTreeSet<String> =
            Theme::new("en", []).expect("it is built in").files.into_keys().collect();
        let mut listing = String::new();
        for (address, (page, bytes)) in &self.files {
            let target = leads_to(&String::from_utf8_lossy(bytes)).map(str::to_owned);
            match (page, target) {
                (Page::Clause(..), _) => {}
                (Page::Static(name), _) if ours.contains(name) => {}
                (Page::Redirect(to, _), _) if to.as_str().starts_with("clauses/") => {}
                (Page::Redirect(..), Some(to)) => {
                    listing.push_str(&format!("{address} leads to {to}\n"));
                }
                _ => listing.push_str(&format!("{address}\n")),
            }
        }
        listing
    }

    /// The pages, apart from attachments and files for other programs.
    fn pages(&self) -> impl Iterator<Item = (&SitePath, String)> {
        let pages = self.files.iter().filter(|(address, (page, _))| {
            address.as_str().ends_with(".html")
                && !matches!(page, Page::Static(_) | Page::Attachment(_))
        });
        pages.map(|(address, (_, bytes))| (address, String::from_utf8_lossy(bytes).into_owned()))
    }

    fn problem(&self, path: &str, problem: &str) -> String {
        format!("tests/sites/{}: {path}: {problem}", self.name)
    }
}

/// What a page holds between its menu and its foot, without icons and our version; another file whole.
fn shown(text: &str) -> String {
    let text = &text.replace(concat!("Clausebook ", env!("CARGO_PKG_VERSION")), "Clausebook");
    let (Some(start), Some(end)) = (text.find("<main"), text.find("</main>")) else {
        return text.to_owned();
    };
    let mut shown = String::new();
    let mut rest = &text[start..end];
    while let Some((before, icon)) = rest.split_once("<svg class=\"icon\"") {
        shown.push_str(before);
        shown.push_str(ICON);
        rest = icon.split_once("</svg>").map_or("", |(_, after)| after);
    }
    shown + rest + "</main>\n"
}

/// Where a page that leads on leads, as it says so itself.
fn leads_to(page: &str) -> Option<&str> {
    let (_, after) = page.split_once("<meta http-equiv=\"refresh\" content=\"0; url=")?;
    Some(after.split_once('"')?.0)
}

/// The lines in which two texts differ, without those that they begin and end with alike.
fn difference(old: &str, new: &str) -> String {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    while old.last().is_some_and(|line| new.last() == Some(line)) {
        old.pop();
        new.pop();
    }
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let mut told = format!("differs from line {}", same + 1);
    for (sign, lines) in [('-', &old[same..]), ('+', &new[same..])] {
        for line in lines {
            told.push_str(&format!("\n  {sign} {line}"));
        }
    }
    told
}

/// Writes what is expected, and removes what is not.
fn bless(folder: &Path, expected: &BTreeMap<String, String>, there: &BTreeMap<String, Vec<u8>>) {
    for (path, text) in expected {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder)).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    for path in there.keys().filter(|path| !expected.contains_key(*path)) {
        fs::remove_file(folder.join(path)).expect("the file can be removed");
    }
}

/// What keeps the pages of a site from being read: by a browser, or by someone who hears them.
fn unreadable(site: &Built) -> Vec<String> {
    let mut problems = Vec::new();
    for (address, page) in site.pages() {
        let faults = markup::faults(&page);
        let pieces = markup::pieces(&page).unwrap_or_default();
        let faults = faults.into_iter().chain(unnamed(&pieces)).chain(unheard(&pieces));
        problems.extend(faults.map(|fault| site.problem(address.as_str(), &fault)));
    }
    problems
}

/// The links, headings and cells of a head that have no words.
fn unnamed(pieces: &[Piece]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Open(name, attributes) = piece else { continue };
        let heading = matches!(*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if !(heading || matches!(*name, "a" | "th" | "title" | "caption" | "summary")) {
            continue;
        }
        let labelled =
            attributes.iter().any(|(key, value)| *key == "aria-label" && !value.is_empty());
        if !labelled && words_within(&pieces[at..]).trim().is_empty() {
            faults.push(format!("a `{name}` without words"));
        }
    }
    faults
}

/// The words from a tag that opens to its end, with those that stand for pictures.
fn words_within(pieces: &[Piece]) -> String {
    let mut words = String::new();
    let mut depth = 0;
    for piece in pieces {
        match piece {
            Piece::Open(_, attributes) => {
                depth += 1;
                let alt = attributes.iter().find(|(key, _)| matches!(*key, "alt" | "aria-label"));
                words.push_str(alt.map_or("", |(_, value)| value));
            }
            Piece::Close(_) => depth -= 1,
            Piece::Text(text) => words.push_str(text),
        }
        if depth == 0 {
            break;
        }
    }
    words
}

/// What someone who hears a page would miss: one first heading, ranks that follow one another, words for pictures.
fn unheard(pieces: &[Piece]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ranks = vec![0];
    for piece in pieces {
        let Piece::Open(name, attributes) = piece else { continue };
        if let Some(rank) = name.strip_prefix('h').and_then(|rank| rank.parse::<u8>().ok()) {
            if ranks.last().is_some_and(|last| rank > last + 1) {
                faults
                    .push(format!("a heading of rank {rank} after one of rank {:?}", ranks.last()));
            }
            ranks.push(rank);
        }
        let has = |wanted: &str| attributes.iter().any(|(key, _)| *key == wanted);
        match *name {
            "img" if !has("alt") => faults.push("an image without words for it".to_owned()),
            "nav" if !has("aria-label") => faults.push("a `nav` without a name".to_owned()),
            _ => {}
        }
    }
    if ranks.iter().filter(|rank| **rank == 1).count() != 1 {
        faults.push("not one heading of the first rank".to_owned());
    }
    faults
}

/// The links of a site that lead to no file of it, or to no anchor of that file.
fn dead_links(site: &Built) -> Vec<String> {
    let ids: BTreeMap<String, BTreeSet<String>> = site
        .pages()
        .map(|(address, page)| (address.to_string(), attributes(&page, &["id"]).collect()))
        .collect();
    let mut problems = Vec::new();
    for (address, page) in site.pages().filter(|(address, _)| address.as_str() != "404.html") {
        for link in attributes(&page, &["href", "src"]) {
            let outside = ["http://", "https://", "mailto:", "tel:"];
            if outside.iter().any(|scheme| link.starts_with(scheme)) {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let Some(target) = resolve(address.as_str(), path) else {
                problems.push(site.problem(address.as_str(), &format!("`{link}` leaves the site")));
                continue;
            };
            let there =
                SitePath::new(&target).is_some_and(|target| site.files.contains_key(&target));
            let anchored =
                anchor.is_empty() || ids.get(&target).is_some_and(|ids| ids.contains(anchor));
            if !there || !anchored {
                problems.push(site.problem(address.as_str(), &format!("`{link}` leads nowhere")));
            }
        }
    }
    problems
}

/// The values of the attributes of those names.
fn attributes<'p>(page: &'p str, names: &'p [&str]) -> impl Iterator<Item = String> + 'p {
    let pieces = markup::pieces(page).unwrap_or_default();
    let attributes = pieces.into_iter().flat_map(|piece| match piece {
        Piece::Open(_, attributes) => attributes,
        _ => Vec::new(),
    });
    attributes
        .filter(|(name, _)| names.contains(name))
        .map(|(_, value)| value.replace("&amp;", "&").replace("&#39;", "'").replace("%20", " "))
}

/// The address that a relative link leads to from the page at `from`.
fn resolve(from: &str, link: &str) -> Option<String> {
    if link.is_empty() {
        return Some(from.to_owned());
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    clausebook::source::join(folder, link)
}
