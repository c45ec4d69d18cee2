//! Where the files of a repository come from: a folder, memory, later a Git tree.

use std::collections::BTreeMap;
use std::io;
use std::time::SystemTime;

use crate::failure::Result;

/// A repository of files. Paths are relative to its root, with `/` between their parts.
pub trait Source: Sync {
    /// Lists everything below `folder`, sorted by path. What cannot be listed or is skipped is an entry that
    /// says why, so that nothing is lost silently.
    ///
    /// # Errors
    /// When `folder` itself is not there or cannot be read.
    fn list(&self, folder: &str) -> Result<Vec<Entry>>;

    /// How many bytes a file has, when that can be told without reading it.
    fn size(&self, path: &str) -> Option<u64> {
        let _ = path;
        None
    }

    /// Reads one file whole.
    ///
    /// # Errors
    /// When the file is not there, is not a regular file or cannot be read.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Reads one file whole; `None` when it does not lie in `folder` itself, but elsewhere or there by a link.
    ///
    /// # Errors
    /// As [`Source::read`].
    fn read_within(&self, folder: &str, path: &str) -> io::Result<Option<Vec<u8>>> {
        is_within(folder, path).then(|| self.read(path)).transpose()
    }

    /// The first bytes of a file, at most that many.
    ///
    /// # Errors
    /// As [`Source::read`].
    fn beginning(&self, path: &str, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = self.read(path)?;
        bytes.truncate(most);
        Ok(bytes)
    }
}

/// One thing that a [`Source`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the root, with `/`.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What an [`Entry`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file.
    File {
        /// Its size in bytes.
        size: u64,
        /// When it was last written, where that is known.
        modified: Option<SystemTime>,
    },
    /// Left out, and why.
    Skipped(Skipped),
}

/// Why an [`Entry`] is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skipped {
    /// Its name or the name of its folder begins with a dot.
    Hidden,
    /// A pipe, a socket or a device.
    Special,
    /// A link to something outside the repository.
    LeavesRepository,
    /// A link to what is hidden.
    LeadsToHidden,
    /// A link to a file outside the content folder that is no document.
    LeavesContent,
    /// A link to a file of another kind than its name says.
    OtherKind,
    /// A link to a folder that holds it.
    Loop,
    /// A second link to a folder.
    Again,
    /// A link to nothing.
    Dangling,
    /// Its name is not UTF-8.
    NameNotUtf8,
    /// The system's own words.
    Unreadable(String),
}

/// True for a path below `folder`, both relative to the root, of which an empty one is all.
pub fn is_within(folder: &str, path: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The path that `relative` leads to from `folder`, both with `/`; `None` when it leaves the root.
pub fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if relative.starts_with('/') {
        return None;
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A repository in memory, for tests and for the documents that are built in.
#[derive(Debug, Clone, Default)]
pub struct Memory(pub BTreeMap<String, Vec<u8>>);

impl Memory {
    /// The same repository with one more file.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), bytes.into());
        self
    }
}

impl Source for Memory {
    fn list(&self, folder: &str) -> Result<Vec<Entry>> {
        let prefix = format!("{folder}/");
        let entries = self.0.iter().filter(|(path, _)| path.starts_with(&prefix));
        Ok(entries
            .map(|(path, bytes)| Entry {
                path: path.clone(),
                kind: EntryKind::File { size: bytes.len() as u64, modified: None },
            })
            .collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
