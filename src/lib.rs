//! Clausebook turns a repository of Markdown documents into the portal of a service management system.
//!
//! [`read`] turns files into documents, [`link`] joins them into one library, [`check`] reports what breaks a
//! rule, and [`link`] again reckons what one view may see of it on its day. [`render`] lists the pages of the portal
//! and makes the bytes of one, [`export`] those of files for other programs, [`mod@write`] puts them on disk. [`join`],
//! [`findings`], [`view`], [`plan`] and [`bytes`] below are that way in a few lines.

// The nouns: data that every stage shares, in reading order.
#[cfg(feature = "portal")]
pub mod failure;
#[cfg(feature = "portal")]
pub mod source;
#[cfg(feature = "portal")]
pub mod diagnostic;
#[cfg(feature = "portal")]
pub mod period;
#[cfg(feature = "portal")]
pub mod standard;
#[cfg(feature = "portal")]
pub mod svg;
#[cfg(feature = "portal")]
pub mod picture;
#[cfg(feature = "portal")]
pub mod diagram;
#[cfg(feature = "portal")]
pub mod naming;
#[cfg(feature = "portal")]
pub mod document;
#[cfg(feature = "portal")]
pub mod register;
#[cfg(feature = "portal")]
pub mod vocabulary;
#[cfg(feature = "portal")]
pub mod implementation;
#[cfg(feature = "portal")]
pub mod assessment;
#[cfg(feature = "portal")]
pub mod checklist;
#[cfg(feature = "portal")]
pub mod config;
#[cfg(feature = "portal")]
pub mod address;
#[cfg(feature = "portal")]
pub mod html;
#[cfg(feature = "portal")]
pub mod markdown;
#[cfg(feature = "portal")]
pub mod portal;
#[cfg(feature = "portal")]
pub mod contract;
#[cfg(feature = "portal")]
pub mod numbering;
#[cfg(feature = "portal")]
pub mod places;
#[cfg(feature = "portal")]
pub mod site;
#[cfg(feature = "portal")]
pub mod embedded;
#[cfg(feature = "portal")]
pub mod words;
#[cfg(feature = "portal")]
pub mod wording;
#[cfg(feature = "portal")]
pub mod theme;
#[cfg(feature = "portal")]
pub mod digest;
#[cfg(feature = "portal")]
pub mod files;

// The stages, in the order in which data passes them.
#[cfg(feature = "portal")]
pub mod read;
#[cfg(feature = "portal")]
pub mod link;
#[cfg(feature = "portal")]
pub mod check;
#[cfg(feature = "portal")]
pub mod render;
pub mod search;
#[cfg(feature = "portal")]
pub mod export;
#[cfg(feature = "portal")]
pub mod attach;
#[cfg(feature = "portal")]
pub mod write;
#[cfg(feature = "portal")]
pub mod report;

// What joins the stages beside this file.
#[cfg(feature = "portal")]
pub mod serve;
#[cfg(feature = "portal")]
pub mod cli;
#[cfg(feature = "portal")]
mod pipeline;

#[cfg(feature = "portal")]
pub use pipeline::*;
