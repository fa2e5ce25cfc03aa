# Sending and its report.
watch-progress = { $sent } of { $recipients } delivered
watch-bar = { $sent } delivered, { $deferred } deferred, { $failed } refused or uncertain
watch-quiet = Quiet hours: sending goes on at { $until }
watch-ends-in = about { $span } left
watch-rate = { $rate } a second
watch-as-of = as of { $at }
watch-next-attempt = next attempt { $at }
watch-sent = delivered
watch-waiting = still waiting
watch-deferred = deferred
watch-failed = refused
watch-refused = refused or deferred
watch-uncertain = outcome unknown
watch-left = left before
watch-left-before = left before their mail
watch-cancelled = not sent: cancelled
watch-open = still open
watch-domains = By recipients
watch-domains-none = No mail server has answered yet.
watch-domain = Domain
watch-said = last answer
watch-other-domains = { $count ->
    [one] { $number } more
   *[other] { $number } more
}
watch-all-together = { $count ->
    [one] { $number } domain
   *[other] { $number } domains
}
watch-chosen-domain = Only { $domain }
watch-all-domains = See all domains
watch-among = Counted among the latest { $count } answers.
watch-few = Domains with fewer than five answers are added up.
watch-relay = Sent through { $relay }.
watch-relays = By mail server
watch-relay-took = { $relay }: { $sent } accepted, { $refused } refused or deferred
watch-over-time = Over time
watch-plot-title = Mails in each { $span }
watch-plot-caption = Filled: delivered; hollow: refused or deferred.
watch-plot-step = Begin
watch-report = Report
watch-totals = What became of the mails
watch-outcome = Outcome
watch-people = People
watch-share = Share
watch-all = all together
watch-failed-because = refused: { $class }
watch-only-totals = Only totals of this issue are kept; who got it was removed after its retention period.
watch-skipped = { $count ->
    [one] There was nothing in it for { $number } person, who got no mail.
   *[other] There was nothing in it for { $number } people, who got no mail.
}
watch-retry-link = Send again …
watch-began = Began
watch-ended = Ended
watch-ended-cancelled = Cancelled
watch-took = Duration
watch-recipients = Recipients
watch-departures = Departures
watch-departures-none = none through this issue
watch-departures-few = fewer than five
watch-departures-many = { $number } ({ $share })
watch-departures-hint = Counted are those who left by the link in a mail of this issue. Groups of fewer than five people are not given as a number.
watch-stopped = Sending stopped by itself
watch-not-yet = Sending has not begun yet.
watch-never = This issue is not sent.
watch-done-paused = Sending is paused.
watch-done-resumed = Sending goes on.
watch-done-cancelled = The issue is cancelled.
watch-done-retried = { $count ->
    [one] { $number } mail is sent again.
   *[other] { $number } mails are sent again.
}
watch-done-moved = Nothing was changed: the issue had moved on in the meantime. Please look again and decide anew.
watch-ask-pause = Pause sending?
watch-ask-resume = Resume sending?
watch-ask-cancel = Cancel the issue?
watch-do-pause = Pause sending
watch-do-resume = Resume sending
watch-do-cancel = Cancel for good
watch-back = Back, change nothing
watch-have-it = { $count ->
    [one] { $number } person has the issue already.
   *[other] { $number } people have the issue already.
}
watch-will-wait = { $count ->
    [one] { $number } person gets it only when somebody resumes sending.
   *[other] { $number } people get it only when somebody resumes sending.
}
watch-on-the-way = Mails that are being transmitted still go out.
watch-will-get-it = { $count ->
    [one] { $number } person then gets the issue.
   *[other] { $number } people then get the issue.
}
watch-stopped-because = Sending had stopped by itself: { $reason }. Please resume it when the cause is mended.
watch-will-not-get-it = { $count ->
    [one] { $number } person will not get it any more.
   *[other] { $number } people will not get it any more.
}
watch-cancel-final = This cannot be undone. If you only need time, pause sending instead.
watch-cancel-unsent = The issue will not be sent, and this cannot be undone.
watch-cancel-entries = Its entries may go into the next issue.
watch-tick = { $count ->
    [one] Yes, { $number } person is not to get this issue.
   *[other] Yes, { $number } people are not to get this issue.
}
watch-tick-none = Yes, nobody is to get this issue.
watch-tick-missing = Please tick the box to confirm that the issue is to be cancelled.
watch-retry-title = Send again
watch-retry-lead = Those who have left meanwhile are not counted and get nothing.
watch-retry-none = There is nothing that could be sent again.
watch-retry-what = To whom?
watch-retry-uncertain = Outcome unknown: some will get the issue twice
watch-retry-domain = Only at this domain
watch-retry-any-domain = at all
watch-retry-others = Domains with fewer than five people are not listed; “at all” includes them.
watch-retry-do = Send again
watch-retry-nothing-chosen = Please choose to whom the issue is to be sent again.
watch-count-people = { $count ->
    [one] { $number } person
   *[other] { $number } people
}
watch-find-title = Did they get it?
watch-find-address = E-mail address
watch-find-hint = That you asked is noted in the audit log.
watch-find-do = Look up
watch-find-wrong = This is not an e-mail address. Please check it, for example name@example.org.
watch-find-about = Answer about { $address }
watch-find-latest = Other issues
watch-relay-said = The mail server said: { $words }
watch-fate-sent = Yes, the mail server accepted it: { $at }
watch-fate-waiting = Not yet, the mail waits to be sent
watch-fate-deferred = Not yet: deferred ({ $class }) after { $attempts } attempts, the next one: { $at }
watch-fate-on-the-way = On its way just now
watch-fate-failed = No, refused ({ $class }): { $at }
watch-fate-failed-somewhen = No, refused ({ $class })
watch-fate-uncertain = Unknown: begun, but no answer is known: { $at }
watch-fate-uncertain-somewhen = Unknown: begun, but no answer is known
watch-fate-left = No, they had left before
watch-fate-cancelled = No, the issue was cancelled before
watch-fate-not-sent-yet = The issue has not been sent yet
watch-fate-unknown = This address is not known here: never subscribed, or erased
watch-fate-not-kept = Who got this issue is no longer kept
watch-fate-never = No, they never subscribed to this newsletter
watch-fate-later = No, subscribed only afterwards: { $at }
watch-fate-left-before = No, had left before: { $at }
watch-fate-nothing = No, nothing in it was about their topics
watch-fate-inactive = No, this address gets no mails at present
watch-fate-changed = No, they were not among the recipients; topics or state have changed since
watch-find-one = Look up an address
watch-link-pause = Pause …
watch-link-resume = Resume …
watch-link-cancel = Cancel …
watch-happened = What happened
