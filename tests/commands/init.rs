//! `clausebook init`, and what the other commands make of it.

use super::*;

#[test]
fn what_it_begins_has_no_errors() {
    let repository = Repository::empty();
    repository.run(["init"]).exits(0).tells("clausebook check");
    repository.run(["check"]).exits(0).omits("error[");
}

#[test]
fn what_it_begins_covers_nothing_and_says_that_it_is_a_draft() {
    let repository = Repository::empty();
    repository.run(["init"]).exits(0);
    let coverage: Value = repository.run(["coverage", "--format", "json"]).exits(0).json();
    let units = coverage["units"].as_array().unwrap();
    assert_eq!(units.len(), 57);
    for unit in units {
        assert_ne!(unit["state"], "covered", "{unit}");
        assert!(unit["reasons"].to_string().contains("draft"), "{unit}");
    }
    let answers = repository.read("content/checklists/readiness-for-certification.yaml");
    assert!(answers.contains("answer: \"open\"") && !answers.contains("answer: \"yes\""));
    let plan = repository.read("content/plan.yaml");
    assert!(plan.contains("state: open") && !plan.contains("state: done"));
    assert!(!repository.root().join("content/assessments").exists());
}

#[test]
fn everything_it_begins_is_a_first_draft_of_today() {
    let repository = Repository::empty();
    repository.run(["init", "--today", "2031-03-05"]).exits(0);
    let documents: Vec<_> =
        tree(repository.root()).into_iter().filter(|(path, _)| path.ends_with(".md")).collect();
    assert!(!documents.is_empty());
    for (path, bytes) in documents {
        let text = String::from_utf8(bytes).unwrap();
        let front_matter = text.split("---\n").nth(1).unwrap_or_else(|| panic!("{path} has none"));
        let lines: Vec<&str> = front_matter.lines().collect();
        assert!(lines.contains(&"status: draft"), "{path}");
        assert!(lines.contains(&"version: 0.1"), "{path}");
        assert!(!front_matter.contains("approved_by"), "{path}");
        assert!(
            !front_matter.contains("changes:") || front_matter.contains("date: 2031-03-05"),
            "{path}"
        );
    }
}

#[test]
fn its_settings_are_those_of_the_demonstration_without_its_day() {
    let repository = Repository::empty();
    repository.run(["init"]).exits(0);
    let settings = repository.read("clausebook.toml");
    assert!(settings.contains("organization = ") && settings.starts_with("# "), "{settings}");
    assert!(!settings.contains("[demo]") && !settings.contains("dated"), "{settings}");
    repository.run_undated(["check"]).tells(", the local date");
}

#[test]
fn it_begins_in_the_folder_that_is_named() {
    let repository = Repository::empty();
    repository.run(["init", "new"]).exits(0);
    repository.run(["check", "--root", "new"]).exits(0);
    assert_eq!(fs::read_dir(repository.root()).unwrap().count(), 1);
}

#[test]
fn it_names_the_folder_plainly() {
    let repository = Repository::empty();
    repository.run(["init"]).exits(0).tells(" files in this folder;");
    repository.run(["init"]).fails("`clausebook.toml` is there already");
    repository.run(["init", "./new/"]).exits(0).tells(" files in `new`;");
    repository.run(["init", "new"]).fails("`new/clausebook.toml` is there already");
}

#[test]
fn a_folder_that_holds_documents_or_settings_is_refused_and_left_alone() {
    for path in ["content/policy.md", "clausebook.toml"] {
        let repository = Repository::empty().file(path, "mine");
        let before = tree(repository.root());
        repository.run(["init"]).fails("is there already").tells("begin in an empty folder");
        assert_eq!(tree(repository.root()), before, "{path}");
    }
}

#[test]
fn other_names_for_what_it_writes_are_refused() {
    for option in ["--content=docs", "--config=other.toml"] {
        let repository = Repository::empty();
        repository.run([option, "init"]).fails("`init` does not take");
        assert_eq!(fs::read_dir(repository.root()).unwrap().count(), 0, "{option}");
    }
}
