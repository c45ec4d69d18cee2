//! Where the sections of each page stand in the index, and what the state of the page follows from.

use std::ops::Range;

use tantivy::{DocId, Searcher};

use super::{Asked, Status};

/// All pages of an index, as they stand.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) pages: Vec<Place>,
    /// By segment and document: the index of its page.
    pub(super) segments: Vec<Vec<u32>>,
}

/// A page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) segment: usize,
    /// Its sections, the beginning of the page first.
    pub(super) first: DocId,
    pub(super) end: DocId,
    /// Its place in portal order.
    pub(super) order: u64,
    /// True when it is passed over: it is there no more, or stands elsewhere.
    pub(super) gone: bool,
    pub(super) facts: Facts,
}

impl Place {
    pub(super) fn documents(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// What a state follows from.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    pub(super) status: Option<Status>,
    /// 0 for what was never approved.
    pub(super) effective: i32,
    /// 0 when none is known.
    pub(super) review: i32,
}

/// The columns that are read of an index: the place of a page, and what its state follows from.
pub(super) const COLUMNS: [&str; 4] = ["order", "status", "effective", "review"];

impl Layout {
    /// Reads where pages begin: their facts stand with the first section alone.
    pub(super) fn read(searcher: &Searcher) -> tantivy::Result<Self> {
        let mut layout = Self::default();
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let columns = reader.fast_fields();
            let [order, status, effective, review] = COLUMNS.map(|name| columns.u64(name));
            let (order, status, effective, review) = (order?, status?, effective?, review?);
            let mut page_of = Vec::with_capacity(reader.max_doc() as usize);
            for document in 0..reader.max_doc() {
                if let Some(order) = order.first(document) {
                    let day = |day: Option<u64>| day.and_then(|day| i32::try_from(day).ok());
                    layout.pages.push(Place {
                        segment,
                        first: document,
                        end: document,
                        order,
                        gone: false,
                        facts: Facts {
                            status: status.first(document).and_then(Status::of_code),
                            effective: day(effective.first(document)).unwrap_or(0),
                            review: day(review.first(document)).unwrap_or(0),
                        },
                    });
                }
                if let Some(page) = layout.pages.last_mut() {
                    page.end = document + 1;
                }
                page_of.push(u32::try_from(layout.pages.len().saturating_sub(1)).unwrap_or(0));
            }
            layout.segments.push(page_of);
        }
        Ok(layout)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Layout {
    /// Passes over pages of a segment, by their numbers in it.
    pub(super) fn pass_over(&mut self, segment: usize, gone: &[usize]) {
        let first = self.pages.iter().position(|page| page.segment == segment).unwrap_or(0);
        for number in gone {
            if let Some(page) = self.pages.get_mut(first + number) {
                page.gone = page.segment == segment;
            }
        }
    }
}

impl Facts {
    /// True for the rule that applies on the day, and for what is no document.
    pub(super) fn in_force(&self, asked: &Asked) -> bool {
        match self.status {
            None => true,
            Some(Status::Approved) => (1..=asked.today).contains(&self.effective),
            Some(_) => false,
        }
    }

    /// The state of the review on the day (contracts 4).
    pub(super) fn review_state(&self, asked: &Asked) -> &'static str {
        match self.status {
            None | Some(Status::Draft | Status::InReview | Status::Retired) => "exempt",
            Some(Status::Approved | Status::Unstated) if self.review == 0 => "unscheduled",
            Some(_) if self.review < asked.today => "overdue",
            Some(_) => {
                let left = i64::from(self.review) - i64::from(asked.today);
                if left <= i64::from(asked.due_soon) { "due" } else { "current" }
            }
        }
    }

    /// True when it is called so: by its status, or by the state of its review.
    pub(super) fn is_called(&self, name: &str, asked: &Asked) -> bool {
        match (name, self.status) {
            ("any", _) => true,
            (_, None) => false,
            ("in-force", _) => self.in_force(asked),
            (name, Some(status)) => status.name() == name || self.review_state(asked) == name,
        }
    }
}
