//! What is missing before the first real issue of a newsletter.

use maud::{Markup, html};

use super::dns::DnsView;
use crate::components::FieldError;
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};
use crate::pages::newsroom::frame::{Desk, post_form};

/// What is there, and what is missing.
#[derive(Debug, Clone)]
pub struct ReadyView {
    /// Keys of the configuration that the imprint lacks.
    pub imprint: Vec<String>,
    /// Keys that the privacy notice lacks.
    pub privacy: Vec<String>,
    /// The address of the sender.
    pub sender: String,
    /// How far its check is.
    pub check: SenderState,
    /// The domain of the sender.
    pub domain: String,
    /// Whether its mails are signed.
    pub signed: bool,
    /// What the DNS says about the sender; none where nobody has looked.
    pub dns: Option<DnsView>,
    /// Whether two people administer.
    pub administrators: bool,
}

/// How far the check of a sender is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SenderState {
    /// Nothing was done.
    Open,
    /// A code was mailed.
    Asked,
    /// The code that was typed is wrong.
    Wrong,
    /// It receives mails.
    Checked,
}

impl ReadyView {
    /// What is wrong with the code that was typed.
    pub(super) fn error(&self, t: Locale) -> Option<FieldError> {
        (self.check == SenderState::Wrong).then(|| FieldError {
            id: "code".to_owned(),
            text: t.say("review-ready-sender-wrong"),
        })
    }

    /// The list.
    pub(super) fn section(&self, desk: &Desk, url: &str, errors: &[FieldError]) -> Markup {
        let t = desk.site.locale;
        let keys = |key: &str, missing: &[String]| t.fill(key, [("keys", t.list(missing).into())]);
        let imprint = keys("review-ready-imprint-open", &self.imprint);
        let privacy = keys("review-ready-privacy-open", &self.privacy);
        let domain = |key: &str| t.fill(key, [("domain", self.domain.as_str().into())]);
        html! {
            section class="panel" aria-labelledby="ready" {
                h2 id="ready" { (t.say("review-ready")) }
                ul class="rows" {
                    li { (either(t, self.imprint.is_empty(), &t.say("review-ready-imprint"), &imprint)) }
                    li { (either(t, self.privacy.is_empty(), &t.say("review-ready-privacy"), &privacy)) }
                    li { (self.sender(desk, url, errors)) }
                    li { (either(t, self.signed, &domain("review-ready-signed"), &domain("review-ready-signed-open"))) }
                    (self.dns(desk, url))
                    li {
                        @let (done, open) = ("review-ready-administrators", "review-ready-administrators-open");
                        (either(t, self.administrators, &t.say(done), &t.say(open)))
                    }
                }
            }
        }
    }

    fn dns(&self, desk: &Desk, url: &str) -> Markup {
        let t = desk.site.locale;
        let button = if self.dns.is_some() {
            "review-dns-again"
        } else {
            "review-dns-look"
        };
        html! {
            @for record in self.dns.iter().flat_map(|dns| &dns.records) { li { (record.lines(t)) } }
            li {
                @match &self.dns {
                    Some(dns) => p class="small muted" {
                        (t.fill("review-dns-at", [("when", t.short_moment(dns.at).into())]))
                    },
                    None => (item(t, Sign::Open, &t.say("review-dns-never"))),
                }
                (post_form(desk, url, &html! {
                    input type="hidden" name="do" value="look";
                    button class="quiet" { (t.say(button)) }
                }))
            }
        }
    }

    fn sender(&self, desk: &Desk, url: &str, errors: &[FieldError]) -> Markup {
        let t = desk.site.locale;
        let address = |key: &str| t.fill(key, [("address", self.sender.as_str().into())]);
        let is_checked = self.check == SenderState::Checked;
        let (done, open) = (
            address("review-ready-sender"),
            address("review-ready-sender-open"),
        );
        let ask = html! {
            input type="hidden" name="do" value="ask";
            button class="quiet" { (t.say("review-ready-sender-ask")) }
        };
        let field = TextField {
            name: "code",
            kind: "text",
            label: t.say("review-ready-sender-code"),
            hint: Some(t.say("review-ready-sender-code-hint")),
            value: "",
            autocomplete: Some("one-time-code"),
            most: Some(20),
            required: true,
        };
        let check = html! {
            input type="hidden" name="do" value="check";
            (text_field(t, &field, errors))
            p class="actions" { button { (t.say("review-ready-sender-check")) } }
        };
        html! {
            (either(t, is_checked, &done, &open))
            @if matches!(self.check, SenderState::Asked | SenderState::Wrong) {
                (post_form(desk, url, &check))
            }
            @if !is_checked { (post_form(desk, url, &ask)) }
        }
    }

    /// An invented newsletter that is ready but for its sender, or lacks everything.
    pub(super) fn sample(lacks: bool) -> Self {
        let keys = |keys: &[&str]| {
            let keys = keys.iter().filter(|_| lacks);
            keys.map(|key| (*key).to_owned()).collect()
        };
        Self {
            imprint: keys(&["address", "representative"]),
            privacy: keys(&["authority"]),
            sender: "region@musterstadt.example".into(),
            check: if lacks {
                SenderState::Wrong
            } else {
                SenderState::Open
            },
            domain: "musterstadt.example".into(),
            signed: !lacks,
            dns: Some(DnsView::sample(lacks)),
            administrators: !lacks,
        }
    }
}

/// What is said of a line before its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// It is done.
    Done,
    /// Something is to be done.
    Open,
    /// Nobody knows.
    Unknown,
}

/// A line: what is done, or what is open.
pub(super) fn item(t: Locale, sign: Sign, text: &str) -> Markup {
    let (mark, class, word) = match sign {
        Sign::Done => ("✓ ", "muted", "review-ready-done"),
        Sign::Open => ("✕ ", "note bad", "review-ready-open"),
        Sign::Unknown => ("? ", "note", "review-ready-unknown"),
    };
    html! {
        p { span class=(class) aria-hidden="true" { (mark) } span class="hidden" { (t.say(word)) " " } (text) }
    }
}

/// A line that is done or open.
fn either(t: Locale, is_done: bool, done: &str, open: &str) -> Markup {
    if is_done {
        item(t, Sign::Done, done)
    } else {
        item(t, Sign::Open, open)
    }
}
