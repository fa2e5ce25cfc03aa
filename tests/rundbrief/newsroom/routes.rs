//! Who may open which page: every route of the newsroom × nobody and each role.

use std::collections::BTreeMap;

use rundbrief::domain::user::{Right, Role};
use rundbrief::web::{Audience, Confirm, newsroom};

use super::{Desk, Newsroom};
use crate::harness::{Database, get, post};

use Right::{Administer, Approve, Control, Schedule, See, Write};

/// A page that needs a session: which right to see it, which to send its forms.
type Line = (&'static str, Right, Right);

/// Every route that needs a session. A new one needs its line here.
const STAFF: &[Line] = &[
    ("/newsroom", See, See),
    ("/newsroom/account", See, See),
    ("/newsroom/account/password", See, See),
    ("/newsroom/account/second-factor", See, See),
    ("/newsroom/account/second-factor/codes", See, See),
    ("/newsroom/account/second-factor/remove", See, See),
    ("/newsroom/account/sessions", See, See),
    ("/newsroom/audit", Administer, Administer),
    ("/newsroom/audit/csv", Administer, Administer),
    ("/newsroom/audit/verify", Administer, Administer),
    ("/newsroom/calendar", See, See),
    ("/newsroom/confirm", See, See),
    ("/newsroom/confirm/code", See, See),
    ("/newsroom/deputies", See, Approve),
    ("/newsroom/entries", See, See),
    ("/newsroom/entries/act", Write, Write),
    ("/newsroom/entries/audience", Write, Write),
    ("/newsroom/entries/bulk", Write, Write),
    ("/newsroom/entries/filters", See, See),
    ("/newsroom/entries/new", Write, Write),
    ("/newsroom/entries/proposals", See, See),
    ("/newsroom/entries/{uuid}", See, See),
    ("/newsroom/entries/{uuid}/edit", Write, Write),
    ("/newsroom/entries/{uuid}/picture", Write, Write),
    ("/newsroom/entries/{uuid}/picture/remove", Write, Write),
    ("/newsroom/entries/{uuid}/proposal", See, Write),
    ("/newsroom/entries/{uuid}/versions", See, See),
    ("/newsroom/entries/{uuid}/versions/compare", See, See),
    ("/newsroom/entries/{uuid}/versions/restore", Write, Write),
    ("/newsroom/issues", See, See),
    ("/newsroom/issues/compose", Write, Write),
    ("/newsroom/issues/{newsletter}/{number}", See, See),
    ("/newsroom/issues/{newsletter}/{number}/add", Write, Write),
    ("/newsroom/issues/{newsletter}/{number}/approve", See, See),
    (
        "/newsroom/issues/{newsletter}/{number}/as-reader",
        Write,
        Write,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/checks",
        See,
        Control,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/checks/accept",
        Control,
        Control,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/entries",
        Write,
        Write,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/entries/{entry}/shorten",
        Write,
        Write,
    ),
    ("/newsroom/issues/{newsletter}/{number}/history", See, See),
    ("/newsroom/issues/{newsletter}/{number}/mail", See, See),
    ("/newsroom/issues/{newsletter}/{number}/sending", See, See),
    (
        "/newsroom/issues/{newsletter}/{number}/sending/cancel",
        Approve,
        Approve,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/sending/events",
        See,
        See,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/sending/find",
        Control,
        Control,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/sending/pause",
        Control,
        Control,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/sending/resume",
        Control,
        Control,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/sending/retry",
        Approve,
        Approve,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/test",
        Control,
        Control,
    ),
    (
        "/newsroom/issues/{newsletter}/{number}/test/groups",
        Control,
        Control,
    ),
    ("/newsroom/issues/{newsletter}/{number}/time", Write, Write),
    ("/newsroom/issues/{newsletter}/{number}/variants", See, See),
    ("/newsroom/issues/{newsletter}/{number}/words", Write, Write),
    ("/newsroom/logout", See, See),
    ("/newsroom/newsletters", Schedule, Schedule),
    (
        "/newsroom/newsletters/{newsletter}/pauses",
        Schedule,
        Schedule,
    ),
    (
        "/newsroom/newsletters/{newsletter}/release",
        Administer,
        Administer,
    ),
    (
        "/newsroom/newsletters/{newsletter}/schedule",
        Schedule,
        Schedule,
    ),
    ("/newsroom/users", Administer, Administer),
    ("/newsroom/users/invite", Administer, Administer),
    ("/newsroom/users/{user}", Administer, Administer),
    ("/newsroom/users/{user}/{action}", Administer, Administer),
];

/// What needs somebody who has just proved who they are.
const CONFIRMED: &[(&str, Confirm)] = &[
    ("/newsroom/account/second-factor", Confirm::Everything),
    ("/newsroom/audit/csv", Confirm::Everything),
    ("/newsroom/users/invite", Confirm::Forms),
    ("/newsroom/users/{user}", Confirm::Forms),
    ("/newsroom/users/{user}/{action}", Confirm::Forms),
];

/// Every route on the way in.
const DOORS: &[&str] = &[
    "/newsroom/link/{token}",
    "/newsroom/login",
    "/newsroom/login/code",
    "/newsroom/login/link",
    "/newsroom/login/password",
];

/// Who has a right, written down a second time.
const fn holders(right: Right) -> &'static [Role] {
    match right {
        See => &[
            Role::Administrator,
            Role::Editor,
            Role::Approver,
            Role::Viewer,
        ],
        Write => &[Role::Editor],
        Approve => &[Role::Approver],
        Control => &[Role::Editor, Role::Approver],
        Schedule => &[Role::Administrator, Role::Editor],
        Administer => &[Role::Administrator],
    }
}

#[test]
fn every_route_has_its_line() {
    let routes = newsroom::routes();
    let (mut staff, mut doors, mut confirmed) = (Vec::new(), Vec::new(), Vec::new());
    for (path, audience) in routes.table() {
        match audience {
            Audience::Staff {
                see,
                change,
                confirm,
            } => {
                staff.push((*path, *see, *change));
                if *confirm != Confirm::Nothing {
                    confirmed.push((*path, *confirm));
                }
            }
            Audience::Door => doors.push(*path),
            other => panic!("{path} is for {other:?}, in the newsroom"),
        }
    }
    assert_eq!(
        staff, STAFF,
        "add the line of the new route, and think about who may open it"
    );
    assert_eq!(
        confirmed, CONFIRMED,
        "what exports something or changes access asks again who it is"
    );
    assert_eq!(doors, DOORS, "a page without a session: is that meant?");
}

/// The path with something in place of its parameters that belongs to nobody.
fn foreign(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "999" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn desks(newsroom: &Newsroom) -> BTreeMap<Role, Desk> {
    let mut desks = BTreeMap::new();
    for role in Role::ALL {
        let desk = newsroom.user(&format!("Der {role}"), &[*role]).await;
        desks.insert(*role, desk);
    }
    desks
}

#[tokio::test]
async fn every_route_holds_every_role_to_its_rights() {
    let database = Database::sqlite().await;
    let newsroom = Newsroom::start(&database).await;
    let (at, desks) = (newsroom.service.at, desks(&newsroom).await);
    for (route, see, change) in STAFF
        .iter()
        .filter(|(route, _, _)| *route != "/newsroom/logout")
    {
        let path = foreign(route);
        let nobody = get(at, &path, &[]).await;
        assert_eq!(nobody.status, 303, "GET {path} as nobody");
        assert!(
            nobody
                .header("location")
                .is_some_and(|to| to.starts_with("/newsroom/login")),
            "{path}"
        );
        let nobody = post(at, &path, &["Sec-Fetch-Site: same-origin"], "").await;
        assert_eq!(nobody.status, 401, "POST {path} as nobody");
        for (role, desk) in &desks {
            let got = desk.get(&path).await.status;
            if holders(*see).contains(role) {
                assert!(
                    matches!(got, 200 | 303 | 400 | 404 | 405 | 422),
                    "GET {path} as {role}: {got}"
                );
            } else {
                assert_eq!(got, 403, "GET {path} as {role}");
            }
            // Without the token of the session nothing is done, whoever sends it.
            let sent = desk.post_raw(&path, "csrf=of-another-session").await.status;
            if holders(*change).contains(role) {
                assert!(
                    matches!(sent, 400 | 403 | 404 | 405 | 415 | 422),
                    "POST {path} as {role}: {sent}"
                );
            } else {
                assert_eq!(sent, 403, "POST {path} as {role}");
            }
        }
    }
}

#[tokio::test]
async fn foreign_ids_are_not_found() {
    let database = Database::sqlite().await;
    let newsroom = Newsroom::start(&database).await;
    let everything = [Role::Administrator, Role::Editor, Role::Approver];
    let desk = newsroom.user("Alle Rollen", &everything).await;
    for (route, _, _) in STAFF.iter().filter(|(route, _, _)| route.contains('{')) {
        let path = foreign(route);
        let got = desk.get(&path).await.status;
        assert!(matches!(got, 404 | 405), "GET {path}: {got}");
    }
}

#[tokio::test]
async fn forms_and_sessions_from_elsewhere_are_refused() {
    let database = Database::sqlite().await;
    let newsroom = Newsroom::start(&database).await;
    let desk = newsroom.user("Ada Admin", &[Role::Administrator]).await;
    let other = newsroom.desk(desk.user.clone()).await;
    // A form of another session of the same person: it was replayed.
    let csrf = other.csrf().await;
    let body = format!("csrf={csrf}&name=Neu&language=de");
    assert_eq!(desk.post_raw("/newsroom/account", &body).await.status, 403);
    assert_eq!(other.post_raw("/newsroom/account", &body).await.status, 303);
    // From another site, whatever token it has got hold of.
    let csrf = desk.csrf().await;
    let body = format!("csrf={csrf}&name=Neu&language=de");
    let at = newsroom.service.at;
    for origin in [
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
        "Origin: https://evil.example",
        "Origin: null",
    ] {
        let reply = post(at, "/newsroom/account", &[&desk.cookie, origin], &body).await;
        assert_eq!(reply.status, 403, "{origin}");
    }
    // The cookie of another installation.
    let elsewhere = Database::sqlite().await;
    let elsewhere = Newsroom::start(&elsewhere).await;
    let stranger = elsewhere.user("Ada Admin", &[Role::Administrator]).await;
    let reply = get(at, "/newsroom/users", &[&stranger.cookie]).await;
    assert_eq!(reply.status, 303);
    assert_eq!(
        get(at, "/newsroom/users", &["Cookie: rundbrief=; rundbrief=x"])
            .await
            .status,
        303
    );
}
