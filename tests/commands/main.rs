//! The real program on small repositories: what it prints, what it writes, how it exits (contracts 7).

#![expect(clippy::disallowed_methods, reason = "tests set up their own folders")]

mod check;
mod levels;
mod day;
mod coverage;
mod reviews;
mod explain;
mod init;
mod build;
mod verify;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// What these tests take for today, so that they come to the same on every day.
const DAY: &str = "2026-12-01";

/// A standard of four units, two of which [`POLICY`] covers.
const STANDARD: &str = r#"id: iso-iec-20000-1-2018
title: Small standard
clauses:
  - { number: "5", title: Leadership }
  - { number: "5.1", title: Commitment, expects: [{ type: policy, basis: standard, what: a policy }] }
  - { number: "5.2", title: Policy, expects: [{ type: policy, basis: standard, what: a policy }] }
  - { number: "5.3", title: Roles, expects: [{ type: statement, basis: advice, what: roles }] }
  - { number: "6", title: Planning }
"#;

const ROLES: &str = "- id: sponsor\n  title: Sponsor\n- id: manager\n  title: Manager\n";

/// Approved on 1 June 2026, to be reviewed on 1 June 2027.
const POLICY: &str = "---
title: Service policy
reference: SMS-POL-5.1
type: policy
owner: manager
approver: sponsor
version: 1.0
status: approved
clause: [5.1, 5.2]
review_cycle: 1 year
changes:
  - version: 1.0
    date: 2026-06-01
    summary: First version.
    approved_by: sponsor
---

# Service policy

What we promise.
";

/// A draft with a link that leads nowhere, at line 11, column 18.
const DEAD: &str = "---
title: Statement of roles
reference: SMS-STM-5.3
type: statement
owner: sponsor
version: 0.1
status: draft
clause: 5.3
---

See [the policy](polcy.md).
";

/// A draft with nothing but a warning: a key that is not known, at line 9.
const WARNED: &str = "---
title: Statement of roles
reference: SMS-STM-5.3
type: statement
owner: sponsor
version: 0.1
status: draft
clause: 5.3
keyword: roles
---

Text.
";

/// A repository in a folder of its own.
struct Repository {
    /// Holds the folder until the test is over.
    _place: TempDir,
    root: PathBuf,
}

impl Repository {
    /// With a small standard, two roles and one approved policy, in which nothing is wrong.
    fn new() -> Self {
        Self::empty()
            .file("content/standards/small.yaml", STANDARD)
            .file("content/roles.yaml", ROLES)
            .file("content/policy.md", POLICY)
    }

    fn empty() -> Self {
        let place = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(place.path()).unwrap().join("a répository");
        fs::create_dir(&root).unwrap();
        Self { _place: place, root }
    }

    fn root(&self) -> &Path {
        &self.root
    }

    #[track_caller]
    fn file(self, path: &str, text: &str) -> Self {
        let full = self.root.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
        self
    }

    /// Runs the program as of [`DAY`], or of the day that the arguments name.
    #[track_caller]
    fn run<'a>(&self, arguments: impl AsRef<[&'a str]>) -> Run {
        let arguments = arguments.as_ref();
        if arguments.contains(&"--today") {
            return self.run_undated(arguments);
        }
        self.run_undated([arguments, &["--today", DAY]].concat())
    }

    /// Runs the program as of whichever day it takes itself.
    #[track_caller]
    fn run_undated<'a>(&self, arguments: impl AsRef<[&'a str]>) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.args(arguments.as_ref());
        self.command(command)
    }

    #[track_caller]
    fn command(&self, mut command: Command) -> Run {
        command.current_dir(&self.root).env("GIT_CEILING_DIRECTORIES", self.root.parent().unwrap());
        // A test that is run by a hook of Git is not to work on the repository of that hook.
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(variable);
        }
        Run::of(&command.output().unwrap())
    }

    /// What `git` prints.
    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ]);
        command.args(arguments);
        self.command(command).exits(0).stdout.trim().to_owned()
    }

    #[track_caller]
    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect(path)
    }

    fn manifest(&self) -> Value {
        serde_json::from_str(&self.read("site/manifest.json")).unwrap()
    }

    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root.join("site"))
    }

    /// When each file of the site was written.
    fn written(&self) -> BTreeMap<String, std::time::SystemTime> {
        let site = self.root.join("site");
        let written = |path: &str| fs::metadata(site.join(path)).unwrap().modified().unwrap();
        self.site().into_keys().map(|path| (path.clone(), written(&path))).collect()
    }
}

/// What a run of the program came to.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        Self {
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }

    /// It could not run, and says why on standard error alone.
    #[track_caller]
    fn fails(self, why: &str) -> Self {
        assert_eq!(self.stdout, "");
        self.exits(2).tells("error: ").tells(why)
    }

    /// On standard output.
    #[track_caller]
    fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "no {text:?} in:\n{}{}", self.stdout, self.stderr);
        self
    }

    /// On standard error.
    #[track_caller]
    fn tells(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in:\n{}", self.stderr);
        self
    }

    #[track_caller]
    fn tells_nothing(self) -> Self {
        assert_eq!(self.stderr, "");
        self
    }

    /// On neither.
    #[track_caller]
    fn omits(self, text: &str) -> Self {
        let both = format!("{}{}", self.stdout, self.stderr);
        assert!(!both.contains(text), "{text:?} in:\n{both}");
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}:\n{}{}", self.stdout, self.stderr))
    }
}

/// Every file below a folder; none when there is no such folder.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let within: Vec<_> = path
                    .strip_prefix(folder)
                    .unwrap()
                    .iter()
                    .map(|part| part.to_str().unwrap())
                    .collect();
                files.insert(within.join("/"), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn percent_decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = std::str::from_utf8(tail.get(..2).unwrap_or_default());
        match (first, digits.ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
