# The mailbox of a demonstration.
mailbox-title = Demonstration mailbox
mailbox-lead = What this demonstration sends arrives here: the newsletter issues for all its readers, and every email you set off with the sign-up form, whatever address you enter.
mailbox-next = The next issue goes out at { $time }.
mailbox-empty-title = No emails yet
mailbox-empty = Sign up, and the confirmation email will appear here.
mailbox-empty-link = Go to sign-up
mailbox-count = { $count ->
    [one] { $count } email
   *[other] { $count } emails
}
mailbox-reload = Refresh
mailbox-from = From
mailbox-to = To
mailbox-sent = Sent
mailbox-back = Back to the mailbox
mailbox-views = View
mailbox-view-html = HTML
mailbox-view-text = Text
mailbox-view-source = Source
mailbox-frame = Content of the email
