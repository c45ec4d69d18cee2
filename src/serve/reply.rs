//! What was asked, what is answered: nothing here knows of a connection.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::address::SitePath;
use crate::diagnostic::nearest;
use crate::html::escape;
use crate::portal::Commit;
use crate::search;
use crate::search::engine::Asked as Query;
use crate::site::Site;
use crate::source::Source;

use super::find::Finder;
use super::hosts::Hosts;
use super::panel::{self, Desk};
use super::range::{Part, part};
use super::shown::{Shown, tag};
use super::target::{decoded, parameter, parameters};

/// What a request may be at most: its line and its headers.
const LARGEST: usize = 16 * 1024;

/// How many near addresses a missing one is answered with.
const NEAR: usize = 5;

/// A request, read.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) method: String,
    /// As it stood in the request: path and query.
    pub(super) target: String,
    /// In lower case, with their values.
    pub(super) headers: Vec<(String, String)>,
}

impl Asked {
    fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    fn size(&self) -> usize {
        let headers: usize =
            self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.method.len() + self.target.len() + headers
    }
}

/// What comes back.
#[derive(Debug)]
pub(super) enum Answer {
    /// At once.
    Reply(Reply),
    /// When the portal is another than this one, or after a while.
    Hold {
        /// The tab that asks.
        tab: String,
    },
}

/// A response.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Body,
}

/// The bytes of a response: a part of what may be kept.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) bytes: Arc<[u8]>,
    pub(super) part: std::ops::Range<usize>,
    /// How long the body is said to be, also where it is not sent.
    pub(super) length: usize,
}

/// What is answered from.
pub(super) struct Counter<'a> {
    pub(super) shown: &'a Shown,
    pub(super) source: &'a dyn Source,
    pub(super) commit: &'a dyn Fn() -> Option<Commit>,
    pub(super) hosts: &'a Hosts,
    pub(super) finder: &'a Finder,
    /// Nothing but what a build publishes.
    pub(super) as_published: bool,
    pub(super) root: &'a str,
    pub(super) editor: Option<&'a str>,
}

/// Answers a request.
pub(super) fn answer(counter: &Counter, asked: &Asked) -> Answer {
    match refused(counter, asked) {
        Some(reply) => Answer::Reply(reply),
        None => found(counter, asked),
    }
}

fn refused(counter: &Counter, asked: &Asked) -> Option<Reply> {
    if asked.size() > LARGEST {
        return Some(Reply::text(431, "the request is larger than 16 kB"));
    }
    let mut hosts = asked.headers.iter().filter(|(name, _)| name == "host");
    let host = hosts.next().map(|(_, value)| value.as_str());
    if hosts.next().is_some() || !host.is_some_and(|host| counter.hosts.allow(host)) {
        return Some(Reply::text(
            403,
            "this server is not known by that name: use localhost, an address in numbers, or name the host with --allow-host",
        ));
    }
    if !matches!(&*asked.method, "GET" | "HEAD") {
        let reply = Reply::text(405, "only GET and HEAD are answered");
        return Some(reply.with("Allow", "GET, HEAD"));
    }
    None
}

fn found(counter: &Counter, asked: &Asked) -> Answer {
    let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
    let Some(path) = decoded(path).filter(|path| path.starts_with('/')) else {
        return Answer::Reply(Reply::text(400, "the address cannot be read"));
    };
    let base = &counter.shown.portal.library.config.base_url;
    // A portal that is to stand below a path is answered there as well.
    let within = path.strip_prefix(base.as_str()).unwrap_or(&path[1..]);
    if within == "api/search" {
        return Answer::Reply(api(counter, query));
    }
    if let Some(own) = path.strip_prefix("/-/").filter(|_| !counter.as_published) {
        return own_file(counter, asked, own, query);
    }
    Answer::Reply(page(counter, asked, within))
}

/// What only serve has: the script, its style, the wait for a change.
fn own_file(counter: &Counter, asked: &Asked, own: &str, query: &str) -> Answer {
    if let Some(epoch) = own.strip_prefix("changes/") {
        let current = counter.shown.epoch.to_string();
        let tab = parameter(query, "tab").unwrap_or_default();
        // The longest name that is kept: it is the reader's, not ours.
        let tab: String = tab.chars().take(64).collect();
        return if epoch == current {
            Answer::Hold { tab }
        } else {
            Answer::Reply(changes(counter.shown))
        };
    }
    let file = counter.shown.look.theme.serve.get(own);
    Answer::Reply(match file {
        Some(bytes) => sent(asked, bytes.as_slice().into(), kind(own)),
        None => Reply::text(404, "there is no such file"),
    })
}

/// What a waiting tab is told.
pub(super) fn changes(shown: &Shown) -> Reply {
    let text = format!("{{\"epoch\":{}}}", shown.epoch);
    Reply::new(200, "application/json", text.into_bytes())
}

fn page(counter: &Counter, asked: &Asked, within: &str) -> Reply {
    let whole = match within {
        "" => "index.html".to_owned(),
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        file => file.to_owned(),
    };
    let address = SitePath::new(&whole);
    let known = address.as_ref().and_then(|address| Some((address, counter.shown.page(address)?)));
    let Some((address, page)) = known else { return missing(counter, within) };
    let made = match counter.shown.bytes(counter.source, counter.commit, address, page) {
        Ok(made) => made,
        Err(failure) => return broken(counter, &failure),
    };
    let kind = kind(address.as_str());
    if !kind.starts_with("text/html") || counter.as_published {
        return sent(asked, Arc::clone(&made.bytes), kind);
    }
    let failure = made.failure.as_ref();
    sent(asked, panel::add(&counter.desk(), &made.bytes, Some(page), failure).into(), kind)
}

impl<'a> Counter<'a> {
    fn desk(&self) -> Desk<'a> {
        Desk { shown: self.shown, root: self.root, editor: self.editor }
    }
}

/// A page that no theme can fill: what is wrong, and the script that waits for it to be mended.
fn broken(counter: &Counter, failure: &crate::failure::Failure) -> Reply {
    let mut text = String::new();
    escape(&failure.to_string(), &mut text);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>error</title></head><body><main><pre>{text}</pre></main></body></html>\n"
    );
    let html = if counter.as_published {
        html.into_bytes()
    } else {
        panel::add(&counter.desk(), html.as_bytes(), None, None)
    };
    Reply::new(500, "text/html; charset=utf-8", html)
}

/// The portal's own page for missing addresses, with those that are near.
fn missing(counter: &Counter, within: &str) -> Reply {
    let site = counter.shown.site();
    let folder = SitePath::new(&format!("{within}/index.html"));
    let base = &counter.shown.portal.library.config.base_url;
    if folder.is_some_and(|folder| site.0.contains_key(&folder)) {
        // Links of a folder's page count from behind its name.
        let name = within.rsplit('/').next().unwrap_or_default();
        let to = format!("{}/", crate::address::percent_encoded(name, ""));
        return Reply::text(301, "it is a folder").with("Location", &to);
    }
    let address = SitePath::new("404.html");
    let page = address.as_ref().and_then(|address| Some((address, site.0.get(address)?)));
    let Some((address, page)) = page else { return Reply::text(404, "there is no such page") };
    let made = match counter.shown.bytes(counter.source, counter.commit, address, page) {
        Ok(made) => made,
        Err(failure) => return broken(counter, &failure),
    };
    let mut html = String::from_utf8_lossy(&made.bytes).into_owned();
    let near = near(site, within);
    if !near.is_empty() {
        let mut list = format!("<p>{}</p>\n<ul>\n", {
            let mut words = String::new();
            escape(&counter.shown.look.theme.words.get("serve.near"), &mut words);
            words
        });
        for found in near {
            let href = format!("{base}{}", crate::address::percent_encoded(found, "/"));
            list.push_str(&format!("<li><a href=\"{href}\">"));
            escape(found, &mut list);
            list.push_str("</a></li>\n");
        }
        list.push_str("</ul>\n");
        let at = html.find("</main>").unwrap_or(html.len());
        html.insert_str(at, &list);
    }
    let html = if counter.as_published {
        html.into_bytes()
    } else {
        panel::add(&counter.desk(), html.as_bytes(), Some(page), made.failure.as_ref())
    };
    Reply::new(404, "text/html; charset=utf-8", html)
}

/// The pages that may have been meant, the likeliest first.
fn near<'a>(site: &'a Site, asked: &str) -> Vec<&'a str> {
    let pages = || site.0.keys().map(SitePath::as_str).filter(|known| known.ends_with(".html"));
    let lower = asked.trim_end_matches('/').to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    let stem = name.strip_suffix(".html").unwrap_or(name);
    let same = |known: &&str| {
        let known = known.to_lowercase();
        known == lower || known.strip_suffix(".html") == Some(&*lower)
    };
    let of_name = |known: &&str| {
        let known = known.to_lowercase();
        let last = known.rsplit('/').next().unwrap_or_default();
        !stem.is_empty() && last.strip_suffix(".html") == Some(stem)
    };
    let stem_of = |known: &'a str| -> &'a str {
        let last = known.rsplit('/').next().unwrap_or(known);
        last.strip_suffix(".html").unwrap_or(last)
    };
    let stems: BTreeSet<&str> = pages().map(stem_of).collect();
    let like = nearest(stem, stems);
    let like =
        like.into_iter().flat_map(|near| pages().filter(move |known| stem_of(known) == near));
    let all = pages().filter(same).chain(pages().filter(of_name)).chain(like);
    let mut found: Vec<&str> = Vec::new();
    for known in all {
        if found.len() < NEAR && !found.contains(&known) {
            found.push(known);
        }
    }
    found
}

/// `GET /api/search?q=…`: what the search of the portal answers, as `clausebook search --format json` prints it.
fn api(counter: &Counter, query: &str) -> Reply {
    let text = parameter(query, "q").unwrap_or_default();
    let mut filters = String::new();
    for key in ["type", "owner", "clause", "status", "standard"] {
        for value in parameters(query, key) {
            filters.push_str(&format!("{key}:\"{}\" ", value.replace('"', " ")));
        }
    }
    filters.push_str(&parameter(query, "filters").unwrap_or_default());
    let limit = parameter(query, "limit").and_then(|limit| limit.parse().ok()).unwrap_or(10);
    let view = &counter.shown.portal.view;
    let today = parameter(query, "today").and_then(|day| day.parse().ok());
    let asked = Query {
        text: &text,
        filters: &filters,
        today: today.unwrap_or_else(|| search::day(view.today)),
        due_soon: view.due_soon_days,
        limit: std::cmp::min(limit, 100),
    };
    match counter.finder.ask(counter.shown, asked) {
        Ok(answer) => Reply::new(200, "application/json", answer.json(&text).into_bytes()),
        Err(failure) => Reply::text(500, &failure.to_string()),
    }
}

/// A file, whole or in part, or the word that the reader has it.
fn sent(asked: &Asked, bytes: Arc<[u8]>, kind: &'static str) -> Reply {
    let tag = format!("\"{}\"", tag(&bytes));
    let reply = |status, part: std::ops::Range<usize>| {
        let length = part.len();
        Reply {
            status,
            headers: headers(kind),
            body: Body { bytes: Arc::clone(&bytes), part, length },
        }
        .with("ETag", &tag)
        .with("Accept-Ranges", "bytes")
    };
    let known = |header: &str| {
        let tags = header.split(',').map(str::trim);
        tags.map(|known| known.strip_prefix("W/").unwrap_or(known))
            .any(|known| known == tag || known == "*")
    };
    if asked.header("if-none-match").is_some_and(known) {
        let mut reply = reply(304, 0..0);
        reply.body.length = bytes.len();
        return reply;
    }
    // A part of a file that has changed fits no other part of it.
    let range = asked
        .header("range")
        .filter(|_| asked.header("if-range").is_none_or(|of| of.trim() == tag));
    match part(range, bytes.len()) {
        Part::Whole => reply(200, 0..bytes.len()),
        Part::Bytes(range) => {
            let text = format!("bytes {}-{}/{}", range.start, range.end - 1, bytes.len());
            reply(206, range).with("Content-Range", &text)
        }
        Part::Beyond => {
            let text = format!("bytes */{}", bytes.len());
            reply(416, 0..0).with("Content-Range", &text)
        }
    }
}

/// What every answer says: that it is not to be kept, and is what it says it is.
fn headers(kind: &str) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Type", kind.to_owned()),
        ("Cache-Control", "no-store".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ]
}

impl Reply {
    fn new(status: u16, kind: &'static str, bytes: Vec<u8>) -> Self {
        let length = bytes.len();
        Self {
            status,
            headers: headers(kind),
            body: Body { bytes: bytes.into(), part: 0..length, length },
        }
    }

    fn text(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// The type of a file by its ending: all that a portal may hold.
fn kind(name: &str) -> &'static str {
    match &*crate::site::ending(name) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "pdf" => "application/pdf",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "xml" => "application/xml",
        "woff2" => "font/woff2",
        "ico" => "image/vnd.microsoft.icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Page;

    #[test]
    fn near_addresses_are_the_likeliest_first() {
        let site = Site(
            [
                "documents/change-policy.html",
                "documents/index.html",
                "clauses/8.5.1.html",
                "roles/owner.html",
            ]
            .into_iter()
            .filter_map(|path| Some((SitePath::new(path)?, Page::Home)))
            .collect(),
        );
        assert_eq!(near(&site, "documents/chnage-policy.html"), ["documents/change-policy.html"]);
        assert_eq!(near(&site, "change-policy"), ["documents/change-policy.html"]);
        assert_eq!(near(&site, "Documents/Change-Policy.html"), ["documents/change-policy.html"]);
        assert_eq!(near(&site, "clauses/8.5.1"), ["clauses/8.5.1.html"]);
        assert!(near(&site, "quite/something/else.html").is_empty());
        assert!(near(&site, "").is_empty());
    }

    #[test]
    fn a_reader_who_has_it_is_told_so_and_parts_are_cut() {
        let bytes: Arc<[u8]> = b"0123456789"[..].into();
        let ask = |headers: &[(&str, &str)]| {
            let headers = headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect();
            sent(&Asked { headers, ..Asked::default() }, Arc::clone(&bytes), "text/plain")
        };
        let whole = ask(&[]);
        let tag =
            whole.headers.iter().find(|(name, _)| *name == "ETag").expect("it has one").1.clone();
        assert_eq!((whole.status, whole.body.part.clone()), (200, 0..10));
        let known = ask(&[("if-none-match", &format!("\"x\", W/{tag}"))]);
        assert_eq!((known.status, known.body.part.len(), known.body.length), (304, 0, 10));
        let cut = ask(&[("range", "bytes=2-4")]);
        assert_eq!((cut.status, cut.body.part.clone()), (206, 2..5));
        assert!(cut.headers.contains(&("Content-Range", "bytes 2-4/10".to_owned())));
        assert_eq!(ask(&[("range", "bytes=10-")]).status, 416);
        assert_eq!(ask(&[("range", "bytes=2-4"), ("if-range", "\"other\"")]).status, 200);
        assert_eq!(ask(&[("range", "bytes=2-4"), ("if-range", &tag)]).status, 206);
    }
}
