//! `/pictures/…`: what mails and pages show.

use rundbrief::domain::picture::{PictureHash, Variant, path};

use super::{app, entry, give, jpeg, names};
use crate::harness::{exchange, get, post};
use crate::store::monday;
use crate::web::Service;

on_both_databases! {
    /// The same bytes for everybody, kept for a year.
    async fn a_picture_is_served_to_everybody(database: &Database) {
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = folder.path().join("pictures");
        let service = Service::start_with(database, |config| config.pictures.folder = Some(pictures.clone())).await;
        let app = app(&service.db, &pictures, monday());
        let entry = entry(&service.db, "Brunnen").await;
        let added = give(&app, entry, jpeg(1000, 600, 1)).await.expect("added").picture;
        assert_eq!(names(&pictures).len(), 4);

        let address = added.path(Variant::Mail);
        let reply = get(service.at, &address, &["Accept-Language: fr"]).await;
        let header = |name: &str| reply.header(name).unwrap_or_default().to_owned();
        assert_eq!(reply.status, 200);
        assert_eq!(header("content-type"), "image/jpeg");
        assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("vary"), None, "the same for every reader");
        assert_eq!(reply.header("set-cookie"), None);
        assert_eq!(reply.header("x-robots-tag"), None, "a picture may be found");
        let on_disk = std::fs::read(pictures.join(address.trim_start_matches("/pictures/"))).expect("the file");
        assert_eq!(reply.bytes, on_disk);
        let again = get(service.at, &address, &["Accept-Language: de"]).await;
        assert_eq!(again.bytes, on_disk);

        let etag = header("etag");
        for known in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
            let unchanged = get(service.at, &address, &[&format!("If-None-Match: {known}")]).await;
            assert_eq!((unchanged.status, unchanged.bytes.len()), (304, 0), "{known}");
            assert_eq!(unchanged.header("etag"), Some(etag.as_str()));
            assert_eq!(unchanged.header("cache-control"), Some("public, max-age=31536000, immutable"));
        }
        let other = get(service.at, &address, &["If-None-Match: \"other\""]).await;
        assert_eq!(other.status, 200);

        let head = format!("HEAD {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", service.at);
        let head = exchange(service.at, head.as_bytes()).await;
        assert_eq!((head.status, head.bytes.len(), head.header("content-length")), (200, 0, Some(on_disk.len().to_string().as_str())));
        assert_eq!(post(service.at, &address, &[], "").await.status, 405);
    }

    /// Nothing but the files of pictures is reached.
    async fn other_files_are_not_served(database: &Database) {
        let folder = tempfile::tempdir().expect("a folder");
        let pictures = folder.path().join("pictures");
        std::fs::create_dir(&pictures).expect("a folder");
        let hash = PictureHash::of(b"unknown");
        std::fs::write(folder.path().join("secret.jpg"), "secret").expect("a file");
        std::fs::write(pictures.join(format!("{hash}-mail.jpg.removed")), "removed").expect("a file");
        let service = Service::start_with(database, |config| config.pictures.folder = Some(pictures.clone())).await;
        let known = path(&hash, Variant::Mail);
        for address in [
            known.as_str(), &format!("{known}.removed"), "/pictures/", "/pictures/..%2Fsecret.jpg", "/pictures/%2e%2e/secret.jpg",
            "/pictures/../secret.jpg", "/pictures/secret.jpg", "/pictures/%00", &format!("/pictures/{hash}-mail.png"),
        ] {
            let reply = get(service.at, address, &[]).await;
            assert_eq!(reply.status, 404, "{address}");
            assert_ne!(reply.header("cache-control"), Some("public, max-age=31536000, immutable"));
        }
        // Without a folder there are none.
        let bare = service.another(|_| {}).await;
        assert_eq!(get(bare.at, &known, &[]).await.status, 404);
    }
}
