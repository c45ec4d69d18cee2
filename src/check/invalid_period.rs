//! `invalid-period`: a review interval is a number of days, weeks, months or years.
//!
//! **Why.** An interval that cannot be read gives no review date (R12).
//!
//! **Do.** Write for instance `6 months`, `1 year` or `2 weeks`.
