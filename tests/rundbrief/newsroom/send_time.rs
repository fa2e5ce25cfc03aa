//! Choosing in the newsroom when an issue goes out.

use rundbrief::app::{Actor, newsletters};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;
use rundbrief::jobs::schedule::Schedule;
use rundbrief::jobs::send_due::{SendDue, Sent};
use rundbrief::store;
use rundbrief::store::issue::Issue;

use super::{Desk, Newsroom, inbox};
use crate::harness::{Database, Reply};
use crate::installation::{self, publish};
use crate::store::{DAY, HOUR, event, monday, news, subscribed};

const ISSUE: &str = "/newsroom/issues/region/1";
const TIME: &str = "/newsroom/issues/region/1/time";
const APPROVE: &str = "/newsroom/issues/region/1/approve";

/// A newsroom with one reader, an editor and an approver.
struct Room {
    newsroom: Newsroom,
    jana: Desk,
    erika: Desk,
}

impl Room {
    async fn start(database: &Database) -> Self {
        let newsroom = Newsroom::start_with(database, |config| {
            config.organisation = installation::config().organisation;
        })
        .await;
        let (jana, erika) = (
            newsroom.user("Jana Kern", &[Role::Editor]).await,
            newsroom.user("Erika Beispiel", &[Role::Approver]).await,
        );
        let db = &newsroom.service.db;
        let (region, all) = (newsroom.service.region.id, TopicSet::EMPTY);
        subscribed(db, region, "leser@example.org", Language::De, all).await;
        publish(db, &news("Neues Radwegenetz", all), monday().minus(HOUR)).await;
        let reading = event("Lesung", monday().plus(DAY), None);
        publish(db, &reading, monday().minus(HOUR)).await;
        Self {
            newsroom,
            jana,
            erika,
        }
    }

    /// The same, with an issue that the editor has composed by hand.
    async fn composed(database: &Database) -> Self {
        let room = Self::start(database).await;
        let fields = [("newsletter", "region")];
        let reply = room.jana.post("/newsroom/issues/compose", &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        room
    }

    async fn issues(&self) -> Vec<Issue> {
        installation::issues(&self.newsroom.service.db, &self.newsroom.service.region).await
    }

    async fn seen(&self) -> String {
        let page = self.jana.get(TIME).await;
        assert_eq!(page.status, 200, "{}", page.body);
        value(&page, "seen")
    }

    /// Chooses a day and a time.
    async fn choose(&self, day: &str, time: &str, more: &[(&str, &str)]) -> Reply {
        let seen = self.seen().await;
        let own = [
            ("when", "time"),
            ("day", day),
            ("time", time),
            ("seen", &seen),
        ];
        let fields: Vec<_> = own.iter().chain(more).copied().collect();
        self.jana.post(TIME, &fields).await
    }

    async fn approve(&self) -> u16 {
        let seen = value(&self.erika.get(APPROVE).await, "seen");
        let fields = [("step", "approve"), ("sure", "yes"), ("seen", &seen)];
        self.erika.post(APPROVE, &fields).await.status
    }

    async fn hand_in(&self) {
        let fields = [("step", "hand-in"), ("note", "")];
        assert_eq!(self.jana.post(APPROVE, &fields).await.status, 303);
    }

    /// What is sent at this instant.
    async fn due(&self, at: &str) -> Vec<Sent> {
        let clock = &self.newsroom.service.clock;
        let at: chrono::DateTime<chrono::Utc> = at.parse().expect("an instant");
        clock.advance(rundbrief::domain::timestamp::Timestamp::from(at).since(clock.now()));
        let app = &self.newsroom.app;
        SendDue::new(app.clone())
            .step(app.clock.now())
            .await
            .expect("a step")
    }

    /// The latest lines of the audit log about the issue: action, before, after.
    async fn lines(&self, count: i64) -> Vec<(String, String, String)> {
        let mut conn = self.newsroom.app.read().await.expect("read");
        let filter = store::audit::Filter {
            id: Some("region/1".to_owned()),
            ..store::audit::Filter::default()
        };
        let lines = store::audit::latest(&mut conn, &filter, count).await;
        let text = |text: Option<String>| text.unwrap_or_default();
        let lines = lines.expect("lines").into_iter().map(|line| line.entry);
        lines
            .map(|line| (line.action, text(line.before), text(line.after)))
            .collect()
    }
}

/// What stands in a hidden field.
fn value(page: &Reply, name: &str) -> String {
    let begin = format!(r#"name="{name}" value=""#);
    let (_, after) = page.body.split_once(&begin).expect("a field");
    after.split('"').next().unwrap_or_default().to_owned()
}

fn location(reply: &Reply) -> &str {
    assert_eq!(reply.status, 303, "{}", reply.body);
    reply.header("location").expect("a location")
}

on_both_databases! {
    /// It goes out at the time that was chosen, not a minute after its approval.
    async fn an_issue_composed_by_hand_goes_out_at_its_time(database: &Database) {
        let room = Room::composed(database).await;
        let page = room.jana.get(ISSUE).await;
        assert!(page.body.contains("sobald sie freigegeben ist") && page.body.contains(TIME), "{}", page.body);
        let reply = room.choose("2027-01-05", "07:00", &[]).await;
        assert_eq!(location(&reply), format!("{ISSUE}?done=timed"));
        let page = room.jana.get(location(&reply)).await;
        assert!(page.body.contains("Die Versandzeit ist gespeichert.") && page.body.contains("Geht am Dienstag, 5. Januar 2027, 7:00 Uhr"), "{}", page.body);
        assert_eq!(room.issues().await[0].state, IssueState::Draft, "whoever changes it hands it in");
        let [line] = &room.lines(1).await[..] else { panic!("a line") };
        assert_eq!((line.0.as_str(), line.1.as_str(), line.2.as_str()), ("issue.set-time", "when approved", "2027-01-05T06:00:00Z"));
        for (path, words) in [
            ("/newsroom/calendar?month=2027-01&view=list&newsletter=region", "7:00 Uhr"),
            ("/newsroom", "5. Januar"),
            ("/newsroom/issues", "5. Januar 2027"),
            ("/newsroom/issues/region/1/history", "hat die Versandzeit geändert"),
            ("/newsroom/issues/region/1/history", "Dienstag, 5. Januar 2027, 7:00 Uhr"),
        ] {
            let page = room.jana.get(path).await;
            assert!(page.body.contains(words), "{path}: {}", page.body);
        }
        room.hand_in().await;
        let page = room.erika.get(APPROVE).await;
        assert!(page.body.contains("Diese Ausgabe geht am Dienstag, 5. Januar, um 7:00 Uhr an eine Person."), "{}", page.body);
        assert_eq!(room.approve().await, 303);
        assert_eq!(room.due("2027-01-05T05:59:59Z").await, []);
        assert!(matches!(room.due("2027-01-05T06:00:00Z").await[..], [Sent::Started { .. }]));
        let jana = room.newsroom.desk(room.jana.user.clone()).await;
        let reply = jana.get(TIME).await;
        assert_eq!(location(&reply), format!("{ISSUE}?problem=closed"));
        let late = [("when", "time"), ("day", "2027-02-01"), ("time", "07:00"), ("seen", "")];
        let reply = jana.post(TIME, &late).await;
        assert!(reply.status == 409 && reply.body.contains("2027-02-01 07:00"), "what was typed is shown again: {}", reply.body);
        assert!(!jana.get(ISSUE).await.body.contains(TIME));
    }

    /// Each is refused with what to do, and the form comes back as it was filled in.
    async fn a_time_that_makes_no_sense_is_refused_in_words(database: &Database) {
        let room = Room::composed(database).await;
        let quiet = "21:00-06:30".parse().expect("quiet hours");
        let changes = |_: &_| newsletters::Changes { quiet: Some(Some(quiet)), ..newsletters::Changes::default() };
        newsletters::change(&room.newsroom.app, &Actor::operator(), "region", changes).await.expect("changed");
        for (day, time, words) in [
            ("", "07:00", "Wählen Sie einen Tag"),
            ("2027-02-30", "07:00", "Wählen Sie einen Tag"),
            ("2027-01-07", "sieben", "Geben Sie eine Uhrzeit an"),
            ("2027-01-04", "09:59", "Diese Zeit ist vorbei: Es ist 4. Januar 2027, 10:00 Uhr."),
            ("2072-01-07", "07:00", "Stimmt das Jahr?"),
            ("2027-03-28", "02:30", "Diese Uhrzeit gibt es am 28. März 2027 nicht: Die Uhr wird auf 3:00 Uhr vorgestellt."),
            ("2027-01-06", "21:00", "Die E-Mails würden bis 7. Januar 2027, 6:30 Uhr warten."),
            ("2027-01-07", "06:29", "Ruhezeit 21:00-06:30"),
        ] {
            let reply = room.choose(day, time, &[]).await;
            assert!(reply.status == 422 && reply.body.contains(words), "{day} {time}: {}", reply.body);
            for typed in [day, time] {
                assert!(reply.body.contains(&format!(r#"value="{typed}""#)), "{typed}: {}", reply.body);
            }
        }
        assert_eq!(room.issues().await[0].send_at, None, "nothing was changed");
        assert_eq!(location(&room.choose("2027-01-04", "20:59", &[]).await), format!("{ISSUE}?done=timed"));
    }

    /// The event is over by then: whoever means it says so, for this very time.
    async fn events_that_are_over_by_then_are_asked_about(database: &Database) {
        let room = Room::composed(database).await;
        let asked = room.choose("2027-01-07", "07:00", &[]).await;
        assert!(asked.status == 422 && asked.body.contains("Termine in der Ausgabe schon vorbei") && asked.body.contains("<li>Lesung</li>"), "{}", asked.body);
        let although = value(&asked, "although");
        let other = room.choose("2027-01-08", "07:00", &[("although", &although)]).await;
        assert_eq!(other.status, 422, "that was said of another time");
        let meant = room.choose("2027-01-07", "07:00", &[("although", &although)]).await;
        assert_eq!(location(&meant), format!("{ISSUE}?done=timed"));
    }

    /// An hour that the clock shows twice is the first one, as with slots.
    async fn an_hour_that_comes_twice_is_the_first(database: &Database) {
        let room = Room::start(database).await;
        let clock = &room.newsroom.service.clock;
        clock.advance(270 * DAY);
        let jana = room.newsroom.desk(room.jana.user.clone()).await;
        publish(&room.newsroom.service.db, &news("Herbst", TopicSet::EMPTY), clock.now().minus(HOUR)).await;
        assert_eq!(jana.post("/newsroom/issues/compose", &[("newsletter", "region")]).await.status, 303);
        let fields = [("when", "time"), ("day", "2027-10-31"), ("time", "02:30"), ("seen", "")];
        let reply = jana.post(TIME, &fields).await;
        assert!(jana.get(location(&reply)).await.body.contains("die Ausgabe geht beim ersten Mal hinaus"));
        let at = room.issues().await[0].send_at.expect("a time");
        assert_eq!(at.to_string(), "2027-10-31T00:30:00Z");
    }

    /// The approver said “on Tuesday at 7:00”: another time needs another approval, and both learn of it.
    async fn another_time_takes_an_approval_back(database: &Database) {
        let room = Room::composed(database).await;
        location(&room.choose("2027-01-05", "07:00", &[]).await);
        room.hand_in().await;
        // The time is a part of what the approver has seen.
        let seen = value(&room.erika.get(APPROVE).await, "seen");
        location(&room.choose("2027-01-05", "08:00", &[]).await);
        assert_eq!(room.issues().await[0].state, IssueState::Draft);
        room.hand_in().await;
        let fields = [("step", "approve"), ("sure", "yes"), ("seen", seen.as_str())];
        assert_eq!(room.erika.post(APPROVE, &fields).await.status, 409);
        assert_eq!(room.approve().await, 303);

        let paul = room.newsroom.user("Paul Muster", &[Role::Editor]).await;
        let page = paul.get(TIME).await;
        assert!(page.body.contains("gilt die Freigabe nicht mehr"), "{}", page.body);
        let old = value(&page, "seen");
        let fields = [("when", "time"), ("day", "2027-01-05"), ("time", "09:00"), ("seen", old.as_str())];
        location(&paul.post(TIME, &fields).await);
        let issue = room.issues().await.remove(0);
        assert_eq!((issue.state, issue.send_not_before), (IssueState::Draft, None));
        let page = room.erika.get(ISSUE).await;
        assert!(page.body.contains("wurde etwas geändert (Versandzeit)"), "{}", page.body);
        let mut actions: Vec<_> = room.lines(2).await.into_iter().map(|line| line.0).collect();
        actions.sort();
        assert_eq!(actions, ["issue.invalidate", "issue.set-time"]);
        let mails = inbox::mails(&room.newsroom).await;
        let told: Vec<_> = mails.iter().filter(|(_, subject, _)| subject.contains("ngültig")).collect();
        let mut to: Vec<_> = told.iter().map(|(to, _, _)| to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["erika.beispiel@rathaus.example", "jana.kern@rathaus.example"]);
        assert!(told.iter().all(|(_, _, text)| text.contains("Versandzeit") && text.contains("Paul Muster")), "{told:?}");

        // Somebody with the page of before learns what the time is now.
        let fields = [("when", "time"), ("day", "2027-01-05"), ("time", "12:00"), ("seen", old.as_str())];
        let late = room.jana.post(TIME, &fields).await;
        assert!(late.status == 409 && late.body.contains("Dienstag, 5. Januar 2027, 9:00 Uhr") && late.body.contains(r#"value="12:00""#), "{}", late.body);
        let again = value(&late, "seen");
        let fields = [("when", "time"), ("day", "2027-01-05"), ("time", "12:00"), ("seen", again.as_str())];
        location(&room.jana.post(TIME, &fields).await);
        let again = room.seen().await;
        location(&room.jana.post(TIME, &[("when", "approved"), ("day", ""), ("time", ""), ("seen", &again)]).await);
        assert_eq!(room.issues().await[0].send_at, None);
        assert_eq!(room.due("2027-01-05T08:30:00Z").await, [], "not without an approval");
    }

    /// An issue of the schedule is moved by hand: its slot stays taken, and the calendar says where it was.
    async fn an_issue_of_the_schedule_is_moved(database: &Database) {
        let room = Room::start(database).await;
        let (app, clock) = (&room.newsroom.app, &room.newsroom.service.clock);
        clock.advance(DAY);
        let jana = room.newsroom.desk(room.jana.user.clone()).await;
        let erika = room.newsroom.desk(room.erika.user.clone()).await;
        let room = Room { jana, erika, newsroom: Newsroom { service: room.newsroom.service, app: app.clone() } };
        let (app, clock) = (&room.newsroom.app, &room.newsroom.service.clock);
        Schedule::new(app.clone()).step(clock.now()).await.expect("a step");
        let page = room.jana.get(TIME).await;
        assert!(page.body.contains("Im Versandplan steht sie am Donnerstag, 7. Januar 2027, 7:30 Uhr."), "{}", page.body);
        location(&room.choose("2027-01-08", "09:15", &[]).await);
        let page = room.jana.get("/newsroom/calendar?month=2027-01&view=list&newsletter=region").await;
        assert!(page.body.contains("von Hand verlegt; im Versandplan: 7. Januar 2027, 7:30 Uhr") && page.body.contains("9:15 Uhr"), "{}", page.body);
        room.hand_in().await;
        assert_eq!(room.approve().await, 303);
        assert_eq!(room.due("2027-01-07T06:30:00Z").await, [], "not at its slot");
        Schedule::new(app.clone()).step(clock.now()).await.expect("a step");
        assert_eq!(room.issues().await.len(), 1, "its slot is taken");
        assert!(matches!(room.due("2027-01-08T08:15:00Z").await[..], [Sent::Started { .. }]));
    }
}
