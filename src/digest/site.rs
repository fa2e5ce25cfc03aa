//! What all pages and mails of an installation share.

use templates::{Imprint, Links, Locale, Site};

use crate::config::Organisation;
use crate::domain::address::Address;
use crate::domain::language::Language;

/// The installation in `language`. `link` makes the link to a path: absolute in mails, a path on
/// pages. What only pages have (languages to switch to, stylesheets) is empty, and so is the logo.
pub fn site(
    organisation: &Organisation,
    language: Language,
    link: impl Fn(&str) -> String,
) -> Site {
    Site {
        locale: locale(language),
        offered: Vec::new(),
        organisation: organisation.name.clone(),
        name: organisation.name.clone(),
        logo: None,
        action_colour: Some(organisation.action_colour.to_string()),
        imprint: Imprint {
            organisation: organisation.name.clone(),
            address: organisation.address.clone(),
            representative: organisation.representative.clone(),
            responsible: organisation.responsible.clone(),
            email: organisation.email.as_ref().map(Address::display),
            phone: organisation.phone.clone(),
            register: organisation.register.clone(),
        },
        links: Links {
            home: link("/subscribe"),
            news: link("/news"),
            events: link("/events"),
            papers: link("/papers"),
            imprint: link("/imprint"),
            privacy: link("/privacy"),
            accessibility: link("/accessibility"),
        },
        here: None,
        stylesheets: Vec::new(),
        demo_mailbox: None,
        demo_newsroom: None,
    }
}

/// The language as the templates name it.
pub const fn locale(language: Language) -> Locale {
    match language {
        Language::De => Locale::De,
        Language::En => Locale::En,
        Language::Fr => Locale::Fr,
        Language::Nl => Locale::Nl,
    }
}
