//! Where documents and attachments stand within the site (contracts 5).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::address::{SitePath, slug};
use crate::document::Document;
use crate::portal::Target;

/// The address of each document; of two with one address the first by path keeps it.
pub(super) fn of(documents: &[Arc<Document>]) -> Vec<Option<SitePath>> {
    let mut by_path: Vec<usize> = (0..documents.len()).collect();
    by_path.sort_by_key(|&index| &documents[index].path);
    let mut taken = BTreeSet::new();
    let mut addresses = vec![None; documents.len()];
    for index in by_path {
        let address = SitePath::new(&format!("documents/{}.html", documents[index].page_name()));
        addresses[index] = address.filter(|address| taken.insert(address.folded()));
    }
    addresses
}

/// The attachments that are linked to, each with its address: its path within the content folder, below `files/`.
pub(super) fn attachments<'t>(
    targets: impl IntoIterator<Item = &'t Target>,
    content: &str,
) -> BTreeMap<Arc<str>, SitePath> {
    let paths: BTreeSet<&Arc<str>> = targets
        .into_iter()
        .filter_map(|target| match target {
            Target::Attachment(path) => Some(path),
            _ => None,
        })
        .collect();
    let mut taken = BTreeSet::new();
    let mut attachments = BTreeMap::new();
    for path in paths {
        let within = path.strip_prefix(content).unwrap_or(path).trim_start_matches('/');
        let safe: String = within
            .chars()
            .map(|c| if r#"\<>:"|?*"#.contains(c) || c.is_control() { '-' } else { c })
            .collect();
        let wanted = SitePath::new(&format!("files/{safe}")).unwrap_or_else(|| {
            SitePath::new(&format!("files/{}", slug(&safe))).unwrap_or_else(unreachable_address)
        });
        let mut address = wanted.clone();
        let mut n = 2;
        while !taken.insert(address.folded()) {
            let (stem, ending) = wanted.as_str().rsplit_once('.').unwrap_or((wanted.as_str(), ""));
            address =
                SitePath::new(&format!("{stem}-{n}.{ending}")).unwrap_or_else(unreachable_address);
            n += 1;
        }
        attachments.insert(Arc::clone(path), address);
    }
    attachments
}

/// A slug is a part of an address, which the tests of `address` hold.
fn unreachable_address() -> SitePath {
    SitePath::new("files/untitled").expect("a plain name is an address")
}
