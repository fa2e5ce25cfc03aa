//! Alternative texts and credits of pictures.

use super::{Facts, place};
use crate::domain::check::{Field, Finding, Observation};
use crate::domain::language::{Language, LanguageTag};
use crate::domain::picture::Alternative;

pub(super) fn check(facts: &Facts<'_>, found: &mut Vec<Finding>) {
    let (mut pictures, mut undescribed, mut uncredited) = (0, 0, 0);
    for item in facts.snapshot.items() {
        let Some(picture) = &item.picture else {
            continue;
        };
        pictures += 1;
        let mut here = |what| found.push(Finding::at(place(item, Field::Picture), what));
        if let Alternative::Texts(texts) = &picture.alternative {
            let original = texts.get(&item.original).or_else(|| texts.values().next());
            let original = original.map_or("", |text| text.trim());
            if original.is_empty() {
                undescribed += 1;
                here(Observation::AlternativeMissing);
            } else if is_file_name(original) {
                undescribed += 1;
                here(Observation::AlternativeIsFileName {
                    text: original.to_owned(),
                });
            }
            for language in Language::ALL {
                let tag = LanguageTag::from(*language);
                let is_read = facts.readers_of(*language) > 0;
                if is_read && item.texts.contains_key(&tag) && !texts.contains_key(&tag) {
                    here(Observation::AlternativeUntranslated { language: tag });
                }
            }
        }
        if picture
            .credit
            .as_ref()
            .is_none_or(|credit| credit.trim().is_empty())
        {
            uncredited += 1;
            here(Observation::CreditMissing);
        }
    }
    if pictures > 0 && undescribed == 0 {
        found.push(Finding::new(Observation::PicturesDescribed { pictures }));
    }
    if pictures > 0 && uncredited == 0 {
        found.push(Finding::new(Observation::CreditsGiven { pictures }));
    }
}

/// Whether a text is what a camera or an office calls a file.
fn is_file_name(text: &str) -> bool {
    let text = text.trim();
    if text.contains(char::is_whitespace) {
        return false;
    }
    let lower = text.to_lowercase();
    let endings = [
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".heic",
    ];
    let camera = ["img_", "dsc_", "dsc0", "dscn", "p10", "pxl_", "image00"];
    endings.iter().any(|ending| lower.ends_with(ending))
        || camera.iter().any(|begin| lower.starts_with(begin))
            && lower.chars().filter(char::is_ascii_digit).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::is_file_name;

    #[test]
    fn names_of_files_are_no_descriptions() {
        for name in [
            "IMG_2041.JPG",
            "brunnen-final.png",
            "DSC_0042",
            "PXL_20261124",
        ] {
            assert!(is_file_name(name), "{name}");
        }
        for text in [
            "Brunnen",
            "Das Dateiformat .jpg im Vergleich",
            "P10-Siedlung",
            "Ein Trinkbrunnen vor dem Rathaus.",
        ] {
            assert!(!is_file_name(text), "{text}");
        }
    }
}
