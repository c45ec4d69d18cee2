//! Where a site holds the word.

use std::collections::BTreeMap;

use crate::planted::WORD;
use crate::site::Site;

/// Places of the word, each with what stands around it and the hidings that leave it there.
#[derive(Default)]
pub(crate) struct Leaks(BTreeMap<String, (String, Vec<String>)>);

impl Leaks {
    /// Looks for the word in names and bytes.
    pub(crate) fn look(&mut self, name: &str, site: &Site) {
        assert!(site.len() > 200, "{name}: the whole site is there");
        for address in site.keys().filter(|address| address.to_lowercase().contains(WORD)) {
            self.add(name, format!("the name of {address}"), String::new());
        }
        for (address, around) in find(site, WORD) {
            self.add(name, address.to_owned(), around);
        }
    }

    pub(crate) fn add(&mut self, name: &str, place: String, around: String) {
        self.0.entry(place).or_insert((around, Vec::new())).1.push(name.to_owned());
    }

    #[track_caller]
    pub(crate) fn none(&self) {
        let lines = self.0.iter().map(|(place, (around, names))| {
            format!("{place}: {around}\n    ({})", names.join("; "))
        });
        assert!(
            self.0.is_empty(),
            "{} leaks:\n{}",
            self.0.len(),
            lines.collect::<Vec<_>>().join("\n")
        );
    }
}

/// The files that hold `what`, in whatever letter case, each with what stands around it.
pub(crate) fn find<'a>(
    site: &'a Site,
    what: &'a str,
) -> impl Iterator<Item = (&'a str, String)> + 'a {
    site.iter().filter_map(move |(address, bytes)| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        let at = text.find(what)?;
        let start = text[..at].char_indices().rev().nth(70).map_or(0, |(start, _)| start);
        let around: String = text[start..].chars().take(130).collect();
        Some((address.as_str(), format!("…{}…", around.replace('\n', " "))))
    })
}
