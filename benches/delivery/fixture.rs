//! An installation with one reader per mail, and one issue after another.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use rundbrief::clock::Clock;
use rundbrief::config::{Config, Relay, RelayTarget, RelayTls};
use rundbrief::delivery::signing::{Keychain, new_key};
use rundbrief::delivery::{Drained, Engine, MailFuture, Mails, Parts, Settings, Transport};
use rundbrief::domain::address::Address;
use rundbrief::domain::delivery::OnUncertain;
use rundbrief::domain::dkim::Algorithm;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::mail::{PreparedMail, TokenPositions};
use rundbrief::domain::newsletter::{
    Approval, DigestSettings, NewsletterSettings, NewsletterText, ReviewSettings,
};
use rundbrief::domain::token::{Keyring, TOKEN_LEN};
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::variant::VariantKey;
use rundbrief::shutdown::Shutdown;
use rundbrief::store::{self, Db, Location};
use tempfile::TempDir;

use crate::Case;

pub(crate) struct Fixture {
    db: Db,
    clock: Clock,
    engine: Engine,
    newsletter: i64,
    readers: u32,
    _folder: TempDir,
}

pub(crate) struct Sent {
    /// Mails per second, from the first poll of the ledger to the last recorded result.
    pub(crate) rate: f64,
    pub(crate) freezing: Duration,
}

impl Fixture {
    pub(crate) async fn build(case: &Case, port: u16) -> anyhow::Result<Self> {
        // Beside the program: on a disk, where /tmp may be memory.
        let place = std::env::current_exe()?;
        let folder = tempfile::tempdir_in(place.parent().context("a folder")?)?;
        let db = open(case, &folder).await?;
        let clock = Clock::system();
        let newsletter = newsletter(&db, &clock).await?;
        readers(&db, newsletter, case.mails).await?;
        let keyring = keyring()?;
        let engine = Engine::new(Parts {
            db: db.clone(),
            clock: clock.clone(),
            relays: Transport::new(&relay(case, port), "bench.example.org")?.into(),
            mails: Arc::new(OneText(mail(case.size)?)),
            keychain: keychain(case, &db, &clock, &keyring).await?,
            keyring,
            settings: Settings::default(),
        });
        Ok(Self {
            db,
            clock,
            engine,
            newsletter,
            readers: case.mails,
            _folder: folder,
        })
    }

    /// Freezes a new issue and sends it.
    pub(crate) async fn send(&self, mails: u32) -> anyhow::Result<Sent> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let new = store::issue::NewIssue {
            newsletter: self.newsletter,
            slot: None,
            send_at: None,
            state: IssueState::Draft,
            reason: None,
            window_from: None,
            entries: Vec::new(),
            texts: BTreeMap::new(),
        };
        let issue = store::issue::add(&mut tx, &new, now)
            .await?
            .context("no issue")?
            .id;
        // The first `mails` readers take the first topic, all the second.
        let topics = TopicSet::from_mask(if mails < self.readers { 1 } else { 2 });
        store::issue::release(
            &mut tx,
            issue,
            IssueState::Draft,
            "{}",
            "00",
            (topics, false),
            now,
        )
        .await?;
        tx.commit().await?;
        let begin = Instant::now();
        let mut tx = self.db.begin().await?;
        let frozen = store::delivery::freeze(&mut tx, issue, now)
            .await?
            .context("not approved")?;
        tx.commit().await?;
        let freezing = begin.elapsed();
        let begin = Instant::now();
        let drained = self.engine.drain(issue, &Shutdown::new(), |_| {}).await?;
        let took = begin.elapsed();
        if drained != Drained::Sent {
            bail!("the issue was not sent: {drained:?}");
        }
        let count = u32::try_from(frozen.queued)?;
        Ok(Sent {
            rate: f64::from(count) / took.as_secs_f64(),
            freezing,
        })
    }

    pub(crate) const fn db(&self) -> &Db {
        &self.db
    }

    pub(crate) async fn close(&self) {
        self.db.close().await;
    }
}

pub(crate) async fn open(case: &Case, folder: &TempDir) -> anyhow::Result<Db> {
    if case.database == "postgres" {
        let server = std::env::var("RUNDBRIEF_TEST_POSTGRES")
            .context("RUNDBRIEF_TEST_POSTGRES names no server; see scripts/postgres-for-tests")?;
        let name = format!("bench_{}", std::process::id());
        let Db::Postgres(pool) = Db::connect(&Location::Postgres(server.clone()), 2).await? else {
            bail!("not PostgreSQL");
        };
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&pool)
            .await?;
        let (base, _) = server.rsplit_once('/').context("no database in the URL")?;
        return Ok(Db::open(&Location::Postgres(format!("{base}/{name}")), 8).await?);
    }
    let db = Db::open(&Location::Sqlite(folder.path().join("bench.db")), 8).await?;
    if let (Db::Sqlite { writer, .. }, "normal") = (&db, case.synchronous.as_str()) {
        sqlx::query("PRAGMA synchronous = NORMAL")
            .execute(writer)
            .await?;
    }
    Ok(db)
}

pub(crate) fn keyring() -> anyhow::Result<Keyring> {
    let entropy = std::array::from_fn(|at| u8::try_from(at * 7 % 251).unwrap_or(1));
    Ok(Keyring::parse::<&str>(&Keyring::generate(entropy), &[])?)
}

pub(crate) fn newsletter_settings() -> anyhow::Result<NewsletterSettings> {
    Ok(NewsletterSettings {
        key: "bench".to_owned(),
        texts: BTreeMap::from([(Language::De, NewsletterText::default())]),
        sender_name: "Bench".to_owned(),
        sender_address: Address::parse("post@example.org")?,
        reply_to: None,
        topics: TopicSet::from_mask(3),
        schedule: None,
        zone: chrono_tz::Europe::Berlin,
        compose_lead: Duration::ZERO,
        catch_up: Duration::ZERO,
        approval: Approval::Required,
        horizon: Duration::ZERO,
        on_uncertain: OnUncertain::Resend,
        quiet: None,
        digest: DigestSettings::everything(),
        review: ReviewSettings::default(),
    })
}

async fn newsletter(db: &Db, clock: &Clock) -> anyhow::Result<i64> {
    let mut tx = db.begin().await?;
    let settings = newsletter_settings()?;
    let newsletter = store::newsletter::add(&mut tx, &settings, clock.now()).await?;
    tx.commit().await?;
    Ok(newsletter.id)
}

/// Inserts readers in bulk; the first two thousand have the first topic as well.
async fn readers(db: &Db, newsletter: i64, count: u32) -> anyhow::Result<()> {
    const READERS: &str = "INSERT INTO subscriber (id, uuid, address, address_key, language, state, created_at) \
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) \
        SELECT i, 'reader-' || i, 'reader' || i || '@example.org', 'reader' || i || '@example.org', 'de', 'active', 0 FROM n";
    const SUBSCRIPTIONS: &str = "INSERT INTO subscription (subscriber_id, newsletter_id, topics, state, confirmed_at) \
        SELECT id, $1, CASE WHEN id <= 2000 THEN 3 ELSE 2 END, 'active', 0 FROM subscriber";
    let count = i64::from(count);
    match db {
        Db::Sqlite { writer, .. } => {
            sqlx::query(READERS).bind(count).execute(writer).await?;
            sqlx::query(SUBSCRIPTIONS)
                .bind(newsletter)
                .execute(writer)
                .await?;
            sqlx::query("ANALYZE").execute(writer).await?;
        }
        Db::Postgres(pool) => {
            sqlx::query(READERS).bind(count).execute(pool).await?;
            sqlx::query(SUBSCRIPTIONS)
                .bind(newsletter)
                .execute(pool)
                .await?;
            sqlx::query("ANALYZE").execute(pool).await?;
        }
    }
    Ok(())
}

pub(crate) fn relay(case: &Case, port: u16) -> Relay {
    let config = Config::from_defaults(|config| {
        config.relay.target = RelayTarget::Smtp {
            host: "127.0.0.1".to_owned(),
            port,
            tls: RelayTls::None,
            user: None,
        };
        config.relay.connections = case.connections;
        config.relay.mails_per_connection = 100_000; // as smtp-source -d
    });
    config.relay
}

/// A mail of that size as `digest` would have it: two links of each kind, lines of 76 letters.
fn mail(size: usize) -> anyhow::Result<PreparedMail> {
    let mut bytes = b"From: Bench <post@example.org>\r\nDate: Sun, 22 Nov 2026 12:00:00 +0000\r\nSubject: A newsletter\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n".to_vec();
    let mut tokens = TokenPositions::default();
    for offsets in [&mut tokens.unsubscribe, &mut tokens.preferences] {
        for _ in 0..2 {
            bytes.extend_from_slice(b"<a href=3D\"https://news.example.org/");
            let begin = u32::try_from(bytes.len())?;
            offsets.push(std::array::from_fn(|at| {
                begin + u32::try_from(at).unwrap_or(0)
            }));
            bytes.extend_from_slice(&[b'x'; TOKEN_LEN]);
            bytes.extend_from_slice(b"\">=\r\n");
        }
    }
    let front = 90; // To and Message-ID
    while bytes.len() + front < size {
        bytes.extend_from_slice(
            b"Events and news of the region, told to whoever asked to be told of them. =C3=\r\n",
        );
    }
    let from = Address::parse("post@example.org")?;
    Ok(PreparedMail::in_one_part(from, bytes, tokens)?)
}

struct OneText(PreparedMail);

impl Mails for OneText {
    fn mail(&self, _: VariantKey) -> MailFuture<'_> {
        let mail = self.0.clone();
        Box::pin(async move { Ok(mail) })
    }
}

/// Two active keys for the mails' domain, or none.
pub(crate) async fn keychain(
    case: &Case,
    db: &Db,
    clock: &Clock,
    keyring: &Keyring,
) -> anyhow::Result<Keychain> {
    if !case.signed {
        return Ok(Keychain::none());
    }
    let now = clock.now();
    let mut tx = db.begin().await?;
    for algorithm in Algorithm::ALL {
        let selector = format!("bench{}", algorithm.letter());
        let key = new_key(keyring, "example.org", selector, *algorithm)?;
        store::dkim_key::add(&mut tx, &key, now).await?;
    }
    for key in store::dkim_key::list(&mut tx).await? {
        store::dkim_key::activate(&mut tx, key.id, now).await?;
    }
    tx.commit().await?;
    Ok(Keychain::new(db.clone(), clock.clone(), keyring.clone()))
}
