//! Test mails of an issue: marked, and to the team only.

use rundbrief::app::{Actor, issues};
use rundbrief::domain::language::Language;
use rundbrief::domain::topic::TopicSet;
use rundbrief::store;

use super::staff::sent;
use super::{parts, read};
use crate::installation::publish;
use crate::store::issues::draft;
use crate::store::{address, monday, news, newsletter, open};

on_both_databases! {
    async fn a_test_mail_is_the_variant_and_says_so(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await;
        let entry = publish(&db, &news("Brunnen", TopicSet::EMPTY), monday()).await;
        let mut tx = db.begin().await.expect("begin");
        store::issue::add(&mut tx, &draft(region.id, None, vec![entry]), monday()).await.expect("add").expect("made");
        tx.commit().await.expect("commit");
        let app = crate::privacy::app(&db, monday());
        let name = "region/1".parse().expect("a name");
        let to = [address("erika@rathaus.example")];
        issues::send_test(&app, &Actor::operator(), &name, (Language::De, TopicSet::EMPTY), &to).await.expect("sent");
        let mails = sent(&db).await;
        let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
        let mail = read(mail);
        assert_eq!(mail.subject(), Some("[Test] Region aktuell 1"));
        assert!(mail.header_raw("Form-Sub").is_none() && mail.header_raw("List-Unsubscribe").is_none());
        let [text, html] = parts(&mail);
        for part in [text, html] {
            assert!(part.contains("Probe für die Redaktion.") && part.contains("Brunnen"), "{part}");
        }
        let mut conn = db.read().await.expect("read");
        let issue = store::issue::by_number(&mut conn, region.id, 1).await.expect("read").expect("an issue");
        assert_eq!(issue.frozen_at, None, "nothing counts as sent");
    }
}
