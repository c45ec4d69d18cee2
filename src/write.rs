//! Files to disk: only what changed, so that a build that fails or is killed leaves a whole site (contracts 8).
//!
//! Changed files are written to `.clausebook-next/` in the output folder. When all are there and synced, a manifest
//! that names old and new files together is put in place, each file is renamed to its place, what is stale is
//! removed, and the final manifest follows. A rename is one step on every disk, so that a file is the old or the new
//! one and never half of it; whatever a kill leaves behind is named by a manifest and mended by the next build.

mod manifest;
mod ours;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::address::SitePath;
use crate::digest;
use crate::failure::{Failure, Result};
use crate::files::{self, There};
use crate::site::{MANIFEST, NEXT, NEXT_MANIFEST};

pub use manifest::{Facts, Listed, Manifest};
use ours::{OF_SYSTEMS, Old, foreign, only_ours, refuse_kept, refuse_links, take_over};

/// Where a site is written, and what is said of it.
pub struct Plan<'a> {
    /// The output folder.
    pub output: &'a Path,
    /// Names in the output folder that are left alone.
    pub keep: &'a [String],
    /// What stands at the head of the manifest.
    pub facts: &'a Facts,
    /// Told after each step; an error stops the writing there, as a kill would.
    pub checkpoint: &'a (dyn Fn(Step) -> Result<()> + Sync),
}

/// A step of the writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A file was made, and if it changed, made ready.
    Made,
    /// All changed files are ready and synced.
    Ready,
    /// The manifest names old and new files.
    Announced,
    /// A file was put in its place.
    Placed,
    /// A stale file was removed.
    Removed,
    /// The final manifest is in place.
    Done,
}

/// What writing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there already, byte by byte.
    pub unchanged: usize,
    /// Stale files that were removed.
    pub removed: usize,
}

/// One file that is to be written.
pub struct Output<'a, P> {
    /// Where.
    pub path: &'a SitePath,
    /// What it shows.
    pub page: &'a P,
    /// The file of the repository that it is made from, if it is made from one.
    pub source: Option<String>,
}

/// Writes all files of a site. The bytes of each are made by `bytes`, in parallel, and dropped as soon as they are
/// written.
///
/// # Errors
/// When a page cannot be made, the output folder is not ours, or the disk refuses; the site that was there is whole.
pub fn site<P: Sync>(
    plan: &Plan,
    outputs: &[Output<P>],
    bytes: &(dyn Fn(&SitePath, &P) -> Result<Vec<u8>> + Sync),
) -> Result<Written> {
    refuse_kept(plan, outputs.iter().map(|output| output.path))?;
    let old = take_over(plan)?;
    let next = plan.output.join(NEXT);
    files::remove_folder(&next)?;
    files::remove_folder(&next.with_extension("manifest"))?;
    refuse_links(plan.output, outputs.iter().map(|output| output.path).chain(old.files.keys()))?;
    let ready = make(plan, &next, outputs, &old, bytes);
    let listed = match ready {
        Ok(listed) => listed,
        Err(failure) => {
            // What was there is untouched; what was made ready is of no use. That it cannot go is not the first mistake.
            let _ = files::remove_folder(&next);
            return Err(failure);
        }
    };
    let changed: Vec<&SitePath> = outputs
        .iter()
        .zip(&listed)
        .filter(|(_, made)| made.1)
        .map(|(output, _)| output.path)
        .collect();
    let new: BTreeMap<SitePath, Listed> = outputs
        .iter()
        .zip(&listed)
        .map(|(output, made)| (output.path.clone(), made.0.clone()))
        .collect();
    let stale: Vec<&SitePath> = old.files.keys().filter(|path| !new.contains_key(*path)).collect();
    let written = Written {
        written: changed.len(),
        unchanged: outputs.len() - changed.len(),
        removed: stale.len(),
    };
    let done = Manifest { facts: Some(plan.facts.clone()), files: new };
    if written.written == 0 && written.removed == 0 && old.text.as_deref() == Some(&*done.text()) {
        files::remove_folder(&next)?;
        return Ok(written);
    }
    place(plan, &next, &old, &done, &changed, &stale)?;
    Ok(written)
}

/// Makes every file and puts those that changed into `next`, synced. For each, what the manifest says of it and
/// whether it changed.
fn make<P: Sync>(
    plan: &Plan,
    next: &Path,
    outputs: &[Output<P>],
    old: &Old,
    bytes: &(dyn Fn(&SitePath, &P) -> Result<Vec<u8>> + Sync),
) -> Result<Vec<(Listed, bool)>> {
    let made: Vec<Result<(Listed, bool)>> = outputs
        .par_iter()
        .map(|output| {
            let bytes = bytes(output.path, output.page)?;
            let listed = Listed {
                sha256: digest::sha256(&bytes),
                bytes: bytes.len() as u64,
                source: output.source.clone(),
            };
            let target = join(plan.output, output.path);
            let there = if old.empty { There::Nothing } else { files::there(&target)? };
            let changed = match there {
                There::File { size } if old.files.contains_key(output.path) => {
                    size != listed.bytes || hash_of(&target)? != listed.sha256
                }
                // On many disks a name that changed in letter case alone leads to the file of the old name.
                There::File { .. } if old.is_of_other_case(output.path, &target)? => true,
                There::Nothing => true,
                There::Folder if only_ours(old, output.path.as_str(), &target)? => true,
                There::Link if old.files.contains_key(output.path) => true,
                There::File { .. } | There::Folder | There::Link | There::Other => {
                    return Err(foreign(&target));
                }
            };
            if changed {
                files::write(&join(next, output.path), &bytes)?;
            }
            (plan.checkpoint)(Step::Made)?;
            Ok((listed, changed))
        })
        .collect();
    let made: Vec<(Listed, bool)> = made.into_iter().collect::<Result<_>>()?;
    // Written first and synced then, so that the disk can take many at a time.
    let changed: Vec<&SitePath> = outputs
        .iter()
        .zip(&made)
        .filter(|(_, made)| made.1)
        .map(|(output, _)| output.path)
        .collect();
    let ready: Vec<PathBuf> = changed.iter().map(|path| join(next, path)).collect();
    files::sync_all(next, &ready)?;
    (plan.checkpoint)(Step::Ready)?;
    Ok(made)
}

/// Everything after the point at which all changed files are ready.
fn place(
    plan: &Plan,
    next: &Path,
    old: &Old,
    done: &Manifest,
    changed: &[&SitePath],
    stale: &[&SitePath],
) -> Result<()> {
    let mut both = done.files.clone();
    for (path, listed) in &old.files {
        both.entry(path.clone()).or_insert_with(|| listed.clone());
    }
    put_manifest(plan, next, &Manifest { facts: None, files: both })?;
    (plan.checkpoint)(Step::Announced)?;
    let (first, later) = in_the_way(stale, changed);
    remove(plan, &first)?;
    if old.empty && !changed.is_empty() {
        // Nothing stands where these are to be: whole folders go at once.
        for name in files::names(next)? {
            files::rename(&next.join(&name), &plan.output.join(&name))?;
            (plan.checkpoint)(Step::Placed)?;
        }
    } else {
        for path in changed {
            let (ready, target) = (join(next, path), join(plan.output, path));
            if let Err(failure) = files::rename(&ready, &target) {
                // Somebody's folder without files stands there.
                if files::there(&target)? != There::Folder {
                    return Err(failure);
                }
                files::remove_hollow(&target)?;
                files::rename(&ready, &target)?;
            }
            (plan.checkpoint)(Step::Placed)?;
        }
    }
    remove(plan, &later)?;
    let folders: BTreeSet<PathBuf> = changed
        .iter()
        .filter_map(|path| join(plan.output, path).parent().map(Path::to_owned))
        .collect();
    for folder in folders {
        files::sync_folder(&folder)?;
    }
    put_manifest(plan, next, done)?;
    files::remove_folder(next)?;
    files::sync_folder(plan.output)?;
    (plan.checkpoint)(Step::Done)
}

/// Of the stale files those that must go before the new ones come, and the others: one that stands where a folder is to
/// be, or in a folder where a file is to be, or differs from a new one in letter case alone. On many disks that is one
/// name, and what goes later would take the new file with it.
fn in_the_way<'a>(
    stale: &[&'a SitePath],
    changed: &[&SitePath],
) -> (Vec<&'a SitePath>, Vec<&'a SitePath>) {
    fn above(path: &str) -> impl Iterator<Item = &str> {
        path.match_indices('/').map(|(at, _)| &path[..at])
    }
    let files: BTreeSet<String> = changed.iter().map(|path| path.folded()).collect();
    let folders: BTreeSet<&str> = files.iter().flat_map(|path| above(path)).collect();
    stale.iter().partition(|path| {
        let path = path.folded();
        files.contains(&path)
            || folders.contains(&*path)
            || above(&path).any(|folder| files.contains(folder))
    })
}

fn put_manifest(plan: &Plan, next: &Path, manifest: &Manifest) -> Result<()> {
    // Beside the folder of the files, not in it: a page may have any name.
    let ready = next.with_extension("manifest");
    files::write_synced(&ready, manifest.text().as_bytes())?;
    files::rename(&ready, &plan.output.join(MANIFEST))?;
    // No file is moved before the manifest that names it is safe.
    files::sync_folder(plan.output)
}

fn remove(plan: &Plan, stale: &[&SitePath]) -> Result<()> {
    for path in stale {
        let target = join(plan.output, path);
        // A folder in its place is none of our files: the file went when an earlier build was stopped.
        if files::there(&target)? != There::Folder {
            files::remove(&target)?;
        }
        let mut folder = path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if !files::remove_empty_folder(&plan.output.join(parent)) {
                break;
            }
            folder = parent;
        }
        (plan.checkpoint)(Step::Removed)?;
    }
    Ok(())
}

/// Compares a site with its manifest: what is missing, changed or added (R69). Names in `keep` are left alone.
///
/// # Errors
/// When there is no manifest, or it cannot be read.
pub fn verify(output: &Path, keep: &[String]) -> Result<Vec<String>> {
    let path = output.join(MANIFEST);
    let Some(text) = files::read_text(&path)? else {
        return Err(Failure::new(format!("there is no `{}`", path.display()))
            .remedy("build the site first"));
    };
    let manifest = Manifest::parse(&text).map_err(|why| {
        Failure::new(format!("`{}` is no manifest of ours: {why}", path.display()))
    })?;
    refuse_links(output, manifest.files.keys())?;
    let check = |(path, listed): (&SitePath, &Listed)| -> Result<Option<String>> {
        let target = join(output, path);
        Ok(match files::there(&target)? {
            There::Nothing => Some(format!("`{path}` is missing")),
            There::File { .. } if hash_of(&target)? == listed.sha256 => None,
            There::File { .. } => Some(format!("`{path}` was changed")),
            There::Folder | There::Link | There::Other => Some(format!("`{path}` is no file")),
        })
    };
    let all: Vec<Option<String>> = manifest.files.par_iter().map(check).collect::<Result<_>>()?;
    let mut differences: Vec<String> = all.into_iter().flatten().collect();
    for name in files::names(output)? {
        let name = name.to_string_lossy().into_owned();
        if name == NEXT || name == NEXT_MANIFEST {
            let what = "was left behind by a build that did not end; the next one removes it";
            differences.push(format!("`{name}` {what}"));
        } else if name != MANIFEST && !keep.contains(&name) {
            added(output, &name, &manifest, &mut differences)?;
        }
    }
    differences.sort();
    Ok(differences)
}

/// Tells everything at or below `path` that the manifest does not name, but for what systems leave.
fn added(
    output: &Path,
    path: &str,
    manifest: &Manifest,
    differences: &mut Vec<String>,
) -> Result<()> {
    let target = output.join(path);
    if files::there(&target)? == There::Folder {
        for name in files::names(&target)? {
            added(output, &format!("{path}/{}", name.to_string_lossy()), manifest, differences)?;
        }
    } else if OF_SYSTEMS.iter().any(|of| target.ends_with(of)) {
        // Nobody wrote it.
    } else if SitePath::new(path).is_none_or(|path| !manifest.files.contains_key(&path)) {
        differences.push(format!("`{path}` was added"));
    }
    Ok(())
}

fn join(folder: &Path, path: &SitePath) -> PathBuf {
    let mut joined = folder.to_owned();
    joined.extend(path.as_str().split('/'));
    joined
}

fn hash_of(path: &Path) -> Result<String> {
    let bytes = files::read(path)?.unwrap_or_default();
    Ok(digest::sha256(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_goes_first() {
        let paths = |paths: &[&str]| -> Vec<SitePath> {
            paths.iter().map(|path| SitePath::new(path).expect("it is an address")).collect()
        };
        let stale = paths(&["a", "b/c.html", "Plan.pdf", "X/y.html", "other.html", "planes.pdf"]);
        let changed = paths(&["a/index.html", "B", "plan.pdf", "x"]);
        let (stale, changed): (Vec<_>, Vec<_>) = (stale.iter().collect(), changed.iter().collect());
        let (first, later) = in_the_way(&stale, &changed);
        let names = |paths: &[&SitePath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&first), ["a", "b/c.html", "Plan.pdf", "X/y.html"]);
        assert_eq!(names(&later), ["other.html", "planes.pdf"]);
    }
}
