//! `clausebook verify`: whether a written portal is what a build wrote (R69).

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Format, Global, Outcome, print, refuse_format};
use crate::failure::Result;
use crate::write;

/// What `verify` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder that the portal was written to, relative to the root
    #[arg(long, value_name = "FOLDER", default_value = "site")]
    output: PathBuf,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("verify", global.format, &[Format::Text])?;
    let session = Session::open(global)?;
    let keep = &session.config.build.keep;
    let differences = write::verify(&session.root.join(&arguments.output), keep)?;
    for difference in &differences {
        print(&format!("{difference}\n"))?;
    }
    if differences.is_empty() {
        return print("every file is as the manifest says\n");
    }
    Ok(Outcome::Findings)
}
