//! `clausebook serve` over real HTTP: what is answered, what is refused, what is right after every kind of change.

#![expect(clippy::disallowed_methods, reason = "tests write files and read them")]

#[path = "serve/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clausebook::serve::{Edge, Settings, Told};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use server::{Repository, Server, document, epoch, until};

// ---- What is answered -------------------------------------------------------------------------------------------------

#[test]
fn a_page_is_answered_with_what_it_is() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    for (target, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/documents/", "text/html; charset=utf-8"),
        ("/documents/one.html", "text/html; charset=utf-8"),
        ("/SMS-POL-4.1.html", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/portal.js", "text/javascript; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml"),
        ("/reviews.json", "application/json"),
        ("/documents/register.csv", "text/csv; charset=utf-8"),
        ("/licences.txt", "text/plain; charset=utf-8"),
        ("/search/current.js", "text/javascript; charset=utf-8"),
    ] {
        let reply = server.ask("GET", target, &[("Accept-Encoding", "gzip, br")]);
        assert_eq!(reply.status, 200, "{target}");
        assert_eq!(reply.header("content-type"), Some(kind), "{target}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{target}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert_eq!(reply.header("content-encoding"), None, "{target}");
        assert_eq!(reply.header("transfer-encoding"), None, "{target}");
        let length = reply.body.len().to_string();
        assert_eq!(reply.header("content-length"), Some(length.as_str()), "{target}");
    }
}

#[test]
fn head_says_what_get_would() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let get = server.get("/documents/one.html");
    let head = server.ask("HEAD", "/documents/one.html", &[]);
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-type", "content-length", "etag", "accept-ranges"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
    assert_eq!(server.ask("HEAD", "/nothing.html", &[]).status, 404);
}

#[test]
fn what_the_reader_has_is_not_sent_again() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let first = server.get("/documents/one.html");
    let tag = first.header("etag").expect("it has one").to_owned();
    let again = server.ask("GET", "/documents/one.html", &[("If-None-Match", &tag)]);
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(&*tag)));
    server.after(|| repository.write("content/one.md", &document("One", "SMS-POL-4.1", "Other.")));
    let other = server.ask("GET", "/documents/one.html", &[("If-None-Match", &tag)]);
    assert_eq!(other.status, 200);
    assert_ne!(other.header("etag"), Some(&*tag));
}

#[test]
fn a_part_of_a_file_is_sent() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let whole = server.get("/assets/style.css");
    let part = server.ask("GET", "/assets/style.css", &[("Range", "bytes=10-19")]);
    assert_eq!(part.status, 206);
    assert_eq!(part.body, whole.body[10..20]);
    let says = format!("bytes 10-19/{}", whole.body.len());
    assert_eq!(part.header("content-range"), Some(&*says));
    let last = server.ask("GET", "/assets/style.css", &[("Range", "bytes=-5")]);
    assert_eq!(last.body, whole.body[whole.body.len() - 5..]);
    let beyond = server.ask("GET", "/assets/style.css", &[("Range", "bytes=99999999-")]);
    let says = format!("bytes */{}", whole.body.len());
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some(&*says)));
}

#[test]
fn a_missing_page_is_missing_and_near_ones_are_named() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let missing = server.get("/documents/oen.html");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("class=\"page-not-found\""), "it is the portal's own page");
    assert!(missing.text().contains("<a href=\"/documents/one.html\">"), "{}", missing.text());
    assert_eq!(server.get("/quite/else").status, 404);
    let folder = server.get("/documents");
    assert_eq!((folder.status, folder.header("location")), (301, Some("documents/")));
}

#[test]
fn a_portal_that_is_to_stand_below_a_path_is_answered_there() {
    let repository = Repository::new();
    repository.write("clausebook.toml", "base_url = \"https://intranet.example/sms/\"\n");
    let server = Server::of(&repository, &[]);
    for target in ["/", "/sms/", "/sms/documents/one.html", "/documents/one.html"] {
        assert_eq!(server.get(target).status, 200, "{target}");
    }
    assert!(server.get("/nothing").text().contains("href=\"/sms/index.html\""));
}

#[test]
fn requests_are_printed_when_asked_for() {
    let repository = Repository::new();
    let (loud, still) = (Server::of(&repository, &["-v"]), Server::of(&repository, &[]));
    for server in [&loud, &still] {
        server.get("/documents/one.html?x=%1b[31m");
    }
    loud.says("GET /documents/one.html?x=%1b[31m 200 ");
    assert!(!still.log().contains("GET /"), "{}", still.log());
}

#[test]
fn search_is_answered_as_the_command_line_does() {
    let repository = Repository::new();
    let server = Server::of(&repository, &["--today", "2026-12-01"]);
    for (target, arguments) in [
        ("/api/search?q=second", &["second"][..]),
        ("/api/search?q=text&limit=1", &["text", "--limit", "1"]),
        (
            "/api/search?q=text&type=policy&owner=desk",
            &["text", "--type", "policy", "--owner", "desk"],
        ),
        ("/api/search?q=status%3Adraft+first", &["status:draft first"]),
        ("/api/search?q=4.1&clause=4.1&status=any", &["4.1", "--clause", "4.1", "--status", "any"]),
        ("/api/search?q=nothing+like+it", &["nothing like it"]),
    ] {
        let reply = server.get(target);
        assert_eq!(reply.header("content-type"), Some("application/json"));
        let arguments =
            [&["search", "--today", "2026-12-01", "--format", "json"], arguments].concat();
        let printed = repository.run(&arguments);
        assert_eq!(
            reply.text().trim(),
            String::from_utf8_lossy(&printed.stdout).trim(),
            "{target}"
        );
    }
    server
        .after(|| repository.write("content/one.md", &document("One", "SMS-POL-4.1", "A zebra.")));
    let found: serde_json::Value =
        serde_json::from_slice(&server.get("/api/search?q=zebra").body).expect("it is JSON");
    assert_eq!(found["hits"][0]["path"], "content/one.md", "it follows what is saved");
    // When it has been quiet the index is whole again: words count, and pages stand, as in a build.
    let words = ["search", "--today", "2026-12-01", "--format", "json", "text zebra service"];
    let printed = String::from_utf8_lossy(&repository.run(&words).stdout).trim().to_owned();
    let answered = || server.get("/api/search?q=text+zebra+service").text().trim().to_owned();
    until(|| answered() == printed, || format!("{}\n{printed}", answered()));
    for odd in
        ["/api/search", "/api/search?q=", "/api/search?q=%22%22-", "/api/search?q=%00%ff&limit=x"]
    {
        assert_eq!(server.get(odd).status, 200, "{odd}");
    }
}

// ---- What a build would publish ---------------------------------------------------------------------------------------

#[test]
fn a_group_that_nothing_names_is_told_in_the_terminal_until_something_does() {
    let repository = Repository::new();
    let document = |title: &str, reference: &str, group: &str| {
        document(title, reference, "Text.")
            .replace("clause: 4.1\n", &format!("clause: 4.1\naudience: {group}\n"))
    };
    repository.write("content/ops.md", &document("Shifts", "SMS-POL-4.1-2", "Operations"));
    let server = Server::of(&repository, &["--audience", "operation desk"]);
    server.says("no document and no role names the group `operation desk`");
    server.says("did you mean");
    let page = server.get("/documents/one.html").text();
    assert!(page.contains("The first text.") && !page.contains("operation desk"), "{page}");
    assert_eq!(server.get("/documents/shifts.html").status, 404);
    server.after(|| {
        let named = document("Desk", "SMS-POL-4.1-3", "Operation Desk");
        repository.write("content/desk.md", &named);
    });
    assert_eq!(server.get("/documents/desk.html").status, 200, "letter case tells none apart");
    let told = |server: &Server| server.log().matches("no document and no role").count();
    assert_eq!(told(&server), 1, "{}", server.log());
    server.after(|| repository.remove("content/desk.md"));
    server.says("operation desk`");
    until(|| told(&server) == 2, || server.log());
}

#[test]
fn as_published_every_file_is_the_one_that_a_build_writes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("there is a place for it");
    let output = folder.path().join("site");
    let built = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .arg("--root")
        .arg(root)
        .args(["build", "--quiet", "--output"])
        .arg(&output)
        .output()
        .expect("it runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let files = files(&output);
    assert!(files.len() > 500, "{} files", files.len());
    let server = Server::start(root, &["--port", "0", "--as-published"]);
    for (name, bytes) in &files {
        // Its hashes are of files on a disk.
        if name == "manifest.json" {
            continue;
        }
        let target = format!("/{}", name.replace('%', "%25").replace(' ', "%20"));
        let reply = server.get(&target);
        assert_eq!(reply.status, 200, "{name}");
        assert!(reply.body == *bytes, "{name} differs from what a build writes");
    }
    assert_eq!(server.get("/-/serve.js").status, 404);
    assert_eq!(server.get("/-/changes/0").status, 404);
}

#[test]
fn no_byte_of_what_serve_adds_is_in_a_build() {
    let repository = Repository::new();
    repository.write("content/bad.md", "---\ntitle: Bad\n---\n");
    let server = Server::of(&repository, &[]);
    for target in ["/", "/documents/bad.html"] {
        let page = server.get(target).text();
        assert!(page.contains("/-/serve.js") && page.contains("cb-serve"), "{target}");
    }
    assert!(server.get("/-/serve.js").text().contains("/-/changes/"));
    assert_eq!(server.get("/-/serve.css").status, 200);
    let built = repository.run(&["build", "--keep-going"]);
    assert_eq!(built.status.code(), Some(1), "it has errors");
    for (name, bytes) in files(&repository.path("site")) {
        let text = String::from_utf8_lossy(&bytes);
        for added in ["/-/", "cb-serve", "data-page", "serve.js", "vscode:"] {
            assert!(!text.contains(added), "{name} holds {added}");
        }
    }
}

#[test]
fn guidance_is_shown_marked_as_such_but_not_as_published() {
    let repository = Repository::new();
    let text = "Text.\n\n> [!GUIDANCE]\n> Adapt this sentence.\n";
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", text));
    let (author, reader) =
        (Server::of(&repository, &[]), Server::of(&repository, &["--as-published"]));
    let page = author.get("/documents/one.html").text();
    assert!(page.contains("Adapt this sentence.") && page.contains("alert-guidance"), "{page}");
    assert!(!reader.get("/documents/one.html").text().contains("Adapt this sentence."));
}

#[test]
fn what_the_view_may_not_see_is_nowhere() {
    let repository = Repository::new();
    let secret = document("Plotzum", "SMS-POL-4.1-2", "Plotzum. [x](gone.md)")
        .replace("clause: 4.1\n", "clause: 4.1\nclassification: restricted\n");
    repository.write("content/plotzum.md", &secret);
    let server = Server::of(&repository, &[]);
    server.says("plotzum");
    for target in [
        "/",
        "/documents/",
        "/about.html",
        "/documents/plotzum.html",
        "/documents/plotzu.html",
        "/search/current.js",
        "/api/search?q=plotzum&status=any",
        "/-/changes/0",
    ] {
        let text = server.get(target).text().to_lowercase();
        let text = text.replace("{\"query\":\"plotzum\"", "");
        assert!(!text.contains("plotzum"), "{target} tells it: {text}");
    }
}

// ---- What is refused --------------------------------------------------------------------------------------------------

#[test]
fn only_our_own_names_are_answered() {
    let repository = Repository::new();
    let server = Server::of(&repository, &["--allow-host", "wiki.example"]);
    for ours in ["localhost", "127.0.0.1:4020", "[::1]:4020", "wiki.example:80"] {
        assert_eq!(server.ask("GET", "/", &[("Host", ours)]).status, 200, "{ours}");
    }
    for foreign in ["evil.example", "localhost.evil.example", "", "evil.example:4020"] {
        let reply = server.ask("GET", "/documents/one.html", &[("Host", foreign)]);
        assert_eq!(reply.status, 403, "{foreign}");
        assert!(!reply.text().contains("first text"));
        assert_eq!(server.ask("GET", "/-/changes/0", &[("Host", foreign)]).status, 403);
        assert_eq!(server.ask("GET", "/api/search?q=text", &[("Host", foreign)]).status, 403);
    }
    assert_eq!(server.raw(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 403, "none");
    let two =
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert_eq!(server.raw(two).status, 403, "two");
}

#[test]
fn only_get_and_head_are_answered() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let reply = server.ask(method, "/", &[("Content-Length", "0")]);
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn no_path_leaves_the_site() {
    let repository = Repository::new();
    repository.write("secret.txt", "plotzum");
    repository.write("content/.hidden/secret.txt", "plotzum");
    std::os::unix::fs::symlink("/etc/passwd", repository.path("content/link.png")).expect("made");
    std::os::unix::fs::symlink("/etc", repository.path("content/folder")).expect("made");
    let linked = "![x](link.png) ![y](folder/passwd) [z](../secret.txt)";
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", linked));
    let server = Server::of(&repository, &[]);
    for target in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/documents/../../secret.txt",
        "/documents/..%2f..%2fsecret.txt",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd",
        "/files/link.png",
        "/files/folder/passwd",
        "/files/../secret.txt",
        "/secret.txt",
        "/content/one.md",
        "/.git/config",
        "/files/.hidden/secret.txt",
        "/documents/one.html%00.png",
        "/documents%5cone.html",
        "/C:/secret.txt",
        "http://localhost/secret.txt",
        "*",
        "/-/../secret.txt",
        "/-/%2e%2e/secret.txt",
    ] {
        let reply = server.get(target);
        assert!(matches!(reply.status, 400 | 404), "{target}: {}", reply.status);
        let text = reply.text();
        assert!(!text.contains("plotzum") && !text.contains("root:"), "{target}");
    }
}

#[test]
fn a_request_larger_than_sixteen_kilobytes_is_refused() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let long = "x".repeat(17_000);
    assert_eq!(server.get(&format!("/{long}")).status, 431);
    assert_eq!(server.ask("GET", "/", &[("X-Long", &long)]).status, 431);
    assert_eq!(server.ask("GET", "/", &[("X-Long", &long[..15_000])]).status, 200);
    assert_eq!(server.get("/").status, 200, "it goes on");
}

#[test]
fn what_is_no_request_ends_nothing() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    for bytes in
        [&b"\r\n\r\n"[..], b"GET\r\n\r\n", b"\xff\xfe\x00\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
    {
        let mut stream = server.connect();
        stream.write_all(bytes).expect("it takes them");
        let _ = stream.read_to_end(&mut Vec::new());
    }
    assert_eq!(server.get("/").status, 200);
}

// ---- Who waits for whom -----------------------------------------------------------------------------------------------

#[test]
fn slow_readers_keep_nobody_waiting() {
    let repository = Repository::new();
    // More than the buffers of a connection take.
    let pixels = vec![0u8; 12_000_000];
    std::fs::write(repository.path("content/large.png"), &pixels).expect("it can be written");
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "![x](large.png)"));
    let server = Server::of(&repository, &[]);
    let mut slow = Vec::new();
    for _ in 0..12 {
        let mut stream = server.connect();
        let request = b"GET /files/large.png HTTP/1.1\r\nHost: localhost\r\n\r\n";
        stream.write_all(request).expect("it takes a request");
        slow.push(stream);
    }
    // Each has begun to be answered, and none takes more.
    for stream in &mut slow {
        let mut first = [0; 12];
        stream.read_exact(&mut first).expect("it is answered");
        assert_eq!(&first, b"HTTP/1.1 200");
    }
    for _ in 0..20 {
        assert_eq!(server.get("/documents/one.html").status, 200);
    }
    // Those who come back to it get the rest.
    let mut rest = Vec::new();
    let mut stream = slow.swap_remove(0);
    stream.shutdown(std::net::Shutdown::Write).expect("it can be");
    stream.read_to_end(&mut rest).expect("it goes on");
    assert!(rest.len() > pixels.len());
}

#[test]
fn connections_that_come_at_once_and_stay_are_all_answered() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    // As browsers do: six for each window that opens, kept for what is asked next.
    for _ in 0..10 {
        let mut kept: Vec<_> = (0..24).map(|_| server.connect()).collect();
        for stream in &mut kept {
            let request = b"GET /-/serve.css HTTP/1.1\r\nHost: localhost\r\n\r\n";
            stream.write_all(request).expect("it takes a request");
        }
        for (number, stream) in kept.iter_mut().enumerate() {
            let mut first = [0; 15];
            stream.read_exact(&mut first).expect("it is answered");
            assert_eq!(&first, b"HTTP/1.1 200 OK", "connection {number}");
        }
    }
}

#[test]
fn a_reader_who_says_nothing_is_let_go() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let mut silent = server.connect();
    silent.write_all(b"GET / HTTP/1.1\r\nHo").expect("it takes a part");
    // The time limits of the listening socket are those of the accepted one.
    let mut rest = Vec::new();
    silent.read_to_end(&mut rest).expect("it is closed");
    assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn after_too_many_open_files_it_goes_on() {
    let repository = Repository::new();
    let mut command = Command::new("bash");
    let program = env!("CARGO_BIN_EXE_clausebook");
    let root = repository.root().display();
    // A thread of tiny_http takes two for each connection.
    command
        .arg("-c")
        .arg(format!("ulimit -n 64; exec {program} --root {root} serve --port 0 --poll"));
    let server = Server::spawn(command);
    assert_eq!(server.get("/").status, 200);
    let mut keeper = server.connect();
    keeper
        .write_all(b"GET /documents/one.html HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("taken");
    let crowd: Vec<_> = (0..80).map(|_| server.connect()).collect();
    server.says("a connection could not be accepted");
    // Who was there before is still heard.
    keeper
        .write_all(
            b"GET /documents/two.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        )
        .expect("taken");
    let mut both = Vec::new();
    keeper.read_to_end(&mut both).expect("it is answered");
    let both = String::from_utf8_lossy(&both);
    assert!(both.contains("first text") && both.contains("second text"), "{both}");
    drop(crowd);
    until(
        || {
            std::net::TcpStream::connect(("127.0.0.1", server.port)).is_ok_and(|mut stream| {
                let asked = stream
                    .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                let mut all = Vec::new();
                asked.is_ok()
                    && stream.read_to_end(&mut all).is_ok()
                    && all.starts_with(b"HTTP/1.1 200")
            })
        },
        || format!("it answers again:\n{}", server.log()),
    );
}

#[test]
fn ctrl_c_ends_at_once_and_well() {
    let repository = Repository::new();
    let mut server = Server::of(&repository, &[]);
    // Not even those who wait are waited for.
    let waiting = server.poll(server.epoch(), "a");
    std::thread::sleep(Duration::from_millis(200));
    let pid = i32::try_from(server.child.id()).expect("it is a number of a process");
    kill(Pid::from_raw(pid), Signal::SIGINT).expect("it is there");
    let ended = server.child.wait().expect("it ends");
    assert_eq!(ended.code(), Some(0));
    assert!(waiting.join().is_err(), "the one who waited is hung up on");
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let repository = Repository::new();
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("there is one");
    let port = taken.local_addr().expect("it has one").port();
    let server = Server::start(repository.root(), &["--port", &port.to_string()]);
    assert!(server.port > port && server.port < port + 100, "{} after {port}", server.port);
    server.says(&format!("port {port} is taken"));
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn it_is_for_this_machine_alone_unless_told_otherwise() {
    let repository = Repository::new();
    let own = Server::of(&repository, &[]);
    assert!(own.url.starts_with("http://127.0.0.1:"), "{}", own.url);
    assert!(!own.log().contains("warning: everyone"), "{}", own.log());
    let open = Server::of(&repository, &["--host", "0.0.0.0"]);
    open.says("everyone who reaches this machine over the network can read the portal");
    assert_eq!(open.get("/").status, 200);
    let wrong = repository.run(&["serve", "--host", "no.such.host.invalid"]);
    assert_eq!(wrong.status.code(), Some(2));
}

// ---- Waiting for a change ---------------------------------------------------------------------------------------------

#[test]
fn a_poll_is_held_until_the_portal_changes() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let now = server.settled();
    let waiting: Vec<_> = (0..20).map(|n| server.poll(now, &format!("tab{n}"))).collect();
    std::thread::sleep(Duration::from_millis(300));
    assert!(waiting.iter().all(|poll| !poll.is_finished()), "nothing has changed yet");
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "Changed."));
    for poll in waiting {
        let reply = poll.join().expect("it is answered");
        assert_eq!((reply.status, epoch(&reply)), (200, now + 1));
    }
    // Who asks for another state than the present one is answered at once.
    assert_eq!(epoch(&server.get("/-/changes/999")), now + 1);
}

#[test]
fn the_new_poll_of_a_tab_ends_its_old_one() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let now = server.settled();
    let (old, other) = (server.poll(now, "mine"), server.poll(now, "another"));
    std::thread::sleep(Duration::from_millis(200));
    let new = server.poll(now, "mine");
    assert_eq!(epoch(&old.join().expect("it is answered")), now, "with no news");
    assert!(!other.is_finished() && !new.is_finished());
    server
        .after(|| repository.write("content/one.md", &document("One", "SMS-POL-4.1", "Changed.")));
    assert_eq!(epoch(&other.join().expect("it is answered")), now + 1);
    assert_eq!(epoch(&new.join().expect("it is answered")), now + 1);
}

#[test]
fn without_a_change_a_poll_is_answered_after_a_while() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let now = server.settled();
    let begun = Instant::now();
    let reply = server.poll(now, "tab").join().expect("it is answered");
    assert_eq!((reply.status, epoch(&reply)), (200, now));
    assert!(begun.elapsed() >= Duration::from_secs(24), "it was held");
}

// ---- Watching ---------------------------------------------------------------------------------------------------------

#[test]
fn saving_by_rename_is_seen() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    for round in 1..=3 {
        let text = format!("Round {round}.");
        repository.write("content/.one.md.tmp", &document("One", "SMS-POL-4.1", &text));
        repository.rename("content/.one.md.tmp", "content/one.md");
        server.shows("/documents/one.html", &text);
    }
    // As vim does it: the old one is moved away first.
    repository.rename("content/one.md", "content/one.md~");
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "By vim."));
    repository.remove("content/one.md~");
    server.shows("/documents/one.html", "By vim.");
}

#[test]
fn a_document_that_is_deleted_is_gone_everywhere() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    assert!(server.get("/documents/").text().contains("one.html"));
    server.after(|| repository.remove("content/one.md"));
    assert_eq!(server.get("/documents/one.html").status, 404);
    assert!(!server.get("/documents/").text().contains("one.html"));
    assert_eq!(server.get("/SMS-POL-4.1.html").status, 404);
    server.after(|| repository.write("content/one.md", &document("One", "SMS-POL-4.1", "Back.")));
    assert!(server.get("/documents/one.html").text().contains("Back."));
}

#[test]
fn a_folder_that_is_moved_takes_its_documents_along() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    server.after(|| repository.rename("content/area", "content/other-area"));
    assert!(server.get("/documents/two.html").text().contains("Other area"));
    // What happens in the folder at its new place is seen, too.
    repository
        .write("content/other-area/two.md", &document("Two", "SMS-POL-4", "At its new place."));
    server.shows("/documents/two.html", "At its new place.");
    // The whole content goes and comes back.
    server.after(|| repository.rename("content", "elsewhere"));
    assert!(server.get("/documents/one.html").text().contains("there is no folder"));
    server.after(|| repository.rename("elsewhere", "content"));
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "After all that."));
    server.shows("/documents/one.html", "After all that.");
    assert!(!server.get("/documents/one.html").text().contains("there is no folder"));
}

#[test]
fn a_checkout_of_many_files_is_taken_up_whole() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let before = server.settled();
    for number in 0..500 {
        let reference = format!("SMS-POL-4-{}", number + 2);
        let text = document(&format!("Many {number}"), &reference, "One of many.");
        repository.write(&format!("content/many/{}/document-{number}.md", number % 7), &text);
    }
    for number in [0, 250, 499] {
        server.shows(&format!("/documents/document-{number}.html"), "One of many.");
    }
    let last = server.settled();
    assert!(server.get("/documents/").text().contains("document-499.html"));
    // They are not taken up one by one.
    assert!(last - before < 60, "{} states for 500 files", last - before);
}

#[test]
fn broken_front_matter_keeps_the_last_good_form_and_heals() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    for broken in ["---\ntitle: One\n", "", "no front matter at all\n"] {
        repository.write("content/one.md", broken);
        server.shows("/documents/one.html", "what is shown is its last good form");
        let page = server.get("/documents/one.html").text();
        assert!(page.contains("The first text."), "{page}");
        assert!(page.contains("content/one.md:1:1</a>"), "file, line and column are told: {page}");
        repository.write("content/one.md", &document("One", "SMS-POL-4.1", "The first text."));
        server.hides("/documents/one.html", "last good form");
    }
    std::fs::write(repository.path("content/one.md"), b"\xff\xfe\x00").expect("it can be written");
    server.shows("/documents/one.html", "what is shown is its last good form");
    server.says("error[not-utf8]");
    // What never was good has no other form: it is shown as text.
    repository.write("content/new.md", "---\ntitle: New\n");
    server.shows("/documents/new.html", "the front matter has no end");
}

#[test]
fn what_a_build_writes_wakes_nothing() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    server.stays_after(|| {
        let built = repository.run(&["build"]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    });
    // Not even among the files that are watched.
    repository.write("theme/words/en.toml", "");
    let inside = Server::of(&repository, &["--output", "theme/out"]);
    inside.stays_after(|| repository.write("theme/out/index.html", "written"));
}

#[test]
fn two_tabs_are_told_of_every_change() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let mut known = server.settled();
    for round in 0..3 {
        let tabs = [server.poll(known, "left"), server.poll(known, "right")];
        std::thread::sleep(Duration::from_millis(100));
        let text = format!("Round {round}.");
        repository.write("content/one.md", &document("One", "SMS-POL-4.1", &text));
        let told = tabs.map(|tab| epoch(&tab.join().expect("it is answered")));
        assert_eq!(told[0], told[1]);
        assert!(told[0] > known);
        server.shows("/documents/one.html", &text);
        known = server.settled();
    }
}

#[test]
fn the_settings_are_taken_up_and_wrong_ones_leave_the_last_good() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    server.after(|| repository.write("clausebook.toml", "organization = \"Harbour Ltd\"\n"));
    assert!(server.get("/").text().contains("Harbour Ltd"));
    server.after(|| repository.write("clausebook.toml", "organization = \n"));
    for target in ["/", "/documents/one.html", "/glossary.html", "/nothing.html"] {
        let page = server.get(target).text();
        assert!(page.contains("clausebook.toml:1:16"), "{target}: {page}");
        assert!(page.contains("Harbour Ltd"), "{target}: {page}");
    }
    server.says("clausebook.toml:1:16");
    server.after(|| repository.write("clausebook.toml", "organization = \"Quay Ltd\"\n"));
    let page = server.get("/documents/one.html").text();
    assert!(page.contains("Quay Ltd") && !page.contains("cb-serve\""), "{page}");
    server.after(|| repository.remove("clausebook.toml"));
    assert!(!server.get("/").text().contains("Quay Ltd"));
    // What the settings say of a document holds for all of them.
    server.after(|| repository.write("clausebook.toml", "[variables]\nplace = \"the quay\"\n"));
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "At {{ place }}."));
    server.shows("/documents/one.html", "At the quay.");
    server.after(|| repository.write("clausebook.toml", "[variables]\nplace = \"the harbour\"\n"));
    assert!(server.get("/documents/one.html").text().contains("At the harbour."));
}

#[test]
fn a_colour_that_is_set_is_another_style_sheet() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let styles = || {
        let page = server.get("/documents/one.html").text();
        let (_, tag) = page.split_once("data-styles=\"").expect("the page tells its styles");
        tag.split('"').next().unwrap_or_default().to_owned()
    };
    let before = styles();
    server.after(|| repository.write("clausebook.toml", "[brand]\naccent = \"#00543c\"\n"));
    assert_ne!(styles(), before, "open tabs put it on");
    assert!(server.get("/assets/style.css").text().contains("#00543c"));
}

#[test]
fn settings_that_cannot_be_read_heal_when_they_can_be_again() {
    let repository = Repository::new();
    let text = "organization = \"Harbour Ltd\"\n";
    repository.write("clausebook.toml", text);
    let server = Server::of(&repository, &[]);
    server.after(|| {
        repository.remove("clausebook.toml");
        std::fs::create_dir(repository.path("clausebook.toml")).expect("it can be made");
    });
    let page = server.get("/").text();
    assert!(page.contains("clausebook.toml") && page.contains("Harbour Ltd"), "{page}");
    server.after(|| {
        std::fs::remove_dir(repository.path("clausebook.toml")).expect("it can be removed");
        repository.write("clausebook.toml", text);
    });
    server.hides("/documents/one.html", "cb-serve\"");
    assert!(server.get("/").text().contains("Harbour Ltd"));
}

#[test]
fn settings_that_are_named_must_be_there() {
    let repository = Repository::new();
    let mut refused = Command::new(env!("CARGO_BIN_EXE_clausebook"));
    refused.arg("--root").arg(repository.root());
    refused.args(["--config", "nope.toml", "serve", "--port", "0"]).stderr(Stdio::piped());
    let mut refused = refused.spawn().expect("it runs");
    let ended = (0..1000).find_map(|_| {
        std::thread::sleep(Duration::from_millis(20));
        refused.try_wait().expect("it can be asked")
    });
    // One that serves all the same would go on for ever.
    let _ = refused.kill();
    let mut said = String::new();
    let mut stderr = refused.stderr.take().expect("it is piped");
    stderr.read_to_string(&mut said).expect("it is text");
    assert_eq!(ended.and_then(|ended| ended.code()), Some(2), "{said}");
    assert!(said.contains("there is no file") && said.contains("nope.toml"), "{said}");
    // Once it serves, the last good ones stay.
    let text = "[build]\npublish_up_to = \"public\"\n";
    repository.write("public.toml", text);
    let server = Server::of(&repository, &["--config", "public.toml"]);
    assert_eq!(server.get("/documents/one.html").status, 404, "it is internal");
    server.after(|| repository.remove("public.toml"));
    assert!(server.get("/").text().contains("public.toml"), "{}", server.log());
    assert_eq!(server.get("/documents/one.html").status, 404);
    server.after(|| repository.write("public.toml", text));
    assert!(!server.get("/").text().contains("public.toml"));
}

#[test]
fn a_standard_that_is_not_there_leaves_the_last_good_and_is_told_once() {
    let repository = Repository::new();
    repository.write("clausebook.toml", "organization = \"Harbour Ltd\"\n");
    let server = Server::of(&repository, &["--poll"]);
    server.after(|| {
        repository
            .write("clausebook.toml", "organization = \"Harbour Ltd\"\nstandard = \"none\"\n");
    });
    let page = server.get("/documents/one.html").text();
    assert!(page.contains("no standard has the id `none`"), "{page}");
    assert!(page.contains("Harbour Ltd") && page.contains("The first text."), "{page}");
    server.stays_after(|| std::thread::sleep(Duration::from_millis(800)));
    server.after(|| repository.write("clausebook.toml", "organization = \"Quay Ltd\"\n"));
    let page = server.get("/documents/one.html").text();
    assert!(page.contains("Quay Ltd") && !page.contains("no standard"), "{page}");
}

#[test]
fn a_language_without_words_is_told_until_it_is_set_back() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    server.after(|| repository.write("clausebook.toml", "language = \"xx\"\n"));
    let page = server.get("/documents/one.html").text();
    assert!(page.contains("theme/words/xx.toml") && page.contains("The first text."), "{page}");
    server.after(|| repository.write("clausebook.toml", "language = \"en\"\n"));
    server.hides("/documents/one.html", "theme/words/xx.toml");
    server.after(|| repository.write("clausebook.toml", "language = \"xx\"\n"));
    assert!(server.get("/").text().contains("theme/words/xx.toml"));
    server.after(|| repository.remove("clausebook.toml"));
    server.hides("/", "theme/words/xx.toml");
}

#[test]
fn the_theme_is_taken_up_and_a_broken_template_leaves_the_last_good() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    let good = "{% extends \"base.html\" %}{% block main %}<h1>Ours</h1>{% endblock %}";
    server.after(|| repository.write("theme/templates/roles.html", good));
    assert!(server.get("/roles/").text().contains("<h1>Ours</h1>"));
    server.after(|| repository.write("theme/templates/roles.html", "{% block main %}"));
    for target in ["/roles/", "/documents/one.html", "/"] {
        let page = server.get(target).text();
        assert!(page.contains("roles.html"), "{target} tells which template: {page}");
    }
    assert!(server.get("/roles/").text().contains("<h1>Ours</h1>"), "the last good one");
    // One that cannot be filled is found when it is asked for.
    let wrong =
        "{% extends \"base.html\" %}{% block main %}{{ nothing.of.the.kind }}{% endblock %}";
    server.after(|| repository.write("theme/templates/roles.html", wrong));
    let page = server.get("/roles/");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("nothing"), "{}", page.text());
    assert!(page.text().contains("<h1>Ours</h1>"), "the last good one: {}", page.text());
    server.says("theme/templates/roles.html:1:");
    assert!(server.get("/documents/one.html").text().contains("The first text."));
    server
        .after(|| repository.write("theme/templates/roles.html", &good.replace("Ours", "Healed")));
    let page = server.get("/roles/").text();
    assert!(page.contains("<h1>Healed</h1>") && !page.contains("cb-serve\""), "{page}");
    server.after(|| repository.write("theme/static/style.css", "body { color: red }"));
    assert_eq!(server.get("/assets/style.css").text(), "body { color: red }");
    server.after(|| repository.write("theme/words/en.toml", "[menu]\nroles = \"Parts played\"\n"));
    assert!(server.get("/").text().contains("Parts played"));
}

#[test]
fn roles_standards_registers_and_pictures_are_taken_up() {
    let repository = Repository::new();
    let register = document("Risks", "SMS-REG-4.1", "All risks.")
        .replace("type: policy", "type: register")
        .replace("clause: 4.1\n", "clause: 4.1\ndata: risks.csv\ncolumns:\n  risk: text\n");
    repository.write("content/risks.md", &register);
    repository.write("content/risks.csv", "risk\nFire\n");
    repository.write("content/picture.png", "pixels");
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "![x](picture.png)"));
    let server = Server::of(&repository, &[]);
    assert!(server.get("/documents/risks.html").text().contains("Fire"));
    server.after(|| repository.write("content/risks.csv", "risk\nWater\n"));
    assert!(server.get("/documents/risks.html").text().contains("Water"));
    server.after(|| {
        repository.write(
            "content/roles.yaml",
            "- id: desk\n  title: Help Point\n  summary: Answers.\n  duties: []\n",
        );
    });
    assert!(server.get("/documents/one.html").text().contains("Help Point"));
    server.after(|| {
        repository.write(
            "content/standards/own.yaml",
            "id: own-2026\ntitle: Own standard\nclauses:\n  - { number: \"1\", title: First }\n",
        );
    });
    assert_eq!(server.get("/clauses/own-2026/1.html").status, 200);
    server.after(|| repository.write("content/picture.png", "other pixels"));
    assert_eq!(server.get("/files/picture.png").text(), "other pixels");
}

#[test]
fn what_is_touched_but_equal_and_what_editors_leave_changes_nothing() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    server.stays_after(|| {
        let text = std::fs::read(repository.path("content/one.md")).expect("it is there");
        std::fs::write(repository.path("content/one.md"), &text).expect("it can be written");
        let file =
            std::fs::File::options().write(true).open(repository.path("content/area/two.md"));
        let dated = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        file.expect("it is there").set_modified(dated).expect("it can be dated");
        std::fs::read(repository.path("content/roles.yaml")).expect("it can be read");
    });
    // A file that is there for a moment is gone before it is looked at, or is hidden.
    server.stays_after(|| {
        repository.write("content/4913", "");
        repository.remove("content/4913");
        repository.write("README.md", "not ours");
        repository.write("target/debug/x", "not ours");
    });
}

#[test]
fn another_branch_is_taken_up_and_other_work_of_git_is_not() {
    let repository = Repository::new();
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .arg("-C")
            .arg(repository.root())
            .args([
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@example.org",
                "-c",
                "commit.gpgsign=false",
            ])
            .args(arguments)
            .output()
            .expect("git is there");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["checkout", "-qb", "other"]);
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "On the other branch."));
    git(&["commit", "-qam", "two"]);
    git(&["checkout", "-q", "main"]);
    let server = Server::of(&repository, &[]);
    server.stays_after(|| {
        git(&["status"]);
        git(&["commit", "-q", "--allow-empty", "-m", "three"]);
        git(&["gc", "-q"]);
    });
    git(&["checkout", "-q", "other"]);
    server.shows("/documents/one.html", "On the other branch.");
    git(&["checkout", "-q", "main"]);
    server.shows("/documents/one.html", "The first text.");
    // The page about the build names the commit of now, and that the tree has changed.
    let head =
        Command::new("git").arg("-C").arg(repository.root()).args(["rev-parse", "HEAD"]).output();
    let head = String::from_utf8_lossy(&head.expect("git is there").stdout).trim().to_owned();
    assert!(server.get("/about.html").text().contains(&head[..12]));
}

#[test]
fn by_the_clock_it_sees_the_same() {
    let repository = Repository::new();
    let server = Server::of(&repository, &["--poll"]);
    server.says("looking at the disk twice a second (as asked)");
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "By the clock."));
    server.shows("/documents/one.html", "By the clock.");
    server.after(|| repository.remove("content/one.md"));
    assert_eq!(server.get("/documents/one.html").status, 404);
    server.stays_after(|| {
        let built = repository.run(&["build"]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    });
}

#[test]
fn a_change_in_the_same_instant_and_of_the_same_size_is_seen() {
    let repository = Repository::new();
    let server = Server::of(&repository, &[]);
    for round in 0..5 {
        let text = format!("Text {round}.");
        repository.write("content/one.md", &document("One", "SMS-POL-4.1", &text));
        let file = std::fs::File::options().write(true).open(repository.path("content/one.md"));
        // The time tells nothing: it is always the same, and now.
        let now = std::time::SystemTime::now();
        file.expect("it is there").set_modified(now).expect("it can be dated");
        server.shows("/documents/one.html", &text);
    }
}

// ---- Mistakes ---------------------------------------------------------------------------------------------------------

#[test]
fn findings_stand_on_the_page_that_they_concern_and_in_the_terminal() {
    let repository = Repository::new();
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "See [it](tow.md)."));
    let server = Server::of(&repository, &[]);
    let page = server.get("/documents/one.html").text();
    assert!(page.contains("error[dead-link]"), "{page}");
    let root = repository.root().canonicalize().expect("it is there");
    let link = format!("vscode://file{}/content/one.md:11:10", root.display());
    assert!(page.contains(&format!("<a href=\"{link}\">content/one.md:11:10</a>")), "{page}");
    assert!(page.contains("class=\"hint\""), "{page}");
    assert!(!server.get("/documents/two.html").text().contains("dead-link"), "it is not its own");
    assert!(server.get("/").text().contains("error[dead-link]"), "home lists all");
    server.says("content/one.md:11:10");
    server.after(|| repository.write("content/one.md", &document("One", "SMS-POL-4.1", "Mended.")));
    assert!(!server.get("/documents/one.html").text().contains("dead-link"));
    let plain = Server::of(&repository, &["--editor", "none"]);
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "See [it](tow.md)."));
    plain.shows("/documents/one.html", "<code>content/one.md:11:10</code>");
    let own = Server::of(&repository, &["--editor", "ed://{path}?l={line}&c={column}"]);
    assert!(own.get("/documents/one.html").text().contains("/content/one.md?l=11&amp;c=10\""));
}

#[test]
fn what_is_no_error_lies_over_its_own_page_alone() {
    let repository = Repository::new();
    let warned = document("One", "SMS-POL-4.1", "Text.")
        .replace("clause: 4.1\n", "clause: 4.1\nkeyword: x\n");
    repository.write("content/one.md", &warned);
    let server = Server::of(&repository, &[]);
    let open = |target: &str| {
        let page = server.get(target).text();
        assert!(page.contains("warning[unknown-key]"), "{target} tells it: {page}");
        let panel = page.split("id=\"cb-serve\"").nth(1).expect("it has a panel").to_owned();
        panel.contains("<details open>")
    };
    assert!(open("/documents/one.html") && !open("/") && !open("/about.html"));
    server.after(|| repository.write("content/one.md", "---\ntitle: One\n"));
    let home = server.get("/").text();
    assert!(home.contains("class=\"error\"") && home.contains("<details open>"), "{home}");
}

#[test]
fn it_starts_whatever_is_broken_and_heals() {
    let repository = Repository::new();
    repository.write("content/one.md", "---\ntitle: [\n---\n");
    repository.write("clausebook.toml", "no toml");
    repository.write("theme/templates/home.html", "{% nonsense");
    repository.write("content/roles.yaml", "- id: [");
    let server = Server::of(&repository, &[]);
    let page = server.get("/").text();
    assert!(page.contains("clausebook.toml:1") && page.contains("home.html"), "{page}");
    assert_eq!(server.get("/documents/two.html").status, 200);
    repository.write("clausebook.toml", "organization = \"Mended\"\n");
    repository.write("theme/templates/home.html", "<p>mended {{ page.site }}</p>");
    repository.write("content/one.md", &document("One", "SMS-POL-4.1", "Mended text."));
    repository
        .write("content/roles.yaml", "- id: desk\n  title: Desk\n  summary: x\n  duties: []\n");
    server.shows("/", "<p>mended Mended</p>");
    server.shows("/documents/one.html", "Mended text.");
    server.hides("/documents/one.html", "cb-serve\"");
    let empty = tempfile::tempdir().expect("there is a place for it");
    let nothing = Server::start(empty.path(), &["--port", "0"]);
    assert!(nothing.get("/").text().contains("there is no folder"));
    let repository = Repository::new();
    std::fs::rename(repository.path("content"), empty.path().join("content")).expect("it moves");
    nothing.shows("/documents/one.html", "The first text.");
    let wrong = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(["--root", "/no/such/folder", "serve", "--port", "0"])
        .output()
        .expect("it runs");
    assert_eq!(wrong.status.code(), Some(2), "without a folder there is nothing to watch");
}

#[test]
fn a_query_that_does_not_find_its_document_is_told_when_it_is_quiet() {
    let repository = Repository::new();
    let with = |query: &str| {
        document("One", "SMS-POL-4.1", "The first text.")
            .replace("clause: 4.1\n", &format!("clause: 4.1\nfound_by: [{query}]\n"))
    };
    repository.write("content/one.md", &with("first"));
    let server = Server::of(&repository, &[]);
    server.settled();
    assert!(!server.log().contains("not-found"), "{}", server.log());
    repository.write("content/one.md", &with("zebra"));
    server.shows("/documents/one.html", "not-found");
    server.says("zebra");
    repository.write("content/one.md", &with("text"));
    server.hides("/documents/one.html", "not-found");
}

#[test]
fn what_is_saved_is_shown_while_search_is_asked() {
    let repository = Repository::new();
    // Enough to be at work for as long as it takes to save: each query is asked of all documents.
    let queries: Vec<String> = (0..400).map(|n| format!("\"some words of number {n}\"")).collect();
    let asking = |text: &str| {
        document("One", "SMS-POL-4.1", text)
            .replace("clause: 4.1\n", &format!("clause: 4.1\nfound_by: [{}]\n", queries.join(", ")))
    };
    repository.write("content/one.md", &asking("The first text."));
    let server = Server::of(&repository, &[]);
    for n in 0..4 {
        std::thread::sleep(Duration::from_millis(2_050));
        server.after(|| repository.write("content/one.md", &asking(&format!("Text of turn {n}."))));
        let page = server.get("/documents/one.html").text();
        assert!(page.contains(&format!("Text of turn {n}.")), "{page}");
    }
    // What was given up is asked again in the end.
    server.says("not-found");
}

// ---- The day ----------------------------------------------------------------------------------------------------------

#[test]
fn at_midnight_states_are_those_of_the_new_day() {
    let repository = Repository::new();
    let text = document("One", "SMS-POL-4.1", "Text.")
        .replace("status: draft", "status: approved\napprover: desk\nreview_date: 2026-12-01")
        .replace("version: 0.1", "version: 1.0")
        .replace("clause: 4.1\n", "clause: 4.1\nchanges:\n  - { version: 1.0, date: 2026-01-05, summary: Was written down., approved_by: desk }\n");
    repository.write("content/one.md", &text);
    // The clock of the test: milliseconds until midnight, then the day after.
    let left = Arc::new(AtomicI64::new(600));
    let begun = Instant::now();
    let clock = {
        let left = Arc::clone(&left);
        move || {
            let gone = i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX);
            let day = jiff::civil::date(2026, 12, 1);
            match left.load(Ordering::Relaxed) - gone {
                rest @ 1.. => (day, Duration::from_millis(rest.unsigned_abs())),
                _ => (day.tomorrow().expect("there is one"), Duration::from_hours(1)),
            }
        }
    };
    let told = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&told);
    let settings = Settings {
        root: repository.root().to_owned(),
        content: "content".to_owned(),
        config: None,
        output: "site".into(),
        today: None,
        due_soon: None,
        audience: None,
        as_published: false,
        poll: false,
        editor: None,
        host: "127.0.0.1".to_owned(),
        port: 0,
        allow_hosts: Vec::new(),
    };
    let edge = Edge {
        clock: Box::new(clock),
        commit: Box::new(|| None),
        tell: Box::new(move |what| {
            if let Told::Shown { epoch, findings, .. } = what {
                let overdue = findings.iter().any(|finding| finding.rule == "review-overdue");
                noted.lock().expect("nobody panicked").push((epoch, overdue));
            }
        }),
    };
    let server = clausebook::serve::Server::start(settings, edge).expect("it starts");
    assert_eq!(*told.lock().expect("nobody panicked"), [(1, false)], "due on the day");
    until(|| server.epoch() == 2, || "the day turns".to_owned());
    assert_eq!(*told.lock().expect("nobody panicked"), [(1, false), (2, true)], "overdue after it");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(server.epoch(), 2, "once");
}

#[test]
fn a_day_that_is_named_stays() {
    let repository = Repository::new();
    let server = Server::of(&repository, &["--today", "2027-03-04"]);
    assert!(server.get("/").text().contains("data-today=\"2027-03-04\""));
    repository.write("clausebook.toml", "[demo]\ndated = 2026-12-01\n");
    server.settled();
    assert!(server.get("/").text().contains("data-today=\"2027-03-04\""));
    let demo = Server::of(&repository, &[]);
    assert!(demo.get("/").text().contains("data-today=\"2026-12-01\""));
}

/// All files below a folder, by their paths there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("it can be walked");
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder).expect("it lies there");
            let name = name.to_string_lossy().replace('\\', "/");
            found.insert(name, std::fs::read(entry.path()).expect("it can be read"));
        }
    }
    found
}
