//! From what lies on the disk to what is shown: only what changed is read, and what is broken leaves the last good.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::civil::Date;

use super::Settings;
use super::shown::{Look, Shown, Trouble};
use crate::config::Config;
use crate::contract::Answered;
use crate::diagnostic::{Diagnostic, Texts};
use crate::failure::{Failure, Result};
use crate::files::{self, Folder};
use crate::portal::{DocumentId, Stamp, View};
use crate::read::Shelf;
use crate::render::Templates;
use crate::source::Memory;
use crate::theme::Theme;
use crate::{Joined, check};

/// Everything that was read, so that little is read again.
pub(super) struct Workshop {
    settings: Settings,
    folder: Folder,
    shelf: Shelf,
    /// `None` when it could not be read.
    config_text: Option<String>,
    config: Arc<Config>,
    /// The last settings under which the documents could be joined.
    joined_config: Arc<Config>,
    /// What a theme was last made of, or could not be; `None` when that could not be read.
    theme_from: Option<ThemeFrom>,
    /// The theme, and the one before it, for what a new one cannot fill.
    look: Arc<Look>,
    spare: Option<Arc<Look>>,
    day: Date,
    troubles: Troubles,
    /// What search answered to what documents state in `found_by`, when it was last asked.
    answers: Vec<Remembered>,
    asked_anew: bool,
    /// How many times something was shown.
    epoch: u64,
}

/// What a theme is made of: it fails for its language as for its files.
#[derive(Debug, PartialEq, Eq)]
struct ThemeFrom {
    language: String,
    files: Vec<(String, Vec<u8>)>,
}

/// What stands in the way of taking up what is there now, each with why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Troubles {
    config: Option<Failure>,
    theme: Option<Failure>,
    content: Option<Failure>,
    /// Told by joining alone, which is not done while nothing changes.
    joining: Option<Failure>,
}

/// An answer of search that holds for a document of any library, by its path.
#[derive(Debug, Clone, PartialEq)]
struct Remembered {
    path: Arc<str>,
    query: String,
    answered: Answered,
}

/// What a look at the disk brought.
pub(super) struct Made {
    pub(super) shown: Shown,
    /// All that is wrong, whoever may see it: for the author's terminal.
    pub(super) findings: Vec<Diagnostic>,
    /// What findings point into.
    pub(super) texts: Arc<Texts>,
    /// That no document and no role names the group that it is shown for: whoever named it is told, on no page.
    pub(super) unknown_group: Option<Failure>,
    /// What search is to be asked of, where documents state what they are found by.
    pub(super) contract: Option<Contract>,
}

/// What the search contract is tried with.
pub(super) struct Contract {
    joined: Joined,
    view: View,
}

impl Workshop {
    /// Opens the repository. Its content may be broken, or not there yet.
    ///
    /// # Errors
    /// When there is no such folder, no file of settings where one is named, or the built-in theme is broken.
    pub(super) fn open(settings: Settings, day: Date) -> Result<Self> {
        let folder = Folder::open(&settings.root)?;
        if let Some(name) = &settings.config {
            let path = settings.root.join(name);
            if let Ok(None) = files::read_text(&path) {
                return Err(Config::missing(&path));
            }
        }
        let config = Arc::new(Config::default());
        let theme_from = ThemeFrom { language: config.language.clone(), files: Vec::new() };
        Ok(Self {
            folder,
            shelf: Shelf::default(),
            config_text: None,
            joined_config: Arc::clone(&config),
            look: Arc::new(look(&theme_from)?),
            theme_from: Some(theme_from),
            spare: None,
            config,
            day,
            troubles: Troubles::default(),
            answers: Vec::new(),
            asked_anew: false,
            epoch: 0,
            settings,
        })
    }

    /// The repository, for attachments.
    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Looks at the disk; `None` when all is as it was. `today` is the local date.
    pub(super) fn refresh(&mut self, today: Date) -> Option<Made> {
        let before = self.troubles.clone();
        let new_config = self.refresh_config();
        let new_look = self.refresh_theme();
        let day = self.settings.today.or(self.config.demo).unwrap_or(today);
        let new_day = std::mem::replace(&mut self.day, day) != day;
        let content = &self.settings.content;
        let refreshed = self.shelf.refresh(&self.folder, content, &self.config, SystemTime::now());
        let new_content = match refreshed {
            Ok(changed) => {
                self.troubles.content = None;
                changed
            }
            Err(failure) => {
                self.troubles.content = Some(failure);
                false
            }
        };
        let asked_anew = std::mem::take(&mut self.asked_anew);
        let first = self.epoch == 0;
        let anew = first || new_config || new_content || new_day || new_look;
        (anew || asked_anew || self.troubles != before).then(|| {
            let made = self.link();
            // Where nothing but the answers is new, there is nothing new to ask.
            Made { contract: made.contract.filter(|_| anew), ..made }
        })
    }

    /// Takes up what search answers now; true when it says something else than before.
    pub(super) fn take_answers(&mut self, contract: &Contract, answers: Vec<Answered>) -> bool {
        let entries = &contract.joined.library.entries;
        let remembered = answers.into_iter().map(|answered| {
            let document = &entries[answered.document.index()].document;
            Remembered {
                path: Arc::clone(&document.path),
                query: document.front_matter.found_by[answered.query].value.clone(),
                answered,
            }
        });
        let remembered: Vec<Remembered> = remembered.collect();
        // Of those that are kept nothing is said, wherever they stand.
        let said = |all: &[Remembered]| -> Vec<Remembered> {
            let missed = all.iter().filter(|one| !one.answered.is_kept()).cloned();
            let anywhere = |one: Remembered| Remembered {
                answered: Answered { document: DocumentId(0), ..one.answered },
                ..one
            };
            missed.map(anywhere).collect()
        };
        let differs = said(&self.answers) != said(&remembered);
        self.answers = remembered;
        self.asked_anew |= differs;
        differs
    }

    /// True when there is a new configuration.
    fn refresh_config(&mut self) -> bool {
        let name = self.config_name();
        let text = match self.read_config(&name) {
            Ok(text) => text,
            Err(failure) => {
                self.troubles.config = Some(failure);
                self.config_text = None;
                return false;
            }
        };
        if self.config_text.as_ref() == Some(&text) {
            return false;
        }
        let parsed = Config::parse(&name.to_string_lossy(), &text);
        self.config_text = Some(text);
        match parsed {
            Ok(config) => {
                self.config = Arc::new(config);
                self.troubles.config = None;
                self.shelf.reset();
                true
            }
            Err(failure) => {
                self.troubles.config = Some(failure);
                false
            }
        }
    }

    /// The text of the settings; empty when there is no file and none was named.
    fn read_config(&self, name: &Path) -> Result<String> {
        let path = self.settings.root.join(name);
        match files::read_text(&path)? {
            None if self.settings.config.is_some() => Err(Config::missing(&path)),
            text => Ok(text.unwrap_or_default()),
        }
    }

    fn config_name(&self) -> PathBuf {
        self.settings.config.clone().unwrap_or_else(|| PathBuf::from("clausebook.toml"))
    }

    /// True when there is a new theme.
    fn refresh_theme(&mut self) -> bool {
        let files = match files::files_below(&self.settings.root.join("theme")) {
            Ok(mut files) => {
                files.retain(|(name, _)| Theme::knows(name));
                files
            }
            Err(failure) => {
                self.troubles.theme = Some(failure);
                self.theme_from = None;
                return false;
            }
        };
        let from = ThemeFrom { language: self.config.language.clone(), files };
        if self.theme_from.as_ref() == Some(&from) {
            // A theme that failed is tried again when it changes.
            return false;
        }
        let made = look(&from);
        self.theme_from = Some(from);
        match made {
            Ok(look) => {
                let before = std::mem::replace(&mut self.look, Arc::new(look));
                if !before.has_failed() {
                    self.spare = Some(before);
                }
                self.troubles.theme = None;
                true
            }
            Err(failure) => {
                let told = Some(failure);
                let news = self.troubles.theme != told;
                self.troubles.theme = told;
                news
            }
        }
    }

    /// Joins what stands on the shelf into what is shown.
    fn link(&mut self) -> Made {
        let (joined, failed) = self.join();
        self.troubles.joining = failed;
        let stale = self.shelf.stale();
        let (audience, unknown_group) = match &self.settings.audience {
            None => (None, None),
            Some(typed) => match joined.library.group(typed) {
                Ok(group) => (Some(group), None),
                Err(failure) => (Some(typed.clone()), Some(failure)),
            },
        };
        let mut view = View {
            audience,
            guidance: !self.settings.as_published,
            ..View::published(&joined.library.config, self.day)
        };
        view.due_soon_days = self.settings.due_soon.unwrap_or(view.due_soon_days);
        let answers = self.answers_for(&joined);
        let mut findings = crate::findings_with(&joined, &view, &answers);
        findings.retain(|finding| !is_of_old_text(finding, &stale, &joined.findings));
        let texts = Arc::clone(&joined.library.texts);
        let contract = check::asks_search(&joined.library)
            .then(|| Contract { joined: joined.clone(), view: view.clone() });
        let demo = self.settings.today.is_none() && self.config.demo.is_some();
        let stamp = Stamp { commit: None, demo };
        let portal = Arc::new(crate::view(joined, findings.clone(), view, stamp));
        self.epoch += 1;
        let Troubles { config, theme, content, joining } = &self.troubles;
        let troubles = [config, theme, content, joining].into_iter().flatten();
        let troubles = troubles.cloned().map(Trouble).collect();
        let look = Arc::clone(&self.look);
        let shown = Shown::new(self.epoch, portal, look, self.spare.clone(), stale, troubles);
        Made { shown, findings, texts, unknown_group, contract }
    }

    /// What stands on the shelf, joined; nothing at all while it cannot be.
    fn join(&mut self) -> (Joined, Option<Failure>) {
        let content = &self.settings.content;
        let join =
            |config: &Arc<Config>| crate::join_read(self.shelf.read(config), content, config);
        let failure = match join(&self.config) {
            Ok(joined) => {
                self.joined_config = Arc::clone(&self.config);
                return (joined, None);
            }
            Err(failure) => failure,
        };
        // The settings name a standard that is not there: the last good ones stand in.
        let joined = join(&self.joined_config).unwrap_or_else(|_| {
            let config = Arc::new(Config::default());
            crate::join(&Memory::default(), content, &config)
                .expect("the built-in standards are of the default settings")
        });
        (joined, Some(failure))
    }

    /// What search last answered, for the documents of this library that still ask it.
    fn answers_for(&self, joined: &Joined) -> Vec<Answered> {
        if self.answers.is_empty() {
            return Vec::new();
        }
        let known: HashMap<(&str, &str), &Answered> =
            self.answers.iter().map(|one| ((&*one.path, &*one.query), &one.answered)).collect();
        let mut answers = Vec::new();
        for (id, entry) in joined.library.documents() {
            let document = &entry.document;
            for (query, stated) in document.front_matter.found_by.iter().enumerate() {
                if let Some(known) = known.get(&(&*document.path, &*stated.value)) {
                    answers.push(Answered { document: id, query, ..(*known).clone() });
                }
            }
        }
        answers
    }
}

impl Contract {
    /// Asks search; `None` when `go_on` says no before all is asked.
    ///
    /// # Errors
    /// When the index cannot be made.
    pub(super) fn ask(&self, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Option<Vec<Answered>>> {
        crate::answers(&self.joined, &self.view, go_on)
    }
}

/// A theme, compiled.
fn look(from: &ThemeFrom) -> Result<Look> {
    let theme = Theme::new(&from.language, from.files.iter().cloned())?;
    let templates = Templates::compile(&theme)?;
    Ok(Look::new(theme, templates))
}

/// True for a finding about a document of which an older text is shown, unless it is about the text of now: it would
/// point into the wrong one.
fn is_of_old_text(finding: &Diagnostic, stale: &BTreeSet<Arc<str>>, now: &[Diagnostic]) -> bool {
    let same = |one: &Diagnostic| one.rule == finding.rule && one.span == finding.span;
    stale.contains(&finding.span.path) && !now.iter().any(same)
}

/// The absolute path of what may not be there yet.
pub(super) fn absolute(root: &Path, path: &Path) -> PathBuf {
    let whole = root.join(path);
    // Without `..` and links, as events of the disk name it.
    let parent = whole.parent().and_then(|parent| parent.canonicalize().ok());
    match (whole.canonicalize(), parent, whole.file_name()) {
        (Ok(path), ..) => path,
        (Err(_), Some(parent), Some(name)) => parent.join(name),
        _ => whole,
    }
}
