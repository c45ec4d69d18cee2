//! Levels of rules in `clausebook.toml`, and `--strict`.

use super::*;

/// A repository with a dead link and that level for the rule.
fn leveled(level: &str) -> Repository {
    let settings = format!("[rules]\ndead-link = {{ level = \"{level}\", reason = \"moving\" }}\n");
    Repository::new().file("content/duties.md", DEAD).file("clausebook.toml", &settings)
}

#[test]
fn a_rule_weighs_what_the_settings_say() {
    leveled("error").run(["check"]).exits(1).prints("error[dead-link]");
    leveled("warn").run(["check"]).exits(0).prints("warning[dead-link]");
    leveled("info").run(["check"]).exits(0).prints("info[dead-link]");
    leveled("off").run(["check"]).exits(0).prints("no findings\n");
}

#[test]
fn strict_takes_a_warning_of_the_settings_for_an_error() {
    leveled("warn").run(["check", "--strict"]).exits(1).prints("error[dead-link]");
    leveled("info").run(["check", "--strict"]).exits(0);
    leveled("off").run(["check", "--strict"]).exits(0);
}

#[test]
fn a_rule_that_is_no_error_lets_the_build_pass() {
    leveled("warn").run(["build"]).exits(0).prints("warning[dead-link]");
    leveled("off").run(["build"]).exits(0).omits("dead-link");
}

#[test]
fn a_level_without_a_reason_is_refused_at_its_place() {
    let settings = "\n[rules]\ndead-link = { level = \"off\" }\n";
    Repository::new()
        .file("clausebook.toml", settings)
        .run(["check"])
        .fails("clausebook.toml:3:13: ")
        .tells("`reason`");
}

#[test]
fn an_empty_reason_is_refused_at_its_place() {
    let settings = "[rules]\ndead-link = { level = \"off\", reason = \" \" }\n";
    Repository::new()
        .file("clausebook.toml", settings)
        .run(["check"])
        .fails("clausebook.toml:2:1: ")
        .tells("empty reason");
}

#[test]
fn a_level_that_is_none_is_refused_at_its_place() {
    let settings = "[rules]\ndead-link = { level = \"loud\", reason = \"x\" }\n";
    Repository::new()
        .file("clausebook.toml", settings)
        .run(["check"])
        .fails("clausebook.toml:2:23: ")
        .tells("`loud`");
}

#[test]
fn a_setting_that_is_not_known_is_refused_at_its_place() {
    for (settings, place) in
        [("organisation = \"x\"\n", "1:1"), ("[build]\n\ndraft = true\n", "3:1")]
    {
        Repository::new()
            .file("clausebook.toml", settings)
            .run(["check"])
            .fails(&format!("clausebook.toml:{place}: "));
    }
}

#[test]
fn settings_that_are_no_toml_are_refused_at_their_place() {
    Repository::new()
        .file("clausebook.toml", "\nlanguage = en\n")
        .run(["check"])
        .fails("clausebook.toml:2:12: ");
}

#[test]
fn a_level_for_a_rule_that_is_not_there_is_a_finding() {
    let settings = "[rules]\ndead-lnk = { level = \"off\", reason = \"x\" }\n";
    let run = Repository::new().file("clausebook.toml", settings).run(["check"]).exits(0);
    run.prints("warning[unknown-rule]")
        .prints("clausebook.toml:2:1")
        .prints("did you mean `dead-link`?");
}
