//! Which issue a page is about, by its path.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use crate::app::lookup::{self, LookupError};
use crate::domain::issue::IssueName;
use crate::domain::newsletter::Newsletter;
use crate::store::Connection;
use crate::store::issue::Issue;
use crate::web::{Failure, Form};

/// The issue in the path (`/newsroom/issues/region/48/…`), an entry in it, and the query.
#[derive(Debug)]
pub(in crate::web::newsroom) struct IssuePath {
    /// The name of the issue.
    pub(in crate::web::newsroom) name: IssueName,
    /// The UUID of an entry, where the path has one.
    pub(super) entry: String,
    query: Form,
}

impl IssuePath {
    /// The issue, with its newsletter; [`Failure::NotFound`] where there is none.
    pub(in crate::web::newsroom) async fn read(
        &self,
        conn: &mut impl Connection,
    ) -> Result<(Newsletter, Issue), Failure> {
        match lookup::issue(conn, &self.name).await {
            Ok(found) => Ok(found),
            Err(LookupError::Store(error)) => Err(error.into()),
            Err(_) => Err(Failure::NotFound),
        }
    }

    /// The path of the issue's page.
    pub(in crate::web::newsroom) fn url(&self) -> String {
        url(&self.name)
    }

    /// A value of the query; empty where it is missing.
    pub(in crate::web::newsroom) fn query<'a>(&'a self, name: &'a str) -> &'a str {
        self.query.all(name).next().unwrap_or_default()
    }
}

/// The path of an issue's page.
pub(in crate::web::newsroom) fn url(name: &IssueName) -> String {
    format!("{}/{}/{}", super::LIST, name.newsletter, name.number)
}

impl<S: Send + Sync> FromRequestParts<S> for IssuePath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_err(|_| Failure::NotFound)?;
        let of = |wanted: &str| {
            let found = params.iter().find(|(name, _)| *name == wanted);
            found.map_or("", |(_, value)| value)
        };
        let name = format!("{}/{}", of("newsletter"), of("number"));
        Ok(Self {
            name: name.parse().map_err(|_| Failure::NotFound)?,
            entry: of("entry").to_owned(),
            query: Form::parse(parts.uri.query().unwrap_or_default().as_bytes())?,
        })
    }
}
