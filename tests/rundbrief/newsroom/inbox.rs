//! The mails that the newsroom sends, and the links in them.

use rundbrief::app::audit::{self, Filter};
use rundbrief::config::RelayTarget;
use rundbrief::delivery::Transport;
use rundbrief::digest::MailContext;
use rundbrief::jobs::notices::Notices;
use rundbrief::store;

use super::Newsroom;
use crate::installation::config;
use crate::mails::{parts, read};
use crate::store::address;

/// Sends what waits. Returns address, subject and text of each mail.
pub async fn mails(newsroom: &Newsroom) -> Vec<(String, String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config();
    config.relay.target = RelayTarget::File(folder.path().to_owned());
    let transport = Transport::new(&config.relay, "news.musterstadt.example").expect("a relay");
    let service = &newsroom.service;
    let notices = Notices::new(
        service.db.clone(),
        service.clock.clone(),
        MailContext::from_config(&config),
        service.keyring.clone(),
        transport,
        config.system_sender(),
    );
    notices.send_due().await.expect("a step");
    let files = std::fs::read_dir(folder.path()).expect("a folder");
    files
        .map(|file| {
            let mail = std::fs::read(file.expect("a file").path()).expect("a mail");
            let mail = read(&mail);
            let to = mail.header_raw("To").expect("To").trim().to_owned();
            let subject = mail.subject().expect("a subject").to_owned();
            (to, subject, parts(&mail)[0].to_owned())
        })
        .collect()
}

/// The one mail that waits: its subject, and the path of its link.
pub async fn link(newsroom: &Newsroom) -> (String, String) {
    let mails = mails(newsroom).await;
    let [(_, subject, text)] = mails.as_slice() else {
        panic!("{mails:?}")
    };
    let (_, after) = text
        .split_once("https://news.musterstadt.example/newsroom/link/")
        .expect("a link");
    let token = after.split(['?', '\r', '\n']).next().unwrap_or_default();
    (subject.clone(), format!("/newsroom/link/{token}"))
}

impl Newsroom {
    /// The UUID of the user with this address.
    pub async fn uuid(&self, email: &str) -> String {
        let mut conn = self.app.read().await.expect("read");
        let user = store::staff::by_email(&mut conn, &address(email)).await;
        user.expect("read").expect("a user").uuid
    }

    /// What the last line of the audit log with this action says: before and after.
    pub async fn last_line(&self, action: &str) -> Option<(String, String)> {
        let filter = Filter {
            action: action.parse().ok(),
            ..Filter::default()
        };
        let mut conn = self.app.read().await.expect("read");
        let lines = audit::latest(&mut conn, &filter, 1).await.expect("lines");
        let line = lines.into_iter().next()?;
        assert_eq!(
            (line.actor.as_str(), line.subject.as_str()),
            ("user", "user")
        );
        Some((
            line.before.unwrap_or_default(),
            line.after.unwrap_or_default(),
        ))
    }
}
