//! A repository of many documents whose words are as many and as uneven as those of real ones, for measuring search.
//!
//! The k-th most frequent of its words stands about 1/k as often as the first. The same count gives the same bytes.

use super::dice::Dice;

/// How many words there are beside those that every text is full of.
const VOCABULARY: u64 = 16_000;

const STOPS: [&str; 12] =
    ["the", "of", "and", "to", "is", "in", "for", "by", "it", "that", "with", "on"];

/// A word by its rank: pronounceable, one of its own.
fn word(rank: u64) -> String {
    const FIRST: [&str; 20] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va", "we", "xi", "zo", "qua",
    ];
    const THEN: [&str; 16] = [
        "ner", "lat", "mis", "ton", "rud", "cal", "ven", "pid", "sor", "gum", "dal", "fen", "kit",
        "bor", "tun", "rax",
    ];
    let index = |n: u64, of: usize| usize::try_from(n).unwrap_or(0) % of;
    let mut word = String::new();
    word.push_str(FIRST[index(rank, FIRST.len())]);
    word.push_str(THEN[index(rank / 20, THEN.len())]);
    let rest = rank / 320;
    if rest > 0 {
        word.push_str(THEN[index(rest, THEN.len())]);
    }
    if rest / 16 > 0 {
        word.push_str(FIRST[index(rest / 16, FIRST.len())]);
    }
    word
}

/// A word, the frequent ones frequently.
pub(crate) fn drawn(dice: &mut Dice) -> String {
    if dice.below(5) < 2 {
        return STOPS[dice.below(STOPS.len())].to_owned();
    }
    rare(dice)
}

/// One that says something.
pub(crate) fn rare(dice: &mut Dice) -> String {
    // The logarithm of the rank is even, which makes the frequency of a rank one over it.
    let steps = u32::try_from(dice.below(1_000_000)).unwrap_or(0);
    let exponent = f64::from(steps) / 1e6;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small"
    )]
    let rank = (VOCABULARY as f64).powf(exponent) as u64;
    word(rank)
}

fn sentence(dice: &mut Dice, words: usize) -> String {
    let mut text: Vec<String> = (0..words).map(|_| drawn(dice)).collect();
    if let Some(first) = text.first_mut() {
        first[..1].make_ascii_uppercase();
    }
    format!("{}.", text.join(" "))
}

/// `count` documents of about 7 KB, and what they stand on: paths below the root, and texts.
pub(crate) fn repository(count: usize) -> Vec<(String, String)> {
    let mut dice = Dice(7_000);
    let roles = "- { id: owner, title: Owner of Everything }\n".to_owned();
    let mut files = vec![("content/roles.yaml".to_owned(), roles)];
    for index in 0..count {
        let title = format!("{} {} {} {index}", rare(&mut dice), rare(&mut dice), rare(&mut dice));
        let mut text = format!(
            "---\ntitle: {title}\nreference: SMS-POL-8.5.1.1-{}\ntype: policy\nowner: owner\nversion: \"1.0\"\nstatus: draft\nclause: 8.5.1.1\n---\n\n",
            index + 2
        );
        for part in 0..7 {
            if part > 0 {
                text.push_str(&format!("## {} {}\n\n", rare(&mut dice), rare(&mut dice)));
            }
            for _ in 0..3 {
                for _ in 0..4 {
                    text.push_str(&sentence(&mut dice, 12));
                    text.push(' ');
                }
                text.push_str("\n\n");
            }
        }
        files.push((format!("content/area-{:03}/document-{index:05}.md", index % 200), text));
    }
    files
}
