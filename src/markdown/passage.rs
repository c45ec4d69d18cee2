//! Stretches of a body that are shown elsewhere too, with the names of other documents kept apart.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::Node;
use crate::document::{Passage, Piece};
use crate::html;

/// The heading that begins with `nodes`, up to its end. `next_link` is the index of the first link in it, and is moved
/// past those that it holds.
pub fn heading(nodes: &[(Node, Range<usize>)], next_link: &mut usize) -> Passage {
    let mut passage = Passage::default();
    let mut reader = PassageReader::new(next_link);
    for (node, _) in nodes {
        match node {
            Node::Event(Event::End(TagEnd::Heading(_))) => break,
            Node::Event(event) => reader.read(event, &mut passage),
            _ => {}
        }
    }
    passage
}

/// Reads events into a passage, and keeps count of the links that pass.
pub struct PassageReader<'n> {
    next_link: &'n mut usize,
    name: Option<usize>,
}

impl<'n> PassageReader<'n> {
    /// Begins before the link of that index.
    pub fn new(next_link: &'n mut usize) -> Self {
        Self { next_link, name: None }
    }

    /// Takes up one event.
    pub fn read(&mut self, event: &Event, passage: &mut Passage) {
        match event {
            Event::Start(Tag::Link { link_type, .. }) => {
                if matches!(link_type, LinkType::WikiLink { has_pothole: false }) {
                    self.name = Some(*self.next_link);
                }
                *self.next_link += 1;
            }
            Event::Start(Tag::Image { .. }) => *self.next_link += 1,
            Event::Html(html) | Event::InlineHtml(html) => {
                *self.next_link += html::links(html).len();
            }
            Event::End(TagEnd::Link) => self.name = None,
            Event::Text(text) | Event::Code(text) => match self.name {
                Some(link) => passage.0.push(Piece::Name(link, text.to_string())),
                None => passage.push(text),
            },
            Event::SoftBreak | Event::HardBreak => passage.push(" "),
            _ => {}
        }
    }
}
