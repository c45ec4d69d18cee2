//! Definitions of links, and which of them nothing uses.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, RefDefs, Tag};

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
    for (event, range) in events.by_ref() {
        if let Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) = &event
            && !id.is_empty()
        {
            named.push(id.clone());
        }
        take(event, range.start + from..range.end + from);
    }
    unused(events.reference_definitions(), &named, from)
}

/// Those of the definitions of links that go by no name of `named`, in the order of the text; their ranges count from
/// `from`.
fn unused(definitions: &RefDefs, named: &[CowStr], from: usize) -> Vec<Range<usize>> {
    let used = named.iter().filter_map(|name| Some(definitions.get(name)?.span.start));
    let used: HashSet<usize> = used.collect();
    // `[//]: # (a word to authors)` is how some write a comment.
    let is_comment = |target: &str| target.is_empty() || target == "#";
    let mut unused: Vec<Range<usize>> = definitions
        .iter()
        .filter(|(_, link)| !used.contains(&link.span.start) && !is_comment(&link.dest))
        .map(|(_, link)| link.span.start + from..link.span.end + from)
        .collect();
    unused.sort_by_key(|range| range.start);
    unused
}
