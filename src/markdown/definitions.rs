//! Definitions of links, and which of them nothing uses: of two by one name the first holds.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, RefDefs, Tag};

use super::loose::is_within;

/// Reads `body`, whose ranges count from `from`, event by event; gives back the definitions of links that it does not
/// use, in the order of the text.
pub(super) fn read<'b>(
    body: &'b str,
    from: usize,
    options: Options,
    mut take: impl FnMut(Event<'b>, Range<usize>),
) -> Vec<Range<usize>> {
    let mut events = Parser::new_ext(body, options).into_offset_iter();
    let mut named = Vec::new();
    // What is read as something else than a definition.
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (event, range) in events.by_ref() {
        if let Event::Start(
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Table(_),
        ) = event
        {
            blocks.push(range.clone());
        }
        if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = &event
            && !id.is_empty()
        {
            named.push(id.clone());
        }
        take(event, range.start + from..range.end + from);
    }
    let definitions = events.reference_definitions();
    let mut unused = unused(definitions, &named);
    unused.extend(again(body, definitions, blocks));
    unused.sort_by_key(|range| range.start);
    unused.into_iter().map(|range| range.start + from..range.end + from).collect()
}

/// The lines that define a link by a name that was defined before: they are part of no block of `blocks`, which are in the
/// order of the text, and of none of the definitions.
fn again(body: &str, definitions: &RefDefs, blocks: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if definitions.iter().next().is_none() {
        return Vec::new();
    }
    let mut known: Vec<Range<usize>> =
        definitions.iter().map(|(_, link)| link.span.clone()).collect();
    known.sort_by_key(|range| range.start);
    let lines = body.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    lines
        .filter_map(|(start, line)| {
            let begun = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            let defines = begun.starts_with('[') && !begun.starts_with("[^");
            let (name, _) = begun.strip_prefix('[').filter(|_| defines)?.split_once("]:")?;
            let at = start + line.len() - begun.len();
            let place = at..at + begun.trim_end().len();
            let mark = at..at + 1;
            let read = is_within(&blocks, &mark) || is_within(&known, &mark);
            (!read && definitions.get(name).is_some()).then_some(place)
        })
        .collect()
}

/// Those of the definitions of links that go by no name of `named`.
fn unused(definitions: &RefDefs, named: &[CowStr]) -> Vec<Range<usize>> {
    let used = named.iter().filter_map(|name| Some(definitions.get(name)?.span.start));
    let used: HashSet<usize> = used.collect();
    // `[//]: # (a word to authors)` is how some write a comment.
    let is_comment = |target: &str| target.is_empty() || target == "#";
    let unused = definitions
        .iter()
        .filter(|(_, link)| !used.contains(&link.span.start) && !is_comment(&link.dest))
        .map(|(_, link)| link.span.clone());
    unused.collect()
}
