//! An entry that is open in the editor: what its pages need to know of it.

use crate::config::Config;
use crate::domain::entry::{EntryContent, EntryKind};
use crate::domain::language::LanguageTag;
use crate::domain::topic::Topic;
use crate::store::entry::Entry;
use crate::store::{self, Connection, entry_version};
use crate::web::newsroom::Staff;
use crate::web::{Failure, WebState};

use super::content::With;

/// An entry in the editor.
pub(super) struct Opened {
    /// The entry; none of a new one.
    pub(super) entry: Option<Entry>,
    /// Its UUID; of a new one, that it will have.
    pub(super) uuid: String,
    /// What it is.
    pub(super) kind: EntryKind,
    /// The number of its last version: 0 where none is kept, none of a new one.
    pub(super) latest: Option<i64>,
    pub(super) topics: Vec<Topic>,
    /// The language of new entries.
    pub(super) language: LanguageTag,
    pub(super) zone: chrono_tz::Tz,
}

impl Opened {
    /// A new entry.
    pub(super) async fn new(
        state: &WebState,
        staff: &Staff,
        kind: EntryKind,
        uuid: String,
    ) -> Result<Self, Failure> {
        let mut conn = state.app.read().await?;
        let topics = store::topic::list(&mut conn).await?;
        Ok(Self {
            entry: None,
            uuid,
            kind,
            latest: None,
            topics,
            language: language(&state.app.config, staff),
            zone: state.app.config.newsroom.zone,
        })
    }

    /// The entry of this UUID.
    pub(super) async fn known(
        state: &WebState,
        staff: &Staff,
        uuid: &str,
    ) -> Result<Self, Failure> {
        let mut conn = state.app.read().await?;
        let entry = by_uuid(&mut conn, uuid).await?.ok_or(Failure::NotFound)?;
        Ok(Self {
            uuid: entry.uuid.clone(),
            kind: entry.content.kind,
            latest: Some(entry_version::latest(&mut conn, entry.id).await?),
            entry: Some(entry),
            topics: store::topic::list(&mut conn).await?,
            language: language(&state.app.config, staff),
            zone: state.app.config.newsroom.zone,
        })
    }

    /// What fields are read with.
    pub(super) fn with(&self) -> With<'_> {
        With {
            was: self.content(),
            kind: self.kind,
            topics: &self.topics,
            zone: self.zone,
            language: &self.language,
        }
    }

    /// What it says.
    pub(super) fn content(&self) -> Option<&EntryContent> {
        self.entry.as_ref().map(|entry| &entry.content)
    }
}

/// New entries are written in the language of who writes them, where readers can choose it.
fn language(config: &Config, staff: &Staff) -> LanguageTag {
    let languages = &config.languages;
    let own = Some(staff.user.language).filter(|own| languages.offered.contains(own));
    own.unwrap_or(languages.default).into()
}

/// The entry of this UUID: rows have no pages here.
pub(super) async fn by_uuid(
    conn: &mut impl Connection,
    uuid: &str,
) -> Result<Option<Entry>, Failure> {
    let found = store::entry::by_name(conn, uuid).await?;
    Ok(found.filter(|entry| entry.uuid == uuid))
}
