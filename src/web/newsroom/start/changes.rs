//! What changed since this user was last here, from the audit log.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono_tz::Tz;
use templates::pages::newsroom::trail::{ChangeView, Who, is_told};

use crate::domain::timestamp::Timestamp;
use crate::store::audit::AuditEntry;
use crate::store::{self, Connection, StoreError};
use crate::web::newsroom::Staff;
use crate::web::newsroom::planning::slots;

/// How many sentences.
const MOST: usize = 8;
/// How many lines of the log are read for them.
const LINES: i64 = 200;
/// How far back for somebody who was never here, and at most.
const LONGEST: Duration = Duration::from_hours(14 * 24);

/// The latest first. One's own doing is left out, and the same done to several things in a row is
/// told once.
pub(super) async fn since(
    conn: &mut impl Connection,
    staff: &Staff,
    newsletters: &[slots::Timed],
    (since, now): (Option<Timestamp>, Timestamp),
    zone: Tz,
) -> Result<Vec<ChangeView>, StoreError> {
    let earliest = now.minus(LONGEST);
    let since = since.unwrap_or(earliest).max(earliest);
    let lines = store::audit::of_staff(conn, since, LINES).await?;
    let names = store::staff::names(conn).await?;
    let mut told: Vec<(AuditEntry, u32)> = Vec::new();
    for line in lines {
        let entry = line.entry;
        if entry.actor_name == staff.user.uuid || !is_told(&entry.action) {
            continue;
        }
        if let Some((last, more)) = told.last_mut()
            && is_the_same(last, &entry)
        {
            *more += 1;
        } else if told.len() == MOST {
            break;
        } else {
            told.push((entry, 0));
        }
    }
    let mut changes = Vec::new();
    for (entry, more) in told {
        let (what, url) = subject(conn, staff, newsletters, &entry).await?;
        changes.push(ChangeView {
            who: who(&entry, &names),
            what,
            url,
            at: entry.at.in_zone(zone).naive_local(),
            action: entry.action,
            more,
        });
    }
    Ok(changes)
}

fn is_the_same(one: &AuditEntry, other: &AuditEntry) -> bool {
    (&one.actor, &one.actor_name, &one.action) == (&other.actor, &other.actor_name, &other.action)
}

fn who(entry: &AuditEntry, names: &BTreeMap<String, String>) -> Who {
    match entry.actor.as_str() {
        "user" => {
            let name = names.get(&entry.actor_name).cloned();
            Who::User(name.unwrap_or_else(|| entry.actor_name.clone()))
        }
        "job" => Who::Job,
        _ => Who::Operator,
    }
}

/// The name of what it was done to, and where that is.
async fn subject(
    conn: &mut impl Connection,
    staff: &Staff,
    newsletters: &[slots::Timed],
    entry: &AuditEntry,
) -> Result<(String, Option<String>), StoreError> {
    let id = entry.subject_id.as_str();
    let newsletter = |key: &str| {
        let found = newsletters.iter().find(|(one, _)| one.settings.key == key);
        found.map(|(one, _)| one.settings.text(staff.language).name.clone())
    };
    Ok(match entry.subject.as_str() {
        "issue" => {
            let (key, number) = id.split_once('/').unwrap_or((id, ""));
            let name = newsletter(key).unwrap_or_else(|| key.to_owned());
            let url = format!("{}/{id}", crate::web::newsroom::issues::LIST);
            (format!("{name} {number}"), Some(staff.reader.path(&url)))
        }
        "entry" => match store::entry::by_name(conn, id).await? {
            Some(found) => {
                let texts = &found.content.texts;
                let text = texts.get(&found.content.original);
                let title = text.or_else(|| texts.values().next());
                let title = title.map(|text| text.title.clone()).unwrap_or_default();
                let url = format!("/newsroom/entries/{id}");
                (quoted(staff, &title), Some(staff.reader.path(&url)))
            }
            None => (id.to_owned(), None),
        },
        "newsletter" => (
            newsletter(id).map_or_else(|| id.to_owned(), |name| quoted(staff, &name)),
            None,
        ),
        _ => (id.to_owned(), None),
    })
}

fn quoted(staff: &Staff, text: &str) -> String {
    templates::pages::newsroom::trail::quoted(staff.locale(), text)
}
