//! The privacy notice (Art. 13 GDPR), made from the live configuration so that it cannot go stale.

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;
use crate::wording::PRIVACY_VERSION;

/// What the notice is made of; controller and contact come from [`Site::imprint`].
#[derive(Debug, Clone)]
pub struct PrivacyView {
    /// How to reach the data protection officer, line by line.
    pub data_protection_officer: Vec<String>,
    /// The supervisory authority one can complain to.
    pub authority: Option<String>,
    /// Who else handles the addresses (processors), e.g. the computing centre; empty: nobody.
    pub recipients: Vec<String>,
    /// How long what is kept.
    pub retention: RetentionView,
    /// The body's general privacy notice.
    pub general_notice_url: Option<String>,
}

/// The periods that the jobs of retention keep.
#[derive(Debug, Clone, Copy)]
pub struct RetentionView {
    /// After how many days unconfirmed sign-ups are deleted.
    pub unconfirmed_days: u32,
    /// How many days after an issue was sent the ledger says who got it.
    pub delivery_days: u32,
    /// How many days it is kept that a single mail was sent.
    pub notice_days: u32,
    /// How many calendar years after that of its end the proof of a subscription is kept.
    pub proof_years: u32,
    /// How many days the audit log is kept.
    pub audit_days: u32,
    /// How many days the privacy journal is kept.
    pub journal_days: u32,
}

/// Renders the page.
pub fn page(site: &Site, view: &PrivacyView) -> Markup {
    let t = site.locale;
    let body = html! {
        p class="lead" { (t.say("privacy-lead")) }
        (who(site, view))
        h2 { (t.say("privacy-data")) }
        ul {
            @for key in ["privacy-data-address", "privacy-data-proof", "privacy-data-delivery", "privacy-data-network"] { li { (t.say(key)) } }
        }
        p { (t.say("privacy-data-voluntary")) }
        h2 { (t.say("privacy-purpose")) }
        p { (t.say("privacy-purpose-text")) }
        p { (t.say("privacy-purpose-proof")) }
        p { (t.say("privacy-purpose-network")) }
        h2 { (t.say("privacy-tracking")) }
        p { (t.say("privacy-tracking-text")) }
        h2 { (t.say("privacy-recipients")) }
        @if view.recipients.is_empty() {
            p { (t.say("privacy-recipients-none")) }
        } @else {
            p { (t.say("privacy-recipients-some")) }
            ul { @for recipient in &view.recipients { li { (recipient) } } }
        }
        (retention(site, view))
        (rights(site, view))
        @if let Some(url) = &view.general_notice_url {
            h2 { (t.say("privacy-more")) }
            p {
                (components::paragraph_link(
                    url,
                    &t.fill("privacy-more-link", [("organisation", site.organisation.as_str().into())]),
                ))
            }
        }
        p class="small muted" { (t.fill("privacy-version", [("version", PRIVACY_VERSION.into())])) }
    };
    layout::frame(site, &Page::public(t.say("privacy-title")), &body)
}

fn who(site: &Site, view: &PrivacyView) -> Markup {
    let t = site.locale;
    let imprint = &site.imprint;
    html! {
        h2 { (t.say("privacy-controller")) }
        address class="block" {
            (imprint.organisation)
            @for line in &imprint.address { br; (line) }
            @if let Some(phone) = &imprint.phone { br; (t.fill("mail-phone", [("phone", phone.as_str().into())])) }
            @if let Some(email) = &imprint.email { br; (components::paragraph_link(&format!("mailto:{email}"), email)) }
        }
        @if !view.data_protection_officer.is_empty() {
            h2 { (t.say("privacy-officer")) }
            address class="block" {
                @for (at, line) in view.data_protection_officer.iter().enumerate() {
                    @if at > 0 { br; }
                    @if line.contains('@') && !line.contains(' ') {
                        (components::paragraph_link(&format!("mailto:{line}"), line))
                    } @else { (line) }
                }
            }
        }
    }
}

fn retention(site: &Site, view: &PrivacyView) -> Markup {
    let t = site.locale;
    let kept = view.retention;
    let after = |key, days: u32| {
        let words = t.fill("days-after", [("days", days.into())]);
        t.fill(key, [("days", words.into())])
    };
    let lasting = t.fill("days", [("days", kept.journal_days.into())]);
    html! {
        h2 { (t.say("privacy-retention")) }
        ul {
            li { (after("privacy-retention-unconfirmed", kept.unconfirmed_days)) }
            li { (t.say("privacy-retention-subscription")) }
            li { (t.fill("privacy-retention-proof", [("years", kept.proof_years.into())])) }
            li { (after("privacy-retention-delivery", kept.delivery_days)) }
            li { (after("privacy-retention-notices", kept.notice_days)) }
            li { (after("privacy-retention-audit", kept.audit_days)) }
            li { (t.fill("privacy-retention-journal", [("days", lasting.into())])) }
            li { (t.say("privacy-retention-suppression")) }
            li { (t.say("privacy-retention-network")) }
        }
    }
}

fn rights(site: &Site, view: &PrivacyView) -> Markup {
    let t = site.locale;
    html! {
        h2 { (t.say("privacy-rights")) }
        p { (t.say("privacy-rights-withdraw")) }
        p { (t.say("privacy-rights-list")) }
        p {
            @match &view.authority {
                Some(authority) => { (t.fill("privacy-rights-authority", [("authority", authority.as_str().into())])) }
                None => { (t.say("privacy-rights-complaint")) }
            }
        }
    }
}

impl Sample for PrivacyView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let full = Self {
            data_protection_officer: vec![
                "Behördlicher Datenschutz".into(),
                "Rathausplatz 1, 00000 Musterstadt".into(),
                "datenschutz@musterstadt.example".into(),
            ],
            authority: Some(
                "Landesbeauftragte für Datenschutz und Informationsfreiheit, Musterland".into(),
            ),
            recipients: vec!["Kommunales Rechenzentrum Musterland, 00000 Beispielhausen".into()],
            retention: RetentionView {
                unconfirmed_days: 7,
                delivery_days: 90,
                notice_days: 30,
                proof_years: 3,
                audit_days: 1095,
                journal_days: 180,
            },
            general_notice_url: Some("https://www.musterstadt.example/datenschutz".into()),
        };
        let bare = Self {
            data_protection_officer: Vec::new(),
            authority: None,
            recipients: Vec::new(),
            retention: RetentionView {
                unconfirmed_days: 1,
                proof_years: 1,
                ..full.retention
            },
            general_notice_url: None,
        };
        vec![("full", full), ("bare", bare)]
    }
}
