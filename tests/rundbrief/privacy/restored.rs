//! A database that was restored from a backup.

use std::collections::BTreeMap;

use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::token::Purpose;
use rundbrief::store::issue::NewIssue;
use rundbrief::store::{self, Db};

use crate::harness::{get, post};
use crate::store::{monday, newsletter, open, subscribed, topics};
use crate::web::Service;

async fn issue_of(db: &Db, newsletter: i64) -> i64 {
    let new = NewIssue {
        newsletter,
        slot: None,
        send_at: None,
        state: IssueState::Draft,
        reason: None,
        window_from: None,
        entries: Vec::new(),
        texts: BTreeMap::new(),
    };
    let mut tx = db.begin().await.expect("begin");
    let issue = store::issue::add(&mut tx, &new, monday())
        .await
        .expect("add");
    tx.commit().await.expect("commit");
    issue.expect("an issue").id
}

on_both_databases! {
    /// Links name rows. After a restore, rows that were lost are not given again to others: a link
    /// from before the restore leads nowhere, and no Message-ID is used for two mails.
    async fn ids_in_links_are_not_given_twice(database: &Database) {
        let service = Service::start(database).await;
        let (before, region) = (service.db.clone(), service.region.id);
        before.close().await;
        drop(service);
        let backup = database.copy().await;

        // What happened after the backup, and is lost with the restore.
        let lost = open(database).await;
        let erika = subscribed(&lost, region, "erika@town.example", Language::De, topics(&[0])).await;
        let issue = issue_of(&lost, region).await;
        let letter = newsletter(&lost, "culture", topics(&[])).await.id;
        lost.close().await;

        // Others come after the restore.
        let restored = open(&backup).await;
        let max = subscribed(&restored, region, "max@town.example", Language::De, topics(&[0])).await;
        let again = issue_of(&restored, region).await;
        let other = newsletter(&restored, "sports", topics(&[])).await.id;
        assert_ne!((erika, issue, letter), (max, again, other));
        assert!(erika != max && issue != again && letter != other);

        let service = Service::start_restored(restored).await;
        let leave = service.token(Purpose::Unsubscribe, issue, erika);
        let change = service.token(Purpose::Preferences, issue, erika);
        let asked = get(service.at, &format!("/preferences/{change}"), &[]).await;
        assert_eq!(asked.status, 404, "{}", asked.body);
        post(service.at, &format!("/unsubscribe/{leave}"), &[], "List-Unsubscribe=One-Click").await;
        assert_eq!(service.running(max).await, [(region, 1)], "Max stays subscribed");
        service.db.close().await;
        backup.remove().await;
    }
}
