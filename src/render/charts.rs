//! Pictures of figures as inline SVG, drawn while the portal is built.
//!
//! Each is an image with a name and a description for those who do not see it; its figures stand in a table beneath.
//! Colours come from the style sheet by class, and no part is told by colour alone: each holds its figure.

use std::fmt::Write;

use crate::html::escape;

/// The width of every picture, in its own units: it grows and shrinks with the page.
const WIDTH: usize = 720;

/// Where bars begin: to the left of it stand their names.
const LEFT: usize = 276;

/// The height of a line, and of what is drawn in it.
const LINE: usize = 30;
const BAR: usize = 20;

/// One bar of parts: its name, and each part with its class and how much.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) parts: Vec<(&'static str, usize)>,
}

/// Bars of parts below each other, all to one scale; or, `full`, each as wide as the picture.
pub(super) fn bars(id: &str, title: &str, description: &str, bars: &[Bar], full: bool) -> String {
    let total = |bar: &Bar| bar.parts.iter().map(|(_, count)| count).sum::<usize>();
    let most = bars.iter().map(total).max().unwrap_or(0).max(1);
    let mut svg = open(id, title, description, bars.len() * LINE);
    for (row, bar) in bars.iter().enumerate() {
        let top = row * LINE + (LINE - BAR) / 2;
        label(&bar.name, LEFT - 12, top + 15, "end", &mut svg);
        let scale = if full { total(bar).max(1) } else { most };
        let room = WIDTH - LEFT - 40;
        let mut done = 0;
        for (class, count) in bar.parts.iter().filter(|(_, count)| *count > 0) {
            // From sums, so that roundings do not add up.
            let (from, to) = (done * room / scale, (done + count) * room / scale);
            done += count;
            let width = (to - from).max(2);
            let left = LEFT + from;
            let _ = write!(
                svg,
                "<rect class=\"part {class}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{BAR}\"/>"
            );
            if width >= 9 * count.to_string().len() + 4 {
                let _ = write!(
                    svg,
                    "<text class=\"in {class}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{count}</text>",
                    left + width / 2,
                    top + 15
                );
            }
        }
        let end = LEFT + done * room / scale + 8;
        label(&total(bar).to_string(), end, top + 15, "start", &mut svg);
        svg.push('\n');
    }
    close(svg)
}

/// Figures in rows and columns, each cell the darker the more it holds.
pub(super) fn grid(
    id: &str,
    title: &str,
    description: &str,
    columns: &[String],
    rows: &[(String, Vec<usize>)],
) -> String {
    let head = 24;
    let mut svg = open(id, title, description, head + rows.len() * LINE);
    let step = (WIDTH - LEFT) / columns.len().max(1);
    for (column, name) in columns.iter().enumerate() {
        label(name, LEFT + column * step + step / 2, 16, "middle", &mut svg);
    }
    let most = rows.iter().flat_map(|(_, counts)| counts).copied().max().unwrap_or(0).max(1);
    for (row, (name, counts)) in rows.iter().enumerate() {
        let top = head + row * LINE;
        label(name, LEFT - 12, top + 20, "end", &mut svg);
        for (column, count) in counts.iter().enumerate() {
            // Four steps: none, and three thirds of the most.
            let weight = if *count == 0 { 0 } else { 1 + (3 * count - 1) / most };
            let class = if column == 0 && *count > 0 {
                "late"
            } else {
                ["w0", "w1", "w2", "w3"][weight.min(3)]
            };
            let _ = write!(
                svg,
                "<rect class=\"cell {class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                LEFT + column * step + 1,
                top + 1,
                step - 2,
                LINE - 2
            );
            if *count > 0 {
                let _ = write!(
                    svg,
                    "<text class=\"in {class}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{count}</text>",
                    LEFT + column * step + step / 2,
                    top + 20
                );
            }
        }
        svg.push('\n');
    }
    close(svg)
}

fn open(id: &str, title: &str, description: &str, height: usize) -> String {
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-name {id}-text\"><title id=\"{id}-name\">"
    );
    escape(title, &mut svg);
    let _ = write!(svg, "</title><desc id=\"{id}-text\">");
    escape(description, &mut svg);
    svg.push_str("</desc>\n");
    svg
}

fn close(mut svg: String) -> String {
    svg.push_str("</svg>");
    svg
}

/// A word beside what is drawn; a long one is cut, since the table beneath has it whole.
fn label(text: &str, x: usize, y: usize, anchor: &str, svg: &mut String) {
    const LETTERS: usize = 32;
    let _ = write!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">");
    match text.char_indices().nth(LETTERS) {
        Some((at, _)) => {
            escape(text[..at].trim_end(), svg);
            svg.push('…');
        }
        None => escape(text, svg),
    }
    svg.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_bar_fill_its_length_without_gaps() {
        let bar =
            Bar { name: "8 <Operation>".to_owned(), parts: vec![("a", 1), ("b", 0), ("c", 2)] };
        let svg = bars("x", "T", "D", &[bar], true);
        let number = |rect: &str, name: &str| -> usize {
            let from = rect.find(&format!(" {name}=\"")).expect("it is there") + name.len() + 3;
            rect[from..].split('"').next().and_then(|text| text.parse().ok()).expect("a number")
        };
        let rects: Vec<&str> = svg.split("<rect").skip(1).collect();
        assert_eq!(rects.len(), 2, "what is nothing is not drawn");
        assert_eq!(number(rects[0], "x") + number(rects[0], "width"), number(rects[1], "x"));
        assert_eq!(number(rects[1], "x") + number(rects[1], "width"), WIDTH - 40);
        assert!(svg.contains("8 &lt;Operation&gt;") && svg.contains(">3</text>"), "{svg}");
    }

    #[test]
    fn the_most_of_a_grid_is_darkest_and_nothing_is_plain() {
        let svg = grid(
            "x",
            "T",
            "D",
            &["late".into(), "Jan".into()],
            &[("A".into(), vec![0, 9]), ("B".into(), vec![1, 3])],
        );
        for (class, times) in [("cell w0", 1), ("cell w3", 1), ("cell late", 1), ("cell w1", 1)] {
            assert_eq!(svg.matches(class).count(), times, "{class}: {svg}");
        }
    }
}
