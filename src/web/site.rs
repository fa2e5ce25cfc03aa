//! What all pages share, from the configuration.

use templates::{Asset, Imprint, Links, Site};

use super::language::locale;
use super::{Reader, WebState};
use crate::config::Organisation;

/// The installation as `reader` sees it.
pub fn site(state: &WebState, reader: &Reader) -> Site {
    let config = &state.config;
    Site {
        locale: reader.locale(),
        offered: config
            .languages
            .offered
            .iter()
            .copied()
            .map(locale)
            .collect(),
        organisation: config.organisation.name.clone(),
        name: config.organisation.name.clone(),
        logo: state.logo.clone(),
        action_colour: Some(config.organisation.action_colour.to_string()),
        imprint: imprint(&config.organisation),
        links: Links {
            home: reader.path("/subscribe"),
            imprint: reader.path("/imprint"),
            privacy: reader.path("/privacy"),
            accessibility: reader.path("/accessibility"),
        },
        here: reader.here.clone(),
        stylesheets: state
            .assets
            .iter()
            .filter(|asset| asset.content_type.starts_with("text/css"))
            .map(Asset::href)
            .collect(),
        demo_mailbox: state.demo_mailbox.clone(),
    }
}

/// Who answers for pages and mails.
pub fn imprint(organisation: &Organisation) -> Imprint {
    Imprint {
        organisation: organisation.name.clone(),
        address: organisation.address.clone(),
        representative: organisation.representative.clone(),
        responsible: organisation.responsible.clone(),
        email: organisation
            .email
            .as_ref()
            .map(crate::domain::address::Address::display),
        phone: organisation.phone.clone(),
        register: organisation.register.clone(),
    }
}
