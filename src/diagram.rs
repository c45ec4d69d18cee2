//! Diagrams: what an author writes as Mermaid, and the picture that it becomes.

use std::sync::Arc;

#[cfg(feature = "diagrams")]
mod draw;
#[cfg(feature = "diagrams")]
mod measure;
#[cfg(feature = "diagrams")]
mod safe;
#[cfg(feature = "diagrams")]
mod style;

/// The language of the code blocks that are drawn.
pub const LANGUAGE: &str = "mermaid";

/// A code block that is a diagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagram {
    /// What it shows in words, as far as its author says so (`accTitle`, `accDescr`).
    pub told: Option<String>,
    /// The picture; `None` when it cannot be drawn, and its source is shown in its place.
    pub drawing: Option<Drawing>,
}

/// A picture that can be drawn. It is drawn again for each ground when its file is asked for: at ten thousand documents
/// the files would take more memory than all the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    source: Arc<str>,
}

impl Drawing {
    /// The file for that ground. It holds nothing that runs or leads elsewhere.
    ///
    /// # Errors
    /// When what could be drawn for the other ground cannot be drawn for this one.
    pub fn svg(&self, appearance: Appearance) -> Result<String, Fault> {
        #[cfg(feature = "diagrams")]
        let svg = draw::draw(&self.source, appearance).map(|picture| picture.svg);
        #[cfg(not(feature = "diagrams"))]
        let svg = {
            let message = format!("this program was built without `diagrams`: {}", self.source);
            let _ = appearance;
            Err(Fault { message, line: None })
        };
        svg
    }
}

/// The ground that a picture is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Appearance {
    Light,
    Dark,
}

impl Appearance {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The name in class names and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Why a diagram cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// The line of the source that it is wrong in, from 0; `None` when it is not about one.
    pub line: Option<usize>,
}

/// Tries to draw a diagram; `None` in a program that was built without the feature `diagrams`.
///
/// # Errors
/// When the source is no diagram of a kind that can be drawn, is wrong, is too large, or wants what no picture may hold.
pub fn draw(source: &str) -> Result<Option<Drawing>, Fault> {
    #[cfg(feature = "diagrams")]
    let drawn = draw::draw(source, Appearance::Light)
        .map(|picture| (picture.width, picture.height))
        .map(|(width, height)| Some(Drawing { width, height, source: source.into() }));
    #[cfg(not(feature = "diagrams"))]
    let drawn = Ok(source).map(|_| None);
    drawn
}

/// What the author says a diagram shows: its title and its description.
pub fn told(source: &str) -> Option<String> {
    let said = |key: &str| {
        let lines = source.lines().map(str::trim);
        let mut found = lines.filter_map(|line| line.strip_prefix(key)?.trim().strip_prefix(':'));
        found.next().map(str::trim).filter(|text| !text.is_empty())
    };
    let parts: Vec<&str> = ["accTitle", "accDescr"].into_iter().filter_map(said).collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_diagram_are_its_title_and_its_description() {
        let source =
            "flowchart TD\n  accTitle: A change\n  accDescr : From request to review\n  a --> b\n";
        assert_eq!(told(source).as_deref(), Some("A change. From request to review"));
        assert_eq!(told("flowchart TD\n  accTitle:\n  a --> b\n"), None);
    }
}
