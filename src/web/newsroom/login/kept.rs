//! A form that was sent after its session had ended, or before its user had proved who they are: shown
//! again afterwards.

use maud::Markup;
use templates::pages::newsroom::kept_form::{KeptFormView, page as kept_page};

use super::within;
use crate::web::newsroom::desk::newsroom_site;
use crate::web::newsroom::staff::CSRF_FIELD;
use crate::web::{Form, Reader, WebState};

/// The page that offers to send it.
pub(in crate::web::newsroom) fn page(
    state: &WebState,
    reader: &Reader,
    csrf: String,
    (path, body): (&str, &str),
    is_confirmed: bool,
) -> Markup {
    let form = Form::parse_large(body.as_bytes());
    let fields = form.iter().flat_map(Form::pairs);
    let view = KeptFormView {
        action: within(path).to_owned(),
        fields: fields
            .filter(|(name, _)| *name != CSRF_FIELD)
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        csrf,
        is_confirmed,
    };
    kept_page(&newsroom_site(state, &reader.without_switcher()), &view)
}
