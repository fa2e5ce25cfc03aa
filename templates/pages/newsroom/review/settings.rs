//! Who releases the issues of a newsletter, and whether it is in trial.

use maud::{Markup, html};

use super::ready::ReadyView;
use crate::components::{FieldError, error_summary};
use crate::locale::Locale;
use crate::pages::newsroom::components::{TextField, text_field};
use crate::pages::newsroom::frame::{Desk, DeskPage, frame, post_form};
use crate::sample::{Sample, pick};

/// The page.
#[derive(Debug, Clone)]
pub struct ReleaseSettingsView {
    /// This page, where its form is sent.
    pub url: String,
    /// The page above it: URL.
    pub list_url: String,
    /// The name of the newsletter.
    pub newsletter: String,
    /// Who releases.
    pub approval: ApprovalChoice,
    /// From how many recipients on four eyes are wanted, as typed.
    pub four_eyes_from: String,
    /// Whether that is no number.
    pub is_wrong: bool,
    /// Whether it is in trial.
    pub trial: bool,
    /// Whether its checks remind of the distance to the press.
    pub press_distance: bool,
    /// How many mails go out in trial: subscribers who are staff.
    pub staff_readers: i64,
    /// What was just done.
    pub done: Option<SettingsDone>,
    /// What is missing before the first real issue.
    pub ready: ReadyView,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsDone {
    /// The settings were saved.
    Saved,
    /// A code was mailed to the sender.
    Asked,
    /// The right code was typed.
    Checked,
    /// The DNS was looked at.
    Looked,
}

/// Who releases the issues of a newsletter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalChoice {
    /// The schedule.
    Automatic,
    /// One person.
    Required,
    /// A second person.
    FourEyes,
}

impl ApprovalChoice {
    const ALL: [Self; 3] = [Self::FourEyes, Self::Required, Self::Automatic];

    const fn value(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Required => "required",
            Self::FourEyes => "four-eyes",
        }
    }

    const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Automatic => (
                "review-approval-automatic",
                "review-approval-automatic-text",
            ),
            Self::Required => ("review-approval-required", "review-approval-required-text"),
            Self::FourEyes => (
                "review-approval-four-eyes",
                "review-approval-four-eyes-text",
            ),
        }
    }
}

/// Renders the page.
pub fn page(desk: &Desk, view: &ReleaseSettingsView) -> Markup {
    let t = desk.site.locale;
    let wrong = FieldError {
        id: "four-eyes-from".to_owned(),
        text: t.say("review-settings-error-number"),
    };
    let mut errors = if view.is_wrong {
        vec![wrong]
    } else {
        Vec::new()
    };
    errors.extend(view.ready.error(t));
    let page = DeskPage {
        crumbs: vec![(view.list_url.clone(), t.say("newsroom-area-newsletters"))],
        sub: html! { p { (view.newsletter) } },
        done: view.done.map(|done| {
            t.say(match done {
                SettingsDone::Saved => "review-settings-saved",
                SettingsDone::Asked => "review-ready-asked",
                SettingsDone::Checked => "review-ready-checked",
                SettingsDone::Looked => "review-dns-looked",
            })
        }),
        has_errors: !errors.is_empty(),
        ..DeskPage::new(t.say("review-settings"))
    };
    let number = TextField {
        name: "four-eyes-from",
        kind: "text",
        label: t.say("review-settings-from"),
        hint: Some(t.say("review-settings-from-hint")),
        value: &view.four_eyes_from,
        autocomplete: None,
        most: None,
        required: false,
    };
    let form = html! {
        fieldset {
            legend { (t.say("review-settings-who")) }
            @for choice in ApprovalChoice::ALL {
                @let (name, text) = choice.keys();
                label class="choice" {
                    input type="radio" name="approval" value=(choice.value()) checked[choice == view.approval];
                    span { b { (t.say(name)) } br; span class="small muted" { (t.say(text)) } }
                }
            }
        }
        (text_field(t, &number, &errors))
        fieldset {
            legend { (t.say("review-settings-trial")) }
            label class="choice" {
                input type="checkbox" name="trial" value="yes" checked[view.trial];
                span {
                    (t.say("review-settings-trial-on")) br;
                    span class="small muted" { (t.fill("review-settings-trial-text", [("count", view.staff_readers.into())])) }
                }
            }
        }
        fieldset {
            legend { (t.say("review-settings-reminder")) }
            label class="choice" {
                input type="checkbox" name="press-distance" value="yes" checked[view.press_distance];
                span {
                    (t.say("review-settings-press")) br;
                    span class="small muted" { (t.say("review-settings-press-text")) }
                }
            }
        }
        p class="actions" { button { (t.say("review-settings-save")) } }
    };
    let body = html! {
        (error_summary(t, &errors))
        div class="two" {
            section { (post_form(desk, &view.url, &form)) }
            (view.ready.section(desk, &view.url, &errors))
        }
    };
    frame(desk, &page, &body)
}

impl Sample for ReleaseSettingsView {
    fn samples(t: Locale) -> Vec<(&'static str, Self)> {
        let view = Self {
            url: "/newsroom/newsletters/region/release".into(),
            list_url: "/newsroom/newsletters".into(),
            newsletter: pick(
                t,
                [
                    "Region aktuell",
                    "Region news",
                    "La région",
                    "Regio actueel",
                ],
            ),
            approval: ApprovalChoice::Required,
            four_eyes_from: "5000".into(),
            is_wrong: false,
            trial: true,
            press_distance: true,
            staff_readers: 3,
            done: Some(SettingsDone::Saved),
            ready: ReadyView::sample(false),
        };
        let wrong = Self {
            four_eyes_from: "viele".into(),
            is_wrong: true,
            done: None,
            ready: ReadyView::sample(true),
            staff_readers: 1,
            ..view.clone()
        };
        vec![("usual", view), ("wrong", wrong)]
    }
}
