//! `date-form`: a date is in the ISO form.
//!
//! **Why.** Dates in one form are sorted and compared the same by everyone; `2026-2-5` is understood all the same.
//!
//! **Do.** Write month and day with two digits.
