//! A list that grows by blocks: what is in it stays where it is, and no more memory is taken than it needs.

use std::ops::Range;

/// How many values a block holds.
const BLOCK: usize = 65_536;

/// A long list.
#[derive(Debug, Clone)]
pub(super) struct Blocks<T> {
    /// Each holds as many values as a block can.
    full: Vec<Vec<T>>,
    /// Holds less.
    last: Vec<T>,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Self { full: Vec::new(), last: Vec::new() }
    }
}

impl<T: Copy> Blocks<T> {
    pub(super) fn len(&self) -> usize {
        self.full.len() * BLOCK + self.last.len()
    }

    pub(super) fn push(&mut self, value: T) {
        self.last.push(value);
        self.turn();
    }

    /// Adds values, as many as the present block takes, and returns how many these are: one at least, if there are any.
    pub(super) fn extend(&mut self, values: &[T]) -> usize {
        let count = values.len().min(BLOCK - self.last.len());
        self.last.extend_from_slice(&values[..count]);
        self.turn();
        count
    }

    /// Begins another block when the present one is full.
    fn turn(&mut self) {
        if self.last.len() == BLOCK {
            self.full.push(std::mem::replace(&mut self.last, Vec::with_capacity(BLOCK)));
        }
    }

    /// What stands at `range`, `None` when that is not all there.
    pub(super) fn copy(&self, range: Range<usize>) -> Option<Vec<T>> {
        let (first, last) = (range.start / BLOCK, range.end / BLOCK);
        if range.start > range.end || range.end > self.len() {
            return None;
        }
        let mut values = Vec::with_capacity(range.len());
        for at in first..=last {
            let block = self.full.get(at).unwrap_or(&self.last);
            let from = if at == first { range.start % BLOCK } else { 0 };
            let to = if at == last { range.end % BLOCK } else { BLOCK };
            values.extend_from_slice(&block[from..to]);
        }
        Some(values)
    }

    /// What is in it, block by block.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &[T]> {
        self.full.iter().chain(std::iter::once(&self.last)).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 7] {
            let values: Vec<usize> = (0..length).collect();
            let (mut one, mut many) = (Blocks::default(), Blocks::default());
            for value in &values {
                one.push(*value);
            }
            let mut rest = &values[..];
            while !rest.is_empty() {
                let count = many.extend(&rest[..rest.len().min(1_000)]);
                assert!(count > 0);
                rest = &rest[count..];
            }
            for blocks in [one, many] {
                assert_eq!(blocks.len(), length);
                assert!(blocks.blocks().flatten().eq(&values));
                for range in [0..0, 0..length, length / 3..length / 2, length..length] {
                    assert_eq!(blocks.copy(range.clone()).as_deref(), Some(&values[range]));
                }
                assert_eq!(blocks.copy(0..length + 1), None);
            }
        }
    }
}
