//! When newsletters appear: the calendar, the newsletters, the schedule of each and its pauses.

mod calendar;
mod form;
mod newsletters;
mod pauses;
mod schedule;
pub(in crate::web::newsroom) mod slots;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::routing::{get, post};

use crate::app::lookup::{self, LookupError};
use crate::domain::newsletter::Newsletter;
use crate::domain::user::Right::{Schedule, See};
use crate::store::Connection;
use crate::web::{Failure, Routes};

/// Where the calendar is.
pub(in crate::web::newsroom) const CALENDAR: &str = "/newsroom/calendar";
/// Where the newsletters are.
const NEWSLETTERS: &str = "/newsroom/newsletters";

/// The pages of planning.
pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(CALENDAR, See, get(calendar::show))
        .staff(NEWSLETTERS, Schedule, get(newsletters::show))
        .staff_form(
            "/newsroom/newsletters/{newsletter}/schedule",
            Schedule,
            Schedule,
            get(schedule::show).post(schedule::submit),
        )
        .staff(
            "/newsroom/newsletters/{newsletter}/pauses",
            Schedule,
            post(pauses::submit),
        )
}

/// The newsletter in the path (`/newsroom/newsletters/region/…`).
#[derive(Debug)]
struct NewsletterPath {
    key: String,
}

impl NewsletterPath {
    /// The newsletter; [`Failure::NotFound`] where there is none.
    async fn read(&self, conn: &mut impl Connection) -> Result<Newsletter, Failure> {
        match lookup::newsletter(conn, &self.key).await {
            Ok(found) => Ok(found),
            Err(LookupError::Store(error)) => Err(error.into()),
            Err(_) => Err(Failure::NotFound),
        }
    }

    /// A page of this newsletter.
    fn page(&self, name: &str) -> String {
        format!("{NEWSLETTERS}/{}/{name}", self.key)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for NewsletterPath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Failure::NotFound)?;
        let key = params.iter().find(|(name, _)| *name == "newsletter");
        let (_, key) = key.ok_or(Failure::NotFound)?;
        Ok(Self {
            key: key.to_owned(),
        })
    }
}
