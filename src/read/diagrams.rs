//! The diagrams of a body, drawn while it is read, so that what cannot be drawn is told where it stands.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::findings::Findings;
use crate::diagram::{self, Diagram};
use crate::markdown::Node;

/// Draws the code block that `nodes` begin with, which stands at `range`.
pub(super) fn read(
    text: &str,
    nodes: &[(Node, Range<usize>)],
    range: &Range<usize>,
    findings: &mut Findings,
) -> Diagram {
    let source = source(nodes);
    let drawing = diagram::draw(&source).unwrap_or_else(|fault| {
        let at = fault.line.and_then(|line| line_of(text, range, line));
        let at = at.unwrap_or_else(|| first_line(text, range));
        findings
            .push("diagram", at, format!("the diagram cannot be drawn: {}", fault.message))
            .hint(
                "mend it, or give the code block another language; its source is shown until then",
            );
        None
    });
    Diagram { told: diagram::told(&source), drawing }
}

/// The text of the code block that `nodes` begin with.
fn source(nodes: &[(Node, Range<usize>)]) -> String {
    let events = nodes.iter().filter_map(|(node, _)| match node {
        Node::Event(event) => Some(event),
        _ => None,
    });
    let within = events.take_while(|event| **event != Event::End(TagEnd::CodeBlock));
    within
        .filter_map(|event| if let Event::Text(text) = event { Some(&**text) } else { None })
        .collect()
}

/// The fence that opens a code block.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let end = text[range.clone()].find('\n').unwrap_or(range.len());
    range.start..range.start + text[range.start..range.start + end].trim_end().len()
}

/// A line of the source of a code block, from 0, where it stands in the file; `None` for an empty line or none.
fn line_of(text: &str, range: &Range<usize>, line: usize) -> Option<Range<usize>> {
    let mut at = range.start;
    let mut lines = text[range.clone()].split_inclusive('\n');
    for before in lines.by_ref().take(line + 1) {
        at += before.len();
    }
    let found = lines.next()?;
    // Where the block stands in a quote, its lines begin with the marks of that.
    let typed = found.trim_start_matches([' ', '\t', '>']);
    let start = at + found.len() - typed.len();
    let end = start + typed.trim_end().len();
    (end > start).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_diagram_is_found_in_the_file() {
        let text = "a\n\n> ```mermaid\n> flowchart TD\n>   a --> b\n> ```\n";
        let range = 5..text.len();
        assert_eq!(&text[first_line(text, &range)], "```mermaid");
        assert_eq!(line_of(text, &range, 1).map(|at| &text[at]), Some("a --> b"));
        assert_eq!(line_of(text, &range, 9), None);
    }
}
