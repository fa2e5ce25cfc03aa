//! Topics and their names.

use std::collections::BTreeMap;

use super::error::unreadable;
use super::sql::{Connection, sql};
use super::{Result, StoreError, Tx};
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::{Topic, TopicBit};

/// Every topic, in the order in which they were added.
pub async fn list(conn: &mut impl Connection) -> Result<Vec<Topic>> {
    let names = sql!(
        conn,
        all as (i64, String, String),
        "SELECT topic_bit, language, name FROM topic_name"
    )?;
    let rows = sql!(
        conn,
        all as (i64, String),
        "SELECT bit, key FROM topic ORDER BY bit"
    )?;
    rows.into_iter()
        .map(|(bit, key)| {
            let names = names
                .iter()
                .filter(|(of, _, _)| *of == bit)
                .map(|(_, language, name)| {
                    Ok((language.parse().map_err(unreadable)?, name.clone()))
                })
                .collect::<Result<BTreeMap<Language, String>>>()?;
            let bit = TopicBit::new(bit).ok_or_else(|| unreadable(format!("topic bit {bit}")))?;
            Ok(Topic { bit, key, names })
        })
        .collect()
}

/// Adds a topic under the next bit that was never used. [`StoreError::Exists`] if the key is taken;
/// [`StoreError::Refused`] if all 63 bits are used.
pub async fn add(
    tx: &mut Tx,
    key: &str,
    names: &BTreeMap<Language, String>,
    now: Timestamp,
) -> Result<Topic> {
    let (next,) = sql!(
        tx,
        one as (i64,),
        "SELECT COALESCE(MAX(bit) + 1, 0) FROM topic"
    )?;
    let bit = TopicBit::new(next).ok_or_else(|| {
        StoreError::Refused(format!(
            "an installation can have {} topics in total, and all are used",
            TopicBit::COUNT
        ))
    })?;
    sql!(
        tx,
        execute,
        "INSERT INTO topic (bit, key, created_at) VALUES ($1, $2, $3)",
        next,
        key,
        now.micros()
    )?;
    for (language, name) in names {
        sql!(
            tx,
            execute,
            "INSERT INTO topic_name (topic_bit, language, name) VALUES ($1, $2, $3)",
            next,
            language.as_str(),
            name.as_str()
        )?;
    }
    Ok(Topic {
        bit,
        key: key.to_owned(),
        names: names.clone(),
    })
}
