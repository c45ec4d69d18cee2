//! What takes long, beside what is shown: the search index, and the queries that documents are to be found by.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};

use super::{Desk, QUIET, Told, Wake};
use crate::failure::Failure;

impl Desk {
    /// What takes long is done beside: the search index follows what is shown, and when it has been quiet for a while,
    /// search is asked what documents state that they are found by.
    pub(super) fn work_when_quiet(&self, to_do: &Receiver<()>, wake: &Sender<Wake>) {
        // True while something is to be done once it is quiet.
        let mut waiting = false;
        let tell = |failure: &Failure| (self.edge.tell)(Told::Failed(failure));
        // On threads of its own: what is saved meanwhile is read on those of the program, and does not wait.
        let threads = rayon::current_num_threads().div_ceil(2);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool =
            pool.map_err(|error| tell(&Failure::new(format!("no threads for search: {error}"))));
        let Ok(pool) = pool else { return };
        loop {
            let next = if waiting {
                to_do.recv_timeout(QUIET)
            } else {
                to_do.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match next {
                Ok(()) => {
                    waiting = true;
                    let followed = self.finder.follow(&self.shown()).map(drop);
                    followed.unwrap_or_else(|failure| tell(&failure));
                }
                // It is not quiet while a change is taken up, however long that takes: both at once would hold in memory
                // what one of them needs.
                Err(RecvTimeoutError::Timeout) if self.busy.load(Ordering::Relaxed) => {}
                Err(RecvTimeoutError::Timeout) => {
                    let shown = self.shown();
                    let settled = pool.install(|| self.finder.settle(&shown));
                    settled.unwrap_or_else(|failure| tell(&failure));
                    waiting = false;
                    let Some(contract) = self.contract().take() else { continue };
                    let go_on =
                        || self.shown().epoch == shown.epoch && !self.stop.load(Ordering::Relaxed);
                    match pool.install(|| contract.ask(&go_on)) {
                        // What was saved meanwhile comes first; then all of it is asked again.
                        Ok(None) => {
                            self.contract().get_or_insert(contract);
                            waiting = true;
                        }
                        Ok(Some(answers)) => {
                            if wake.send(Wake::Asked(Box::new(contract), answers)).is_err() {
                                return;
                            }
                        }
                        Err(failure) => tell(&failure),
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }
}
