//! Which part of a file is asked for.

use std::ops::Range;

/// What a `Range` header asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: nothing is asked, or what we do not know.
    Whole,
    /// These bytes of it.
    Bytes(Range<usize>),
    /// Nothing that it has.
    Beyond,
}

/// Reads a `Range` header for a file of `length` bytes. Of several ranges none is sent: a server may send the whole.
pub(super) fn part(header: Option<&str>, length: usize) -> Part {
    let Some(asked) = header.and_then(|header| header.trim().strip_prefix("bytes=")) else {
        return Part::Whole;
    };
    let Some((first, last)) = asked.split_once('-') else { return Part::Whole };
    let number = |text: &str| -> Option<Option<usize>> {
        let text = text.trim();
        if text.is_empty() {
            return Some(None);
        }
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| Some(text.parse().unwrap_or(usize::MAX)))
    };
    let range = match (number(first), number(last)) {
        (Some(Some(first)), Some(None)) => first..length,
        (Some(Some(first)), Some(Some(last))) if first <= last => {
            first..last.saturating_add(1).min(length)
        }
        (Some(None), Some(Some(last))) => length.saturating_sub(last)..length,
        _ => return Part::Whole,
    };
    if range.start < range.end { Part::Bytes(range) } else { Part::Beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_cut_to_what_there_is() {
        let part = |header| part(Some(header), 10);
        assert_eq!(part("bytes=0-3"), Part::Bytes(0..4));
        assert_eq!(part("bytes=4-"), Part::Bytes(4..10));
        assert_eq!(part("bytes=-3"), Part::Bytes(7..10));
        assert_eq!(part("bytes=-30"), Part::Bytes(0..10));
        assert_eq!(part("bytes=8-99999999999999999999999"), Part::Bytes(8..10));
        assert_eq!(part("bytes=10-"), Part::Beyond);
        assert_eq!(part("bytes=-0"), Part::Beyond);
    }

    #[test]
    fn what_is_no_range_is_the_whole() {
        for header in
            ["", "bytes=", "bytes=a-b", "bytes=3-1", "bytes=-", "lines=1-2", "bytes=0-1,3-4"]
        {
            assert_eq!(part(Some(header), 10), Part::Whole, "{header}");
        }
        assert_eq!(part(None, 10), Part::Whole);
    }
}
