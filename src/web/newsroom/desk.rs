//! What every page of the newsroom shows around its content.

use templates::pages::newsroom::frame::{Area, AreaLink, Desk};
use templates::{Asset, Site};

use super::Staff;
use crate::domain::issue::IssueState;
use crate::domain::user::Right;
use crate::store;
use crate::web::{Failure, Reader, WebState, site};

/// The frame of a page of this area, for this user.
pub async fn desk(state: &WebState, staff: &Staff, area: Area) -> Result<Desk, Failure> {
    let mut conn = state.app.read().await?;
    let reviews = if staff.may(Right::Approve) {
        let waiting = store::issue::in_state(&mut conn, IssueState::InReview).await?;
        u32::try_from(waiting.len()).unwrap_or(u32::MAX)
    } else {
        0
    };
    let entries = if staff.may(Right::Write) {
        let submitted = store::entry::count_submitted(&mut conn).await?;
        let proposed = store::proposal::count_open(&mut conn).await?;
        u32::try_from(submitted + proposed).unwrap_or(u32::MAX)
    } else {
        0
    };
    drop(conn);
    let now = state.app.clock.now();
    let zone = state.app.config.newsroom.zone;
    Ok(Desk {
        site: newsroom_site(state, &staff.reader),
        user: staff.user.name.clone(),
        roles: templates::pages::newsroom::roles(
            staff.locale(),
            staff
                .user
                .roles
                .iter()
                .map(crate::domain::user::Role::as_str),
        ),
        areas: areas(staff, entries, reviews),
        area,
        csrf: staff.csrf().to_owned(),
        idle_at: staff.session.idle_at.in_zone(zone).naive_local(),
        idle_in: staff.session.idle_at.since(now).as_secs(),
        ends_for_good: staff.session.idle_at == staff.session.stored.ends_at,
        scripts: state.scripts.as_ref().clone(),
        account_url: staff.reader.path("/newsroom/account"),
        log_out_url: "/newsroom/logout".to_owned(),
    })
}

/// The areas this user may open.
fn areas(staff: &Staff, entries: u32, reviews: u32) -> Vec<AreaLink> {
    let all = [
        (Area::Start, super::HOME, Right::See, 0),
        (Area::Entries, "/newsroom/entries", Right::See, entries),
        (Area::Issues, "/newsroom/issues", Right::See, reviews),
        (Area::Calendar, "/newsroom/calendar", Right::See, 0),
        (
            Area::Newsletters,
            "/newsroom/newsletters",
            Right::Schedule,
            0,
        ),
        (Area::Users, "/newsroom/users", Right::Administer, 0),
        (Area::Audit, "/newsroom/audit", Right::Administer, 0),
    ];
    let may = all.into_iter().filter(|(_, _, right, _)| staff.may(*right));
    may.map(|(area, path, _, waiting)| AreaLink {
        area,
        url: staff.reader.path(path),
        waiting,
    })
    .collect()
}

/// The installation as pages of the newsroom show it: with the stylesheet of their own.
pub(in crate::web) fn newsroom_site(state: &WebState, reader: &Reader) -> Site {
    Site {
        stylesheets: vec![state.newsroom_stylesheet.clone()],
        ..site::site(state, reader)
    }
}

/// The files of the newsroom, to be served beside those of the public pages.
pub(in crate::web) fn assets(action_colour: &str) -> (Asset, Vec<(&'static str, Asset)>) {
    (
        templates::newsroom_stylesheet(Some(action_colour)),
        templates::scripts().collect(),
    )
}
