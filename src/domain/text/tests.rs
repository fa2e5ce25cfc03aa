use proptest::prelude::*;

use super::*;

#[test]
fn titles_lose_markup_entities_and_control_characters() {
    for (given, wanted) in [
        ("Konzept f\u{fc}r den <b>Zoo</b>", "Konzept für den Zoo"),
        ("AT&amp;T &ndash; &auml;hnlich", "AT&T – ähnlich"),
        ("  a\r\nb\t\tc\u{0}d ", "a b cd"),
        ("\u{202e}txt.exe\u{202c} \u{2066}x\u{2069}", "txt.exe x"),
        (
            "Preise < 10 Euro, a<10, 3 > 2",
            "Preise < 10 Euro, a<10, 3 > 2",
        ),
        ("x<script>alert(1)</script>y", "x y"),
        ("&amp;lt;b&amp;gt;fett&amp;lt;/b&amp;gt;", "fett"),
        ("Line<br>break<p>para", "Line break para"),
        ("soft\u{ad}hyphen zero\u{200b}width", "softhyphen zerowidth"),
        ("<!-- hidden -->shown", "shown"),
        ("", ""),
    ] {
        assert_eq!(single_line(given, 300), wanted, "{given:?}");
    }
}

#[test]
fn truncation_keeps_whole_words_and_the_limit() {
    assert_eq!(truncate("Ein kurzer Titel", 16), "Ein kurzer Titel");
    assert_eq!(truncate("Ein kurzer Titel", 15), "Ein kurzer…");
    assert_eq!(truncate("Ein kurzer Titel", 11), "Ein kurzer…");
    assert_eq!(truncate("Donaudampfschifffahrt", 10), "Donaudamp…");
    assert_eq!(truncate("abc", 0), "");
    assert_eq!(truncate("äöü", 2), "ä…");
}

#[test]
fn html_keeps_what_a_mail_can_carry() {
    for (given, wanted) in [
        ("Hallo <b>Welt</b>", "<p>Hallo <strong>Welt</strong></p>"),
        ("<div>eins</div><div>zwei</div>", "<p>eins</p><p>zwei</p>"),
        (
            "<p>a</p>b<ul><li>c<li>d</ul>e",
            "<p>a</p><p>b</p><ul><li>c</li><li>d</li></ul><p>e</p>",
        ),
        ("<h1>T</h1><h6>u</h6>x", "<h3>T</h3><h4>u</h4><p>x</p>"),
        (
            "<a href='https://example.org/?a=1&amp;b=2' onclick=x() style=y>hier</a>",
            "<p><a href=\"https://example.org/?a=1&amp;b=2\">hier</a></p>",
        ),
        ("<a href='javascript:alert(1)'>x</a>", "<p>x</p>"),
        ("<a href='/pfad'>x</a>", "<p>x</p>"),
        ("<a href='//evil.example/'>x</a>", "<p>x</p>"),
        ("<a href='data:text/html,x'>x</a>", "<p>x</p>"),
        (
            "<a href='https://example.org/'><img src=https://track.example/p.gif></a>",
            "",
        ),
        ("a<img src=x onerror=alert(1)>b", "<p>ab</p>"),
        (
            "<style>p{}</style><svg><script>x</script></svg>ok",
            "<p>ok</p>",
        ),
        ("a<br><br><br><br>b<br>", "<p>a<br><br>b</p>"),
        (
            "3 < 4 &amp; <foo> &lt;b&gt;",
            "<p>3 &lt; 4 &amp; &lt;foo&gt; &lt;b&gt;</p>",
        ),
        (
            "<table><tr><td>1</td><td>2</td></tr></table>",
            "<p>1</p><p>2</p>",
        ),
        (
            "<table><caption>Zeiten</caption><tr><th>Tag<th>Zeit<tr><td>Mo<td><p>9</p><ul><li>12</ul><tr><td>Di</table>nach",
            "<p>Zeiten</p><table><thead><tr><th>Tag</th><th>Zeit</th></tr></thead><tbody>\
             <tr><td>Mo</td><td>9<br>12</td></tr><tr><td>Di</td><td></td></tr></tbody></table><p>nach</p>",
        ),
        (
            "<table><tr><th>Mo</th><td>9 <s>bis 12</s></td></tr></table>",
            "<table><thead><tr><th></th><th></th></tr></thead><tbody><tr><td>Mo</td><td>9 <del>bis 12</del></td></tr></tbody></table>",
        ),
        (
            "<table><tr><td><table><tr><th>innen</th></tr></table></td></tr></table><table><tr><th>a<table><tr><td>b</table>c</table>",
            "<table><thead><tr><th>innen</th></tr></thead></table><table><thead><tr><th>a<br>b<br>c</th></tr></thead></table>",
        ),
        ("a&#8238;b\u{7}", "<p>ab</p>"),
        (
            "<b>offen <i>beide",
            "<p><strong>offen <em>beide</em></strong></p>",
        ),
        ("<script>alert(1)", ""),
        (
            "<b>a </b><i>b<br></i>c <b> </b>d<em>&nbsp;</em>",
            "<p><strong>a</strong> <em>b</em><br>c d</p>",
        ),
        (
            "<em>a <b>b</b></em> <b>c<a href='https://example.org/'>d</a></b>",
            "<p><em>a <strong>b</strong></em><strong> c<a href=\"https://example.org/\">d</a></strong></p>",
        ),
        (
            "<ul><li><p>a<li>b<ol><li>c</ol><li><p>d</p><p>e</p></ul>f",
            "<ul><li>a</li><li>b<ol><li>c</li></ol></li><li><p>d</p><p>e</p></li></ul><p>f</p>",
        ),
        (
            "<li>a</li><li>b</li>c<ul>d<li>e",
            "<ul><li>a</li><li>b</li></ul><p>c</p><ul><li>d</li><li>e</li></ul>",
        ),
        (
            "<ol><li>a<ul></li><li>b</ol></ul>c</blockquote><blockquote>d",
            "<ol><li>a<ul><li>b</li></ul></li></ol><p>c</p><blockquote><p>d</p></blockquote>",
        ),
        (
            "<h2><div>T</div></h2>x<h5>u<p>y",
            "<h3>T</h3><p>x</p><h4>u</h4><p>y</p>",
        ),
        // What feeds made of XHTML close at once hides nothing behind it.
        (
            "a<script src='x'/>b<iframe src='x' />c<svg/>d",
            "<p>a b c d</p>",
        ),
        (
            "<head><title>t</title><body>a<svg><svg></svg>x</svg>b<textarea><p>x</textarea>c<plaintext>d",
            "<p>a b c</p>",
        ),
        (
            "<![CDATA[a<br>b <!-- c --> <?php d ?> <![if x]>e<a title='>' href=https://example.org/>f",
            "<p>a<br>b e<a href=\"https://example.org/\">f</a></p>",
        ),
        (
            "Anna <Anna.Muster@example.org> & Co, </ und <b<i>",
            "<p>Anna &lt;Anna.Muster@example.org&gt; &amp; Co, &lt;/ und &lt;b</p>",
        ),
        (
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        ),
    ] {
        assert_eq!(sanitise_html(given), wanted, "{given:?}");
    }
}

#[test]
fn relative_links_are_seen_from_the_base() {
    let base = url::Url::parse("https://example.org/news/").expect("a URL");
    assert_eq!(
        sanitise_html_at(
            "<a href='7.html'>x</a> <a href='mailto:a@example.org'>y</a>",
            Some(&base)
        ),
        "<p><a href=\"https://example.org/news/7.html\">x</a> <a href=\"mailto:a@example.org\">y</a></p>"
    );
}

#[test]
fn nesting_and_length_are_bounded() {
    for open in [
        "<div>",
        "<b>",
        "<blockquote>",
        "<ul><li>",
        "<b a=1><p>",
        "<a href=https://example.org>",
        "<table>",
        "<table><th>",
        "<th>",
        "<table><tr><th>x",
        "<td><tr>",
        "<svg>",
        "<font color=x>",
        "<!--",
        "</",
        "<p",
        "<i><b>",
    ] {
        let clean = sanitise_html(&format!("{}text", open.repeat(3_000)));
        assert!(clean.len() < 1_000_000, "{open}: {} bytes", clean.len());
        let depth = clean.split("</").count();
        assert!(depth < 250_000, "{open}");
        let _ = single_line(&open.repeat(3_000), 300);
    }
    // A tag that never ends hides what follows, and costs nothing.
    for tag in [
        "<b ".to_owned() + &"x=1 ".repeat(20_000),
        "<p x=\"".to_owned(),
    ] {
        let html = format!("a{tag}>b<i>c</i>");
        assert_eq!(sanitise_html(&html), "<p>a</p>");
    }
    let long = format!(
        "a<!--{}-->b<p title='{}'>c",
        " x ".repeat(20_000),
        "x".repeat(7_000)
    );
    assert_eq!(sanitise_html(&long), "<p>ab</p><p>c</p>");
    // What is written is bounded too: a short relative link is a long absolute one.
    let base = url::Url::parse(&format!("https://example.org/{}/", "x".repeat(1_900)));
    let links = (0..6_000).map(|n| format!("<a href={n}>x</a> "));
    let links = links.collect::<Vec<_>>().concat();
    let links = sanitise_html_at(&links, base.ok().as_ref());
    assert!(
        (90_000..=MAX_HTML).contains(&links.len()),
        "{}",
        links.len()
    );
    assert_eq!(sanitise_html(&links), links);
    let escaped = sanitise_html(&"&lt;&nbsp;".repeat(10_000));
    assert_eq!(sanitise_html(&escaped), escaped);
    let deep = sanitise_html(&format!("{}text", "<blockquote>".repeat(5_000)));
    assert_eq!(deep.matches("<blockquote>").count(), MAX_NESTING);
    assert!(deep.contains("text"));
    let many = (0..5_000).fold(String::new(), |html, n| {
        html + "<b id=" + &n.to_string() + ">x<p>"
    });
    assert!(sanitise_html(&many).len() < 1_000_000);
    assert!(sanitise_html(&"<div>".repeat(1_000_000)).is_empty());
}

#[test]
fn plain_text_becomes_paragraphs_with_links() {
    assert_eq!(
        paragraphs_to_html("Eins\nzwei <3\n\nMehr: https://example.org/a?b=1&c=2.\r\n\r\n"),
        "<p>Eins<br>zwei &lt;3</p><p>Mehr: <a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>.</p>"
    );
    assert_eq!(paragraphs_to_html(" \n "), "");
}

#[test]
fn web_addresses_are_absolute() {
    assert_eq!(
        web_address(" https://Example.org "),
        Some("https://example.org/".into())
    );
    for bad in [
        "/a",
        "ftp://example.org/",
        "javascript:1",
        "",
        "https://",
        "example.org",
    ] {
        assert_eq!(web_address(bad), None, "{bad}");
    }
}

/// What the sanitiser of a library lets through that is set to what we mean to keep.
fn second_opinion(html: &str) -> String {
    use std::collections::{HashMap, HashSet};
    let elements = [
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "a",
        "strong",
        "em",
        "blockquote",
        "h3",
        "h4",
        "del",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ];
    ammonia::Builder::empty()
        .tags(HashSet::from(elements))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(None)
        .clean(html)
        .to_string()
}

fn fragments() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,8}",
        any::<String>(),
        proptest::sample::select(vec![
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<a href=\"https://example.org/\">",
            "<a href=x>",
            "</a>",
            "<ul>",
            "</ul>",
            "<ol>",
            "<li>",
            "</li>",
            "<blockquote>",
            "</blockquote>",
            "<h1>",
            "</h1>",
            "<h5>",
            "<br>",
            "</br>",
            "<div>",
            "</div>",
            "<table>",
            "<td>",
            "<th>",
            "<th>x</th>",
            "<tr>",
            "</td>",
            "</tr>",
            "<thead>",
            "</table>",
            "<table><tr><th>",
            "<s>",
            "</s>",
            "~",
            "|",
            "<script>",
            "</script>",
            "<style>",
            "<svg>",
            "<math>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "&lt;",
            "&amp;",
            "&#8238;",
            "&nbsp;",
            "<",
            ">",
            "\"",
            "'",
            "=",
            " ",
            "\n",
            "<script",
            "<img src=x onerror=y>",
            "&",
            ";",
            "\u{202e}",
            "\u{0}",
            "<a href='javascript:x'>",
            "<pre>",
            "<o:p>",
            "<foo>",
            "</ol>",
            "</h1>",
            "<em>",
            "</em>",
            "<strong>",
            "<a href='https://example.net/?a=1&b=\"2'>",
            "<a href='mailto:a\"b@example.org'>",
            "<svg/>",
            "</svg>",
            "<plaintext>",
            "<textarea>",
            "<head>",
            "<body>",
            "\u{a0}",
            "x y",
            "ä",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn sanitising_twice_is_sanitising_once(html in fragments()) {
        let once = sanitise_html(&html);
        prop_assert_eq!(&sanitise_html(&once), &once);
        let lower = once.to_lowercase();
        prop_assert!(!lower.contains("<script") && !lower.contains("<img") && !lower.contains("javascript:x\""));
        prop_assert!(!once.chars().any(is_unwanted));
        // A parser with a tree reads the same out of it, and finds nothing to take away.
        let theirs = second_opinion(&once);
        prop_assert_eq!(&theirs, &once);
    }

    #[test]
    fn lines_are_lines(text in fragments(), max in 0_usize..80) {
        let line = single_line(&text, max);
        prop_assert!(line.chars().count() <= max);
        prop_assert!(!line.chars().any(|c| c.is_control() || is_unwanted(c)));
        let whole = single_line(&text, 10_000);
        prop_assert_eq!(&single_line(&whole, 10_000), &whole);
    }

    #[test]
    fn paragraphs_are_already_sanitised(text in fragments()) {
        let html = paragraphs_to_html(&text);
        prop_assert_eq!(&sanitise_html(&html), &html);
    }
}

#[test]
fn markdown_is_read() {
    for (given, wanted) in [
        ("Eins\nzwei\n\ndrei", "<p>Eins<br>zwei</p><p>drei</p>"),
        (
            "## Wo\n- a\n- b\n",
            "<h3>Wo</h3><ul><li>a</li><li>b</li></ul>",
        ),
        ("#### Tief", "<h4>Tief</h4>"),
        (
            "**fett** und *betont*",
            "<p><strong>fett</strong> und <em>betont</em></p>",
        ),
        ("> Zitat", "<blockquote><p>Zitat</p></blockquote>"),
        (
            "[Karte](https://region.example/a_b) https://region.example.",
            "<p><a href=\"https://region.example/a_b\">Karte</a> <a href=\"https://region.example/\">https://region.example</a>.</p>",
        ),
        (
            "[x](javascript:alert(1)) [y](data:text/html,x)",
            "<p>x y</p>",
        ),
        (
            "<script>alert(1)</script> <b onclick=x>b</b>",
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b onclick=x&gt;b&lt;/b&gt;</p>",
        ),
        (
            "a<img src=x onerror=y>",
            "<p>a&lt;img src=x onerror=y&gt;</p>",
        ),
        (
            "![Ein Bild](https://tracker.example/x.gif)",
            "<p>Ein Bild</p>",
        ),
        (
            "| Tag | Zeit |\n|---|---|\n| Mo | 9–12 |\n| Di | **14–18** |",
            "<table><thead><tr><th>Tag</th><th>Zeit</th></tr></thead><tbody><tr><td>Mo</td><td>9–12</td></tr>\
             <tr><td>Di</td><td><strong>14–18</strong></td></tr></tbody></table>",
        ),
        (
            "| Tag | **Zeit** |\n|:--|--:|\n| Mo |\n| | |\n| [x](javascript:y) | <b>9</b> \\| 10 | mehr |",
            "<table><thead><tr><th>Tag</th><th><strong>Zeit</strong></th></tr></thead><tbody><tr><td>Mo</td><td></td></tr>\
             <tr><td>x</td><td>&lt;b&gt;9&lt;/b&gt; | 10</td></tr></tbody></table>",
        ),
        (
            "| nur | Kopf |\n|---|---|\n\n> | a |\n> |---|\n> | b |",
            "<table><thead><tr><th>nur</th><th>Kopf</th></tr></thead></table>\
             <blockquote><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table></blockquote>",
        ),
        ("a\u{202e}b", "<p>ab</p>"),
        ("Preise < 10 & > 5", "<p>Preise &lt; 10 &amp; &gt; 5</p>"),
        ("    eingerückt\n    zwei", "<p>eingerückt<br>zwei</p>"),
        (
            "~~weg~~ und ~~**auch** weg~~, ~5 km~ und ca. ~ 6",
            "<p><del>weg</del> und <del><strong>auch</strong> weg</del>, ~5 km~ und ca. ~ 6</p>",
        ),
        ("", ""),
    ] {
        assert_eq!(markdown_to_html(given).as_deref(), Ok(wanted), "{given:?}");
    }
}

#[test]
fn markdown_that_is_too_long_is_refused_not_cut() {
    assert_eq!(
        markdown_to_html(&"a".repeat(MAX_MARKDOWN + 1)),
        Err(TooLong)
    );
    assert_eq!(markdown_to_html(&"\"".repeat(MAX_MARKDOWN)), Err(TooLong));
    let long = "Wort ".repeat(MAX_MARKDOWN / 5);
    let html = markdown_to_html(&long).expect("fits");
    assert_eq!(html.len(), long.trim_end().len() + "<p></p>".len());
    // A link of 10,000 characters does not end the text.
    let link = format!("a [b](https://x.example/{}) c", "y".repeat(10_000));
    assert_eq!(markdown_to_html(&link).as_deref(), Ok("<p>a b c</p>"));
}

#[test]
fn tables_are_bounded() {
    // Thousands of columns are no more than the width of a table, and what a table lacks is not made up.
    let wide = format!("|{}\n|{}", "x|".repeat(5_000), "-|".repeat(5_000));
    let html = markdown_to_html(&wide).expect("fits");
    assert_eq!(
        html.matches("<td>").count() + html.matches("<th>").count(),
        5_008
    );
    assert!(
        html.split("<tr>")
            .all(|row| row.matches("x<").count() <= MAX_COLUMNS)
    );
    assert_eq!(sanitise_html(&html), html);
    let long = format!(
        "|{}\n|{}\n{}",
        "x|".repeat(5_000),
        "-|".repeat(5_000),
        "y\n".repeat(20_000)
    );
    assert_eq!(markdown_to_html(&long), Err(TooLong));
    let foreign = format!(
        "<table><tr><th>a{}{}",
        "<th>".repeat(10),
        "<tr><td>x".repeat(9_000)
    );
    let html = sanitise_html(&foreign);
    assert_eq!(sanitise_html(&html), html);
    assert!(html.len() <= MAX_HTML, "{}", html.len());
    // Opening times of a year are no trouble.
    let year = "| Montag, 7. Dezember 2026 | 9:00 bis 12:30 Uhr | Bürgerbüro |\n".repeat(365);
    let html = markdown_to_html(&format!("| Tag | Zeit | Wo |\n|---|---|---|\n{year}"));
    assert_eq!(html.expect("fits").matches("<tr>").count(), 366);
}

#[test]
fn struck_words_are_no_part_of_a_plain_line() {
    assert_eq!(
        html_to_plain("<p>Beginn <s>18</s> 19 Uhr</p>"),
        "Beginn 19 Uhr"
    );
    assert_eq!(
        html_to_plain("<table><tr><th>Tag</th></tr><tr><td>Mo</td></tr></table>"),
        "Tag Mo"
    );
}

#[test]
fn markdown_is_as_people_would_write_it() {
    for (html, wanted) in [
        (
            "<p>Der <strong>Ausschuss</strong> hat <em>zwölf</em> Orte.</p><h3>Wo</h3><ul><li>Musterstadt, am Markt</li><li>Beispielhausen</li></ul>",
            "Der **Ausschuss** hat *zwölf* Orte.\n\n## Wo\n\n- Musterstadt, am Markt\n- Beispielhausen\n",
        ),
        (
            "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>",
            "1. a\n   - b\n2. c\n",
        ),
        (
            "<p>2 * 3 = 6, a_b, 5. Mai</p>",
            "2 \\* 3 = 6, a_b, 5. Mai\n",
        ),
        ("<p>5. Mai<br># x<br>- y</p>", "5\\. Mai\n\\# x\n\\- y\n"),
        (
            "<p>Musterstraße 1<br>52062 Aachen</p>",
            "Musterstraße 1\n52062 Aachen\n",
        ),
        (
            "<p><a href=\"https://a.example/\">https://a.example/</a> <a href=\"https://a.example/?a=1&amp;b\">Karte</a></p>",
            "<https://a.example/> [Karte](<https://a.example/?a=1\\&b>)\n",
        ),
        (
            "<table><thead><tr><th>Tag</th><th>Zeit</th></tr></thead><tbody><tr><td>Mo</td><td>9 | 12<br><strong>b</strong></td></tr></tbody></table><p><del>alt</del> ~5 km ~~</p>",
            "| Tag | Zeit |\n|---|---|\n| Mo | 9 \\| 12 **b** |\n\n~~alt~~ ~5 km \\~\\~\n",
        ),
        ("", ""),
    ] {
        assert_eq!(html_to_markdown(html), wanted, "{html}");
    }
}

/// Blocks without what Markdown cannot say everywhere: bold and stressed text, breaks in headings, and
/// addresses that are no links.
fn simple(html: &str) -> String {
    let mut html = html
        .replace("://", ":")
        .replace("<strong>", "")
        .replace("</strong>", "");
    for style in ["em", "del"] {
        html = html
            .replace(&format!("<{style}>"), "")
            .replace(&format!("</{style}>"), "");
    }
    for heading in ["h3", "h4", "th", "td"] {
        let parts: Vec<String> = html
            .split(&format!("<{heading}>"))
            .map(|part| match part.split_once(&format!("</{heading}>")) {
                Some((inside, after)) => format!(
                    "{}</{heading}>{after}",
                    inside.replace("<br>", " ").replace("  ", " ")
                ),
                None => part.to_owned(),
            })
            .collect();
        html = parts.join(&format!("<{heading}>"));
    }
    sanitise_html(&html)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn markdown_says_what_the_html_said(html in fragments()) {
        let html = sanitise_html(&html);
        let markdown = html_to_markdown(&html);
        let again = markdown_to_html(&markdown).expect("it is short");
        prop_assert_eq!(simple(&again), simple(&html), "{}", markdown);
    }

    #[test]
    fn any_markdown_gives_clean_html(text in "([\\[\\]()<>*_`#>|~ a-z0-9!:/\\\\\n-]|\n\\|-\\|-\\|\n|~~){0,120}") {
        let html = markdown_to_html(&text).expect("it is short");
        prop_assert_eq!(&sanitise_html(&html), &html);
        let markdown = html_to_markdown(&html);
        let again = markdown_to_html(&markdown).expect("it is short");
        prop_assert_eq!(simple(&again), simple(&html), "{}", markdown);
    }
}
