# Entries: list, page, versions, changes from sources.
entry-desk-title = Entries
entry-desk-new-news = Write news
entry-desk-new-event = Add an event

entry-desk-state-draft = draft
entry-desk-state-submitted = handed in
entry-desk-state-approved = accepted
entry-desk-state-published = published
entry-desk-state-rejected = rejected
entry-desk-state-withdrawn = withdrawn
entry-desk-state-cancelled = cancelled
entry-desk-kind-news = News
entry-desk-kind-event = Event
entry-desk-kind-paper = Council paper
entry-desk-kind-meeting = Meeting
entry-desk-origin-own = written here
entry-desk-origin-feed = from a feed
entry-desk-origin-calendar = from a calendar
entry-desk-today = today, { $time }
entry-desk-yesterday = yesterday, { $time }
entry-desk-who-operator = command line ({ $name })
entry-desk-who-service = automatically
entry-desk-who-unknown = unknown

entry-desk-states = By state
entry-desk-all = All
entry-desk-waiting = To be decided
entry-desk-tab-draft = Drafts
entry-desk-tab-approved = Accepted
entry-desk-tab-published = Published
entry-desk-tab-rejected = Rejected
entry-desk-tab-withdrawn = Withdrawn
entry-desk-tab-cancelled = Cancelled
entry-desk-proposals-tab = Changed sources
entry-desk-filter = Search entries
entry-desk-words = Search
entry-desk-kind = Kind
entry-desk-topic = Topic
entry-desk-organisation = Organisation
entry-desk-origin = Origin
entry-desk-from = Date from
entry-desk-until = Date until
entry-desk-no-day = Please enter a date, for example 26/11/2026.
entry-desk-any = all
entry-desk-show = Show
entry-desk-clear = Clear filters
entry-desk-more-filters = More filters
entry-desk-count = { $count ->
    [0] No entries
    [one] { $count } entry
   *[other] { $count } entries
}
entry-desk-none = Entries appear here as soon as somebody writes one or a source brings one.
entry-desk-none-found = No entry matches. Search with fewer words, or clear the filters.
entry-desk-entry = Entry
entry-desk-when = When
entry-desk-state = State
entry-desk-changed = Changed
entry-desk-pinned = comes first
entry-desk-proposed = source has changed
entry-desk-languages = in { $count } languages
entry-desk-tick = Selection
entry-desk-tick-one = Select { $title }
entry-desk-ticked = Selected:
entry-desk-publish-ticked = Publish …
entry-desk-withdraw-ticked = Withdraw …
entry-desk-done-published = { $count ->
    [one] One entry is now published.
   *[other] { $count } entries are now published.
}
entry-desk-done-withdrawn = { $count ->
    [one] One entry has been withdrawn.
   *[other] { $count } entries have been withdrawn.
}
entry-desk-done-kept = The filter has been saved.
entry-desk-done-forgotten = The filter has been deleted.
entry-desk-kept = Saved filters
entry-desk-keep-title = Save and manage filters
entry-desk-keep-name = Name of this filter
entry-desk-keep = Save
entry-desk-keep-no-name = Please give the filter a name.
entry-desk-keep-too-many = No more filters can be saved. Delete another one first.
entry-desk-forget = Delete { $name }

entry-desk-ask-nothing = Nothing to do
entry-desk-ask-none = You have not selected any entry. Tick the ones you mean in the list.
entry-desk-ask-publish = { $count ->
    [one] Publish this entry?
   *[other] Publish { $count } entries?
}
entry-desk-ask-publish-text = { $count ->
    [one] It can then be read on the website at once, and goes into the next issues.
   *[other] They can then be read on the website at once, and go into the next issues.
}
entry-desk-ask-publish-button = { $count ->
    [one] Publish
   *[other] Publish { $count } entries
}
entry-desk-ask-withdraw = { $count ->
    [one] Withdraw this entry?
   *[other] Withdraw { $count } entries?
}
entry-desk-ask-withdraw-text = { $count ->
    [one] It can then no longer be read on the website, and issues that have not been sent yet leave it out. What has been sent stays in the mailboxes.
   *[other] They can then no longer be read on the website, and issues that have not been sent yet leave them out. What has been sent stays in the mailboxes.
}
entry-desk-ask-withdraw-button = { $count ->
    [one] Withdraw
   *[other] Withdraw { $count } entries
}
entry-desk-ask-cancel = { $count ->
    [one] Cancel this event?
   *[other] Cancel { $count } events?
}
entry-desk-ask-cancel-text = { $count ->
    [one] It stays visible and is marked as cancelled everywhere, also in issues that have not been sent yet.
   *[other] They stay visible and are marked as cancelled everywhere, also in issues that have not been sent yet.
}
entry-desk-ask-cancel-button = { $count ->
    [one] Cancel the event
   *[other] Cancel { $count } events
}
entry-desk-ask-reject = { $count ->
    [one] Reject this entry?
   *[other] Reject { $count } entries?
}
entry-desk-ask-reject-text = { $count ->
    [one] It will not be published. You can take it up again later.
   *[other] They will not be published. You can take them up again later.
}
entry-desk-ask-reject-button = { $count ->
    [one] Reject
   *[other] Reject { $count } entries
}
entry-desk-ask-issues = These issues have not been sent yet and contain some of it. One that is approved already needs a new approval afterwards.
entry-desk-ask-unable = Not possible here
entry-desk-ask-changed-title = Something has changed in the meantime
entry-desk-ask-changed = Somebody else has changed the state of an entry. Nothing was done. Please check the list again.
entry-desk-ask-back = Back
entry-desk-ask-stop = Do nothing
entry-desk-why-already = It is so already.
entry-desk-why-no-event = Only what takes place at a certain time can be cancelled.
entry-desk-why-state = The entry is { $state }; this is not possible from there.
entry-desk-why-unknown = { $count ->
    [one] One selected entry no longer exists.
   *[other] { $count } selected entries no longer exist.
}

entry-desk-tabs = Pages of this entry
entry-desk-tab-show = View
entry-desk-tab-edit = Edit
entry-desk-tab-versions = Versions
entry-desk-as-readers = As it reads on the website
entry-desk-edit = Edit
entry-desk-acts = What can be done next
entry-desk-publish = Publish
entry-desk-submit = Hand in
entry-desk-pin = Put in first place
entry-desk-unpin = No longer in first place
entry-desk-withdraw = Withdraw …
entry-desk-cancel = Cancel the event …
entry-desk-reject = Reject …
entry-desk-issues = In these issues
entry-desk-issues-none = Not in any issue so far.
entry-desk-told-ahead = in preparation
entry-desk-told-sent = sent
entry-desk-told-left-out = left out
entry-desk-told-cancelled = issue cancelled
entry-desk-facts = Details
entry-desk-fact-languages = Languages
entry-desk-fact-place = Order
entry-desk-fact-created = Added
entry-desk-fact-published = Published
entry-desk-fact-page = Public page
entry-desk-fact-open = View on the website
entry-desk-did-nothing = Somebody else has changed the state of this entry. Nothing was done. This is how it stands now.
entry-desk-did-save = Saved.
entry-desk-did-publish = The entry is now published.
entry-desk-did-submit = The entry has been handed in.
entry-desk-did-withdraw = The entry has been withdrawn.
entry-desk-did-cancel = The event has been cancelled.
entry-desk-did-reject = The entry has been rejected.
entry-desk-did-pin = The entry now comes first.
entry-desk-did-unpin = The entry no longer comes first.
entry-desk-did-restore = The older version applies again. What applied before is kept as a version.
entry-desk-did-accept = The change of the source has been accepted.
entry-desk-did-leave = The entry stays as it is. The same change will not be proposed again.

entry-desk-versions = Versions
entry-desk-versions-none = There is only today’s version. Earlier ones are kept as soon as somebody changes the entry.
entry-desk-version = Version { $number }
entry-desk-version-now = applies today
entry-desk-version-changes = What version { $number } changed
entry-desk-version-kept = original
entry-desk-version-written = written
entry-desk-version-imported = from the source
entry-desk-version-accepted = change of the source accepted
entry-desk-version-moved = event moved
entry-desk-version-merged = merged
entry-desk-version-restored = older version brought back
entry-desk-version-pictured = picture changed
entry-desk-compare-title = Compare two versions
entry-desk-compare-from = From
entry-desk-compare-to = To
entry-desk-compare = Compare
entry-desk-compare-heading = Versions { $from } and { $to } compared
entry-desk-differences = Differences
entry-desk-differences-key = What was removed is struck through, what was added is underlined.
entry-desk-differences-none = Both say the same, word for word.
entry-desk-picture-added = The picture was added.
entry-desk-picture-removed = The picture was removed.
entry-desk-picture-replaced = The picture was replaced.
entry-desk-picture-of = Picture of version { $number }
entry-desk-picture-none = no picture
entry-desk-picture-unknown = It is not recorded whether version { $number } had a picture, or which. Pictures are therefore not compared here.
entry-desk-picture-decorative = The picture is decoration.
entry-desk-picture-focus = { $x } % from the left, { $y } % from the top
entry-desk-removed = [removed:
entry-desk-removed-end = ]
entry-desk-added = [new:
entry-desk-added-end = ]
entry-desk-restore-title = Bring version { $number } back
entry-desk-restore-text = The entry then reads as it did at that time, in all languages. Today’s version is kept and can be brought back as well. The state stays as it is: a published entry reads like this at once.
entry-desk-restore-picture-back = The picture, and what is said about it, is then that of that time as well.
entry-desk-restore-picture-gone = Today’s picture is taken away: version { $number } had none.
entry-desk-restore-picture-stays = The picture stays as it is today.
entry-desk-restore = Bring version { $number } back
entry-desk-restore-changed-title = The entry has changed in the meantime
entry-desk-restore-changed = Nothing was brought back. Please look at the differences again.
entry-desk-field-title = Title
entry-desk-field-teaser = Teaser
entry-desk-field-body = Text
entry-desk-field-decision = To be decided
entry-desk-field-effects = Effects
entry-desk-field-when = Time
entry-desk-field-place = Place
entry-desk-field-link = Link
entry-desk-field-date = Date
entry-desk-field-contact = Contact
entry-desk-field-reference = File number
entry-desk-field-paper = Committee and documents
entry-desk-field-topics = Topics
entry-desk-field-details = Further details
entry-desk-field-kind = Kind of entry
entry-desk-field-cancelled = Takes place
entry-desk-field-picture = Picture
entry-desk-field-picture-alternative = What the picture shows
entry-desk-field-picture-credit = Credit
entry-desk-field-picture-focus = Most important point of the picture
entry-desk-yes = yes
entry-desk-no = no, cancelled

entry-desk-proposals = Changes from sources
entry-desk-proposals-text = These entries are published or accepted, and their source now says something else. Until somebody decides, everything stays as it is.
entry-desk-proposals-none = No source says anything other than the entries here.
entry-desk-proposals-more = There are more. They appear as soon as these have been decided.
entry-desk-urgent = urgent
entry-desk-proposal-title = The source now says something else
entry-desk-proposal-decide = Decide
entry-desk-proposal-text = Until you decide, the entry stays as it is. The source changed
entry-desk-proposal-urgent = Whoever reads the entry as it is may go to the wrong place or at the wrong time.
entry-desk-proposal-accept = Accept
entry-desk-proposal-leave = Leave as it is
entry-desk-proposal-none = The change of the source has been decided.
entry-desk-proposal-back = To the entry
entry-desk-proposal-changed-title = This has been decided already
entry-desk-proposal-changed = Somebody else has decided, or the source has changed again. Nothing was done.
