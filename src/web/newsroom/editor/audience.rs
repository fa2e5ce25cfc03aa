//! For how many readers an entry with the ticked topics is: a piece of the editor, for its script.

use axum::extract::{RawQuery, State};
use maud::Markup;
use templates::pages::newsroom::editor::{AudienceView, audience};

use super::fields::Fields;
use super::show;
use crate::digest::audience::reach;
use crate::domain::topic::{Topic, TopicSet};
use crate::store::{self, Connection};
use crate::web::newsroom::Staff;
use crate::web::{Failure, WebState};

/// Where it is.
pub(super) const PATH: &str = "/newsroom/entries/audience";

pub(super) async fn piece(
    State(state): State<WebState>,
    staff: Staff,
    RawQuery(query): RawQuery,
) -> Result<Markup, Failure> {
    let fields = Fields::read(&show::parse(query.as_deref())?)?;
    let mut conn = state.app.read().await?;
    let topics = store::topic::list(&mut conn).await?;
    let counted = count(&mut conn, &staff, ticked(&fields, &topics)).await?;
    Ok(audience(staff.locale(), &counted))
}

/// The topics that are ticked.
pub(super) fn ticked(fields: &Fields, topics: &[Topic]) -> TopicSet {
    let ticked = topics
        .iter()
        .filter(|topic| fields.some(&format!("topic-{}", topic.key)).is_some());
    ticked.map(|topic| topic.bit).collect()
}

/// The readers of each newsletter that would carry an entry with these topics.
pub(super) async fn count(
    conn: &mut impl Connection,
    staff: &Staff,
    topics: TopicSet,
) -> Result<Vec<AudienceView>, Failure> {
    let mut counted = Vec::new();
    for newsletter in store::newsletter::list(conn).await? {
        if let Some(reach) = reach(conn, &newsletter, topics).await? {
            counted.push(AudienceView {
                newsletter: newsletter.settings.text(staff.language).name.clone(),
                readers: reach.readers,
                variants: reach.variants,
            });
        }
    }
    Ok(counted)
}
