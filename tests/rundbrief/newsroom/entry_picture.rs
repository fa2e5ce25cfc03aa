//! The picture of an entry: uploaded as a browser does it, and what enemies send.

use rundbrief::domain::picture::{Alternative, FocusPoint, PictureUse, Variant};
use rundbrief::domain::user::Role;
use rundbrief::store;

use super::{Desk, Newsroom};
use crate::harness::{Reply, exchange, get};
use crate::pictures::png;

const BOUNDARY: &str = "----a-boundary-of-ours";

/// Sends the form with a file, as a browser would.
async fn upload(desk: &Desk, uuid: &str, fields: &[(&str, &str)], file: &[u8]) -> Reply {
    let csrf = desk.csrf().await;
    let mut body = Vec::new();
    for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    let part = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"bild.png\"\r\nContent-Type: image/png\r\n\r\n"
    );
    body.extend_from_slice(part.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    let head = format!(
        "POST /newsroom/entries/{uuid}/picture HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
        desk.at,
        desk.cookie,
        body.len()
    );
    exchange(desk.at, &[head.as_bytes(), &body].concat()).await
}

async fn entry(desk: &Desk) -> String {
    let path = "/newsroom/entries/new?kind=news";
    let page = desk.get(path).await;
    let (_, after) = page
        .body
        .split_once("name=\"uuid\" value=\"")
        .expect("a new entry");
    let uuid = after.split('"').next().unwrap_or_default().to_owned();
    let saved = desk
        .post(
            path,
            &[
                ("uuid", &uuid),
                ("title-de", "Brunnen"),
                ("title-nl", "Fontein"),
                ("do", "save"),
            ],
        )
        .await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    uuid
}

/// A PNG whose head declares this size, with far fewer pixels behind it.
fn png_declaring(width: u32, height: u32) -> Vec<u8> {
    let mut file = png(900, 600, 1);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = file[12..29].iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1))
        })
    });
    file[29..33].copy_from_slice(&(!sum).to_be_bytes());
    file
}

on_both_databases! {
    /// A picture is uploaded with what it shows, described anew without another file, and taken away.
    async fn a_picture_is_uploaded_and_described(database: &Database) {
        let folder = tempfile::tempdir().expect("a folder");
        let newsroom = Newsroom::start_with(database, |config| config.pictures.folder = Some(folder.path().to_owned())).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = entry(&erika).await;
        let shown = async || {
            let mut conn = newsroom.app.read().await.expect("read");
            let entry = store::entry::by_name(&mut conn, &uuid).await.expect("read").expect("the entry");
            store::picture::of_entry(&mut conn, entry.id, PictureUse::Lead).await.expect("a picture")
        };
        // Nothing is taken without a word for those who do not see it.
        let reply = upload(&erika, &uuid, &[("credit", "Kim Muster")], &png(900, 600, 1)).await;
        assert_eq!(reply.status, 422, "{}", reply.body);
        assert!(reply.body.contains("href=\"#alternative\"") && reply.body.contains("value=\"Kim Muster\""), "{}", reply.body);
        assert!(shown().await.is_none());

        let fields = [("alt-de", "Eine Frau füllt ihre Flasche"), ("alt-nl", "Een vrouw vult haar fles"), ("credit", "Kim Muster"), ("focus-x", "20"), ("focus-y", "80")];
        // A file that is a picture and something else besides: only the picture is kept.
        let polyglot = [png(900, 600, 1), b"<script>alert(1)</script>".to_vec()].concat();
        let reply = upload(&erika, &uuid, &fields, &polyglot).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let picture = shown().await.expect("it is shown");
        assert_eq!((picture.width, picture.height), (900, 600));
        assert_eq!(picture.focus, FocusPoint::new(20, 80).expect("a point"));
        assert!(matches!(&picture.alternative, Alternative::Texts(texts) if texts.len() == 2));
        let file = get(newsroom.service.at, &picture.path(Variant::W800), &[]).await;
        assert_eq!(file.status, 200);
        assert!(!file.bytes.windows(7).any(|bytes| bytes == b"<script"));

        let reply = upload(&erika, &uuid, &[("decorative", "on"), ("focus-x", "50"), ("focus-y", "50")], b"").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let described = shown().await.expect("it is still shown");
        assert_eq!((described.hash, described.alternative), (picture.hash, Alternative::Decorative));
        let page = erika.get(&format!("/newsroom/entries/{uuid}/picture")).await;
        assert!(page.body.contains("/pictures/"), "{}", page.body);

        let removed = erika.post(&format!("/newsroom/entries/{uuid}/picture/remove"), &[]).await;
        assert_eq!(removed.status, 303);
        assert!(shown().await.is_none());
    }
}

/// What is no picture, or would fill the memory, is refused with a sentence.
#[tokio::test]
async fn hostile_files_are_refused() {
    let database = crate::harness::Database::sqlite().await;
    let folder = tempfile::tempdir().expect("a folder");
    let newsroom = Newsroom::start_with(&database, |config| {
        config.pictures.folder = Some(folder.path().to_owned());
        config.pictures.max_size = 20_000_000;
    })
    .await;
    let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
    let uuid = entry(&erika).await;
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec();
    let gif = [b"GIF89a".as_slice(), &vec![0; 50_000_000]].concat();
    for (name, file, words) in [
        ("svg", svg, "SVG-Zeichnung"),
        (
            "20,000 × 20,000",
            png_declaring(20_000, 20_000),
            "zu viele Pixel",
        ),
        (
            "a script that calls itself a GIF",
            b"GIF89a/*<svg/onload=alert(1)>*/=alert(1)".to_vec(),
            "wählen Sie diese Datei",
        ),
        ("50 MB", gif, "mehr als 20 MB"),
        ("nothing", Vec::new(), "Wählen Sie eine Datei"),
        (
            "text",
            b"not a picture at all, but long enough to be read".to_vec(),
            "kein Bild",
        ),
    ] {
        let reply = upload(&erika, &uuid, &[("decorative", "on")], &file).await;
        assert_eq!(reply.status, 422, "{name}: {}", reply.body);
        assert!(reply.body.contains(words), "{name}: {}", reply.body);
    }
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("the folder")
            .count(),
        0
    );
    // Without the token of the session nothing is read.
    let viewer = newsroom.user("Vera Viewer", &[Role::Viewer]).await;
    let reply = upload(&viewer, &uuid, &[("decorative", "on")], &png(900, 600, 1)).await;
    assert_eq!(reply.status, 403, "{}", reply.body);
}
