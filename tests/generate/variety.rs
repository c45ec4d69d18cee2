//! A repository in which the facts that coverage depends on vary: states, dates, approvers, types, numbers.

use super::dice::Dice;

/// The types that a claim can be of, with their codes.
pub(crate) const TYPES: [(&str, &str); 16] = [
    ("policy", "POL"),
    ("process", "PRC"),
    ("procedure", "PRO"),
    ("plan", "PLN"),
    ("agreement", "AGR"),
    ("contract", "CON"),
    ("catalogue", "CAT"),
    ("register", "REG"),
    ("record", "REC"),
    ("report", "RPT"),
    ("form", "FRM"),
    ("checklist", "CHK"),
    ("specification", "SPC"),
    ("statement", "STM"),
    ("guide", "GDE"),
    ("presentation", "PRS"),
];

/// `count` documents that claim some of `numbers` each, and a register of records; paths and texts.
pub(crate) fn repository(seed: u64, count: usize, numbers: &[String]) -> Vec<(String, String)> {
    let mut dice = Dice(seed);
    let mut files = vec![("content/roles.yaml".to_owned(), ROLES.to_owned())];
    for index in 0..count {
        files.push((format!("content/d{index}.md"), document(&mut dice, index, numbers)));
    }
    files.push(("content/records.md".to_owned(), REGISTER.to_owned()));
    let mut rows = "kind,clause,place,retention,owner,due\n".to_owned();
    for index in 0..count / 2 {
        let lacking = dice.below(8);
        let or = |lacks: usize, text: &'static str| if lacking == lacks { "" } else { text };
        let due = if dice.once_in(3) { date(&mut dice) } else { String::new() };
        rows.push_str(&format!(
            "kind {index},{},{},{},{},{due}\n",
            dice.pick(numbers),
            or(0, "\"store, second shelf\""),
            or(1, "1 year"),
            or(2, "owner")
        ));
    }
    files.push(("content/records.csv".to_owned(), rows));
    files
}

const ROLES: &str = "- id: owner\n  title: Owner\n- id: approver\n  title: Approver\n";

const REGISTER: &str = "---
title: Records
reference: R-REG
type: register
owner: owner
approver: approver
version: 1
status: approved
clause: 7.5.3
review_date: 2027-03-01
data: records.csv
columns:
  kind: text
  clause: clause
  place: text
  retention: text
  owner: role
  due: due
changes:
  - version: 1
    date: 2025-01-01
    summary: first
    approved_by: approver
---

Rows.
";

/// An older entry of `changes`.
const OLDER: &str =
    "  - version: 0.5\n    date: 2023-02-01\n    summary: older\n    approved_by: approver\n";

fn document(dice: &mut Dice, index: usize, numbers: &[String]) -> String {
    let (name, code) = dice.pick(&TYPES);
    let mut text = format!(
        "---\ntitle: Document {index}\nreference: R-{code}-{index}\ntype: {name}\nowner: owner\n"
    );
    if !dice.once_in(8) {
        text.push_str("approver: approver\n");
    }
    let version = *dice.pick(&["1", "1.0", "1.1", "2.10"]);
    text.push_str(&format!("version: {version}\n"));
    let status = *dice.pick(&[
        "approved",
        "approved",
        "approved",
        "approved",
        "draft",
        "in-review",
        "retired",
    ]);
    text.push_str(&format!("status: {status}\n"));
    let mut claims: Vec<&str> = (0..=dice.below(3)).map(|_| dice.pick(numbers).as_str()).collect();
    claims.dedup();
    text.push_str(&match &claims[..] {
        [one] => format!("clause: {one}\n"),
        many if dice.once_in(2) => format!("clause: [{}]\n", many.join(", ")),
        many => format!("clause:\n  - {}\n", many.join("\n  - ")),
    });
    if dice.once_in(4) {
        text.push_str(&format!("effective_date: {}\n", date(dice)));
    }
    match dice.below(6) {
        0 => text.push_str(&format!("review_date: {}\n", date(dice))),
        1 => text.push_str(&format!(
            "last_reviewed_on: {}\nreview_in: {}\n",
            date(dice),
            cycle(dice)
        )),
        2 => {
            text.push_str(&format!("review_date: {}\nreview_cycle: {}\n", date(dice), cycle(dice)));
        }
        3 => {}
        _ => text.push_str(&format!("review_cycle: {}\n", cycle(dice))),
    }
    text.push_str("changes:\n");
    let newest = if dice.once_in(6) { "0.9" } else { version };
    let approved = if dice.once_in(6) { "" } else { "    approved_by: approver\n" };
    text.push_str(&format!(
        "  - version: {newest}\n    date: {}\n    summary: newer\n{approved}",
        date(dice)
    ));
    if dice.once_in(2) {
        text.push_str(OLDER);
    }
    text.push_str("---\n\nText.\n");
    for section in 0..dice.below(3) {
        let claim = dice.pick(numbers);
        let more = if dice.once_in(4) { format!(",{}", dice.pick(numbers)) } else { String::new() };
        text.push_str(&format!(
            "\n## Section {section} {{#s{section} clause={claim}{more}}}\n\nIts text.\n"
        ));
    }
    if dice.once_in(9) {
        // A finding at error level: this document counts for nothing.
        text.push_str("\nSee [there](nowhere.md).\n");
    }
    text
}

fn date(dice: &mut Dice) -> String {
    let (year, month) = (2024 + dice.below(4), 1 + dice.below(12));
    let last = match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    // Ends of months are where calendar arithmetic goes wrong.
    let day = if dice.once_in(3) { last } else { 1 + dice.below(last) };
    format!("{year}-{month:02}-{day:02}")
}

fn cycle(dice: &mut Dice) -> &'static str {
    const CYCLES: [&str; 7] =
        ["1 year", "6 months", "1 month", "2 years", "2 weeks", "90 days", "18 months"];
    CYCLES[dice.below(CYCLES.len())]
}
