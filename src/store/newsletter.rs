//! Newsletters and their wording.

use std::collections::BTreeMap;
use std::time::Duration;

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, new_uuid, row_id};
use crate::domain::address::Address;
use crate::domain::language::Language;
use crate::domain::newsletter::{
    Approval, DigestSettings, Newsletter, NewsletterSettings, NewsletterText, ReviewSettings,
};
use crate::domain::quiet::QuietHours;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

row! {
    struct Row {
        id: i64,
        uuid: String,
        key: String,
        sender_name: String,
        sender_address: String,
        reply_to: Option<String>,
        topics: i64,
        schedule: Option<String>,
        zone: String,
        compose_lead: i64,
        catch_up: i64,
        approval: String,
        horizon: i64,
        on_uncertain: String,
        quiet: Option<String>,
        texts: String,
        most_news: i64,
        most_events: i64,
        most_papers: i64,
        name_in_subject: bool,
        four_eyes: bool,
        four_eyes_from: Option<i64>,
        trial: bool,
    }
}

impl Row {
    fn newsletter(self, texts: BTreeMap<Language, NewsletterText>) -> Result<Newsletter> {
        let address = |text: &str| Address::parse(text).map_err(unreadable);
        let most = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(Newsletter {
            id: self.id,
            uuid: self.uuid,
            settings: NewsletterSettings {
                key: self.key,
                texts,
                sender_name: self.sender_name,
                sender_address: address(&self.sender_address)?,
                reply_to: self.reply_to.as_deref().map(address).transpose()?,
                topics: TopicSet::from_mask(self.topics),
                schedule: self.schedule,
                zone: self.zone.parse().map_err(unreadable)?,
                compose_lead: span(self.compose_lead),
                catch_up: span(self.catch_up),
                approval: if self.four_eyes {
                    Approval::FourEyes
                } else {
                    self.approval.parse().map_err(unreadable)?
                },
                horizon: span(self.horizon),
                on_uncertain: self.on_uncertain.parse().map_err(unreadable)?,
                quiet: self
                    .quiet
                    .as_deref()
                    .map(str::parse)
                    .transpose()
                    .map_err(unreadable)?,
                digest: DigestSettings {
                    texts: self.texts.parse().map_err(unreadable)?,
                    most_news: most(self.most_news),
                    most_events: most(self.most_events),
                    most_papers: most(self.most_papers),
                    name_in_subject: self.name_in_subject,
                },
                review: ReviewSettings {
                    four_eyes_from: self.four_eyes_from.map(most),
                    trial: self.trial,
                },
            },
        })
    }
}

/// The columns of an approval: with four eyes it is `required`, and more.
const fn approval_columns(approval: Approval) -> (&'static str, bool) {
    match approval {
        Approval::FourEyes => (Approval::Required.as_str(), true),
        other => (other.as_str(), false),
    }
}

fn span(micros: i64) -> Duration {
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

/// Adds a newsletter; its schedule counts from `now` on. [`super::StoreError::Exists`] where the
/// key is taken.
pub async fn add(tx: &mut Tx, settings: &NewsletterSettings, now: Timestamp) -> Result<Newsletter> {
    let uuid = new_uuid(now);
    let (approval, four_eyes) = approval_columns(settings.approval);
    let (id,) = sql!(
        tx,
        one as (i64,),
        "INSERT INTO newsletter (id, uuid, key, sender_name, sender_address, reply_to, topics, schedule, zone, compose_lead, \
         catch_up, approval, horizon, on_uncertain, quiet, slots_until, created_at, texts, most_news, most_events, most_papers, \
         name_in_subject, four_eyes, four_eyes_from, trial) \
         VALUES ($16, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, $17, $18, $19, $20, $21, $22, $23, $24) \
         RETURNING id",
        uuid.as_str(),
        settings.key.as_str(),
        settings.sender_name.as_str(),
        settings.sender_address.as_str(),
        settings
            .reply_to
            .as_ref()
            .map(|address| address.as_str().to_owned()),
        settings.topics.mask(),
        settings.schedule.clone(),
        settings.zone.name(),
        micros(settings.compose_lead),
        micros(settings.catch_up),
        approval,
        micros(settings.horizon),
        settings.on_uncertain.as_str(),
        settings.quiet.map(|quiet| quiet.to_string()),
        now.micros(),
        row_id::new(now),
        settings.digest.texts.as_str(),
        i64::from(settings.digest.most_news),
        i64::from(settings.digest.most_events),
        i64::from(settings.digest.most_papers),
        settings.digest.name_in_subject,
        four_eyes,
        settings.review.four_eyes_from.map(i64::from),
        settings.review.trial
    )?;
    for (language, text) in &settings.texts {
        sql!(
            tx,
            execute,
            "INSERT INTO newsletter_text (newsletter_id, language, name, description) VALUES ($1, $2, $3, $4)",
            id,
            language.as_str(),
            text.name.as_str(),
            text.description.as_str()
        )?;
    }
    Ok(Newsletter {
        id,
        uuid,
        settings: settings.clone(),
    })
}

/// Every newsletter, oldest first.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<Newsletter>> {
    let texts = sql!(
        conn,
        all as (i64, String, String, String),
        "SELECT newsletter_id, language, name, description FROM newsletter_text"
    )?;
    let rows = sql!(
        conn,
        all as Row,
        "SELECT id, uuid, key, sender_name, sender_address, reply_to, topics, schedule, zone, compose_lead, catch_up, \
         approval, horizon, on_uncertain, quiet, texts, most_news, most_events, most_papers, name_in_subject, \
         four_eyes, four_eyes_from, trial FROM newsletter ORDER BY id"
    )?;
    rows.into_iter()
        .map(|row| {
            let own = texts
                .iter()
                .filter(|(of, ..)| *of == row.id)
                .map(|(_, language, name, description)| {
                    let text = NewsletterText {
                        name: name.clone(),
                        description: description.clone(),
                    };
                    Ok((language.parse().map_err(unreadable)?, text))
                })
                .collect::<Result<BTreeMap<Language, NewsletterText>>>()?;
            row.newsletter(own)
        })
        .collect()
}

/// The newsletter of this key.
pub async fn by_key(conn: &mut impl Connection, key: &str) -> Result<Option<Newsletter>> {
    Ok(list(conn)
        .await?
        .into_iter()
        .find(|newsletter| newsletter.settings.key == key))
}

/// The newsletter of this row.
pub async fn by_id(conn: &mut impl Connection, id: i64) -> Result<Option<Newsletter>> {
    Ok(list(conn)
        .await?
        .into_iter()
        .find(|newsletter| newsletter.id == id))
}

/// Sets its quiet hours, or takes them away.
pub async fn set_quiet(tx: &mut Tx, id: i64, quiet: Option<QuietHours>) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE newsletter SET quiet = $2 WHERE id = $1",
        id,
        quiet.map(|quiet| quiet.to_string())
    )?;
    Ok(())
}

/// Sets when it appears: the cron line and its zone, and how long before and after a slot its issue
/// is composed and may still be sent.
pub async fn set_schedule(
    tx: &mut Tx,
    id: i64,
    line: Option<&str>,
    zone: chrono_tz::Tz,
    (compose_lead, catch_up): (Duration, Duration),
) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE newsletter SET schedule = $2, zone = $3, compose_lead = $4, catch_up = $5 WHERE id = $1",
        id,
        line.map(str::to_owned),
        zone.name(),
        micros(compose_lead),
        micros(catch_up)
    )?;
    Ok(())
}

/// Sets how its issues tell their entries.
pub async fn set_digest(tx: &mut Tx, id: i64, digest: DigestSettings) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE newsletter SET texts = $2, most_news = $3, most_events = $4, most_papers = $5, name_in_subject = $6 WHERE id = $1",
        id,
        digest.texts.as_str(),
        i64::from(digest.most_news),
        i64::from(digest.most_events),
        i64::from(digest.most_papers),
        digest.name_in_subject
    )?;
    Ok(())
}

/// Sets who releases its issues, and for whom its mails are.
pub async fn set_review(
    tx: &mut Tx,
    id: i64,
    approval: Approval,
    review: ReviewSettings,
) -> Result<()> {
    let (approval, four_eyes) = approval_columns(approval);
    sql!(
        tx,
        execute,
        "UPDATE newsletter SET approval = $2, four_eyes = $3, four_eyes_from = $4, trial = $5 WHERE id = $1",
        id,
        approval,
        four_eyes,
        review.four_eyes_from.map(i64::from),
        review.trial
    )?;
    Ok(())
}

/// Whether its mails go only to subscribers who are staff.
pub async fn is_in_trial(conn: &mut impl Connection, id: i64) -> Result<bool> {
    let row = sql!(
        conn,
        optional as (bool,),
        "SELECT trial FROM newsletter WHERE id = $1",
        id
    )?;
    Ok(row.is_some_and(|(trial,)| trial))
}

/// Takes the newsletter for this transaction: no other node can compose for it until the commit.
/// Returns the instant up to which its slots have been dealt with.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Timestamp> {
    let (until,) = sql!(
        tx,
        one as (i64,),
        "UPDATE newsletter SET slots_until = slots_until WHERE id = $1 RETURNING slots_until",
        id
    )?;
    Ok(Timestamp::from_micros(until))
}

/// The instant up to which the slots of a newsletter have been dealt with; see [`lock`] for acting on it.
pub async fn slots_until(conn: &mut impl Connection, id: i64) -> Result<Timestamp> {
    let (until,) = sql!(
        conn,
        one as (i64,),
        "SELECT slots_until FROM newsletter WHERE id = $1",
        id
    )?;
    Ok(Timestamp::from_micros(until))
}

/// Notes that every slot up to `until` has been dealt with; never moves back.
pub async fn slots_done(tx: &mut Tx, id: i64, until: Timestamp) -> Result<()> {
    sql!(
        tx,
        execute,
        "UPDATE newsletter SET slots_until = $2 WHERE id = $1 AND slots_until < $2",
        id,
        until.micros()
    )?;
    Ok(())
}

/// Moves the mark back from `mark` to `to`; false when it is not `mark` any more. For a mark that a
/// clock set that was ahead.
pub async fn move_mark_back(tx: &mut Tx, id: i64, mark: Timestamp, to: Timestamp) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE newsletter SET slots_until = $3 WHERE id = $1 AND slots_until = $2",
        id,
        mark.micros(),
        to.micros()
    )?;
    Ok(touched == 1)
}
