//! Why a mail was refused, from the relay's answer: the enhanced status code (RFC 3463) first, then
//! the reply code (RFC 5321 §4.2), and only where these say nothing a few phrases that most servers
//! share. In doubt it is [`FailureClass::Other`]: no mailbox is called unknown by a guess.
//!
//! [`super::outcome`] uses it for every reply other than 250.

use super::reply::Reply;
use super::step::Step;
use crate::domain::delivery::FailureClass;
use FailureClass::{Greylisting, MailboxFull, NoSuchMailbox, Other, Policy, RelayError};

const GREY: [&str; 4] = ["greylist", "graylist", "grey list", "gray list"];
const UNKNOWN: [&str; 8] = [
    "user unknown",
    "unknown user",
    "no such user",
    "no such mailbox",
    "no such recipient",
    "user not found",
    "recipient not found",
    "mailbox not found",
];
const FULL: [&str; 5] = [
    "mailbox full",
    "mailbox is full",
    "over quota",
    "quota exceeded",
    "exceeded storage",
];
const UNWANTED: [&str; 7] = [
    "spam",
    "blacklist",
    "blocklist",
    "blocked",
    "policy",
    "spf",
    "dmarc",
];

/// The class of a refusal at `step`.
pub(super) fn class(reply: &Reply, step: Step) -> FailureClass {
    // Greylisting servers reply with 4.2.0, 4.7.0, 4.7.1 or no code; all of them use the word.
    if reply.is_transient() && says(reply, &GREY) {
        return Greylisting;
    }
    let told = reply
        .status
        .as_deref()
        .and_then(|status| by_status(status, reply))
        .or_else(|| by_code(reply, step))
        .or_else(|| by_words(reply));
    match step {
        Step::Recipient => told.unwrap_or(Other),
        // The recipient was not named yet, so the sender is refused.
        Step::Sender => match told {
            Some(RelayError) => RelayError,
            _ if reply.is_permanent() => Policy,
            Some(NoSuchMailbox | MailboxFull) | None => Other,
            Some(told) => told,
        },
        // The recipient was accepted; the content is refused.
        _ if reply.is_permanent() => told.unwrap_or(Policy),
        _ => told.unwrap_or(Other),
    }
}

/// By `class.subject.detail`; `None` for codes that say no more than their class.
fn by_status(status: &str, reply: &Reply) -> Option<FailureClass> {
    let (_, rest) = status.split_once('.')?;
    Some(match rest {
        "1.1" | "1.2" | "1.3" | "1.6" | "1.10" => NoSuchMailbox,
        // Disabled permanently (a temporary reply means busy); no route to the domain.
        "2.1" | "4.4" if reply.is_permanent() => NoSuchMailbox,
        "1.7" | "1.8" => Policy, // the sender's mailbox, the sender's domain
        "2.2" => MailboxFull,
        // Exchange Online's reply for an unknown recipient.
        "4.1" if reply.is_permanent() && says(reply, &["recipient address rejected"]) => {
            NoSuchMailbox
        }
        "2.3" | "3.4" // the mail is too large
        | "6.7" | "6.8" => Other, // a server on the way does not support such addresses (RFC 6531)
        "0.0" | "2.0" | "5.0" => return None,
        _ => match rest.split('.').next()? {
            "3" | "4" => RelayError,
            "6" | "7" => Policy,
            _ => return None,
        },
    })
}

fn by_code(reply: &Reply, step: Step) -> Option<FailureClass> {
    Some(match reply.code {
        // Servers use these two for senders, too.
        551 | 553 if step == Step::Recipient => NoSuchMailbox,
        521 | 556 => NoSuchMailbox, // the domain accepts no mail (RFC 7504)
        552 if says(reply, &["size", "too large", "too big"]) => Other,
        552 => MailboxFull,
        571 => Policy, // older than RFC 3463; means 5.7.1
        452 if says(reply, &FULL) => MailboxFull,
        432 | 442 | 452 => RelayError,
        _ => return None,
    })
}

fn by_words(reply: &Reply) -> Option<FailureClass> {
    if says(reply, &UNKNOWN) {
        Some(NoSuchMailbox)
    } else if says(reply, &FULL) {
        Some(MailboxFull)
    } else if says(reply, &UNWANTED) {
        Some(Policy)
    } else {
        None
    }
}

/// Whether the reply contains one of these, at the beginning of a word.
fn says(reply: &Reply, words: &[&str]) -> bool {
    let text = reply.words.to_ascii_lowercase();
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric())
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    #[rustfmt::skip] // a table
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn answers_of_real_servers() {
        let table = [
            (
                550,
                "5.1.1 <erika@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
                NoSuchMailbox,
            ),
            (
                550,
                "5.1.1 The email account that you tried to reach does not exist.",
                NoSuchMailbox,
            ),
            (
                550,
                "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
                NoSuchMailbox,
            ),
            (
                550,
                "5.4.1 Recipient address rejected: Access denied.",
                NoSuchMailbox,
            ),
            (
                550,
                "5.2.1 The email account that you tried to reach is disabled.",
                NoSuchMailbox,
            ),
            (556, "5.1.10 Recipient address has null MX", NoSuchMailbox),
            (550, "No such user here", NoSuchMailbox),
            (550, "5.0.0 unknown user", NoSuchMailbox),
            (
                450,
                "4.1.1 <erika@example.org>: Recipient address rejected: unverified address",
                NoSuchMailbox,
            ),
            (
                552,
                "5.2.2 The email account that you tried to reach is over quota.",
                MailboxFull,
            ),
            (
                452,
                "4.2.2 The recipient's inbox is out of storage space.",
                MailboxFull,
            ),
            (
                552,
                "Quota exceeded. The recipients mailbox is full.",
                MailboxFull,
            ),
            (550, "Mailbox quota exceeded", MailboxFull),
            (
                550,
                "5.7.1 Message rejected due to content restrictions",
                Policy,
            ),
            (
                550,
                "5.7.515 Access denied, sending domain does not meet the required authentication level.",
                Policy,
            ),
            (
                550,
                "5.7.26 This mail has been blocked because the sender is unauthenticated.",
                Policy,
            ),
            (
                554,
                "Transaction failed Reject due to policy restrictions.",
                Policy,
            ),
            (
                554,
                "IP=192.0.2.1 - A problem occurred. (Blocked on grounds of policy)",
                Policy,
            ),
            (
                421,
                "4.7.28 Gmail has detected an unusual rate of unsolicited mail.",
                Policy,
            ),
            (571, "not allowed", Policy),
            (554, "5.6.0 we do not like this", Policy),
            (
                450,
                "4.2.0 <erika@example.org>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch",
                Greylisting,
            ),
            (
                451,
                "4.7.1 Greylisting in action, please come back later",
                Greylisting,
            ),
            (
                451,
                "Temporarily greylisted, try again in 300 seconds",
                Greylisting,
            ),
            (452, "4.3.1 Insufficient system storage", RelayError),
            (451, "4.4.1 No answer from host", RelayError),
            (452, "Insufficient system storage", RelayError),
            (550, "mailbox unavailable", Other),
            (550, "Requested action not taken", Other),
            (450, "4.2.1 mailbox busy", Other),
            (552, "5.3.4 Message size exceeds fixed limit", Other),
            (553, "5.6.7 Address includes non-ASCII characters", Other),
            (550, "5.6.8 no address in ASCII is known", Other),
            (552, "message size exceeds limit", Other),
            (451, "local error in processing", Other),
            (550, "not a whitespam address", Other),
        ];
        for (code, text, expected) in table {
            let told = class(&Reply::new(code, text), Step::Recipient);
            assert_eq!(told, expected, "{code} {text}");
        }
    }

    #[test]
    fn refusals_of_sender_or_content_are_policy() {
        let told = |code, text, step| class(&Reply::new(code, text), step);
        assert_eq!(told(550, "no", Step::Sender), Policy);
        assert_eq!(
            told(553, "5.1.8 sender domain does not exist", Step::Sender),
            Policy
        );
        assert_eq!(told(550, "5.1.1 user unknown", Step::Sender), Policy);
        assert_eq!(told(452, "4.3.1 disk full", Step::Sender), RelayError);
        assert_eq!(told(451, "later", Step::Sender), Other);
        assert_eq!(told(554, "no", Step::Acceptance), Policy);
        assert_eq!(told(554, "no", Step::Data), Policy);
        assert_eq!(told(552, "5.2.2 over quota", Step::Acceptance), MailboxFull);
        assert_eq!(told(554, "no", Step::Recipient), Other);
    }

    proptest! {
        #[test]
        fn every_reply_has_a_class(code in 400_u16..600, text in "[45]\\.[0-9]{1,2}\\.[0-9]{1,3} .{0,60}|\\PC{0,80}") {
            let reply = Reply::new(code, &text);
            let told = class(&reply, Step::Recipient);
            prop_assert!(told != Greylisting || reply.is_transient(), "greylisting is never permanent");
        }
    }
}
