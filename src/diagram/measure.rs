//! How wide text is, without a font: the font of a reader is not known when a picture is drawn.

use merman::svg::{
    DeterministicTextMeasurer, MeasurementProfileId, TextMeasurementPolicy, TextMeasurementProfile,
    TextMeasurementProfileIdentity, TextStyle,
};

/// Text as wide as in `DejaVu` Sans, the widest of the fonts that a portal is usually shown with: in another, boxes are
/// a little roomier, and nothing runs out of them.
pub(super) fn policy() -> TextMeasurementPolicy {
    let identity = MeasurementProfileId::new("clausebook.wide-sans")
        .ok()
        .and_then(|id| TextMeasurementProfileIdentity::new(id, "1").ok());
    match identity {
        Some(identity) => {
            let measurer = DeterministicTextMeasurer::default().with_width_callback(width);
            TextMeasurementPolicy::uniform(TextMeasurementProfile::new(identity, measurer))
        }
        None => TextMeasurementPolicy::deterministic(),
    }
}

/// The width of one line in pixels.
fn width(text: &str, style: &TextStyle) -> f64 {
    let bold = style.font_weight.as_deref().is_some_and(|weight| {
        weight.starts_with("bold") || weight.parse().is_ok_and(|weight: u32| weight >= 600)
    });
    let width: u32 = text.chars().map(advance).sum();
    f64::from(width) / 1000.0 * style.font_size * if bold { 1.12 } else { 1.0 }
}

/// The widths of the signs from the space to the tilde, in thousandths of the font size.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The width of a sign in thousandths of the font size.
fn advance(sign: char) -> u32 {
    match sign {
        ' '..='~' => u32::from(ASCII[sign as usize - 0x20]),
        // Controls, and marks that stand on the sign before.
        '\0'..='\u{9f}'
        | '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{fe00}'..='\u{fe0f}' => 0,
        // Wide marks; Chinese, Japanese, Korean.
        '…'
        | '—'
        | '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' => 1000,
        // What is drawn as a picture.
        '\u{1f000}'..='\u{1faff}' => 1300,
        upper if upper.is_uppercase() => 780,
        _ => 640,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_signs_are_wider_and_bold_too() {
        let style = |weight: &str| TextStyle {
            font_size: 10.0,
            font_weight: Some(weight.to_owned()),
            ..TextStyle::default()
        };
        let regular = |text: &str| width(text, &style("normal"));
        assert!((regular("ab ~") - 24.04).abs() < 1e-9, "{}", regular("ab ~"));
        assert!(regular("mm") > regular("ii"));
        assert!(regular("测试") > regular("ab"));
        assert!((regular("u\u{308}") - regular("u")).abs() < 1e-9);
        assert!(width("ab", &style("700")) > regular("ab"));
    }
}
