//! What the scripts of the portal take from it: words and signs, the meaning of terms, what concerns a role. Each is a script that
//! sets one global, since from disk nothing else can be loaded.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Make;
use super::icons::Icons;
use super::view::RoleLine;
use crate::places;
use crate::site::Script;

/// How many documents of one kind are told of a role: the rest stands on its page.
const TOLD: usize = 2;

/// What concerns a role, in short; addresses are relative to the root of the site.
#[derive(Serialize)]
struct Role<'a> {
    id: &'a str,
    title: &'a str,
    href: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    href: String,
    /// How many there are in all.
    count: usize,
    lines: Vec<RoleLine>,
}

impl Make<'_> {
    pub(super) fn script(&self, script: Script, icons: &Icons) -> String {
        let framework = &self.portal.library.framework;
        match script {
            Script::Words => {
                let mut words: serde_json::Map<String, serde_json::Value> =
                    self.words.below("script").map(|(key, text)| (key, text.into())).collect();
                let roles: BTreeMap<&str, &str> =
                    framework.roles.iter().map(|role| (&*role.id, &*role.title)).collect();
                words.insert("roles".to_owned(), serde_json::json!(roles));
                words.insert("icons".to_owned(), serde_json::json!(icons.of_states()));
                sets("clausebookWords", &words)
            }
            Script::Terms => {
                let terms: BTreeMap<&str, [&str; 2]> = framework
                    .terms
                    .iter()
                    .map(|term| (&*term.anchor, [&*term.term, &*term.definition]))
                    .collect();
                sets("clausebookTerms", &terms)
            }
            Script::Role(index) => {
                let role = &framework.roles[index];
                // As from the page of home, whose links are relative to the root.
                let home = places::at("index.html");
                let make = Make { address: &home, ..*self };
                let page = home.link_to(&places::role(&role.id));
                let groups = make.role_groups(index).into_iter().filter(|of| !of.lines.is_empty());
                let groups = groups.map(|group| Group {
                    title: group.title,
                    href: format!("{page}#{}", group.anchor),
                    count: group.lines.len(),
                    lines: group.lines.into_iter().take(TOLD).collect(),
                });
                let groups = groups.collect();
                let (id, title) = (&*role.id, &*role.title);
                sets("clausebookRole", &Role { id, title, href: page.clone(), groups })
            }
        }
    }
}

/// A script that sets a global to a value.
fn sets<T: Serialize>(name: &str, value: &T) -> String {
    // Texts, numbers and lists: nothing that JSON cannot hold.
    format!("window.{name} = {};\n", serde_json::to_string(value).unwrap_or_default())
}
