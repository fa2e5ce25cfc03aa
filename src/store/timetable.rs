//! Holidays and pauses of newsletters; the schedule itself stands with the newsletter.

use chrono::NaiveDate;

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, new_uuid};
use crate::domain::newsletter::Newsletter;
use crate::domain::schedule::{FreeDays, HolidayRule, Pause, Schedule, Timetable};
use crate::domain::timestamp::Timestamp;

row! {
    struct PauseRow {
        uuid: String,
        first_day: String,
        last_day: String,
        reason: String,
        look_back: Option<i64>,
    }
}

impl TryFrom<PauseRow> for Pause {
    type Error = super::StoreError;
    fn try_from(row: PauseRow) -> Result<Self> {
        Ok(Self {
            uuid: row.uuid,
            first: row.first_day.parse().map_err(unreadable)?,
            last: row.last_day.parse().map_err(unreadable)?,
            reason: row.reason,
            look_back: row.look_back.and_then(|days| u32::try_from(days).ok()),
        })
    }
}

/// When the issues of a newsletter go out; none where it has no schedule.
pub async fn of(conn: &mut impl Connection, newsletter: &Newsletter) -> Result<Option<Timetable>> {
    let settings = &newsletter.settings;
    let Some(line) = &settings.schedule else {
        return Ok(None);
    };
    let schedule = Schedule::parse(line, settings.zone.name()).map_err(unreadable)?;
    let (free, rule) = holidays(conn, newsletter.id).await?;
    Ok(Some(Timetable {
        schedule,
        free,
        rule,
        pauses: pauses(conn, newsletter.id).await?,
    }))
}

/// The days that count as holidays for a newsletter, and what happens on them.
pub async fn holidays(
    conn: &mut impl Connection,
    newsletter: i64,
) -> Result<(FreeDays, HolidayRule)> {
    let rule = sql!(
        conn,
        optional as (Option<String>, bool, String),
        "SELECT region, eves, rule FROM newsletter_holidays WHERE newsletter_id = $1",
        newsletter
    )?;
    let Some((region, eves, rule)) = rule else {
        return Ok((FreeDays::default(), HolidayRule::Send));
    };
    let own = sql!(
        conn,
        all as (String, String),
        "SELECT day, name FROM newsletter_free_day WHERE newsletter_id = $1",
        newsletter
    )?;
    let own = own
        .into_iter()
        .map(|(day, name)| Ok((day.parse().map_err(unreadable)?, name)));
    let free = FreeDays {
        region: region
            .map(|region| region.parse())
            .transpose()
            .map_err(unreadable)?,
        eves,
        own: own.collect::<Result<_>>()?,
    };
    Ok((free, rule.parse().map_err(unreadable)?))
}

/// Sets the days that count as holidays for a newsletter, and what happens on them.
pub async fn set_holidays(
    tx: &mut Tx,
    newsletter: i64,
    free: &FreeDays,
    rule: HolidayRule,
) -> Result<()> {
    sql!(
        tx,
        execute,
        "INSERT INTO newsletter_holidays (newsletter_id, region, eves, rule) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (newsletter_id) DO UPDATE SET region = excluded.region, eves = excluded.eves, rule = excluded.rule",
        newsletter,
        free.region.map(|region| region.as_str().to_owned()),
        free.eves,
        rule.as_str()
    )?;
    sql!(
        tx,
        execute,
        "DELETE FROM newsletter_free_day WHERE newsletter_id = $1",
        newsletter
    )?;
    for (day, name) in &free.own {
        sql!(
            tx,
            execute,
            "INSERT INTO newsletter_free_day (newsletter_id, day, name) VALUES ($1, $2, $3)",
            newsletter,
            day.to_string(),
            name.as_str()
        )?;
    }
    Ok(())
}

/// The pauses of a newsletter, past ones included, the earliest first.
pub async fn pauses(conn: &mut impl Connection, newsletter: i64) -> Result<Vec<Pause>> {
    let rows = sql!(
        conn,
        all as PauseRow,
        "SELECT uuid, first_day, last_day, reason, look_back FROM schedule_pause WHERE newsletter_id = $1 ORDER BY first_day",
        newsletter
    )?;
    rows.into_iter().map(Pause::try_from).collect()
}

/// Adds a pause. Its `uuid` is made here; returns it.
pub async fn add_pause(
    tx: &mut Tx,
    newsletter: i64,
    pause: &Pause,
    now: Timestamp,
) -> Result<String> {
    let uuid = new_uuid(now);
    sql!(
        tx,
        execute,
        "INSERT INTO schedule_pause (uuid, newsletter_id, first_day, last_day, reason, look_back, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        uuid.as_str(),
        newsletter,
        pause.first.to_string(),
        pause.last.to_string(),
        pause.reason.as_str(),
        pause.look_back.map(i64::from),
        now.micros()
    )?;
    Ok(uuid)
}

/// Lets a pause end on another day. Returns whether there was one.
pub async fn shorten_pause(tx: &mut Tx, uuid: &str, last: NaiveDate) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE schedule_pause SET last_day = $2 WHERE uuid = $1",
        uuid,
        last.to_string()
    )?;
    Ok(touched == 1)
}

/// Removes a pause. Returns whether there was one.
pub async fn remove_pause(tx: &mut Tx, uuid: &str) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "DELETE FROM schedule_pause WHERE uuid = $1",
        uuid
    )?;
    Ok(touched == 1)
}
