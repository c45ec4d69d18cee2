//! Answers as JSON: the same text wherever it is made.

use super::{Answer, Hit};

impl Answer {
    /// `{query, hits: [{title, page_title, section, reference, type, status, url, path, line, tier, score, snippet, …}],
    /// more}`; days are counted from 1970.
    pub fn json(&self, query: &str) -> String {
        let mut out = String::from("{\"query\":");
        text(query, &mut out);
        out.push_str(",\"hits\":[");
        for (i, hit) in self.hits.iter().enumerate() {
            out.push_str(if i == 0 { "" } else { "," });
            object(hit, &mut out);
        }
        out.push_str(&format!("],\"more\":{}}}", self.more));
        out
    }
}

fn object(hit: &Hit, out: &mut String) {
    let Hit {
        title,
        page_title,
        section,
        kind,
        reference,
        version,
        owner,
        status,
        in_force,
        review,
        review_day,
        crumbs,
        url,
        path,
        line,
        tier,
        score,
        snippet,
    } = hit;
    let status = status.map(super::Status::name).filter(|name| !name.is_empty());
    let texts = [
        ("title", Some(title.as_str())),
        ("page_title", Some(page_title)),
        ("section", section.as_deref()),
        ("reference", reference.as_deref()),
        ("type", Some(kind)),
        ("status", status),
        ("url", Some(url)),
        ("path", Some(path).filter(|path| !path.is_empty()).map(String::as_str)),
    ];
    out.push('{');
    for (name, value) in texts {
        member(name, value, out);
    }
    match line {
        Some(line) => out.push_str(&format!("\"line\":{line},")),
        None => out.push_str("\"line\":null,"),
    }
    member("tier", Some(tier.name()), out);
    out.push_str(&format!("\"score\":{score},"));
    member("snippet", Some(snippet), out);
    member("version", version.as_deref(), out);
    member("owner", owner.as_deref(), out);
    out.push_str(&format!("\"in_force\":{in_force},"));
    member("review", *review, out);
    match review_day {
        Some(day) => out.push_str(&format!("\"review_day\":{day},")),
        None => out.push_str("\"review_day\":null,"),
    }
    out.push_str("\"crumbs\":");
    text(crumbs, out);
    out.push('}');
}

fn member(name: &str, value: Option<&str>, out: &mut String) {
    text(name, out);
    out.push(':');
    match value {
        Some(value) => text(value, out),
        None => out.push_str("null"),
    }
    out.push(',');
}

fn text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Control characters, and the two line ends that scripts once choked on.
            c if c < ' ' || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_a_string() {
        let mut out = String::new();
        text("a\"\\\n\u{1}\u{2028}ä🙂", &mut out);
        assert_eq!(out, "\"a\\\"\\\\\\n\\u0001\\u2028ä🙂\"");
    }
}
