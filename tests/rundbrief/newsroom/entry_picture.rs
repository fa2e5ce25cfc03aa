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
        assert!(reply.body.contains("Wählen Sie die Datei noch einmal"), "{}", reply.body);
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

on_both_databases! {
    /// Versions hold the picture and what is said about it: compared in words, and brought back.
    async fn versions_hold_the_picture(database: &Database) {
        let folder = tempfile::tempdir().expect("a folder");
        let newsroom = Newsroom::start_with(database, |config| config.pictures.folder = Some(folder.path().to_owned())).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let uuid = entry(&erika).await;
        let shown = async || {
            let mut conn = newsroom.app.read().await.expect("read");
            let entry = store::entry::by_name(&mut conn, &uuid).await.expect("read").expect("the entry");
            let latest = store::entry_version::latest(&mut conn, entry.id).await.expect("latest");
            (store::picture::of_entry(&mut conn, entry.id, PictureUse::Lead).await.expect("a picture"), latest)
        };
        let first = [("alt-de", "Eine Frau füllt ihre Flasche"), ("credit", "Kim Muster"), ("focus-x", "20"), ("focus-y", "80")];
        assert_eq!(upload(&erika, &uuid, &first, &png(900, 600, 1)).await.status, 303);
        let (old, latest) = shown().await;
        assert_eq!(latest, 2, "a picture makes a version");
        let second = [("alt-de", "Ein Kind füllt seine Flasche"), ("alt-nl", "Een kind"), ("focus-x", "20"), ("focus-y", "20")];
        assert_eq!(upload(&erika, &uuid, &second, &png(900, 600, 2)).await.status, 303);
        assert_eq!(upload(&erika, &uuid, &second, b"").await.status, 303);
        assert_eq!(shown().await.1, 3, "the same again makes none");
        assert_eq!(upload(&erika, &uuid, &[("decorative", "on")], b"").await.status, 303);
        assert_eq!(erika.post(&format!("/newsroom/entries/{uuid}/picture/remove"), &[]).await.status, 303);
        assert_eq!(shown().await, (None, 5));

        let path = format!("/newsroom/entries/{uuid}/versions");
        assert_eq!(erika.get(&path).await.body.matches("Bild geändert").count(), 4);
        let compared = async |from: i64, to: i64| {
            let page = erika.get(&format!("{path}/compare?from={from}&to={to}")).await;
            assert_eq!(page.status, 200, "{}", page.body);
            page.body
        };
        let page = compared(2, 3).await;
        for words in ["Das Bild wurde ersetzt.", "Bild der Fassung 2", "Bild der Fassung 3", "Eine Frau", "Een kind", "Kim Muster", "20 % von links, ", "zurückholen"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let page = compared(3, 4).await;
        assert!(page.contains("Das Bild schmückt nur.") && !page.contains("Das Bild wurde"), "{page}");
        assert!(compared(1, 2).await.contains("Das Bild kam dazu."));
        assert!(compared(4, 5).await.contains("Das Bild fiel weg."));

        // A picture comes back with all its words, and goes again.
        let restore = async |number: &str, latest: &str| {
            let reply = erika.post(&format!("{path}/restore"), &[("number", number), ("latest", latest)]).await;
            reply.status
        };
        assert_eq!(restore("2", "4").await, 409, "the picture has changed since");
        assert_eq!(restore("2", "5").await, 303);
        assert_eq!(shown().await, (old.clone(), 6));
        let picture = old.expect("a picture");
        assert_eq!(get(newsroom.service.at, &picture.path(Variant::W800), &[]).await.status, 200);
        assert!(compared(1, 6).await.contains("Das heutige Bild fällt weg: Fassung 1 hatte keines."));
        assert_eq!(restore("1", "6").await, 303);
        assert_eq!(shown().await, (None, 7));

        // A version from before pictures were kept says so, and leaves the picture as it is.
        assert_eq!(restore("2", "7").await, 303);
        database.execute("DELETE FROM entry_version_picture WHERE number = 1").await;
        let page = compared(1, 2).await;
        assert!(page.contains("Für Fassung 1 ist nicht festgehalten") && !page.contains("Das Bild kam dazu."), "{page}");
        let text = [("uuid", uuid.as_str()), ("base", "1"), ("title-de", "Quelle"), ("title-nl", "Fontein"), ("do", "save")];
        let saved = erika.post(&format!("/newsroom/entries/{uuid}/edit"), &text).await;
        assert_eq!(saved.header("location"), Some(format!("/newsroom/entries/{uuid}/edit?done=saved").as_str()), "pictures since are no conflict");
        assert!(compared(1, 9).await.contains("Das Bild bleibt, wie es heute ist."));
        assert_eq!(restore("1", "9").await, 303);
        assert_eq!(shown().await, (Some(picture), 10));
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
