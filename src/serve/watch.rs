//! What wakes the workshop: events of the disk, or a clock where they are known to fail.
//!
//! Events are only a wake-up; the truth is what a rescan finds. So it does not matter how an editor saves, nor that
//! some are lost or come twice, as long as one comes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Wake;
use crate::files;

/// How often the disk is looked at where its events cannot be had.
pub(super) const POLL: Duration = Duration::from_millis(500);

/// The places that matter, absolute.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The folder of the repository.
    pub(super) root: PathBuf,
    /// The folder of the documents.
    pub(super) content: PathBuf,
    /// The settings.
    pub(super) config: PathBuf,
    /// Where a build writes; what happens there is of no interest.
    pub(super) output: PathBuf,
}

impl Places {
    /// What is watched, and whether with all that lies below it.
    fn watched(&self) -> Vec<(PathBuf, RecursiveMode)> {
        let above = |path: &Path| path.parent().unwrap_or(path).to_owned();
        let mut watched = vec![
            (self.content.clone(), RecursiveMode::Recursive),
            (self.root.join("theme"), RecursiveMode::Recursive),
            (self.root.clone(), RecursiveMode::NonRecursive),
            (self.root.join(".git"), RecursiveMode::NonRecursive),
        ];
        // A folder that is to come is seen in the one above it.
        for path in [above(&self.content), above(&self.config)] {
            if watched.iter().all(|(known, _)| *known != path) {
                watched.push((path, RecursiveMode::NonRecursive));
            }
        }
        watched
    }

    /// True for a path at which a change may change the portal.
    fn concern(&self, path: &Path) -> bool {
        let theme = self.root.join("theme");
        let git = self.root.join(".git");
        if path.starts_with(&git) {
            // Of what Git writes for itself, only that another branch was taken.
            return path == git.join("HEAD");
        }
        if path.starts_with(&self.output) {
            return false;
        }
        path.starts_with(&self.content)
            || self.content.starts_with(path)
            || path.starts_with(&theme)
            || path == self.config
    }
}

/// True for what may have changed something. Reading a file is an event too, and we read them all.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

/// Watches until it is dropped.
pub(super) struct Watch {
    places: Places,
    /// `None` where the clock wakes instead.
    watcher: Option<RecommendedWatcher>,
    /// What is watched, with what told the folder from another of its name.
    watched: BTreeMap<PathBuf, files::Identity>,
    /// Why the clock wakes, in a few words.
    pub(super) polling: Option<String>,
}

impl Watch {
    /// Begins to watch; `poll` asks for the clock.
    pub(super) fn new(places: Places, poll: bool, wake: Sender<Wake>) -> Self {
        let why = if poll { Some("as asked".to_owned()) } else { fails_at(&places.content) };
        let mut watch = Self { places, watcher: None, watched: BTreeMap::new(), polling: why };
        if watch.polling.is_none() {
            let places = watch.places.clone();
            let tell = move |event: notify::Result<Event>| {
                let concerns = match &event {
                    // What was lost may have been anything.
                    Err(_) => true,
                    Ok(event) if event.need_rescan() => true,
                    Ok(event) => {
                        is_change(event.kind) && event.paths.iter().any(|path| places.concern(path))
                    }
                };
                if concerns {
                    // Nobody listens any more when the server ends.
                    let _ = wake.send(Wake::Disk);
                }
            };
            match notify::recommended_watcher(tell) {
                Ok(watcher) => watch.watcher = Some(watcher),
                Err(error) => watch.polling = Some(error.to_string()),
            }
        }
        watch.renew();
        watch
    }

    /// Watches what has come since, and what another folder of its name has taken the place of. True when it did:
    /// what happened before in a new folder is to be looked at once more.
    pub(super) fn renew(&mut self) -> bool {
        let mut new = false;
        let Some(watcher) = &mut self.watcher else { return false };
        for (path, mode) in self.places.watched() {
            let there = files::identity(&path);
            if there == self.watched.get(&path).copied() {
                continue;
            }
            if self.watched.remove(&path).is_some() {
                // Of a folder that is gone nothing is watched any more.
                let _ = watcher.unwatch(&path);
            }
            let Some(there) = there else { continue };
            match watcher.watch(&path, mode) {
                Ok(()) => {
                    self.watched.insert(path, there);
                    new = true;
                }
                Err(error) => {
                    // The system has no more watches to give, or refuses: the clock does it.
                    self.polling = Some(error.to_string());
                    self.watcher = None;
                    return true;
                }
            }
        }
        new
    }
}

/// Why events of the disk at `path` are known to fail, if they are.
fn fails_at(path: &Path) -> Option<String> {
    fails(files::file_system(path), files::kernel().as_deref())
}

/// By the number of the file system and the release of the kernel.
fn fails(file_system: Option<u32>, kernel: Option<&str>) -> Option<String> {
    // Numbers of linux/magic.h and of the drivers themselves.
    const FAIL: [(u32, &str); 12] = [
        (0x6969, "nfs"),
        (0x517b, "smb"),
        (0xff53_4d42, "cifs"),
        (0xfe53_4d42, "smb2"),
        (0x0102_1997, "9p"),
        (0x6573_5546, "fuse"),
        (0x794c_7630, "overlay"),
        (0x786f_4256, "vboxsf"),
        (0x00c3_6400, "ceph"),
        (0x5346_414f, "afs"),
        (0x7375_7245, "coda"),
        (0xbacb_acbc, "vmhgfs"),
    ];
    // The first WSL has no file system of its own to tell it by.
    if kernel.is_some_and(|kernel| kernel.contains("-Microsoft")) {
        return Some("on WSL 1".to_owned());
    }
    let known = FAIL.iter().find(|(number, _)| Some(*number) == file_system);
    known.map(|(_, name)| format!("on {name}"))
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, ModifyKind, RemoveKind};

    use super::*;

    fn places() -> Places {
        Places {
            root: "/r".into(),
            content: "/r/docs/sms".into(),
            config: "/r/clausebook.toml".into(),
            output: "/r/site".into(),
        }
    }

    #[test]
    fn only_what_the_portal_is_made_of_concerns_us() {
        let concern = |path: &str| places().concern(Path::new(path));
        for ours in [
            "/r/docs/sms/a.md",
            "/r/docs/sms/deep/er/a.md",
            "/r/docs/sms",
            "/r/docs",
            "/r/theme/templates/home.html",
            "/r/theme",
            "/r/clausebook.toml",
            "/r/.git/HEAD",
        ] {
            assert!(concern(ours), "{ours}");
        }
        for other in [
            "/r/site/index.html",
            "/r/.git/index.lock",
            "/r/.git/HEAD.lock",
            "/r/target/debug/x",
            "/r/README.md",
            "/r/docs/other.md",
        ] {
            assert!(!concern(other), "{other}");
        }
    }

    #[test]
    fn an_output_among_the_documents_is_passed_over() {
        let places = Places { output: "/r/docs/sms/site".into(), ..places() };
        assert!(!places.concern(Path::new("/r/docs/sms/site/index.html")));
        assert!(places.concern(Path::new("/r/docs/sms/a.md")));
    }

    #[test]
    fn reading_is_no_change() {
        use notify::event::AccessMode::{Any, Read, Write};
        for mode in [Any, Read] {
            assert!(!is_change(EventKind::Access(AccessKind::Open(mode))));
            assert!(!is_change(EventKind::Access(AccessKind::Close(mode))));
        }
        assert!(is_change(EventKind::Access(AccessKind::Close(Write))));
        assert!(is_change(EventKind::Create(CreateKind::Any)));
        assert!(is_change(EventKind::Modify(ModifyKind::Any)));
        assert!(is_change(EventKind::Remove(RemoveKind::Any)));
    }

    #[test]
    fn where_events_fail_the_clock_wakes() {
        let ext4 = Some(0xef53);
        assert_eq!(fails(ext4, Some("6.1.0-21-amd64")), None);
        assert_eq!(fails(ext4, Some("5.15.90.1-microsoft-standard-WSL2")), None);
        assert_eq!(fails(ext4, Some("4.4.0-19041-Microsoft")).as_deref(), Some("on WSL 1"));
        assert_eq!(fails(Some(0x0102_1997), None).as_deref(), Some("on 9p"));
        assert_eq!(fails(Some(0x6969), None).as_deref(), Some("on nfs"));
        assert_eq!(fails(Some(0x794c_7630), None).as_deref(), Some("on overlay"));
        assert_eq!(fails(None, None), None);
    }
}
