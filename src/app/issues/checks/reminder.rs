//! The reminder of the distance to the press, which a newsletter may want.

use crate::app::newsletters::NewsletterError;
use crate::app::{Actor, App, lookup};
use crate::domain::audit::{Action, Subject, SubjectKind};
use crate::store;

/// Sets whether the checks of a newsletter's issues remind of the distance to the press.
pub async fn set_press_distance(
    app: &App,
    actor: &Actor,
    newsletter: &str,
    wanted: bool,
) -> Result<(), NewsletterError> {
    let mut op = app.begin(actor, Action::NewsletterChange).await?;
    let newsletter = lookup::newsletter(op.tx(), newsletter).await?;
    let before = store::check::press_distance(op.tx(), newsletter.id).await?;
    if before != wanted {
        store::check::set_press_distance(op.tx(), newsletter.id, wanted).await?;
        let said = |on: bool| {
            if on {
                "press distance: on"
            } else {
                "press distance: off"
            }
        };
        op.record(
            Subject::new(SubjectKind::Newsletter, &newsletter.settings.key),
            Some(said(before)),
            Some(said(wanted)),
        );
    }
    Ok(op.commit().await?)
}
