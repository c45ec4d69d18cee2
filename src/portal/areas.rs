//! The folders of documents as a tree: the areas of the system (R65).

use std::collections::BTreeMap;

use super::{DocumentId, Library, State};
use crate::address::SitePath;
use crate::document::Status;
use crate::places;

/// All folders that hold documents, and those above them. The first is the content folder itself.
#[derive(Debug, Clone, Default)]
pub struct Areas {
    folders: Vec<Area>,
    by_path: BTreeMap<String, usize>,
}

/// One folder of documents.
#[derive(Debug, Clone)]
pub struct Area {
    /// Relative to the content folder; empty for that folder itself.
    pub path: String,
    /// That path's last part in words; empty for the content folder.
    pub name: String,
    /// Where its page stands.
    pub address: SitePath,
    /// The places of the folders directly below it, in portal order; [`Areas::below`] gives them.
    below: Vec<usize>,
    /// Its own documents, what is in force first, what is retired left out.
    pub documents: Vec<DocumentId>,
    /// Its own documents that are retired.
    retired: Vec<DocumentId>,
    /// How many documents lie in it and below, what is retired left out.
    pub count: usize,
}

impl Areas {
    /// The folders of the documents of a library.
    pub fn of(library: &Library, states: &[State]) -> Self {
        let mut areas = Self::default();
        areas.index("");
        for (id, entry) in library.documents() {
            let folder = places::folder_of(&entry.document.path, &library.content);
            let at = areas.index(folder);
            if entry.document.status() == Some(Status::Retired) {
                areas.folders[at].retired.push(id);
                continue;
            }
            areas.folders[at].documents.push(id);
            let mut above = Some(folder);
            while let Some(folder) = above {
                let at = areas.index(folder);
                areas.folders[at].count += 1;
                above = places::above(folder);
            }
        }
        for area in &mut areas.folders {
            area.documents.sort_by_key(|id| (!states[id.index()].in_force, *id));
        }
        areas
    }

    /// The place of a folder, which is made, with those above it, when there is none yet.
    fn index(&mut self, path: &str) -> usize {
        if let Some(known) = self.by_path.get(path) {
            return *known;
        }
        let above = places::above(path).map(|above| self.index(above));
        let own = self.folders.len();
        self.folders.push(Area {
            path: path.to_owned(),
            name: places::folder_name(path),
            address: places::of_folder(path),
            below: Vec::new(),
            documents: Vec::new(),
            retired: Vec::new(),
            count: 0,
        });
        self.by_path.insert(path.to_owned(), own);
        if let Some(above) = above {
            self.folders[above].below.push(own);
        }
        own
    }

    /// The folder of a path relative to the content folder.
    pub fn find(&self, path: &str) -> Option<&Area> {
        self.by_path.get(path).map(|index| &self.folders[*index])
    }

    /// All folders, the content folder first, in portal order.
    pub fn all(&self) -> &[Area] {
        &self.folders
    }

    /// The folders directly below another.
    pub fn below<'a>(&'a self, area: &'a Area) -> impl Iterator<Item = &'a Area> {
        area.below.iter().map(|index| &self.folders[*index])
    }

    /// All documents in a folder and below, in portal order.
    pub fn within(&self, area: &Area) -> Vec<DocumentId> {
        let mut within = Vec::new();
        let mut folders = vec![area];
        while let Some(area) = folders.pop() {
            within.extend(area.documents.iter().chain(&area.retired).copied());
            folders.extend(self.below(area));
        }
        within.sort_unstable();
        within
    }
}
