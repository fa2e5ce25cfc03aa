//! Proofs of consent: kept until claims are statute-barred, then removed with the address.

use chrono::{Datelike as _, NaiveDate, TimeZone as _};

use super::{BATCH, Class, record};
use crate::app::{Actor, App, Error};
use crate::domain::audit::Action;
use crate::domain::newsletter::Newsletter;
use crate::domain::subscriber::SubscriberState;
use crate::domain::timestamp::Timestamp;
use crate::store::{self, Tx};

/// Removes the proof of every subscription that ended long enough ago, and whoever has no
/// subscription left. Returns how many subscriptions there were.
pub async fn proofs(app: &App, actor: &Actor) -> Result<u64, Error> {
    let newsletters = store::newsletter::list(&mut app.db.read().await?).await?;
    let mut removed = 0;
    for newsletter in newsletters {
        let years = app.config.retention.proof_years;
        let before = ended_before(app.clock.now(), newsletter.settings.zone, years);
        loop {
            let mut conn = app.db.read().await?;
            let of = newsletter.id;
            let ended = store::subscription::ended_before(&mut conn, of, before, BATCH).await?;
            drop(conn);
            let batch = remove(app, actor, &newsletter, before, ended).await?;
            if batch == 0 {
                break;
            }
            removed += batch;
        }
    }
    Ok(removed)
}

async fn remove(
    app: &App,
    actor: &Actor,
    newsletter: &Newsletter,
    before: Timestamp,
    mut subscribers: Vec<i64>,
) -> Result<u64, Error> {
    if subscribers.is_empty() {
        return Ok(0);
    }
    subscribers.sort_unstable(); // locked in one order by everybody
    let mut operation = app.begin(actor, Action::RetentionRemove).await?;
    let at = operation.at();
    let mut removed = 0;
    for subscriber in subscribers {
        let tx = operation.tx();
        if store::subscriber::lock(tx, subscriber).await?
            && store::subscription::remove_ended(tx, subscriber, newsletter.id, before).await?
        {
            removed += 1;
            store::consent::remove_of(tx, subscriber, newsletter.id).await?;
            store::signup::remove_of(tx, subscriber, newsletter.id).await?;
            forget(tx, subscriber, at).await?;
        }
    }
    if removed > 0 {
        record(&mut operation, Class::Proofs, removed);
        operation.commit().await?;
    }
    Ok(removed)
}

/// Erases whoever has no subscription left and asks for none.
async fn forget(tx: &mut Tx, subscriber: i64, at: Timestamp) -> store::Result<()> {
    let open = store::signup::of_subscriber(tx, subscriber).await?;
    let subscriptions = store::subscription::of_subscriber(tx, subscriber).await?;
    let state = store::subscriber::by_id(tx, subscriber)
        .await?
        .map(|one| one.state);
    let gone = matches!(
        state,
        Some(SubscriberState::Unsubscribed | SubscriberState::Suspended)
    );
    if gone && open.is_empty() && subscriptions.is_empty() {
        store::erasure::erase(tx, subscriber, at).await?;
        store::erasure::remove_erased_row(tx, subscriber).await?;
    }
    Ok(())
}

/// The instant before which a subscription must have ended for its proof to go at `now`: the first of
/// January, `years` calendar years before the present one began, by the newsletter's clock.
fn ended_before(now: Timestamp, zone: chrono_tz::Tz, years: u32) -> Timestamp {
    let year = now.in_zone(zone).year() - i32::try_from(years).unwrap_or(i32::MAX);
    let first = NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    let first = first.and_then(|first| zone.from_local_datetime(&first).earliest());
    // No zone skips midnight of New Year; without an answer nothing is removed.
    first.map_or(Timestamp::from_micros(i64::MIN), |first| {
        first.to_utc().into()
    })
}

#[cfg(test)]
mod tests {
    use super::ended_before;
    use crate::domain::timestamp::Timestamp;

    fn at(text: &str) -> Timestamp {
        let time: chrono::DateTime<chrono::Utc> = text.parse().expect("a date");
        time.into()
    }

    /// What ended in 2026 is kept through 2029 and goes with 2030 (sections 195 and 199 BGB), by the
    /// clock of the newsletter.
    #[test]
    fn the_third_following_year_is_kept_to_its_end() {
        let berlin = chrono_tz::Europe::Berlin;
        let last_of_2026 = at("2026-12-31T22:59:59Z");
        let still = ended_before(at("2029-12-31T22:59:59Z"), berlin, 3);
        assert!(last_of_2026 >= still, "{still}");
        let gone = ended_before(at("2029-12-31T23:00:00Z"), berlin, 3);
        assert!(last_of_2026 < gone, "{gone}");
        assert!(at("2026-12-31T23:00:00Z") >= gone, "that was 2027 already");
    }
}
