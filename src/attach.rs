//! Attachments to bytes: as they are, SVG without what runs or leads outside (contracts 2).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::Builder;

use crate::failure::{Failure, Result};
use crate::source::Source;
use crate::svg;

/// The bytes of an attachment as they are published.
///
/// # Errors
/// When the file cannot be read.
pub fn file(source: &dyn Source, path: &str) -> Result<Vec<u8>> {
    let bytes = source.read(path).map_err(|error| {
        Failure::new(format!("cannot read `{path}`: {error}"))
            .remedy("check the permissions of the file")
    })?;
    if path.to_lowercase().ends_with(".svg") {
        return Ok(svg(&String::from_utf8_lossy(&bytes)).into_bytes());
    }
    Ok(bytes)
}

const ATTRIBUTES: [&str; 78] = [
    "xmlns",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "d",
    "points",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-opacity",
    "stroke-miterlimit",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "dominant-baseline",
    "letter-spacing",
    "dx",
    "dy",
    "rotate",
    "textLength",
    "lengthAdjust",
    "offset",
    "stop-color",
    "stop-opacity",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "clip-path",
    "clip-rule",
    "clipPathUnits",
    "mask",
    "maskUnits",
    "marker-start",
    "marker-mid",
    "marker-end",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "orient",
    "refX",
    "refY",
    "patternUnits",
    "patternTransform",
    "filter",
    "stdDeviation",
    "in",
    "result",
    "id",
    "class",
    "role",
    "aria-label",
    "preserveAspectRatio",
    "vector-effect",
    "visibility",
    "color",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(svg::ELEMENTS))
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .tag_attributes(HashMap::new())
        .clean_content_tags(HashSet::from(["script", "style", "foreignObject", "iframe"]))
        .url_schemes(HashSet::new())
        .link_rel(None)
        .attribute_filter(|_, _, value| {
            let lower = value.to_ascii_lowercase();
            let outside = !svg::leads_within(value);
            let schemes = ["javascript:", "data:", "http:", "https:"];
            let address = schemes.iter().any(|scheme| lower.contains(scheme))
                && !lower.starts_with("http://www.w3.org/");
            (!outside && !address).then_some(value.into())
        });
    cleaner
});

/// The picture without scripts, styles, links and foreign content.
fn svg(text: &str) -> String {
    let start = text.find(svg::START).unwrap_or(text.len());
    let mut clean = CLEANER.clean(&text[start..]).to_string();
    // The one name that HTML has and XML does not, of those that are written.
    clean = clean.replace("&nbsp;", "&#160;");
    // What XML cannot hold, and what stands behind the picture: of a file with either a browser shows nothing.
    clean.retain(crate::html::is_xml);
    clean.truncate(end_of_first(&clean));
    if !clean.contains("xmlns=") {
        clean = clean.replacen("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"", 1);
    }
    clean
}

/// Where the first `<svg>` ends, in a text whose elements are all closed.
fn end_of_first(clean: &str) -> usize {
    let mut depth = 0usize;
    for (at, _) in clean.match_indices('<') {
        if clean[at..].starts_with("</svg>") {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + "</svg>".len();
            }
        } else if clean[at..].starts_with("<svg") {
            depth += 1;
        }
    }
    clean.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_one_element() {
        for (typed, clean) in [
            ("<svg xmlns=\"x\"><svg></svg></svg>junk", "<svg xmlns=\"x\"><svg></svg></svg>"),
            ("<svg xmlns=\"x\"/><svg/>", "<svg xmlns=\"x\"></svg>"),
            (
                "<svg xmlns=\"x\"><title>a\u{1}&#2;b</title></svg>",
                "<svg xmlns=\"x\"><title>ab</title></svg>",
            ),
        ] {
            assert_eq!(svg(typed), clean);
        }
    }

    #[test]
    fn a_picture_stays_and_what_runs_goes() {
        let hostile = r#"<?xml version="1.0"?><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" onload="x()">
            <script>alert(1)</script><style>@import url(https://x.example)</style>
            <linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>
            <a href="javascript:x()"><rect width="9" height="9" fill="url(#g)" onclick="x()"/></a>
            <image href="https://x.example/a.png"/><use href="https://x.example/#a"/>
            <foreignObject><iframe src="https://x.example"></iframe></foreignObject>
            <rect filter="url(#g) url(//x.example/f.svg#x)"/><rect mask="u\72l(//x.example/m.png)"/>
            <rect mask="image-set('//x.example/m.png' 1x)"/><rect fill="url(https://x.example)"/><animate attributeName="href" to="javascript:x()"/></svg>"#;
        let clean = svg(hostile);
        for gone in [
            "script",
            "onload",
            "onclick",
            "x.example",
            "javascript",
            "foreignObject",
            "iframe",
            "animate",
            "@import",
        ] {
            assert!(!clean.contains(gone), "{gone}: {clean}");
        }
        for kept in
            ["viewBox=\"0 0 9 9\"", "<linearGradient id=\"g\"", "fill=\"url(#g)\"", "xmlns="]
        {
            assert!(clean.contains(kept), "{kept}: {clean}");
        }
    }
}
