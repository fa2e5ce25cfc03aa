//! What the mails to staff say.

use chrono::NaiveDateTime;

use super::{AccountChange, IssueMention, StaffMail};
use crate::locale::Locale;

/// The texts of one mail.
#[derive(Default)]
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) sentences: Vec<String>,
    /// What somebody wrote, as a quotation.
    pub(super) quotation: Option<String>,
    pub(super) list: Vec<String>,
    pub(super) button: String,
    /// After the button.
    pub(super) last: Option<String>,
}

/// The keys of a kind: subject, first sentence, button.
type Keys = [&'static str; 3];

/// The texts of this mail.
pub(super) fn words(t: Locale, organisation: &str, says: &StaffMail) -> Words {
    match says {
        StaffMail::Invitation {
            by,
            roles,
            expires_at,
        } => invitation(t, organisation, by.as_deref(), roles, *expires_at),
        StaffMail::LoginLink {
            requested_at,
            expires_at,
        } => {
            let keys = [
                "staff-login-subject",
                "staff-login-what",
                "staff-login-button",
            ];
            let last = t.say("staff-login-not-you");
            link(t, keys, last, *requested_at, *expires_at)
        }
        StaffMail::PasswordLink {
            requested_at,
            expires_at,
        } => {
            let keys = [
                "staff-password-subject",
                "staff-password-what",
                "staff-password-button",
            ];
            let last = t.say("staff-password-not-you");
            link(t, keys, last, *requested_at, *expires_at)
        }
        StaffMail::LoginCode {
            requested_at,
            expires_at,
            code,
        } => Words {
            subject: t.say("staff-code-subject"),
            sentences: vec![
                at_time(t, "staff-code-what", *requested_at),
                at_time(t, "staff-code-until", *expires_at),
            ],
            quotation: Some(code.clone()),
            button: t.say("staff-changed-button"),
            last: Some(t.say("staff-code-not-you")),
            ..Words::default()
        },
        StaffMail::AccountChanged { at, what } => account_changed(t, *at, *what),
        StaffMail::ReviewAsked { issue, by, note } => {
            let keys = ["staff-review", "staff-review-what", "staff-review-button"];
            let name = by.as_deref().unwrap_or_default();
            let mut words = decided(t, keys, issue, name, note.as_deref());
            if by.is_none() {
                words.sentences = vec![of_issue(t, "staff-review-scheduled", issue)];
            }
            with_date(t, issue, words)
        }
        StaffMail::Returned { issue, by, note } => {
            let keys = [
                "staff-returned",
                "staff-returned-what",
                "staff-returned-button",
            ];
            with_date(t, issue, decided(t, keys, issue, by, note.as_deref()))
        }
        StaffMail::Rejected { issue, by, note } => {
            let keys = [
                "staff-rejected",
                "staff-rejected-what",
                "staff-rejected-button",
            ];
            decided(t, keys, issue, by, note.as_deref())
        }
        StaffMail::Approved { issue, by } => {
            let keys = [
                "staff-approved",
                "staff-approved-what",
                "staff-approved-button",
            ];
            with_date(t, issue, decided(t, keys, issue, by, None))
        }
        StaffMail::ApprovalInvalidated { issue, by, changes } => {
            invalidated(t, issue, by.as_deref(), changes)
        }
        StaffMail::SenderCheck { newsletter, code } => Words {
            subject: t.say("review-sender-subject"),
            sentences: vec![t.fill(
                "review-sender-what",
                [("newsletter", t.quote(newsletter).into())],
            )],
            quotation: Some(code.clone()),
            button: t.say("review-sender-button"),
            ..Words::default()
        },
        StaffMail::IssueStopped { issue, reason } => stopped(t, issue, reason.as_deref()),
    }
}

fn invitation(
    t: Locale,
    organisation: &str,
    by: Option<&str>,
    roles: &str,
    expires_at: NaiveDateTime,
) -> Words {
    let organisation = ("organisation", organisation.into());
    let invites = match by {
        Some(by) => t.fill("staff-invitation-by", [("name", by.into()), organisation]),
        None => t.fill("staff-invitation", [organisation]),
    };
    let roles = t.fill("staff-invitation-roles", [("roles", roles.into())]);
    Words {
        subject: t.say("staff-invitation-subject"),
        sentences: vec![invites, roles, at_time(t, "staff-until", expires_at)],
        button: t.say("staff-invitation-button"),
        last: Some(t.say("staff-invitation-not-you")),
        ..Words::default()
    }
}

fn link(
    t: Locale,
    [subject, what, button]: Keys,
    last: String,
    requested_at: NaiveDateTime,
    expires_at: NaiveDateTime,
) -> Words {
    Words {
        subject: t.say(subject),
        sentences: vec![
            at_time(t, what, requested_at),
            at_time(t, "staff-until", expires_at),
        ],
        button: t.say(button),
        last: Some(last),
        ..Words::default()
    }
}

fn account_changed(t: Locale, at: NaiveDateTime, what: Option<AccountChange>) -> Words {
    use AccountChange as C;
    let (subject, sentence) = match what {
        None => ("staff-changed-subject", "staff-changed-what"),
        Some(C::Password) => ("staff-changed-subject", "staff-changed-password"),
        Some(C::SecondFactorSetUp) => ("staff-second-subject", "staff-second-set-up"),
        Some(C::SecondFactorReplaced) => ("staff-second-subject", "staff-second-replaced"),
        Some(C::SecondFactorRemoved) => ("staff-second-subject", "staff-second-removed"),
        Some(C::RecoveryCodes) => ("staff-second-subject", "staff-second-codes"),
    };
    let mut sentences = vec![at_time(t, sentence, at)];
    if what.is_some() {
        sentences.push(t.say("staff-second-ended"));
    }
    Words {
        subject: t.say(subject),
        sentences,
        button: t.say("staff-changed-button"),
        last: Some(t.say("staff-changed-not-you")),
        ..Words::default()
    }
}

/// Somebody has done something with an issue.
fn decided(
    t: Locale,
    [subject, what, button]: Keys,
    issue: &IssueMention,
    by: &str,
    note: Option<&str>,
) -> Words {
    Words {
        subject: of_issue(t, subject, issue),
        sentences: vec![by_whom(t, what, issue, by)],
        quotation: note.map(str::to_owned),
        button: t.say(button),
        ..Words::default()
    }
}

fn invalidated(t: Locale, issue: &IssueMention, by: Option<&str>, changes: &[String]) -> Words {
    let what = match by {
        Some(by) => by_whom(t, "staff-invalidated-what", issue, by),
        None => of_issue(t, "staff-invalidated-nobody", issue),
    };
    let mut words = Words {
        subject: of_issue(t, "staff-invalidated", issue),
        sentences: vec![what],
        list: changes.to_vec(),
        button: t.say("staff-invalidated-button"),
        last: Some(t.say("staff-invalidated-next")),
        ..Words::default()
    };
    words = with_date(t, issue, words);
    if !changes.is_empty() {
        words.sentences.push(t.say("staff-invalidated-changes"));
    }
    words
}

fn stopped(t: Locale, issue: &IssueMention, reason: Option<&str>) -> Words {
    let what = match reason {
        Some(reason) => t.fill(
            "staff-stopped-why",
            [("issue", name(t, issue).into()), ("reason", reason.into())],
        ),
        None => of_issue(t, "staff-stopped-what", issue),
    };
    Words {
        subject: of_issue(t, "staff-stopped", issue),
        sentences: vec![what, t.say("staff-stopped-means")],
        button: t.say("staff-stopped-button"),
        ..Words::default()
    }
}

/// With a sentence about when the issue is due.
fn with_date(t: Locale, issue: &IssueMention, mut words: Words) -> Words {
    if let Some(due) = issue.due_at {
        words
            .sentences
            .push(t.fill("staff-due", [("time", t.moment(due).into())]));
    }
    words
}

fn by_whom(t: Locale, key: &str, issue: &IssueMention, by: &str) -> String {
    t.fill(key, [("name", by.into()), ("issue", name(t, issue).into())])
}

fn of_issue(t: Locale, key: &str, issue: &IssueMention) -> String {
    t.fill(key, [("issue", name(t, issue).into())])
}

fn at_time(t: Locale, key: &str, at: NaiveDateTime) -> String {
    t.fill(key, [("time", t.short_moment(at).into())])
}

/// “Region aktuell, Ausgabe 48”.
fn name(t: Locale, issue: &IssueMention) -> String {
    t.fill(
        "issue-subject",
        [
            ("newsletter", issue.newsletter.as_str().into()),
            ("number", issue.number.into()),
        ],
    )
}
