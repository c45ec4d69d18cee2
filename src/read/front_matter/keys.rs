//! The keys at the top of a document: ours, how migrants spell them, and those of other programs.

use crate::read::value::Shape;

/// The closed list of keys (contracts 1) with the shape of their values.
pub(super) const KEYS: [(&str, Shape); 28] = [
    ("title", Shape::Text),
    ("reference", Shape::Text),
    ("type", Shape::Text),
    ("owner", Shape::Text),
    ("version", Shape::Text),
    ("status", Shape::Text),
    ("clause", Shape::List),
    ("approver", Shape::Text),
    ("changes", Shape::Maps),
    ("effective_date", Shape::Text),
    ("review_date", Shape::Text),
    ("review_cycle", Shape::Text),
    ("last_reviewed_on", Shape::Text),
    ("review_in", Shape::Text),
    ("governed_by", Shape::List),
    ("related", Shape::List),
    ("replaced_by", Shape::Text),
    ("classification", Shape::Text),
    ("audience", Shape::List),
    ("aliases", Shape::List),
    ("old_paths", Shape::List),
    ("keywords", Shape::List),
    ("found_by", Shape::List),
    ("retention", Shape::Text),
    ("origin", Shape::Map),
    ("data", Shape::Text),
    ("columns", Shape::Map),
    ("draft", Shape::Text),
];

/// The keys that every document has (contracts 1).
pub(super) const REQUIRED: [(&str, &str); 7] = [
    ("title", "add `title: …`, the name people know the document by"),
    ("reference", "add `reference: …`, such as `SMS-POL-5.2.1`"),
    ("type", "add `type: …`, such as `policy`, `process` or `procedure`"),
    ("owner", "add `owner: …`, the id of a role in `roles.yaml`"),
    ("version", "add `version: …`, such as `0.1` for a first draft"),
    ("status", "add `status: …`: draft, in-review, approved or retired"),
    ("clause", "add `clause: …`, the clause it answers first"),
];

/// How migrants spell keys of ours (contracts 1).
pub(super) const SPELLINGS: [(&str, &str); 2] =
    [("review_by", "review_date"), ("tags", "keywords")];

/// Keys of other programs that say something else than the key of ours that is spelt most like them, and what to do.
pub(super) const FOREIGN: [(&[&str], &str); 8] = [
    (
        &["date", "created", "published", "updated", "modified", "last_modified", "lastmod"],
        "put it into an entry of `changes`, or take it out",
    ),
    (
        &["approved", "approved_by", "approved_on", "approval", "approval_date"],
        "put `date` and `approved_by` into an entry of `changes`",
    ),
    (
        &["author", "authors", "reviewer", "reviewers"],
        "name roles by `owner` and `approver`, or take it out",
    ),
    (
        &["reviewed", "reviewed_on", "last_review", "last_reviewed"],
        "write `last_reviewed_on: …` and `review_in: …`",
    ),
    (&["review", "next_review", "next_review_date"], "write `review_date: …`"),
    (&["replaces", "supersedes"], "write `replaced_by: …` in the document that is replaced"),
    (&["id", "doc_id", "document_id"], "write `reference: …`, or take it out"),
    (
        &["slug", "permalink", "url"],
        "take it out: an address follows from the name of the file, former ones stand in `old_paths`",
    ),
];
