//! What a list or a feed is asked for: `?topic=`, `?month=`, and `?after=`, where the list goes on.

use axum::http::Uri;
use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeZone as _};
use url::form_urlencoded;

use crate::app::subscriptions::Catalogue;
use crate::domain::permalink::{self, SHORT_ID, Section, ZONE};
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::Connection;
use crate::store::entry::{self, Entry, Listing};
use crate::web::Failure;

/// A part of a section.
pub(super) struct Selection<'a> {
    /// Of which section.
    pub(super) section: Section,
    /// Reduced to this topic.
    pub(super) topic: Option<&'a Topic>,
    /// Reduced to this month: its first day.
    pub(super) month: Option<NaiveDate>,
    /// Behind this entry.
    pub(super) after: Option<(Timestamp, i64)>,
}

impl<'a> Selection<'a> {
    /// Reads the query. [`Failure::NotFound`] for a topic, a month or an entry that is none: there is
    /// no such list.
    pub(super) async fn read(
        conn: &mut impl Connection,
        catalogue: &'a Catalogue,
        section: Section,
        uri: &Uri,
    ) -> Result<Self, Failure> {
        let mut selection = Self {
            section,
            topic: None,
            month: None,
            after: None,
        };
        let query = uri.query().unwrap_or_default().as_bytes();
        for (name, value) in form_urlencoded::parse(query).filter(|(_, value)| !value.is_empty()) {
            match name.as_ref() {
                "topic" => {
                    let mut topics = catalogue.topics().iter();
                    let known = topics.find(|topic| topic.key == value);
                    selection.topic = Some(known.ok_or(Failure::NotFound)?);
                }
                "month" => selection.month = Some(read_month(&value).ok_or(Failure::NotFound)?),
                "after" => selection.after = Some(position(conn, section, &value).await?),
                _ => {}
            }
        }
        Ok(selection)
    }

    /// The topics that entries must have one of; none means all.
    pub(super) fn topics(&self) -> TopicSet {
        self.topic.into_iter().map(|topic| topic.bit).collect()
    }

    /// Which entries the list shows: of a month, or news from the newest on, or events from today on.
    pub(super) fn listing(&self, now: Timestamp, limit: i64) -> Listing {
        let whole = Listing {
            topics: self.topics(),
            after: self.after,
            ..Listing::first(limit)
        };
        match (self.month, self.section) {
            (Some(month), _) => Listing {
                from: first_instant(month),
                until: first_instant(following(month)),
                ..whole
            },
            (None, Section::Events) => Listing {
                from: today(now),
                ..whole
            },
            (None, _) => whole,
        }
    }

    /// The entries of a listing, in the order of their section.
    pub(super) async fn entries(
        &self,
        conn: &mut impl Connection,
        listing: &Listing,
    ) -> Result<Vec<Entry>, Failure> {
        Ok(match self.section {
            Section::Events => entry::events(conn, listing).await?,
            section => entry::newest(conn, section, listing).await?,
        })
    }
}

/// Where a public entry of the section stands in its list.
async fn position(
    conn: &mut impl Connection,
    section: Section,
    short_id: &str,
) -> Result<(Timestamp, i64), Failure> {
    let fits = short_id.len() == SHORT_ID;
    let found = if fits {
        entry::by_short_id(conn, short_id).await?
    } else {
        None
    };
    let shown = found.filter(|entry| {
        entry.public_since().is_some() && Section::of(entry.content.kind) == section
    });
    let entry = shown.ok_or(Failure::NotFound)?;
    Ok((entry.listed_at(), entry.id))
}

/// `2026-11`, within the years that somebody could mean.
fn read_month(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.split_once('-')?;
    let digits =
        |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let fits = digits(year, 4) && digits(month, 2);
    let year = fits.then(|| year.parse().ok())??;
    let usual = (1900..=2999).contains(&year);
    usual.then(|| NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1))?
}

/// The first day of the next month.
fn following(month: NaiveDate) -> NaiveDate {
    month
        .checked_add_months(chrono::Months::new(1))
        .unwrap_or(month)
}

/// When a day begins.
fn first_instant(day: NaiveDate) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    let begins = ZONE.from_local_datetime(&midnight).earliest();
    begins.map_or_else(|| midnight.and_utc().into(), |at| at.to_utc().into())
}

/// When the day of `now` began.
pub(super) fn today(now: Timestamp) -> Timestamp {
    first_instant(now.in_zone(ZONE).date_naive())
}

/// Months from the first to the last entry of a section, the latest first; ten years back and two
/// ahead at most, whatever dates a source invents.
pub(super) fn months(span: Option<(Timestamp, Timestamp)>, now: Timestamp) -> Vec<NaiveDate> {
    let Some((first, last)) = span else {
        return Vec::new();
    };
    let month = |at: Timestamp| at.in_zone(ZONE).date_naive().with_day(1);
    let year = std::time::Duration::from_hours(24 * 365);
    let earliest = month(first.max(now.minus(10 * year)));
    let latest = month(last.min(now.plus(2 * year)));
    let (Some(earliest), Some(mut month)) = (earliest, latest) else {
        return Vec::new();
    };
    let mut months = Vec::new();
    while month >= earliest {
        months.push(month);
        let Some(before) = month.checked_sub_months(chrono::Months::new(1)) else {
            break;
        };
        month = before;
    }
    months
}

/// The value of `?after=` for a list that goes on behind this entry.
pub(super) fn behind(entry: &Entry) -> &str {
    permalink::short_id(&entry.uuid)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        let time = text.parse::<chrono::DateTime<chrono::Utc>>();
        time.expect("a time").into()
    }

    #[test]
    fn a_month_begins_at_its_first_midnight() {
        let month = read_month("2027-04").expect("a month");
        assert_eq!(first_instant(month), at("2027-03-31T22:00:00Z"));
        assert_eq!(first_instant(following(month)), at("2027-04-30T22:00:00Z"));
        assert_eq!(
            following(read_month("2026-12").expect("a month")),
            read_month("2027-01").expect("a month")
        );
        for text in [
            "",
            "2027",
            "2027-13",
            "2027-00",
            "2027-4",
            "12027-04",
            "-027-04",
            "0001-01",
            "2027-04-01",
            "２０２７-04",
        ] {
            assert_eq!(read_month(text), None, "{text}");
        }
    }

    #[test]
    fn invented_dates_make_no_endless_list() {
        let now = at("2026-11-30T12:00:00Z");
        let all = months(
            Some((at("0001-01-01T00:00:00Z"), at("9999-12-31T00:00:00Z"))),
            now,
        );
        assert!((143..=146).contains(&all.len()), "{}", all.len());
        let few = months(
            Some((at("2026-09-30T22:00:00Z"), at("2026-11-01T00:00:00Z"))),
            now,
        );
        assert_eq!(
            few.iter().map(ToString::to_string).collect::<Vec<_>>(),
            ["2026-11-01", "2026-10-01"]
        );
        assert_eq!(
            months(
                Some((at("1990-01-01T00:00:00Z"), at("1990-01-01T00:00:00Z"))),
                now
            ),
            []
        );
        assert_eq!(months(None, now), []);
    }
}
