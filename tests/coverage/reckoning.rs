//! Coverage reckoned a second time, straight from the files and by other means: lines of text, no types of the program.
//!
//! It knows nothing of links and rules; which documents have an error is told by the line that puts one in.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use crate::variety::TYPES;

/// Year, month, day: compared as they stand.
pub(crate) type Day = (i32, u32, u32);

/// The state of each unit, by standard and number.
pub(crate) type States = BTreeMap<(String, String), &'static str>;

/// What one document says, as typed.
#[derive(Default)]
struct Facts {
    keys: BTreeMap<String, Vec<String>>,
    changes: Vec<BTreeMap<String, String>>,
    columns: Vec<String>,
    claims: Vec<String>,
    /// True when a column of its register names clauses.
    claiming: bool,
    error: bool,
}

/// The states of all units on `day`, of the standards in `standards` (their YAML) and the documents in `files`.
pub(crate) fn states(standards: &[String], files: &[(String, String)], day: Day) -> States {
    let standards: Vec<Standard> = standards.iter().map(|text| Standard::read(text)).collect();
    let primary = standards.iter().find(|standard| standard.id == PRIMARY).expect("one is primary");
    let mut counting: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut claimed: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        let facts = Facts::read(text);
        let counts = facts.counts(day);
        let mut claim = |number: &str, kind: &str, counts: bool| {
            for unit in resolve(number, &standards, primary) {
                claimed.insert(unit.clone());
                if counts {
                    counting.entry(unit).or_default().insert(kind.to_owned());
                }
            }
        };
        for number in &facts.claims {
            claim(number, facts.one("type").unwrap_or(""), counts);
        }
        if let Some(data) = facts.one("data") {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let wanted = format!("{folder}/{data}");
            let rows = files.iter().find(|(path, _)| *path == wanted).expect("its rows are there");
            for (number, fine) in rows_of(&rows.1, &facts, day) {
                claim(&number, "record", counts && fine);
            }
        }
    }
    let mut states = States::new();
    let own = standards.iter().filter(|standard| standard.base.is_none());
    for (standard, unit) in own.flat_map(|of| of.units().map(move |unit| (of, unit))) {
        let at = (standard.id.clone(), unit.to_owned());
        let has = |kind: &str| counting.get(&at).is_some_and(|kinds| kinds.contains(kind));
        let expected = standard.expected(unit);
        let met = if expected.is_empty() {
            ["policy", "process", "procedure", "plan", "statement"].into_iter().any(has)
        } else {
            expected.iter().all(|kind| has(kind))
        };
        let state = match (met && !standard.is_wrong(unit), claimed.contains(&at)) {
            (true, true) => "covered",
            (false, true) => "partial",
            (_, false) => "gap",
        };
        states.insert(at, state);
    }
    for (unit, points) in &primary.points {
        let pair = |pair: &String| {
            let (number, kind) = pair.split_once(' ').expect("a number and a type");
            let at = (primary.id.clone(), number.to_owned());
            counting.get(&at).is_some_and(|kinds| kinds.contains(kind))
        };
        let met = |pairs: &&Vec<String>| !pairs.is_empty() && pairs.iter().all(pair);
        let met = points.iter().filter(met).count();
        let state = if met == points.len() && !primary.is_wrong(unit) {
            "covered"
        } else if met == 0 {
            "gap"
        } else {
            "partial"
        };
        states.insert((primary.id.clone(), unit.clone()), state);
    }
    for edition in standards.iter().filter(|standard| standard.base.is_some()) {
        for unit in edition.units() {
            let targets: BTreeSet<String> =
                edition.maps[unit].iter().flat_map(|number| primary.stands_for(number)).collect();
            let found: Vec<&str> = targets
                .iter()
                .map(|target| states[&(primary.id.clone(), target.clone())])
                .collect();
            let all = |state: &str| found.iter().all(|found| *found == state);
            let there = edition.maps[unit].iter().all(|number| primary.all.contains(number));
            let state = if found.is_empty() || all("gap") {
                "gap"
            } else if all("covered") && there {
                "covered"
            } else {
                "partial"
            };
            states.insert((edition.id.clone(), unit.to_owned()), state);
        }
    }
    states
}

/// The standard that plain numbers are of.
const PRIMARY: &str = "iso-iec-20000-1-2018";

/// The units that a claim is filed under, with their standard: one, or none.
fn resolve(number: &str, standards: &[Standard], primary: &Standard) -> Vec<(String, String)> {
    let filed = |of: &Standard, units: Vec<String>| {
        units.into_iter().map(|unit| (of.id.clone(), unit)).collect()
    };
    // The unit itself, or the one above a numbered paragraph; a headed parent covers nothing.
    let direct = |of: &Standard, number: &str| {
        let parent = of.headed.contains(number) && !of.units().any(|unit| unit == number);
        filed(of, if parent { Vec::new() } else { of.stands_for(number) })
    };
    let Some((name, old)) = number.split_once(':') else { return direct(primary, number) };
    let whole = standards.iter().find(|standard| standard.id == name);
    if let Some(whole) = whole.filter(|standard| standard.base.is_none()) {
        return direct(whole, old);
    }
    let edition = standards.iter().find(|standard| standard.id.ends_with(&format!("-{name}")));
    let maps = edition.and_then(|edition| edition.maps.get(old)).cloned().unwrap_or_default();
    let targets: BTreeSet<String> =
        maps.iter().flat_map(|number| primary.stands_for(number)).collect();
    filed(primary, if targets.len() == 1 { targets.into_iter().collect() } else { Vec::new() })
}

struct Standard {
    id: String,
    base: Option<String>,
    headed: BTreeSet<String>,
    /// Headed clauses with no headed clause below them.
    units: Vec<String>,
    all: BTreeSet<String>,
    expects: BTreeMap<String, Vec<String>>,
    points: BTreeMap<String, Vec<Vec<String>>>,
    maps: BTreeMap<String, Vec<String>>,
    /// Those of which a type is none that there is.
    wrong: BTreeSet<String>,
}

impl Standard {
    fn read(text: &str) -> Self {
        let yaml: Value = serde_yaml::from_str(text).expect("a standard is YAML");
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let list = |value: &Value| -> Vec<String> {
            value.as_sequence().into_iter().flatten().filter_map(text).collect()
        };
        let mut standard = Self {
            id: text(&yaml["id"]).expect("it has an id"),
            base: text(&yaml["derived_from"]),
            headed: BTreeSet::new(),
            units: Vec::new(),
            all: BTreeSet::new(),
            expects: BTreeMap::new(),
            points: BTreeMap::new(),
            maps: BTreeMap::new(),
            wrong: BTreeSet::new(),
        };
        let is_type = |kind: &str| TYPES.iter().any(|(name, _)| *name == kind);
        let is_pair = |pair: &String| pair.split_once(' ').is_some_and(|(_, kind)| is_type(kind));
        for clause in yaml["clauses"].as_sequence().expect("clauses are a list") {
            let number = text(&clause["number"]).expect("numbers are in quotes");
            standard.all.insert(number.clone());
            if clause["title"].is_string() {
                standard.headed.insert(number.clone());
            }
            let kinds = clause["expects"].as_sequence().into_iter().flatten();
            let kinds = kinds.filter_map(|expected| text(&expected["type"]));
            let (kinds, wrong): (Vec<_>, Vec<_>) = kinds.partition(|kind| is_type(kind));
            let mut right = wrong.is_empty();
            standard.expects.insert(number.clone(), kinds);
            if let Some(points) = clause["points"].as_sequence() {
                let points = points.iter().map(|point| list(&point["pairs"]));
                let (points, wrong): (Vec<_>, Vec<_>) =
                    points.partition(|pairs| !pairs.is_empty() && pairs.iter().all(is_pair));
                right &= wrong.is_empty();
                standard.points.insert(number.clone(), points);
            }
            if !right {
                standard.wrong.insert(number.clone());
            }
            standard.maps.insert(number, list(&clause["maps_to"]));
        }
        for number in &standard.headed {
            let below = format!("{number}.");
            if !standard.headed.iter().any(|other| other.starts_with(&below)) {
                standard.units.push(number.clone());
            }
        }
        standard
    }

    fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(String::as_str)
    }

    /// True when something is wrong with a unit or with a paragraph below it.
    fn is_wrong(&self, unit: &str) -> bool {
        let below = format!("{unit}.");
        self.wrong.iter().any(|number| number == unit || number.starts_with(&below))
    }

    /// The types that a unit and the paragraphs below it expect.
    fn expected(&self, unit: &str) -> BTreeSet<&str> {
        let below = format!("{unit}.");
        let own =
            self.expects.iter().filter(|(number, _)| *number == unit || number.starts_with(&below));
        own.flat_map(|(_, kinds)| kinds).map(String::as_str).collect()
    }

    /// The unit that a number is or lies in, or all units below it.
    fn stands_for(&self, number: &str) -> Vec<String> {
        if !self.all.contains(number) {
            return Vec::new();
        }
        let above = |unit: &&str| *unit == number || number.starts_with(&format!("{unit}."));
        if let Some(unit) = self.units().find(above) {
            return vec![unit.to_owned()];
        }
        let below = format!("{number}.");
        self.units().filter(|unit| unit.starts_with(&below)).map(str::to_owned).collect()
    }
}

impl Facts {
    fn read(text: &str) -> Self {
        let mut facts = Self::default();
        let mut lines = text.lines();
        lines.next();
        let mut key = String::new();
        for line in lines.by_ref().take_while(|line| *line != "---") {
            let trimmed = line.trim();
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                let (name, value) = line.split_once(':').expect("a key and a value");
                name.clone_into(&mut key);
                let value = value.trim().trim_matches(['[', ']']);
                let values = value.split(',').map(plain).filter(|value| !value.is_empty());
                facts.keys.insert(key.clone(), values.collect());
            } else if key == "changes" {
                if trimmed.starts_with("- ") {
                    facts.changes.push(BTreeMap::new());
                }
                let (name, value) =
                    trimmed.trim_start_matches("- ").split_once(':').expect("a pair");
                let entry = facts.changes.last_mut().expect("an entry has begun");
                entry.insert(name.to_owned(), plain(value));
            } else if key == "columns" {
                let (name, kind) = trimmed.split_once(':').expect("a name and a kind");
                facts.claiming |= kind.trim() == "clause";
                facts.columns.push(name.to_owned());
            } else if let Some(value) = trimmed.strip_prefix("- ") {
                facts.keys.entry(key.clone()).or_default().push(plain(value));
            }
        }
        facts.claims.clone_from(&facts.keys["clause"]);
        let mut fence = false;
        for line in lines {
            fence ^= line.starts_with("```");
            if !fence && line.starts_with('#') {
                let attributes =
                    line.rsplit_once('{').map_or("", |(_, rest)| rest.trim_end_matches('}'));
                for claims in
                    attributes.split_whitespace().filter_map(|word| word.strip_prefix("clause="))
                {
                    facts.claims.extend(claims.split(',').map(str::to_owned));
                }
            }
            facts.error |= line.contains("](nowhere.md)");
        }
        facts
    }

    fn one(&self, key: &str) -> Option<&str> {
        self.keys.get(key).and_then(|values| values.first()).map(String::as_str)
    }

    fn day(&self, key: &str) -> Option<Day> {
        self.one(key).map(day)
    }

    /// Contracts 3: approved with approver and a dated entry for this version, effective, not overdue, no error.
    fn counts(&self, today: Day) -> bool {
        let approval = self.changes.iter().find(|entry| entry.contains_key("approved_by"));
        let Some(approval) = approval else { return false };
        let approved_on = day(&approval["date"]);
        // A cycle counts from the approval, whichever version that was of; the other two ways stand alone.
        let stated = self.day("review_date");
        let after = self.day("last_reviewed_on").zip(self.one("review_in"));
        let after = after.map(|(day, period)| later(day, period));
        let cycle = self.one("review_cycle").map(|period| later(approved_on, period));
        let next = [stated, after, cycle].into_iter().flatten().min();
        self.one("status") == Some("approved")
            && self.keys.contains_key("approver")
            && Some(approval["version"].as_str()) == self.one("version")
            && self.day("effective_date").unwrap_or(approved_on) <= today
            && approved_on <= today
            && next.is_some_and(|next| next >= today)
            && !self.error
    }
}

/// The rows of a register: the clause each names, and whether the row itself is fit to count.
fn rows_of(text: &str, facts: &Facts, today: Day) -> Vec<(String, bool)> {
    let mut lines = text.lines();
    let head = cells(lines.next().expect("a head"));
    if !facts.claiming {
        return Vec::new();
    }
    assert_eq!(head, facts.columns, "the head names the columns in their order");
    let at =
        |name: &str| head.iter().position(|column| column == name).expect("the column is there");
    let due = head.iter().position(|name| name == "due" || name == "check_due");
    let row = |line: &str| {
        let cells = cells(line);
        let filled = ["place", "retention", "owner"].iter().all(|name| !cells[at(name)].is_empty());
        let due = due.map(|column| cells[column].as_str()).filter(|cell| !cell.is_empty());
        let fine = filled && due.is_none_or(|due| day(due) >= today);
        let clauses = cells[at("clause")].split([' ', ';']).filter(|clause| !clause.is_empty());
        clauses.map(|clause| (clause.to_owned(), fine)).collect::<Vec<_>>()
    };
    lines.flat_map(row).collect()
}

fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("there is one").push(c),
        }
    }
    cells
}

fn plain(value: &str) -> String {
    value.trim().trim_matches(['"', '\'']).to_owned()
}

fn day(text: &str) -> Day {
    let mut parts = text.split('-');
    let mut next = || parts.next().expect("a date has three parts");
    (
        next().parse().expect("a year"),
        next().parse().expect("a month"),
        next().parse().expect("a day"),
    )
}

fn length(year: i32, month: u32) -> u32 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `day` and a period in calendar units, clamped to the end of the month.
fn later((year, month, date): Day, period: &str) -> Day {
    let (count, unit) = period.split_once(' ').expect("a number and a unit");
    let count: u32 = count.parse().expect("a number");
    let months = match unit.trim_end_matches('s') {
        "year" => 12 * count,
        "month" => count,
        "week" => return days_later((year, month, date), 7 * count),
        "day" => return days_later((year, month, date), count),
        other => panic!("`{other}` is no unit"),
    };
    let all = month - 1 + months;
    let year = year + i32::try_from(all / 12).expect("a few years");
    let month = all % 12 + 1;
    (year, month, date.min(length(year, month)))
}

fn days_later((mut year, mut month, mut date): Day, count: u32) -> Day {
    for _ in 0..count {
        date += 1;
        if date > length(year, month) {
            (date, month) = (1, month + 1);
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    (year, month, date)
}
