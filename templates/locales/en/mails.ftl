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
