//! What can be wrong with a body.

use std::ops::Range;

/// Something wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
}

/// What is wrong with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// No variable has that name.
    UnknownVariable(String),
    /// No alert has that name.
    UnknownAlert(String),
    /// More stands on the line of an alert than its mark.
    AlertWithMore(String),
    /// Guidance is marked where the mark does nothing.
    LooseGuidance(String),
    /// No footnote goes by that mark.
    LooseFootnote(String),
    /// No link is defined by that label.
    LooseLink(String),
    /// The bar of a reference ends the cell that it stands in.
    CutReference(String),
    /// The target of a link holds a blank.
    BlankInTarget(String),
    /// A cell stands beyond the columns of its table, of which there are so many.
    CellBeyond(usize),
    /// A link is defined that nothing uses.
    UnusedDefinition,
    /// A line begins with a colon that nothing parts from its text.
    StrayColon,
    /// A piece of another format begins, which HTML does not show.
    HiddenHtml(&'static str),
    /// Two headings state this anchor.
    AnchorTwice(String),
    /// Guidance is marked on another line than the first of its quote.
    LateGuidance(String),
    /// Two footnotes are defined by this mark.
    FootnoteTwice(String),
    /// A heading states an anchor that is kept for the portal.
    AnchorOfPortal(String),
}
