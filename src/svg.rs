//! What every picture may hold, whoever made it: an attachment, or a diagram that we draw.

/// How a picture begins, behind its declarations.
pub const START: &str = "<svg";

/// True when styles, or the value of an attribute, lead nowhere but to parts of the picture: each `url(…)` names one.
/// What could spell it otherwise is refused: an escape, and the other functions that name a picture.
pub fn leads_within(styles: &str) -> bool {
    let styles = styles.to_ascii_lowercase();
    let named = styles.split("url(").skip(1).all(|target| {
        target.trim_start().trim_start_matches(['"', '\'']).replace("&quot;", "").starts_with('#')
    });
    let spelt = ["\\", "@import", "image(", "image-set(", "src("];
    named && !spelt.iter().any(|part| styles.contains(part))
}

/// The elements that do nothing but draw.
pub const ELEMENTS: [&str; 27] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "marker",
    "symbol",
    "pattern",
    "filter",
    "feGaussianBlur",
    "feOffset",
    "feMerge",
    "feMergeNode",
];
