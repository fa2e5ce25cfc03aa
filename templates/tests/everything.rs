//! Every page and every mail, in every language, from their samples.

use templates::{Locale, render_all};

/// The files of one kind.
fn files(locale: Locale, extension: &'static str) -> impl Iterator<Item = (String, String)> {
    let fits = move |name: &str| {
        std::path::Path::new(name)
            .extension()
            .is_some_and(|one| one == extension)
    };
    render_all(locale)
        .into_iter()
        .filter(move |(name, _)| fits(name))
}

/// Whoever changes a page or a mail sees in these snapshots what readers will see.
#[test]
fn pages_and_mails_look_as_they_did() {
    // The stylesheet's name changes with every letter of it, and says nothing here.
    let stylesheet = &templates::assets(None)[0].name;
    let newsroom = &templates::newsroom_stylesheet(None).name;
    for locale in Locale::ALL {
        for (name, text) in render_all(locale) {
            let text = text
                .replace(stylesheet, "rundbrief.css")
                .replace(newsroom, "newsroom.css");
            // A hundred items are there for their size, and look alike.
            if !name.starts_with("mail-issue-many") {
                insta::assert_snapshot!(format!("{}-{name}", locale.code()), text);
            }
        }
    }
}

#[test]
fn every_document_has_its_language_and_one_heading() {
    for locale in Locale::ALL {
        for (name, html) in files(locale, "html") {
            assert!(
                html.contains(&format!("<html lang=\"{}\"", locale.code())),
                "{name}"
            );
            assert_eq!(html.matches("<h1").count(), 1, "{name}");
            let mut last = 1;
            for level in html
                .match_indices("<h")
                .filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10))
            {
                assert!(level <= last + 1, "{name} skips from h{last} to h{level}");
                last = level;
            }
        }
    }
}

/// Nothing is fetched from anywhere, and nothing runs.
#[test]
fn no_document_asks_a_third_party_for_anything() {
    for locale in Locale::ALL {
        for (name, html) in files(locale, "html") {
            // Data for search engines: a block of JSON, which no browser runs.
            let html = html.replace("<script type=\"application/ld+json\">", "");
            // The newsroom has modules of its own.
            let html = if name.starts_with("newsroom-") {
                html.replace("<script type=\"module\" src=\"/assets/", "")
            } else {
                html
            };
            for forbidden in [
                "<script",
                "src=\"http",
                "@import",
                "url(",
                "onclick",
                "javascript:",
                "track.example",
            ] {
                let mailbox = name.starts_with("mailbox") && forbidden == "src=\"http";
                // Pictures are served by the installation itself.
                let pictures = name.starts_with("mail-issue") && forbidden == "src=\"http";
                let own = "src=\"https://rundbrief.musterstadt.example/pictures/";
                let foreign = html.matches(forbidden).count() > html.matches(own).count();
                let allowed = mailbox || (pictures && !foreign);
                assert!(
                    allowed || !html.contains(forbidden),
                    "{name} has {forbidden}"
                );
            }
        }
    }
}

#[test]
fn mails_can_be_left_and_carry_their_imprint() {
    for locale in Locale::ALL {
        for (name, text) in render_all(locale)
            .into_iter()
            .filter(|(name, _)| name.starts_with("mail-issue"))
        {
            for wanted in [
                "/unsubscribe/AQEAAA",
                "/preferences/AQEAAA",
                "Rathausplatz 1",
                "Erika Beispiel",
                "/imprint",
                "/privacy",
            ] {
                assert!(text.contains(wanted), "{name} has no {wanted}");
            }
        }
    }
}

/// The text part is a text: no markup, nothing wider than a terminal but URLs and words that are.
#[test]
fn text_parts_are_plain_and_wrapped() {
    for locale in Locale::ALL {
        for (name, text) in files(locale, "txt") {
            for line in text.lines().skip(1) {
                let wide =
                    line.chars().count() > 72 && line.trim_start_matches("* ").trim().contains(' ');
                assert!(!wide, "{name}: {line}");
                // The edges hold what looks like markup, and the text shows it as it was written.
                let markup = line.contains("</") || line.contains("&amp;");
                assert!(!markup || name == "mail-issue-edges.txt", "{name}: {line}");
            }
        }
    }
}

/// A hundred entries with long teasers stay below what Gmail shows, before encoding.
#[test]
fn long_issues_stay_lean() {
    for (name, most) in [
        ("mail-issue-many-short.html", 75_000),
        ("mail-issue-many-titles.html", 45_000),
    ] {
        let all = render_all(Locale::De);
        let html = &all.iter().find(|(one, _)| one == name).expect("a sample").1;
        assert!(html.len() < most, "{name} has {} bytes", html.len());
    }
}

/// Whoever meets a demonstration is told so, in each of the three frames; nobody else is.
#[test]
fn a_demonstration_says_that_it_is_one() {
    for locale in Locale::ALL {
        let mut told = Vec::new();
        for (name, html) in files(locale, "html") {
            let notice = html.split_once("<aside class=\"demo\"");
            assert_eq!(notice.is_some(), name.ends_with("-in-demo.html"), "{name}");
            let Some((before, notice)) = notice else {
                continue;
            };
            let (notice, _) = notice.split_once("</aside>").expect("it ends");
            for wanted in [
                "aria-label=\"",
                "href=\"/demo/mailbox",
                "href=\"/demo/newsroom",
            ] {
                assert!(notice.contains(wanted), "{name} has no {wanted}: {notice}");
            }
            assert!(!before.contains("<main"), "{name} says it before all else");
            told.push(name);
        }
        assert_eq!(told.len(), 3, "{told:?}");
    }
}
