//! Diagrams in a body: a picture for each ground, and the source beneath it.

use super::{Writer, escaped};
use crate::diagram::{Appearance, LANGUAGE};
use crate::places;
use crate::wording::Wording;

/// How wide the text of a document is at most, in pixels (`--measure` in the style sheet): a wider diagram is shrunk.
const MEASURE: u32 = 576;

impl Writer<'_, '_> {
    /// The next diagram as a figure, given its source; `None` for other code, and for what could not be drawn.
    pub(super) fn diagram(&mut self, language: &str, source: &str) -> Option<String> {
        // Those in guidance are not among the document's.
        if language != LANGUAGE || self.guidance > 0 {
            return None;
        }
        let index = self.next_diagram;
        self.next_diagram += 1;
        let diagram = self.entry.document.diagrams.get(index)?;
        let drawing = diagram.drawing.as_ref()?;
        let page = self.entry.address.as_ref()?;
        let told = diagram.told.clone().unwrap_or_else(|| self.section());
        let text = escaped(&self.words.say("document.diagram", &[("title", &told)]));
        let (width, height) = (drawing.width, drawing.height);
        let label = self.region("document.diagram-part");
        let mut html = format!(
            "\n<figure class=\"diagram\"><div class=\"drawn\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\">"
        );
        for appearance in Appearance::ALL {
            let address = self.address.link_to(&places::diagram(page, index, appearance));
            let class = appearance.name();
            // None of them keeps the text waiting. The one for paper is fetched behind all else, or by the browser before
            // it prints.
            html.push_str(&format!(
                "<img class=\"on-{class}\" src=\"{}\" alt=\"{text}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" decoding=\"async\">",
                escaped(&address)
            ));
            self.written.insert(address);
        }
        html.push_str("</div>");
        // What is not shown in its own size leads to it, save on paper, as the link to its source does (`edit`). The file
        // for light ground can be read on a page of its own.
        if drawing.width > MEASURE {
            let address = places::diagram(page, index, Appearance::Light);
            html.push_str(&format!(
                "<a class=\"edit\" href=\"{}\">{}</a>",
                escaped(&self.address.link_to(&address)),
                escaped(&self.words.get("document.diagram-whole"))
            ));
        }
        let source = self.code_block(language, source);
        let summary = self.words.get("document.diagram-source");
        html.push_str(&format!(
            "<details><summary>{summary}</summary>{source}</details></figure>\n"
        ));
        Some(html)
    }

    /// The heading that we stand under, else the title of the document.
    fn section(&self) -> String {
        let document = &self.entry.document;
        let above = self.next_section.checked_sub(1).and_then(|last| document.sections.get(last));
        match above {
            Some(section) => Wording(self.words).passage(self.portal, self.entry, &section.title),
            None => document.title().to_owned(),
        }
    }
}
