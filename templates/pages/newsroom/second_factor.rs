//! Setting up the second factor, and the recovery codes, which are shown once.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::components::{TextField, text_field};
use super::frame::{Desk, DeskPage, frame, post_form};
use super::login_code::code_field;
use crate::components::{FieldError, error_summary};
use crate::locale::Locale;
use crate::sample::Sample;

/// Setting up the second factor.
#[derive(Debug, Clone)]
pub struct SecondFactorView {
    /// The account page.
    pub account_url: String,
    /// What is shown.
    pub step: SecondFactorStep,
}

/// A step of setting up.
#[derive(Debug, Clone)]
pub enum SecondFactorStep {
    /// The secret, and the field for the first code.
    Secret {
        /// Where the form posts to.
        action: String,
        /// The rows of the QR code, from top to bottom: whether a module is dark.
        qr: Vec<Vec<bool>>,
        /// The secret for typing.
        secret: String,
        /// The secret, sealed: the form carries it.
        sealed: String,
        /// Whether a role asks for it, so that nothing else can be done before.
        is_required: bool,
        /// Whether it replaces one that is there: a code of that one is asked for, too.
        replaces: bool,
        /// What was wrong.
        wrong: Option<WrongCode>,
    },
    /// The recovery codes.
    Codes {
        /// The codes.
        codes: Vec<String>,
        /// Whether the second factor is the same as before.
        is_same_factor: bool,
    },
}

/// Which code was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongCode {
    /// The first one of the new app.
    New,
    /// The one of the app that was used so far.
    Former,
}

/// Renders the page.
pub fn page(desk: &Desk, view: &SecondFactorView) -> Markup {
    let t = desk.site.locale;
    match &view.step {
        SecondFactorStep::Secret { .. } => secret(desk, view),
        SecondFactorStep::Codes {
            codes,
            is_same_factor,
        } => {
            let done = if *is_same_factor {
                "account-new-codes-done"
            } else {
                "account-codes-done"
            };
            let page = DeskPage {
                crumbs: vec![(view.account_url.clone(), t.say("account-title"))],
                done: Some(t.say(done)),
                ..DeskPage::new(t.say("account-codes-title"))
            };
            let body = html! {
                p { (t.say("account-codes-about")) }
                ol class="codes" { @for code in codes { li { code { (code) } } } }
                p { a class="button" href=(view.account_url) { (t.say("account-codes-kept")) } }
            };
            frame(desk, &page, &body)
        }
    }
}

fn secret(desk: &Desk, view: &SecondFactorView) -> Markup {
    let t = desk.site.locale;
    let SecondFactorStep::Secret {
        action,
        qr,
        secret,
        sealed,
        is_required,
        replaces,
        wrong,
    } = &view.step
    else {
        return html! {};
    };
    let errors: Vec<FieldError> = wrong.map(|wrong| error(t, wrong)).into_iter().collect();
    let [title, _, done] = words(*replaces);
    let page = DeskPage {
        crumbs: vec![(view.account_url.clone(), t.say("account-title"))],
        has_errors: wrong.is_some(),
        ..DeskPage::new(t.say(title))
    };
    let body = html! {
        (error_summary(t, &errors))
        @if *is_required {
            div class="alert" { p { (t.say("account-required")) } }
        }
        p { (t.say("account-set-up-app")) }
        div class="set-up" {
            (qr_code(t, qr))
            div class="stack" {
                p { (t.say("account-set-up-type")) }
                p { code { (secret) } }
            }
        }
        (post_form(desk, action, &html! {
            input type="hidden" name="sealed" value=(sealed);
            (codes(t, *replaces, &errors))
            button { (t.say(done)) }
        }))
    };
    frame(desk, &page, &body)
}

/// The keys of the title, of the field for a code of the new app, and of the button.
const fn words(replaces: bool) -> [&'static str; 3] {
    if replaces {
        ["account-replace", "account-next-code", "account-replace"]
    } else {
        ["account-set-up", "access-code", "account-set-up-done"]
    }
}

fn error(t: Locale, wrong: WrongCode) -> FieldError {
    FieldError {
        id: match wrong {
            WrongCode::New => "code".into(),
            WrongCode::Former => "former".into(),
        },
        text: t.say("access-code-wrong"),
    }
}

/// The fields for codes: of the app that was used so far, and of the new one.
fn codes(t: Locale, replaces: bool, errors: &[FieldError]) -> Markup {
    let [_, label, _] = words(replaces);
    let former = TextField {
        name: "former",
        label: t.say("account-former-code"),
        hint: Some(t.say("account-former-code-hint")),
        ..code_field(t)
    };
    let next = TextField {
        label: t.say(label),
        hint: Some(t.say("account-next-code-hint")),
        ..code_field(t)
    };
    html! {
        @if replaces { (text_field(t, &former, errors)) }
        (text_field(t, &next, errors))
    }
}

/// The QR code: black on white in both colour schemes, with the margin that scanners need.
fn qr_code(t: Locale, rows: &[Vec<bool>]) -> Markup {
    const MARGIN: usize = 4;
    let side = rows.len() + 2 * MARGIN;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            // Writing into a String cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", x + MARGIN, y + MARGIN);
        }
    }
    html! {
        svg class="qr" role="img" aria-label=(t.say("account-qr")) viewBox={ "0 0 " (side) " " (side) } width="232" height="232" shape-rendering="crispEdges" {
            rect width="100%" height="100%" fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}

impl Sample for SecondFactorView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        let view = |step| Self {
            account_url: "/newsroom/account".into(),
            step,
        };
        let secret = |is_required, replaces, wrong| SecondFactorStep::Secret {
            action: "/newsroom/account/second-factor".into(),
            qr: vec![
                vec![true, false, true],
                vec![false, true, false],
                vec![true, true, true],
            ],
            secret: "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ".into(),
            sealed: "c2VhbGVk".into(),
            is_required,
            replaces,
            wrong,
        };
        let codes = ["LJNF-UWS2-LJNF-UWS2", "MFRG-GZDF-MZTW-Q2LK"];
        let shown = |is_same_factor| SecondFactorStep::Codes {
            codes: codes.map(Into::into).to_vec(),
            is_same_factor,
        };
        vec![
            ("secret", view(secret(false, false, None))),
            ("required", view(secret(true, false, Some(WrongCode::New)))),
            (
                "replaced",
                view(secret(false, true, Some(WrongCode::Former))),
            ),
            ("codes", view(shown(false))),
            ("new-codes", view(shown(true))),
        ]
    }
}
