//! Where the links of a site lead.

use std::collections::{BTreeMap, BTreeSet};

use super::Site;
use super::page::Page;

/// The HTML files of a site, read.
pub(crate) fn pages(site: &Site) -> BTreeMap<String, Page> {
    let html = site.iter().filter(|(name, _)| name.ends_with(".html"));
    html.map(|(name, bytes)| (name.clone(), Page::read(bytes))).collect()
}

/// Links that are absolute, leave the site, or lead to nothing.
pub(crate) fn link_problems(site: &Site, pages: &BTreeMap<String, Page>) -> Vec<String> {
    let ids: BTreeMap<&String, BTreeSet<&str>> =
        pages.iter().map(|(name, page)| (name, page.ids().collect())).collect();
    let mut problems = Vec::new();
    for (name, page) in pages {
        let refresh = page.refresh();
        for (tag, link) in page.links().chain(refresh.as_deref().map(|to| ("a", to))) {
            let outside = ["http://", "https://", "mailto:", "tel:"]
                .iter()
                .any(|scheme| link.starts_with(scheme));
            if outside && tag == "a" {
                continue;
            }
            // This page is answered at any depth: its links begin at the path of the site.
            let link =
                if name == "404.html" { link.strip_prefix('/').unwrap_or(link) } else { link };
            let problem = match resolve(name, link) {
                Err(problem) => Some(problem),
                Ok((target, _)) if !site.contains_key(&target) => {
                    Some(format!("there is no {target}"))
                }
                Ok((target, Some(anchor))) => ids
                    .get(&target)
                    .is_none_or(|ids| !ids.contains(anchor.as_str()))
                    .then(|| format!("{target} has no id {anchor}")),
                Ok(_) => None,
            };
            problems
                .extend(problem.map(|problem| format!("{name}: <{tag}> to `{link}`: {problem}")));
        }
    }
    problems
}

/// The file that a link leads to, and the anchor in it.
pub(crate) fn resolve(from: &str, link: &str) -> Result<(String, Option<String>), String> {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(percent_decoded(anchor))),
        None => (link, None),
    };
    if anchor.as_deref() == Some("") || link.is_empty() {
        return Err("it is empty".to_owned());
    }
    if path.is_empty() {
        return Ok((from.to_owned(), anchor));
    }
    if path.starts_with('/') || path.contains(':') || path.contains('\\') || path.contains("//") {
        return Err("it is not relative".to_owned());
    }
    if path.ends_with('/') || path.contains('?') {
        return Err("it names no file".to_owned());
    }
    let mut parts: Vec<String> = from.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop().ok_or("it leaves the folder")?),
            "." => return Err("it has a part that does nothing".to_owned()),
            part => parts.push(percent_decoded(part)),
        }
    }
    Ok((parts.join("/"), anchor))
}

pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).expect("an address is UTF-8")
}
