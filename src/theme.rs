//! Templates, static files and words: the built-in ones, overridden file by file.

use std::collections::{BTreeMap, BTreeSet};

use rust_embed::RustEmbed;

use crate::failure::{Failure, Result};
use crate::words::Words;

/// `theme/`, read from disk in debug builds.
#[derive(RustEmbed)]
#[folder = "theme/"]
struct Files;

/// What pages look like and what they say beside the documents.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// By the name in `templates/`: `document.html`.
    pub templates: BTreeMap<String, String>,
    /// Those of `templates` that are not the built-in ones.
    pub overridden: BTreeSet<String>,
    /// By the name in `static/`: `style.css`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The signs, as SVG, by the name in `icons/` without its ending: `tick`.
    pub icons: BTreeMap<String, String>,
    /// What the search in browsers is made of, by the name in `search/`: `engine.wasm.gz`, `worker.js`.
    pub search: BTreeMap<String, Vec<u8>>,
    /// What `serve` adds to pages, by the name in `serve/`; no build writes it.
    pub serve: BTreeMap<String, Vec<u8>>,
    /// In the language of the portal.
    pub words: Words,
}

impl Theme {
    /// The built-in theme in a language, with `overrides`: files by their path within the theme folder, such as
    /// `templates/home.html`, each in place of ours. Words are overridden one by one.
    ///
    /// # Errors
    /// When there are no words in that language or some are missing, when a file of words is wrong, or a template is
    /// not UTF-8.
    pub fn new(
        language: &str,
        overrides: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self> {
        let words_name = format!("words/{language}.toml");
        let mut theme = Self {
            templates: BTreeMap::new(),
            overridden: BTreeSet::new(),
            files: BTreeMap::new(),
            icons: BTreeMap::new(),
            search: BTreeMap::new(),
            serve: BTreeMap::new(),
            words: Words::default(),
        };
        for name in Files::iter() {
            if let Some(file) = Files::get(&name) {
                theme.take(&name, file.data.into_owned(), &words_name)?;
            }
        }
        for (name, bytes) in overrides {
            if let Some(template) = name.strip_prefix("templates/") {
                theme.overridden.insert(template.to_owned());
            }
            theme.take(&name, bytes, &words_name)?;
        }
        if theme.words.0.is_empty() {
            return Err(Failure::new(format!("there is no file `theme/{words_name}`")).remedy(
                "set `language` in clausebook.toml to `en` or `de`, or write the file with the keys of theme/words/en.toml of the Clausebook repository",
            ));
        }
        let reference = reference_words()?;
        let missing = theme.words.missing(&reference);
        if !missing.is_empty() {
            return Err(Failure::new(format!("`theme/{words_name}` lacks {}", named(&missing)))
                .remedy("write these words; theme/words/en.toml of the Clausebook repository says what they mean"));
        }
        if let Some(fault) = theme.words.differs(&reference) {
            return Err(Failure::new(format!("`theme/{words_name}`: {fault}")).remedy(
                "theme/words/en.toml of the Clausebook repository says what stands in each text",
            ));
        }
        Ok(theme)
    }

    /// True for the path of a file, within the theme folder, that a theme is made of.
    pub fn knows(name: &str) -> bool {
        ["templates/", "static/", "icons/", "search/", "serve/", "words/"]
            .iter()
            .any(|folder| name.starts_with(folder))
    }

    fn take(&mut self, name: &str, bytes: Vec<u8>, words_name: &str) -> Result<()> {
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes).map_err(|_| {
                Failure::new(format!("`theme/{name}` is not UTF-8")).remedy("save it as UTF-8")
            })
        };
        if let Some(template) = name.strip_prefix("templates/") {
            self.templates.insert(template.to_owned(), text(bytes)?);
        } else if let Some(file) = name.strip_prefix("static/") {
            self.files.insert(file.to_owned(), bytes);
        } else if let Some(icon) = name.strip_prefix("icons/") {
            let icon = icon.strip_suffix(".svg").unwrap_or(icon);
            self.icons.insert(icon.to_owned(), text(bytes)?);
        } else if let Some(file) = name.strip_prefix("search/") {
            self.search.insert(file.to_owned(), bytes);
        } else if let Some(file) = name.strip_prefix("serve/") {
            self.serve.insert(file.to_owned(), bytes);
        } else if name == words_name {
            let words = Words::parse(&format!("theme/{name}"), &text(bytes)?)?;
            self.words.0.extend(words.0);
        }
        Ok(())
    }
}

/// The first few of many keys.
fn named(keys: &[&str]) -> String {
    const TOLD: usize = 8;
    let told: Vec<String> = keys.iter().take(TOLD).map(|key| format!("`{key}`")).collect();
    match keys.len().saturating_sub(TOLD) {
        0 => told.join(", "),
        more => format!("{} and {more} more", told.join(", ")),
    }
}

/// The built-in English: every word that there is.
///
/// # Errors
/// When the file is wrong, which a test holds that it is not.
pub fn reference_words() -> Result<Words> {
    let file = Files::get("words/en.toml").map(|file| file.data.into_owned());
    let text = String::from_utf8(file.unwrap_or_default()).unwrap_or_default();
    Words::parse("theme/words/en.toml", &text)
}
