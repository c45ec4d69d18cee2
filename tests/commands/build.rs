//! `clausebook build`: what it writes, where, and what it says.

use super::*;

#[test]
fn it_ends_with_the_folder_and_an_address_for_the_browser() {
    // The name of the folder has a space in it and a letter beyond ASCII.
    let repository = Repository::new();
    let run = repository.run(["build"]).exits(0);
    let mut last = run.stderr.lines().rev();
    let address = last.next().unwrap().strip_prefix("file://").expect("an address");
    assert_eq!(
        percent_decoded(address),
        format!("{}/site/index.html", repository.root().display())
    );
    assert!(address.ends_with("/a%20r%C3%A9pository/site/index.html"), "{address}");
    assert!(Path::new(&percent_decoded(address)).is_file());
    assert!(last.next().unwrap().ends_with("site"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn quiet_prints_nothing_when_nothing_is_wrong() {
    let run = Repository::new().run(["build", "--quiet"]).exits(0).tells_nothing();
    assert_eq!(run.stdout, "");
}

#[test]
fn the_second_time_nothing_is_written() {
    let repository = Repository::new();
    repository.run(["build"]).exits(0).tells(" written, 0 unchanged, 0 removed");
    let before = repository.written();
    repository.run(["build"]).exits(0).tells(": 0 written, ").tells(" unchanged, 0 removed");
    assert_eq!(repository.written(), before);
}

#[test]
fn a_document_that_goes_takes_its_pages_along() {
    let repository = Repository::new().file("content/duties.md", WARNED);
    repository.run(["build"]).exits(0);
    assert!(repository.site().contains_key("documents/duties.html"));
    fs::remove_file(repository.root().join("content/duties.md")).unwrap();
    // Its page, the one its reference leads to, and the four parts of the search that are named by what they hold:
    // the titles, the head of the index, and its two pieces, of postings and of what stands behind them.
    repository.run(["build"]).exits(0).tells(", 6 removed");
    repository.run(["build", "--output", "fresh"]).exits(0);
    assert_eq!(repository.site(), tree(&repository.root().join("fresh")));
}

#[test]
fn with_errors_it_writes_nothing_and_says_so() {
    let repository = Repository::new().file("content/duties.md", DEAD);
    repository.run(["build"]).exits(1).prints("error[dead-link]").tells("nothing was written");
    assert!(!repository.root().join("site").exists());
}

#[test]
fn strict_keeps_a_site_with_warnings_from_being_written() {
    let repository = Repository::new().file("content/duties.md", WARNED);
    repository.run(["build", "--strict"]).exits(1).tells("nothing was written");
    assert!(!repository.root().join("site").exists());
    repository.run(["build"]).exits(0).prints("warning[unknown-key]");
}

#[test]
fn findings_are_printed_in_the_format_that_is_asked_for() {
    let repository = Repository::new().file("content/duties.md", DEAD);
    let report = repository.run(["build", "--format", "json"]).exits(1).json();
    assert_eq!(report["findings"][0]["rule"], "dead-link");
    repository
        .run(["build", "--format", "github"])
        .exits(1)
        .prints("::error file=content/duties.md,line=11");
    assert_eq!(repository.run(["build", "--format", "sarif"]).exits(1).json()["version"], "2.1.0");
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let mut repository = Repository::new();
    for n in 2..40 {
        let text = WARNED
            .replace("SMS-STM-5.3", &format!("SMS-STM-5.3-{n}"))
            .replace("Statement", &format!("Words {n}"));
        let link = format!(
            "[next]({}.md) and [[SMS-POL-5.1]]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
            (n - 1) % 38 + 2
        );
        repository = repository.file(&format!("content/{n}.md"), &text.replace("Text.", &link));
    }
    for threads in ["1", "4"] {
        repository.run(["build", "--threads", threads, "--output", threads]).exits(0);
    }
    let [one, four] = ["1", "4"].map(|threads| tree(&repository.root().join(threads)));
    assert!(one.len() > 80);
    assert!(one == four, "the sites differ");
}

#[test]
fn a_group_is_known_in_any_letter_case_and_one_that_nobody_names_is_refused() {
    let meant = |group: &str| WARNED.replace("keyword: roles", &format!("audience: {group}"));
    let repository = Repository::new()
        .file("content/duties.md", &meant("[Operations, on-call]"))
        .file("content/roles.yaml", &format!("{ROLES}  groups: [Board]\n"));
    for group in ["operations", "Operations", " OPERATIONS "] {
        repository.run(["build", "--audience", group]).exits(0);
        assert!(repository.site().contains_key("documents/duties.html"), "{group}");
        assert_eq!(repository.manifest()["build"]["audience"], "Operations");
    }
    repository.run(["build", "--audience", "board"]).exits(0);
    assert!(!repository.site().contains_key("documents/duties.html"));
    // A role is a group, too, by its id and its title.
    repository.run(["build", "--audience", "sponsor"]).exits(0);
    assert_eq!(repository.manifest()["build"]["audience"], "sponsor");
    let before = repository.written();
    repository
        .run(["build", "--audience", "Operatons"])
        .fails("no document and no role names the group `Operatons`")
        .tells("did you mean `Operations`? name one of Board, on-call, Operations");
    repository.run(["build", "--audience", "staff"]).fails("`staff`").tells("hint: name one of ");
    repository.run(["build", "--audience", ""]).fails("the group ``");
    assert_eq!(repository.written(), before);
    // What cannot be read is meant for nobody.
    let broken = repository.file("content/duties.md", &meant("{ a: b }"));
    broken.run(["build", "--audience", "?"]).fails("`?`");
    Repository::new().run(["build", "--audience", "staff"]).fails("`staff`").tells("`groups`");
}

#[test]
fn a_folder_with_something_else_in_it_is_refused() {
    let repository = Repository::new().file("site/holiday.jpg", "a picture");
    repository.run(["build"]).fails("`holiday.jpg`").tells("--output");
    assert_eq!(
        repository.site(),
        BTreeMap::from([("holiday.jpg".to_owned(), b"a picture".to_vec())])
    );
}

#[test]
fn the_documents_are_no_place_for_the_site() {
    let repository = Repository::new();
    let before = tree(repository.root());
    for output in ["content", "content/site", ".", "..", "content/../content/x"] {
        repository.run(["build", "--output", output]).exits(2).tells("hint: ");
        assert_eq!(tree(repository.root()), before, "{output}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_the_site_among_the_documents() {
    use std::os::unix::fs::symlink;

    let repository = Repository::new();
    let root = repository.root();
    symlink("content", root.join("way")).unwrap();
    repository.run(["build", "--output", "way/new/site"]).exits(2).tells("hint: ");
    fs::rename(root.join("content"), root.join("real")).unwrap();
    symlink("real", root.join("content")).unwrap();
    repository.run(["build", "--output", "real/site"]).exits(2).tells("hint: ");
    assert!(!root.join("real/new").exists() && !root.join("real/site").exists());
}

#[test]
fn what_a_system_leaves_in_a_folder_does_not_matter() {
    let repository = Repository::new().file("site/.DS_Store", "x");
    repository.run(["build"]).exits(0);
    let repository = repository.file("site/documents/Thumbs.db", "x");
    repository.run(["build"]).exits(0);
    repository.run(["verify"]).exits(0);
    repository
        .file("site/documents/thumbs.html", "x")
        .run(["verify"])
        .exits(1)
        .prints("thumbs.html");
}

#[test]
fn a_broken_template_is_told_with_file_and_line() {
    for (template, line) in [
        ("{% if %}\n", "document.html:1:"),
        ("\n\n{{ page.title | louder }}\n", "document.html:3:"),
        ("\n{{ nothing.here }}\n", "document.html:2:"),
        ("{% block main %}\n\n{{ page.title }\n", "document.html:3:"),
    ] {
        let repository = Repository::new().file("theme/templates/document.html", template);
        let run = repository
            .run(["build"])
            .fails("theme/templates")
            .tells(line)
            .tells("hint: correct the template");
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        assert!(!repository.site().contains_key("manifest.json"));
    }
}

#[test]
fn what_a_template_takes_from_a_built_in_one_is_told_of_the_own_one() {
    let without = "<!doctype html>\n<html><body>{% block main %}{% endblock %}</body></html>\n";
    let repository = Repository::new().file("theme/templates/base.html", without);
    let run = repository.run(["build"]).fails("document.html:");
    let own = "compare `theme/templates/base.html` with the built-in ones";
    assert!(!run.stderr.contains("theme/templates/document.html"), "{}", run.stderr);
    run.tells("the built-in `document.html` needs").tells(own);
    let endless =
        "{% component again() %}{{ <again /> }}{% endcomponent again %}\n{{ <again /> }}\n";
    let repository = Repository::new().file("theme/templates/home.html", endless);
    repository.run(["build"]).fails("home.html").tells("hint: correct the template");
}

#[test]
fn a_broken_template_leaves_the_old_site_whole() {
    let repository = Repository::new();
    repository.run(["build"]).exits(0);
    let before = repository.site();
    let repository = repository.file("theme/templates/document.html", "{{ nothing.here }}");
    repository.run(["build"]).exits(2);
    assert!(repository.site() == before, "the old site was touched");
}

#[test]
fn a_file_of_the_theme_stands_in_place_of_ours_and_the_others_stay() {
    let repository = Repository::new()
        .file("theme/templates/redirect.html", "moved to {{ link.href }}\n")
        .file("theme/static/style.css", "body { color: red }\n")
        .file("theme/words/en.toml", "[menu]\nhome = \"Front door\"\n");
    repository.run(["build"]).exits(0);
    assert_eq!(repository.read("site/SMS-POL-5.1.html"), "moved to documents/policy.html\n");
    assert_eq!(repository.read("site/assets/style.css"), "body { color: red }\n");
    let page = repository.read("site/documents/policy.html");
    assert!(page.contains("Front door") && page.contains("Glossary"), "{page}");
}

#[test]
fn words_that_are_wrong_are_told_with_file_and_line() {
    let repository = Repository::new().file("theme/words/en.toml", "[menu]\nhome = 1\n");
    repository.run(["build"]).fails("theme/words/en.toml:2:");
    for (words, told) in [
        (
            "date = \"{tag}. {month}\"\n",
            "nothing stands for `{tag}` in `date`; it has `{day}`, `{month}`, `{year}`",
        ),
        (
            "[menu]\nhome = \"{day}\"\n",
            "nothing stands for `{day}` in `menu.home`; it has no such place",
        ),
        ("document = \"x\"\n", "`document` is a table of texts, not a text"),
    ] {
        let repository = Repository::new().file("theme/words/en.toml", words);
        repository.run(["build"]).fails("theme/words/en.toml").tells(told);
    }
    let own = Repository::new().file("theme/words/en.toml", "[ours]\nanything = \"{at} {all}\"\n");
    own.run(["build"]).exits(0);
}

#[test]
fn check_finds_what_in_the_theme_would_stop_a_build_behind_all_findings() {
    let repository = Repository::new().file("content/dead.md", DEAD);
    let template = repository.file("theme/templates/home.html", "{% if %}");
    let run = template.run(["check"]).exits(2);
    run.prints("error[dead-link]").tells("home.html:1:");
    let name = "{% extends \"base.html\" %}\n{% block main %}{{ page.nope }}{% endblock %}\n";
    let template = Repository::new().file("theme/templates/document.html", name);
    template.run(["check"]).exits(2).tells("document.html:2:");
    let language = Repository::new().file("clausebook.toml", "\nlanguage = \"fr\"\n");
    language.run(["check"]).exits(2).tells("there is no file `theme/words/fr.toml`");
}

#[test]
fn without_version_control_it_says_so_and_goes_on() {
    let repository = Repository::new();
    repository.run(["build"]).exits(0);
    assert_eq!(repository.manifest()["build"]["commit"], Value::Null);
    assert!(repository.read("site/about.html").contains("not under version control"));
}

#[test]
fn the_commit_is_kept_and_a_site_in_the_work_tree_is_no_change() {
    let repository = Repository::new();
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "All documents"]]
    {
        repository.git(arguments);
    }
    let commit = repository.git(&["rev-parse", "HEAD"]);
    for _ in 0..2 {
        repository.run(["build"]).exits(0);
        assert_eq!(repository.manifest()["build"]["commit"], commit.as_str());
    }
    // Whoever hides new files from the eye does not hide them from the portal.
    repository.git(&["config", "status.showUntrackedFiles", "no"]);
    let repository = repository.file("content/duties.md", WARNED);
    repository.run(["build"]).exits(0);
    assert_eq!(repository.manifest()["build"]["commit"], format!("{commit}+"));
    assert!(repository.read("site/about.html").contains(&format!("{commit}, with changes")));
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_is_a_link_is_no_change_by_either_name() {
    let repository = Repository::new();
    let root = repository.root.clone();
    std::os::unix::fs::symlink("pub", root.join("site")).expect("it can be made");
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "All documents"]]
    {
        repository.git(arguments);
    }
    let commit = repository.git(&["rev-parse", "HEAD"]);
    std::fs::create_dir(root.join("pub")).expect("it can be made");
    for _ in 0..2 {
        repository.run(["build"]).exits(0);
        assert_eq!(repository.manifest()["build"]["commit"], commit.as_str());
    }
}

#[test]
fn what_is_exported_takes_no_place_of_documents_and_portals() {
    let repository = Repository::new();
    repository.run(["build"]).exits(0);
    for folder in ["content", "content/quickwit", "."] {
        repository
            .run(["export", "quickwit", "--output", folder])
            .fails("holds the documents, or lies among them");
    }
    repository.run(["export", "quickwit", "--output", "site"]).fails("holds a portal");
    repository.run(["build"]).exits(0);
    repository.run(["export", "quickwit"]).exits(0);
}
