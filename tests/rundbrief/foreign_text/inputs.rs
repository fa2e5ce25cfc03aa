//! Input made to cost much: one piece of markup over and over, in every place where a reader might
//! scan for its end. Shared by the story beside it and by `benches/foreign_text.rs`.

use rundbrief::domain::language::Language;
use rundbrief::domain::text;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::sources::calendar::{self, CalendarOptions};
use rundbrief::sources::feed::{self, FeedOptions};

/// A reader with one kind of input.
pub struct Case {
    /// The reader and the input, as a table shows them.
    pub name: String,
    /// The same input in about this many bytes.
    pub input: Box<dyn Fn(usize) -> Vec<u8>>,
    /// What reads it.
    pub read: fn(&[u8]),
}

impl Case {
    fn new(
        reader: &str,
        what: &str,
        read: fn(&[u8]),
        input: impl Fn(usize) -> Vec<u8> + 'static,
    ) -> Self {
        let what: String = what.escape_debug().take(60).collect();
        Self {
            name: format!("{reader} {what}"),
            input: Box::new(input),
            read,
        }
    }
}

/// Pieces of XML and what feeds are made of.
const IN_FEEDS: [&str; 58] = [
    "<",
    "<!",
    "<!>",
    "<!x>",
    "<!x '>' >",
    "<!x \"",
    "<!DOCTYPE x>",
    "<!--",
    "<!-->",
    "<!---->",
    "-->",
    "<![CDATA[",
    "<![CDATA[x]]>",
    "]]>",
    "<?",
    "<?x?>",
    "<?x>",
    "<a",
    "<a ",
    "<a b",
    "<a b=\"",
    "<a b=''/>",
    "<a b c d/>",
    "b=\"\" ",
    "b ",
    "<a>",
    "<a/>",
    "<a></a>",
    "</a>",
    "</",
    "<a:b/>",
    "<a xmlns:b='c'/>",
    "<a xml:base='b/'/>",
    "<a xml:base='http://b/'/>",
    ">",
    "&",
    "&amp;",
    "&a;",
    "&#65;",
    "&#",
    "'",
    "\"",
    "ä",
    "\u{0}",
    "<author>",
    "<author/>",
    "<author></item>",
    "</item>",
    "<item>",
    "<item/>",
    "<item><title>x</title></item>",
    "<item><title>x</title><b></item>",
    "<category>x</category>",
    "<link>x</link>",
    "<link href='x'/>",
    "<guid>x</guid>",
    "<media:group><media:content url='x'/></media:group>",
    "<media:content url='x'><media:title>x</media:title></media:content>",
];

/// Pieces of HTML, as they stand in titles and bodies.
pub const IN_HTML: [&str; 44] = [
    "<",
    "<!",
    "<!x>",
    "<!--",
    "<!-->",
    "<![CDATA[",
    "<?",
    "<p",
    "<p ",
    "<p x='",
    "<p x=y ",
    "<p>",
    "</p>",
    "</",
    "<x",
    "<b>",
    "</b>",
    "<b><p>",
    "<b></p>",
    "<i><b></i>",
    "<a href=/x>",
    "<a href='https://example.org/'>x</a>",
    "<ul>",
    "<ul><li>",
    "<li>",
    "<li></ul>",
    "</ul>",
    "<blockquote>",
    "<br>",
    "<script>",
    "<script></script>",
    "<svg>",
    "<svg></svg>",
    "<textarea>",
    "<table><td>",
    "&",
    "&amp;",
    "&lt;",
    "&a",
    "&#65;",
    "\u{a0}",
    " ",
    "x ",
    "https://example.org/ ",
];

/// Lines of a calendar, in an event and outside of one.
const IN_CALENDARS: [&str; 26] = [
    "X\r\n",
    "\r",
    "\r\n ",
    "\r\n\r\n",
    ":",
    ";",
    "\\",
    "\"",
    "BEGIN:VCALENDAR\n",
    "BEGIN:VEVENT\n",
    "BEGIN:VTIMEZONE\n",
    "BEGIN:STANDARD\n",
    "BEGIN:X\n",
    "END:X\n",
    "END:VEVENT\n",
    "END:VCALENDAR\n",
    "TZID:X\n",
    "X-WR-TIMEZONE:Europe/Nowhere\n",
    "DTSTART:20270301T100000\n",
    "RRULE:FREQ=DAILY\n",
    "EXDATE:20270301T100000\n",
    "RDATE:20270301T100000\n",
    "SUMMARY;LANGUAGE=de:a\n",
    "DESCRIPTION:<a&\n",
    "CATEGORIES:a,b,c\n",
    "ORGANIZER;CN=^n^^:x\n",
];

/// What one long line of a calendar may be made of.
const IN_LINES: [&str; 16] = [
    "\\",
    "\\,",
    "\\n",
    ";",
    ":",
    ",",
    "\"",
    ";A=B",
    ";A=\"",
    ";A=\"B\"",
    "=",
    "a",
    "ä",
    "<",
    "&",
    "20270301,",
];

/// Everything that is tried.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    feeds(&mut cases);
    calendars(&mut cases);
    texts(&mut cases);
    cases
}

fn filled(before: &str, piece: &str, after: &str, bytes: usize) -> Vec<u8> {
    let pieces = piece.repeat(bytes / piece.len());
    format!("{before}{pieces}{after}").into_bytes()
}

/// Half of the input at once, and half in pieces behind it: what a reader copies or goes through
/// again for each piece.
fn long_then_many(before: &str, long: char, between: &str, piece: &str, bytes: usize) -> Vec<u8> {
    let long: String = std::iter::repeat_n(long, bytes / 2).collect();
    filled(&format!("{before}{long}{between}"), piece, "", bytes / 2)
}

fn numbered(bytes: usize, piece: impl Fn(usize) -> String) -> String {
    let length = piece(10_000).len();
    (0..bytes / length).map(piece).collect()
}

fn read_feed(bytes: &[u8]) {
    let options = FeedOptions::new(Language::De.into());
    let _ = feed::read(bytes, &options);
}

#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn feeds(cases: &mut Vec<Case>) {
    const HEAD: &str = "<rss version=\"2.0\"><channel>";
    const IN_TITLE: &str = "<rss version=\"2.0\"><channel><item><title>";
    for piece in IN_FEEDS {
        for (place, before) in [
            ("channel", HEAD),
            (
                "item",
                "<rss version=\"2.0\"><channel><item><title>x</title>",
            ),
            ("title", IN_TITLE),
            ("tag", "<rss version=\"2.0\"><channel><item><title "),
        ] {
            let name = format!("{place}: {piece}");
            cases.push(Case::new("feed", &name, read_feed, move |bytes| {
                filled(before, piece, "", bytes)
            }));
        }
        let name = format!("whole item: {piece}");
        cases.push(Case::new("feed", &name, read_feed, move |bytes| {
            filled(IN_TITLE, piece, "</title></item></channel></rss>", bytes)
        }));
    }
    let long = |before: &'static str, between: &'static str, piece: &'static str| {
        move |bytes| long_then_many(before, 'x', between, piece, bytes)
    };
    let mut add = |name: &str, input: Box<dyn Fn(usize) -> Vec<u8>>| {
        cases.push(Case::new("feed", name, read_feed, input));
    };
    for (name, before) in [
        ("long xml:base", "<rss version='2.0' xml:base='http://x/"),
        ("long namespace", "<rss version='2.0' xmlns:b='http://x/"),
        ("long attribute", "<rss version='2.0' b='"),
    ] {
        add(
            name,
            Box::new(long(before, "'><channel>", "<item><title>x</title></item>")),
        );
        add(name, Box::new(long(before, "'><channel>", "<b:a/>")));
    }
    add(
        "long name",
        Box::new(long(
            "<rss version='2.0'><",
            "><channel>",
            "<item><b></item>",
        )),
    );
    add(
        "long title",
        Box::new(long(
            "<rss version='2.0'><channel><title>",
            "</title>",
            "<item><b></item>",
        )),
    );
    add(
        "nested xml:base",
        Box::new(|bytes| {
            let nested = format!("<a xml:base='{}/'>", "b".repeat(bytes / 128)).repeat(60);
            filled(
                &format!("<rss xml:base='http://x/'>{nested}"),
                "<c/>",
                "",
                bytes / 2,
            )
        }),
    );
    add(
        "many attributes",
        Box::new(|bytes| format!("<rss {}/>", numbered(bytes, |n| format!("a{n} "))).into_bytes()),
    );
    add(
        "JSON, many items",
        Box::new(|bytes| json(&"{\"title\":\"x\"},".repeat(bytes / 14))),
    );
    add(
        "JSON, long base",
        Box::new(|bytes| {
            let items = "{\"title\":\"x\",\"url\":\"y\"},".repeat(bytes / 48);
            let mut feed = format!(
                "{{\"home_page_url\":\"https://x/{}\",",
                "x".repeat(bytes / 2)
            );
            feed.push_str(&String::from_utf8(json(&items)).expect("UTF-8")[1..]);
            feed.into_bytes()
        }),
    );
    for piece in ["[", "{\"a\":", "\\\"", "\\", "1,", "\"x\",", "&", "<a"] {
        add(
            &format!("JSON, {piece}"),
            Box::new(move |bytes| {
                json(&format!(
                    "{{\"title\":\"x\",\"content_html\":\"{}",
                    piece.repeat(bytes / piece.len())
                ))
            }),
        );
        add(
            &format!("JSON tags, {piece}"),
            Box::new(move |bytes| {
                json(&format!(
                    "{{\"title\":\"x\",\"tags\":[{}",
                    piece.repeat(bytes / piece.len())
                ))
            }),
        );
    }
    add("bytes of no encoding", Box::new(|bytes| vec![0xff; bytes]));
    add(
        "UTF-16",
        Box::new(|bytes| {
            let feed = filled(HEAD, "<item/>", "", bytes / 2);
            let text = String::from_utf8(feed).expect("UTF-8");
            [0xff, 0xfe]
                .into_iter()
                .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
                .collect()
        }),
    );
}

fn json(items: &str) -> Vec<u8> {
    let items = items.strip_suffix(',').unwrap_or(items);
    format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{items}]}}").into_bytes()
}

fn read_calendar(bytes: &[u8]) {
    let now = Timestamp::from_micros(1_800_000_000_000_000);
    let options = CalendarOptions::new(now, chrono_tz::Tz::Europe__Berlin, Language::De.into());
    let _ = calendar::read(bytes, &options);
}

#[expect(clippy::too_many_lines, reason = "a list of cases")]
fn calendars(cases: &mut Vec<Case>) {
    let mut add = |name: &str, input: Box<dyn Fn(usize) -> Vec<u8>>| {
        cases.push(Case::new("calendar", name, read_calendar, input));
    };
    for piece in IN_CALENDARS {
        for (place, before) in [
            ("top", "BEGIN:VCALENDAR\n"),
            (
                "event",
                "BEGIN:VEVENT\nUID:1\nSUMMARY:x\nDTSTART:20270301T100000\n",
            ),
            ("zone", "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\n"),
        ] {
            add(
                &format!("{place}: {piece}"),
                Box::new(move |bytes| filled(before, piece, "\nEND:VEVENT\n", bytes)),
            );
        }
    }
    for name in [
        "DESCRIPTION:",
        "X-ALT-DESC;FMTTYPE=text/html:",
        "SUMMARY;",
        "SUMMARY:",
        "EXDATE;",
        "EXDATE:",
        "RRULE:",
        "DTSTART;TZID=",
        "X-WR-TIMEZONE:",
    ] {
        for piece in IN_LINES {
            // A line has 200,000 bytes at most, so there are several of them.
            add(
                &format!("{name}{piece}"),
                Box::new(move |bytes| {
                    let line = String::from_utf8(filled(name, piece, "\n", bytes.min(190_000)))
                        .expect("UTF-8");
                    let event =
                        format!("BEGIN:VEVENT\nDTSTART:20270301T100000\n{line}END:VEVENT\n");
                    event.repeat((bytes / event.len()).max(1)).into_bytes()
                }),
            );
        }
    }
    let mut events = |name: &str, body: fn(usize) -> String| {
        add(
            name,
            Box::new(move |bytes| {
                numbered(bytes, |n| {
                    format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", body(n))
                })
                .into_bytes()
            }),
        );
    };
    events("events", |n| {
        format!("UID:{n}\nSUMMARY:x\nDTSTART:20270301")
    });
    events("events of one UID", |n| {
        format!("UID:1\nSUMMARY:x\nSEQUENCE:{n}\nDTSTART:20270301")
    });
    events("changes of one series", |n| {
        format!(
            "UID:1\nRECURRENCE-ID:20270301T{:06}\nDTSTART:20270301",
            n % 240_000
        )
    });
    events("changes from then on", |n| {
        format!(
            "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270301T{:06}\nDTSTART:20270301",
            n % 240_000
        )
    });
    events("many zones", |n| {
        format!("UID:{n}\nSUMMARY:x\nDTSTART;TZID=Zone {n}:20270301T100000")
    });
    events("many long zones", |n| {
        format!(
            "UID:{n}\nSUMMARY:x\nDTSTART;TZID=\"({n}) {}\":20270301T100000",
            "abc,".repeat(48)
        )
    });
    events("rule: daily for ever", |n| {
        format!("UID:{n}\nSUMMARY:x\nDTSTART:19000101\nRRULE:FREQ=DAILY")
    });
    events("rule: a thousand from 1600", |n| {
        format!("UID:{n}\nSUMMARY:x\nDTSTART:16000101\nRRULE:FREQ=DAILY;COUNT=1000")
    });
    events("rule: monthly from 1600", |n| {
        format!("UID:{n}\nSUMMARY:x\nDTSTART:16000101\nRRULE:FREQ=MONTHLY")
    });
    events("rule: the last of each year", |n| {
        format!(
            "UID:{n}\nSUMMARY:x\nDTSTART:16000101T000000\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,0;BYSETPOS=-1"
        )
    });
    events("rule: one day a year, counted", |n| {
        format!(
            "UID:{n}\nSUMMARY:x\nDTSTART:16000101\nRRULE:FREQ=DAILY;BYMONTH=1;BYMONTHDAY=1;COUNT=1000"
        )
    });
    events("rule: the last of each year, counted", |n| {
        format!(
            "UID:{n}\nSUMMARY:x\nDTSTART:16000101T000000\nRRULE:FREQ=YEARLY;COUNT=1000;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,0;BYSETPOS=-1"
        )
    });
    events("rule: never", |n| {
        format!("UID:{n}\nSUMMARY:x\nDTSTART:20270101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    });
}

fn texts(cases: &mut Vec<Case>) {
    type Clean = fn(&[u8]);
    let cleaners: [(&str, Clean); 4] = [
        ("sanitise_html", |bytes| {
            drop(text::sanitise_html(utf8(bytes)));
        }),
        ("html_to_plain", |bytes| {
            drop(text::html_to_plain(utf8(bytes)));
        }),
        ("single_line", |bytes| {
            drop(text::single_line(utf8(bytes), 300));
        }),
        ("paragraphs_to_html", |bytes| {
            drop(text::paragraphs_to_html(utf8(bytes)));
        }),
    ];
    for (name, clean) in cleaners {
        for piece in IN_HTML {
            // 100,000 characters are read: so many bytes that the limit is no help.
            cases.push(Case::new(name, piece, clean, move |bytes| {
                filled("a", piece, "z", bytes / 12)
            }));
        }
        cases.push(Case::new(name, "many attributes", clean, |bytes| {
            format!("<p {}>", numbered(bytes / 12, |n| format!("a{n} "))).into_bytes()
        }));
        cases.push(Case::new(name, "many formats", clean, |bytes| {
            numbered(bytes / 12, |n| format!("<b id={n}>x<p>")).into_bytes()
        }));
    }
}

fn utf8(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("made as UTF-8")
}
