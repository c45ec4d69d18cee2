//! Every page of the site as a small value.

use std::collections::BTreeSet;

use crate::address::SitePath;
use crate::diagram::Appearance;
use crate::places;
use crate::portal::{Entry, Portal};
use crate::site::{Export, Grouping, Page, Script, Site, is_generated};
use crate::theme::Theme;

/// Lists every page of a portal. Generated pages win over references and former addresses (contracts 5).
pub fn plan(portal: &Portal, theme: &Theme) -> Site {
    let mut plan = Plan { site: Site::default(), taken: BTreeSet::new(), folders: BTreeSet::new() };
    let library = &portal.library;
    let standards = &library.framework.standards;
    for (address, page) in [
        ("index.html", Page::Home),
        ("documents/index.html", Page::Register),
        ("documents/register.csv", Page::Export(Export::RegisterCsv)),
        ("documents/register.json", Page::Export(Export::RegisterJson)),
        ("reviews.html", Page::Reviews),
        ("reviews.json", Page::Export(Export::ReviewsJson)),
        ("roles/index.html", Page::Roles),
        ("glossary.html", Page::Glossary),
        ("registers.html", Page::Registers),
        ("changes.html", Page::Changes),
        ("changes.xml", Page::Export(Export::ChangesFeed)),
        ("dashboard.html", Page::Dashboard),
        ("assessments.html", Page::Assessments),
        ("checklists.html", Page::Checklists),
        ("assets/words.js", Page::Script(Script::Words)),
        ("assets/terms.js", Page::Script(Script::Terms)),
        ("about.html", Page::About(portal.stamp.commit.clone())),
        ("search.html", Page::Search),
        ("a-z.html", Page::Alphabet),
        ("404.html", Page::NotFound),
        ("licences.txt", Page::Export(Export::Licences)),
    ] {
        plan.add(places::at(address), page);
    }
    // Without a plan one page says how to come by one.
    for grouping in Grouping::ALL {
        if library.framework.plan.is_some() || grouping == Grouping::Area {
            plan.add(places::plan(grouping), Page::Plan(grouping));
        }
    }
    for name in theme.files.keys() {
        if let Some(address) = SitePath::new(&format!("assets/{name}")) {
            plan.add(address, Page::Static(name.clone()));
        }
    }
    for (index, standard) in standards.iter().enumerate() {
        plan.add(places::clauses(portal, index), Page::Clauses(index));
        plan.add(places::matrix(portal, index), Page::Matrix(index));
        let coverage = if index == 0 {
            "coverage.json".to_owned()
        } else {
            format!("clauses/{}/coverage.json", standard.id)
        };
        plan.add(places::at(&coverage), Page::Export(Export::CoverageJson(index)));
        for clause in &standard.clauses {
            let address = places::clause(portal, index, &clause.number);
            if index == 0 {
                let long = places::at(&format!("clauses/{}/{}.html", standard.id, clause.number));
                plan.add(long, Page::Redirect(address.clone(), None));
            }
            plan.add(address, Page::Clause(index, clause.number.clone()));
        }
    }
    for (index, role) in library.framework.roles.iter().enumerate() {
        plan.add(places::role(&role.id), Page::Role(index));
        plan.add(places::role_script(&role.id), Page::Script(Script::Role(index)));
    }
    for (id, entry) in library.documents() {
        if let Some(address) = &entry.address {
            plan.add(address.clone(), Page::Document(id));
            let diagrams = entry.document.diagrams.iter().enumerate();
            for (index, _) in diagrams.filter(|(_, diagram)| diagram.drawing.is_some()) {
                for appearance in Appearance::ALL {
                    let at = places::diagram(address, index, appearance);
                    plan.add(at, Page::Diagram(id, index, appearance));
                }
            }
        }
    }
    for area in portal.areas.all() {
        plan.add(area.address.clone(), Page::Folder(area.path.clone()));
    }
    for (path, address) in &library.attachments {
        plan.add(address.clone(), Page::Attachment(path.clone()));
    }
    // All references before all former addresses: those give way (contracts 5).
    for way in [reference, former as fn(&Entry) -> Vec<String>] {
        for (id, entry) in library.documents() {
            let Some(address) = &entry.address else { continue };
            for from in way(entry).iter().filter_map(|from| SitePath::new(from)) {
                let kept = library.config.build.keep.iter().any(|kept| from.is_within(kept));
                if !is_generated(&from) && !kept && from != *address {
                    plan.add(from, Page::Redirect(address.clone(), Some(id)));
                }
            }
        }
    }
    plan.site
}

struct Plan {
    site: Site,
    /// Addresses in lower case: two that differ in letter case alone are one on many disks.
    taken: BTreeSet<String>,
    /// The folders of those pages: none of them can be a page.
    folders: BTreeSet<String>,
}

impl Plan {
    /// Adds a page unless its address is taken; that it was is told by a rule.
    fn add(&mut self, address: SitePath, page: Page) {
        let folded = address.folded();
        let above: Vec<String> = above(&folded).map(str::to_owned).collect();
        if self.folders.contains(&folded) || above.iter().any(|page| self.taken.contains(page)) {
            return;
        }
        if self.taken.insert(folded) {
            self.folders.extend(above);
            self.site.0.insert(address, page);
        }
    }
}

/// The folders that an address lies in.
fn above(address: &str) -> impl Iterator<Item = &str> {
    address.match_indices('/').map(|(at, _)| &address[..at])
}

/// The address that the reference of a document leads from.
fn reference(entry: &Entry) -> Vec<String> {
    entry.document.reference().map(|reference| format!("{reference}.html")).into_iter().collect()
}

/// The addresses that a document had.
fn former(entry: &Entry) -> Vec<String> {
    let old = entry.document.front_matter.old_paths.iter();
    old.map(|old| old.value.trim_start_matches('/').to_owned()).collect()
}
