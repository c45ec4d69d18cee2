//! The documents that are hidden and hold the word, the ways of hiding them, and the shown ones that lead to them.

use clausebook::portal::View;
use clausebook::source::Memory;

use crate::site::{ROLES, document, published};

/// The planted word, in lower case.
pub(crate) const WORD: &str = "quokka";

/// A way of hiding documents.
pub(crate) struct Hiding {
    pub(crate) name: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) audience: Option<&'static str>,
    /// The status of the hidden documents.
    pub(crate) status: &'static str,
    /// The line of their front matter that hides them.
    pub(crate) mark: &'static str,
    /// A line of the front matter of the shown ones.
    pub(crate) shown: &'static str,
}

pub(crate) const HIDINGS: [Hiding; 7] = [
    Hiding { name: "above what is published", mark: "classification: restricted\n", ..PLAIN },
    Hiding { name: "an unknown label", mark: "classification: quokka-secret\n", ..PLAIN },
    Hiding {
        name: "the default label",
        settings: "[build]\npublish_up_to = \"public\"\n",
        shown: "classification: public\n",
        ..PLAIN
    },
    Hiding { name: "a draft", settings: "[build]\ndrafts = false\n", status: "draft", ..PLAIN },
    Hiding {
        name: "in review",
        settings: "[build]\ndrafts = false\n",
        status: "in-review",
        ..PLAIN
    },
    Hiding {
        name: "of another audience",
        audience: Some("staff"),
        mark: "audience: [quokka-keepers]\n",
        ..PLAIN
    },
    Hiding {
        name: "of another audience, shown ones of this",
        audience: Some("staff"),
        mark: "audience: [quokka-keepers, board]\n",
        shown: "audience: [board, staff]\n",
        ..PLAIN
    },
];

const PLAIN: Hiding =
    Hiding { name: "", settings: "", audience: None, status: "approved", mark: "", shown: "" };

/// A hidden document that holds the word.
struct Planted {
    name: &'static str,
    document_type: &'static str,
    reference: &'static str,
    title: &'static str,
    clause: &'static str,
    /// Lines of front matter.
    more: &'static str,
    text: &'static str,
}

const DOCUMENTS: [Planted; 6] = [
    Planted {
        name: "quokka-area/quokka-file",
        document_type: "policy",
        reference: "SMS-POL-QUOKKA",
        title: "Quokka rules",
        clause: "8.5.1.1",
        more: "\
aliases: [Quokka alias, Quokka twins]
keywords: [quokka]
found_by: [how to quokka]
old_paths: [old/quokka.html]
retention: quokka years
origin: { issuer: Quokka issuer, version: quokka 1 }
related: SMS-POL-5.2.1
",
        text: "\
## Quokka heading {#quokka-heading clause=8.7.3.1}

Quokka text. See [[SMS-POL-5.2.1]].

![Quokka alt](quokka-picture.png \"Quokka tip\") and [Quokka sheet](quokka-sheet.csv) and [more](plain.pdf).

```text
quokka code
```

```mermaid
flowchart TD
  quokka --> step
```

> [!NOTE]
> Quokka note[^quokka].

[^quokka]: Quokka foot.
",
    },
    Planted {
        name: "open/quokka-register",
        document_type: "register",
        reference: "SMS-REG-QUOKKA",
        title: "Quokka register",
        clause: "7.5.2",
        more: "data: quokka-rows.csv\ncolumns: { kind: text, quokka: text, clause: clause, place: text, retention: text, owner: role }\n",
        text: "Quokka.",
    },
    // Findings of many rules, in the text and in the rows.
    Planted {
        name: "open/quokka-wrong",
        document_type: "register",
        reference: "SMS-REG-QUOKKA-2",
        title: "Quokka wrongs",
        clause: "7.5.2",
        more: "quokka_key: quokka\naliases: Quokka twins\ndata: quokka-wrong.csv\ncolumns: { quokka: date, owner: role, document: reference }\n",
        text: "TBC [quokka](quokka-nowhere.md) {{ quokka }} [[Quokka nobody]] ![quokka](https://quokka.example/a.png)",
    },
    Planted {
        name: "quokka-area/quokka-process",
        document_type: "process",
        reference: "SMS-PRC-QUOKKA",
        title: "Quokka process",
        clause: "8.2.1",
        more: "governed_by: SMS-STM-IN-A-LOOP\n",
        text: "Quokka.",
    },
    Planted {
        name: "quokka-area/quokka-of-old",
        document_type: "statement",
        reference: "SMS-STM-QUOKKA",
        title: "Quokka of old",
        clause: "4.1",
        more: "",
        text: "Quokka.",
    },
    // It comes before every shown document, and links to one.
    Planted {
        name: "1-quokka/quokka-first",
        document_type: "guide",
        reference: "SMS-GDE-QUOKKA",
        title: "Quokka guide",
        clause: "7.6",
        more: "",
        text: "See [[SMS-POL-5.2.1]] and [[Open register]].",
    },
];

const FILES: [(&str, &[u8]); 5] = [
    ("open/quokka-rows.csv", b"kind,quokka,clause,place,retention,owner\nQuokka training,quokka,7.2,Quokka store,3 years,manager\n"),
    ("open/quokka-wrong.csv", b"quokka,owner,document\nquokka,quokka,quokka\n"),
    ("quokka-area/quokka-picture.png", b"\x89PNG\r\n quokka"),
    ("quokka-area/quokka-sheet.csv", b"quokka,1\n"),
    ("quokka-area/plain.pdf", b"%PDF quokka"),
];

/// What is on the page of a hidden document for who may see it, in lower case.
pub(crate) const PLANTED: [&str; 12] = [
    "quokka rules",
    "sms-pol-quokka",
    "quokka alias",
    "quokka heading",
    "quokka text",
    "quokka alt",
    "quokka sheet",
    "quokka summary",
    "quokka years",
    "quokka issuer",
    "quokka code",
    "quokka-picture.png",
];

/// The ways in which shown documents lead to hidden ones: name, lines of front matter, text.
pub(crate) const WAYS: [(&str, &str, &str); 25] = [
    ("wiki-link-by-reference", "", "See [[SMS-POL-QUOKKA]]."),
    ("wiki-link-by-title", "", "See [[Quokka rules]]."),
    ("wiki-link-by-alias", "", "See [[quokka ALIAS]]."),
    ("wiki-link-with-words", "related: SMS-POL-QUOKKA\n", "See [[SMS-POL-QUOKKA|these words]]."),
    ("wiki-link-to-a-section", "", "See [[SMS-POL-QUOKKA#quokka-heading]]."),
    ("wiki-link-to-no-section", "", "See [[SMS-POL-QUOKKA#nowhere]]."),
    ("wiki-link-to-one-of-two", "", "See [[Quokka twins]]."),
    (
        "wiki-link-in-a-table",
        "",
        "| A |\n| --- |\n| [[SMS-POL-QUOKKA\\|these words]] |\n| [[SMS-POL-QUOKKA]] |",
    ),
    ("wiki-link-in-a-heading", "", "## About [[SMS-POL-QUOKKA]]\n\nText."),
    ("wiki-link-in-a-passage", "", "## Scope {clause=6.2.1}\n\nAs [[SMS-POL-QUOKKA]] says."),
    ("wiki-link-in-a-note", "", "Text[^1].\n\n[^1]: See [[SMS-POL-QUOKKA]]."),
    ("wiki-link-in-emphasis", "", "See *the [[SMS-POL-QUOKKA]]*."),
    ("link-to-the-file", "", "See [these words](../quokka-area/quokka-file.md \"this title\")."),
    ("link-to-a-section", "", "See [these words](../quokka-area/quokka-file.md#quokka-heading)."),
    ("link-to-no-section", "", "See [these words](../quokka-area/quokka-file.md#nowhere)."),
    ("link-from-the-top", "", "See [these words](/quokka-area/quokka-file.md)."),
    (
        "link-by-a-definition",
        "",
        "See [these words].\n\n[these words]: ../quokka-area/quokka-file.md",
    ),
    ("link-in-another-letter-case", "", "See [these words](../Quokka-Area/quokka-file.md)."),
    ("link-to-the-rows", "", "See [these words](quokka-rows.csv)."),
    ("link-by-html", "", "See <a href=\"../quokka-area/quokka-file.md\">these words</a>."),
    ("image-of-it", "related: SMS-POL-QUOKKA\n", "![these words](../quokka-area/quokka-file.md)"),
    ("governed-by-it", "governed_by: SMS-POL-QUOKKA\n", "Text."),
    ("in-a-loop", "governed_by: SMS-PRC-QUOKKA\n", "Text."),
    ("retired-link", "", "See [these words](../quokka-area/quokka-of-old.md)."),
    ("replaced-by-it", "replaced_by: SMS-POL-QUOKKA\n", "Text."),
];

const PLAN: &str = "title: How it is built\nphases: [{ id: \"1\", title: Begin }]\nareas:\n  - title: Rules\n    activities:\n      \
    - { id: A, activity: A rule is written, phases: [\"1\"], document: SMS-POL-QUOKKA, state: done }\n";

const CHECKLIST: &str = "title: To be answered\nstatements:\n  \
    - { id: A, statement: There is a rule., answer: \"yes\", document: SMS-POL-QUOKKA }\n";

impl Hiding {
    /// Hidden documents with all that belongs to them, and shown ones that lead to them.
    pub(crate) fn repository(&self) -> Memory {
        let mut files = Memory::default()
            .with("content/roles.yaml", ROLES)
            .with(
                "content/glossary.yaml",
                "- { term: Rule, definition: A rule., document: SMS-POL-QUOKKA }\n",
            )
            .with("content/plan.yaml", PLAN)
            .with("content/checklists/open.yaml", CHECKLIST)
            .with("clausebook.toml", self.settings());
        for (path, bytes) in self.hidden() {
            files = files.with(&format!("content/{path}"), bytes);
        }
        for (path, text) in self.shown() {
            files = files.with(&format!("content/{path}"), text);
        }
        files
    }

    /// Findings that are warnings by default are errors, so that they are told on pages.
    fn settings(&self) -> String {
        let rules = ["link-to-retired", "hierarchy-kind", "approver-is-owner", "unknown-key"];
        let levels = rules
            .map(|rule| format!("{rule} = {{ level = \"error\", reason = \"told on pages\" }}\n"));
        format!("{}[rules]\n{}", self.settings, levels.concat())
    }

    fn hidden(&self) -> Vec<(String, Vec<u8>)> {
        let documents = DOCUMENTS.iter().map(|planted| {
            let Planted { name, document_type, reference, title, clause, more, text } = *planted;
            let of_old = name.ends_with("of-old") && self.status == "approved";
            let status = if of_old { "retired" } else { self.status };
            let successor = if of_old { "replaced_by: SMS-POL-5.2.1\n" } else { "" };
            let more = format!("{}{more}{successor}", self.mark);
            let text = document(document_type, reference, title, clause, status, &more, text);
            (format!("{name}.md"), text.into_bytes())
        });
        let files = FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
        documents.chain(files).collect()
    }

    fn shown(&self) -> Vec<(String, String)> {
        let shown =
            |document_type, reference: &str, title: &str, clause, status, more: &str, text| {
                let more = format!("{}{more}", self.shown);
                document(document_type, reference, title, clause, status, &more, text)
            };
        let columns = "data: shown.csv\ncolumns: { name: text, document: reference }\n";
        let rows = "name,document\nA,SMS-POL-QUOKKA\nB,SMS-POL-5.2.1\n";
        let policy = ("policy", "SMS-POL-5.2.1", "Open policy", "5.2.1", "", "Text.");
        let register = ("register", "SMS-REG-8.2.5", "Open register", "8.2.5", columns, "Text.");
        let named = [("policy", policy), ("register", register)];
        let named = named.map(|(name, (document_type, reference, title, clause, more, text))| {
            let text = shown(document_type, reference, title, clause, "approved", more, text);
            (format!("open/{name}.md"), text)
        });
        let ways = (1..).zip(WAYS).map(|(n, (way, more, text))| {
            let status = if way == "replaced-by-it" { "retired" } else { "approved" };
            let reference = format!("SMS-STM-{}", way.to_uppercase());
            let text =
                shown("statement", &reference, &format!("Way {n}"), "4.1", status, more, text);
            (format!("open/{way}.md"), text)
        });
        let rows = ("open/shown.csv".to_owned(), rows.to_owned());
        named.into_iter().chain(ways).chain([rows]).collect()
    }

    /// What a build shows.
    pub(crate) fn view(&self) -> View {
        published(self.settings, self.audience)
    }
}
