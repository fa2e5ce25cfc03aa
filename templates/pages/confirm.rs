//! Behind the link of the confirmation mail: what was asked for, and the button that confirms it.
//!
//! Whoever has a newsletter already and chose differently this time decides here what applies from
//! now on. What is chosen beforehand loses nothing.

use maud::{Markup, html};

use crate::Newsletter;
use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample;
use crate::sample::Sample;
use crate::site::Site;

/// What is to be confirmed. GET changes nothing; the button POSTs.
#[derive(Debug, Clone)]
pub struct ConfirmView {
    /// Where the button posts to (the same URL as the page).
    pub action: String,
    /// The address, masked, e.g. “e•••@e•••.org”.
    pub masked_address: String,
    /// What starts as it was asked for.
    pub newsletters: Vec<Newsletter>,
    /// What the reader has already, with other topics.
    pub questions: Vec<TopicQuestion>,
    /// The languages, where the reader's mails have another one than was asked for.
    pub language: Option<LanguageQuestion>,
    /// The names of the reader's newsletters that were not asked for, and stay as they are.
    pub others: Vec<String>,
    /// Whether the reader has any newsletter already.
    pub is_known: bool,
}

/// Which topics of a newsletter apply from now on.
#[derive(Debug, Clone)]
pub struct TopicQuestion {
    /// The name of the form field; its values are `both`, `asked` and `present`.
    pub field: String,
    /// The newsletter's name.
    pub newsletter: String,
    /// The choices with the names of their topics, the default first.
    pub choices: Vec<TopicChoice>,
}

/// A choice of topics.
#[derive(Debug, Clone)]
pub enum TopicChoice {
    /// What the reader has and what was asked for.
    Both(Vec<String>),
    /// Only what was asked for.
    Asked(Vec<String>),
    /// Only what the reader has.
    Present(Vec<String>),
}

/// Which language the mails have from now on. The form field is `language`; its values are `present`
/// (the default) and `asked`.
#[derive(Debug, Clone, Copy)]
pub struct LanguageQuestion {
    /// The one they have.
    pub present: Locale,
    /// The one that was asked for.
    pub asked: Locale,
}

/// Renders the page.
pub fn page(site: &Site, view: &ConfirmView) -> Markup {
    let t = site.locale;
    let decides = !view.questions.is_empty() || view.language.is_some();
    let (lead, button, not_you) = (
        if decides {
            "confirm-decide-lead"
        } else {
            "confirm-lead"
        },
        if decides {
            "confirm-decide-button"
        } else {
            "confirm-button"
        },
        if view.is_known {
            "confirm-not-you-known"
        } else {
            "confirm-not-you"
        },
    );
    let body = html! {
        p class="lead" { (t.say(lead)) }
        (components::subscriptions(t, Some(&view.masked_address), &view.newsletters))
        form method="post" action=(view.action) {
            @for (number, question) in view.questions.iter().enumerate() {
                (topic_question(t, number, question))
            }
            @if let Some(question) = view.language { (language_question(t, question)) }
            @if !view.others.is_empty() {
                p { (t.fill("confirm-others", [("newsletters", t.list(&view.others).into())])) }
            }
            (components::submit(&t.say(button)))
        }
        h2 { (t.say("confirm-not-you-title")) }
        p { (t.say(not_you)) }
    };
    layout::frame(site, &Page::personal(t.say("confirm-title")), &body)
}

fn topic_question(t: Locale, number: usize, question: &TopicQuestion) -> Markup {
    let hint = format!("question-{number}-hint");
    html! {
        fieldset aria-describedby=(hint) {
            legend {
                (t.fill("subscribe-topics-of", [("newsletter", t.quote(&question.newsletter).into())]))
            }
            p class="hint" id=(hint) { (t.say("confirm-decide-topics-hint")) }
            div class="choices stacked" {
                @for (number, choice) in question.choices.iter().enumerate() {
                    @let (value, key, topics) = match choice {
                        TopicChoice::Both(topics) => ("both", "confirm-decide-both", topics),
                        TopicChoice::Asked(topics) => ("asked", "confirm-decide-asked", topics),
                        TopicChoice::Present(topics) => ("present", "confirm-decide-present", topics),
                    };
                    label class="choice" {
                        input type="radio" name=(question.field) value=(value) checked[number == 0];
                        span { (t.say(key)) span class="detail" { (topics.join(", ")) } }
                    }
                }
            }
        }
    }
}

fn language_question(t: Locale, question: LanguageQuestion) -> Markup {
    let choices = [
        (
            "present",
            "confirm-decide-language-present",
            question.present,
        ),
        ("asked", "confirm-decide-language-asked", question.asked),
    ];
    html! {
        fieldset aria-describedby="language-hint" {
            legend { (t.say("subscribe-language")) }
            p class="hint" id="language-hint" { (t.say("confirm-decide-language-hint")) }
            div class="choices stacked" {
                @for (value, key, locale) in choices {
                    label class="choice" {
                        input type="radio" name="language" value=(value) checked[value == "present"];
                        span {
                            span lang=(locale.code()) { (locale.own_name()) }
                            " (" (t.say(key)) ")"
                        }
                    }
                }
            }
        }
    }
}

impl Sample for ConfirmView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let usual = Self {
            action: "/confirm/Zx81QmVpc3BpZWw".into(),
            masked_address: "e•••@e•••.org".into(),
            newsletters: sample::chosen(locale),
            questions: Vec::new(),
            language: None,
            others: Vec::new(),
            is_known: false,
        };
        let choices = sample::newsletters(locale);
        let names = |newsletter: usize, topics: &[usize]| {
            let all = &choices[newsletter].topics;
            topics.iter().map(|at| all[*at].name.clone()).collect()
        };
        let decide = Self {
            newsletters: Vec::new(),
            questions: vec![
                TopicQuestion {
                    field: "topics.town".into(),
                    newsletter: choices[0].name.clone(),
                    choices: vec![
                        TopicChoice::Both(names(0, &[0, 1, 2, 5])),
                        TopicChoice::Asked(names(0, &[2, 5])),
                        TopicChoice::Present(names(0, &[0, 1])),
                    ],
                },
                TopicQuestion {
                    field: "topics.funding".into(),
                    newsletter: choices[1].name.clone(),
                    choices: vec![
                        TopicChoice::Present(names(1, &[0, 1])),
                        TopicChoice::Asked(names(1, &[0])),
                    ],
                },
            ],
            language: Some(LanguageQuestion {
                present: locale,
                asked: match locale {
                    Locale::Fr => Locale::De,
                    _ => Locale::Fr,
                },
            }),
            others: vec![choices[2].name.clone()],
            is_known: true,
            ..usual.clone()
        };
        let another = Self {
            newsletters: usual.newsletters[..1].to_vec(),
            others: vec![choices[1].name.clone(), choices[2].name.clone()],
            is_known: true,
            ..usual.clone()
        };
        vec![("usual", usual), ("decide", decide), ("another", another)]
    }
}
