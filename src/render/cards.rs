//! What is shown of a document when a link to it is pointed at.
//!
//! A page holds the cards of the documents that its text leads to, in a `template`: a script shows them, and without one
//! nothing is lost. The meanings of terms lie in `assets/terms.js` for all pages, loaded when first asked for.

use super::Make;
use super::table::{attribute, element};
use crate::portal::DocumentId;

impl Make<'_> {
    /// The cards of documents, each with the address by which the text leads there.
    pub(super) fn cards(&self, leads_to: &[(String, DocumentId)]) -> String {
        let mut out = String::new();
        for (href, id) in leads_to {
            self.card(href, *id, &mut out);
        }
        out
    }

    fn card(&self, href: &str, id: DocumentId, out: &mut String) {
        let entry = self.portal.library.entry(id);
        let document = &*entry.document;
        attribute("<div data-for=\"", href, out);
        element("><strong>", document.title(), "</strong><span>", out);
        let mut facts = vec![self.type_name(document.document_type())];
        facts.extend(document.reference().map(str::to_owned));
        if let Some(version) = &document.front_matter.version {
            let version = version.value.to_string();
            facts.push(self.words.say("search.version", &[("version", &version)]));
        }
        let owner = document.front_matter.owner.as_ref();
        facts.extend(owner.map(|owner| self.role_title(&owner.value)));
        facts.retain(|fact| !fact.is_empty());
        element("", &facts.join(" · "), "</span><span>", out);
        // What is not in force says so, in place of its status (contracts 6).
        match super::mark(self.portal, self.words, id) {
            Some(mark) => mark.write(out),
            None => self.status_badge(document.status()).write(out),
        }
        out.push(' ');
        let review = self.review_badge(id);
        if review.kind != "exempt" {
            review.write(out);
        }
        out.push_str("</span></div>\n");
    }
}
