//! Subscriptions: subscriber × newsletter × chosen topics.

use super::error::unreadable;
use super::sql::{Connection, row, sql};
use super::{Result, Tx, subscription_month};
use crate::domain::language::Language;
use crate::domain::subscriber::SubscriptionState;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;

/// A subscription as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subscription {
    /// Whose.
    pub subscriber: i64,
    /// To which newsletter.
    pub newsletter: i64,
    /// The chosen topics.
    pub topics: TopicSet,
    /// Its state.
    pub state: SubscriptionState,
    /// When it was last confirmed.
    pub confirmed_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

row! {
    struct Row {
        subscriber_id: i64,
        newsletter_id: i64,
        topics: i64,
        state: String,
        confirmed_at: i64,
        ended_at: Option<i64>,
    }
}

impl TryFrom<Row> for Subscription {
    type Error = super::StoreError;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            subscriber: row.subscriber_id,
            newsletter: row.newsletter_id,
            topics: TopicSet::from_mask(row.topics),
            state: row.state.parse().map_err(unreadable)?,
            confirmed_at: Timestamp::from_micros(row.confirmed_at),
            ended_at: row.ended_at.map(Timestamp::from_micros),
        })
    }
}

/// Every subscription of a subscriber, active or ended.
pub async fn of_subscriber(
    conn: &mut impl Connection,
    subscriber: i64,
) -> Result<Vec<Subscription>> {
    let rows = sql!(
        conn,
        all as Row,
        "SELECT subscriber_id, newsletter_id, topics, state, confirmed_at, ended_at FROM subscription \
         WHERE subscriber_id = $1 ORDER BY newsletter_id",
        subscriber
    )?;
    rows.into_iter().map(Subscription::try_from).collect()
}

/// Starts or restarts a subscription with exactly these topics.
pub async fn activate(
    tx: &mut Tx,
    subscriber: i64,
    newsletter: i64,
    topics: TopicSet,
    now: Timestamp,
) -> Result<()> {
    let running = sql!(
        tx,
        optional as (i64,),
        "SELECT newsletter_id FROM subscription WHERE subscriber_id = $1 AND newsletter_id = $2 AND state = 'active'",
        subscriber,
        newsletter
    )?;
    if running.is_none() {
        subscription_month::count_started(tx, newsletter, now).await?;
    }
    sql!(
        tx,
        execute,
        "INSERT INTO subscription (subscriber_id, newsletter_id, topics, state, confirmed_at) VALUES ($1, $2, $3, 'active', $4) \
         ON CONFLICT (subscriber_id, newsletter_id) DO UPDATE \
         SET topics = excluded.topics, state = 'active', confirmed_at = excluded.confirmed_at, ended_at = NULL",
        subscriber,
        newsletter,
        topics.mask(),
        now.micros()
    )?;
    Ok(())
}

/// Changes the topics of an active subscription. Returns whether there was one.
pub async fn set_topics(
    tx: &mut Tx,
    subscriber: i64,
    newsletter: i64,
    topics: TopicSet,
) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE subscription SET topics = $3 WHERE subscriber_id = $1 AND newsletter_id = $2 AND state = 'active'",
        subscriber,
        newsletter,
        topics.mask()
    )?;
    Ok(touched == 1)
}

/// Ends an active subscription. Returns whether there was one.
pub async fn end(tx: &mut Tx, subscriber: i64, newsletter: i64, now: Timestamp) -> Result<bool> {
    let touched = sql!(
        tx,
        execute,
        "UPDATE subscription SET state = 'ended', ended_at = $3 \
         WHERE subscriber_id = $1 AND newsletter_id = $2 AND state = 'active'",
        subscriber,
        newsletter,
        now.micros()
    )?;
    if touched == 1 {
        subscription_month::count_ended(tx, newsletter, now).await?;
    }
    Ok(touched == 1)
}

/// Subscriptions to a newsletter that ended before `before`, at most `limit`: their subscribers.
pub async fn ended_before(
    conn: &mut impl Connection,
    newsletter: i64,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<i64>> {
    let rows = sql!(
        conn,
        all as (i64,),
        "SELECT subscriber_id FROM subscription WHERE newsletter_id = $1 AND state = 'ended' AND ended_at < $2 \
         ORDER BY ended_at LIMIT $3",
        newsletter,
        before.micros(),
        limit
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Removes a subscription that ended before `before`. Returns whether there was one.
pub async fn remove_ended(
    tx: &mut Tx,
    subscriber: i64,
    newsletter: i64,
    before: Timestamp,
) -> Result<bool> {
    let removed = sql!(
        tx,
        execute,
        "DELETE FROM subscription WHERE subscriber_id = $1 AND newsletter_id = $2 AND state = 'ended' AND ended_at < $3",
        subscriber,
        newsletter,
        before.micros()
    )?;
    Ok(removed == 1)
}

/// How many active subscriptions of active subscribers a newsletter has.
pub async fn count_active(conn: &mut impl Connection, newsletter: i64) -> Result<i64> {
    let (count,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM subscription JOIN subscriber ON subscriber.id = subscription.subscriber_id \
         WHERE subscription.newsletter_id = $1 AND subscription.state = 'active' AND subscriber.state = 'active'",
        newsletter
    )?;
    Ok(count)
}

/// When the latest of a newsletter's active subscriptions was confirmed.
pub async fn last_confirmed(
    conn: &mut impl Connection,
    newsletter: i64,
) -> Result<Option<Timestamp>> {
    let (last,) = sql!(
        conn,
        one as (Option<i64>,),
        "SELECT MAX(confirmed_at) FROM subscription WHERE newsletter_id = $1 AND state = 'active'",
        newsletter
    )?;
    Ok(last.map(Timestamp::from_micros))
}

/// How many active subscribers of a newsletter would read each variant of an issue with these
/// topics, the most read first. Readers without a topic in common are under the empty set.
pub async fn readers_by_variant(
    conn: &mut impl Connection,
    newsletter: i64,
    topics: TopicSet,
) -> Result<Vec<(Language, TopicSet, i64)>> {
    if super::newsletter::is_in_trial(conn, newsletter).await? {
        return staff_by_variant(conn, newsletter, topics).await;
    }
    let rows = sql!(
        conn,
        all as (String, i64, i64),
        "SELECT language, shared, COUNT(*) AS readers FROM (SELECT r.language AS language, s.topics & $2 AS shared \
         FROM subscription s JOIN subscriber r ON r.id = s.subscriber_id \
         WHERE s.newsletter_id = $1 AND s.state = 'active' AND r.state = 'active') AS reader \
         GROUP BY language, shared ORDER BY readers DESC, language, shared",
        newsletter,
        topics.mask()
    )?;
    variants(rows)
}

/// How many active subscribers of a newsletter have one of these topics, or any where there are none,
/// and how many variants they read: each language with each choice of topics is one.
pub async fn count_readers(
    conn: &mut impl Connection,
    newsletter: i64,
    topics: TopicSet,
) -> Result<(i64, i64)> {
    if super::newsletter::is_in_trial(conn, newsletter).await? {
        let all = TopicSet::from_mask(i64::MAX);
        let mut staff = staff_by_variant(conn, newsletter, all).await?;
        staff.retain(|(_, own, _)| topics.is_empty() || !own.and(topics).is_empty());
        let readers = staff.iter().map(|(_, _, readers)| readers).sum();
        return Ok((readers, i64::try_from(staff.len()).unwrap_or(i64::MAX)));
    }
    // Counted in the database: as many choices of topics are possible as there are readers.
    sql!(
        conn,
        one as (i64, i64),
        "SELECT CAST(COALESCE(SUM(readers), 0) AS BIGINT), COUNT(*) FROM (SELECT COUNT(*) AS readers \
         FROM subscription s JOIN subscriber r ON r.id = s.subscriber_id \
         WHERE s.newsletter_id = $1 AND s.state = 'active' AND r.state = 'active' AND ($2 = 0 OR (s.topics & $2) <> 0) \
         GROUP BY r.language, s.topics) AS variant",
        newsletter,
        topics.mask()
    )
}

/// [`readers_by_variant`] of a newsletter in trial: only subscribers who are staff get its mails.
/// `CROSS JOIN` makes SQLite begin with the few of staff; PostgreSQL does so by its statistics.
async fn staff_by_variant(
    conn: &mut impl Connection,
    newsletter: i64,
    topics: TopicSet,
) -> Result<Vec<(Language, TopicSet, i64)>> {
    let rows = sql!(
        conn,
        all as (String, i64, i64),
        "SELECT language, shared, COUNT(*) AS readers FROM (SELECT r.language AS language, s.topics & $2 AS shared \
         FROM staff m CROSS JOIN subscriber r CROSS JOIN subscription s \
         WHERE r.address_key = m.email_key AND s.subscriber_id = r.id AND s.newsletter_id = $1 \
         AND m.state = 'active' AND s.state = 'active' AND r.state = 'active') AS reader \
         GROUP BY language, shared ORDER BY readers DESC, language, shared",
        newsletter,
        topics.mask()
    )?;
    variants(rows)
}

/// How many active subscribers of a newsletter are staff.
pub async fn count_staff(conn: &mut impl Connection, newsletter: i64) -> Result<i64> {
    let (count,) = sql!(
        conn,
        one as (i64,),
        "SELECT COUNT(*) FROM staff m CROSS JOIN subscriber r CROSS JOIN subscription s \
         WHERE r.address_key = m.email_key AND s.subscriber_id = r.id AND s.newsletter_id = $1 \
         AND m.state = 'active' AND s.state = 'active' AND r.state = 'active'",
        newsletter
    )?;
    Ok(count)
}

fn variants(rows: Vec<(String, i64, i64)>) -> Result<Vec<(Language, TopicSet, i64)>> {
    rows.into_iter()
        .map(|(language, topics, readers)| {
            Ok((
                language.parse().map_err(unreadable)?,
                TopicSet::from_mask(topics),
                readers,
            ))
        })
        .collect()
}
