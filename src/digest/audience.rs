//! For whom an issue has something, before it goes out, and for whom an entry is. For `issue
//! preview` and the editor.

use std::collections::BTreeMap;

use super::release;
use crate::domain::issue::IssueState;
use crate::domain::language::Language;
use crate::domain::newsletter::Newsletter;
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

/// For how many of a newsletter's readers an entry with these topics is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// How many.
    pub readers: i64,
    /// In how many variants they would read it: each language with each choice of topics is one.
    pub variants: i64,
}

/// For how many readers of a newsletter an entry with these topics is; none where the newsletter does not
/// carry it.
pub async fn reach(
    conn: &mut impl Connection,
    newsletter: &Newsletter,
    topics: TopicSet,
) -> Result<Option<Reach>> {
    let carried = newsletter.settings.topics;
    let shared = topics.and(carried);
    if shared.is_empty() && !topics.is_empty() && !carried.is_empty() {
        return Ok(None);
    }
    let counted = store::subscription::count_readers(conn, newsletter.id, shared).await?;
    let (readers, variants) = counted;
    Ok(Some(Reach { readers, variants }))
}

/// Who of a newsletter's readers something with these topics, or for everybody, is for.
pub async fn of(
    conn: &mut impl Connection,
    newsletter: i64,
    (topics, for_everyone): (TopicSet, bool),
) -> Result<Audience> {
    let readers = store::subscription::readers_by_variant(conn, newsletter, topics).await?;
    Ok(audience_of(readers, for_everyone))
}

/// How many readers of a newsletter have chosen which topics, in which language: of these follows who any of
/// its issues is for.
#[derive(Debug)]
pub struct Choices(Vec<(Language, TopicSet, i64)>);

impl Choices {
    /// Counts them.
    pub async fn count(conn: &mut impl Connection, newsletter: i64) -> Result<Self> {
        let all = TopicSet::from_mask(i64::MAX);
        let counts = store::subscription::readers_by_variant(conn, newsletter, all).await?;
        Ok(Self(counts))
    }

    /// How many different choices there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no reader.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As [`of`] counts them.
    pub fn audience(&self, (topics, for_everyone): (TopicSet, bool)) -> Audience {
        let mut shared: BTreeMap<(&str, i64), (Language, i64)> = BTreeMap::new();
        for (language, chosen, readers) in &self.0 {
            let key = (language.as_str(), chosen.and(topics).mask());
            shared.entry(key).or_insert((*language, 0)).1 += readers;
        }
        let readers = shared.into_iter();
        let mut readers: Vec<_> = readers
            .map(|((_, mask), (language, readers))| (language, TopicSet::from_mask(mask), readers))
            .collect();
        // The sort is stable: the same number, the same order as the database's.
        readers.sort_by_key(|(_, _, readers)| std::cmp::Reverse(*readers));
        audience_of(readers, for_everyone)
    }
}

fn audience_of(readers: Vec<(Language, TopicSet, i64)>, for_everyone: bool) -> Audience {
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
    audience
}
