//! The pictures of the demonstration, drawn by `scripts/demo-pictures`.

use std::collections::BTreeMap;

use anyhow::Context as _;
use serde::Deserialize;

use crate::app::pictures::{self, Given};
use crate::app::{Actor, App};
use crate::domain::language::LanguageTag;
use crate::domain::picture::{Alternative, FocusPoint, PictureUse};

/// The picture of a sample entry.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SamplePicture {
    /// Its name in `content/pictures`, without the ending.
    pub file: String,
    /// Its alternative text in each language; none for a decorative picture.
    #[serde(default)]
    pub alt: BTreeMap<LanguageTag, String>,
    pub credit: Option<String>,
}

/// The files, by name.
const FILES: [(&str, &[u8]); 14] = {
    macro_rules! files {
        ($($name:literal)+) => {
            [$(($name, include_bytes!(concat!("content/pictures/", $name, ".png")).as_slice())),+]
        };
    }
    files!(
        "commuting" "festival" "fountain" "hedges" "mobile-surgery" "moor" "museum" "rehearsal-room"
        "river" "rolling-mill" "solar-roof" "studio" "waste-heat" "young-forest"
    )
};

impl SamplePicture {
    /// The content of its file.
    pub(super) fn bytes(&self) -> anyhow::Result<&'static [u8]> {
        let found = FILES.iter().find(|(name, _)| *name == self.file);
        let (_, bytes) =
            found.with_context(|| format!("the sample content has no picture {}", self.file))?;
        Ok(bytes)
    }

    /// Gives it to an entry.
    pub(super) async fn give(&self, app: &App, entry: i64) -> anyhow::Result<()> {
        let alternative = if self.alt.is_empty() {
            Alternative::Decorative
        } else {
            Alternative::Texts(self.alt.clone())
        };
        let given = Given {
            file: self.bytes()?.to_vec(),
            alternative,
            credit: self.credit.clone(),
            focus: FocusPoint::default(),
        };
        let (name, actor) = (entry.to_string(), Actor::operator());
        pictures::add(app, &actor, &name, PictureUse::Lead, given)
            .await
            .with_context(|| format!("the picture {} of the demonstration", self.file))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::content::Content;
    use super::*;
    use crate::domain::picture::{MAX_ALT, MAX_CREDIT};

    #[test]
    fn every_picture_is_small_and_shown_once() {
        let content = Content::load().expect("the sample content can be read");
        let mut used = BTreeSet::new();
        for entry in &content.entries {
            let Some(picture) = &entry.picture else {
                continue;
            };
            picture.bytes().expect("its file is there");
            assert!(used.insert(picture.file.as_str()), "{}", picture.file);
            let credit = picture.credit.as_deref().unwrap_or_default();
            assert!((1..=MAX_CREDIT).contains(&credit.chars().count()));
            for (language, text) in &picture.alt {
                assert!(entry.texts().contains_key(language), "{language}: {text}");
                assert!((10..=MAX_ALT).contains(&text.chars().count()), "{text}");
            }
            let texts = entry.texts();
            assert!(
                picture.alt.is_empty() || texts.keys().all(|one| picture.alt.contains_key(one)),
                "{}: an alternative text in every language",
                picture.file
            );
        }
        let names: BTreeSet<_> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(used, names);
        let bytes: usize = FILES.iter().map(|(_, bytes)| bytes.len()).sum();
        assert!(bytes < 300_000, "{bytes} bytes");
    }
}
