//! The search contract, tried: each query of `found_by` asked of an index of all documents.

use std::collections::HashMap;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::engine::{self, Asked, Engine, Section};
use super::sections;
use crate::contract::{Answered, FIRST};
use crate::document::Status;
use crate::failure::Result;
use crate::portal::{DocumentId, Portal};
use crate::wording::Wording;

/// How many pages are looked at for the place of a document that is not among the first.
const LOOKED_AT: usize = 50;

/// What search answers to the queries that the documents of `portal` state, in a portal of these words. Documents
/// without a page are left out. It takes as long as there are many queries and documents, so `go_on` is asked before each
/// query; `None` when it says no.
///
/// # Errors
/// When the index cannot be made.
pub fn contract(
    portal: &Portal,
    wording: Wording,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Vec<Answered>>> {
    let sections = sections(portal, wording);
    let engine = super::index(&sections, &portal.library.config.language)?.open()?;
    let mut of_page: HashMap<&str, Vec<&Section>> = HashMap::new();
    for section in &sections {
        of_page.entry(&section.page.url).or_default().push(section);
    }
    // What is approved and takes effect later is found like what is in force: the order does not turn with the day.
    let effective = portal.library.entries.iter();
    let effective = effective.filter_map(|entry| entry.document.in_force_from()).max();
    let today = effective.map_or(portal.view.today, |day| day.max(portal.view.today));
    let asked: Vec<(DocumentId, usize)> = portal
        .library
        .documents()
        .filter(|(_, entry)| entry.address.is_some())
        .flat_map(|(id, entry)| {
            (0..entry.document.front_matter.found_by.len()).map(move |query| (id, query))
        })
        .collect();
    let answers = asked.into_par_iter().map(|(id, query)| {
        if !go_on() {
            return Ok(None);
        }
        let entry = portal.library.entry(id);
        let text = &entry.document.front_matter.found_by[query].value;
        let url = entry.address.as_ref().map_or("", |address| address.as_str());
        let retired = entry.document.status() == Some(Status::Retired);
        let asked = Asked {
            text,
            filters: if retired { "status:any" } else { "" },
            today: super::day(today),
            due_soon: portal.view.due_soon_days,
            limit: FIRST,
        };
        let (mut place, mut before) = place(&engine, asked, url)?;
        let mut lacks = Vec::new();
        if place.is_none() {
            (place, _) = self::place(&engine, Asked { limit: LOOKED_AT, ..asked }, url)?;
            let own = of_page.get(url).map_or(&[][..], Vec::as_slice);
            lacks = engine::lacking(text, own, &portal.library.config.language);
        } else {
            before.clear();
        }
        Ok(Some(Answered { document: id, query, place, before, lacks }))
    });
    answers.collect()
}

/// At which place the page stands, from 1, and the titles of those that stand before it.
fn place(engine: &Engine, asked: Asked, url: &str) -> Result<(Option<usize>, Vec<String>)> {
    let mut before: Vec<(String, String)> = Vec::new();
    for hit in super::ask(engine, asked)?.hits {
        let page = hit.url.split('#').next().unwrap_or_default();
        if page == url {
            return Ok((Some(before.len() + 1), titles(before)));
        }
        if before.last().is_none_or(|(last, _)| last != page) {
            before.push((page.to_owned(), hit.page_title));
        }
    }
    Ok((None, titles(before)))
}

fn titles(pages: Vec<(String, String)>) -> Vec<String> {
    pages.into_iter().map(|(_, title)| title).collect()
}
