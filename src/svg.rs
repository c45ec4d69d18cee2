//! What every picture may hold, whoever made it: an attachment, or a diagram that we draw.

/// How a picture begins, behind its declarations.
pub const START: &str = "<svg";

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
