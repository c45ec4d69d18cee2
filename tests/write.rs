//! Writing a site: only what changed, whole at every moment, and nothing that is not ours (contracts 8).

#![expect(clippy::disallowed_methods, reason = "tests set up their own folders")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clausebook::address::SitePath;
use clausebook::failure::{Failure, Result};
use clausebook::write::{self, Facts, Manifest, Output, Plan, Step, Written};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A site: paths and what stands there.
type Site<'a> = &'a [(&'a str, &'a str)];

/// What stands on disk: texts, the targets of links, folders with a slash at their end.
type Tree = BTreeMap<String, String>;

const OLD: Site = &[
    ("documents/a.html", "a, first"),
    ("documents/b.html", "b"),
    ("folder/inner/x.html", "x"),
    ("folder/y.html", "y"),
    ("gone/deep/z.html", "z"),
    ("index.html", "home, first"),
    ("page", "stale"),
];

const NEW: Site = &[
    ("documents/a.html", "a, second, longer"),
    ("documents/b.html", "b"),
    ("documents/c.html", "c"),
    ("folder/y.html", "y"),
    ("index.html", "home, other"),
    ("new/deep/d.html", "d"),
];

/// What an author may have made of it before the next build.
const THIRD: Site =
    &[("documents/a.html", "a, third"), ("folder/y.html", "Y"), ("third.html", "third")];

/// Like [`NEW`], but a folder of [`OLD`] is now a file, and a file a folder.
const TURNED: Site = &[
    ("documents/a.html", "a, second, longer"),
    ("folder", "a folder that became a file"),
    ("index.html", "home, other"),
    ("page/inner.html", "a file that became a folder"),
];

#[test]
fn a_fresh_site_is_what_was_asked_for_and_its_manifest() {
    let site = Folder::new();
    assert_eq!(site.write(OLD).unwrap(), Written { written: 7, unchanged: 0, removed: 0 });
    let mut files = site.tree();
    assert!(files.remove("manifest.json").is_some());
    files.retain(|path, _| !path.ends_with('/'));
    let expected: Tree =
        OLD.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    assert_eq!(files, expected);
}

#[test]
fn the_steps_come_in_their_order() {
    use Step::{Announced, Done, Made, Placed, Ready, Removed};
    let site = Folder::new();
    site.write(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]).unwrap();
    let steps = Mutex::new(Vec::new());
    let record = |step| {
        steps.lock().unwrap().push(step);
        Ok(())
    };
    site.write_told(&[("a", "2"), ("b", "2"), ("c", "1")], &record).unwrap();
    assert_eq!(
        *steps.lock().unwrap(),
        [Made, Made, Made, Ready, Announced, Placed, Placed, Removed, Done]
    );
}

#[test]
fn what_an_error_stops_after_any_step_is_whole_and_mended_by_the_next_build() {
    // Six files made, ready, announced, four placed, three removed, done.
    assert_eq!(steps_that_are_mended(OLD, NEW), 16);
}

#[test]

fn what_an_error_stops_while_files_become_folders_is_mended_by_the_next_build() {
    // Four files made, ready, announced, five removed, four placed, done; seven, two and seven the other way round.
    assert_eq!(steps_that_are_mended(OLD, TURNED), 16);
    assert_eq!(steps_that_are_mended(TURNED, OLD), 19);
}

#[test]
fn what_a_kill_leaves_after_any_step_is_whole_and_mended_by_any_next_build() {
    let states = states_of_a_build(Some(OLD), NEW);
    assert_eq!(states.len(), 16);
    for next in [NEW, OLD, THIRD, &[]] {
        let expected = fresh(next);
        for (step, state) in states.iter().enumerate() {
            assert_whole(state, OLD, NEW, step);
            assert_mended(state, next, &expected, step);
        }
    }
}

#[test]

fn what_a_kill_leaves_while_files_become_folders_is_mended_by_any_next_build() {
    for (old, new) in [(OLD, TURNED), (TURNED, OLD)] {
        let states = states_of_a_build(Some(old), new);
        for next in [OLD, TURNED, THIRD, &[]] {
            let expected = fresh(next);
            for (step, state) in states.iter().enumerate() {
                assert_whole(state, old, new, step);
                assert_mended(state, next, &expected, step);
            }
        }
    }
}

#[test]
fn what_a_kill_leaves_of_the_first_build_is_mended_too() {
    let states = states_of_a_build(None, OLD);
    for next in [OLD, NEW] {
        let expected = fresh(next);
        for (step, state) in states.iter().enumerate() {
            assert_mended(state, next, &expected, step);
        }
    }
}

#[test]
fn files_that_were_made_ready_by_half_are_made_anew() {
    let states = states_of_a_build(Some(OLD), NEW);
    let announced = step_of_announcement(&states);
    for (step, state) in states.into_iter().enumerate().take(announced) {
        let mut half = state;
        let ready = |path: &str| path.starts_with(".clausebook-next");
        for (_, bytes) in half.iter_mut().filter(|(path, _)| ready(path)) {
            bytes.truncate(bytes.len() / 2);
        }
        half.insert(".clausebook-next.manifest".to_owned(), "{ \"bui".to_owned());
        assert_mended(&half, NEW, &fresh(NEW), step);
    }
}

#[test]

fn a_manifest_that_was_made_ready_goes_with_the_next_build() {
    let mut state = fresh(OLD);
    state.insert(".clausebook-next.manifest".to_owned(), "{ \"bui".to_owned());
    assert_mended(&state, OLD, &fresh(OLD), 0);
}

#[test]
fn a_kill_during_mending_is_mended_as_well() {
    let (first, second, third): (Site, Site, Site) =
        (&[("a", "1"), ("b", "1")], &[("a", "2"), ("c", "2")], &[("b", "3"), ("d", "3")]);
    let expected = fresh(second);
    for (step, state) in states_of_a_build(Some(first), second).iter().enumerate() {
        for again in states_from(&Folder::of(state), third) {
            assert_mended(&again, second, &expected, step);
        }
    }
}

/// Stops a build after each of its steps in turn, until none is left; each time the site must be whole, and the
/// next build must mend it. How many steps there were.
fn steps_that_are_mended(old: Site, new: Site) -> usize {
    let expected = fresh(new);
    let mut stops = 0;
    loop {
        let site = Folder::new();
        site.write(old).unwrap();
        let steps = AtomicUsize::new(0);
        let stop = |_| match steps.fetch_add(1, Ordering::Relaxed) {
            step if step == stops => Err(Failure::new("stopped")),
            _ => Ok(()),
        };
        let written = site.write_told(new, &stop);
        assert_whole(&site.tree(), old, new, stops);
        match written {
            Ok(_) => return stops,
            Err(failure) => assert_eq!(failure.message, "stopped"),
        }
        assert_mended(&site.tree(), new, &expected, stops);
        stops += 1;
    }
}

#[test]
fn only_what_changed_is_written() {
    let site = Folder::new();
    site.write(&[("a.html", "a"), ("b.html", "b"), ("c.html", "c")]).unwrap();
    let before = ["a.html", "c.html"].map(|path| site.identity(path));
    let written =
        site.write(&[("a.html", "a"), ("b.html", "B"), ("c.html", "c"), ("d.html", "d")]).unwrap();
    assert_eq!(written, Written { written: 2, unchanged: 2, removed: 0 });
    assert_eq!(["a.html", "c.html"].map(|path| site.identity(path)), before);
    assert_eq!((site.read("b.html"), site.read("d.html")), ("B".to_owned(), "d".to_owned()));
}

#[test]
fn the_same_site_again_touches_nothing_at_all() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    let paths: Vec<String> = site.tree().into_keys().collect();
    let identities = || paths.iter().map(|path| site.identity(path)).collect::<Vec<_>>();
    let before = identities();
    assert_eq!(site.write(OLD).unwrap(), Written { written: 0, unchanged: 7, removed: 0 });
    assert_eq!(identities(), before);
}

#[test]
fn another_day_writes_the_manifest_alone() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    let before = site.identity("index.html");
    let facts = Facts { today: "2027-01-01".parse().unwrap(), ..facts() };
    assert_eq!(
        site.write_as(&facts, OLD).unwrap(),
        Written { written: 0, unchanged: 7, removed: 0 }
    );
    assert_eq!(site.identity("index.html"), before);
    assert_eq!(site.manifest().facts, Some(facts));
}

#[test]
fn what_somebody_changed_or_removed_is_put_right() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    site.put("documents/a.html", "A, FIRST");
    site.put("documents/b.html", "longer than it was");
    fs::remove_file(site.path("index.html")).unwrap();
    assert_eq!(site.write(OLD).unwrap(), Written { written: 3, unchanged: 4, removed: 0 });
    assert_eq!(site.tree(), fresh(OLD));
}

#[test]
fn stale_files_go_and_with_them_the_folders_that_are_empty() {
    let site = Folder::new();
    site.write(&[("a/b/c/one", "1"), ("a/b/two", "2"), ("a/three", "3"), ("x/y/z", "4")]).unwrap();
    let written = site.write(&[("a/b/two", "2")]).unwrap();
    assert_eq!(written, Written { written: 0, unchanged: 1, removed: 3 });
    assert_eq!(site.paths(), ["a/", "a/b/", "a/b/two", "manifest.json"]);
}

#[test]
fn a_folder_that_holds_something_else_stays_when_its_pages_go() {
    let site = Folder::new();
    site.write(&[("a/page", "1"), ("b", "2")]).unwrap();
    site.put("a/.DS_Store", "of the system");
    assert_eq!(
        site.write(&[("b", "2")]).unwrap(),
        Written { written: 0, unchanged: 1, removed: 1 }
    );
    assert_eq!(site.paths(), ["a/", "a/.DS_Store", "b", "manifest.json"]);
}

#[test]
fn a_file_that_no_build_wrote_is_refused_wherever_it_stands() {
    // What is kept, and what is the writer's own, stands at the top alone.
    let below = ["a/CNAME", "a/manifest.json", "a/.clausebook-next"];
    for path in ["notes.txt", "a/notes.txt", "a/deep/notes.txt", "new/.hidden"].iter().chain(&below)
    {
        let site = Folder::new();
        site.write(&[("a/page", "1"), ("b", "2")]).unwrap();
        site.put(path, "mine");
        let before = site.tree();
        let failure = site.write(&[("b", "3")]).unwrap_err().to_string();
        assert!(failure.contains(&format!("holds `{path}`, which no build")), "{failure}");
        assert_eq!(site.tree(), before);
    }
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    let others = Mutex::new(Vec::new());
    let told = |step: Step| {
        if step != Step::Done {
            others.lock().unwrap().push(site.write(THIRD).unwrap_err().to_string());
        }
        Ok(())
    };
    site.write_told(NEW, &told).unwrap();
    assert_eq!(site.tree(), fresh(NEW));
    let others = others.into_inner().unwrap();
    assert!(others.len() > NEW.len(), "{others:?}");
    assert!(others.iter().all(|other| other.contains("another build is writing")), "{others:?}");
    assert!(site.write(THIRD).is_ok(), "then it is free again");
}

#[test]
fn a_file_becomes_a_folder_and_a_folder_a_file() {
    let site = Folder::new();
    let (file, folder): (Site, Site) = (&[("a", "file")], &[("a/b/c", "inner"), ("a/d", "other")]);
    site.write(file).unwrap();
    assert_eq!(site.write(folder).unwrap(), Written { written: 2, unchanged: 0, removed: 1 });
    assert_eq!(site.tree(), fresh(folder));
    assert_eq!(site.write(file).unwrap(), Written { written: 1, unchanged: 0, removed: 2 });
    assert_eq!(site.tree(), fresh(file));
}

#[test]
fn a_folder_with_files_that_no_build_wrote_is_refused() {
    let site = Folder::new();
    site.put("holiday.jpg", "a picture");
    let before = site.tree();
    let failure = site.write(OLD).unwrap_err();
    assert!(failure.message.contains("`holiday.jpg`"), "{failure}");
    assert!(failure.remedy.unwrap().contains("--output"));
    assert_eq!(site.tree(), before);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let output = place.path().join("site");
    fs::write(&output, "a file").unwrap();
    let failure = write_to(&output, &facts(), OLD, &|_| Ok(())).unwrap_err();
    assert!(failure.message.contains("is not a folder"), "{failure}");
    assert!(failure.remedy.unwrap().contains("--output"));
    assert_eq!(fs::read_to_string(output).unwrap(), "a file");
}

#[test]
fn what_is_to_be_kept_is_left_alone() {
    let site = Folder::new();
    let kept = [(".git/config", "[core]"), (".git/objects/aa", "bytes"), ("CNAME", "sms.example")];
    for (path, text) in kept {
        site.put(path, text);
    }
    for next in [OLD, NEW, &[]] {
        site.write(next).unwrap();
        assert_eq!(kept.map(|(path, _)| site.read(path)), kept.map(|(_, text)| text.to_owned()));
    }
    assert_eq!(
        site.paths(),
        [".git/", ".git/config", ".git/objects/", ".git/objects/aa", "CNAME", "manifest.json"]
    );
}

#[test]

fn what_is_to_be_kept_is_left_alone_even_if_a_manifest_names_it() {
    let site = Folder::new();
    site.write(&[("index.html", "home")]).unwrap();
    site.put(".git/config", "[core]");
    site.put("CNAME", "sms.example");
    let named = |path: &str| format!("\"files\": {{\n{}: {},", json(path), listed("x"));
    for path in [".git/config", "CNAME"] {
        let manifest = site.read("manifest.json").replacen("\"files\": {", &named(path), 1);
        site.put("manifest.json", &manifest);
    }
    let _ = site.write(&[("index.html", "home, other")]);
    assert_eq!(site.read(".git/config"), "[core]");
    assert_eq!(site.read("CNAME"), "sms.example");
}

#[test]
fn a_page_is_not_written_over_a_file_that_no_build_wrote() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    site.put("documents/c.html", "mine");
    let before = site.tree();
    let failure = site.write(NEW).unwrap_err();
    assert!(failure.message.contains("c.html"), "{failure}");
    assert!(failure.remedy.is_some());
    assert_eq!(site.tree(), before);
}

#[test]

fn a_page_does_not_take_the_place_of_a_folder_that_holds_something_else() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    site.put("folder/notes.txt", "mine");
    let before = site.tree();
    let failure = site.write(TURNED).unwrap_err();
    assert!(failure.remedy.is_some(), "{failure}");
    assert_eq!(site.tree(), before);
}

#[test]
fn a_page_takes_the_place_of_folders_that_hold_nothing() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    fs::remove_file(site.path("index.html")).unwrap();
    fs::create_dir_all(site.path("index.html/deep/er")).unwrap();
    assert_eq!(site.write(OLD).unwrap(), Written { written: 1, unchanged: 6, removed: 0 });
    assert_eq!(site.read("index.html"), "home, first");
    // Of what is not empty nothing goes.
    fs::remove_file(site.path("index.html")).unwrap();
    site.put("index.html/deep/notes.txt", "mine");
    let before = site.tree();
    site.write(NEW).unwrap_err();
    assert_eq!(site.tree(), before);
}

#[test]
fn a_manifest_with_a_name_that_is_no_address_is_refused() {
    let absolute = std::env::temp_dir().join("clausebook-victim");
    let names = [
        "../outside.txt",
        "documents/../../outside.txt",
        absolute.to_str().unwrap(),
        "/etc/hostname",
        "con",
        "documents/AUX.html",
        "lpt1.txt",
        "C:\\outside.txt",
        "documents\\a.html",
        "documents//a.html",
        "./index.html",
        "..",
        "",
        "a\nb",
    ];
    for name in names {
        let site = Folder::new();
        site.write(OLD).unwrap();
        fs::write(site.outside("outside.txt"), "theirs").unwrap();
        let entry = format!("\"files\": {{\n{}: {},", json(name), listed("theirs"));
        site.put("manifest.json", &site.read("manifest.json").replacen("\"files\": {", &entry, 1));
        let before = site.tree();
        let failure = site.write(NEW).expect_err(name);
        assert!(failure.message.contains("is not an address"), "{name:?}: {failure}");
        assert!(failure.remedy.is_some(), "{name:?}");
        assert_eq!(site.tree(), before, "{name:?}");
        assert_eq!(fs::read_to_string(site.outside("outside.txt")).unwrap(), "theirs", "{name:?}");
        assert!(write::verify(&site.output(), &[]).is_err(), "{name:?}");
    }
}

#[test]
fn a_manifest_that_is_none_is_refused() {
    for text in ["", "{", "[]", "{\"files\": {\"a\": 1}}", "<html></html>"] {
        let site = Folder::new();
        site.put("manifest.json", text);
        let failure = site.write(OLD).expect_err(text);
        assert!(failure.message.contains("manifest.json"), "{failure}");
        assert!(failure.remedy.is_some(), "{text:?}");
        assert_eq!(site.paths(), ["manifest.json"]);
    }
}

#[test]
fn a_page_that_cannot_be_made_leaves_the_old_site_whole() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    let before = site.tree();
    let failing = |path: &SitePath, text: &&str| match path.as_str() {
        "new/deep/d.html" => Err(Failure::new("the template is wrong")),
        _ => Ok(text.as_bytes().to_vec()),
    };
    let failure = write_with(&site.output(), &facts(), NEW, &|_| Ok(()), &failing).unwrap_err();
    assert_eq!(failure.message, "the template is wrong");
    assert_eq!(site.tree(), before);
    site.write(NEW).unwrap();
    assert_eq!(site.tree(), fresh(NEW));
}

#[test]
fn a_disk_that_refuses_leaves_a_whole_site_that_the_next_build_mends() {
    // A folder that holds something where a file is to be put: no permission is needed to refuse that.
    for (step, obstacle) in
        [(Step::Ready, ".clausebook-next.manifest"), (Step::Announced, "documents/c.html")]
    {
        let site = Folder::new();
        site.write(OLD).unwrap();
        let obstruct = |reached| {
            if reached == step {
                site.put(&format!("{obstacle}/notes.txt"), "mine");
            }
            Ok(())
        };
        let failure = site.write_told(NEW, &obstruct).unwrap_err();
        assert!(failure.message.contains(obstacle.rsplit('/').next().unwrap()), "{failure}");
        fs::remove_dir_all(site.path(obstacle)).unwrap();
        assert_whole(&site.tree(), OLD, NEW, 0);
        assert_mended(&site.tree(), NEW, &fresh(NEW), 0);
    }
}

#[test]
fn the_manifest_lists_hash_size_and_source_of_every_file_but_itself() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    let manifest = site.manifest();
    assert_eq!(manifest.facts, Some(facts()));
    let listed: Vec<&str> = manifest.files.keys().map(SitePath::as_str).collect();
    assert_eq!(listed, OLD.iter().map(|(path, _)| *path).collect::<Vec<_>>());
    for ((path, listed), (_, text)) in manifest.files.iter().zip(OLD) {
        assert_eq!(listed.sha256, sha256(text), "{path}");
        assert_eq!(listed.bytes, text.len() as u64, "{path}");
        assert_eq!(listed.source.as_deref(), source_of(path.as_str()).as_deref(), "{path}");
    }
    assert_eq!(Manifest::parse(&manifest.text()), Ok(manifest));
}

#[test]
fn a_site_that_is_as_it_was_written_is_verified() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    assert_eq!(write::verify(&site.output(), &[]), Ok(Vec::new()));
}

#[test]
fn what_is_missing_changed_or_no_file_is_told() {
    let site = Folder::new();
    site.write(OLD).unwrap();
    site.put("documents/a.html", "A, FIRST");
    fs::remove_file(site.path("documents/b.html")).unwrap();
    fs::remove_file(site.path("index.html")).unwrap();
    fs::create_dir(site.path("index.html")).unwrap();
    let told = write::verify(&site.output(), &[]).unwrap();
    let expected = [
        "`documents/a.html` was changed",
        "`documents/b.html` is missing",
        "`index.html` is no file",
    ];
    assert_eq!(told, expected);
}

#[test]

fn what_was_added_is_told() {
    let site = Folder::new();
    site.put("CNAME", "sms.example");
    site.write(OLD).unwrap();
    site.put("documents/added.html", "not ours");
    let told = write::verify(&site.output(), &[]).unwrap();
    assert!(told.iter().any(|line| line.contains("`documents/added.html`")), "{told:?}");
    assert!(!told.iter().any(|line| line.contains("`documents/b.html`")), "{told:?}");
}

#[test]
fn a_build_that_was_stopped_is_not_verified() {
    let states = states_of_a_build(Some(OLD), NEW);
    let site = Folder::of(&states[step_of_announcement(&states)]);
    let told = write::verify(&site.output(), &[]).unwrap();
    assert!(told.contains(&"`documents/c.html` is missing".to_owned()), "{told:?}");
}

#[test]
fn without_a_manifest_there_is_nothing_to_verify() {
    let site = Folder::new();
    let failure = write::verify(&site.output(), &[]).unwrap_err();
    assert!(failure.message.contains("manifest.json"), "{failure}");
    assert_eq!(failure.remedy.as_deref(), Some("build the site first"));
}

/// Links are made as Unix makes them.
#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A site of which `path` is a link to another place, which holds a file of the same name as a page.
    fn linked(path: &str, target: &str) -> Folder {
        let site = Folder::new();
        site.write(OLD).unwrap();
        let outside = site.outside(target);
        fs::create_dir_all(outside.parent().unwrap()).unwrap();
        if site.path(path).is_dir() {
            fs::create_dir_all(&outside).unwrap();
            for name in ["a.html", "b.html", "y.html", "z.html"] {
                fs::write(outside.join(name), "theirs").unwrap();
            }
            fs::remove_dir_all(site.path(path)).unwrap();
        } else {
            fs::write(&outside, "theirs").unwrap();
            let _ = fs::remove_file(site.path(path));
        }
        symlink(outside, site.path(path)).unwrap();
        site
    }

    #[test]
    fn a_folder_of_pages_that_is_a_link_is_refused() {
        // What is written, what is only removed, what is removed from a folder within.
        for (path, next) in [("documents", NEW), ("folder/inner", THIRD), ("gone/deep", NEW)] {
            let site = linked(path, "there");
            let (before, theirs) = (site.tree(), tree(&site.outside("there")));
            let failure = site.write(next).expect_err(path);
            assert!(failure.message.contains(path), "{failure}");
            assert_eq!(failure.remedy.as_deref(), Some("remove the link"));
            assert_eq!(tree(&site.outside("there")), theirs, "{path}");
            assert_eq!(site.tree(), before, "{path}");
            assert!(write::verify(&site.output(), &[]).is_err(), "{path}");
        }
    }

    #[test]
    fn a_page_that_is_a_link_is_replaced_and_its_target_left_alone() {
        for next in [OLD, NEW] {
            let site = linked("index.html", "there.html");
            assert_eq!(write::verify(&site.output(), &[]).unwrap(), ["`index.html` is no file"]);
            site.write(next).unwrap();
            assert_eq!(site.tree(), fresh(next));
            assert_eq!(fs::read_to_string(site.outside("there.html")).unwrap(), "theirs");
        }
    }

    #[test]
    fn a_stale_page_that_is_a_link_goes_and_its_target_stays() {
        let site = linked("page", "there.html");
        site.write(NEW).unwrap();
        assert_eq!(site.tree(), fresh(NEW));
        assert_eq!(fs::read_to_string(site.outside("there.html")).unwrap(), "theirs");
    }

    #[test]
    fn a_link_in_the_place_of_the_ready_files_is_not_followed() {
        let site = Folder::new();
        site.write(OLD).unwrap();
        fs::create_dir(site.outside("there")).unwrap();
        fs::write(site.outside("there/a.html"), "theirs").unwrap();
        symlink(site.outside("there"), site.path(".clausebook-next")).unwrap();
        site.write(NEW).unwrap();
        assert_eq!(site.tree(), fresh(NEW));
        assert_eq!(
            tree(&site.outside("there")),
            Tree::from([("a.html".to_owned(), "theirs".to_owned())])
        );
    }

    #[test]
    fn a_link_in_the_place_of_the_ready_manifest_is_not_followed() {
        let site = Folder::new();
        site.write(OLD).unwrap();
        fs::write(site.outside("there.txt"), "theirs").unwrap();
        symlink(site.outside("there.txt"), site.path(".clausebook-next.manifest")).unwrap();
        let _ = site.write(NEW);
        assert_eq!(fs::read_to_string(site.outside("there.txt")).unwrap(), "theirs");
    }

    #[test]
    fn a_manifest_that_is_a_link_makes_no_folder_ours() {
        let (site, other) = (Folder::new(), Folder::new());
        other.write(&[("notes.txt", "mine")]).unwrap();
        site.put("notes.txt", "mine");
        symlink(other.path("manifest.json"), site.path("manifest.json")).unwrap();
        assert!(site.write(NEW).is_err());
        assert_eq!(site.read("notes.txt"), "mine");
    }

    #[test]
    fn a_link_that_no_build_made_is_refused_wherever_it_stands() {
        for path in ["there", "documents/there.html"] {
            let site = Folder::new();
            site.write(OLD).unwrap();
            fs::write(site.outside("there.html"), "theirs").unwrap();
            symlink(site.outside("there.html"), site.path(path)).unwrap();
            let before = site.tree();
            let failure = site.write(NEW).unwrap_err();
            let told = format!("holds `{path}`, which no build");
            assert!(failure.message.contains(&told), "{failure}");
            assert_eq!(site.tree(), before);
        }
    }

    #[test]
    fn a_link_that_no_build_made_is_not_replaced() {
        let site = Folder::new();
        site.write(OLD).unwrap();
        fs::write(site.outside("there.html"), "theirs").unwrap();
        symlink(site.outside("there.html"), site.path("documents/c.html")).unwrap();
        let failure = site.write(NEW).unwrap_err();
        assert!(failure.message.contains("c.html") && failure.remedy.is_some(), "{failure}");
        assert_eq!(fs::read_to_string(site.outside("there.html")).unwrap(), "theirs");
    }
}

/// An output folder, with room beside it.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::create_dir(folder.output()).unwrap();
        folder
    }

    /// An output folder with that in it.
    fn of(tree: &Tree) -> Self {
        let folder = Self::new();
        for (path, bytes) in tree {
            let full = folder.path(path);
            if path.ends_with('/') {
                fs::create_dir_all(full).unwrap();
            } else {
                fs::create_dir_all(full.parent().unwrap()).unwrap();
                fs::write(full, bytes).unwrap();
            }
        }
        folder
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("site")
    }

    fn path(&self, path: &str) -> PathBuf {
        self.output().join(path)
    }

    /// Beside the output folder.
    fn outside(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, site: Site) -> Result<Written> {
        self.write_as(&facts(), site)
    }

    fn write_as(&self, facts: &Facts, site: Site) -> Result<Written> {
        write_to(&self.output(), facts, site, &|_| Ok(()))
    }

    fn write_told(&self, site: Site, checkpoint: Checkpoint) -> Result<Written> {
        write_to(&self.output(), &facts(), site, checkpoint)
    }

    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    #[track_caller]
    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).expect(path)
    }

    fn manifest(&self) -> Manifest {
        Manifest::parse(&self.read("manifest.json")).unwrap()
    }

    fn tree(&self) -> Tree {
        tree(&self.output())
    }

    fn paths(&self) -> Vec<String> {
        self.tree().into_keys().collect()
    }

    /// What tells a file that was written again from one that was not.
    #[cfg(unix)]
    fn identity(&self, path: &str) -> (u64, i64, i64) {
        use std::os::unix::fs::MetadataExt;
        let metadata = fs::symlink_metadata(self.path(path)).unwrap();
        (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
    }

    #[cfg(not(unix))]
    fn identity(&self, path: &str) -> std::time::SystemTime {
        fs::symlink_metadata(self.path(path)).unwrap().modified().unwrap()
    }
}

type Checkpoint<'a> = &'a (dyn Fn(Step) -> Result<()> + Sync);

/// What is kept is nothing that the portal writes: the next build would take its own pages for foreign ones.
#[test]
fn nothing_that_is_written_can_be_kept() {
    let folder = Folder::new();
    let path = SitePath::new("documents/a.html").expect("it is an address");
    let outputs = [Output { path: &path, page: &"text", source: None }];
    for name in ["documents", "manifest.json"] {
        let keep = ["CNAME".to_owned(), name.to_owned()];
        let facts = facts();
        let output = &*folder.output();
        let plan = Plan { output, keep: &keep, facts: &facts, checkpoint: &|_| Ok(()) };
        let bytes = |_: &SitePath, text: &&str| Ok(text.as_bytes().to_vec());
        let told = write::site(&plan, &outputs, &bytes).expect_err("it cannot be kept").to_string();
        assert!(told.contains(&format!("names `{name}`")), "{told}");
        assert!(folder.tree().is_empty());
    }
}

type Bytes<'a> = &'a (dyn Fn(&SitePath, &&str) -> Result<Vec<u8>> + Sync);

fn write_to(output: &Path, facts: &Facts, site: Site, checkpoint: Checkpoint) -> Result<Written> {
    write_with(output, facts, site, checkpoint, &|_, text| Ok(text.as_bytes().to_vec()))
}

fn write_with(
    output: &Path,
    facts: &Facts,
    site: Site,
    checkpoint: Checkpoint,
    bytes: Bytes,
) -> Result<Written> {
    let keep = [".git".to_owned(), "CNAME".to_owned()];
    let paths: Vec<SitePath> =
        site.iter().map(|(path, _)| SitePath::new(path).expect(path)).collect();
    let outputs: Vec<Output<&str>> = paths
        .iter()
        .zip(site)
        .map(|(path, (_, text))| Output { path, page: text, source: source_of(path.as_str()) })
        .collect();
    write::site(&Plan { output, keep: &keep, facts, checkpoint }, &outputs, bytes)
}

/// Pages of documents are made from them, others from no file.
fn source_of(path: &str) -> Option<String> {
    path.starts_with("documents/").then(|| format!("content/{path}"))
}

fn facts() -> Facts {
    Facts {
        program: "clausebook test".to_owned(),
        today: "2026-12-01".parse().unwrap(),
        commit: Some("abc+".to_owned()),
        audience: None,
        publish_up_to: "internal".to_owned(),
        drafts: true,
    }
}

/// What stands on disk when a site is written into an empty folder.
fn fresh(site: Site) -> Tree {
    let folder = Folder::new();
    folder.write(site).unwrap();
    folder.tree()
}

/// What stands on disk after each step of a build, as a kill would leave it.
fn states_of_a_build(old: Option<Site>, new: Site) -> Vec<Tree> {
    let site = Folder::new();
    if let Some(old) = old {
        site.write(old).unwrap();
    }
    states_from(&site, new)
}

/// The first of the states in which the manifest names old and new files together.
fn step_of_announcement(states: &[Tree]) -> usize {
    let announced = |state: &Tree| state["manifest.json"].contains("\"build\": null");
    states.iter().position(announced).expect("a build announces its files")
}

fn states_from(site: &Folder, new: Site) -> Vec<Tree> {
    let states = Mutex::new(Vec::new());
    let record = |_| {
        states.lock().unwrap().push(site.tree());
        Ok(())
    };
    // On one thread, so that nothing else is written while the folder is read.
    let thread = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    thread.install(|| site.write_told(new, &record)).unwrap();
    states.into_inner().unwrap()
}

/// Whatever is in place is whole, old or new, and named by the manifest in place; what both sites have is there.
#[track_caller]
fn assert_whole(tree: &Tree, old: Site, new: Site, step: usize) {
    let manifest = Manifest::parse(&tree["manifest.json"]).unwrap();
    let in_place = |path: &&String| {
        !path.ends_with('/') && !path.starts_with(".clausebook-next") && *path != "manifest.json"
    };
    for path in tree.keys().filter(in_place) {
        let text = tree[path].as_str();
        let either = old.iter().chain(new).any(|known| *known == (path.as_str(), text));
        assert!(either, "step {step}: `{path}` is `{text}`");
        let address = SitePath::new(path).unwrap();
        assert!(manifest.files.contains_key(&address), "step {step}: `{path}` is in no manifest");
    }
    for (path, _) in old.iter().filter(|(path, _)| new.iter().any(|(known, _)| known == path)) {
        assert!(tree.contains_key(*path), "step {step}: `{path}` is missing");
    }
}

/// A plain build makes of what is there what it makes in an empty folder.
#[track_caller]
fn assert_mended(state: &Tree, next: Site, expected: &Tree, step: usize) {
    let site = Folder::of(state);
    if let Err(failure) = site.write(next) {
        panic!("after step {step}: {failure}");
    }
    assert_eq!(site.tree(), *expected, "after step {step}");
}

fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            let within = path.strip_prefix(folder).unwrap();
            let parts: Vec<_> = within.iter().map(|part| part.to_str().unwrap()).collect();
            let (name, kind) = (parts.join("/"), path.symlink_metadata().unwrap());
            if kind.is_dir() {
                tree.insert(format!("{name}/"), String::new());
                folders.push(path);
            } else if kind.is_symlink() {
                tree.insert(name, fs::read_link(path).unwrap().to_str().unwrap().to_owned());
            } else {
                tree.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    tree
}

/// What a manifest says of a file of that text.
fn listed(text: &str) -> String {
    format!("{{\"sha256\": \"{}\", \"bytes\": {}, \"source\": null}}", sha256(text), text.len())
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn sha256(text: &str) -> String {
    let bytes = Sha256::digest(text);
    bytes.iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}
