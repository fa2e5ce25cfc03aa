//! Who is behind a request to the newsroom, and the forms they send.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use templates::Locale;

use crate::app::Actor;
use crate::app::staff::Session;
use crate::digest::site::locale;
use crate::domain::language::Language;
use crate::domain::user::Right;
use crate::store::staff::StaffMember;
use crate::web::form::{Bounds, LARGE, read_body, read_form};
use crate::web::{Failure, Form, Reader, WebState};

/// The field with the token that only our own pages know.
pub const CSRF_FIELD: &str = "csrf";

/// The user behind a request. The [guard](super::guard) has checked that they may open this page.
#[derive(Debug, Clone)]
pub struct Staff {
    /// The user.
    pub user: StaffMember,
    /// The language of the page: the one in the link, else the user's own.
    pub language: Language,
    /// For links within the pages.
    pub reader: Reader,
    /// The session.
    pub session: Session,
    csrf: String,
}

impl Staff {
    pub(super) fn new(session: Session, csrf: String, reader: Reader) -> Self {
        let language = reader.chosen().unwrap_or(session.user.language);
        let mut reader = reader;
        reader.language = language;
        Self {
            user: session.user.clone(),
            language,
            reader,
            csrf,
            session,
        }
    }

    /// This user, for operations.
    pub fn actor(&self) -> Actor {
        self.session.actor()
    }

    /// The language for templates.
    pub fn locale(&self) -> Locale {
        locale(self.language)
    }

    /// Whether this user has a right.
    pub fn may(&self, right: Right) -> bool {
        self.user.roles.allow(right)
    }

    /// The token for the forms of this session.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Checks the token of a form that is not a [`StaffForm`].
    pub fn check_csrf(&self, given: &str) -> Result<(), Failure> {
        // A keyed hash of the session: it stays when the session gets another token, so that forms in
        // other tabs are not lost. Comparing it leaks nothing useful in the time that requests take.
        if given == self.csrf {
            Ok(())
        } else {
            Err(Failure::ForeignForm)
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Staff {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        // Missing only where a route was registered for another audience.
        let staff = parts.extensions.get::<Self>().cloned();
        staff.ok_or(Failure::NotAllowed)
    }
}

/// A form of the newsroom: larger than those of strangers, and with the session's token.
#[derive(Debug)]
pub struct StaffForm(Form);

impl std::ops::Deref for StaffForm {
    type Target = Form;
    fn deref(&self) -> &Form {
        &self.0
    }
}

impl FromRequest<WebState> for StaffForm {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &WebState) -> Result<Self, Failure> {
        let staff = request.extensions().get::<Staff>().cloned();
        let staff = staff.ok_or(Failure::NotAllowed)?;
        let form = read_form(request, LARGE).await?;
        staff.check_csrf(form.one(CSRF_FIELD)?)?;
        Ok(Self(form))
    }
}

/// A form on the way to a session: the login, with a form that was kept over it.
#[derive(Debug)]
pub struct DoorForm(pub Form);

impl FromRequest<WebState> for DoorForm {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &WebState) -> Result<Self, Failure> {
        // A kept form is encoded a second time.
        let bounds = Bounds {
            bytes: 3 * LARGE.bytes + 16 * 1024,
            pairs: 20,
        };
        read_form(request, bounds).await.map(Self)
    }
}

/// The form in a body that may be kept over a login, as it came; nothing where it is not one.
pub(super) async fn kept(request: Request) -> Option<String> {
    let bytes = read_body(request, LARGE.bytes).await.ok()?;
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    Form::parse_large(text.as_bytes())?;
    Some(text)
}
