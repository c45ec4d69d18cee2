//! Portal to index, query to hits.
//!
//! [`sections()`] lists what can be found, [`engine`] makes an index of it and answers, here and in browsers;
//! [`files()`] lays both out as files of the site.

pub mod engine;
#[cfg(feature = "portal")]
mod contract;
#[cfg(feature = "portal")]
mod files;
#[cfg(feature = "portal")]
mod index;
#[cfg(feature = "portal")]
mod live;
#[cfg(feature = "portal")]
pub mod quickwit;
#[cfg(feature = "portal")]
mod sections;

#[cfg(feature = "portal")]
pub use contract::contract;
#[cfg(feature = "portal")]
pub use files::{Shipping, Titles, files, script};
#[cfg(feature = "portal")]
pub use index::{Packed, ask, index};
#[cfg(feature = "portal")]
pub use live::{Changed, Live};
#[cfg(feature = "portal")]
pub use sections::{day, each_section, sections};
