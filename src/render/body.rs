//! The body of a document as HTML.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{CowStr, Event, Tag, TagEnd, html};

mod diagrams;
mod links;
mod tables;

use super::{escape, highlight};
use crate::address::{SCHEMES, SitePath, leads_outside};
use crate::document::Document;
use crate::html::{self as raw, HtmlTag, RAW_TEXT, SWALLOWING};
use crate::markdown::{self, Dialect, Node};
use crate::places;
use crate::portal::{DocumentId, Entry, Portal};
use crate::wording::Wording;
use crate::words::Words;

use tables::Table;

/// A body as it stands on a page.
pub(super) struct Body {
    /// Safe.
    pub(super) html: String,
    /// Some of its code is marked by classes of syntect.
    pub(super) highlighted: bool,
    /// The documents that its text leads to, each once with the address as it is written, in order.
    pub(super) leads_to: Vec<(String, DocumentId)>,
}

/// The body of a document on the page at `address`.
pub(super) fn html(portal: &Portal, words: &Words, id: DocumentId, address: &SitePath) -> Body {
    let entry = portal.library.entry(id);
    let document = &*entry.document;
    let config = &portal.library.config;
    let dialect = Dialect { variables: &config.variables, guidance: portal.view.guidance };
    let body = markdown::parse(&document.text, document.body, dialect);
    let top = document.sections.iter().map(|section| section.level).min().unwrap_or(2);
    let mut writer = Writer {
        portal,
        words,
        entry,
        address,
        events: Vec::with_capacity(body.nodes.len()),
        shift: 2i8 - i8::try_from(top).unwrap_or(2),
        next_link: 0,
        next_section: 0,
        next_diagram: 0,
        guidance: 0,
        open: Vec::new(),
        code: None,
        table: Table::default(),
        notes: BTreeMap::new(),
        referenced: HashSet::new(),
        defined: HashSet::new(),
        written: HashSet::new(),
        leads_to: Vec::new(),
        told: HashSet::new(),
        quiet: 0,
        quiet_html: 0,
        drawings: 0,
        regions: 0,
    };
    for (node, _) in &body.nodes {
        match node {
            Node::Event(Event::FootnoteReference(name)) => {
                writer.referenced.insert(name.to_string());
            }
            Node::Event(Event::Start(Tag::FootnoteDefinition(name))) => {
                writer.defined.insert(name.to_string());
            }
            _ => {}
        }
    }
    for (node, _) in body.nodes {
        writer.node(node);
    }
    let mut out = String::with_capacity(document.text.len() * 2);
    let (written, leads_to) = (writer.written, writer.leads_to);
    html::push_html(&mut out, writer.events.into_iter());
    let out = if body.raw_html { sanitizer(written).clean(&out).to_string() } else { out };
    // A byte-order mark is nothing that was typed.
    let typed = document.text.get(..document.body);
    let html = match typed.map(|typed| typed.trim_start_matches('\u{feff}').trim()) {
        // What was meant as front matter and cannot be read is shown as it was typed.
        Some(typed) if document.broken && !typed.is_empty() => {
            format!("<pre class=\"typed\">{}</pre>\n{out}", escaped(typed))
        }
        _ => out,
    };
    Body { highlighted: html.contains("class=\"hl-"), html, leads_to }
}

/// What raw HTML may hold. Our own marks pass it as well, since it takes the body as a whole; of addresses within the
/// portal only those pass that were `written` for links that were checked.
fn sanitizer(written: HashSet<String>) -> Builder<'static> {
    let mut sanitizer = Builder::default();
    sanitizer
        .tags(raw::staying().collect())
        .add_generic_attributes(["class", "id", "role", "tabindex", "aria-label", "lang", "title"])
        .add_generic_attributes(["data-until"])
        .add_tag_attributes("th", ["scope"])
        .add_tag_attributes("img", ["loading", "decoding"])
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"))
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") => written.contains(value).then_some(value.into()),
            ("a", "href") => {
                let allowed =
                    value.starts_with('#') || written.contains(value) || leads_outside(value);
                allowed.then_some(value.into())
            }
            (_, "cite" | "background" | "longdesc") => None,
            // The portal's own parts are named `cb-…`; no text may pass for one of them.
            (_, "id") => (!value.starts_with(markdown::OURS) || written.contains(value))
                .then_some(value.into()),
            _ => Some(value.into()),
        });
    sanitizer
}

/// A link or image that is open.
enum Open<'a> {
    /// Closed with this, and on paper with the reference of where it leads. Its words are the events from here on.
    Link { close: String, reference: Option<&'a str>, from: usize },
    /// The events from here on give way to what was written before them.
    Replaced { close: String, from: usize },
    /// The events from here on are its alternative text.
    Image { open: String, from: usize },
}

struct Writer<'a, 'e> {
    portal: &'a Portal,
    words: &'a Words,
    entry: &'a Entry,
    address: &'a SitePath,
    events: Vec<Event<'e>>,
    /// What is added to the levels of headings, so that the first below the title is 2.
    shift: i8,
    next_link: usize,
    next_section: usize,
    next_diagram: usize,
    /// How many alerts deep we are within guidance: its links are not among the document's.
    guidance: usize,
    /// The links and images that are open.
    open: Vec<Open<'a>>,
    /// Language and text of the code block that is open.
    code: Option<(String, String)>,
    table: Table,
    /// The numbers of footnotes by name.
    notes: BTreeMap<String, usize>,
    /// The footnotes that the text names, and those that it holds.
    referenced: HashSet<String>,
    defined: HashSet<String>,
    /// The addresses and ids of ours that were written: they alone may stand where raw HTML is sanitised.
    written: HashSet<String>,
    /// The documents that the text leads to.
    leads_to: Vec<(String, DocumentId)>,
    /// The terms that were led to their meaning: each is once in a document.
    told: HashSet<usize>,
    /// How many headings and links deep we are: no term is marked there.
    quiet: usize,
    /// The same of raw HTML.
    quiet_html: usize,
    /// How many drawings in raw HTML we are within.
    drawings: usize,
    /// How many tables and pieces of code there were.
    regions: usize,
}

impl<'e> Writer<'_, 'e> {
    fn raw(&mut self, html: impl Into<CowStr<'e>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn node(&mut self, node: Node<'e>) {
        match node {
            Node::AlertStart(alert) => {
                if self.guidance > 0 || alert == markdown::Alert::Guidance {
                    self.guidance += 1;
                }
                let name = alert.name();
                let word = self.words.get(&format!("alert.{name}"));
                self.raw(format!(
                    "\n<aside class=\"alert alert-{name}\"><p class=\"alert-title\">{word}</p>\n"
                ));
            }
            Node::AlertEnd => {
                self.guidance = self.guidance.saturating_sub(1);
                self.raw("</aside>\n");
            }
            Node::Event(event) => self.event(event),
        }
    }

    fn event(&mut self, event: Event<'e>) {
        match event {
            Event::Text(text) if self.code.is_some() => {
                if let Some((_, code)) = &mut self.code {
                    code.push_str(&text);
                }
            }
            Event::Text(text) if self.quiet + self.quiet_html + self.guidance == 0 => {
                self.text(text);
            }
            Event::Start(tag) => {
                self.quiet += usize::from(is_quiet(tag.to_end()));
                self.start(tag);
            }
            Event::End(tag) => {
                self.quiet -= usize::from(is_quiet(tag));
                self.end(tag);
            }
            Event::FootnoteReference(name) if !self.defined.contains(&*name) => {
                // What it names was cut out with the guidance.
                self.events.push(Event::Text(CowStr::from(format!("[^{name}]"))));
            }
            Event::FootnoteReference(name) => {
                let number = self.note(&name);
                let id = if self.written.insert(format!("cb-note-from-{number}")) {
                    format!("id=\"cb-note-from-{number}\" ")
                } else {
                    String::new()
                };
                self.raw(format!(
                    "<sup class=\"note\"><a {id}href=\"#cb-note-{number}\" aria-label=\"{} {number}\">{number}</a></sup>",
                    self.words.get("document.footnote")
                ));
            }
            Event::TaskListMarker(done) => {
                let (sign, word) = if done {
                    ("☑", "document.task-done")
                } else {
                    ("☐", "document.task-open")
                };
                let word = self.words.get(word);
                self.raw(format!(
                    "<span class=\"task\" role=\"img\" aria-label=\"{word}\">{sign}</span> "
                ));
            }
            Event::Html(html) => {
                let html = self.raw_html(&html);
                let html = crate::html::closed(&html, &mut self.drawings);
                self.events.push(Event::Html(html.into()));
            }
            // Open, it would take the rest of the page for its own.
            Event::InlineHtml(html) if takes_more(&html) => self.events.push(Event::Text(html)),
            Event::InlineHtml(html) => {
                let html = self.raw_html(&html);
                let html = crate::html::closed(&html, &mut self.drawings);
                self.events.push(Event::InlineHtml(html.into()));
            }
            other => self.events.push(other),
        }
    }

    /// The name of a part that can be scrolled: each its own.
    fn region(&mut self, key: &str) -> String {
        self.regions += 1;
        format!("{} {}", self.words.get(key), self.regions)
    }

    /// A piece of text, with the terms of the glossary that it is the first to use leading to their meaning.
    fn text(&mut self, text: CowStr<'e>) {
        let framework = &self.portal.library.framework;
        let mut from = 0;
        for (range, term) in framework.find_terms(&text, &self.portal.library.config.language) {
            if self.told.contains(&term) {
                continue;
            }
            let Some(term_) = framework.terms.get(term) else { continue };
            self.told.insert(term);
            let glossary = self.address.link_to(&places::at("glossary.html"));
            let href = format!("{glossary}#{}", term_.anchor);
            self.events.push(Event::Text(CowStr::from(text[from..range.start].to_owned())));
            self.raw(format!(
                "<a class=\"term\" href=\"{}\">{}</a>",
                escaped(&href),
                escaped(&text[range.clone()])
            ));
            self.written.insert(href);
            from = range.end;
        }
        self.events.push(match from {
            0 => Event::Text(text),
            _ => Event::Text(CowStr::from(text[from..].to_owned())),
        });
    }

    /// Raw HTML with its links leading where they were found to lead; those that lead nowhere go.
    fn raw_html(&mut self, html: &str) -> String {
        let tags = crate::html::tags(html);
        for tag in tags.iter().filter(|tag| tag.is_one_of(&QUIET)) {
            self.quiet_html =
                if tag.closing { self.quiet_html.saturating_sub(1) } else { self.quiet_html + 1 };
        }
        let mut out = String::new();
        let mut from = 0;
        for link in tags.iter().filter_map(HtmlTag::link) {
            let entry = self.entry;
            let target = if self.guidance > 0 { None } else { entry.targets.get(self.next_link) };
            self.next_link += usize::from(self.guidance == 0);
            let typed = crate::html::unescaped(&html[link.value]);
            let address =
                target.and_then(|target| places::target(self.portal, self.address, target, &typed));
            out.push_str(&html[from..link.attribute.start]);
            if let Some(address) = address {
                let name = if link.image { "src" } else { "href" };
                out.push_str(&format!("{name}=\"{}\"", escaped(&address)));
                self.written.insert(address);
            }
            from = link.attribute.end;
        }
        out.push_str(&html[from..]);
        out
    }

    fn note(&mut self, name: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(name.to_owned()).or_insert(next)
    }

    fn start(&mut self, tag: Tag<'e>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                let level =
                    (i8::try_from(markdown::level(level)).unwrap_or(2) + self.shift).clamp(2, 6);
                let id = id.map(|id| format!(" id=\"{}\"", escaped(&id))).unwrap_or_default();
                self.raw(format!("\n<h{level}{id}>"));
            }
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title),
            Tag::Image { dest_url, title, .. } => self.image(&dest_url, &title),
            Tag::CodeBlock(kind) => {
                self.code = Some((markdown::language(&kind).to_owned(), String::new()));
            }
            Tag::Table(columns) => self.table(columns),
            Tag::TableHead => self.head(),
            Tag::TableRow => self.row(),
            Tag::TableCell => self.cell(),
            Tag::FootnoteDefinition(name) => {
                let number = self.note(&name);
                let back = self.words.get("document.footnote-back");
                let id = if self.written.insert(format!("cb-note-{number}")) {
                    format!(" id=\"cb-note-{number}\"")
                } else {
                    String::new()
                };
                let number = if self.referenced.contains(&*name) {
                    format!(
                        "<a href=\"#cb-note-from-{number}\" aria-label=\"{back} {number}\">{number}</a>"
                    )
                } else {
                    format!("<span>{number}</span>")
                };
                self.raw(format!("\n<div class=\"note-text\"{id}>{number}\n"));
            }
            other => self.events.push(Event::Start(other)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let shown =
                    (i8::try_from(markdown::level(level)).unwrap_or(2) + self.shift).clamp(2, 6);
                if self.guidance > 0 {
                    self.raw(format!("</h{shown}>\n"));
                    return;
                }
                let document = &*self.entry.document;
                let mut html = String::new();
                if let Some(section) = document.sections.get(self.next_section) {
                    let title =
                        Wording(self.words).passage(self.portal, self.entry, &section.title);
                    let label =
                        escaped(&self.words.say("document.link-to-section", &[("title", &title)]));
                    let anchor = escaped(&section.anchor);
                    let _ = write!(
                        html,
                        " <a class=\"anchor\" href=\"#{anchor}\" aria-label=\"{label}\">#</a>"
                    );
                }
                let _ = write!(html, "</h{shown}>\n{}", self.claims(document));
                self.raw(html);
                self.next_section += 1;
            }
            TagEnd::Link | TagEnd::Image => match self.open.pop() {
                Some(Open::Link { close, reference, from }) => {
                    self.finish_link(&close, reference, from);
                }
                Some(Open::Replaced { close, from }) => {
                    self.events.truncate(from);
                    self.raw(close);
                }
                Some(Open::Image { open, from }) => self.finish_image(&open, from),
                None => {}
            },
            TagEnd::CodeBlock => {
                let (language, code) = self.code.take().unwrap_or_default();
                let figure = self.diagram(&language, &code);
                let html = figure.unwrap_or_else(|| self.code_block(&language, &code));
                self.raw(html);
            }
            TagEnd::Table => self.raw("</tbody></table></div>\n"),
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.raw("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::FootnoteDefinition => self.raw("</div>\n"),
            other => self.events.push(Event::End(other)),
        }
    }

    /// A piece of code as it was typed.
    fn code_block(&mut self, language: &str, code: &str) -> String {
        let class = escaped(language);
        let label = self.region("document.code");
        let html = highlight::html(code, language);
        format!(
            "\n<pre class=\"code\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\"><code class=\"language-{class}\">{html}</code></pre>\n"
        )
    }

    /// The clauses that the section just begun claims, as links.
    fn claims(&mut self, document: &Document) -> String {
        let of_section =
            document.claims.iter().filter(|claim| claim.section == Some(self.next_section));
        let mut links = String::new();
        for claim in of_section {
            let (library, text) = (&self.portal.library, escaped(&claim.clause.to_string()));
            let found = crate::numbering::find(&claim.clause, &library.framework, &library.config);
            let _ = match found {
                Some((standard, clause)) => {
                    let link = self.address.link_to(&places::clause(
                        self.portal,
                        standard,
                        &clause.number,
                    ));
                    let done = write!(links, " <a href=\"{link}\">{text}</a>");
                    self.written.insert(link);
                    done
                }
                None => write!(links, " <span>{text}</span>"),
            };
        }
        if links.is_empty() {
            links
        } else {
            format!("<p class=\"claims\">{}{links}</p>\n", self.words.get("document.answers"))
        }
    }
}

/// True for a tag of an element whose content is not read as a part of the page.
fn takes_more(html: &str) -> bool {
    let of = |tag: &HtmlTag| tag.is_one_of(&RAW_TEXT) || tag.is_one_of(&SWALLOWING);
    crate::html::tags(html).iter().any(of)
}

/// What stands in these leads somewhere already, or is no text.
const QUIET: [&str; 11] = ["a", "button", "code", "kbd", "pre", "h1", "h2", "h3", "h4", "h5", "h6"];

/// True for what holds words that are no place for a mark of ours.
fn is_quiet(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}
