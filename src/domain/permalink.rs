//! Where the page of an entry is: `/news/2026-11-24-neue-trinkwasserbrunnen-1a2b3c4d5e6f`.
//!
//! The short id at the end alone finds the entry. Kind, date and words before it are for people; a
//! path in which they differ redirects to the right one.

use chrono::NaiveDate;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::entry::{EntryContent, EntryKind};
use super::named::named_enum;
use super::timestamp::Timestamp;

named_enum! {
    /// A list of entries on the public pages, and the first part of the paths in it.
    pub enum Section ("section") {
        /// News.
        News = "news",
        /// Events.
        Events = "events",
        /// Council papers and meetings.
        Papers = "papers",
    }
}

impl Section {
    /// The section in which entries of a kind are listed.
    pub const fn of(kind: EntryKind) -> Self {
        match kind {
            EntryKind::News => Self::News,
            EntryKind::Event => Self::Events,
            EntryKind::Paper | EntryKind::Meeting => Self::Papers,
        }
    }
}

/// Hexadecimal digits of a short id: the last group of the entry's UUID, 48 random bits.
pub const SHORT_ID: usize = 12;
/// Characters of the words at most.
const LONGEST_WORDS: usize = 60;
/// Characters of a title that are looked at.
const LONGEST_TITLE: usize = 400;
/// The clock by which the date of news is read. It is the same in all countries whose languages
/// Rundbrief speaks; a path must not depend on who asks.
pub const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;
/// Letters and their marks as one character, as people's keyboards write them.
const WHOLE: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
/// Letters and their marks apart, ligatures and width variants as plain letters.
const PLAIN: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();

/// The path of an entry's page.
pub fn path(kind: EntryKind, day: NaiveDate, title: &str, uuid: &str) -> String {
    let mut words = slug(title);
    if words.is_empty() {
        kind.as_str().clone_into(&mut words);
    }
    let day = day.format("%Y-%m-%d");
    format!("/{}/{day}-{words}-{}", Section::of(kind), short_id(uuid))
}

/// The path of an entry's page, from what the entry says: the day it takes place, or that of the news,
/// and the title in the original language.
pub fn of(content: &EntryContent, published_at: Timestamp, uuid: &str) -> String {
    let original = content.texts.get(&content.original);
    let text = original.or_else(|| content.texts.values().next());
    let title = text.map_or("", |text| text.title.as_str());
    path(content.kind, day(content, published_at), title, uuid)
}

/// The day under which an entry is found.
pub fn day(content: &EntryContent, published_at: Timestamp) -> NaiveDate {
    if let Some(when) = &content.when {
        return when.starts_at.in_zone(when.zone).date_naive();
    }
    let at = content.dated_at.unwrap_or(published_at);
    at.in_zone(ZONE).date_naive()
}

/// The last group of a UUID.
pub fn short_id(uuid: &str) -> &str {
    uuid.rsplit('-').next().unwrap_or(uuid)
}

/// The short id in the last part of a path, in lower case. What mail programs and people put behind
/// an address (a full stop, a bracket) is passed over.
pub fn read_short_id(name: &str) -> Option<String> {
    let name = name.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    let id = name.rsplit('-').next()?;
    let fits = id.len() == SHORT_ID && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then(|| id.to_ascii_lowercase())
}

/// The words of a title in small ASCII letters and digits, joined by hyphens, cut after a whole word;
/// empty where the title has none.
fn slug(title: &str) -> String {
    let title: String = title.chars().take(LONGEST_TITLE).collect();
    let mut words = String::new();
    let plain = spelled_out(&title);
    for word in plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if words.is_empty() {
            words.push_str(&word[..word.len().min(LONGEST_WORDS)]);
        } else if words.len() + 1 + word.len() <= LONGEST_WORDS {
            words.push('-');
            words.push_str(word);
        } else {
            break;
        }
    }
    words.make_ascii_lowercase();
    words
}

/// The text with letters that have a spelling in ASCII spelled that way (ä as ae), and the marks of
/// others taken off.
fn spelled_out(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for c in WHOLE.normalize(text).chars() {
        match c {
            'ä' | 'Ä' | 'æ' | 'Æ' => spelled.push_str("ae"),
            'ö' | 'Ö' | 'œ' | 'Œ' => spelled.push_str("oe"),
            'ü' | 'Ü' => spelled.push_str("ue"),
            'ß' | 'ẞ' => spelled.push_str("ss"),
            'ø' | 'Ø' => spelled.push('o'),
            'ł' | 'Ł' => spelled.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => spelled.push('d'),
            'þ' | 'Þ' => spelled.push_str("th"),
            'ı' => spelled.push('i'),
            _ => spelled.push(c),
        }
    }
    let plain = PLAIN.normalize(&spelled);
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    plain.chars().filter(|c| !is_mark(c)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UUID: &str = "01936c1f-7a2b-7c3d-8e4f-1a2b3c4d5e6f";

    fn day() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day")
    }

    #[test]
    fn a_path_says_what_it_leads_to() {
        assert_eq!(
            path(EntryKind::News, day(), "Neue Trinkwasserbrunnen", UUID),
            "/news/2026-11-24-neue-trinkwasserbrunnen-1a2b3c4d5e6f"
        );
        assert_eq!(
            path(EntryKind::Meeting, day(), "Sitzung", UUID),
            "/papers/2026-11-24-sitzung-1a2b3c4d5e6f"
        );
        // No letter of the Latin alphabet: the kind stands in.
        assert_eq!(
            path(EntryKind::Event, day(), "Фестиваль", UUID),
            "/events/2026-11-24-event-1a2b3c4d5e6f"
        );
    }

    #[test]
    fn words_are_spelled_as_people_spell_them_without_the_letters() {
        for (title, words) in [
            ("Straßenfest: Köln & Düren", "strassenfest-koeln-dueren"),
            ("U\u{308}bergang", "uebergang"),
            (
                "L’été à la Médiathèque – c’est parti !",
                "l-ete-a-la-mediatheque-c-est-parti",
            ),
            ("Œuvres, cœur, ﬁn", "oeuvres-coeur-fin"),
            ("Łódź, Ærø, Þingvellir", "lodz-aero-thingvellir"),
            ("Vorlage 2019/327", "vorlage-2019-327"),
            ("  ***  ", ""),
        ] {
            assert_eq!(slug(title), words);
        }
    }

    #[test]
    fn long_titles_end_with_a_whole_word() {
        let words =
            slug("Der Umweltausschuss hat am Dienstag zwölf Standorte für öffentliche Brunnen");
        assert_eq!(
            words,
            "der-umweltausschuss-hat-am-dienstag-zwoelf-standorte-fuer"
        );
        assert_eq!(slug(&"a".repeat(500)).len(), LONGEST_WORDS);
    }

    #[test]
    fn the_id_alone_counts() {
        let id = Some("1a2b3c4d5e6f".to_owned());
        for name in [
            "2026-11-24-neue-trinkwasserbrunnen-1a2b3c4d5e6f",
            "1a2b3c4d5e6f",
            "anything-1A2B3C4D5E6F",
            "x-1a2b3c4d5e6f).",
        ] {
            assert_eq!(read_short_id(name), id, "{name}");
        }
        for name in [
            "",
            "1a2b3c4d5e6",
            "x-01a2b3c4d5e6f",
            "1a2b3c4d5e6g",
            "-",
            "ü",
        ] {
            assert_eq!(read_short_id(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_title_makes_a_path(title in ".{0,600}") {
            let path = path(EntryKind::News, day(), &title, UUID);
            prop_assert!(path.len() <= "/news/2026-11-24--1a2b3c4d5e6f".len() + LONGEST_WORDS);
            prop_assert!(path.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'/' | b'-')), "{path}");
            prop_assert!(!path.contains("--") && path.ends_with("-1a2b3c4d5e6f"), "{path}");
            let name = path.strip_prefix("/news/").expect("its folder");
            let read = read_short_id(name);
            prop_assert_eq!(read.as_deref(), Some("1a2b3c4d5e6f"));
        }

        #[test]
        fn any_name_is_read(name in ".{0,80}") {
            if let Some(id) = read_short_id(&name) {
                prop_assert!(id.len() == SHORT_ID && id.bytes().all(|b| b.is_ascii_hexdigit()));
            }
        }
    }
}
