//! The confirmation mail of a sign-up: neutral, one link, no offers (the sender cannot know yet that it is welcome).

use chrono::NaiveDateTime;
use maud::html;

use super::{Mail, frame};
use crate::Newsletter;
use crate::plain_text::Text;
use crate::sample;
use crate::site::Site;

/// Somebody typed this address into the form.
#[derive(Debug, Clone)]
pub struct ConfirmationView {
    /// The newsletters that were asked for.
    pub newsletters: Vec<Newsletter>,
    /// When the form was sent, as wall-clock time of the installation.
    pub requested_at: NaiveDateTime,
    /// The page that confirms.
    pub confirm_url: String,
    /// Until when it works, as wall-clock time of the installation.
    pub expires_at: NaiveDateTime,
}

/// Writes the mail.
pub fn mail(site: &Site, view: &ConfirmationView) -> Mail {
    let t = site.locale;
    let names = names(site, &view.newsletters);
    let say = |key: &str| t.say(key);
    let what = t.fill(
        "confirmation-what",
        [
            ("time", t.short_moment(view.requested_at).into()),
            ("organisation", site.organisation.as_str().into()),
            ("newsletters", names.as_str().into()),
        ],
    );
    let topics: Vec<String> = view
        .newsletters
        .iter()
        .filter(|one| !one.topics.is_empty())
        .map(|one| {
            let topics = t.list(&one.topics);
            t.fill(
                "confirmation-topics",
                [
                    ("newsletter", one.name.as_str().into()),
                    ("topics", topics.into()),
                ],
            )
        })
        .collect();
    let expiry = t.fill(
        "confirmation-expiry",
        [("time", t.short_moment(view.expires_at).into())],
    );
    let subject = say("confirmation-subject");
    let preheader = t.fill(
        "confirmation-preheader",
        [("newsletters", names.as_str().into())],
    );

    let body = html! {
        (frame::masthead(site))
        (frame::heading(&subject))
        (frame::paragraph(say("confirmation-hello")))
        (frame::paragraph(&what))
        @for line in &topics { (frame::paragraph(line)) }
        (frame::paragraph(say("confirmation-ask")))
        (frame::button(site, &view.confirm_url, &say("confirmation-button")))
        p style="margin:0 0 16px;font-size:14px;word-break:break-all" {
            (say("confirmation-link")) br; (frame::anchor(site, &view.confirm_url, &view.confirm_url))
        }
        (frame::paragraph(&expiry))
        p style="margin:0" { (say("confirmation-not-you")) }
    };
    let mut text = Text::new(site.locale);
    text.paragraph(&say("confirmation-hello"));
    text.paragraph(&what);
    for line in &topics {
        text.paragraph(line);
    }
    text.paragraph(&say("confirmation-ask"));
    text.link(&say("confirmation-button"), &view.confirm_url);
    text.blank();
    text.paragraph(&expiry);
    text.paragraph(&say("confirmation-not-you"));
    frame::foot_text(site, &mut text);
    Mail {
        html: frame::document(site, &subject, &preheader, &body, &frame::foot(site)),
        subject,
        text: text.into_string(),
    }
}

/// The names of newsletters, in quotation marks.
pub(super) fn names(site: &Site, newsletters: &[Newsletter]) -> String {
    let names: Vec<_> = newsletters
        .iter()
        .map(|one| site.locale.quote(&one.name))
        .collect();
    site.locale.list(&names)
}

impl crate::Sample for ConfirmationView {
    fn samples(locale: crate::Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            newsletters: sample::chosen(locale),
            requested_at: sample::moment(22, 9, 41),
            confirm_url: "https://rundbrief.musterstadt.example/confirm/Zp0mFq7wQ1xYd3nT5vB8cK2rL6sH9jA4uE7gW0iOoXM".to_owned(),
            expires_at: sample::moment(29, 9, 41),
        };
        let one = Self {
            newsletters: sample::chosen(locale).into_iter().take(1).collect(),
            ..view.clone()
        };
        vec![("two", view), ("one", one)]
    }
}
