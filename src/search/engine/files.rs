//! The files of an index, wherever their bytes lie: in memory, or in pieces that are fetched when they are read.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

/// Where the bytes of all files lie, one file behind the other.
pub trait Bytes: Send + Sync + 'static {
    /// The bytes of that range.
    ///
    /// # Errors
    /// When they cannot be had.
    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes>;
}

impl Bytes for Vec<u8> {
    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let bytes = self.get(range).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(OwnedBytes::new(bytes.to_vec()))
    }
}

/// The files of an index: names, and where in [`Bytes`] each stands. They can be read, and not written.
#[derive(Clone)]
pub struct Files {
    names: Arc<BTreeMap<String, Range<usize>>>,
    bytes: Arc<dyn Bytes>,
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Files {
    /// The files that `contents` lists, a name and a length a line, in `bytes`. Lines that say something else are left
    /// out: what is missing then is told when the index is opened.
    pub fn new(contents: &str, bytes: impl Bytes) -> Self {
        let mut names = BTreeMap::new();
        let mut at = 0usize;
        for line in contents.lines() {
            let Some((name, length)) = line.split_once(' ') else { continue };
            let Ok(length) = length.trim().parse::<usize>() else { continue };
            let Some(end) = at.checked_add(length) else { break };
            names.insert(name.to_owned(), at..end);
            at = end;
        }
        Self { names: Arc::new(names), bytes: Arc::new(bytes) }
    }

    fn range(&self, path: &Path) -> Result<Range<usize>, OpenReadError> {
        let known = path.to_str().and_then(|name| self.names.get(name));
        known.cloned().ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

/// One of the files.
struct File {
    bytes: Arc<dyn Bytes>,
    range: Range<usize>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").field("range", &self.range).finish_non_exhaustive()
    }
}

impl HasLen for File {
    fn len(&self) -> usize {
        self.range.len()
    }
}

impl FileHandle for File {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.range.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        self.bytes.read(self.range.start + range.start..self.range.start + range.end)
    }
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(File { bytes: Arc::clone(&self.bytes), range: self.range(path)? }))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.range(path).is_ok())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let bytes = self.bytes.read(self.range(path)?);
        let bytes = bytes.map_err(|error| OpenReadError::wrap_io_error(error, path.to_owned()))?;
        Ok(bytes.to_vec())
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// Nobody else writes: there is nothing to lock.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn refused() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "the files of this index are only read")
}
