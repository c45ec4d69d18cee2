//! The same content, settings, theme and day give the same site, byte by byte: whatever the number of threads, the
//! order in which files are listed, the line breaks of the checkout.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use clausebook::address::SitePath;
use clausebook::config::Config;
use clausebook::diagnostic::Texts;
use clausebook::embedded;
use clausebook::failure::Result;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::render::Templates;
use clausebook::report::{self, Format};
use clausebook::site::Page;
use clausebook::source::{Entry, Memory, Source};
use clausebook::theme::Theme;
use jiff::civil::{Date, date};
use rayon::prelude::*;
use serde_json::Value;

const TODAY: Date = date(2026, 12, 1);

/// Two documents with one reference, one title and one address, two that cannot be read, and a broken one.
const QUARRELS: [(&str, &[u8]); 5] = [
    ("content/a/twin.md", TWIN),
    ("content/b/twin.md", TWIN),
    ("content/c.md", b"\xff"),
    ("content/d.md", b"\xfe\xff"),
    ("content/e.md", b"---\ntitle: x\n"),
];

const TWIN: &[u8] = b"---
title: Twin
reference: SMS-GDE-4.1
type: guide
owner: nobody
version: 0.1
status: draft
clause: [4.1, 4.2, 2011:9.2]
related: SMS-GDE-4.1
---

See [[Twin]], [one](../a/twin.md) and [the other](../b/twin.md), [nowhere](nowhere.md) and [[nobody]].
";

#[test]
fn any_number_of_threads_gives_the_same_site() {
    let [one, two, seven] = [1, 2, 7].map(|threads| on_threads(threads, || built(&repository())));
    assert!(one.files.len() > 300, "the whole portal is there");
    same(&one, &two);
    same(&one, &seven);
}

#[test]
fn any_order_of_the_files_gives_the_same_site() {
    let there = repository();
    let backwards = Backwards(there.clone());
    assert_ne!(there.list("content").ok(), backwards.list("content").ok());
    same(&built(&there), &built(&backwards));
}

#[test]
fn a_checkout_with_line_breaks_of_windows_gives_the_same_pages() {
    let mut windows = embedded::content("content");
    for bytes in windows.0.values_mut() {
        if let Ok(text) = String::from_utf8(bytes.clone()) {
            *bytes = text.replace('\n', "\r\n").into_bytes();
        }
    }
    let mut sites = [built(&embedded::content("content")), built(&windows)];
    for site in &mut sites {
        site.files.retain(|address, _| !is_attachment(address));
    }
    same(&sites[0], &sites[1]);
}

#[test]
fn files_for_other_programs_tell_the_same_in_the_same_order() {
    let built = built(&repository());
    let file = |address: &str| built.files[&SitePath::new(address).expect("an address")].clone();
    let json =
        |address: &str| -> Value { serde_json::from_slice(&file(address)).expect("it is JSON") };

    let rows = json("documents/register.json");
    let rows = rows.as_array().expect("a list of documents");
    let table = file("documents/register.csv");
    let mut table = csv::Reader::from_reader(&*table);
    let head: Vec<String> = table.headers().expect("a head").iter().map(str::to_owned).collect();
    let keys =
        |row: &Value| row.as_object().expect("a document").keys().cloned().collect::<Vec<_>>();
    assert!(
        rows.iter().all(|row| keys(row) == head),
        "every row has the keys of the head in its order"
    );
    let paths = table.records().map(|record| record.expect("a row")[14].to_owned());
    assert_eq!(texts(rows, "path"), paths.collect::<Vec<_>>());

    let reviews = json("reviews.json");
    let reviews = texts(reviews["reviews"].as_array().expect("a list of reviews"), "review_date");
    assert!(reviews.is_sorted() && !reviews.is_empty(), "the earliest review comes first");
    for coverage in ["coverage.json", "clauses/iso-iec-20000-1-2011/coverage.json"] {
        let coverage = json(coverage);
        let numbers = texts(coverage["units"].as_array().expect("a list of units"), "number");
        let by_value = |number: &String| -> Vec<u32> {
            number.split('.').map(|part| part.parse().expect("a whole number")).collect()
        };
        assert!(numbers.is_sorted_by_key(by_value) && !numbers.is_empty(), "units come in order");
    }
}

/// A site and what was found on the way to it.
struct Built {
    files: BTreeMap<SitePath, Vec<u8>>,
    /// In every format.
    reports: Vec<String>,
}

/// The real content, and what cannot be put in order by its own names.
fn repository() -> Memory {
    let quarrels = QUARRELS.into_iter();
    quarrels.fold(embedded::content("content"), |memory, (path, bytes)| memory.with(path, bytes))
}

/// A repository that lists its files from the last to the first.
struct Backwards(Memory);

impl Source for Backwards {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let mut entries = self.0.list(folder)?;
        entries.reverse();
        Ok(entries)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.read(path)
    }
}

fn on_threads(threads: usize, build: impl FnOnce() -> Built + Send) -> Built {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads can be had").install(build)
}

fn built(source: &dyn Source) -> Built {
    let config =
        Config::parse("clausebook.toml", embedded::SETTINGS).expect("the settings are fine");
    let joined =
        clausebook::join(source, "content", &Arc::new(config)).expect("the folder is there");
    let view = View::published(&joined.library.config, TODAY);
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    let texts: &Texts = &joined.library.texts;
    let below = String::new;
    let reports = [
        Format::Text { color: false },
        Format::Json,
        Format::Github { below: below() },
        Format::Sarif { below: below(), rules: Vec::new() },
    ];
    let reports = reports.map(|format| report::print(&format, &findings, texts)).into();
    let portal = clausebook::view(joined, findings, view, Stamp { commit: None, demo: true });
    Built { files: files(&portal, source), reports }
}

fn files(portal: &Portal, source: &dyn Source) -> BTreeMap<SitePath, Vec<u8>> {
    let theme = Theme::new("en", []).expect("it is built in");
    let templates = Templates::compile(&theme).expect("they are built in");
    let site = clausebook::plan(portal, &theme).0;
    let pages: Vec<(SitePath, Page)> = site.into_iter().collect();
    let made = pages.into_par_iter().map(|(address, page)| {
        let bytes = clausebook::bytes(portal, &theme, &templates, source, &address, &page);
        (address, bytes.expect("every page can be made"))
    });
    made.collect()
}

/// True for what is published as it lies in the content.
fn is_attachment(address: &SitePath) -> bool {
    address.as_str().starts_with("files/")
}

#[track_caller]
fn same(one: &Built, other: &Built) {
    assert_eq!(one.reports, other.reports);
    assert!(one.files.keys().eq(other.files.keys()), "the same addresses");
    for (address, bytes) in &one.files {
        let [bytes, again] =
            [bytes, &other.files[address]].map(|bytes| String::from_utf8_lossy(bytes));
        let differ = bytes.lines().zip(again.lines()).find(|(line, again)| line != again);
        assert!(bytes == again, "{address} differs: {differ:?}");
    }
}

fn texts(rows: &[Value], key: &str) -> Vec<String> {
    rows.iter().map(|row| row[key].as_str().unwrap_or_default().to_owned()).collect()
}
