//! `unknown-alert`: an alert is one of the known ones.
//!
//! **Why.** `[!WORD]` that is not known would be published as text.
//!
//! **Do.** Write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]`, `[!CAUTION]`, or `[!GUIDANCE]` for authors.
