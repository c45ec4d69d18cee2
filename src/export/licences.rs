//! The notices of what every portal carries.

/// `licences.txt`.
pub(super) const TEXT: &str = include_str!("../../theme/licences.txt");
