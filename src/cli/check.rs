//! `clausebook check`: what is wrong with the documents.

use super::session::Session;
use super::{Format, Global, Outcome, refuse_format};
use crate::failure::Result;
use crate::render::Templates;

pub(super) fn run(global: &Global) -> Result<Outcome> {
    refuse_format(
        "check",
        global.format,
        &[Format::Text, Format::Json, Format::Github, Format::Sarif],
    )?;
    let session = Session::open(global)?;
    session.tell_day();
    let joined = session.join()?;
    let view = session.view();
    let findings = crate::findings(&joined, &view)?;
    let errors = session.report(&findings, &joined.library.texts)?;
    // What would stop the next build is told now, behind all that is wrong with the documents. Our own templates are right.
    let theme = session.theme()?;
    let templates = Templates::compile(&theme)?;
    if session.has_templates()? {
        let portal = crate::view(joined, findings, view, session.stamp(None));
        crate::try_templates(&portal, &theme, &templates)?;
    }
    Ok(if errors { Outcome::Findings } else { Outcome::Clean })
}
