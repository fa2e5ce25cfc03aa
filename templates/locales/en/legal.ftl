# Imprint, privacy notice, accessibility statement.
imprint-title = Imprint
imprint-lead = Responsible for these pages and the newsletters:
imprint-representative = Represented by
imprint-email = Email
imprint-phone = Phone
imprint-website = Website
imprint-responsible = Responsible for the content (§ 18 (2) MStV)
imprint-register = Register entry

privacy-title = Privacy notice
privacy-lead = This notice explains what happens to your data when you subscribe to a newsletter (Art. 13 GDPR).
privacy-controller = Who is responsible
privacy-officer = Data protection officer
privacy-data = What data we process
privacy-data-address = your email address, the newsletters and topics you have chosen, and the language of the emails
privacy-data-proof = the proof of your consent: when you signed up and when you confirmed, on which page and with what wording
privacy-data-delivery = for each issue, when it was sent to you and whether the mail server accepted it
privacy-data-network = your IP address when you submit the sign-up form
privacy-data-voluntary = Providing your details is voluntary. Without an email address, we cannot send you a newsletter.
privacy-purpose = Why we process it and on what legal basis
privacy-purpose-text = We use your data to send you the newsletters you have chosen. The legal basis is your consent (Art. 6(1)(a) GDPR).
privacy-purpose-proof = We keep the proof of your consent because the law requires us to be able to demonstrate it (Art. 6(1)(c) in conjunction with Art. 5(2) and Art. 7(1) GDPR).
privacy-purpose-network = We use the IP address to limit how often the form can be submitted from one connection. This protects the service and other people’s addresses from misuse (Art. 6(1)(c) in conjunction with Art. 32(1) GDPR).
privacy-tracking = No tracking
privacy-tracking-text = We do not track whether you open an email or which links you click. These pages do not set cookies and do not load anything from other providers.
privacy-recipients = Who receives the data
privacy-recipients-none = The mail server we use for sending hands the emails over to the provider that hosts your mailbox. We do not pass your data on to anyone else.
privacy-recipients-some = The following process the data on our behalf and on our instructions (Art. 28 GDPR):
privacy-retention = How long we keep it
privacy-retention-unconfirmed = We delete sign-ups that are not confirmed after { $days }.
privacy-retention-subscription = We process your details for sending the newsletters for as long as your subscription lasts.
privacy-retention-delivery = We delete the record of when you received which issue after { $days }, counted from the end of its sending. After that, only totals that say nothing about individual people remain.
privacy-retention-proof = { $years ->
    [1] After your subscription ends, we keep the proof of your consent until the end of the calendar year that follows (Art. 17(3)(e) GDPR). Then we delete it together with your email address.
    [3] After your subscription ends, we keep the proof of your consent until the end of the third calendar year that follows (sections 195 and 199 of the German Civil Code, BGB; Art. 17(3)(e) GDPR). Then we delete it together with your email address.
   *[other] After your subscription ends, we keep the proof of your consent until the end of calendar year number { $years } that follows (Art. 17(3)(e) GDPR). Then we delete it together with your email address.
}
privacy-retention-notices = We delete the record of single emails, such as the request for confirmation, after { $days }.
privacy-retention-audit = We log changes to your subscription without your address. We delete this log after { $days }.
privacy-retention-journal = When you unsubscribe, or when we delete your data at your request, we keep an encrypted check value of your address for { $days }. This way your choice still applies if we have to restore an older backup.
privacy-retention-suppression = If you ask us never to write to you again, we permanently keep only such a check value, with the reason and the date. Your address cannot be read from it.
privacy-retention-network = The service holds the IP address in working memory only, for as long as this limit needs it. It does not store it or write it to any log.
privacy-rights = Your rights
privacy-rights-withdraw = You can withdraw your consent at any time. Simply click the unsubscribe link in any issue. This does not affect the lawfulness of what was done before you withdrew it.
privacy-rights-list = You have the right of access (Art. 15 GDPR), to rectification (Art. 16), to erasure (Art. 17), to restriction of processing (Art. 18) and to data portability (Art. 20). To exercise these rights, write to us.
privacy-rights-complaint = You can lodge a complaint with a data protection supervisory authority (Art. 77 GDPR).
privacy-rights-authority = You can lodge a complaint with a data protection supervisory authority (Art. 77 GDPR). The authority responsible for us is: { $authority }.
privacy-more = General privacy notice
privacy-more-link = Privacy notice of { $organisation }
privacy-version = Version { $version }

accessibility-title = Accessibility
accessibility-lead = { $organisation } wants everyone to be able to use these pages and newsletters.
accessibility-statement = Accessibility statement
accessibility-statement-text = You can find the full statement under Directive (EU) 2016/2102 here:
accessibility-statement-link = Accessibility statement of { $organisation }
accessibility-state = Current status
accessibility-state-text = The pages and emails are built to the Web Content Accessibility Guidelines (WCAG) 2.2, level AA: you can use them with a keyboard, read them with a screen reader, zoom in to 400% and view them in a dark colour scheme. Every email is also available as plain text.
accessibility-known = Articles and linked documents from other bodies may contain barriers that are beyond our control.
accessibility-checked = Last checked on { $date }.
accessibility-feedback = Report an accessibility problem
accessibility-feedback-text = Have you come across something that stops you using these pages or emails? Write to us and tell us where it was and what did not work. We will reply and give you the content in another way.
