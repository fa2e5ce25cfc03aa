//! The sending of an issue as the newsroom sees it: watched, stopped, ended, reported, sent again.

use std::net::SocketAddr;
use std::time::Duration;

use rundbrief::app::{Actor, issues};
use rundbrief::domain::delivery::DeliveryState::{self, Failed, Queued, Sent, Uncertain};
use rundbrief::domain::delivery::{DeliveryKey, FailureClass};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::notice::{Lane, NoticeKind, Recipient};
use rundbrief::domain::reason::Reason;
use rundbrief::domain::token::Purpose;
use rundbrief::domain::user::Role;
use rundbrief::store::ledger::{Ledger, Outcome};
use rundbrief::store::{self, audit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{Desk, Newsroom};
use crate::harness::Database;
use crate::store::ledger::{approved, frozen, lease, outcome, start};
use crate::store::{monday, subscribed, topics};

const PAGE: &str = "/newsroom/issues/region/1/sending";

/// An issue that is being sent to twenty readers: nine have it, and of the others one each waits for
/// one of the things that can happen.
async fn underway(newsroom: &Newsroom) -> (i64, Vec<DeliveryKey>) {
    let db = &newsroom.service.db;
    let region = newsroom.service.region.id;
    for n in 0..20 {
        let domain = if n < 14 {
            "large.example"
        } else {
            "small.example"
        };
        subscribed(
            db,
            region,
            &format!("r{n}@{domain}"),
            Language::De,
            topics(&[0]),
        )
        .await;
    }
    let issue = approved(db, region, topics(&[0]), false).await;
    frozen(db, issue).await;
    let keys = lease(db, issue, "w", monday()).await;
    assert_eq!(keys.len(), 20);
    start(db, &keys[..14], "w").await;
    let refused = |key, state, class| Outcome {
        class: Some(class),
        code: Some(550),
        status: Some("5.1.1".to_owned()),
        reply: "<r9@large.example> is not known here".to_owned(),
        ..outcome(key, state)
    };
    let mut ends: Vec<_> = keys[..9].iter().map(|key| outcome(*key, Sent)).collect();
    ends.push(refused(keys[9], Failed, FailureClass::NoSuchMailbox));
    ends.push(refused(keys[10], Failed, FailureClass::MailboxFull));
    ends.push(refused(keys[11], Failed, FailureClass::MailboxFull));
    ends.push(refused(keys[12], Queued, FailureClass::Greylisting));
    ends.push(refused(keys[13], Uncertain, FailureClass::RelayError));
    let mut ledger = Ledger::open(db).await.expect("open");
    let at = monday().plus(Duration::from_millis(7));
    ledger
        .record(&ends.as_slice().into(), &[], "w", at)
        .await
        .expect("record");
    (issue, keys)
}

/// What stands in a page, tag by tag.
fn words(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        let words = part.split_once('>').map_or(part, |(_, words)| words);
        text.push_str(words.trim());
        text.push('|');
    }
    while text.contains("||") {
        text = text.replace("||", "|");
    }
    text
}

#[track_caller]
fn shows(page: &str, expected: &[&str]) {
    let said = words(page);
    for one in expected {
        assert!(said.contains(one), "“{one}” is not in: {said}");
    }
}

/// The number of lines of the audit log with this action, and the last actor's kind.
async fn audited(newsroom: &Newsroom, action: &str) -> Vec<(String, String, String)> {
    let mut conn = newsroom.service.db.read().await.expect("read");
    let filter = audit::Filter {
        action: Some(action.parse().expect("an action")),
        ..audit::Filter::default()
    };
    let lines = audit::latest(&mut conn, &filter, 50).await.expect("audit");
    lines
        .into_iter()
        .map(|line| {
            (
                line.entry.actor,
                line.entry.subject_id,
                line.entry.after.unwrap_or_default(),
            )
        })
        .collect()
}

async fn state_of(newsroom: &Newsroom, issue: i64) -> IssueState {
    let mut conn = newsroom.service.db.read().await.expect("read");
    store::issue::by_id(&mut conn, issue)
        .await
        .expect("issue")
        .expect("there")
        .state
}

on_both_databases! {
    async fn the_page_agrees_with_the_ledger_at_every_stage(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let (issue, keys) = underway(&newsroom).await;
        let viewer = newsroom.user("Vera See", &[Role::Viewer]).await;
        let page = viewer.get(PAGE).await;
        assert_eq!(page.status, 200, "{}", page.body);
        shows(&page.body, &[
            "9 von 20 zugestellt", "|zugestellt|9|", "|warten noch|6|", "|vertagt|1|", "|abgewiesen|3|", "|Ausgang ungewiss|1|",
            "|large.example|9|1|4|", "550 5.1.1 …@… is not known here",
        ]);
        assert!(!page.body.contains("r9@"), "no address: {}", page.body);
        assert!(!page.body.contains("/sending/pause") && !page.body.contains("/sending/find"), "a viewer sees only");

        let ends: Vec<_> = keys[14..].iter().map(|key| outcome(*key, Sent)).collect();
        start(&newsroom.service.db, &keys[14..], "w").await;
        let mut ledger = Ledger::open(&newsroom.service.db).await.expect("open");
        let at = monday().plus(Duration::from_secs(9));
        ledger.record(&ends.as_slice().into(), &[], "w", at).await.expect("record");
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        let ended = approver.post(&format!("{PAGE}/cancel"), &[("sure", "yes")]).await;
        assert_eq!(ended.status, 303, "{}", ended.body);
        let report = approver.get(PAGE).await.body;
        let mut conn = newsroom.service.db.read().await.expect("read");
        let rows = store::delivery::count_by_state(&mut conn, issue).await.expect("ledger");
        let of = |state: DeliveryState| rows.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count);
        assert_eq!((of(Sent), of(Failed), of(Uncertain), of(DeliveryState::Cancelled)), (15, 3, 1, 1));
        shows(&report, &[
            "|zugestellt|15|75\u{a0}%|", "|abgewiesen: Postfach voll|2|10\u{a0}%|", "|abgewiesen: Postfach unbekannt|1|",
            "|Ausgang ungewiss|1|", "|wegen Abbruchs nicht versendet|1|", "|alle zusammen|20|", "|small.example|6|0|0|",
        ]);
    }

    async fn the_start_page_names_domains_that_refuse_much(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        underway(&newsroom).await;
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        let start = approver.get("/newsroom").await.body;
        shows(&start, &["Hier kommt viel nicht an", "|large.example|9|1|4|", "550 5.1.1 …@… is not known here"]);
        assert!(!start.contains("small.example"), "what arrives asks for nothing: {start}");
        let link = format!("{PAGE}?domain=large.example");
        assert!(start.contains(&format!("href=\"{link}\"")), "{start}");
        let page = approver.get(&link).await.body;
        shows(&page, &["Nur large.example", "Alle Domains ansehen"]);
        assert!(!approver.get(&format!("{PAGE}?domain=small.example")).await.body.contains("Nur "), "fewer than five answers");
        let viewer = newsroom.user("Vera See", &[Role::Viewer]).await;
        assert!(!viewer.get("/newsroom").await.body.contains("Hier kommt viel"), "nothing to do for a viewer");
        let admin = newsroom.user("Ada Admin", &[Role::Administrator]).await;
        assert!(admin.get("/newsroom").await.body.contains("Hier kommt viel"));
        // A month later nobody acts on it any more.
        newsroom.service.clock.advance(Duration::from_hours(31 * 24));
        let approver = newsroom.desk(approver.user).await;
        assert!(!approver.get("/newsroom").await.body.contains("Hier kommt viel"));
    }

    async fn a_person_pauses_resumes_and_cancels(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let (issue, _) = underway(&newsroom).await;
        let editor = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let page = editor.get(PAGE).await.body;
        shows(&page, &["Geht seit", "hinaus, an 20 Personen"]);
        assert!(page.contains("/sending/pause") && !page.contains("/sending/cancel"), "an editor stops and does not end: {page}");
        let question = editor.get(&format!("{PAGE}/pause")).await.body;
        shows(&question, &["Versand unterbrechen?", "9 Personen haben die Ausgabe schon.", "7 Personen bekommen sie erst"]);
        assert_eq!(state_of(&newsroom, issue).await, IssueState::Sending, "a question changes nothing");

        let reply = editor.post(&format!("{PAGE}/pause"), &[]).await;
        assert_eq!(reply.header("location"), Some("/newsroom/issues/region/1/sending?done=paused"));
        assert_eq!(state_of(&newsroom, issue).await, IssueState::Paused);
        shows(&editor.get(PAGE).await.body, &["für 20 Personen; zurzeit unterbrochen"]);
        let start = editor.get("/newsroom").await.body;
        assert!(start.contains(r#"href="/newsroom/issues/region/1/sending""#), "where it is resumed: {start}");
        shows(&editor.get(&format!("{PAGE}?done=paused")).await.body, &["Der Versand ist unterbrochen."]);
        let again = editor.get(&format!("{PAGE}/pause")).await;
        assert_eq!(again.header("location"), Some("/newsroom/issues/region/1/sending?done=moved"), "nothing to ask any more");
        assert_eq!(editor.post(&format!("{PAGE}/resume"), &[]).await.status, 303);
        assert_eq!(state_of(&newsroom, issue).await, IssueState::Sending);

        for (path, fields) in [("cancel", vec![("sure", "yes")]), ("retry", vec![("class", "mailbox-full")])] {
            let reply = editor.post(&format!("{PAGE}/{path}"), &fields).await;
            assert_eq!(reply.status, 403, "{path}");
        }
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        let unsure = approver.post(&format!("{PAGE}/cancel"), &[]).await;
        assert_eq!(unsure.status, 422);
        shows(&unsure.body, &["Bitte bestätigen Sie mit dem Häkchen", "Ja, 7 Personen sollen diese Ausgabe nicht bekommen."]);
        assert_eq!(approver.post(&format!("{PAGE}/cancel"), &[("sure", "yes")]).await.status, 303);
        assert_eq!(state_of(&newsroom, issue).await, IssueState::Cancelled);
        let page = editor.get(PAGE).await.body;
        shows(&page, &["Was geschah", "Anna Frei", "Erika Beispiel", "für 20 Personen; dann abgebrochen"]);
        let told = ["hat sie abgebrochen", "hat den Versand fortgesetzt", "hat den Versand unterbrochen"];
        shows(&page, &told);
        let places: Vec<_> = told.iter().filter_map(|one| page.find(one)).collect();
        assert!(places.is_sorted(), "the latest first: {page}");
        let late = editor.post(&format!("{PAGE}/resume"), &[]).await;
        assert_eq!(late.header("location"), Some("/newsroom/issues/region/1/sending?done=moved"));
        for (action, after) in [("issue.pause", "paused"), ("issue.resume", "sending"), ("issue.cancel", "cancelled")] {
            let expected = [("user".to_owned(), "region/1".to_owned(), after.to_owned())];
            assert_eq!(audited(&newsroom, action).await, expected, "{action}");
        }
        assert_eq!(editor.get("/newsroom/issues/region/2/sending").await.status, 404);
        assert_eq!(editor.get("/newsroom/issues/nobody/1/sending").await.status, 404);
    }

    async fn chosen_failures_are_sent_again(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let (issue, _) = underway(&newsroom).await;
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        let retry = format!("{PAGE}/retry");
        shows(&approver.get(&retry).await.body, &["Postfach voll|– 2 Personen|", "Postfach unbekannt|– 1 Person|", "Ausgang ungewiss: Manche"]);
        let nothing = approver.post(&retry, &[]).await;
        assert_eq!(nothing.status, 422);
        shows(&nothing.body, &["Bitte wählen Sie aus"]);
        let elsewhere = approver.post(&retry, &[("class", "mailbox-full"), ("domain", "other.example")]).await;
        assert_eq!(elsewhere.header("location"), Some("/newsroom/issues/region/1/sending?done=retried&count=0"));
        let both = approver.post(&retry, &[("class", "mailbox-full"), ("uncertain", "yes"), ("domain", "large.example")]).await;
        assert_eq!(both.header("location"), Some("/newsroom/issues/region/1/sending?done=retried&count=3"));
        let mut conn = newsroom.service.db.read().await.expect("read");
        let rows = store::delivery::count_by_state(&mut conn, issue).await.expect("ledger");
        let rows: Vec<_> = rows.into_iter().filter(|(state, _)| matches!(state, Failed | Uncertain | Queued)).collect();
        assert_eq!(rows, [(Failed, 1), (Queued, 4)]);
        assert_eq!(audited(&newsroom, "issue.retry").await.len(), 2);
        assert_eq!(approver.post(&retry, &[("class", "bad-luck")]).await.status, 422);
    }

    /// Who few are would be known by their domain.
    async fn domains_of_few_are_not_named_where_an_issue_is_sent_again(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let (_, keys) = underway(&newsroom).await;
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        let retry = format!("{PAGE}/retry");
        let page = approver.get(&retry).await.body;
        shows(&page, &["Postfach voll|– 2 Personen|"]);
        assert!(!page.contains("large.example"), "four failed there: {page}");
        let asked = approver.get(&format!("{retry}?domain=large.example")).await.body;
        assert!(asked.contains("<option value=\"large.example\" selected>large.example</option>"), "nobody sends to all by mistake: {asked}");
        // Six fail in the other domain.
        let failed = |key| Outcome {
            class: Some(FailureClass::MailboxFull),
            code: Some(552),
            ..outcome(key, Failed)
        };
        start(&newsroom.service.db, &keys[14..], "w").await;
        let ends: Vec<_> = keys[14..].iter().map(|key| failed(*key)).collect();
        let mut ledger = Ledger::open(&newsroom.service.db).await.expect("open");
        let at = monday().plus(Duration::from_secs(9));
        ledger.record(&ends.as_slice().into(), &[], "w", at).await.expect("record");
        let page = approver.get(&retry).await.body;
        shows(&page, &["Postfach voll|– 8 Personen|", "|small.example (6 Personen)|", "Domains mit weniger als fünf Personen stehen nicht in der Liste"]);
        assert!(!page.contains("large.example"), "{page}");
    }

    async fn did_they_get_it(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let _ = underway(&newsroom).await;
        let editor = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let find = format!("{PAGE}/find");
        let ask = async |address: &str| editor.post(&find, &[("address", address)]).await;
        let got = ask("R1@large.example").await;
        assert_eq!(got.status, 200);
        shows(&got.body, &["Ja, der Mailserver hat sie angenommen", "Antwort zu"]);
        let (_, heading) = got.body.split_once("id=\"answer\"").expect("an answer");
        assert!(!heading.split("</section>").next().unwrap_or_default().contains("r1@"), "masked: {heading}");
        shows(&ask("r9@large.example").await.body, &["Nein, abgewiesen (Postfach unbekannt)", "550 5.1.1 …@… is not known here"]);
        shows(&ask("r12@large.example").await.body, &["Noch nicht: vertagt (Greylisting)"]);
        shows(&ask("r19@small.example").await.body, &["Noch nicht, die E-Mail wartet"]);
        shows(&ask("niemand@nirgends.example").await.body, &["Diese Adresse ist hier nicht bekannt"]);
        let wrong = ask("<b>niemand").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("&lt;b&gt;niemand"), "the form comes back filled in");
        let lines = audited(&newsroom, "delivery.find").await;
        assert_eq!(lines.len(), 5, "{lines:?}");
        assert!(lines.iter().all(|(actor, subject, after)| actor == "user" && !subject.contains('@') && after == "region/1"));
        let viewer = newsroom.user("Vera See", &[Role::Viewer]).await;
        assert_eq!(viewer.post(&find, &[("address", "r1@large.example")]).await.status, 403);
    }

    /// Who leaves by the link in a mail of the issue is counted for it; of a few it is not said how many.
    async fn departures_are_counted_for_the_issue_whose_link_was_used(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let (_, keys) = underway(&newsroom).await;
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        approver.post(&format!("{PAGE}/cancel"), &[("sure", "yes")]).await;
        shows(&approver.get(PAGE).await.body, &["|Abmeldungen|keine über diese Ausgabe|"]);
        let departures = async || {
            let mut conn = newsroom.service.db.read().await.expect("read");
            store::issue_departure::of_issue(&mut conn, keys[0].issue).await.expect("departures")
        };
        for (n, key) in (1..).zip(&keys[..6]) {
            let token = newsroom.service.keyring.issue_token(Purpose::Unsubscribe, *key);
            // A second click leaves nobody.
            for _ in 0..2 {
                let left = crate::harness::post(newsroom.service.at, &format!("/unsubscribe/{token}"), &[], "").await;
                assert_eq!(left.status, 200);
            }
            assert_eq!(departures().await, n);
        }
        let by_notice = DeliveryKey { issue: 0, ..keys[7] };
        let token = newsroom.service.keyring.issue_token(Purpose::Unsubscribe, by_notice);
        crate::harness::post(newsroom.service.at, &format!("/unsubscribe/{token}"), &[], "").await;
        assert_eq!(departures().await, 6, "a link of no issue");
        // Another node: the figures of this one are kept for some seconds.
        let other = newsroom.service.another(|_| {}).await;
        shows(&approver.at(other.at).get(PAGE).await.body, &["|Abmeldungen|6 (30\u{a0}%)|", "Gruppen unter fünf Personen"]);
    }

    /// Once for each stop, to those who can act, on two nodes at the same time.
    async fn those_who_can_act_are_told_of_a_stop(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let (issue, _) = underway(&newsroom).await;
        for (name, role) in [("Erika Beispiel", Role::Editor), ("Anna Frei", Role::Approver), ("Vera See", Role::Viewer), ("Adam Amt", Role::Administrator)] {
            newsroom.add(name, &[role], None).await;
        }
        let job = Actor::Job("tell-stops");
        let (app, db) = (&newsroom.app, &newsroom.service.db);
        let told = async || {
            let (one, other) = tokio::join!(issues::tell_stops(app, &job), issues::tell_stops(app, &job));
            one.expect("told") + other.expect("told")
        };
        let stop = async |from, to, reason: Option<&Reason>| {
            let mut tx = db.begin().await.expect("begin");
            assert!(store::issue::set_state(&mut tx, issue, from, to, reason, monday()).await.expect("state"));
            tx.commit().await.expect("commit");
        };
        let reason = Reason::PolicyRefusals { count: 20, of: 100, reply: Some("550 5.7.1 blocked".to_owned()) };
        assert_eq!(told().await, 0, "it is being sent");
        for _ in 0..2 {
            stop(IssueState::Sending, IssueState::Paused, Some(&reason)).await;
            assert_eq!(told().await, 1);
            assert_eq!(told().await, 0, "once");
            let mut tx = db.begin().await.expect("begin");
            let mut to = Vec::new();
            while let Some(mail) = store::outbox::start_next(&mut tx, Lane::Normal, monday()).await.expect("outbox") {
                assert_eq!(mail.kind, NoticeKind::IssueStopped);
                assert_eq!(mail.parameters["path"], PAGE);
                let Recipient::Address(address) = mail.recipient else { panic!("staff have an address") };
                to.push(address.as_str().to_owned());
            }
            tx.commit().await.expect("commit");
            to.sort_unstable();
            assert_eq!(to, ["anna.frei@rathaus.example", "erika.beispiel@rathaus.example"]);
            stop(IssueState::Paused, IssueState::Sending, None).await;
        }
        stop(IssueState::Sending, IssueState::Paused, None).await;
        assert_eq!(told().await, 0, "a person paused it");
        let viewer = newsroom.user("Vero See", &[Role::Viewer]).await;
        shows(&viewer.get(PAGE).await.body, &["hat benachrichtigt, wer handeln kann"]);
        let lines = audited(&newsroom, "issue.tell-stop").await;
        assert_eq!(lines, vec![("job".to_owned(), "region/1".to_owned(), "mails: 2".to_owned()); 2]);
    }

    async fn figures_come_as_events(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let _ = underway(&newsroom).await;
        let viewer = newsroom.user("Vera See", &[Role::Viewer]).await;
        let mut stream = open(&viewer).await;
        let event = until(&mut stream, "\n\n").await;
        assert!(event.contains("content-type: text/event-stream") && event.contains("x-accel-buffering: no"), "{event}");
        assert!(event.contains("event: figures\ndata: <div"), "{event}");
        shows(&event, &["9 von 20 zugestellt"]);
        let approver = newsroom.user("Anna Frei", &[Role::Approver]).await;
        approver.post(&format!("{PAGE}/pause"), &[]).await;
        let last = until(&mut stream, "event: moved").await;
        assert!(!last.contains("0\r\n\r\nHTTP"), "{last}");
        let over = viewer.get(&format!("{PAGE}/events")).await;
        assert_eq!(over.body, "event: moved\ndata: -\n\n", "nothing moves, so the page is loaded again");
        let nobody = crate::harness::get(newsroom.service.at, &format!("{PAGE}/events"), &[]).await;
        assert_eq!(nobody.status, 303, "to the login page");
    }
}

/// Fifty watch; the one after them is told to ask no more, until somebody goes.
#[tokio::test]
async fn streams_are_bounded_and_end_at_shutdown() {
    let database = Database::sqlite().await;
    let newsroom = Newsroom::start(&database).await;
    let _ = underway(&newsroom).await;
    let viewer = newsroom.user("Vera See", &[Role::Viewer]).await;
    let mut streams = Vec::new();
    for _ in 0..50 {
        let mut stream = open(&viewer).await;
        until(&mut stream, "event: figures").await;
        streams.push(stream);
    }
    let refused = viewer.get(&format!("{PAGE}/events")).await;
    assert_eq!(refused.status, 204);
    newsroom.service.shutdown.ask();
    let ended = async {
        for stream in &mut streams {
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), ended)
        .await
        .expect("streams end when the service stops");
}

async fn open(desk: &Desk) -> TcpStream {
    let at: SocketAddr = desk.at;
    let mut stream = TcpStream::connect(at).await.expect("the server listens");
    let request = format!(
        "GET {PAGE}/events HTTP/1.1\r\nHost: {at}\r\n{}\r\n\r\n",
        desk.cookie
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    stream
}

/// Reads until this was said.
async fn until(stream: &mut TcpStream, word: &str) -> String {
    let mut said = String::new();
    let reading = async {
        let mut bytes = [0; 4096];
        while !said.contains(word) {
            let count = stream.read(&mut bytes).await.expect("a stream");
            assert!(count > 0, "it ended: {said}");
            said.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    };
    tokio::time::timeout(Duration::from_secs(10), reading)
        .await
        .expect("an event within ten seconds");
    said
}
