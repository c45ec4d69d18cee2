//! The files of an index while it is made: in memory, where a large one grows without being copied.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

use super::blocks::Blocks;

/// The files by path.
#[derive(Debug, Clone, Default)]
pub(super) struct Making(Arc<Mutex<BTreeMap<PathBuf, Arc<Blocks<u8>>>>>);

impl Making {
    fn files(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Arc<Blocks<u8>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn file(&self, path: &Path) -> Result<Arc<Blocks<u8>>, OpenReadError> {
        let found = self.files().get(path).cloned();
        found.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))
    }

    /// How many bytes the file at `path` holds.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn length(&self, path: &Path) -> Result<usize, OpenReadError> {
        Ok(self.file(path)?.len())
    }

    /// Adds the bytes of the file at `path` to `bytes`, and lets it go.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn move_to(&self, path: &Path, bytes: &mut Vec<u8>) -> Result<(), OpenReadError> {
        let found = self.files().remove(path);
        let file = found.ok_or_else(|| OpenReadError::FileDoesNotExist(path.to_owned()))?;
        file.blocks().for_each(|block| bytes.extend_from_slice(block));
        Ok(())
    }
}

/// A file that can be read.
#[derive(Debug)]
struct Made(Arc<Blocks<u8>>);

impl HasLen for Made {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FileHandle for Made {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        self.0.copy(range).map(OwnedBytes::new).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

/// A file that is being written; it is there when its writing has ended.
struct Writing {
    files: Making,
    path: PathBuf,
    bytes: Blocks<u8>,
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(self.bytes.extend(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Writing {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.bytes);
        self.files.files().insert(self.path.clone(), Arc::new(bytes));
        Ok(())
    }
}

impl Directory for Making {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        Ok(Arc::new(Made(self.file(path)?)))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let removed = self.files().remove(path);
        removed.map(|_| ()).ok_or_else(|| DeleteError::FileDoesNotExist(path.to_owned()))
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(self.file(path).is_ok())
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        if self.file(path).is_ok() {
            return Err(OpenWriteError::FileAlreadyExists(path.to_owned()));
        }
        let (files, path) = (self.clone(), path.to_owned());
        Ok(BufWriter::new(Box::new(Writing { files, path, bytes: Blocks::default() })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        Ok(self.file(path)?.blocks().flatten().copied().collect())
    }

    fn atomic_write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = Blocks::default();
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = &rest[file.extend(rest)..];
        }
        self.files().insert(path.to_owned(), Arc::new(file));
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// Nobody else knows of these files.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
