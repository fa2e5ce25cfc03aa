//! The picture of an entry: uploading one, saying what it shows, taking it away.

use std::collections::BTreeMap;

use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use templates::pages::newsroom::entry_picture::{
    EntryPictureView, PictureDone, PictureProblem, page,
};
use templates::pages::newsroom::frame::Area;
use templates::picture::PictureView;

use super::opened::by_uuid;
use super::{edit_path, view};
use crate::app::entries::EntryError;
use crate::app::pictures::{self, AddPictureError, Files, Given};
use crate::domain::language::LanguageTag;
use crate::domain::picture::{Alternative, EntryPicture, FocusPoint, PictureUse, Variant};
use crate::sources::picture::PictureError;
use crate::store;
use crate::store::entry::Entry;
use crate::web::newsroom::{CSRF_FIELD, Staff, StaffForm, desk};
use crate::web::{Failure, WebState, see_other};

/// The most bytes that are read of a form, so that a file that is too large gets an answer.
pub(super) const MOST_BYTES: usize = 80_000_000;
/// The most fields of the form.
const MOST_FIELDS: usize = 200;
/// The most bytes of a text in it.
const MOST_TEXT: usize = 4_000;

/// What was sent.
#[derive(Debug, Default)]
struct Sent {
    texts: BTreeMap<String, String>,
    file: Vec<u8>,
    is_too_large: bool,
}

impl Sent {
    fn get(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text.trim())
    }

    /// The alternative text.
    fn alternative(&self) -> Option<Alternative> {
        if !self.get("decorative").is_empty() {
            return Some(Alternative::Decorative);
        }
        let texts = self.texts.iter().filter_map(|(name, text)| {
            let tag = LanguageTag::parse(name.strip_prefix("alt-")?).ok()?;
            Some((tag, text.trim().to_owned())).filter(|(_, text)| !text.is_empty())
        });
        let texts: BTreeMap<_, _> = texts.collect();
        (!texts.is_empty()).then_some(Alternative::Texts(texts))
    }

    fn focus(&self) -> Option<FocusPoint> {
        let read = |name| match self.get(name) {
            "" => Some(50),
            text => text.parse().ok(),
        };
        FocusPoint::new(read("focus-x")?, read("focus-y")?)
    }
}

pub(super) async fn show(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> Result<Response, Failure> {
    let (entry, picture) = load(&state, &uuid).await?;
    let mut shown = view_of(&state, &staff, &entry, picture.as_ref());
    let query = super::show::parse(query.as_deref())?;
    shown.done = match query.one("done")? {
        "saved" => Some(PictureDone::Saved),
        "removed" => Some(PictureDone::Removed),
        _ => None,
    };
    render(&state, &staff, StatusCode::OK, &shown).await
}

pub(super) async fn submit(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    form: Multipart,
) -> Result<Response, Failure> {
    let sent = read(&state, form).await?;
    staff.check_csrf(sent.get(CSRF_FIELD))?;
    let (entry, picture) = load(&state, &uuid).await?;
    let problems = match take(&state, &staff, &entry, picture.as_ref(), &sent).await? {
        problems if problems.is_empty() => {
            let path = staff.reader.link(&path(&uuid), [("done", "saved")]);
            return Ok(see_other(path));
        }
        problems => problems,
    };
    let mut shown = view_of(&state, &staff, &entry, picture.as_ref());
    for (tag, _, text) in &mut shown.alternatives {
        sent.get(&format!("alt-{tag}")).clone_into(text);
    }
    shown.is_decorative = !sent.get("decorative").is_empty();
    sent.get("credit").clone_into(&mut shown.credit);
    shown.focus = (
        sent.get("focus-x").to_owned(),
        sent.get("focus-y").to_owned(),
    );
    shown.problems = problems;
    render(&state, &staff, StatusCode::UNPROCESSABLE_ENTITY, &shown).await
}

pub(super) async fn remove(
    State(state): State<WebState>,
    staff: Staff,
    Path(uuid): Path<String>,
    _: StaffForm,
) -> Result<Response, Failure> {
    load(&state, &uuid).await?;
    let removed = pictures::remove(
        &state.app,
        &staff.actor(),
        &uuid,
        PictureUse::Lead,
        Files::Keep,
    )
    .await;
    removed.map_err(failure)?;
    Ok(see_other(
        staff.reader.link(&path(&uuid), [("done", "removed")]),
    ))
}

/// Takes what was sent; what is wrong with it.
async fn take(
    state: &WebState,
    staff: &Staff,
    entry: &Entry,
    now: Option<&EntryPicture>,
    sent: &Sent,
) -> Result<Vec<PictureProblem>, Failure> {
    let mut problems = Vec::new();
    if sent.is_too_large {
        problems.push(PictureProblem::TooLarge);
    } else if sent.file.is_empty() && now.is_none() {
        problems.push(PictureProblem::NoFile);
    }
    let alternative = sent.alternative();
    if alternative.is_none() {
        problems.push(PictureProblem::NoAlternative);
    }
    let focus = sent.focus();
    if focus.is_none() {
        problems.push(PictureProblem::Focus);
    }
    let (Some(alternative), Some(focus), true) = (alternative, focus, problems.is_empty()) else {
        if !sent.file.is_empty() {
            problems.insert(0, PictureProblem::ChooseAgain);
        }
        return Ok(problems);
    };
    let credit = Some(sent.get("credit").to_owned()).filter(|credit| !credit.is_empty());
    let given = Given {
        file: sent.file.clone(),
        alternative,
        credit,
        focus,
    };
    let (actor, name) = (staff.actor(), entry.uuid.as_str());
    let done = if given.file.is_empty() {
        pictures::describe(&state.app, &actor, name, PictureUse::Lead, given).await
    } else {
        pictures::add(&state.app, &actor, name, PictureUse::Lead, given)
            .await
            .map(|_| ())
    };
    match done {
        Ok(()) => Ok(Vec::new()),
        // A text that is too long: the file is gone too, and nothing is wrong with it.
        Err(error @ AddPictureError::Text { .. }) if !sent.file.is_empty() => {
            Ok(vec![PictureProblem::ChooseAgain, problem(error)?])
        }
        Err(error) => problem(error).map(|problem| vec![problem]),
    }
}

fn problem(error: AddPictureError) -> Result<PictureProblem, Failure> {
    Ok(match error {
        AddPictureError::NoFolder => PictureProblem::NoFolder,
        AddPictureError::Folder { .. } => {
            tracing::error!(%error, "a picture could not be kept");
            PictureProblem::NoFolder
        }
        AddPictureError::NoAlternative => PictureProblem::NoAlternative,
        AddPictureError::Text { .. } => PictureProblem::TooLong,
        AddPictureError::TooLarge { .. } => PictureProblem::TooLarge,
        AddPictureError::TooSlow => PictureProblem::TooSlow,
        AddPictureError::Picture(error) => match error {
            PictureError::Empty => PictureProblem::NoFile,
            PictureError::Svg => PictureProblem::Svg,
            PictureError::Animated => PictureProblem::Animated,
            PictureError::TooManyPixels { .. } => PictureProblem::TooManyPixels,
            PictureError::TooSmall { .. } => PictureProblem::TooSmall,
            PictureError::Truncated | PictureError::Damaged(_) => PictureProblem::Damaged,
            PictureError::Refused(_) | PictureError::Unknown | PictureError::Unsupported(_) => {
                PictureProblem::Unknown
            }
        },
        AddPictureError::Entry(error) => return Err(failure(error)),
    })
}

fn failure(error: EntryError) -> Failure {
    match error {
        EntryError::Unknown { .. } => Failure::NotFound,
        EntryError::Operation(error) => error.into(),
        _ => Failure::Unprocessable,
    }
}

/// The fields of the form. Of a file that is too large no more than the limit is kept.
async fn read(state: &WebState, mut form: Multipart) -> Result<Sent, Failure> {
    let most = state.app.config.pictures.max_size;
    let mut sent = Sent::default();
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Failure::TooLarge
        } else {
            Failure::BadRequest
        }
    };
    let mut fields = 0;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        fields += 1;
        if fields > MOST_FIELDS {
            return Err(Failure::TooLarge);
        }
        let name = field.name().unwrap_or_default().to_owned();
        let limit = if name == "file" { most } else { MOST_TEXT };
        let mut bytes = Vec::new();
        let mut is_too_large = false;
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            is_too_large |= bytes.len() + chunk.len() > limit;
            if !is_too_large {
                bytes.extend_from_slice(&chunk);
            }
        }
        if name == "file" {
            (sent.file, sent.is_too_large) = (bytes, is_too_large);
        } else if is_too_large {
            return Err(Failure::TooLarge);
        } else {
            let text = String::from_utf8(bytes).map_err(|_| Failure::BadRequest)?;
            sent.texts.insert(name, text);
        }
    }
    Ok(sent)
}

/// The page of an entry's picture.
pub(super) fn path(uuid: &str) -> String {
    format!("/newsroom/entries/{uuid}/picture")
}

async fn load(state: &WebState, uuid: &str) -> Result<(Entry, Option<EntryPicture>), Failure> {
    let mut conn = state.app.read().await?;
    let entry = by_uuid(&mut conn, uuid).await?.ok_or(Failure::NotFound)?;
    let picture = store::picture::of_entry(&mut conn, entry.id, PictureUse::Lead).await?;
    Ok((entry, picture))
}

async fn render(
    state: &WebState,
    staff: &Staff,
    status: StatusCode,
    view: &EntryPictureView,
) -> Result<Response, Failure> {
    let desk = desk(state, staff, Area::Entries).await?;
    Ok((status, page(&desk, view)).into_response())
}

fn view_of(
    state: &WebState,
    staff: &Staff,
    entry: &Entry,
    picture: Option<&EntryPicture>,
) -> EntryPictureView {
    let content = &entry.content;
    let known = picture.map(|picture| &picture.alternative);
    let texts = match known {
        Some(Alternative::Texts(texts)) => texts.clone(),
        _ => BTreeMap::new(),
    };
    // The original first, then the others the entry has.
    let others = content.texts.keys().filter(|tag| **tag != content.original);
    let tags = std::iter::once(&content.original).chain(others);
    let focus = picture.map_or_else(FocusPoint::default, |picture| picture.focus);
    let title = content
        .texts
        .get(&content.original)
        .map(|text| text.title.clone());
    EntryPictureView {
        action: staff.reader.path(&path(&entry.uuid)),
        title: title.unwrap_or_default(),
        entry: staff.reader.path(&edit_path(&entry.uuid)),
        picture: picture.map(|picture| shown(entry, picture)),
        alternatives: tags
            .map(|tag| {
                let text = texts.get(tag).cloned().unwrap_or_default();
                (tag.as_str().to_owned(), view::name(tag), text)
            })
            .collect(),
        is_decorative: known == Some(&Alternative::Decorative),
        credit: picture
            .and_then(|picture| picture.credit.clone())
            .unwrap_or_default(),
        focus: (focus.x.to_string(), focus.y.to_string()),
        megabytes: u64::try_from(state.app.config.pictures.max_size / 1_000_000).unwrap_or(0),
        problems: Vec::new(),
        done: None,
    }
}

fn shown(entry: &Entry, picture: &EntryPicture) -> PictureView {
    let (width, height) = picture.size(Variant::W400);
    let original = &entry.content.original;
    let alternative = picture.alternative.text(original, original);
    PictureView {
        src: picture.path(Variant::W400),
        width,
        height,
        alt: alternative.map(str::to_owned),
        credit: picture.credit.clone(),
    }
}
