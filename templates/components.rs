//! The components of pages: fields, groups of checkboxes, alerts, error summaries.

use maud::{Markup, html};

use crate::link;
use crate::locale::Locale;
use crate::site::{Newsletter, NewsletterChoice, Site};

/// A link, or only its text where the URL may not be linked.
pub(crate) fn paragraph_link(url: &str, text: &str) -> Markup {
    html! {
        @match link::on_page(url) {
            Some(href) => { a href=(href) { (text) } }
            None => { (text) }
        }
    }
}

/// A link that looks like a button; it navigates and never changes anything.
pub(crate) fn button_link(url: &str, text: &str) -> Markup {
    html! {
        @if let Some(href) = link::on_page(url) {
            p class="actions" { a class="button secondary" href=(href) { (text) } }
        }
    }
}

/// The button that sends a form.
pub(crate) fn submit(text: &str) -> Markup {
    html! { p class="actions" { button type="submit" { (text) } } }
}

/// A form with a button only: all it needs is in the URL it posts to.
pub(crate) fn button_form(action: &str, text: &str) -> Markup {
    html! { form method="post" action=(action) { (submit(text)) } }
}

/// Says that something was done: a title and a sentence.
pub(crate) fn success(title: &str, text: &str) -> Markup {
    html! {
        div class="alert success" role="status" {
            p class="alert-title" { (title) }
            p { (text) }
        }
    }
}

/// A wrong field: the id of the element to go to, and what to do.
pub(crate) struct FieldError {
    pub id: String,
    pub text: String,
}

/// All errors of a form with links to their fields; nothing when there are none.
pub(crate) fn error_summary(locale: Locale, errors: &[FieldError]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div class="alert danger" role="alert" tabindex="-1" {
                h2 class="alert-title" { (locale.say("error-summary-title")) }
                ul { @for error in errors { li { a href={ "#" (error.id) } { (error.text) } } } }
            }
        }
    }
}

/// What is wrong with the field (or group) `id`, above it; one paragraph with the id `id-error`,
/// however much it is.
pub(crate) fn field_error(locale: Locale, errors: &[FieldError], id: &str) -> Markup {
    let mut messages = errors.iter().filter(|error| error.id == id);
    let Some(first) = messages.next() else {
        return html! {};
    };
    html! {
        p class="field-error" id={ (id) "-error" } {
            span class="hidden" { (locale.say("error-word")) " " } (first.text)
            @for error in messages { br; (error.text) }
        }
    }
}

/// What `aria-describedby` of the field `id` says: its hint, if any, and its error.
pub(crate) fn described_by(errors: &[FieldError], id: &str, has_hint: bool) -> Option<String> {
    let error = errors
        .iter()
        .any(|error| error.id == id)
        .then(|| format!("{id}-error"));
    let hint = has_hint.then(|| format!("{id}-hint"));
    match (hint, error) {
        (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
        (one, other) => one.or(other),
    }
}

/// How often a newsletter appears; nothing where that is not known.
pub(crate) fn rhythm(locale: Locale, newsletter: &NewsletterChoice) -> Markup {
    html! {
        @if let Some(rhythm) = &newsletter.rhythm {
            p class="small muted" {
                (locale.fill("subscribe-rhythm", [("rhythm", rhythm.words(locale).into())]))
            }
        }
    }
}

/// The checkboxes of a newsletter's topics. The group's id (and that of its error) is
/// `topics-KEY`.
pub(crate) fn topic_group(
    locale: Locale,
    newsletter: &NewsletterChoice,
    legend: &str,
    legend_class: Option<&str>,
    errors: &[FieldError],
) -> Markup {
    let id = format!("topics-{}", newsletter.key);
    let wrong = errors.iter().any(|error| error.id == id);
    html! {
        fieldset class={ "topics" @if wrong { " wrong" } } id=(id) tabindex="-1"
            aria-describedby=[described_by(errors, &id, true)]
        {
            legend class=[legend_class] { (legend) }
            p class="hint" id={ (id) "-hint" } { (locale.say("subscribe-topics-hint")) }
            (field_error(locale, errors, &id))
            div class="choices" {
                @for topic in &newsletter.topics {
                    label class="choice" {
                        input type="checkbox" name="topic" value={ (newsletter.key) "." (topic.key) } checked[topic.chosen];
                        span { (topic.name) }
                    }
                }
            }
        }
    }
}

/// The language of the mails, as radio buttons; nothing to choose where only one is offered.
pub(crate) fn language_group(site: &Site, chosen: Locale, errors: &[FieldError]) -> Markup {
    let t = site.locale;
    if site.offered.len() < 2 {
        return html! { input type="hidden" name="language" value=(chosen.code()); };
    }
    let wrong = errors.iter().any(|error| error.id == "language");
    html! {
        fieldset class=[wrong.then_some("wrong")] id="language" tabindex="-1"
            aria-describedby=[described_by(errors, "language", true)]
        {
            legend { (t.say("subscribe-language")) }
            p class="hint" id="language-hint" { (t.say("subscribe-language-hint")) }
            (field_error(t, errors, "language"))
            div class="choices" {
                @for locale in &site.offered {
                    label class="choice" {
                        input type="radio" name="language" value=(locale.code()) checked[*locale == chosen];
                        span lang=(locale.code()) { (locale.own_name()) }
                    }
                }
            }
        }
    }
}

/// What somebody subscribes to: address (if given), newsletters and topics.
pub(crate) fn subscriptions(
    locale: Locale,
    address: Option<&str>,
    newsletters: &[Newsletter],
) -> Markup {
    html! {
        dl class="facts" {
            @if let Some(address) = address {
                div { dt { (locale.say("confirm-address")) } dd { (address) } }
            }
            @for newsletter in newsletters {
                div {
                    dt { (locale.say("confirm-newsletter")) }
                    dd {
                        strong { (newsletter.name) }
                        @if !newsletter.topics.is_empty() {
                            span class="detail" {
                                (locale.colon(&locale.say("confirm-topics"))) " " (newsletter.topics.join(", "))
                            }
                        }
                    }
                }
            }
        }
    }
}
