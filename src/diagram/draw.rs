//! Drawing with `merman`, which reads Mermaid and lays it out without a browser.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use merman::render::RenderError;
use merman::svg::{PresentationRenderPolicy, RenderResourcePolicy, SvgPipeline, SvgRenderOptions};
use merman::{
    OperationControl, ParseOptions, RenderOutput, RenderRequest, Renderer, SvgEnvironment,
    SvgRequest,
};

use super::{Appearance, Fault, measure, safe, style};

/// How long a source may be, in bytes: ten times what a reader can take in.
const LONGEST: usize = 20_000;

/// What is said when the renderer panics.
const STUMBLED: &str = "the renderer stumbles over it";

/// A picture and its size in pixels.
pub(super) struct Picture {
    pub(super) svg: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Draws a source for one ground.
pub(super) fn draw(source: &str, appearance: Appearance) -> Result<Picture, Fault> {
    if source.len() > LONGEST {
        let message = format!("it has more than {} kB: make it into several", LONGEST / 1000);
        return Err(Fault { message, line: None });
    }
    let source = &*with_plain_blanks(source);
    let pen = match appearance {
        Appearance::Light => &*LIGHT,
        Appearance::Dark => &*DARK,
    };
    let request = SvgRequest {
        // Labels become text of SVG: what is shown by `<img>` must hold no HTML.
        pipeline: Some(SvgPipeline::resvg_safe()),
        presentation: pen.presentation,
        environment: pen.environment.clone(),
        options: SvgRenderOptions { diagram_id: Some("d".to_owned()), ..Default::default() },
        ..Default::default()
    };
    let request = RenderRequest::svg(source, OperationControl::new(), request);
    // A renderer this young may stumble over what nobody thought of: one picture is lost then, not the portal.
    let rendered = catch_unwind(AssertUnwindSafe(|| pen.renderer.render(request)));
    let svg = match rendered {
        Ok(Ok(RenderOutput::Svg(Some(output)))) => output.into_parts().0,
        Ok(Ok(_)) => return Err(unknown(source)),
        Ok(Err(error)) => return Err(fault(source, &error)),
        Err(_) => return Err(Fault { message: STUMBLED.to_owned(), line: None }),
    };
    if let Err(what) = safe::check(&svg) {
        let message = format!("a picture cannot hold {what}");
        let line = source.lines().position(|line| line.trim_start().starts_with("click "));
        return Err(Fault { message, line });
    }
    sized(&svg).ok_or_else(|| unknown(source))
}

/// A source in which every blank is a plain one: a no-break space, which other programs paste, is a blank to the reader,
/// and `merman` 0.9.3 cuts it in two in an `erDiagram`.
fn with_plain_blanks(source: &str) -> Cow<'_, str> {
    let other = |c: char| !c.is_ascii() && (c.is_whitespace() || c == '\u{feff}');
    if source.contains(other) { source.replace(other, " ").into() } else { source.into() }
}

/// What a picture for one ground is drawn with.
struct Pen {
    renderer: Renderer,
    presentation: PresentationRenderPolicy,
    environment: SvgEnvironment,
}

static LIGHT: LazyLock<Pen> = LazyLock::new(|| pen(Appearance::Light));
static DARK: LazyLock<Pen> = LazyLock::new(|| pen(Appearance::Dark));

fn pen(appearance: Appearance) -> Pen {
    let presentation = style::presentation(appearance);
    let engine = merman::Engine::new().with_site_config(style::config(appearance));
    // The clock, the time zone and random numbers are fixed: one source, one picture.
    let environment = SvgEnvironment::deterministic()
        .with_resource_policy(RenderResourcePolicy::constrained())
        .with_text_measurement_policy(measure::policy());
    Pen {
        renderer: Renderer::new()
            .with_engine(presentation.materialize_engine(engine))
            .with_parse_options(ParseOptions::strict()),
        presentation: presentation.render_policy(),
        environment,
    }
}

fn unknown(source: &str) -> Fault {
    let message = format!("it begins with no kind of diagram that is known ({})", style::KINDS);
    Fault { message, line: (!source.trim().is_empty()).then_some(0) }
}

/// An error of the renderer as we tell it.
fn fault(source: &str, error: &RenderError) -> Fault {
    match error {
        RenderError::Parse(parse) => {
            let details = parse.terminal_diagnostic_details();
            let code = details.code.as_str();
            if matches!(
                code,
                "merman.parse.no_diagram_detected" | "merman.parse.unsupported_diagram"
            ) {
                return unknown(source);
            }
            let message = parse.terminal_safe_message();
            // "Diagram parse error (flowchart-v2): unexpected …"
            let message = message.split_once("): ").map_or(&*message, |(_, told)| told);
            let at = details.span.map(|span| span.start.min(source.len()));
            Fault { message: lower_first(message), line: at.map(|at| line_of(source, at)) }
        }
        RenderError::ResourceLimitExceeded(_) => {
            Fault { message: "it is too large: make it into several".to_owned(), line: None }
        }
        other => Fault { message: other.to_string(), line: None },
    }
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}

/// The line, from 0, of a place in a source; the last line that holds anything for what is behind its end.
fn line_of(source: &str, at: usize) -> usize {
    let before = source.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
    let last = source.trim_end().lines().count().saturating_sub(1);
    before.min(last)
}

/// A picture with its size at its head, in place of the whole width of where it stands.
fn sized(svg: &str) -> Option<Picture> {
    let rest = svg.strip_prefix("<svg")?;
    let (head, rest) = rest.split_at(rest.find('>')?);
    let mut head = head.to_owned();
    for name in ["style", "width", "height"] {
        take(&mut head, name);
    }
    let view = take(&mut head, "viewBox")?;
    let sizes: Vec<f64> = view.split_whitespace().filter_map(|size| size.parse().ok()).collect();
    let [_, _, width, height] = sizes[..] else { return None };
    let (width, height) = (pixels(width), pixels(height));
    let svg = format!("<svg width=\"{width}\" height=\"{height}\" viewBox=\"{view}\"{head}{rest}");
    Some(Picture { svg, width, height })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped")]
fn pixels(size: f64) -> u32 {
    size.ceil().clamp(1.0, 100_000.0) as u32
}

/// Takes an attribute out of the head of an element.
fn take(head: &mut String, name: &str) -> Option<String> {
    let mark = format!(" {name}=\"");
    let from = head.find(&mark)?;
    let value = from + mark.len();
    let to = value + head[value..].find('"')?;
    let taken = head[value..to].to_owned();
    head.replace_range(from..=to, "");
    Some(taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn light(source: &str) -> Result<String, Fault> {
        draw(source, Appearance::Light).map(|picture| picture.svg)
    }

    #[test]
    fn a_source_changes_neither_the_look_of_the_portal_nor_what_a_picture_may_hold() {
        let plain = light("flowchart TD\n  a --> b\n").unwrap();
        for settings in [
            "%%{init: {\"theme\": \"dark\"}}%%\n",
            "%%{init: {\"themeCSS\": \"@import url(https://elsewhere.example/a.css);\"}}%%\n",
            "%%{init: {\"securityLevel\": \"loose\", \"fontFamily\": \"x\"}}%%\n",
            "---\nconfig:\n  theme: forest\n---\n",
        ] {
            let set = light(&format!("{settings}flowchart TD\n  a --> b\n"));
            assert_eq!(set, Ok(plain.clone()), "{settings}");
        }
        for hostile in [
            "flowchart TD\n  a[\"<img src=https://elsewhere.example onerror=x()>\"] --> b\n",
            "flowchart TD\n  a[\"<script>x()</script>\"] --> b\n",
            "flowchart TD\n  a --> b\n  style a fill:url(https://elsewhere.example)\n",
            "flowchart TD\n  a@{ img: \"https://elsewhere.example/a.png\" } --> b\n",
            "sequenceDiagram\n  participant A\n  link A: there @ https://elsewhere.example\n  A->>A: x\n",
        ] {
            if let Ok(svg) = light(hostile) {
                assert_eq!(safe::check(&svg), Ok(()), "{hostile}");
                let holds = ["<script", "<img", "<image", "href=\"http", "url(http"];
                assert!(holds.iter().all(|part| !svg.contains(part)), "{hostile}\n{svg}");
            }
        }
    }

    #[test]
    fn a_picture_has_its_size_and_each_ground_its_colours() {
        let source = "flowchart TD\n  a[First] --> b[Second]\n";
        let [light, dark] = Appearance::ALL.map(|ground| draw(source, ground).unwrap());
        assert_eq!((light.width, light.height), (dark.width, dark.height));
        let head = format!("<svg width=\"{}\" height=\"{}\"", light.width, light.height);
        assert!(light.svg.starts_with(&head) && light.svg.contains(">First<"), "{}", light.svg);
        assert!(light.svg.contains("#e7eff9") && dark.svg.contains("#1b2c43"));
    }

    #[test]
    fn blanks_of_every_kind_are_blanks() {
        let source = |blank: char| {
            format!("erDiagram\n{blank}CUSTOMER{blank}||--o{{ ORDER{blank}: places\n")
        };
        let plain = light(&source(' ')).unwrap();
        for blank in ['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}', '\u{2028}', '\u{feff}'] {
            assert_eq!(light(&source(blank)).as_ref(), Ok(&plain), "{blank:?}");
        }
        let wrong = "flowchart TD\n  a\u{a0}-->\u{2028}b\n  a --> [\n";
        assert_eq!(light(wrong).unwrap_err().line, Some(2));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_source_makes_the_renderer_stumble(
            kind in "(flowchart (TD|LR)|sequenceDiagram|stateDiagram-v2|classDiagram|erDiagram|gantt|journey|pie|quadrantChart|timeline|)",
            lines in prop::collection::vec("( {0,3}(a|b|[a-z]{1,6})(\\[|\\{|\\(\\(|:| )?.{0,12}(-->|->>|--|:|\\|)? ?(a|b|end|.{0,8})|section .{0,6}|subgraph .{0,4}|end|\\PC{0,20})", 0..8),
        ) {
            let source = format!("{kind}\n{}\n", lines.join("\n"));
            if let Err(fault) = light(&source) {
                prop_assert_ne!(fault.message, STUMBLED, "{}", source);
            }
        }
    }
}
