//! Pictures of entries: from a file to what readers see, and what enemies and accidents bring.

mod bombs;
mod commands;
mod crashes;
mod memory;
mod serving;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use image::{ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};
use rundbrief::app::pictures::{AddPictureError, Added, Given, add};
use rundbrief::app::{Actor, App};
use rundbrief::clock::Clock;
use rundbrief::domain::entry::EntryState;
use rundbrief::domain::language::Language;
use rundbrief::domain::picture::{Alternative, FocusPoint, PictureUse};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store::{self, Db};

use crate::harness::Database;
use crate::store::{monday, news};

/// A coloured picture; each seed gives another one.
fn picture(width: u32, height: u32, seed: u8) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let shade = |value: u32| u8::try_from(value % 256).unwrap_or(0);
        Rgb([shade(x / 4), shade(y / 4), seed])
    })
}

fn jpeg(width: u32, height: u32, seed: u8) -> Vec<u8> {
    let image = picture(width, height, seed);
    let side = |side: u32| u16::try_from(side).expect("small");
    let mut file = Vec::new();
    Encoder::new(&mut file, 85)
        .encode(image.as_raw(), side(width), side(height), ColorType::Rgb)
        .expect("encodes");
    file
}

pub fn png(width: u32, height: u32, seed: u8) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let written = picture(width, height, seed).write_to(&mut file, ImageFormat::Png);
    written.expect("encodes");
    file.into_inner()
}

/// The operations over a database, with the pictures in this folder, at an instant.
fn app(db: &Db, folder: &Path, now: Timestamp) -> App {
    let mut config = crate::installation::config();
    config.pictures.folder = Some(folder.to_owned());
    App::new(db.clone(), Clock::set_at(now), Arc::new(config))
}

fn operator() -> Actor {
    Actor::Operator {
        user: "root".to_owned(),
    }
}

/// A published entry; its row.
async fn entry(db: &Db, title: &str) -> i64 {
    let mut tx = db.begin().await.expect("begin");
    let organisation = store::organisation::ensure(&mut tx, "Kammer", monday()).await;
    let organisation = organisation.expect("ensure").id;
    let content = news(title, TopicSet::EMPTY);
    let row = store::entry::add(
        &mut tx,
        organisation,
        &content,
        EntryState::Published,
        monday(),
    )
    .await;
    tx.commit().await.expect("commit");
    row.expect("add")
}

fn given(file: Vec<u8>) -> Given {
    let text = (Language::De.into(), "Ein Brunnen".to_owned());
    Given {
        file,
        alternative: Alternative::Texts([text].into()),
        credit: Some("Foto: Erika Beispiel".to_owned()),
        focus: FocusPoint::default(),
    }
}

async fn give(app: &App, entry: i64, file: Vec<u8>) -> Result<Added, AddPictureError> {
    let name = entry.to_string();
    add(app, &operator(), &name, PictureUse::Lead, given(file)).await
}

/// The names in a folder, sorted; none where there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<_> = entries
        .map(|entry| name(entry).into_string().expect("UTF-8"))
        .collect();
    names.sort();
    names
}

/// Where pictures are if nobody says so: beside the database, else in the folder that is configured.
fn default_folder(database: &Database, folder: &Path) -> PathBuf {
    if database.is_postgres() {
        folder.join("pictures")
    } else {
        database.file().with_extension("pictures")
    }
}
