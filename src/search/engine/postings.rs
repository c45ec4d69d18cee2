//! The words of all sections, gathered in one reading of each text, and written as tantivy writes them.
//!
//! tantivy reads a text once for each field that it stands in, and looks each of its words up in a table of its own.
//! Here a text is read once for all its fields, and a word that was met before is known by its number: what it is in
//! each field takes no second look. What is written are the same bytes.

use std::collections::HashMap;
use std::io;

use tantivy::DocId;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::{Segment, SegmentComponent};
use tantivy::postings::{FieldSerializer, InvertedIndexSerializer};
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::tokenizer::MAX_TOKEN_LEN;

use super::blocks::Blocks;
use super::words::{self, Quick, Words};

/// What a field takes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Take {
    /// The stems of words; else the words as they are, without marks.
    pub(super) stems: bool,
    /// The words, too, that say nothing. They are two in five of a text; the others keep their places without them.
    pub(super) stops: bool,
}

/// The words of all sections.
pub(super) struct Postings {
    schema: Schema,
    words: Words,
    /// By the number of a word in [`Words`].
    known: Vec<Known>,
    terms: Terms,
    /// By the number of a field.
    fields: Vec<OfField>,
    lengths: FieldNormsWriter,
    word: String,
}

/// A word in its forms.
#[derive(Debug, Clone, Copy)]
struct Known {
    stem: usize,
    plain: usize,
    stop: bool,
}

/// All that stands in fields, by number.
#[derive(Default)]
struct Terms {
    numbers: HashMap<Box<str>, usize, Quick>,
    texts: Vec<Box<str>>,
}

/// What stands in one field: term and place, section by section.
#[derive(Debug, Default)]
struct OfField {
    terms: Blocks<u32>,
    /// Empty for a field that keeps no places.
    places: Blocks<u32>,
    placed: bool,
    /// Where each section ends, among the terms.
    ends: Vec<usize>,
    /// The place at which the text begins that is being read, and the one behind its last word.
    from: u32,
    to: u32,
}

impl Postings {
    /// Nothing yet, for an index of that schema in the language called `language`.
    pub(super) fn new(schema: &Schema, language: &str) -> Self {
        let fields = schema.fields().map(|(_, entry)| {
            let option = entry.field_type().index_record_option();
            let placed = option.is_some_and(IndexRecordOption::has_positions);
            OfField { placed, ..OfField::default() }
        });
        Self {
            schema: schema.clone(),
            words: Words::of(language),
            known: Vec::new(),
            terms: Terms::default(),
            fields: fields.collect(),
            lengths: FieldNormsWriter::for_schema(schema),
            word: String::new(),
        }
    }

    /// Reads a text of the present section for all fields that it stands in.
    pub(super) fn text(&mut self, text: &str, fields: &[(Field, Take)]) {
        let mut split = words::split(text);
        for at in 0u32.. {
            if split.next_into(&mut self.word).is_none() {
                break;
            }
            if self.word.len() > words::LONGEST {
                continue;
            }
            let known = self.known();
            for (field, take) in fields {
                if take.stops || !known.stop {
                    let term = if take.stems { known.stem } else { known.plain };
                    self.fields[field.field_id() as usize].add(term, at);
                }
            }
        }
        for (field, _) in fields {
            self.fields[field.field_id() as usize].turn();
        }
    }

    /// Puts a text into a field of the present section as it is.
    pub(super) fn raw(&mut self, field: Field, text: &str) {
        if text.len() <= MAX_TOKEN_LEN {
            let term = self.terms.number(text);
            self.fields[field.field_id() as usize].add(term, 0);
        }
    }

    /// Ends the present section.
    pub(super) fn end(&mut self) {
        for (number, field) in (0u32..).zip(&mut self.fields) {
            let from = field.ends.last().copied().unwrap_or(0);
            let section = DocId::try_from(field.ends.len()).unwrap_or(DocId::MAX);
            let length = u32::try_from(field.terms.len() - from).unwrap_or(u32::MAX);
            self.lengths.record(section, Field::from_field_id(number), length);
            field.ends.push(field.terms.len());
            (field.from, field.to) = (0, 0);
        }
    }

    /// What is known of the word that was read.
    fn known(&mut self) -> Known {
        let number = self.words.number(&self.word);
        if let Some(known) = self.known.get(number) {
            return *known;
        }
        let (stem, stop) = self.words.of_number(number);
        let stem = self.terms.number(stem);
        words::fold(&mut self.word);
        let plain = self.terms.number(&self.word);
        // Words are numbered as they are met, and all are met here.
        self.known.push(Known { stem, plain, stop });
        Known { stem, plain, stop }
    }

    /// Writes the files that hold words and their places.
    pub(super) fn write(self, segment: &Segment) -> tantivy::Result<()> {
        let Self { schema, words: _, known: _, terms, fields, lengths, word: _ } = self;
        let file = segment.open_write(SegmentComponent::FieldNorms)?;
        lengths.serialize(FieldNormsSerializer::from_write(file)?, None)?;
        let lengths = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let order = terms.order();
        let mut sorted = Sorted::default();
        let mut files = InvertedIndexSerializer::open(segment)?;
        for ((field, entry), of_field) in schema.fields().zip(fields) {
            let option = entry.field_type().index_record_option();
            if let Some(option) = option.filter(|_| of_field.terms.len() > 0) {
                let count = of_field.terms.len() as u64;
                let mut file = files.new_field(field, count, lengths.get_field(field)?)?;
                of_field.write(&mut sorted, &terms, &order, option, &mut file)?;
                file.close()?;
            }
        }
        Ok(files.close()?)
    }
}

impl Terms {
    fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len();
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    /// Their numbers in the order of their bytes.
    fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.texts.len()).collect();
        order.sort_unstable_by_key(|term| &self.texts[*term]);
        order
    }
}

impl OfField {
    fn add(&mut self, term: usize, at: u32) {
        self.terms.push(u32::try_from(term).unwrap_or(u32::MAX));
        if self.placed {
            self.places.push(self.from + at);
        }
        self.to = self.from + at + 1;
    }

    /// Ends a text: no phrase goes from one to the next.
    fn turn(&mut self) {
        self.to += 1;
        self.from = self.to;
    }

    /// Writes the terms in their order, each with its sections, each with the places there.
    fn write(
        self,
        sorted: &mut Sorted,
        terms: &Terms,
        order: &[usize],
        option: IndexRecordOption,
        file: &mut FieldSerializer,
    ) -> io::Result<()> {
        let placed = self.placed;
        sorted.take(self, terms.texts.len());
        let mut steps = Vec::new();
        for &term in order {
            let of_term = sorted.begins[term]..sorted.begins[term + 1];
            if of_term.is_empty() {
                continue;
            }
            let sections = || sorted.sections[of_term.clone()].chunk_by(|one, next| one == next);
            let counts = option.has_freq();
            let known = if counts { sections().count() } else { 0 };
            file.new_term(terms.texts[term].as_bytes(), narrow(known), counts)?;
            let mut places = if placed { &sorted.places[of_term.clone()] } else { &[][..] };
            for of_section in sections() {
                if let Some((own, others)) = places.split_at_checked(of_section.len()) {
                    let before = std::iter::once(&0).chain(own);
                    steps.clear();
                    steps.extend(own.iter().zip(before).map(|(place, before)| place - before));
                    places = others;
                }
                let count = if counts { of_section.len() } else { 0 };
                file.write_doc(of_section[0], narrow(count), &steps);
            }
            file.close_term()?;
        }
        Ok(())
    }
}

/// What stands in a field, term by term. Its memory serves one field after the other.
#[derive(Default)]
struct Sorted {
    /// Where each term begins below, and behind the last one where it ends.
    begins: Vec<usize>,
    sections: Vec<DocId>,
    /// As they were for fields that keep places; of no use for others.
    places: Vec<u32>,
}

impl Sorted {
    /// Sorts what stands in a field; there are so many terms in all.
    fn take(&mut self, field: OfField, terms: usize) {
        let Self { begins, sections, places } = self;
        begins.clear();
        begins.resize(terms + 1, 0);
        for term in field.terms.blocks().flatten() {
            begins[*term as usize + 1] += 1;
        }
        for term in 0..terms {
            begins[term + 1] += begins[term];
        }
        let count = field.terms.len();
        sections.resize(count.max(sections.len()), 0);
        if field.placed {
            places.resize(count.max(places.len()), 0);
        }
        let mut free = begins.clone();
        let (mut at, mut section) = (0, 0);
        // Places stand in blocks as their terms do.
        let blocks = field.places.blocks().chain(std::iter::repeat(&[][..]));
        for (terms, of_terms) in field.terms.blocks().zip(blocks) {
            for (within, term) in terms.iter().enumerate() {
                while field.ends[section as usize] == at {
                    section += 1;
                }
                let free = &mut free[*term as usize];
                sections[*free] = section;
                if let Some(place) = of_terms.get(within) {
                    places[*free] = *place;
                }
                *free += 1;
                at += 1;
            }
        }
    }
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tantivy::Directory;
    use tantivy::directory::RamDirectory;
    use tantivy::schema::{SchemaBuilder, TextFieldIndexing, TextOptions};
    use tantivy::tokenizer::{LowerCaser, RawTokenizer, SimpleTokenizer, TextAnalyzer};
    use tantivy::{Index, TantivyDocument};

    use super::*;

    /// The files of an index that hold words.
    fn files(directory: &RamDirectory, segment: &Segment) -> Vec<Vec<u8>> {
        let kinds = ["fieldnorm", "term", "idx", "pos"];
        let file = |kind: &str| format!("{}.{kind}", segment.id().uuid_string());
        kinds.map(|kind| directory.atomic_read(Path::new(&file(kind))).expect("it is there")).into()
    }

    /// Texts with words in one, in some, and in more sections than a block of postings holds.
    fn texts(section: usize) -> [String; 2] {
        let long = format!("Every word {section} of many, many words; part {}", section % 7);
        [long, format!("of {} words", section * section)]
    }

    #[test]
    fn what_is_written_is_what_tantivy_writes() {
        let mut schema = SchemaBuilder::new();
        for (name, tokenizer, option) in [
            ("placed", "plain", IndexRecordOption::WithFreqsAndPositions),
            ("code", "raw", IndexRecordOption::Basic),
            ("none", "plain", IndexRecordOption::WithFreqs),
            ("counted", "plain", IndexRecordOption::WithFreqs),
        ] {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_fieldnorms(tokenizer != "raw")
                .set_index_option(option);
            schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing));
        }
        let schema = schema.build();
        let field = |name| schema.get_field(name).expect("it is a field");
        let [placed, code, counted] = ["placed", "code", "counted"].map(field);
        let directory = RamDirectory::create();
        let index = Index::builder().schema(schema.clone());
        let tokenizers = tantivy::tokenizer::TokenizerManager::new();
        let plain = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build();
        tokenizers.register("plain", plain);
        tokenizers.register("raw", RawTokenizer::default());
        let mut theirs = index
            .tokenizers(tokenizers)
            .single_segment_index_writer::<TantivyDocument>(directory.clone(), 16_000_000)
            .expect("it can be made");
        let mut ours = Postings::new(&schema, "");
        let take = Take { stems: false, stops: true };
        for section in 0..300 {
            let mut document = TantivyDocument::default();
            for text in texts(section) {
                document.add_text(placed, &text);
                ours.text(&text, &[(placed, take)]);
                if section % 3 > 0 {
                    document.add_text(counted, &text);
                    ours.text(&text, &[(counted, take)]);
                }
                document.add_text(code, &text);
                ours.raw(code, &text);
            }
            document.add_text(code, "twice");
            document.add_text(code, "twice");
            ours.raw(code, "twice");
            ours.raw(code, "twice");
            theirs.add_document(document).expect("it can be added");
            ours.end();
        }
        let index = theirs.finalize().expect("it can be written");
        let segments = index.searchable_segments().expect("it has one");
        let own = index.new_segment();
        ours.write(&own).expect("it can be written");
        assert!(files(&directory, &own) == files(&directory, &segments[0]), "the bytes differ");
    }
}
