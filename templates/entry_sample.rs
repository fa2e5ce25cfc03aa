//! Entries of an invented town, as lists show them.

use crate::date::When;
use crate::entry_item::{Feeds, ItemView};
use crate::locale::Locale;
use crate::picture::PictureView;
use crate::sample::pick;

pub(crate) fn feeds(list: &str) -> Feeds {
    Feeds {
        atom: format!("{list}.atom"),
        json: format!("{list}.json"),
    }
}

pub(crate) fn picture(locale: Locale, width: u32, height: u32) -> PictureView {
    PictureView {
        src: "/pictures/0f1e2d3c4b5a-web.jpg".to_owned(),
        width,
        height,
        alt: Some(pick(
            locale,
            [
                "Ein Kind trinkt an einem Brunnen vor dem Rathaus.",
                "A child drinks at a fountain in front of the town hall.",
                "Un enfant boit à une fontaine devant la mairie.",
                "Een kind drinkt aan een fontein voor het stadhuis.",
            ],
        )),
        credit: Some("Foto: Kim Muster, Stadt Musterstadt".to_owned()),
    }
}

pub(crate) fn item(locale: Locale, name: &str, title: String, when: When) -> ItemView {
    ItemView {
        href: format!("/news/2026-11-24-{name}-1a2b3c4d5e6f"),
        title,
        lang: None,
        teaser: pick(
            locale,
            [
                "Zwölf Gemeinden bekommen bis zum Sommer öffentliche Brunnen.",
                "Twelve municipalities will get public fountains by summer.",
                "Douze communes auront des fontaines publiques avant l’été.",
                "Twaalf gemeenten krijgen voor de zomer openbare fonteinen.",
            ],
        ),
        when,
        place: None,
        cancelled: false,
        moved: false,
        picture: None,
    }
}
