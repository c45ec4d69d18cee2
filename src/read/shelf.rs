//! Files as they were last read, so that only what changed is read again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::file::{self, Content, File};
use super::{Read, findings};
use crate::config::Config;
use crate::failure::Result;
use crate::source::{Entry, EntryKind, Source};

/// How coarse the times of files may be: one that was written less than this before it was read may have been written
/// again at the same time.
const COARSE: Duration = Duration::from_secs(2);

/// All files of a content folder as they were last read. [`Shelf::refresh`] compares them with what is there by size
/// and time, then by content; what is equal is not read into a document again.
#[derive(Debug, Default)]
pub struct Shelf {
    kept: BTreeMap<String, Kept>,
}

#[derive(Debug)]
struct Kept {
    entry: Entry,
    /// When it was looked at.
    read_at: SystemTime,
    /// What it held; `None` of what was never read, such as pictures.
    digest: Option<Digested>,
    /// What it was read with held, in the order of [`File::with`]; `None` of what was not there.
    with: Vec<Option<Digested>>,
    file: File,
    /// What it held when it could last be read, while it cannot be.
    last_good: Option<Content>,
}

type Digested = [u8; 32];

/// What is to be done with an entry of the folder.
enum Found {
    /// It is as it was.
    Same(Kept),
    /// It is new, or differs.
    New(Kept),
}

impl Shelf {
    /// Brings the shelf to what `source` holds now; true when anything differs. Whatever the settings have to say
    /// in reading is taken from `config`: a shelf is for one of them.
    ///
    /// # Errors
    /// When the content folder cannot be listed; the shelf is then as it was.
    pub fn refresh(
        &mut self,
        source: &dyn Source,
        content: &str,
        config: &Config,
        now: SystemTime,
    ) -> Result<bool> {
        let entries = source.list(content)?;
        let mut before = std::mem::take(&mut self.kept);
        let listed: Vec<(Entry, Option<Kept>)> = entries
            .into_iter()
            .map(|entry| {
                let kept = before.remove(&entry.path);
                (entry, kept)
            })
            .collect();
        let gone = !before.is_empty();
        let look = Look { source, content, config, now };
        let found: Vec<Found> =
            listed.into_par_iter().map(|(entry, kept)| look.at(entry, kept)).collect();
        let changed = found.iter().any(|found| matches!(found, Found::New(_)));
        self.kept = found
            .into_iter()
            .map(|(Found::Same(kept) | Found::New(kept))| (kept.entry.path.clone(), kept))
            .collect();
        Ok(changed || gone)
    }

    /// Everything that stands on the shelf, put together. A document that cannot be read stands there as it last
    /// could, with what is wrong with it now; so does a data file.
    pub fn read(&self, config: &Config) -> Read {
        let files = self.kept.values().map(|kept| match &kept.last_good {
            None => kept.file.clone(),
            Some(good) => File { content: good.clone(), ..kept.file.clone() },
        });
        Read::of(files, config)
    }

    /// The paths of the documents that cannot be read at present and stand here as they last could.
    pub fn stale(&self) -> BTreeSet<Arc<str>> {
        let stale =
            self.kept.values().filter(|kept| matches!(kept.last_good, Some(Content::Document(..))));
        stale.map(|kept| Arc::clone(&kept.file.path)).collect()
    }

    /// Forgets what depends on the settings, for settings that have changed; what documents held when they could last
    /// be read is kept.
    pub fn reset(&mut self) {
        for kept in self.kept.values_mut() {
            // Differs from every digest there is.
            kept.digest = None;
            kept.entry.kind = EntryKind::Skipped(crate::source::Skipped::Dangling);
        }
    }
}

/// What entries are looked at with.
struct Look<'a> {
    source: &'a dyn Source,
    content: &'a str,
    config: &'a Config,
    now: SystemTime,
}

impl Look<'_> {
    fn at(&self, entry: Entry, kept: Option<Kept>) -> Found {
        let Some(mut kept) = kept else { return Found::New(self.read(entry, None)) };
        let with_same = kept.with == self.digests_with(&kept.file);
        if self.is_open_now(&kept) {
            return Found::New(self.read(entry, Some(kept)));
        }
        if kept.entry == entry && with_same && !is_young(&kept) {
            return Found::Same(kept);
        }
        let regular = matches!(entry.kind, EntryKind::File { .. });
        let was_regular = matches!(kept.entry.kind, EntryKind::File { .. });
        if with_same && regular && was_regular {
            let same = match kept.digest {
                Some(digest) => self.digest(&entry.path) == Some(digest),
                // What is never read into anything is as its size and time say.
                None => kept.entry == entry,
            };
            if same {
                (kept.entry, kept.read_at) = (entry, self.now);
                return Found::Same(kept);
            }
        }
        Found::New(self.read(entry, Some(kept)))
    }

    /// True for a file that could not be opened, and can be now: size and time do not tell who may read it.
    fn is_open_now(&self, kept: &Kept) -> bool {
        let closed = |file: &File| match &file.content {
            Content::Other(opened) => opened.is_err(),
            Content::Unreadable(_) | Content::Nothing => file.text.is_none(),
            _ => false,
        };
        let read_again = || file::read(self.source, self.content, &kept.entry, self.config);
        closed(&kept.file) && !closed(&read_again())
    }

    fn read(&self, entry: Entry, before: Option<Kept>) -> Kept {
        let file = file::read(self.source, self.content, &entry, self.config);
        // What is compared with it later is what lies there.
        let text = file.typed.as_ref().or(file.text.as_ref());
        let digest = match (&file.content, text, &entry.kind) {
            (Content::Other(_), ..) | (.., EntryKind::Skipped(_)) => None,
            // Of what cannot be read the text is not the whole of it.
            (Content::Unreadable(_) | Content::Nothing, ..) | (_, None, _) => {
                self.digest(&entry.path)
            }
            (_, Some(text), _) => Some(Sha256::digest(text.as_bytes()).into()),
        };
        let last_good = is_bad(&file).then(|| before.and_then(Kept::good)).flatten();
        let with = self.digests_with(&file);
        Kept { entry, read_at: self.now, digest, with, file, last_good }
    }

    /// Of the files that it was read with.
    fn digests_with(&self, file: &File) -> Vec<Option<Digested>> {
        let read = |path: &str| self.source.read_within(self.content, path).ok().flatten();
        file.with.iter().map(|path| self.digest_of(path, || read(path))).collect()
    }

    fn digest(&self, path: &str) -> Option<Digested> {
        self.digest_of(path, || self.source.read(path).ok())
    }

    /// `None` of what cannot be read, or is larger than what is read.
    fn digest_of(&self, path: &str, read: impl FnOnce() -> Option<Vec<u8>>) -> Option<Digested> {
        if self.source.size(path).is_some_and(|size| size > self.config.build.max_file_bytes) {
            return None;
        }
        Some(Sha256::digest(read()?).into())
    }
}

impl Kept {
    /// What it held when it could last be read.
    fn good(self) -> Option<Content> {
        if is_bad(&self.file) { self.last_good } else { Some(self.file.content) }
    }
}

/// True when a file may have been written since it was read without its time telling.
fn is_young(kept: &Kept) -> bool {
    let EntryKind::File { modified: Some(modified), .. } = kept.entry.kind else { return false };
    // What is dated ahead of the clock may be written again and keep its date.
    kept.read_at.duration_since(modified).is_ok_and(|age| age < COARSE) || modified > kept.read_at
}

/// True for what cannot be read as what it is meant to be.
fn is_bad(file: &File) -> bool {
    let data_file = |empty: bool| empty && file.findings.iter().any(findings::is_of_data_file);
    match &file.content {
        Content::Unreadable(_) => true,
        Content::Document(document, _) => document.broken,
        Content::Nothing => data_file(true),
        Content::Roles(roles) => data_file(roles.is_empty()),
        Content::Terms(terms) => data_file(terms.is_empty()),
        Content::Standard(_)
        | Content::Plan(_)
        | Content::Assessment(_)
        | Content::Checklist(_)
        | Content::Other(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Memory, Skipped};

    /// A source in which the times of files are set by hand.
    struct Dated(Memory, SystemTime);

    impl Source for Dated {
        fn list(&self, folder: &str) -> Result<Vec<Entry>> {
            let mut entries = self.0.list(folder)?;
            for entry in &mut entries {
                if let EntryKind::File { modified, .. } = &mut entry.kind {
                    *modified = Some(self.1);
                }
            }
            Ok(entries)
        }

        fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
            self.0.read(path)
        }
    }

    const DAY: Duration = Duration::from_hours(24);

    fn at(day: u32) -> SystemTime {
        SystemTime::UNIX_EPOCH + DAY * day
    }

    fn document(title: &str) -> String {
        format!("---\ntitle: {title}\n---\n\ntext\n")
    }

    fn titles(shelf: &Shelf) -> Vec<String> {
        let read = shelf.read(&Config::default());
        read.documents.iter().map(|document| document.title().to_owned()).collect()
    }

    fn refresh(shelf: &mut Shelf, source: &Dated, day: u32) -> bool {
        shelf.refresh(source, "content", &Config::default(), at(day)).expect("it can be listed")
    }

    #[test]
    fn what_is_equal_is_not_read_again() {
        let mut shelf = Shelf::default();
        let memory = Memory::default().with("content/a.md", document("One"));
        assert!(refresh(&mut shelf, &Dated(memory.clone(), at(1)), 9));
        let first = shelf.read(&Config::default()).documents;
        assert!(!refresh(&mut shelf, &Dated(memory.clone(), at(1)), 9), "nothing changed");
        assert!(!refresh(&mut shelf, &Dated(memory, at(2)), 9), "touched, but equal");
        let second = shelf.read(&Config::default()).documents;
        assert!(Arc::ptr_eq(&first[0], &second[0]), "it is the same document");
    }

    /// Such a character is shown as a blank.
    #[test]
    fn what_holds_a_control_character_is_not_read_again_either() {
        let mut shelf = Shelf::default();
        let memory = Memory::default()
            .with("content/a.md", document("One") + "\u{c}a page of paper")
            .with("content/b.md", document("Two") + "\u{c}a page of paper")
            .with("content/roles.yaml", "- { id: a, title: A\u{b} }\n");
        assert!(refresh(&mut shelf, &Dated(memory.clone(), at(1)), 9));
        assert!(!refresh(&mut shelf, &Dated(memory.clone(), at(2)), 9), "touched, but equal");
        refresh(&mut shelf, &Dated(memory.clone(), at(12)), 9);
        assert!(!refresh(&mut shelf, &Dated(memory, at(12)), 9), "dated ahead of the clock");
    }

    #[test]
    fn a_change_that_size_and_time_do_not_tell_is_seen() {
        let mut shelf = Shelf::default();
        let with =
            |title: &str| Dated(Memory::default().with("content/a.md", document(title)), at(9));
        refresh(&mut shelf, &with("One"), 9);
        assert!(refresh(&mut shelf, &with("Two"), 9), "written within the same tick");
        assert_eq!(titles(&shelf), ["Two"]);
        // A day later the file is old: size and time are believed.
        assert!(!refresh(&mut shelf, &with("Two"), 10));
        assert!(!refresh(&mut shelf, &with("Six"), 11));
    }

    /// A source that opens nothing while it is closed.
    struct Closed(Dated, bool);

    impl Source for Closed {
        fn list(&self, folder: &str) -> Result<Vec<Entry>> {
            self.0.list(folder)
        }

        fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
            if self.1 {
                Err(std::io::ErrorKind::PermissionDenied.into())
            } else {
                self.0.read(path)
            }
        }
    }

    #[test]
    fn what_may_be_read_now_is_read_though_size_and_time_are_as_they_were() {
        let mut shelf = Shelf::default();
        let memory = Memory::default()
            .with("content/a.md", document("One"))
            .with("content/b.pdf", "%PDF-1.4\n");
        let mut refresh = |closed: bool| {
            let source = Closed(Dated(memory.clone(), at(1)), closed);
            let changed = shelf.refresh(&source, "content", &Config::default(), at(9));
            (changed.expect("it can be listed"), shelf.read(&Config::default()))
        };
        let (changed, read) = refresh(true);
        assert!(changed && read.documents.is_empty());
        assert!(read.files["content/b.pdf"].is_err());
        assert!(!refresh(true).0, "it is as it was");
        let (changed, read) = refresh(false);
        assert!(changed && read.documents.len() == 1);
        assert!(read.files["content/b.pdf"].is_ok());
        assert!(!refresh(false).0, "it is as it was");
    }

    #[test]
    fn what_comes_and_goes_is_a_change() {
        let mut shelf = Shelf::default();
        let one = Memory::default().with("content/a.md", document("One"));
        let two = one.clone().with("content/b.md", document("Two"));
        refresh(&mut shelf, &Dated(one.clone(), at(1)), 9);
        assert!(refresh(&mut shelf, &Dated(two, at(1)), 9));
        assert_eq!(titles(&shelf), ["One", "Two"]);
        assert!(refresh(&mut shelf, &Dated(one, at(1)), 9));
        assert_eq!(titles(&shelf), ["One"]);
    }

    #[test]
    fn a_document_that_cannot_be_read_is_kept_as_it_was() {
        let mut shelf = Shelf::default();
        let with =
            |bytes: &[u8], day| Dated(Memory::default().with("content/a.md", bytes), at(day));
        refresh(&mut shelf, &with(document("One").as_bytes(), 1), 9);
        for (day, bad) in [(2, &b"---\ntitle: Two\n"[..]), (3, &b"\xff\xfe"[..]), (4, &b""[..])] {
            assert!(refresh(&mut shelf, &with(bad, day), 9));
            assert_eq!(titles(&shelf), ["One"], "{bad:?}");
            assert_eq!(shelf.stale().len(), 1);
            let read = shelf.read(&Config::default());
            assert_eq!(read.findings.len(), 1, "what is wrong now is told: {:?}", read.findings);
            assert!(read.left_out.is_empty(), "nothing is left out: it is shown");
        }
        assert!(refresh(&mut shelf, &with(document("Two").as_bytes(), 5), 9));
        assert_eq!((titles(&shelf), shelf.stale().len()), (vec!["Two".to_owned()], 0));
    }

    #[test]
    fn a_register_is_read_anew_with_its_data() {
        let mut shelf = Shelf::default();
        let register = "---\ntitle: R\ntype: register\ndata: r.csv\ncolumns:\n  a: text\n---\n";
        let memory = Memory::default().with("content/r.md", register);
        let rows = |shelf: &Shelf| {
            let read = shelf.read(&Config::default());
            read.documents[0].register.as_ref().map_or(0, |register| register.rows.len())
        };
        refresh(&mut shelf, &Dated(memory.clone(), at(1)), 9);
        assert_eq!(rows(&shelf), 0, "the data file is not there yet");
        for (data, count) in [("a\n1\n", 1), ("a\n1\n2\n", 2)] {
            let memory = memory.clone().with("content/r.csv", data);
            assert!(refresh(&mut shelf, &Dated(memory, at(1)), 9));
            assert_eq!(rows(&shelf), count);
        }
    }

    #[test]
    fn after_a_reset_everything_is_read_again() {
        let mut shelf = Shelf::default();
        let memory = Memory::default()
            .with("content/a.md", document("One"))
            .with("content/picture.png", "pixels");
        let source = Dated(memory, at(1));
        refresh(&mut shelf, &source, 9);
        let first = shelf.read(&Config::default()).documents;
        shelf.reset();
        assert!(refresh(&mut shelf, &source, 9));
        let second = shelf.read(&Config::default()).documents;
        assert!(!Arc::ptr_eq(&first[0], &second[0]));
        assert!(!refresh(&mut shelf, &source, 9));
    }

    #[test]
    fn what_is_skipped_stays_skipped() {
        struct Odd;
        impl Source for Odd {
            fn list(&self, _: &str) -> Result<Vec<Entry>> {
                let kind = EntryKind::Skipped(Skipped::Special);
                Ok(vec![Entry { path: "content/pipe.md".to_owned(), kind }])
            }
            fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
                panic!("{path} is not opened")
            }
        }
        let mut shelf = Shelf::default();
        let mut refresh = || shelf.refresh(&Odd, "content", &Config::default(), at(9));
        assert_eq!(refresh(), Ok(true));
        assert_eq!(refresh(), Ok(false));
    }
}
