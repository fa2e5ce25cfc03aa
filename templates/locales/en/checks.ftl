# What the checks of an issue found: a sentence that names it, and one that says what it means and what to do.
check-alternative-missing = A picture has no alternative text
check-alternative-missing-more = { $entry }. People who cannot see the picture do not learn what it shows. Describe it, or mark it as decorative.
check-alternative-is-file-name = An alternative text is a file name
check-alternative-is-file-name-more = { $entry }: screen readers say { $text }. Describe what the picture shows.
check-alternative-untranslated = An alternative text is not translated
check-alternative-untranslated-more = { $entry } exists in { $language }, the alternative text of its picture does not.
check-pictures-described = All pictures have an alternative text or are decorative
check-credit-missing = A picture has no credit
check-credit-missing-more = { $entry }. Most pictures may not be published without one.
check-credits-given = All pictures have a credit
check-heading-jump = A heading skips a level
check-heading-jump-more = { $entry }, { $language }: { $heading } is a heading of the lower level, with none of the upper level before it. People who listen to texts lose their way.
check-headings-in-order = Headings are in order
check-link-text-vague = A link does not say where it leads
check-link-text-vague-more = { $entry }, { $language }: { $text }. Name the target in the link, for example “The funding programme”.
check-link-text-is-address = A link consists of a long address
check-link-text-is-address-more = { $entry }, { $language }: { $text }. A text that names the target is easier to read.
check-link-text-misleads = A link names another address than it opens
check-link-text-misleads-more = { $entry }: the text says { $text }, the link opens { $host }. Fraudsters write like this, and mail programs warn of it.
check-link-texts-speak = All links say where they lead
check-contrast-low = The colour of links is hard to read
check-contrast-low-more = { $colour } has a contrast of only { $ratio }:1 in mails; 4.5:1 is needed. Choose a darker colour in the configuration (action_colour).
check-contrast-good = Colours are easy to read, contrast at least { $ratio }:1
check-too-large = The largest variant is too long
check-too-large-more = It has { $size } KB; above { $limit } KB mail programs cut off the end, and with it the link to unsubscribe. Take entries out, or shorten the introduction and the titles.
check-shortened = Long variants are shortened
check-shortened-more = { $readersShown } people get entries with their teaser or title only, because their variant would have more than { $limit } KB. The largest has { $size } KB.
check-size-good = Largest variant { $size } KB, limit { $limit } KB
check-unusable = A mail of this issue cannot be made
check-unusable-more = { $detail }
check-link-unencrypted = A link is not encrypted
check-link-unencrypted-more = { $entry }: { $url }. Try the same address with https.
check-link-with-password = A link contains credentials
check-link-with-password-more = { $entry }: the name or password for { $host } would be in every mail. Remove it.
check-link-private = A link leads into a private network
check-link-private-more = { $entry }: { $url } cannot be reached from outside. Replace the link; if all readers are in your own network, accept it.
check-link-broken = A link leads nowhere
check-link-broken-more = { $entry }: { $url } does not exist (error { $status }).
check-link-answers-error = A linked page answers with an error
check-link-answers-error-more = { $entry }: { $url } answered with error { $status }. It may be temporary; open the page yourself.
check-link-unreachable = A linked page could not be reached
check-link-unreachable-more = { $entry }: { $url }, { $why }. Open the page yourself.
check-links-guarded = Pages that cannot be checked: { $linksShown }
check-links-guarded-more = They answer people only, or ask for a login. Open these links yourself.
check-links-untried = Links not checked yet: { $linksShown }
check-links-untried-more = Check again; each check opens 60 links at most.
check-links-not-reachable = Links could not be checked
check-links-not-reachable-more = None of the pages answered; the server probably has no access to the internet. Open the links yourself.
check-links-not-tried = Links are not checked here
check-links-not-tried-more = The administrator has switched this off (link_check). Open the { $linksShown } links yourself.
check-links-reached = { $links ->
    [one] The link can be reached and is encrypted
   *[other] { $linksShown } links can be reached, all are encrypted
}
check-event-over = An event is over when the issue goes out
check-event-over-more = { $entry } ends on { $day }. Take it out; if you tell it in retrospect, accept it.
check-deadline-passed = A deadline has passed when the issue goes out
check-deadline-passed-more = { $entry }, { $language }: { $written }. { $day } is over by then.
check-dates-ahead = No event is over when the issue goes out
check-registration-closed = A deadline to register has passed when the issue goes out
check-registration-closed-more = { $entry }: one could register until { $day }. Extend the deadline, or take the event out.
check-event-full = An event is fully booked
check-event-full-more = { $entry } appears with the note “fully booked”. If there is no waiting list, take it out.
check-event-postponed = An event is postponed and has no new day yet
check-event-postponed-more = { $entry } appears with its old day and the note “postponed”. Enter the new day, or take the event out.
check-online-address-missing = An event is online, and nobody learns where
check-online-address-missing-more = { $entry }: enter its address on the web.
check-registrations-open = Deadlines to register are still open when the issue goes out
check-weekday-wrong = Weekday and date do not match
check-weekday-wrong-more = { $entry }, { $language }: { $day } is a { $weekday }; the text says { $written }.
check-day-unknown = A date does not exist
check-day-unknown-more = { $entry }, { $language }: { $written }.
check-weekdays-right = { $dates ->
    [one] Weekday and date match
   *[other] { $datesShown } weekdays and dates checked, all match
}
check-event-cancelled = An event was called off in the meantime
check-event-cancelled-more = { $entry } is marked as cancelled. If you have not announced it anywhere yet, take it out.
check-nothing-cancelled = No event was called off
check-imprint-incomplete = The imprint is not complete
check-imprint-incomplete-more = No issue goes out without one (§ 5 DDG). Missing in the section [organisation] of the configuration: { $missing }.
check-imprint-complete = Imprint, link to unsubscribe and privacy notice in every variant
check-empty = The issue has no entry
check-empty-more = All were taken out or withdrawn. Add entries, or cancel the issue.
check-introduction-missing = The introduction is missing in { $language }
check-introduction-missing-more = { $readers ->
    [one] One person gets
   *[other] { $readersShown } people get
} the issue without an introduction.
check-subject-missing = The subject is missing in { $language }
check-subject-missing-more = { $readers ->
    [one] One person gets
   *[other] { $readersShown } people get
} a subject made of the titles.
check-entries-untranslated = { $missing ->
    [one] One of { $of } entries does
   *[other] { $missing } of { $of } entries do
} not exist in { $language }
check-entries-untranslated-more = { $readers ->
    [one] One person reads
   *[other] { $readersShown } people read
} them in the original language.
check-translated = Everything exists in each language that is read
check-told-before = An entry was in an issue before
check-told-before-more = { $readers ->
    [0] Subscribers got { $entry } with { $issue }.
    [one] One person who gets this issue has already got { $entry } with { $issue }.
   *[other] { $readersShown } people who get this issue have already got { $entry } with { $issue }.
}
check-nothing-told-before = No entry was in an issue before
check-nobody-gets-it = Nobody would get this issue
check-nobody-gets-it-more = { $subscribers ->
    [0] The newsletter has no subscriptions yet.
   *[other] None of { $subscribersShown } subscriptions has chosen a topic of this issue.
} After sending, the entries still count as told.
check-audience-changed = The audience is unusually large or small
check-audience-changed-more = { $nowShown } people, { $beforeShown } last time. Check whether the topics of the entries are right.
check-audience-usual = Audience as last time ({ $nowShown } to { $beforeShown })
check-audience-first = { $nowShown } people get this issue, the first one that is sent
check-hard-to-read = A text is hard to read
check-hard-to-read-more = { $entry }, { $language }: { $score } of 100 ({ $formula }; below 20 is very difficult). Shorter sentences and shorter words help.
check-reading-easy = Texts are readable, measured by { $formula }
check-press-distance = Distance to the press
check-press-distance-more = Tell of your own work, not of local life (BGH, I ZR 112/17). Look through the { $entriesShown } news and events with this in mind.
check-more = More findings of this kind: { $findings }

check-place-texts = Subject and introduction
check-do-picture = Edit picture
check-do-text = Change text
check-do-link = Change link
check-do-time = Change time
check-do-state = View entry
check-do-issue-texts = Change subject and introduction
check-do-issue-entries = View contents

check-language-de = German
check-language-en = English
check-language-fr = French
check-language-nl = Dutch

check-why-unknown-host = there is no such server
check-why-no-connection = no connection
check-why-timed-out = no answer within 5 seconds
check-why-certificate = its certificate is not valid
check-why-port = the address names an unusual port
check-why-redirects = it redirects on and on
check-why-protocol = the answer cannot be understood

check-formula-amstad = Amstad (German)
check-formula-flesch = Flesch (English)
check-formula-kandel-moles = Kandel-Moles (French)
check-formula-flesch-douma = Flesch-Douma (Dutch)

check-page-title = Checks
check-page-state = { $blocks ->
    [0] Nothing blocks the approval.
    [one] One finding blocks the approval.
   *[other] { $blocks } findings block the approval.
}
check-page-live = As of now, over all { $variants } variants.
check-page-evidence = This is how the issue was approved on { $when }.
check-page-none = This issue was approved before issues were checked.
check-page-again = Check again
check-page-again-hint = Also tries new links; this may take half a minute.
check-severity-blocks = Blocks the approval:
check-severity-warns = Warning:
check-severity-hint = Hint:
check-severity-fine = In order:
check-accept = Leave as it is …
check-accept-reason = Why may this stay as it is?
check-accept-hint = The answer is kept with the issue.
check-accept-do = Leave as it is
check-accepted = Stays as it is ({ $who }, { $when }): { $reason }
check-unaccept = Mend it after all
check-done-checked = The issue was checked.
check-done-accepted = The finding stays as it is.
check-done-unaccepted = The finding is open again.
check-problem-reason = Please write why this may stay as it is. Nothing was changed.
check-problem-changed = This finding does not exist any more: the text has changed. Please look through the list again.
check-problem-approver = What blocks the approval can only be left by somebody who may approve.
check-command-line = command line
check-preview = See it in the preview
