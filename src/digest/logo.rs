//! The logo of the installation: pages serve it, mails name its address.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use templates::Asset;

use super::MailContext;
use crate::config::{Config, Organisation};

/// A logo is a small picture; a larger file is a mistake.
const LARGEST: usize = 1_000_000;

/// The mail context of this configuration, with the logo where the pages serve it.
pub fn mail_context(config: &Config) -> MailContext {
    let logo = logo(&config.organisation).map(|logo| logo.href());
    MailContext::from_config(config).with_logo(logo.as_deref())
}

/// The logo as an asset, under a name that changes with the picture. A file that cannot be read is
/// left out, with a warning: pages without a picture are better than none.
pub fn logo(organisation: &Organisation) -> Option<Asset> {
    let path = organisation.logo.as_ref()?;
    let bytes = match std::fs::read(path) {
        Ok(bytes) if bytes.len() <= LARGEST => bytes,
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
