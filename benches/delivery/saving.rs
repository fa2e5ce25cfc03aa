//! What saving an entry costs while an issue is sent: on SQLite both write into one file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use rundbrief::app::entries::{self, NewEntry, Saved, Written};
use rundbrief::app::{Actor, App, organisations};
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::domain::entry::{EntryContent, EntryKind, EntryState, EntryText};
use rundbrief::domain::language::Language;
use rundbrief::store::Db;
use serde_json::json;

use crate::fixture::{self, Fixture};
use crate::{Case, median};

/// Somebody who writes does not save more often.
const PAUSE: Duration = Duration::from_millis(20);
/// How often an entry is saved with nothing else at work.
const ALONE: usize = 200;

/// The median and the 99th percentile of saving an entry, alone and while an issue is sent, in milliseconds.
pub(crate) async fn measure(case: &Case, port: u16) -> anyhow::Result<serde_json::Value> {
    let fixture = Fixture::build(case, port).await?;
    let mut desk = Desk::open(fixture.db()).await?;
    let mut alone = Vec::new();
    for _ in 0..ALONE {
        alone.push(desk.save().await?);
    }
    let is_sent = Arc::new(AtomicBool::new(false));
    let stop = Arc::clone(&is_sent);
    let saving = tokio::spawn(async move {
        let mut times = Vec::new();
        while !stop.load(Ordering::Relaxed) {
            times.push(desk.save().await?);
            tokio::time::sleep(PAUSE).await;
        }
        anyhow::Ok(times)
    });
    let sent = fixture.send(case.mails).await?;
    is_sent.store(true, Ordering::Relaxed);
    let mut beside = saving.await??;
    fixture.close().await;
    Ok(json!({
        "database": case.database,
        "mails": case.mails,
        "rate": sent.rate.round(),
        "saved": beside.len(),
        "alone_ms": median(&mut alone),
        "saving_ms": median(&mut beside),
        "saving_99_ms": beside.get(beside.len() * 99 / 100),
    }))
}

/// Somebody at work on one entry.
struct Desk {
    app: App,
    actor: Actor,
    uuid: String,
    version: i64,
}

impl Desk {
    async fn open(db: &Db) -> anyhow::Result<Self> {
        let keyring = fixture::keyring()?;
        let config = Config::from_defaults(|config| config.security.set_keyring(keyring));
        let app = App::new(db.clone(), Clock::system(), Arc::new(config));
        let actor = Actor::operator();
        let town = organisations::ensure(&app, &actor, "Stadt Musterstadt").await?;
        let new = NewEntry {
            organisation: town.id,
            content: content(0),
            state: EntryState::Draft,
        };
        let rows = entries::add(&app, &actor, &[new]).await?;
        let row = *rows.first().context("an entry")?;
        let entry = rundbrief::store::entry::by_id(&mut app.read().await?, row).await?;
        let uuid = entry.context("an entry")?.uuid;
        Ok(Self {
            app,
            actor,
            uuid,
            version: 1,
        })
    }

    /// Saves another text; how long it took, in milliseconds.
    async fn save(&mut self) -> anyhow::Result<f64> {
        let written = Written {
            uuid: &self.uuid,
            base: Some(self.version),
            content: content(self.version),
            reviewed: BTreeSet::new(),
            further: Vec::new(),
            state: None,
            merged: false,
        };
        let begun = Instant::now();
        let saved = entries::save(&self.app, &self.actor, written).await?;
        let took = begun.elapsed();
        let Saved::As(version) = saved else {
            bail!("it was not saved: {saved:?}");
        };
        self.version = version;
        Ok(took.as_secs_f64() * 1_000.0)
    }
}

/// A news item of some paragraphs.
fn content(version: i64) -> EntryContent {
    let paragraph = "<p>Der Ausschuss hat am Dienstag zwölf Standorte beschlossen.</p>";
    let text = EntryText {
        title: format!("Neue Brunnen, Fassung {version}"),
        teaser: "Zwölf Gemeinden bekommen öffentliche Brunnen.".to_owned(),
        body: paragraph.repeat(30),
        ..EntryText::default()
    };
    EntryContent {
        texts: BTreeMap::from([(Language::De.into(), text)]),
        ..EntryContent::new(EntryKind::News, Language::De.into())
    }
}
