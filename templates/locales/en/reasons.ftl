# Why an issue is held or paused: follows a colon, so no capital letter and no full stop.
reason-policy-refusals = { $count } of the last { $of } replies were refusals on policy grounds: the cause is the sender, the content or the relay, not the readers
reason-failures = { $failed } of the last { $of } mails were refused for good, more than { $allowed } %: { $classes }
reason-with-reply = { $reason }; the relay’s last reply: { $reply }
reason-missed-slot = the slot { $slot } was missed by { $late }, longer than the { $limit } within which a missed slot is made up for; check the issue, then send or cancel it
reason-missed-time = its time was missed by { $late }, longer than the { $limit } within which a missed slot is made up for; check the issue, then send or cancel it
reason-not-approved-in-time = it was not approved within { $limit } after its time; approve it to send it now, or cancel it
reason-imprint-incomplete = the imprint is not complete, and no issue is sent without one (§ 5 DDG): set { $keys } in [organisation] of the configuration, then approve the issue again
reason-empty = no entry is left in the issue: all were taken out or withdrawn; add some, or cancel it
reason-checks-block = the checks found { $count ->
    [one] something that would harm readers
   *[other] { $count } things that would harm readers
}; mend what the checks name, then approve the issue
reason-too-large = the issue is too long: with { $entries } entries, shown by their titles only, its HTML has { $size } KB, and above { $limit } KB mail programs cut it off; shorten its introduction or its titles
reason-approval-missing = the issue has not been approved; approve it first
reason-approval-changed = the stored texts are not those that were approved, so the approval is void; check the issue and approve it again
reason-approval-unreadable = this version cannot read the stored texts ({ $detail }); install the version that approved the issue, or approve it again
reason-mail-unusable = one of its mails cannot be created: { $detail }
reason-changed = something was changed after the approval ({ $change }), so the approval is no longer valid; check the issue and hand it in again
reason-returned = it was returned for edit: “{ $said }”
reason-rejected = it was rejected: “{ $said }”
reason-because = Reason: { $reason }

relay-unreachable = The mail server { $relay } cannot be reached
relay-encryption = The encrypted connection to the mail server { $relay } fails
relay-authentication = The mail server { $relay } refuses the login
relay-rejected = The mail server { $relay } takes no mails from this server
relay-connection-lost = The mail server { $relay } closes the connection
relay-no-reply = The mail server { $relay } does not reply
relay-invalid-reply = The mail server { $relay } gives no valid replies
relay-directory = The folder { $relay } cannot be written to
relay-down = The mail server { $relay } takes no mails
relay-up = The mail server { $relay } takes mails again
relay-limited = The limit of the mail server { $relay } is reached; sending goes on: { $until }
relay-deferring = { $count } of the last { $of } mails were deferred; they are tried again later

reason-change-entries = the choice of entries
reason-change-arrangement = the order or length of entries
reason-change-text = headline or introduction
reason-change-text-de = headline or introduction in German
reason-change-text-en = headline or introduction in English
reason-change-text-fr = headline or introduction in French
reason-change-text-nl = headline or introduction in Dutch
reason-change-entry = the text of “{ $title }”
reason-change-picture = the picture of “{ $title }”
reason-change-entry-state = “{ $title }” was withdrawn or cancelled
reason-change-newsletter = name, sender, layout or audience of the newsletter
reason-change-time = the time of sending

failure-no-such-mailbox = mailbox unknown
failure-mailbox-full = mailbox full
failure-policy = policy
failure-greylisting = greylisting
failure-relay-trouble = relay trouble
failure-other = other

span-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
span-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
span-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
