//! How things were before and after, in words: from what the log keeps, which is the same in every
//! language and never changes.

use fluent_bundle::FluentValue;

use crate::locale::Locale;

/// The kind of thing, what the log says, and the key of the words.
type Values = &'static [(&'static str, &'static str, &'static str)];

/// What is said in the same words always.
const FIXED: Values = &[
    ("issue", "draft", "issue-desk-state-draft"),
    ("issue", "in-review", "issue-desk-state-in-review"),
    ("issue", "approved", "issue-desk-state-approved"),
    ("issue", "sending", "issue-desk-state-sending"),
    ("issue", "sent", "issue-desk-state-sent"),
    ("issue", "paused", "issue-desk-state-paused"),
    ("issue", "held", "issue-desk-state-held"),
    ("issue", "cancelled", "issue-desk-state-cancelled"),
    ("entry", "draft", "entry-desk-state-draft"),
    ("entry", "submitted", "entry-desk-state-submitted"),
    ("entry", "approved", "entry-desk-state-approved"),
    ("entry", "published", "entry-desk-state-published"),
    ("entry", "rejected", "entry-desk-state-rejected"),
    ("entry", "withdrawn", "entry-desk-state-withdrawn"),
    ("entry", "cancelled", "entry-desk-state-cancelled"),
    ("entry", "news", "entry-desk-kind-news"),
    ("entry", "event", "entry-desk-kind-event"),
    ("entry", "paper", "entry-desk-kind-paper"),
    ("entry", "meeting", "entry-desk-kind-meeting"),
    ("user", "administrator", "newsroom-role-administrator"),
    ("user", "editor", "newsroom-role-editor"),
    ("user", "approver", "newsroom-role-approver"),
    ("user", "viewer", "newsroom-role-viewer"),
    ("user", "invited", "audit-value-invited"),
    ("user", "invited again", "audit-value-invited-again"),
    ("user", "active", "audit-value-active"),
    ("user", "disabled", "audit-value-disabled"),
    ("user", "on", "audit-value-on"),
    ("user", "off", "audit-value-off"),
    ("user", "new recovery codes", "audit-value-new-codes"),
    ("user", "one session", "audit-value-one-session"),
    ("user", "changed", "audit-value-changed"),
    ("user", "name", "audit-value-name"),
    ("user", "language", "audit-value-language"),
    ("user", "invitation", "audit-value-invitation"),
    ("user", "login", "audit-value-login"),
    ("user", "login-link", "audit-value-login"),
    ("user", "login-code", "audit-value-login-code"),
    ("user", "password", "audit-value-password"),
    ("user", "password-link", "audit-value-password-link"),
    (
        "user",
        "first-administrator",
        "audit-value-first-administrator",
    ),
    ("user", "mailed code", "audit-value-mailed-code"),
    ("user", "second factor", "audit-value-second-factor"),
    ("user", "second-factor", "audit-value-second-factor"),
    ("user", "open", "audit-value-session-open"),
    ("user", "kept", "audit-value-kept"),
    ("subscriber", "pending", "audit-value-pending"),
    ("subscriber", "active", "audit-value-active"),
    ("subscriber", "unsubscribed", "audit-value-unsubscribed"),
    ("subscriber", "suspended", "audit-value-suspended"),
    ("subscriber", "erased", "audit-value-erased"),
    ("subscriber", "erased again", "audit-value-erased-again"),
    ("subscriber", "suppressed", "audit-value-suppressed"),
    ("subscriber", "handed out", "audit-value-handed-out"),
    (
        "subscriber",
        "handed out: only a suppression is kept",
        "audit-value-handed-out-suppression",
    ),
    ("signing-key", "prepared", "audit-value-prepared"),
    ("signing-key", "active", "audit-value-active"),
    ("signing-key", "retired", "audit-value-retired"),
    ("proposal", "open", "audit-value-proposal-open"),
    ("proposal", "accepted", "audit-value-proposal-accepted"),
    ("proposal", "rejected", "audit-value-proposal-rejected"),
    ("proposal", "superseded", "audit-value-proposal-superseded"),
    ("proposal", "cancelled", "audit-value-proposal-cancelled"),
    ("proposal", "reinstated", "audit-value-proposal-reinstated"),
    ("proposal", "time", "audit-value-field-time"),
    ("proposal", "place", "audit-value-field-place"),
    ("proposal", "title", "audit-value-field-title"),
    ("proposal", "text", "audit-value-field-text"),
    ("proposal", "link", "audit-value-field-link"),
    ("proposal", "date", "audit-value-field-date"),
    ("proposal", "contact", "audit-value-field-contact"),
    ("proposal", "reference", "audit-value-field-reference"),
    ("proposal", "paper", "audit-value-field-paper"),
    ("proposal", "details", "audit-value-field-details"),
    ("proposal", "topics", "audit-value-field-topics"),
    ("proposal", "kind", "audit-value-field-kind"),
    (
        "newsletter",
        "approval automatic",
        "audit-value-approval-automatic",
    ),
    (
        "newsletter",
        "approval required",
        "audit-value-approval-required",
    ),
    (
        "newsletter",
        "approval four-eyes",
        "audit-value-approval-four-eyes",
    ),
    ("newsletter", "in trial", "audit-value-in-trial"),
    ("newsletter", "schedule none", "audit-value-schedule-none"),
    ("newsletter", "quiet hours none", "audit-value-quiet-none"),
    ("newsletter", "none", "audit-value-none"),
    ("newsletter", "own days ", "audit-value-own-days-none"),
    (
        "newsletter",
        "names of own days",
        "audit-value-own-days-names",
    ),
    ("newsletter", "others", "audit-value-others"),
    ("newsletter", "press distance on", "audit-value-press-on"),
    ("newsletter", "press distance off", "audit-value-press-off"),
    // As earlier versions wrote it.
    ("newsletter", "press distance: on", "audit-value-press-on"),
    ("newsletter", "press distance: off", "audit-value-press-off"),
    (
        "newsletter",
        "a code was mailed to the sender",
        "audit-value-sender-asked",
    ),
    (
        "newsletter",
        "the sender receives mails",
        "audit-value-sender-receives",
    ),
    ("newsletter", "teaser texts", "audit-value-texts-teaser"),
    ("newsletter", "whole texts", "audit-value-texts-whole"),
    (
        "newsletter",
        "name in subject",
        "audit-value-name-in-subject",
    ),
    (
        "newsletter",
        "no name in subject",
        "audit-value-no-name-in-subject",
    ),
    (
        "entry",
        "changed by its trusted source",
        "audit-value-by-source",
    ),
    ("entry", "pinned", "audit-value-pinned"),
    ("entry", "not pinned", "audit-value-not-pinned"),
    ("entry", "files deleted", "audit-value-files-deleted"),
    ("issue", "nobody", "audit-value-nobody"),
    ("issue", "when approved", "audit-value-when-approved"),
    ("newsletter", "de-bw", "planning-region-de-bw"),
    ("newsletter", "de-by", "planning-region-de-by"),
    ("newsletter", "de-be", "planning-region-de-be"),
    ("newsletter", "de-bb", "planning-region-de-bb"),
    ("newsletter", "de-hb", "planning-region-de-hb"),
    ("newsletter", "de-hh", "planning-region-de-hh"),
    ("newsletter", "de-he", "planning-region-de-he"),
    ("newsletter", "de-mv", "planning-region-de-mv"),
    ("newsletter", "de-ni", "planning-region-de-ni"),
    ("newsletter", "de-nw", "planning-region-de-nw"),
    ("newsletter", "de-rp", "planning-region-de-rp"),
    ("newsletter", "de-sl", "planning-region-de-sl"),
    ("newsletter", "de-sn", "planning-region-de-sn"),
    ("newsletter", "de-st", "planning-region-de-st"),
    ("newsletter", "de-sh", "planning-region-de-sh"),
    ("newsletter", "de-th", "planning-region-de-th"),
    ("newsletter", "be", "planning-region-be"),
    ("newsletter", "nl", "planning-region-nl"),
    ("newsletter", "send", "planning-rule-send"),
    ("newsletter", "skip", "planning-rule-skip"),
    ("newsletter", "before", "planning-rule-before"),
    ("newsletter", "after", "planning-rule-after"),
];

/// What is said with a number (`#`), a name without a comma (`~`) or any text (`*`) in it; the first that
/// fits.
const WITH_VALUES: Values = &[
    (
        "subscriber",
        "left # newsletters again",
        "audit-value-left-again",
    ),
    (
        "subscriber",
        "confirmation: *; *",
        "audit-value-confirmation",
    ),
    (
        "subscriber",
        "already-subscribed: *; *",
        "audit-value-already-subscribed",
    ),
    ("installation", "erased #", "audit-value-reapplied-erased"),
    (
        "installation",
        "suppressed #",
        "audit-value-reapplied-suppressed",
    ),
    ("installation", "left #", "audit-value-reapplied-left"),
    ("proposal", "*: * of entry *", "audit-value-proposal-of"),
    (
        "newsletter",
        "four eyes from # recipients",
        "audit-value-four-eyes-from",
    ),
    (
        "newsletter",
        "when somebody sends it (~)",
        "audit-value-schedule-by-hand",
    ),
    (
        "newsletter",
        "records: #, as they should be: #",
        "audit-value-records",
    ),
    (
        "newsletter",
        "pause from * to *: * (everything is told afterwards)",
        "audit-value-pause-all",
    ),
    (
        "newsletter",
        "pause from * to *: * (the last # days are told afterwards)",
        "audit-value-pause-days",
    ),
    (
        "newsletter",
        "holidays ~, 24 and 31 December: ~",
        "audit-value-holidays-eves",
    ),
    ("newsletter", "holidays ~: ~", "audit-value-holidays"),
    (
        "newsletter",
        "composed ~ before",
        "audit-value-composed-before",
    ),
    (
        "newsletter",
        "made up within ~",
        "audit-value-made-up-within",
    ),
    ("newsletter", "quiet hours ~", "audit-value-quiet"),
    ("newsletter", "own days ~", "audit-value-own-days"),
    ("newsletter", "schedule ~", "audit-value-schedule"),
    ("newsletter", "# news", "audit-value-most-news"),
    ("newsletter", "# events", "audit-value-most-events"),
    ("newsletter", "# papers at most", "audit-value-most-papers"),
    ("entry", "version #, as version #", "audit-value-version-as"),
    ("entry", "version #", "audit-value-version"),
    ("entry", "begins *", "audit-value-begins"),
    (
        "entry",
        "lead: ~, described anew",
        "audit-value-picture-anew",
    ),
    ("entry", "lead: ~", "audit-value-picture"),
    (
        "entry",
        "of earlier versions: ~",
        "audit-value-picture-of-versions",
    ),
    ("source", "# new", "audit-value-imported-new"),
    ("source", "# updated", "audit-value-imported-updated"),
    ("source", "# proposed", "audit-value-imported-proposed"),
    ("issue", "entries: #", "audit-value-entries"),
    ("issue", "mails: #", "audit-value-mails"),
    ("issue", "recipients: #", "audit-value-recipients"),
    ("issue", "texts ~", "audit-value-texts"),
    ("issue", "blocks: #", "audit-value-blocks"),
    ("issue", "warns: #", "audit-value-warns"),
    ("issue", "queued again: #", "audit-value-queued-again"),
    ("issue", "failed: #", "audit-value-failed"),
    ("issue", "uncertain: #", "audit-value-uncertain"),
    ("issue", "entry ~: first", "audit-value-entry-first"),
    (
        "issue",
        "entry ~: in its order",
        "audit-value-entry-in-order",
    ),
    ("issue", "entry ~: #", "audit-value-entry-place"),
    (
        "issue",
        "entry ~, ~: words of its own",
        "audit-value-entry-own-words",
    ),
    (
        "issue",
        "entry ~, ~: as it is",
        "audit-value-entry-as-it-is",
    ),
    ("issue", "entry ~", "audit-value-entry"),
    ("issue", "subscriber #", "audit-value-subscriber"),
    ("test-group", "addresses: #", "audit-value-addresses"),
    ("user", "deputy #", "audit-value-deputy-no"),
    ("user", "* from * until *", "audit-value-deputy"),
    ("user", "# sessions", "audit-value-sessions"),
    (
        "retention",
        "files of # pictures removed",
        "audit-value-files-removed",
    ),
    (
        "retention",
        "# sign-ups and # addresses removed",
        "audit-value-sign-ups-removed",
    ),
    ("retention", "# removed", "audit-value-removed"),
];

/// What a line about a thing of this kind says of it, in words; none where nobody knows what is said, as
/// in lines of another version, and where it is a person's own text.
pub fn value(t: Locale, kind: &str, said: &str) -> Option<String> {
    whole(t, kind, said)
        .or_else(|| parts(t, kind, said))
        .or_else(|| with_text(t, kind, said))
}

fn whole(t: Locale, kind: &str, said: &str) -> Option<String> {
    if let Some((_, _, key)) = FIXED.iter().find(|one| one.0 == kind && one.1 == said) {
        return Some(t.say(key));
    }
    let of_kind = WITH_VALUES.iter().filter(|one| one.0 == kind);
    let mut fitting = of_kind.filter_map(|(_, pattern, key)| Some((captured(pattern, said)?, key)));
    let (values, key) = fitting.next()?;
    let names = ["a", "b", "c", "d"].into_iter();
    let values = names.zip(values).map(|(name, value)| {
        let value = value_within(t, kind, value);
        (name.to_owned(), FluentValue::from(value))
    });
    Some(t.fill_all(key, &values.collect::<Vec<_>>()))
}

/// A value within a sentence: a code, a list of codes, a language, or a name.
fn value_within(t: Locale, kind: &str, said: &str) -> String {
    let known = language_of(kind, said).or_else(|| fixed_list(t, kind, said));
    known.unwrap_or_else(|| said.to_owned())
}

fn fixed_list(t: Locale, kind: &str, said: &str) -> Option<String> {
    let codes = said.split(", ").map(|code| {
        let found = FIXED.iter().find(|one| one.0 == kind && one.1 == code);
        found.map(|(_, _, key)| t.say(key))
    });
    Some(codes.collect::<Option<Vec<_>>>()?.join(", "))
}

/// Several things that were said, each known; the choices of a subscriber end in a language.
fn parts(t: Locale, kind: &str, said: &str) -> Option<String> {
    if kind == "subscriber" {
        let (choices, code) = said.rsplit_once("; ")?;
        return Some(format!("{choices}; {}", language_of(kind, code)?));
    }
    // Roles are kept without blanks.
    let separator = if kind == "user" { "," } else { ", " };
    let parts = said
        .split(separator)
        .map(|part| part.strip_prefix(' ').unwrap_or(part));
    let mut rest: Vec<_> = parts.collect();
    let mut words = Vec::new();
    let mut has_known = false;
    while !rest.is_empty() {
        // As much as is known together: some have a comma of their own.
        let known = (1..=rest.len().min(4)).rev().find_map(|count| {
            let part = rest[..count].join(", ");
            let found = whole(t, kind, &part).or_else(|| language_of(kind, &part))?;
            Some((count, found))
        });
        // The schedule of a newsletter is a sentence among others.
        let is_known = known.is_some();
        let (count, found) = match known {
            Some(known) => known,
            None if kind == "newsletter" => (1, rest[0].to_owned()),
            None => return None,
        };
        has_known |= is_known;
        words.push(found);
        rest.drain(..count);
    }
    has_known.then(|| words.join(", "))
}

/// A code with a text of somebody: `suspended: moved away`, `de: Headline / …`.
fn with_text(t: Locale, kind: &str, said: &str) -> Option<String> {
    let (code, text) = said.split_once(": ")?;
    let words = fixed_list(t, kind, code).or_else(|| language_of(kind, code))?;
    Some(format!("{words}: {text}"))
}

/// A language of which a line about an issue or a subscriber tells.
fn language_of(kind: &str, code: &str) -> Option<String> {
    language(code).filter(|_| matches!(kind, "issue" | "subscriber"))
}

/// A language by its own name.
fn language(code: &str) -> Option<String> {
    let found = Locale::ALL.into_iter().find(|one| one.code() == code);
    found.map(|one| one.own_name().to_owned())
}

/// What stands in the places of a pattern, if it fits.
fn captured<'a>(pattern: &str, said: &'a str) -> Option<Vec<&'a str>> {
    const PLACES: [char; 3] = ['#', '~', '*'];
    let mut values = Vec::new();
    let (mut pattern, mut rest) = (pattern, said);
    while let Some(at) = pattern.find(PLACES) {
        rest = rest.strip_prefix(&pattern[..at])?;
        let place = &pattern[at..=at];
        pattern = &pattern[at + 1..];
        let literal = pattern.split(PLACES).next().unwrap_or_default();
        let end = if literal.is_empty() {
            rest.len()
        } else {
            rest.find(literal)?
        };
        let value = &rest[..end];
        let fits = match place {
            "#" => value.bytes().all(|byte| byte.is_ascii_digit()),
            "~" => !value.contains(", "),
            _ => true,
        };
        if value.is_empty() || !fits {
            return None;
        }
        values.push(value);
        rest = &rest[end..];
    }
    (rest == pattern).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_known_has_words_in_every_language() {
        for t in Locale::ALL {
            for (kind, code, key) in FIXED {
                assert_ne!(t.say(key), *key, "{kind} {code}");
            }
            for (kind, pattern, key) in WITH_VALUES {
                let said = pattern.replace('#', "7").replace(['~', '*'], "x");
                let words = value(t, kind, &said).expect("it fits");
                assert_ne!(words, *key);
                assert!(!words.contains('{'), "{words}");
            }
        }
    }

    #[test]
    fn lines_read_as_sentences() {
        let de = |kind, said| value(Locale::De, kind, said);
        let text = |text: &str| Some(text.to_owned());
        for (kind, said, words) in [
            ("issue", "in-review", text("zur Freigabe")),
            (
                "issue",
                "approved, texts 0a1b",
                text("freigegeben, Prüfsumme der Texte: 0a1b"),
            ),
            ("issue", "sent, failed: 3", text("versendet, abgewiesen: 3")),
            ("issue", "de, mails: 2", text("Deutsch, E-Mails: 2")),
            (
                "issue",
                "held: it was late, twice",
                text("angehalten: it was late, twice"),
            ),
            (
                "issue",
                "entry Wochenmarkt: 3",
                text("Beitrag Wochenmarkt: Platz 3"),
            ),
            ("entry", "event, published", text("Termin, veröffentlicht")),
            ("entry", "cancelled", text("abgesagt")),
            (
                "user",
                "administrator,editor",
                text("Administration, Redaktion"),
            ),
            (
                "proposal",
                "accepted: time, place of entry x",
                text("angenommen: Zeit, Ort (Beitrag x)"),
            ),
            (
                "subscriber",
                "suspended: moved away, it says",
                text("ausgesetzt: moved away, it says"),
            ),
            (
                "subscriber",
                "confirmation: region: a, b; de",
                text("Bestätigung angefragt: region: a, b; Deutsch"),
            ),
            (
                "subscriber",
                "region: a, b; fr",
                text("region: a, b; Français"),
            ),
            (
                "newsletter",
                "every Friday at 07:00, quiet hours none",
                text("every Friday at 07:00, keine Ruhezeit"),
            ),
            (
                "newsletter",
                "holidays de-nw, 24 and 31 December: send, own days ",
                text(
                    "Feiertage: Nordrhein-Westfalen, auch 24. und 31. Dezember; Trotzdem versenden, keine eigenen Tage",
                ),
            ),
            (
                "newsletter",
                "schedule 0 7 * * 5, approval four-eyes",
                text("Versandplan 0 7 * * 5, Freigabe: eine zweite Person"),
            ),
            ("retention", "12 removed", text("entfernt: 12")),
            ("retention", "x removed", None),
            ("issue", "of tomorrow", None),
            ("topic", "draft", None),
            ("issue", "", None),
        ] {
            assert_eq!(de(kind, said), words, "{kind} {said}");
        }
    }

    #[test]
    fn patterns_fit_whole_texts_only() {
        assert_eq!(captured("# of *", "3 of all"), Some(vec!["3", "all"]));
        assert_eq!(captured("# of *", "three of all"), None);
        assert_eq!(captured("# of *", "3 of "), None);
        assert_eq!(captured("# removed", "3 removed today"), None);
    }
}
