//! Mail programs cut off what is too long, and with it the way to leave.

use rundbrief::app::issues::{self, Composed};
use rundbrief::digest::MailContext;
use rundbrief::digest::mails::in_language;
use rundbrief::digest::release::{self, ReleaseError};
use rundbrief::domain::entry::{EntryContent, EntryKind};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::{Approval, DigestSettings, Newsletter, NewsletterSettings};
use rundbrief::domain::reason::Reason;
use rundbrief::domain::topic::TopicSet;
use rundbrief::jobs::schedule::Schedule;
use rundbrief::sources::feed::{self, FeedOptions};
use rundbrief::store::issue::{Issue, IssueText};
use rundbrief::store::{self, Db};
use templates::mails::issue::Detail;

use super::{approve_and_freeze, bounded, composed, next, parts, read, sent, told};
use crate::installation::{app, config, issues, mail_context, newsletter, publish, titles};
use crate::store::{DAY, HOUR, event, monday, open, settings, subscribed, topics};

async fn publish_all(db: &Db, contents: &[EntryContent]) {
    let now = monday();
    let mut tx = db.begin().await.expect("begin");
    let own = store::organisation::ensure(&mut tx, "Kulturbüro", now)
        .await
        .expect("one")
        .id;
    for content in contents {
        let state = rundbrief::domain::entry::EntryState::Published;
        store::entry::add(&mut tx, own, content, state, now)
            .await
            .expect("add");
    }
    tx.commit().await.expect("commit");
}

/// News with so many words of text.
fn long(title: &str, words: usize) -> EntryContent {
    let mut content = told(&[("de", title)], TopicSet::EMPTY);
    for text in content.texts.values_mut() {
        text.teaser = "Wörter ".repeat(words / 4);
        text.body = format!("<p>{}</p>", "Wörter ".repeat(words));
    }
    content
}

/// How the largest mail of an issue is told, and the size of its HTML.
async fn shown(db: &Db, mail_context: &MailContext, issue: &Issue) -> (Detail, usize, usize) {
    let mut conn = db.read().await.expect("read");
    let snapshot = release::build(&mut conn, issue, monday())
        .await
        .expect("build");
    let mails = in_language(
        &mut conn,
        mail_context,
        issue,
        &snapshot,
        Language::De,
        monday(),
    );
    let mails = mails.await.expect("its mails");
    let variant = mails.variant(TopicSet::EMPTY).expect("it fits");
    (variant.detail, variant.html_bytes, variant.entries)
}

async fn refused(db: &Db, mail_context: &MailContext, issue: &Issue) -> Option<ReleaseError> {
    let mut tx = db.begin().await.expect("begin");
    issues::release(&mut tx, mail_context, issue, monday())
        .await
        .err()
}

/// A newsletter that tells everything in whole.
async fn made(db: &Db) -> Newsletter {
    let settings = NewsletterSettings {
        digest: DigestSettings::everything(),
        ..settings("region", TopicSet::EMPTY)
    };
    newsletter(db, &settings, monday()).await
}

on_both_databases! {
    async fn a_long_issue_is_told_shorter_and_shorter(database: &Database) {
        let db = open(database).await;
        let of = made(&db).await;
        let mut known = Vec::new();
        for (count, words, expected) in [(10, 100, Detail::Full), (60, 200, Detail::Short), (110, 200, Detail::TitlesOnly)] {
            let contents: Vec<_> = (0..count).map(|n| long(&format!("Meldung {expected:?} Nummer {n}"), words)).collect();
            publish_all(&db, &contents).await;
            let issue = next(&db, &of, monday()).await;
            let (detail, bytes, entries) = shown(&db, &mail_context(), &issue).await;
            assert_eq!((detail, entries), (expected, count), "{bytes}");
            assert!(bytes <= if detail == Detail::TitlesOnly { 96_000 } else { 80_000 }, "{bytes}");
            known.push(bytes);
        }
        assert!(known.iter().all(|bytes| *bytes > 20_000), "{known:?}");
    }

    async fn above_the_limit_it_is_refused_with_the_sizes(database: &Database) {
        let db = open(database).await;
        let of = made(&db).await;
        publish_all(&db, &[long("Eine", 10)]).await;
        let issue = next(&db, &of, monday()).await;
        let mut tx = db.begin().await.expect("begin");
        let text = IssueText { subject: "Zu viel".to_owned(), introduction: "Viele Worte. ".repeat(9_000) };
        store::issue::set_text(&mut tx, issue.id, Language::De, &text).await.expect("set");
        tx.commit().await.expect("commit");
        let error = refused(&db, &mail_context(), &issue).await.expect("it is refused");
        let said = error.to_string();
        assert!(matches!(error, ReleaseError::TooLarge(too_large) if too_large.bytes > 100_000 && too_large.most == 100_000), "{said}");
        assert!(said.contains("above 100 KB") && said.contains("HTML has 1"), "{said}");
        let mut conn = db.read().await.expect("read");
        let left = store::issue::by_id(&mut conn, issue.id).await.expect("read").expect("the issue");
        assert_eq!((left.state, left.release_hash), (issue.state, None));
    }

    async fn an_automatic_issue_that_is_too_large_is_held(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, &NewsletterSettings {
            schedule: Some("0 12 * * *".to_owned()),
            approval: Approval::Automatic,
            compose_lead: HOUR,
            ..settings("region", TopicSet::EMPTY)
        }, monday()).await;
        publish_all(&db, &[long("Eine", 10), long("Zweite", 10)]).await;
        Schedule::new(app(&db, bounded(2_000, 3_000))).step(monday().plus(HOUR + HOUR / 2)).await.expect("a step");
        let issue = issues(&db, &of).await.pop().expect("an issue");
        assert_eq!(issue.state, IssueState::Held);
        let reason = issue.reason.expect("a reason");
        assert!(matches!(reason, Reason::TooLarge { most: 3_000, .. }), "{reason}");
    }

    /// However much there is, it is one issue that can be sent: a line in each mail leads to the rest, and
    /// nothing of it is told again.
    async fn a_flood_is_one_issue_that_leads_to_the_rest(database: &Database) {
        let db = open(database).await;
        let mut contents: Vec<_> = (0..330).map(|n| long(&format!("Beschluss Nummer {n} über die Beschaffung von Gegenständen"), 20)).collect();
        contents.extend((0..5).map(|n| event(&format!("Termin {n}"), monday().plus((n + 1) * DAY), None)));
        publish_all(&db, &contents).await;
        let mut newsletters = Vec::new();
        for (key, digest) in [("some", DigestSettings::default()), ("every", DigestSettings::everything())] {
            let of = newsletter(&db, &NewsletterSettings { digest, ..settings(key, TopicSet::EMPTY) }, monday()).await;
            let issue = next(&db, &of, monday().plus(HOUR)).await;
            assert_eq!(titles(&db, issue.id).await.len(), 335);
            let (detail, bytes, entries) = shown(&db, &mail_context(), &issue).await;
            if key == "some" {
                assert_eq!((detail, entries), (Detail::Full, 13), "{bytes}");
            } else {
                assert_eq!(detail, Detail::TitlesOnly);
                assert!((100..335).contains(&entries) && (80_000..=100_000).contains(&bytes), "{entries}: {bytes}");
            }
            assert!(refused(&db, &mail_context(), &issue).await.is_none());
            assert_eq!(composed(&db, &of, monday().plus(2 * HOUR)).await, Composed::NothingToTell);
            newsletters.push(of);
        }
        // What comes later is found as always.
        publish(&db, &long("Danach", 10), monday().plus(20 * HOUR)).await;
        for of in newsletters {
            let last = next(&db, &of, monday().plus(21 * HOUR)).await;
            assert_eq!(titles(&db, last.id).await, ["Danach"]);
        }
    }

    /// Titles as long as they may be, with addresses as long as they are found.
    async fn the_longest_titles_do_not_stop_an_issue(database: &Database) {
        let db = open(database).await;
        let of = made(&db).await;
        let contents: Vec<_> = (0..60).map(|n| EntryContent {
            url: Some(format!("https://region.example/{n}/{}", "ä=&".repeat(150))),
            ..long(&format!("{n} {}", "Überlänge ".repeat(25)), 10)
        }).collect();
        publish_all(&db, &contents).await;
        let issue = next(&db, &of, monday()).await;
        assert_eq!(titles(&db, issue.id).await.len(), 60);
        let (_, _, entries) = shown(&db, &mail_context(), &issue).await;
        assert!((5..60).contains(&entries), "{entries}");
        assert!(refused(&db, &mail_context(), &issue).await.is_none());
    }

    /// A whole council feed is one mail with eight papers, and a line that leads to the rest.
    async fn a_hundred_papers_of_a_council_are_a_mail_with_eight(database: &Database) {
        const FEED: &[u8] = include_bytes!("../../fixtures/feeds/karlsruhe-council.atom.xml");
        let db = open(database).await;
        let council = topics(&[3]);
        let of = newsletter(&db, &settings("council", council), monday()).await;
        let reading = feed::read(FEED, &FeedOptions::new(Language::De.into())).expect("a feed");
        assert_eq!(reading.items.len(), 100);
        let contents: Vec<_> = reading.items.into_iter().map(|item| EntryContent { kind: EntryKind::Paper, topics: council, ..item.content }).collect();
        publish_all(&db, &contents).await;
        subscribed(&db, of.id, "erika@example.org", Language::De, council).await;
        let issue = next(&db, &of, monday()).await;
        approve_and_freeze(&db, &mail_context(), &issue, monday()).await;
        let mails = sent(&db, &config(), issue.id).await;
        let mail = read(&mails["erika@example.org"]);
        let told = titles(&db, issue.id).await;
        assert_eq!(told.len(), 100);
        let [text, html] = parts(&mail);
        assert_eq!(html.matches("<h3").count(), 8);
        for part in [text, html] {
            assert!(part.contains("Und 92 weitere"), "{part}");
            assert!(part.contains("https://news.musterstadt.example/papers?lang=de"), "{part}");
        }
        let subject = mail.subject().expect("a subject");
        assert!(subject.chars().count() < 70 && subject.starts_with(&told[0].chars().take(20).collect::<String>()), "{subject}");
        assert_eq!(composed(&db, &of, monday().plus(HOUR)).await, Composed::NothingToTell);
    }
}
