//! Changing a newsletter: all settings that are given together, or none.

use std::fmt::Write as _;

use super::NewsletterError;
use crate::app::issues::review;
use crate::app::{Actor, App, Operation, lookup};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::domain::issue::IssueState;
use crate::domain::newsletter::{
    Approval, DigestSettings, Newsletter, NewsletterSettings, ReviewSettings,
};
use crate::domain::quiet::QuietHours;
use crate::domain::review::Change;
use crate::store;

/// What of a newsletter is to be changed: what is none stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// The hours in which no mail is begun; none of the inner kind removes them.
    pub quiet: Option<Option<QuietHours>>,
    /// How its issues tell their entries.
    pub digest: Option<DigestSettings>,
    /// Who releases its issues, and what else that needs.
    pub review: Option<(Approval, ReviewSettings)>,
    /// Whether the checks of its issues remind of the distance to the press.
    pub press_distance: Option<bool>,
}

/// Changes a newsletter. Issues that are approved already stay as they are.
pub async fn change(
    app: &App,
    actor: &Actor,
    key: &str,
    changes: impl FnOnce(&NewsletterSettings) -> Changes,
) -> Result<Newsletter, NewsletterError> {
    let mut op = app.begin(actor, Action::NewsletterChange).await?;
    let newsletter = lookup::newsletter(op.tx(), key).await?;
    let before = &newsletter.settings;
    let Changes {
        quiet,
        digest,
        review,
        press_distance,
    } = changes(before);
    let (mut was, mut is) = (Vec::new(), Vec::new());
    if let Some(quiet) = quiet.filter(|quiet| *quiet != before.quiet) {
        store::newsletter::set_quiet(op.tx(), newsletter.id, quiet).await?;
        was.push(quiet_words(before.quiet));
        is.push(quiet_words(quiet));
    }
    if let Some(digest) = digest.filter(|digest| *digest != before.digest) {
        store::newsletter::set_digest(op.tx(), newsletter.id, digest).await?;
        was.push(digest_words(before.digest));
        is.push(digest_words(digest));
    }
    let approval = (before.approval, before.review);
    if let Some((who, review)) = review.filter(|review| *review != approval) {
        store::newsletter::set_review(op.tx(), newsletter.id, who, review).await?;
        if review.trial != before.review.trial {
            another_audience(&mut op, newsletter.id).await?;
        }
        was.push(review_words(before.approval, before.review));
        is.push(review_words(who, review));
    }
    if let Some(wanted) = press_distance {
        let reminded = store::check::press_distance(op.tx(), newsletter.id).await?;
        if reminded != wanted {
            store::check::set_press_distance(op.tx(), newsletter.id, wanted).await?;
            was.push(press_words(reminded));
            is.push(press_words(wanted));
        }
    }
    if is.is_empty() {
        return Ok(newsletter);
    }
    op.record(
        Subject::new(SubjectKind::Newsletter, key),
        Some(&was.join(", ")),
        Some(&is.join(", ")),
    );
    let after = lookup::newsletter(op.tx(), key).await?;
    op.commit().await?;
    Ok(after)
}

/// Takes back what was approved for other recipients: for staff, or for everybody.
async fn another_audience(op: &mut Operation, newsletter: i64) -> Result<(), NewsletterError> {
    for issue in store::issue::in_state(op.tx(), IssueState::Approved).await? {
        if issue.newsletter == newsletter {
            review::changed(op, &issue, Change::Newsletter).await?;
        }
    }
    Ok(())
}

fn quiet_words(quiet: Option<QuietHours>) -> String {
    let hours = quiet.map_or_else(|| "none".to_owned(), |quiet| quiet.to_string());
    format!("quiet hours {hours}")
}

/// “teaser texts, 8 news, 12 events, 8 papers at most, name in subject”.
pub fn digest_words(digest: DigestSettings) -> String {
    let DigestSettings {
        texts,
        most_news,
        most_events,
        most_papers,
        name_in_subject,
    } = digest;
    let name = if name_in_subject { "" } else { "no " };
    format!(
        "{texts} texts, {most_news} news, {most_events} events, {most_papers} papers at most, {name}name in subject"
    )
}

/// “approval required, four eyes from 5000 recipients, in trial”.
pub fn review_words(approval: Approval, review: ReviewSettings) -> String {
    let mut words = format!("approval {approval}");
    if let Some(from) = review.four_eyes_from {
        let _ = write!(words, ", four eyes from {from} recipients"); // a String takes everything
    }
    if review.trial {
        words.push_str(", in trial");
    }
    words
}

fn press_words(wanted: bool) -> String {
    let word = if wanted { "on" } else { "off" };
    format!("press distance {word}")
}
