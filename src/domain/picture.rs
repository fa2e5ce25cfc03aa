//! Pictures: what an entry shows, and where its files are served.
//!
//! A picture is known by a hash of the file that somebody gave. Of it only JPEG files in a few sizes
//! are kept ([`Variant`]), the same for every reader. What an entry says about its picture
//! (alternative text, credit, focus) belongs to the entry: two entries may show the same picture.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::language::LanguageTag;
use super::named::named_enum;

/// How many characters an alternative text has at most: a sentence or two.
pub const MAX_ALT: usize = 300;
/// How many characters a credit has at most.
pub const MAX_CREDIT: usize = 200;

named_enum! {
    /// What an entry shows a picture for.
    pub enum PictureUse ("use of a picture") {
        /// Beside the headline, in mails, on its page and in lists.
        Lead = "lead",
    }
}

named_enum! {
    /// A file of a picture. Each fits into a square and keeps the shape of the picture.
    pub enum Variant ("variant of a picture") {
        /// For mails: under 80 KB.
        Mail = "mail",
        /// For lists, and for telephones.
        W400 = "400",
        /// For pages.
        W800 = "800",
        /// For pages on screens with double density.
        W1600 = "1600",
    }
}

impl Variant {
    /// The side of the square it fits into, in pixels.
    pub const fn longest(self) -> u32 {
        match self {
            Self::Mail => 1200,
            Self::W400 => 400,
            Self::W800 => 800,
            Self::W1600 => 1600,
        }
    }

    /// The size that a picture of this size has in this variant. It is never enlarged.
    pub fn size(self, (width, height): (u32, u32)) -> (u32, u32) {
        fit((width, height), self.longest())
    }

    /// The files that are kept of a picture of this size: that for mails, and those for the web up to
    /// the first that shows it in full.
    pub fn kept((width, height): (u32, u32)) -> impl Iterator<Item = Self> {
        let longest = width.max(height);
        let smaller = |one: Self| match one {
            Self::Mail | Self::W400 => 0,
            Self::W800 => Self::W400.longest(),
            Self::W1600 => Self::W800.longest(),
        };
        Self::ALL
            .iter()
            .copied()
            .filter(move |one| longest > smaller(*one))
    }
}

/// The size with the same shape whose longer side has at most `longest` pixels.
pub fn fit((width, height): (u32, u32), longest: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= longest {
        return (width, height);
    }
    let scaled = |side: u32| {
        let exact = u64::from(side) * u64::from(longest) + u64::from(long) / 2;
        u32::try_from(exact / u64::from(long))
            .unwrap_or(longest)
            .max(1)
    };
    (scaled(width), scaled(height))
}

/// The name of a picture: the first half of the SHA-256 of the file it was taken from, in
/// hexadecimal.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct PictureHash(String);

/// A text that is no hash of a picture.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not the hash of a picture: 32 hexadecimal digits in lower case")]
pub struct BadPictureHash(String);

impl PictureHash {
    const DIGITS: usize = 32;

    /// The hash of a file.
    pub fn of(file: &[u8]) -> Self {
        let digest = Sha256::digest(file);
        Self(data_encoding::HEXLOWER.encode(&digest[..Self::DIGITS / 2]))
    }

    /// Reads a hash.
    pub fn parse(text: &str) -> Result<Self, BadPictureHash> {
        let is_digit = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == Self::DIGITS && text.bytes().all(is_digit) {
            Ok(Self(text.to_owned()))
        } else {
            Err(BadPictureHash(text.chars().take(40).collect()))
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PictureHash {
    type Error = BadPictureHash;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<PictureHash> for String {
    fn from(hash: PictureHash) -> Self {
        hash.0
    }
}

impl std::fmt::Display for PictureHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

/// The name of a file: `<hash>-<variant>.jpg`.
pub fn file_name(hash: &PictureHash, variant: Variant) -> String {
    format!("{hash}-{variant}.jpg")
}

/// Reads the name of a file.
pub fn parse_file_name(name: &str) -> Option<(PictureHash, Variant)> {
    let (hash, variant) = name.strip_suffix(".jpg")?.split_once('-')?;
    Some((PictureHash::parse(hash).ok()?, variant.parse().ok()?))
}

/// Where a file is served, below the address of the pages.
pub fn path(hash: &PictureHash, variant: Variant) -> String {
    format!("/pictures/{}", file_name(hash, variant))
}

/// The point of a picture that must stay visible where it is cut, in per cent from the left and from
/// the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FocusPoint {
    /// From the left: 0 to 100.
    pub x: u8,
    /// From the top: 0 to 100.
    pub y: u8,
}

/// A text that is no focus point.
#[derive(Debug, thiserror::Error)]
#[error(
    "“{0}” is not a focus point; write two numbers from 0 to 100, e.g. 50,30: per cent from the left and from the top"
)]
pub struct BadFocusPoint(String);

impl FocusPoint {
    /// The point, where both numbers are per cent.
    pub const fn new(x: u8, y: u8) -> Option<Self> {
        if x <= 100 && y <= 100 {
            Some(Self { x, y })
        } else {
            None
        }
    }
}

impl Default for FocusPoint {
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

impl std::str::FromStr for FocusPoint {
    type Err = BadFocusPoint;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let (x, y) = text.split_once(',')?;
            Self::new(x.trim().parse().ok()?, y.trim().parse().ok()?)
        };
        read().ok_or_else(|| BadFocusPoint(text.chars().take(40).collect()))
    }
}

impl std::fmt::Display for FocusPoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{},{}", self.x, self.y)
    }
}

/// What a picture says to people who do not see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alternative {
    /// Nothing that the text does not say: it has an empty alternative text.
    Decorative,
    /// Its alternative text in every language it exists in; never empty.
    Texts(BTreeMap<LanguageTag, String>),
}

impl Alternative {
    /// The text for readers of `language`, else in the `original` language of the entry, else in any;
    /// none for a decorative picture.
    pub fn text(&self, language: &LanguageTag, original: &LanguageTag) -> Option<&str> {
        let Self::Texts(texts) = self else {
            return None;
        };
        let text = texts
            .get(language)
            .or_else(|| texts.get(original))
            .or_else(|| texts.values().next());
        text.map(String::as_str)
    }
}

/// A picture as an entry shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EntryPicture {
    /// Which picture.
    pub hash: PictureHash,
    /// The width of the picture that was given, turned upright, in pixels.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// What it says to people who do not see it.
    pub alternative: Alternative,
    /// Who made it, and whose it is, e.g. “Erika Beispiel / Stadt Musterstadt”; pages and mails put “Bild:” before it.
    pub credit: Option<String>,
    /// What must stay visible where it is cut.
    pub focus: FocusPoint,
}

impl EntryPicture {
    /// Where a file of it is served, below the address of the pages.
    pub fn path(&self, variant: Variant) -> String {
        path(&self.hash, variant)
    }

    /// Width and height of a file of it. That for mails may have fewer pixels to stay small, but the
    /// same shape.
    pub fn size(&self, variant: Variant) -> (u32, u32) {
        variant.size((self.width, self.height))
    }

    /// The files for the web, the smallest first, with their sizes.
    pub fn web(&self) -> impl Iterator<Item = (Variant, (u32, u32))> {
        Variant::kept((self.width, self.height))
            .filter(|one| *one != Variant::Mail)
            .map(|one| (one, self.size(one)))
    }
}

/// What is known of the picture of a version of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionPicture {
    /// Nothing: the version is older than the record, or its picture was deleted since.
    Unknown,
    /// It showed none.
    Without,
    /// It showed this one.
    Shown(EntryPicture),
}

impl VersionPicture {
    /// The picture it showed, where that is known.
    pub const fn shown(&self) -> Option<&EntryPicture> {
        match self {
            Self::Shown(picture) => Some(picture),
            Self::Unknown | Self::Without => None,
        }
    }

    /// Whether it is known to be another than the one that is shown now.
    pub fn differs_from(&self, now: Option<&EntryPicture>) -> bool {
        *self != Self::Unknown && self.shown() != now
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;

    fn kept(size: (u32, u32)) -> String {
        let kept: Vec<_> = Variant::kept(size).map(Variant::as_str).collect();
        kept.join(" ")
    }

    #[test]
    fn a_picture_keeps_its_shape_and_is_never_enlarged() {
        assert_eq!(Variant::Mail.size((6000, 4000)), (1200, 800));
        assert_eq!(Variant::W400.size((3000, 4000)), (300, 400));
        assert_eq!(Variant::W800.size((640, 480)), (640, 480));
        assert_eq!(fit((10_000, 10), 400), (400, 1));
    }

    #[test]
    fn no_size_is_kept_twice() {
        assert_eq!(kept((300, 200)), "mail 400");
        assert_eq!(kept((400, 400)), "mail 400");
        assert_eq!(kept((401, 10)), "mail 400 800");
        assert_eq!(kept((800, 900)), "mail 400 800 1600");
    }

    #[test]
    fn the_name_of_a_file_is_read_back_and_nothing_else_is() {
        let hash = PictureHash::of(b"a picture");
        let path = path(&hash, Variant::Mail);
        assert_eq!(path, format!("/pictures/{hash}-mail.jpg"));
        let name = path.strip_prefix("/pictures/").expect("the prefix");
        assert_eq!(parse_file_name(name), Some((hash, Variant::Mail)));
        for other in [
            "",
            "x-mail.jpg",
            &name.to_uppercase(),
            &name.replace("mail", "2000"),
            &name.replace(".jpg", ".png"),
            &format!("../{name}"),
        ] {
            assert_eq!(parse_file_name(other), None, "{other}");
        }
    }

    #[test]
    fn a_focus_point_is_in_per_cent() {
        assert_eq!("50, 30".parse::<FocusPoint>().ok(), FocusPoint::new(50, 30));
        for bad in ["", "50", "101,0", "-1,0", "1,2,3", "half,half"] {
            bad.parse::<FocusPoint>().expect_err(bad);
        }
    }

    #[test]
    fn a_reader_gets_the_text_in_their_language_or_the_original() {
        let (de, fr, nl) = (
            LanguageTag::from(Language::De),
            LanguageTag::from(Language::Fr),
            LanguageTag::from(Language::Nl),
        );
        let texts = [
            (de.clone(), "Brunnen".to_owned()),
            (fr.clone(), "Fontaine".to_owned()),
        ];
        let alternative = Alternative::Texts(BTreeMap::from(texts));
        assert_eq!(alternative.text(&fr, &de), Some("Fontaine"));
        assert_eq!(alternative.text(&nl, &de), Some("Brunnen"));
        assert_eq!(Alternative::Decorative.text(&fr, &de), None);
    }
}
