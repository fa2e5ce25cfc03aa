//! Subscriptions of the last twelve months, from the totals of each month.

use chrono::{Datelike as _, Months, NaiveDate};
use templates::pages::newsroom::start::GrowthMonth;

use crate::domain::timestamp::Timestamp;
use crate::store::subscription_month::SubscriptionMonth;

const MONTHS: u32 = 12;

/// Twelve months with the present one as the last; none where there were never any subscriptions.
pub(super) fn of_last_year(months: &[SubscriptionMonth], now: Timestamp) -> Vec<GrowthMonth> {
    if months.is_empty() {
        return Vec::new();
    }
    let today = now.utc().date_naive();
    let present = today.with_day(1).unwrap_or(today);
    let shown = (0..MONTHS).rev().filter_map(|back| {
        let month = present.checked_sub_months(Months::new(back))?;
        Some(growth(months, month))
    });
    shown.collect()
}

fn growth(months: &[SubscriptionMonth], month: NaiveDate) -> GrowthMonth {
    let name = month.format("%Y-%m").to_string();
    let until = months.iter().filter(|one| one.month <= name);
    let here = || months.iter().filter(|one| one.month == name);
    GrowthMonth {
        month,
        total: until.map(|one| one.started - one.ended).sum(),
        started: here().map(|one| one.started).sum(),
        ended: here().map(|one| one.ended).sum(),
    }
}
