//! Where documents and attachments stand within the site (contracts 5).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::address::{MAX_PART, SitePath, slug};
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
        let within = crate::places::relative(path, content);
        let safe: String = within
            .chars()
            .map(|c| if r#"\<>:"|?*"#.contains(c) || c.is_control() { '-' } else { c })
            .collect();
        let wanted = SitePath::new(&format!("files/{safe}")).or_else(|| {
            // Windows reserves the name, or ends names otherwise; the ending tells servers what it is.
            let (stem, ending) = ending_of(&safe);
            let ending =
                if ending.len() > 1 { format!(".{}", slug(ending)) } else { String::new() };
            SitePath::new(&format!("files/{}{ending}", slug(stem)))
        });
        let mut address = wanted.clone();
        let mut n = 1;
        let address = loop {
            if let Some(address) = address.filter(|address| taken.insert(address.folded())) {
                break address;
            }
            n += 1;
            let wanted = wanted.as_ref().map_or("files/untitled", SitePath::as_str);
            address = SitePath::new(&numbered(wanted, n));
        };
        attachments.insert(Arc::clone(path), address);
    }
    attachments
}

/// `a/b.png` as `a/b` and `.png`.
fn ending_of(path: &str) -> (&str, &str) {
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    let dot = path[name..].rfind('.').map_or(path.len(), |dot| name + dot);
    path.split_at(dot)
}

/// `files/plan-2.png` for `files/plan.png`. The number has its place however long the name is, so that no two numbers
/// give one address.
fn numbered(wanted: &str, n: usize) -> String {
    let (stem, ending) = ending_of(wanted);
    let (folder, stem) = stem.rsplit_once('/').unwrap_or(("files", stem));
    let tail = format!("-{n}{ending}");
    let end = stem.floor_char_boundary(MAX_PART.saturating_sub(tail.len()));
    let stem = if end == 0 { "untitled" } else { &stem[..end] };
    let tail = if tail.len() < MAX_PART { tail } else { format!("-{n}") };
    format!("{folder}/{stem}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attachment_has_an_address_of_its_own() {
        let long = "x".repeat(247);
        let odd = format!("content/.{}", "y".repeat(254));
        let folded = ["aaaa", "aaaA", "aaAA", "aAAA"].map(|end| format!("content/{long}{end}.png"));
        let odd = [
            &*odd,
            &odd.to_uppercase(),
            "content/LICENSE",
            "content/License",
            "content/aux.png",
            "content/a./b.png",
        ];
        let all: Vec<&str> = folded.iter().map(String::as_str).chain(odd).collect();
        let targets: Vec<Target> =
            all.iter().map(|path| Target::Attachment((*path).into())).collect();
        let given = attachments(&targets, "content");
        let addresses: BTreeSet<String> = given.values().map(SitePath::folded).collect();
        assert_eq!(addresses.len(), all.len(), "{given:#?}");
        let address = |path: &str| given[path].as_str().to_owned();
        assert_eq!(address("content/License"), "files/License-2");
        assert_eq!(address("content/aux.png"), "files/aux-page.png");
        assert_eq!(address("content/a./b.png"), "files/a-b.png");
    }
}
