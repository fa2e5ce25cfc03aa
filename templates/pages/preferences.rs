//! Topics and language of a subscriber, by the link in every mail.

use maud::{Markup, html};

use crate::components::{self, FieldError};
use crate::layout::{self, Page};
use crate::link;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;
use crate::{Locale, NewsletterChoice};

/// The form with the present choice, or with what was sent and its errors.
///
/// Field names: `topic` (repeated, `newsletterkey.topickey`), `language`, `form`.
#[derive(Debug, Clone)]
pub struct PreferencesView {
    /// Where the form is posted to (the same URL as the page).
    pub action: String,
    /// The address, masked.
    pub masked_address: String,
    /// The newsletters this reader subscribes to, each with all its topics.
    pub newsletters: Vec<SubscribedNewsletter>,
    /// The language of the mails.
    pub language: Locale,
    /// The value of the hidden field `form`; left out when `None`.
    pub form_token: Option<String>,
    /// Whether the page says that the changes were saved.
    pub saved: bool,
    /// What has to be corrected.
    pub errors: Vec<PreferencesError>,
}

/// A newsletter on the preferences page.
#[derive(Debug, Clone)]
pub struct SubscribedNewsletter {
    /// The newsletter and its topics; `chosen` and `description` are not shown.
    pub choice: NewsletterChoice,
    /// The page that ends this subscription.
    pub unsubscribe_url: Option<String>,
}

/// What may be wrong with the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreferencesError {
    /// No topic is left in the newsletter with this key.
    TopicMissing(String),
    /// The language is not one of those offered.
    LanguageUnknown,
    /// The form was open for too long.
    FormExpired,
}

/// Renders the page.
pub fn page(site: &Site, view: &PreferencesView) -> Markup {
    let t = site.locale;
    let errors = field_errors(t, view);
    let none = view.newsletters.is_empty();
    let title = if none {
        t.say("preferences-none-title")
    } else {
        t.say("preferences-title")
    };
    let body = html! {
        @if view.saved {
            (components::success(&t.say("preferences-saved-title"), &t.say("preferences-saved")))
        }
        p class="lead" { (t.fill("preferences-lead", [("address", view.masked_address.as_str().into())])) }
        (components::error_summary(t, &errors))
        @if none {
            p { (t.say("preferences-none")) }
            (components::button_link(&site.links.home, &t.say("subscribe-again")))
        } @else {
            (form(site, view, &errors))
        }
    };
    layout::frame(
        site,
        &Page::personal(title).with_errors(!errors.is_empty()),
        &body,
    )
}

fn field_errors(t: Locale, view: &PreferencesView) -> Vec<FieldError> {
    let error = |error: &PreferencesError| match error {
        PreferencesError::TopicMissing(key) => {
            let choices = view.newsletters.iter().map(|one| &one.choice);
            let name = choices
                .clone()
                .find(|one| one.key == *key)
                .map_or(key, |one| &one.name);
            let text = t.fill(
                "error-topic-missing",
                [("newsletter", t.quote(name).into())],
            );
            (format!("topics-{key}"), text)
        }
        PreferencesError::LanguageUnknown => {
            ("language".to_owned(), t.say("error-language-unknown"))
        }
        PreferencesError::FormExpired => ("preferences".to_owned(), t.say("error-form-expired")),
    };
    view.errors
        .iter()
        .map(error)
        .map(|(id, text)| FieldError { id, text })
        .collect()
}

fn form(site: &Site, view: &PreferencesView, errors: &[FieldError]) -> Markup {
    let t = site.locale;
    html! {
        form id="preferences" method="post" action=(view.action) novalidate {
            @if let Some(token) = &view.form_token { input type="hidden" name="form" value=(token); }
            @for newsletter in &view.newsletters { (section(t, newsletter, errors)) }
            (components::language_group(site, view.language, errors))
            (components::submit(&t.say("preferences-button")))
        }
    }
}

fn section(t: Locale, newsletter: &SubscribedNewsletter, errors: &[FieldError]) -> Markup {
    let choice = &newsletter.choice;
    let heading = format!("newsletter-{}", choice.key);
    html! {
        section class="card" aria-labelledby=(heading) {
            h2 class="card-title" id=(heading) { (choice.name) }
            (components::rhythm(t, choice))
            @if choice.topics.is_empty() {
                p { (t.say("preferences-no-topics")) }
            } @else {
                @let legend = t.fill("subscribe-topics-of", [("newsletter", t.quote(&choice.name).into())]);
                (components::topic_group(t, choice, &legend, Some("minor"), errors))
            }
            @if let Some(href) = newsletter.unsubscribe_url.as_deref().and_then(link::on_page) {
                p class="small" {
                    a href=(href) { (t.fill("preferences-leave", [("newsletter", t.quote(&choice.name).into())])) }
                }
            }
        }
    }
}

impl Sample for PreferencesView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut choices = sample::newsletters(locale);
        for topic in choices
            .iter_mut()
            .flat_map(|one| one.topics.iter_mut())
            .step_by(2)
        {
            topic.chosen = true;
        }
        let subscribed = |choice| SubscribedNewsletter {
            choice,
            unsubscribe_url: Some("/unsubscribe/AQEAAAAAAAAADgAAAAAAAAAq".into()),
        };
        let usual = Self {
            action: "/preferences/AQEAAAAAAAAADgAAAAAAAAAq".into(),
            masked_address: "e•••@e•••.org".into(),
            newsletters: choices.into_iter().map(subscribed).collect(),
            language: locale,
            form_token: None,
            saved: false,
            errors: Vec::new(),
        };
        let saved = Self {
            saved: true,
            ..usual.clone()
        };
        let mut refused = Self {
            errors: vec![
                PreferencesError::TopicMissing(usual.newsletters[0].choice.key.clone()),
                PreferencesError::LanguageUnknown,
                PreferencesError::FormExpired,
            ],
            form_token: Some("AQEAAAAAZyE".into()),
            ..usual.clone()
        };
        for topic in &mut refused.newsletters[0].choice.topics {
            topic.chosen = false;
        }
        let none = Self {
            newsletters: Vec::new(),
            ..usual.clone()
        };
        vec![
            ("usual", usual),
            ("saved", saved),
            ("refused", refused),
            ("no-subscription", none),
        ]
    }
}
