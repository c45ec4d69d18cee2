//! The group that a portal is made for, among those that documents and roles name.

use std::collections::BTreeMap;

use crate::diagnostic::{nearest, or_list};
use crate::failure::{Failure, Result};
use crate::naming;

use super::Library;

/// So many groups are listed at the most.
const LISTED: usize = 10;

impl Library {
    /// The group that was typed, as it is first spelt: letter case does not tell two apart.
    ///
    /// # Errors
    /// When no document and no role names it: everything that is meant for somebody would be left out.
    pub fn group(&self, typed: &str) -> Result<String> {
        let groups = groups(self);
        if let Some(group) = groups.get(&naming::folded(typed)) {
            return Ok((*group).to_owned());
        }
        // A role is a group of its own.
        if self.framework.roles.iter().any(|role| role.goes_by(typed)) {
            return Ok(typed.trim().to_owned());
        }
        let groups: Vec<&str> = groups.into_values().collect();
        let mut remedies = Vec::new();
        let near = nearest(typed, groups.iter().copied());
        if !near.is_empty() {
            remedies.push(format!("did you mean {}?", or_list(&near)));
        }
        remedies.push(if groups.is_empty() || groups.len() > LISTED {
            "name a group of the `audience` of a document, or of the `groups` of a role".to_owned()
        } else {
            format!("name one of {}", groups.join(", "))
        });
        Err(Failure::new(format!("no document and no role names the group `{typed}`"))
            .remedy(remedies.join(" ")))
    }
}

/// The groups that documents and roles name, by what they are compared by.
fn groups(library: &Library) -> BTreeMap<String, &str> {
    let matters = library.entries.iter().map(|entry| &entry.document.front_matter);
    let concerned = matters.flat_map(|matter| &matter.audience).map(|group| &group.value);
    let roles = library.framework.roles.iter().flat_map(|role| &role.groups);
    let mut groups = BTreeMap::new();
    // What could not be read is no group, and shown to none.
    for group in concerned.chain(roles).filter(|group| naming::is_filled(group)) {
        groups.entry(naming::folded(group)).or_insert(group.trim());
    }
    groups
}
