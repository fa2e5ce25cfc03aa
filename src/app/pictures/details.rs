//! How a picture is shown to machines.

use std::collections::BTreeMap;

use crate::domain::language::LanguageTag;
use crate::domain::picture::{
    Alternative, EntryPicture, FocusPoint, PictureHash, PictureUse, Variant,
};

/// A picture of an entry, as `--json` prints it.
#[derive(Debug, Clone, serde::Serialize)]
pub struct PictureDetails {
    /// What the entry shows it for.
    #[serde(rename = "use")]
    pub used: PictureUse,
    /// Its hash.
    pub hash: PictureHash,
    /// The width of the picture that was given.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Whether it has an empty alternative text.
    pub decorative: bool,
    /// Its alternative text in each language.
    pub alt: BTreeMap<LanguageTag, String>,
    /// Who made it.
    pub credit: Option<String>,
    /// What must stay visible.
    pub focus: FocusPoint,
    /// Where each of its files is served, below the address of the pages.
    pub files: BTreeMap<Variant, String>,
}

impl PictureDetails {
    /// This picture.
    pub fn new(used: PictureUse, picture: EntryPicture) -> Self {
        let files = Variant::kept((picture.width, picture.height))
            .map(|variant| (variant, picture.path(variant)));
        Self {
            used,
            files: files.collect(),
            hash: picture.hash,
            width: picture.width,
            height: picture.height,
            decorative: picture.alternative == Alternative::Decorative,
            alt: match picture.alternative {
                Alternative::Decorative => BTreeMap::new(),
                Alternative::Texts(texts) => texts,
            },
            credit: picture.credit,
            focus: picture.focus,
        }
    }

    /// The languages of the entry's texts in which it has no alternative text.
    pub fn missing<'a>(
        &self,
        languages: impl IntoIterator<Item = &'a LanguageTag>,
    ) -> Vec<&'a LanguageTag> {
        let spoken = |language: &&LanguageTag| !self.decorative && !self.alt.contains_key(language);
        languages.into_iter().filter(spoken).collect()
    }
}
