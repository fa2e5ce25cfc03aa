//! What outsiders and editors typed stays text, whatever it looks like.

use rundbrief::digest::MailContext;
use rundbrief::domain::contact::Contact;
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::{DigestSettings, NewsletterSettings};
use rundbrief::domain::topic::TopicSet;
use rundbrief::store;
use rundbrief::store::issue::IssueText;

use super::{approve_and_freeze, next, parts, read, sent, texts, told};
use crate::installation::{config, newsletter, publish};
use crate::store::{monday, open, settings, subscribed, topics};

on_both_databases! {
    async fn the_subject_is_made_of_what_leads_in_the_readers_language(database: &Database) {
        let db = open(database).await;
        let digest = DigestSettings { name_in_subject: true, ..DigestSettings::default() };
        let of = newsletter(&db, &NewsletterSettings { digest, ..settings("region", TopicSet::EMPTY) }, monday()).await;
        for (german, french) in [("Neue Bäume", "De nouveaux arbres"), ("Museum", "Musée"), ("Konzert", "Concert"), ("Markt", "Marché")] {
            publish(&db, &told(&[("de", german), ("fr", french)], TopicSet::EMPTY), monday()).await;
        }
        for language in Language::ALL {
            subscribed(&db, of.id, &format!("{language}@example.org"), *language, TopicSet::EMPTY).await;
        }
        let config = config();
        let mail_context = MailContext::from_config(&config);
        let issue = next(&db, &of, monday()).await;
        assert!(texts(&db, issue.id).await.is_empty(), "nobody has written a subject");
        approve_and_freeze(&db, &mail_context, &issue, monday()).await;
        let mails = sent(&db, &config, issue.id).await;
        let subject = |who: &str| read(&mails[who]).subject().expect("a subject").to_owned();
        // The newsletter has no English and no Dutch name.
        assert_eq!(subject("de@example.org"), "Region aktuell: Neue Bäume, Museum, Konzert und eine weitere Meldung");
        assert_eq!(subject("en@example.org"), "Region aktuell: Neue Bäume, Museum, Konzert and one more news item");
        for (who, begin) in [("fr@example.org", "La région : De nouveaux arbres, "), ("nl@example.org", "Region aktuell: Neue Bäume, ")] {
            let subject = subject(who);
            assert!(subject.starts_with(begin) && subject.chars().count() < 70, "{subject}");
        }
    }

    /// Both parts of a variant have the entries of its topics, and no others.
    async fn a_variant_tells_exactly_its_topics(database: &Database) {
        let db = open(database).await;
        let of = newsletter(&db, &settings("region", topics(&[0, 1, 2])), monday()).await;
        for (title, about) in [("Thema null", &[0][..]), ("Thema eins", &[1]), ("Null und eins", &[0, 1]), ("Für alle", &[]), ("Thema zwei", &[2])] {
            publish(&db, &told(&[("de", title)], topics(about)), monday()).await;
        }
        for (who, chosen) in [("none@example.org", &[][..]), ("zero@example.org", &[0]), ("both@example.org", &[0, 1])] {
            subscribed(&db, of.id, who, Language::De, topics(chosen)).await;
        }
        let config = config();
        let mail_context = MailContext::from_config(&config);
        let issue = next(&db, &of, monday()).await;
        approve_and_freeze(&db, &mail_context, &issue, monday()).await;
        let mails = sent(&db, &config, issue.id).await;
        for (who, told) in [
            ("none@example.org", &["Für alle"][..]),
            ("zero@example.org", &["Thema null", "Null und eins", "Für alle"]),
            ("both@example.org", &["Thema null", "Thema eins", "Null und eins", "Für alle"]),
        ] {
            let mail = read(&mails[who]);
            for part in parts(&mail) {
                for title in ["Thema null", "Thema eins", "Null und eins", "Für alle", "Thema zwei"] {
                    assert_eq!(part.contains(title), told.contains(&title), "{title} for {who}");
                }
            }
        }
    }

    async fn nothing_typed_becomes_markup_or_a_header(database: &Database) {
        const TITLE: &str = "</a><script>alert(1)</script> \"quoted\" 'single' &amp; =?utf-8?Q?=42cc?=";
        let db = open(database).await;
        let of = newsletter(&db, &NewsletterSettings {
            sender_name: "Amt\r\nBcc: victim@example.org\r\n\r\nBody".to_owned(),
            ..settings("region", TopicSet::EMPTY)
        }, monday()).await;
        let mut content = told(&[("de", TITLE), ("nl", "x")], TopicSet::EMPTY);
        content.url = Some("javascript:alert(1)".to_owned());
        content.place = Some("<img src=x onerror=alert(1)>".to_owned());
        content.contact = Some(Contact {
            name: Some("<b>Amt</b>\r\nX-Evil: 1".to_owned()),
            email: None,
            phone: Some("+49 1</a>\r\nX-Evil: 1".to_owned()),
        });
        publish(&db, &content, monday()).await;
        subscribed(&db, of.id, "erika@example.org", Language::De, TopicSet::EMPTY).await;
        let config = config();
        let mail_context = MailContext::from_config(&config);
        let issue = next(&db, &of, monday()).await;
        let mut tx = db.begin().await.expect("begin");
        let text = IssueText {
            subject: "Betreff\r\nX-Evil: 1\r\n\r\n<script> =?utf-8?Q?=42cc?=".to_owned(),
            introduction: "<style>*{}</style>\n\n-- \nGuten Tag".to_owned(),
        };
        store::issue::set_text(&mut tx, issue.id, Language::De, &text).await.expect("set");
        tx.commit().await.expect("commit");
        approve_and_freeze(&db, &mail_context, &issue, monday()).await;
        let mails = sent(&db, &config, issue.id).await;
        let mail = read(&mails["erika@example.org"]);
        assert!(mail.header_raw("Bcc").is_none() && mail.header_raw("X-Evil").is_none());
        let from = mail.from().and_then(|from| from.first()).expect("a sender");
        assert_eq!(from.address(), Some("news@region.example"));
        assert_eq!(from.name(), Some("Amt Bcc: victim@example.org Body"));
        let subject = mail.subject().expect("a subject");
        assert!(subject.starts_with("Betreff X-Evil: 1 <script>") && !subject.contains("Bcc"), "{subject}");
        let [text, html] = parts(&mail);
        for bad in ["<script", "<img", "javascript:", "<style>*", "<b>Amt"] {
            let found = html.match_indices(bad).count();
            assert_eq!(found, 0, "{bad} in {html}");
        }
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert!(text.contains("<script>alert(1)</script>") && !text.contains("javascript:"));
        // What follows this line is a signature to mail programs, and folded away.
        assert_eq!(text.matches("\n-- \n").count() + text.matches("\n-- \r\n").count(), 1);
    }
}
