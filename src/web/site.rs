//! What all pages share, from the configuration.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use templates::{Asset, Imprint, Links, Site};

use super::language::locale;
use super::{Reader, WebState};
use crate::config::Organisation;

/// A logo is a small picture; a larger file is a mistake.
const LARGEST_LOGO: usize = 1_000_000;

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

/// The logo as an asset, under a name that changes with the picture. A file that cannot be read is
/// left out, with a warning: pages without a picture are better than none.
pub fn logo(organisation: &Organisation) -> Option<Asset> {
    let path = organisation.logo.as_ref()?;
    let bytes = match std::fs::read(path) {
        Ok(bytes) if bytes.len() <= LARGEST_LOGO => bytes,
        Ok(_) => {
            tracing::warn!(path = %path.display(), "organisation.logo is larger than 1 MB and left out; make the picture smaller");
            return None;
        }
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "organisation.logo cannot be read and is left out");
            return None;
        }
    };
    let (suffix, content_type) = if bytes.starts_with(b"\x89PNG") {
        ("png", "image/png")
    } else {
        ("jpg", "image/jpeg")
    };
    let hash = HEXLOWER.encode(&Sha256::digest(&bytes)[..8]);
    Some(Asset {
        name: format!("logo-{hash}.{suffix}"),
        content_type,
        bytes,
    })
}
