//! What `rundbrief mail test ADDRESS` sends.

use chrono::NaiveDateTime;
use maud::html;

use super::{Mail, frame};
use crate::plain_text::Text;
use crate::sample;
use crate::site::Site;

/// A mail that shows that sending works.
#[derive(Debug, Clone)]
pub struct TestView {
    /// When it was made, as wall-clock time of the installation.
    pub sent_at: NaiveDateTime,
    /// The relay it was handed to, without secrets, e.g. `smtp+starttls://mail.example.org:587`.
    pub relay: String,
    /// The version of Rundbrief.
    pub version: String,
}

/// Writes the mail.
pub fn mail(site: &Site, view: &TestView) -> Mail {
    let t = site.locale;
    let say = |key: &str| t.say(key);
    let subject = say("test-subject");
    let facts = [
        (say("test-sent"), t.short_moment(view.sent_at)),
        (say("test-relay"), view.relay.clone()),
        (say("test-version"), view.version.clone()),
    ];
    let body = html! {
        (frame::masthead(site))
        (frame::heading(&subject))
        (frame::paragraph(say("confirmation-hello")))
        (frame::paragraph(say("test-what")))
        p style="margin:0 0 16px" {
            @for (at, (name, value)) in facts.iter().enumerate() {
                @if at > 0 { br; }
                (t.colon(name)) " " (value)
            }
        }
        p style="margin:0" { (say("test-check")) }
    };
    let mut text = Text::new(t);
    text.paragraph(&say("confirmation-hello"));
    text.paragraph(&say("test-what"));
    for (name, value) in &facts {
        text.line(&format!("{} {value}", t.colon(name)));
    }
    text.blank();
    text.paragraph(&say("test-check"));
    frame::foot_text(site, &mut text);
    Mail {
        html: frame::document(
            site,
            &subject,
            say("test-preheader"),
            &body,
            &frame::foot(site),
        ),
        subject,
        text: text.into_string(),
    }
}

impl crate::Sample for TestView {
    fn samples(_: crate::Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            sent_at: sample::moment(22, 9, 41),
            relay: "smtp+starttls://mail.musterstadt.example:587".to_owned(),
            version: "0.1.0".to_owned(),
        };
        vec![("full", view)]
    }
}
