//! Links that lead nowhere, into a private network, or unencrypted through the open one. `app` has asked
//! for the pages before; here is said what came of it.

use std::collections::{BTreeMap, BTreeSet};

use super::texts::links_of;
use super::{Facts, place};
use crate::digest::snapshot::Snapshot;
use crate::domain::check::{Field, Finding, LinkOutcome, Observation, Place};
use crate::domain::text::web_address;

/// The links that an issue tells: each address, and where it stands first.
pub fn targets(snapshot: &Snapshot) -> BTreeMap<String, Place> {
    let mut targets = BTreeMap::new();
    let mut add = |url: &str, place: Place| {
        if let Some(url) = web_address(url) {
            targets.entry(url).or_insert(place);
        }
    };
    for item in snapshot.items() {
        if let Some(url) = &item.url {
            add(url, place(item, Field::Link));
        }
        for url in item.details.urls() {
            add(url, place(item, Field::Link));
        }
        for attachment in &item.paper.attachments {
            add(&attachment.url, place(item, Field::Link));
        }
        for text in item.texts.values() {
            for link in links_of(&text.body) {
                add(&link.target, place(item, Field::Text));
            }
        }
    }
    targets
}

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let targets = targets(facts.snapshot);
    if targets.is_empty() {
        return;
    }
    let mut tried = Tried::default();
    for (url, place) in &targets {
        let parsed = url::Url::parse(url).ok();
        let mut here = |what| found.push(Finding::at(place.clone(), what));
        if let Some(parsed) = &parsed {
            if parsed.password().is_some() || !parsed.username().is_empty() {
                let host = parsed.host_str().unwrap_or_default().to_owned();
                here(Observation::LinkWithPassword { host });
            }
            let is_ours = url.starts_with(facts.mail_context.public_url());
            if parsed.scheme() == "http" && !is_ours {
                here(Observation::LinkUnencrypted { url: url.clone() });
            }
        }
        match facts.links.get(url) {
            None => tried.untried += 1,
            Some(LinkOutcome::Reached) => tried.reached += 1,
            Some(LinkOutcome::Private) => here(Observation::LinkPrivate { url: url.clone() }),
            Some(LinkOutcome::Status { status }) => {
                if let Some(what) = answered(url, *status) {
                    here(what);
                } else {
                    tried.guarded += 1;
                }
            }
            Some(LinkOutcome::Failed { why }) => tried.failed.push((url, place, *why)),
        }
    }
    tried.tell(facts, targets.len(), found);
}

/// What is said of a page that answers with an error; nothing of one that answers people only.
fn answered(url: &str, status: u16) -> Option<Observation> {
    let url = url.to_owned();
    match status {
        404 | 410 => Some(Observation::LinkBroken { url, status }),
        // Sites refuse programs with these; people get through, or are asked to log in.
        401 | 403 | 405 | 406 | 429 | 451 | 503 | 999 => None,
        _ => Some(Observation::LinkAnswersError { url, status }),
    }
}

#[derive(Default)]
struct Tried<'a> {
    untried: usize,
    reached: usize,
    guarded: usize,
    failed: Vec<(&'a String, &'a Place, crate::domain::check::LinkFailure)>,
}

impl Tried<'_> {
    fn tell(self, facts: &Facts<'_>, links: usize, found: &mut Vec<Finding>) {
        if !facts.are_links_tried {
            found.push(Finding::new(Observation::LinksNotTried { links }));
            return;
        }
        let hosts: BTreeSet<_> = self
            .failed
            .iter()
            .filter_map(|(url, ..)| host(url))
            .collect();
        // Where nothing answers at all, the way out of this machine is closed.
        let nothing_answers = self.reached + self.guarded == 0 && found.is_empty();
        if nothing_answers && hosts.len() > 1 && self.untried == 0 {
            let links = self.failed.len();
            found.push(Finding::new(Observation::LinksNotReachable { links }));
            return;
        }
        for (url, place, why) in &self.failed {
            let what = Observation::LinkUnreachable {
                url: (*url).clone(),
                why: *why,
            };
            found.push(Finding::at((*place).clone(), what));
        }
        if self.guarded > 0 {
            let links = self.guarded;
            found.push(Finding::new(Observation::LinksGuarded { links }));
        }
        if self.untried > 0 {
            let links = self.untried;
            found.push(Finding::new(Observation::LinksUntried { links }));
        }
        if found.is_empty() {
            found.push(Finding::new(Observation::LinksReached { links }));
        }
    }
}

fn host(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    url.host_str().map(str::to_owned)
}
