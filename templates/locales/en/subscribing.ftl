# Subscribing, confirming, preferences, leaving.
subscribe-title-one = Subscribe to { $newsletter }
subscribe-title-several = Subscribe to newsletters
subscribe-lead = News and events by email, on the topics you choose. It is free, and you can unsubscribe at any time with one click.
subscribe-rhythm = Published { $rhythm }
rhythm-daily = daily at { $time }
rhythm-weekly = every { $days } at { $time }
rhythm-run = { $first } to { $last } at { $time }
rhythm-monthly = on the { $day } of every month at { $time }
subscribe-address = Email address
subscribe-address-hint = We will first send an email to this address so that you can confirm your subscription.
subscribe-newsletters = Which newsletters would you like to receive?
subscribe-newsletters-hint = Select at least one.
subscribe-topics = Which topics are you interested in?
subscribe-topics-of = Topics in { $newsletter }
subscribe-topics-hint = Select at least one topic. News meant for everyone is always included.
subscribe-language = Language of the emails
subscribe-language-hint = Articles appear in this language if available, otherwise in the original.
subscribe-consent = Your consent
subscribe-consent-lead = By selecting ‘Subscribe’, you declare:
subscribe-privacy = We do not track whether you open emails or click links. We use your details for sending the newsletter only.
subscribe-privacy-link = Read the privacy notice
subscribe-button = Subscribe
subscribe-trap = Please leave this field empty
subscribe-none = There are no newsletters on offer here at the moment.
steps-title = What happens next
steps-1 = You submit the form.
steps-2 = You receive an email and use it to confirm your subscription.
steps-3 = Your subscription starts with the next issue.

error-address-missing = Enter your email address.
error-address-invalid = This email address is incomplete or contains a character that is not allowed. Example: erika.beispiel@example.org
error-address-too-long = This email address is too long. It can have up to 64 characters before the @ and up to 254 in total.
error-address-local-part = We cannot process letters with accents or umlauts, or other special letters, before the @. Please use a different address.
error-newsletter-missing = Select at least one newsletter.
error-topic-missing = Select at least one topic for { $newsletter }.
error-language-unknown = Select one of the languages offered.
error-form-expired = We could not accept the form as it was. Please check your details and submit it again.

sent-title = Please check your inbox
sent-lead = You will receive an email from { $address } in the next few minutes. Use it to confirm your subscription. This makes sure that nobody can sign you up without your knowledge.
sent-step-1 = Open the email.
sent-step-2 = Follow the link in it.
sent-step-3 = Confirm using the button on the page that opens.
sent-deadline = You have { $days } to do this. If you do not confirm, we will then delete your details.
sent-nothing-title = Not received an email?
sent-nothing-spam = Check your spam or promotions folder.
sent-nothing-typo = There may have been a typing mistake in the address.
sent-again = Fill in the form again

confirm-title = Confirm your subscription
confirm-lead = Just one more click to confirm this subscription:
confirm-address = Email address
confirm-newsletter = Newsletter
confirm-topics = Topics
confirm-button = Confirm subscription
confirm-not-you-title = Did you not sign up?
confirm-not-you = Then you do not need to do anything. Without confirmation, you will not receive a newsletter, and the details will be deleted.

confirmed-title = Your subscription is confirmed
confirmed-lead = Thank you. Your subscription starts with the next issue. You will receive:
confirmed-preferences = Change topics or language
confirmed-leave = Every issue contains a link to your preferences and a link to unsubscribe.

confirm-invalid-expired-title = This link has expired
confirm-invalid-expired = Confirmation links are valid for { $days }. We then deleted your details, and you will not receive a newsletter. If you would still like it, please sign up again.
confirm-invalid-used-title = This link has already been used
confirm-invalid-used = It confirmed your subscription, and you do not need to do anything else. If you have unsubscribed since then, you can sign up again here.
confirm-invalid-unknown-title = This link is not valid
confirm-invalid-unknown = Your email program may have cut it off, or the sign-up may have expired after { $days }. Open the link from the email again, or sign up again.
subscribe-again = Sign up again

unsubscribe-title = Unsubscribe from newsletter
unsubscribe-lead = Do you want to stop receiving { $newsletter }?
unsubscribe-address = This will unsubscribe the address { $address }.
unsubscribe-at-once = You will be unsubscribed immediately. You do not need to give a reason.
unsubscribe-button = Unsubscribe
unsubscribe-rather-title = Would you rather change something?
unsubscribe-rather = You can also just deselect individual topics or switch language.
unsubscribe-preferences = Change your preferences

unsubscribed-title = You have unsubscribed
unsubscribed-lead = You will no longer receive { $newsletter }. Only an issue that is already on its way at this moment may still arrive.
unsubscribed-again = Was this a mistake, or would you like to come back later? You can sign up again at any time.

preferences-title = Your preferences
preferences-lead = For the address { $address }
preferences-saved-title = Saved
preferences-saved = Your changes apply from the next issue.
preferences-button = Save preferences
preferences-leave = Unsubscribe from { $newsletter }
preferences-no-topics = This newsletter is not divided into topics.
preferences-none-title = You are not subscribed to any newsletter at the moment
preferences-none = There are therefore no preferences to change. If you wish, you can sign up again.

link-invalid-title = This link is incomplete
link-invalid = Some email programs cut off long links. Nothing has been changed. Open the link again directly from the email, or copy all of it into your browser’s address bar.
link-invalid-contact = If that does not work, write to us. We will help you or unsubscribe you:
