//! The commit of the work tree and the place in it, asked of the program `git`.

use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use crate::portal::Commit;

/// The commit of the repository at `root`, and whether the work tree differs from it, the output folder left out.
/// `None` without version control or without the program: nothing fails for that.
pub(super) fn commit(root: &Path, output: Option<&Path>) -> Option<Commit> {
    let id = git(root, &["rev-parse", "--verify", "--quiet", "HEAD"])?;
    let output = output.map(|output| inside(root, output)).unwrap_or_default();
    let left_out: Vec<String> =
        output.iter().map(|output| format!(":(exclude,literal){}", output.display())).collect();
    // Whatever this user's Git is set to leave out.
    let mut arguments =
        vec!["status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=none"];
    arguments.extend(["--", "."]);
    arguments.extend(left_out.iter().map(String::as_str));
    // A tree that cannot be compared is not said to be clean.
    let changed = git(root, &arguments).is_none_or(|status| !status.is_empty());
    Some(Commit { id, changed })
}

/// Where the folder `root` lies in the work tree, as the beginning of paths: `portal/`. Nothing at its top, without
/// version control, or without the program.
pub(super) fn below(root: &Path) -> String {
    git(root, &["rev-parse", "--show-prefix"]).unwrap_or_default()
}

/// The output folder relative to the root, as it is named and where it lies when it is a link, when that is there.
fn inside(root: &Path, output: &Path) -> Vec<PathBuf> {
    let lies = || {
        let (root, output) = (root.canonicalize().ok()?, root.join(output).canonicalize().ok()?);
        Some(output.strip_prefix(root).ok()?.to_owned())
    };
    let named = Some(output.to_owned()).filter(|output| {
        !output.is_absolute() && output.components().all(|part| part != Component::ParentDir)
    });
    // The root itself is never left out.
    let both = named.into_iter().chain(lies()).filter(|output| !output.as_os_str().is_empty());
    both.collect()
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        // A repository may name programs of its own to be run; this one is not asked for.
        .args(["-c", "core.fsmonitor=false"])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
