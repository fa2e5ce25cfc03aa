//! Topics: what subscribers choose from.

use std::collections::BTreeMap;

use super::{Actor, App};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::language::Language;
use crate::domain::topic::Topic;
use crate::store::{self, StoreError};

/// Why a topic was not added.
#[derive(Debug, thiserror::Error)]
pub enum TopicError {
    /// The key is taken.
    #[error("there is a topic “{key}” already; choose another key")]
    Exists {
        /// The key.
        key: String,
    },
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] super::Error),
}

impl From<StoreError> for TopicError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// Adds a topic with its name in one language or several.
pub async fn add(
    app: &App,
    actor: &Actor,
    key: &str,
    names: &BTreeMap<Language, String>,
) -> Result<Topic, TopicError> {
    let mut op = app.begin(actor, Action::TopicAdd).await?;
    let at = op.at();
    let topic = match store::topic::add(op.tx(), key, names, at).await {
        Err(StoreError::Exists(_)) => {
            return Err(TopicError::Exists {
                key: key.to_owned(),
            });
        }
        added => added?,
    };
    let name = topic.name(app.config.languages.default);
    op.record(Subject::new(SubjectKind::Topic, key), None, Some(name));
    op.commit().await?;
    Ok(topic)
}
