//! The anchors of headings: stated or made, each once; and the labels of footnotes, each once too.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{CowStr, Event, Tag};

use super::{Alert, Body, Fault, FaultKind, Node, heading};
use crate::address;

/// How the anchors of the portal's own parts begin.
pub const OURS: &str = "cb-";

/// Gives every heading its anchor: the one it states, else one made from its words; each once.
pub(super) fn give(body: &mut Body) {
    let mut taken: HashSet<String> = HashSet::new();
    let mut made: Vec<(usize, String)> = Vec::new();
    let mut guidance = 0usize;
    for i in 0..body.nodes.len() {
        match &body.nodes[i].0 {
            Node::AlertStart(Alert::Guidance) => guidance += 1,
            Node::AlertEnd if guidance > 0 => guidance -= 1,
            Node::AlertStart(_) if guidance > 0 => guidance += 1,
            Node::Event(Event::Start(Tag::Heading { id, .. })) if guidance == 0 => match id {
                Some(id) => {
                    if let Some(own) = id.strip_prefix(OURS) {
                        body.faults.push(Fault {
                            kind: FaultKind::AnchorOfPortal(id.to_string()),
                            range: body.nodes[i].1.clone(),
                        });
                        made.push((i, own.to_owned()));
                    } else if !taken.insert(id.to_string()) {
                        let fault = Fault {
                            kind: FaultKind::AnchorTwice(id.to_string()),
                            range: body.nodes[i].1.clone(),
                        };
                        body.faults.push(fault);
                        made.push((i, id.to_string()));
                    }
                }
                None => {
                    let words = heading(&body.nodes[i + 1..], &mut 0).own_words();
                    let anchor = address::anchor(&words);
                    made.push((i, anchor.strip_prefix(OURS).unwrap_or(&anchor).to_owned()));
                }
            },
            _ => {}
        }
    }
    let mut next: HashMap<String, usize> = HashMap::new();
    for (i, wanted) in made {
        let mut anchor = wanted.clone();
        let n = next.entry(wanted.clone()).or_insert(2);
        while !taken.insert(anchor.clone()) {
            anchor = format!("{wanted}-{n}");
            *n += 1;
        }
        if let Node::Event(Event::Start(Tag::Heading { id, .. })) = &mut body.nodes[i].0 {
            *id = Some(CowStr::from(anchor));
        }
    }
}

/// Tells the footnotes that are defined by a label which defines one already.
pub(super) fn notes(body: &mut Body) {
    let mut known: HashSet<&str> = HashSet::new();
    let mut twice = Vec::new();
    for (node, range) in &body.nodes {
        if let Node::Event(Event::Start(Tag::FootnoteDefinition(label))) = node
            && !known.insert(label)
        {
            let mark = format!("[^{label}]");
            let range = range.start..range.start + mark.len();
            twice.push(Fault { kind: FaultKind::FootnoteTwice(mark), range });
        }
    }
    body.faults.append(&mut twice);
}
