//! Subscribers, subscriptions and the proof of consent.

use super::named::named_enum;

named_enum! {
    /// Where a subscriber stands.
    pub enum SubscriberState ("state of a subscriber") {
        /// Asked to subscribe, not confirmed yet.
        Pending = "pending",
        /// Confirmed at least one subscription that still runs.
        Active = "active",
        /// Left every newsletter.
        Unsubscribed = "unsubscribed",
        /// Mail came back; nothing is sent until the address is confirmed anew.
        Suspended = "suspended",
        /// Personal data removed; only the row's number is left.
        Erased = "erased",
    }
}

named_enum! {
    /// Where a subscription (subscriber × newsletter) stands.
    pub enum SubscriptionState ("state of a subscription") {
        /// Confirmed and running: the only state that lets a mail be sent.
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
        /// The confirmation mail was handed to the relay.
        ConfirmationSent = "confirmation-sent",
        /// The owner of the mailbox pressed the button.
        Confirmed = "confirmed",
        /// The request ran out unconfirmed.
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
    /// By which door a consent event came in.
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
