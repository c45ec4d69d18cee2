//! The search of what is shown, without the browser.

use std::sync::{Arc, Mutex, PoisonError};

use crate::failure::Result;
use crate::search;
use crate::search::engine::{Answer, Asked, Engine};
use crate::wording::Wording;

use super::shown::Shown;

/// An index that follows what is shown.
#[derive(Default)]
pub(super) struct Finder {
    /// Of the state of that number.
    index: Mutex<Option<(u64, Arc<Engine>)>>,
}

impl Finder {
    /// Answers from the index of `shown`, which is brought up to date first if it is not.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub(super) fn ask(&self, shown: &Shown, asked: Asked) -> Result<Answer> {
        search::ask(&*self.follow(shown)?, asked)
    }

    /// Brings the index to what is shown.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub(super) fn follow(&self, shown: &Shown) -> Result<Arc<Engine>> {
        let mut index = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((epoch, engine)) = &*index
            && *epoch >= shown.epoch
        {
            return Ok(Arc::clone(engine));
        }
        let sections = search::sections(&shown.portal, Wording(&shown.look.theme.words));
        let language = &shown.portal.library.config.language;
        let engine = Arc::new(search::index(&sections, language)?.open()?);
        *index = Some((shown.epoch, Arc::clone(&engine)));
        Ok(engine)
    }
}
