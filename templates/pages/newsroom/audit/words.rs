//! What the audit log says, in words: actions, subjects, and kinds of actors.

use crate::locale::Locale;

type Words = &'static [(&'static str, &'static str)];

/// The actions by their stored names.
const ACTIONS: Words = &[
    ("topic.add", "audit-do-topic-add"),
    ("organisation.add", "audit-do-organisation-add"),
    ("newsletter.add", "audit-do-newsletter-add"),
    ("newsletter.change", "audit-do-newsletter-change"),
    (
        "newsletter.check-sender",
        "audit-do-newsletter-check-sender",
    ),
    (
        "newsletter.look-up-sender",
        "audit-do-newsletter-look-up-sender",
    ),
    ("schedule.change", "audit-do-schedule-change"),
    ("schedule.pause", "audit-do-schedule-pause"),
    ("schedule.resume", "audit-do-schedule-resume"),
    ("entry.add", "audit-do-entry-add"),
    ("entry.change", "audit-do-entry-change"),
    ("entry.publish", "audit-do-entry-publish"),
    ("entry.withdraw", "audit-do-entry-withdraw"),
    ("entry.pin", "audit-do-entry-pin"),
    ("entry.unpin", "audit-do-entry-unpin"),
    ("entry.submit", "audit-do-entry-submit"),
    ("entry.reject", "audit-do-entry-reject"),
    ("entry.restore", "audit-do-entry-restore"),
    ("entry.cancel", "audit-do-entry-cancel"),
    ("entry.import", "audit-do-entry-import"),
    ("filter.keep", "audit-do-filter-keep"),
    ("picture.add", "audit-do-picture-add"),
    ("picture.remove", "audit-do-picture-remove"),
    ("proposal.accept", "audit-do-proposal-accept"),
    ("proposal.reject", "audit-do-proposal-reject"),
    ("issue.compose", "audit-do-issue-compose"),
    ("issue.add-entry", "audit-do-issue-add-entry"),
    ("issue.leave-out", "audit-do-issue-leave-out"),
    ("issue.reorder", "audit-do-issue-reorder"),
    ("issue.pin", "audit-do-issue-pin"),
    ("issue.shorten", "audit-do-issue-shorten"),
    ("issue.write", "audit-do-issue-write"),
    ("issue.set-time", "audit-do-issue-set-time"),
    ("issue.view-as", "audit-do-issue-view-as"),
    ("issue.test", "audit-do-issue-test"),
    ("test-group.change", "audit-do-test-group-change"),
    ("issue.check", "audit-do-issue-check"),
    ("issue.accept-finding", "audit-do-issue-accept-finding"),
    ("issue.unaccept-finding", "audit-do-issue-unaccept-finding"),
    ("issue.approve", "audit-do-issue-approve"),
    ("issue.hand-in", "audit-do-issue-hand-in"),
    ("issue.return", "audit-do-issue-return"),
    ("issue.reject", "audit-do-issue-reject"),
    ("issue.take-back", "audit-do-issue-take-back"),
    ("issue.invalidate", "audit-do-issue-invalidate"),
    ("deputy.add", "audit-do-deputy-add"),
    ("deputy.end", "audit-do-deputy-end"),
    ("issue.send", "audit-do-issue-send"),
    ("issue.pause", "audit-do-issue-pause"),
    ("issue.resume", "audit-do-issue-resume"),
    ("issue.retry", "audit-do-issue-retry"),
    ("issue.tell-stop", "audit-do-issue-tell-stop"),
    ("issue.hold", "audit-do-issue-hold"),
    ("issue.cancel", "audit-do-issue-cancel"),
    ("issue.finish", "audit-do-issue-finish"),
    ("issue.relay-down", "audit-do-issue-relay-down"),
    ("issue.relay-up", "audit-do-issue-relay-up"),
    ("issue.relay-limit", "audit-do-issue-relay-limit"),
    ("issue.deferrals-begin", "audit-do-issue-deferrals-begin"),
    ("issue.deferrals-end", "audit-do-issue-deferrals-end"),
    ("delivery.find", "audit-do-delivery-find"),
    ("subscription.request", "audit-do-subscription-request"),
    ("subscription.confirm", "audit-do-subscription-confirm"),
    ("subscription.change", "audit-do-subscription-change"),
    ("subscription.end", "audit-do-subscription-end"),
    ("subscriber.erase", "audit-do-subscriber-erase"),
    ("subscriber.suppress", "audit-do-subscriber-suppress"),
    ("subscriber.suspend", "audit-do-subscriber-suspend"),
    ("subscriber.reactivate", "audit-do-subscriber-reactivate"),
    ("subscriber.export", "audit-do-subscriber-export"),
    ("retention.remove", "audit-do-retention-remove"),
    ("privacy.reapply", "audit-do-privacy-reapply"),
    ("signing-key.add", "audit-do-signing-key-add"),
    ("signing-key.activate", "audit-do-signing-key-activate"),
    ("signing-key.retire", "audit-do-signing-key-retire"),
    ("user.add", "audit-do-user-add"),
    ("user.invite", "audit-do-user-invite"),
    ("user.change", "audit-do-user-change"),
    ("user.disable", "audit-do-user-disable"),
    ("user.enable", "audit-do-user-enable"),
    ("user.profile", "audit-do-user-profile"),
    ("user.password", "audit-do-user-password"),
    ("user.second-factor", "audit-do-user-second-factor"),
    (
        "user.reset-second-factor",
        "audit-do-user-reset-second-factor",
    ),
    ("user.end-session", "audit-do-user-end-session"),
    ("user.link", "audit-do-user-link"),
    ("user.log-in", "audit-do-user-log-in"),
    ("user.confirm", "audit-do-user-confirm"),
    ("user.log-out", "audit-do-user-log-out"),
    ("installation.key", "audit-do-installation-key"),
];

/// The kinds of subjects.
const SUBJECTS: Words = &[
    ("topic", "audit-of-topic"),
    ("organisation", "audit-of-organisation"),
    ("newsletter", "audit-of-newsletter"),
    ("entry", "audit-of-entry"),
    ("source", "audit-of-source"),
    ("proposal", "audit-of-proposal"),
    ("issue", "audit-of-issue"),
    ("test-group", "audit-of-test-group"),
    ("subscriber", "audit-of-subscriber"),
    ("user", "audit-of-user"),
    ("signing-key", "audit-of-signing-key"),
    ("retention", "audit-of-retention"),
    ("installation", "audit-of-installation"),
];

/// The kinds of actors that are no users.
const ACTORS: Words = &[
    ("operator", "audit-by-operator"),
    ("job", "audit-by-job"),
    ("reader", "audit-by-reader"),
    ("guest", "audit-by-guest"),
];

/// What an action is in words, e.g. “Ausgabe freigegeben” for `issue.approve`; none where there are no
/// words for it.
pub fn action(t: Locale, name: &str) -> Option<String> {
    say(t, ACTIONS, name)
}

/// What kind of thing a subject is, e.g. “Ausgabe” for `issue`.
pub fn subject(t: Locale, kind: &str) -> Option<String> {
    say(t, SUBJECTS, kind)
}

/// Who somebody is who is no user, e.g. “Kommandozeile” for `operator`.
pub fn actor(t: Locale, kind: &str) -> Option<String> {
    say(t, ACTORS, kind)
}

fn say(t: Locale, words: Words, name: &str) -> Option<String> {
    let found = words.iter().find(|(one, _)| *one == name);
    found.map(|(_, key)| t.say(key))
}
