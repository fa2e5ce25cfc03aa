//! The mails to staff about issues.

use rundbrief::app::Actor;
use rundbrief::app::notices::{AboutIssue, enqueue_about_issue};
use rundbrief::clock::Clock;
use rundbrief::config::RelayTarget;
use rundbrief::delivery::Transport;
use rundbrief::digest::MailContext;
use rundbrief::domain::audit::Action;
use rundbrief::domain::issue::IssueState;
use rundbrief::domain::language::Language;
use rundbrief::domain::notice::NoticeKind;
use rundbrief::domain::reason::Reason;
use rundbrief::domain::topic::TopicSet;
use rundbrief::jobs::notices::{Did, Notices};
use rundbrief::store::issue::NewIssue;
use rundbrief::store::{self, Db};

use super::{in_folder, keyring, parts, read};
use crate::installation::config;
use crate::store::issues::draft;
use crate::store::{address, monday, newsletter, open};

/// Sends what waits, and returns the mails.
pub async fn sent(db: &Db) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config();
    config.relay.target = RelayTarget::File(folder.path().to_owned());
    let transport = Transport::new(&config.relay, "news.musterstadt.example").expect("a relay");
    let clock = Clock::set_at(monday());
    let context = MailContext::from_config(&config);
    let sender = config.system_sender();
    let notices = Notices::new(db.clone(), clock, context, keyring(), transport, sender);
    let did = notices.send_due().await.expect("a step");
    assert!(did.iter().all(|did| *did == Did::Sent), "{did:?}");
    in_folder(folder.path()).into_values().collect()
}

on_both_databases! {
    async fn mails_about_issues_name_the_issue_and_lead_to_it(database: &Database) {
        let db = open(database).await;
        let region = newsletter(&db, "region", TopicSet::EMPTY).await;
        let mut tx = db.begin().await.expect("begin");
        let held = NewIssue { state: IssueState::Held, reason: Some(Reason::Empty), ..draft(region.id, None, vec![]) };
        let issue = store::issue::add(&mut tx, &held, monday()).await;
        let issue = issue.expect("add").expect("a new issue");
        // Whoever wants no newsletter any more still has work to do.
        let hash = keyring().address_hash(&address("jana@example.org"));
        store::suppression::add(&mut tx, &hash, "complaint", monday()).await.expect("suppress");
        tx.commit().await.expect("commit");
        let app = crate::privacy::app(&db, monday());
        let about = AboutIssue {
            issue: issue.id,
            path: "/newsroom/issues/region/1".to_owned(),
            name: "Jana".to_owned(),
            by: Some("Erika".to_owned()),
            note: Some("Der Wochentag stimmt nicht.\nSonst gut. <b>".to_owned()),
            changes: vec!["Brunnen: Text".to_owned()],
        };
        for (kind, subject, said) in [
            (NoticeKind::ReviewAsked, "Bitte um Freigabe", "> Der Wochentag stimmt nicht.\n> Sonst gut. <b>"),
            (NoticeKind::IssueReturned, "Zurück zur Überarbeitung", "> Sonst gut."),
            (NoticeKind::IssueRejected, "Abgelehnt", "> Sonst gut."),
            (NoticeKind::IssueApproved, "Freigegeben", "Erika hat "),
            (NoticeKind::ApprovalInvalidated, "Freigabe ungültig", "- Brunnen: Text"),
            (NoticeKind::IssueStopped, "Versand gestoppt", "wurde gestoppt: "),
        ] {
            let mut op = app.begin(&Actor::operator(), Action::IssueHold).await.expect("begin");
            let to = (address("jana@example.org"), Language::De);
            enqueue_about_issue(&app, &mut op, kind, to, &about).await.expect("enqueue");
            op.commit().await.expect("commit");
            let mails = sent(&db).await;
            let [mail] = mails.as_slice() else { panic!("{} mails", mails.len()) };
            let mail = read(mail);
            assert!(mail.subject().is_some_and(|one| one.starts_with(subject) && one.ends_with("Ausgabe 1")), "{:?}", mail.subject());
            // Nobody has filled in a form.
            assert!(mail.header_raw("Form-Sub").is_none());
            let [text, html] = parts(&mail);
            let text = &text.replace("\r\n", "\n");
            assert!(text.contains(said), "{text}");
            assert!(!html.contains("gut. <b>"));
            for part in [text, html] {
                assert!(part.contains("https://news.musterstadt.example/newsroom/issues/region/1"), "{part}");
            }
        }
    }
}
