//! Files whose label or audience cannot be read.

use clausebook::source::Memory;

use crate::leaks::Leaks;
use crate::site::{ROLES, Site, built, document, everything, published, theme, written};

/// Front matter that is broken and names the label all the same, or a label that cannot be read: the whole file is
/// hidden, whatever of it could be read.
const BROKEN: [(&str, &str); 21] = [
    ("unclosed", "---\ntitle: Quokka\nclassification: restricted\n\n"),
    ("unclosed-in-capitals", "---\nTitle: Quokka\nClassification: Restricted\n\n"),
    ("unclosed-behind-a-mark", "\u{feff}---\ntitle: Quokka\nclassification: restricted\n\n"),
    (
        "unclosed-with-a-misleading-title",
        "---\ntitle: The classification: public\nclassification: restricted\n\n",
    ),
    ("flow", "---\n{ title: Quokka, classification: restricted }\n---\n\n"),
    ("flow-in-quotes", "---\n{\"title\": \"Quokka\", \"classification\": \"restricted\"}\n---\n\n"),
    ("below-an-empty-line", "\n---\ntitle: Quokka\nclassification: restricted\n---\n\n"),
    ("toml-without-quotes", "+++\ntitle = Quokka\nclassification = \"restricted\"\n+++\n\n"),
    (
        "toml-twice",
        "+++\ntitle = \"Q\"\ntitle = \"Quokka\"\nclassification = 'restricted'\n+++\n\n",
    ),
    (
        "label-twice",
        "---\ntitle: Quokka\nclassification: internal\nclassification: restricted\n---\n\n",
    ),
    ("label-by-anchor", "---\ntitle: Quokka\nclassification: &label restricted\n---\n\n"),
    ("label-unclosed", "---\ntitle: Quokka\nclassification: [restricted\n---\n\n"),
    ("label-a-list", "---\ntitle: Quokka\nclassification: [restricted]\n---\n\n"),
    ("label-a-map", "---\ntitle: Quokka\nclassification: { restricted: true }\n---\n\n"),
    ("label-empty", "---\ntitle: Quokka\nclassification:\n---\n\n"),
    ("label-with-more", "---\ntitle: Quokka\nsecurity_classification: restricted\n---\n\n"),
    ("label-in-words", "---\ntitle: Quokka\nClassification Level: restricted\n---\n\n"),
    ("label-indented", "---\ntitle: Quokka\n classification: restricted\n---\n\n"),
    ("label-within", "---\ntitle: Quokka\norigin:\n  classification: restricted\n---\n\n"),
    (
        "label-of-a-change",
        "---\ntitle: Quokka\nchanges:\n  - version: 1.0\n    classification: restricted\n---\n\n",
    ),
    (
        "label-in-a-table",
        "+++\ntitle = \"Quokka\"\n[extra]\nclassification = \"restricted\"\n+++\n\n",
    ),
];

#[test]
fn broken_front_matter_that_names_a_label_hides_the_file() {
    let repository = broken_repository(&BROKEN);
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published("", None)));
    leaks.look("on disk", &written(&repository, None));
    leaks.none();
    let site = built(&repository, &everything(""));
    for (name, _) in BROKEN {
        let page =
            String::from_utf8_lossy(&site[&format!("documents/quokka-{name}.html")]).to_lowercase();
        assert!(page.contains("quokka text"), "{name} is shown to who may see it");
    }
    let page =
        String::from_utf8_lossy(&built(&repository, &published("", None))["clauses/8.5.1.1.html"])
            .into_owned();
    assert!(page.contains(&theme().words.get("clause.not-shown-uncounted")));
}

#[test]
fn a_file_that_is_not_utf8_and_names_a_label_is_not_listed() {
    let text = "---\ntitle: Quokka\nclassification: restricted\n---\n\nQuokka text.\n";
    let latin_1 = [text.as_bytes(), b"\xe4\n"].concat();
    let utf_16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let no_mark: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let repository = broken_repository(&[])
        .with("content/quokka-markless.md", no_mark)
        .with("content/quokka-latin.md", latin_1)
        .with("content/quokka-wide.md", utf_16);
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published("", None)));
    leaks.none();
    let about =
        String::from_utf8_lossy(&built(&repository, &everything(""))["about.html"]).into_owned();
    for name in ["latin", "wide", "markless"] {
        assert!(about.contains(&format!("quokka-{name}.md")), "{about}");
    }
}

#[test]
fn a_file_that_is_too_large_and_names_a_label_is_not_listed() {
    let beginning = "---\ntitle: Quokka\nclassification: restricted\n---\n\n";
    let settings = "[build]\nmax_file_mb = 1\n";
    let repository = broken_repository(&[])
        .with("clausebook.toml", settings)
        .with("content/quokka-long.md", format!("{beginning}{}", "Quokka text.\n".repeat(100_000)));
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published(settings, None)));
    leaks.none();
    let site = built(&repository, &everything(settings));
    let about = String::from_utf8_lossy(&site["about.html"]);
    assert!(about.contains("quokka-long.md"), "{about}");
}

#[test]
fn a_file_whose_label_is_not_known_is_labelled_as_one_without() {
    let unreadable = |settings: &str| {
        let repository = Memory::default()
            .with("clausebook.toml", settings)
            .with("content/roles.yaml", ROLES)
            .with("content/quokka.md", b"# Quokka \xff\n".as_slice());
        built(&repository, &published(settings, None))
    };
    let told = |site: &Site, name: &str| String::from_utf8_lossy(&site[name]).contains("quokka.md");
    let site = unreadable("");
    assert!(told(&site, "about.html") && told(&site, "serve/findings"));
    let settings =
        "[classification]\ndefault = \"confidential\"\n[build]\npublish_up_to = \"internal\"\n";
    let site = unreadable(settings);
    assert!(!told(&site, "about.html") && !told(&site, "serve/findings"));
}

/// Audiences that cannot be read, and front matter that cannot: a portal made for a group holds none of them.
const UNREAD_AUDIENCE: [(&str, &str); 8] = [
    ("empty", "---\ntitle: Quokka\naudience:\n---\n\n"),
    ("within", "---\ntitle: Quokka\norigin:\n  audience: board\n---\n\n"),
    ("unclosed", "---\ntitle: Quokka\naudience: [board\n---\n\n"),
    ("a-map", "---\ntitle: Quokka\naudience: { board: true }\n---\n\n"),
    ("by-anchor", "---\ntitle: Quokka\naudience: &who [board]\n---\n\n"),
    ("twice", "---\ntitle: Quokka\naudience: staff\naudience: board\n---\n\n"),
    ("without-end", "---\ntitle: Quokka\naudience: board\n\n"),
    ("without-front-matter", "# Quokka\n\n"),
];

#[test]
fn a_portal_for_a_group_holds_nothing_whose_audience_is_not_known() {
    let not_utf8 = [b"# Quokka ".as_slice(), &[0xff], b"\n"].concat();
    let repository =
        broken_repository(&UNREAD_AUDIENCE).with("content/quokka-area/quokka-bytes.md", not_utf8);
    let mut leaks = Leaks::default();
    leaks.look("in memory", &built(&repository, &published("", Some("staff"))));
    leaks.look("on disk", &written(&repository, Some("staff")));
    leaks.none();
    let site = built(&repository, &published("", None));
    assert!(site.contains_key("documents/quokka-empty.html"), "everyone's portal holds them");
    assert!(String::from_utf8_lossy(&site["about.html"]).contains("quokka-bytes.md"));
}

/// The documents of `cases`, each with its front matter, and a shown one that leads to all of them.
fn broken_repository(cases: &[(&str, &str)]) -> Memory {
    let mut files = Memory::default().with("content/roles.yaml", ROLES);
    let mut links = String::new();
    for (name, front_matter) in cases {
        let text = format!(
            "{front_matter}## Quokka heading {{clause=8.5.1.1}}\n\nQuokka text ![quokka](quokka.png).\n"
        );
        files = files.with(&format!("content/quokka-area/quokka-{name}.md"), text);
        links.push_str(&format!("[these words](quokka-area/quokka-{name}.md)\n"));
    }
    let open = document("policy", "SMS-POL-5.2.1", "Open policy", "5.2.1", "approved", "", &links);
    files.with("content/quokka-area/quokka.png", "quokka").with("content/open.md", open)
}

#[test]
fn a_shown_document_whose_address_is_taken_is_listed_whatever_the_default_label() {
    let settings =
        "[classification]\ndefault = \"confidential\"\n[build]\npublish_up_to = \"internal\"\n";
    let shown = |reference: &str, title: &str| {
        let more = "classification: internal\n";
        document("policy", reference, title, "5.2.1", "approved", more, "Text.")
    };
    let repository = Memory::default()
        .with("clausebook.toml", settings)
        .with("content/roles.yaml", ROLES)
        .with("content/a/same.md", shown("SMS-POL-5.2.1", "One"))
        .with("content/b/same.md", shown("SMS-POL-5.2.1-2", "Two"));
    let site = built(&repository, &published(settings, None));
    let about = String::from_utf8_lossy(&site["about.html"]);
    assert!(about.contains("content/b/same.md"), "{about}");
    let told = String::from_utf8_lossy(&site["serve/findings"]);
    assert!(told.contains("duplicate-address content/b/same.md"), "{told}");
}
