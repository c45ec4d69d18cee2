//! What is wrong with a body, as findings.

use std::ops::Range;

use super::body::heading_line;
use super::document;
use super::findings::Findings;
use crate::config::Config;
use crate::markdown::{self, Fault, FaultKind};

/// Adds a finding for each fault of `text`.
pub(super) fn tell(faults: Vec<Fault>, text: &str, config: &Config, findings: &mut Findings) {
    for fault in faults {
        match fault.kind {
            FaultKind::UnknownVariable(name) => {
                document::unknown_variable(findings, fault.range, &name, config);
            }
            FaultKind::LateGuidance(line) => {
                findings
                    .push(
                        "unknown-alert",
                        fault.range,
                        format!("`{line}` does not stand on the first line of its quote"),
                    )
                    .hint("begin a quote of its own with it, and the text on the next line");
            }
            FaultKind::LooseGuidance(mark) => {
                findings
                    .push(
                        "unknown-alert",
                        fault.range,
                        format!(
                            "`{mark}` does not mark guidance here, and what it marks is published"
                        ),
                    )
                    .hint(
                        "begin a quote with the line `> [!GUIDANCE]`; to name it, write it as code",
                    );
            }
            FaultKind::LooseFootnote(mark) => {
                findings
                    .push("dead-link", fault.range, format!("there is no footnote `{mark}`"))
                    .hint(format!(
                        "write it as `{mark}: …` on a line of its own, or `\\{mark}` if it is text"
                    ));
            }
            FaultKind::LooseLink(label) => {
                findings
                    .push("dead-link", fault.range, format!("no link is defined as `{label}`"))
                    .hint(format!(
                        "write `[{label}]: ADDRESS` on a line of its own, or a backslash before the first bracket if it is text"
                    ));
            }
            FaultKind::CutReference(mark) => {
                findings
                    .push(
                        "dead-link",
                        fault.range,
                        format!("the bar of `{mark}` ends the cell of the table"),
                    )
                    .hint("write `\\|` within a table");
            }
            FaultKind::BlankInTarget(target) => {
                let hint = match target.split_once(" =") {
                    Some((address, _)) => format!("write `{address}` alone: a size is not stated"),
                    None => format!("write `<{target}>`, or `{}`", target.replace(' ', "%20")),
                };
                findings
                    .push(
                        "dead-link",
                        fault.range,
                        format!("`{target}` holds a blank, so that this is no link"),
                    )
                    .hint(hint);
            }
            FaultKind::CellBeyond(columns) => {
                let columns = if columns == 1 {
                    "one column".to_owned()
                } else {
                    format!("{columns} columns")
                };
                let message = format!("the table has {columns}: this cell is not shown");
                findings
                    .push("lost-text", fault.range, message)
                    .hint("write `\\|` for a bar within a cell, or give the table another column");
            }
            FaultKind::UnusedDefinition => {
                findings
                    .push(
                        "lost-text",
                        fault.range,
                        "this defines a link that nothing uses, and is not shown",
                    )
                    .hint("write `\\[` if it is text, else use it in a link, or take it out");
            }
            FaultKind::StrayColon => {
                findings
                    .push(
                        "lost-text",
                        fault.range,
                        "the colon makes a definition of this line, and a term of the text before it",
                    )
                    .hint("put a blank behind the colon if that is meant, else a backslash before it");
            }
            FaultKind::HiddenHtml(begin) => {
                findings
                    .push("lost-text", fault.range, format!("what `{begin}` begins is not shown"))
                    .hint("put it into a code block, or take it out");
            }
            FaultKind::AlertWithMore(mark) => {
                findings
                    .push(
                        "unknown-alert",
                        fault.range,
                        format!("more than `{mark}` stands on its line"),
                    )
                    .hint(format!(
                        "leave `> {mark}` alone on its line, and begin the text on the next"
                    ));
            }
            FaultKind::UnknownAlert(name) => {
                let known =
                    markdown::Alert::ALL.map(|alert| format!("[!{}]", alert.name().to_uppercase()));
                findings
                    .push("unknown-alert", fault.range, format!("`[!{name}]` is not an alert"))
                    .suggest(
                        &format!("[!{name}]"),
                        known.iter().map(String::as_str),
                        format!("write one of {}", known.join(", ")),
                    );
            }
            FaultKind::AnchorOfPortal(anchor) => {
                anchor_of_portal(findings, heading_line(text, &fault.range), &anchor);
            }
            FaultKind::FootnoteTwice(mark) => {
                findings
                    .push(
                        "duplicate-anchor",
                        fault.range,
                        format!("the footnote `{mark}` is defined twice"),
                    )
                    .hint("give one of the two another label, here and where the text names it");
            }
            FaultKind::AnchorTwice(anchor) => {
                findings
                    .push(
                        "duplicate-anchor",
                        heading_line(text, &fault.range),
                        format!("the anchor `{anchor}` is stated twice"),
                    )
                    .hint("give one of the two headings another anchor");
            }
        }
    }
}

/// The finding of an anchor that a heading or raw HTML states and the portal keeps.
pub(super) fn anchor_of_portal(findings: &mut Findings, range: Range<usize>, anchor: &str) {
    let message = format!("the anchor `{anchor}` is kept for the portal's own parts");
    findings
        .push("duplicate-anchor", range, message)
        .hint(format!("begin it otherwise than with `{}`", markdown::OURS));
}
