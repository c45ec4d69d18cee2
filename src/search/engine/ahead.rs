//! What is about to be read, fetched together. From a server each piece that is fetched by itself is a way there and
//! back; a query reads from dozens of them, one behind the other.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::Files;
use super::collect::Section;

/// The index, read to no end but that its pieces are there. What cannot be had is told when it is read in earnest.
#[derive(Clone, Copy)]
pub(super) struct Ahead<'a> {
    pub(super) files: &'a Files,
    pub(super) searcher: &'a Searcher,
}

impl Ahead<'_> {
    /// Where terms stand, with what their scores are reckoned from.
    pub(super) fn terms(&self, terms: &[(Term, IndexRecordOption)]) {
        self.each_segment(|reader| {
            for (term, option) in terms {
                let _ = term_of(reader, term, *option);
            }
        });
    }

    /// The dictionaries of fields.
    pub(super) fn dictionaries(&self, fields: &[Field]) {
        self.each_segment(|reader| {
            for field in fields {
                let _ = reader.inverted_index(*field);
            }
        });
    }

    /// Columns of numbers.
    pub(super) fn columns(&self, names: &[&str]) {
        self.each_segment(|reader| {
            for name in names {
                let _ = reader.fast_fields().u64(name);
            }
        });
    }

    /// What is shown of sections.
    pub(super) fn shown(&self, sections: &[Section]) {
        self.files.together(&mut || {
            for section in sections {
                let _ = self.searcher.doc::<tantivy::TantivyDocument>(section.address);
            }
        });
    }

    fn each_segment(&self, read: impl Fn(&SegmentReader)) {
        self.files.together(&mut || self.searcher.segment_readers().iter().for_each(&read));
    }
}

fn term_of(reader: &SegmentReader, term: &Term, option: IndexRecordOption) -> tantivy::Result<()> {
    let index = reader.inverted_index(term.field())?;
    if let Some(info) = index.get_term_info(term)? {
        index.read_postings_from_terminfo(&info, option)?;
        // What is found whatever its weight needs no lengths of texts.
        if option != IndexRecordOption::Basic {
            reader.get_fieldnorms_reader(term.field())?;
        }
    }
    Ok(())
}
