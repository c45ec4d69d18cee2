//! A repository in a folder on disk.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::is_hidden;
use crate::failure::{Failure, Result};
use crate::source::{Entry, EntryKind, Skipped, Source, is_within};

/// A repository in a folder on disk.
#[derive(Debug, Clone)]
pub struct Folder {
    /// Absolute, without links.
    root: PathBuf,
}

impl Folder {
    /// The repository at `root`.
    ///
    /// # Errors
    /// When it is not a folder.
    pub fn open(root: &Path) -> Result<Self> {
        let found = fs::canonicalize(root).map_err(|error| {
            Failure::file("open", root, &error)
                .remedy("name the folder of the repository with `--root`")
        })?;
        if !found.is_dir() {
            return Err(Failure::new(format!("`{}` is not a folder", root.display()))
                .remedy("name the folder of the repository with `--root`"));
        }
        Ok(Self { root: found })
    }

    /// The folder itself, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What a path of the walk below `top` is; `None` for a folder that is walked into. `linked` when the path may lie
    /// below a link.
    fn kind(&self, entry: &walkdir::DirEntry, top: &Path, linked: bool) -> Option<EntryKind> {
        if linked || entry.path_is_symlink() {
            let Ok(target) = fs::canonicalize(entry.path()) else {
                return Some(EntryKind::Skipped(Skipped::Dangling));
            };
            let Ok(within) = target.strip_prefix(&self.root) else {
                return Some(EntryKind::Skipped(Skipped::LeavesRepository));
            };
            if is_hidden(within) {
                return Some(EntryKind::Skipped(Skipped::LeadsToHidden));
            }
            // A file that is not read as a document may be handed out as it is.
            let ending = |path: &Path| path.extension().map(OsStr::to_ascii_lowercase);
            let document = ending(entry.path()).is_some_and(|ending| ending == "md");
            if target.is_file() && !document {
                if !target.starts_with(top) {
                    return Some(EntryKind::Skipped(Skipped::LeavesContent));
                }
                if ending(&target) != ending(entry.path()) {
                    return Some(EntryKind::Skipped(Skipped::OtherKind));
                }
            }
        }
        if entry.file_type().is_dir() {
            return None;
        }
        if !entry.file_type().is_file() {
            return Some(EntryKind::Skipped(Skipped::Special));
        }
        Some(match entry.metadata() {
            Ok(metadata) => {
                EntryKind::File { size: metadata.len(), modified: metadata.modified().ok() }
            }
            Err(error) => EntryKind::Skipped(Skipped::Unreadable(error.to_string())),
        })
    }

    /// The path below the root, with `/`; lossy when it is not UTF-8.
    fn relative(&self, path: &Path) -> (String, bool) {
        let within = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> =
            within.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        (parts.join("/"), within.to_str().is_some())
    }

    fn failed(&self, error: &walkdir::Error) -> Entry {
        let path = error.path().map_or_else(String::new, |path| self.relative(path).0);
        let dangling = error.path().is_some_and(|path| {
            fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
                && fs::metadata(path).is_err()
        });
        let skipped = match error.io_error() {
            _ if error.loop_ancestor().is_some() => Skipped::Loop,
            _ if dangling => Skipped::Dangling,
            Some(error) => Skipped::Unreadable(error.to_string()),
            None => Skipped::Unreadable(error.to_string()),
        };
        Entry { path, kind: EntryKind::Skipped(skipped) }
    }
}

impl Source for Folder {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let top = self.root.join(folder);
        if !top.is_dir() {
            return Err(Failure::new(format!("there is no folder `{}`", top.display()))
                .remedy("name the folder of the documents with `--content`, or begin one with `clausebook init`"));
        }
        let whole = fs::canonicalize(&top).unwrap_or_else(|_| top.clone());
        let mut entries = Vec::new();
        let mut walk =
            WalkDir::new(&top).follow_links(true).min_depth(1).sort_by_file_name().into_iter();
        // Links to folders that hold links to folders would double the walk at each level.
        let mut linked = BTreeSet::new();
        while let Some(found) = walk.next() {
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    entries.push(self.failed(&error));
                    continue;
                }
            };
            let (path, utf8) = self.relative(found.path());
            let kind = if found.file_name().as_encoded_bytes().starts_with(b".") {
                Some(EntryKind::Skipped(Skipped::Hidden))
            } else if utf8 && found.path_is_symlink() && found.file_type().is_dir() {
                let again = fs::canonicalize(found.path()).is_ok_and(|to| !linked.insert(to));
                let again = again.then_some(EntryKind::Skipped(Skipped::Again));
                self.kind(&found, &whole, !linked.is_empty()).or(again)
            } else if utf8 {
                self.kind(&found, &whole, !linked.is_empty())
            } else {
                Some(EntryKind::Skipped(Skipped::NameNotUtf8))
            };
            let Some(kind) = kind else { continue };
            if found.file_type().is_dir() {
                walk.skip_current_dir();
            }
            entries.push(Entry { path, kind });
        }
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(entries)
    }

    fn size(&self, path: &str) -> Option<u64> {
        fs::metadata(self.root.join(path)).ok().map(|metadata| metadata.len())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.regular(path)?)
    }

    fn read_within(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        if !is_within(folder, path) {
            return Ok(None);
        }
        let full = self.regular(path)?;
        let within = full.starts_with(fs::canonicalize(self.root.join(folder))?);
        within.then(|| fs::read(full)).transpose()
    }

    fn beginning(&self, path: &str, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        fs::File::open(self.regular(path)?)?.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Folder {
    /// The place of a regular file of the repository.
    fn regular(&self, path: &str) -> io::Result<PathBuf> {
        let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path leaves the repository",
            ));
        }
        let full = fs::canonicalize(self.root.join(path))?;
        let Ok(within) = full.strip_prefix(&self.root) else {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the path leaves the repository",
            ));
        };
        if is_hidden(within) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the file is hidden"));
        }
        // A pipe would never end; what is no regular file is not opened.
        if !fs::metadata(&full)?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        Ok(full)
    }
}
