//! x
pub mod failure;
pub mod source;
pub mod diagnostic;
pub mod period;
pub mod standard;
pub mod document;
pub mod register;
pub mod vocabulary;
pub mod config;
pub mod address;
pub mod markdown;
pub mod portal;
pub mod site;
