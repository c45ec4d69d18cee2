//! What a picture may hold. A browser runs no script and loads nothing for a picture within a page; but the file can be
//! opened on its own, and then it is a page of the portal.

use crate::svg;

/// What our own pictures hold beside the elements that do nothing but draw: their style sheet, checked below, and parts
/// that lead nowhere.
const OURS: [&str; 6] = ["style", "use", "switch", "feDropShadow", "feFlood", "feComposite"];

/// Checks a picture, element by element.
///
/// # Errors
/// What it must not hold, in words.
pub(super) fn check(picture: &str) -> Result<(), String> {
    let mut rest = picture;
    let mut style = false;
    while let Some(at) = rest.find('<') {
        if style {
            style_sheet(&rest[..at])?;
        }
        let tag = &rest[at + 1..];
        rest = match tag.strip_prefix('/') {
            Some(closing) => after(closing.find('>').map(|end| &closing[end + 1..]))?,
            None => {
                let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
                let name = &tag[..end];
                if !svg::ELEMENTS.contains(&name) && !OURS.contains(&name) {
                    return Err(match name {
                        "a" => "a link (`click`)".to_owned(),
                        other => format!("`<{other}>`"),
                    });
                }
                attributes(&tag[end..])?
            }
        };
        style = tag.starts_with("style");
    }
    Ok(())
}

/// Checks the attributes of an element; gives what follows it.
fn attributes(text: &str) -> Result<&str, String> {
    let mut rest = text.trim_start();
    loop {
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            return Ok(after);
        }
        let (name, value) = after(rest.split_once("=\""))?;
        let (value, next) = after(value.split_once('"'))?;
        let name = name.to_ascii_lowercase();
        let known = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-:_".contains(&b));
        if !known || name.starts_with("on") {
            return Err(format!("`{name}`"));
        }
        if name.ends_with("href") && !value.starts_with('#') {
            return Err("a link".to_owned());
        }
        style_sheet(value)?;
        rest = next.trim_start();
    }
}

/// Checks styles: they lead nowhere but to parts of the picture.
fn style_sheet(text: &str) -> Result<(), String> {
    // An escape could spell what is looked for otherwise; quotes cannot.
    let spelt = text.replace("&#39;", "").replace("&#34;", "");
    if !svg::leads_within(text) || spelt.contains("&#") {
        return Err("styles that lead elsewhere".to_owned());
    }
    Ok(())
}

/// What was read, or that the picture is no whole one.
fn after<T>(read: Option<T>) -> Result<T, String> {
    read.ok_or_else(|| "what is no whole picture".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_or_leads_elsewhere_is_refused() {
        for (good, why) in [
            ("<svg viewBox=\"0 0 1 1\"><g id=\"a>b\"><path d=\"M0 0\"/></g></svg>", "plain"),
            ("<svg><style>#d{fill:url(#a)}</style><use href=\"#a\"/></svg>", "own parts"),
            ("<svg><text>on = \"x\" url(</text></svg>", "text is text"),
        ] {
            assert_eq!(check(good), Ok(()), "{why}");
        }
        for (bad, what) in [
            ("<svg><script>x</script></svg>", "`<script>`"),
            ("<svg><foreignObject/></svg>", "`<foreignObject>`"),
            ("<svg><a href=\"#x\"/></svg>", "a link (`click`)"),
            ("<svg onload=\"x()\"/>", "`onload`"),
            ("<svg><use xlink:href=\"https://a.example\"/></svg>", "a link"),
            ("<svg><style>@import 'a'</style></svg>", "styles that lead elsewhere"),
            (
                "<svg><style>a{fill:url( 'https://a.example')}</style></svg>",
                "styles that lead elsewhere",
            ),
            ("<svg><path fill=\"url(//a.example)\"/></svg>", "styles that lead elsewhere"),
            ("<svg><style>a{fill:u\\72l(//a)}</style></svg>", "styles that lead elsewhere"),
            ("<svg><path fill=\"&#117;rl(//a.example)\"/></svg>", "styles that lead elsewhere"),
            ("<svg", "what is no whole picture"),
            ("<svg viewBox='0'/>", "what is no whole picture"),
            ("<svg><!-- x --></svg>", "`<>`"),
        ] {
            assert_eq!(check(bad), Err(what.to_owned()), "{bad}");
        }
    }
}
