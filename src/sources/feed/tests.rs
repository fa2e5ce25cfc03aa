use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::domain::language::Language;
use crate::sources::Item;

fn options() -> FeedOptions {
    FeedOptions::new(Language::De.into())
}

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feeds");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|ext| ext == "xml" || ext == "json")
        })
        .map(|path| {
            (
                path.file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
                std::fs::read(&path).expect("a readable file"),
            )
        })
        .collect();
    files.sort();
    files
}

fn fixture(name: &str) -> Vec<u8> {
    fixtures()
        .into_iter()
        .find(|(file, _)| file == name)
        .expect("the fixture is there")
        .1
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title><link>https://example.org/</link>{items}</channel></rss>"
    )
}

fn one(feed: &str) -> Item {
    let reading = read(feed.as_bytes(), &options()).expect("a feed");
    assert_eq!(reading.items.len(), 1, "{:?}", reading.refused);
    reading.items.into_iter().next().expect("one item")
}

fn title(item: &Item) -> &str {
    &item.content.texts[&item.content.original].title
}

/// A reading as a person would check it.
pub(super) fn shown(reading: &Reading) -> String {
    let mut out = format!(
        "title: {:?}\nlanguage: {:?}\nnotes: {:?}\n",
        reading.title, reading.language, reading.notes
    );
    for refused in &reading.refused {
        let _ = writeln!(out, "refused: {} — {}", refused.item, refused.reason);
    }
    for item in reading.items.iter().take(4) {
        let text = &item.content.texts[&item.content.original];
        let _ = writeln!(
            out,
            "\n# {}\nid: {}\nlang: {}  date: {:?}  url: {:?}\ncategories: {:?}\nteaser: {}\nbody: {}",
            text.title,
            item.external_id,
            item.content.original,
            item.content.dated_at,
            item.content.url,
            item.categories,
            text.teaser,
            crate::domain::text::truncate(&text.body, 1_200)
        );
    }
    let _ = writeln!(out, "\n{} items", reading.items.len());
    out
}

#[test]
fn real_feeds_are_read_as_expected() {
    for (name, bytes) in fixtures() {
        let reading = read(&bytes, &options()).expect("a real feed");
        assert_eq!(reading.refused, [], "{name}");
        insta::assert_snapshot!(format!("feed-{name}"), shown(&reading));
    }
}

#[test]
fn all_hundred_entries_of_the_council_agenda_are_read() {
    let reading = read(&fixture("karlsruhe-council.atom.xml"), &options()).expect("a feed");
    assert_eq!(reading.items.len(), 100);
    assert!(reading.refused.is_empty() && reading.notes.is_empty());
    for item in &reading.items {
        let text = &item.content.texts[&item.content.original];
        assert!(!text.teaser.is_empty() && !text.body.is_empty() && item.content.url.is_some());
        assert!(!item.categories.is_empty() && item.content.dated_at.is_some());
    }
    let again = read(&fixture("karlsruhe-council.atom.xml"), &options()).expect("a feed");
    assert_eq!(again, reading);
}

#[test]
fn empty_and_foreign_files_are_refused_with_a_reason() {
    for (bytes, wanted) in [
        (&b""[..], "empty"),
        (b"hello", "begins neither"),
        (b"<html><body>Not found</body></html>", "not a feed"),
        (b"{\"a\":1}", "no version of JSON Feed"),
        (b"{", "damaged"),
        (b"<rss version=\"2.0\"", "not a feed"),
        (b"\x00\x01\xff\xfe", "begins neither"),
    ] {
        let error = read(bytes, &options()).expect_err("not a feed").to_string();
        assert!(error.contains(wanted), "{error}");
    }
    assert!(
        read(rss("").as_bytes(), &options())
            .expect("an empty feed")
            .items
            .is_empty()
    );
}

#[test]
fn encodings_are_repaired_and_noted() {
    let latin =
        b"<rss version=\"2.0\"><channel><item><title>Stra\xdfenfest \x96 gr\xfc\xdft</title></item></channel></rss>";
    let reading = read(latin, &options()).expect("a feed");
    assert_eq!(title(&reading.items[0]), "Straßenfest – grüßt");
    assert!(reading.notes[0].contains("Windows-1252"));
    let broken = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><item><title>a\xffb</title></item></channel></rss>";
    let reading = read(broken, &options()).expect("a feed");
    assert_eq!(title(&reading.items[0]), "a\u{fffd}b");
    assert_eq!(reading.notes.len(), 1);
    let sixteen: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            rss("<item><title>Ä</title></item>")
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    assert_eq!(
        title(&read(&sixteen, &options()).expect("a feed").items[0]),
        "Ä"
    );
}

#[test]
fn entity_bombs_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;\">]><rss version=\"2.0\"><channel><item><title>&lol2;</title></item></channel></rss>";
    assert!(matches!(
        read(bomb.as_bytes(), &options()),
        Err(FeedError::Entities)
    ));
    let outside = "<!DOCTYPE rss SYSTEM \"file:///etc/passwd\"><rss version=\"2.0\"><channel><item><title>&xxe;t</title></item></channel></rss>";
    assert_eq!(title(&one(outside)), "&xxe;t");
}

#[test]
fn a_million_entries_are_refused_with_a_message() {
    let feed = rss(&"<item/>".repeat(1_000_000));
    let error = read(feed.as_bytes(), &options())
        .expect_err("too many")
        .to_string();
    assert!(
        error.starts_with("the feed has more than 10000 entries"),
        "{error}"
    );
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}{{}}]}}",
        "{},".repeat(1_000_000)
    );
    assert!(read(json.as_bytes(), &options()).is_err());
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{}{{}}]}}",
        "{},".repeat(20_000)
    );
    assert!(matches!(
        read(json.as_bytes(), &options()),
        Err(FeedError::TooManyItems { .. })
    ));
}

#[test]
fn nested_elements_are_refused() {
    for open in ["<a>", "<item>", "<x:entry xmlns:x='y'>", "<![CDATA["] {
        let feed = rss(&open.repeat(100_000));
        assert!(
            read(feed.as_bytes(), &options()).map_or(true, |reading| reading.items.len() <= 1),
            "{open}"
        );
    }
    let deep = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}",
        "[".repeat(100_000)
    );
    assert!(matches!(
        read(deep.as_bytes(), &options()),
        Err(FeedError::NoFeed(_))
    ));
}

#[test]
fn a_damaged_entry_does_not_affect_others() {
    let feed = rss(
        "<item><title>one</title></item><item><title>t<b></title></item><item><title>three</title><guid>3</guid></item>",
    );
    let reading = read(feed.as_bytes(), &options()).expect("a feed");
    let titles: Vec<_> = reading.items.iter().map(title).collect();
    assert_eq!(titles, ["one", "three"]);
    assert_eq!(reading.refused[0].item, "entry 2");
    assert!(reading.notes[0].contains("damaged"));
    // A download that stopped in the middle keeps what had arrived.
    let whole = String::from_utf8(fixture("karlsruhe-council.atom.xml")).expect("UTF-8");
    let reading = read(&whole.as_bytes()[..whole.len() / 2], &options()).expect("a feed");
    assert!(
        (20..100).contains(&reading.items.len()),
        "{}",
        reading.items.len()
    );
}

#[test]
fn identifiers_are_stable_and_unique() {
    let item =
        |inner: &str| one(&rss(&format!("<item><title>A</title>{inner}</item>"))).external_id;
    assert_eq!(
        item("<guid>g1</guid><link>https://example.org/1</link>"),
        "g1"
    );
    assert_eq!(
        item("<link>https://example.org/1</link>"),
        "https://example.org/1"
    );
    let bare = item("<pubDate>Tue, 02 Mar 2021 23:39:15 +0100</pubDate>");
    assert!(bare.starts_with("sha256:"));
    assert_eq!(
        bare,
        item("<pubDate>Tue, 02 Mar 2021 23:39:15 +0100</pubDate>")
    );
    assert_ne!(bare, item(""));
    assert!(item(&format!("<guid>{}</guid>", "g".repeat(600))).starts_with("sha256:"));
    let same = rss(
        "<item><title>A</title><guid>g</guid><link>/1</link></item><item><title>B</title><guid>g</guid><link>/2</link></item><item><title>B</title><guid>g</guid><link>/2</link></item><item><title>B</title><guid>g</guid><link>/2</link></item>",
    );
    let reading = read(same.as_bytes(), &options()).expect("a feed");
    assert_eq!(reading.items.len(), 3);
    assert_eq!(reading.items[1].external_id, "https://example.org/2");
    assert!(reading.refused[0].reason.contains("twice"));
}

#[test]
fn entries_are_cleaned_and_links_made_absolute() {
    let item = one(&rss(
        "<item xml:base=\"https://example.org/news/\"><title>&lt;b&gt;Fest&lt;/b&gt; &amp;amp; Markt\u{202e}</title><link>7.html</link>\
         <description>&lt;p onclick=x&gt;Kurz &lt;script&gt;x&lt;/script&gt;&lt;a href=\"/mehr\"&gt;mehr&lt;/a&gt;&lt;img src=\"https://t.example/p.gif\"&gt;&lt;/p&gt;</description>\
         <category>Kultur</category><category> Kultur </category><category></category></item>",
    ));
    let text = &item.content.texts[&item.content.original];
    assert_eq!(text.title, "Fest & Markt");
    assert_eq!(text.teaser, "Kurz mehr");
    assert_eq!(
        text.body,
        "<p>Kurz <a href=\"https://example.org/mehr\">mehr</a></p>"
    );
    assert_eq!(
        item.content.url.as_deref(),
        Some("https://example.org/news/7.html")
    );
    assert_eq!(item.categories, ["Kultur"]);
    let item = one(&rss(
        "<item><title>x</title><link>javascript:alert(1)</link><guid>tag:1</guid></item>",
    ));
    assert_eq!(item.content.url, None);
}

#[test]
fn an_entry_without_title_takes_its_first_words_and_one_without_text_is_refused() {
    let item = one(&rss(
        "<item><description>Nur ein kurzer Text ohne Titel</description></item>",
    ));
    assert_eq!(title(&item), "Nur ein kurzer Text ohne Titel");
    let reading = read(
        rss("<item><link>https://example.org/</link></item>").as_bytes(),
        &options(),
    )
    .expect("a feed");
    assert_eq!(
        reading.refused[0].reason,
        "it has neither a title nor a text"
    );
}

#[test]
fn json_feeds_are_read_item_by_item() {
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"T","language":"fr-BE","home_page_url":"https://example.org/a/",
        "items":[{"id":7,"title":"un","url":"b","content_text":"x < y\n\nz","tags":["Culture",3]},
                 {"id":"2","title":{"wrong":1}}, "nonsense", {"id":"4","content_html":"<p>deux <img src=x></p>","language":"nl","date_published":"2026-02-30T00:00:00Z"}]}"#;
    let reading = read(json.as_bytes(), &options()).expect("a feed");
    assert_eq!(reading.refused.len(), 2);
    let first = &reading.items[0];
    assert_eq!(
        (first.external_id.as_str(), first.content.original.as_str()),
        ("7", "fr-be")
    );
    assert_eq!(
        first.content.url.as_deref(),
        Some("https://example.org/a/b")
    );
    assert_eq!(
        first.content.texts[&first.content.original].body,
        "<p>x &lt; y</p><p>z</p>"
    );
    assert_eq!(reading.items[1].content.original.as_str(), "nl");
    assert_eq!(reading.items[1].content.dated_at, None);
}

#[test]
fn a_non_ascii_author_address_is_accepted() {
    let item = one(&rss(
        "<item><title>A</title><author>post@gemeinde-süd.de (Jürgen)</author></item>",
    ));
    assert_eq!(title(&item), "A");
}

#[test]
fn older_formats_and_strange_dates_are_read() {
    let old = "<rss version=\"0.91\"><channel><title>T</title><item><title>A</title><link>https://example.org/1</link></item></channel></rss>";
    assert_eq!(title(&one(old)), "A");
    let item = one(&rss(
        "<item><title>A</title><pubDate>99999999</pubDate></item>",
    ));
    assert_eq!(item.content.dated_at, None);
}

#[test]
fn truncated_feeds_never_panic() {
    for (name, bytes) in fixtures() {
        let step = if bytes.len() > 20_000 { 49_999 } else { 97 };
        for end in (0..bytes.len()).step_by(step) {
            if let Ok(reading) = read(&bytes[..end], &options()) {
                assert!(reading.items.len() <= 100, "{name} cut at {end}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn mutated_feeds_never_panic(file in 0_usize..7, changes in proptest::collection::vec((any::<u32>(), any::<u8>()), 1..12)) {
        let mut files = fixtures();
        files.retain(|(_, bytes)| bytes.len() < 20_000);
        let (_, bytes) = &mut files[file];
        for (at, byte) in changes {
            let at = usize::try_from(at).expect("it fits") % bytes.len();
            bytes[at] = byte;
        }
        let _ = read(bytes, &options());
    }
}

#[test]
fn the_picture_url_of_an_entry_is_read() {
    let of =
        |inside: &str| one(&rss(&format!("<item><title>T</title>{inside}</item>"))).picture_url;
    let enclosure =
        |url: &str, of: &str| format!("<enclosure url=\"{url}\" type=\"{of}\" length=\"1\"/>");
    let picture = of(&enclosure("https://example.org/a.jpg", "image/jpeg"));
    assert_eq!(picture.as_deref(), Some("https://example.org/a.jpg"));
    assert_eq!(
        of(&enclosure("https://example.org/a.mp3", "audio/mpeg")),
        None
    );
    assert_eq!(of(&enclosure("javascript:alert(1)", "image/png")), None);
    assert_eq!(of(""), None);

    let media = "<media:group xmlns:media=\"http://search.yahoo.com/mrss/\">\
        <media:content url=\"https://example.org/s.jpg\" type=\"image/jpeg\" width=\"300\"/>\
        <media:content url=\"https://example.org/l.jpg\" type=\"image/jpeg\" width=\"1200\"/>\
        <media:content url=\"https://example.org/v.mp4\" type=\"video/mp4\" width=\"1900\"/></media:group>";
    assert_eq!(of(media).as_deref(), Some("https://example.org/l.jpg"));

    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>f</id><title>T</title><updated>2026-01-01T00:00:00Z</updated>\
        <entry><id>1</id><title>T</title><updated>2026-01-01T00:00:00Z</updated>\
        <link rel=\"enclosure\" type=\"image/png\" href=\"https://example.org/e.png\"/></entry></feed>";
    assert_eq!(
        one(atom).picture_url.as_deref(),
        Some("https://example.org/e.png")
    );

    let json = |more: &str| {
        let feed = format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"home_page_url\":\"https://example.org/\",\"items\":[{{\"id\":\"1\",\"title\":\"T\"{more}}}]}}"
        );
        one(&feed).picture_url
    };
    assert_eq!(
        json(",\"image\":\"/i.jpg\"").as_deref(),
        Some("https://example.org/i.jpg")
    );
    let attachments = ",\"attachments\":[{\"url\":\"https://example.org/a.pdf\",\"mime_type\":\"application/pdf\"},\
        {\"url\":\"https://example.org/b.jpg\",\"mime_type\":\"image/jpeg\"}]";
    assert_eq!(
        json(attachments).as_deref(),
        Some("https://example.org/b.jpg")
    );
    assert_eq!(json(""), None);
}

/// Real feeds: a podcast's cover counts, the faces of authors do not.
#[test]
fn pictures_of_real_feeds() {
    let mut found = Vec::new();
    for (name, bytes) in fixtures() {
        let Ok(reading) = read(&bytes, &options()) else {
            continue;
        };
        let pictures = reading
            .items
            .iter()
            .filter_map(|item| item.picture_url.as_deref());
        found.extend(
            pictures.map(|picture| {
                format!("{name}: {}", picture.split('?').next().unwrap_or_default())
            }),
        );
    }
    assert_eq!(
        found,
        [
            "rss_2.0_spiegel.xml: https://www.omnycontent.com/d/programs/5ac1e950-45c7-4eb7-87c0-aa0f018441b8/bb17ca27-51f4-4349-bc1e-abc00102c975/image.jpg"
        ]
    );
}
