//! `[organisation]`: the operator of this installation; imprint, privacy notice and appearance.

use std::path::PathBuf;

use url::Url;

use super::colour::Colour;
use super::keys::Keys;
use crate::domain::address::Address;

/// `[organisation]`.
#[derive(Debug, Clone)]
pub struct Organisation {
    /// The name in the imprint and at the top of each page.
    pub name: String,
    /// The postal address, line by line.
    pub address: Vec<String>,
    /// Who represents the body by law, e.g. the mayor.
    pub representative: Option<String>,
    /// Who answers for the content (§ 18 (2) MStV), with address.
    pub responsible: Option<String>,
    /// The contact address; also the sender of mails without a newsletter.
    pub email: Option<Address>,
    /// The telephone number for the imprint.
    pub phone: Option<String>,
    /// Register and number, or VAT number, where there is one.
    pub register: Option<String>,
    /// The body's own pages.
    pub website: Option<Url>,
    /// A PNG or JPEG file for pages and mails.
    pub logo: Option<PathBuf>,
    /// Buttons and links; readable on white.
    pub action_colour: Colour,
    /// The body's own privacy notice, which the built-in page then links to.
    pub privacy_url: Option<Url>,
    /// The declaration of accessibility.
    pub accessibility_url: Option<Url>,
    /// How to reach the data protection officer, line by line.
    pub data_protection_officer: Vec<String>,
    /// The data protection authority for complaints.
    pub authority: Option<String>,
}

impl Organisation {
    pub(super) fn read(keys: &mut Keys<'_>) -> Self {
        let organisation = Self {
            name: keys.parsed("name", "a text", |text| {
                if text.is_empty() {
                    Err("a name is required: it is shown at the top of each page")
                } else {
                    Ok(text.to_owned())
                }
            }),
            address: keys.list("address"),
            representative: keys.optional_text("representative"),
            responsible: keys.optional_text("responsible"),
            email: keys.optional("email", "an e-mail address", Address::parse_ascii),
            phone: keys.optional_text("phone"),
            register: keys.optional_text("register"),
            website: keys.optional("website", "a web address", web_address),
            logo: keys.optional_path("logo"),
            action_colour: keys.parsed(
                "action_colour",
                "a colour, e.g. \"#2044aa\"",
                Colour::parse,
            ),
            privacy_url: keys.optional("privacy_url", "a web address", web_address),
            accessibility_url: keys.optional("accessibility_url", "a web address", web_address),
            data_protection_officer: keys.list("data_protection_officer"),
            authority: keys.optional_text("authority"),
        };
        organisation.check(keys);
        organisation
    }

    fn check(&self, keys: &mut Keys<'_>) {
        let contrast = self.action_colour.contrast_with_white();
        if contrast < 4.5 {
            keys.error(
                "action_colour",
                format!("white text on {} has a contrast of {contrast:.1}:1; at least 4.5:1 is needed to be readable (WCAG 2.2, 1.4.3)", self.action_colour),
                "choose a darker colour",
            );
        }
        if let Some(path) = &self.logo {
            let suffix = path
                .extension()
                .and_then(|suffix| suffix.to_str())
                .unwrap_or_default()
                .to_ascii_lowercase();
            if !matches!(suffix.as_str(), "png" | "jpg" | "jpeg") {
                keys.error(
                    "logo",
                    format!(
                        "{} is not a PNG or JPEG file; not all mail programs show other formats",
                        path.display()
                    ),
                    "convert the picture",
                );
            } else if let Err(error) = std::fs::metadata(path) {
                keys.error(
                    "logo",
                    format!("{} cannot be read: {error}", path.display()),
                    "name a file that is there, or leave it empty",
                );
            }
        }
        for key in self.missing_imprint() {
            keys.warn(
                key,
                "the imprint is not complete; issues are not sent before it is (§ 5 DDG)",
                "fill it in",
            );
        }
        for (key, missing) in [
            ("responsible", self.responsible.is_none()),
            (
                "data_protection_officer",
                self.data_protection_officer.is_empty(),
            ),
            ("authority", self.authority.is_none()),
        ] {
            if missing {
                keys.warn(
                    key,
                    "empty; imprint and privacy notice usually need it",
                    "fill it in, or ask your data protection officer",
                );
            }
        }
    }

    /// The keys missing for a complete imprint. While there are any, no issue is sent.
    pub fn missing_imprint(&self) -> Vec<&'static str> {
        [
            ("address", self.address.is_empty()),
            ("representative", self.representative.is_none()),
            ("email", self.email.is_none()),
        ]
        .into_iter()
        .filter_map(|(key, missing)| missing.then_some(key))
        .collect()
    }
}

fn web_address(text: &str) -> Result<Url, String> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        _ => Err(format!(
            "“{text}” is not a web address, e.g. https://www.example.org/privacy"
        )),
    }
}
