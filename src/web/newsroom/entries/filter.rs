//! The query of the list: what it is filtered by, and which page of it is shown.

use axum::http::Uri;
use chrono::{Days, NaiveDate, NaiveTime, TimeZone as _};
use chrono_tz::Tz;
use url::form_urlencoded;

use crate::domain::entry::{EntryKind, EntryState, Origin};
use crate::domain::search::Sought;
use crate::domain::text::single_line;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::entry::DeskFilter;
use crate::store::organisation::Organisation;

/// Characters of what is searched for.
const LONGEST: usize = 200;
/// Nobody turns so many pages.
const LAST_PAGE: i64 = 1_000_000;

/// What the list is asked for. Unknown values are as if they were not there: a kept filter may name a
/// topic that is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) words: String,
    pub(super) kind: Option<EntryKind>,
    pub(super) state: Option<EntryState>,
    /// The key of a topic.
    pub(super) topic: String,
    /// The UUID of an organisation.
    pub(super) organisation: String,
    pub(super) origin: Option<Origin>,
    /// The first day, as it was typed.
    pub(super) from: String,
    /// The last day.
    pub(super) until: String,
    /// Which page, from 1.
    pub(super) page: i64,
}

impl Query {
    /// The query of an address.
    pub(super) fn of(uri: &Uri) -> Self {
        Self::parse(uri.query().unwrap_or_default())
    }

    /// A query as text.
    pub(super) fn parse(text: &str) -> Self {
        let mut query = Self {
            page: 1,
            ..Self::default()
        };
        for (name, value) in form_urlencoded::parse(text.as_bytes()) {
            let line = || single_line(&value, LONGEST);
            match name.as_ref() {
                "words" => query.words = line(),
                "kind" => query.kind = value.parse().ok(),
                "state" => query.state = value.parse().ok(),
                "topic" => query.topic = line(),
                "organisation" => query.organisation = line(),
                "origin" => query.origin = value.parse().ok(),
                "from" => query.from = line(),
                "until" => query.until = line(),
                "page" => query.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                _ => {}
            }
        }
        query
    }

    /// The pairs of the address, the page excepted.
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("words", self.words.as_str()),
            ("kind", self.kind.map_or("", EntryKind::as_str)),
            ("state", self.state.map_or("", EntryState::as_str)),
            ("topic", &self.topic),
            ("organisation", &self.organisation),
            ("origin", self.origin.map_or("", Origin::as_str)),
            ("from", &self.from),
            ("until", &self.until),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    /// As the query of an address, the page excepted; empty where nothing is filtered.
    pub(super) fn text(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish()
    }

    /// The list with this query, and further pairs.
    pub(super) fn link(&self, reader: &crate::web::Reader, further: &[(&str, &str)]) -> String {
        reader.link(
            super::LIST,
            self.pairs().into_iter().chain(further.iter().copied()),
        )
    }

    /// The same list in another state, from its first page.
    pub(super) fn in_state(&self, state: Option<EntryState>) -> Self {
        Self {
            state,
            page: 1,
            ..self.clone()
        }
    }

    /// Whether the first or the last day was typed and is none.
    pub(super) fn wrong_days(&self) -> (bool, bool) {
        let wrong = |text: &str| !text.is_empty() && day(text).is_none();
        (wrong(&self.from), wrong(&self.until))
    }

    /// The filter for the store. Days begin in this zone.
    pub(super) fn filter(
        &self,
        topics: &[Topic],
        organisations: &[Organisation],
        zone: Tz,
    ) -> DeskFilter {
        let topic = topics.iter().filter(|topic| topic.key == self.topic);
        let organisation = organisations
            .iter()
            .find(|one| one.uuid == self.organisation);
        let until = day(&self.until).and_then(|day| day.checked_add_days(Days::new(1)));
        DeskFilter {
            words: Sought::parse(&self.words),
            kind: self.kind,
            state: self.state,
            topics: topic.map(|topic| topic.bit).collect::<TopicSet>(),
            organisation: organisation.map(|one| one.id),
            origin: self.origin,
            from: day(&self.from).map(|day| begin_of(day, zone)),
            until: until.map(|day| begin_of(day, zone)),
        }
    }
}

/// A day as browsers send it: `2026-11-26`, of the years that somebody could mean.
fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    let usual = NaiveDate::from_ymd_opt(1900, 1, 1)?..NaiveDate::from_ymd_opt(3000, 1, 1)?;
    usual.contains(&day).then_some(day)
}

/// The first instant of a day.
fn begin_of(day: NaiveDate, zone: Tz) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    let begins = zone.from_local_datetime(&midnight).earliest();
    begins.map_or_else(|| midnight.and_utc().into(), |at| at.to_utc().into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unknown_values_are_left_out() {
        let query =
            Query::parse("words=+Br%C3%BCnnchen+&kind=king&state=draft&page=-3&x=y&from=gestern");
        assert_eq!(query.words, "Brünnchen");
        assert_eq!(
            (query.kind, query.state, query.page),
            (None, Some(EntryState::Draft), 1)
        );
        assert_eq!(query.wrong_days(), (true, false));
        assert_eq!(
            query.text(),
            "words=Br%C3%BCnnchen&state=draft&from=gestern"
        );
    }

    #[test]
    fn the_last_day_is_included() {
        let query = Query::parse("from=2026-10-25&until=2026-10-25");
        let filter = query.filter(&[], &[], chrono_tz::Europe::Berlin);
        let hours = filter
            .until
            .expect("an end")
            .since(filter.from.expect("a beginning"));
        assert_eq!(hours.as_secs() / 3600, 25, "clocks are set back");
    }

    proptest! {
        #[test]
        fn a_query_reads_its_own_text(words in ".{0,40}", topic in "[a-z]{0,8}", from in ".{0,12}") {
            let text = form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("words", words), ("topic", topic), ("from", from), ("kind", "event".to_owned())])
                .finish();
            let query = Query::parse(&text);
            prop_assert_eq!(Query::parse(&query.text()), query);
        }
    }
}
