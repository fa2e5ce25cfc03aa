//! The configured logo: in mails by the address under which the pages serve it.

use crate::harness::{Installation, get};
use crate::web::Service;

use super::{in_folder, parts, read};

/// The beginning of a picture is enough: nobody here looks at it.
const LOGO: &[u8] = b"\x89PNG\r\n\x1a\nnot really a picture";

on_both_databases! {
    async fn mails_show_the_logo_that_the_pages_serve(database: &Database) {
        let installation = Installation::without_database()
            .with("organisation.name", "Stadt Musterstadt")
            .with("organisation.email", "rathaus@musterstadt.example")
            .with("server.public_url", "https://news.musterstadt.example")
            .with("relay.url", "file:mails");
        let logo = installation.file("logo.png", LOGO);
        let installation = installation.with("organisation.logo", logo.display());
        installation.run(["mail", "test", "erika@example.org"]).success();
        let mails = in_folder(&installation.folder().join("mails"));
        let mail = read(&mails["erika@example.org"]);
        let [_, html] = parts(&mail);
        let (_, picture) = html.split_once("<img src=\"https://news.musterstadt.example").expect("a picture");
        assert!(picture.contains("alt=\"Stadt Musterstadt\""));
        let path = picture.split('"').next().expect("a path");
        assert!(path.starts_with("/assets/logo-"), "{path}");

        let service = Service::start_with(database, |config| config.organisation.logo = Some(logo)).await;
        let served = get(service.at, path, &[]).await;
        assert_eq!(served.status, 200);
        assert_eq!(served.header("content-type"), Some("image/png"));
        assert!(served.body.contains("not really a picture"));
    }
}
