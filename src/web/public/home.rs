//! The home page is the sign-up form.

use axum::response::Redirect;

use crate::web::Reader;

pub(super) async fn show(reader: Reader) -> Redirect {
    Redirect::to(&reader.path("/subscribe"))
}
