//! A repository of many documents of about 7 KB, with front matter, claims, tables and links, for measuring.
//!
//! The same count gives the same bytes on every run, and no document has a finding.

use super::dice::Dice;

const ROLES: [&str; 6] = [
    "change-manager",
    "incident-manager",
    "service-owner",
    "supplier-manager",
    "capacity-manager",
    "internal-auditor",
];

/// Types with their codes.
const TYPES: [(&str, &str); 8] = [
    ("policy", "POL"),
    ("plan", "PLN"),
    ("agreement", "AGR"),
    ("record", "REC"),
    ("report", "RPT"),
    ("specification", "SPC"),
    ("statement", "STM"),
    ("guide", "GDE"),
];

const UNITS: [&str; 24] = [
    "4.1", "4.2", "4.3", "5.1", "5.3", "6.1", "6.3", "7.1", "7.2", "7.4", "8.1", "8.2.2", "8.2.4",
    "8.2.5", "8.3.2", "8.3.3", "8.4.2", "8.4.3", "8.5.3", "8.6.1", "8.6.2", "8.6.3", "9.1", "10.2",
];

const WORDS: [&str; 40] = [
    "service", "owner", "customer", "request", "record", "within", "day", "the", "of", "target",
    "team", "is", "reported", "before", "after", "change", "review", "evidence", "agreed", "each",
    "month", "supplier", "plan", "measured", "and", "kept", "for", "level", "risk", "by", "desk",
    "incident", "to", "approved", "when", "result", "with", "system", "it", "priority",
];

/// `count` documents and what they stand on: paths below `content/`, and texts.
pub(crate) fn repository(count: usize) -> Vec<(String, String)> {
    let mut dice = Dice(20_000);
    let mut roles = String::new();
    for role in ROLES {
        roles.push_str(&format!("- id: {role}\n  title: {}\n", role.replace('-', " ")));
    }
    let mut files = vec![("content/roles.yaml".to_owned(), roles)];
    files.extend((0..count).map(|index| document(&mut dice, index, count)));
    files
}

/// Where a document stands: its path and its reference follow from its index alone.
struct Place {
    path: String,
    reference: String,
    document_type: &'static str,
    unit: &'static str,
}

fn place(index: usize) -> Place {
    let (document_type, code) = TYPES[index % TYPES.len()];
    let unit = UNITS[index / TYPES.len() % UNITS.len()];
    let round = index / (TYPES.len() * UNITS.len());
    let number = if round == 0 { String::new() } else { format!("-{}", round + 1) };
    Place {
        path: format!("area-{}/document-{index}.md", unit.replace('.', "-")),
        reference: format!("SMS-{code}-{unit}{number}"),
        document_type,
        unit,
    }
}

fn document(dice: &mut Dice, index: usize, count: usize) -> (String, String) {
    let Place { path, reference, document_type, unit } = place(index);
    let owner = index % ROLES.len();
    let approver = ROLES[(owner + 1) % ROLES.len()];
    let (month, day) = (1 + index % 11, 1 + index % 28);
    let mut text = format!(
        "---
title: {} number {index}
reference: {reference}
type: {document_type}
owner: {}
approver: {approver}
version: 1.{}
status: approved
clause: {unit}
review_cycle: 1 year
keywords: [{}]
changes:
  - version: 1.{}
    date: 2026-{month:02}-{day:02}
    summary: {}
    approved_by: {approver}
  - version: 1.0
    date: 2025-{month:02}-{day:02}
    summary: {}
    approved_by: {approver}
---

{}
",
        sentence(dice, 4).trim_end_matches('.'),
        ROLES[owner],
        index % 7 + 1,
        dice.pick(&WORDS),
        index % 7 + 1,
        sentence(dice, 8),
        sentence(dice, 6),
        paragraph(dice),
    );
    for section in 0..6 {
        text.push_str(&format!("\n## Part {section} of {index}"));
        if section % 3 == 0 {
            text.push_str(&format!(" {{#part-{section} clause={}}}", dice.pick(&UNITS)));
        }
        text.push_str(&format!("\n\n{}\n\n", paragraph(dice)));
        let other = place(dice.below(count));
        text.push_str(&match section % 3 {
            0 => format!(
                "See [[{}]] and [the clause](clause:{}).\n",
                other.reference,
                dice.pick(&UNITS)
            ),
            1 => format!("It follows [another document](../{}#part-0).\n", other.path),
            _ => format!(
                "1. {}\n2. {}\n3. {}\n",
                sentence(dice, 12),
                sentence(dice, 9),
                sentence(dice, 14)
            ),
        });
        if section % 2 == 1 {
            text.push_str("\n| Step | Who | Target |\n|---|---|--:|\n");
            for step in 1..=5 {
                text.push_str(&format!(
                    "| {step}. {} | {} | {} h |\n",
                    sentence(dice, 6),
                    dice.pick(&ROLES),
                    dice.below(40)
                ));
            }
        } else {
            text.push_str(&format!("\n{}\n", paragraph(dice)));
        }
    }
    if dice.once_in(20) {
        text.push_str(
            "\n```json\n{ \"service\": \"mail\", \"priority\": 2, \"open\": true }\n```\n",
        );
    }
    (format!("content/{path}"), text)
}

fn sentence(dice: &mut Dice, length: usize) -> String {
    let mut text = String::new();
    for i in 0..length {
        let word = dice.pick(&WORDS);
        if i == 0 {
            text.push_str(&word[..1].to_uppercase());
            text.push_str(&word[1..]);
        } else {
            text.push(' ');
            text.push_str(word);
        }
    }
    text.push('.');
    text
}

fn paragraph(dice: &mut Dice) -> String {
    let sentences: Vec<String> = (0..4).map(|_| sentence(dice, 14)).collect();
    let emphasis = format!("**{}** ", sentence(dice, 5));
    emphasis + &sentences.join(" ")
}
