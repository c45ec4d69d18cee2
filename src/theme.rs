//! Templates, static files and words: the built-in ones, overridden file by file.

use std::collections::BTreeMap;

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
    /// By the name in `static/`: `style.css`.
    pub files: BTreeMap<String, Vec<u8>>,
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
    /// When there are no words in that language, when a file of words is wrong, or a template is not UTF-8.
    pub fn new(
        language: &str,
        overrides: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self> {
        let words_name = format!("words/{language}.toml");
        let mut theme = Self {
            templates: BTreeMap::new(),
            files: BTreeMap::new(),
            search: BTreeMap::new(),
            serve: BTreeMap::new(),
            words: Words::default(),
        };
        // A language that lacks words of ours shows them in English.
        if let Some(english) = Files::get("words/en.toml") {
            theme.take("words/en.toml", english.data.into_owned(), "words/en.toml")?;
        }
        let mut known = language == "en";
        for name in Files::iter() {
            if let Some(file) = Files::get(&name) {
                theme.take(&name, file.data.into_owned(), &words_name)?;
            }
        }
        for (name, bytes) in overrides {
            known |= name == words_name;
            theme.take(&name, bytes, &words_name)?;
        }
        if !known {
            return Err(Failure::new(format!("there is no file `theme/{words_name}`"))
                .remedy("set `language` in clausebook.toml to `en`, or write the file"));
        }
        Ok(theme)
    }

    /// True for the path of a file, within the theme folder, that a theme is made of.
    pub fn knows(name: &str) -> bool {
        ["templates/", "static/", "search/", "serve/", "words/"]
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
