//! What stops the machine: it names the path and the remedy.

use std::fmt;
use std::path::Path;

/// Something that keeps the program from doing its work, as opposed to a [`crate::diagnostic::Diagnostic`],
/// which says what is wrong with the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong and where, lower case, without a final stop.
    pub message: String,
    /// What to do about it; begins with a verb.
    pub remedy: Option<String>,
}

/// The result of whatever the machine itself can stop.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// A failure without a remedy.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), remedy: None }
    }

    /// The same failure with what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// A failed operation on a file: `cannot write `site/index.html`: disk full`.
    pub fn file(doing: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot {doing} `{}`: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(remedy) = &self.remedy {
            write!(f, "\n  hint: {remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}
