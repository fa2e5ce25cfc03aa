//! How far the sending of an issue is, as `--json` prints it.

use std::collections::BTreeMap;

use super::details::IssueDetails;
use crate::delivery::Progress;
use crate::domain::address::Address;
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::issue::IssueName;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery_report::{self, Filter};
use crate::store::issue::Issue;
use crate::store::{Connection, StoreError};

/// How far the sending of an issue is.
#[derive(Debug, Clone, serde::Serialize)]
pub struct IssueStatus {
    /// The issue.
    #[serde(flatten)]
    pub details: IssueDetails,
    /// Recipients; 0 before the audience is materialised.
    pub recipients: i64,
    /// How many deliveries are in each state.
    pub deliveries: BTreeMap<DeliveryState, i64>,
    /// How many failed for good, by class.
    pub failed: BTreeMap<FailureClass, i64>,
    /// How many were refused and are tried again, by class.
    pub refused_for_now: BTreeMap<FailureClass, i64>,
    /// How fast it is.
    pub rate: Rate,
    /// When it may end; none where nothing moves.
    pub done_at: Option<Timestamp>,
    /// When the quiet hours end that it waits for.
    pub quiet_until: Option<Timestamp>,
    /// The domains that have kept its mails waiting longest.
    pub slow_domains: Vec<SlowDomain>,
    /// Mails of which nobody knows whether they arrived: the first thousand.
    pub uncertain: Vec<Uncertain>,
}

/// Mails a second, rounded to tenths.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct Rate {
    /// In the last minute.
    pub last_minute: f64,
    /// Between the first and the last mail.
    pub overall: f64,
}

/// A domain that keeps mails waiting.
#[derive(Debug, Clone, serde::Serialize)]
pub struct SlowDomain {
    /// The domain.
    pub domain: String,
    /// Mails that wait.
    pub waiting: i64,
    /// Attempts that were made for them.
    pub attempts: i64,
    /// When the first attempt was made.
    pub since: Option<Timestamp>,
}

/// A mail of which nobody knows whether it arrived.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Uncertain {
    /// Whom it was for; `(erased)` where the address is gone.
    pub address: String,
    /// When it was begun.
    pub started_at: Option<Timestamp>,
}

impl IssueStatus {
    /// The status of this issue.
    pub fn new(
        name: IssueName,
        issue: &Issue,
        progress: &Progress,
        uncertain: Vec<Uncertain>,
    ) -> Self {
        let counts = &progress.counts;
        let classes = |state| {
            let of = |class: FailureClass| counts.classes.get(&(state, class)).copied();
            let all = FailureClass::ALL.iter().copied();
            all.map(|class| (class, of(class).unwrap_or(0))).collect()
        };
        let tenth = |rate: f64| (rate * 10.0).round() / 10.0;
        let slow_domains = progress.slow_domains.iter().map(|one| SlowDomain {
            domain: one.domain.clone(),
            waiting: one.waiting,
            attempts: one.attempts,
            since: one.since,
        });
        Self {
            details: IssueDetails::new(name, issue),
            recipients: counts.recipients,
            deliveries: counts.states.clone(),
            failed: classes(DeliveryState::Failed),
            refused_for_now: classes(DeliveryState::Queued),
            rate: Rate {
                last_minute: tenth(progress.rate_lately),
                overall: tenth(progress.rate_overall),
            },
            done_at: progress.ends_at,
            quiet_until: progress.quiet_until,
            slow_domains: slow_domains.collect(),
            uncertain,
        }
    }
}

/// The mails of an issue of which nobody knows whether they arrived: the first thousand, which fill
/// a screen.
pub async fn uncertain(
    conn: &mut impl Connection,
    issue: &Issue,
) -> Result<Vec<Uncertain>, StoreError> {
    const MOST: i64 = 1000;
    let filter = Filter {
        state: Some(DeliveryState::Uncertain),
        ..Filter::default()
    };
    let found = delivery_report::list(conn, issue.id, &filter, 0, MOST).await?;
    let whole = |address: Address| address.as_str().to_owned();
    Ok(found
        .into_iter()
        .map(|(delivery, address)| Uncertain {
            address: address.map_or_else(|| "(erased)".to_owned(), whole),
            started_at: delivery.started_at,
        })
        .collect())
}
