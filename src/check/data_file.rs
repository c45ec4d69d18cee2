//! `data-file`: data files can be read: standards, roles, the glossary, the plan, assessments, checklists, the rows of registers.
//!
//! **Why.** What cannot be read there is missing on every page that would use it.
//!
//! **Do.** Correct the place that is named; docs/content.md of the Clausebook repository tells what the files
//! hold.
