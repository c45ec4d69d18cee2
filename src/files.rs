//! The one place that reads and writes the disk: every error names its path.

#![expect(clippy::disallowed_methods, reason = "the one place that reads and writes files")]

mod folder;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::failure::{Failure, Result};

pub use folder::Folder;

/// Reads a text file; `None` when there is none.
///
/// # Errors
/// When it is there and cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<Option<String>> {
    match read(path)? {
        None => Ok(None),
        Some(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| {
            Failure::new(format!("`{}` is not UTF-8", path.display())).remedy("save it as UTF-8")
        }),
    }
}

/// Reads a regular file; `None` when there is none.
///
/// # Errors
/// When it is there and cannot be read.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file("read", path, &error)),
        Ok(metadata) if !metadata.is_file() => {
            Err(Failure::new(format!("`{}` is not a regular file", path.display())))
        }
        Ok(_) => fs::read(path).map(Some).map_err(|error| Failure::file("read", path, &error)),
    }
}

/// All regular files below `folder`, with their paths relative to it, sorted; none when there is no such folder.
/// Links are not followed.
///
/// # Errors
/// When something below it cannot be read.
pub fn files_below(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    let shown = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(shown) {
        let entry = entry.map_err(|error| {
            Failure::new(format!("cannot read `{}`: {error}", folder.display()))
        })?;
        if entry.file_type().is_file() {
            let within = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts: Vec<_> =
                within.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let bytes = fs::read(entry.path())
                .map_err(|error| Failure::file("read", entry.path(), &error))?;
            files.push((parts.join("/"), bytes));
        }
    }
    Ok(files)
}

/// Writes a file and the folders it lies in.
///
/// # Errors
/// When a folder or the file cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    in_its_folder(path, || fs::write(path, bytes))
        .map_err(|error| Failure::file("write", path, &error))
}

/// Does what needs the folder of `path`, which is created when it is missing.
fn in_its_folder(path: &Path, mut act: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    match (act(), path.parent()) {
        (Err(error), Some(folder)) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            act()
        }
        (done, _) => done,
    }
}

/// Writes a file so that it is on the disk, not only on its way there.
///
/// # Errors
/// When it cannot be written.
pub fn write_synced(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    in_its_folder(path, write).map_err(|error| Failure::file("write", path, &error))
}

/// Brings the names in a folder onto the disk, where the system can do that: Windows syncs no folders; there the names
/// are safe with the files.
///
/// # Errors
/// When there is no such folder.
pub fn sync_folder(path: &Path) -> Result<()> {
    match File::open(path).and_then(|folder| folder.sync_all()) {
        Err(error) if !path.is_dir() => Err(Failure::file("sync", path, &error)),
        _ => Ok(()),
    }
}

/// Brings what was written to a file onto the disk.
fn sync_file(path: &Path) -> Result<()> {
    // Windows asks for the right to write.
    let sync = || OpenOptions::new().write(true).open(path)?.sync_all();
    sync().map_err(|error| Failure::file("sync", path, &error))
}

/// From how many files on one sync of the whole file system is cheaper than one for each.
#[cfg(target_os = "linux")]
const MANY: usize = 64;

/// Brings what was written to files below `folder` onto the disk.
///
/// # Errors
/// When the system refuses.
pub fn sync_all(folder: &Path, paths: &[PathBuf]) -> Result<()> {
    #[cfg(target_os = "linux")]
    if paths.len() >= MANY {
        let sync = || -> io::Result<()> { Ok(rustix::fs::syncfs(File::open(folder)?)?) };
        return sync().map_err(|error| Failure::file("sync", folder, &error));
    }
    let _ = folder;
    paths.par_iter().try_for_each(|path| sync_file(path))
}

/// Creates a folder and those it lies in.
///
/// # Errors
/// When that is not possible.
pub fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| Failure::file("create the folder", path, &error))
}

/// A folder that this process alone writes to; given back when dropped, or when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _folder: std::fs::File,
}

/// Asks for a folder of one's own. `None` where the system has no such thing for folders.
///
/// # Errors
/// When another process, or another part of this one, writes to it.
pub fn lock(folder: &Path) -> Result<Option<Lock>> {
    let Ok(file) = std::fs::File::open(folder) else { return Ok(None) };
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock { _folder: file })),
        Err(std::fs::TryLockError::WouldBlock) => {
            Err(Failure::new(format!("another build is writing to `{}`", folder.display()))
                .remedy("wait until it has ended, or name another folder with `--output`"))
        }
        Err(std::fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// Moves a file over another in one step.
///
/// # Errors
/// When that is not possible.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    in_its_folder(to, || fs::rename(from, to)).map_err(|error| Failure::file("replace", to, &error))
}

/// Removes a file or a link; one that is not there is removed already, also below what is no folder.
///
/// # Errors
/// When that is not possible.
pub fn remove(path: &Path) -> Result<()> {
    use io::ErrorKind::{NotADirectory, NotFound};
    match fs::remove_file(path) {
        Err(error) if !matches!(error.kind(), NotFound | NotADirectory) => {
            Err(Failure::file("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Removes a folder if it is empty; true when it is gone.
pub fn remove_empty_folder(path: &Path) -> bool {
    fs::remove_dir(path).is_ok()
}

/// Removes a folder that holds nothing but folders that hold nothing.
///
/// # Errors
/// When it holds anything else, or cannot be removed.
pub fn remove_hollow(path: &Path) -> Result<()> {
    for name in names(path)? {
        let inner = path.join(name);
        if there(&inner)? == There::Folder {
            remove_hollow(&inner)?;
        }
    }
    fs::remove_dir(path).map_err(|error| Failure::file("remove", path, &error))
}

/// Removes a folder with all that is in it; links in it are removed, not followed.
///
/// # Errors
/// When something in it cannot be removed.
pub fn remove_folder(path: &Path) -> Result<()> {
    match there(path)? {
        There::Nothing => Ok(()),
        There::Folder => {
            for name in names(path)? {
                remove_folder(&path.join(name))?;
            }
            fs::remove_dir(path).map_err(|error| Failure::file("remove", path, &error))
        }
        There::File { .. } | There::Link | There::Other => remove(path),
    }
}

/// What stands at a path, links not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum There {
    Nothing,
    File { size: u64 },
    Folder,
    Link,
    Other,
}

/// What stands at `path`, links not followed.
///
/// # Errors
/// When the system refuses to say.
pub fn there(path: &Path) -> Result<There> {
    match fs::symlink_metadata(path) {
        // `a/b` where `a` is a file.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(There::Nothing)
        }
        Err(error) => Err(Failure::file("look at", path, &error)),
        Ok(metadata) if metadata.is_symlink() => Ok(There::Link),
        Ok(metadata) if metadata.is_dir() => Ok(There::Folder),
        Ok(metadata) if metadata.is_file() => Ok(There::File { size: metadata.len() }),
        Ok(_) => Ok(There::Other),
    }
}

/// The names in a folder, sorted.
///
/// # Errors
/// When it cannot be read.
pub fn names(folder: &Path) -> Result<Vec<std::ffi::OsString>> {
    let failure = |error: io::Error| Failure::file("read the folder", folder, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failure)? {
        names.push(entry.map_err(failure)?.file_name());
    }
    names.sort();
    Ok(names)
}

/// What tells a folder from another that has taken its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity(u64, u64);

/// Which folder or file stands at `path`; `None` when there is none.
pub fn identity(path: &Path) -> Option<Identity> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some(Identity(metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let created = metadata.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(Identity(created.as_secs(), u64::from(created.subsec_nanos())))
    }
}

/// The number by which the system knows the file system that `path` lies on, where that can be told.
pub fn file_system(path: &Path) -> Option<u32> {
    #[cfg(target_os = "linux")]
    {
        // The numbers are of 32 bits, whatever the system keeps them in.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "32 bits")]
        let number = rustix::fs::statfs(path).ok().map(|found| found.f_type as u32);
        number
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = path;
        None
    }
}

/// The release of the kernel, where that can be told.
pub fn kernel() -> Option<String> {
    fs::read_to_string("/proc/sys/kernel/osrelease").ok()
}

/// True for a path of which a part begins with a dot.
fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
}
