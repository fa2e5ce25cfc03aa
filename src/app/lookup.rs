//! Newsletters, topics and issues by the names people use.

use crate::domain::issue::IssueName;
use crate::domain::newsletter::Newsletter;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::issue::Issue;
use crate::store::{self, Connection, StoreError};

/// Why nothing of a name was found. The message names what exists.
#[derive(Debug, thiserror::Error)]
pub enum LookupError {
    /// No newsletter has this key.
    #[error("{}", no_newsletter(.key, .known))]
    Newsletter {
        /// The key.
        key: String,
        /// The keys that exist.
        known: Vec<String>,
    },
    /// No topic has this key.
    #[error("{}", no_topic(.key, .known))]
    Topic {
        /// The key.
        key: String,
        /// The keys that exist.
        known: Vec<String>,
    },
    /// The newsletter has no issue of this number.
    #[error("{}", no_issue(.issue, .latest))]
    Issue {
        /// The name.
        issue: IssueName,
        /// The latest numbers of this newsletter.
        latest: Vec<i64>,
    },
    /// The database could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn no_newsletter(key: &str, known: &[String]) -> String {
    match known {
        [] => "there is no newsletter yet; add one with `rundbrief newsletter add`".to_owned(),
        known => format!(
            "there is no newsletter “{key}”; there are: {}",
            known.join(", ")
        ),
    }
}

fn no_topic(key: &str, known: &[String]) -> String {
    match known {
        [] => {
            format!(
                "there is no topic “{key}”; add it with `rundbrief topic add {key} --name de=…`"
            )
        }
        known => format!("there is no topic “{key}”; there are: {}", known.join(", ")),
    }
}

fn no_issue(IssueName { newsletter, number }: &IssueName, latest: &[i64]) -> String {
    let numbers: Vec<_> = latest.iter().map(i64::to_string).collect();
    match latest {
        [] => format!(
            "{newsletter} has no issue yet; compose one with `rundbrief issue compose {newsletter}`"
        ),
        _ => format!(
            "{newsletter} has no issue {number}; its latest are: {}",
            numbers.join(", ")
        ),
    }
}

/// The newsletter of this key.
pub async fn newsletter(conn: &mut impl Connection, key: &str) -> Result<Newsletter, LookupError> {
    let all = store::newsletter::list(conn).await?;
    let known: Vec<_> = all.iter().map(|one| one.settings.key.clone()).collect();
    let found = all.into_iter().find(|one| one.settings.key == key);
    found.ok_or_else(|| LookupError::Newsletter {
        key: key.to_owned(),
        known,
    })
}

/// The topics of these keys, among `all`.
pub fn topics(all: &[Topic], keys: &[String]) -> Result<TopicSet, LookupError> {
    keys.iter()
        .map(|key| {
            let found = all.iter().find(|topic| topic.key == *key);
            found
                .map(|topic| topic.bit)
                .ok_or_else(|| LookupError::Topic {
                    key: key.clone(),
                    known: all.iter().map(|topic| topic.key.clone()).collect(),
                })
        })
        .collect()
}

/// The keys of the topics in a set.
pub fn topic_keys(all: &[Topic], set: TopicSet) -> Vec<String> {
    all.iter()
        .filter(|topic| set.contains(topic.bit))
        .map(|topic| topic.key.clone())
        .collect()
}

/// The issue of this name, with its newsletter.
pub async fn issue(
    conn: &mut impl Connection,
    name: &IssueName,
) -> Result<(Newsletter, Issue), LookupError> {
    /// As many numbers as fit into a line.
    const LATEST: i64 = 5;
    let newsletter = newsletter(conn, &name.newsletter).await?;
    if let Some(issue) = store::issue::by_number(conn, newsletter.id, name.number).await? {
        return Ok((newsletter, issue));
    }
    let latest = store::issue::list(conn, Some(newsletter.id), LATEST).await?;
    Err(LookupError::Issue {
        issue: name.clone(),
        latest: latest.iter().map(|issue| issue.number).collect(),
    })
}
