//! What Markdown takes in without a word, so that it is shown otherwise than it is typed, or not at all: cells beyond the
//! head of their table, lines that a colon makes a definition, definitions of links that nothing uses, pieces of other
//! formats that HTML does not show.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::loose::{in_comment, is_within};
use super::{Body, Fault, FaultKind, Node};

/// The faults of `text`, which was read as `body` and does not use the definitions `unused`.
pub(super) fn faults(text: &str, body: &Body, unused: Vec<Range<usize>>) -> Vec<Fault> {
    let lines = unused.into_iter().map(|range| {
        let line = text[range.clone()].lines().next().unwrap_or_default().trim_end();
        range.start..range.start + line.len()
    });
    let shown = lines.filter(|line| !is_within(&body.cut, line));
    let mut faults: Vec<Fault> =
        shown.map(|range| Fault { kind: FaultKind::UnusedDefinition, range }).collect();
    // The bars of references are told by themselves.
    let told = body.faults.iter().filter(|fault| matches!(fault.kind, FaultKind::CutReference(_)));
    let told: BTreeSet<usize> = told.map(|fault| fault.range.start).collect();
    let mut columns = 0;
    for (node, range) in &body.nodes {
        let Node::Event(event) = node else { continue };
        match event {
            Event::Start(Tag::Table(head)) => columns = head.len(),
            Event::Start(Tag::TableRow) => {
                let is_told = told.range(range.clone()).next().is_some();
                if let Some(beyond) = beyond(&text[range.clone()], columns).filter(|_| !is_told) {
                    let range = range.start + beyond.start..range.start + beyond.end;
                    faults.push(Fault { kind: FaultKind::CellBeyond(columns), range });
                }
            }
            Event::Start(Tag::DefinitionListDefinition) => {
                let typed = text[range.clone()].trim_start();
                let start = range.end - typed.len();
                let stray = |behind: &str| !behind.is_empty() && !behind.starts_with([' ', '\t']);
                if typed.strip_prefix(':').is_some_and(stray) {
                    let line = typed.lines().next().unwrap_or_default().trim_end();
                    let range = start..start + line.len();
                    faults.push(Fault { kind: FaultKind::StrayColon, range });
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for begin in ["<![CDATA[", "<?"] {
                    let typed = &text[range.clone()];
                    let mut found = typed.match_indices(begin).map(|(at, _)| at);
                    // What stands in a comment is not meant to be shown.
                    let found = found.find(|at| !in_comment(&typed[..*at]));
                    if let Some(at) = found.filter(|_| html.contains(begin)) {
                        let range = range.start + at..range.start + at + begin.len();
                        faults.push(Fault { kind: FaultKind::HiddenHtml(begin), range });
                    }
                }
            }
            _ => {}
        }
    }
    faults
}

/// Where in a row the cells begin that its table has no column for, when anything stands in them.
fn beyond(row: &str, columns: usize) -> Option<Range<usize>> {
    let end = row.trim_end().len();
    // A second bar at the beginning ends an empty cell.
    let typed = row[..end].trim_start();
    let start = end - typed.strip_prefix('|').unwrap_or(typed).len();
    let bars = row[start..end].match_indices('|').map(|(at, _)| start + at);
    let mut bars = bars.filter(|at| !row[..*at].ends_with('\\'));
    let last = bars.nth(columns.checked_sub(1)?)?;
    let rest = row[last + 1..end].trim_end_matches('|');
    let words = rest.trim_start();
    let from = last + 1 + rest.len() - words.len();
    let filled = words.contains(|c: char| c != '|' && !c.is_whitespace());
    filled.then(|| from..from + words.trim_end().len())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::markdown::{Dialect, FaultKind, parse};

    fn told(text: &str) -> Vec<(FaultKind, String)> {
        let variables = BTreeMap::new();
        let body = parse(text, 0, Dialect { variables: &variables, guidance: false });
        let told = body.faults.into_iter();
        told.map(|fault| (fault.kind, text[fault.range].to_owned())).collect()
    }

    #[test]
    fn cells_beyond_the_head_are_told_when_they_hold_anything() {
        let table = |rows: &str| format!("| a | b |\n|---|---|\n{rows}\n");
        let one = |cell: &str| vec![(FaultKind::CellBeyond(2), cell.to_owned())];
        assert_eq!(told(&table("| one | two | three |")), one("three"));
        assert_eq!(told(&table("one | two | three | four")), one("three | four"));
        assert_eq!(told(&table("| one | `x|y` |")), one("y`"));
        assert_eq!(told(&table("|| two | three |")), one("three"));
        assert_eq!(told(&table("| one | [[two]] | three |")), one("three"));
        let cut = told(&table("| one | [[two|words]] | three |"));
        assert_eq!(
            cut,
            [(FaultKind::CutReference("[[two|words]]".to_owned()), "[[two|words]]".to_owned())]
        );
        for whole in [
            "| one | two |",
            "one | two",
            "| one \\| still | two |",
            "|| two |",
            "| one | [[two\\|words]] |",
            "| one | two | | |",
            "| one |",
        ] {
            assert_eq!(told(&table(whole)), [], "{whole}");
        }
        assert_eq!(
            told("> | a |\n> |---|\n> | one | two |\n"),
            [(FaultKind::CellBeyond(1), "two".to_owned())]
        );
    }

    #[test]
    fn a_colon_without_a_blank_is_told() {
        let stray = |line: &str| vec![(FaultKind::StrayColon, line.to_owned())];
        assert_eq!(told("First.\n\n:warning: Keep off.\n"), stray(":warning: Keep off."));
        assert_eq!(told("At\n:00 hours\n"), stray(":00 hours"));
        assert_eq!(told("Change\n: A thing.\n:   Another.\n"), []);
        assert_eq!(told("Smile :) and :warning: within.\n"), []);
    }

    #[test]
    fn definitions_that_nothing_uses_are_told() {
        let unused = |line: &str| (FaultKind::UnusedDefinition, line.to_owned());
        assert_eq!(
            told(
                "[Note]: mandatory\n\nSee [a], [b][], [c][D], ![e].\n\n[z]: z.md 'Z'\n[A]: a.md\n[b]: b.md\n[d]: d.md\n[e]: e.png\n\n> [y]: y.md\n"
            ),
            [unused("[Note]: mandatory"), unused("[z]: z.md 'Z'"), unused("[y]: y.md")]
        );
        for none in [
            "\\[Note]: mandatory\n",
            "[Note]: it is mandatory\n",
            "[//]: # (a word)\n[a]: <> (another)\n",
            "> [!GUIDANCE]\n> [a]: a.md\n",
            "> [!GUIDANCE]\n> See [a].\n\n[a]: a.md\n",
            "`[Note]: mandatory`\n\n    [Note]: mandatory\n",
            "[a]: {{ a }}\n\nSee [a].\n",
        ] {
            let told = told(none).into_iter();
            let told = told.filter(|(kind, _)| *kind == FaultKind::UnusedDefinition);
            assert_eq!(told.collect::<Vec<_>>(), [], "{none}");
        }
    }

    #[test]
    fn pieces_of_other_formats_are_told() {
        let told_ = told(
            "a\n\n<![CDATA[ secret ]]>\n\nb <?php x ?> c\n\n<!-- a comment -->\n\n<!-- <?xml ?> -->\n",
        );
        let kinds: Vec<FaultKind> = told_.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [FaultKind::HiddenHtml("<![CDATA["), FaultKind::HiddenHtml("<?")]);
    }
}
