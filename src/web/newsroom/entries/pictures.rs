//! How the pictures of two versions of an entry differ.

use std::collections::{BTreeMap, BTreeSet};

use templates::pages::newsroom::entries::compare::RestoredPicture;
use templates::pages::newsroom::entries::difference::{Field, FieldDifference};
use templates::pages::newsroom::entries::words;
use templates::picture::PictureView;

use super::difference::told_apart;
use crate::domain::language::LanguageTag;
use crate::domain::picture::{Alternative, EntryPicture, Variant, VersionPicture};
use crate::web::newsroom::Staff;

/// The pictures, where they are known and not the same.
pub(super) fn both(
    old: &VersionPicture,
    new: &VersionPicture,
) -> Option<(Option<PictureView>, Option<PictureView>)> {
    let hash = |one: Option<&EntryPicture>| one.map(|picture| picture.hash.clone());
    let is_same = hash(old.shown()) == hash(new.shown());
    if is_same || !are_known(old, new) {
        return None;
    }
    Some((old.shown().map(shown), new.shown().map(shown)))
}

/// What differs in the words about them.
pub(super) fn words_of(
    staff: &Staff,
    old: &VersionPicture,
    new: &VersionPicture,
) -> Vec<FieldDifference> {
    if !are_known(old, new) {
        return Vec::new();
    }
    let (old, new) = (old.shown(), new.shown());
    let mut all = Vec::new();
    let mut add = |field, tag, old: &str, new: &str| {
        if old != new {
            all.push(told_apart(field, tag, old, new));
        }
    };
    let decorative = |picture: Option<&EntryPicture>| {
        let is = picture.is_some_and(|picture| picture.alternative == Alternative::Decorative);
        if is {
            words::decorative(staff.locale())
        } else {
            String::new()
        }
    };
    add(
        Field::PictureAlternative,
        None,
        &decorative(old),
        &decorative(new),
    );
    let (was, is) = (texts(old), texts(new));
    let languages: BTreeSet<&LanguageTag> = was.keys().chain(is.keys()).copied().collect();
    for tag in languages {
        let text = |texts: &BTreeMap<&LanguageTag, &str>| {
            texts.get(tag).copied().unwrap_or_default().to_owned()
        };
        add(
            Field::PictureAlternative,
            Some(tag),
            &text(&was),
            &text(&is),
        );
    }
    let credit = |picture: Option<&EntryPicture>| {
        picture
            .and_then(|picture| picture.credit.clone())
            .unwrap_or_default()
    };
    add(Field::PictureCredit, None, &credit(old), &credit(new));
    // Of a picture that came or went it says nothing.
    if let Some((old, new)) = old.zip(new) {
        let focus = |picture: &EntryPicture| {
            words::focus(staff.locale(), (picture.focus.x, picture.focus.y))
        };
        add(Field::PictureFocus, None, &focus(old), &focus(new));
    }
    all
}

/// What becomes of the picture `now` when this version is brought back.
pub(super) fn restored(version: &VersionPicture, now: Option<&EntryPicture>) -> RestoredPicture {
    match version {
        VersionPicture::Unknown => RestoredPicture::Stays,
        known if !known.differs_from(now) => RestoredPicture::Same,
        VersionPicture::Without => RestoredPicture::Gone,
        VersionPicture::Shown(_) => RestoredPicture::Back,
    }
}

fn are_known(old: &VersionPicture, new: &VersionPicture) -> bool {
    [old, new]
        .into_iter()
        .all(|one| *one != VersionPicture::Unknown)
}

/// The alternative texts.
fn texts(picture: Option<&EntryPicture>) -> BTreeMap<&LanguageTag, &str> {
    match picture.map(|picture| &picture.alternative) {
        Some(Alternative::Texts(texts)) => {
            let texts = texts.iter();
            texts.map(|(tag, text)| (tag, text.as_str())).collect()
        }
        _ => BTreeMap::new(),
    }
}

fn shown(picture: &EntryPicture) -> PictureView {
    let (width, height) = picture.size(Variant::W400);
    PictureView {
        src: picture.path(Variant::W400),
        width,
        height,
        // The page says which version's it is; what it shows is among the differences.
        alt: None,
        credit: None,
    }
}
