//! The imprint, from the configuration. Everything it says is in [`Site::imprint`].

use maud::{Markup, html};

use crate::components;
use crate::layout::{self, Page};
use crate::locale::Locale;
use crate::sample::Sample;
use crate::site::Site;

/// The imprint needs nothing but the [`Site`].
#[derive(Debug, Clone)]
pub struct ImprintView {
    /// The body's own website.
    pub website: Option<String>,
}

/// Renders the page.
pub fn page(site: &Site, view: &ImprintView) -> Markup {
    let t = site.locale;
    let imprint = &site.imprint;
    let body = html! {
        p class="lead" { (t.say("imprint-lead")) }
        address class="block" {
            strong { (imprint.organisation) }
            @for line in &imprint.address { br; (line) }
        }
        dl class="facts" {
            @if let Some(name) = &imprint.representative {
                div { dt { (t.say("imprint-representative")) } dd { (name) } }
            }
            @if let Some(phone) = &imprint.phone {
                div { dt { (t.say("imprint-phone")) } dd { (phone) } }
            }
            @if let Some(email) = &imprint.email {
                div {
                    dt { (t.say("imprint-email")) }
                    dd { (components::paragraph_link(&format!("mailto:{email}"), email)) }
                }
            }
            @if let Some(website) = &view.website {
                div { dt { (t.say("imprint-website")) } dd { (components::paragraph_link(website, website)) } }
            }
            @if let Some(name) = &imprint.responsible {
                div { dt { (t.say("imprint-responsible")) } dd { (name) } }
            }
            @if let Some(register) = &imprint.register {
                div { dt { (t.say("imprint-register")) } dd { (register) } }
            }
        }
    };
    layout::frame(site, &Page::public(t.say("imprint-title")), &body)
}

impl Sample for ImprintView {
    fn samples(_: Locale) -> Vec<(&'static str, Self)> {
        vec![(
            "usual",
            Self {
                website: Some("https://www.musterstadt.example/".into()),
            },
        )]
    }
}
