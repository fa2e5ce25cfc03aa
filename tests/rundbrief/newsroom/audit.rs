//! The audit log as administrators read it.

use rundbrief::domain::audit::{Action, SubjectKind};
use rundbrief::domain::dkim::KeyState;
use rundbrief::domain::entry::{EntryKind, EntryState};
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::newsletter::{Approval, TextLength};
use rundbrief::domain::proposal::{Change, ProposalState};
use rundbrief::domain::subscriber::SubscriberState;
use rundbrief::domain::user::{Role, UserState};
use rundbrief::store::audit::AuditEntry;
use rundbrief::store::staff_link::LinkPurpose;
use rundbrief::store::staff_session::Step;
use templates::Locale;
use templates::pages::newsroom::audit::{values, words};

use super::Newsroom;
use crate::store::{news, topics};

#[test]
fn everything_in_the_log_has_words() {
    for locale in Locale::ALL {
        for action in Action::ALL {
            let words = words::action(locale, action.as_str());
            assert!(
                words.is_some_and(|words| !words.contains("audit-do")),
                "{action} has no words: add them to locales/{}/audit.ftl and pages/newsroom/audit/words.rs",
                locale.code()
            );
        }
        for kind in SubjectKind::ALL {
            assert!(words::subject(locale, kind.as_str()).is_some(), "{kind}");
        }
        for kind in ["operator", "job", "reader", "guest"] {
            assert!(words::actor(locale, kind).is_some(), "{kind}");
        }
    }
}

/// What operations write before and after. Whoever adds a state adds its words.
#[test]
fn every_state_in_the_log_has_words() {
    fn names<T: Copy + Into<&'static str>>(
        kind: &'static str,
        all: &[T],
    ) -> Vec<(&'static str, String)> {
        all.iter()
            .map(|one| (kind, (*one).into().to_owned()))
            .collect()
    }
    let of = |kind, said: &[&str]| {
        said.iter()
            .map(|one| (kind, (*one).to_owned()))
            .collect::<Vec<_>>()
    };
    let approvals = Approval::ALL
        .iter()
        .map(|one| ("newsletter", format!("approval {one}")));
    let texts = TextLength::ALL
        .iter()
        .map(|one| ("newsletter", format!("{one} texts")));
    let all = [
        names("issue", IssueState::ALL),
        names("entry", EntryState::ALL),
        names("entry", EntryKind::ALL),
        names("user", Role::ALL),
        names("user", UserState::ALL),
        names("user", LinkPurpose::ALL),
        names("user", Step::ALL),
        names("subscriber", SubscriberState::ALL),
        names("signing-key", KeyState::ALL),
        names("proposal", ProposalState::ALL),
        names("proposal", Change::ALL),
        approvals.chain(texts).collect(),
        of(
            "user",
            &[
                "login-link",
                "login-code",
                "password-link",
                "invitation",
                "on",
                "off",
                "changed",
                "name, language",
                "administrator,editor",
            ],
        ),
        of(
            "issue",
            &[
                "approved, texts 0123456789ab",
                "sending, recipients: 4312",
                "draft, entries: 12",
                "blocks: 1, warns: 2",
            ],
        ),
        of(
            "issue",
            &[
                "de, mails: 3",
                "sent, failed: 14",
                "queued again: 14",
                "subscriber 17",
                "nobody",
                "when approved",
            ],
        ),
        of(
            "entry",
            &[
                "news, published",
                "version 3",
                "version 4, as version 1",
                "pinned",
                "not pinned",
                "files deleted",
            ],
        ),
        of("source", &["3 new, 1 updated, 2 proposed"]),
        of(
            "retention",
            &[
                "7 removed",
                "files of 7 pictures removed",
                "7 sign-ups and 2 addresses removed",
            ],
        ),
        of("installation", &["erased 1, suppressed 2, left 3"]),
    ];
    for locale in Locale::ALL {
        for (kind, said) in all.iter().flatten() {
            let words = values::value(locale, kind, said);
            assert!(
                words.is_some_and(
                    |words| !words.contains("audit-value") && !words.contains("-state-")
                ),
                "“{said}” of {kind} has no words: add them to locales/{}/audit.ftl and pages/newsroom/audit/values.rs",
                locale.code()
            );
        }
    }
}

on_both_databases! {
    async fn subjects_lead_to_their_pages(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let everything = [Role::Administrator, Role::Editor];
        let admin = newsroom.user("Ada Admin", &everything).await;
        let entry = newsroom.entry(news("Wochenmarkt zieht um", topics(&[0])), EntryState::Published).await;
        assert_eq!(admin.post("/newsroom/issues/compose", &[("newsletter", "region")]).await.status, 303);
        let page = admin.get("/newsroom/audit").await.body;
        assert!(page.contains("Entwurf, Beiträge: 1") && page.contains("Administration, Redaktion"), "a state in words: {page}");
        // Another version wrote this.
        let of_tomorrow = AuditEntry {
            at: newsroom.app.clock.now(),
            actor: "job".to_owned(),
            actor_name: "sending".to_owned(),
            entry_point: "service".to_owned(),
            action: "issue.polish".to_owned(),
            subject: "issue".to_owned(),
            subject_id: "region/1".to_owned(),
            before: Some("dull".to_owned()),
            after: Some("shiny, texts: 3".to_owned()),
        };
        let paused = AuditEntry {
            action: "issue.pause".to_owned(),
            before: Some("sending".to_owned()),
            after: Some("paused: {\"code\":\"empty\"}".to_owned()),
            ..of_tomorrow.clone()
        };
        let down = AuditEntry {
            action: "issue.relay-down".to_owned(),
            before: None,
            after: Some("smtp://mail:25: no-reply".to_owned()),
            ..of_tomorrow.clone()
        };
        let mut tx = newsroom.service.db.begin().await.expect("begin");
        rundbrief::store::audit::append(&mut tx, vec![of_tomorrow, paused, down]).await.expect("appends");
        tx.commit().await.expect("commit");
        let page = admin.get("/newsroom/audit").await.body;
        for said in [
            "dull → shiny, texts: 3",
            "wird versendet → unterbrochen: Die Ausgabe enthält keinen Beitrag mehr",
            "Der Mailserver smtp://mail:25 antwortet nicht",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        let csv = admin.get("/newsroom/audit/csv").await.body;
        assert!(csv.contains("\"draft, entries: 1\"") && csv.contains("no-reply"), "codes stay codes: {csv}");
        for link in [
            format!("Beitrag <a href=\"/newsroom/entries/{entry}\">Wochenmarkt zieht um</a>"),
            "Ausgabe <a href=\"/newsroom/issues/region/1\">".to_owned(),
        ] {
            assert!(page.contains(&link), "{link}: {page}");
        }
    }

    async fn lines_are_found_exported_and_verified(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let admin = newsroom.user("=Ada Admin", &[Role::Administrator]).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Viewer]).await;
        let page = format!("/newsroom/users/{}", erika.user.uuid);
        assert_eq!(admin.post(&page, &[("role", "editor")]).await.status, 303);
        let all = admin.get("/newsroom/audit").await;
        assert_eq!(all.status, 200);
        // Users by name, not by UUID.
        assert!(all.body.contains("nur ansehen → Redaktion") && all.body.contains(&format!("Zugang <a href=\"{page}\">Erika Beispiel</a>")), "{}", all.body);
        let changes = admin.get(&format!("/newsroom/audit?action=user.change&who={}", admin.user.uuid)).await;
        assert_eq!(changes.body.matches("Aufgaben geändert</td>").count(), 1, "{}", changes.body);
        assert!(changes.body.contains("value=\"user.change\" selected>Aufgaben geändert</option>"), "{}", changes.body);
        assert!(changes.body.contains("<option value=\"job\">Dienst</option>"));
        for none in ["who=job", "from=2030-01-01", "to=2020-01-01", "subject=nothing", "before=0"] {
            let page = admin.get(&format!("/newsroom/audit?{none}")).await;
            assert!(page.body.contains("Dazu gibt es keine Zeilen."), "{none}: {}", page.body);
        }
        let csv = admin.get("/newsroom/audit/csv?action=user.change").await;
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
        assert!(csv.body.contains("\"user.change\";\"Aufgaben geändert\";\"user Erika Beispiel\""), "{}", csv.body);
        assert!(csv.body.contains("\"'=Ada Admin\""), "a name is no formula: {}", csv.body);
        let sound = admin.post("/newsroom/audit/verify", &[]).await;
        assert!(sound.body.contains("wie sie geschrieben wurden"), "{}", sound.body);
        // Somebody with access to the database takes a line away.
        database.execute("DELETE FROM audit WHERE seq = 2").await;
        let broken = admin.post("/newsroom/audit/verify", &[]).await;
        assert!(broken.body.contains("Zeile 2 steht nicht so da"), "{}", broken.body);
    }
}
