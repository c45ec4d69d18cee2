//! How long to wait before looking, when files change one after another.

use std::time::{Duration, Instant};

/// After a single change.
const QUIET: Duration = Duration::from_millis(15);
/// While changes keep coming.
const BUSY: Duration = Duration::from_millis(100);
/// However many there are.
const LONGEST: Duration = Duration::from_secs(1);

/// Changes that have come, and when they are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settling {
    first: Instant,
    last: Instant,
    quiet: Duration,
}

impl Settling {
    /// A first change at `now`.
    pub(super) fn new(now: Instant) -> Self {
        Self { first: now, last: now, quiet: QUIET }
    }

    /// One more. What comes at once with the last is part of the same save.
    pub(super) fn again(&mut self, now: Instant) {
        if now.duration_since(self.last) > Duration::from_millis(1) {
            self.quiet = (self.quiet * 2).min(BUSY);
        }
        self.last = now;
    }

    /// When to look.
    pub(super) fn due(&self) -> Instant {
        (self.last + self.quiet).min(self.first + LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn a_single_change_is_looked_at_after_fifteen_milliseconds() {
        let now = Instant::now();
        assert_eq!(Settling::new(now).due(), now + 15 * MS);
    }

    #[test]
    fn events_of_one_save_do_not_delay_it() {
        let now = Instant::now();
        let mut settling = Settling::new(now);
        for _ in 0..5 {
            settling.again(now);
        }
        assert_eq!(settling.due(), now + 15 * MS);
    }

    #[test]
    fn while_changes_keep_coming_it_waits_longer_but_never_more_than_a_second() {
        let now = Instant::now();
        let mut settling = Settling::new(now);
        settling.again(now + 10 * MS);
        assert_eq!(settling.due(), now + 40 * MS);
        for n in 2..6 {
            settling.again(now + 10 * n * MS);
        }
        assert_eq!(settling.due(), now + 150 * MS, "a hundred after the last");
        for n in 6..200 {
            settling.again(now + 10 * n * MS);
        }
        assert_eq!(settling.due(), now + 1000 * MS);
    }
}
