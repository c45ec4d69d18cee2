//! The portal's own words, from `theme/words/en.toml`: no page and no message holds words of its own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use crate::failure::{Failure, Result};

/// The keys of the months.
const MONTHS: [&str; 12] = [
    "month.1", "month.2", "month.3", "month.4", "month.5", "month.6", "month.7", "month.8",
    "month.9", "month.10", "month.11", "month.12",
];

/// Words by dotted key: `state.covered`. A page asks for some dozens of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub HashMap<String, String>);

impl Words {
    /// Reads a file of words.
    ///
    /// # Errors
    /// When the text is not TOML, or holds anything but texts in tables: with file and line.
    pub fn parse(path: &str, text: &str) -> Result<Self> {
        let failure = |at: usize, message: &str| {
            let place = crate::diagnostic::place(text, at);
            Failure::new(format!("{path}:{}:{}: {message}", place.line, place.column))
                .remedy("write one `key = \"words\"` a line")
        };
        let document = toml_edit::Document::parse(text)
            .map_err(|error| failure(error.span().map_or(0, |span| span.start), error.message()))?;
        let mut words = Self::default();
        for (key, item) in document.as_table() {
            words.take(key, item, &failure)?;
        }
        Ok(words)
    }

    fn take(
        &mut self,
        key: &str,
        item: &toml_edit::Item,
        failure: &dyn Fn(usize, &str) -> Failure,
    ) -> Result<()> {
        if let Some(table) = item.as_table_like() {
            for (name, item) in table.iter() {
                self.take(&format!("{key}.{name}"), item, failure)?;
            }
            return Ok(());
        }
        let Some(text) = item.as_str() else {
            let at = item.span().map_or(0, |span| span.start);
            return Err(failure(at, &format!("`{key}` is not a text")));
        };
        self.0.insert(key.to_owned(), text.to_owned());
        Ok(())
    }

    /// The keys of `all` that are not here.
    pub fn missing<'a>(&self, all: &'a Self) -> Vec<&'a str> {
        let keys = all.sorted().into_iter().map(|(key, _)| key);
        keys.filter(|key| !self.0.contains_key(*key)).collect()
    }

    /// What is wrong with these words beside `all`: a text where that has several, or a `{name}` for which nothing would
    /// be said. Keys of one's own may hold anything.
    pub fn differs(&self, all: &Self) -> Option<String> {
        for (key, text) in self.sorted() {
            let Some(known) = all.0.get(key) else {
                let below = format!("{key}.");
                if all.0.keys().any(|known| known.starts_with(&below)) {
                    return Some(format!("`{key}` is a table of texts, not a text"));
                }
                continue;
            };
            let known: Vec<&str> = places(known).collect();
            if let Some(other) = places(text).find(|name| !known.contains(name)) {
                let known: Vec<String> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
                let has = match &known[..] {
                    [] => "it has no such place".to_owned(),
                    known => format!("it has {}", known.join(", ")),
                };
                return Some(format!("nothing stands for `{{{other}}}` in `{key}`; {has}"));
            }
        }
        None
    }

    /// The words of `key`. A key that is missing is shown in brackets; a theme that lacks one is refused, and a test
    /// holds that ours has all that is asked for.
    pub fn get(&self, key: &str) -> String {
        self.0.get(key).cloned().unwrap_or_else(|| format!("[{key}]"))
    }

    /// The words of a name within a group: of `covered` within `state`, those of `state.covered`.
    pub fn of(&self, group: &str, name: &str) -> String {
        self.get(&[group, ".", name].concat())
    }

    /// The words of `key` with `{name}` replaced.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        let Some(words) = self.0.get(key) else { return self.get(key) };
        let mut text = String::with_capacity(words.len() + 16);
        let mut rest = words.as_str();
        while let Some(open) = memchr::memchr(b'{', rest.as_bytes()) {
            let (before, from) = rest.split_at(open);
            text.push_str(before);
            let name = from[1..].split_once('}').map(|(name, _)| name);
            let value = values.iter().find(|(known, _)| Some(*known) == name);
            let (said, length) = value.map_or(("{", 1), |(name, value)| (*value, name.len() + 2));
            text.push_str(said);
            rest = &from[length..];
        }
        text.push_str(rest);
        text
    }

    /// `1 document` or `3 documents`, from `key.one` and `key.many`, each with `{n}`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.count_with(key, n, &[])
    }

    /// The same, with `{name}` replaced, too.
    pub fn count_with(&self, key: &str, n: usize, values: &[(&str, &str)]) -> String {
        let (form, n) = (if n == 1 { "one" } else { "many" }, n.to_string());
        self.say(&format!("{key}.{form}"), &[&[("n", &*n)], values].concat())
    }

    /// `1 December 2026`
    pub fn date(&self, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        self.say(
            "date",
            &[("day", &day), ("month", &self.month_name(date.month())), ("year", &year)],
        )
    }

    /// The name of a month, from 1.
    fn month_name(&self, month: i8) -> Cow<'_, str> {
        let key = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"month");
        self.0.get(*key).map_or_else(|| self.get(key).into(), Cow::from)
    }

    /// The dates that stand in a text as [`Words::date`] writes them, in order.
    pub fn dates_in(&self, text: &str) -> Vec<(Range<usize>, Date)> {
        let mut found = Vec::new();
        // Most sentences hold none: no number of three figures, from which a year is told.
        if !text.as_bytes().windows(3).any(|three| three.iter().all(u8::is_ascii_digit)) {
            return found;
        }
        for number in 1..=12 {
            let month = self.month_name(number);
            for at in memchr::memmem::find_iter(text.as_bytes(), month.as_bytes()) {
                // Day and year stand within a few signs of the month, in whatever order.
                let from = text.floor_char_boundary(at.saturating_sub(8));
                let near = &text[from..text.ceil_char_boundary(at + month.len() + 8)];
                let numbers = || {
                    let runs = near.split(|c: char| !c.is_ascii_digit());
                    runs.filter_map(|run| run.parse::<i16>().ok())
                };
                let dates = numbers().filter(|year| *year > 31).flat_map(|year| {
                    let days = numbers().filter_map(|day| i8::try_from(day).ok());
                    days.filter_map(move |day| Date::new(year, number, day).ok())
                });
                let written = dates.filter_map(|date| {
                    let written = self.date(date);
                    let start = from + near.find(&written)?;
                    let range = start..start + written.len();
                    // "31 June 2027" holds "1 June 2027".
                    let digit = |c: char| c.is_ascii_digit();
                    let whole =
                        !text[..start].ends_with(digit) && !text[range.end..].starts_with(digit);
                    whole.then_some((range, date))
                });
                found.extend(written.take(1));
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        found
    }

    /// `December 2026`
    pub fn month(&self, date: Date) -> String {
        let (month, year) = (self.month_name(date.month()), date.year().to_string());
        self.say("month-of-year", &[("month", &month), ("year", &year)])
    }

    /// A number with one decimal, as the language writes it: `33.3`, `33,3`.
    pub fn decimal(&self, number: f64) -> String {
        format!("{number:.1}").replace('.', &self.get("decimal"))
    }

    /// The words below a key, by what is left of theirs, with `_` for `-`.
    pub fn below<'a>(&'a self, key: &str) -> impl Iterator<Item = (String, String)> + 'a {
        let start = format!("{key}.");
        self.sorted().into_iter().filter_map(move |(key, text)| {
            Some((key.strip_prefix(&start)?.replace('-', "_"), text.to_owned()))
        })
    }

    /// All of them, by key.
    fn sorted(&self) -> Vec<(&str, &str)> {
        let all = self.0.iter().map(|(key, text)| (key.as_str(), text.as_str()));
        let mut all: Vec<_> = all.collect();
        all.sort_unstable();
        all
    }

    /// `a`, `a and b`, or `a, b and c`.
    pub fn list(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => self.say("list", &[("first", &first.join(", ")), ("last", last)]),
        }
    }

    /// The words as one tree, for templates.
    pub fn tree(&self) -> serde_json::Value {
        let mut root = serde_json::Map::new();
        for (key, text) in self.sorted() {
            let mut at = &mut root;
            let mut parts = key.split('.').peekable();
            while let Some(part) = parts.next() {
                let part = part.replace('-', "_");
                if parts.peek().is_none() {
                    at.insert(part, text.into());
                    break;
                }
                let next = at.entry(part).or_insert_with(|| serde_json::Map::new().into());
                match next {
                    serde_json::Value::Object(map) => at = map,
                    _ => break,
                }
            }
        }
        root.into()
    }
}

/// The names in a text for which something is said: `{day}`.
fn places(text: &str) -> impl Iterator<Item = &str> {
    let named = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    named.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
}
