//! What is shown at present: a portal and its pages, each made when it is asked for and kept until the portal changes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::address::SitePath;
use crate::digest;
use crate::failure::{Failure, Result};
use crate::portal::{Commit, Portal};
use crate::render::Templates;
use crate::site::{Page, Site};
use crate::source::Source;
use crate::theme::Theme;

/// How many bytes of pages are kept at most; more are made anew when they are asked for.
const KEPT: usize = 64 << 20;

/// A theme with its templates compiled.
pub(super) struct Look {
    pub(super) theme: Theme,
    pub(super) templates: Templates,
    /// True once a page could not be filled.
    failed: AtomicBool,
    /// Why, until somebody was told.
    untold: Mutex<Option<Failure>>,
}

impl Look {
    pub(super) fn new(theme: Theme, templates: Templates) -> Self {
        let (failed, untold) = (AtomicBool::new(false), Mutex::default());
        Self { theme, templates, failed, untold }
    }

    /// The first failure, once.
    pub(super) fn untold(&self) -> Option<Failure> {
        if !self.has_failed() {
            return None;
        }
        self.untold.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn fail(&self, failure: &Failure) {
        if !self.failed.swap(true, Ordering::Relaxed) {
            let mut untold = self.untold.lock().unwrap_or_else(PoisonError::into_inner);
            *untold = Some(failure.clone());
        }
    }

    pub(super) fn has_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed)
    }
}

/// Why something that is on the disk could not be taken up: what is shown is older.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble(pub(super) Failure);

/// One state of the portal.
pub(super) struct Shown {
    /// Counted from 1: each state has its own.
    pub(super) epoch: u64,
    pub(super) portal: Arc<Portal>,
    pub(super) look: Arc<Look>,
    /// The theme before it: what a new one cannot fill is shown in the old.
    spare: Option<Arc<Look>>,
    /// The documents that are shown as they last could be read.
    pub(super) stale: BTreeSet<Arc<str>>,
    pub(super) troubles: Vec<Trouble>,
    site: OnceLock<Site>,
    search: OnceLock<Result<Site>>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    pages: BTreeMap<SitePath, Arc<Bytes>>,
    bytes: usize,
}

/// The bytes of one page.
#[derive(Debug)]
pub(super) struct Bytes {
    pub(super) bytes: Arc<[u8]>,
    /// Why these are not what the theme of now makes of it.
    pub(super) failure: Option<Failure>,
}

impl Shown {
    pub(super) fn new(
        epoch: u64,
        portal: Arc<Portal>,
        look: Arc<Look>,
        spare: Option<Arc<Look>>,
        stale: BTreeSet<Arc<str>>,
        troubles: Vec<Trouble>,
    ) -> Self {
        Self {
            epoch,
            portal,
            look,
            spare,
            stale,
            troubles,
            site: OnceLock::new(),
            search: OnceLock::new(),
            kept: Mutex::default(),
        }
    }

    /// All pages but those of the search.
    pub(super) fn site(&self) -> &Site {
        self.site.get_or_init(|| crate::plan(&self.portal, &self.look.theme))
    }

    /// The page at an address.
    pub(super) fn page(&self, address: &SitePath) -> Option<&Page> {
        if let Some(page) = self.site().0.get(address) {
            return Some(page);
        }
        if !address.is_within("search") {
            return None;
        }
        self.search().as_ref().ok()?.0.get(address)
    }

    /// The files of the search, made when one of them is first asked for.
    fn search(&self) -> &Result<Site> {
        self.search.get_or_init(|| crate::search_files(&self.portal, &self.look.theme, false))
    }

    /// The bytes of a page. `commit` is asked for the page about this build alone, which is not kept: a commit changes
    /// nothing else.
    ///
    /// # Errors
    /// When no theme can fill it, or an attachment cannot be read.
    pub(super) fn bytes(
        &self,
        source: &dyn Source,
        commit: &dyn Fn() -> Option<Commit>,
        address: &SitePath,
        page: &Page,
    ) -> Result<Arc<Bytes>> {
        if let Page::About(_) = page {
            return self.make(source, address, &Page::About(commit())).map(Arc::new);
        }
        if let Some(known) = self.lock().pages.get(address) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(self.make(source, address, page)?);
        // Attachments are large, and the disk keeps them.
        let kept_elsewhere =
            matches!(page, Page::Attachment(_) | Page::Static(_) | Page::Ready(_) | Page::Piece(_));
        if !kept_elsewhere {
            let mut kept = self.lock();
            if kept.bytes + made.bytes.len() > KEPT {
                *kept = Kept::default();
            }
            kept.bytes += made.bytes.len();
            kept.pages.insert(address.clone(), Arc::clone(&made));
        }
        Ok(made)
    }

    fn make(&self, source: &dyn Source, address: &SitePath, page: &Page) -> Result<Bytes> {
        let fill = |look: &Look| {
            crate::bytes(&self.portal, &look.theme, &look.templates, source, address, page)
        };
        match fill(&self.look) {
            Ok(bytes) => Ok(Bytes { bytes: bytes.into(), failure: None }),
            Err(failure) => {
                self.look.fail(&failure);
                let Some(spare) = &self.spare else { return Err(failure) };
                Ok(Bytes { bytes: fill(spare)?.into(), failure: Some(failure) })
            }
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What tells bytes from others, for `ETag` and for what a page was made with.
pub(super) fn tag(bytes: &[u8]) -> String {
    let mut digits = digest::sha256(bytes);
    digits.truncate(24);
    digits
}
