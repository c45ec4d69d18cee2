//! The search of what is shown, without the browser: an index that follows it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::failure::Result;
use crate::search;
use crate::search::engine::{Answer, Asked, Engine, Section};
use crate::search::{Changed, Live};
use crate::wording::Wording;

use super::shown::Shown;

/// An index that follows what is shown.
#[derive(Default)]
pub(super) struct Finder {
    index: Mutex<Option<Index>>,
}

struct Index {
    /// Of the state of that number.
    epoch: u64,
    language: String,
    live: Live,
}

impl Finder {
    /// Answers from the index of `shown`, which is brought up to date first if it is not.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub(super) fn ask(&self, shown: &Shown, asked: Asked) -> Result<Answer> {
        search::ask(&*self.follow(shown)?, asked)
    }

    /// Brings the index to what is shown, by deleting and adding the pages that changed.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub(super) fn follow(&self, shown: &Shown) -> Result<Arc<Engine>> {
        let mut index = self.lock();
        let language = &shown.portal.library.config.language;
        match &mut *index {
            Some(index) if index.epoch >= shown.epoch => {}
            Some(index) if index.language == *language => {
                index.live.follow(&sections(shown))?;
                index.epoch = shown.epoch;
            }
            _ => *index = Some(Index::new(shown)?),
        }
        // One of the arms above has seen to it.
        let engine = index.as_ref().map(|index| index.live.engine());
        engine.map_or_else(|| Ok(Index::new(shown)?.live.engine()), Ok)
    }

    /// Makes the index whole again: one segment, in which words count as in that of a build. Who asks meanwhile is
    /// answered from the other.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub(super) fn settle(&self, shown: &Shown) -> Result<()> {
        let changed = self.lock().as_ref().map(|index| index.live.changed());
        if changed == Some(Changed::default()) {
            return Ok(());
        }
        let whole = Index::new(shown)?;
        let mut index = self.lock();
        // What was shown meanwhile is followed from the one that is there.
        if index.as_ref().is_none_or(|index| index.epoch <= whole.epoch) {
            *index = Some(whole);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Option<Index>> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Index {
    fn new(shown: &Shown) -> Result<Self> {
        let language = shown.portal.library.config.language.clone();
        let live = Live::new(&sections(shown), &language)?;
        Ok(Self { epoch: shown.epoch, language, live })
    }
}

fn sections(shown: &Shown) -> Vec<Section> {
    search::sections(&shown.portal, Wording(&shown.look.theme.words))
}
