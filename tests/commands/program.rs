//! What all commands have in common.

use super::*;

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        Repository::empty()
            .run(["completions", shell])
            .exits(0)
            .prints("coverage")
            .prints("due-soon");
    }
    Repository::empty().run(["completions", "tcsh"]).fails("tcsh");
}

#[test]
fn an_option_that_is_not_known_is_refused_by_every_command() {
    for command in
        ["build", "check", "init", "coverage", "reviews", "explain", "verify", "completions"]
    {
        Repository::new().run([command, "--nonsense"]).fails("--nonsense");
    }
    Repository::new().run(["nonsense"]).fails("nonsense");
}

#[test]
fn a_root_that_is_not_there_is_refused_with_a_remedy() {
    for command in ["build", "check", "coverage", "reviews"] {
        let repository = Repository::new();
        repository
            .run([command, "--root", "nowhere"])
            .fails("`nowhere`")
            .tells("hint: ")
            .tells("--root");
        repository
            .run([command, "--root", "content/policy.md"])
            .fails("is not a folder")
            .tells("--root");
    }
}

#[test]
fn content_and_settings_that_are_not_there_are_refused_with_a_remedy() {
    for command in ["build", "check", "coverage", "reviews"] {
        let repository = Repository::new();
        repository
            .run([command, "--content", "nowhere"])
            .fails("nowhere")
            .tells("--content")
            .tells("clausebook init");
        repository
            .run([command, "--config", "nowhere.toml"])
            .fails("nowhere.toml")
            .tells("--config");
    }
}

#[test]
fn a_format_that_a_command_does_not_print_is_refused_with_those_it_does() {
    for (command, format, known) in [
        ("check", "csv", "text, json, github, sarif"),
        ("build", "csv", "text, json, github, sarif"),
        ("coverage", "sarif", "text, json, csv"),
        ("reviews", "github", "text, json, csv"),
        ("verify", "json", "text"),
        ("init", "json", "text"),
    ] {
        let repository = Repository::empty();
        repository
            .run([command, "--format", format])
            .fails(&format!("`{format}`"))
            .tells(&format!("choose one of {known}"));
        assert_eq!(fs::read_dir(repository.root()).unwrap().count(), 0, "{command}");
    }
}

#[test]
fn explain_refuses_a_format_that_it_does_not_print() {
    Repository::empty().run(["explain", "--format", "sarif"]).fails("`sarif`");
}

#[test]
fn a_repository_is_named_by_its_root_from_anywhere() {
    let repository = Repository::new().file("content/duties.md", DEAD);
    let root = repository.root().to_str().unwrap().to_owned();
    let elsewhere = Repository::empty();
    elsewhere.run(["check", "--root", &root]).exits(1).prints("--> content/duties.md:11:18");
}

#[test]
fn nothing_is_coloured_that_is_not_a_terminal() {
    let repository = Repository::new().file("content/duties.md", DEAD);
    for arguments in [
        &["check"][..],
        &["build"],
        &["coverage"],
        &["reviews"],
        &["explain"],
        &["check", "--root", "nowhere"],
    ] {
        let run = repository.run(arguments);
        assert!(!run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'), "{arguments:?}");
    }
}

/// `script` gives the program a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_coloured_unless_it_asks_for_none() {
    let repository = Repository::new().file("content/duties.md", DEAD);
    let on_a_terminal = |refused: &str| {
        let mut script = Command::new("script");
        script.args(["-qec", "\"$PROGRAM\" check --today 2026-12-01", "/dev/null"]);
        script.env("PROGRAM", env!("CARGO_BIN_EXE_clausebook"));
        script.env("TERM", "xterm").env("NO_COLOR", refused);
        repository.command(script).exits(1).stdout
    };
    assert!(on_a_terminal("").contains("\u{1b}["));
    let plain = on_a_terminal("1");
    assert!(plain.contains("error[dead-link]: there is no file"), "{plain:?}");
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
}

#[test]
fn what_documents_say_cannot_speak_to_the_terminal() {
    let hostile =
        WARNED.replace("Statement", "\u{1b}[31mStatement").replace("keyword", "key\u{1b}word");
    let repository = Repository::new().file("content/duties.md", &hostile);
    for command in ["check", "coverage", "reviews", "build"] {
        let run = repository.run([command, "--today", "2028-01-01"]);
        assert!(
            !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
            "{command}: {}",
            run.stdout
        );
    }
}

#[test]
fn so_many_threads_that_none_would_work_are_refused() {
    for threads in ["0", "1025", "100000", "-1", "many"] {
        let option = format!("--threads={threads}");
        Repository::new().run(["check", &option]).fails("--threads");
    }
    Repository::new().run(["check", "--threads", "3"]).exits(0);
}

#[test]
fn a_limit_of_nothing_and_switches_that_do_nothing_are_refused() {
    let repository = Repository::new();
    repository.run(["search", "--limit", "0", "policy"]).fails("--limit");
    for switch in [["--limit", "3"].as_slice(), &["--fail-empty"]] {
        repository.run([["search", "--contract"].as_slice(), switch].concat()).fails("--contract");
    }
}

#[test]
fn a_file_size_of_nothing_is_refused_with_its_place() {
    let repository = Repository::new().file("clausebook.toml", "[build]\nmax_file_mb = 0\n");
    repository.run(["check"]).fails("clausebook.toml:2:").tells("at least 1");
}
