//! The ledger as people see it: figures of an issue, lists of deliveries, one reader's mail; and
//! sending again. For `app` and those who show something; `delivery` reads the latest answers.
//!
//! Each is quick beside a million rows that were sent: those are never counted or read one by one,
//! the others stand in partial indexes (`delivery_due`, `delivery_on_the_way`, `delivery_apart`).

mod fate;
mod figures;
mod list;
mod retry;

pub use fate::{Fate, fate, one};
pub use figures::{
    Counts, Pace, SlowDomain, counts, last_words, latest_answers, pace, slow_domains,
};
pub use list::{Filter, list};
pub use retry::{Again, retry};
