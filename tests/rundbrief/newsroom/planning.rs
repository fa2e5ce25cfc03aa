//! The calendar, the schedules of newsletters, and the start page.

use rundbrief::domain::audit::Action;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;
use rundbrief::jobs::schedule::Schedule;
use rundbrief::store;

use super::{Desk, Newsroom};
use crate::installation::{issues, publish};
use crate::store::{DAY, HOUR, monday, news, subscribed};

const SCHEDULE: &str = "/newsroom/newsletters/region/schedule";
const PAUSES: &str = "/newsroom/newsletters/region/pauses";

/// The form as the page has it when nothing is changed, without its version.
const FORM: [(&str, &str); 10] = [
    ("rhythm", "weekly"),
    ("weekday", "thu"),
    ("time", "07:30"),
    ("day", "1"),
    ("line", "30 7 * * 4"),
    ("zone", "Europe/Berlin"),
    ("lead", "2"),
    ("lead-unit", "days"),
    ("catch-up", "6"),
    ("rule", "send"),
];

/// [`FORM`] with some fields changed or added.
fn form<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = FORM
        .iter()
        .filter(|(name, _)| !change.iter().any(|(other, _)| other == name));
    kept.copied().chain(change.iter().copied()).collect()
}

fn version(page: &str) -> String {
    let (_, after) = page
        .split_once(r#"name="version" value=""#)
        .expect("a version");
    after.split('"').next().unwrap_or_default().to_owned()
}

/// The text of a page without its tags.
fn text(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<').skip(1) {
        text.push_str(part.split_once('>').map_or("", |(_, after)| after));
        text.push(' ');
    }
    text
}

on_both_databases! {
    async fn a_schedule_is_tried_out_and_saved(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let list = erika.get("/newsroom/newsletters").await;
        assert!(text(&list.body).contains("Erscheint jeden Donnerstag um 7:30 Uhr."), "{}", list.body);
        let release = "/newsroom/newsletters/region/release";
        assert!(!list.body.contains(release), "for administrators");
        let root = newsroom.user("Ada Muster", &[Role::Administrator]).await;
        assert!(root.get("/newsroom/newsletters").await.body.contains(release));
        let page = erika.get(SCHEDULE).await;
        assert_eq!(page.status, 200);
        let version = version(&page.body);
        let change = [
            ("version", version.as_str()),
            ("rhythm", "monthly"),
            ("time", "09:00"),
            ("region", "de-nw"),
            ("eves", "1"),
            ("rule", "before"),
            ("own-days", "1.2.2027 Umzug\r\n2027-03-01 Inventur"),
            ("quiet-from", "21:00"),
            ("quiet-until", "06:00"),
        ];
        let preview = erika.post(SCHEDULE, &form(&[&change[..], &[("act", "preview")]].concat())).await;
        assert_eq!(preview.status, 200, "{}", preview.body);
        let said = text(&preview.body);
        for expected in [
            "Vorschau: Noch ist nichts gespeichert.",
            "Umzug: 3 Tage früher",          // Monday, 1 February
            "Tag der Arbeit: einen Tag früher", // Saturday, 1 May
            "Allerheiligen: 3 Tage früher",  // Monday, 1 November
            "29. Oktober 2027",
        ] {
            assert!(said.contains(expected), "{expected}: {said}");
        }
        assert!(preview.body.contains("1.2.2027 Umzug"), "the form keeps what was typed");
        let stored = async || {
            let mut conn = newsroom.service.db.read().await.expect("read");
            store::newsletter::by_key(&mut conn, "region").await.expect("read").expect("there").settings
        };
        assert_eq!(stored().await.schedule.as_deref(), Some("30 7 * * 4"), "a preview saves nothing");

        let saved = erika.post(SCHEDULE, &form(&[&change[..], &[("act", "save")]].concat())).await;
        assert_eq!((saved.status, saved.header("location")), (303, Some("/newsroom/newsletters/region/schedule?done=saved")));
        let now = stored().await;
        assert_eq!((now.schedule.as_deref(), now.compose_lead, now.catch_up), (Some("0 9 1 * *"), 2 * DAY, 6 * HOUR));
        assert_eq!(now.quiet.map(|quiet| quiet.to_string()).as_deref(), Some("21:00-06:00"));
        let page = erika.get(SCHEDULE).await.body;
        assert!(page.contains("2027-02-01 Umzug\n2027-03-01 Inventur</textarea>"), "{page}");

        let mut conn = newsroom.service.db.read().await.expect("read");
        let filter = store::audit::Filter { action: Some(Action::ScheduleChange), ..Default::default() };
        let lines = store::audit::latest(&mut conn, &filter, 5).await.expect("lines");
        let [line] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!((line.entry.actor.as_str(), line.entry.actor_name.as_str(), line.entry.entry_point.as_str()), ("user", erika.user.uuid.as_str(), "newsroom"));
        assert!(line.entry.after.as_deref().is_some_and(|after| after.starts_with("on the 1st of every month at 09:00 (Europe/Berlin), quiet hours 21:00-06:00")), "{line:?}");
    }

    /// A browser does not ask for the fields of another choice.
    async fn without_a_rhythm_everything_else_can_still_be_saved(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let seen = version(&erika.get(SCHEDULE).await.body);
        let none = form(&[("version", seen.as_str()), ("rhythm", "none"), ("line", ""), ("day", ""), ("time", ""), ("act", "save")]);
        assert_eq!(erika.post(SCHEDULE, &none).await.status, 303);
        let page = erika.get(SCHEDULE).await.body;
        for name in ["line", "day", "time"] {
            let (_, field) = page.split_once(&format!(r#"name="{name}""#)).expect("a field");
            let field = field.split('>').next().unwrap_or_default();
            assert!(!field.contains("required"), "{name}: {field}");
        }
        let seen = version(&page);
        let empty = form(&[("version", seen.as_str()), ("rhythm", "line"), ("line", ""), ("act", "save")]);
        let reply = erika.post(SCHEDULE, &empty).await;
        assert!(reply.status == 422 && reply.body.contains(r##"href="#line""##), "{}", reply.body);
    }

    async fn what_is_wrong_comes_back_filled_in(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let version = version(&erika.get(SCHEDULE).await.body);
        for (change, expected) in [
            (&[("rhythm", "line"), ("line", "0 25 * * *")][..], "Die Cron-Zeile ist nicht lesbar"),
            (&[("rhythm", "line"), ("line", "<script>alert(1)</script>")], "Die Cron-Zeile ist nicht lesbar"),
            (&[("weekday", "")], "mindestens einen Wochentag"),
            (&[("time", "7")], "Geben Sie eine Uhrzeit an"),
            (&[("rhythm", "monthly"), ("day", "31")], "von 1 bis 28"),
            (&[("zone", "Europe/Berln")], "Meinen Sie Europe/Berlin?"),
            (&[("lead", "99999999999999999999")], "höchstens 60 Tage"),
            (&[("lead", "61")], "höchstens 60 Tage"),
            (&[("catch-up", "0")], "1 bis 168 Stunden"),
            (&[("quiet-from", "21:00")], "Anfang und Ende der Ruhezeit"),
            (&[("own-days", "Rosenmontag")], "ist kein Tag mit Namen"),
        ] {
            let fields = [&[("version", version.as_str()), ("act", "save")], change].concat();
            let reply = erika.post(SCHEDULE, &form(&fields)).await;
            assert_eq!(reply.status, 422, "{change:?}");
            assert!(reply.body.contains(expected), "{expected}: {}", reply.body);
            assert!(!reply.body.contains("<script>alert"));
            for (_, value) in change {
                assert!(value.contains('<') || reply.body.contains(value), "{value} is lost");
            }
        }
        let page = erika.post(SCHEDULE, &form(&[("version", &version), ("rhythm", "none"), ("act", "save")])).await;
        assert_eq!(page.status, 303);
        assert!(text(&erika.get("/newsroom/newsletters").await.body).contains("Erscheint, wenn jemand eine Ausgabe versendet."));
    }

    async fn two_tabs_do_not_overwrite_each_other(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let jana = newsroom.user("Jana Kern", &[Role::Administrator]).await;
        let seen = version(&erika.get(SCHEDULE).await.body);
        let save = |time| form(&[("time", time), ("version", seen.as_str()), ("act", "save")]);
        assert_eq!(jana.post(SCHEDULE, &save("08:00")).await.status, 303);
        let refused = erika.post(SCHEDULE, &save("09:00")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Jemand hat den Versandplan inzwischen geändert"));
        assert!(refused.body.contains(r#"value="09:00""#), "{}", refused.body);
        // Saved again from what came back, it holds.
        let again = version(&refused.body);
        let saved = erika.post(SCHEDULE, &form(&[("time", "09:00"), ("version", &again), ("act", "save")])).await;
        assert_eq!(saved.status, 303);
        assert!(text(&jana.get("/newsroom/newsletters").await.body).contains("um 9:00 Uhr"));
    }

    async fn a_pause_is_set_shown_and_ended(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let wrong = [("first", "2027-01-20"), ("last", "2027-01-10"), ("reason", "Umzug & <b>mehr</b>"), ("look-back", "days"), ("days", "7")];
        let refused = erika.post(PAUSES, &wrong).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Eine Pause endet nach ihrem Anfang"), "{}", refused.body);
        assert!(refused.body.contains(r#"value="2027-01-20""#) && refused.body.contains("Umzug &amp; &lt;b&gt;mehr&lt;/b&gt;"));

        let right = [("first", "2027-01-10"), ("last", "2027-01-20"), ("reason", "Umzug"), ("look-back", "days"), ("days", "7")];
        let set = erika.post(PAUSES, &right).await;
        assert_eq!((set.status, set.header("location")), (303, Some("/newsroom/newsletters/region/schedule?done=paused")));
        let page = erika.get(SCHEDULE).await.body;
        assert!(text(&page).contains("10. bis 20. Januar 2027"), "{page}");
        assert!(text(&page).contains("was in den letzten 7 Tagen veröffentlicht wurde"));
        let again = erika.post(PAUSES, &right).await;
        assert!(again.status == 422 && again.body.contains("gibt es schon eine Pause"), "{}", again.body);
        let calendar = text(&erika.get("/newsroom/calendar?view=list&newsletter=region").await.body);
        assert!(calendar.contains("pausiert") && calendar.contains("Umzug"), "{calendar}");

        let (_, uuid) = page.split_once(r#"name="end" value=""#).expect("a button");
        let uuid = uuid.split('"').next().unwrap_or_default();
        assert_eq!(erika.post(PAUSES, &[("end", uuid)]).await.status, 303);
        assert!(!erika.get(SCHEDULE).await.body.contains("10. bis 20. Januar 2027"));
        assert_eq!(erika.post(PAUSES, &[("end", uuid)]).await.status, 303, "ended twice, it is over");
    }

    async fn the_calendar_shows_what_was_and_what_comes(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let kim = newsroom.user("Kim Muster", &[Role::Viewer]).await;
        let (db, clock) = (&newsroom.service.db, &newsroom.service.clock);
        publish(db, &news("Neues", TopicSet::EMPTY), monday()).await;
        clock.advance(DAY);
        let kim = newsroom.desk(kim.user).await;
        Schedule::new(newsroom.app.clone()).step(clock.now()).await.expect("a step");
        let page = kim.get("/newsroom/calendar?newsletter=region").await;
        assert_eq!(page.status, 200);
        let said = text(&page.body);
        assert!(said.contains("Kalender Januar 2027"), "{said}");
        assert!(page.body.contains(r#"href="/newsroom/issues/region/1""#), "{}", page.body);
        assert!(said.contains("zur Freigabe"), "{said}");
        let list = text(&kim.get("/newsroom/calendar?view=list&newsletter=region").await.body);
        assert!(list.contains("wird am Dienstag, 12. Januar, um 7:30 Uhr zusammengestellt"), "{list}");
        assert_eq!(page.body.matches("Region aktuell 1<").count(), 1, "the slot is not there a second time");
        assert!(!said.contains("Versandpläne ändern"), "this user may not");
        for month in ["2026-12", "1999-01", "2027-13", "x", "2027-02"] {
            for view in ["", "&view=list"] {
                assert_eq!(kim.get(&format!("/newsroom/calendar?month={month}{view}")).await.status, 200, "{month}");
            }
        }
        let other = text(&kim.get("/newsroom/calendar?month=2027-12&view=list&newsletter=unknown").await.body);
        assert!(other.contains("30. Dezember 2027"), "{other}");
    }

    async fn rights_hold_and_unknown_newsletters_are_not_found(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let kim = newsroom.user("Kim Muster", &[Role::Viewer, Role::Approver]).await;
        for path in ["/newsroom/newsletters", SCHEDULE] {
            assert_eq!(kim.get(path).await.status, 403, "{path}");
        }
        assert_eq!(kim.post(SCHEDULE, &FORM).await.status, 403);
        assert_eq!(kim.post(PAUSES, &[("end", "x")]).await.status, 403);
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        for page in ["schedule", "pauses"] {
            let path = format!("/newsroom/newsletters/unknown/{page}");
            assert_eq!(erika.post(&path, &form(&[("version", "x"), ("end", "x")])).await.status, 404, "{path}");
        }
        assert_eq!(erika.get("/newsroom/newsletters/unknown/schedule").await.status, 404);
    }

    async fn the_start_page_says_what_waits_for_whom(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let (db, clock) = (&newsroom.service.db, &newsroom.service.clock);
        let region = newsroom.service.region.id;
        for number in 0..3 {
            subscribed(db, region, &format!("reader{number}@example.org"), Language::De, TopicSet::EMPTY).await;
        }
        let editor = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let approver = newsroom.user("Jana Kern", &[Role::Approver]).await;
        let viewer = newsroom.user("Kim Muster", &[Role::Viewer]).await;
        let quiet = text(&viewer.get("/newsroom").await.body);
        assert!(quiet.contains("Zurzeit wartet nichts auf Sie."), "{quiet}");
        assert!(quiet.contains("3 bestätigt. In diesem Monat 3 dazu, 0 gegangen."), "{quiet}");
        assert!(quiet.contains("7. Januar 2027"), "the next date: {quiet}");

        publish(db, &news("Neues", TopicSet::EMPTY), monday()).await;
        clock.advance(DAY);
        let again = async |desk: Desk| newsroom.desk(desk.user).await;
        let (editor, approver, viewer) = (again(editor).await, again(approver).await, again(viewer).await);
        Schedule::new(newsroom.app.clone()).step(clock.now()).await.expect("a step");
        let waits = "Region aktuell 1 wartet auf Freigabe";
        let said = text(&approver.get("/newsroom").await.body);
        assert!(said.contains(waits) && said.contains("an 3 Personen"), "{said}");
        assert!(said.contains("Das System hat Region aktuell 1 zusammengestellt"), "{said}");
        assert!(!text(&viewer.get("/newsroom").await.body).contains(waits));

        // Every minute: what lies behind does not hide what comes.
        let erika = newsroom.desk(editor.user.clone()).await;
        let seen = version(&erika.get(SCHEDULE).await.body);
        let often = form(&[("version", seen.as_str()), ("rhythm", "line"), ("line", "* * * * *"), ("act", "save")]);
        assert_eq!(erika.post(SCHEDULE, &often).await.status, 303);
        let calendar = erika.get("/newsroom/calendar?newsletter=region").await;
        let said = text(&calendar.body);
        assert!(said.contains("10:01 Uhr") && said.contains("97 weitere Termine an diesem Tag"), "{said}");
        assert_eq!(said.matches("geplant").count(), 3, "{said}");
        let start = text(&erika.get("/newsroom").await.body);
        assert_eq!(start.matches("geplant").count(), 4, "two of each newsletter: {start}");
        assert!(calendar.body.len() < 100_000, "{} bytes", calendar.body.len());

        for issue in issues(db, &newsroom.service.region).await {
            crate::installation::set_state(db, &issue, IssueState::Held, clock.now()).await;
        }
        for (desk, sees) in [(&editor, true), (&approver, true), (&viewer, false)] {
            let said = text(&desk.get("/newsroom").await.body);
            assert_eq!(said.contains("Region aktuell 1 ist angehalten"), sees, "{said}");
        }
    }
}
