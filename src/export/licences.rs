//! The notices of what every portal carries.

/// `licences.txt`: of what we wrote or took up, then of what the compiled search engine is made of.
pub(super) const TEXT: &str = concat!(
    include_str!("../../theme/licences.txt"),
    "\n\n",
    include_str!("../../theme/search/licences.txt")
);
