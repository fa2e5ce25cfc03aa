//! So many mails at once to one recipient domain: large providers slow down or refuse who comes with
//! more. What is too many waits aside and keeps nobody else from going out.
//!
//! A maker [enters](Domains::enter) a job before it makes the mail; its [`Place`] goes with the mail
//! to the connection. When it is dropped, the next job of that domain goes back into the queue.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::making::Job;
use super::queue::Queue;

/// Jobs that wait aside, at most: more are not leased before some of them are gone.
const MOST_ASIDE: usize = 10_000;

/// Shared by makers and connections of a session.
#[derive(Debug)]
pub(super) struct Domains {
    /// Mails at once to one domain; 0 is no limit.
    most: u32,
    leased: Arc<Queue<Job>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    by_name: HashMap<String, Domain>,
    aside: usize,
}

#[derive(Debug, Default)]
struct Domain {
    under_way: u32,
    aside: VecDeque<Job>,
}

impl Domains {
    /// `leased` is where jobs go that waited aside.
    pub(super) fn new(most: u32, leased: Arc<Queue<Job>>) -> Arc<Self> {
        Arc::new(Self {
            most,
            leased,
            state: Mutex::default(),
        })
    }

    /// The job with its place, or nothing: then it waits aside.
    pub(super) fn enter(self: &Arc<Self>, job: Job) -> Option<(Job, Place)> {
        if self.most == 0 {
            return Some((job, Place(None)));
        }
        let name = job.address.domain().to_ascii_lowercase();
        let mut state = self.state();
        let domain = state.by_name.entry(name.clone()).or_default();
        if domain.under_way >= self.most {
            domain.aside.push_back(job);
            state.aside += 1;
            return None;
        }
        domain.under_way += 1;
        Some((job, Place(Some((Arc::clone(self), name)))))
    }

    /// Whether more may be leased.
    pub(super) fn has_room(&self) -> bool {
        self.state().aside < MOST_ASIDE
    }

    /// Nothing waits aside.
    pub(super) fn is_idle(&self) -> bool {
        self.state().aside == 0
    }

    fn leave(&self, name: &str) {
        let mut state = self.state();
        let Some(domain) = state.by_name.get_mut(name) else {
            return;
        };
        domain.under_way -= 1;
        let next = domain.aside.pop_front();
        if domain.under_way == 0 && next.is_none() {
            state.by_name.remove(name);
        }
        if let Some(job) = next {
            // In this order, so that nobody finds it neither here nor there.
            self.leased.put_first(job);
            state.aside -= 1;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of the mails that are under way to a domain, until it is dropped.
#[derive(Debug)]
pub(super) struct Place(Option<(Arc<Domains>, String)>);

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((domains, name)) = self.0.take() {
            domains.leave(&name);
        }
    }
}
