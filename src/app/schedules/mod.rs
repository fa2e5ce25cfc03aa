//! When newsletters appear: the schedule with its holidays, and the times in which it pauses.

mod change;
mod pause;

use std::time::Duration;

use chrono::NaiveDate;
use chrono_tz::Tz;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

pub use change::change;
pub use pause::{NewPause, end_pause, pause};

use super::lookup::LookupError;
use crate::config::units::say_duration;
use crate::domain::newsletter::Newsletter;
use crate::domain::quiet::QuietHours;
use crate::domain::schedule::{CronLine, FreeDays, HolidayRule, Pause, Schedule, Timetable};
use crate::store::{self, Connection, StoreError};

/// How many own days a newsletter has at most.
pub const MOST_OWN_DAYS: usize = 100;
/// The longest name of an own day and reason of a pause, in characters.
pub const LONGEST_WORDS: usize = 200;
/// How many pauses a newsletter has at most, past ones included.
pub const MOST_PAUSES: usize = 100;
/// The longest pause, in days.
pub const LONGEST_PAUSE: i64 = 366;

/// Why a schedule was not changed. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// There is no such newsletter.
    #[error(transparent)]
    Unknown(LookupError),
    /// Somebody changed it since it was shown.
    #[error("the schedule was changed in the meantime; look at it again, then repeat the change")]
    Changed,
    /// More own days than [`MOST_OWN_DAYS`], or a name that is too long.
    #[error("at most {MOST_OWN_DAYS} own days, with names of at most {LONGEST_WORDS} characters")]
    OwnDays,
    /// A pause that ends before it begins, is over, or is longer than [`LONGEST_PAUSE`].
    #[error(
        "a pause begins before it ends, ends today or later, and lasts {LONGEST_PAUSE} days at most"
    )]
    Span,
    /// No reason, or one longer than [`LONGEST_WORDS`].
    #[error("a pause has a reason of at most {LONGEST_WORDS} characters")]
    Reason,
    /// Another pause has some of these days.
    #[error("there is a pause from {first} to {last} already; change that one")]
    Overlaps {
        /// Its first day.
        first: NaiveDate,
        /// Its last day.
        last: NaiveDate,
    },
    /// More than [`MOST_PAUSES`].
    #[error("a newsletter has {MOST_PAUSES} pauses at most")]
    TooMany,
    /// There is no such pause, or it is over.
    #[error("there is no such pause any more")]
    NoPause,
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] super::Error),
}

impl From<StoreError> for ScheduleError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

impl From<LookupError> for ScheduleError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::Store(error) => error.into(),
            unknown => Self::Unknown(unknown),
        }
    }
}

/// Everything that is decided together about when a newsletter appears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleSettings {
    /// The cron line; none: it appears when somebody sends it.
    pub line: Option<CronLine>,
    /// The zone of all its times.
    pub zone: Tz,
    /// How long before its slot an issue is composed.
    pub compose_lead: Duration,
    /// How late a missed slot is still made up for.
    pub catch_up: Duration,
    /// The hours in which no mail is begun.
    pub quiet: Option<QuietHours>,
    /// The days that count as holidays.
    pub free: FreeDays,
    /// What happens on them.
    pub rule: HolidayRule,
}

impl ScheduleSettings {
    /// As they are stored.
    pub async fn load(
        conn: &mut impl Connection,
        newsletter: &Newsletter,
    ) -> Result<Self, StoreError> {
        let settings = &newsletter.settings;
        let timetable = store::timetable::of(conn, newsletter).await?;
        let (free, rule) = store::timetable::holidays(conn, newsletter.id).await?;
        Ok(Self {
            line: timetable.map(|timetable| timetable.schedule.line),
            zone: settings.zone,
            compose_lead: settings.compose_lead,
            catch_up: settings.catch_up,
            quiet: settings.quiet,
            free,
            rule,
        })
    }

    /// When issues would go out; none without a cron line.
    pub fn timetable(&self, pauses: Vec<Pause>) -> Option<Timetable> {
        Some(Timetable {
            schedule: Schedule {
                line: self.line.clone()?,
                zone: self.zone,
            },
            free: self.free.clone(),
            rule: self.rule,
            pauses,
        })
    }

    /// Names these settings: two that differ have different names. A form carries the name of what
    /// it showed.
    pub fn version(&self) -> String {
        let line = self.line.as_ref().map(ToString::to_string);
        let all = (line, self.parts(), &self.free.own);
        let text = format!("{all:?}");
        HEXLOWER.encode(&Sha256::digest(text)[..8])
    }

    /// In words for the audit log, part by part.
    fn parts(&self) -> Vec<String> {
        let schedule = self.line.as_ref().map(|line| {
            Schedule {
                line: line.clone(),
                zone: self.zone,
            }
            .words()
        });
        let quiet = self.quiet.map(|quiet| quiet.to_string());
        let region = self.free.region.map_or("none", |region| region.as_str());
        let eves = if self.free.eves {
            ", 24 and 31 December"
        } else {
            ""
        };
        let own = self.free.own.keys().map(ToString::to_string);
        vec![
            schedule.unwrap_or_else(|| format!("when somebody sends it ({})", self.zone)),
            format!("composed {} before", say_duration(self.compose_lead)),
            format!("made up within {}", say_duration(self.catch_up)),
            format!("quiet hours {}", quiet.as_deref().unwrap_or("none")),
            format!("holidays {region}{eves}: {}", self.rule),
            format!("own days {}", own.collect::<Vec<_>>().join(" ")),
        ]
    }
}
