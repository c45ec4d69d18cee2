//! The fields of the index, and what a section puts into them.

use tantivy::schema::{
    FAST, Field, FieldType, IndexRecordOption, STORED, Schema, SchemaBuilder, TantivyDocument,
    TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{RawTokenizer, TokenizerManager};

use super::postings::{Postings, Take};
use super::record::Record;
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

/// What the fields of each tokenizer take of a text. The tokenizer is named so with the language of the index:
/// `texts-en`; the words are taken by [`Postings`].
const NAMES: (&str, Take) = ("names", Take { stems: false, stops: true });
const WORDS: (&str, Take) = ("words", Take { stems: false, stops: false });
const TITLES: (&str, Take) = ("titles", Take { stems: true, stops: true });
const TEXTS: (&str, Take) = ("texts", Take { stems: true, stops: false });

impl Fields {
    /// The schema of an index in `language`.
    pub(super) fn schema(language: &str) -> Schema {
        let text = |(tokenizer, _): (&str, Take), option: IndexRecordOption| {
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
        schema.add_text_field("title", text(TITLES, placed));
        schema.add_text_field("heading", text(TITLES, placed));
        schema.add_text_field("keywords", text(TITLES, placed));
        schema.add_text_field("body", text(TEXTS, counted));
        schema.add_text_field("names", text(NAMES, placed));
        for name in ["kind", "owner", "clause", "standard"] {
            schema.add_text_field(name, raw());
        }
        // The last of its kind: its postings are half of all, and only words that are begun, misspelt or quoted need them.
        schema.add_text_field(LARGEST, text(WORDS, placed));
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

    /// The numbers of a section and what is shown of it: what tantivy writes by itself.
    pub(super) fn document(&self, section: &Section, order: u64) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        let page = &*section.page;
        if section.is_first() {
            let day = |day: Option<i32>| day.and_then(|day| u64::try_from(day).ok()).unwrap_or(0);
            document.add_u64(self.order, order);
            document.add_u64(self.status, page.status.map_or(0, Status::code));
            document.add_u64(self.effective, day(page.effective));
            document.add_u64(self.review, day(page.review));
        }
        document.add_text(self.shown, Record::of(section).encode());
        document
    }

    /// Puts the words of a section into the fields.
    pub(super) fn fill(&self, postings: &mut Postings, section: &Section) {
        let [names, words, titles, texts] = [NAMES, WORDS, TITLES, TEXTS].map(|(_, take)| take);
        let page = &*section.page;
        if let Some(heading) = &section.heading {
            let fields = [(self.heading, titles), (self.names, names), (self.words, words)];
            postings.text(heading, &fields);
        }
        for title in std::iter::once(&page.title).chain(&page.other_titles) {
            postings.text(title, &[(self.title, titles), (self.names, names)]);
        }
        for keyword in page.keywords.iter().chain(&section.keywords) {
            postings.text(keyword, &[(self.keywords, titles), (self.words, words)]);
        }
        postings.text(&section.text, &[(self.body, texts), (self.words, words)]);
        if section.is_first() {
            postings.raw(self.code, code::FIRST);
            for own in &page.codes {
                self.code(postings, own, code::OWN, code::OWN_WITHIN);
            }
        }
        for claim in &section.claims {
            self.code(postings, claim, code::CLAIM, code::CLAIM_WITHIN);
        }
        postings.raw(self.kind, &page.kind);
        postings.raw(self.owner, &page.owner);
        for clause in &page.clauses {
            // Of other standards than the primary one with their id: `iso-9001-2015:6.3`.
            let number = clause.find(':').map_or(0, |colon| colon + 1);
            for within in beginnings(&clause[number..]) {
                postings.raw(self.clause, &clause[..number + within.len()]);
            }
            postings.raw(self.clause, clause);
        }
        for standard in &page.standards {
            postings.raw(self.standard, standard);
        }
        postings.end();
    }

    fn code(&self, postings: &mut Postings, number: &str, whole: char, within: char) {
        // Numbers of other standards than the primary one are found by their number alone.
        let number = number.rsplit_once(':').map_or(number, |(_, number)| number).to_lowercase();
        postings.raw(self.code, &format!("{whole}{number}"));
        for beginning in beginnings(&number) {
            postings.raw(self.code, &format!("{within}{beginning}"));
        }
    }
}

/// What a number or reference begins with, cut at its dots and hyphens: `8.5` and `8` of `8.5.1`, `sms-pol` and `sms`
/// of `sms-pol-8.5`.
fn beginnings(number: &str) -> impl Iterator<Item = &str> {
    number.match_indices(['.', '-']).map(|(at, _)| &number[..at])
}

/// The language that an index of this schema is in.
pub(super) fn language(schema: &Schema, fields: &Fields) -> String {
    let tokenizer = match schema.get_field_entry(fields.body).field_type() {
        FieldType::Str(options) => {
            options.get_indexing_options().map_or("", TextFieldIndexing::tokenizer)
        }
        _ => "",
    };
    let named = tokenizer.strip_prefix(TEXTS.0).and_then(|rest| rest.strip_prefix('-'));
    named.unwrap_or("").to_owned()
}

/// A tokenizer for each name that the schema has. They read nothing; tantivy writes no index without them.
pub(super) fn tokenizers(language: &str) -> TokenizerManager {
    let tokenizers = TokenizerManager::new();
    // Fields of numbers ask for the last one.
    for name in ["raw", "default"] {
        tokenizers.register(name, RawTokenizer::default());
    }
    for (name, _) in [NAMES, WORDS, TITLES, TEXTS] {
        tokenizers.register(&format!("{name}-{language}"), RawTokenizer::default());
    }
    tokenizers
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
