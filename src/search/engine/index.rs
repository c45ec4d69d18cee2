//! Sections to the files of an index, the same bytes for the same sections.

use std::borrow::Borrow;
use std::path::Path;

use tantivy::TantivyError::InternalError;
use tantivy::directory::Directory;
use tantivy::index::SegmentComponent::{self, FieldNorms, Positions, Terms};
use tantivy::{Index, IndexSettings, ReloadPolicy, TantivyDocument};

use super::Section;
use super::making::Making;
use super::postings::Postings;
use super::schema::{self, Fields, LARGEST};
use super::words::Words;

/// What memory the tables of the writer are laid out for, in bytes; they grow beyond it.
const MEMORY: usize = 16_000_000;

/// How many bytes of what is shown are packed together: what is fetched for one hit.
const SHOWN_BLOCK: usize = 4_096;

/// The segment's name: tantivy draws a random one, and the same sections are to give the same bytes.
pub(super) const SEGMENT: &str = "00000000000000000000000000000000";

/// The name of a segment of what was added to an index.
const ADDED: &str = "00000000000000000000000000000001";

/// The kinds of files of a segment, in the order in which they are packed: what every query reads comes first, what
/// is shown of a hit last.
pub(super) const KINDS: [&str; 6] = ["fast", "fieldnorm", "term", "idx", "pos", "store"];

/// The files of an index.
#[derive(Debug, Clone, Default)]
pub struct Indexed {
    /// Their names and lengths, in the order in which they are packed.
    pub files: Vec<(String, usize)>,
    /// Their bytes, one file behind the other.
    pub bytes: Vec<u8>,
    /// How many of these bytes, from the first, most queries read.
    pub head: usize,
}

/// The index of `sections` in the language called `language`: `en`.
///
/// # Errors
/// When tantivy fails, which it has no reason to in memory.
pub fn index(
    sections: impl IntoIterator<Item: Borrow<Section>>,
    language: &str,
) -> tantivy::Result<Indexed> {
    segment((0u64..).zip(sections), language, SEGMENT)
}

/// The same for sections that are added to an index, each with its place in portal order.
///
/// # Errors
/// When tantivy fails, which it has no reason to in memory.
pub fn index_added<'a>(
    sections: impl IntoIterator<Item = (u64, &'a Section)>,
    language: &str,
) -> tantivy::Result<Indexed> {
    segment(sections, language, ADDED)
}

/// An index of one segment of that name.
fn segment(
    sections: impl IntoIterator<Item = (u64, impl Borrow<Section>)>,
    language: &str,
    named: &str,
) -> tantivy::Result<Indexed> {
    let language = Words::of(language).language;
    let schema = Fields::schema(language);
    let fields = Fields::of(&schema)?;
    let settings = IndexSettings {
        docstore_compress_dedicated_thread: false,
        docstore_blocksize: SHOWN_BLOCK,
        ..IndexSettings::default()
    };
    let directory = Making::default();
    let mut postings = Postings::new(&schema, language);
    let mut writer = Index::builder()
        .schema(schema)
        .settings(settings)
        .tokenizers(schema::tokenizers(language))
        .single_segment_index_writer::<TantivyDocument>(directory.clone(), MEMORY)?;
    for (order, section) in sections {
        let section = section.borrow();
        writer.add_document(fields.document(section, order))?;
        fields.fill(&mut postings, section);
    }
    let index = writer.finalize()?;
    let segments = index.searchable_segments()?;
    let Some(segment) = segments.first() else {
        return Ok(Indexed::default());
    };
    // The words are written here, not by tantivy, which has written empty files for them.
    for component in [FieldNorms, Terms, SegmentComponent::Postings, Positions] {
        let empty = segment.relative_path(component);
        directory.delete(&empty).map_err(|error| InternalError(error.to_string()))?;
    }
    postings.write(segment)?;
    let drawn = segment.id().uuid_string();
    let largest = largest(&index)?;
    let meta = directory.atomic_read(Path::new("meta.json"))?;
    let meta = rename(&String::from_utf8_lossy(&meta), &drawn, named).into_bytes();
    let mut files = vec![("meta.json".to_owned(), meta.len())];
    let mut head = 0;
    for kind in KINDS {
        if kind == "pos" {
            head = files.iter().map(|(_, length)| length).sum::<usize>() - largest;
        }
        let length = directory.length(Path::new(&format!("{drawn}.{kind}")))?;
        files.push((format!("{named}.{kind}"), length));
    }
    let mut bytes = Vec::with_capacity(files.iter().map(|(_, length)| length).sum());
    bytes.extend(meta);
    for kind in KINDS {
        directory.move_to(Path::new(&format!("{drawn}.{kind}")), &mut bytes)?;
    }
    Ok(Indexed { files, bytes, head })
}

/// How many bytes the postings of the largest field take: they stand at the end of their file.
fn largest(index: &Index) -> tantivy::Result<usize> {
    let searcher =
        index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?.searcher();
    let usage = searcher.space_usage()?;
    let mut bytes = 0;
    for segment in usage.segments() {
        for field in segment.postings().fields() {
            if field.field_name() == LARGEST {
                bytes += usize::try_from(field.total().get_bytes()).unwrap_or(0);
            }
        }
    }
    Ok(bytes)
}

/// Writes the fixed name for the one that was drawn: it stands with hyphens there.
fn rename(meta: &str, drawn: &str, named: &str) -> String {
    let hyphens = |id: &str| -> String {
        [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]].join("-")
    };
    meta.replace(&hyphens(drawn), &hyphens(named)).replace(drawn, named)
}
