//! Never writing again, and not writing for the time being.

use rundbrief::app::privacy::{self, Error};
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::store;

use super::{after, app, count, operator, readers, signs_up};
use crate::store::ledger::{approved, frozen, lease, start};
use crate::store::{address, monday, newsletter, open, topics};

on_both_databases! {
    /// A suppressed reader of an issue that is being sent gets it no more, whether their row waits or is
    /// claimed already; later issues pass them over.
    async fn suppression_stops_what_was_not_begun(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let all = readers(&db, region, &[("mail.example", 3)]).await;
        let issue = approved(&db, region, topics(&[1]), false).await;
        frozen(&db, issue).await;
        let keys = lease(&db, issue, "w", monday()).await;
        assert_eq!(keys.len(), 3);
        let app = app(&db, monday());
        let (row, who) = &all[1];
        let done = privacy::suppress(&app, &operator(), &address(who), "on request").await.expect("suppress");
        assert!(done.new && done.ended == 1, "{done:?}");
        let started = start(&db, &keys, "w").await;
        assert!(!started.iter().any(|key| key.subscriber == *row), "{started:?}");
        assert_eq!(started.len(), 2);
        let next = approved(&db, region, topics(&[1]), false).await;
        assert_eq!(frozen(&db, next).await.queued, 2);
        let again = privacy::suppress(&app, &operator(), &address(who), "again").await.expect("suppress");
        assert!(!again.new && again.ended == 0, "{again:?}");
        assert_eq!(count(&db, "SELECT COUNT(*) FROM audit WHERE action = 'subscriber.suppress'").await, 1, "nothing was done the second time");
        let data = privacy::export(&app, &operator(), &address(who)).await.expect("export");
        assert_eq!(data.suppression.map(|one| one.reason).as_deref(), Some("on request"));
        assert_eq!(data.state, Some(SubscriberState::Unsubscribed));
    }

    /// Of somebody who never confirmed nothing is left but the hash; of a stranger neither.
    async fn of_strangers_only_the_hash_is_kept(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        signs_up(&db, region, "typed@by.somebody.example", monday()).await;
        let app = app(&db, monday());
        for who in ["typed@by.somebody.example", "never@seen.example"] {
            privacy::suppress(&app, &operator(), &address(who), "on request").await.expect("suppress");
            let data = privacy::export(&app, &operator(), &address(who)).await.expect("export");
            assert!(data.state.is_none() && data.suppression.is_some());
            // An erasure asked for later has nothing to remove; the suppression stays.
            let erased = privacy::erase(&app, &operator(), &address(who)).await;
            assert!(matches!(erased, Err(Error::Unknown)), "{erased:?}");
        }
        for (rows, statement) in [
            (0, "SELECT COUNT(*) FROM subscriber"),
            (0, "SELECT COUNT(*) FROM signup"),
            (0, "SELECT COUNT(*) FROM outbox"),
            (0, "SELECT COUNT(*) FROM consent_event"),
            (2, "SELECT COUNT(*) FROM suppression"),
        ] {
            assert_eq!(count(&db, statement).await, rows, "{statement}");
        }
    }

    async fn suspended_readers_get_nothing_until_reactivated(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", topics(&[1])).await.id;
        let all = readers(&db, region, &[("mail.example", 2)]).await;
        let (app, who) = (app(&db, after(1)), address(&all[0].1));
        let refused = privacy::reactivate(&app, &operator(), &who).await;
        assert!(matches!(refused, Err(Error::State { .. })), "{refused:?}");
        privacy::suspend(&app, &operator(), &who, Some("bounces")).await.expect("suspend");
        let issue = approved(&db, region, topics(&[1]), false).await;
        assert_eq!(frozen(&db, issue).await.queued, 1);
        let refused = privacy::suspend(&app, &operator(), &who, None).await;
        assert!(matches!(refused, Err(Error::State { .. })), "{refused:?}");
        assert_eq!(privacy::reactivate(&app, &operator(), &who).await.expect("reactivate"), SubscriberState::Active);
        let issue = approved(&db, region, topics(&[1]), false).await;
        assert_eq!(frozen(&db, issue).await.queued, 2);

        // Who left meanwhile is not signed up by that, and who must not be mailed is not either.
        privacy::suspend(&app, &operator(), &who, None).await.expect("suspend");
        let mut tx = db.begin().await.expect("begin");
        store::subscription::end(&mut tx, all[0].0, region, after(1)).await.expect("end");
        tx.commit().await.expect("commit");
        assert_eq!(privacy::reactivate(&app, &operator(), &who).await.expect("reactivate"), SubscriberState::Unsubscribed);
        let other = address(&all[1].1);
        privacy::suspend(&app, &operator(), &other, None).await.expect("suspend");
        let hash = crate::web::keyring(1, &[]).address_hash(&other);
        let mut tx = db.begin().await.expect("begin");
        store::suppression::add(&mut tx, &hash, "complaint", after(1)).await.expect("add");
        tx.commit().await.expect("commit");
        let refused = privacy::reactivate(&app, &operator(), &other).await;
        assert!(matches!(refused, Err(Error::Suppressed)), "{refused:?}");
    }
}
