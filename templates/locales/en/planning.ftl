# The calendar, schedules and the start page.

# The calendar.
planning-calendar-title = Calendar for { $month }
planning-schedules = Change schedules
planning-views = View
planning-as-month = Month
planning-as-list = List
planning-months = Other months
planning-this-month = This month
planning-today = today
planning-newsletter = Newsletter
planning-all-newsletters = All newsletters
planning-show = Show
planning-no-newsletter = There is no newsletter yet.
planning-nothing = Nothing goes out this month.
planning-column-when = When
planning-column-newsletter = Newsletter
planning-column-state = State
planning-state-planned = planned
planning-state-skipped = left out
planning-state-paused = paused
planning-composed-at = composed on { $day } at { $time }
planning-moved-before = { $holiday }: { $days ->
    [one] a day earlier
   *[other] { $days } days earlier
 }
planning-moved-after = { $holiday }: { $days ->
    [one] a day later
   *[other] { $days } days later
 }
planning-by-hand = moved by hand; in the schedule: { $day }, { $time }
planning-clock-gap = The clock goes forward over this time. The issue goes out right after that.
planning-clock-overlap = The clock shows this time twice. The issue goes out the first time.
planning-further = { $count ->
    [one] and one more on this day
   *[other] and { $number } more on this day
}
planning-people = { $count ->
    [one] one person
   *[other] { $number } people
 }

# The newsletters.
planning-newsletters-title = Newsletters
planning-appears = Appears { $rhythm }.
planning-appears-line = Appears by the cron line { $line }.
planning-appears-by-hand = Appears when somebody sends an issue.
planning-next-date = Next date: { $when }
planning-subscriptions = { $count ->
    [one] one subscription
   *[other] { $number } subscriptions
 }
planning-schedule = Schedule
planning-issues = Issues

# The schedule of a newsletter.
planning-schedule-title = Schedule: { $newsletter }
planning-done-saved = The schedule is saved. Issues that are composed already keep their date.
planning-done-paused = The pause is set. Issues that are composed already still go out.
planning-done-ended = The pause is over.
planning-rhythm = How often does the newsletter appear?
planning-rhythm-weekly = Every week, on these days:
planning-weekdays = Weekdays
planning-rhythm-monthly = Every month on one day
planning-day = Day of the month
planning-day-hint = 1 to 28: every month has these days.
planning-rhythm-line = By a cron line
planning-line = Cron line
planning-line-hint = Five fields: minute, hour, day, month, weekday. Example: 0 7 1,15 * * for the 1st and 15th of every month at 7:00. It cannot express ‘every other week’ or ‘every first Monday’.
planning-rhythm-none = Not regularly: somebody composes each issue
planning-time = Time
planning-time-hint = For weekly and monthly schedules.
planning-zone = Time zone
planning-zone-hint = For example Europe/Berlin or Europe/Brussels.
planning-lead = Compose before the date
planning-lead-hint = The time there is to edit and approve the issue.
planning-lead-unit = Unit
planning-days = days
planning-hours = hours
planning-catch-up = Make up within (hours)
planning-catch-up-hint = If the date is past for longer, after an outage for example, the issue is held and not sent by itself.
planning-quiet = Quiet hours
planning-quiet-hint = No mail begins in these hours. What still waits goes out afterwards.
planning-quiet-from = From
planning-quiet-until = Until
planning-free-days = Holidays
planning-region = Public holidays of
planning-region-none = None
planning-eves = Also 24 and 31 December
planning-own-days = Own days
planning-own-days-hint = One day a line, first the date, then the name: 2027-02-08 Carnival
planning-rule = When a date falls on one of these days
planning-rule-send = Send anyway
planning-rule-skip = Leave it out; the next issue has the news
planning-rule-before = Send on the last working day before
planning-rule-after = Send on the next working day after
planning-save = Save
planning-preview = Show the dates without saving
planning-next = The next dates
planning-next-preview = Preview: nothing is saved yet.
planning-next-none = No date is planned.
planning-next-composed = Issues that are composed already keep their date.

# What is wrong with a schedule.
planning-error-weekdays = Choose at least one weekday.
planning-error-time = Enter a time, for example 07:00.
planning-error-day = Enter a day from 1 to 28.
planning-error-line = The cron line cannot be read: { $what }
planning-error-zone = There is no such time zone. Time zones are called Europe/Berlin, for example.
planning-error-zone-near = There is no such time zone. Do you mean { $zone }?
planning-error-lead = Enter a whole number: 60 days at most.
planning-error-catch-up = Enter 1 to 168 hours.
planning-error-quiet = Enter both the begin and the end of the quiet hours, or neither.
planning-error-own-day = The line { $line } is not a day with a name. Write 2027-02-08 Carnival, for example.
planning-error-own-days = At most 100 own days, with names of at most 200 characters.
planning-error-changed = Somebody has changed the schedule meanwhile. What you entered stands below. Save again if it is to hold.

# Pauses.
planning-pauses = Pauses
planning-pauses-text = During a pause no issue is composed, in the summer holidays for example.
planning-pause-new = Set a pause
planning-pause-first = First day
planning-pause-last = Last day
planning-pause-reason = Reason, for the team
planning-pause-look-back = What does the first issue afterwards contain?
planning-pause-look-back-all = Everything since the last issue before the pause
planning-pause-look-back-days = Only what was published in the last days
planning-pause-days = How many days
planning-pause-set = Set the pause
planning-pause-end = End the pause
planning-pause-remove = Remove the pause
planning-pause-all-told = The first issue afterwards has everything since the last one.
planning-pause-days-told = { $days ->
    [one] The first issue afterwards has what was published in the last day.
   *[other] The first issue afterwards has what was published in the last { $days } days.
 }
planning-error-pause-days = Enter the first and the last day.
planning-error-pause-span = A pause ends after its begin, today at the earliest, and lasts a year at most.
planning-error-pause-reason = Enter a reason of at most 200 characters.
planning-error-pause-look-back = Enter 1 to 365 days.
planning-error-pause-overlaps = There is a pause in this time already: { $days }.
planning-error-pause-many = No more pauses can be set.

# The start page.
planning-no-task = Nothing waits for you at the moment.
planning-task-review = { $issue } waits for approval
planning-task-draft = { $issue } is composed and not handed in yet
planning-task-returned = { $issue } was returned for edit
planning-task-paused = Sending { $issue } is interrupted
planning-task-held = { $issue } is held
planning-task-submitted = { $count ->
    [one] One entry waits to be published
   *[other] { $number } entries wait to be published
 }
planning-task-proposals = { $count ->
    [one] One published entry has changed in its source
   *[other] { $number } published entries have changed in their sources
 }
planning-goes-at = goes out on { $when }
planning-goes-at-to = goes out on { $when } to { $people }
planning-do-review = Look at it and approve
planning-do-open = Open
planning-do-look-through = Look through
planning-do-compare = Compare
planning-next-issues = The next issues
planning-whole-calendar = To the calendar
planning-since = Since your last visit, { $when }
planning-since-ever = In the last days
planning-no-change = Nothing has changed since.
planning-whole-log = To the log
planning-and-more = { $count ->
    [one] and once more
   *[other] and { $count } times more
 }
planning-growth = Subscriptions
planning-growth-now = { $total } confirmed. This month { $started } joined, { $ended } left.
planning-trouble = Much does not arrive here
planning-trouble-about = Domains where at least one mail in ten was refused or deferred in the last 30 days, among the latest 2,000 answers of each of the last five issues. What the mail server says mostly tells why.
planning-growth-title = Confirmed subscriptions in twelve months: from { $first } to { $last }
planning-growth-caption = Line: confirmed subscriptions at the end of each month. Bars: joined (filled) and left (hollow) each month.
planning-growth-month = Month
planning-growth-total = Confirmed
planning-growth-started = Joined
planning-growth-ended = Left

# What somebody did.
planning-who-job = The system
planning-who-operator = The administration
planning-did-entry-add = { $who } added { $what }
planning-did-entry-change = { $who } changed { $what }
planning-did-entry-publish = { $who } published { $what }
planning-did-entry-withdraw = { $who } withdrew { $what }
planning-did-entry-cancel = { $who } cancelled { $what }
planning-did-proposal-accept = { $who } accepted a change of { $what }
planning-did-proposal-reject = { $who } rejected a change of { $what }
planning-did-picture-add = { $who } gave { $what } a picture
planning-did-issue-compose = { $who } composed { $what }
planning-did-issue-approve = { $who } approved { $what }
planning-did-issue-hand-in = { $who } handed { $what } in
planning-did-issue-return = { $who } returned { $what } for edit
planning-did-issue-reject = { $who } rejected { $what }
planning-did-issue-take-back = { $who } took the approval of { $what } back
planning-did-issue-send = { $who } began to send { $what }
planning-did-issue-pause = { $who } paused { $what }
planning-did-issue-resume = { $who } resumed { $what }
planning-did-issue-hold = { $who } held { $what }
planning-did-issue-cancel = { $who } cancelled { $what }
planning-did-issue-finish = { $what } is sent
planning-did-newsletter-change = { $who } changed the settings of { $what }
planning-did-newsletter-add = { $who } added { $what }
planning-did-schedule-change = { $who } changed the schedule of { $what }
planning-did-schedule-pause = { $who } set a pause for { $what }
planning-did-schedule-resume = { $who } ended a pause of { $what }

# Holidays.
planning-holiday-new-year = New Year’s Day
planning-holiday-epiphany = Epiphany
planning-holiday-womens-day = International Women’s Day
planning-holiday-good-friday = Good Friday
planning-holiday-easter-sunday = Easter Sunday
planning-holiday-easter-monday = Easter Monday
planning-holiday-kings-day = King’s Day
planning-holiday-labour-day = Labour Day
planning-holiday-liberation-day = Liberation Day
planning-holiday-end-of-war = 80th anniversary of the liberation
planning-holiday-ascension = Ascension Day
planning-holiday-whit-sunday = Whit Sunday
planning-holiday-whit-monday = Whit Monday
planning-holiday-corpus-christi = Corpus Christi
planning-holiday-uprising = 75th anniversary of the uprising of 17 June
planning-holiday-belgian-national-day = Belgian National Day
planning-holiday-assumption = Assumption Day
planning-holiday-childrens-day = Children’s Day
planning-holiday-german-unity = Day of German Unity
planning-holiday-reformation = Reformation Day
planning-holiday-all-saints = All Saints’ Day
planning-holiday-armistice = Armistice Day
planning-holiday-repentance = Day of Repentance and Prayer
planning-holiday-christmas-eve = Christmas Eve
planning-holiday-christmas = Christmas Day
planning-holiday-boxing-day = Boxing Day
planning-holiday-new-years-eve = New Year’s Eve

# Regions.
planning-region-de-bw = Baden-Württemberg
planning-region-de-by = Bavaria
planning-region-de-be = Berlin
planning-region-de-bb = Brandenburg
planning-region-de-hb = Bremen
planning-region-de-hh = Hamburg
planning-region-de-he = Hesse
planning-region-de-mv = Mecklenburg-Western Pomerania
planning-region-de-ni = Lower Saxony
planning-region-de-nw = North Rhine-Westphalia
planning-region-de-rp = Rhineland-Palatinate
planning-region-de-sl = Saarland
planning-region-de-sn = Saxony
planning-region-de-st = Saxony-Anhalt
planning-region-de-sh = Schleswig-Holstein
planning-region-de-th = Thuringia
planning-region-be = Belgium
planning-region-nl = The Netherlands
