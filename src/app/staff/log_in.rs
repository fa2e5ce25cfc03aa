//! Logging in by password.

use zeroize::Zeroizing;

use super::StaffError;
use super::session::{self, Opened};
use crate::app::{App, password};
use crate::domain::address::Address;
use crate::domain::user::UserState;
use crate::store;
use crate::store::staff_session::Step;

/// Begins a session for the user with this address and password; `None` where there is none.
pub async fn log_in(
    app: &App,
    email: &Address,
    password: Zeroizing<String>,
    agent: &str,
) -> Result<Option<Opened>, StaffError> {
    let mut conn = app.read().await?;
    let user = store::staff::by_email(&mut conn, email).await?;
    let stored = match &user {
        Some(user) => store::staff::password(&mut conn, user.id).await?,
        None => None,
    };
    drop(conn);
    let is_right = password::verify(password, stored).await;
    match user.filter(|user| is_right && user.state == UserState::Active) {
        Some(user) => session::open(app, &user, Step::Open, agent).await.map(Some),
        None => Ok(None),
    }
}
