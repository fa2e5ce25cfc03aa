//! What every page needs.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use templates::Asset;
use tokio::sync::Notify;

use super::limits::Limits;
use super::newsroom;
use super::newsroom::sending::Watchers;
use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, NoKey};
use crate::digest;
use crate::domain::address::Address;
use crate::domain::token::Keyring;
use crate::store::Db;

/// The minimum response time where timing must not reveal what was done: longer than a sign-up
/// takes on a machine that is not overloaded.
const ANSWER_FLOOR: Duration = Duration::from_millis(300);

/// What every page needs. Cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The operations; for reading: its database, configuration and clock.
    pub app: App,
    /// Opens the tokens in links.
    pub keyring: Arc<Keyring>,
    /// Notified when a mail was put into the outbox.
    pub wake: Arc<Notify>,
    /// The minimum response time of a sign-up; tests set it to zero.
    pub answer_floor: Duration,
    /// The path of the mailbox in a demonstration.
    pub demo_mailbox: Option<String>,
    /// Stylesheet and logo.
    pub(super) assets: Arc<[Asset]>,
    /// Where the stylesheets of the public pages are served.
    pub(super) public_stylesheets: Arc<[String]>,
    /// Where the stylesheet of the newsroom is served.
    pub(super) newsroom_stylesheet: String,
    /// Where each script of the newsroom is served.
    pub(super) scripts: Arc<BTreeMap<&'static str, String>>,
    /// Where the logo is served.
    pub(super) logo: Option<String>,
    /// The figures of issues that somebody watches.
    pub(super) watchers: Watchers,
    /// How often the form may be sent.
    pub(super) limits: Arc<Limits>,
}

impl WebState {
    /// The state for an installation; `wake` notifies the senders of the outbox.
    pub fn new(
        db: Db,
        config: Arc<Config>,
        clock: Clock,
        wake: Arc<Notify>,
    ) -> Result<Self, NoKey> {
        let keyring = Arc::new(config.security.keyring()?.clone());
        let mut assets = templates::assets(Some(&config.organisation.action_colour.to_string()));
        let (newsroom, scripts) = newsroom::assets(&config.organisation.action_colour.to_string());
        let newsroom_stylesheet = newsroom.href();
        let script_urls = scripts
            .iter()
            .map(|(name, file)| (*name, file.href()))
            .collect();
        let public_stylesheets = assets.iter().map(Asset::href).collect();
        assets.push(newsroom);
        assets.extend(scripts.into_iter().map(|(_, file)| file));
        let logo = digest::logo::logo(&config.organisation);
        let logo_href = logo.as_ref().map(Asset::href);
        assets.extend(logo);
        let limits = Limits::new(
            config.subscribing.requests_per_client,
            config.subscribing.requests_in_all,
        );
        Ok(Self {
            app: App::new(db, clock, config),
            keyring,
            wake,
            answer_floor: ANSWER_FLOOR,
            demo_mailbox: None,
            assets: assets.into(),
            public_stylesheets,
            newsroom_stylesheet,
            scripts: Arc::new(script_urls),
            logo: logo_href,
            watchers: Watchers::new(),
            limits: Arc::new(limits),
        })
    }

    /// The address that confirmation mails come from.
    pub fn notice_sender(&self) -> Option<&Address> {
        let own = self.app.config.subscribing.sender_address.as_ref();
        own.or(self.app.config.organisation.email.as_ref())
    }

    /// How many days a confirmation link works, for people.
    pub fn confirm_within_days(&self) -> u32 {
        const DAY: u64 = 24 * 60 * 60;
        let seconds = self.app.config.subscribing.confirm_within.as_secs();
        u32::try_from(seconds / DAY).unwrap_or(u32::MAX).max(1)
    }
}
