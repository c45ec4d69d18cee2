//! `clausebook export`: what other programs take from a portal.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::build::refuse_output;
use super::session::Session;
use super::{Format, Global, Outcome, note, refuse_format};
use crate::failure::{Failure, Result};
use crate::files;
use crate::search::{self, quickwit};
use crate::site::MANIFEST;
use crate::wording::Wording;

/// What `export` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What can be found, for a Quickwit cluster: an index configuration, and a JSON document a section
    Quickwit {
        /// The folder that both files are written to, relative to the root
        #[arg(long, value_name = "FOLDER", default_value = "quickwit")]
        output: PathBuf,
    },
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("export", global.format, &[Format::Text])?;
    let session = Session::open(global)?;
    session.tell_day();
    let What::Quickwit { output } = &arguments.what;
    let folder = session.root.join(output);
    refuse_output(&session, &folder)?;
    if files::read_text(&folder.join(MANIFEST))?.is_some() {
        return Err(Failure::new(format!("`{}` holds a portal that was built", folder.display()))
            .remedy("name another folder with `--output`: the next build would refuse what it has not written"));
    }
    let theme = session.theme()?;
    let sections = search::sections(&session.published()?, Wording(&theme.words));
    let [configuration, documents] =
        ["clausebook.yaml", "clausebook.ndjson"].map(|name| folder.join(name));
    files::write(&configuration, quickwit::CONFIGURATION.as_bytes())?;
    files::write(&documents, &quickwit::documents(&sections))?;
    note(
        global,
        &format!(
            "{}: {} documents\nquickwit index create --index-config {}\n\
             quickwit index ingest --index clausebook --input-path {}",
            folder.display(),
            sections.len(),
            configuration.display(),
            documents.display()
        ),
    );
    Ok(Outcome::Clean)
}
