//! The value of one key, in the shape that the key asks for, kept as it was typed.

pub(super) mod tree;

use std::ops::Range;

use crate::document::Typed;
use tree::{Content, Node};

/// What a key's value may look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// One text.
    Text,
    /// One text or a list of them.
    List,
    /// Named texts, in order.
    Map,
    /// A list of named texts.
    Maps,
}

impl Shape {
    /// In words, for messages.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::List => "a text or a list of texts",
            Self::Map => "one `name: text` a line",
            Self::Maps => "a list of entries, each with one `name: text` a line",
        }
    }

    /// What an entry of it is, in words.
    pub(super) fn entry(self) -> &'static str {
        match self {
            Self::Text | Self::List | Self::Map => "a text",
            Self::Maps => "one `name: text` a line",
        }
    }
}

/// A value in its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// One text.
    Text(String),
    /// Texts.
    List(Vec<Typed<String>>),
    /// Named texts, in order.
    Map(Pairs),
    /// Many of them.
    Maps(Vec<Typed<Pairs>>),
}

impl Value {
    /// True when nothing is left of it.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(_) => false,
            Self::List(list) => list.is_empty(),
            Self::Map(pairs) => pairs.is_empty(),
            Self::Maps(maps) => maps.is_empty(),
        }
    }
}

/// Named texts in the order in which they were typed.
pub(super) type Pairs = Vec<(Typed<String>, Typed<String>)>;

/// Why a value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is no YAML: the parser's words, and the byte within the entry.
    Syntax(String, usize),
    /// It is YAML of another shape.
    Shape,
}

/// What is left out of a value that is read otherwise.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Where entries of another shape stand.
    pub(super) odd: Vec<Range<usize>>,
    /// Names that stand in one place twice, each with the place of the first, which counts.
    pub(super) twice: Vec<(Typed<String>, Range<usize>)>,
}

/// Reads what stands at `entry`, a YAML mapping of one key, whose value stands at `value`.
pub(super) fn yaml(
    text: &str,
    entry: Range<usize>,
    value: Range<usize>,
    shape: Shape,
    left: &mut LeftOut,
) -> Result<Value, Wrong> {
    let typed = &text[value.clone()];
    if tree::simple::is_text(typed, "") && matches!(shape, Shape::Text | Shape::List) {
        let text = typed.to_owned();
        return Ok(match shape {
            Shape::List => Value::List(vec![Typed { value: text, range: value }]),
            _ => Value::Text(text),
        });
    }
    let (start, entry) = (entry.start, &text[entry]);
    if let Some(at) = too_deep(entry) {
        return Err(Wrong::Syntax("it is nested too deep".to_owned(), at));
    }
    let node = tree::parse(entry, start).map_err(|wrong| Wrong::Syntax(wrong.message, wrong.at))?;
    let Content::Map(mut pairs) = node.content else { return Err(Wrong::Shape) };
    let Some((_, Node { range, content })) = pairs.pop() else { return Err(Wrong::Shape) };
    let read = match (shape, content) {
        (_, Content::Empty) => Some(Value::Empty),
        (Shape::Text, Content::Text(text)) => Some(Value::Text(text)),
        (Shape::List, Content::Text(value)) => Some(Value::List(vec![Typed { value, range }])),
        (Shape::List, Content::List(list)) => {
            Some(Value::List(list.into_iter().filter_map(|node| scalar(node, left)).collect()))
        }
        (Shape::Map, Content::Map(map)) => Some(Value::Map(named(map, left))),
        (Shape::Maps, Content::List(list)) => {
            let maps = list.into_iter().filter_map(|Node { range, content }| match content {
                Content::Map(map) => Some(Typed { value: named(map, left), range }),
                _ => {
                    left.odd.push(range);
                    None
                }
            });
            Some(Value::Maps(maps.collect()))
        }
        _ => None,
    };
    read.ok_or(Wrong::Shape)
}

/// One text, which may be empty; what is none is odd.
fn scalar(Node { range, content }: Node, left: &mut LeftOut) -> Option<Typed<String>> {
    match content {
        Content::Empty => Some(Typed { value: String::new(), range }),
        Content::Text(value) => Some(Typed { value, range }),
        Content::List(_) | Content::Map(_) | Content::Wrong => {
            left.odd.push(range);
            None
        }
    }
}

/// Named texts without those that are empty or odd, each name once.
fn named(map: Vec<(Typed<String>, Node)>, left: &mut LeftOut) -> Pairs {
    let mut seen: Vec<(String, Range<usize>)> = Vec::new();
    let mut pairs = Vec::new();
    for (name, value) in map {
        if let Some((_, first)) = seen.iter().find(|(known, _)| *known == name.value) {
            left.twice.push((name, first.clone()));
            continue;
        }
        seen.push((name.value.clone(), name.range.clone()));
        if value.content != Content::Empty {
            pairs.extend(scalar(value, left).map(|text| (name, text)));
        }
    }
    pairs
}

/// What to do about a blank that looks like those of YAML, and is none.
pub(super) fn odd_blank(text: &str) -> Option<String> {
    let odd = text.chars().find(|c| c.is_whitespace() && !c.is_ascii())?;
    Some(format!("write a plain blank for the U+{:04X} in this line", u32::from(odd)))
}

/// What helps when a value is no YAML.
pub(super) fn remedy(value: &str) -> String {
    let value = value.trim_end();
    let indent = |line: &str| line.len() - line.trim_start().len();
    if let Some(hint) = value.lines().find_map(|line| odd_blank(&line[..indent(line)])) {
        return hint;
    }
    let first = value.trim_start().lines().next().unwrap_or_default().trim_end();
    let unclosed = |quote: char| {
        let quoted = value.trim_start().starts_with(quote);
        quoted && value.matches(quote).count() % 2 == 1
    };
    if value.lines().any(|line| line.trim_start_matches(' ').starts_with('\t')) {
        "indent with blanks: YAML takes no tabs"
    } else if value.contains(|c: char| c.is_control() && !"\t\r\n".contains(c)) {
        "remove the control character"
    } else if first.len() > 1 && first.starts_with('\'') && first.ends_with('\'') {
        "write `''` for a quote within the quotes"
    } else if unclosed('"') || unclosed('\'') {
        "close the quote"
    } else if too_deep(value).is_some() {
        "write a text, or one list of texts"
    } else if value.matches('[').count() > value.matches(']').count() {
        "close the bracket, or put the value in quotes"
    } else if value.trim_start().contains('\n') {
        "begin the names of an entry in one column; put a value in quotes if it holds `: ` or `#`, or begins with a sign"
    } else {
        "put the value in quotes if it holds `: `, `#`, or begins with a sign"
    }
    .to_owned()
}

/// How deep brackets may be nested: the parser takes the square of the time for twice the depth.
const DEPTH: usize = 64;

/// Where brackets are nested deeper than anybody writes them.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return Some(at);
        }
    }
    None
}

/// Reads a TOML item of `text`, scalars as they were typed; all ranges count from `from`.
pub(super) fn toml(
    item: &toml_edit::Item,
    text: &str,
    from: usize,
    shape: Shape,
) -> Result<Value, Wrong> {
    let placed = |span: Option<Range<usize>>| {
        let span = span.unwrap_or(0..0);
        from + span.start..from + span.end
    };
    let scalar = |value: &toml_edit::Value| -> Option<Typed<String>> {
        let typed = match value {
            toml_edit::Value::String(string) => string.value().clone(),
            toml_edit::Value::Array(_) | toml_edit::Value::InlineTable(_) => return None,
            other => text.get(other.span()?)?.to_owned(),
        };
        let mut range = placed(value.span());
        // The place of a text is that of its words.
        let quoted = text.get(range.start - from..range.end - from).and_then(|quoted| {
            let inside = quoted.trim_start_matches(['"', '\'']);
            let before = quoted.len() - inside.len();
            Some((before, inside.strip_suffix(&quoted[..before])?.len()))
        });
        if let Some((before, inside)) = quoted.filter(|_| value.is_str()) {
            range = range.start + before..range.start + before + inside;
        }
        Some(Typed { value: typed, range })
    };
    let pairs = |table: &dyn toml_edit::TableLike| -> Option<Pairs> {
        let named = |(name, item): (&str, &toml_edit::Item)| {
            let range = placed(table.key(name).and_then(toml_edit::Key::span));
            Some((Typed { value: name.to_owned(), range }, scalar(item.as_value()?)?))
        };
        table.iter().map(named).collect()
    };
    let read = match shape {
        Shape::Text => item.as_value().and_then(scalar).map(|text| Value::Text(text.value)),
        Shape::List => match item.as_array() {
            Some(array) => array.iter().map(scalar).collect::<Option<_>>().map(Value::List),
            None => item.as_value().and_then(scalar).map(|text| Value::List(vec![text])),
        },
        Shape::Map => item.as_table_like().and_then(pairs).map(Value::Map),
        Shape::Maps => {
            let map = |table: &dyn toml_edit::TableLike, span| {
                Some(Typed { value: pairs(table)?, range: placed(span) })
            };
            let maps: Option<Vec<_>> = match (item.as_array_of_tables(), item.as_array()) {
                (Some(tables), _) => tables.iter().map(|table| map(table, table.span())).collect(),
                (None, Some(array)) => {
                    let tables = array.iter().map(|value| {
                        let table = value.as_inline_table()?;
                        map(table, table.span())
                    });
                    tables.collect()
                }
                (None, None) => None,
            };
            maps.map(Value::Maps)
        }
    };
    read.ok_or(Wrong::Shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str, shape: Shape) -> Result<Value, Wrong> {
        yaml(
            &format!("key: {value}\n"),
            0..6 + value.len(),
            5..5 + value.len(),
            shape,
            &mut LeftOut::default(),
        )
    }

    fn text(value: &str) -> Result<Value, Wrong> {
        Ok(Value::Text(value.to_owned()))
    }

    #[test]
    fn what_was_typed_is_kept() {
        for typed in ["8.10", "1.10", "0123", "true", "1e3", "2026-02-05"] {
            assert_eq!(read(typed, Shape::Text), text(typed));
            assert_eq!(read(&format!("\"{typed}\""), Shape::Text), text(typed));
            assert_eq!(read(&format!("{typed} # note"), Shape::Text), text(typed));
            let only = Typed { value: typed.to_owned(), range: 6..6 + typed.len() };
            assert_eq!(read(&format!("[{typed}]"), Shape::List), Ok(Value::List(vec![only])));
        }
    }

    #[test]
    fn nothing_is_empty_and_another_shape_is_told_from_bad_syntax() {
        for nothing in ["", "~", "null"] {
            assert_eq!(read(nothing, Shape::Text), Ok(Value::Empty), "{nothing:?}");
        }
        assert_eq!(read("[a, b]", Shape::Text), Err(Wrong::Shape));
        assert_eq!(read("{a: b}", Shape::List), Err(Wrong::Shape));
        assert!(matches!(read("\"a", Shape::Text), Err(Wrong::Syntax(..))));
        assert!(matches!(read("a: b: c", Shape::Text), Err(Wrong::Syntax(..))));
        assert!(matches!(read("*anchor", Shape::Text), Err(Wrong::Syntax(..))));
    }

    #[test]
    fn bombs_and_depths_end_in_an_error() {
        let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
        assert!(read(&deep, Shape::List).is_err() && read(&deep, Shape::Text).is_err());
        let mut bomb = String::from("\n  - &a0 [x, x]\n");
        for i in 1..40 {
            bomb.push_str(&format!("  - &a{i} [{}]\n", format!("*a{}, ", i - 1).repeat(9)));
        }
        assert!(read(&bomb, Shape::List).is_err() && read(&bomb, Shape::Maps).is_err());
    }

    #[test]
    fn the_order_of_names_is_kept() {
        let value = "\n  b: text\n  a: choice(x, y)";
        let Ok(Value::Map(pairs)) = read(value, Shape::Map) else { panic!("it is a map") };
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, text)| (&*name.value, &*text.value)).collect();
        assert_eq!(pairs, [("b", "text"), ("a", "choice(x, y)")]);
    }
}
