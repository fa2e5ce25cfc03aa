//! What an issue does not tell, as its page shows it.

use templates::pages::newsroom::issues::contents::{LeftOutRow, LeftOutView, Why};

use super::rows::Rows;
use crate::digest::left_out::{self, LeftOut, WhyLeftOut};
use crate::domain::timestamp::Timestamp;
use crate::store::Conn;
use crate::store::issue::Issue;
use crate::web::Failure;

/// Rows on the page.
const MOST: usize = 20;

pub(super) async fn view(
    conn: &mut Conn,
    rows: &Rows<'_>,
    issue: &Issue,
    now: Timestamp,
) -> Result<LeftOutView, Failure> {
    let left = left_out::left_out(conn, rows.newsletter, issue, now).await?;
    let further = left.len().saturating_sub(MOST);
    let zone = rows.newsletter.settings.zone;
    let day = |at: Timestamp| at.in_zone(zone).date_naive();
    let until = day(left_out::horizon(rows.newsletter, issue, now));
    let from = issue.window_from.map(day);
    let row = |left: LeftOut| {
        let entry = left.entry;
        LeftOutRow {
            url: rows.entry_url(&entry.uuid),
            addable: left.why != WhyLeftOut::Undecided,
            why: match left.why {
                WhyLeftOut::TakenOut { by } => Why::TakenOut(by.map(|by| rows.name(&by))),
                WhyLeftOut::Undecided => Why::Undecided,
                WhyLeftOut::Later => Why::Later,
                WhyLeftOut::NoRoom => Why::NoRoom,
                WhyLeftOut::ToldBy { number } => Why::ToldBy(number),
                WhyLeftOut::BeforeWindow => Why::Before(from),
                WhyLeftOut::BeyondHorizon => Why::Beyond(Some(until)),
            },
            uuid: entry.uuid,
            title: entry.title,
        }
    };
    Ok(LeftOutView {
        rows: left.into_iter().take(MOST).map(row).collect(),
        further,
    })
}
