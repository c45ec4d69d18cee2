//! How a portal is marked as the organization's own: name, logo, colour, what stands at the foot of its pages.

use std::sync::Arc;

use serde::Deserialize;

use super::at_place;
use crate::diagnostic::Span;
use crate::failure::Result;

/// The least contrast of text with its ground (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;

/// The grounds that links stand on in the style sheet of the theme: plain, raised.
const LIGHT: [Colour; 2] = [Colour([255, 255, 255]), Colour([244, 246, 248])];
const DARK: [Colour; 2] = [Colour([20, 24, 29]), Colour([27, 33, 40])];

/// How much of the colour is in the ground of what is chosen.
const TINT: f64 = 0.1;

/// The marks of an organization.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Brand {
    /// The name at the head of pages and in their titles; else that of the organization.
    pub name: Option<String>,
    /// The logo: a picture, its path relative to the content folder, and where it is set.
    pub logo: Option<(String, Span)>,
    /// The width of the logo in CSS pixels; it is 32 high.
    pub logo_width: u32,
    /// The colour of links and of what is chosen.
    pub accent: Option<Accent>,
    /// What stands at the foot of every page.
    pub footer: Option<String>,
}

/// A colour for light pages and one for dark pages, both readable there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    light: Colour,
    dark: Colour,
}

impl Accent {
    /// The rules that a style sheet ends with.
    pub fn css(self) -> String {
        let ground = |colour: Colour, ground: Colour| colour.mixed(ground, TINT).css();
        format!(
            "\n/* The colour that clausebook.toml sets. */\n:root {{ --accent: light-dark({}, {}); --accent-ground: light-dark({}, {}); }}\n",
            self.light.css(),
            self.dark.css(),
            ground(self.light, LIGHT[0]),
            ground(self.dark, DARK[0]),
        )
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a table")]
pub(super) struct RawBrand {
    name: Option<String>,
    logo: Option<String>,
    logo_width: u32,
    accent: Option<String>,
    accent_dark: Option<String>,
    footer: Option<String>,
}

impl Default for RawBrand {
    fn default() -> Self {
        Self {
            name: None,
            logo: None,
            logo_width: 32,
            accent: None,
            accent_dark: None,
            footer: None,
        }
    }
}

/// Where a key of `[brand]` stands in the settings.
fn place_of(text: &str, key: &str) -> usize {
    let table = text.find("[brand]").unwrap_or(0);
    let is_key = |at: &usize| text[at + key.len()..].trim_start().starts_with('=');
    let mut places = text[table..].match_indices(key).map(|(at, _)| table + at);
    places.find(is_key).unwrap_or(table)
}

impl RawBrand {
    /// Checks what was typed in `text`, the settings.
    pub(super) fn check(self, path: &Arc<str>, text: &str) -> Result<Brand> {
        let wrong =
            |key: &str, message: String| at_place(path, text, place_of(text, key), &message);
        // Where the value of a key stands.
        let value = |key: &str, typed: &str| {
            let key = place_of(text, key);
            key + text[key..].find(typed).unwrap_or(0)
        };
        let Self { name, logo, logo_width, accent, accent_dark, footer } = self;
        for (key, value) in [("name", &name), ("footer", &footer)] {
            if value.as_ref().is_some_and(|value| value.trim().is_empty()) {
                return Err(wrong(key, format!("`{key}` in `[brand]` is empty")));
            }
        }
        if !(8..=400).contains(&logo_width) {
            let message = format!("`logo_width` is {logo_width}; a logo is 8 to 400 pixels wide");
            return Err(wrong("logo_width", message));
        }
        if let (None, Some(dark)) = (&accent, &accent_dark) {
            let message = format!("`accent_dark` is `{dark}`, without `accent`");
            return Err(wrong("accent_dark", message));
        }
        let wrong_value = |key: &str, typed: &str, message: String| {
            at_place(path, text, value(key, typed), &message)
        };
        let colour = |typed: String, grounds: [Colour; 2], key: &str, pages: &str| {
            let colour = Colour::parse(&typed).ok_or_else(|| {
                wrong_value(key, &typed, format!("`{typed}` is no colour such as `#1d4f91`"))
            })?;
            let least = colour.contrast_on(grounds);
            if least < LEAST {
                let message = format!(
                    "`{key}` `{typed}` has a contrast of {least:.1} on {pages} pages, where text needs {LEAST}"
                );
                return Err(wrong_value(key, &typed, message));
            }
            Ok(colour)
        };
        let accent = match accent {
            None => None,
            Some(typed) => {
                let light = colour(typed, LIGHT, "accent", "light")?;
                let dark = match accent_dark {
                    Some(typed) => colour(typed, DARK, "accent_dark", "dark")?,
                    None => light.lightened_for(DARK),
                };
                Some(Accent { light, dark })
            }
        };
        let logo = logo.map(|typed| {
            let at = value("logo", &typed);
            let within = typed.trim_start_matches("./").trim_start_matches('/');
            (within.to_owned(), Span::new(path, at..(at + typed.len()).min(text.len())))
        });
        Ok(Brand { name, logo, logo_width, accent, footer })
    }
}

/// A colour by its red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Colour([u8; 3]);

impl Colour {
    /// `#1d4f91` or `#14d`.
    fn parse(typed: &str) -> Option<Self> {
        let digits = typed.strip_prefix('#')?;
        let long: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok();
        let plain = long.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then(|| Some(Self([part(0)?, part(2)?, part(4)?])))?
    }

    fn css(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// A share of this colour, the rest of the other.
    fn mixed(self, other: Self, share: f64) -> Self {
        let part = |own: u8, other: u8| {
            let mixed = f64::from(own) * share + f64::from(other) * (1.0 - share);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it lies between two bytes"
            )]
            let byte = mixed.round() as u8;
            byte
        };
        let (a, b) = (self.0, other.0);
        Self([part(a[0], b[0]), part(a[1], b[1]), part(a[2], b[2])])
    }

    /// The relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let part = f64::from(byte) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0;
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The least contrast with grounds and with the tint of itself on the first.
    fn contrast_on(self, grounds: [Self; 2]) -> f64 {
        let tinted = self.mixed(grounds[0], TINT);
        let all = grounds.into_iter().chain([tinted]);
        all.map(|ground| self.contrast(ground)).fold(f64::MAX, f64::min)
    }

    /// The first of its lighter shades that is readable on dark grounds.
    fn lightened_for(self, grounds: [Self; 2]) -> Self {
        let white = Self([255; 3]);
        let shades = (0..=20).map(|step| white.mixed(self, f64::from(step) / 20.0));
        shades.into_iter().find(|shade| shade.contrast_on(grounds) >= LEAST + 0.5).unwrap_or(white)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(typed: &str) -> Colour {
        Colour::parse(typed).expect("it is a colour")
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((colour("#000").contrast(colour("#fff")) - 21.0).abs() < 1e-9);
        assert!((colour("#767676").contrast(colour("#ffffff")) - 4.54).abs() < 0.01);
        assert!((colour("#1d4f91").contrast(colour("#1d4f91")) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn colours_are_read_in_two_forms() {
        assert_eq!(colour("#14d"), colour("#1144dd"));
        for none in ["", "#", "#12", "1d4f91", "#1d4f9g", "#1d4f911", "red", "#é12", "#+12345"] {
            assert_eq!(Colour::parse(none), None, "{none}");
        }
    }

    #[test]
    fn any_readable_colour_has_a_shade_for_dark_pages() {
        for typed in ["#1d4f91", "#000000", "#7a0000", "#00543c", "#4b0082"] {
            let shade = colour(typed).lightened_for(DARK);
            assert!(shade.contrast_on(DARK) >= LEAST, "{typed} {}", shade.css());
        }
    }
}
