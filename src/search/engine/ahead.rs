//! What is about to be read, noted so that it is fetched together. From a server each piece that is fetched by itself is
//! a way there and back; a query reads from dozens of them, one behind the other.

use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, SegmentReader, Term};

use super::Files;
use super::collect::Section;
use super::layout::COLUMNS;

/// The index, read to no end but that what is not there is noted; where all of it is at hand nothing is done. What cannot
/// be had is told when it is read in earnest.
#[derive(Clone, Copy)]
pub(super) struct Ahead<'a> {
    pub(super) files: &'a Files,
    pub(super) searcher: &'a Searcher,
}

impl Ahead<'_> {
    /// Where terms stand, with what their scores are reckoned from.
    pub(super) fn terms(&self, terms: impl Iterator<Item = (Term, IndexRecordOption)>) {
        if self.files.are_afar() {
            for (term, option) in terms {
                for reader in self.searcher.segment_readers() {
                    let _ = read(reader, &term, option);
                }
            }
        }
    }

    /// The dictionaries of fields.
    pub(super) fn dictionaries(&self, fields: &[Field]) {
        if self.files.are_afar() {
            for reader in self.searcher.segment_readers() {
                for field in fields {
                    let _ = reader.inverted_index(*field);
                }
            }
        }
    }

    /// The columns that the layout of the pages is read from.
    pub(super) fn columns(&self) {
        if self.files.are_afar() {
            for reader in self.searcher.segment_readers() {
                for name in COLUMNS {
                    let _ = reader.fast_fields().u64(name);
                }
            }
        }
    }

    /// What is shown of sections.
    pub(super) fn shown(&self, sections: &[Section]) {
        if self.files.are_afar() {
            for section in sections {
                let _ = self.searcher.doc::<tantivy::TantivyDocument>(section.address);
            }
        }
    }
}

fn read(reader: &SegmentReader, term: &Term, option: IndexRecordOption) -> tantivy::Result<()> {
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
