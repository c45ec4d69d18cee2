//! `invalid-date`: a date is a day of the calendar.
//!
//! **Why.** A review date that does not exist never comes (R12).
//!
//! **Do.** Write a day of the calendar in the ISO form, such as `2026-12-01`.
