//! The words of entries, by which the newsroom finds them.

use std::collections::BTreeSet;

use super::dialect::{Dialect, both};
use super::entry::{self, Entry};
use super::sql::sql;
use super::{Db, Result, StoreError, Tx};
use crate::domain::entry::EntryText;
use crate::domain::search;
use crate::domain::text::html_to_plain;

/// Entries whose words are made in one transaction.
const BATCH: i64 = 200;

const ADD: Dialect = both!(
    "INSERT INTO entry_word (word, entry_id) SELECT value, $2 FROM ",
    json_texts,
    " WHERE TRUE ON CONFLICT (word, entry_id) DO NOTHING"
);

const REMOVE: Dialect = both!(
    "DELETE FROM entry_word WHERE entry_id = $2 AND word IN (SELECT value FROM ",
    json_texts,
    ")"
);

/// Makes the words of an entry those of its texts. Called with every change of what it says.
pub(super) async fn refresh(tx: &mut Tx, id: i64) -> Result<()> {
    let Some(entry) = entry::by_id(tx, id).await? else {
        return Ok(());
    };
    let wanted = words_of(&entry);
    let kept = sql!(
        tx,
        all as (String,),
        "SELECT word FROM entry_word WHERE entry_id = $1",
        id
    )?;
    let kept: BTreeSet<String> = kept.into_iter().map(|(word,)| word).collect();
    for (statement, words) in [
        (REMOVE, kept.difference(&wanted)),
        (ADD, wanted.difference(&kept)),
    ] {
        let words: Vec<&String> = words.collect();
        if !words.is_empty() {
            let list = serde_json::to_string(&words)
                .map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let statement = statement.on(tx);
            sql!(tx, execute, statement, list, id)?;
        }
    }
    sql!(
        tx,
        execute,
        "UPDATE entry SET words_version = $2 WHERE id = $1",
        id,
        search::VERSION
    )?;
    Ok(())
}

/// Makes the words of entries that have none by today's rules: those that are older than the table, or
/// than the rules.
pub(super) async fn fill(db: &Db) -> Result<()> {
    loop {
        let mut tx = db.begin().await?;
        let rows = sql!(
            &mut tx,
            all as (i64,),
            "SELECT id FROM entry WHERE words_version < $1 ORDER BY words_version LIMIT $2",
            search::VERSION,
            BATCH
        )?;
        if rows.is_empty() {
            return Ok(());
        }
        for (id,) in rows {
            refresh(&mut tx, id).await?;
        }
        tx.commit().await?;
    }
}

/// The words by which an entry is found.
fn words_of(entry: &Entry) -> BTreeSet<String> {
    let content = &entry.content;
    let bodies: Vec<String> = content
        .texts
        .values()
        .map(|text| html_to_plain(&text.body))
        .collect();
    let titles = content.texts.values().map(|text| &text.title);
    let others = content.texts.values().flat_map(|text| {
        let EntryText {
            teaser,
            decision,
            effects,
            ..
        } = text;
        [teaser, decision, effects]
    });
    let facts = [&content.place, &content.reference, &content.paper.committee];
    let facts = facts.into_iter().flatten();
    // What counts most comes first, because the number of words is limited.
    let all = titles
        .chain([&entry.organisation_name])
        .chain(facts)
        .chain(others)
        .chain(&bodies);
    search::words(all.map(String::as_str))
}
