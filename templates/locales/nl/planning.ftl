# The calendar, schedules and the start page.
