//! Pages in their order: by tier, then what is in force, then by score, then by portal order.
//!
//! Word by word, each section gets what the word counts in it, and each page what it counts where it stands best. A
//! page has all words when one of its sections has them; what stands elsewhere on it adds to its score, for people name
//! a document by words from all over it.

use std::cmp::Reverse;

use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, Score};

use super::layout::{Facts, Layout};
use super::plan::{Node, Plan, distance};
use super::query::{Key, Query, Word};
use super::record::Record;
use super::words::Words;
use super::{Asked, Hit, SECTIONS, Status};

/// Why something was found, the best reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// By its reference or number, or one that it claims, or by the beginning of it.
    Exact,
    /// All words stand together in its title, in a heading of it or in a keyword.
    Phrase,
    /// All words stand in one section of it.
    All,
    /// The same, the last one as the beginning of a longer one.
    Prefix,
    /// The same, some as words of like spelling.
    Fuzzy,
    /// Some of the words stand in it.
    Any,
}

impl Tier {
    /// The name in JSON and words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Phrase => "phrase",
            Self::All => "all",
            Self::Prefix => "prefix",
            Self::Fuzzy => "fuzzy",
            Self::Any => "any",
        }
    }
}

/// With fewer pages than this, misspellings are looked for as well.
const LITTLE: usize = 3;

/// What is no document counts this much of one: people look for the rule first, then for what explains it.
const BESIDE: Score = 0.3;

/// The pages that are shown, each with its sections.
pub(super) struct Found {
    pub(super) sections: Vec<Section>,
    pub(super) more: bool,
}

/// A section that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    pub(super) address: DocAddress,
    tier: Tier,
    steps: u64,
    facts: Facts,
}

/// The pages that answer `asked`, best first, each with its best sections.
pub(super) fn pages(
    plan: &Plan,
    layout: &Layout,
    words: &mut Words,
    asked: &Asked,
) -> tantivy::Result<Found> {
    let query = plan.query;
    let mut sheet = Sheet::new(plan, layout, asked)?;
    if query.only_filters() && query.code.is_none() {
        sheet.count(&plan.first(), Mark::Reached(Tier::All))?;
        return Ok(sheet.best());
    }
    if let Some(code) = &query.code {
        sheet.count(&plan.code(code), Mark::Reached(Tier::Exact))?;
        // Whoever typed a number that is known wants that and nothing like it.
        if sheet.found(Tier::Exact) > 0 && code.contains(|c: char| c.is_ascii_digit()) {
            return Ok(sheet.best());
        }
    }
    plan.note(&query.words);
    if let Some(phrase) = plan.phrase(&query.words) {
        sheet.count(&phrase, Mark::Reached(Tier::Phrase))?;
    }
    for words in &query.phrases {
        sheet.count(&plan.quoted(words), Mark::Quoted)?;
    }
    for (place, word) in query.words.iter().enumerate() {
        sheet.count(&plan.whole(word), Mark::Word(place))?;
    }
    let all = query.words.len();
    sheet.complete(Tier::All, all);
    // What fits less well is looked for only while there is room for it.
    let room = |sheet: &Sheet| sheet.found(Tier::Fuzzy) <= asked.limit;
    let last = query.words.iter().enumerate().next_back().filter(|_| query.open);
    if let Some((last, word)) = last.filter(|_| room(&sheet)) {
        sheet.count(&plan.begun(word)?, Mark::Word(last))?;
        sheet.complete(Tier::Prefix, all);
    }
    let misspelt = || query.words.iter().enumerate().filter(|(_, word)| distance(word) > 0);
    if misspelt().next().is_some() && sheet.found(Tier::Prefix) < LITTLE.min(asked.limit) {
        // What was probably meant counts as if it had been typed, what is like it as much as a beginning.
        let mut meant = query.words.clone();
        let mut changed = Vec::new();
        for (place, word) in misspelt() {
            if let Some(text) = plan.meant(word)? {
                let stem = words.stem(&text).to_owned();
                meant[place] = Word { text, stem, place: word.place };
                changed.push(place);
            }
        }
        if !changed.is_empty() {
            plan.note(&meant);
        }
        for place in &changed {
            sheet.count(&plan.whole(&meant[*place]), Mark::Word(*place))?;
        }
        if let Some(phrase) = plan.phrase(&meant).filter(|_| !changed.is_empty()) {
            sheet.count(&phrase, Mark::Reached(Tier::Fuzzy))?;
        }
        for (place, word) in misspelt() {
            sheet.count(&plan.misspelt(word)?, Mark::Word(place))?;
        }
        sheet.complete(Tier::Fuzzy, all);
    }
    if all > 1 && room(&sheet) {
        sheet.complete(Tier::Any, 1);
    }
    Ok(sheet.best())
}

/// What it means that something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The page is of that tier at once.
    Reached(Tier),
    /// The word of that place stands there, in one of its forms. It counts in the first form that is found.
    Word(usize),
    /// Something in quotes, without which nothing is shown.
    Quoted,
}

/// All that is known of sections and pages while a query is answered.
struct Sheet<'a> {
    plan: &'a Plan<'a>,
    layout: &'a Layout,
    asked: &'a Asked<'a>,
    /// By segment and document.
    sections: Vec<Vec<OfSection>>,
    /// As the layout lists them.
    pages: Vec<OfPage>,
    /// How many quotes were counted.
    quotes: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct OfSection {
    score: Score,
    /// Which words stand in it, a bit each.
    words: u32,
    found: bool,
    refused: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct OfPage {
    /// What each word counts where it stands best, together.
    score: Score,
    words: u32,
    quotes: u32,
    tier: Option<Tier>,
    /// What reaching its tier counts.
    bonus: Score,
    refused: bool,
}

impl<'a> Sheet<'a> {
    fn new(plan: &'a Plan<'a>, layout: &'a Layout, asked: &'a Asked<'a>) -> tantivy::Result<Self> {
        let segments = layout.segments.iter();
        let sections = segments.map(|pages| vec![OfSection::default(); pages.len()]).collect();
        let chosen = Chosen::of(plan.query);
        let pages = layout.pages.iter().map(|page| OfPage {
            refused: page.gone || !chosen.takes(&page.facts, asked),
            ..OfPage::default()
        });
        let pages = pages.collect();
        let mut sheet = Self { plan, layout, asked, sections, pages, quotes: 0 };
        for node in plan.refused() {
            let weight = node.weight(EnableScoring::disabled_from_searcher(plan.searcher))?;
            let segments = plan.searcher.segment_readers().iter().zip(&mut sheet.sections);
            for (reader, sections) in segments {
                weight.for_each_no_score(reader, &mut |documents| {
                    for document in documents {
                        sections[*document as usize].refused = true;
                    }
                })?;
            }
        }
        Ok(sheet)
    }

    /// Counts what `node` finds.
    fn count(&mut self, node: &Node, mark: Mark) -> tantivy::Result<()> {
        let searcher = self.plan.searcher;
        let weight = node.weight(EnableScoring::enabled_from_searcher(searcher))?;
        let bit = if let Mark::Word(place) = mark { 1u32 << place.min(31) } else { 0 };
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let alive = reader.alive_bitset();
            let (page_of, sections) = (&self.layout.segments[segment], &mut self.sections[segment]);
            let pages = &mut self.pages;
            // The documents of a page stand together: its best one is known when another page begins.
            let mut best = (u32::MAX, 0.0);
            weight.for_each(reader, &mut |document, score| {
                let section = &mut sections[document as usize];
                let page = page_of[document as usize];
                let new = section.words & bit == 0 || bit == 0;
                let alive = alive.is_none_or(|alive| alive.is_alive(document));
                if section.refused || !new || !alive || pages[page as usize].refused {
                    return;
                }
                section.score += score;
                section.words |= bit;
                section.found = true;
                if best.0 != page {
                    turn(pages, best, mark, bit);
                    best = (page, 0.0);
                }
                best.1 = score.max(best.1);
            })?;
            turn(pages, best, mark, bit);
        }
        self.quotes += u32::from(mark == Mark::Quoted);
        Ok(())
    }

    /// Gives pages the tier of which a section has that many of the words, and that have all that stands in quotes.
    fn complete(&mut self, tier: Tier, words: usize) {
        for (page, place) in self.pages.iter_mut().zip(&self.layout.pages) {
            let has = |found: u32| found.count_ones() as usize >= words;
            let found = page.words > 0 || page.quotes > 0;
            if page.tier.is_some() || !found || !has(page.words) || page.quotes != self.quotes {
                continue;
            }
            let mut sections = self.sections[place.segment][place.documents()].iter();
            if sections.any(|section| has(section.words)) {
                page.tier = Some(tier);
            }
        }
    }

    /// How many pages are of that tier or a better one.
    fn found(&self, tier: Tier) -> usize {
        self.pages.iter().filter(|page| page.tier.is_some_and(|of| of <= tier)).count()
    }

    /// The pages that are wanted, best first.
    fn best(&self) -> Found {
        let mut ranked: Vec<(Rank, usize)> = Vec::new();
        // Where no document is in force yet, drafts stand behind nothing: not behind terms and clauses.
        let in_force = |facts: &Facts| facts.in_force(self.asked);
        let mut documents =
            self.layout.pages.iter().filter(|page| !page.gone && page.facts.status.is_some());
        let begun = documents.any(|page| in_force(&page.facts));
        for (number, (page, place)) in self.pages.iter().zip(&self.layout.pages).enumerate() {
            let Some(tier) = page.tier.filter(|_| page.quotes == self.quotes) else { continue };
            let sections = &self.sections[place.segment][place.documents()];
            let section = sections.iter().map(|section| section.score).fold(0.0, Score::max);
            let mut score = page.score + section + page.bonus;
            if place.facts.status.is_none() && tier != Tier::Exact {
                score *= BESIDE;
            }
            let behind = begun && !in_force(&place.facts);
            ranked.push(((tier, behind, Reverse(score_to_steps(score)), place.order), number));
        }
        let limit = self.asked.limit;
        let more = ranked.len() > limit;
        if more {
            ranked.select_nth_unstable(limit);
            ranked.truncate(limit);
        }
        ranked.sort_unstable();
        let sections = ranked.into_iter().flat_map(|(rank, number)| self.sections_of(rank, number));
        Found { sections: sections.collect(), more }
    }

    /// The best sections of a page, best first.
    fn sections_of(&self, (tier, _, steps, _): Rank, number: usize) -> Vec<Section> {
        let place = &self.layout.pages[number];
        let sections = &self.sections[place.segment];
        let found = (place.first..place.end).filter(|document| sections[*document as usize].found);
        let mut found: Vec<DocId> = found.collect();
        found.sort_by_key(|document| Reverse(score_to_steps(sections[*document as usize].score)));
        found.truncate(SECTIONS);
        let segment = u32::try_from(place.segment).unwrap_or(u32::MAX);
        found
            .into_iter()
            .map(|document| Section {
                address: DocAddress::new(segment, document),
                tier,
                steps: steps.0,
                facts: place.facts,
            })
            .collect()
    }
}

/// What pages are ordered by: the tier, what is in force first, the higher score in steps of 1/1024, portal order.
type Rank = (Tier, bool, Reverse<u64>, u64);

/// Counts the best section of a page, which is known now.
fn turn(pages: &mut [OfPage], (page, score): (u32, Score), mark: Mark, bit: u32) {
    let Some(page) = pages.get_mut(page as usize) else { return };
    match mark {
        Mark::Reached(tier) => {
            // A page stays in the better tier that it has reached.
            page.tier = Some(page.tier.map_or(tier, |of| of.min(tier)));
            page.bonus = page.bonus.max(score);
        }
        Mark::Word(_) => {
            if page.words & bit == 0 {
                page.score += score;
                page.words |= bit;
            }
        }
        Mark::Quoted => {
            page.quotes += 1;
            page.score += score;
        }
    }
}

impl Section {
    pub(super) fn hit(&self, record: &Record, asked: &Asked, snippet: String) -> Hit {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let url = match record.anchor {
            "" => record.url.to_owned(),
            anchor => format!("{}#{anchor}", record.url),
        };
        let title = if record.heading.is_empty() { record.page_title } else { record.heading };
        let document = self.facts.status.is_some();
        Hit {
            title: title.to_owned(),
            page_title: record.page_title.to_owned(),
            section: some(record.heading),
            kind: record.kind.to_owned(),
            reference: some(record.reference),
            version: some(record.version),
            owner: some(record.owner),
            status: self.facts.status,
            in_force: self.facts.in_force(asked),
            review: document.then(|| self.facts.review_state(asked)),
            review_day: Some(self.facts.review).filter(|day| document && *day > 0),
            crumbs: record.crumbs.to_owned(),
            url,
            path: record.path.to_owned(),
            line: record.line.parse().ok(),
            tier: self.tier,
            score: steps_to_score(self.steps),
            snippet,
        }
    }
}

/// Steps of 1/1024: what is closer than this is the same, on any machine.
fn score_to_steps(score: Score) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let steps = (score.clamp(0.0, 1e6) * 1024.0).round() as u64;
    steps
}

fn steps_to_score(steps: u64) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "scores have few digits")]
    let score = steps as f32 / 1024.0;
    score
}

/// What is chosen by status and state.
struct Chosen<'a> {
    /// Any of these, or none of them.
    any_of: Vec<(&'a [String], bool)>,
    retired: bool,
}

impl<'a> Chosen<'a> {
    fn of(query: &'a Query) -> Self {
        let filters = query.filters.iter().filter(|filter| filter.key == Key::Status);
        Self {
            any_of: filters.map(|filter| (&filter.values[..], filter.not)).collect(),
            retired: query.asks_for("retired"),
        }
    }

    fn takes(&self, facts: &Facts, asked: &Asked) -> bool {
        // What is retired is shown to those who ask for it (R47).
        if facts.status == Some(Status::Retired) && !self.retired {
            return false;
        }
        let called = |values: &[String]| values.iter().any(|value| facts.is_called(value, asked));
        self.any_of.iter().all(|(values, not)| called(values) != *not)
    }
}
