//! Documents to portal: references both ways, hierarchy, review states, clause coverage, and what one view may
//! see of it all.
//!
//! It goes in two steps, because a claim counts only while its document has no finding at error level
//! (contracts 3): [`library`] joins everything, `check` looks at it, and [`portal`] reckons states and coverage
//! with what was found, then strikes out what the view may not see.

mod addresses;
mod coverage;
mod names;
mod relations;
mod states;
mod targets;
mod visible;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Texts};
use crate::document::Document;
use crate::picture::Opened;
use crate::portal::{Areas, Entry, Framework, LeftOut, Library, Portal, Stamp, Target, View};
use crate::site::{PICTURES, ending, is_attachable};

use names::Names;

/// What is joined: the files of a repository, read.
#[derive(Debug, Clone)]
pub struct Input {
    /// In any order.
    pub documents: Vec<Arc<Document>>,
    /// Standards, roles and terms.
    pub framework: Arc<Framework>,
    /// All other files of the content folder, by path.
    pub files: BTreeMap<Arc<str>, Opened>,
    /// The texts that findings may point into.
    pub texts: Arc<Texts>,
}

/// Joins all documents into a library. Nothing in it depends on the day or on who asks.
pub fn library(input: Input, config: &Arc<Config>, content: &str) -> Library {
    let Input { mut documents, framework, files, texts } = input;
    documents.sort_by(|a, b| names::natural(&a.path, &b.path));
    let names = Names::new(&documents, files.keys(), &framework);
    let targets: Vec<_> = documents
        .par_iter()
        .map(|document| {
            targets::of(document, &documents, &names, &framework, &files, config, content)
        })
        .collect();
    let mut relations = relations::of(&documents, &names);
    let linked_from = relations::backlinks(targets.iter().map(Vec::as_slice));
    let addresses = addresses::of(&documents);
    let attachments = addresses::attachments(
        targets.iter().flatten().chain(&logo(config, &files, content)),
        content,
    );
    let size = |path: &Arc<str>| Some((Arc::clone(path), (*files.get(path)?.as_ref().ok()?)?));
    let pixels = attachments.keys().filter_map(size).collect();
    let files = files.into_iter().filter(|(path, opened)| opened.is_ok() && is_attachable(path));
    let files = files.map(|(path, _)| path).collect();
    let mut library = Library {
        config: Arc::clone(config),
        content: content.into(),
        framework,
        entries: Vec::with_capacity(documents.len()),
        by_reference: names.reference.clone(),
        files,
        attachments,
        pixels,
        texts,
    };
    let parts = targets.into_iter().zip(linked_from).zip(addresses);
    for ((index, document), ((targets, linked_from), address)) in
        documents.into_iter().enumerate().zip(parts)
    {
        let relations = std::mem::take(&mut relations[index]);
        library.entries.push(Entry {
            next_reviews: states::next_reviews(&document, config),
            document,
            address,
            governed_by: relations.governed_by,
            governs: relations.governs,
            related: relations.related,
            replaced_by: relations.replaced_by,
            replaces: relations.replaces,
            targets,
            linked_from,
        });
    }
    library
}

/// The logo that is set, as what is led to, if it is a picture of the content folder.
fn logo(config: &Config, files: &BTreeMap<Arc<str>, Opened>, content: &str) -> Option<Target> {
    let (path, _) = config.brand.logo.as_ref()?;
    let picture = PICTURES.contains(&&*ending(path));
    let path = crate::places::within(content, path);
    let found = files.get_key_value(&*path);
    let (path, _) = found.filter(|(_, opened)| picture && opened.is_ok())?;
    Some(Target::Attachment(Arc::clone(path)))
}

/// What one view may see of a library, with every state as of its day.
pub fn portal(
    library: Library,
    findings: Vec<Diagnostic>,
    left_out: Vec<LeftOut>,
    view: View,
    stamp: Stamp,
) -> Portal {
    let states = states::of(&library, &findings, &view);
    let coverage = coverage::of(&library, &states, &findings, &view);
    let (areas, proofs) = (Areas::default(), BTreeMap::new());
    let mut portal = visible::strike(Portal {
        view,
        library,
        states,
        coverage,
        findings,
        left_out,
        stamp,
        areas,
        proofs,
    });
    portal.areas = Areas::of(&portal.library, &portal.states);
    portal
}
