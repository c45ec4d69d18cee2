//! A server of the real program on a repository of its own, and a reader that speaks plain HTTP to it.

#![expect(clippy::disallowed_methods, reason = "tests write files and read them")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A repository in a folder that goes with it.
pub(crate) struct Repository {
    folder: TempDir,
}

/// A document that nothing is wrong with.
pub(crate) fn document(title: &str, reference: &str, text: &str) -> String {
    format!(
        "---\ntitle: {title}\nreference: {reference}\ntype: policy\nowner: desk\nversion: 0.1\nstatus: draft\nclause: 4.1\n---\n\n{text}\n"
    )
}

impl Repository {
    pub(crate) fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("there is a place for it") };
        repository.write(
            "content/roles.yaml",
            "- id: desk\n  title: Service Desk\n  summary: Answers.\n  duties: []\n",
        );
        repository.write("content/one.md", &document("One", "SMS-POL-4.1", "The first text."));
        repository.write("content/area/two.md", &document("Two", "SMS-POL-4", "The second text."));
        repository
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }

    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path(name)).expect("it can be removed");
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        std::fs::rename(self.path(from), self.path(to)).expect("it can be renamed");
    }

    /// Runs the program there.
    pub(crate) fn run(&self, arguments: &[&str]) -> std::process::Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.arg("--root").arg(self.root()).args(arguments);
        command.output().expect("it runs")
    }
}

/// A server that ends with the test.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) port: u16,
    pub(crate) url: String,
    /// What it printed beside its address.
    log: Arc<Mutex<String>>,
}

impl Server {
    /// On any port, for the repository.
    #[track_caller]
    pub(crate) fn of(repository: &Repository, arguments: &[&str]) -> Self {
        Self::start(repository.root(), &[&["--port", "0"], arguments].concat())
    }

    #[track_caller]
    pub(crate) fn start(root: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.arg("--root").arg(root).arg("serve").args(arguments);
        Self::spawn(command)
    }

    #[track_caller]
    pub(crate) fn spawn(mut command: Command) -> Self {
        command.env_remove("CLAUSEBOOK_EDITOR");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let log = Arc::new(Mutex::new(String::new()));
        let stderr = child.stderr.take().expect("it is piped");
        let noted = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let mut log = noted.lock().expect("nobody panicked");
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut url = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        stdout.read_line(&mut url).expect("it prints its address");
        let url = url.trim().to_owned();
        let port = url.trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
        let Some(port) = port else {
            let _ = child.wait();
            panic!("no address but `{url}`:\n{}", log.lock().expect("nobody panicked"));
        };
        Self { child, port, url, log }
    }

    pub(crate) fn log(&self) -> String {
        self.log.lock().expect("nobody panicked").clone()
    }

    /// Waits until it has printed that.
    #[track_caller]
    pub(crate) fn says(&self, what: &str) {
        until(|| self.log().contains(what), || format!("it says `{what}`:\n{}", self.log()));
    }

    #[track_caller]
    pub(crate) fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, &[])
    }

    #[track_caller]
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = format!("{method} {target} HTTP/1.1\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.push_str("Host: localhost\r\n");
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("Connection: close\r\n\r\n");
        self.raw(request.as_bytes())
    }

    /// What comes back for these bytes.
    #[track_caller]
    pub(crate) fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = self.connect();
        stream.write_all(bytes).expect("it takes a request");
        let mut all = Vec::new();
        stream.read_to_end(&mut all).expect("it answers");
        Reply::parse(&all)
    }

    #[track_caller]
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("it can be set");
        stream
    }

    /// The number of the state that is shown.
    #[track_caller]
    pub(crate) fn epoch(&self) -> u64 {
        epoch(&self.get("/-/changes/0"))
    }

    /// Asks for the next state and waits for it; what comes back ends the wait.
    pub(crate) fn poll(&self, epoch: u64, tab: &str) -> std::thread::JoinHandle<Reply> {
        let mut stream = self.connect();
        let request = format!(
            "GET /-/changes/{epoch}?tab={tab} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("it takes a request");
        std::thread::spawn(move || {
            let mut all = Vec::new();
            stream.read_to_end(&mut all).expect("it answers");
            Reply::parse(&all)
        })
    }

    /// Changes something and waits until another state is shown.
    #[track_caller]
    pub(crate) fn after<T>(&self, change: impl FnOnce() -> T) -> T {
        let before = self.epoch();
        let done = change();
        until(|| self.epoch() > before, || format!("another state is shown:\n{}", self.log()));
        done
    }

    /// Changes something and makes sure that nothing else is shown for it, nor for what is left of it later.
    #[track_caller]
    pub(crate) fn stays_after(&self, change: impl FnOnce()) {
        // What an earlier change may still bring must have come.
        let before = self.settled();
        change();
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(self.epoch(), before, "{}", self.log());
    }

    /// The number of the state when nothing has changed for a while.
    #[track_caller]
    pub(crate) fn settled(&self) -> u64 {
        let mut before = self.epoch();
        loop {
            std::thread::sleep(Duration::from_millis(400));
            let now = self.epoch();
            if now == before {
                return now;
            }
            before = now;
        }
    }

    /// Waits until a page holds a text.
    #[track_caller]
    pub(crate) fn shows(&self, target: &str, text: &str) {
        until(
            || self.get(target).text().contains(text),
            || format!("{target} shows `{text}`:\n{}\n{}", self.get(target).text(), self.log()),
        );
    }

    /// Waits until a page no longer holds a text.
    #[track_caller]
    pub(crate) fn hides(&self, target: &str, text: &str) {
        until(
            || !self.get(target).text().contains(text),
            || format!("{target} no longer shows `{text}`:\n{}", self.log()),
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
pub(crate) fn epoch(reply: &Reply) -> u64 {
    let value: serde_json::Value = serde_json::from_slice(&reply.body).expect("it is JSON");
    value["epoch"].as_u64().expect("it has an epoch")
}

/// Waits for something; `what` says for what, should it not come.
#[track_caller]
pub(crate) fn until(mut holds: impl FnMut() -> bool, what: impl Fn() -> String) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(30), "it does not come: {}", what());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    #[track_caller]
    pub(crate) fn parse(all: &[u8]) -> Self {
        let end = all.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(all)));
        let head = String::from_utf8_lossy(&all[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.filter_map(|line| {
            let (name, value) = line.split_once(": ")?;
            Some((name.to_ascii_lowercase(), value.to_owned()))
        });
        Self {
            status: status.expect("it has a status"),
            headers: headers.collect(),
            body: all[end + 4..].to_vec(),
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
