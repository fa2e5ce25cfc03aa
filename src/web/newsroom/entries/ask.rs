//! The question before entries are published, withdrawn, called off or rejected; and the answer.
//!
//! The question is a GET with the ticked entries: it changes nothing. It tells apart with which it can be
//! done; the answer names only those, and does all of them or none.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use maud::Markup;
use templates::pages::newsroom::entries::ask::{AskLine, Deed, EntryAskView, Why, page};
use templates::pages::newsroom::frame::Area;
use url::form_urlencoded;

use super::filter::Query;
use super::{path_of, words};
use crate::app::entries::{self, EntryError};
use crate::domain::entry::EntryState;
use crate::domain::issue::IssueState;
use crate::store::entry::{self, Entry};
use crate::store::{self, Connection};
use crate::web::kind::kind;
use crate::web::newsroom::{Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// Entries that are asked about at once: more than a page of the list has.
const MOST: usize = 200;
/// Issues of each entry that are looked at.
const MOST_ISSUES: i64 = 20;

/// What is asked.
struct Asked {
    deed: Deed,
    uuids: Vec<String>,
    /// The list to come back to; none where the page of an entry asks.
    back: Option<Query>,
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    uri: Uri,
) -> Result<Markup, Failure> {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let asked = Asked::read(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())))?;
    render(&state, &staff, &asked, false).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    form: StaffForm,
) -> Result<Response, Failure> {
    let pairs = form.pairs();
    let asked = Asked::read(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())))?;
    let (app, actor, uuids) = (&state.app, staff.actor(), &asked.uuids);
    let done = match asked.deed {
        Deed::Publish => entries::publish(app, &actor, uuids).await,
        Deed::Withdraw => entries::withdraw(app, &actor, uuids).await,
        Deed::Cancel => entries::call_off(app, &actor, uuids).await,
        Deed::Reject => entries::reject(app, &actor, uuids).await,
    };
    match done {
        Ok(moved) => Ok(see_other(asked.afterwards(&staff, moved.entries.len()))),
        Err(EntryError::Operation(error)) => Err(error.into()),
        // Somebody else was faster: the question is asked anew.
        Err(_) => {
            let page = render(&state, &staff, &asked, true).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

impl Asked {
    fn read(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, Failure> {
        let (mut deed, mut uuids, mut back) = (None, Vec::new(), None);
        for (name, value) in pairs {
            match name.as_str() {
                "do" => {
                    let all = [Deed::Publish, Deed::Withdraw, Deed::Cancel, Deed::Reject];
                    deed = all.into_iter().find(|one| one.name() == value);
                }
                "entry" if uuids.len() == MOST => return Err(Failure::TooLarge),
                "entry" if !uuids.contains(&value) => uuids.push(value),
                "back" => back = Some(Query::parse(&value)),
                _ => {}
            }
        }
        Ok(Self {
            deed: deed.ok_or(Failure::Unprocessable)?,
            uuids,
            back,
        })
    }

    /// Where it goes on.
    fn afterwards(&self, staff: &Staff, count: usize) -> String {
        let done = self.deed.name();
        match (&self.back, self.uuids.as_slice()) {
            (None, [uuid]) => staff.reader.link(&path_of(uuid), [("done", done)]),
            (back, _) => {
                let list = back.clone().unwrap_or_default();
                list.link(&staff.reader, &[("done", done), ("n", &count.to_string())])
            }
        }
    }

    /// Where it goes where nothing is done.
    fn cancel(&self, staff: &Staff) -> String {
        match (&self.back, self.uuids.as_slice()) {
            (None, [uuid]) => staff.reader.path(&path_of(uuid)),
            (back, _) => back.clone().unwrap_or_default().link(&staff.reader, &[]),
        }
    }

    /// Why it cannot be done with an entry.
    fn obstacle(&self, entry: &Entry) -> Option<Why> {
        let to = match self.deed {
            Deed::Publish => EntryState::Published,
            Deed::Withdraw => EntryState::Withdrawn,
            Deed::Cancel => EntryState::Cancelled,
            Deed::Reject => EntryState::Rejected,
        };
        if entry.state == to {
            Some(Why::Already)
        } else if self.deed == Deed::Cancel && entry.content.when.is_none() {
            Some(Why::NoEvent)
        } else if entry.state.may_become(to) {
            None
        } else {
            Some(Why::State(words::state(entry.state)))
        }
    }
}

async fn render(
    state: &WebState,
    staff: &Staff,
    asked: &Asked,
    is_changed: bool,
) -> Result<Markup, Failure> {
    let frame = desk(state, staff, Area::Entries).await?;
    let mut conn = state.app.read().await?;
    let (mut able, mut unable, mut unknown) = (Vec::new(), Vec::new(), 0);
    let mut issues = Vec::new();
    for uuid in &asked.uuids {
        let found = entry::by_name(&mut conn, uuid).await?;
        let Some(entry) = found.filter(|entry| entry.uuid == *uuid) else {
            unknown += 1;
            continue;
        };
        let line = line(staff, &entry);
        if let Some(why) = asked.obstacle(&entry) {
            unable.push((line, why));
            continue;
        }
        able.push(line);
        if matches!(asked.deed, Deed::Withdraw | Deed::Cancel) {
            issues.extend(in_preparation(&mut conn, staff, &entry).await?);
        }
    }
    issues.sort();
    issues.dedup();
    let view = EntryAskView {
        deed: asked.deed,
        able,
        unable,
        unknown,
        issues,
        is_changed,
        action: "/newsroom/entries/bulk".to_owned(),
        back: asked.back.as_ref().map(Query::text),
        cancel: asked.cancel(staff),
    };
    Ok(page(&frame, &view))
}

fn line(staff: &Staff, entry: &Entry) -> AskLine {
    let (title, lang) = words::title(&entry.content, staff.language);
    AskLine {
        uuid: entry.uuid.clone(),
        url: staff.reader.path(&path_of(&entry.uuid)),
        title,
        lang,
        kind: kind(entry.content.kind),
    }
}

/// The issues that would tell the entry and have not been sent: name and address.
async fn in_preparation(
    conn: &mut impl Connection,
    staff: &Staff,
    entry: &Entry,
) -> Result<Vec<(String, String)>, Failure> {
    let newsletters = store::newsletter::list(conn).await?;
    let issues = store::issue::of_entry(conn, entry.id, MOST_ISSUES).await?;
    let ahead = issues
        .into_iter()
        .filter(|issue| issue.told && !issue.is_frozen && issue.state != IssueState::Cancelled);
    let named = ahead.filter_map(|issue| {
        let newsletter = newsletters.iter().find(|one| one.id == issue.newsletter)?;
        Some(super::show::issue_name(staff, newsletter, issue.number))
    });
    Ok(named.collect())
}
