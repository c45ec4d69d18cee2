//! Requests that wait for the portal to change.
//!
//! A tab asks and is answered when there is news, or after a while, so that it knows that the server lives. No thread
//! of ours waits with it. A tab asks once at a time: its new poll ends the old one, of which the browser no longer
//! knows.

use std::time::{Duration, Instant};

/// How long a poll is held. Browsers and what lies between give up after 30 seconds or more.
pub(super) const HELD: Duration = Duration::from_secs(25);

/// How many are held at most; the oldest makes room.
const MOST: usize = 256;

/// What is held, oldest first. `T` is a request that can be answered later.
#[derive(Debug)]
pub(super) struct Polls<T> {
    held: Vec<Held<T>>,
}

#[derive(Debug)]
struct Held<T> {
    tab: String,
    until: Instant,
    request: T,
}

impl<T> Default for Polls<T> {
    fn default() -> Self {
        Self { held: Vec::new() }
    }
}

impl<T> Polls<T> {
    /// Holds the poll of a tab; what comes back is to be answered at once: the tab's older poll, and what was held
    /// longest when there are too many.
    pub(super) fn hold(&mut self, tab: &str, now: Instant, request: T) -> Vec<T> {
        let mut ended = Vec::new();
        if let Some(old) = self.held.iter().position(|held| held.tab == tab && !tab.is_empty()) {
            ended.push(self.held.remove(old).request);
        }
        if self.held.len() >= MOST {
            ended.push(self.held.remove(0).request);
        }
        self.held.push(Held { tab: tab.to_owned(), until: now + HELD, request });
        ended
    }

    /// Those that have been held long enough.
    pub(super) fn due(&mut self, now: Instant) -> Vec<T> {
        let waiting = self.held.iter().position(|held| held.until > now);
        let due = waiting.unwrap_or(self.held.len());
        self.held.drain(..due).map(|held| held.request).collect()
    }

    /// All of them: there is news.
    pub(super) fn all(&mut self) -> Vec<T> {
        std::mem::take(&mut self.held).into_iter().map(|held| held.request).collect()
    }

    /// When the next one is due.
    pub(super) fn next(&self) -> Option<Instant> {
        self.held.first().map(|held| held.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_poll_of_a_tab_ends_its_old_one() {
        let (mut polls, now) = (Polls::default(), Instant::now());
        assert_eq!(polls.hold("a", now, 1), [0; 0]);
        assert_eq!(polls.hold("b", now, 2), [0; 0]);
        assert_eq!(polls.hold("a", now, 3), [1]);
        assert_eq!(polls.all(), [2, 3]);
        assert_eq!(polls.all(), [0; 0]);
    }

    #[test]
    fn what_was_held_long_enough_is_due() {
        let (mut polls, now) = (Polls::default(), Instant::now());
        polls.hold("a", now, 1);
        polls.hold("b", now + Duration::from_secs(9), 2);
        assert_eq!(polls.next(), Some(now + HELD));
        assert_eq!(polls.due(now + Duration::from_secs(24)), [0; 0]);
        assert_eq!(polls.due(now + HELD), [1]);
        assert_eq!(polls.due(now + HELD + Duration::from_secs(9)), [2]);
        assert_eq!(polls.next(), None);
    }

    #[test]
    fn a_bounded_number_is_held() {
        let (mut polls, now) = (Polls::default(), Instant::now());
        let ended: usize = (0..1000).map(|n| polls.hold(&n.to_string(), now, n).len()).sum();
        assert_eq!((ended, polls.all().len()), (1000 - MOST, MOST));
    }
}
