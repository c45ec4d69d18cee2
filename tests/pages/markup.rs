//! Reads the HTML of our pages as strictly as we write it.

/// Names and values as they stand in a tag.
pub(crate) type Attributes<'a> = Vec<(&'a str, &'a str)>;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A tag that opens, with its attributes as they stand.
    Open(&'a str, Attributes<'a>),
    /// A tag that closes, or the end of one that holds nothing.
    Close(&'a str),
    /// What stands between tags.
    Text(&'a str),
}

/// The elements that have no end.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements that hold words only.
const WORDS: [&str; 10] = ["p", "span", "h1", "h2", "h3", "h4", "h5", "h6", "sup", "code"];

/// Elements that stand between paragraphs.
const BLOCKS: [&str; 23] = [
    "article",
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Where an element may stand only.
const PARENTS: [(&str, &[&str]); 8] = [
    ("li", &["ul", "ol"]),
    ("dt", &["dl", "div"]),
    ("dd", &["dl", "div"]),
    ("tr", &["thead", "tbody"]),
    ("th", &["tr"]),
    ("td", &["tr"]),
    ("thead", &["table"]),
    ("tbody", &["table"]),
];

/// What is wrong with a page: tags that do not close in order, parts that stand where they cannot, ids that stand
/// twice.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let pieces = match pieces(html) {
        Ok(pieces) => pieces,
        Err(fault) => return vec![fault],
    };
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    for piece in &pieces {
        match piece {
            Piece::Open(name, attributes) => {
                faults.extend(misplaced(name, &open).map(|fault| fault.to_owned() + name));
                for (_, id) in attributes.iter().filter(|(name, _)| *name == "id") {
                    if id.is_empty() || id.contains(char::is_whitespace) || ids.contains(id) {
                        faults.push(format!("the id `{id}` is empty, has a space or stands twice"));
                    }
                    ids.push(id);
                }
                open.push(name);
            }
            Piece::Close(_) => {
                open.pop();
            }
            Piece::Text(_) => {}
        }
    }
    faults
}

/// What is wrong with the place of an element, given those that are open around it.
fn misplaced(name: &str, open: &[&str]) -> Option<&'static str> {
    let parent = open.last().copied().unwrap_or_default();
    let wanted = PARENTS.iter().find(|(child, _)| *child == name);
    if wanted.is_some_and(|(_, parents)| !parents.contains(&parent)) {
        Some("outside of its list or table: ")
    } else if BLOCKS.contains(&name) && WORDS.contains(&parent) {
        Some("a block among words: ")
    } else if name == "a" && open.contains(&"a") {
        Some("a link within a link: ")
    } else {
        None
    }
}

/// Cuts a page into its parts; an error when a tag is not closed in order, or a sign is not escaped.
pub(crate) fn pieces(html: &str) -> Result<Vec<Piece<'_>>, String> {
    let mut pieces = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html.strip_prefix("<!doctype html>").unwrap_or(html);
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        push_text(text, &mut pieces)?;
        let (inside, after) = inside(tag)?;
        rest = after;
        match inside.strip_prefix('/') {
            Some(name) if open.pop() == Some(name) => pieces.push(Piece::Close(name)),
            Some(name) => return Err(format!("`</{name}>` closes nothing, {}", excerpt(tag))),
            None => {
                let (name, attributes) = attributes(inside.trim_end_matches('/'))?;
                pieces.push(Piece::Open(name, attributes));
                if VOID.contains(&name) || inside.ends_with('/') {
                    pieces.push(Piece::Close(name));
                } else {
                    open.push(name);
                }
            }
        }
    }
    push_text(rest, &mut pieces)?;
    match open.last() {
        Some(name) => Err(format!("`<{name}>` is not closed")),
        None => Ok(pieces),
    }
}

fn push_text<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) -> Result<(), String> {
    if text.contains('>') || !is_escaped(text) {
        return Err(format!("a sign is not escaped, {}", excerpt(text)));
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    Ok(())
}

/// What stands between `<` and the `>` that ends the tag, and what follows.
fn inside(tag: &str) -> Result<(&str, &str), String> {
    let mut quoted = false;
    for (at, c) in tag.char_indices().skip(1) {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return Ok((&tag[1..at], &tag[at + 1..])),
            '<' => break,
            _ => {}
        }
    }
    Err(format!("a tag has no end, {}", excerpt(tag)))
}

/// The name of an opening tag and its attributes, each `name="value"` or a name alone.
fn attributes(tag: &str) -> Result<(&str, Attributes<'_>), String> {
    let end = tag.find(' ').unwrap_or(tag.len());
    let (name, mut rest) = (&tag[..end], tag[end..].trim_start());
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        return Err(format!("no tag: {}", excerpt(tag)));
    }
    let mut attributes = Attributes::new();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(after) => after.split_once('"').ok_or("a quote has no end")?,
            None => ("", after),
        };
        let known = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | ':');
        if !key.chars().all(known) || after.starts_with('=') || !is_escaped(value) {
            return Err(format!("an attribute is wrong: {}", excerpt(rest)));
        }
        if attributes.iter().any(|(other, _)| *other == key) {
            return Err(format!("`{key}` stands twice: {}", excerpt(tag)));
        }
        attributes.push((key, value));
        rest = after.trim_start();
    }
    Ok((name, attributes))
}

/// True when every `&` begins a character reference.
fn is_escaped(text: &str) -> bool {
    text.split('&').skip(1).all(|after| {
        let name = after.split(';').next().unwrap_or_default();
        name.len() < after.len()
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    })
}

fn excerpt(text: &str) -> String {
    format!("at `{}`", text.chars().take(60).collect::<String>().escape_debug())
}
