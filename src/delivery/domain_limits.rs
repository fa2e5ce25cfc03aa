//! Limits concurrent mails to one recipient domain: large providers slow down or refuse senders
//! with more. Deliveries above the limit are deferred and do not block others.
//!
//! A message builder [acquires](DomainLimits::acquire) a permit before it builds the mail; the
//! [`DomainPermit`] goes with the mail to the connection. When it is dropped, the next delivery to
//! that domain goes back into the queue.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::leased::LeasedDelivery;
use super::queue::Queue;

/// The most deferred deliveries: nothing more is leased until there are fewer.
const MOST_DEFERRED: usize = 10_000;

/// Shared by the message builders and connections of a dispatcher.
#[derive(Debug)]
pub(super) struct DomainLimits {
    /// Concurrent mails to one domain; 0 is no limit.
    most: u32,
    leased: Arc<Queue<LeasedDelivery>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    by_name: HashMap<String, Domain>,
    deferred: usize,
}

#[derive(Debug, Default)]
struct Domain {
    under_way: u32,
    deferred: VecDeque<LeasedDelivery>,
}

impl DomainLimits {
    /// `leased` is the queue that deferred deliveries return to.
    pub(super) fn new(most: u32, leased: Arc<Queue<LeasedDelivery>>) -> Arc<Self> {
        Arc::new(Self {
            most,
            leased,
            state: Mutex::default(),
        })
    }

    /// The delivery with its permit; `None` when it was deferred.
    pub(super) fn acquire(
        self: &Arc<Self>,
        delivery: LeasedDelivery,
    ) -> Option<(LeasedDelivery, DomainPermit)> {
        if self.most == 0 {
            return Some((delivery, DomainPermit(None)));
        }
        let name = delivery.address.domain().to_ascii_lowercase();
        let mut state = self.state();
        let domain = state.by_name.entry(name.clone()).or_default();
        if domain.under_way >= self.most {
            domain.deferred.push_back(delivery);
            state.deferred += 1;
            return None;
        }
        domain.under_way += 1;
        Some((delivery, DomainPermit(Some((Arc::clone(self), name)))))
    }

    /// Whether more may be leased.
    pub(super) fn has_room(&self) -> bool {
        self.state().deferred < MOST_DEFERRED
    }

    /// Nothing is deferred.
    pub(super) fn is_idle(&self) -> bool {
        self.state().deferred == 0
    }

    fn leave(&self, name: &str) {
        let mut state = self.state();
        let Some(domain) = state.by_name.get_mut(name) else {
            return;
        };
        domain.under_way -= 1;
        let next = domain.deferred.pop_front();
        if domain.under_way == 0 && next.is_none() {
            state.by_name.remove(name);
        }
        if let Some(delivery) = next {
            // In this order, so that it is always in at least one of the two.
            self.leased.put_first(delivery);
            state.deferred -= 1;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to one mail in flight to a domain, until it is dropped.
#[derive(Debug)]
pub(super) struct DomainPermit(Option<(Arc<DomainLimits>, String)>);

impl Drop for DomainPermit {
    fn drop(&mut self) {
        if let Some((domains, name)) = self.0.take() {
            domains.leave(&name);
        }
    }
}
