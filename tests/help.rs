//! The command line as users see it: a change of it shows in review.

use std::process::Command;

const COMMANDS: [&str; 11] = [
    "build",
    "check",
    "completions",
    "coverage",
    "explain",
    "export",
    "init",
    "reviews",
    "search",
    "serve",
    "verify",
];

#[test]
fn the_help_of_each_command_is_as_it_was_read() {
    insta::assert_snapshot!("clausebook", help(&["--help"]));
    for command in COMMANDS {
        insta::assert_snapshot!(command, help(&[command, "--help"]));
    }
}

#[test]
fn every_command_has_its_snapshot() {
    let text = help(&["--help"]);
    let listed = text.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let names: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, COMMANDS, "{text}");
}

fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_clausebook"))
        .args(arguments)
        .env("COLUMNS", "100")
        .output()
        .expect("the program runs");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("help is text")
}
