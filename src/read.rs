//! Files to documents: what is wrong with one becomes a finding, and the others go on.
//!
//! Every file is read on its own, in parallel: [`document()`] is a pure function of one file and the settings, so
//! that a file that changed can be read anew and the others kept.

mod file;
mod document;
mod split;
mod front_matter;
mod value;
mod body;
mod faults;
mod diagrams;
mod text;
mod prose;
mod register;
mod characters;
mod data;
mod progress;
mod editions;
mod findings;
mod shelf;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Texts};
use crate::document::Document;
use crate::failure::Result;
use crate::picture::Opened;
use crate::portal::{Framework, LeftOut};
use crate::source::Source;
use file::{Content, File};

pub use shelf::Shelf;

/// Everything that a repository holds, read file by file.
#[derive(Debug, Clone)]
pub struct Read {
    /// By path.
    pub documents: Vec<Arc<Document>>,
    /// Standards, roles and terms; the primary standard first.
    pub framework: Framework,
    /// All files of the content folder that are no documents, by path, for links to lead to.
    pub files: BTreeMap<Arc<str>, Opened>,
    /// The texts of the files that were read.
    pub texts: Texts,
    /// What is wrong, file by file.
    pub findings: Vec<Diagnostic>,
    /// The documents that could not be read at all.
    pub left_out: Vec<LeftOut>,
}

/// Reads the content folder of a repository.
///
/// # Errors
/// When the content folder cannot be listed.
pub fn documents(source: &dyn Source, content: &str, config: &Config) -> Result<Read> {
    let entries = source.list(content)?;
    let files: Vec<File> =
        entries.par_iter().map(|entry| file::read(source, content, entry, config)).collect();
    Ok(Read::of(files, config))
}

impl Read {
    /// Puts files together.
    fn of(files: impl IntoIterator<Item = File>, config: &Config) -> Self {
        let mut read = Self {
            documents: Vec::new(),
            framework: Framework::default(),
            files: BTreeMap::new(),
            texts: Texts::default(),
            findings: Vec::new(),
            left_out: Vec::new(),
        };
        for file in files {
            read.take(file);
        }
        read.texts.0.insert(Arc::clone(&config.path), Arc::clone(&config.text));
        read.framework
            .standards
            .sort_by_key(|standard| (standard.id != config.standard, standard.id.clone()));
        read.framework
            .assessments
            .sort_by(|a, b| (&a.standard.value, a.date).cmp(&(&b.standard.value, b.date)));
        read
    }

    fn take(&mut self, file: File) {
        let File { path, text, typed: _, findings, content, with: _ } = file;
        if let Some(text) = text {
            self.texts.0.insert(Arc::clone(&path), text);
        }
        if let Content::Unreadable(label) = &content {
            let why = findings.last().map_or_else(String::new, |finding| finding.message.clone());
            let label = label.clone();
            self.left_out.push(LeftOut { path: Arc::clone(&path), why, label });
        }
        self.findings.extend(findings);
        match content {
            Content::Document(document, data) => {
                if let Some((path, text)) = data {
                    self.texts.0.insert(path, text);
                }
                self.documents.push(document);
            }
            Content::Standard(standard) => self.standard(standard),
            Content::Roles(roles) => self.framework.roles = roles,
            Content::Terms(terms) => self.framework.terms = terms,
            Content::Plan(plan) => self.framework.plan = Some(plan),
            Content::Assessment(assessment) => self.framework.assessments.push(assessment),
            Content::Checklist(checklist) => self.framework.checklists.push(checklist),
            Content::Other(opened) => {
                self.files.insert(path, opened);
            }
            Content::Nothing | Content::Unreadable(_) => {}
        }
    }
}

/// Reads one document, without the data file of a register: that is read by the caller, through `data`, which
/// gives the text of a path relative to the root or says why there is none.
pub fn document(
    path: &Arc<str>,
    text: &Arc<str>,
    config: &Config,
    data: &dyn Fn(&str) -> std::result::Result<Arc<str>, String>,
) -> (Document, Vec<Diagnostic>) {
    let load = |path: &str| data(path).map_err(document::NotLoaded::Unread);
    let (document, findings, _) = document::read(path, text, config, &load);
    (document, findings)
}
