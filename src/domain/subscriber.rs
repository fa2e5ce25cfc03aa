//! Subscribers, subscriptions and the proof of consent.

use super::named::named_enum;

named_enum! {
    /// The state of a subscriber.
    pub enum SubscriberState ("state of a subscriber") {
        /// Asked to subscribe, not confirmed yet.
        Pending = "pending",
        /// Has at least one active subscription.
        Active = "active",
        /// Unsubscribed from every newsletter.
        Unsubscribed = "unsubscribed",
        /// Mails bounced; nothing is sent until the address is confirmed again.
        Suspended = "suspended",
        /// Personal data removed; only the row's number is left.
        Erased = "erased",
    }
}

named_enum! {
    /// The state of a subscription (subscriber × newsletter).
    pub enum SubscriptionState ("state of a subscription") {
        /// Confirmed: the only state in which mails are sent.
        Active = "active",
        /// Ended by the subscriber or the office.
        Ended = "ended",
    }
}

named_enum! {
    /// What a line of the consent log records.
    pub enum ConsentKind ("kind of consent event") {
        /// Somebody typed the address into the form.
        Requested = "requested",
        /// The relay accepted the confirmation mail.
        ConfirmationSent = "confirmation-sent",
        /// The owner of the mailbox pressed the button.
        Confirmed = "confirmed",
        /// The request expired unconfirmed.
        Expired = "expired",
        /// Topics or language were changed on the preferences page.
        Changed = "changed",
        /// The subscription was ended by its subscriber.
        Unsubscribed = "unsubscribed",
        /// The subscription was ended because the address must never be mailed again.
        Suppressed = "suppressed",
    }
}

named_enum! {
    /// The entry point of a consent event.
    pub enum ConsentMethod ("method") {
        /// A page of this service.
        Web = "web",
        /// One-click unsubscribe of RFC 8058, pressed in the reader's mail program.
        OneClick = "one-click",
        /// The service itself, e.g. when a request expires.
        System = "system",
        /// The command line.
        CommandLine = "command-line",
    }
}
