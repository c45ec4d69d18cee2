//! The list of all files of a site, with what they are made from (R69).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::address::SitePath;

/// What stands at the head of a manifest, so that any build can be repeated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The program with its version.
    pub program: String,
    /// The day that every state is as of.
    pub today: Date,
    /// The commit of the work tree, with `+` when it had changes; `null` without version control.
    pub commit: Option<String>,
    /// The group that the portal is made for.
    pub audience: Option<String>,
    /// The highest label that is shown.
    pub publish_up_to: String,
    /// True when drafts are shown.
    pub drafts: bool,
}

/// What a manifest says of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// In hexadecimal digits.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The file of the repository that it is made from.
    pub source: Option<String>,
}

/// All files of a site but the manifest itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The facts of the build; `None` while one is being written.
    pub facts: Option<Facts>,
    /// The files by path.
    pub files: BTreeMap<SitePath, Listed>,
}

#[derive(Deserialize)]
struct Raw {
    build: Option<Facts>,
    files: BTreeMap<String, Listed>,
}

impl Manifest {
    /// Reads a manifest. Its names are checked like addresses.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Raw { build, files } = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let files = files.into_iter().map(|(path, listed)| {
            let checked = SitePath::new(&path)
                .ok_or_else(|| format!("`{}` is not an address", path.escape_debug()))?;
            Ok((checked, listed))
        });
        Ok(Self { facts: build, files: files.collect::<Result<_, String>>()? })
    }

    /// The manifest as JSON, one file a line.
    pub fn text(&self) -> String {
        let mut text = format!("{{\n\"build\": {},\n\"files\": {{", json(&self.facts));
        for (i, (path, listed)) in self.files.iter().enumerate() {
            text.push_str(if i == 0 { "\n" } else { ",\n" });
            text.push_str(&format!("{}: {}", json(&path.as_str()), json(listed)));
        }
        text.push_str("\n}\n}\n");
        text
    }
}

/// The JSON of texts and numbers, which cannot fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
