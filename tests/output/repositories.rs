//! Repositories whose documents are hard to make pages of, or want to do harm.

use clausebook::source::Memory;

/// Text that would be active if it were not escaped, as a variable, a title and so on.
pub(crate) const HOSTILE: &str =
    "<script>alert(1)</script><img src=x onerror=alert(1)>\" onclick=\"alert(1)";

pub(crate) const ROLES: &str =
    "- { id: manager, title: Manager }\n- { id: sponsor, title: Sponsor }\n";

/// Documents that are right and yet hard to make pages of.
pub(crate) fn awkward() -> Memory {
    let policy = |reference: &str, more: &str, body: &str| {
        document("policy", reference, "5.2.1", body).replace("changes:", &format!("{more}changes:"))
    };
    let structure = "### Deep\n\nText[^a], again[^a] and[^1].\n\n#### Deeper\n\n##### Deepest\n\n### Deep\n\n### Deep\n\n\
        [^a]: A note with [a link](no-heading.md).\n[^1]: Another.\n\n### Note 1\n\n### Größe & Maß\n\n[down](#größe-maß) [too](#gr%C3%B6%C3%9Fe-ma%C3%9F)\n";
    let taken = "## CB main\n\n## CB history\n\n## CB claims\n\n## In force\n\n## Stated {#cb-main}\n\n## Stated {#cb-claims clause=5.2.2}\n\n## Stated {#cb-filter-0}\n";
    let blocks = "## A [link](no-heading.md) and `code` in a heading\n\n- [ ] open\n- [x] done\n  1. one\n\n     two\n\n     > quote\n\n\
        | A | B |\n| :-: | --: |\n| [[SMS-POL-5.2.1-2\\|no heading]] | ![](a%20b.png) |\n\nTerm\n: Definition\n\n> [!WARNING]\n> Text\n> - list\n\n\
        ~~gone~~ <details><summary>More</summary>Text</details>\n\n    code\n\n```rust\nfn main() {}\n```\n\n***\n\n![two\nlines](a%20b.png \"Title\")\n\
        [clause](clause:8.5.1) [old](clause:2011:9.2) [paragraph](clause:6.1.2) [self](#a-link-and-code-in-a-heading)\n[paper](100%25%20%23%20Größe.pdf)\n";
    let rows = "name,day,due_day,who,number,document,state,site\nA,2026-01-01,2026-01-02,manager,8.5.1.1,SMS-POL-5.2.1-2,open,https://x.example/a?b=c&d\n,,,,,,,\n";
    let columns = "data: rows.csv\ncolumns: { name: text, day: date, due_day: due, who: role, number: clause, document: reference, state: choice(open, closed), site: link }\n";
    Memory::default()
        .with("content/roles.yaml", ROLES)
        .with("content/glossary.yaml", "- { term: Go live, definition: A., see: [Größe] }\n- { term: Go-live, definition: B. }\n- { term: Größe, definition: C., document: SMS-POL-5.2.1-2 }\n")
        .with("content/no-heading.md", policy("SMS-POL-5.2.1-2", "related: SMS-POL-5.2.1-3\n", "Text."))
        .with("content/structure.md", policy("SMS-POL-5.2.1-3", "governed_by: SMS-POL-5.2.1-2\nold_paths: [/deep/er/old.html, documents/old name.html]\n", structure))
        .with("content/taken.md", policy("SMS-POL-5.2.1-4", "", taken))
        .with("content/A b/Größe/blocks.md", policy("SMS-POL-5.2.1-5", "", blocks))
        .with("content/A b/Größe/a b.png", "png")
        .with("content/A b/Größe/100% # Größe.pdf", "pdf")
        .with("content/empty.md", policy("SMS-POL-5.2.1-6", "", ""))
        .with("content/index.md", policy("about", "", "# One heading\n"))
        .with("content/A b/index.md", policy("SMS-POL-5.2.1-7", "", "See [[about]].\n\n# Top\n\n## Below\n"))
        .with("content/404.md", policy("SMS-POL-5.2.1-8", "", "Text.").replace("approved\n", "draft\n"))
        .with("content/con.md", policy("SMS-POL-5.2.1-9", "replaced_by: SMS-POL-5.2.1-2\n", "See [[404]].").replace("approved\n", "retired\n"))
        .with("content/later.md", policy("SMS-POL-5.2.1-10", "effective_date: 2027-01-01\n", "See [[con]].").replace("clause: 5.2.1", "clause: [5.2, 6.1.2, 2011:4.1.1, 2011:9.2]"))
        .with("content/rows.csv", rows)
        .with("content/rows.md", document("register", "SMS-REG-8.2.5", "8.2.5", "").replace("changes:", &format!("{columns}changes:")))
}

pub(crate) const HOSTILE_SETTINGS: &str = r#"
organization = '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="alert(1)'
edit_link = 'https://x.example/"onmouseover="alert(1)"/{path}'
[variables]
evil = '<script>alert(1)</script><img src=x onerror=alert(1)>" onclick="alert(1)'
evil_link = "javascript:alert(1)"
"#;

/// Markdown without raw HTML: what we write ourselves is escaped.
pub(crate) const HOSTILE_TEXT: &str = r#"
## \<script>alert(1)\</script> {{ evil }} {#"onclick="alert(1) onclick=alert(1) .x}

| {{ evil }} | `<script>alert(1)</script>` |
| --- | --- |
| {{ evil }} | &lt;script&gt;alert(1)&lt;/script&gt; |

[a](javascript:alert(1)) [a](JavaScript&colon;alert(1)) [a](java&#10;script:alert(1)) [a](data:text/html,x) [a](vbscript:x)
[a]({{ evil_link }}) [a](//x.example/a) [a](<https://x.example/"onclick="alert(1)>) [a](file:///etc/passwd) [a](\\x.example)
![a](javascript:alert(1)) ![a](https://x.example/a.png) ![a](data:image/svg+xml,x) ![{{ evil }}](picture.svg "{{ evil }}")
![a](<x"onerror=alert(1).png>) [a](page.html) [[x" onclick="alert(1)]] [[javascript:alert(1)|a]] [text](clause:"onclick="alert)

Note[^"onclick="alert(1)].

[^"onclick="alert(1)]: {{ evil }}

```"><script>alert(1)</script>
<script>alert(1)</script>
```

```html" onclick="alert(1)
<script>alert(1)</script>
```

```html
<script>alert(1)</script><img src=x onerror=alert(1)>
```

- [ ] {{ evil }}

> [!NOTE]
> {{ evil }}

{{ evil }}
: {{ evil }}
"#;

/// Raw HTML: what is sanitised.
pub(crate) const HOSTILE_HTML: &str = r#"
`<script>alert(1)</script>` {{ evil }}

<script>alert(1)</script>
<SCRIPT SRC="https://x.example/x.js"></SCRIPT >
<img src=x onerror=alert(1)> <img src="https://x.example/a.png"> <img src="//x.example/a.png"> <img src="data:image/svg+xml,x">
<img srcset="https://x.example/a.png"> <img/src=`x`onerror=alert(1)>
<a href="javascript:alert(1)">a</a> <a href=" jAvAsCrIpT:alert(1)">a</a> <a href="java&#10;script:alert(1)">a</a>
<a href="data:text/html,<script>alert(1)</script>">a</a> <a href="//x.example">a</a> <a href="\\x.example">a</a>
<a href="https://x.example" target="_blank" ping="https://x.example" onclick="alert(1)">a</a>
<base href="https://x.example/"> <meta http-equiv="refresh" content="0; url=https://x.example">
<iframe src="https://x.example"></iframe> <iframe srcdoc="<script>alert(1)</script>"></iframe>
<form action="https://x.example"><input name=a autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">b</button></form>
<style>body { display: none } @import "https://x.example/x.css";</style>
<link rel=stylesheet href="https://x.example/x.css"> <object data="x.swf"></object> <embed src="x.swf">
<svg onload=alert(1)><script>alert(1)</script><a xlink:href="javascript:alert(1)"><rect/></a></svg>
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
<div style="position:fixed" onclick=alert(1) id="cb-main">d</div> <details open ontoggle=alert(1)>e</details>
<video src="https://x.example/a"><source onerror=alert(1)></video> <audio src=x onerror=alert(1)></audio>
<template><script>alert(1)</script></template> <noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<textarea><script>alert(1)</script></textarea> <select><option>a</select> <title><img src=x onerror=alert(1)></title>
<blockquote cite="javascript:alert(1)">q</blockquote> <q cite="https://x.example">q</q>
<table background="https://x.example/a.png"><tr><td background="https://x.example/a.png">c</td></tr></table>
<!--><script>alert(1)</script>--> <!-- --!><script>alert(1)</script> --> <?php alert(1) ?>
<![CDATA[<script>alert(1)</script>]]> <x-evil onclick=alert(1)>x</x-evil> <marquee onstart=alert(1)>m</marquee>
<portal src="https://x.example"></portal> <dialog open>d</dialog> <body onload=alert(1)> <plaintext>p
"#;

pub(crate) const HOSTILE_PICTURE: &str = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" onload=\"alert(1)\"><script>alert(1)</script>\
        <a href=\"javascript:alert(1)\"><rect width=\"9\" height=\"9\" onclick=\"alert(1)\" style=\"fill: red\"/></a><text aria-label=\"a &lt; b\">a&#160;b</text>\
        <image href=\"https://x.example/a.png\"/><style>@import 'https://x.example'</style><set attributeName=\"href\" to=\"javascript:alert(1)\"/></svg>";

/// Everything that could become active, wherever authors can write it.
pub(crate) fn hostile() -> Memory {
    let quoted = serde_json::to_string(HOSTILE).expect("it is text");
    let everywhere = |text: String| {
        let title =
            text.lines().find(|line| line.starts_with("title: ")).unwrap_or_default().to_owned();
        text.replace(&title, &format!("title: {quoted}"))
            .replace("First issue.", &quoted)
            .replace("changes:", &format!("retention: {quoted}\nkeywords: [{quoted}]\naliases: [{quoted}]\nclassification: internal\norigin: {{ issuer: {quoted} }}\nchanges:"))
    };
    let rows = "name,who,number,document,site\n\"{evil}\",\"{evil}\",\"{evil}\",\"{evil}\",javascript:alert(1)\nA,manager,8.5.1.1,x,\"https://x.example/\"\"onclick=\"\"alert(1)\"\n";
    let columns = "data: rows.csv\ncolumns: { name: text, who: role, number: clause, document: reference, site: link }\nchanges:";
    Memory::default()
        .with(
            "content/roles.yaml",
            format!(
                "- {{ id: manager, title: {quoted}, summary: {quoted}, duties: [{quoted}] }}\n"
            ),
        )
        .with(
            "content/glossary.yaml",
            format!("- {{ term: {quoted}, definition: {quoted}, aliases: [{quoted}] }}\n"),
        )
        .with(
            "content/<b onclick=alert(1)>/html.md",
            everywhere(document("policy", "SMS-POL-5.2.1", "5.2.1", HOSTILE_HTML)),
        )
        .with(
            "content/text.md",
            everywhere(document("policy", "SMS-POL-5.2.1-2", "5.2.1", HOSTILE_TEXT)),
        )
        .with(
            "content/rows.md",
            everywhere(document("register", "SMS-REG-8.2.5", "8.2.5", "{{ evil }}"))
                .replace("changes:", columns),
        )
        .with("content/rows.csv", rows.replace("{evil}", &HOSTILE.replace('"', "\"\"")))
        .with(
            "content/\" onclick=\"alert(1).md",
            everywhere(document("policy", "\"onclick=alert(1)\"", "5.2.1", "Text.")),
        )
        .with("content/picture.svg", HOSTILE_PICTURE)
        .with("content/x\"onerror=alert(1).png", "png")
        .with("content/page.html", "<script>alert(1)</script>")
}

/// A document that no rule objects to.
pub(crate) fn document(document_type: &str, reference: &str, clause: &str, body: &str) -> String {
    format!(
        "---\ntitle: {reference}\nreference: {reference}\ntype: {document_type}\nowner: manager\napprover: sponsor\n\
         version: 1.0\nstatus: approved\nclause: {clause}\nreview_date: 2027-01-10\nchanges:\n  - version: 1.0\n    \
         date: 2026-01-15\n    summary: First issue.\n    approved_by: sponsor\n---\n\n{body}\n"
    )
}
