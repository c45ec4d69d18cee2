//! The search: indexing against a bare index of the same text, queries at 10,000 documents.
//!
//! `cargo bench --bench search` prints figures; docs/performance.md holds the last ones. For the browser,
//! `-- --generate COUNT FOLDER` writes the repository that is measured here, and tools/measure-search loads its portal.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program that measures")]

#[expect(dead_code, reason = "others throw these dice too")]
#[path = "../tests/generate/dice.rs"]
mod dice;
#[path = "../tests/generate/library.rs"]
mod library;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clausebook::config::Config;
use clausebook::files::Folder;
use clausebook::portal::{Stamp, View};
use clausebook::search::engine::{Asked, Section};
use clausebook::search::{self, Packed};
use clausebook::theme::Theme;
use clausebook::wording::Wording;
use dice::Dice;
use nix::sys::resource::{UsageWho, getrusage};
use tantivy::directory::RamDirectory;
use tantivy::schema::{STORED, Schema, TEXT};
use tantivy::{Index, TantivyDocument};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const DOCUMENTS: usize = 10_000;

/// Each indexing is repeated, by turns, and the least is taken: what disturbs only adds.
const REPEATS: usize = 3;

const QUERIES: usize = 2_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // Runners of tests ask for what there is to run.
    if arguments.iter().any(|argument| argument == "--list") {
        return;
    }
    if let [_, flag, count, folder] = &arguments[..]
        && flag == "--generate"
    {
        generate(count.parse().expect("a number of documents"), Path::new(folder));
        return;
    }
    let repository = tempfile::tempdir().expect("there is a place for temporary files");
    generate(DOCUMENTS, repository.path());
    let sections = sections(repository.path());
    println!("{DOCUMENTS} documents, {} sections", sections.len());
    let (mut ours, mut bare) = (f64::MAX, f64::MAX);
    let mut packed = Packed::default();
    for _ in 0..REPEATS {
        bare = bare.min(cpu(|| bare_index(&sections)));
        ours = ours.min(cpu(|| packed = search::index(&sections, "en").expect("it can be made")));
    }
    println!(
        "indexing: {ours:.2} s CPU, bare index of the same text {bare:.2} s: {:.2} times",
        ours / bare
    );
    println!(
        "packed: {:.1} MB, its head {:.1} MB",
        megabytes(packed.bytes.len()),
        megabytes(packed.head)
    );
    let begun = Instant::now();
    let engine = packed.open().expect("it is an index");
    println!("opening: {:.1} ms", milliseconds(begun.elapsed()));
    let queries = queries();
    let mut times: Vec<Duration> = Vec::new();
    // The second time round counts.
    for _ in 0..2 {
        times.clear();
        let mut hits = 0;
        for text in &queries {
            let begun = Instant::now();
            let asked = Asked { text, filters: "", today: 20_788, due_soon: 60, limit: 10 };
            hits += engine.ask(asked).expect("there is an answer").hits.len();
            times.push(begun.elapsed());
        }
        assert!(hits > QUERIES, "they find something");
    }
    times.sort_unstable();
    let at = |per_cent: usize| milliseconds(times[(times.len() - 1) * per_cent / 100]);
    println!(
        "{} queries: p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, slowest {:.2} ms",
        times.len(),
        at(50),
        at(95),
        at(99),
        at(100)
    );
}

fn generate(count: usize, folder: &Path) {
    for (path, text) in library::repository(count) {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
}

fn sections(root: &Path) -> Vec<Section> {
    let config = Arc::new(Config::parse("clausebook.toml", "").expect("nothing is right"));
    let folder = Folder::open(root).expect("it is there");
    let joined = clausebook::join(&folder, "content", &config).expect("it can be read");
    let view = View::published(&config, jiff::civil::date(2026, 12, 1));
    let portal = clausebook::view(joined, Vec::new(), view, Stamp::default());
    let theme = Theme::new("en", []).expect("it is whole");
    search::sections(&portal, Wording(&theme.words))
}

/// What people type: beginnings of words as they type, whole words, several, misspelt ones, references, quotes.
fn queries() -> Vec<String> {
    let mut dice = Dice(3);
    let words = |dice: &mut Dice, count: usize| {
        (0..count).map(|_| library::rare(dice)).collect::<Vec<_>>().join(" ")
    };
    (0..QUERIES)
        .map(|index| match index % 8 {
            0 => words(&mut dice, 1),
            1 | 2 => words(&mut dice, 2),
            3 => words(&mut dice, 3),
            4 => {
                let word = words(&mut dice, 1);
                let end = (2 + dice.below(4)).min(word.len());
                word[..end].to_owned()
            }
            5 => {
                let mut word = words(&mut dice, 1);
                word.remove(word.len() / 2);
                word
            }
            6 => format!("SMS-POL-8.5.1.1-{}", 2 + dice.below(DOCUMENTS)),
            _ => format!("how does the {} of a {} work", words(&mut dice, 1), words(&mut dice, 1)),
        })
        .collect()
}

/// The least that tantivy does with the same text: title and body of each section, tokenised, with positions, kept.
fn bare_index(sections: &[Section]) {
    let mut schema = Schema::builder();
    let title = schema.add_text_field("title", TEXT | STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let mut writer = Index::builder()
        .schema(schema.build())
        .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), 16_000_000)
        .expect("it can be made");
    for section in sections {
        let mut document = TantivyDocument::default();
        document.add_text(title, section.heading.as_deref().unwrap_or(&section.page.title));
        document.add_text(body, &section.text);
        writer.add_document(document).expect("it can be added");
    }
    writer.finalize().expect("it can be written");
}

/// What a piece of work takes of the processor, in seconds.
fn cpu(work: impl FnOnce()) -> f64 {
    let now = || {
        let usage = getrusage(UsageWho::RUSAGE_SELF).expect("the system tells");
        let seconds = |time: nix::sys::time::TimeVal| {
            Duration::from_secs(u64::try_from(time.tv_sec()).unwrap_or(0))
                + Duration::from_micros(u64::try_from(time.tv_usec()).unwrap_or(0))
        };
        (seconds(usage.user_time()) + seconds(usage.system_time())).as_secs_f64()
    };
    let begun = now();
    work();
    now() - begun
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6
}
