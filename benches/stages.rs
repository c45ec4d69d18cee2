//! The stages one by one, on generated documents: `cargo bench --bench stages`.

#[path = "../tests/generate/corpus.rs"]
mod corpus;
#[path = "../tests/generate/dice.rs"]
mod dice;

use std::sync::Arc;

use clausebook::config::Config;
use clausebook::embedded;
use clausebook::portal::{Portal, Stamp, View};
use clausebook::render::Templates;
use clausebook::source::Memory;
use clausebook::theme::Theme;
use clausebook::{Joined, check, link, read};
use divan::Bencher;

const COUNTS: [usize; 2] = [1_000, 10_000];

fn main() {
    divan::main();
}

#[divan::bench(args = COUNTS, sample_count = 5)]
fn read_documents(bencher: Bencher, count: usize) {
    let (source, config) = (source(count), Arc::new(Config::default()));
    bencher.bench(|| read::documents(&source, "content", &config));
}

#[divan::bench(args = COUNTS, sample_count = 5)]
fn link_library(bencher: Bencher, count: usize) {
    let (source, config) = (source(count), Arc::new(Config::default()));
    let input = || {
        let read::Read { documents, framework, files, texts, .. } =
            read::documents(&source, "content", &config).expect("it can be read");
        link::Input { documents, framework: Arc::new(framework), files, texts: Arc::new(texts) }
    };
    bencher.with_inputs(input).bench_values(|input| link::library(input, &config, "content"));
}

#[divan::bench(args = COUNTS, sample_count = 5)]
fn check_all(bencher: Bencher, count: usize) {
    let joined = joined(count);
    let view = view(&joined);
    bencher.bench(|| check::all(&joined.library, &view, &[], Vec::new()));
}

#[divan::bench(args = COUNTS, sample_count = 5)]
fn link_portal(bencher: Bencher, count: usize) {
    let joined = joined(count);
    let view = view(&joined);
    bencher.with_inputs(|| joined.clone()).bench_values(|joined| {
        clausebook::view(joined, Vec::new(), view.clone(), Stamp::default())
    });
}

#[divan::bench(args = COUNTS, sample_count = 3)]
fn render_all(bencher: Bencher, count: usize) {
    let source = source(count);
    let portal = portal(count);
    let theme = Theme::new("en", Vec::new()).expect("the built-in theme is right");
    let templates = Templates::compile(&theme).expect("its templates are right");
    let site = clausebook::plan(&portal, &theme);
    bencher.bench(|| {
        let bytes = site.0.iter().map(|(address, page)| {
            clausebook::bytes(&portal, &theme, &templates, &source, address, page)
                .expect("it renders")
                .len()
        });
        bytes.sum::<usize>()
    });
}

fn source(count: usize) -> Memory {
    let files = corpus::repository(count).into_iter().chain(standards());
    Memory(files.map(|(path, text)| (path, text.into_bytes())).collect())
}

fn standards() -> Vec<(String, String)> {
    let built_in = embedded::standards("content").0.into_iter();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("a standard is text");
    built_in.map(|(path, bytes)| (path, text(bytes))).collect()
}

fn joined(count: usize) -> Joined {
    let config = Arc::new(Config::default());
    clausebook::join(&source(count), "content", &config).expect("it can be read")
}

fn view(joined: &Joined) -> View {
    View::published(&joined.library.config, jiff::civil::date(2026, 12, 1))
}

fn portal(count: usize) -> Portal {
    let joined = joined(count);
    let view = view(&joined);
    let findings = clausebook::findings(&joined, &view).expect("search answers");
    clausebook::view(joined, findings, view, Stamp::default())
}
