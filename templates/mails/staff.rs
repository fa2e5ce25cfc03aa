//! The mails to staff: a greeting, a few sentences, one link. Each kind has its own words; they all
//! look the same.

mod words;

use chrono::NaiveDateTime;
use maud::html;

use self::words::{Words, words};
use super::{Mail, frame};
use crate::locale::Locale;
use crate::plain_text::Text;
use crate::sample;
use crate::site::Site;

/// A mail to a member of staff.
#[derive(Debug, Clone)]
pub struct StaffMailView {
    /// Who gets it.
    /// Empty where nobody is known there.
    pub name: String,
    /// What it says.
    pub says: StaffMail,
    /// The page it leads to.
    pub url: String,
}

/// What a mail to staff says. Times are wall-clock times.
#[derive(Debug, Clone)]
pub enum StaffMail {
    /// An invitation.
    Invitation {
        /// Who invites, if it was a person.
        by: Option<String>,
        /// The roles in words.
        roles: String,
        /// Until when the link works.
        expires_at: NaiveDateTime,
    },
    /// A link to log in.
    LoginLink {
        /// When it was asked for.
        requested_at: NaiveDateTime,
        /// Until when the link works.
        expires_at: NaiveDateTime,
    },
    /// A link to set a new password.
    PasswordLink {
        /// When it was asked for.
        requested_at: NaiveDateTime,
        /// Until when the link works.
        expires_at: NaiveDateTime,
    },
    /// A code with which a user proves again who they are.
    LoginCode {
        /// When it was asked for.
        requested_at: NaiveDateTime,
        /// Until when it works.
        expires_at: NaiveDateTime,
        /// The code.
        code: String,
    },
    /// Password or second factor were changed.
    AccountChanged {
        /// When.
        at: NaiveDateTime,
        /// What was changed, where that is known.
        what: Option<AccountChange>,
    },
    /// An issue was handed in.
    ReviewAsked {
        /// Which issue.
        issue: IssueMention,
        /// Who handed it in; none: the schedule composed it.
        by: Option<String>,
        /// A word to the approver.
        note: Option<String>,
    },
    /// An issue was returned for edit.
    Returned {
        /// Which issue.
        issue: IssueMention,
        /// Who returned it.
        by: String,
        /// Why.
        note: Option<String>,
    },
    /// An issue was rejected.
    Rejected {
        /// Which issue.
        issue: IssueMention,
        /// Who rejected it.
        by: String,
        /// Why.
        note: Option<String>,
    },
    /// An issue was approved.
    Approved {
        /// Which issue.
        issue: IssueMention,
        /// Who approved it.
        by: String,
    },
    /// An approved issue was changed: it needs another approval.
    ApprovalInvalidated {
        /// Which issue.
        issue: IssueMention,
        /// Who changed something, if it was a person.
        by: Option<String>,
        /// What was changed, one phrase each.
        changes: Vec<String>,
    },
    /// A code for the sender of a newsletter.
    SenderCheck {
        /// The name of the newsletter.
        newsletter: String,
        /// The code.
        code: String,
    },
    /// An issue has stopped itself, or is held.
    IssueStopped {
        /// Which issue.
        issue: IssueMention,
        /// Why, as a sentence without capital letter and full stop.
        reason: Option<String>,
    },
}

/// What of an account was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountChange {
    /// The password.
    Password,
    /// A second factor was set up.
    SecondFactorSetUp,
    /// The second factor was replaced.
    SecondFactorReplaced,
    /// The second factor was removed.
    SecondFactorRemoved,
    /// There are new recovery codes.
    RecoveryCodes,
}

/// The issue that a mail is about.
#[derive(Debug, Clone)]
pub struct IssueMention {
    /// The name of its newsletter.
    pub newsletter: String,
    /// Its number.
    pub number: i64,
    /// When it is due.
    pub due_at: Option<NaiveDateTime>,
}

/// Writes the mail.
pub fn mail(site: &Site, view: &StaffMailView) -> Mail {
    let t = site.locale;
    let words = words(t, &site.organisation, &view.says);
    let hello = t.fill("staff-hello", [("name", view.name.as_str().into())]);
    let body = html! {
        (frame::masthead(site))
        (frame::heading(&words.subject))
        (frame::paragraph(&hello))
        @for sentence in &words.sentences { (frame::paragraph(sentence)) }
        @if let Some(quotation) = &words.quotation {
            blockquote style="margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #6e7597" {
                @for line in quotation.lines() { p style="margin:0" { (line) } }
            }
        }
        @if !words.list.is_empty() {
            ul style="margin:0 0 16px;padding-left:24px" {
                @for item in &words.list { li { (item) } }
            }
        }
        (frame::button(site, &view.url, &words.button))
        @if let Some(last) = &words.last { p style="margin:0" { (last) } }
    };
    let preheader = words.sentences.first().cloned().unwrap_or_default();
    Mail {
        html: frame::document(site, &words.subject, preheader, &body, &frame::foot(site)),
        text: text(site, &hello, &words, &view.url),
        subject: words.subject,
    }
}

fn text(site: &Site, hello: &str, words: &Words, url: &str) -> String {
    let mut text = Text::new(site.locale);
    text.paragraph(hello);
    for sentence in &words.sentences {
        text.paragraph(sentence);
    }
    if let Some(quotation) = &words.quotation {
        for line in quotation.lines() {
            text.indented(line, "> ", "> ");
        }
        text.blank();
    }
    if !words.list.is_empty() {
        for item in &words.list {
            text.indented(item, "- ", "  ");
        }
        text.blank();
    }
    text.link(&words.button, url);
    text.blank();
    if let Some(last) = &words.last {
        text.paragraph(last);
    }
    frame::foot_text(site, &mut text);
    text.into_string()
}

impl crate::Sample for StaffMailView {
    #[expect(clippy::too_many_lines, reason = "a list of samples")]
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let issue = || IssueMention {
            newsletter: sample::newsletters(locale)[0].name.clone(),
            number: 48,
            due_at: Some(sample::moment(26, 7, 0)),
        };
        let by = || "Jana Kern".to_owned();
        let note = |words| Some(sample::pick(locale, words));
        let (requested_at, expires_at) = (sample::moment(24, 9, 41), sample::moment(24, 9, 56));
        let changed = |what| StaffMail::AccountChanged {
            at: requested_at,
            what,
        };
        let all = [
            (
                "invitation",
                StaffMail::Invitation {
                    by: Some(by()),
                    roles: sample::pick(locale, ["Redaktion", "Editing", "Rédaction", "Redactie"]),
                    expires_at: sample::moment(26, 9, 41),
                },
            ),
            (
                "login",
                StaffMail::LoginLink {
                    requested_at,
                    expires_at,
                },
            ),
            (
                "password",
                StaffMail::PasswordLink {
                    requested_at,
                    expires_at,
                },
            ),
            (
                "code",
                StaffMail::LoginCode {
                    requested_at,
                    expires_at,
                    code: "04711815".into(),
                },
            ),
            ("changed", changed(None)),
            ("password-changed", changed(Some(AccountChange::Password))),
            (
                "second-set-up",
                changed(Some(AccountChange::SecondFactorSetUp)),
            ),
            (
                "second-replaced",
                changed(Some(AccountChange::SecondFactorReplaced)),
            ),
            (
                "second-removed",
                changed(Some(AccountChange::SecondFactorRemoved)),
            ),
            ("second-codes", changed(Some(AccountChange::RecoveryCodes))),
            (
                "review",
                StaffMail::ReviewAsked {
                    issue: issue(),
                    by: Some(by()),
                    note: note([
                        "Bitte den Vorspann ansehen.",
                        "Please look at the introduction.",
                        "Merci de relire l’introduction.",
                        "Kijk alstublieft naar de inleiding.",
                    ]),
                },
            ),
            (
                "review-scheduled",
                StaffMail::ReviewAsked {
                    issue: issue(),
                    by: None,
                    note: None,
                },
            ),
            (
                "returned",
                StaffMail::Returned {
                    issue: issue(),
                    by: by(),
                    note: note([
                        "Der Wochentag bei der Energieberatung stimmt nicht.\nSonst sehr schön.",
                        "The weekday of the energy advice is wrong.\nOtherwise very nice.",
                        "Le jour du conseil énergie est faux.\nLe reste est très bien.",
                        "De weekdag van het energieadvies klopt niet.\nVerder heel mooi.",
                    ]),
                },
            ),
            (
                "rejected",
                StaffMail::Rejected {
                    issue: issue(),
                    by: by(),
                    note: None,
                },
            ),
            (
                "approved",
                StaffMail::Approved {
                    issue: issue(),
                    by: by(),
                },
            ),
            (
                "invalidated",
                StaffMail::ApprovalInvalidated {
                    issue: issue(),
                    by: Some(by()),
                    changes: vec![sample::pick(
                        locale,
                        [
                            "Bus über die Grenze fährt öfter: Text",
                            "Bus across the border runs more often: text",
                            "Le bus transfrontalier passe plus souvent : texte",
                            "Bus over de grens rijdt vaker: tekst",
                        ],
                    )],
                },
            ),
            (
                "sender",
                StaffMail::SenderCheck {
                    newsletter: issue().newsletter,
                    code: "04711815".into(),
                },
            ),
            (
                "stopped",
                StaffMail::IssueStopped {
                    issue: issue(),
                    reason: Some(crate::reason(locale, &crate::ReasonView::Empty)),
                },
            ),
        ];
        let url = "https://rundbrief.musterstadt.example/newsroom/issues/town/48";
        all.into_iter()
            .map(|(sample, says)| {
                let view = Self {
                    name: "Erika Beispiel".into(),
                    says,
                    url: url.into(),
                };
                (sample, view)
            })
            .collect()
    }
}
