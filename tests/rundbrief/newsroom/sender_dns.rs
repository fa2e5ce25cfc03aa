//! What the DNS says about the sender of a newsletter, asked of a name server on this machine.

use rundbrief::app::newsletters::NewsletterError;
use rundbrief::app::readiness::look_up;
use rundbrief::app::{Actor, Error};
use rundbrief::config::relay::RelayTarget;
use rundbrief::domain::audit::{Subject, SubjectKind};
use rundbrief::domain::dkim::Algorithm;
use rundbrief::domain::return_path::ReturnPath;
use rundbrief::domain::user::Role;
use rundbrief::store;

use super::{Desk, Newsroom};
use crate::harness::{Database, NameServer, Zone};
use crate::store::address;

const SETTINGS: &str = "/newsroom/newsletters/region/release";
/// The domain of the newsletter's sender.
const DOMAIN: &str = "region.example";
/// The name of the record of a key of this domain.
const SELECTOR: &str = "rb202612e._domainkey.region.example";

struct Story {
    newsroom: Newsroom,
    dns: NameServer,
    anna: Desk,
}

impl Story {
    async fn start(database: &Database) -> Self {
        let dns = NameServer::start().await;
        let newsroom = Newsroom::start_with(database, |config| {
            config.newsroom.name_servers = vec![dns.at];
            let relay = "smtp://relay.region.example:25";
            config.relay.target = RelayTarget::parse(relay).expect("a relay");
        })
        .await;
        let anna = newsroom.user("Anna Admin", &[Role::Administrator]).await;
        Self {
            newsroom,
            dns,
            anna,
        }
    }

    /// A key of the sender's domain that signs.
    async fn sign(&self, selector: &str, public_key: &str) {
        self.sign_for(DOMAIN, selector, public_key).await;
    }

    async fn sign_for(&self, domain: &str, selector: &str, public_key: &str) {
        let db = &self.newsroom.app.db;
        let now = self.newsroom.app.clock.now();
        let key = store::dkim_key::NewKey {
            domain: domain.to_owned(),
            selector: selector.to_owned(),
            algorithm: Algorithm::Ed25519Sha256,
            public_key: public_key.to_owned(),
            sealed: String::new(),
        };
        let mut tx = db.begin().await.expect("begin");
        store::dkim_key::add(&mut tx, &key, now).await.expect("add");
        let all = store::dkim_key::list(&mut tx).await.expect("keys");
        let id = all
            .iter()
            .find(|key| key.selector == selector)
            .expect("it")
            .id;
        store::dkim_key::activate(&mut tx, id, now)
            .await
            .expect("activate");
        tx.commit().await.expect("commit");
    }

    /// Presses the button and returns the list as text.
    async fn look(&self) -> String {
        let reply = self.anna.post(SETTINGS, &[("do", "look")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        self.page().await
    }

    async fn page(&self) -> String {
        let page = self.anna.get(SETTINGS).await.body;
        let (_, list) = page.split_once(r#"id="ready""#).expect("the list");
        let list = list.split("</section>").next().unwrap_or_default();
        let text = list
            .split('<')
            .map(|tag| tag.split_once('>').map_or(tag, |(_, text)| text));
        text.collect::<Vec<_>>()
            .join(" ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

on_both_databases! {
    async fn what_is_missing_is_named_with_the_record_to_publish(database: &Database) {
        let story = Story::start(database).await;
        story.sign("rb202612e", "11qYAYKx").await;
        let page = story.page().await;
        assert!(page.contains("ist noch nicht nachgesehen"), "{page}");
        assert_eq!(story.dns.asked(), [""; 0], "a page asks nobody");
        let page = story.look().await;
        for expected in [
            "SPF fehlt: region.example.", "v=spf1 a:relay.region.example ~all",
            "DKIM fehlt: rb202612e._domainkey.region.example.", "v=DKIM1; k=ed25519; p=11qYAYKx",
            "DMARC fehlt: _dmarc.region.example.", "v=DMARC1; p=none; rua=mailto:postmaster@region.example",
            "Noch einmal nachsehen",
        ] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        assert_eq!(story.dns.asked(), ["_dmarc.example", "_dmarc.region.example", SELECTOR, DOMAIN]);
        story.page().await;
        assert_eq!(story.dns.asked(), [""; 0], "a page asks nobody");

        // A key of 4,096 bits does not fit into a packet: it is asked for over TCP.
        let long = "A".repeat(1_400);
        story.sign("rb202612r", &long).await;
        let page = story.page().await;
        assert!(page.contains("ist noch nicht nachgesehen"), "another key signs: {page}");
        story.dns.txt("rb202612r._domainkey.region.example", &[&format!("v=DKIM1; k=ed25519; p={long}")]);
        story.dns.txt(DOMAIN, &["google-site-verification=x", "v=spf1 a:relay.region.example include:spf.provider.example -all"]);
        story.dns.txt("spf.provider.example", &["v=spf1 ip4:192.0.2.0/24 ~all"]);
        story.dns.txt("_dmarc.region.example", &["v=DMARC1; p=none"]);
        let page = story.look().await;
        for expected in ["SPF ist in Ordnung: region.example.", "DKIM ist in Ordnung: rb202612r._domainkey.region.example.", "DMARC beobachtet nur: _dmarc.region.example."] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        let mut conn = story.newsroom.app.read().await.expect("read");
        let subject = Subject::new(SubjectKind::Newsletter, "region");
        let lines = store::audit::of_subject(&mut conn, &subject, 9).await.expect("lines");
        let told = lines.iter().filter(|line| line.entry.action == "newsletter.look-up-sender");
        let told: Vec<_> = told.filter_map(|line| line.entry.after.as_deref()).collect();
        assert_eq!(told, ["records: 3, as they should be: 3", "records: 3, as they should be: 0"]);
    }

    async fn what_is_weak_is_said_in_words(database: &Database) {
        let story = Story::start(database).await;
        story.sign("rb202612e", "11qYAYKx").await;
        story.dns.txt(SELECTOR, &["v=DKIM1; k=ed25519; p=22qYAYKx"]);
        story.dns.txt(DOMAIN, &["v=spf1 include:spf.provider.example +all"]);
        story.dns.txt("spf.provider.example", &["v=spf1 mx -all"]);
        story.dns.txt("_dmarc.region.example", &["v=DMARC1; rua=mailto:a@region.example"]);
        let page = story.look().await;
        for expected in ["SPF erlaubt jedem Server, für region.example zu senden.", "steht ein anderer Schlüssel als der, mit dem signiert wird", "DMARC nennt bei _dmarc.region.example keine Regel."] {
            assert!(page.contains(expected), "{expected}: {page}");
        }
        for (spf, expected) in [
            ("v=spf1 mx", "sagt bei region.example nichts über fremde Server"),
            ("v=spf1 include:nowhere.example -all", "verweist bei region.example auf nowhere.example"),
            ("v=spf1 <script>alert(1)</script> -all", "enthält bei region.example etwas Unbekanntes"),
            ("v=spf1 include:region.example -all", "mehr als zehn Abfragen"),
        ] {
            story.dns.txt(DOMAIN, &[spf]);
            let page = story.look().await;
            assert!(page.contains(expected), "{expected}: {page}");
        }
        let html = story.anna.get(SETTINGS).await.body;
        assert!(!html.contains("<script>alert"), "{html}");
        // A registry or the organisation above may speak for a domain.
        story.dns.set("_dmarc.region.example", Zone::Texts(Vec::new()));
        story.dns.txt("_dmarc.example", &["v=DMARC1; p=reject; sp=quarantine"]);
        story.dns.txt(DOMAIN, &["v=spf1 mx -all", "v=spf1 a -all"]);
        let page = story.look().await;
        assert!(page.contains("DMARC ist in Ordnung: _dmarc.example.") && page.contains("steht mehrfach bei region.example"), "{page}");
    }

    async fn what_could_not_be_looked_up_says_why(database: &Database) {
        let story = Story::start(database).await;
        story.dns.set(DOMAIN, Zone::Error);
        story.dns.set("_dmarc.region.example", Zone::Silence);
        let page = story.look().await;
        assert!(page.contains("SPF war nicht nachzusehen (region.example): Der Nameserver meldet einen Fehler"), "{page}");
        assert!(page.contains("DMARC war nicht nachzusehen (_dmarc.region.example): Die Antwort kam nicht rechtzeitig"), "{page}");
        // Nobody listens there.
        let nobody = std::net::UdpSocket::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound");
        let mut config = (*story.newsroom.app.config).clone();
        config.newsroom.name_servers = vec![nobody];
        let mut app = story.newsroom.app.clone();
        app.config = config.into();
        look_up(&app, &Actor::operator(), "region").await.expect("kept");
        let page = story.page().await;
        assert!(page.contains("SPF war nicht nachzusehen (region.example): Die Antwort kam nicht rechtzeitig"), "{page}");
    }

    /// A key signs for the domains below its own, too.
    async fn keys_of_the_domain_above_are_looked_up(database: &Database) {
        let story = Story::start(database).await;
        story.sign_for("example", "rb202612e", "11qYAYKx").await;
        story.dns.txt("rb202612e._domainkey.example", &["v=DKIM1; k=ed25519; p=11qYAYKx"]);
        let page = story.look().await;
        assert!(page.contains("E-Mails von region.example werden signiert") && page.contains("DKIM ist in Ordnung: rb202612e._domainkey.example."), "{page}");
    }

    async fn spf_is_about_the_return_path(database: &Database) {
        let dns = NameServer::start().await;
        let newsroom = Newsroom::start_with(database, |config| {
            config.newsroom.name_servers = vec![dns.at];
            config.bounces.return_path = ReturnPath::new(address("bounces@mail.region.example")).ok();
        }).await;
        dns.txt("mail.region.example", &["v=spf1 mx -all"]);
        let anna = newsroom.user("Anna Admin", &[Role::Administrator]).await;
        assert_eq!(anna.post(SETTINGS, &[("do", "look")]).await.status, 303);
        assert_eq!(dns.asked(), ["_dmarc.example", "_dmarc.region.example", "mail.region.example"]);
        let page = anna.get(SETTINGS).await.body;
        assert!(page.contains("SPF ist in Ordnung: mail.region.example."), "{page}");
        // Who may not is refused before anybody is asked.
        let erika = newsroom.user("Erika Beispiel", &[Role::Approver]).await;
        assert_eq!(erika.post(SETTINGS, &[("do", "look")]).await.status, 403);
        let actor = Actor::User { id: erika.user.id, uuid: erika.user.uuid.clone(), roles: erika.user.roles.clone() };
        let refused = look_up(&newsroom.app, &actor, "region").await;
        assert!(matches!(refused, Err(NewsletterError::Operation(Error::Forbidden { .. }))), "{refused:?}");
        assert_eq!(dns.asked(), [""; 0]);
    }
}
