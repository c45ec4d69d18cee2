//! What a view may not see is struck out here, in one place, before anything can render, index or export it
//! (contracts 6, R71).

mod findings;
mod names;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::coverage::{RULE, why};
use super::{addresses, relations, targets};
use crate::document::{Document, Status};
use crate::implementation::ImplementationPlan;
use crate::portal::{
    ClaimState, Dead, DocumentId, Entry, LeftOut, Library, NotCounting, Portal, Proof, Reason,
    Target, Unit, View,
};
use crate::vocabulary::is_same_group;

use names::Names;

/// Strikes out what the view of the portal may not see: its page, row, name, path, backlink, image and finding. A
/// unit that it covers keeps its state and says that it is covered by a document not shown here.
pub(super) fn strike(mut portal: Portal) -> Portal {
    let files = std::mem::take(&mut portal.library.files);
    let entries = &portal.library.entries;
    let seen: Vec<bool> = entries.iter().map(|entry| may_see(&entry.document, &portal)).collect();
    let (shown, unseen): (Vec<_>, Vec<_>) =
        entries.iter().map(|entry| &*entry.document).zip(&seen).partition(|(_, seen)| **seen);
    // A data file is shown by whoever shows it.
    let shown: BTreeSet<&Arc<str>> = shown.iter().filter_map(|(shown, _)| data(shown)).collect();
    let own_data = unseen.iter().filter_map(|(unseen, _)| data(unseen));
    let own_data = own_data.filter(|path| !shown.contains(path));
    let mut hidden: BTreeSet<Arc<str>> =
        unseen.iter().map(|(unseen, _)| &unseen.path).chain(own_data).cloned().collect();
    if !hidden.is_empty() {
        let ids = new_ids(&seen);
        let names = Names::of(&portal.library, &seen);
        portal.proofs = proofs(&portal, &ids);
        let led_to: Vec<Arc<str>> = portal.library.attachments.keys().cloned().collect();
        portal.library = library(portal.library, &ids, &hidden);
        // Pictures and other files that only hidden documents lead to.
        hidden.extend(
            led_to.into_iter().filter(|path| !portal.library.attachments.contains_key(path)),
        );
        for target in portal.library.entries.iter_mut().flat_map(|entry| &mut entry.targets) {
            if let Target::Dead(Dead::LetterCase { there, .. }) = target
                && hidden.contains(&**there)
            {
                *target = Target::NotShown;
            }
        }
        let mut kept = seen.iter();
        portal.states.retain(|_| *kept.next().unwrap_or(&false));
        for coverage in &mut portal.coverage {
            let on_units = coverage.units.iter_mut().map(|unit| &mut unit.claims);
            for claims in on_units.chain(coverage.on_parents.values_mut()) {
                anonymize(claims, &ids);
            }
        }
        findings::strike(&mut portal, &hidden, &names);
        for coverage in &mut portal.coverage {
            for unit in &mut coverage.units {
                hide_reasons(unit);
            }
            hide_points(&mut coverage.units);
        }
    }
    if !hidden.is_empty() || !portal.left_out.is_empty() {
        findings::unname_files(&mut portal, &files);
    }
    let config = &portal.library.config.classification;
    let shown = config.rank(&portal.view.publish_up_to);
    let (seen, unseen): (Vec<LeftOut>, Vec<LeftOut>) =
        std::mem::take(&mut portal.left_out).into_iter().partition(|file| {
            // One whose label is not known is labelled as one that states none.
            config.rank(file.label.as_ref().unwrap_or(&config.default)) <= shown
        });
    portal.findings.retain(|finding| unseen.iter().all(|file| file.path != finding.span.path));
    portal.left_out = seen;
    // What is seen, and has no page all the same.
    let without_page = portal.library.entries.iter().filter(|entry| entry.address.is_none());
    portal.left_out.extend(without_page.map(|entry| LeftOut {
        path: Arc::clone(&entry.document.path),
        label: None,
        why: format!(
            "another document has the address `documents/{}.html`",
            entry.document.page_name()
        ),
    }));
    portal.left_out.sort();
    if portal.view.audience.is_some() {
        // Whom a file that could not be read concerns is not known.
        let mut unread: BTreeSet<Arc<str>> =
            portal.left_out.drain(..).map(|file| file.path).collect();
        for entry in &portal.library.entries {
            unread.remove(&entry.document.path);
        }
        portal.findings.retain(|finding| !unread.contains(&finding.span.path));
    }
    portal
}

/// What the documents that plan and checklists name and nobody sees prove: what is done by them stays done.
fn proofs(portal: &Portal, ids: &[Option<DocumentId>]) -> BTreeMap<String, Proof> {
    let framework = &portal.library.framework;
    let activities = framework.plan.iter().flat_map(ImplementationPlan::activities);
    let statements = framework.checklists.iter().flat_map(|list| &list.statements);
    let named = activities
        .filter_map(|activity| activity.document.as_ref())
        .chain(statements.filter_map(|statement| statement.document.as_ref()));
    let hidden = named.filter_map(|named| {
        let id = portal.library.find(&named.value)?;
        ids[id.index()].is_none().then(|| (named.value.clone(), portal.state(id).proof()))
    });
    hidden.collect()
}

/// True when the view may see a document.
fn may_see(document: &Document, portal: &Portal) -> bool {
    let (view, config) = (&portal.view, &portal.library.config);
    let View { audience, publish_up_to, drafts, .. } = view;
    let matter = &document.front_matter;
    let classification = &config.classification;
    let label =
        matter.classification.as_ref().map_or(&classification.default, |label| &label.value);
    // The label of a document whose front matter cannot be read is not known; a build that is not complete
    // anyway shows it (`--keep-going`), unless it is made for an audience.
    let label_allows = classification.rank(label) <= classification.rank(publish_up_to);
    let audience_allows = match audience {
        None => true,
        Some(_) if document.broken => false,
        Some(group) => {
            // A role is shown what is meant for its groups, too.
            let roles = &portal.library.framework.roles;
            let role = roles.iter().find(|role| role.goes_by(group));
            let concerns = |concerned: &str| {
                is_same_group(concerned, group) || role.is_some_and(|role| role.is_of(concerned))
            };
            matter.audience.is_empty()
                || matter.audience.iter().any(|concerned| concerns(&concerned.value))
        }
    };
    let draft = matches!(document.status(), Some(Status::Draft | Status::InReview));
    label_allows && audience_allows && (*drafts || !draft)
}

/// The data file that a document is made from, too.
fn data(document: &Document) -> Option<&Arc<str>> {
    document.register.as_ref().map(|register| &register.path)
}

/// For each old id the new one, if the document is seen.
fn new_ids(seen: &[bool]) -> Vec<Option<DocumentId>> {
    let mut next = 0;
    seen.iter()
        .map(|seen| {
            seen.then(|| {
                next += 1;
                DocumentId(next - 1)
            })
        })
        .collect()
}

/// What is seen of a library. Addresses and references are given anew, among what is seen: what is hidden takes none,
/// and nothing shows that it would have.
fn library(library: Library, ids: &[Option<DocumentId>], hidden: &BTreeSet<Arc<str>>) -> Library {
    // The logo is everybody's, whoever else leads to it.
    let logo = library.logo_path().filter(|path| library.attachments.contains_key(&**path));
    let logo = logo.map(|path| Target::Attachment(path.into()));
    let Library {
        config,
        content,
        framework,
        entries,
        texts,
        mut pixels,
        files: _,
        by_reference: _,
        attachments: _,
    } = library;
    let new = |id: DocumentId| ids[id.index()];
    let mut entries: Vec<Entry> = (0u32..)
        .map(DocumentId)
        .zip(entries)
        .filter(|(id, _)| new(*id).is_some())
        .map(|(_, entry)| seen_entry(entry, &new, hidden))
        .collect();
    let documents: Vec<Arc<Document>> =
        entries.iter().map(|entry| Arc::clone(&entry.document)).collect();
    for (entry, address) in entries.iter_mut().zip(addresses::of(&documents)) {
        entry.address = address;
    }
    relink(&mut entries, &documents);
    let targets = entries.iter().flat_map(|entry| &entry.targets).chain(&logo);
    let attachments = addresses::attachments(targets, &content);
    pixels.retain(|path, _| attachments.contains_key(path));
    let mut by_reference = BTreeMap::new();
    for (id, document) in (0u32..).map(DocumentId).zip(&documents) {
        if let Some(reference) = document.reference() {
            by_reference.entry(reference.to_owned()).or_insert(id);
        }
    }
    let mut texts = Arc::unwrap_or_clone(texts);
    texts.0.retain(|path, _| !hidden.contains(path));
    Library {
        config,
        content,
        framework,
        entries,
        by_reference,
        files: BTreeSet::new(),
        attachments,
        pixels,
        texts: Arc::new(texts),
    }
}

/// Leads a name that one document alone still goes by to that one, as it would if the others were not there.
fn relink(entries: &mut [Entry], documents: &[Arc<Document>]) {
    let mut led = false;
    for entry in &mut *entries {
        for (link, target) in entry.document.links.iter().zip(&mut entry.targets) {
            if let Target::Dead(Dead::Ambiguous(ids)) = target
                && let [id] = ids[..]
            {
                *target = targets::by_name(&link.target, id, &documents[id.index()]);
                led = true;
            }
        }
    }
    if led {
        let targets = entries.iter().map(|entry| &*entry.targets);
        let linked_from = relations::backlinks(targets);
        for (entry, linked_from) in entries.iter_mut().zip(linked_from) {
            entry.linked_from = linked_from;
        }
    }
}

fn seen_entry(
    entry: Entry,
    new: &dyn Fn(DocumentId) -> Option<DocumentId>,
    hidden: &BTreeSet<Arc<str>>,
) -> Entry {
    let Entry {
        document,
        address,
        governed_by,
        governs,
        related,
        replaced_by,
        replaces,
        targets,
        linked_from,
        next_reviews,
    } = entry;
    let all = |ids: Vec<DocumentId>| ids.into_iter().filter_map(new).collect();
    let target = |target: Target| match target {
        Target::Document(id, section) => {
            new(id).map_or(Target::NotShown, |id| Target::Document(id, section))
        }
        Target::HtmlAnchor(id, anchor) => {
            new(id).map_or(Target::NotShown, |id| Target::HtmlAnchor(id, anchor))
        }
        // The rows of a register that is not seen.
        Target::Attachment(path) if hidden.contains(&path) => Target::NotShown,
        Target::Dead(dead) => seen_dead(dead, new, hidden).map_or(Target::NotShown, Target::Dead),
        other => other,
    };
    Entry {
        document,
        address,
        governed_by: all(governed_by),
        governs: all(governs),
        related: all(related),
        replaced_by: replaced_by.and_then(new),
        replaces: all(replaces),
        targets: targets.into_iter().map(target).collect(),
        linked_from: all(linked_from),
        next_reviews,
    }
}

/// What a dead link may say of the documents it names; `None` when what it was meant for is not seen.
fn seen_dead(
    dead: Dead,
    new: &dyn Fn(DocumentId) -> Option<DocumentId>,
    hidden: &BTreeSet<Arc<str>>,
) -> Option<Dead> {
    match dead {
        Dead::NoAnchor(id, anchor) => Some(Dead::NoAnchor(new(id)?, anchor)),
        Dead::Ambiguous(ids) => {
            let seen: Vec<DocumentId> = ids.into_iter().filter_map(new).collect();
            (!seen.is_empty()).then_some(Dead::Ambiguous(seen))
        }
        Dead::LetterCase { there, .. } if hidden.contains(&*there) => None,
        other => Some(other),
    }
}

/// A claim of a document that is not seen says no more than whether it counts, and each such document once.
fn anonymize(claims: &mut Vec<ClaimState>, ids: &[Option<DocumentId>]) {
    let mut told = BTreeSet::new();
    claims.retain_mut(|claim| {
        let Some(old) = claim.document else { return false };
        claim.document = ids[old.index()];
        if claim.document.is_some() {
            return true;
        }
        (claim.section, claim.row, claim.at) = (None, None, 0);
        claim.not_counting = claim.not_counting.as_ref().map(|_| NotCounting::NotShown);
        told.insert((old, claim.document_type, claim.counts()))
    });
}

/// What a point says of claims elsewhere follows from what is shown of them.
fn hide_points(units: &mut [Unit]) {
    for index in 0..units.len() {
        let mut reasons = std::mem::take(&mut units[index].reasons);
        for reason in &mut reasons {
            if let Reason::PointUnmet(_, pairs, why) = reason {
                *why = super::coverage::why_unmet(units, pairs);
            }
        }
        units[index].reasons = reasons;
    }
}

/// The reasons of a unit follow from what is shown of its claims.
fn hide_reasons(unit: &mut Unit) {
    let claims = &unit.claims;
    let why = |of: &dyn Fn(&ClaimState) -> bool| why(claims.iter().filter(|claim| of(claim)));
    for reason in &mut unit.reasons {
        match reason {
            Reason::TypeNotCounting(wanted, _, told) => {
                *told = why(&|claim| claim.document_type == Some(*wanted));
            }
            Reason::NoneCounts(told) => *told = why(&|_| true),
            Reason::NoRule(told) => {
                *told =
                    why(&|claim| claim.document_type.is_some_and(|found| RULE.contains(&found)));
            }
            _ => {}
        }
    }
}
