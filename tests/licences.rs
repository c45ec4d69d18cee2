//! Everything that is linked in stands under a licence that is listed here.

use std::process::Command;

use serde_json::Value;

/// What the program may be made of. Each leaves our own licence as it is; MPL-2.0, of two crates behind ammonia, asks
/// only that changes to their own files are published, and we change none.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_dependency_has_a_licence_that_is_listed() {
    let packages = packages();
    assert!(packages.len() > 50, "the list of packages is not the real one");
    let refused: Vec<String> = packages
        .iter()
        .filter(|(_, licence)| !allowed(licence))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(refused.is_empty(), "not listed:\n{}", refused.join("\n"));
}

#[test]
fn an_expression_is_allowed_when_one_of_its_choices_is() {
    assert!(allowed("MIT"));
    assert!(allowed("MIT OR GPL-3.0"));
    assert!(allowed("MIT/Apache-2.0"));
    assert!(allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(allowed("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"));
    assert!(!allowed("GPL-3.0"));
    assert!(!allowed("EUPL-1.2"));
    assert!(!allowed("MIT AND EUPL-1.2"));
    assert!(!allowed(""));
}

/// True when each part of `expression` leaves a choice that is listed.
fn allowed(expression: &str) -> bool {
    expression.replace('/', " OR ").split(" AND ").all(|part| {
        part.trim_matches(['(', ')'])
            .split(" OR ")
            .any(|choice| ALLOWED.contains(&choice.trim_matches(['(', ')', ' '])))
    })
}

/// Name and licence of every package that a build on this machine uses.
fn packages() -> Vec<(String, String)> {
    let version = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("it has a host");
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages are a list");
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or("").to_owned();
    packages.iter().map(|package| (text(package, "name"), text(package, "license"))).collect()
}
