//! `clausebook build`: check the documents, then write the portal.

use std::io::IsTerminal;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::session::Session;
use super::{Format, Global, Outcome, note, refuse_format};
use crate::address::percent_encoded;
use crate::diagnostic::{Diagnostic, Severity};
use crate::failure::{Failure, Result};
use crate::portal::View;
use crate::render::Templates;
use crate::write::{self, Facts, Output, Plan};

/// What `build` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder that the portal is written to, relative to the root
    #[arg(long, value_name = "FOLDER", default_value = "site")]
    output: PathBuf,
    /// Publish what can be published in spite of errors, and exit with 1
    #[arg(long)]
    keep_going: bool,
    /// Ship the search index whole, for a large portal that is read from disk
    #[arg(long)]
    offline: bool,
    /// Publish for one group only
    #[arg(long, value_name = "GROUP")]
    audience: Option<String>,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format(
        "build",
        global.format,
        &[Format::Text, Format::Json, Format::Github, Format::Sarif],
    )?;
    let session = Session::open(global)?;
    session.tell_day();
    let output = session.root.join(&arguments.output);
    refuse_output(&session, &output)?;
    let joined = session.join()?;
    let audience = arguments.audience.as_deref();
    let audience = audience.map(|typed| joined.library.group(typed)).transpose()?;
    let view = View { audience, ..session.view() };
    let findings = crate::findings(&joined, &view)?;
    let errors = tell(&session, &findings, &joined.library.texts)?;
    if errors && !arguments.keep_going {
        note(global, "nothing was written: correct the errors, or build with `--keep-going`");
        return Ok(Outcome::Findings);
    }
    let theme = session.theme()?;
    let templates = Templates::compile(&theme)?;
    let portal = crate::view(joined, findings, view, session.stamp(Some(&arguments.output)));
    let mut site = crate::plan(&portal, &theme);
    site.0.extend(crate::search_files(&portal, &theme, arguments.offline)?.0);
    let outputs: Vec<Output<_>> = site
        .0
        .iter()
        .map(|(path, page)| Output { path, page, source: crate::made_from(&portal, page) })
        .collect();
    let facts = Facts {
        program: concat!("clausebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        today: portal.view.today,
        commit: portal
            .stamp
            .commit
            .as_ref()
            .map(|commit| format!("{}{}", commit.id, if commit.changed { "+" } else { "" })),
        audience: portal.view.audience.clone(),
        publish_up_to: portal.view.publish_up_to.clone(),
        drafts: portal.view.drafts,
    };
    let bar = progress(global, outputs.len());
    let plan = Plan {
        output: &output,
        keep: &session.config.build.keep,
        facts: &facts,
        checkpoint: &|step| {
            if step == write::Step::Made {
                bar.inc(1);
            }
            Ok(())
        },
    };
    let written = write::site(&plan, &outputs, &|path, page| {
        crate::bytes(&portal, &theme, &templates, &session.folder, path, page)
    })?;
    bar.finish_and_clear();
    note(
        global,
        &format!(
            "{} pages: {} written, {} unchanged, {} removed",
            outputs.len(),
            written.written,
            written.unchanged,
            written.removed
        ),
    );
    note(global, &format!("{}\n{}", output.display(), address(&output)));
    // The process ends next, and the system takes its memory back at once: faster than value by value.
    std::mem::forget(outputs);
    std::mem::forget((site, portal, theme, templates));
    Ok(if errors { Outcome::Findings } else { Outcome::Clean })
}

/// Prints the findings; notes are left to `check`.
fn tell(
    session: &Session,
    findings: &[Diagnostic],
    texts: &crate::diagnostic::Texts,
) -> Result<bool> {
    let shown: Vec<Diagnostic> =
        findings.iter().filter(|finding| finding.severity > Severity::Info).cloned().collect();
    if shown.is_empty() && session.global.format == Format::Text {
        return Ok(false);
    }
    session.report(&shown, texts)
}

/// The portal is not written over the documents it is made from.
pub(super) fn refuse_output(session: &Session, output: &Path) -> Result<()> {
    let absolute = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let mut plain = PathBuf::new();
        for part in path.components() {
            match part {
                Component::ParentDir => {
                    plain.pop();
                }
                part => plain.push(part),
            }
        }
        // A link may lead elsewhere: what is there of the path counts as what it leads to.
        let mut rest = PathBuf::new();
        let mut there = &*plain;
        loop {
            if let Ok(real) = there.canonicalize() {
                return real.join(rest);
            }
            let (Some(parent), Some(name)) = (there.parent(), there.file_name()) else {
                return plain;
            };
            rest = Path::new(name).join(rest);
            there = parent;
        }
    };
    let (output, root) = (absolute(output), absolute(&session.root));
    let content = absolute(&session.root.join(session.content()));
    if root.starts_with(&output) || content.starts_with(&output) || output.starts_with(&content) {
        return Err(Failure::new(format!(
            "`{}` holds the documents, or lies among them",
            output.display()
        ))
        .remedy("name another folder with `--output`"));
    }
    Ok(())
}

/// A bar on a terminal, once it has run for a while.
fn progress(global: &Global, pages: usize) -> ProgressBar {
    let shown = std::io::stderr().is_terminal() && !global.quiet && pages > 500;
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(pages as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} pages") {
        bar.set_style(style);
    }
    bar
}

/// The address of the home page, for a browser.
fn address(output: &Path) -> String {
    let home = std::path::absolute(output.join("index.html"))
        .unwrap_or_else(|_| output.join("index.html"));
    let home = home.to_string_lossy().replace('\\', "/");
    format!("file://{}", percent_encoded(&home, "/:"))
}
