//! Domains that refuse many mails, for those who can do something about it.

use templates::pages::newsroom::sending::DomainView;

use crate::app::App;
use crate::domain::user::Right;
use crate::store::{Connection, StoreError};
use crate::web::newsroom::Staff;
use crate::web::newsroom::issues::path;
use crate::web::newsroom::sending::figures;

/// Each with the page of the newest issue about it.
pub(super) async fn of(
    app: &App,
    conn: &mut impl Connection,
    staff: &Staff,
) -> Result<Vec<(DomainView, String)>, StoreError> {
    // Approvers send again; administrators see to the relay and the records of the domain.
    if !staff.may(Right::Control) && !staff.may(Right::Administer) {
        return Ok(Vec::new());
    }
    let troubled = app.troubled(conn).await?;
    let views = troubled.iter().map(|one| {
        let domain = one.figures.domain.as_deref().unwrap_or_default();
        let page = format!("{}/sending", path::url(&one.issue));
        let url = staff.reader.link(&page, [("domain", domain)]);
        (figures::domain(&one.figures), url)
    });
    Ok(views.collect())
}
