//! What became of a mail: “did she get issue 14?”.

use super::issues::{self, IssueError};
use super::{Actor, App, lookup};
use crate::domain::address::Address;
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::delivery::{DeliveryState, FailureClass};
use crate::domain::issue::IssueName;
use crate::domain::timestamp::Timestamp;
use crate::store::delivery::Delivery;
use crate::store::delivery_report::{self, DomainFigures, Fate};
use crate::store::{self, Connection, StoreError};

/// A delivery, without its address, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DeliveryDetails {
    /// Its state.
    pub state: DeliveryState,
    /// Why the last attempt failed, if it did.
    pub class: Option<FailureClass>,
    /// How often it was attempted.
    pub attempts: i64,
    /// When it is attempted next, if it waits.
    pub next_attempt_at: Option<Timestamp>,
    /// When the last attempt began.
    pub started_at: Option<Timestamp>,
    /// When it reached its final state.
    pub finished_at: Option<Timestamp>,
    /// The relay that answered last.
    pub relay: Option<String>,
    /// The code of its answer.
    pub reply_code: Option<i64>,
    /// The enhanced status code (RFC 3463).
    pub reply_status: Option<String>,
    /// The text of its answer.
    pub reply: Option<String>,
}

impl From<&Delivery> for DeliveryDetails {
    fn from(delivery: &Delivery) -> Self {
        let waits = delivery.state == DeliveryState::Queued;
        Self {
            state: delivery.state,
            class: delivery.class,
            attempts: delivery.attempts,
            next_attempt_at: waits.then_some(delivery.next_attempt_at),
            started_at: delivery.started_at,
            finished_at: delivery.finished_at,
            relay: delivery.relay.clone(),
            reply_code: delivery.reply_code,
            reply_status: delivery.reply_status.clone(),
            reply: delivery.reply.clone(),
        }
    }
}

/// A page of the deliveries of an issue, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DeliveryPage {
    /// Of which issue.
    pub issue: IssueName,
    /// The deliveries.
    pub deliveries: Vec<AddressedDelivery>,
    /// Where the next page begins, if there is one: the number for `--after`.
    pub next: Option<i64>,
}

/// A delivery with its address, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AddressedDelivery {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: DeliveryDetails,
    /// Whom it was for: masked unless whole addresses were asked for.
    pub address: String,
}

/// What became of issues for one address, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct FoundDeliveries {
    /// The address, masked: whoever asked knows it.
    pub address: String,
    /// An answer for each issue.
    pub deliveries: Vec<Answer>,
}

/// What became of an issue for one address.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// It is in the ledger.
    Delivery {
        /// The issue.
        issue: Option<IssueName>,
        /// Its delivery.
        #[serde(flatten)]
        delivery: Box<DeliveryDetails>,
    },
    /// It is not.
    None {
        /// The issue.
        issue: Option<IssueName>,
        /// Always null: there is no delivery.
        state: Option<DeliveryState>,
        /// Why, as a code.
        why: &'static str,
        /// When that happened, where it is known.
        at: Option<Timestamp>,
    },
}

impl Answer {
    /// What became of this issue.
    pub fn new(issue: Option<IssueName>, fate: &Fate) -> Self {
        let (why, at) = match fate {
            Fate::InLedger(delivery) => {
                return Self::Delivery {
                    issue,
                    delivery: Box::new(delivery.into()),
                };
            }
            Fate::NotFrozen => ("not-frozen", None),
            Fate::Unknown => ("unknown-address", None),
            Fate::NotKept => ("not-kept", None),
            Fate::NeverSubscribed => ("never-subscribed", None),
            Fate::SubscribedLater(at) => ("subscribed-later", Some(*at)),
            Fate::LeftBefore(at) => ("left-before", Some(*at)),
            Fate::NothingForThem => ("nothing-for-them", None),
            Fate::Inactive(state) => (state.as_str(), None),
            Fate::ChangedSince => ("changed-since", None),
        };
        Self::None {
            issue,
            state: None,
            why,
            at,
        }
    }
}

/// What became of this issue for an address; of the latest issues of every newsletter where none is
/// named. Each with the name of its issue.
pub async fn find(
    conn: &mut impl Connection,
    address: &Address,
    issue: Option<&IssueName>,
) -> Result<Vec<(Option<IssueName>, Fate)>, IssueError> {
    let Some(name) = issue else {
        return Ok(latest(conn, address).await?);
    };
    let (_, issue) = lookup::issue(conn, name).await?;
    let fate = delivery_report::fate(conn, address, &issue).await?;
    Ok(vec![(Some(name.clone()), fate)])
}

async fn latest(
    conn: &mut impl Connection,
    address: &Address,
) -> Result<Vec<(Option<IssueName>, Fate)>, StoreError> {
    const MOST: i64 = 50;
    let Some(subscriber) = store::subscriber::by_address(conn, address).await? else {
        return Ok(vec![(None, Fate::Unknown)]);
    };
    let mut found = Vec::new();
    for delivery in store::delivery::of_subscriber(conn, subscriber.id, MOST).await? {
        let name = issues::name_of(conn, delivery.key.issue).await?;
        found.push((name, Fate::InLedger(delivery)));
    }
    Ok(found)
}

/// Answers “did they get it?” for somebody who works here: what became of this issue for an address,
/// and of the latest issues that were sent to it. That somebody asked is in the audit log, by the row
/// of the subscriber; a question about an address that nobody knows is, too.
pub async fn ask(
    app: &App,
    actor: &Actor,
    address: &Address,
    issue: &IssueName,
) -> Result<AskedDeliveries, IssueError> {
    /// As many as somebody reads who wants to know whether mails arrive at all.
    const LATEST: i64 = 10;
    let mut op = app.begin(actor, Action::DeliveryFind).await?;
    let (_, row) = lookup::issue(op.tx(), issue).await?;
    let fate = delivery_report::fate(op.tx(), address, &row).await?;
    let mut latest = Vec::new();
    let subscriber = store::subscriber::by_address(op.tx(), address).await?;
    if let Some(subscriber) = &subscriber {
        let found = store::delivery::of_subscriber(op.tx(), subscriber.id, LATEST).await?;
        for delivery in found.into_iter().filter(|one| one.key.issue != row.id) {
            if let Some(name) = issues::name_of(op.tx(), delivery.key.issue).await? {
                latest.push((name, delivery));
            }
        }
    }
    let subject = match subscriber {
        Some(subscriber) => Subject::subscriber(subscriber.id),
        None => Subject::new(SubjectKind::Subscriber, "unknown"),
    };
    op.record(subject, None, Some(&issue.to_string()));
    op.commit().await?;
    Ok(AskedDeliveries { fate, latest })
}

/// The answer to “did they get it?”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedDeliveries {
    /// What became of the issue.
    pub fate: Fate,
    /// The deliveries of other issues, the newest first.
    pub latest: Vec<(IssueName, Delivery)>,
}

/// How well mails to each domain were accepted, over the latest issues that were sent: the domains
/// with most answers, and the others added up in the last place. Counted among the latest answers of
/// each issue, so it takes as long for a million readers as for some thousands.
pub async fn by_domain(
    conn: &mut impl Connection,
    limit: usize,
) -> Result<Vec<DomainFigures>, StoreError> {
    /// The latest issues that are looked at, in any state …
    const ISSUES: i64 = 30;
    /// … and of these the ones that were sent.
    const SENT: usize = 5;
    const AMONG: i64 = 2000;
    const DOMAINS: i64 = 30;
    let mut all = Vec::new();
    let issues = store::issue::list(conn, None, ISSUES).await?;
    for issue in issues
        .iter()
        .filter(|one| one.frozen_at.is_some())
        .take(SENT)
    {
        all.extend(delivery_report::domains(conn, issue.id, AMONG, DOMAINS).await?);
    }
    Ok(added_up(all, limit))
}

/// The figures of each domain added up: those with most answers, and the rest as one in the last
/// place. Figures of the newest issue come first, and with them the last answer.
fn added_up(all: Vec<DomainFigures>, limit: usize) -> Vec<DomainFigures> {
    let mut sums: Vec<DomainFigures> = Vec::new();
    for one in all {
        match sums.iter_mut().find(|sum| sum.domain == one.domain) {
            Some(sum) => add(sum, &one),
            None => sums.push(one),
        }
    }
    let answers = |one: &DomainFigures| one.sent + one.deferred + one.failed;
    sums.sort_by_key(|one| (one.domain.is_none(), -answers(one)));
    if let Some(most) = sums
        .get(limit..)
        .filter(|rest| rest.iter().any(|one| one.domain.is_some()))
    {
        let mut rest = DomainFigures {
            domain: None,
            domains: 0,
            sent: 0,
            deferred: 0,
            failed: 0,
            last: None,
        };
        for one in most {
            rest.domains += one.domains;
            add(&mut rest, one);
        }
        sums.truncate(limit);
        sums.push(rest);
    }
    sums
}

fn add(sum: &mut DomainFigures, one: &DomainFigures) {
    sum.sent += one.sent;
    sum.deferred += one.deferred;
    sum.failed += one.failed;
    // Which domains are behind “others” is not known: not fewer than in any one issue.
    if one.domain.is_none() && sum.domain.is_none() {
        sum.domains = sum.domains.max(one.domains);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(domain: &str, sent: i64) -> DomainFigures {
        DomainFigures {
            domain: Some(domain.to_owned()).filter(|domain| !domain.is_empty()),
            domains: 1,
            sent,
            deferred: 0,
            failed: 1,
            last: None,
        }
    }

    #[test]
    fn domains_of_several_issues_are_added_up() {
        let all = vec![
            figures("a.example", 5),
            figures("b.example", 9),
            figures("", 3),
            figures("a.example", 6),
            figures("", 100),
        ];
        let of = |limit| {
            let sums = added_up(all.clone(), limit);
            sums.into_iter()
                .map(|one| (one.domain.unwrap_or_default(), one.sent, one.failed))
                .collect::<Vec<_>>()
        };
        let (a, b) = (
            ("a.example".to_owned(), 11, 2),
            ("b.example".to_owned(), 9, 1),
        );
        assert_eq!(of(5), [a.clone(), b.clone(), (String::new(), 103, 2)]);
        assert_eq!(of(2), [a.clone(), b, (String::new(), 103, 2)]);
        assert_eq!(of(1), [a, (String::new(), 112, 3)]);
        assert_eq!(added_up(Vec::new(), 3), []);
    }
}
