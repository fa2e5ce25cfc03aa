//! One's own account: name and language, password, second factor, sessions.

use chrono::NaiveDateTime;
use maud::{Markup, html};

use super::access_link::{AccessProblem, errors, new_password, person_field};
use super::components::{TextField, Tone, badge, text_field};
use super::frame::{Desk, DeskPage, frame, post_form};
use crate::components::{FieldError, error_summary};
use crate::locale::Locale;
use crate::sample::{self, Sample};

/// One's own account.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// What stands in the field for the name.
    pub name: String,
    /// The login name.
    pub email: String,
    /// The language of pages and mails.
    pub language: Locale,
    /// Whether there is a password; otherwise links are mailed.
    pub has_password: bool,
    /// Since when there is a second factor.
    pub second_factor_since: Option<NaiveDateTime>,
    /// Whether a role asks for one.
    pub second_factor_required: bool,
    /// How many recovery codes are left.
    pub codes_left: i64,
    /// The sessions, the latest first.
    pub sessions: Vec<SessionRow>,
    /// What was just done.
    pub done: Option<AccountDone>,
    /// What is wrong with the form that was sent.
    pub problems: Vec<AccessProblem>,
    /// Where the forms post to: this and what follows a slash.
    pub url: String,
}

/// A session in the list.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Its name.
    pub uuid: String,
    /// The browser in words.
    pub agent: String,
    /// When it began.
    pub since: NaiveDateTime,
    /// When it was last used.
    pub used_at: NaiveDateTime,
    /// Whether it is this one.
    pub is_this: bool,
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountDone {
    /// Name and language were saved.
    Saved,
    /// The password was changed.
    Password,
    /// The second factor was removed.
    SecondFactorRemoved,
    /// Sessions were ended.
    SessionsEnded,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &AccountView) -> Markup {
    let t = desk.site.locale;
    let errors = errors(t, &view.problems);
    let page = DeskPage {
        done: view.done.map(|done| t.say(done_key(done))),
        has_errors: !errors.is_empty(),
        ..DeskPage::new(t.say("account-title"))
    };
    let body = html! {
        (error_summary(t, &errors))
        div class="two even" {
            div class="stack" {
                (profile(desk, view, &errors))
                (password(desk, view, &errors))
            }
            (second_factor(desk, view, &errors))
        }
        (sessions(desk, view))
    };
    frame(desk, &page, &body)
}

const fn done_key(done: AccountDone) -> &'static str {
    match done {
        AccountDone::Saved => "account-done-saved",
        AccountDone::Password => "account-done-password",
        AccountDone::SecondFactorRemoved => "account-done-removed",
        AccountDone::SessionsEnded => "account-done-sessions",
    }
}

fn profile(desk: &Desk, view: &AccountView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let form = html! {
        (text_field(t, &person_field(t, "name", &view.name, Some("name")), errors))
        div class="field" {
            label for="language" { (t.say("account-language")) }
            select id="language" name="language" {
                @for locale in &desk.site.offered {
                    option value=(locale.code()) lang=(locale.code()) selected[*locale == view.language] { (locale.own_name()) }
                }
            }
        }
        p class="small muted" { (t.fill("account-email", [("email", view.email.as_str().into())])) }
        button { (t.say("account-save")) }
    };
    html! {
        section class="panel" aria-labelledby="profile" {
            h2 id="profile" { (t.say("account-profile")) }
            (post_form(desk, &view.url, &form))
        }
    }
}

fn password(desk: &Desk, view: &AccountView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let current = TextField {
        name: "current",
        kind: "password",
        label: t.say("account-current-password"),
        hint: None,
        value: "",
        autocomplete: Some("current-password"),
        most: Some(200),
        required: true,
    };
    let form = html! {
        // Password managers keep the password under this name.
        input type="email" value=(view.email) autocomplete="username" hidden readonly aria-label=(t.say("newsroom-email"));
        @if view.has_password { (text_field(t, &current, errors)) }
        (new_password(t, errors))
        button { (t.say("access-password-save")) }
    };
    html! {
        section class="panel" aria-labelledby="change" {
            h2 id="change" { (t.say("newsroom-password")) }
            @if !view.has_password { p { (t.say("account-no-password")) } }
            p class="small muted" { (t.say("account-password-ends")) }
            (post_form(desk, &format!("{}/password", view.url), &form))
        }
    }
}

fn second_factor(desk: &Desk, view: &AccountView, errors: &[FieldError]) -> Markup {
    let t = desk.site.locale;
    let url = |path: &str| format!("{}/second-factor{path}", view.url);
    html! {
        section class="panel" aria-labelledby="second" {
            h2 id="second" { (t.say("account-second-factor")) " " @match view.second_factor_since {
                Some(_) => (badge(Tone::Good, &t.say("account-on"))),
                None => (badge(Tone::Ask, &t.say("account-off"))),
            } }
            p { (t.say("account-second-factor-about")) }
            @match view.second_factor_since {
                None => { p { a class="button quiet" href=(url("")) { (t.say("account-set-up")) } } }
                Some(since) => {
                    p class="small muted" {
                        (t.fill("account-since", [("day", t.day(since.date()).into())])) " "
                        (t.fill("account-codes-left", [("count", view.codes_left.into())]))
                    }
                    p class="small muted" { (t.say("account-password-ends")) }
                    (post_form(desk, &url("/codes"), &html! {
                        (text_field(t, &super::login_code::code_field(t), errors))
                        p class="actions" {
                            button class="quiet" { (t.say("account-new-codes")) }
                            @if !view.second_factor_required {
                                button class="risk" formaction=(url("/remove")) { (t.say("account-remove")) }
                            }
                        }
                    }))
                    p { a href=(url("")) { (t.say("account-another-device")) } }
                }
            }
        }
    }
}

fn sessions(desk: &Desk, view: &AccountView) -> Markup {
    let t = desk.site.locale;
    let end = format!("{}/sessions", view.url);
    html! {
        section aria-labelledby="sessions" {
            h2 id="sessions" { (t.say("account-sessions")) }
            p class="small muted" { (t.say("account-sessions-about")) }
            ul class="rows" {
                @for row in &view.sessions {
                    li class="between" {
                        div {
                            b { (row.agent) } @if row.is_this { " " (badge(Tone::Go, &t.say("account-this"))) }
                            p class="small muted" {
                                (t.fill("account-session", [("since", t.short_moment(row.since).into()), ("used", t.short_moment(row.used_at).into())]))
                            }
                        }
                        @if !row.is_this {
                            (post_form(desk, &end, &html! {
                                input type="hidden" name="session" value=(row.uuid);
                                button class="quiet" aria-label=(t.fill("account-end-this", [("agent", row.agent.as_str().into())])) { (t.say("account-end")) }
                            }))
                        }
                    }
                }
            }
            @if view.sessions.len() > 1 {
                (post_form(desk, &end, &html! { button class="quiet" name="session" value="others" { (t.say("account-end-others")) } }))
            }
        }
    }
}

impl Sample for AccountView {
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let session = |uuid: &str, agent: &str, day, is_this| SessionRow {
            uuid: uuid.into(),
            agent: agent.into(),
            since: sample::moment(day, 8, 3),
            used_at: sample::moment(24, 9, 41),
            is_this,
        };
        let full = Self {
            name: "Erika Beispiel".into(),
            email: "erika@musterstadt.example".into(),
            language: locale,
            has_password: true,
            second_factor_since: Some(sample::moment(3, 9, 0)),
            second_factor_required: false,
            codes_left: 8,
            sessions: vec![
                session("a", "Firefox, Linux", 24, true),
                session("b", "Safari, iPhone", 23, false),
            ],
            done: Some(AccountDone::SessionsEnded),
            problems: Vec::new(),
            url: "/newsroom/account".into(),
        };
        let bare = Self {
            has_password: false,
            second_factor_since: None,
            sessions: vec![session("a", "Firefox, Linux", 24, true)],
            done: None,
            problems: vec![AccessProblem::PasswordShort],
            ..full.clone()
        };
        vec![("full", full), ("bare", bare)]
    }
}
