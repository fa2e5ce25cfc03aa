# The mails.
mail-imprint = Imprint
mail-privacy = Privacy
mail-accessibility = Accessibility
mail-represented = Represented by { $name }
mail-responsible = Responsible for the content (§ 18 (2) MStV): { $name }
mail-phone = Phone { $phone }
mail-email = Email { $email }

confirmation-subject = Please confirm your subscription
confirmation-preheader = We will only send you { $newsletters } once you have confirmed.
confirmation-hello = Hello,
confirmation-what = On { $time }, this email address was signed up with { $organisation } for { $newsletters }.
confirmation-topics = Topics chosen in { $newsletter }: { $topics }
confirmation-ask = Was this you? Then please confirm your subscription:
confirmation-button = Review and confirm subscription
confirmation-link = If the button does not work, open this address:
confirmation-expiry = The link is valid until { $time }.
confirmation-not-you = If you did not sign up, you do not need to do anything. You will not receive a newsletter or any further email about this sign-up, and we will delete your address.

already-subject = You are already subscribed
already-preheader = Nothing has changed.
already-what = On { $time }, this email address was signed up with { $organisation } for a newsletter. There was no need: you already receive { $newsletters }.
already-nothing = We have therefore not changed anything.
already-change = Would you like to change your topics or language?
already-button = Open your preferences
already-leave = No longer want these emails?
already-leave-link = Unsubscribe
already-not-you = If you did not fill in the form, you do not need to do anything.

test-subject = Test: sending email works
test-preheader = This email was sent as a test.
test-what = This email was sent as a test. If you are reading it, sending works all the way to this mailbox.
test-sent = Sent
test-relay = Mail server
test-version = Version
test-check = Check the message headers to see whether SPF, DKIM and DMARC have passed (‘pass’).

issue-subject = { $newsletter }, issue { $number }
issue-number = Issue { $number }
issue-top-preferences = Change topics
issue-top-unsubscribe = Unsubscribe
issue-top-imprint = Imprint
issue-contents = In this issue
issue-news = News
issue-events = Events
issue-council = From the council and committees
issue-more = Read more
issue-cancelled = Cancelled
issue-contact = Contact
issue-reference = Council paper
issue-count-news = { $count ->
    [one] { $count } news item
   *[other] { $count } news items
}
issue-count-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
}
issue-count-council = { $count ->
    [one] { $count } item from the council
   *[other] { $count } items from the council
}
issue-further = { $count ->
    [one] one more item
   *[other] { $count } more items
}
issue-further-news = { $count ->
    [one] one more news item
   *[other] { $count } more news items
}
issue-further-events = { $count ->
    [one] one more event
   *[other] { $count } more events
}
issue-further-council = { $count ->
    [one] one more item from the council
   *[other] { $count } more items from the council
}
issue-left-out = And { $rest }
issue-credit = Picture: { $credit }
issue-all-day = all day
issue-until = until { $end }
issue-until-day = until { $day }
issue-new-date = New date
issue-new-time = New time
issue-moved-from = previously { $when }
issue-was-planned = was planned for: { $facts }
issue-decision = Proposed decision
issue-effects = Implications
issue-attachments = { $count ->
    [one] Attachment
   *[other] Attachments
}
issue-further-attachments = { $count ->
    [one] and one more
   *[other] and { $count } more
}
issue-shortened = Because this issue has an unusually large number of articles, they have been shortened. Follow the links to read the full text.
issue-why = You are receiving this email because you subscribed to { $newsletter } from { $organisation }.
issue-preferences = Change topics and language
issue-unsubscribe = Unsubscribe
issue-no-tracking = We do not track whether you open this email or click links.

staff-hello = Hello { $name },
staff-until = The link works until { $time }, and only once.
staff-due = It is due on { $time }.
staff-invitation-subject = Your access to the newsroom
staff-invitation = You are invited to work on the newsletter of { $organisation }.
staff-invitation-by = { $name } invites you to work on the newsletter of { $organisation }.
staff-invitation-roles = Your tasks there: { $roles }. Open the link to set up your access.
staff-invitation-button = Set up access
staff-invitation-not-you = If you do not expect this invitation, you need not do anything.
staff-login-subject = Your link to log in
staff-login-what = On { $time } somebody asked for a link to log in to the newsroom with your address.
staff-login-button = Log in to the newsroom
staff-login-not-you = If this was not you, delete this mail. Nobody gets into your account without the link. Do not pass it on.
staff-password-subject = New password for the newsroom
staff-password-what = On { $time } somebody asked for a new password for your account in the newsroom.
staff-password-button = Set a new password
staff-password-not-you = If this was not you, delete this mail. Your present password stays as it is.
staff-changed-subject = Your access to the newsroom was changed
staff-changed-what = On { $time } your password or your second factor was changed.
staff-changed-button = See my account
staff-changed-not-you = If this was you, you need not do anything. Otherwise please tell your administrators at once.
staff-code-subject = Your code for the newsroom
staff-code-what = On { $time } you asked for a code in the newsroom, to confirm that it is you.
staff-code-until = Type it on the page where you are. It works until { $time }, and only once.
staff-code-not-you = If this was not you, somebody else uses your session: end all sessions in your account and tell your administrators. Do not pass the code on.
staff-changed-password = On { $time } your password was changed.
staff-second-subject = Your second factor was changed
staff-second-set-up = On { $time } a second factor was set up for your access.
staff-second-replaced = On { $time } your second factor was replaced by a new one. Your former recovery codes do not work any more.
staff-second-removed = On { $time } your second factor was removed. The login does not ask for a code any more.
staff-second-codes = On { $time } new recovery codes were made for your access. The former ones do not work any more.
staff-second-ended = All other sessions have ended.
staff-review = Please review: { $issue }
staff-review-what = { $name } has handed in { $issue } for approval.
staff-review-scheduled = { $issue } has been composed and waits for approval.
staff-review-button = Review the issue
staff-returned = Returned for edit: { $issue }
staff-returned-what = { $name } has returned { $issue } for edit.
staff-returned-button = Edit the issue
staff-rejected = Rejected: { $issue }
staff-rejected-what = { $name } has rejected { $issue }. It will not be sent.
staff-rejected-button = See the issue
staff-approved = Approved: { $issue }
staff-approved-what = { $name } has approved { $issue }.
staff-approved-button = See the issue
staff-invalidated = Approval no longer valid: { $issue }
staff-invalidated-what = { $name } has changed { $issue } after its approval. The approval is therefore no longer valid.
staff-invalidated-nobody = { $issue } has changed after its approval. The approval is therefore no longer valid.
staff-invalidated-changes = What was changed:
staff-invalidated-next = The issue is not sent without a new approval.
staff-invalidated-button = See the issue
staff-stopped = Stopped: { $issue }
staff-stopped-what = The sending of { $issue } was stopped.
staff-stopped-why = The sending of { $issue } was stopped: { $reason }.
staff-stopped-means = Nothing more goes out until somebody decides. Mails that were sent already are not affected.
staff-stopped-button = See the sending
issue-note-full = fully booked
issue-note-postponed = postponed, new date to follow
issue-note-moved-online = takes place online
issue-note-online = also online
issue-note-register-by = register by { $when }
