//! What each variant has of its own: subject, preheader, contents, and how much was left out.
//!
//! These texts depend on nothing but what the variant tells: not on the configuration, which may have
//! changed since the issue was approved.

use maud::{Markup, html};

use super::view::{SectionKind, Told};
use crate::colour::mail as colour;
use crate::link;
use crate::locale::Locale;
use crate::plain_text::Text;

/// A variant with more items than this begins with its contents and the links to leave.
const LONG: usize = 6;
/// A subject has fewer than 70 characters: some programs show no more.
pub(super) const SUBJECT: usize = 69;
/// As many titles as a subject names.
const MOST_NAMED: usize = 3;
/// Characters of the newsletter's name in a subject, so that a title has room beside it.
const NAME_IN_SUBJECT: usize = 30;
/// Characters of a preheader.
pub(super) const PREHEADER: usize = 90;

/// A subject that is made of titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedSubject {
    /// The subject, shorter than 70 characters.
    pub text: String,
    /// How many titles it names; the preheader goes on with the next.
    pub named: usize,
}

/// Whether a variant with so many items begins with its contents and the links to leave.
pub(super) const fn is_long(items: usize) -> bool {
    items > LONG
}

fn titles<'a>(told: &'a [Told<'_>]) -> impl Iterator<Item = &'a str> {
    told.iter().flat_map(|one| one.titles.iter().copied())
}

/// “Neue Trinkwasserbrunnen, Innovationspreis NRW und 5 weitere Meldungen”: whole titles where one
/// fits beside the number of the rest, else what stands before their colons, else the first one, cut
/// at a word. `name` is the newsletter's, where it stands before it.
pub(super) fn subject(locale: Locale, name: Option<&str>, told: &[Told<'_>]) -> ProposedSubject {
    let name = name.map(|name| cut(name, NAME_IN_SUBJECT));
    let titles: Vec<&str> = titles(told).collect();
    let Some(first) = titles.first() else {
        return ProposedSubject {
            text: name.unwrap_or_default(),
            named: 0,
        };
    };
    let begin = name.map_or_else(String::new, |name| format!("{} ", locale.colon(&name)));
    let room = SUBJECT - begin.chars().count();
    let themes: Vec<&str> = titles.iter().take(MOST_NAMED).copied().map(theme).collect();
    let most = MOST_NAMED.min(titles.len());
    let whole = (1..=most).rev().map(|named| (&titles[..named], named));
    let short = (1..=most).rev().map(|named| (&themes[..named], named));
    let (text, named) = whole
        .chain(short)
        .map(|(titles, named)| (naming(locale, told, titles), named))
        .find(|(text, _)| text.chars().count() <= room)
        .unwrap_or_else(|| (cut(first, room), 1));
    ProposedSubject {
        text: format!("{begin}{text}"),
        named,
    }
}

/// What a title is about: its words before a colon, where these are enough to tell.
fn theme(title: &str) -> &str {
    /// Fewer characters tell too little: “Neu: …”, “Aufruf: …”.
    const ENOUGH: usize = 10;
    let before = title.split_once(": ").map(|(before, _)| before.trim_end());
    before
        .filter(|before| before.chars().count() >= ENOUGH)
        .unwrap_or(title)
}

/// These titles, the first of all, and how many more there are.
fn naming(locale: Locale, told: &[Told<'_>], named: &[&str]) -> String {
    let mut left = named.len();
    let mut rest = Vec::new();
    for one in told {
        let of_these = left.min(one.titles.len());
        left -= of_these;
        let further = one.titles.len() - of_these + one.left_out;
        if further > 0 {
            rest.push((one.kind, further));
        }
    }
    let further = match rest.as_slice() {
        [] => return locale.list(named),
        [(kind, count)] => further(locale, *kind, *count),
        several => {
            let count: usize = several.iter().map(|(_, count)| count).sum();
            locale.fill("issue-further", [("count", count.into())])
        }
    };
    locale.fill(
        "list-end",
        [("first", named.join(", ").into()), ("last", further.into())],
    )
}

/// “5 weitere Meldungen”.
fn further(locale: Locale, kind: SectionKind, count: usize) -> String {
    let key = match kind {
        SectionKind::News => "issue-further-news",
        SectionKind::Events => "issue-further-events",
        SectionKind::Council => "issue-further-council",
    };
    locale.fill(key, [("count", count.into())])
}

/// The titles after the first `named`, in at most some 90 characters; all of them where no more follow.
pub(super) fn preheader(told: &[Told<'_>], named: usize) -> String {
    let skipped = if titles(told).count() > named {
        named
    } else {
        0
    };
    let mut line = String::new();
    let mut length = 0;
    for title in titles(told).skip(skipped) {
        let more = title.chars().count();
        if length > 0 && length + 3 + more > PREHEADER {
            break;
        }
        if length > 0 {
            line.push_str(" · ");
            length += 3;
        }
        line.push_str(title);
        length += more;
    }
    cut(&line, PREHEADER)
}

/// The text where it has at most `most` characters, else as many of its words as fit before “…”.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    // One more than is kept, to see whether a word ends there.
    let kept = most.saturating_sub(2);
    let head: String = text.chars().take(kept + 1).collect();
    let end = head
        .rfind(' ')
        .filter(|end| *end > head.len() / 2)
        .or_else(|| head.char_indices().nth(kept).map(|(at, _)| at))
        .unwrap_or(head.len());
    format!(
        "{} …",
        head[..end].trim_end_matches([' ', ',', ';', ':', '–', '-'])
    )
}

/// The name of a section in links within the mail.
pub(super) const fn anchor(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::News => "news",
        SectionKind::Events => "events",
        SectionKind::Council => "council",
    }
}

/// “5 Meldungen”.
fn counted(locale: Locale, kind: SectionKind, count: usize) -> String {
    let key = match kind {
        SectionKind::News => "issue-count-news",
        SectionKind::Events => "issue-count-events",
        SectionKind::Council => "issue-count-council",
    };
    locale.fill(key, [("count", count.into())])
}

/// “5 Meldungen · 4 Termine”, each a link to its section, as a line.
pub(super) fn contents(locale: Locale, told: &[Told<'_>]) -> Markup {
    html! {
        @for (at, one) in told.iter().enumerate() {
            @if at > 0 { " · " }
            a href={ "#" (anchor(one.kind)) } style={ "color:" (colour::TEXT) } {
                (counted(locale, one.kind, one.titles.len()))
            }
        }
        "\n"
    }
}

/// The same as text.
pub(super) fn contents_text(locale: Locale, told: &[Told<'_>], text: &mut Text) {
    for one in told {
        let line = counted(locale, one.kind, one.titles.len());
        text.indented(&line, "- ", "  ");
    }
    text.blank();
}

/// “Und 14 weitere Meldungen”.
fn left_out(locale: Locale, kind: SectionKind, count: usize) -> String {
    let rest = further(locale, kind, count);
    locale.fill("issue-left-out", [("rest", rest.into())])
}

/// What a section leaves out, with a link to the page that lists it.
pub(super) fn more(locale: Locale, kind: SectionKind, count: usize, url: &str) -> Markup {
    let words = left_out(locale, kind, count);
    html! {
        p style="margin:0;padding:14px 0 0" {
            @match link::absolute(url) {
                Some(url) => { a href=(url) style={ "color:" (colour::TEXT) ";font-weight:bold" } { (words) } }
                None => { (words) }
            }
        }
        "\n"
    }
}

/// The same as text.
pub(super) fn more_text(
    locale: Locale,
    kind: SectionKind,
    count: usize,
    url: &str,
    text: &mut Text,
) {
    let words = left_out(locale, kind, count);
    match link::absolute(url) {
        Some(url) => text.link(&words, url),
        None => text.line(&words),
    }
    text.blank();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news<'a>(titles: &[&'a str], left_out: usize) -> Told<'a> {
        Told {
            kind: SectionKind::News,
            titles: titles.to_vec(),
            left_out,
        }
    }

    fn events<'a>(titles: &[&'a str]) -> Told<'a> {
        Told {
            kind: SectionKind::Events,
            titles: titles.to_vec(),
            left_out: 0,
        }
    }

    fn german(name: Option<&str>, told: &[Told<'_>]) -> String {
        subject(Locale::De, name, told).text
    }

    #[test]
    fn a_subject_names_what_leads_and_counts_the_rest() {
        let leading = ["Neue Trinkwasserbrunnen", "Innovationspreis NRW"];
        let long = "Orange Days: Was die ganze Region und ihre Städte gegen Gewalt an Frauen tun";
        assert_eq!(
            german(
                None,
                &[
                    news(&[leading[0], leading[1], long], 1),
                    events(&["a", "b", "c"])
                ]
            ),
            "Neue Trinkwasserbrunnen, Innovationspreis NRW und 5 weitere Meldungen"
        );
        assert_eq!(
            german(Some("Region aktuell"), &[news(&leading, 1)]),
            "Region aktuell: Neue Trinkwasserbrunnen und 2 weitere Meldungen"
        );
        assert_eq!(
            german(None, &[news(&leading, 0)]),
            "Neue Trinkwasserbrunnen und Innovationspreis NRW"
        );
        assert_eq!(
            german(None, &[news(&["Eins"], 0), events(&[long])]),
            "Eins und ein weiterer Termin"
        );
        assert_eq!(german(None, &[events(&["Lesung"])]), "Lesung");
        assert_eq!(german(Some("Region"), &[]), "Region");
    }

    #[test]
    fn where_no_whole_title_fits_beside_the_rest_its_theme_does() {
        let first = "48 neue Trinkwasserbrunnen: Wo wird Abkühlung gebraucht?";
        let second = "Neu: Altes Walzwerk wird Lernort für Handwerk und für Robotik";
        assert_eq!(
            german(None, &[news(&[first, second], 6)]),
            "48 neue Trinkwasserbrunnen und 7 weitere Meldungen"
        );
        assert_eq!(german(None, &[news(&[first], 0)]), first);
        assert_eq!(german(None, &[news(&[second], 6)]), second);
    }

    #[test]
    fn a_subject_counts_in_every_language() {
        let long = "lang ".repeat(15);
        let told = [news(&["Eins", &long], 0), events(&["Drei"])];
        let subjects = Locale::ALL.map(|locale| subject(locale, None, &told).text);
        assert_eq!(
            subjects,
            [
                "Eins und 2 weitere Meldungen",
                "Eins and 2 more items",
                "Eins et 2 autres informations",
                "Eins en nog 2 berichten",
            ]
        );
    }

    #[test]
    fn a_long_title_is_kept_whole_or_cut_at_a_word() {
        let whole = "Der Rat beschließt den Haushalt für das kommende Jahr in zweiter Runde";
        let told = [news(&[&whole[..whole.len() - 2], "b"], 3)];
        assert_eq!(german(None, &told), &whole[..whole.len() - 2]);
        let told = [news(
            &[
                "Der Rat beschließt den Haushalt für das kommende Jahr und die mittelfristige Finanzplanung",
            ],
            3,
        )];
        assert_eq!(
            german(None, &told),
            "Der Rat beschließt den Haushalt für das kommende Jahr und die …"
        );
    }

    #[test]
    fn a_subject_is_never_too_long() {
        for title in ["ä", "a b ", "Neunzig Buchstaben ", "Wort"] {
            for count in 1..120 {
                let title = title.repeat(count);
                for name in [None, Some("Region"), Some(title.as_str())] {
                    for locale in Locale::ALL {
                        let told = [news(&[&title, "zwei", "drei"], 1000), events(&["vier"])];
                        let subject = subject(locale, name, &told).text;
                        assert!(subject.chars().count() <= SUBJECT, "{subject}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_preheader_goes_on_where_the_subject_ends() {
        let told = [news(&["Eins", "Zwei", "Drei"], 0)];
        assert_eq!(preheader(&told, 2), "Drei");
        assert_eq!(preheader(&told, 3), "Eins · Zwei · Drei");
        assert_eq!(preheader(&[], 0), "");
        for title in ["ä", "\"&<>", "a b", "Neunzig Buchstaben"] {
            for count in 1..200 {
                let title = title.repeat(count);
                let line = preheader(&[news(&[&title, "zwei"], 0)], 0);
                assert!(line.chars().count() <= PREHEADER, "{line}");
            }
        }
    }

    #[test]
    fn what_is_left_out_is_a_link_that_says_so() {
        let html = more(
            Locale::De,
            SectionKind::News,
            14,
            "https://news.example.org/news",
        );
        let html = html.into_string();
        assert!(html.contains(">Und 14 weitere Meldungen</a>"), "{html}");
        let html = more(Locale::De, SectionKind::Events, 1, "javascript:x").into_string();
        assert!(html.contains(">Und ein weiterer Termin</p>"), "{html}");
    }
}
