//! The page of an entry: `/newsroom/entries/{uuid}`.

use axum::extract::{Path, State};
use axum::http::Uri;
use maud::Markup;
use templates::pages::newsroom::entries::show::{
    EntryShowView, IssueLine, Move, ProposalLine, Question, ShowDone, ShowWork, Told, page,
};
use templates::pages::newsroom::frame::Area;
use url::form_urlencoded;

use super::{difference, entry_of, words};
use crate::domain::entry::EntryState;
use crate::domain::issue::IssueState;
use crate::domain::newsletter::Newsletter;
use crate::domain::user::Right;
use crate::store::entry::Entry;
use crate::store::issue::IssueOfEntry;
use crate::store::{self, Connection, entry_version};
use crate::web::newsroom::{Staff, desk};
use crate::web::public::entry as public;
use crate::web::{Failure, WebState};

/// Issues that are shown.
const MOST_ISSUES: i64 = 20;

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    uri: Uri,
) -> Result<Markup, Failure> {
    render(&state, &staff, &uuid, done(&uri), false).await
}

/// The page; with what was done before, or that nothing was because the entry has changed.
pub(super) async fn render(
    state: &WebState,
    staff: &Staff,
    uuid: &str,
    done: Option<ShowDone>,
    is_changed: bool,
) -> Result<Markup, Failure> {
    let frame = desk(state, staff, Area::Entries).await?;
    let mut conn = state.app.read().await?;
    let entry = entry_of(&mut conn, uuid).await?;
    let local = |at| words::local(state, at);
    let original = std::iter::once(&entry.content.original);
    let others = entry.content.texts.keys();
    let others = others.filter(|tag| **tag != entry.content.original);
    let view = EntryShowView {
        uuid: entry.uuid.clone(),
        public: public::preview(&mut conn, state, &staff.reader, &entry).await?,
        state: words::state(entry.state),
        pinned: entry.pinned,
        origin: words::origin(entry.origin),
        languages: original.chain(others).map(words::language_name).collect(),
        created: local(entry.created_at),
        updated: local(entry.updated_at),
        published: entry.published_at.map(local),
        public_url: public::public_path(&entry).map(|path| staff.reader.path(&path)),
        issues: issues(&mut conn, state, staff, &entry).await?,
        versions: entry_version::latest(&mut conn, entry.id).await?,
        proposal: proposal(&mut conn, state, staff, &entry).await?,
        work: work(staff, &entry),
        pages: words::pages(staff, &entry.uuid),
        done,
        is_changed,
        now: local(state.app.clock.now()),
    };
    Ok(page(&frame, &view))
}

/// What `?done=` says was done.
fn done(uri: &Uri) -> Option<ShowDone> {
    let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let (_, value) = pairs.find(|(name, _)| name == "done")?;
    Some(match value.as_ref() {
        "saved" => ShowDone::Saved,
        "publish" => ShowDone::Published,
        "submit" => ShowDone::Submitted,
        "withdraw" => ShowDone::Withdrawn,
        "cancel" => ShowDone::Cancelled,
        "reject" => ShowDone::Rejected,
        "pin" => ShowDone::Pinned,
        "unpin" => ShowDone::Unpinned,
        "restore" => ShowDone::Restored,
        "accept" => ShowDone::Accepted,
        "leave" => ShowDone::Left,
        _ => return None,
    })
}

async fn issues(
    conn: &mut impl Connection,
    state: &WebState,
    staff: &Staff,
    entry: &Entry,
) -> Result<Vec<IssueLine>, Failure> {
    let newsletters = store::newsletter::list(conn).await?;
    let issues = store::issue::of_entry(conn, entry.id, MOST_ISSUES).await?;
    let lines = issues.into_iter().filter_map(|issue| {
        let newsletter = newsletters.iter().find(|one| one.id == issue.newsletter)?;
        let (name, url) = issue_name(staff, newsletter, issue.number);
        Some(IssueLine {
            name,
            url,
            told: told(&issue),
            at: issue.at.map(|at| words::local(state, at)),
        })
    });
    Ok(lines.collect())
}

const fn told(issue: &IssueOfEntry) -> Told {
    if !issue.told {
        Told::LeftOut
    } else if matches!(issue.state, IssueState::Cancelled) {
        Told::Cancelled
    } else if issue.is_frozen {
        Told::Sent
    } else {
        Told::Ahead
    }
}

/// “Region aktuell 48”, and where it is.
pub(super) fn issue_name(staff: &Staff, newsletter: &Newsletter, number: i64) -> (String, String) {
    let settings = &newsletter.settings;
    let name = format!("{} {number}", settings.text(staff.language).name);
    let path = format!("/newsroom/issues/{}/{number}", settings.key);
    (name, staff.reader.path(&path))
}

async fn proposal(
    conn: &mut impl Connection,
    state: &WebState,
    staff: &Staff,
    entry: &Entry,
) -> Result<Option<ProposalLine>, Failure> {
    let Some(proposal) = store::proposal::open_of(conn, entry.id).await? else {
        return Ok(None);
    };
    let topics = store::topic::list(conn).await?;
    Ok(Some(ProposalLine {
        url: staff
            .reader
            .path(&format!("{}/proposal", super::path_of(&entry.uuid))),
        at: words::local(state, proposal.received_at),
        differences: difference::of_proposal(staff, &topics, entry, &proposal),
    }))
}

/// What this user may do with the entry in its state.
fn work(staff: &Staff, entry: &Entry) -> Option<ShowWork> {
    if !staff.may(Right::Write) {
        return None;
    }
    let may = |to: EntryState| entry.state.may_become(to);
    let pin = if entry.pinned { Move::Unpin } else { Move::Pin };
    let moves = [
        may(EntryState::Published).then_some(Move::Publish),
        may(EntryState::Submitted).then_some(Move::Submit),
        Some(pin),
    ];
    let ask = |what: &str| {
        let query = [("do", what), ("entry", entry.uuid.as_str())];
        staff.reader.link("/newsroom/entries/bulk", query)
    };
    let takes_place = entry.content.when.is_some();
    let questions = [
        may(EntryState::Withdrawn).then(|| (Question::Withdraw, ask("withdraw"))),
        (takes_place && may(EntryState::Cancelled)).then(|| (Question::Cancel, ask("cancel"))),
        may(EntryState::Rejected).then(|| (Question::Reject, ask("reject"))),
    ];
    Some(ShowWork {
        act: "/newsroom/entries/act".to_owned(),
        moves: moves.into_iter().flatten().collect(),
        questions: questions.into_iter().flatten().collect(),
    })
}
