//! The parts that all pages share, from the configuration.

use templates::{Asset, Site};

use super::{Reader, WebState};
use crate::digest::site::{locale, site as common};

/// The installation, for `reader`.
pub fn site(state: &WebState, reader: &Reader) -> Site {
    let config = &state.app.config;
    let offered = config.languages.offered.iter().copied();
    let stylesheets = state
        .assets
        .iter()
        .filter(|asset| asset.content_type.starts_with("text/css"));
    Site {
        offered: offered.map(locale).collect(),
        logo: state.logo.clone(),
        here: reader.here.clone(),
        stylesheets: stylesheets.map(Asset::href).collect(),
        demo_mailbox: state.demo_mailbox.clone(),
        ..common(&config.organisation, reader.language, |path| {
            reader.path(path)
        })
    }
}
