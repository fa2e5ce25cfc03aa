//! Compares an issue with a different selection for every reader with one that is the same for all.
//!
//! Both issues have the same entries, and mails of the same mean size. The readers of one newsletter
//! chose among all topics and languages, those of the other all chose the same half of the topics.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use rundbrief::app::issues::release;
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::delivery::{Drained, Engine, Parts, Settings, Transport};
use rundbrief::digest::MailContext;
use rundbrief::digest::mails::IssueMails;
use rundbrief::domain::address::Address;
use rundbrief::domain::entry::{EntryContent, EntryKind, EntryState, EntryText};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::{Language, LanguageTag};
use rundbrief::domain::newsletter::NewsletterSettings;
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::shutdown::Shutdown;
use rundbrief::store::issue::NewIssue;
use rundbrief::store::{self, Db};
use serde_json::json;
use tempfile::TempDir;

use crate::fixture::{keychain, keyring, newsletter_settings, open, relay};
use crate::{Case, median, peak_memory, processor_time};

/// How many topics there are; each has two entries.
const TOPICS: u32 = 12;
const ALL_TOPICS: i64 = (1 << TOPICS) - 1;
/// Every choice of at least one topic, in every language.
const VARIANTS: i64 = ALL_TOPICS * 4;

struct Fixture {
    db: Db,
    clock: Clock,
    mail_context: MailContext,
    engine: Engine,
    entries: Vec<i64>,
    _folder: TempDir,
}

struct Sent {
    rate: f64,
    releasing: Duration,
    processor: f64,
}

/// Measures both in turns. Prints nothing; returns one object.
pub(crate) async fn measure(case: &Case, port: u16) -> anyhow::Result<serde_json::Value> {
    let fixture = Fixture::build(case, port).await?;
    let count = i64::from(case.mails);
    // Caches, allocators and the receiver's sockets are warm in every round that counts.
    let warm = fixture.newsletter("warm", 0, 2_000, ALIKE).await?;
    let one = fixture.newsletter("one", 2_000, count, ALIKE).await?;
    let each = fixture
        .newsletter("each", 2_000 + count, count, APART)
        .await?;
    analyze(&fixture.db).await?;
    fixture.send(warm, 2_000).await?;
    let (mut alike, mut apart, mut releasing) = (Vec::new(), Vec::new(), Vec::new());
    let (mut worked_alike, mut worked_apart) = (Vec::new(), Vec::new());
    for _ in 0..case.rounds {
        let sent = fixture.send(one, count).await?;
        alike.push(sent.rate);
        worked_alike.push(sent.processor);
        let sent = fixture.send(each, count).await?;
        apart.push(sent.rate);
        worked_apart.push(sent.processor);
        releasing.push(sent.releasing.as_secs_f64());
    }
    fixture.db.close().await;
    let (rate, rate_of_one) = (median(&mut apart), median(&mut alike));
    Ok(json!({
        "database": case.database,
        "variants": VARIANTS,
        "ratio": (rate / rate_of_one * 1000.0).round() / 1000.0,
        "rate": rate.round(),
        "rate_of_one": rate_of_one.round(),
        "rates": apart,
        "rates_of_one": alike,
        "release_s": median(&mut releasing),
        "mails": case.mails,
        "rounds": case.rounds,
        "connections": case.connections,
        "processor_us_per_mail": (median(&mut worked_apart) * 1e6).round(),
        "processor_us_per_mail_of_one": (median(&mut worked_alike) * 1e6).round(),
        "peak_memory_mb": peak_memory()?,
    }))
}

impl Fixture {
    async fn build(case: &Case, port: u16) -> anyhow::Result<Self> {
        let place = std::env::current_exe()?;
        let folder = tempfile::tempdir_in(place.parent().context("a folder")?)?;
        let db = open(case, &folder).await?;
        let clock = Clock::system();
        let mail_context = mail_context();
        let entries = entries(&db, clock.now(), case.size).await?;
        let keyring = keyring()?;
        let engine = Engine::new(Parts {
            db: db.clone(),
            clock: clock.clone(),
            relays: Transport::new(&relay(case, port), "bench.example.org")?.into(),
            mails: Arc::new(IssueMails::new(db.clone(), mail_context.clone())),
            keychain: keychain(case, &db, &clock, &keyring).await?,
            keyring,
            settings: Settings::default(),
        });
        Ok(Self {
            db,
            clock,
            mail_context,
            engine,
            entries,
            _folder: folder,
        })
    }

    /// A newsletter with `count` readers, numbered from `after` on. Returns its row.
    async fn newsletter(
        &self,
        key: &str,
        after: i64,
        count: i64,
        (readers, subscriptions): (&'static str, &'static str),
    ) -> anyhow::Result<i64> {
        let mut tx = self.db.begin().await?;
        let settings = NewsletterSettings {
            key: key.to_owned(),
            topics: TopicSet::from_mask(ALL_TOPICS),
            ..newsletter_settings()?
        };
        let newsletter = store::newsletter::add(&mut tx, &settings, self.clock.now())
            .await?
            .id;
        tx.commit().await?;
        execute(&self.db, readers, &[after, count]).await?;
        execute(&self.db, subscriptions, &[newsletter, after, count]).await?;
        Ok(newsletter)
    }

    /// Approves a new issue of a newsletter and sends it.
    async fn send(&self, newsletter: i64, count: i64) -> anyhow::Result<Sent> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let new = NewIssue {
            newsletter,
            slot: None,
            send_at: None,
            state: IssueState::Draft,
            reason: None,
            window_from: None,
            entries: self.entries.clone(),
            texts: BTreeMap::new(),
        };
        let issue = store::issue::add(&mut tx, &new, now)
            .await?
            .context("no issue")?;
        tx.commit().await?;
        let begin = Instant::now();
        let mut tx = self.db.begin().await?;
        release(&mut tx, &self.mail_context, &issue, now).await?;
        tx.commit().await?;
        let releasing = begin.elapsed();
        let mut tx = self.db.begin().await?;
        let frozen = store::delivery::freeze(&mut tx, issue.id, now).await?;
        tx.commit().await?;
        if frozen.context("not approved")?.queued != count {
            bail!("not every reader gets the issue");
        }
        let (begin, before) = (Instant::now(), processor_time()?);
        let drained = self
            .engine
            .drain(issue.id, &Shutdown::new(), |_| {})
            .await?;
        let (took, worked) = (begin.elapsed(), processor_time()? - before);
        if drained != Drained::Sent {
            bail!("the issue was not sent: {drained:?}");
        }
        let count = f64::from(u32::try_from(count)?);
        Ok(Sent {
            rate: count / took.as_secs_f64(),
            releasing,
            processor: worked / count,
        })
    }
}

fn mail_context() -> MailContext {
    MailContext::from_config(&Config::from_defaults(|config| {
        let own = &mut config.organisation;
        "Bench".clone_into(&mut own.name);
        own.address = vec!["Rathausplatz 1".to_owned(), "12345 Musterstadt".to_owned()];
        own.representative = Some("Erika Beispiel".to_owned());
        own.email = Address::parse("bench@example.org").ok();
        config.server.public_url = "https://news.example.org".parse().expect("a URL");
    }))
}

/// Two entries of each topic, in all languages, so long that half of the topics make a mail of `size`.
async fn entries(db: &Db, now: Timestamp, size: usize) -> anyhow::Result<Vec<i64>> {
    const SENTENCE: &str =
        "Im Rathaus beginnen die Gespräche über den neuen Radweg entlang der Wurm. ";
    // Beside its body an entry, and around all of them a mail, has this much in HTML and text.
    let sentences = (size / TOPICS as usize).saturating_sub(1_300) / (2 * (SENTENCE.len() + 10));
    let mut tx = db.begin().await?;
    let own = store::organisation::ensure(&mut tx, "Bench", now).await?.id;
    let mut entries = Vec::new();
    for number in 0..TOPICS * 2 {
        let text = |language: &Language| {
            let text = EntryText {
                title: format!("Nachricht {number}: Radweg an der Wurm"),
                teaser: "Die Städteregion plant einen Radweg und lädt zum Gespräch.".to_owned(),
                body: format!("<p>{}</p>", SENTENCE.repeat(sentences)),
                ..EntryText::default()
            };
            (LanguageTag::from(*language), text)
        };
        let content = EntryContent {
            topics: TopicSet::from_mask(1 << (number / 2)),
            texts: Language::ALL.iter().map(text).collect(),
            url: Some(format!("https://www.example.org/nachrichten/{number}")),
            dated_at: Some(now),
            ..EntryContent::new(EntryKind::News, Language::De.into())
        };
        entries.push(store::entry::add(&mut tx, own, &content, EntryState::Published, now).await?);
    }
    tx.commit().await?;
    Ok(entries)
}

const ALIKE: (&str, &str) = (READERS_ALIKE, SUBSCRIPTIONS_ALIKE);
const APART: (&str, &str) = (READERS_APART, SUBSCRIPTIONS_APART);

const READERS_ALIKE: &str = "INSERT INTO subscriber (id, uuid, address, address_key, language, state, created_at) \
    WITH RECURSIVE n (i) AS (SELECT $1 + 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1 + $2) \
    SELECT i, 'reader-' || i, 'reader' || i || '@example.org', 'reader' || i || '@example.org', 'de', 'active', 0 FROM n";
/// 7,919 has no factor in common with the number of variants: neighbours differ, and every variant has
/// its readers.
const READERS_APART: &str = "INSERT INTO subscriber (id, uuid, address, address_key, language, state, created_at) \
    WITH RECURSIVE n (i) AS (SELECT $1 + 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1 + $2) \
    SELECT i, 'reader-' || i, 'reader' || i || '@example.org', 'reader' || i || '@example.org', \
    CASE i * 7919 % 16380 % 4 WHEN 0 THEN 'de' WHEN 1 THEN 'en' WHEN 2 THEN 'fr' ELSE 'nl' END, 'active', 0 FROM n";
const SUBSCRIPTIONS_ALIKE: &str = "INSERT INTO subscription (subscriber_id, newsletter_id, topics, state, confirmed_at) \
    SELECT id, $1, 63, 'active', 0 FROM subscriber WHERE id > $2 AND id <= $2 + $3";
const SUBSCRIPTIONS_APART: &str = "INSERT INTO subscription (subscriber_id, newsletter_id, topics, state, confirmed_at) \
    SELECT id, $1, id * 7919 % 16380 / 4 + 1, 'active', 0 FROM subscriber WHERE id > $2 AND id <= $2 + $3";

async fn execute(db: &Db, text: &'static str, binds: &[i64]) -> anyhow::Result<()> {
    macro_rules! run {
        ($on:expr) => {{
            let mut query = sqlx::query(text);
            for bind in binds {
                query = query.bind(*bind);
            }
            query.execute($on).await?;
        }};
    }
    match db {
        Db::Sqlite { writer, .. } => run!(writer),
        Db::Postgres(pool) => run!(pool),
    }
    Ok(())
}

async fn analyze(db: &Db) -> anyhow::Result<()> {
    execute(db, "ANALYZE", &[]).await
}
