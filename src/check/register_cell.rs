//! `register-cell`: a cell of a register holds what its column says.
//!
//! **Why.** A date that is none cannot be overdue, a choice that is none cannot be counted (R101).
//!
//! **Do.** Correct the cell, or change the kind of the column in `columns`.
