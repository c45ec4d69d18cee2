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

    /// True where bytes are fetched from afar: what is not there cannot be read, and is noted. Who asked begins anew when
    /// all that was noted is there.
    fn are_afar(&self) -> bool {
        false
    }
}

/// How many bytes of the end of a file are read to open it, about.
const END: usize = 1_024;

impl Bytes for Vec<u8> {
    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let bytes = self.get(range).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(OwnedBytes::new(bytes.to_vec()))
    }
}

/// The files of an index: names, and where in [`Bytes`] each stands. They can be read, and not written.
#[derive(Debug, Clone)]
pub struct Files(Arc<BTreeMap<String, File>>);

impl Files {
    /// The files that `contents` lists, a name and a length a line, in `bytes`. Lines that say something else are left
    /// out: what is missing then is told when the index is opened.
    pub fn new(contents: &str, bytes: impl Bytes) -> Self {
        let bytes: Arc<dyn Bytes> = Arc::new(bytes);
        let mut files = BTreeMap::new();
        let mut at = 0usize;
        for line in contents.lines() {
            let Some((name, length)) = line.split_once(' ') else { continue };
            let Ok(length) = length.trim().parse::<usize>() else { continue };
            let Some(end) = at.checked_add(length) else { break };
            files.insert(name.to_owned(), File { bytes: Arc::clone(&bytes), range: at..end });
            at = end;
        }
        Self(Arc::new(files))
    }

    /// True where bytes are fetched from afar. All files of an index that is shipped lie in the same bytes.
    pub(super) fn are_afar(&self) -> bool {
        self.0.values().next().is_some_and(|file| file.bytes.are_afar())
    }

    /// Notes the ends of all files, which say where all else stands in them and are read when an index is opened.
    pub(super) fn note_ends(&self) {
        if self.are_afar() {
            for file in self.0.values() {
                let end = file.len();
                let _ = file.read_bytes(end.saturating_sub(END)..end);
            }
        }
    }

    fn file(&self, path: &Path) -> Result<&File, OpenReadError> {
        let known = path.to_str().and_then(|name| self.0.get(name));
        known.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }
}

/// What stands beside an index that is shipped: one that follows what it is an index of.
#[cfg(not(target_arch = "wasm32"))]
impl Files {
    /// The bytes of the file called `name`, if they can be had.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        self.atomic_read(Path::new(name)).ok()
    }

    /// These files and those of `other`, with other bytes in the file called `name`.
    #[must_use]
    pub fn and(&self, other: &Self, name: &str, bytes: Vec<u8>) -> Self {
        let mut files = (*self.0).clone();
        files.extend(other.0.iter().map(|(name, file)| (name.clone(), file.clone())));
        let range = 0..bytes.len();
        files.insert(name.to_owned(), File { bytes: Arc::new(bytes), range });
        Self(Arc::new(files))
    }
}

/// One of the files.
#[derive(Clone)]
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
        Ok(Arc::new(self.file(path)?.clone()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.file(path).is_ok())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let File { bytes, range } = self.file(path)?;
        let bytes = bytes.read(range.clone());
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
