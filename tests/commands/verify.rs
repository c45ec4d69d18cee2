//! `clausebook verify`.

use super::*;

#[test]
fn a_site_is_as_it_was_built_until_somebody_touches_it() {
    let repository = Repository::new();
    repository.run(["build"]).exits(0);
    repository.run(["verify"]).exits(0).prints("every file is as the manifest says\n");
    let home = repository.read("site/index.html").replace("Service", "Serviec");
    let repository = repository.file("site/index.html", &home);
    fs::remove_file(repository.root().join("site/about.html")).unwrap();
    let run = repository.run(["verify"]).exits(1);
    assert_eq!(run.stdout, "`about.html` is missing\n`index.html` was changed\n");
    repository.run(["build"]).exits(0).tells(": 2 written, ");
    repository.run(["verify"]).exits(0);
    let repository = repository
        .file("site/.clausebook-next/a.html", "half")
        .file("site/.clausebook-next/b/c.html", "of it");
    let run = repository.run(["verify"]).exits(1);
    let left = "was left behind by a build that did not end; the next one removes it";
    assert_eq!(run.stdout, format!("`.clausebook-next` {left}\n"));
    repository.run(["build"]).exits(0);
    repository.run(["verify"]).exits(0);
}

#[test]
fn without_a_site_it_asks_for_one() {
    Repository::new().run(["verify"]).fails("manifest.json").tells("build the site first");
}

#[test]
fn a_manifest_that_names_what_lies_elsewhere_is_refused() {
    let repository = Repository::new();
    repository.run(["build"]).exits(0);
    let manifest =
        repository.read("site/manifest.json").replacen("\"404.html\"", "\"../clausebook.toml\"", 1);
    let repository = repository.file("site/manifest.json", &manifest);
    repository.run(["verify"]).fails("`../clausebook.toml` is not an address");
    repository.run(["build"]).fails("`../clausebook.toml` is not an address");
}
