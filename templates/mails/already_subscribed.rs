//! To somebody who filled in the form but subscribes already; the page says the same to everyone.

use chrono::NaiveDateTime;
use maud::html;

use super::{Mail, frame};
use crate::Newsletter;
use crate::plain_text::Text;
use crate::sample;
use crate::site::Site;

/// The reader's subscriptions as they are; nothing was changed.
#[derive(Debug, Clone)]
pub struct AlreadySubscribedView {
    /// What the reader subscribes to.
    pub newsletters: Vec<Newsletter>,
    /// When the form was sent, as wall-clock time of the installation.
    pub requested_at: NaiveDateTime,
    /// The reader's preferences page.
    pub preferences_url: String,
    /// The page that ends the subscription, where there is exactly one.
    pub unsubscribe_url: Option<String>,
}

/// Writes the mail.
pub fn mail(site: &Site, view: &AlreadySubscribedView) -> Mail {
    let t = site.locale;
    let say = |key: &str| t.say(key);
    let names = super::confirmation::names(site, &view.newsletters);
    let what = t.fill(
        "already-what",
        [
            ("time", t.short_moment(view.requested_at).into()),
            ("organisation", site.organisation.as_str().into()),
            ("newsletters", names.into()),
        ],
    );
    let subject = say("already-subject");
    let body = html! {
        (frame::masthead(site))
        (frame::heading(&subject))
        (frame::paragraph(say("confirmation-hello")))
        (frame::paragraph(&what))
        (frame::paragraph(say("already-nothing")))
        (frame::paragraph(say("already-change")))
        (frame::button(site, &view.preferences_url, &say("already-button")))
        @if let Some(url) = &view.unsubscribe_url {
            p style="margin:0 0 16px" {
                (say("already-leave")) " " (frame::anchor(site, url, &say("already-leave-link")))
            }
        }
        p style="margin:0" { (say("already-not-you")) }
    };
    let mut text = Text::new(site.locale);
    text.paragraph(&say("confirmation-hello"));
    text.paragraph(&what);
    text.paragraph(&say("already-nothing"));
    text.paragraph(&say("already-change"));
    text.link(&say("already-button"), &view.preferences_url);
    text.blank();
    if let Some(url) = &view.unsubscribe_url {
        text.line(&say("already-leave"));
        text.link(&say("already-leave-link"), url);
        text.blank();
    }
    text.paragraph(&say("already-not-you"));
    frame::foot_text(site, &mut text);
    Mail {
        html: frame::document(
            site,
            &subject,
            say("already-preheader"),
            &body,
            &frame::foot(site),
        ),
        subject,
        text: text.into_string(),
    }
}

impl crate::Sample for AlreadySubscribedView {
    fn samples(locale: crate::Locale) -> Vec<(&'static str, Self)> {
        let page = |path: &str| {
            format!(
                "https://rundbrief.musterstadt.example/{path}/AQEAAAAAAAAAAAAAAAAAACowPl4kX1mYw8sT0vQ2bRZ7cA"
            )
        };
        let view = Self {
            newsletters: sample::chosen(locale),
            requested_at: sample::moment(22, 9, 41),
            preferences_url: page("preferences"),
            unsubscribe_url: None,
        };
        let one = Self {
            newsletters: sample::chosen(locale).into_iter().take(1).collect(),
            unsubscribe_url: Some(page("unsubscribe")),
            ..view.clone()
        };
        vec![("two", view), ("one", one)]
    }
}
