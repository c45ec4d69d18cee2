//! Pictures among the attachments: how large they are shown.

/// How much of a file is looked at: what a camera writes before the size of a picture lies within.
pub const LOOKED_AT: usize = 64 * 1024;

/// The size of a picture of pixels. A page says it, so that its place is there before the picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pixels {
    /// How wide, at least 1.
    pub width: u32,
    /// How high, at least 1.
    pub height: u32,
}

/// What opening a file that could be attached came to: of a picture of pixels its size, or why it cannot be opened, in the
/// words of the system.
pub type Opened = Result<Option<Pixels>, String>;

impl Pixels {
    /// The size that the beginning of a file states; `None` for what is no picture of pixels, or does not say.
    pub fn of(beginning: &[u8]) -> Option<Self> {
        let size = imagesize::blob_size(beginning).ok()?;
        let number = |length: usize| u32::try_from(length).ok().filter(|length| *length > 0);
        Some(Self { width: number(size.width)?, height: number(size.height)? })
    }
}

/// True for the beginning of a file that a person could read, and that begins as no picture of pixels does.
pub fn is_text(beginning: &[u8]) -> bool {
    let whole = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        // The end of what was looked at may stand within a letter.
        Err(error) if error.error_len().is_none() && beginning.len() == LOOKED_AT => {
            std::str::from_utf8(&beginning[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let sign = |sign: char| sign.is_control() && !sign.is_whitespace();
    !whole.contains(sign) && imagesize::image_type(beginning).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_stands_at_the_beginning_of_a_picture() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\xe0\x08\x02\0\0\0";
        assert_eq!(Pixels::of(png), Some(Pixels { width: 640, height: 480 }));
        let gif = b"GIF89a\x0a\0\x14\0\0\0\0";
        assert_eq!(Pixels::of(gif), Some(Pixels { width: 10, height: 20 }));
        for other in
            [&b""[..], b"pixels", b"%PDF-1.7", b"<svg", &png[..15], b"GIF89a\0\0\0\0\0\0\0"]
        {
            assert_eq!(Pixels::of(other), None, "{other:?}");
        }
    }

    #[test]
    fn text_is_told_from_pictures() {
        let cut = ["x".repeat(LOOKED_AT - 1).as_bytes(), b"\xc3"].concat();
        for text in [&b"pixels"[..], "Größe\n".as_bytes(), b"<svg", &cut] {
            assert!(is_text(text), "{:?}", text.get(..8));
        }
        for other in
            [&b"GIF89a and so on"[..], b"\x89PNG\r\n", b"BM\0\0", b"\0", b"\xc3", &cut[1..]]
        {
            assert!(!is_text(other), "{:?}", other.get(..8));
        }
    }
}
