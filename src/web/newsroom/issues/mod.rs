//! Issues: the list, what is in one, and how it arrives.
//!
//! Other pages of an issue take an [`IssuePath`](path::IssuePath) and show its [`head`](head::head).

mod add;
mod as_reader;
mod choice;
mod compose;
pub(in crate::web::newsroom) mod contents;
mod entries;
pub(in crate::web::newsroom) mod head;
mod left_out;
mod list;
mod mail;
pub(in crate::web::newsroom) mod path;
mod rows;
mod shorten;
mod test_mail;
mod time;
mod variants;
mod words;

use axum::routing::{get, post};

use crate::domain::user::Right::{Control, See, Write};
use crate::web::Routes;

/// Where the list is.
pub(in crate::web::newsroom) const LIST: &str = "/newsroom/issues";

/// The pages of issues.
pub(super) fn routes() -> Routes {
    Routes::new()
        .staff(LIST, See, get(list::show))
        .staff("/newsroom/issues/compose", Write, post(compose::submit))
        .staff(
            "/newsroom/issues/{newsletter}/{number}",
            See,
            get(contents::show),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/mail",
            See,
            get(mail::show),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/entries",
            Write,
            post(entries::submit),
        )
        .staff_form(
            "/newsroom/issues/{newsletter}/{number}/time",
            Write,
            Write,
            get(time::show).post(time::submit),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/words",
            Write,
            post(words::submit),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/add",
            Write,
            get(add::show),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/variants",
            See,
            get(variants::show),
        )
        // It shows which topics a person has chosen. Editors answer readers who ask why something was missing;
        // to approve an issue one sees every variant, and no person.
        .staff_form(
            "/newsroom/issues/{newsletter}/{number}/as-reader",
            Write,
            Write,
            get(as_reader::show).post(as_reader::submit),
        )
        .staff_form(
            "/newsroom/issues/{newsletter}/{number}/test",
            Control,
            Control,
            get(test_mail::show).post(test_mail::submit),
        )
        .staff(
            "/newsroom/issues/{newsletter}/{number}/test/groups",
            Control,
            post(test_mail::keep),
        )
        .staff_form(
            "/newsroom/issues/{newsletter}/{number}/entries/{entry}/shorten",
            Write,
            Write,
            get(shorten::show).post(shorten::submit),
        )
}
