//! Files to disk: only what changed, so that a build that fails or is killed leaves a whole site (contracts 8).
//!
//! Changed files are written to `.clausebook-next/` in the output folder. When all are there and synced, a manifest
//! that names old and new files together is put in place, each file is renamed to its place, what is stale is
//! removed, and the final manifest follows. A rename is one step on every disk, so that a file is the old or the new
//! one and never half of it; whatever a kill leaves behind is named by a manifest and mended by the next build.

mod manifest;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::address::SitePath;
use crate::digest;
use crate::failure::{Failure, Result};
use crate::files::{self, There};

pub use manifest::{Facts, Listed, Manifest};

/// The folder in the output folder in which files are made ready.
const NEXT: &str = ".clausebook-next";

/// The manifest on its way to its place.
const NEXT_MANIFEST: &str = ".clausebook-next.manifest";

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
    let old = take_over(plan)?;
    let next = plan.output.join(NEXT);
    files::remove_folder(&next)?;
    files::remove_folder(&next.with_extension("manifest"))?;
    refuse_links(plan.output, outputs.iter().map(|output| output.path).chain(old.files.keys()))?;
    let ready = make(plan, &next, outputs, &old, bytes);
    let listed = match ready {
        Ok(listed) => listed,
        Err(failure) => {
            // What was there is untouched; what was made ready is of no use.
            files::remove_folder(&next)?;
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
    // A stale file where a folder is to be, or in a folder where a file is to be, must go first.
    let in_the_way = |path: &SitePath| {
        let inside = |outer: &str, inner: &str| {
            inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
        };
        changed
            .iter()
            .any(|new| inside(path.as_str(), new.as_str()) || inside(new.as_str(), path.as_str()))
    };
    let (first, later): (Vec<&SitePath>, Vec<&SitePath>) =
        stale.iter().partition(|path| in_the_way(path));
    remove(plan, &first)?;
    if old.empty && !changed.is_empty() {
        // Nothing stands where these are to be: whole folders go at once.
        for name in files::names(next)? {
            files::rename(&next.join(&name), &plan.output.join(&name))?;
            (plan.checkpoint)(Step::Placed)?;
        }
    } else {
        for path in changed {
            files::rename(&join(next, path), &join(plan.output, path))?;
            (plan.checkpoint)(Step::Placed)?;
        }
    }
    remove(plan, &later)?;
    let folders: BTreeSet<PathBuf> = changed
        .iter()
        .filter_map(|path| join(plan.output, path).parent().map(Path::to_owned))
        .collect();
    for folder in folders {
        files::sync(&folder)?;
    }
    put_manifest(plan, next, done)?;
    files::remove_folder(next)?;
    files::sync(plan.output)?;
    (plan.checkpoint)(Step::Done)
}

fn put_manifest(plan: &Plan, next: &Path, manifest: &Manifest) -> Result<()> {
    // Beside the folder of the files, not in it: a page may have any name.
    let ready = next.with_extension("manifest");
    files::write_synced(&ready, manifest.text().as_bytes())?;
    files::rename(&ready, &plan.output.join(manifest::NAME))?;
    // No file is moved before the manifest that names it is safe.
    files::sync(plan.output)
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

/// What an earlier build says it wrote.
struct Old {
    files: BTreeMap<SitePath, Listed>,
    /// The manifest as it stands there.
    text: Option<String>,
    /// True when nothing at all stands in the output folder.
    empty: bool,
    /// Held until the site is written: two builds at once would mix.
    _lock: Option<files::Lock>,
}

/// True when an old build wrote everything in the folder that stands at `path`.
fn only_ours(old: &Old, path: &str, folder: &Path) -> Result<bool> {
    for name in files::names(folder)? {
        let inner = format!("{path}/{}", name.to_string_lossy());
        let target = folder.join(name);
        let ours = match files::there(&target)? {
            There::Folder => only_ours(old, &inner, &target)?,
            _ => SitePath::new(&inner).is_some_and(|inner| old.files.contains_key(&inner)),
        };
        if !ours {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What systems leave in a folder that somebody looked into.
const OF_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The first file in the folder at `path` that no build of ours wrote: nobody answers for it, and it would be published
/// with the rest.
fn first_foreign(
    plan: &Plan,
    files: &BTreeMap<SitePath, Listed>,
    path: &str,
) -> Result<Option<String>> {
    let folder = plan.output.join(path);
    let mut names = files::names(&folder)?;
    names.sort_unstable();
    for name in names {
        let name = name.to_string_lossy();
        let own = path.is_empty() && [manifest::NAME, NEXT, NEXT_MANIFEST].contains(&&*name);
        let kept = path.is_empty() && plan.keep.iter().any(|kept| *kept == name);
        if own || kept || OF_SYSTEMS.contains(&&*name) {
            continue;
        }
        let inner = if path.is_empty() { name.to_string() } else { format!("{path}/{name}") };
        if SitePath::new(&inner).is_some_and(|inner| files.contains_key(&inner)) {
            continue;
        }
        let found = match files::there(&folder.join(&*name))? {
            There::Folder => first_foreign(plan, files, &inner)?,
            // A link in the place of a folder of ours is told as such.
            There::Link if files.keys().any(|file| file.is_within(&inner)) => None,
            _ => Some(inner),
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn refuse_foreign(plan: &Plan, name: &str) -> Failure {
    let folder = plan.output.display();
    Failure::new(format!("`{folder}` holds `{name}`, which no build of ours wrote"))
        .remedy("remove it, name another folder with `--output`, or list what stands at its top in `keep` of `[build]`")
}

/// Makes sure that the output folder is ours.
fn take_over(plan: &Plan) -> Result<Old> {
    match files::there(plan.output)? {
        There::Nothing => files::create_folder(plan.output)?,
        There::Folder | There::Link => {}
        There::File { .. } | There::Other => {
            return Err(Failure::new(format!("`{}` is not a folder", plan.output.display()))
                .remedy("name another with `--output`"));
        }
    }
    let lock = files::lock(plan.output)?;
    if files::there(&plan.output.join(manifest::NAME))? == There::Link {
        let path = plan.output.join(manifest::NAME);
        return Err(Failure::new(format!(
            "`{}` is a link where the manifest is to be",
            path.display()
        ))
        .remedy("remove the link"));
    }
    if let Some(text) = files::read_text(&plan.output.join(manifest::NAME))? {
        let files = Manifest::parse(&text).map_err(|why| {
            Failure::new(format!(
                "`{}` is no manifest of ours: {why}",
                plan.output.join(manifest::NAME).display()
            ))
            .remedy("empty the output folder, or name another with `--output`")
        })?;
        let mut files = files.files;
        if let Some(name) = first_foreign(plan, &files, "")? {
            return Err(refuse_foreign(plan, &name));
        }
        files.retain(|path, _| {
            let top = path.as_str().split('/').next().unwrap_or_default();
            !plan.keep.iter().any(|kept| kept == top)
        });
        return Ok(Old { files, text: Some(text), empty: false, _lock: lock });
    }
    let names = files::names(plan.output)?;
    let mut others = names
        .iter()
        .map(|name| name.to_string_lossy())
        .filter(|name| ![NEXT, NEXT_MANIFEST].contains(&&**name))
        .peekable();
    let empty = others.peek().is_none();
    let left = |name: &str| OF_SYSTEMS.contains(&name) || plan.keep.iter().any(|kept| kept == name);
    match others.find(|name| !left(name)) {
        None => Ok(Old { files: BTreeMap::new(), text: None, empty, _lock: lock }),
        Some(name) => Err(refuse_foreign(plan, &name)),
    }
}

/// Nothing is written or removed through a link that stands in the place of a folder.
fn refuse_links<'a>(output: &Path, paths: impl Iterator<Item = &'a SitePath>) -> Result<()> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut folder = path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if !folders.insert(parent) {
                break;
            }
            folder = parent;
        }
    }
    for folder in folders {
        let path = output.join(folder);
        if files::there(&path)? == There::Link {
            return Err(Failure::new(format!(
                "`{}` is a link where a folder of the site is to be",
                path.display()
            ))
            .remedy("remove the link"));
        }
    }
    Ok(())
}

fn foreign(path: &Path) -> Failure {
    Failure::new(format!(
        "`{}` stands where a page is to be, and no build of ours wrote it",
        path.display()
    ))
    .remedy("move it away, or name another output folder with `--output`")
}

/// Compares a site with its manifest: what is missing, changed or added (R69). Names in `keep` are left alone.
///
/// # Errors
/// When there is no manifest, or it cannot be read.
pub fn verify(output: &Path, keep: &[String]) -> Result<Vec<String>> {
    let path = output.join(manifest::NAME);
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
        if name != manifest::NAME && !keep.contains(&name) {
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
