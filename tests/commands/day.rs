//! The day that a command is as of.

use super::*;

#[test]
fn without_another_word_it_is_the_local_date_told_and_kept() {
    let repository = Repository::new();
    let run = repository.run_undated(["build"]).exits(0).tells(", the local date");
    let day = run
        .stderr
        .strip_prefix("as of ")
        .and_then(|rest| rest.split(',').next())
        .expect("a day")
        .to_owned();
    assert_eq!(repository.manifest()["build"]["today"], day.as_str());
}

#[test]
fn a_day_that_is_given_is_taken_and_kept() {
    let repository = Repository::new();
    repository.run(["build", "--today", "2027-05-01"]).exits(0).omits("local date");
    assert_eq!(repository.manifest()["build"]["today"], "2027-05-01");
    assert!(repository.read("site/index.html").contains("1 May 2027"));
}

#[test]
fn a_demonstration_has_its_own_day_and_says_so_on_every_page() {
    let repository = Repository::new().file("clausebook.toml", "[demo]\ndated = 2027-03-15\n");
    repository
        .run_undated(["build"])
        .exits(0)
        .tells("as of 2027-03-15, the day of the demonstration");
    let pages = repository.site();
    let pages: Vec<_> = pages.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    assert!(pages.len() > 10);
    for (path, bytes) in pages {
        // A page that leads on at once has nothing to say.
        let page = String::from_utf8_lossy(bytes);
        let leads_on = page.contains("http-equiv=\"refresh\"");
        assert!(leads_on || page.contains("Demonstration as of 15 March 2027"), "{path}");
    }
}

#[test]
fn a_day_that_is_given_is_no_demonstration() {
    let repository = Repository::new().file("clausebook.toml", "[demo]\ndated = 2027-03-15\n");
    repository.run(["build", "--today", "2027-05-01"]).exits(0).omits("demonstration");
    assert!(!repository.read("site/index.html").contains("Demonstration"));
    assert_eq!(repository.manifest()["build"]["today"], "2027-05-01");
}

#[test]
fn a_day_that_is_not_in_the_calendar_is_refused() {
    let forms = ["20260101", "2026-1-1", "+002026-01-01", "2026-01-01[UTC]", "0000-01-01"];
    for day in ["2026-02-30", "tomorrow", "", "2026-13-01"].iter().chain(&forms) {
        Repository::new().run(["check", "--today", day]).fails("--today");
    }
}
