# What stands on every page, and pages about the site itself.
skip-to-content = Skip to main content
language-switch = Language of this page
footer-navigation = Legal information and help
footer-imprint = Imprint
footer-privacy = Privacy
footer-accessibility = Accessibility
demo-title = Demonstration
demo-text = All details are made up, and no email leaves this computer.
demo-link = Open the demonstration mailbox
demo-newsroom = See the newsroom
list-end = { $first } and { $last }
days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
days-after = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
title-with-error = Error: { $title }
error-summary-title = Please check your details
error-word = Error:

error-back = Go to sign-up
error-status = Error { $status }
error-400-title = We cannot read this request
error-400-text = Your browser sent something we do not understand. Nothing has been changed. Please open the page again and try once more.
error-403-title = The form did not come from this site
error-403-text = To protect you, we only accept forms that were opened on this site. Nothing has been changed. Please open the page again and submit the form from there.
error-right-title = You do not have the right to do this
error-right-text = Your access to the newsroom does not include this page. Nothing was changed. If you need it, please ask your administrator.
error-404-title = Page not found
error-404-text = The address may be incomplete, or the page may have moved. Check the address, or start from the sign-up page.
error-405-title = This page cannot be opened in this way
error-405-text = The address exists, but not for this kind of request. Nothing has been changed. Open the link from the email again, or start from the sign-up page.
error-408-title = Sending took too long
error-408-text = Your connection was too slow or was interrupted. Nothing has been saved. Please submit the form again.
error-413-title = That was too much at once
error-413-text = The data you sent is larger than we accept. Nothing has been saved. Shorten your entries and submit the form again.
error-415-title = That was not a form
error-415-text = What we received is not a completed form from this site. Nothing has been saved. Please open the form again and submit it from there.
error-422-title = The form did not reach us in full
error-422-text = Some details are missing or not in the form we expect. Nothing has been saved. Please open the form again and fill it in once more.
error-429-title = Too many requests
error-429-text = We received a very large number of requests from your connection in a short time. To protect everyone, we are pausing briefly. Please wait a few minutes, then try again.
error-500-title = Sorry, something went wrong on our side
error-500-text = This is not your fault, and the error has been logged. Try again in a few minutes. If the error persists, please write to us.
error-503-title = Sorry, the service is unavailable at the moment
error-503-text = It is undergoing maintenance or is overloaded. Your subscriptions are not affected. Try again in a few minutes.
error-contact = Contact:
