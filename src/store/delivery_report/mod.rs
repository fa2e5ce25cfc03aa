//! Reports from the ledger: figures of an issue, lists of deliveries, one reader's mail; and
//! sending again. For `app` and everything that displays; `delivery` reads the latest replies.
//!
//! Each is quick with a million sent rows: those are never counted or read one by one, and partial
//! indexes hold the others (`delivery_due`, `delivery_on_the_way`, `delivery_apart`).

mod domains;
mod fate;
mod figures;
mod list;
mod over_time;
mod repeatable;
mod retry;

pub use domains::{DomainFigures, FEWEST_SHOWN, LastAnswer, RelayFigures, domains, relays};
pub use fate::{Fate, fate, one};
pub use figures::{
    Counts, Pace, SlowDomain, counts, last_words, latest_answers, pace, slow_domains,
};
pub use list::{Filter, list};
pub use over_time::{Answered, over_time};
pub use repeatable::{Repeatable, repeatable};
pub use retry::{Again, retry};
