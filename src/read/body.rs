//! The text of a document: its sections, links, claims and code blocks, with the bytes they stand at.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::findings::Findings;
use super::{diagrams, faults, prose, text};
use crate::config::Config;
use crate::diagram::{self, Diagram};
use crate::document::{Claim, CodeBlock, Link, LinkForm, Passage, Piece, Section, Typed};
use crate::markdown::{self, Dialect, Node, PassageReader};

/// What a body holds.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) preface: Passage,
    pub(super) sections: Vec<Section>,
    pub(super) links: Vec<Link>,
    pub(super) claims: Vec<Claim>,
    pub(super) code_blocks: Vec<CodeBlock>,
    pub(super) diagrams: Vec<Diagram>,
    pub(super) html_anchors: Vec<String>,
    pub(super) guidance: Vec<Range<usize>>,
    pub(super) comments: Vec<Range<usize>>,
    pub(super) prose: prose::Prose,
    pub(super) words: usize,
    /// True when anything but headings is shown.
    pub(super) says: bool,
}

/// Reads `text[from..]`.
pub(super) fn read(text: &str, from: usize, config: &Config, findings: &mut Findings) -> Read {
    let dialect = Dialect { variables: &config.variables, guidance: false };
    let body = markdown::parse(text, from, dialect);
    faults::tell(body.faults, text, config, findings);
    let says = says(&body.nodes);
    let prose = prose::read(text, &body.nodes, config.length.sentence);
    let mut read = Read { guidance: body.cut, prose, says, ..Read::default() };
    let mut anchors_typed = Vec::new();
    // Among the nodes, the heading of each section.
    let mut headings = Vec::new();
    // How many links stand before the text of each section.
    let mut links_before = Vec::new();
    for (i, (node, range)) in body.nodes.iter().enumerate() {
        let Node::Event(event) = node else { continue };
        match event {
            Event::Start(Tag::Heading { level, id, attrs, .. }) => {
                if let Some(last) = read.sections.last_mut() {
                    last.body.end = range.start;
                }
                let index = read.sections.len();
                headings.push(i);
                let end = heading_line(text, range);
                for (name, value) in attrs {
                    heading_attribute(
                        name,
                        value.as_deref(),
                        text,
                        &end,
                        index,
                        findings,
                        &mut read.claims,
                    );
                }
                let mut next_link = read.links.len();
                let title = markdown::heading(&body.nodes[i + 1..], &mut next_link);
                // In code, and behind a backslash, it is a text.
                let typed = &text[end.clone()];
                let is_text = |at: usize| {
                    typed[..at].matches('`').count() % 2 == 1 || typed[..at].ends_with('\\')
                };
                if title.own_words().contains("{clause=")
                    && let Some(at) = typed.find("{clause=").filter(|at| !is_text(*at))
                {
                    let start = end.start + at;
                    findings
                        .push(
                            "unknown-clause",
                            start..start + "{clause=".len(),
                            "this stands in the heading, and claims nothing",
                        )
                        .hint("write all clauses at the end of the heading, in one pair of braces: `{clause=8.5.1.2,8.5.1.3}`");
                }
                links_before.push(next_link);
                read.sections.push(Section {
                    level: markdown::level(*level),
                    title,
                    anchor: id.as_deref().unwrap_or_default().to_owned(),
                    range: end,
                    body: range.end..text.len(),
                    opening: None,
                    text: Passage::default(),
                });
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let form = match link_type {
                    LinkType::WikiLink { .. } => LinkForm::Reference,
                    _ => LinkForm::Inline,
                };
                let mut rest = body.nodes[i + 1..].iter().map(|(next, _)| next);
                let empty = |node: &Node| matches!(node, Node::Event(Event::Text(text)) if text.trim().is_empty());
                let next = rest.find(|node| !empty(node));
                if let Some(Node::Event(Event::End(TagEnd::Link))) = next {
                    findings
                        .push("dead-link", range.clone(), "the link has no words")
                        .hint("write what it leads to: nobody sees a link without words");
                }
                read.links.push(link(text, dest_url, form, range));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                read.links.push(link(text, dest_url, LinkForm::Image, range));
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = markdown::language(kind).to_owned();
                if language == diagram::LANGUAGE {
                    let drawn = diagrams::read(text, &body.nodes[i..], range, findings);
                    read.diagrams.push(drawn);
                }
                read.code_blocks.push(CodeBlock { language, range: range.clone() });
            }
            Event::Text(piece) => read.words += prose::words(piece),
            Event::Html(html) | Event::InlineHtml(html) => {
                let comments = crate::html::comments(&text[range.clone()]).into_iter();
                let comments = comments.map(|at| range.start + at.start..range.start + at.end);
                read.comments.extend(comments);
                // The piece is the text as it stands, unless what marks a quote or a list was cut from its lines.
                let same = text.get(range.clone()) == Some(&**html);
                let mut from = range.start;
                for (attribute, value) in crate::html::anchors(html) {
                    let anchor = &html[value.clone()];
                    let at = if same {
                        Some(range.start + value.start)
                    } else {
                        let behind = value.start - attribute.start;
                        text[from..range.end].find(&html[attribute]).map(|at| from + at + behind)
                    };
                    let at = at.map_or_else(|| range.clone(), |at| at..at + anchor.len());
                    from = if at == *range { from } else { at.end };
                    anchors_typed.push((anchor.to_owned(), at));
                }
                if let Some((begin, end)) = crate::html::left_open(html) {
                    let begun = &html[begin.clone()];
                    let at = if same {
                        Some(range.start + begin.start)
                    } else {
                        text[range.clone()].rfind(begun).map(|at| range.start + at)
                    };
                    let at = at.map_or_else(|| range.clone(), |at| at..at + begun.len());
                    findings
                        .push(
                            "open-html",
                            at,
                            format!("`{begun}` is not closed, and hides what stands below it"),
                        )
                        .hint(format!("close it with `{end}`"));
                }
                let mut from = range.start;
                for found in crate::html::links(html) {
                    let form = if found.image { LinkForm::Image } else { LinkForm::Inline };
                    let value = &html[found.value.clone()];
                    let at = if same {
                        Some(range.start + found.value.start)
                    } else {
                        text[from..range.end].find(value).map(|at| from + at)
                    };
                    let at = at.map_or_else(|| range.clone(), |at| at..at + value.len());
                    from = if at == *range { from } else { at.end };
                    let target = crate::html::unescaped(value).into_owned();
                    read.links.push(Link { target, form, range: at });
                }
            }
            _ => {}
        }
    }
    anchors_of_html(anchors_typed, &mut read, findings);
    let mut texts = text::texts(&body.nodes).into_iter();
    read.preface = texts.next().unwrap_or_default();
    for (section, text) in read.sections.iter_mut().zip(texts) {
        section.text = text;
    }
    for claim in &mut read.claims {
        let Some(index) = claim.section else { continue };
        let level = read.sections[index].level;
        let mut behind = read.sections.iter().zip(&headings).skip(index + 1);
        let next = behind.find(|(section, _)| section.level <= level);
        let end = next.map_or(body.nodes.len(), |(_, at)| *at);
        claim.is_of_nothing = !self::says(&body.nodes[headings[index]..end]);
    }
    for index in read.claims.iter().filter_map(|claim| claim.section) {
        if read.sections[index].opening.is_none() {
            read.sections[index].opening =
                opening(&body.nodes, &read.sections[index], links_before[index]);
        }
    }
    read
}

/// True when a body shows anything but headings.
fn says(nodes: &[(Node, Range<usize>)]) -> bool {
    let mut heading = false;
    nodes.iter().any(|(node, _)| match node {
        Node::Event(Event::Start(Tag::Heading { .. })) => {
            heading = true;
            false
        }
        Node::Event(Event::End(TagEnd::Heading(_))) => {
            heading = false;
            false
        }
        Node::Event(Event::Text(text) | Event::Code(text)) => !heading && !text.trim().is_empty(),
        // What names a document without words shows its title.
        Node::Event(Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Link { .. })) => {
            !heading
        }
        Node::Event(Event::Html(html) | Event::InlineHtml(html)) => crate::html::says(html),
        _ => false,
    })
}

/// The anchors that raw HTML states, each of which is to stand once, beside those of the headings too.
fn anchors_of_html(typed: Vec<(String, Range<usize>)>, read: &mut Read, findings: &mut Findings) {
    let mut known: HashSet<String> =
        read.sections.iter().map(|section| section.anchor.clone()).collect();
    for (anchor, range) in typed {
        if anchor.starts_with(markdown::OURS) {
            faults::anchor_of_portal(findings, range, &anchor);
        } else if known.insert(anchor.clone()) {
            read.html_anchors.push(anchor);
        } else {
            findings
                .push("duplicate-anchor", range, format!("the anchor `{anchor}` is stated twice"))
                .hint("give the tag another `id`, or take it out");
        }
    }
}

/// A heading without its line break.
pub(super) fn heading_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let end = range.start + text[range.clone()].trim_end().len();
    range.start..end
}

/// `clause=8.5.1.2,8.5.1.3` claims; no other attribute is known.
fn heading_attribute(
    name: &str,
    value: Option<&str>,
    text: &str,
    heading: &Range<usize>,
    section: usize,
    findings: &mut Findings,
    claims: &mut Vec<Claim>,
) {
    let locate = |what: &str| {
        let attributes =
            text[heading.clone()].rfind('{').map_or(heading.start, |at| heading.start + at);
        // A value stands behind its name: the anchor before it may hold the same text.
        let value = text[attributes..heading.end].find(&format!("{name}="));
        let from = attributes + value.unwrap_or(0);
        match text[from..heading.end].find(what) {
            Some(at) if !what.is_empty() => from + at..from + at + what.len(),
            _ => heading.clone(),
        }
    };
    if name != "clause" {
        findings
            .push("unknown-key", locate(name), format!("`{name}` is not known at a heading"))
            .suggest(name, ["clause"], "write `clause=8.5.1.2` to claim a clause");
        return;
    }
    for typed in value.unwrap_or("").split(',') {
        let value = typed.trim_matches(['"', '\'', ' ']).to_owned();
        if value.is_empty() {
            findings
                .push(
                    "unknown-clause",
                    locate("clause="),
                    "`clause=` names no clause, or has a comma too many",
                )
                .hint("write `clause=8.5.1.2`, or `clause=8.5.1.2,8.5.1.3`");
            continue;
        }
        let typed = Typed { range: locate(&value), value };
        if let Some(Typed { value: clause, range }) = findings.clause(typed) {
            let mut of_section =
                claims.iter().rev().take_while(|claim| claim.section == Some(section));
            let known = of_section.any(|claim: &Claim| claim.clause == clause);
            if !known {
                claims.push(Claim { clause, section: Some(section), range, is_of_nothing: false });
            }
        }
    }
}

/// A link, at its target where that is written as it is read.
fn link(text: &str, target: &str, form: LinkForm, range: &Range<usize>) -> Link {
    let at = markdown::target_of(&text[range.clone()], target);
    let range =
        at.map_or_else(|| range.clone(), |at| range.start + at..range.start + at + target.len());
    Link { target: target.to_owned(), form, range }
}

/// How long an opening may be, in characters.
const OPENING: usize = 240;

/// The first sentence of a section: of its first paragraph, item or row of a table.
fn opening(
    nodes: &[(Node, Range<usize>)],
    section: &Section,
    mut next_link: usize,
) -> Option<Passage> {
    let from = nodes.partition_point(|(_, range)| range.start < section.body.start);
    let mut passage = Passage::default();
    let mut reader = PassageReader::new(&mut next_link);
    let mut unread = Passage::default();
    let mut within = false;
    for (node, range) in &nodes[from..] {
        if range.start >= section.body.end {
            break;
        }
        let Node::Event(event) = node else { continue };
        match event {
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableRow) => within = true,
            Event::Start(Tag::TableCell) if within && !passage.0.is_empty() => passage.push(" · "),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow)
                if !passage.0.is_empty() =>
            {
                break;
            }
            // The items of a tight list hold no paragraph: a list within one begins a new passage.
            Event::Start(Tag::List(_)) if !passage.0.is_empty() => break,
            _ => {}
        }
        reader.read(event, if within { &mut passage } else { &mut unread });
    }
    let sentence = first_sentence(passage);
    (!sentence.0.is_empty()).then_some(sentence)
}

/// `passage` up to the end of its first sentence.
fn first_sentence(passage: Passage) -> Passage {
    let mut sentence = Passage::default();
    let mut room = OPENING;
    for (i, piece) in passage.0.into_iter().enumerate() {
        let text = match piece {
            Piece::Text(text) => text,
            name @ Piece::Name(..) => {
                sentence.0.push(name);
                continue;
            }
        };
        let text = if i == 0 { text.trim_start() } else { &text };
        let ends = |(at, c): (usize, char)| {
            let after = text[at + c.len_utf8()..].chars().next();
            let end = matches!(c, '.' | '!' | '?') && after.is_none_or(char::is_whitespace);
            end.then_some(at + c.len_utf8())
        };
        let end = text.char_indices().find_map(ends);
        let kept = &text[..end.unwrap_or(text.len())];
        if let Some((cut, _)) = kept.char_indices().nth(room) {
            sentence.push(&format!("{}…", kept[..cut].trim_end()));
            return sentence;
        }
        room -= kept.chars().count();
        if !kept.is_empty() {
            sentence.push(kept);
        }
        if end.is_some() {
            break;
        }
    }
    sentence
}
