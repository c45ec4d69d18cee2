//! Data flows one way: nouns import nouns, a stage imports nouns, and only what joins stages imports stages.
//!
//! Which module is what stands in `src/lib.rs`, in the comments above its lists of modules.

#![expect(clippy::disallowed_methods, reason = "a test reads its own repository")]

use std::collections::BTreeMap;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Noun,
    Stage,
    Joiner,
}

/// The modules that touch the disk, and who may ask them to.
const DISK: &str = "files";
const DISK_USERS: [&str; 2] = ["write", "cli"];

#[test]
fn every_import_points_down() {
    let layers = layers();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        wrong.extend(violations(&layers, &file, &text));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn an_import_of_another_stage_is_seen() {
    let layers = layers();
    let seen = |file: &str, text: &str| violations(&layers, file, text);
    assert_eq!(
        seen("check/dead_link.rs", "use crate::render::plan;"),
        ["src/check/dead_link.rs imports render"]
    );
    assert_eq!(
        seen("check/dead_link.rs", "use super::super::render;"),
        ["src/check/dead_link.rs imports render"]
    );
    assert_eq!(seen("portal.rs", "use crate::link;"), ["src/portal.rs imports link"]);
    assert_eq!(seen("link.rs", "fn f() { crate::files::read(p) }"), ["src/link.rs imports files"]);
    assert_eq!(seen("check.rs", "let all = crate::join(source);"), ["src/check.rs imports join"]);
    assert!(seen("check/dead_link.rs", "use crate::portal::Library;\nuse super::Rule;").is_empty());
    assert!(seen("check/dead_link.rs", "// as in crate::render").is_empty());
    assert!(seen("cli/build.rs", "use crate::render;\nuse super::session;").is_empty());
    assert!(seen("write/manifest.rs", "use crate::files;\nuse super::NEXT;").is_empty());
}

#[test]
fn every_module_has_a_layer() {
    let layers = layers();
    assert_eq!(layers.get("portal"), Some(&Layer::Noun));
    assert_eq!(layers.get("render"), Some(&Layer::Stage));
    assert_eq!(layers.get("cli"), Some(&Layer::Joiner));
    for (file, _) in sources() {
        let module = module(&file);
        assert!(
            layers.contains_key(module) || ["lib", "main"].contains(&module),
            "src/{file} is in no layer of src/lib.rs"
        );
    }
}

/// The engine of the search compiles alone, for browsers.
#[test]
fn the_search_engine_imports_std_and_tantivy_only() {
    let foreign = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        let named = lines.filter_map(|line| {
            let line = line.strip_prefix("pub ").unwrap_or(line);
            Some(line.strip_prefix("use ")?.split("::").next()?.to_owned())
        });
        let own =
            ["std", "tantivy", "super", "ahead", "collect", "files", "index", "layout", "plan"];
        let own_too = ["postings", "query", "record", "schema", "words"];
        named.filter(|name| !own.contains(&&**name) && !own_too.contains(&&**name)).collect()
    };
    assert_eq!(
        foreign("    use serde::Serialize;\n// use x::y;\npub use crate::a;"),
        ["serde", "crate"]
    );
    let mut files = 0;
    for (file, text) in sources() {
        if file == "search/engine.rs" || file.starts_with("search/engine/") {
            files += 1;
            assert_eq!(foreign(&text), Vec::<String>::new(), "src/{file}");
            let path = text.contains("crate::") && !text.contains("(crate)");
            assert!(!path, "src/{file} names what lies outside the engine");
        }
    }
    assert!(files > 10, "they are found");
}

/// What each module of the crate is, as `src/lib.rs` lists them.
fn layers() -> BTreeMap<String, Layer> {
    let text = std::fs::read_to_string(root().join("lib.rs")).expect("src/lib.rs is there");
    let mut layer = None;
    let mut layers = BTreeMap::new();
    for line in text.lines() {
        match line {
            line if line.starts_with("// The nouns") => layer = Some(Layer::Noun),
            line if line.starts_with("// The stages") => layer = Some(Layer::Stage),
            line if line.starts_with("// What joins") => layer = Some(Layer::Joiner),
            line => {
                let name = line.trim_start_matches("pub ").strip_prefix("mod ");
                if let Some(name) = name.and_then(|name| name.strip_suffix(';')) {
                    layers.insert(name.to_owned(), layer.expect("a comment names the layer"));
                }
            }
        }
    }
    layers
}

/// The imports of `file` that do not point down, in words.
fn violations(layers: &BTreeMap<String, Layer>, file: &str, text: &str) -> Vec<String> {
    let own = module(file);
    let mut wrong = Vec::new();
    for target in imports(file, text) {
        let allowed = match (layers.get(own), layers.get(&target)) {
            _ if target == own => true,
            (None | Some(Layer::Joiner), _) => true,
            // What `lib.rs` joins is for joiners only.
            (_, None) => false,
            _ if target == DISK => DISK_USERS.contains(&own),
            (_, Some(layer)) => *layer == Layer::Noun,
        };
        if !allowed {
            wrong.push(format!("src/{file} imports {target}"));
        }
    }
    wrong
}

/// The names at the top of the crate that `file` mentions, by `crate::` or by a chain of `super::` that ends there.
fn imports(file: &str, text: &str) -> Vec<String> {
    let depth = file.trim_end_matches(".rs").split('/').count();
    let to_root = "super::".repeat(depth);
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for prefix in ["crate::", &to_root] {
            for (at, _) in line.match_indices(prefix) {
                let chain = line[..at].ends_with("super::");
                found.extend(
                    (!chain).then(|| names(&line[at + prefix.len()..])).into_iter().flatten(),
                );
            }
        }
    }
    found
}

/// `portal` of `portal::Library`, `a` and `b` of `{a, b::C}`.
fn names(rest: &str) -> Vec<String> {
    let first = |part: &str| -> String {
        part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let list = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    let parts: Vec<&str> = list.map_or(vec![rest], |(list, _)| list.split(',').collect());
    parts.into_iter().map(first).filter(|name| !name.is_empty()).collect()
}

/// The module at the top of the crate that `file` belongs to.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))
}

/// All files of `src/`, by path below it.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root()).sort_by_file_name() {
        let entry = entry.expect("src/ can be walked");
        if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let name = entry.path().strip_prefix(root()).expect("it lies in src/");
            let text = std::fs::read_to_string(entry.path()).expect("a source file is text");
            found.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
    found
}
