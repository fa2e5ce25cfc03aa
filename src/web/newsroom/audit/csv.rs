//! The lines as CSV: semicolons and a byte order mark, as office programs expect them here.

use std::fmt::Write as _;

use axum::extract::State;
use axum::http::Uri;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use templates::pages::newsroom::audit::words;

use super::filter::Asked;
use super::list::subject_code;
use crate::app::audit::{self, Line};
use crate::store;
use crate::web::newsroom::Staff;
use crate::web::{Failure, WebState};

/// The most lines of a file, some 5 MB; dates choose others.
const MOST: u32 = 20_000;

pub(super) async fn show(
    State(state): State<WebState>,
    who: Staff,
    uri: Uri,
) -> Result<Response, Failure> {
    let zone = state.app.config.newsroom.zone;
    let mut conn = state.app.read().await?;
    let names = store::staff::names(&mut conn).await?;
    let filter = Asked::read(&uri).filter(zone);
    let lines = audit::latest(&mut conn, &filter, MOST).await?;
    drop(conn);
    let mut text =
        "\u{feff}line;time;actor;name;through;action;words;subject;before;after;hash\r\n"
            .to_owned();
    for line in &lines {
        let name = names.get(&line.actor_name).unwrap_or(&line.actor_name);
        let words = words::action(who.locale(), &line.action).unwrap_or_default();
        let subject = subject_code(line, &names);
        write_line(&mut text, line, name, (&words, &subject));
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, text).into_response())
}

fn write_line(text: &mut String, line: &Line, name: &str, (words, subject): (&str, &str)) {
    let time = line.at.utc().format("%Y-%m-%d %H:%M:%S").to_string();
    let seq = line.seq.to_string();
    let cells: [&str; 11] = [
        &seq,
        &time,
        &line.actor,
        name,
        &line.entry_point,
        &line.action,
        words,
        subject,
        line.before.as_deref().unwrap_or_default(),
        line.after.as_deref().unwrap_or_default(),
        &line.hash,
    ];
    let cells = cells.map(cell);
    // Writing to a text does not fail.
    let _ = write!(text, "{}\r\n", cells.join(";"));
}

/// A cell (RFC 4180). Office programs compute what begins like a formula: an apostrophe before it
/// makes it a text.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn formulas_are_texts() {
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell("@SUM(A1)"), "\"'@SUM(A1)\"");
        assert_eq!(cell("draft; \"x\""), "\"draft; \"\"x\"\"\"");
    }
}
