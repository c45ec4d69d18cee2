//! The words that documents share: roles and glossary terms.

use crate::diagnostic::Span;

/// A role of `roles.yaml`: what owns and approves documents, never a person (R6).
#[derive(Debug, Clone)]
pub struct Role {
    /// The name in front matter: `change-manager`.
    pub id: String,
    /// The name in text: `Change Manager`.
    pub title: String,
    /// What the role is for, in a sentence.
    pub summary: String,
    /// What it does.
    pub duties: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// A term of `glossary.yaml`.
#[derive(Debug, Clone)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Its place on the page of the glossary; each once.
    pub anchor: String,
    /// What it means, in our own words.
    pub definition: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Other terms of the glossary.
    pub see: Vec<String>,
    /// The reference of the document that rules on it.
    pub document: Option<String>,
    /// Where it stands.
    pub span: Span,
}
