//! The text of a body as it is searched: section by section, without marks.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagram::LANGUAGE;
use crate::document::{Passage, Piece};
use crate::markdown::{self, Node, PassageReader};

/// The text before the first heading, then that of each section. Blocks end with a line break; what raw HTML holds
/// between its own lines is left out, comments above all.
pub(super) fn texts(nodes: &[(Node, Range<usize>)]) -> Vec<Passage> {
    let mut next_link = 0;
    let mut reader = PassageReader::new(&mut next_link);
    let mut texts = vec![Passage::default()];
    // Headings are kept apart, and of a diagram nobody looks for the code.
    let mut unread = Passage::default();
    let mut skipped = false;
    for (node, _) in nodes {
        let Node::Event(event) = node else { continue };
        let text = texts.len() - 1;
        match event {
            Event::Start(Tag::Heading { .. }) => {
                skipped = true;
                texts.push(Passage::default());
            }
            Event::Start(Tag::CodeBlock(kind)) if markdown::language(kind) == LANGUAGE => {
                skipped = true;
            }
            Event::End(TagEnd::CodeBlock) if skipped => skipped = false,
            Event::End(TagEnd::Heading(_)) => skipped = false,
            Event::End(TagEnd::TableCell) => end(&mut texts[text], " · "),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::CodeBlock
                | TagEnd::DefinitionListTitle
                | TagEnd::DefinitionListDefinition,
            )
            | Event::Start(Tag::List(_)) => end(&mut texts[text], "\n"),
            _ => {}
        }
        reader.read(event, if skipped { &mut unread } else { &mut texts[text] });
    }
    texts
}

/// Ends a block or a cell, unless nothing stands in it.
fn end(passage: &mut Passage, mark: &str) {
    match passage.0.last_mut() {
        None => {}
        Some(Piece::Text(last)) => {
            let text = last.trim_end_matches(['\n', ' ', '·']).len();
            last.truncate(text);
            last.push_str(mark);
        }
        Some(Piece::Name(..)) => passage.push(mark),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::markdown::Dialect;

    fn read(text: &str) -> Vec<String> {
        let variables = BTreeMap::from([("we".to_owned(), "All of us".to_owned())]);
        let dialect = Dialect { variables: &variables, guidance: false };
        let texts = texts(&markdown::parse(text, 0, dialect).nodes);
        let plain = |piece: Piece| match piece {
            Piece::Text(text) => text,
            Piece::Name(link, typed) => format!("<{link} {typed}>"),
        };
        texts.into_iter().map(|text| text.0.into_iter().map(plain).collect()).collect()
    }

    #[test]
    fn each_section_has_its_text() {
        assert_eq!(
            read("a *b*\nc\n\n# D\n\ne `f`\n\n- g\n- h\n  - i\n\n## J\n"),
            ["a b c\n", "e f\ng\nh\ni\n", ""]
        );
        assert_eq!(read("```mermaid\na --> b\n```\n\n```sh\nc\n```\n"), ["c\n"]);
        assert_eq!(read("# {{ we }}\n{{ we }}\n"), ["", "All of us\n"]);
        assert_eq!(read("| a | b |\n| --- | --- |\n| c | d |\n"), ["a · b\nc · d\n"]);
    }

    #[test]
    fn names_of_documents_are_kept_apart_and_counted() {
        assert_eq!(
            read("[a](b.md) [[SMS-A]]\n\n# [[SMS-B]]\n\n[[SMS-C|d]] [[SMS-D]]\n"),
            ["a <1 SMS-A>\n", "d <4 SMS-D>\n"]
        );
    }

    #[test]
    fn guidance_and_comments_are_not_searched() {
        assert_eq!(
            read("> [!GUIDANCE]\n> secret\n\na <!-- secret --> b\n\n<!-- secret -->\n"),
            ["a  b\n"]
        );
    }
}
