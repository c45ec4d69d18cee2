//! The command line: arguments in, exit code out. One file a command.
//!
//! 0: clean. 1: findings at error level, or what a command's own switch asks about. 2: the program could not run.

mod build;
mod check;
mod coverage;
mod explain;
mod export;
mod git;
mod init;
mod reviews;
mod search;
mod serve;
mod session;
mod table;
mod verify;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::failure::{Failure, Result};

/// Compiles a repository of Markdown documents into the portal of a service management system.
#[derive(Debug, Parser)]
#[command(
    name = "clausebook",
    version,
    about,
    propagate_version = true,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// The folder of the documents, if none is named.
const CONTENT: &str = "content";

/// What every command takes.
#[derive(Debug, Args)]
struct Global {
    /// The folder of the repository
    #[arg(long, global = true, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// The settings, relative to the root
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the documents, relative to the root
    #[arg(long, global = true, value_name = "FOLDER", default_value = CONTENT)]
    content: String,
    /// The day that every state is as of, such as 2026-12-01; else the local date
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// How many days before its date a review is due
    #[arg(long, global = true, value_name = "DAYS")]
    due_soon: Option<u32>,
    /// Take warnings for errors
    #[arg(long, global = true)]
    strict: bool,
    /// How results are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// How many threads work at once; else one a core
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print results and failures only
    #[arg(long, short, global = true)]
    quiet: bool,
}

/// A day as it is written everywhere: `2026-12-01`.
fn day(typed: &str) -> std::result::Result<Date, String> {
    let date =
        typed.parse::<Date>().ok().filter(|date| date.to_string() == typed && date.year() > 0);
    date.ok_or_else(|| "it is no day; write one such as 2026-12-01".to_owned())
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// As annotations of GitHub Actions
    Github,
    /// As SARIF 2.1.0
    Sarif,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the documents, then write the portal
    Build(build::Arguments),
    /// Show the portal in the browser while it is written
    Serve(serve::Arguments),
    /// Report what is wrong with the documents
    Check,
    /// Begin a repository with the built-in documents, as drafts
    Init(init::Arguments),
    /// Show how far the standard is covered
    Coverage(coverage::Arguments),
    /// Show which reviews are overdue or due soon
    Reviews(reviews::Arguments),
    /// Search the documents as the portal does
    Search(search::Arguments),
    /// Write what can be found for another search
    Export(export::Arguments),
    /// Explain a rule, or list all of them
    Explain(explain::Arguments),
    /// Compare a written portal with its manifest
    Verify(verify::Arguments),
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// How a command ended that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
}

/// Runs the program with the arguments of the process. `lasting` is called before a command that runs until it is ended.
pub fn main(lasting: fn()) -> ExitCode {
    let cli = Cli::parse();
    if matches!(cli.command, Command::Serve(_)) {
        lasting();
    }
    if let Some(threads) = cli.global.threads {
        // Fails only when threads are running already, which nothing before this line starts.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    match run(&cli) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) => {
            say(&format!("error: {failure}"));
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<Outcome> {
    let global = &cli.global;
    match &cli.command {
        Command::Build(arguments) => build::run(global, arguments),
        Command::Serve(arguments) => serve::run(global, arguments),
        Command::Check => check::run(global),
        Command::Init(arguments) => init::run(global, arguments),
        Command::Coverage(arguments) => coverage::run(global, arguments),
        Command::Reviews(arguments) => reviews::run(global, arguments),
        Command::Search(arguments) => search::run(global, arguments),
        Command::Export(arguments) => export::run(global, arguments),
        Command::Explain(arguments) => explain::run(global, arguments),
        Command::Verify(arguments) => verify::run(global, arguments),
        Command::Completions { shell } => {
            refuse_format("completions", global.format, &[Format::Text])?;
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "clausebook", &mut text);
            print(&String::from_utf8_lossy(&text))
        }
    }
}

/// Prints a result. A reader that went away, as `head` does, has what it wanted.
fn print(text: &str) -> Result<Outcome> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot print: {error}")))
        }
        _ => Ok(Outcome::Clean),
    }
}

/// Prints what is worth knowing beside the result.
fn note(global: &Global, text: &str) {
    if !global.quiet {
        say(text);
    }
}

/// Prints what must be known beside the result. A terminal that went away ends nothing.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// True when results may be coloured: on a terminal, unless `NO_COLOR` is set.
fn color() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stdout().is_terminal() && !refused
}

/// The formats that a command cannot print are told, not ignored.
fn refuse_format(command: &str, format: Format, known: &[Format]) -> Result<()> {
    if known.contains(&format) {
        return Ok(());
    }
    let name = |format: &Format| {
        format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    };
    let known: Vec<String> = known.iter().map(name).collect();
    Err(Failure::new(format!("`{command}` does not print the format `{}`", name(&format)))
        .remedy(format!("choose one of {}", known.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_agree_with_one_another() {
        Cli::command().debug_assert();
    }
}
