//! `clausebook search`: the engine of the portal, asked from the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::table::table;
use super::{Format, Global, Outcome, print, refuse_format};
use crate::contract::{FIRST, mean_reciprocal_rank};
use crate::failure::{Failure, Result};
use crate::files;
use crate::search;
use crate::search::engine::{Answer, Asked, Hit, Tier};

/// What `search` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What you would type into the box: words, "phrases", -without, type:policy, status:overdue
    #[arg(required_unless_present_any = ["contract", "batch", "kind", "owner", "clause", "status"], value_name = "QUERY")]
    query: Vec<String>,
    /// Only documents of this type, or `clause`, `role`, `term`
    #[arg(long = "type", value_name = "TYPE")]
    kind: Vec<String>,
    /// Only what this role owns
    #[arg(long, value_name = "ROLE")]
    owner: Vec<String>,
    /// Only what claims this clause or one within it
    #[arg(long, value_name = "CLAUSE")]
    clause: Vec<String>,
    /// Only what is in this status or review state, such as draft, retired, overdue, or `any`
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,
    /// How many pages, each with up to three of its sections
    #[arg(long, value_name = "N", default_value = "10")]
    limit: NonZeroUsize,
    /// Exit with 1 when nothing is found
    #[arg(long)]
    fail_empty: bool,
    /// Ask what documents state in `found_by` instead, and show where each stands
    #[arg(long, conflicts_with_all = ["query", "kind", "owner", "clause", "status", "limit", "fail_empty", "batch"])]
    contract: bool,
    /// Ask what stands in a file, relative to the root, a query a line, and print an answer a line as JSON
    #[arg(long, value_name = "FILE", conflicts_with_all = ["query", "fail_empty"])]
    batch: Option<PathBuf>,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("search", global.format, &[Format::Text, Format::Json])?;
    let session = Session::open(global)?;
    if arguments.contract {
        return contract(&session);
    }
    session.tell_day();
    let filters = arguments.filters();
    let portal = session.published()?;
    let theme = session.theme()?;
    let sections = search::sections(&portal, crate::wording::Wording(&theme.words));
    let engine = search::index(&sections, &session.config.language)?.open()?;
    let asked = |text| Asked {
        text,
        filters: &filters,
        today: search::day(portal.view.today),
        due_soon: portal.view.due_soon_days,
        limit: arguments.limit.get(),
    };
    if let Some(file) = &arguments.batch {
        let Some(queries) = files::read_text(&session.root.join(file))? else {
            return Err(Failure::new(format!("there is no file `{}`", file.display()))
                .remedy("name a file with a query a line"));
        };
        let answers = queries
            .lines()
            .map(|query| Ok(format!("{}\n", search::ask(&engine, asked(query))?.json(query))));
        return print(&answers.collect::<Result<String>>()?);
    }
    let query = arguments.query.join(" ");
    let answer = search::ask(&engine, asked(&query))?;
    match global.format {
        Format::Json => print(&format!("{}\n", answer.json(&query)))?,
        _ => print(&text(&answer, super::color()))?,
    };
    let missed = answer.hits.is_empty() && arguments.fail_empty;
    Ok(if missed { Outcome::Findings } else { Outcome::Clean })
}

/// What does not stand first, and how well all of it is found.
fn contract(session: &Session) -> Result<Outcome> {
    let joined = session.join()?;
    let answers = crate::answers(&joined, &session.view(), &|| true)?.unwrap_or_default();
    if session.global.format == Format::Json {
        let list: Vec<serde_json::Value> = answers
            .iter()
            .map(|answer| {
                let document = &joined.library.entry(answer.document).document;
                serde_json::json!({
                    "path": &*document.path,
                    "query": document.front_matter.found_by[answer.query].value,
                    "place": answer.place,
                    "lacks": answer.lacks,
                })
            })
            .collect();
        let rank = mean_reciprocal_rank(&answers);
        let all = serde_json::json!({ "mean_reciprocal_rank": rank, "queries": list });
        return print(&format!("{all:#}\n"));
    }
    let rows: Vec<Vec<String>> = answers
        .iter()
        .filter(|answer| answer.place != Some(1))
        .map(|answer| {
            let document = &joined.library.entry(answer.document).document;
            vec![
                answer.place.map_or_else(|| "-".to_owned(), |place| place.to_string()),
                document.front_matter.found_by[answer.query].value.clone(),
                document.title().to_owned(),
                answer.lacks.join(" "),
            ]
        })
        .collect();
    let kept = answers.iter().filter(|answer| answer.is_kept()).count();
    print(&format!(
        "{}\n{kept} of {} queries find their document among the first {FIRST}; mean reciprocal rank {:.3}\n",
        table(&["place", "query", "document", "lacks"], &rows),
        answers.len(),
        mean_reciprocal_rank(&answers),
    ))
}

impl Arguments {
    /// What was chosen by switches, in the language of queries.
    fn filters(&self) -> String {
        let Self {
            query: _,
            kind,
            owner,
            clause,
            status,
            limit: _,
            fail_empty: _,
            contract: _,
            batch: _,
        } = self;
        let chosen = [("type", kind), ("owner", owner), ("clause", clause), ("status", status)];
        let mut filters = String::new();
        for (key, values) in chosen {
            for value in values {
                filters.push_str(&format!("{key}:\"{}\" ", value.replace('"', " ")));
            }
        }
        filters
    }
}

/// The hits page by page: what it is, then each section with its line in the source.
fn text(answer: &Answer, color: bool) -> String {
    if answer.hits.is_empty() {
        return "nothing found\n".to_owned();
    }
    let (bold, dim, plain) =
        if color { ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m") } else { ("", "", "") };
    let mut out = String::new();
    let mut page = None;
    for hit in &answer.hits {
        let own = hit.url.split('#').next();
        if page != own {
            out.push_str(if page.is_some() { "\n" } else { "" });
            page = own;
            out.push_str(&format!("{bold}{}{plain}  {dim}{}{plain}\n", hit.page_title, facts(hit)));
        }
        let line = hit.line.map(|line| format!(":{line}")).unwrap_or_default();
        let like = if hit.tier == Tier::Fuzzy { "  (similar spelling)" } else { "" };
        let section = hit.section.as_ref().map(|s| format!("  {s}")).unwrap_or_default();
        out.push_str(&format!("  {}{line}{section}{like}\n", hit.path));
        if !hit.snippet.is_empty() {
            let marked = hit.snippet.replace("<mark>", bold).replace("</mark>", plain);
            out.push_str(&format!("    {}\n", crate::html::unescaped(&marked)));
        }
    }
    if answer.more {
        out.push_str("\nthere is more: raise `--limit`, or add words\n");
    }
    out
}

/// `SMS-POL-8.5.1 · policy · approved · 1.2 · current`
fn facts(hit: &Hit) -> String {
    let not_yet = (hit.status.is_some() && !hit.in_force).then_some("not in force");
    let facts = [
        hit.reference.as_deref(),
        Some(hit.kind.as_str()),
        hit.status.map(search::engine::Status::name),
        hit.version.as_deref(),
        hit.review.filter(|state| *state != "exempt"),
        not_yet,
    ];
    let known: Vec<&str> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    known.join(" · ")
}
