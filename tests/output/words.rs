//! That every word of the interface is there and used, for every state and reason.

use std::collections::BTreeSet;

use clausebook::assessment::Level;
use clausebook::checklist::Answer;
use clausebook::document::{DocumentType, Status};
use clausebook::implementation::ActivityState;
use clausebook::portal::{NotCounting, Reason, ReviewState, UnitState};
use clausebook::site::Grouping;
use clausebook::standard::Basis;
use clausebook::wording::Wording;
use jiff::civil::date;
use regex::Regex;

use super::*;

#[test]
fn every_word_is_there_and_used() {
    let words = theme().words;
    let known: BTreeSet<&str> = words.0.keys().map(String::as_str).collect();
    let used = Used::find();
    assert!(used.exact.len() > 100 && used.tables.len() > 10, "they are found");
    let tables: BTreeSet<&str> = known.iter().filter_map(|key| key.split('.').next()).collect();
    let missing: Vec<&String> = used
        .exact
        .iter()
        .filter(|key| key.split('.').next().is_some_and(|table| tables.contains(table)))
        .filter(|key| {
            !known.contains(key.as_str()) && !known.contains(format!("{key}.one").as_str())
        })
        .collect();
    assert!(missing.is_empty(), "named in src or theme, missing in en.toml: {missing:?}");
    let unused: Vec<&&str> = known.iter().filter(|key| !used.uses(key)).collect();
    assert!(unused.is_empty(), "in en.toml, used nowhere: {unused:?}");
    for key in known.iter().filter_map(|key| key.strip_suffix(".one")) {
        assert!(known.contains(format!("{key}.many").as_str()), "{key}.many");
    }
}

#[test]
fn every_state_and_reason_has_words() {
    let theme = theme();
    let wording = Wording(&theme.words);
    let policy = DocumentType::Policy;
    let number = || "8.5.1.1".parse().expect("it is a number");
    let mut said: Vec<String> =
        DocumentType::ALL.iter().map(|known| wording.document_type(*known)).collect();
    said.extend(Status::ALL.iter().map(|status| wording.status(Some(*status))));
    said.push(wording.status(None));
    said.extend([Basis::Standard, Basis::Advice].map(|basis| wording.basis(basis)));
    said.extend(
        [UnitState::Covered, UnitState::Partial, UnitState::Gap, UnitState::Excluded]
            .map(|state| wording.unit_state(state)),
    );
    said.extend(
        [
            ReviewState::Overdue,
            ReviewState::Due,
            ReviewState::Current,
            ReviewState::Unscheduled,
            ReviewState::Exempt,
        ]
        .map(|state| wording.review_state(state)),
    );
    said.extend(ActivityState::ALL.map(|state| wording.activity_state(state)));
    said.extend(Level::ALL.map(|level| wording.level(level)));
    said.extend(Answer::ALL.map(|answer| wording.answer(answer)));
    said.extend(Grouping::ALL.map(|grouping| wording.grouping(grouping)));
    let why = [
        NotCounting::Broken,
        NotCounting::NoStatus,
        NotCounting::Draft,
        NotCounting::InReview,
        NotCounting::Retired,
        NotCounting::NoApprover,
        NotCounting::NoApproval,
        NotCounting::OtherVersionApproved("1.0".to_owned()),
        NotCounting::NotYetApproved(TODAY),
        NotCounting::NotYetEffective(TODAY),
        NotCounting::EffectiveUnknown,
        NotCounting::Unscheduled,
        NotCounting::Overdue(TODAY),
        NotCounting::Errors(1),
        NotCounting::Errors(2),
        NotCounting::RowLacks("place"),
        NotCounting::RowLacks("retention"),
        NotCounting::RowLacks("owner"),
        NotCounting::RowWrong,
        NotCounting::RowOverdue(TODAY),
        NotCounting::NotShown,
    ];
    said.extend(why.iter().map(|why| wording.not_counting(why)));
    let reasons = [
        Reason::NoClaim,
        Reason::TypeMissing(policy, Basis::Standard),
        Reason::TypeNotCounting(policy, Basis::Advice, why.to_vec()),
        Reason::NoRule(Vec::new()),
        Reason::NoRule(vec![NotCounting::Draft]),
        Reason::PointUnmet(
            2,
            vec![(number(), policy), (number(), DocumentType::Plan)],
            vec![NotCounting::Draft],
        ),
        Reason::PointUnmet(2, vec![(number(), policy)], Vec::new()),
        Reason::DerivedFrom(vec![number()]),
        Reason::NothingToDeriveFrom,
        Reason::Unread,
        Reason::NoneCounts(vec![NotCounting::Draft]),
        Reason::Excluded("it is not done here".to_owned()),
    ];
    said.extend(reasons.iter().map(|reason| wording.reason(reason)));
    for days in [date(2026, 11, 30), TODAY, date(2026, 12, 2), date(2026, 12, 24)] {
        said.push(wording.days(TODAY, days));
        said.push(theme.words.date(days));
    }
    for text in said {
        assert!(!text.is_empty() && !text.contains(['[', ']', '{', '}']), "`{text}`");
    }
}

/// The words that the program and the templates name.
#[derive(Default)]
struct Used {
    /// Keys, as they stand in the file of words.
    exact: BTreeSet<String>,
    /// Tables of which one key or another is named: `type` for `type.{}`.
    tables: BTreeSet<String>,
    /// Texts of the program, which may be the key within such a table.
    texts: BTreeSet<String>,
    /// The scripts, which name theirs without the table.
    scripts: String,
}

impl Used {
    fn find() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut used = Self::default();
        let mut files = Site::new();
        read_all(&root.join("src"), "", &mut files);
        for source in files.values() {
            used.source(&String::from_utf8_lossy(source));
        }
        let mut scripts = Site::new();
        read_all(&root.join("theme/static"), "", &mut scripts);
        for (_, script) in scripts.iter().filter(|(name, _)| name.ends_with(".js")) {
            used.scripts.push_str(&String::from_utf8_lossy(script));
        }
        let mut templates = Site::new();
        read_all(&root.join("theme/templates"), "", &mut templates);
        let word = Regex::new(r"\bwords\.([a-z0-9_]+(?:\.[a-z0-9_]+)+)").expect("it is right");
        for template in templates.values() {
            let template = String::from_utf8_lossy(template).into_owned();
            used.exact
                .extend(word.captures_iter(&template).map(|found| found[1].replace('_', "-")));
        }
        used
    }

    fn source(&mut self, source: &str) {
        let text = Regex::new(r#""((?:[^"\\]|\\.)*)""#).expect("it is right");
        let key = Regex::new(r"^[a-z][a-z-]*(\.[a-z0-9-]+)+$").expect("it is right");
        let table = Regex::new(r"^([a-z-]+)\.\{[a-z_]*\}(?:-none)?$").expect("it is right");
        // `self.0.of("level", level.name())` names a table, too.
        let of = Regex::new(r#"\.of\("([a-z-]+)", "#).expect("it is right");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in lines.map(|line| line.replace("'\"'", "")) {
            self.tables.extend(of.captures_iter(&line).map(|found| found[1].to_owned()));
            for found in text.captures_iter(&line) {
                let found = &found[1];
                let file = [
                    ".html", ".json", ".csv", ".txt", ".toml", ".yaml", ".md", ".xml", ".js",
                    ".css",
                ];
                if key.is_match(found) && !file.iter().any(|ending| found.ends_with(ending)) {
                    self.exact.insert(found.to_owned());
                }
                self.tables.extend(table.captures(found).map(|found| found[1].to_owned()));
                self.texts.insert(found.to_owned());
            }
        }
    }

    fn uses(&self, key: &str) -> bool {
        let whole = key.strip_suffix(".one").or_else(|| key.strip_suffix(".many")).unwrap_or(key);
        let within = whole.split_once('.').is_some_and(|(table, name)| {
            let plain = name.strip_suffix("-none").unwrap_or(name);
            self.tables.contains(table)
                && (self.texts.contains(plain) || name.parse::<u8>().is_ok())
        });
        // Scripts name a word whole, or put it together: `say("theme_" + choice)`.
        let in_script = whole.strip_prefix("script.").is_some_and(|name| {
            let name = name.replace('-', "_");
            let parts = name.split_once('_').is_some_and(|(first, rest)| {
                self.scripts.contains(&format!("\"{first}_\" +"))
                    && self.scripts.contains(&format!("\"{rest}\""))
            });
            parts || self.scripts.contains(&name)
        });
        let top = !whole.contains('.') && self.texts.contains(whole);
        self.exact.contains(whole) || within || top || in_script
    }
}
