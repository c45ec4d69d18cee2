//! Raw HTML as a browser reads it: its tags, links and anchors, and what it leaves open.

use std::ops::Range;

use super::elements::ELEMENTS;

/// A link or an image in raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HtmlLink {
    /// The whole attribute, in bytes of the piece of HTML.
    pub attribute: Range<usize>,
    /// Its value within the piece, without quotes.
    pub value: Range<usize>,
    /// True for an image.
    pub image: bool,
}

/// A tag in raw HTML, as a browser finds it: comments, and what elements hold that is not read as HTML, are passed over.
#[derive(Debug)]
pub struct HtmlTag<'h> {
    /// The name as it is typed.
    pub name: &'h str,
    /// True for `</name>`.
    pub closing: bool,
    /// Where it stands in the piece of HTML.
    range: Range<usize>,
    /// Those with a value: name, the whole attribute, and the value without quotes, in bytes of the piece of HTML.
    attributes: Vec<(&'h str, Range<usize>, Range<usize>)>,
}

impl HtmlTag<'_> {
    /// True for a tag that has one of these names, in lower case.
    pub fn is_one_of(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }

    /// Whether its element stays on a page; `None` when there is no such element.
    fn element(&self) -> Option<bool> {
        let name = self.name.to_ascii_lowercase();
        let at = ELEMENTS.binary_search_by_key(&&*name, |(known, _)| known).ok()?;
        Some(ELEMENTS[at].1)
    }

    /// True when there is such an element.
    fn is_known(&self) -> bool {
        self.element().is_some()
    }

    /// True when its element stands on the page.
    fn stays(&self) -> bool {
        self.element() == Some(true)
    }

    /// Where it leads, or the picture it shows.
    pub fn link(&self) -> Option<HtmlLink> {
        let image = self.is_one_of(&["img"]);
        if self.closing || !image && !self.is_one_of(&["a"]) {
            return None;
        }
        let (attribute, value) = self.attribute(if image { "src" } else { "href" })?;
        Some(HtmlLink { attribute, value, image })
    }

    /// The attribute of that name and its value: of two a browser takes the first.
    fn attribute(&self, wanted: &str) -> Option<(Range<usize>, Range<usize>)> {
        let (_, whole, value) =
            self.attributes.iter().find(|(name, ..)| name.eq_ignore_ascii_case(wanted))?;
        Some((whole.clone(), value.clone()))
    }
}

/// Elements whose content is not read as HTML.
pub const RAW_TEXT: [&str; 10] = [
    "script",
    "style",
    "title",
    "textarea",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
];

/// Elements that, left open, take what follows out of the page.
pub const SWALLOWING: [&str; 2] = ["template", "select"];

/// Elements that stand within a table alone.
const PARTS_OF_TABLE: [&str; 9] =
    ["caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements within which other rules of reading apply. No page shows them, so their tags are left out.
const FOREIGN: [&str; 2] = ["svg", "math"];

/// Stands for what is left out: what was before it and what comes behind it must not become one tag.
const GONE: &str = "<!---->";

/// What a piece of HTML leaves open at its end.
#[derive(Debug, PartialEq, Eq)]
enum Unended<'h> {
    /// The comment that begins here has no end.
    Comment(usize),
    /// The tag, declaration or instruction that begins here has no end.
    Tag(usize),
    /// The element of that name holds the rest.
    RawText(&'h str),
}

/// True when a piece of raw HTML shows anything: text between its tags, or a picture.
pub fn says(html: &str) -> bool {
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let (before, rest) = html[at..].split_at(open);
        let length = if rest.starts_with("<!--") {
            comment(rest)
        } else {
            rest.find('>').map(|end| end + 1)
        };
        if !before.trim().is_empty() {
            return true;
        }
        let Some(length) = length else { return false };
        at += open + length;
    }
    !html[at..].trim().is_empty() || tags(html).iter().any(|tag| tag.is_one_of(&["img"]))
}

/// The tags of a piece of raw HTML, in its order.
pub fn tags(html: &str) -> Vec<HtmlTag<'_>> {
    read(html).tags
}

/// Where the comments of a piece of raw HTML stand, in its order. One that has no end holds the rest.
pub fn comments(html: &str) -> Vec<Range<usize>> {
    let Pieces { mut comments, unended, .. } = read(html);
    if let Some(Unended::Comment(start)) = unended {
        comments.push(start..html.len());
    }
    comments
}

/// What stands in a piece of raw HTML.
#[derive(Default)]
struct Pieces<'h> {
    tags: Vec<HtmlTag<'h>>,
    /// Those that end.
    comments: Vec<Range<usize>>,
    unended: Option<Unended<'h>>,
}

fn read(html: &str) -> Pieces<'_> {
    let mut pieces = Pieces::default();
    pieces.unended = read_into(html, &mut pieces.tags, &mut pieces.comments);
    pieces
}

/// Reads the tags and comments of a piece of raw HTML; gives back what it leaves open.
fn read_into<'h>(
    html: &'h str,
    tags: &mut Vec<HtmlTag<'h>>,
    comments: &mut Vec<Range<usize>>,
) -> Option<Unended<'h>> {
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            let Some(length) = comment(rest) else { return Some(Unended::Comment(start)) };
            at = start + length;
            comments.push(start..at);
            continue;
        }
        let closing = rest.starts_with("</");
        let name = start + 1 + usize::from(closing);
        let first = html[name..].chars().next();
        if !first.is_some_and(|first| first.is_ascii_alphabetic()) {
            // A declaration, an instruction, or nothing.
            at = match (closing || rest.starts_with("<!") || rest.starts_with("<?"), rest.find('>'))
            {
                (false, _) => start + 1,
                (true, Some(end)) => start + end + 1,
                (true, None) => return Some(Unended::Tag(start)),
            };
            continue;
        }
        let end = html[name..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        let end = end.map_or(html.len(), |length| name + length);
        let name = &html[name..end];
        let mut found = Vec::new();
        let behind = attributes(html, end, |name, attribute, value| {
            found.push((name, attribute, value));
        });
        let Some(behind) = behind else { return Some(Unended::Tag(start)) };
        at = behind;
        let tag = HtmlTag { name, closing, range: start..behind, attributes: found };
        // Nothing ends `plaintext`: it is never let stand.
        let raw = !closing && tag.is_one_of(&RAW_TEXT) && !tag.is_one_of(&["plaintext"]);
        tags.push(tag);
        if raw {
            let Some(length) = end_tag(&html[at..], name) else {
                return Some(Unended::RawText(name));
            };
            at += length;
        }
    }
    None
}

/// How long the comment is that `html` begins with, if it ends.
fn comment(html: &str) -> Option<usize> {
    for empty in ["<!-->", "<!--->"] {
        if html.starts_with(empty) {
            return Some(empty.len());
        }
    }
    let ends = ["-->", "--!>"];
    ends.iter().filter_map(|end| Some(4 + html[4..].find(end)? + end.len())).min()
}

/// Where the tag stands that closes an element whose content is text.
fn end_tag(html: &str, name: &str) -> Option<usize> {
    html.match_indices("</").map(|(at, _)| at).find(|at| {
        let rest = &html[at + 2..];
        let same = rest.get(..name.len()).is_some_and(|there| there.eq_ignore_ascii_case(name));
        same && rest[name.len()..]
            .starts_with(|c: char| c.is_ascii_whitespace() || "/>".contains(c))
    })
}

/// A block of raw HTML that takes nothing of what follows it: a comment, an element of text and what swallows a page are
/// closed where the block ends, a tag without an end is text, and what no page shows and ends in more ways than one is left
/// out. A tag of no element that there is stands as it was typed: `<name>` is a gap to be filled, not HTML. Within a
/// drawing it is left out; `drawings` counts those that are open, from block to block.
pub fn closed(html: &str, drawings: &mut usize) -> String {
    let Pieces { tags, unended, .. } = read(html);
    let mut out = String::with_capacity(html.len());
    let mut from = 0;
    let mut open = [0usize; SWALLOWING.len()];
    for (at, tag) in tags.iter().enumerate() {
        for (name, depth) in SWALLOWING.iter().zip(&mut open) {
            if tag.is_one_of(&[name]) {
                *depth = if tag.closing { depth.saturating_sub(1) } else { *depth + 1 };
            }
        }
        if !tag.closing && tag.is_one_of(&["plaintext"]) {
            out.push_str(&html[from..tag.range.start]);
            out.push_str("&lt;");
            from = tag.range.start + 1;
        } else if !tag.closing && tag.is_one_of(&["script"]) {
            out.push_str(&html[from..tag.range.start]);
            out.push_str(GONE);
            from = tags.get(at + 1).map_or(html.len(), |end| end.range.end);
        } else if tag.is_one_of(&FOREIGN) {
            let empty = html[tag.range.clone()].ends_with("/>");
            *drawings = match (tag.closing, empty) {
                (true, _) => drawings.saturating_sub(1),
                (false, true) => *drawings,
                (false, false) => *drawings + 1,
            };
            out.push_str(&html[from..tag.range.start]);
            out.push_str(GONE);
            from = tag.range.end;
        } else if !tag.is_known() {
            out.push_str(&html[from..tag.range.start]);
            // What word processors leave behind is no gap: `<o:p>`.
            if *drawings > 0 || tag.name.contains(':') {
                out.push_str(GONE);
            } else {
                out.push_str(&html[tag.range.clone()].replace('<', "&lt;"));
            }
            from = tag.range.end;
        }
    }
    match unended {
        Some(Unended::Tag(start)) if from <= start => {
            out.push_str(&html[from..start]);
            out.push_str(&html[start..].replace('<', "&lt;"));
        }
        Some(Unended::Comment(_)) => out.push_str(&format!("{}-->", &html[from..])),
        Some(Unended::RawText(name)) if from < html.len() => {
            out.push_str(&format!("{}</{name}>", &html[from..]));
        }
        Some(Unended::RawText(_) | Unended::Tag(_)) | None => out.push_str(&html[from..]),
    }
    for (name, depth) in SWALLOWING.iter().zip(open) {
        out.push_str(&format!("</{name}>").repeat(depth));
    }
    out
}

/// The beginning of a comment or an element in a block of raw HTML that holds the rest of the block, and text below an
/// empty line with it, and how it is to be ended.
pub fn left_open(html: &str) -> Option<(Range<usize>, String)> {
    let (begin, end) = match read(html).unended? {
        Unended::Comment(start) => (start..start + 4, "-->".to_owned()),
        Unended::RawText(name) => {
            let start = name.as_ptr().addr() - html.as_ptr().addr();
            (start - 1..start + name.len(), format!("</{name}>"))
        }
        Unended::Tag(_) => return None,
    };
    // The line on which it begins may hold nothing more.
    let mut below = html[begin.end..].lines().skip(1).skip_while(|line| !line.trim().is_empty());
    below.any(|line| !line.trim().is_empty()).then_some((begin, end))
}

/// The links and images of a piece of raw HTML, in its order: `href` of `a`, `src` of `img`.
pub fn links(html: &str) -> Vec<HtmlLink> {
    tags(html).iter().filter_map(HtmlTag::link).collect()
}

/// The anchors that a piece of raw HTML sets, by the attributes `id` of elements that stand on the page: each as a whole,
/// and its value.
pub fn anchors(html: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let tags = tags(html);
    let mut tables = 0usize;
    let opening = tags.iter().filter(|tag| {
        if tag.is_one_of(&["table"]) {
            tables = if tag.closing { tables.saturating_sub(1) } else { tables + 1 };
        }
        // Elsewhere a browser reads on as if the tag were not there.
        let has_place = tables > 0 || !tag.is_one_of(&PARTS_OF_TABLE);
        !tag.closing && tag.stays() && has_place
    });
    let ids = opening.filter_map(|tag| tag.attribute("id"));
    ids.filter(|(_, value)| !value.is_empty()).collect()
}

/// Tells each attribute with a value from `at` on, and where the tag ends, if it does.
fn attributes<'h>(
    html: &'h str,
    mut at: usize,
    mut tell: impl FnMut(&'h str, Range<usize>, Range<usize>),
) -> Option<usize> {
    let skip = |at: usize| at + html[at..].len() - html[at..].trim_ascii_start().len();
    loop {
        at = skip(at);
        let first = html[at..].chars().next()?;
        if first == '>' {
            return Some(at + 1);
        }
        if first == '/' {
            at += 1;
            continue;
        }
        // An equals sign may begin a name.
        let second = at + first.len_utf8();
        let length =
            html[second..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'));
        let end = length.map_or(html.len(), |length| second + length);
        let equals = skip(end);
        if !html[equals..].starts_with('=') {
            at = end;
            continue;
        }
        let start = skip(equals + 1);
        let (value, behind) = match html[start..].chars().next()? {
            quote @ ('"' | '\'') => {
                let inner = start + 1;
                let length = html[inner..].find(quote)?;
                (inner..inner + length, inner + length + 1)
            }
            _ => {
                let length = html[start..].find(|c: char| c.is_ascii_whitespace() || c == '>')?;
                (start..start + length, start + length)
            }
        };
        tell(&html[at..end], at..behind, value);
        at = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_raw_html_are_those_that_are_live() {
        let values = |html: &str| -> Vec<String> {
            links(html).into_iter().map(|link| html[link.value].to_owned()).collect()
        };
        assert_eq!(values("<a class='x' HREF = \"b.md\">b</a><img src=c.png>"), ["b.md", "c.png"]);
        assert_eq!(values("<a title=\"href=zz.md\" href=b.md>"), ["b.md"]);
        for none in [
            "<!-- <a href=\"old.html\"> -->",
            "<a data-href=\"x\">",
            "<p href=\"x\">",
            "<a href",
            "<a href=\"x",
            "<a =href>",
            "a href=\"x\"",
            "<script>'<a href=\"x\">'</script>",
            "<a <b href=",
            "</a href=\"x\">",
        ] {
            assert_eq!(values(none), [""; 0], "{none}");
        }
        assert_eq!(
            values("<a\n  class=\"b\"\n  href='c.md'>\n<img\nsrc=d.png>"),
            ["c.md", "d.png"]
        );
        assert_eq!(values("<a href=b.md href=c.md><!--> <a href=d.md>"), ["b.md", "d.md"]);
    }

    #[test]
    fn anchors_are_those_of_tags_however_they_are_typed() {
        let html = "<p id=plain><P ID=\"upper\"><!-- <p id='none'> --><p title=' id=\"none\"'><br id='b'/>";
        let values = |html: &str| -> Vec<String> {
            anchors(html).into_iter().map(|(_, value)| html[value].to_owned()).collect()
        };
        assert_eq!(values(html), ["plain", "upper", "b"]);
        assert_eq!(values("<p id=''></p id=\"x\"><p data-id=y>"), [""; 0]);
        assert_eq!(values("<name id=gap><svg id=s><form id=f><o:p id=o><b id=b>"), ["b"]);
        assert_eq!(anchors("<a id=\"a\">"), [(3..9, 7..8)]);
    }

    #[test]
    fn comments_are_where_a_browser_finds_them() {
        let found = |html: &str| -> Vec<String> {
            comments(html).into_iter().map(|range| html[range].to_owned()).collect()
        };
        assert_eq!(found("a<!-- b -->c<!--> d <!-- e"), ["<!-- b -->", "<!-->", "<!-- e"]);
        for none in ["a", "<p title='<!-- a -->'>", "<style><!-- a --></style>", "<! a >"] {
            assert_eq!(found(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn a_block_takes_nothing_of_what_follows_it() {
        for (html, expected) in [
            ("<b>a</b>", "<b>a</b>"),
            ("<!-- a", "<!-- a-->"),
            ("<!-- a -->", "<!-- a -->"),
            ("<!-->a", "<!-->a"),
            ("<script>a", "<!---->"),
            ("a<script>b</SCRIPT>c", "a<!---->c"),
            ("a<script>b</script", "a<!---->"),
            ("<script>b</script><script>c", "<!----><!---->"),
            ("a<script><!--<script></script>b", "a<!---->b"),
            ("<style>a</styles>", "<style>a</styles></style>"),
            ("<style>a</style >b", "<style>a</style >b"),
            ("<iframe src=\"x\" />", "<iframe src=\"x\" /></iframe>"),
            ("<plaintext>a", "&lt;plaintext>a"),
            ("<plaintext><!-- a", "&lt;plaintext><!-- a-->"),
            ("<plaintext><PLAINTEXT>", "&lt;plaintext>&lt;PLAINTEXT>"),
            ("<div class=\"a", "&lt;div class=\"a"),
            ("<b>a</b><a <a", "<b>a</b>&lt;a &lt;a"),
            ("<![CDATA[ a", "&lt;![CDATA[ a"),
            ("<? <b>", "<? <b>"),
            ("<select><option>a", "<select><option>a</select>"),
            ("</template><template>", "</template><template></template>"),
            ("<template><template></template>", "<template><template></template></template>"),
            ("a < b", "a < b"),
            ("<<svg><style><!--</style></svg>b", "<<!----><style><!--</style><!---->b"),
            ("</", "&lt;/"),
            ("to <name> and </name>", "to &lt;name> and &lt;/name>"),
            ("<DESC title='>'>", "&lt;DESC title='>'>"),
            (
                "<svg><path d=''/><desc>a</desc></svg><desc>",
                "<!----><!----><!---->a<!----><!---->&lt;desc>",
            ),
            ("<svg/><name>", "<!---->&lt;name>"),
            ("<o:p>a</o:p>", "<!---->a<!---->"),
            ("</script<script>", "&lt;/script&lt;script>"),
        ] {
            assert_eq!(closed(html, &mut 0), expected, "{html}");
        }
        let mut drawings = 0;
        assert_eq!(closed("<svg>", &mut drawings), "<!---->");
        assert_eq!((closed("<g>", &mut drawings), drawings), ("<!---->".to_owned(), 1));
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| *name));
        for piece in ["<a ", "<plaintext>", "<script>", "<!--", "<select>", "</", "<title></title>"]
        {
            assert!(closed(&piece.repeat(100_000), &mut 0).len() < 3_000_000, "{piece}");
        }
    }
}
