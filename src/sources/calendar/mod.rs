//! Reading calendars: iCalendar (RFC 5545). Called by `import calendar`.
