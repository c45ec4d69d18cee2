//! A file of HTML or SVG as a browser finds it, and what is wrong with it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{POLICY, theme};

/// A file of HTML or SVG, as the tags and texts that a browser finds in it.
pub(crate) struct Page {
    pub(crate) html: String,
    pub(crate) tokens: Vec<Token>,
}

pub(crate) enum Token {
    Open(Tag),
    Close(String),
    Text(String),
}

/// A tag that opens, with its attributes as they are understood.
pub(crate) struct Tag {
    /// In lower case.
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    /// True when nothing is to close it.
    pub(crate) alone: bool,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Page {
    /// Takes the text apart as browsers do for HTML that is well made; what is not, [`Page::unbalanced`] tells.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let html = String::from_utf8(bytes.to_vec()).expect("a page is UTF-8");
        let mut tokens = Vec::new();
        let mut rest = html.as_str();
        while let Some(at) = rest.find('<') {
            push_text(&rest[..at], &mut tokens);
            rest = &rest[at..];
            let after = rest[1..].chars().next().unwrap_or(' ');
            rest = if let Some(comment) = rest.strip_prefix("<!--") {
                comment.split_once("-->").map_or("", |(_, rest)| rest)
            } else if after == '!' || after == '?' {
                rest.split_once('>').map_or("", |(_, rest)| rest)
            } else if let Some(name) = rest.strip_prefix("</") {
                let (name, rest) = name.split_once('>').unwrap_or((name, ""));
                tokens.push(Token::Close(name.trim().to_lowercase()));
                rest
            } else if after.is_ascii_alphabetic() {
                let (tag, rest) = tag(&rest[1..]);
                let raw =
                    matches!(&*tag.name, "script" | "style").then(|| format!("</{}", tag.name));
                tokens.push(Token::Open(tag));
                // What stands in these two is no HTML.
                let end = raw.and_then(|close| rest.to_lowercase().find(&close)).unwrap_or(0);
                push_text(&rest[..end], &mut tokens);
                &rest[end..]
            } else {
                push_text("<", &mut tokens);
                &rest[1..]
            };
        }
        push_text(rest, &mut tokens);
        Self { html, tokens }
    }

    pub(crate) fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Open(tag) => Some(tag),
            Token::Close(_) | Token::Text(_) => None,
        })
    }

    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Tag> {
        self.tags().filter(move |tag| tag.name == name)
    }

    /// Every address that a tag names, with the name of the tag.
    pub(crate) fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.tags().flat_map(|tag| {
            let addresses =
                tag.attributes.iter().filter(|(name, _)| name == "href" || name == "src");
            addresses.map(|(_, address)| (tag.name.as_str(), address.as_str()))
        })
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.tags().filter_map(|tag| tag.get("id"))
    }

    /// What people read, white space made one space.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for token in &self.tokens {
            if let Token::Text(piece) = token {
                text.push_str(piece);
            }
            text.push(' ');
        }
        text.split_whitespace().flat_map(|word| [word, " "]).collect()
    }

    /// What people read, without these days and without how far away others are.
    pub(crate) fn states(&self, days: [Date; 2]) -> String {
        let words = theme().words;
        let days = days.map(|day| format!("{}|{day}", regex::escape(&words.date(day)))).join("|");
        let pattern = format!(r"\b(?:{days}|in \d+ days?|\d+ days? ago|today)\b");
        Regex::new(&pattern).expect("it is right").replace_all(&self.text(), "").into_owned()
    }

    /// The rows of its tables, heads left out.
    pub(crate) fn rows(&self) -> usize {
        let mut head = false;
        let mut rows = 0;
        for token in &self.tokens {
            match token {
                Token::Open(tag) if tag.name == "thead" => head = true,
                Token::Close(name) if name == "thead" => head = false,
                Token::Open(tag) if tag.name == "tr" && !head => rows += 1,
                _ => {}
            }
        }
        rows
    }

    /// The number that is said in the first list item of that class.
    pub(crate) fn count(&self, class: &str) -> Option<usize> {
        let is_item = |token: &Token| matches!(token, Token::Open(tag) if tag.name == "li" && tag.get("class") == Some(class));
        let from = self.tokens.iter().skip_while(|token| !is_item(token));
        let within = from.take_while(|token| !matches!(token, Token::Close(name) if name == "li"));
        let texts = within.filter_map(|token| match token {
            Token::Text(text) => Some(text.as_str()),
            Token::Open(_) | Token::Close(_) => None,
        });
        let digits: String =
            texts.collect::<String>().chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    }

    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.tags().any(|tag| tag.get("class") == Some(class))
    }

    /// Where the page leads by itself.
    pub(crate) fn refresh(&self) -> Option<String> {
        let meta = self.named("meta").find(|tag| tag.get("http-equiv") == Some("refresh"))?;
        Some(meta.get("content")?.strip_prefix("0; url=")?.to_owned())
    }

    /// The first tag that is not closed where it is to be, or stands where a browser would not leave it.
    pub(crate) fn unbalanced(&self) -> Option<String> {
        const BLOCKS: &str =
            "p div ul ol li dl table section aside article nav blockquote pre h1 h2 h3 h4 h5";
        let mut open: Vec<&str> = Vec::new();
        for token in &self.tokens {
            match token {
                Token::Open(tag) => {
                    let block = BLOCKS.split_whitespace().any(|block| block == tag.name);
                    if block && open.contains(&"p") {
                        return Some(format!("<{}> within <p>", tag.name));
                    }
                    if open.contains(&"a") && tag.name == "a" {
                        return Some("<a> within <a>".to_owned());
                    }
                    if matches!(open.last(), Some(&("ul" | "ol"))) && tag.name != "li" {
                        return Some(format!("<{}> directly within a list", tag.name));
                    }
                    if !tag.alone {
                        open.push(&tag.name);
                    }
                }
                Token::Close(name) => match open.pop() {
                    Some(last) if last == name => {}
                    last => return Some(format!("</{name}> where {last:?} is open")),
                },
                Token::Text(_) => {}
            }
        }
        open.last().map(|name| format!("<{name}> is never closed"))
    }

    /// What is wrong with its structure, and what of it is active.
    pub(crate) fn problems(&self, address: &str) -> Vec<String> {
        let mut problems: Vec<String> = self.unbalanced().into_iter().collect();
        problems.extend(self.head_problems());
        problems.extend(self.id_problems());
        problems.extend(self.body_problems());
        problems.extend(self.heading_problem());
        problems.extend(MISSING_WORD.find(&self.html).map(|word| word.as_str().to_owned()));
        let named = problems.into_iter().map(|problem| format!("{address}: {problem}"));
        named.chain(self.active(address)).collect()
    }

    pub(crate) fn head_problems(&self) -> Vec<String> {
        let is_policy = |tag: &&Tag| tag.get("http-equiv") == Some("Content-Security-Policy");
        let policies = self.named("meta").filter(is_policy).map(|tag| tag.get("content"));
        let policies: Vec<_> = policies.collect();
        // A policy holds only for what stands behind it.
        let at = |what: &str| self.html.find(what).unwrap_or(usize::MAX);
        let first = at("Content-Security-Policy") < at("<link").min(at("<script"));
        let english = self.named("html").all(|tag| tag.get("lang") == Some("en"));
        let titled = !self.content("title").is_empty() && !self.content("h1").is_empty();
        let mut problems = wrong(&[
            (self.html.starts_with("<!doctype html>\n<html "), "it does not begin as HTML"),
            (policies == [Some(POLICY)], "it has not the policy"),
            (first, "its policy comes too late"),
            (english, "its language is not stated"),
            (titled, "its title is empty"),
        ]);
        let alone = ["title", "h1", "main", "head", "body"].into_iter();
        // Pictures have titles too, which have an id.
        let count = |name: &str| {
            self.named(name).filter(|tag| tag.get("id").is_none() || name != "title").count()
        };
        let alone = alone.filter(|name| count(name) != 1);
        problems.extend(alone.map(|name| format!("it has not one <{name}>")));
        problems
    }

    pub(crate) fn id_problems(&self) -> Vec<String> {
        let ids: Vec<&str> = self.ids().collect();
        let mut problems = Vec::new();
        for (i, id) in ids.iter().enumerate() {
            if ids[..i].contains(id) || id.is_empty() || id.contains(char::is_whitespace) {
                problems.push(format!("the id `{id}` is there twice, or is none"));
            }
        }
        for tag in self.tags() {
            let by = ["aria-labelledby", "aria-describedby", "for"].into_iter();
            let nobody = by.filter(|by| {
                let named = tag.get(by).unwrap_or_default();
                named.split_whitespace().any(|id| !ids.contains(&id)) || tag.get(by) == Some("")
            });
            problems.extend(nobody.map(|by| format!("`{by}` of <{}> names nothing", tag.name)));
        }
        problems
    }

    pub(crate) fn body_problems(&self) -> Vec<String> {
        let scoped = |tag: &Tag| matches!(tag.get("scope"), Some("col" | "row"));
        let mut tables = self.html.split("<table").skip(1);
        let headed = tables.all(|table| {
            table.split("</table>").next().is_some_and(|table| table.contains("<th "))
        });
        let twice = self.tags().any(|tag| {
            let names: BTreeSet<&String> = tag.attributes.iter().map(|(name, _)| name).collect();
            names.len() < tag.attributes.len()
        });
        wrong(&[
            (self.named("img").all(|tag| tag.get("alt").is_some()), "an image has no `alt`"),
            (self.named("th").all(scoped), "a <th> has no scope"),
            (headed, "a table has no <th>"),
            (!twice, "a tag has an attribute twice"),
        ])
    }

    /// The first heading that lies more than one level below the one before.
    pub(crate) fn heading_problem(&self) -> Option<String> {
        let levels = self.tags().filter_map(|tag| tag.name.strip_prefix('h')?.parse::<u32>().ok());
        let mut last = 0;
        for level in levels {
            if level > last + 1 {
                return Some(format!("<h{level}> follows <h{last}>"));
            }
            last = level;
        }
        None
    }

    /// The text of the first element of that name.
    pub(crate) fn content(&self, name: &str) -> String {
        let from = self
            .tokens
            .iter()
            .skip_while(|token| !matches!(token, Token::Open(tag) if tag.name == name));
        let within =
            from.take_while(|token| !matches!(token, Token::Close(close) if close == name));
        let texts = within.filter_map(|token| match token {
            Token::Text(text) => Some(text.as_str()),
            Token::Open(_) | Token::Close(_) => None,
        });
        texts.collect::<String>().trim().to_owned()
    }

    /// What could run, load from elsewhere, or lead somewhere by itself.
    pub(crate) fn active(&self, address: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (i, token) in self.tokens.iter().enumerate() {
            let Token::Open(tag) = token else { continue };
            let text = matches!(self.tokens.get(i + 1), Some(Token::Text(text)) if !text.trim().is_empty());
            if !is_harmless(tag, text) {
                found.push(format!("{address}: <{}> {:?}", tag.name, tag.attributes));
            }
            let risky =
                tag.attributes.iter().filter(|(name, value)| is_risky(&tag.name, name, value));
            found.extend(
                risky.map(|(name, value)| format!("{address}: {name}={value:?} of <{}>", tag.name)),
            );
        }
        found
    }
}

/// A word that is missing is shown by its key.
pub(crate) static MISSING_WORD: LazyLock<Regex> = LazyLock::new(|| {
    let tables = "status|type|column|clause|document|banner|fact|reason|mark|alert|about|reviews|matrix|shell";
    Regex::new(&format!(r"\[(?:{tables})\.[a-z.-]+\]")).expect("it is right")
});

/// What is said of each that does not hold.
pub(crate) fn wrong(expected: &[(bool, &str)]) -> Vec<String> {
    expected.iter().filter(|(holds, _)| !holds).map(|(_, what)| (*what).to_owned()).collect()
}

/// Tags that do nothing.
pub(crate) const HARMLESS: &str = "html head title body header nav main article section aside footer div span p a ul ol li dl dt dd \
    h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td col colgroup blockquote pre code em strong b i u s del ins \
    sub sup small br hr img time details summary abbr kbd mark figure cite center area map q var samp dfn wbr bdi bdo rp \
    rt rtc ruby strike tt acronym hgroup data figcaption";

/// True for a tag of ours, or one that texts may have.
pub(crate) fn is_harmless(tag: &Tag, text: bool) -> bool {
    match &*tag.name {
        "script" => tag.get("src").is_some_and(|src| src.contains("assets/")) && !text,
        "link" => match tag.get("rel") {
            Some("alternate") => {
                tag.get("type") == Some("application/atom+xml")
                    && tag.get("href").is_some_and(|href| href.ends_with("changes.xml"))
            }
            rel => matches!(rel, Some("icon" | "stylesheet" | "canonical")),
        },
        // It opens a drawer of the page, or is one of those that scripts bring to life.
        "button" => {
            const KNOWN: [&str; 7] = [
                "type",
                "class",
                "popovertarget",
                "popovertargetaction",
                "hidden",
                "data-theme-switch",
                "data-shortcuts",
            ];
            matches!(tag.get("type"), Some("button" | "submit"))
                && tag.attributes.iter().all(|(name, _)| KNOWN.contains(&&**name))
        }
        "template" => tag.get("id") == Some("cb-cards"),
        "meta" => match tag.get("http-equiv") {
            None => tag.get("charset").is_some() || tag.get("name").is_some(),
            Some("Content-Security-Policy") => true,
            Some("refresh") => tag.get("content").is_some_and(|to| !to.contains("//")),
            Some(_) => false,
        },
        // The form of the search leads to its own page, as it has no address.
        "form" => tag.get("method").is_none_or(|method| method == "get"),
        "label" | "select" | "option" => true,
        "input" => matches!(tag.get("type"), Some("search" | "text")),
        "svg" => matches!(tag.get("class"), Some("icon" | "signs" | "chart")),
        "use" => tag.get("href").is_some_and(|to| to.starts_with("#cb-icon-")),
        "symbol" | "path" | "rect" | "circle" | "line" | "text" | "desc" => {
            const KNOWN: &str = "id class viewbox fill fill-rule stroke stroke-width stroke-linecap \
                stroke-linejoin d x y x1 y1 x2 y2 cx cy r rx ry width height text-anchor";
            tag.attributes.iter().all(|(name, value)| {
                KNOWN.split_whitespace().any(|known| known == name) && !value.contains('(')
            })
        }
        name => HARMLESS.split_whitespace().any(|harmless| harmless == name),
    }
}

/// Attributes that run, load or lead by themselves.
pub(crate) const RISKY: &str =
    "style srcdoc formaction action background ping srcset data cite autofocus";

pub(crate) fn is_risky(tag: &str, name: &str, value: &str) -> bool {
    let bare: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let bare = bare.to_lowercase();
    let address = name == "href" || name == "src" || name.ends_with(":href");
    let scheme = bare.split_once(':').map_or("", |(scheme, _)| scheme);
    let runs = ["javascript", "data", "vbscript", "blob", "file"].contains(&scheme);
    let leads = address && (bare.starts_with("//") || bare.starts_with('\\') || runs);
    let loads = tag != "a" && address && ["http", "https"].contains(&scheme);
    let never = RISKY.split_whitespace().any(|risky| risky == name) || name.starts_with("on");
    never || leads || loads
}

pub(crate) fn push_text(text: &str, tokens: &mut Vec<Token>) {
    if !text.is_empty() {
        tokens.push(Token::Text(decoded(text)));
    }
}

/// A tag from its name on, and what stands behind it.
pub(crate) fn tag(text: &str) -> (Tag, &str) {
    const ALONE: [&str; 8] = ["meta", "link", "img", "br", "hr", "input", "col", "wbr"];
    let end = text.find([' ', '\n', '\t', '/', '>']).unwrap_or(text.len());
    let name = text[..end].to_lowercase();
    let mut rest = &text[end..];
    let mut attributes = Vec::new();
    let mut closed = false;
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('/') {
            (closed, rest) = (after.starts_with('>'), after);
        } else if let Some(after) = rest.strip_prefix('>') {
            let alone = closed || ALONE.contains(&&*name);
            return (Tag { name, attributes, alone }, after);
        } else if rest.is_empty() {
            return (Tag { name, attributes, alone: true }, rest);
        } else {
            let (attribute, after) = attribute(rest);
            attributes.push(attribute);
            rest = after;
        }
    }
}

/// An attribute with its value, and what stands behind it.
pub(crate) fn attribute(text: &str) -> ((String, String), &str) {
    let end = text[1..].find(['=', ' ', '\n', '\t', '/', '>']).map_or(text.len(), |end| end + 1);
    let name = text[..end].to_lowercase();
    let rest = text[end..].trim_start();
    let Some(value) = rest.strip_prefix('=') else { return ((name, String::new()), &text[end..]) };
    let value = value.trim_start();
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            let (value, rest) = value.split_once(quote).unwrap_or((value, ""));
            return ((name, decoded(value)), rest);
        }
    }
    let end = value.find([' ', '\n', '\t', '>']).unwrap_or(value.len());
    ((name, decoded(&value[..end])), &value[end..])
}

/// The text with its character references replaced.
pub(crate) fn decoded(text: &str) -> String {
    static REFERENCE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"&(#x[0-9A-Fa-f]+|#[0-9]+|[a-z]+);").expect("it is right"));
    let replaced = REFERENCE.replace_all(text, |found: &regex::Captures| {
        let code = match &found[1] {
            "amp" => Some(u32::from('&')),
            "lt" => Some(u32::from('<')),
            "gt" => Some(u32::from('>')),
            "quot" => Some(u32::from('"')),
            "nbsp" => Some(0xa0),
            number => match number.strip_prefix("#x") {
                Some(digits) => u32::from_str_radix(digits, 16).ok(),
                None => number.strip_prefix('#').and_then(|digits| digits.parse().ok()),
            },
        };
        code.and_then(char::from_u32).map_or_else(|| found[0].to_owned(), String::from)
    });
    replaced.into_owned()
}
