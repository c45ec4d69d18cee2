//! Two minutes of writing with many who read: no error, no memory lost, and everybody ends on the last state.

#![cfg(target_os = "linux")]
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests write files and read them, and this one prints what it measured"
)]

#[expect(dead_code, reason = "other tests ask a server for more")]
#[path = "serve/server.rs"]
mod server;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use server::{Repository, Server, document, epoch};

const EDITS: u32 = 200;
const MINUTES: Duration = Duration::from_mins(2);
const TABS: usize = 20;
const READERS: usize = 4;

/// After so many edits memory is to be flat.
const WARM: usize = 50;

#[test]
fn two_minutes_of_writing_lose_nothing() {
    let repository = Repository::new();
    std::fs::remove_dir_all(repository.path("content")).expect("it can be removed");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR"));
    copy(&ours.join("content"), &repository.path("content"));
    repository.write("clausebook.toml", &text(&ours.join("clausebook.toml")));
    let server = Server::of(&repository, &[]);
    let done = AtomicBool::new(false);
    let asked = AtomicU64::new(0);
    let mut resident = Vec::new();
    let (server, done, asked) = (&server, &done, &asked);
    let ends: Vec<u64> = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..TABS)
            .map(|tab| scope.spawn(move || follow(server, &format!("tab{tab}"), done)))
            .collect();
        for reader in 0..READERS {
            scope.spawn(move || read(server, reader, done, asked));
        }
        let begun = Instant::now();
        for edit in 0..EDITS {
            change(&repository, edit);
            let next = begun + MINUTES * (edit + 1) / EDITS;
            // The largest of many moments: what is held for a moment only is not missed in one and seen in another.
            let mut most = 0;
            while Instant::now() < next {
                std::thread::sleep(Duration::from_millis(20));
                most = most.max(kilobytes(server.child.id()));
            }
            resident.push(most);
        }
        server.settled();
        done.store(true, Ordering::Relaxed);
        // One change more, for those who wait.
        server.after(|| {
            repository.write("content/last.md", &document("Last", "SMS-POL-4.1-9", "Last."));
        });
        tabs.into_iter().map(|tab| tab.join().expect("no poll failed")).collect()
    });
    let last = server.settled();
    assert_eq!(ends, [last; TABS], "every tab ends on the last state");
    assert!(last > u64::from(EDITS) / 2, "the edits were shown: {last}");
    assert!(asked.load(Ordering::Relaxed) > 1_000, "the readers read");
    let log = server.log();
    assert!(!log.contains("panicked") && !log.contains("could not"), "{log}");
    let (warm, rest) = resident.split_at(WARM);
    let most = |of: &[u64]| of.iter().copied().max().unwrap_or(0);
    println!(
        "resident: {} kB at most in the first {WARM} edits, {} kB after",
        most(warm),
        most(rest)
    );
    assert!(most(rest) * 10 <= most(warm) * 11, "memory grows: {resident:?}");
}

/// Asks for the next state until told to end and there is no other; the number of the last one that was told.
fn follow(server: &Server, tab: &str, done: &AtomicBool) -> u64 {
    let mut known = 0;
    loop {
        let ending = done.load(Ordering::Relaxed);
        let reply = server.poll(known, tab).join().expect("it is answered");
        assert_eq!(reply.status, 200);
        let told = epoch(&reply);
        if ending && told == known {
            return told;
        }
        known = told;
    }
}

/// Reads pages until told to end; each is there, or was deleted.
fn read(server: &Server, reader: usize, done: &AtomicBool, asked: &AtomicU64) {
    let pages = [
        "/",
        "/documents/",
        "/documents/incident-management-process.html",
        "/documents/soak.html",
        "/clauses/",
        "/reviews.html",
        "/assets/style.css",
        "/api/search?q=incident",
        "/about.html",
    ];
    for page in pages.iter().cycle().skip(reader) {
        if done.load(Ordering::Relaxed) {
            return;
        }
        let reply = server.get(page);
        assert!(
            reply.status == 200 || *page == "/documents/soak.html" && reply.status == 404,
            "{page}"
        );
        assert!(!reply.body.is_empty());
        asked.fetch_add(1, Ordering::Relaxed);
    }
}

/// One edit of an author: a text, a file that comes and goes, broken front matter, a role, the settings.
fn change(repository: &Repository, edit: u32) {
    let own = document("Soak", "SMS-POL-4.1-8", &format!("Edit {edit}."));
    match edit % 8 {
        0 | 2 | 4 => repository.write("content/soak.md", &own),
        1 => repository.write("content/soak.md", "---\ntitle: Soak\n"),
        3 => {
            repository.write("content/.soak.md", &own);
            repository.rename("content/.soak.md", "content/soak.md");
        }
        5 => repository.remove("content/soak.md"),
        6 => {
            let roles = text(&repository.path("content/roles.yaml"));
            repository.write("content/roles.yaml", &format!("{roles}# {edit}\n"));
        }
        _ => {
            let settings = text(&repository.path("clausebook.toml"));
            repository.write("clausebook.toml", &format!("# {edit}\n{settings}"));
        }
    }
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("it can be read")
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("it can be walked");
        let target = to.join(entry.path().strip_prefix(from).expect("it lies there"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target).expect("it can be made");
        } else {
            std::fs::copy(entry.path(), target).expect("it can be copied");
        }
    }
}

/// What a process holds in memory.
fn kilobytes(process: u32) -> u64 {
    let status = text(Path::new(&format!("/proc/{process}/status")));
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("it is told");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
