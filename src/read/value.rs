//! The value of one key, in the shape that the key asks for, kept as it was typed.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

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
}

/// A value in its shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// One text.
    Text(String),
    /// Texts.
    List(Vec<String>),
    /// Named texts, in order.
    Map(Pairs),
    /// Many of them.
    Maps(Vec<Pairs>),
}

/// Named texts in the order in which they were typed.
pub(super) type Pairs = Vec<(String, String)>;

/// Why a value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It is no YAML: the parser's words, and the byte within the entry.
    Syntax(String, usize),
    /// It is YAML of another shape.
    Shape,
}

/// Reads `entry`, a YAML mapping of one key, whose value is `value`.
#[expect(clippy::zero_sized_map_values, reason = "a set would not read a mapping")]
pub(super) fn yaml(entry: &str, value: &str, shape: Shape) -> Result<Value, Wrong> {
    if is_plain(value) && matches!(shape, Shape::Text | Shape::List) {
        let text = value.to_owned();
        return Ok(if shape == Shape::List { Value::List(vec![text]) } else { Value::Text(text) });
    }
    if let Some(at) = too_deep(entry) {
        return Err(Wrong::Syntax("it is nested too deep".to_owned(), at));
    }
    if let Err(error) = serde_yaml::from_str::<BTreeMap<Ignored, Ignored>>(entry) {
        let at = error.location().map_or(0, |location| location.index());
        return Err(Wrong::Syntax(first_line(&error.to_string()), at));
    }
    let read = match shape {
        Shape::Text => one::<String>(entry).map(|text| text.map(Value::Text)),
        Shape::List => match one::<Vec<String>>(entry) {
            Some(list) => Some(list.map(Value::List)),
            None => one::<String>(entry).map(|text| text.map(|text| Value::List(vec![text]))),
        },
        Shape::Map => one::<Ordered>(entry).map(|map| map.map(|map| Value::Map(map.0))),
        Shape::Maps => one::<Vec<Ordered>>(entry)
            .map(|maps| maps.map(|maps| Value::Maps(maps.into_iter().map(|map| map.0).collect()))),
    };
    match read {
        None => Err(Wrong::Shape),
        Some(value) => Ok(value.unwrap_or(Value::Empty)),
    }
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

/// The value of the one key of `entry`; `None` when it is of another type.
#[expect(clippy::option_option, reason = "of another type, or of this one and empty")]
fn one<T: DeserializeOwned>(entry: &str) -> Option<Option<T>> {
    serde_yaml::from_str::<Single<T>>(entry).ok().map(|single| single.0)
}

/// A text that YAML takes as it is: letters, digits and harmless signs, beginning with a letter or a digit.
fn is_plain(value: &str) -> bool {
    let mut bytes = value.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphanumeric())
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'.' | b'-' | b'_' | b'/'))
        && !matches!(value, "null" | "Null" | "NULL")
        && !value.ends_with(' ')
}

/// The parser's words without what follows them on further lines.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or("").to_owned()
}

/// Reads a TOML item, scalars as they were typed.
pub(super) fn toml(item: &toml_edit::Item, text: &str, shape: Shape) -> Result<Value, Wrong> {
    let scalar = |value: &toml_edit::Value| -> Option<String> {
        match value {
            toml_edit::Value::String(string) => Some(string.value().clone()),
            toml_edit::Value::Array(_) | toml_edit::Value::InlineTable(_) => None,
            other => other.span().and_then(|span| text.get(span)).map(str::to_owned),
        }
    };
    let pairs = |table: &dyn toml_edit::TableLike| -> Option<Pairs> {
        table
            .iter()
            .map(|(name, item)| Some((name.to_owned(), scalar(item.as_value()?)?)))
            .collect()
    };
    let read = match shape {
        Shape::Text => item.as_value().and_then(scalar).map(Value::Text),
        Shape::List => match item.as_array() {
            Some(array) => array.iter().map(scalar).collect::<Option<_>>().map(Value::List),
            None => item.as_value().and_then(scalar).map(|text| Value::List(vec![text])),
        },
        Shape::Map => item.as_table_like().and_then(pairs).map(Value::Map),
        Shape::Maps => match (item.as_array_of_tables(), item.as_array()) {
            (Some(tables), _) => {
                tables.iter().map(|table| pairs(table)).collect::<Option<_>>().map(Value::Maps)
            }
            (None, Some(array)) => array
                .iter()
                .map(|value| pairs(value.as_inline_table()?))
                .collect::<Option<_>>()
                .map(Value::Maps),
            (None, None) => None,
        },
    };
    read.ok_or(Wrong::Shape)
}

/// A key or a value of any kind, read through to its end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// A mapping of one key, whose value may be empty.
struct Single<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Single<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for One<T> {
            type Value = Single<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a mapping of one key")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Single<T>, A::Error> {
                let mut value = None;
                while map.next_key::<Ignored>()?.is_some() {
                    value = map.next_value::<Option<T>>()?;
                }
                Ok(Single(value))
            }
        }
        deserializer.deserialize_map(One(PhantomData))
    }
}

/// Named texts in the order in which they were typed.
struct Ordered(Pairs);

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Ordered;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("named texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
                let mut pairs = Pairs::new();
                while let Some(name) = map.next_key::<String>()? {
                    if let Some(value) = map.next_value::<Option<String>>()? {
                        pairs.push((name, value));
                    }
                }
                Ok(Ordered(pairs))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str, shape: Shape) -> Result<Value, Wrong> {
        yaml(&format!("key: {value}\n"), value, shape)
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
            assert_eq!(
                read(&format!("[{typed}]"), Shape::List),
                Ok(Value::List(vec![typed.to_owned()]))
            );
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
        let expected =
            [("b", "text"), ("a", "choice(x, y)")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(read(value, Shape::Map), Ok(Value::Map(expected.into())));
    }
}
