//! What stands in the address of a request: a path within the site, and a query.

/// A path without its percent signs; `None` when it is no text, or would leave the site.
pub(super) fn decoded(path: &str) -> Option<String> {
    let text = unescaped(path, false)?;
    let leaves = |part: &str| part == ".." || part == ".";
    let odd = text.contains(['\0', '\\']) || text.contains("//");
    (!odd && !text.split('/').any(leaves)).then_some(text)
}

/// The first value of a name in a query.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    parameters(query, name).next()
}

/// All values of a name in a query.
pub(super) fn parameters<'a>(query: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    query.split('&').filter_map(move |pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        if key == name { unescaped(value, true) } else { None }
    })
}

/// Text without its percent signs; `plus` is a space in queries.
fn unescaped(text: &str, plus: bool) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digit = |byte: u8| {
                    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
                };
                digit(rest.next()?)? * 16 + digit(rest.next()?)?
            }
            b'+' if plus => b' ',
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_site() {
        for bad in [
            "/../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/a/%2E%2E/b",
            "/a/./b",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/a%00b",
            "/a%5cb",
            "/a\\b",
            "/%zz",
            "/%e",
            "/%ff",
        ] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
        assert_eq!(decoded("/a%20b/c.html").as_deref(), Some("/a b/c.html"));
        assert_eq!(decoded("/..a/b..").as_deref(), Some("/..a/b.."));
    }

    #[test]
    fn queries_are_read_as_forms_write_them() {
        let query = "q=laptop+stolen%3F&type=policy&type=plan&x";
        assert_eq!(parameter(query, "q").as_deref(), Some("laptop stolen?"));
        assert_eq!(parameters(query, "type").collect::<Vec<_>>(), ["policy", "plan"]);
        assert_eq!(parameter(query, "x").as_deref(), Some(""));
        assert_eq!(parameter(query, "y"), None);
    }
}
