//! A stretch of calendar time: `6 months`, `1 year`, `2 weeks`.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// A whole number of calendar units, as a review cycle states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How many units; at least 1.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    /// The day one period after `date`, clamped to the end of its month; `None` beyond the year 9999.
    pub fn after(self, date: Date) -> Option<Date> {
        let count = i64::from(self.count);
        let span = match self.unit {
            Unit::Day => Span::new().try_days(count),
            Unit::Week => Span::new().try_weeks(count),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        date.checked_add(span.ok()?).ok()
    }
}

/// The words of [`Period`]s, singular first.
const UNITS: [(&str, &str, Unit); 4] = [
    ("day", "days", Unit::Day),
    ("week", "weeks", Unit::Week),
    ("month", "months", Unit::Month),
    ("year", "years", Unit::Year),
];

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (count, word) = text.trim().split_once(char::is_whitespace).ok_or(())?;
        let count = count.parse().ok().filter(|&count| count > 0).ok_or(())?;
        let word = word.trim().to_lowercase();
        let unit = UNITS.iter().find(|(one, many, _)| word == *one || word == *many).ok_or(())?.2;
        Ok(Self { count, unit })
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, many, _) = UNITS[self.unit as usize];
        write!(f, "{} {}", self.count, if self.count == 1 { one } else { many })
    }
}

/// A date as typed: the ISO form, or a form that is understood all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypedDate {
    /// `2026-02-05`
    Iso(Date),
    /// `2026-2-5`: understood, and a finding.
    Loose(Date),
}

/// Reads a date. `None` when there is no such day.
pub fn typed_date(text: &str) -> Option<TypedDate> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || month.len() > 2 || day.len() > 2 || !parts.iter().all(|p| digits(p)) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(if month.len() == 2 && day.len() == 2 {
        TypedDate::Iso(date)
    } else {
        TypedDate::Loose(date)
    })
}

/// Whole days from `from` to `to`, negative when `to` lies before it.
pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The day after; the last day of the calendar stays itself.
pub fn next_day(date: Date) -> Date {
    date.checked_add(1.day()).unwrap_or(date)
}

/// `days` before `date`; the first day of the calendar at the least.
pub fn days_before(date: Date, days: u32) -> Date {
    let days = Span::new().try_days(days);
    days.and_then(|days| date.checked_sub(days)).unwrap_or(Date::MIN)
}

/// What is wrong with a text that is no date, in words.
pub fn no_date(typed: &str) -> String {
    let shaped = typed.contains('-') && typed.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if shaped { format!("there is no day `{typed}`") } else { format!("`{typed}` is not a date") }
}

/// `1 day`, `3 days`
pub fn days_in_words(days: impl Into<i64>) -> String {
    match days.into() {
        1 => "1 day".to_owned(),
        days => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn months_are_clamped_to_their_end() {
        let period: Period = "6 months".parse().unwrap();
        assert_eq!(period.after(date(2026, 8, 31)), Some(date(2027, 2, 28)));
        assert_eq!(
            "1 year".parse::<Period>().unwrap().after(date(2024, 2, 29)),
            Some(date(2025, 2, 28))
        );
    }

    #[test]
    fn singular_and_plural_are_one() {
        assert_eq!("6 month".parse::<Period>(), "6 Months".parse());
        for wrong in ["", "6", "months", "0 days", "-1 day", "6 moons", "six months"] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_loose_date_is_understood_and_an_impossible_one_is_not() {
        assert_eq!(typed_date("2026-2-5"), Some(TypedDate::Loose(date(2026, 2, 5))));
        assert_eq!(typed_date("2026-02-05"), Some(TypedDate::Iso(date(2026, 2, 5))));
        for wrong in
            ["2026-02-30", "26-02-01", "2026-02", "tomorrow", "2026-02-+1", "2026-02-01T00:00"]
        {
            assert_eq!(typed_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_between_is_signed_and_crosses_months() {
        assert_eq!(days_between(date(2026, 1, 31), date(2026, 3, 1)), 29);
        assert_eq!(days_between(date(2026, 3, 1), date(2026, 1, 31)), -29);
    }
}
