//! What changed, as an Atom feed (RFC 4287, R40).

use crate::document::Change;
use crate::html::{escape, is_xml};
use crate::portal::{Changed, Portal};
use crate::wording::Wording;

/// How many entries a feed holds: readers ask for it often, and have kept what is older.
const ENTRIES: usize = 50;

/// The feed of a portal. Links are relative to it, unless `base_url` names a host; names of entries follow from the
/// document's reference, the version and the day, so that a reader knows again what it has shown.
pub(super) fn feed(portal: &Portal, wording: Wording) -> String {
    let config = &portal.library.config;
    let changes = portal.changes();
    let newest = changes.first().map_or(portal.view.today, |changed| changed.date);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"",
    );
    attribute("xml:lang", &config.language, &mut out);
    if let Some(base) = &config.site_url {
        attribute("xml:base", base, &mut out);
    }
    out.push_str(">\n");
    let title = wording.0.say("changes.feed", &[("name", config.name())]);
    element("title", &title, &mut out);
    element("id", &urn(&[&config.organization, &config.base_url]), &mut out);
    element("updated", &format!("{newest}T00:00:00Z"), &mut out);
    out.push_str("<link rel=\"self\" type=\"application/atom+xml\" href=\"changes.xml\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"changes.html\"/>\n<author>");
    element("name", &config.organization, &mut out);
    out.push_str("</author>\n<generator>Clausebook</generator>\n");
    for changed in changes.iter().take(ENTRIES) {
        entry(portal, wording, changed, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(portal: &Portal, wording: Wording, changed: &Changed, out: &mut String) {
    let entry = portal.library.entry(changed.document);
    let document = &entry.document;
    let version = changed.change.version.as_ref().map(|version| version.value.to_string());
    let version = version.unwrap_or_default();
    let date = changed.date.to_string();
    out.push_str("<entry>\n");
    let named = [("title", document.title()), ("version", &*version)];
    let title = if version.is_empty() {
        document.title().to_owned()
    } else {
        wording.0.say("changes.entry", &named)
    };
    let not_in_force = if portal.state(changed.document).in_force {
        String::new()
    } else {
        format!(" ({})", wording.0.get("search.not-in-force"))
    };
    element("title", &format!("{title}{not_in_force}"), out);
    // The name of an entry outlives a move of its file and a slip that is mended in it.
    let known = document.reference().unwrap_or(&document.path);
    let alike = alike_below(&document.front_matter.changes, changed.change).to_string();
    let summary = changed.change.summary.as_ref().map_or("", |summary| summary.value.as_str());
    element("id", &urn(&[known, &version, &date, &alike]), out);
    element("updated", &format!("{date}T00:00:00Z"), out);
    if let Some(address) = &entry.address {
        out.push_str("<link rel=\"alternate\" type=\"text/html\"");
        attribute("href", address.as_str(), out);
        out.push_str("/>\n");
    }
    if let Some(reference) = document.reference() {
        out.push_str("<category");
        attribute("term", reference, out);
        out.push_str("/>\n");
    }
    element("summary", if summary.is_empty() { &title } else { summary }, out);
    out.push_str("</entry>\n");
}

/// How many entries of the same version and day stand below one: what is written on top of them changes none of it.
fn alike_below(changes: &[Change], change: &Change) -> usize {
    let named = |change: &Change| {
        let version = change.version.as_ref().map(|version| version.value.clone());
        (version, change.date.as_ref().map(|date| date.value))
    };
    let below = changes.iter().filter(|other| other.range.start > change.range.start);
    below.filter(|other| named(other) == named(change)).count()
}

/// A name that is the same as long as the parts are: a UUID of version 8 from their SHA-256 (RFC 9562).
fn urn(parts: &[&str]) -> String {
    let digest = crate::digest::sha256(parts.join("\n").as_bytes());
    let hex = &digest[..32];
    // Where version and variant stand, they are told.
    let variant = ["8", "9", "a", "b"][usize::from(hex.as_bytes()[16]) % 4];
    format!(
        "urn:uuid:{}-{}-8{}-{variant}{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..32]
    )
}

fn element(name: &str, text: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    escape(&plain(text), out);
    out.push_str("</");
    out.push_str(name);
    out.push_str(">\n");
}

fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(&plain(value), out);
    out.push('"');
}

/// Without what XML cannot hold.
fn plain(text: &str) -> String {
    text.chars().filter(|c| is_xml(*c)).collect()
}
