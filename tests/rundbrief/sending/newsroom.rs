//! The newsroom watches what a real engine sends to a real SMTP server.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rundbrief::app::entries::{self, Saved, Written};
use rundbrief::app::staff::{self, NewUser};
use rundbrief::app::{Actor, App};
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::domain::delivery::DeliveryState::{Cancelled, Failed, Sent};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::user::Role;
use rundbrief::shutdown::Shutdown;
use rundbrief::store;
use rundbrief::store::staff_session::Step;
use rundbrief::web::{self, Bounds, WebState};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::{PATIENCE, Town, arrive};
use crate::harness::{Reply, Rule, SmtpSink, form, get, post};
use crate::store::{address, news, topics};
use crate::web::keyring;

const PAGE: &str = "/newsroom/issues/rat/1/sending";

/// A node that serves pages, and somebody there who may approve.
struct Watching {
    app: App,
    at: SocketAddr,
    cookie: String,
}

impl Watching {
    async fn start(town: &Town) -> Self {
        let config = Config::from_defaults(|config| {
            config.security.set_keyring(keyring(1, &[]));
        });
        let bounds = Bounds::new(&config);
        let wake = Arc::new(Notify::new());
        let state = WebState::new(town.db.clone(), Arc::new(config), Clock::system(), wake);
        let state = state.expect("there is a keyring");
        let new = NewUser {
            name: "Anna Frei".to_owned(),
            email: address("anna.frei@karlsruhe.example"),
            language: Language::De,
            roles: [Role::Approver].into_iter().collect(),
            password: None,
        };
        let operator = Actor::operator();
        let user = staff::add(&state.app, &operator, new).await;
        let user = user.expect("a user");
        let opened = staff::open(&state.app, &user, Step::Open, "Firefox, Linux");
        let token = opened.await.expect("a session").token;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let app = state.app.clone();
        let router = web::build(state);
        tokio::spawn(web::serve(listener, router, bounds, Shutdown::new()));
        Self {
            app,
            at,
            cookie: format!("Cookie: rundbrief={}", token.reveal()),
        }
    }

    async fn page(&self) -> String {
        let reply = get(self.at, PAGE, &[&self.cookie]).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.body
    }

    async fn post(&self, what: &str, fields: &[(&str, &str)]) -> Reply {
        let page = get(self.at, "/newsroom", &[&self.cookie]).await.body;
        let (_, csrf) = page.split_once(r#"name="csrf" value=""#).expect("a form");
        let csrf = csrf.split('"').next().unwrap_or_default();
        let fields = [("csrf", csrf)].into_iter().chain(fields.iter().copied());
        let headers = [self.cookie.as_str(), "Sec-Fetch-Site: same-origin"];
        post(self.at, &format!("{PAGE}/{what}"), &headers, &form(fields)).await
    }
}

/// Saves new entries, one after another.
async fn saving(app: &App) {
    const TIMES: usize = 40;
    for n in 0..TIMES {
        let uuid = store::new_uuid(app.clock.now());
        let written = Written {
            uuid: &uuid,
            base: None,
            content: news(&format!("Meldung {n}"), topics(&[0])),
            reviewed: BTreeSet::new(),
            further: Vec::new(),
            state: None,
            merged: false,
        };
        let saved = entries::save(app, &Actor::operator(), written).await;
        assert!(matches!(saved, Ok(Saved::As(_))), "{saved:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The number in the row or figure that begins with these words.
fn number(page: &str, words: &str) -> Option<usize> {
    let (_, after) = page.split_once(&format!(">{words}</"))?;
    let text: String = after
        .split('<')
        .find_map(|part| Some(part.split_once('>')?.1.trim()).filter(|text| !text.is_empty()))?
        .replace('.', "");
    text.parse().ok()
}

on_both_databases! {
    async fn progress_is_seen_and_the_report_agrees_with_ledger_and_relay(database: &Database) {
        let sink = SmtpSink::misbehaving(&[
            Rule::at("rcpt", "reader?1@*").reply("550 5.1.1 no such mailbox"),
            Rule::at("rcpt", "reader?3@*").reply("552 5.2.2 over quota"),
            Rule::at("rcpt", "reader?7@*").reply("450 4.2.0 Greylisted").times(5),
            Rule::at("dot", "*").delay(Duration::from_millis(60)),
        ]);
        let town = Town::new(database, sink.url(), 500, "resend").await;
        let watching = Watching::start(&town).await;
        assert!(watching.page().await.contains("hat noch nicht begonnen"));
        let mut worker = town.installation.start(["serve", "--role", "worker"]);
        town.release();
        arrive(&sink, 40, &mut worker);
        let begin = Instant::now();
        let seen = loop {
            let page = watching.page().await;
            let seen = number(&page, "zugestellt").unwrap_or(0);
            if seen >= 40 {
                break page;
            }
            assert!(begin.elapsed() < PATIENCE, "{page}");
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        assert!(seen.contains("mail.example") && seen.contains("je Sekunde"), "{seen}");
        assert_eq!(watching.post("pause", &[]).await.status, 303);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let stopped = sink.received().len();
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(sink.received().len(), stopped, "nothing is sent while it is paused");
        assert_eq!(watching.post("resume", &[]).await.status, 303);
        arrive(&sink, stopped + 40, &mut worker);
        assert_eq!(watching.post("cancel", &[("sure", "yes")]).await.status, 303);
        town.until(IssueState::Cancelled).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        let counts = town.counts().await;
        // Figures of an issue that has ended are read again after ten seconds.
        let begin = Instant::now();
        let report = loop {
            let page = watching.page().await;
            if number(&page, "zugestellt") == counts.get(&Sent).copied() {
                break page;
            }
            assert!(begin.elapsed() < Duration::from_secs(20), "{counts:?} {page}");
            tokio::time::sleep(Duration::from_millis(500)).await;
        };
        assert_eq!(town.agrees_with(&sink).await, 0);
        assert_eq!(counts.get(&Sent).copied(), Some(sink.received().len()));
        let of = |words| number(&report, words).unwrap_or(0);
        let failed = of("abgewiesen: Postfach unbekannt") + of("abgewiesen: Postfach voll");
        assert_eq!(failed, counts.get(&Failed).copied().unwrap_or(0), "{counts:?}");
        assert_eq!(of("wegen Abbruchs nicht versendet"), counts.get(&Cancelled).copied().unwrap_or(0), "{counts:?}");
        assert_eq!(of("alle zusammen"), counts.values().sum::<usize>(), "every recipient is in one row: {counts:?}");
    }

    async fn the_page_tells_of_the_relay_and_why_sending_stopped(database: &Database) {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let relay = format!("smtp://127.0.0.1:{port}");
        let mut town = Town::new(database, &relay, 400, "resend").await;
        town.installation = town.installation.with("delivery.pause_policy_refusals", 20);
        let watching = Watching::start(&town).await;
        town.release();
        let worker = town.installation.start(["serve", "--role", "worker"]);
        let begin = Instant::now();
        while town.audited("issue.relay-down").is_empty() {
            assert!(begin.elapsed() < PATIENCE, "nothing is told of the outage");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let refuses = Rule::at("mail", "*").reply("550 5.7.1 sender blocked, ask <postmaster@relay.example>").times(30);
        let _sink = SmtpSink::with_options(&[refuses], &["--port", &port.to_string()]);
        town.until(IssueState::Paused).await;
        drop(worker);
        let page = watching.page().await;
        let (_, page) = page.split_once("Was geschah").expect("the history");
        let told = [
            "hat den Versand unterbrochen".to_owned(),
            "Grund: ".to_owned(),
            "letzte Antwort des Mailservers: 550 5.7.1 sender blocked".to_owned(),
            "meldet das Ende einer Störung".to_owned(),
            format!("Der Mailserver {relay} nimmt wieder E-Mails an."),
            "meldet eine Störung".to_owned(),
            format!("Der Mailserver {relay} ist nicht erreichbar."),
            "hat den Versand begonnen".to_owned(),
        ];
        let places: Vec<_> = told.iter().map(|one| page.find(one).unwrap_or_else(|| panic!("“{one}” is not in: {page}"))).collect();
        assert!(places.is_sorted(), "the latest first: {page}");
        assert!(!page.contains("postmaster@"), "no address: {page}");
        let (down, up) = (town.audited("issue.relay-down"), town.audited("issue.relay-up"));
        assert_eq!((down.len(), up.len()), (1, 1), "{down:?} {up:?}");
        assert!(up[0].1.since(down[0].1) > Duration::from_secs(1), "when it began and ended: {down:?} {up:?}");
    }

    /// An entry is saved while the engine writes to the ledger as fast as it can.
    async fn entries_are_saved_while_an_issue_is_sent(database: &Database) {
        let sink = SmtpSink::start();
        let town = Town::new(database, sink.url(), 4000, "resend").await;
        let watching = Watching::start(&town).await;
        let mut worker = town.installation.start(["serve", "--role", "worker"]);
        town.release();
        arrive(&sink, 20, &mut worker);
        let before = sink.received().len();
        saving(&watching.app).await;
        let sent = sink.received().len() - before;
        assert!(sent > 20, "nothing was sent meanwhile: {sent}");
    }
}
