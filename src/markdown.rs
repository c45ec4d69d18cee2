//! The dialect of bodies: CommonMark with tables, task lists, footnotes, alerts, variables and references.
//!
//! [`parse`] is the one reading of a body that `read` takes facts from and `render` makes a page of, so that an
//! anchor or a link is the same in both. It cuts out guidance, knows alerts, replaces variables in text and link
//! targets, and gives every heading its anchor (contracts 2).

mod alerts;
mod anchors;
mod definitions;
mod fault;
mod loose;
mod lost;
mod passage;
mod variables;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Tag, TagEnd,
};

pub use alerts::Alert;
pub use anchors::OURS;
pub use fault::{Fault, FaultKind};
pub use loose::is_within;
pub use passage::{PassageReader, heading};
pub use variables::{Variables, replace_variables};

/// How a body is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Dialect<'a> {
    /// What `{{ name }}` stands for.
    pub variables: &'a BTreeMap<String, String>,
    /// True to keep guidance for authors, as an alert of its own.
    pub guidance: bool,
}

/// A body as a flat list of what it holds, each with its bytes.
#[derive(Debug)]
pub struct Body<'a> {
    /// In the order of the text.
    pub nodes: Vec<(Node<'a>, Range<usize>)>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Where guidance was cut out.
    pub cut: Vec<Range<usize>>,
    /// True when it holds raw HTML, which must then be sanitised as a whole.
    pub raw_html: bool,
}

/// One thing in a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    /// As CommonMark has it. A heading carries its anchor as its id (within guidance it has none, so that showing
    /// guidance changes no anchor); block quotes are plain ones.
    Event(Event<'a>),
    /// An alert begins.
    AlertStart(Alert),
    /// It ends.
    AlertEnd,
}

/// Reads `text[from..]`; all ranges count from the start of `text`.
pub fn parse<'a>(text: &'a str, from: usize, dialect: Dialect) -> Body<'a> {
    let body = text.get(from..).unwrap_or("");
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST;
    if body.contains("[[") {
        options |= Options::ENABLE_WIKILINKS;
    }
    let mut reader = Reader {
        text,
        dialect,
        body: Body {
            nodes: Vec::with_capacity(body.len() / 12),
            faults: Vec::new(),
            cut: Vec::new(),
            raw_html: false,
        },
        cut: None,
        alerts: Vec::new(),
        marker_end: 0,
        code: false,
        told: HashSet::new(),
        variables: body.contains("{{"),
        html: Vec::new(),
    };
    let joined = if reader.variables { variables::joined(body) } else { None };
    let unused = match &joined {
        None => definitions::read(body, from, options, |event, range| reader.take(event, range)),
        Some(joined) => definitions::read(joined, from, options, |event, range| {
            reader.take(variables::parted(event.into_static()), range);
        }),
    };
    let mut body = reader.body;
    if !dialect.guidance {
        let faults = loose::faults(text, from, &body);
        body.faults.extend(faults);
        let faults = lost::faults(text, &body, unused);
        body.faults.extend(faults);
    }
    anchors::give(&mut body);
    anchors::notes(&mut body);
    body
}

struct Reader<'a, 'd> {
    text: &'a str,
    dialect: Dialect<'d>,
    body: Body<'a>,
    /// How many block quotes deep we are within guidance that is cut out.
    cut: Option<usize>,
    /// For each open block quote, whether it is an alert.
    alerts: Vec<bool>,
    /// The end of the line that names an alert: what stands on it is no text.
    marker_end: usize,
    /// True within a code block.
    code: bool,
    /// The places of variables that are not known: what a reference without words leads to is its text, too.
    told: HashSet<Range<usize>>,
    /// True when the body may name variables.
    variables: bool,
    /// The lines of the block of HTML that is open.
    html: Vec<(CowStr<'a>, Range<usize>)>,
}

impl<'a> Reader<'a, '_> {
    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some(depth) = &mut self.cut {
            match event {
                Event::Start(Tag::BlockQuote(_)) => *depth += 1,
                Event::End(TagEnd::BlockQuote(_)) if *depth == 0 => self.cut = None,
                Event::End(TagEnd::BlockQuote(_)) => *depth -= 1,
                _ => {}
            }
            return;
        }
        let node = match event {
            Event::Start(Tag::BlockQuote(_)) => match self.alert(&range) {
                Some(Alert::Guidance) if !self.dialect.guidance => {
                    self.cut = Some(0);
                    self.body.cut.push(range);
                    return;
                }
                Some(alert) => {
                    self.alerts.push(true);
                    Node::AlertStart(alert)
                }
                None => {
                    self.alerts.push(false);
                    Node::Event(Event::Start(Tag::BlockQuote(None::<BlockQuoteKind>)))
                }
            },
            Event::End(TagEnd::BlockQuote(_)) => match self.alerts.pop() {
                Some(true) => Node::AlertEnd,
                _ => Node::Event(Event::End(TagEnd::BlockQuote(None))),
            },
            // What stands on the line that names an alert belongs to its mark.
            Event::Text(_) | Event::SoftBreak | Event::HardBreak
                if range.start < self.marker_end =>
            {
                return;
            }
            Event::Text(text) if !self.code => return self.text(text, range),
            Event::Start(tag) => {
                self.code |= matches!(tag, Tag::CodeBlock(_));
                Node::Event(Event::Start(self.tag(tag, &range)))
            }
            Event::End(tag) => {
                self.code &= tag != TagEnd::CodeBlock;
                if tag == TagEnd::HtmlBlock {
                    self.end_html();
                }
                Node::Event(Event::End(tag))
            }
            Event::Html(line) => return self.html.push((line, range)),
            Event::InlineHtml(_) => {
                self.body.raw_html = true;
                Node::Event(event)
            }
            other => Node::Event(other),
        };
        self.body.nodes.push((node, range));
    }

    /// A block of HTML is one piece: a tag may stand on more than one line.
    fn end_html(&mut self) {
        let mut lines = std::mem::take(&mut self.html).into_iter();
        let Some((first, mut range)) = lines.next() else { return };
        let mut html = first;
        if lines.len() > 0 {
            let mut joined = html.into_string();
            for (line, at) in lines {
                joined.push_str(&line);
                range.end = at.end;
            }
            html = CowStr::from(joined);
        }
        self.body.raw_html = true;
        self.body.nodes.push((Node::Event(Event::Html(html)), range));
    }

    /// Text that follows text is one piece, so that a variable is found however the parser cut the line.
    fn text(&mut self, text: CowStr<'a>, range: Range<usize>) {
        if !self.variables {
            return self.body.nodes.push((Node::Event(Event::Text(text)), range));
        }
        if let Some((Node::Event(Event::Text(before)), before_range)) = self.body.nodes.last_mut()
            && before_range.end == range.start
            && before.contains("{{")
            && !before.contains("}}")
        {
            *before = CowStr::from(format!("{before}{text}"));
            before_range.end = range.end;
        } else {
            self.body.nodes.push((Node::Event(Event::Text(text)), range));
        }
        let Some((Node::Event(Event::Text(last)), range)) = self.body.nodes.last() else { return };
        if last.contains("{{") {
            let (last, range) = (last.to_string(), range.clone());
            if let Some(replaced) = self.replace(&last, &range, 0)
                && let Some((Node::Event(Event::Text(text)), _)) = self.body.nodes.last_mut()
            {
                *text = CowStr::from(replaced);
            }
        }
    }

    /// Replaces the variables of a piece of text; `None` when it names none that is known. Its source begins `from`
    /// bytes behind the start of `range`.
    fn replace(&mut self, text: &str, range: &Range<usize>, from: usize) -> Option<String> {
        let (faults, told) = (&mut self.body.faults, &mut self.told);
        let mut places = Variables::new(self.text.get(range.clone()).unwrap_or(""), from);
        let replaced = replace_variables(text, self.dialect.variables, |name| {
            let within = places.next(name);
            let range = range.start + within.start..range.start + within.end;
            if told.insert(range.clone()) {
                faults.push(Fault { kind: FaultKind::UnknownVariable(name.to_owned()), range });
            }
        });
        match replaced {
            Cow::Borrowed(_) => None,
            Cow::Owned(replaced) => Some(replaced),
        }
    }

    fn tag(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Tag<'a> {
        match tag {
            Tag::Link { link_type, dest_url, title, id } => {
                // Within a table the bar of a reference is written `\|`.
                let dest_url = match link_type {
                    LinkType::WikiLink { .. } if dest_url.ends_with('\\') => {
                        CowStr::from(dest_url.trim_end_matches('\\').to_owned())
                    }
                    _ => dest_url,
                };
                let (link_type, dest_url) = match link_type {
                    LinkType::Email => {
                        (LinkType::Inline, CowStr::from(format!("mailto:{dest_url}")))
                    }
                    _ => (link_type, dest_url),
                };
                let (dest_url, title) = (self.target(dest_url, range), self.title(title, range));
                Tag::Link { link_type, dest_url, title, id }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                let (dest_url, title) = (self.target(dest_url, range), self.title(title, range));
                Tag::Image { link_type, dest_url, title, id }
            }
            other => other,
        }
    }

    /// What a link shows to whom it is pointed out.
    fn title(&mut self, title: CowStr<'a>, range: &Range<usize>) -> CowStr<'a> {
        if !title.contains("{{") {
            return title;
        }
        let link = self.text.get(range.clone()).unwrap_or("");
        let from = link.rfind(&*title).unwrap_or(0);
        self.replace(title.as_ref(), range, from).map_or(title, CowStr::from)
    }

    fn target(&mut self, target: CowStr<'a>, range: &Range<usize>) -> CowStr<'a> {
        if !target.contains("{{") && !target.contains("%7B%7B") {
            return target;
        }
        let typed = target.replace("%7B%7B", "{{").replace("%7D%7D", "}}").replace("%20", " ");
        let link = self.text.get(range.clone()).unwrap_or("");
        let from = target_of(link, &target).unwrap_or(0);
        self.replace(&typed, range, from).map_or(target, CowStr::from)
    }
}

/// Where the target of a link stands within the link, if it stands there as it is read. The words of a link may be its
/// target too.
pub fn target_of(link: &str, target: &str) -> Option<usize> {
    let behind = |opening: &str| Some(link.find(&format!("{opening}{target}"))? + opening.len());
    if target.is_empty() {
        return None;
    }
    ["](", "](<", "[["].into_iter().find_map(behind).or_else(|| link.rfind(target))
}

/// The language of a code block: the first word of its info string, empty for none.
pub fn language<'a>(kind: &'a CodeBlockKind<'_>) -> &'a str {
    match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    }
}

/// 1 to 6.
pub fn level(level: HeadingLevel) -> u8 {
    level as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(variables: &BTreeMap<String, String>) -> Dialect<'_> {
        Dialect { variables, guidance: false }
    }

    fn parsed<'a>(text: &'a str, variables: &BTreeMap<String, String>) -> Body<'a> {
        parse(text, 0, dialect(variables))
    }

    fn texts(body: &Body) -> String {
        let texts = body.nodes.iter().filter_map(|(node, _)| match node {
            Node::Event(Event::Text(text)) => Some(text.to_string()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("|")
    }

    fn anchors(body: &Body) -> Vec<String> {
        let ids = body.nodes.iter().filter_map(|(node, _)| match node {
            Node::Event(Event::Start(Tag::Heading { id, .. })) => {
                Some(id.as_deref().unwrap_or("").to_owned())
            }
            _ => None,
        });
        ids.collect()
    }

    fn one(name: &str, value: &str) -> BTreeMap<String, String> {
        BTreeMap::from([(name.to_owned(), value.to_owned())])
    }

    #[test]
    fn variables_are_replaced_as_plain_text_and_never_in_code() {
        let variables = one("a_b", "*x* {{ a_b }}");
        let body = parsed("We are {{ a_b }}, `{{ a_b }}`.\n\n    {{ a_b }}\n", &variables);
        assert_eq!(texts(&body), "We are *x* {{ a_b }},|.|{{ a_b }}\n".replace(",|.", ", |."));
        assert!(body.faults.is_empty());
    }

    #[test]
    fn variables_are_replaced_in_headings_and_targets() {
        let variables = one("host", "wiki.example");
        let body = parsed(
            "# At {{ host }}\n\n[x](https://{{host}}/a) [y](<https://{{ host }}/b>)\n\
             [z](https://{{ host }}/{{  host }} \"of {{ host }}\") [r] `[c]({{ host }})` [ no ]( {{ host }})\n\n\
             [r]: {{ host }}\n",
            &variables,
        );
        assert_eq!(anchors(&body), ["at-wiki-example"]);
        let targets: Vec<String> = body
            .nodes
            .iter()
            .filter_map(|(node, _)| match node {
                Node::Event(Event::Start(Tag::Link { dest_url, .. })) => Some(dest_url.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(
            targets,
            [
                "https://wiki.example/a",
                "https://wiki.example/b",
                "https://wiki.example/wiki.example",
                "wiki.example",
                "wiki.example"
            ]
        );
        let titles = body.nodes.iter().filter_map(|(node, _)| match node {
            Node::Event(Event::Start(Tag::Link { title, .. })) if !title.is_empty() => {
                Some(title.to_string())
            }
            _ => None,
        });
        assert_eq!(titles.collect::<Vec<_>>(), ["of wiki.example"]);
        let code = Node::Event(Event::Code("[c]({{ host }})".into()));
        assert!(body.nodes.iter().any(|(node, _)| *node == code), "code stays as it is typed");
    }

    #[test]
    fn an_unknown_variable_is_a_fault_where_it_stands() {
        let text = "one\n\ntwo {{ nowhere }}\n";
        let body = parsed(text, &BTreeMap::new());
        let [fault] = &body.faults[..] else { panic!("{:?}", body.faults) };
        assert_eq!(fault.kind, FaultKind::UnknownVariable("nowhere".to_owned()));
        assert_eq!(&text[fault.range.clone()], "nowhere");
    }

    #[test]
    fn alerts_are_known_in_any_case_and_at_any_depth() {
        let body =
            parsed("> [!note]\n> text\n\n- item\n\n  > [!Tip]\n  > more\n", &BTreeMap::new());
        let alerts: Vec<_> = body
            .nodes
            .iter()
            .filter_map(|(node, _)| match node {
                Node::AlertStart(alert) => Some(*alert),
                _ => None,
            })
            .collect();
        assert_eq!(alerts, [Alert::Note, Alert::Tip]);
        assert_eq!(texts(&body), "text|item|more");
    }

    #[test]
    fn an_unknown_alert_is_a_fault_and_stays_text() {
        let text = "> [!DANGER]\n> x\n";
        let body = parsed(text, &BTreeMap::new());
        let [fault] = &body.faults[..] else { panic!("{:?}", body.faults) };
        assert_eq!(
            (&fault.kind, &text[fault.range.clone()]),
            (&FaultKind::UnknownAlert("DANGER".to_owned()), "[!DANGER]")
        );
        assert!(texts(&body).contains("DANGER"));
        let picture = parsed("> [![a](b.png)](c.md)\n", &BTreeMap::new()).faults;
        assert!(picture.is_empty(), "{picture:?}");
    }

    #[test]
    fn guidance_is_cut_out_whole_with_what_it_quotes() {
        let text = "a\n\n> [!GUIDANCE]\n> # Not a heading\n> > deeper\n>\n> {{ nowhere }}\n\nb\n";
        let body = parsed(text, &BTreeMap::new());
        assert_eq!(texts(&body), "a|b");
        assert!(body.faults.is_empty() && anchors(&body).is_empty());
        let shown = parse(text, 0, Dialect { variables: &BTreeMap::new(), guidance: true });
        assert!(texts(&shown).contains("deeper"));
    }

    #[test]
    fn guidance_that_is_shown_changes_no_anchor() {
        let text = "> [!GUIDANCE]\n> # Scope\n\n# Scope\n\n# Scope\n";
        let variables = BTreeMap::new();
        assert_eq!(anchors(&parsed(text, &variables)), ["scope", "scope-2"]);
        let shown = parse(text, 0, Dialect { variables: &variables, guidance: true });
        assert_eq!(anchors(&shown)[1..], ["scope", "scope-2"]);
    }

    #[test]
    fn anchors_are_stated_or_made_and_each_stands_once() {
        let body =
            parsed("# A b\n\n# A b\n\n# C {#a-b-2}\n\n# D {#c}\n\n# E {#c}\n", &BTreeMap::new());
        assert_eq!(anchors(&body), ["a-b", "a-b-3", "a-b-2", "c", "c-2"]);
        assert_eq!(body.faults.len(), 1);
    }

    #[test]
    fn references_work_in_text_and_in_tables() {
        let text = "[[SMS-POL-5.2]] and [[SMS-POL-5.2#a|two]]\n\n| a |\n|---|\n| [[SMS-POL-5.2#a\\|two]] |\n";
        let body = parsed(text, &BTreeMap::new());
        let targets: Vec<String> = body
            .nodes
            .iter()
            .filter_map(|(node, _)| match node {
                Node::Event(Event::Start(Tag::Link { dest_url, link_type, .. })) => Some(format!(
                    "{dest_url} {}",
                    matches!(link_type, LinkType::WikiLink { has_pothole: true })
                )),
                _ => None,
            })
            .collect();
        assert_eq!(targets, ["SMS-POL-5.2 false", "SMS-POL-5.2#a true", "SMS-POL-5.2#a true"]);
        assert!(texts(&body).ends_with("two"), "{}", texts(&body));
    }
}
