//! For whom an issue has something, before it goes out. For `issue preview`.

use super::release;
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::timestamp::Timestamp;
use crate::domain::topic::TopicSet;
use crate::store::issue::Issue;
use crate::store::{self, Connection, Result};

/// Readers as they are now; they change until the recipients are materialised.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Audience {
    /// The variants with their readers, the most read first.
    pub variants: Vec<VariantReaders>,
    /// Active subscribers who would find nothing in it and get no mail.
    pub nothing: i64,
}

impl Audience {
    /// How many get a mail.
    pub fn readers(&self) -> i64 {
        self.variants.iter().map(|variant| variant.readers).sum()
    }
}

/// How many read one variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct VariantReaders {
    /// In which language.
    pub language: Language,
    /// With which topics.
    pub topics: TopicSet,
    /// How many.
    pub readers: i64,
}

/// The audience of an issue: of what was released, or of what would be released now.
pub async fn audience(
    conn: &mut impl Connection,
    issue: &Issue,
    now: Timestamp,
) -> Result<Audience> {
    let unreleased = matches!(
        issue.state,
        IssueState::Draft | IssueState::InReview | IssueState::Held
    );
    let (topics, for_everyone) = if unreleased {
        release::build(conn, issue, now).await?.audience()
    } else {
        (issue.topics, issue.for_everyone)
    };
    of(conn, issue.newsletter, (topics, for_everyone)).await
}

/// Who of a newsletter's readers something with these topics, or for everybody, is for.
pub async fn of(
    conn: &mut impl Connection,
    newsletter: i64,
    (topics, for_everyone): (TopicSet, bool),
) -> Result<Audience> {
    let readers = store::subscription::readers_by_variant(conn, newsletter, topics).await?;
    let mut audience = Audience {
        variants: Vec::new(),
        nothing: 0,
    };
    for (language, topics, readers) in readers {
        if for_everyone || !topics.is_empty() {
            audience.variants.push(VariantReaders {
                language,
                topics,
                readers,
            });
        } else {
            audience.nothing += readers;
        }
    }
    Ok(audience)
}
