//! The look of diagrams: the colours of the portal, on a light and on a dark ground.

use merman::MermaidConfig;
use merman::svg::{
    HostTheme, HostThemeAppearance, Presentation, PresentationError, ResolvedPresentation,
    ThemeRole,
};
use serde_json::json;

use super::Appearance;

/// The kinds of diagrams that are drawn, as they are written: the features of `merman` in `Cargo.toml`.
pub(super) const KINDS: &str = "flowchart, sequenceDiagram, stateDiagram-v2, classDiagram, erDiagram, gantt, \
    journey, pie, quadrantChart, timeline";

/// The fonts of the portal.
const FONTS: &str = "system-ui, \"Segoe UI\", Roboto, \"Noto Sans\", sans-serif";

/// A colour on a light and on a dark ground.
type Pair = (&'static str, &'static str);

// Those of `theme/static/style.css`, by their names there.
const TEXT: Pair = ("#1a2027", "#e3e8ed");
const QUIET: Pair = ("#515c68", "#a6b1bc");
const GROUND: Pair = ("#ffffff", "#14181d");
const RAISED: Pair = ("#f4f6f8", "#1b2128");
const LINE: Pair = ("#d4dae0", "#363f49");
const ACCENT: Pair = ("#1d4f91", "#8fbcf5");
const ACCENT_GROUND: Pair = ("#e7eff9", "#1b2c43");
const GOOD: Pair = ("#17663a", "#7fd3a0");
const FAIR: Pair = ("#764a00", "#f0c368");
const FAIR_GROUND: Pair = ("#fdf3dc", "#352a10");
const BAD: Pair = ("#a3231c", "#ff9c93");
const CALM: Pair = ("#46505b", "#bac3cc");
const CALM_GROUND: Pair = ("#eaeef1", "#272e36");

/// The parts of a whole, one beside the other; text can be read on each.
const SERIES: [Pair; 6] = [
    ("#c5daf4", "#2b4a76"),
    ("#c9ead6", "#225239"),
    ("#f9e0ab", "#5c4817"),
    ("#f5cdc9", "#6a302b"),
    ("#dad3f1", "#453a69"),
    ("#cae7ea", "#1e5056"),
];

const ROLES: [(ThemeRole, Pair); 22] = [
    (ThemeRole::Canvas, GROUND),
    (ThemeRole::Surface, ACCENT_GROUND),
    (ThemeRole::SurfaceAlt, RAISED),
    (ThemeRole::SurfaceMuted, CALM_GROUND),
    (ThemeRole::Text, TEXT),
    (ThemeRole::SubtleText, QUIET),
    (ThemeRole::Border, ACCENT),
    (ThemeRole::Line, QUIET),
    (ThemeRole::EdgeLabelBackground, GROUND),
    (ThemeRole::ClusterBackground, RAISED),
    (ThemeRole::ClusterBorder, LINE),
    (ThemeRole::NoteBackground, FAIR_GROUND),
    (ThemeRole::NoteBorder, FAIR),
    (ThemeRole::NoteText, TEXT),
    (ThemeRole::ActorBackground, ACCENT_GROUND),
    (ThemeRole::ActorBorder, ACCENT),
    (ThemeRole::ActorText, TEXT),
    (ThemeRole::ActivationBackground, CALM_GROUND),
    (ThemeRole::ActivationBorder, CALM),
    (ThemeRole::Error, BAD),
    (ThemeRole::Warning, FAIR),
    (ThemeRole::Success, GOOD),
];

fn of((light, dark): Pair, appearance: Appearance) -> &'static str {
    match appearance {
        Appearance::Light => light,
        Appearance::Dark => dark,
    }
}

/// Colours and fonts; those of `merman` if it takes ours no more.
pub(super) fn presentation(appearance: Appearance) -> ResolvedPresentation {
    let presentation = Presentation::new();
    match theme(appearance) {
        Ok(theme) => presentation.with_theme(theme).resolve(),
        Err(_) => presentation.resolve(),
    }
}

fn theme(appearance: Appearance) -> Result<HostTheme, PresentationError> {
    let ground = match appearance {
        Appearance::Light => HostThemeAppearance::Light,
        Appearance::Dark => HostThemeAppearance::Dark,
    };
    let mut theme = HostTheme::new()
        .with_appearance(ground)
        .try_with_font_family(FONTS)?
        .try_with_font_size("15px")?
        .try_with_series_palette(SERIES.map(|pair| of(pair, appearance)))?;
    for (role, pair) in ROLES {
        theme = theme.try_with_role(role, of(pair, appearance))?;
    }
    Ok(theme)
}

/// What no diagram may set for itself: what it looks like and what it may hold is the portal's.
const OURS: [&str; 13] = [
    "secure",
    "securityLevel",
    "startOnLoad",
    "maxTextSize",
    "suppressErrorRendering",
    "maxEdges",
    "theme",
    "themeVariables",
    "themeCSS",
    "darkMode",
    "look",
    "fontFamily",
    "htmlLabels",
];

/// Settings of Mermaid.
pub(super) fn config(appearance: Appearance) -> MermaidConfig {
    let series = SERIES.map(|pair| of(pair, appearance));
    MermaidConfig::from_value(json!({
        "secure": OURS,
        "look": "classic",
        "flowchart": { "nodeSpacing": 40, "rankSpacing": 36 },
        "gantt": { "axisFormat": "%-d %b" },
        "journey": { "actorColours": series },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_are_those_of_the_portal() {
        let css = include_str!("../../theme/static/style.css");
        for (role, (light, dark)) in ROLES {
            assert!(css.contains(&format!("light-dark({light}, {dark})")), "{}", role.id());
        }
        assert!(css.contains(FONTS), "{FONTS}");
        for appearance in Appearance::ALL {
            theme(appearance).unwrap();
        }
    }
}
