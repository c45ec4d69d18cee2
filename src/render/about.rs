//! The pages on the portal itself: this build, an address that has no page, one that leads on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Make;
use super::view::{About, Fact, FindingLine, LeftOutLine, Link, NotFound, Redirect};
use crate::address::SitePath;
use crate::diagnostic::Severity;
use crate::portal::Commit;

impl<'a> Make<'a> {
    pub(super) fn about(&self, commit: Option<&Commit>) -> About<'a> {
        let (portal, view) = (self.portal, &self.portal.view);
        let fact = |key: &str, text: String| Fact {
            name: self.words.get(&format!("about.{key}")),
            text: Some(text),
            date: None,
            links: Vec::new(),
            badge: None,
        };
        let day = |key: &str, date| Fact {
            text: None,
            date: Some(self.day(date)),
            ..fact(key, String::new())
        };
        let commit = match commit {
            None => self.words.get("about.no-commit"),
            Some(commit) if commit.changed => {
                self.words.say("about.commit-changed", &[("commit", &commit.id)])
            }
            Some(commit) => commit.id.clone(),
        };
        let library = &portal.library;
        let mut facts = vec![
            day("today", view.today),
            fact("commit", commit),
            fact("program", concat!("Clausebook ", env!("CARGO_PKG_VERSION")).to_owned()),
            fact("documents", library.entries.len().to_string()),
            fact("standards", library.framework.standards.len().to_string()),
            fact("classification", self.wording.classification(&view.publish_up_to)),
            fact(
                "drafts",
                self.words.get(if view.drafts {
                    "about.drafts-shown"
                } else {
                    "about.drafts-left-out"
                }),
            ),
        ];
        facts.extend(view.audience.as_ref().map(|audience| fact("audience", audience.clone())));
        facts.push(portal.until().map_or_else(
            || fact("until", self.words.get("about.never")),
            |until| day("until", until),
        ));
        let mut findings: BTreeMap<(Reverse<Severity>, &'static str), usize> = BTreeMap::new();
        for finding in &portal.findings {
            *findings.entry((Reverse(finding.severity), finding.rule)).or_default() += 1;
        }
        About {
            page: self.shell("about", self.words.get("about.title"), Vec::new()),
            facts,
            left_out: portal
                .left_out
                .iter()
                .map(|left| LeftOutLine { path: left.path.to_string(), why: left.why.clone() })
                .collect(),
            findings: findings
                .into_iter()
                .map(|((severity, rule), count)| FindingLine {
                    rule,
                    severity: self.wording.severity(severity.0),
                    count,
                })
                .collect(),
        }
    }

    pub(super) fn not_found(&self) -> NotFound<'a> {
        let base = &self.portal.library.config.base_url;
        let links = [
            ("documents/index.html", "menu.documents"),
            ("clauses/index.html", "menu.clauses"),
            ("glossary.html", "menu.glossary"),
        ];
        let mut page = self.shell("not-found", self.words.get("not-found.title"), Vec::new());
        page.crumbs = vec![Link::new(format!("{base}index.html"), self.words.get("menu.home"))];
        let links =
            links.iter().map(|(path, key)| Link::new(format!("{base}{path}"), self.words.get(key)));
        NotFound { links: links.collect(), page }
    }

    pub(super) fn redirect(&self, to: &SitePath) -> Redirect<'a> {
        let config = &self.portal.library.config;
        Redirect {
            title: self.words.get("redirect.title"),
            site: config.name(),
            lang: &config.language,
            link: self.link(to, self.words.get("redirect.link")),
        }
    }
}
