//! Whose the output folder is: what an earlier build wrote is ours, everything else is left alone or refused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Listed, Manifest, Plan, hash_of};
use crate::address::SitePath;
use crate::failure::{Failure, Result};
use crate::files::{self, There};
use crate::site::{MANIFEST, NEXT, NEXT_MANIFEST};

/// What an earlier build says it wrote.
pub(super) struct Old {
    pub(super) files: BTreeMap<SitePath, Listed>,
    /// The manifest as it stands there.
    pub(super) text: Option<String>,
    /// True when nothing at all stands in the output folder.
    pub(super) empty: bool,
    /// Held until the site is written: two builds at once would mix.
    _lock: Option<files::Lock>,
}

impl Old {
    /// True when what stands at `target` is what an old build wrote to an address that differs from `path` in letter
    /// case alone.
    pub(super) fn is_of_other_case(&self, path: &SitePath, target: &Path) -> Result<bool> {
        let folded = path.folded();
        let other = self.files.iter().find(|(other, _)| *other != path && other.folded() == folded);
        Ok(match other {
            Some((_, listed)) => hash_of(target)? == listed.sha256,
            None => false,
        })
    }
}

/// True when an old build wrote everything in the folder that stands at `path`.
pub(super) fn only_ours(old: &Old, path: &str, folder: &Path) -> Result<bool> {
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
pub(super) const OF_SYSTEMS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

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
        let own = path.is_empty() && [MANIFEST, NEXT, NEXT_MANIFEST].contains(&&*name);
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

/// What is to be kept is nothing that is written. What every portal writes is refused in the settings already.
pub(super) fn refuse_kept<'a>(
    plan: &Plan,
    mut paths: impl Iterator<Item = &'a SitePath>,
) -> Result<()> {
    let kept = |path: &SitePath| plan.keep.iter().find(|kept| path.is_within(kept));
    let own = [MANIFEST, NEXT, NEXT_MANIFEST];
    let ours = plan.keep.iter().find(|kept| own.contains(&&***kept));
    let Some(name) = ours.or_else(|| paths.find_map(kept)) else { return Ok(()) };
    Err(Failure::new(format!("`keep` of `[build]` names `{name}`, which the portal writes itself"))
        .remedy("take it off the list: only what is not ours can be kept"))
}

/// Makes sure that the output folder is ours.
pub(super) fn take_over(plan: &Plan) -> Result<Old> {
    match files::there(plan.output)? {
        There::Nothing => files::create_folder(plan.output)?,
        There::Folder | There::Link => {}
        There::File { .. } | There::Other => {
            return Err(Failure::new(format!("`{}` is not a folder", plan.output.display()))
                .remedy("name another with `--output`"));
        }
    }
    let lock = files::lock(plan.output)?;
    if files::there(&plan.output.join(MANIFEST))? == There::Link {
        let path = plan.output.join(MANIFEST);
        return Err(Failure::new(format!(
            "`{}` is a link where the manifest is to be",
            path.display()
        ))
        .remedy("remove the link"));
    }
    if let Some(text) = files::read_text(&plan.output.join(MANIFEST))? {
        let files = Manifest::parse(&text).map_err(|why| {
            Failure::new(format!(
                "`{}` is no manifest of ours: {why}",
                plan.output.join(MANIFEST).display()
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
pub(super) fn refuse_links<'a>(
    output: &Path,
    paths: impl Iterator<Item = &'a SitePath>,
) -> Result<()> {
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

pub(super) fn foreign(path: &Path) -> Failure {
    Failure::new(format!(
        "`{}` stands where a page is to be, and no build of ours wrote it",
        path.display()
    ))
    .remedy("move it away, or name another output folder with `--output`")
}
