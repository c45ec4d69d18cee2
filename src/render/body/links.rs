//! Links and images of a body: each leads where it was found to lead, or is plain text.

use pulldown_cmark::{Event, LinkType};

use super::{Open, Writer, escaped};
use crate::picture::Pixels;
use crate::places;
use crate::portal::{DocumentId, Portal, Target};
use crate::wording::Wording;

impl<'a> Writer<'a, '_> {
    pub(super) fn link(&mut self, link_type: LinkType, typed: &str, title: &str) {
        // Links in guidance are not among the document's: they are shown as text.
        let target = if self.guidance > 0 { None } else { self.entry.targets.get(self.next_link) };
        self.next_link += usize::from(self.guidance == 0);
        let bare = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let words = match target {
            Some(target) if bare => Wording(self.words).link_name(self.portal, target),
            _ => None,
        };
        let href =
            target.and_then(|target| places::target(self.portal, self.address, target, typed));
        self.written.extend(href.clone());
        let title = titled(title);
        let mut reference = None;
        let (open, close) = match (&href, target) {
            (Some(href), Some(Target::Outside)) => (
                format!(
                    "<a class=\"outside\" rel=\"noopener noreferrer\" href=\"{}\"{title}>",
                    escaped(href)
                ),
                "</a>".to_owned(),
            ),
            (Some(href), target) => {
                let after = match target {
                    Some(Target::Document(id, _) | Target::HtmlAnchor(id, _))
                        if !self.is_own(*id) =>
                    {
                        if !self.leads_to.iter().any(|(known, _)| known == href) {
                            self.leads_to.push((href.clone(), *id));
                        }
                        reference = self.reference(*id);
                        self.mark(*id)
                    }
                    _ => String::new(),
                };
                // The script shows what a term means where it is pointed at.
                let class =
                    if matches!(target, Some(Target::Term(_))) { " class=\"term\"" } else { "" };
                (format!("<a{class} href=\"{}\"{title}>", escaped(href)), format!("</a>{after}"))
            }
            (None, Some(Target::Dead(_))) => {
                let title = self.words.get("document.dead-link");
                (format!("<span class=\"dead\" title=\"{title}\">"), "</span>".to_owned())
            }
            (None, _) => ("<span>".to_owned(), "</span>".to_owned()),
        };
        self.raw(open);
        match words {
            // The reference that stands in the text gives way to the title.
            Some(words) => {
                self.raw(escaped(&words));
                let close = on_paper(reference, &words) + &close;
                self.open.push(Open::Replaced { close, from: self.events.len() });
            }
            None => self.open.push(Open::Link { close, reference, from: self.events.len() }),
        }
    }

    /// The end of a link that reads as the events from `from` on.
    pub(super) fn finish_link(&mut self, close: &str, reference: Option<&str>, from: usize) {
        let mut read = String::new();
        if reference.is_some() {
            for event in self.events.get(from..).unwrap_or(&[]) {
                if let Event::Text(text) | Event::Code(text) = event {
                    read.push_str(text);
                }
            }
        }
        let html = on_paper(reference, &read) + close;
        self.raw(html);
    }

    fn reference(&self, id: DocumentId) -> Option<&'a str> {
        self.portal.library.entry(id).document.reference()
    }

    fn is_own(&self, id: DocumentId) -> bool {
        self.portal.library.entry(id).document.path == self.entry.document.path
    }

    /// The mark of what is not in force, at every mention (contracts 6).
    fn mark(&self, id: DocumentId) -> String {
        let mut out = String::new();
        if let Some(mark) = crate::render::mark(self.portal, self.words, id) {
            mark.write(&mut out);
        }
        out
    }

    pub(super) fn image(&mut self, typed: &str, title: &str) {
        let target = if self.guidance > 0 { None } else { self.entry.targets.get(self.next_link) };
        self.next_link += usize::from(self.guidance == 0);
        let src =
            target.and_then(|target| places::target(self.portal, self.address, target, typed));
        self.written.extend(src.clone());
        let title = titled(title);
        let open = match src {
            Some(src) => {
                let size = size(self.portal, target);
                format!("<img loading=\"lazy\" src=\"{}\"{size}{title} alt=\"", escaped(&src))
            }
            None => String::new(),
        };
        self.open.push(Open::Image { open, from: self.events.len() });
    }

    /// The text of an image is its alternative text.
    pub(super) fn finish_image(&mut self, open: &str, from: usize) {
        let mut alt = String::new();
        for event in self.events.drain(from.min(self.events.len())..) {
            match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        let alt = escaped(&alt);
        self.raw(if open.is_empty() {
            format!("<span class=\"dead\">{alt}</span>")
        } else {
            format!("{open}{alt}\">")
        });
    }
}

/// The size of a picture of pixels as attributes, so that nothing moves when it comes.
fn size(portal: &Portal, target: Option<&Target>) -> String {
    let Some(Target::Attachment(path)) = target else { return String::new() };
    let pixels = portal.library.pixels.get(path);
    pixels.map_or_else(String::new, |Pixels { width, height }| {
        format!(" width=\"{width}\" height=\"{height}\"")
    })
}

/// A title as an attribute.
fn titled(title: &str) -> String {
    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) }
}

/// The reference of the document that a link leads to, for those who read its words on paper, unless they hold it.
fn on_paper(reference: Option<&str>, words: &str) -> String {
    match reference.filter(|reference| !says(words, reference)) {
        Some(reference) => format!("<span class=\"paper\"> ({})</span>", escaped(reference)),
        None => String::new(),
    }
}

/// True when words hold a reference as a whole: `SMS-POL-8.5.1.3` does not say `SMS-POL-8.5.1`.
fn says(words: &str, reference: &str) -> bool {
    words.match_indices(reference).any(|(at, _)| {
        let (before, after) = (&words[..at], &words[at + reference.len()..]);
        let more = after.trim_start_matches(['.', '-']);
        // A full stop ends a sentence, unless something stands right behind it.
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '.')
            && !more.starts_with(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_said_as_a_whole_only() {
        for words in ["SMS-POL-8.5.1", "see SMS-POL-8.5.1.", "(SMS-POL-8.5.1): the policy"] {
            assert_eq!(on_paper(Some("SMS-POL-8.5.1"), words), "", "{words}");
        }
        for words in ["the policy", "SMS-POL-8.5.1.3", "SMS-POL-8.5.10", "SMS-POL-8.5.1-2"] {
            let paper = on_paper(Some("SMS-POL-8.5.1"), words);
            assert_eq!(paper, "<span class=\"paper\"> (SMS-POL-8.5.1)</span>", "{words}");
        }
        assert_eq!(on_paper(None, "the policy"), "");
    }
}
