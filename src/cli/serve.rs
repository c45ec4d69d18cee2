//! `clausebook serve`: the portal while it is written.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use clap::Args;
use jiff::ToSpan;

use super::{Format, Global, Outcome, git, note, print, refuse_format, session};
use crate::diagnostic::{Diagnostic, Severity, Texts};
use crate::failure::{Failure, Result};
use crate::report;
use crate::serve::{EDITORS, Edge, Server, Settings, Told};

/// What `serve` takes.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Arguments {
    /// The address to listen on; beyond 127.0.0.1 others on the network read the portal
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,
    /// The port, or the next free one above it; 0 is any
    #[arg(long, value_name = "PORT", default_value_t = 4020)]
    port: u16,
    /// Open the portal in the browser
    #[arg(long)]
    open: bool,
    /// Serve what a build writes, byte by byte: no guidance, no findings, no reloading
    #[arg(long)]
    as_published: bool,
    /// Show what one group may see
    #[arg(long, value_name = "GROUP")]
    audience: Option<String>,
    /// Look at the disk twice a second instead of waiting for its events
    #[arg(long)]
    poll: bool,
    /// The editor that findings lead to: a name such as vscode, an address with {path}, {line} and {column}, or `none`
    #[arg(long, value_name = "EDITOR", default_value = "vscode", env = "CLAUSEBOOK_EDITOR")]
    editor: String,
    /// A name of this machine that browsers may use beside localhost
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// The folder that a build writes to, relative to the root: it is not watched
    #[arg(long, value_name = "FOLDER", default_value = "site")]
    output: PathBuf,
    /// Print every request
    #[arg(long, short)]
    verbose: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments) -> Result<Outcome> {
    refuse_format("serve", global.format, &[Format::Text])?;
    let content = session::content(global)?;
    let settings = Settings {
        root: global.root.clone(),
        content,
        config: global.config.clone(),
        output: arguments.output.clone(),
        today: global.today,
        due_soon: global.due_soon,
        audience: arguments.audience.clone(),
        as_published: arguments.as_published,
        poll: arguments.poll,
        editor: editor(&arguments.editor)?,
        host: arguments.host.clone(),
        port: arguments.port,
        allow_hosts: arguments.allow_host.clone(),
    };
    // Ctrl-C ends at once: nothing is half-written, since nothing is written.
    ctrlc::set_handler(|| std::process::exit(0))
        .map_err(|error| Failure::new(format!("cannot wait for Ctrl-C: {error}")))?;
    let (quiet, strict, verbose) = (global.quiet, global.strict, arguments.verbose);
    let said = Mutex::new(Said::default());
    let (root, output) = (global.root.clone(), arguments.output.clone());
    let edge = Edge {
        clock: Box::new(clock),
        commit: Box::new(move || git::commit(&root, Some(&output))),
        tell: Box::new(move |told| tell(&told, &said, quiet, strict, verbose)),
    };
    let server = Server::start(settings, edge)?;
    announce(global, arguments, &server)?;
    loop {
        std::thread::park();
    }
}

/// Says where the portal is, and what is unusual.
fn announce(global: &Global, arguments: &Arguments, server: &Server) -> Result<Outcome> {
    let address = server.address;
    let host = match address.ip() {
        ip if ip.is_unspecified() => "localhost".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    let url = format!("http://{host}:{}/", address.port());
    if arguments.port != 0 && address.port() != arguments.port {
        note(global, &format!("port {} is taken", arguments.port));
    }
    if !address.ip().is_loopback() {
        note(
            global,
            "warning: everyone who reaches this machine over the network can read the portal; without `--host` only this machine can",
        );
    }
    if let Some(why) = &server.polling {
        note(global, &format!("looking at the disk twice a second ({why})"));
    }
    print(&format!("{url}\n"))?;
    note(global, "Ctrl-C ends");
    if arguments.open
        && let Err(error) = opener::open_browser(&url)
    {
        note(global, &format!("the browser could not be opened: {error}"));
    }
    Ok(Outcome::Clean)
}

/// The address that opens a file in the editor of that name.
fn editor(named: &str) -> Result<Option<String>> {
    if named == "none" || named.is_empty() {
        return Ok(None);
    }
    if let Some((_, template)) = EDITORS.iter().find(|(name, _)| *name == named) {
        return Ok(Some((*template).to_owned()));
    }
    // A program is not named by an address: the server starts none.
    let scheme = named.split_once(':').map_or("", |(scheme, _)| scheme);
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let script = ["javascript", "data", "vbscript"];
    if named.contains("{path}")
        && !scheme.is_empty()
        && scheme.chars().all(letters)
        && !script.contains(&&*scheme.to_ascii_lowercase())
    {
        return Ok(Some(named.to_owned()));
    }
    let known: Vec<&str> = EDITORS.iter().map(|(name, _)| *name).collect();
    Err(Failure::new(format!("`{named}` is no editor that is known")).remedy(format!(
        "name one of {}, none, or an address such as vscode://file{{path}}:{{line}}:{{column}}",
        known.join(", ")
    )))
}

/// The local date, and how long it lasts.
#[expect(clippy::disallowed_methods, reason = "the clock is read here")]
fn clock() -> (jiff::civil::Date, Duration) {
    let now = jiff::ZonedDateTime::now();
    let next = now.start_of_day().and_then(|day| day.checked_add(1.day()));
    let left = next.ok().and_then(|next| Duration::try_from(now.duration_until(&next)).ok());
    (now.date(), left.unwrap_or(Duration::from_mins(1)))
}

/// What was printed last, so that nothing is printed twice.
#[derive(Default)]
struct Said {
    findings: Option<String>,
    failures: Vec<String>,
}

fn tell(told: &Told, said: &Mutex<Said>, quiet: bool, strict: bool, verbose: bool) {
    let say = |text: &str| {
        if !quiet {
            super::say(text);
        }
    };
    match told {
        Told::Shown { epoch, documents, findings, texts, failures, took } => {
            let Ok(mut said) = said.lock() else { return };
            let failures: Vec<String> = failures.iter().map(ToString::to_string).collect();
            for failure in failures.iter().filter(|failure| !said.failures.contains(failure)) {
                super::say(&format!("error: {failure}"));
            }
            said.failures = failures;
            let report = report(findings, texts, strict);
            if said.findings.as_ref() != Some(&report)
                && !(said.findings.is_none() && report.is_empty())
            {
                super::say(if report.is_empty() { "no findings\n" } else { &report });
            }
            said.findings = Some(report);
            let noun = if *documents == 1 { "document" } else { "documents" };
            let doing = if *epoch == 1 { "read" } else { "updated" };
            say(&format!("{doing} in {} ms, {documents} {noun}", took.as_millis()));
        }
        Told::Failed(failure) => super::say(&format!("error: {failure}")),
        Told::Answered { method, target, status, bytes, took } => {
            if verbose {
                // What a request says is not said to the terminal as it is.
                let target: String = target.escape_debug().take(200).collect();
                let took = took.as_secs_f64() * 1e3;
                super::say(&format!("{method} {target} {status} {bytes} {took:.1} ms"));
            }
        }
    }
}

/// The findings that a build would print; empty when there are none.
fn report(findings: &[Diagnostic], texts: &Texts, strict: bool) -> String {
    let mut shown: Vec<Diagnostic> =
        findings.iter().filter(|finding| finding.severity > Severity::Info).cloned().collect();
    if shown.is_empty() {
        return String::new();
    }
    if strict {
        for finding in &mut shown {
            finding.severity = Severity::Error;
        }
    }
    report::print(&report::Format::Text { color: super::color() }, &shown, texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_a_name_an_address_or_none() {
        assert_eq!(editor("none"), Ok(None));
        assert!(editor("vscode").is_ok_and(|editor| editor.is_some()));
        assert!(editor("my-editor://open?f={path}").is_ok_and(|editor| editor.is_some()));
        for wrong in
            ["emacs", "javascript:alert('{path}')", "DATA:{path}", "/usr/bin/vi {path}", "x://y"]
        {
            assert!(editor(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_day_has_an_end() {
        let (_, left) = clock();
        assert!(left <= Duration::from_hours(25) && left > Duration::ZERO);
    }
}
