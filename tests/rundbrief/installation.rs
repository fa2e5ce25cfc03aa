//! A configured installation in memory, and what the stories about issues do with it.

use std::sync::Arc;

use rundbrief::app::App;
use rundbrief::clock::Clock;
use rundbrief::config::Config;
use rundbrief::digest::MailContext;
use rundbrief::domain::address::Address;
use rundbrief::domain::entry::{EntryContent, EntryState};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::newsletter::{Newsletter, NewsletterSettings};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::store::issue::Issue;
use rundbrief::store::{self, Db};

pub fn config() -> Config {
    Config::from_defaults(|config| {
        let own = &mut config.organisation;
        "Stadt Musterstadt".clone_into(&mut own.name);
        own.address = vec!["Rathausplatz 1".to_owned(), "12345 Musterstadt".to_owned()];
        own.representative = Some("Oberbürgermeisterin Erika Beispiel".to_owned());
        own.email = Some(Address::parse("rathaus@musterstadt.example").expect("an address"));
        config.server.public_url = "https://news.musterstadt.example".parse().expect("a URL");
    })
}

/// The operations over a database, in an installation that is configured like this.
pub fn app(db: &Db, config: Config) -> App {
    App::new(db.clone(), Clock::system(), Arc::new(config))
}

pub fn mail_context() -> MailContext {
    MailContext::from_config(&config())
}

pub fn at(text: &str) -> Timestamp {
    text.parse::<chrono::DateTime<chrono::Utc>>()
        .expect("a time in RFC 3339")
        .into()
}

pub async fn newsletter(db: &Db, settings: &NewsletterSettings, now: Timestamp) -> Newsletter {
    let mut tx = db.begin().await.expect("begin");
    let made = store::newsletter::add(&mut tx, settings, now)
        .await
        .expect("add a newsletter");
    tx.commit().await.expect("commit");
    made
}

/// Publishes an entry. Returns its row.
pub async fn publish(db: &Db, content: &EntryContent, now: Timestamp) -> i64 {
    let mut tx = db.begin().await.expect("begin");
    let own = store::organisation::ensure(&mut tx, "Kulturbüro", now)
        .await
        .expect("an organisation");
    let entry = store::entry::add(&mut tx, own.id, content, EntryState::Published, now)
        .await
        .expect("add an entry");
    tx.commit().await.expect("commit");
    entry
}

pub async fn issue(db: &Db, id: i64) -> Issue {
    let mut conn = db.read().await.expect("read");
    store::issue::by_id(&mut conn, id)
        .await
        .expect("an issue")
        .expect("there is one")
}

/// All issues of a newsletter, oldest first.
pub async fn issues(db: &Db, newsletter: &Newsletter) -> Vec<Issue> {
    let mut conn = db.read().await.expect("read");
    let mut issues = store::issue::list(&mut conn, Some(newsletter.id), 1_000)
        .await
        .expect("issues");
    issues.reverse();
    issues
}

pub async fn titles(db: &Db, issue: i64) -> Vec<String> {
    let mut conn = db.read().await.expect("read");
    let entries = store::entry::of_issue(&mut conn, issue)
        .await
        .expect("entries");
    entries
        .into_iter()
        .map(|entry| {
            let text = entry.content.texts.into_values().next();
            text.expect("an entry has a text").title
        })
        .collect()
}

pub async fn set_state(db: &Db, issue: &Issue, to: IssueState, now: Timestamp) {
    let mut tx = db.begin().await.expect("begin");
    let moved = store::issue::set_state(&mut tx, issue.id, issue.state, to, None, now)
        .await
        .expect("set the state");
    assert!(moved);
    tx.commit().await.expect("commit");
}
