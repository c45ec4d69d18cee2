//! What is told of a portal in which documents are hidden: nothing that follows from them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::Names;
use crate::diagnostic::{self, Diagnostic, Severity, Span};
use crate::link::coverage::is_wrong;
use crate::link::states;
use crate::portal::{Library, NotCounting, Portal, Target};

/// Takes out the findings that stand in the `hidden` files or follow from them, and what others say of these, from a
/// portal whose documents are those that are seen. What does not count because of such an error says no more than that.
pub(super) fn strike(portal: &mut Portal, hidden: &BTreeSet<Arc<str>>, names: &Names) {
    let lost = lost_links(&portal.library, names);
    let mut among_seen = AmongSeen { hidden, first: BTreeMap::new() };
    portal.findings.retain_mut(|finding| {
        among_seen.tell(finding);
        let others = finding.others.iter().map(|other| &other.0.path);
        let paths = std::iter::once(&finding.span.path).chain(others);
        !paths.chain(&finding.follows_from).any(|path| hidden.contains(path))
            && !lost.contains(&(&finding.span.path, finding.span.start))
    });
    for finding in &mut portal.findings {
        names.take_from(finding);
    }
    hide_errors(portal);
}

/// What several documents have in common, told of those that are seen.
struct AmongSeen<'h> {
    hidden: &'h BTreeSet<Arc<str>>,
    /// Of those that share something with a hidden document, by the rule and its path, the first that is seen.
    first: BTreeMap<(&'static str, Arc<str>), Span>,
}

impl AmongSeen<'_> {
    /// Leaves out what is hidden where two are left, or more, of which the same is to be said.
    fn tell(&mut self, finding: &mut Diagnostic) {
        if self.hidden.contains(&finding.span.path) {
            return;
        }
        match finding.rule {
            "duplicate-reference" | "duplicate-title" => {
                let [(other, _)] = &mut finding.others[..] else { return };
                if !self.hidden.contains(&other.path) {
                    return;
                }
                let key = (finding.rule, Arc::clone(&other.path));
                if let Some(first) = self.first.get(&key) {
                    finding.message = finding.message.replace(&*other.path, &first.path);
                    *other = first.clone();
                } else {
                    self.first.insert(key, finding.span.clone());
                }
            }
            // A link to a name that several go by.
            "dead-link" => {
                let seen = |other: &&(Span, String)| !self.hidden.contains(&other.0.path);
                if finding.others.iter().filter(seen).count() > 1 {
                    finding.others.retain(|other| !self.hidden.contains(&other.0.path));
                }
            }
            _ => {}
        }
    }
}

/// Where links and relations begin that are meant for what is not seen and goes by one of the `names`: what is wrong
/// with them, and what they could be meant for, tells of it.
fn lost_links<'l>(library: &'l Library, names: &Names) -> BTreeSet<(&'l Arc<str>, usize)> {
    let entries = library.entries.iter();
    entries
        .flat_map(|entry| {
            let links = entry.document.links.iter().zip(&entry.targets);
            let lost = links.filter(|(_, target)| matches!(target, Target::NotShown));
            let matter = &entry.document.front_matter;
            let relations =
                matter.governed_by.iter().chain(&matter.related).chain(&matter.replaced_by);
            let unseen = relations.filter(|named| {
                names.hold(&named.value) && !library.by_reference.contains_key(&named.value)
            });
            let starts = lost.map(|(link, _)| link.range.start);
            starts
                .chain(unseen.map(|named| named.range.start))
                .map(|start| (&entry.document.path, start))
        })
        .collect()
}

/// An error that is not shown, because it follows from what is not seen, is not counted where it stands: what is told
/// is that there is one.
fn hide_errors(portal: &mut Portal) {
    let Portal { findings, library, states, coverage, .. } = portal;
    let errors = |path: &str| {
        let of_file = diagnostic::in_file(findings, path).iter();
        of_file.filter(|finding| finding.severity == Severity::Error).count()
    };
    for (entry, state) in library.entries.iter().zip(&mut *states) {
        if let Some(why @ NotCounting::Errors(_)) = &mut state.not_counting {
            *why = match states::errors_of(&entry.document, errors) {
                0 => NotCounting::ErrorNotShown,
                shown => NotCounting::Errors(shown),
            };
        }
    }
    for coverage in coverage {
        let on_units = coverage.units.iter_mut().flat_map(|unit| &mut unit.claims);
        for claim in on_units.chain(coverage.on_parents.values_mut().flatten()) {
            let Some(id) = claim.document else { continue };
            let register = library.entry(id).document.register.as_ref();
            match (&claim.not_counting, register.zip(claim.row)) {
                (Some(NotCounting::Errors(_)), _) => {
                    claim.not_counting.clone_from(&states[id.index()].not_counting);
                }
                (Some(NotCounting::RowWrong), Some((register, row)))
                    if !is_wrong(&register.rows[row], register, findings) =>
                {
                    claim.not_counting = Some(NotCounting::ErrorNotShown);
                }
                _ => {}
            }
        }
    }
}

/// A hint that names one of the `files` to which nothing leads that is seen is left out: it may be of what is not.
pub(super) fn unname_files(portal: &mut Portal, files: &BTreeSet<Arc<str>>) {
    let attachments = &portal.library.attachments;
    let unseen = files.iter().filter(|path| !attachments.contains_key(*path));
    let unseen: BTreeSet<&str> = unseen.map(|path| file_name(path)).collect();
    let named = |hint: &str| {
        let mut quoted = hint.split('`').skip(1).step_by(2);
        quoted.any(|quoted| unseen.contains(file_name(quoted.trim_matches(['<', '>']))))
    };
    for finding in portal.findings.iter_mut().filter(|finding| finding.rule == "dead-link") {
        if finding.hint.as_deref().is_some_and(named) {
            finding.hint = None;
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
