//! `clausebook explain`: what a rule asks for, why, and what to do.

use clap::Args;

use super::table::table;
use super::{Format, Global, Outcome, print, refuse_format};
use crate::check::{RULES, rule};
use crate::diagnostic::{nearest, or_list};
use crate::failure::{Failure, Result};

/// What `explain` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The id of the rule; without one all are listed
    rule: Option<String>,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("explain", global.format, &[Format::Text])?;
    let Some(id) = &arguments.rule else {
        let rows: Vec<Vec<String>> = RULES
            .iter()
            .map(|rule| {
                vec![rule.id.to_owned(), rule.level().to_owned(), rule.summary().to_owned()]
            })
            .collect();
        return print(&table(&["rule", "level", "asks that"], &rows));
    };
    match rule(id) {
        Some(rule) => print(&format!("{}\n\n**Level.** {}\n", rule.documentation(), rule.level())),
        None => {
            let near = nearest(id, RULES.iter().map(|rule| rule.id));
            let failure = Failure::new(format!("there is no rule `{id}`"));
            Err(if near.is_empty() {
                failure.remedy("list the rules with `clausebook explain`")
            } else {
                failure.remedy(format!("did you mean {}?", or_list(&near)))
            })
        }
    }
}
