//! All that is kept about a person, as a page that stands by itself: saved as a file, it needs
//! nothing beside it. The data themselves come in codes, which become words here.

use chrono::NaiveDateTime;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::Sample;
use crate::components;
use crate::locale::Locale;
use crate::site::Site;

/// What is kept; times by the wall clock of [`Self::zone`].
#[derive(Debug, Clone)]
pub struct PersonalDataView {
    /// When the page was made.
    pub exported_at: NaiveDateTime,
    /// The time zone of every time, e.g. `Europe/Berlin`.
    pub zone: String,
    /// The address.
    pub address: String,
    /// The language of mails and pages.
    pub language: Locale,
    /// Where the person stands (`active` …); none where nobody with this address is known.
    pub state: Option<String>,
    /// Since when the address is known.
    pub since: Option<NaiveDateTime>,
    /// Newsletters, running or ended.
    pub subscriptions: Vec<SubscriptionRow>,
    /// Sign-ups by the form.
    pub sign_ups: Vec<SignUpRow>,
    /// The proof of consent.
    pub consent: Vec<ConsentRow>,
    /// The wordings of that proof: version and text.
    pub wordings: Vec<(String, String)>,
    /// Mails that are no issue.
    pub notices: Vec<MailRow>,
    /// Issues.
    pub issues: Vec<MailRow>,
    /// Since when the address must not be mailed, and why.
    pub suppression: Option<(NaiveDateTime, String)>,
    /// What the audit log holds: when, and which action (`subscription.confirm` …).
    pub history: Vec<(NaiveDateTime, String)>,
}

/// A newsletter the person has or had.
#[derive(Debug, Clone)]
pub struct SubscriptionRow {
    /// Its name.
    pub newsletter: String,
    /// The chosen topics.
    pub topics: Vec<String>,
    /// When it was confirmed.
    pub confirmed_at: NaiveDateTime,
    /// When it ended, if it has.
    pub ended_at: Option<NaiveDateTime>,
}

/// A sign-up by the form.
#[derive(Debug, Clone)]
pub struct SignUpRow {
    /// The newsletters it asks for.
    pub newsletters: Vec<String>,
    /// The page it came from.
    pub page: String,
    /// When.
    pub requested_at: NaiveDateTime,
    /// When it was confirmed, if it was.
    pub confirmed_at: Option<NaiveDateTime>,
}

/// A line of the proof of consent.
#[derive(Debug, Clone)]
pub struct ConsentRow {
    /// When.
    pub at: NaiveDateTime,
    /// What happened (`confirmed` …).
    pub kind: String,
    /// The newsletter it was about.
    pub newsletter: Option<String>,
    /// The topics it was about.
    pub topics: Vec<String>,
    /// The page it happened on.
    pub page: Option<String>,
    /// The version of the wording.
    pub wording: Option<String>,
}

/// A mail to the person.
#[derive(Debug, Clone)]
pub struct MailRow {
    /// Which: the code of a notice, or the name and number of an issue.
    pub what: String,
    /// Where it stands (`sent` …).
    pub state: String,
    /// When it was sent, or asked for.
    pub at: Option<NaiveDateTime>,
    /// What the mail server answered.
    pub answer: Option<String>,
}

/// Plain and printable; the colours are the reader's own. Links are of the colour of the text: some
/// browsers' blue is too dark for their dark background.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem;overflow-wrap:break-word}\
h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.25rem;margin:2rem 0 .5rem}\
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #8888}\
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1.5rem;margin:0}dt{font-weight:600}dd{margin:0}p,dd,blockquote{overflow-wrap:anywhere}\
@media(max-width:30rem){dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.5rem}}\
a{color:inherit}\
blockquote{margin:.25rem 0 1rem;padding-left:1rem;border-left:3px solid #8888}\
@media print{body{max-width:none;padding:0}tr{break-inside:avoid}}";

/// Renders the page.
pub fn page(site: &Site, view: &PersonalDataView) -> Markup {
    let t = site.locale;
    let lead = t.fill(
        "data-lead",
        [
            ("organisation", site.organisation.as_str().into()),
            ("address", view.address.as_str().into()),
            ("date", t.short_moment(view.exported_at).into()),
        ],
    );
    html! {
        (DOCTYPE)
        html lang=(t.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow";
                meta name="referrer" content="no-referrer";
                title { (t.say("data-title")) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (t.say("data-title")) }
                    p { (lead) }
                    p { (t.say("data-complete")) " " (t.fill("data-zone", [("zone", view.zone.as_str().into())])) }
                    (person(t, view))
                    (subscriptions(t, &view.subscriptions))
                    (sign_ups(t, &view.sign_ups))
                    (consent(t, view))
                    h2 { (t.say("data-notices")) }
                    (mails(t, "data-notice", &view.notices, |what| notice(t, what)))
                    h2 { (t.say("data-issues")) }
                    (mails(t, "data-issue", &view.issues, str::to_owned))
                    (history(t, &view.history))
                    p { (t.say("data-rights")) " " (components::paragraph_link(&site.links.privacy, &site.links.privacy)) }
                }
            }
        }
    }
}

fn person(t: Locale, view: &PersonalDataView) -> Markup {
    html! {
        h2 { (t.say("data-person")) }
        dl {
            dt { (t.say("data-address")) } dd { (view.address) }
            dt { (t.say("data-state")) } dd { (state(t, view.state.as_deref())) }
            @if let Some(since) = view.since {
                dt { (t.say("data-language")) } dd lang=(view.language.code()) { (view.language.own_name()) }
                dt { (t.say("data-since")) } dd { (t.short_moment(since)) }
            }
        }
        @if let Some((since, reason)) = &view.suppression {
            h2 { (t.say("data-suppression")) }
            p { (t.fill("data-suppression-text", [("date", t.short_moment(*since).into()), ("reason", reason.as_str().into())])) }
        }
    }
}

fn subscriptions(t: Locale, rows: &[SubscriptionRow]) -> Markup {
    html! {
        h2 { (t.say("data-newsletters")) }
        (table(t, &["data-newsletter", "data-topics", "data-confirmed", "data-ended"], &rows.iter().map(|row| vec![
            row.newsletter.clone(),
            row.topics.join(", "),
            t.short_moment(row.confirmed_at),
            row.ended_at.map_or_else(|| t.say("data-running"), |at| t.short_moment(at)),
        ]).collect::<Vec<_>>()))
    }
}

fn sign_ups(t: Locale, rows: &[SignUpRow]) -> Markup {
    html! {
        h2 { (t.say("data-sign-ups")) }
        (table(t, &["data-requested", "data-newsletters", "data-page", "data-confirmed"], &rows.iter().map(|row| vec![
            t.short_moment(row.requested_at),
            row.newsletters.join(", "),
            row.page.clone(),
            row.confirmed_at.map_or_else(|| t.say("data-not-confirmed"), |at| t.short_moment(at)),
        ]).collect::<Vec<_>>()))
    }
}

fn consent(t: Locale, view: &PersonalDataView) -> Markup {
    html! {
        h2 { (t.say("data-consent")) }
        (table(t, &["data-when", "data-what", "data-newsletter", "data-topics", "data-page", "data-wordings"], &view.consent.iter().map(|row| vec![
            t.short_moment(row.at),
            consented(t, &row.kind),
            row.newsletter.clone().unwrap_or_default(),
            row.topics.join(", "),
            row.page.clone().unwrap_or_default(),
            row.wording.clone().unwrap_or_default(),
        ]).collect::<Vec<_>>()))
        @if !view.wordings.is_empty() {
            h2 { (t.say("data-wordings")) }
            @for (version, text) in &view.wordings {
                p { (t.fill("data-wording", [("version", version.as_str().into())])) }
                blockquote { (text) }
            }
        }
    }
}

fn mails(t: Locale, heading: &str, rows: &[MailRow], name: impl Fn(&str) -> String) -> Markup {
    table(
        t,
        &[heading, "data-when", "data-state", "data-answer"],
        &rows
            .iter()
            .map(|row| {
                vec![
                    name(&row.what),
                    row.at.map(|at| t.short_moment(at)).unwrap_or_default(),
                    delivered(t, &row.state),
                    row.answer.clone().unwrap_or_default(),
                ]
            })
            .collect::<Vec<_>>(),
    )
}

fn history(t: Locale, rows: &[(NaiveDateTime, String)]) -> Markup {
    html! {
        h2 { (t.say("data-history")) }
        (table(t, &["data-when", "data-what"], &rows.iter().map(|(at, action)| vec![
            t.short_moment(*at),
            acted(t, action),
        ]).collect::<Vec<_>>()))
    }
}

fn table(t: Locale, heads: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        @if rows.is_empty() {
            p { (t.say("data-none")) }
        } @else {
            div class="wide" {
                table {
                    thead { tr { @for head in heads { th scope="col" { (t.say(head)) } } } }
                    tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
                }
            }
        }
    }
}

fn state(t: Locale, code: Option<&str>) -> String {
    match code {
        Some("pending") => t.say("data-state-pending"),
        Some("active") => t.say("data-state-active"),
        Some("unsubscribed") => t.say("data-state-unsubscribed"),
        Some("suspended") => t.say("data-state-suspended"),
        Some(other) => other.to_owned(),
        None => t.say("data-state-unknown"),
    }
}

fn consented(t: Locale, code: &str) -> String {
    match code {
        "requested" => t.say("data-consent-requested"),
        "confirmation-sent" => t.say("data-consent-confirmation-sent"),
        "confirmed" => t.say("data-consent-confirmed"),
        "expired" => t.say("data-consent-expired"),
        "changed" => t.say("data-consent-changed"),
        "unsubscribed" => t.say("data-consent-unsubscribed"),
        "suppressed" => t.say("data-consent-suppressed"),
        other => other.to_owned(),
    }
}

fn notice(t: Locale, code: &str) -> String {
    match code {
        "confirmation" => t.say("data-notice-confirmation"),
        "already-subscribed" => t.say("data-notice-already-subscribed"),
        other => other.to_owned(),
    }
}

fn delivered(t: Locale, code: &str) -> String {
    match code {
        "sent" => t.say("data-sent"),
        "failed" => t.say("data-failed"),
        "queued" | "leased" | "started" => t.say("data-waiting"),
        "uncertain" => t.say("data-uncertain"),
        "left" | "cancelled" => t.say("data-left"),
        other => other.to_owned(),
    }
}

fn acted(t: Locale, action: &str) -> String {
    match action {
        "subscription.request" => t.say("data-history-request"),
        "subscription.confirm" => t.say("data-history-confirm"),
        "subscription.change" => t.say("data-history-change"),
        "subscription.end" => t.say("data-history-end"),
        "subscriber.suspend" => t.say("data-history-suspend"),
        "subscriber.reactivate" => t.say("data-history-reactivate"),
        "subscriber.suppress" => t.say("data-history-suppress"),
        "subscriber.export" => t.say("data-history-export"),
        other => other.to_owned(),
    }
}

impl Sample for PersonalDataView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let at = |day, hour| {
            chrono::NaiveDate::from_ymd_opt(2026, 11, day)
                .and_then(|date| date.and_hms_opt(hour, 30, 0))
                .unwrap_or_default()
        };
        let topics = vec!["Klima".to_owned(), "Kultur".to_owned()];
        let line = |kind: &str, day, wording: Option<&str>| ConsentRow {
            at: at(day, 9),
            kind: kind.into(),
            newsletter: Some("Region aktuell".into()),
            topics: topics.clone(),
            page: Some("/subscribe".into()),
            wording: wording.map(str::to_owned),
        };
        let full = Self {
            exported_at: at(26, 14),
            zone: "Europe/Berlin".into(),
            address: "erika@musterstadt.example".into(),
            language: locale,
            state: Some("active".into()),
            since: Some(at(2, 9)),
            subscriptions: vec![
                SubscriptionRow {
                    newsletter: "Region aktuell".into(),
                    topics: topics.clone(),
                    confirmed_at: at(2, 10),
                    ended_at: None,
                },
                SubscriptionRow {
                    newsletter: "Ratsinformation".into(),
                    topics: Vec::new(),
                    confirmed_at: at(2, 10),
                    ended_at: Some(at(20, 8)),
                },
            ],
            sign_ups: vec![SignUpRow {
                newsletters: vec!["Region aktuell".into(), "Ratsinformation".into()],
                page: "/subscribe".into(),
                requested_at: at(2, 9),
                confirmed_at: Some(at(2, 10)),
            }],
            consent: vec![
                line("requested", 2, Some("2026-11-1")),
                line("confirmation-sent", 2, Some("2026-11-1")),
                line("confirmed", 2, Some("2026-11-1")),
                line("changed", 9, None),
                line("unsubscribed", 20, None),
            ],
            wordings: vec![(
                "2026-11-1".into(),
                "Ja, ich möchte „Region aktuell“ <b>per E-Mail</b> erhalten.".into(),
            )],
            notices: vec![MailRow {
                what: "confirmation".into(),
                state: "sent".into(),
                at: Some(at(2, 9)),
                answer: Some("2.0.0 Ok: queued".into()),
            }],
            issues: vec![
                MailRow {
                    what: "Region aktuell 14".into(),
                    state: "sent".into(),
                    at: Some(at(12, 7)),
                    answer: Some("2.0.0 Ok: queued as 4X".into()),
                },
                MailRow {
                    what: "Region aktuell 15".into(),
                    state: "queued".into(),
                    at: None,
                    answer: None,
                },
            ],
            suppression: None,
            history: vec![
                (at(26, 14), "subscriber.export".into()),
                (at(2, 10), "subscription.confirm".into()),
            ],
        };
        let suppressed = Self {
            state: None,
            since: None,
            subscriptions: Vec::new(),
            sign_ups: Vec::new(),
            consent: Vec::new(),
            wordings: Vec::new(),
            notices: Vec::new(),
            issues: Vec::new(),
            suppression: Some((at(3, 8), "asked for it by phone".into())),
            history: Vec::new(),
            ..full.clone()
        };
        vec![("full", full), ("suppressed", suppressed)]
    }
}
