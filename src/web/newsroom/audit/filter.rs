//! What is looked for in the audit log, as the query of the page says it.

use axum::http::Uri;
use chrono::{Days, NaiveDate, NaiveTime, TimeZone as _};
use chrono_tz::Tz;
use url::form_urlencoded;

use crate::app::audit::Filter;
use crate::domain::timestamp::Timestamp;
use crate::web::newsroom::login::query;

/// The kinds of actors that can be chosen in place of a user.
pub(super) const KINDS: [&str; 4] = ["operator", "job", "reader", "guest"];

/// The query of the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) who: String,
    pub(super) action: String,
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) before: Option<i64>,
}

impl Asked {
    pub(super) fn read(uri: &Uri) -> Self {
        let field = |name: &str| query(uri, name).trim().to_owned();
        Self {
            who: field("who"),
            action: field("action"),
            subject: field("subject"),
            from: field("from"),
            to: field("to"),
            before: field("before").parse().ok(),
        }
    }

    /// The filter; days are those of the zone. What cannot be read matches everything.
    pub(super) fn filter(&self, zone: Tz) -> Filter {
        let is_kind = KINDS.contains(&self.who.as_str());
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        Filter {
            action: self.action.parse().ok(),
            actor: given(&self.who).filter(|_| is_kind),
            actor_name: given(&self.who).filter(|_| !is_kind),
            id: given(&self.subject),
            since: day(&self.from).and_then(|day| midnight(day, zone)),
            until: day(&self.to)
                .and_then(|day| day.checked_add_days(Days::new(1)))
                .and_then(|day| midnight(day, zone)),
            before: self.before,
            ..Filter::default()
        }
    }

    /// The path with this query, and the lines before this one.
    pub(super) fn link(&self, path: &str, before: Option<i64>) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("who", &self.who),
            ("action", &self.action),
            ("subject", &self.subject),
            ("from", &self.from),
            ("to", &self.to),
        ] {
            if !value.is_empty() {
                pairs.append_pair(name, value);
            }
        }
        if let Some(before) = before {
            pairs.append_pair("before", &before.to_string());
        }
        match pairs.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// The first instant of a day.
fn midnight(day: NaiveDate, zone: Tz) -> Option<Timestamp> {
    let local = zone.from_local_datetime(&day.and_time(NaiveTime::MIN));
    Some(local.earliest()?.to_utc().into())
}
