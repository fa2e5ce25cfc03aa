//! The pages as strangers meet them: subscribing, confirming, preferences, leaving, and what must
//! not be possible.

mod confirming;
mod connections;
mod entries;
mod feeds;
mod leaving;
mod pages;
mod preferences;
mod safety;
mod subscribing;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::routing::get;
use rundbrief::app::App;
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::domain::delivery::DeliveryKey;
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::Newsletter;
use rundbrief::domain::notice::Lane;
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::domain::token::{ConfirmToken, Keyring, Purpose};
use rundbrief::shutdown::Shutdown;
use rundbrief::store::outbox::Notice;
use rundbrief::store::{self, Db};
use rundbrief::web::{self, Bounds, Routes, WebState};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::harness::{Database, Reply, form, post};
use crate::store::{monday, newsletter, open, topics};

/// The service on a port of its own, with two newsletters: `region` carries the topics `climate`
/// and `culture`, `council` has none. A form may be sent at once.
pub struct Service {
    pub db: Db,
    pub app: App,
    pub at: SocketAddr,
    pub clock: Clock,
    pub keyring: Keyring,
    pub region: Newsletter,
    pub council: Newsletter,
    pub shutdown: Shutdown,
    pub serving: JoinHandle<()>,
}

/// The text of the key with this id; each id has a key of its own.
pub fn key_text(id: u8) -> String {
    let mut entropy = *b"a key of thirty-two random bytes";
    entropy[0] = id;
    Keyring::key_text(id, entropy)
}

pub fn keyring(id: u8, old: &[&str]) -> Keyring {
    Keyring::parse(&key_text(id), old).expect("a keyring")
}

/// Pages that go wrong, under the same rules as the others.
fn further() -> Routes {
    async fn panics() {
        panic!("this page panics");
    }
    Routes::new()
        .everybody("/test/panic", get(panics))
        .everybody("/test/slow", get(std::future::pending::<()>))
        .everybody("/test/issues/{number}", get("an issue for everybody"))
}

impl Service {
    pub async fn start(database: &Database) -> Self {
        Self::start_with(database, |_| {}).await
    }

    pub async fn start_with(database: &Database, change: impl FnOnce(&mut Config)) -> Self {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        for (key, name) in [("climate", "Klima"), ("culture", "Kultur")] {
            let names = BTreeMap::from([(Language::De, name.to_owned())]);
            store::topic::add(&mut tx, key, &names, monday())
                .await
                .expect("topic");
        }
        tx.commit().await.expect("commit");
        let region = newsletter(&db, "region", topics(&[0, 1])).await;
        let council = newsletter(&db, "council", topics(&[])).await;
        Self::serve(db, region, council, change).await
    }

    /// The service over a database that has the two newsletters.
    pub async fn start_restored(db: Db) -> Self {
        Self::again(db, |_| {}).await
    }

    /// As [`Self::start_restored`], with the privacy journal in this file.
    pub async fn start_kept(db: Db, journal: &std::path::Path) -> Self {
        let journal = journal.to_owned();
        Self::again(db, |config| config.retention.journal_file = Some(journal)).await
    }

    async fn again(db: Db, change: impl FnOnce(&mut Config)) -> Self {
        let mut conn = db.read().await.expect("read");
        let mut known = Vec::new();
        for key in ["region", "council"] {
            let found = store::newsletter::by_key(&mut conn, key).await;
            known.push(found.expect("newsletters").expect("it is there"));
        }
        drop(conn);
        let council = known.pop().expect("two");
        Self::serve(db, known.remove(0), council, change).await
    }

    async fn serve(
        db: Db,
        region: Newsletter,
        council: Newsletter,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let config = Config::from_defaults(|config| {
            config.security.set_keyring(keyring(1, &[]));
            config.subscribing.fill_time = Duration::ZERO;
            change(config);
        });
        let keyring = config.security.keyring().expect("a keyring").clone();
        let bounds = Bounds::new(&config);
        let clock = Clock::set_at(monday());
        let mut state = WebState::new(
            db.clone(),
            Arc::new(config),
            clock.clone(),
            Arc::new(Notify::new()),
        )
        .expect("there is a keyring");
        state.answer_floor = Duration::ZERO;
        let app = state.app.clone();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let shutdown = Shutdown::new();
        let serving = tokio::spawn(web::serve(
            listener,
            web::build_with(state, further()),
            bounds,
            shutdown.clone(),
        ));
        Self {
            db,
            app,
            at,
            clock,
            keyring,
            region,
            council,
            shutdown,
            serving,
        }
    }

    /// Another node on the same database, configured differently.
    pub async fn another(&self, change: impl FnOnce(&mut Config)) -> Self {
        let (region, council) = (self.region.clone(), self.council.clone());
        Self::serve(self.db.clone(), region, council, change).await
    }

    /// Sends the sign-up form with a fresh stamp.
    pub async fn sign_up(&self, fields: &[(&str, &str)]) -> Reply {
        let stamp = self.keyring.form_token(self.clock.now());
        let all = fields.iter().copied().chain([("form", stamp.as_str())]);
        post(self.at, "/subscribe", &[], &form(all)).await
    }

    /// Signs up for `region` with the topic `climate`, in German.
    pub async fn sign_up_for_climate(&self, address: &str) -> Reply {
        self.sign_up(&[
            ("address", address),
            ("topic", "region.climate"),
            ("language", "de"),
        ])
        .await
    }

    /// Starts the next notice.
    pub async fn next_mail(&self) -> Option<Notice> {
        let mut tx = self.db.begin().await.expect("begin");
        let mail = store::outbox::start_next(&mut tx, Lane::Urgent, self.clock.now())
            .await
            .expect("outbox");
        tx.commit().await.expect("commit");
        mail
    }

    /// The path of the confirmation link in the next mail.
    pub async fn confirmation(&self, entropy: u8) -> String {
        let mail = self.next_mail().await.expect("a mail waits");
        let token = ConfirmToken::from_entropy([entropy; 32]);
        let signup = mail.signup.expect("it asks to confirm");
        let mut tx = self.db.begin().await.expect("begin");
        store::confirm_token::add(&mut tx, &token.hash(), signup, self.clock.now())
            .await
            .expect("token");
        tx.commit().await.expect("commit");
        format!("/confirm/{}", token.reveal())
    }

    pub async fn suppress(&self, keyring: &Keyring, who: &str) {
        let hash = keyring.address_hash(&crate::store::address(who));
        let mut tx = self.db.begin().await.expect("begin");
        store::suppression::add(&mut tx, &hash, "asked for it", self.clock.now())
            .await
            .expect("suppress");
        tx.commit().await.expect("commit");
    }

    pub fn token(&self, purpose: Purpose, issue: i64, subscriber: i64) -> String {
        let key = DeliveryKey { issue, subscriber };
        self.keyring.issue_token(purpose, key)
    }

    /// The row of whoever has this address.
    pub async fn row_of(&self, who: &str) -> i64 {
        let mut conn = self.db.read().await.expect("read");
        let found = store::subscriber::by_address(&mut conn, &crate::store::address(who)).await;
        found.expect("subscribers").expect("there is one").id
    }

    pub async fn state_of(&self, subscriber: i64) -> SubscriberState {
        let mut conn = self.db.read().await.expect("read");
        let row = store::subscriber::by_id(&mut conn, subscriber).await;
        row.expect("subscriber").expect("there is one").state
    }

    /// Running subscriptions: newsletter and mask of topics.
    pub async fn running(&self, subscriber: i64) -> Vec<(i64, i64)> {
        let mut conn = self.db.read().await.expect("read");
        let all = store::subscription::of_subscriber(&mut conn, subscriber)
            .await
            .expect("subscriptions");
        all.into_iter()
            .filter(|one| one.ended_at.is_none())
            .map(|one| (one.newsletter, one.topics.mask()))
            .collect()
    }

    /// The proof of consent: kind, method, newsletter, mask of topics.
    pub async fn proof(&self, subscriber: i64) -> Vec<(String, String, Option<i64>, Option<i64>)> {
        let mut conn = self.db.read().await.expect("read");
        let all = store::consent::of_subscriber(&mut conn, subscriber)
            .await
            .expect("consent");
        all.into_iter()
            .map(|one| {
                let topics = one.topics.map(rundbrief::domain::topic::TopicSet::mask);
                (
                    one.kind.to_string(),
                    one.method.to_string(),
                    one.newsletter,
                    topics,
                )
            })
            .collect()
    }

    /// How many rows every table has.
    pub async fn rows(&self) -> BTreeMap<&'static str, i64> {
        const TABLES: [&str; 12] = [
            "subscriber",
            "subscription",
            "signup",
            "signup_newsletter",
            "confirm_token",
            "consent_event",
            "consent_wording",
            "outbox",
            "suppression",
            "newsletter",
            "topic",
            "installation",
        ];
        let mut rows = BTreeMap::new();
        for table in TABLES {
            let text = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
            let (count,): (i64,) = match &self.db {
                Db::Sqlite { readers, .. } => sqlx::query_as(text).fetch_one(readers).await,
                Db::Postgres(pool) => sqlx::query_as(text).fetch_one(pool).await,
            }
            .expect("count");
            rows.insert(table, count);
        }
        rows
    }

    /// Runs a statement that no function of the store offers.
    pub async fn execute(&self, statement: &'static str) {
        match &self.db {
            Db::Sqlite { writer, .. } => sqlx::query(statement).execute(writer).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::query(statement).execute(pool).await.map(|_| ()),
        }
        .expect(statement);
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.shutdown.ask();
    }
}

/// What a visitor can tell two answers apart by.
pub fn visible(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let headers = reply.headers.iter().filter(|(name, _)| name != "date");
    (reply.status, headers.cloned().collect(), reply.body.clone())
}
