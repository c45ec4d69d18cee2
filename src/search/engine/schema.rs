//! The fields of the index, and what a section puts into them.

use tantivy::schema::{
    FAST, Field, FieldType, IndexRecordOption, STORED, Schema, SchemaBuilder, TantivyDocument,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{RawTokenizer, TokenizerManager};

use super::record::Record;
use super::words::{Take, Taken};
use super::{Section, Status};

/// The fields, in the order of the schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// References and clause numbers, whole and by their beginnings: see [`code`].
    pub(super) code: Field,
    /// Stems of the title of the page and of its other titles.
    pub(super) title: Field,
    /// Stems of the heading.
    pub(super) heading: Field,
    /// Stems of keywords and synonyms.
    pub(super) keywords: Field,
    /// Stems of the text.
    pub(super) body: Field,
    /// The words of titles and heading as they are.
    pub(super) names: Field,
    /// The words of heading, keywords and text as they are.
    pub(super) words: Field,
    /// The type of the document, or `clause`, `role`, `term`.
    pub(super) kind: Field,
    /// The id of the owner.
    pub(super) owner: Field,
    /// The clauses that the page claims, each with what stands above it.
    pub(super) clause: Field,
    /// The standards that they are of.
    pub(super) standard: Field,
    /// The place of the page in portal order. This and what follows stands with the beginning of a page alone.
    pub(super) order: Field,
    /// The status, as [`Status::code`].
    pub(super) status: Field,
    /// The day from which it is in force, counted from 1970; 0 for none.
    pub(super) effective: Field,
    /// The day of its next review, as `effective`.
    pub(super) review: Field,
    /// What is shown of it.
    pub(super) shown: Field,
}

/// What a number or reference is to the section it is found by. It stands before the number in the field `code`.
pub(super) mod code {
    /// The page is that of this number or reference.
    pub(in super::super) const OWN: char = '=';
    /// The section claims this clause.
    pub(in super::super) const CLAIM: char = '+';
    /// The page's own begins with this.
    pub(in super::super) const OWN_WITHIN: char = '<';
    /// A claimed clause begins with this.
    pub(in super::super) const CLAIM_WITHIN: char = '~';
    /// The section is the beginning of its page.
    pub(in super::super) const FIRST: &str = "^";
}

/// The field whose postings stand behind all others.
pub(super) const LARGEST: &str = "words";

/// The tokenizers, before the name of the language: each field has the one of its name, or of a group of fields.
const TOKENIZERS: [(&str, Take); 4] = [
    ("names", Take { stems: false, stops: true }),
    ("words", Take { stems: false, stops: false }),
    ("titles", Take { stems: true, stops: true }),
    ("texts", Take { stems: true, stops: false }),
];

impl Fields {
    /// The schema of an index in `language`.
    pub(super) fn schema(language: &str) -> Schema {
        let text = |tokenizer: &str, option: IndexRecordOption| {
            let tokenizer = format!("{tokenizer}-{language}");
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default().set_tokenizer(&tokenizer).set_index_option(option),
            )
        };
        let (counted, placed) =
            (IndexRecordOption::WithFreqs, IndexRecordOption::WithFreqsAndPositions);
        let raw = || {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("raw")
                    .set_fieldnorms(false)
                    .set_index_option(IndexRecordOption::Basic),
            )
        };
        let mut schema = SchemaBuilder::new();
        schema.add_text_field("code", raw());
        schema.add_text_field("title", text("titles", placed));
        schema.add_text_field("heading", text("titles", placed));
        schema.add_text_field("keywords", text("titles", placed));
        schema.add_text_field("body", text("texts", counted));
        schema.add_text_field("names", text("names", placed));
        for name in ["kind", "owner", "clause", "standard"] {
            schema.add_text_field(name, raw());
        }
        // The last of its kind: its postings are half of all, and only words that are begun, misspelt or quoted need them.
        schema.add_text_field(LARGEST, text("words", placed));
        for name in ["order", "status", "effective", "review"] {
            schema.add_u64_field(name, FAST);
        }
        schema.add_text_field("shown", STORED);
        schema.build()
    }

    /// The fields of a schema that was read.
    pub(super) fn of(schema: &Schema) -> tantivy::Result<Self> {
        let get = |name| schema.get_field(name);
        Ok(Self {
            code: get("code")?,
            title: get("title")?,
            heading: get("heading")?,
            keywords: get("keywords")?,
            body: get("body")?,
            names: get("names")?,
            words: get("words")?,
            kind: get("kind")?,
            owner: get("owner")?,
            clause: get("clause")?,
            standard: get("standard")?,
            order: get("order")?,
            status: get("status")?,
            effective: get("effective")?,
            review: get("review")?,
            shown: get("shown")?,
        })
    }

    /// The index document of a section.
    pub(super) fn document(&self, section: &Section, order: u64) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        let page = &*section.page;
        if let Some(heading) = &section.heading {
            document.add_text(self.heading, heading);
            document.add_text(self.names, heading);
            document.add_text(self.words, heading);
        }
        document.add_text(self.title, &page.title);
        document.add_text(self.names, &page.title);
        for other in &page.other_titles {
            document.add_text(self.title, other);
            document.add_text(self.names, other);
        }
        for keyword in page.keywords.iter().chain(&section.keywords) {
            document.add_text(self.keywords, keyword);
            document.add_text(self.words, keyword);
        }
        document.add_text(self.body, &section.text);
        document.add_text(self.words, &section.text);
        if section.is_first() {
            document.add_text(self.code, code::FIRST);
            let day = |day: Option<i32>| day.and_then(|day| u64::try_from(day).ok()).unwrap_or(0);
            document.add_u64(self.order, order);
            document.add_u64(self.status, page.status.map_or(0, Status::code));
            document.add_u64(self.effective, day(page.effective));
            document.add_u64(self.review, day(page.review));
            for own in &page.codes {
                self.add_code(&mut document, own, code::OWN, code::OWN_WITHIN);
            }
        }
        for claim in &section.claims {
            self.add_code(&mut document, claim, code::CLAIM, code::CLAIM_WITHIN);
        }
        document.add_text(self.kind, &page.kind);
        document.add_text(self.owner, &page.owner);
        for clause in &page.clauses {
            // Of other standards than the primary one with their id: `iso-9001-2015:6.3`.
            let number = clause.find(':').map_or(0, |colon| colon + 1);
            for within in beginnings(&clause[number..]) {
                document.add_text(self.clause, &clause[..number + within.len()]);
            }
            document.add_text(self.clause, clause);
        }
        for standard in &page.standards {
            document.add_text(self.standard, standard);
        }
        document.add_text(self.shown, Record::of(section).encode());
        document
    }

    fn add_code(&self, document: &mut TantivyDocument, number: &str, whole: char, within: char) {
        // Numbers of other standards than the primary one are found by their number alone.
        let number = number.rsplit_once(':').map_or(number, |(_, number)| number).to_lowercase();
        document.add_text(self.code, format!("{whole}{number}"));
        for beginning in beginnings(&number) {
            document.add_text(self.code, format!("{within}{beginning}"));
        }
    }
}

/// What a number or reference begins with, cut at its dots and hyphens: `8.5` and `8` of `8.5.1`, `sms-pol` and `sms`
/// of `sms-pol-8.5`.
fn beginnings(number: &str) -> impl Iterator<Item = &str> {
    number.match_indices(['.', '-']).map(|(at, _)| &number[..at])
}

/// The tokenizers that an index of this schema needs, and its language.
pub(super) fn tokenizers(schema: &Schema, fields: &Fields) -> (TokenizerManager, String) {
    let tokenizer = match schema.get_field_entry(fields.body).field_type() {
        FieldType::Str(options) => {
            options.get_indexing_options().map_or("", TextFieldIndexing::tokenizer)
        }
        _ => "",
    };
    let language = tokenizer.strip_prefix("texts-").unwrap_or("").to_owned();
    let tokenizers = TokenizerManager::new();
    tokenizers.register("raw", RawTokenizer::default());
    // Fields of numbers ask for it as well.
    tokenizers.register("default", RawTokenizer::default());
    for (name, take) in TOKENIZERS {
        tokenizers.register(&format!("{name}-{language}"), Taken::of(&language, take));
    }
    (tokenizers, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_by_its_beginnings() {
        assert_eq!(beginnings("8.5.1").collect::<Vec<_>>(), ["8", "8.5"]);
        assert_eq!(beginnings("sms-pol-8.5").collect::<Vec<_>>(), ["sms", "sms-pol", "sms-pol-8"]);
        assert_eq!(beginnings("8").count(), 0);
    }
}
