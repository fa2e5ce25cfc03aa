//! The actions and subjects of the audit log.

use super::named::named_enum;

/// The kind of actor that a recurring job, or the sending of issues, is.
pub const JOB: &str = "job";
/// The entry point of what the service does by itself.
pub const SERVICE: &str = "service";

named_enum! {
    /// An action: `subject.verb`. Names that are stored never change.
    pub enum Action ("action") {
        /// A topic was added.
        TopicAdd = "topic.add",
        /// An organisation was added.
        OrganisationAdd = "organisation.add",
        /// A newsletter was added.
        NewsletterAdd = "newsletter.add",
        /// Settings of a newsletter were changed.
        NewsletterChange = "newsletter.change",
        /// When a newsletter appears was changed.
        ScheduleChange = "schedule.change",
        /// A time was set in which a newsletter does not appear.
        SchedulePause = "schedule.pause",
        /// Such a time was ended or removed.
        ScheduleResume = "schedule.resume",

        /// An entry was written.
        EntryAdd = "entry.add",
        /// The text of an entry was changed.
        EntryChange = "entry.change",
        /// An entry was published.
        EntryPublish = "entry.publish",
        /// An entry was withdrawn.
        EntryWithdraw = "entry.withdraw",
        /// An entry was pinned: it comes first.
        EntryPin = "entry.pin",
        /// An entry is not pinned any more.
        EntryUnpin = "entry.unpin",
        /// An entry was handed in: somebody decides about it.
        EntrySubmit = "entry.submit",
        /// An entry was not accepted.
        EntryReject = "entry.reject",
        /// An older version of an entry was brought back.
        EntryRestore = "entry.restore",
        /// An event was cancelled.
        EntryCancel = "entry.cancel",
        /// A user keeps a filter of the list of entries, or does not need it any more.
        FilterKeep = "filter.keep",
        /// An entry was given a picture, or another one.
        PictureAdd = "picture.add",
        /// The picture of an entry was taken away.
        PictureRemove = "picture.remove",
        /// A file or source was imported.
        EntryImport = "entry.import",
        /// A source's change of a published entry was accepted.
        ProposalAccept = "proposal.accept",
        /// A source's change of a published entry was rejected.
        ProposalReject = "proposal.reject",

        /// An issue was composed.
        IssueCompose = "issue.compose",
        /// An entry was put into an issue by hand.
        IssueAddEntry = "issue.add-entry",
        /// An entry was taken out of an issue.
        IssueLeaveOut = "issue.leave-out",
        /// An entry of an issue was moved.
        IssueReorder = "issue.reorder",
        /// An entry comes first in an issue, or does not any more.
        IssuePin = "issue.pin",
        /// An entry was given a text of its own in an issue, or that was taken away.
        IssueShorten = "issue.shorten",
        /// The headline or introduction of an issue was written.
        IssueWrite = "issue.write",
        /// The time at which an issue goes out was set, or that it goes as soon as it is approved.
        IssueSetTime = "issue.set-time",
        /// Somebody looked at an issue as one subscriber gets it.
        IssueViewAs = "issue.view-as",
        /// A test mail of an issue was sent to the team.
        IssueTest = "issue.test",
        /// A group of addresses for test mails was changed.
        TestGroupChange = "test-group.change",
        /// An issue was checked, and what was found was kept.
        IssueCheck = "issue.check",
        /// A finding of a check was accepted as it is.
        IssueAcceptFinding = "issue.accept-finding",
        /// A finding is not accepted any more.
        IssueUnacceptFinding = "issue.unaccept-finding",
        /// An issue was approved: its texts were bound by their hash.
        IssueApprove = "issue.approve",
        /// An issue was handed in: its approval was asked for.
        IssueHandIn = "issue.hand-in",
        /// An issue in review was returned for edit.
        IssueReturn = "issue.return",
        /// An issue in review was rejected: it is cancelled.
        IssueReject = "issue.reject",
        /// An approval was taken back by whoever gave it.
        IssueTakeBack = "issue.take-back",
        /// An approved issue was changed: its approval does not count any more.
        IssueInvalidate = "issue.invalidate",
        /// The mailbox of a newsletter's sender was checked by a code.
        SenderCheck = "newsletter.check-sender",
        /// The records of a newsletter's sender were looked up in the DNS.
        SenderLookUp = "newsletter.look-up-sender",
        /// An approver named a deputy.
        DeputyAdd = "deputy.add",
        /// The time of a deputy was ended.
        DeputyEnd = "deputy.end",
        /// The audience of an issue was materialised and its sending began.
        IssueSend = "issue.send",
        /// The sending of an issue was paused.
        IssuePause = "issue.pause",
        /// A paused issue was resumed.
        IssueResume = "issue.resume",
        /// Deliveries that failed or are uncertain were queued again.
        IssueRetry = "issue.retry",
        /// Those who can act were told that an issue stopped.
        IssueTellStop = "issue.tell-stop",
        /// Somebody looked up what became of the mails to an address.
        DeliveryFind = "delivery.find",
        /// An issue was held for a person.
        IssueHold = "issue.hold",
        /// An issue was cancelled.
        IssueCancel = "issue.cancel",
        /// The last delivery of an issue ended.
        IssueFinish = "issue.finish",
        /// A relay takes no mail while an issue is sent.
        IssueRelayDown = "issue.relay-down",
        /// A relay takes mail again.
        IssueRelayUp = "issue.relay-up",
        /// Many mails of an issue are deferred.
        IssueDeferralsBegin = "issue.deferrals-begin",
        /// Few mails of an issue are deferred again.
        IssueDeferralsEnd = "issue.deferrals-end",
        /// A relay's limit is reached, and the mails of an issue wait for long.
        IssueRelayLimit = "issue.relay-limit",

        /// Somebody asked to subscribe.
        SubscriptionRequest = "subscription.request",
        /// A request was confirmed.
        SubscriptionConfirm = "subscription.confirm",
        /// Topics or language were changed.
        SubscriptionChange = "subscription.change",
        /// A subscription was ended.
        SubscriptionEnd = "subscription.end",

        /// Everything personal about a subscriber was removed.
        SubscriberErase = "subscriber.erase",
        /// An address must never be mailed again.
        SubscriberSuppress = "subscriber.suppress",
        /// A subscriber was suspended: no mail is sent.
        SubscriberSuspend = "subscriber.suspend",
        /// A suspended subscriber gets mails again.
        SubscriberReactivate = "subscriber.reactivate",
        /// All data about a subscriber was exported.
        SubscriberExport = "subscriber.export",
        /// Records past their retention period were removed.
        RetentionRemove = "retention.remove",
        /// Erasures and unsubscriptions were applied again after a restore.
        PrivacyReapply = "privacy.reapply",

        /// A pair of signing keys was generated.
        SigningKeyAdd = "signing-key.add",
        /// A signing key was activated.
        SigningKeyActivate = "signing-key.activate",
        /// A signing key was retired and its private part removed.
        SigningKeyRetire = "signing-key.retire",
        /// A user was added.
        UserAdd = "user.add",
        /// Somebody was invited.
        UserInvite = "user.invite",
        /// The roles of a user were changed.
        UserChange = "user.change",
        /// A user may not log in any more.
        UserDisable = "user.disable",
        /// A user may log in again.
        UserEnable = "user.enable",
        /// A user changed name or language.
        UserProfile = "user.profile",
        /// A user set a password.
        UserPassword = "user.password",
        /// A second factor was set up or removed, or its recovery codes were made anew.
        UserSecondFactor = "user.second-factor",
        /// A user's second factor was removed by an administrator.
        UserResetSecondFactor = "user.reset-second-factor",
        /// A user ended sessions.
        UserEndSession = "user.end-session",
        /// Somebody asked for a link to log in or to set a password.
        UserLink = "user.link",
        /// A user logged in.
        UserLogIn = "user.log-in",
        /// A user proved again who they are.
        UserConfirm = "user.confirm",
        /// A user logged out.
        UserLogOut = "user.log-out",

        /// The database was used with a key of the configuration for the first time.
        InstallationKey = "installation.key",
    }
}

named_enum! {
    /// The kind of subject.
    pub enum SubjectKind ("kind of subject") {
        /// A topic, by its key.
        Topic = "topic",
        /// An organisation, by its UUID.
        Organisation = "organisation",
        /// A newsletter, by its key.
        Newsletter = "newsletter",
        /// An entry, by its UUID.
        Entry = "entry",
        /// A source, by its kind.
        Source = "source",
        /// A change of an entry that waits for a person, by its number.
        Proposal = "proposal",
        /// An issue, by newsletter and number: `region/14`.
        Issue = "issue",
        /// A group of addresses for test mails, by its name.
        TestGroup = "test-group",
        /// A subscriber, by the number of the row: it stays when the address is erased.
        Subscriber = "subscriber",
        /// A user, by the UUID.
        User = "user",
        /// A signing key, by domain and selector.
        SigningKey = "signing-key",
        /// A class of records with a retention period.
        Retention = "retention",
        /// This installation.
        Installation = "installation",
    }
}

/// The subject of an action. Never contains an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// Which one, by an identifier that is never reused.
    pub id: String,
}

impl Subject {
    /// The thing of this kind with this name.
    pub fn new(kind: SubjectKind, id: impl std::fmt::Display) -> Self {
        Self {
            kind,
            id: id.to_string(),
        }
    }

    /// An issue by its newsletter's key and its number.
    pub fn issue(newsletter: &str, number: i64) -> Self {
        Self::new(SubjectKind::Issue, format_args!("{newsletter}/{number}"))
    }

    /// A subscriber by its row.
    pub fn subscriber(id: i64) -> Self {
        Self::new(SubjectKind::Subscriber, id)
    }
}
