//! What commands share: the repository, its settings, the day.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Format, Global, git, note};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity, Texts};
use crate::failure::{Failure, Result};
use crate::files::{self, Folder};
use crate::portal::{Portal, Stamp, View};
use crate::theme::Theme;
use crate::{Joined, check, report};

/// A repository that a command works on.
pub(super) struct Session<'a> {
    pub(super) global: &'a Global,
    pub(super) root: PathBuf,
    pub(super) folder: Folder,
    pub(super) config: Arc<Config>,
    pub(super) today: Date,
    /// True when the day is that of the demonstration.
    pub(super) demo: bool,
    /// The folder of the documents, relative to the root.
    content: String,
}

impl<'a> Session<'a> {
    /// Opens the repository that the arguments name.
    pub(super) fn open(global: &'a Global) -> Result<Self> {
        let folder = Folder::open(&global.root)?;
        let content = content(global)?;
        let name = global.config.clone().unwrap_or_else(|| PathBuf::from("clausebook.toml"));
        let path = global.root.join(&name);
        let text = files::read_text(&path)?;
        if text.is_none() && global.config.is_some() {
            return Err(Config::missing(&path));
        }
        let config = Config::parse(&name.to_string_lossy(), text.as_deref().unwrap_or(""))?;
        let (today, demo) = match (global.today, config.demo) {
            (Some(today), _) => (today, false),
            (None, Some(dated)) => (dated, true),
            (None, None) => (local_date(), false),
        };
        Ok(Self {
            global,
            root: global.root.clone(),
            folder,
            config: Arc::new(config),
            today,
            demo,
            content,
        })
    }

    /// The folder of the documents, without a slash at its end.
    pub(super) fn content(&self) -> &str {
        &self.content
    }

    pub(super) fn join(&self) -> Result<Joined> {
        crate::join(&self.folder, self.content(), &self.config)
    }

    pub(super) fn view(&self) -> View {
        let mut view = View::published(&self.config, self.today);
        view.due_soon_days = self.global.due_soon.unwrap_or(view.due_soon_days);
        view
    }

    /// What stands on the page about this build. `output` is not part of the work tree.
    pub(super) fn stamp(&self, output: Option<&std::path::Path>) -> Stamp {
        Stamp { commit: git::commit(&self.root, output), demo: self.demo }
    }

    /// The whole repository as its authors may see it.
    pub(super) fn portal(&self) -> Result<Portal> {
        let joined = self.join()?;
        let view = View {
            publish_up_to: self.config.classification.levels.last().cloned().unwrap_or_default(),
            drafts: true,
            ..self.view()
        };
        let findings = crate::findings(&joined, &view)?;
        Ok(crate::view(joined, findings, view, Stamp { commit: None, demo: self.demo }))
    }

    /// What a build publishes, without what rules say of it: enough to search and to list.
    pub(super) fn published(&self) -> Result<Portal> {
        let stamp = Stamp { commit: None, demo: self.demo };
        Ok(crate::view(self.join()?, Vec::new(), self.view(), stamp))
    }

    /// The theme: ours with what the repository overrides.
    pub(super) fn theme(&self) -> Result<Theme> {
        Theme::new(&self.config.language, files::files_below(&self.root.join("theme"))?)
    }

    /// True when the repository overrides templates.
    pub(super) fn has_templates(&self) -> Result<bool> {
        Ok(files::there(&self.root.join("theme/templates"))? != files::There::Nothing)
    }

    /// Says which day it is, so that any run can be repeated.
    pub(super) fn tell_day(&self) {
        let why = match (self.global.today, self.demo) {
            (Some(_), _) => return,
            (None, true) => "the day of the demonstration",
            (None, false) => "the local date",
        };
        note(self.global, &format!("as of {}, {why}", self.today));
    }

    /// Prints findings and tells whether one is at error level.
    pub(super) fn report(&self, findings: &[Diagnostic], texts: &Texts) -> Result<bool> {
        let format = match self.global.format {
            Format::Text | Format::Csv => report::Format::Text { color: super::color() },
            Format::Json => report::Format::Json,
            Format::Github => report::Format::Github { below: git::below(&self.root) },
            Format::Sarif => {
                report::Format::Sarif { below: git::below(&self.root), rules: rules() }
            }
        };
        let mut findings = findings.to_vec();
        if self.global.strict {
            for finding in
                findings.iter_mut().filter(|finding| finding.severity == Severity::Warning)
            {
                finding.severity = Severity::Error;
            }
        }
        super::print(&report::print(&format, &findings, texts))?;
        Ok(findings.iter().any(|finding| finding.severity == Severity::Error))
    }
}

/// The folder of the documents, relative to the root, without a slash at its end.
pub(super) fn content(global: &Global) -> Result<String> {
    crate::source::join("", &global.content).ok_or_else(|| {
        Failure::new(format!("`{}` is not a folder of the repository", global.content))
            .remedy("name the folder of the documents relative to `--root`")
    })
}

/// The rules as reports describe them.
fn rules() -> Vec<report::Rule> {
    let rules = check::RULES.iter().map(|rule| report::Rule {
        id: rule.id,
        summary: rule.summary(),
        documentation: rule.documentation(),
        default: rule.default,
    });
    rules.collect()
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(super) fn local_date() -> Date {
    jiff::ZonedDateTime::now().date()
}
