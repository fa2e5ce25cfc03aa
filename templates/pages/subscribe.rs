//! The form citizens subscribe with; also the home page.

use maud::{Markup, html};

use crate::components::{self, FieldError};
use crate::layout::{self, Page};
use crate::link;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;
use crate::wording::consent_wording;
use crate::{Locale, NewsletterChoice};

/// The form, empty or with what was sent and its errors.
///
/// Field names: `address`, `newsletter` (repeated; not sent when there is only one newsletter),
/// `topic` (repeated, `newsletterkey.topickey`), `language`, `website` (a honeypot: people
/// leave it empty), `form` (the token).
#[derive(Debug, Clone)]
pub struct SubscribeView {
    /// Where the form is posted to.
    pub action: String,
    /// The newsletters of the catalogue. A ticked topic counts as choosing its newsletter.
    pub newsletters: Vec<NewsletterChoice>,
    /// The address as it was typed.
    pub address: String,
    /// The chosen language of the mails.
    pub language: Locale,
    /// The value of the hidden field `form`.
    pub form_token: String,
    /// What has to be corrected; empty on the first view.
    pub errors: Vec<SubscribeError>,
}

/// What may be wrong with a filled-in form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubscribeError {
    /// No address was typed.
    AddressMissing,
    /// It does not look like an address.
    AddressInvalid,
    /// It is longer than mail allows.
    AddressTooLong,
    /// The part before the @ has letters outside ASCII.
    AddressLocalPart,
    /// No newsletter was chosen.
    NewsletterMissing,
    /// No topic was chosen in the newsletter with this key.
    TopicMissing(String),
    /// The language is not one of those offered.
    LanguageUnknown,
    /// The form was open for too long or filled in too fast, its token is not ours, or it chose what
    /// is not in the catalogue (any more).
    FormExpired,
}

/// Renders the page.
pub fn page(site: &Site, view: &SubscribeView) -> Markup {
    let t = site.locale;
    let errors = field_errors(t, view);
    let title = match view.newsletters.as_slice() {
        [only] => t.fill(
            "subscribe-title-one",
            [("newsletter", only.name.as_str().into())],
        ),
        _ => t.say("subscribe-title-several"),
    };
    let body = html! {
        div class="beside" {
            div {
                p class="lead" {
                    @match view.newsletters.as_slice() {
                        [only] if !only.description.is_empty() => { (only.description) }
                        _ => { (t.say("subscribe-lead")) }
                    }
                }
                @if let [only] = view.newsletters.as_slice() { (components::rhythm(t, only)) }
                (components::error_summary(t, &errors))
                @if view.newsletters.is_empty() {
                    p { (t.say("subscribe-none")) }
                } @else {
                    (form(site, view, &errors))
                }
            }
            (steps(site))
        }
    };
    layout::frame(
        site,
        &Page::public(title).with_errors(!errors.is_empty()),
        &body,
    )
}

fn field_errors(t: Locale, view: &SubscribeView) -> Vec<FieldError> {
    let error = |error: &SubscribeError| match error {
        SubscribeError::AddressMissing => ("address".to_owned(), t.say("error-address-missing")),
        SubscribeError::AddressInvalid => ("address".to_owned(), t.say("error-address-invalid")),
        SubscribeError::AddressTooLong => ("address".to_owned(), t.say("error-address-too-long")),
        SubscribeError::AddressLocalPart => {
            ("address".to_owned(), t.say("error-address-local-part"))
        }
        SubscribeError::NewsletterMissing => {
            ("newsletters".to_owned(), t.say("error-newsletter-missing"))
        }
        SubscribeError::TopicMissing(key) => {
            let name = view
                .newsletters
                .iter()
                .find(|one| one.key == *key)
                .map_or(key, |one| &one.name);
            let text = t.fill(
                "error-topic-missing",
                [("newsletter", t.quote(name).into())],
            );
            (format!("topics-{key}"), text)
        }
        SubscribeError::LanguageUnknown => ("language".to_owned(), t.say("error-language-unknown")),
        SubscribeError::FormExpired => ("subscribe".to_owned(), t.say("error-form-expired")),
    };
    view.errors
        .iter()
        .map(error)
        .map(|(id, text)| FieldError { id, text })
        .collect()
}

fn form(site: &Site, view: &SubscribeView, errors: &[FieldError]) -> Markup {
    let t = site.locale;
    let names: Vec<&str> = view
        .newsletters
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    html! {
        // Our own messages say more than the browser's, and are read out better.
        form id="subscribe" method="post" action=(view.action) novalidate {
            input type="hidden" name="form" value=(view.form_token);
            (address_field(t, view, errors))
            @match view.newsletters.as_slice() {
                [only] if only.topics.is_empty() => {}
                [only] => (components::topic_group(t, only, &t.say("subscribe-topics"), None, errors)),
                several => (newsletter_group(t, several, errors)),
            }
            (components::language_group(site, view.language, errors))
            // Bots fill in every field. People neither see this one nor reach it.
            div class="trap" aria-hidden="true" {
                label for="website" { (t.say("subscribe-trap")) }
                input id="website" name="website" type="text" tabindex="-1" autocomplete="off";
            }
            section class="panel" aria-labelledby="consent" {
                h2 id="consent" { (t.say("subscribe-consent")) }
                p { (t.say("subscribe-consent-lead")) }
                blockquote { p { (consent_wording(t, &site.organisation, &names).text) } }
                p class="small" {
                    (t.say("subscribe-privacy"))
                    @if let Some(href) = link::on_page(&site.links.privacy) {
                        " " a href=(href) { (t.say("subscribe-privacy-link")) }
                    }
                }
            }
            (components::submit(&t.say("subscribe-button")))
        }
    }
}

fn address_field(t: Locale, view: &SubscribeView, errors: &[FieldError]) -> Markup {
    let wrong = errors.iter().any(|error| error.id == "address");
    html! {
        div class={ "field" @if wrong { " wrong" } } {
            label for="address" { (t.say("subscribe-address")) }
            p class="hint" id="address-hint" { (t.say("subscribe-address-hint")) }
            (components::field_error(t, errors, "address"))
            input id="address" name="address" type="email" inputmode="email" autocomplete="email"
                autocapitalize="none" spellcheck="false" maxlength="320" required value=(view.address)
                aria-invalid=[wrong.then_some("true")]
                aria-describedby=[components::described_by(errors, "address", true)];
        }
    }
}

fn newsletter_group(t: Locale, newsletters: &[NewsletterChoice], errors: &[FieldError]) -> Markup {
    let wrong = errors.iter().any(|error| error.id == "newsletters");
    html! {
        fieldset class=[wrong.then_some("wrong")] id="newsletters" tabindex="-1"
            aria-describedby=[components::described_by(errors, "newsletters", true)]
        {
            legend { (t.say("subscribe-newsletters")) }
            p class="hint" id="newsletters-hint" { (t.say("subscribe-newsletters-hint")) }
            (components::field_error(t, errors, "newsletters"))
            @for newsletter in newsletters {
                div class="card" {
                    label class="choice" {
                        input type="checkbox" name="newsletter" value=(newsletter.key) checked[newsletter.chosen]
                            aria-describedby={ "about-" (newsletter.key) };
                        span class="card-title" { (newsletter.name) }
                    }
                    div class="card-text" id={ "about-" (newsletter.key) } {
                        @if !newsletter.description.is_empty() { p { (newsletter.description) } }
                        (components::rhythm(t, newsletter))
                    }
                    @if !newsletter.topics.is_empty() {
                        @let legend = t.fill("subscribe-topics-of", [("newsletter", t.quote(&newsletter.name).into())]);
                        (components::topic_group(t, newsletter, &legend, Some("minor"), errors))
                    }
                }
            }
        }
    }
}

fn steps(site: &Site) -> Markup {
    let t = site.locale;
    html! {
        aside class="steps" aria-labelledby="steps" {
            h2 id="steps" { (t.say("steps-title")) }
            ol { @for key in ["steps-1", "steps-2", "steps-3"] { li { (t.say(key)) } } }
        }
    }
}

impl Sample for SubscribeView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let newsletters = sample::newsletters(locale);
        let empty = Self {
            action: "/subscribe".into(),
            newsletters: newsletters.clone(),
            address: String::new(),
            language: locale,
            form_token: "AQEAAAAAZyE".into(),
            errors: Vec::new(),
        };
        let single = Self {
            newsletters: vec![newsletters[0].clone()],
            ..empty.clone()
        };
        let mut refused = Self {
            address: "erika.beispiel(at)example.org".into(),
            errors: vec![
                SubscribeError::AddressInvalid,
                SubscribeError::TopicMissing(newsletters[0].key.clone()),
                SubscribeError::FormExpired,
            ],
            ..empty.clone()
        };
        refused.newsletters[0].chosen = true;
        let nothing = Self {
            errors: vec![
                SubscribeError::AddressMissing,
                SubscribeError::NewsletterMissing,
            ],
            ..empty.clone()
        };
        let odd = Self {
            address: format!("{}@example.org", "x".repeat(70)),
            errors: vec![
                SubscribeError::AddressTooLong,
                SubscribeError::AddressLocalPart,
                SubscribeError::LanguageUnknown,
            ],
            ..single.clone()
        };
        let none = Self {
            newsletters: Vec::new(),
            ..empty.clone()
        };
        vec![
            ("empty", empty),
            ("single", single),
            ("refused", refused),
            ("nothing-filled-in", nothing),
            ("odd-address", odd),
            ("no-newsletters", none),
        ]
    }
}
