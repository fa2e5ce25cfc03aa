//! Newsletters, topics and issues by the names people give on the command line.

use anyhow::{Context as _, bail};

use super::arguments::IssueName;
use crate::domain::newsletter::Newsletter;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::issue::Issue;
use crate::store::{self, Connection};

/// The newsletter of this key; the error names those that exist.
pub async fn newsletter(conn: &mut impl Connection, key: &str) -> anyhow::Result<Newsletter> {
    let all = store::newsletter::list(conn).await?;
    let known: Vec<_> = all.iter().map(|one| one.settings.key.clone()).collect();
    let found = all.into_iter().find(|one| one.settings.key == key);
    found.with_context(|| match known.as_slice() {
        [] => "there is no newsletter yet; add one with `rundbrief newsletter add`".to_owned(),
        known => format!(
            "there is no newsletter “{key}”; there are: {}",
            known.join(", ")
        ),
    })
}

/// The topics of these keys; the error names those that exist.
pub fn topics(all: &[Topic], keys: &[String]) -> anyhow::Result<TopicSet> {
    keys.iter()
        .map(|key| {
            let found = all.iter().find(|topic| topic.key == *key);
            found.map(|topic| topic.bit).with_context(|| {
                let known: Vec<_> = all.iter().map(|topic| topic.key.as_str()).collect();
                if known.is_empty() {
                    format!("there is no topic “{key}”; add it with `rundbrief topic add {key} --name de=…`")
                } else {
                    format!("there is no topic “{key}”; there are: {}", known.join(", "))
                }
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

/// The issue of this name with its newsletter; the error names the latest that exist.
pub async fn issue(
    conn: &mut impl Connection,
    name: &IssueName,
) -> anyhow::Result<(Newsletter, Issue)> {
    let newsletter = newsletter(conn, &name.newsletter).await?;
    if let Some(issue) = store::issue::by_number(conn, newsletter.id, name.number).await? {
        return Ok((newsletter, issue));
    }
    let latest = store::issue::list(conn, Some(newsletter.id), 5).await?;
    if latest.is_empty() {
        bail!(
            "{} has no issue yet; compose one with `rundbrief issue compose {}`",
            name.newsletter,
            name.newsletter
        );
    }
    let numbers: Vec<_> = latest
        .iter()
        .map(|issue| issue.number.to_string())
        .collect();
    bail!(
        "{} has no issue {}; its latest are: {}",
        name.newsletter,
        name.number,
        numbers.join(", ")
    )
}
