//! The parts that all pages share, from the configuration.

use templates::Site;

use super::{Reader, WebState};
use crate::digest::site::{locale, site as common};

/// The installation, for `reader`.
pub fn site(state: &WebState, reader: &Reader) -> Site {
    let config = &state.app.config;
    let offered = config.languages.offered.iter().copied();
    Site {
        offered: offered.map(locale).collect(),
        logo: state.logo.clone(),
        here: reader.here.clone(),
        stylesheets: state.public_stylesheets.to_vec(),
        demo_newsroom: state
            .demo_mailbox
            .is_some()
            .then(|| reader.path(super::demo::DOOR)),
        demo_mailbox: state.demo_mailbox.clone(),
        ..common(&config.organisation, reader.language, |path| {
            reader.path(path)
        })
    }
}
