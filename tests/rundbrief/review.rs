//! Nobody sends alone: handing in, approving, returning, taking back, and what a change does.

mod crash;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rundbrief::app::entries::{self, Saved, Written};
use rundbrief::app::issues::review::{self, entry_changed, history};
use rundbrief::app::issues::{self, ApprovalTerms, IssueError, SlotOutcome, seen};
use rundbrief::app::newsletters::{self, Changes};
use rundbrief::app::staff::{self, NewUser};
use rundbrief::app::{Actor, App};
use rundbrief::domain::audit::Action;
use rundbrief::domain::issue::{Contribution, IssueName, IssueState};
use rundbrief::domain::language::Language;
use rundbrief::domain::newsletter::{Approval, Newsletter, NewsletterSettings, ReviewSettings};
use rundbrief::domain::reason::Reason;
use rundbrief::domain::review::{Change, StepKind};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::domain::user::Role;
use rundbrief::jobs::send_due::{SendDue, Sent};
use rundbrief::store::issue::{Issue, IssueText};
use rundbrief::store::{self, Db};

use crate::installation::{app, config, issues, newsletter, publish, set_state};
use crate::store::{HOUR, address, monday, news, open, settings, subscribed};

const MINUTE: Duration = Duration::from_mins(1);

/// An installation with a newsletter, one reader and an issue in review that has no date.
struct Review {
    db: Db,
    app: App,
    /// Writes.
    jana: Actor,
    /// Approves.
    erika: Actor,
    newsletter: Newsletter,
    entry: i64,
    name: IssueName,
}

impl Review {
    async fn new(database: &crate::harness::Database, approval: Approval) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let db = open(database).await;
        let key = format!("region{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let settings = NewsletterSettings {
            approval,
            ..settings(&key, TopicSet::EMPTY)
        };
        let of = newsletter(&db, &settings, monday()).await;
        subscribed(&db, of.id, "a@example.org", Language::De, TopicSet::EMPTY).await;
        let entry = publish(&db, &news("Neues", TopicSet::EMPTY), monday()).await;
        let app = app(&db, config());
        let user = async |name: &str, role| {
            let email = address(&format!("{}-{key}@region.example", name.to_lowercase()));
            let roles = std::iter::once(role).collect();
            let (name, language) = (name.to_owned(), Language::De);
            let new = NewUser {
                name,
                email,
                language,
                roles,
                password: None,
            };
            let user = staff::add(&app, &Actor::operator(), new)
                .await
                .expect("a user");
            Actor::User {
                id: user.id,
                uuid: user.uuid,
                roles: user.roles,
            }
        };
        let (jana, erika) = (
            user("Jana", Role::Editor).await,
            user("Erika", Role::Approver).await,
        );
        let then = app.at(monday().plus(HOUR));
        let composed = issues::compose(&then, &jana, &key).await;
        let composed = composed.expect("composed");
        assert_eq!(
            composed.state,
            IssueState::Draft,
            "somebody hands it in when it is ready"
        );
        let review = Self {
            name: composed.issue,
            newsletter: of,
            jana,
            erika,
            db,
            app,
            entry,
        };
        let (issue, to) = (review.issue().await, IssueState::InReview);
        set_state(&review.db, &issue, to, review.time(0)).await;
        review
    }

    /// The operations at so many minutes after the issue was composed.
    fn at(&self, minutes: u32) -> App {
        self.app.at(self.time(minutes))
    }

    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    fn time(&self, minutes: u32) -> Timestamp {
        monday().plus(HOUR).plus(minutes * MINUTE)
    }

    async fn issue(&self) -> Issue {
        let all = issues(&self.db, &self.newsletter).await;
        all.into_iter().next().expect("there is one")
    }

    async fn approve(&self, minutes: u32, terms: &ApprovalTerms) -> Result<(), IssueError> {
        let app = self.at(minutes);
        let approved = issues::approve(&app, &self.erika, &self.name, terms).await;
        approved.map(|_| ())
    }

    /// What an approver sees now, with a minute to take the approval back.
    async fn terms(&self, minutes: u32) -> ApprovalTerms {
        let issue = self.issue().await;
        let mut conn = self.db.read().await.expect("read");
        let seen = seen(&mut conn, &issue, self.time(minutes)).await;
        ApprovalTerms {
            seen: Some(seen.expect("readable")),
            take_back: Some(MINUTE),
            ..ApprovalTerms::default()
        }
    }

    async fn due(&self, minutes: u32) -> Vec<Sent> {
        let job = SendDue::new(self.app.clone());
        job.step(self.time(minutes)).await.expect("a step")
    }

    /// Changes the text of the entry as the newsroom does.
    async fn edit(&self, minutes: u32, title: &str) -> usize {
        let app = self.at(minutes);
        let mut op = app
            .begin(&self.jana, Action::EntryChange)
            .await
            .expect("begin");
        let entry = store::entry::by_id(op.tx(), self.entry).await;
        let entry = entry.expect("read").expect("there");
        let invalidated = entry_changed(&mut op, &entry, |title| Change::Entry { title })
            .await
            .expect("changed");
        rename(&mut op, self.entry, title).await;
        op.commit().await.expect("commit");
        invalidated
    }

    /// Rewrites the entry as the editor does.
    async fn write(&self, minutes: u32, actor: &Actor, title: &str) {
        let mut conn = self.db.read().await.expect("read");
        let entry = store::entry::by_id(&mut conn, self.entry).await;
        let entry = entry.expect("read").expect("there");
        drop(conn);
        let mut content = entry.content.clone();
        for text in content.texts.values_mut() {
            title.clone_into(&mut text.title);
        }
        let written = Written {
            uuid: &entry.uuid,
            base: Some(1),
            content,
            reviewed: BTreeSet::new(),
            further: Vec::new(),
            state: None,
            merged: false,
        };
        let saved = entries::save(&self.at(minutes), actor, written).await;
        assert!(matches!(saved, Ok(Saved::As(_))), "{saved:?}");
    }

    /// The mails about issues: what they say, and to whom.
    async fn mails(&self) -> Vec<(String, String)> {
        const TEXT: &str = "SELECT kind, address FROM outbox ORDER BY id";
        match &self.db {
            Db::Sqlite { writer, .. } => sqlx::query_as(TEXT).fetch_all(writer).await,
            Db::Postgres(pool) => sqlx::query_as(TEXT).fetch_all(pool).await,
        }
        .expect("notices")
    }

    async fn steps(&self) -> Vec<StepKind> {
        let issue = self.issue().await;
        let mut conn = self.db.read().await.expect("read");
        let steps = store::review_step::of_issue(&mut conn, issue.id, 99)
            .await
            .expect("steps");
        steps.into_iter().rev().map(|step| step.kind).collect()
    }
}

async fn rename(op: &mut rundbrief::app::Operation, entry: i64, title: &str) {
    let text = sqlx::AssertSqlSafe(format!(
        "UPDATE entry_text SET title = '{title}' WHERE entry_id = {entry}"
    ));
    match op.tx() {
        store::Tx::Sqlite(tx) => sqlx::query(text).execute(&mut **tx).await.map(|_| ()),
        store::Tx::Postgres(tx) => sqlx::query(text).execute(&mut **tx).await.map(|_| ()),
    }
    .expect("an update");
}

on_both_databases! {
    async fn a_returned_issue_is_handed_in_again(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        let (jana, erika) = (review.jana.clone(), review.erika.clone());
        let issue = review::hand_in(&review.at(1), &jana, &review.name, " Bitte den Vorspann ansehen. ").await.expect("handed in");
        assert_eq!(issue.state, IssueState::InReview);
        let refused = review::return_for_edit(&review.at(2), &erika, &review.name, " \r\n ").await;
        assert!(matches!(refused, Err(IssueError::Message(_))), "without a reason nobody knows what to do");
        let returned = review::return_for_edit(&review.at(2), &erika, &review.name, "Zu lang.").await.expect("returned");
        assert_eq!((returned.state, returned.reason), (IssueState::Draft, Some(Reason::Returned { message: "Zu lang.".to_owned() })));
        assert!(matches!(review::return_for_edit(&review.at(3), &erika, &review.name, "Noch einmal.").await, Err(IssueError::State { .. })));
        let again = review::hand_in(&review.at(4), &jana, &review.name, "").await.expect("handed in");
        assert_eq!((again.state, again.reason), (IssueState::InReview, None));
        let rejected = review::reject(&review.at(5), &erika, &review.name, "Erscheint nicht.").await.expect("rejected");
        assert_eq!(rejected.state, IssueState::Cancelled);
        assert!(matches!(review::hand_in(&review.at(6), &jana, &review.name, "").await, Err(IssueError::State { .. })));

        let (jana, erika) = (jana.name(), erika.name());
        let mut conn = review.db.read().await.expect("read");
        let history = history(&mut conn, &review.name, &rejected).await.expect("history");
        let told: Vec<_> = history.iter().rev().map(|one| {
            let line = one.line.as_ref().expect("a line");
            let said = one.step.as_ref().and_then(|step| step.message.as_deref());
            (line.action.as_str(), line.actor_name.as_str(), said)
        }).collect();
        assert_eq!(told, [
            ("issue.compose", jana.as_str(), None),
            ("issue.hand-in", &jana, Some("Bitte den Vorspann ansehen.")),
            ("issue.return", &erika, Some("Zu lang.")),
            ("issue.hand-in", &jana, None),
            ("issue.reject", &erika, Some("Erscheint nicht.")),
        ]);
        drop(conn);
        let mails = review.mails().await;
        let (to_jana, to_erika) = (format!("jana-{}@region.example", review.name.newsletter), format!("erika-{}@region.example", review.name.newsletter));
        assert_eq!(mails, [
            ("review-asked".to_owned(), to_erika.clone()),
            ("issue-returned".to_owned(), to_jana.clone()),
            ("review-asked".to_owned(), to_erika),
            ("issue-rejected".to_owned(), to_jana),
        ]);
    }

    async fn an_approval_can_be_taken_back_for_a_minute(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        review.approve(1, &review.terms(1).await).await.expect("approved");
        let issue = review.issue().await;
        assert_eq!((issue.state, issue.send_at, issue.send_not_before), (IssueState::Approved, Some(review.time(2)), Some(review.time(2))));
        assert_eq!(review.due(1).await, [], "nothing is sent within the minute");
        let other = review::take_back(&review.at(1), &review.jana, &review.name).await;
        assert!(other.is_err(), "an editor takes nothing back: {other:?}");
        let back = review::take_back(&review.at(1), &review.erika, &review.name).await.expect("taken back");
        assert_eq!((back.state, back.send_at, back.send_not_before), (IssueState::InReview, None, None));
        assert_eq!(review.due(9).await, [], "it is not approved");
        review.approve(10, &review.terms(10).await).await.expect("approved again");
        let late = review::take_back(&review.at(11), &review.erika, &review.name).await;
        assert!(matches!(late, Err(IssueError::TooLate { .. })), "the minute is over");
        assert!(matches!(review.due(11).await[..], [Sent::Started { .. }]));
        assert_eq!(review.steps().await, [StepKind::Approved, StepKind::TakenBack, StepKind::Approved]);
    }

    /// Only what the approver has looked at is approved.
    async fn what_was_changed_meanwhile_is_not_approved(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        let terms = review.terms(1).await;
        assert_eq!(review.edit(2, "Anderes").await, 0, "nothing was approved yet");
        assert!(matches!(review.approve(3, &terms).await, Err(IssueError::NotAsSeen { .. })));
        assert_eq!(review.issue().await.state, IssueState::InReview);
        review.approve(4, &review.terms(4).await).await.expect("approved");
    }

    async fn a_change_invalidates_the_approval(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        review::hand_in(&review.at(1), &review.jana, &review.name, "").await.expect("handed in");
        review.approve(1, &review.terms(1).await).await.expect("approved");
        review.write(1, &review.jana, "Anderes").await;
        let issue = review.issue().await;
        let change = Change::Entry { title: "Neues".to_owned() };
        assert_eq!((issue.state, issue.reason), (IssueState::Draft, Some(Reason::ChangedAfterApproval { change })));
        assert_eq!((issue.send_at, issue.send_not_before), (None, None));
        assert_eq!(review.due(9).await, []);
        assert_eq!(review.edit(9, "Drittes").await, 0);
        assert_eq!(review.steps().await, [StepKind::HandedIn, StepKind::Approved, StepKind::Invalidated]);
        let kinds: Vec<_> = review.mails().await.into_iter().map(|(kind, _)| kind).collect();
        // Jana changed it herself: she knows.
        assert_eq!(kinds, ["review-asked", "issue-approved", "approval-invalidated"]);
    }

    /// Whoever handed in and whoever approved are told when somebody else changes it.
    async fn both_are_told_that_an_approval_does_not_count(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        let (jana, key) = (review.jana.clone(), review.name.newsletter.clone());
        review::hand_in(&review.at(1), &jana, &review.name, "").await.expect("handed in");
        review.approve(1, &review.terms(1).await).await.expect("approved");
        let paul = staff::add(&review.app, &Actor::operator(), NewUser {
            name: "Paul".to_owned(),
            email: address(&format!("paul-{key}@region.example")),
            language: Language::De,
            roles: std::iter::once(Role::Editor).collect(),
            password: None,
        }).await.expect("a user");
        let paul = Actor::User { id: paul.id, uuid: paul.uuid, roles: paul.roles };
        review.write(2, &paul, "Anderes").await;
        let mut told: Vec<_> = review.mails().await.into_iter().filter(|(kind, _)| kind == "approval-invalidated").map(|(_, to)| to).collect();
        told.sort();
        assert_eq!(told, [format!("erika-{key}@region.example"), format!("jana-{key}@region.example")]);
    }

    /// What was approved for staff does not go to everybody.
    async fn the_end_of_a_trial_invalidates_approvals(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        let key = &review.name.newsletter;
        let set = async |trial| {
            let changes = |settings: &NewsletterSettings| Changes {
                review: Some((settings.approval, ReviewSettings { trial, ..settings.review })),
                ..Changes::default()
            };
            newsletters::change(&review.at(3), &Actor::operator(), key, changes).await.expect("changed");
        };
        set(true).await;
        review.approve(1, &review.terms(1).await).await.expect("approved");
        set(true).await;
        assert_eq!(review.issue().await.state, IssueState::Approved, "nothing was changed");
        set(false).await;
        let issue = review.issue().await;
        assert_eq!((issue.state, issue.reason), (IssueState::Draft, Some(Reason::ChangedAfterApproval { change: Change::Newsletter })));
    }

    /// Whoever changes an issue in review hands it in when they are done.
    /// Nobody hands in what the schedule composes: it asks itself those who may approve.
    async fn the_schedule_asks_the_approvers(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        let key = review.name.newsletter.clone();
        publish(&review.db, &news("Noch etwas", TopicSet::EMPTY), review.time(1)).await;
        let schedule = rundbrief::domain::schedule::Schedule::parse("30 7 * * 4", "Europe/Berlin").expect("a schedule");
        let slot = schedule.next_after(review.time(2)).expect("a slot");
        let ahead = async |minutes| {
            let by = Actor::Job("schedule");
            issues::compose_ahead(&review.at(minutes), &by, &review.newsletter, &slot).await.expect("composed")
        };
        let SlotOutcome::Composed(issue) = ahead(2).await else { panic!("there is something to tell") };
        assert_eq!(issue.state, IssueState::InReview);
        assert_eq!(ahead(3).await, SlotOutcome::Processed);
        let to_erika = format!("erika-{key}@region.example");
        assert_eq!(review.mails().await, [("review-asked".to_owned(), to_erika)]);
    }

    async fn an_issue_that_is_changed_in_review_is_a_draft(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        for expected in [true, false] {
            let app = review.at(1);
            let mut op = app.begin(&review.jana, Action::EntryChange).await.expect("begin");
            let issue = review.issue().await;
            assert_eq!(review::changed(&mut op, &issue, Change::Entries).await.expect("changed"), expected);
            op.commit().await.expect("commit");
            let issue = review.issue().await;
            assert_eq!((issue.state, issue.reason), (IssueState::Draft, None));
        }
        assert!(matches!(review.approve(2, &review.terms(2).await).await, Err(IssueError::State { .. })), "a draft is handed in first");
    }

    /// Two approvers, and an editor who saves: whatever the order, what is approved is what was seen, or
    /// it is not approved.
    async fn approvals_and_edits_do_not_cross(database: &Database) {
        for round in 0..8 {
            let review = Arc::new(Review::new(database, Approval::Required).await);
            let terms = review.terms(1).await;
            let approvals = (0..2).map(|_| {
                let (review, terms) = (review.clone(), terms.clone());
                tokio::spawn(async move { review.approve(1, &terms).await })
            }).collect::<Vec<_>>();
            let edit = (round % 2 == 0).then(|| {
                let review = review.clone();
                tokio::spawn(async move { review.edit(1, "Anderes").await })
            });
            let mut approved = 0;
            for approval in approvals {
                approved += usize::from(approval.await.expect("no panic").is_ok());
            }
            assert!(approved <= 1, "an issue is approved once");
            let state = match edit {
                None => {
                    assert_eq!(approved, 1);
                    IssueState::Approved
                }
                Some(edit) => {
                    let invalidated = edit.await.expect("no panic");
                    assert_eq!(invalidated, approved, "the edit came first, or took the approval back");
                    if approved == 1 { IssueState::Draft } else { IssueState::InReview }
                }
            };
            assert_eq!(review.issue().await.state, state);
        }
    }

    async fn taking_back_and_sending_do_not_cross(database: &Database) {
        for _ in 0..6 {
            let review = Arc::new(Review::new(database, Approval::Required).await);
            review.approve(1, &review.terms(1).await).await.expect("approved");
            // The clock of the node that sends is a minute ahead.
            let due = tokio::spawn({ let review = review.clone(); async move { review.due(2).await } });
            let back = review::take_back(&review.at(1), &review.erika, &review.name).await;
            let sent = due.await.expect("no panic");
            let started = sent.iter().any(|one| matches!(one, Sent::Started { .. }));
            assert_ne!(started, back.is_ok(), "{sent:?} {back:?}");
            let state = review.issue().await.state;
            assert_eq!(state, if started { IssueState::Sending } else { IssueState::InReview });
        }
    }

    async fn an_operator_names_a_reason_where_four_eyes_are_wanted(database: &Database) {
        let review = Review::new(database, Approval::FourEyes).await;
        let (root, none) = (Actor::operator(), ApprovalTerms::default());
        assert!(matches!(issues::approve(&review.at(1), &root, &review.name, &none).await, Err(IssueError::FourEyesOperator { .. })));
        assert!(matches!(issues::send(&review.at(1), &root, &review.name, &none).await, Err(IssueError::FourEyesOperator { .. })));
        let terms = ApprovalTerms { despite_four_eyes: Some("Hochwasser".to_owned()), ..none };
        issues::approve(&review.at(2), &root, &review.name, &terms).await.expect("approved");
        let issue = review.issue().await;
        let mut conn = review.db.read().await.expect("read");
        let steps = store::review_step::of_issue(&mut conn, issue.id, 9).await.expect("steps");
        assert_eq!(steps[0].message.as_deref(), Some("Hochwasser"));
    }

    /// An approver who cannot log in may ask an operator: the history says for whom it was done.
    async fn an_operator_approves_for_an_approver(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        let (root, key) = (Actor::operator(), review.name.newsletter.clone());
        let for_whom = |who: &str| ApprovalTerms {
            on_behalf_of: Some(address(&format!("{who}-{key}@region.example"))),
            ..ApprovalTerms::default()
        };
        for who in ["nobody", "jana"] {
            let refused = issues::approve(&review.at(1), &root, &review.name, &for_whom(who)).await;
            assert!(matches!(refused, Err(IssueError::NoApprover)), "{refused:?}");
            let refused = issues::send(&review.at(1), &root, &review.name, &for_whom(who)).await;
            assert!(matches!(refused, Err(IssueError::NoApprover)), "{refused:?}");
        }
        issues::approve(&review.at(2), &root, &review.name, &for_whom("erika")).await.expect("approved");
        let issue = review.issue().await;
        let mut conn = review.db.read().await.expect("read");
        let steps = store::review_step::of_issue(&mut conn, issue.id, 9).await.expect("steps");
        assert_eq!((steps[0].actor.as_str(), &steps[0].on_behalf), ("operator", &Some(review.erika.name())));
    }

    /// Whoever chose, wrote or handed in approves nothing, whatever their rights.
    async fn nobody_approves_what_they_had_a_part_in(database: &Database) {
        for part in 0..5 {
            let review = Review::new(database, Approval::FourEyes).await;
            let both = |actor: &Actor| match actor.clone() {
                Actor::User { id, uuid, .. } => Actor::User { id, uuid, roles: [Role::Editor, Role::Approver].into_iter().collect() },
                other => other,
            };
            let jana = both(&review.jana);
            let involved = match part {
                0 => {
                    review::hand_in(&review.at(1), &jana, &review.name, "").await.expect("handed in");
                    Contribution::HandedIn
                }
                1 => {
                    let text = IssueText { subject: "Neu".to_owned(), introduction: String::new() };
                    issues::edit::write(&review.at(1), &jana, &review.name, Language::De, &text, &IssueText::default()).await.expect("written");
                    Contribution::Wrote
                }
                2 => {
                    let mut conn = review.db.read().await.expect("read");
                    let entry = store::entry::by_id(&mut conn, review.entry).await.expect("read").expect("there");
                    drop(conn);
                    issues::edit::pin(&review.at(1), &jana, &review.name, &entry.uuid, true).await.expect("pinned");
                    Contribution::Chose
                }
                3 => {
                    review.write(1, &jana, "Anderes").await;
                    Contribution::Wrote
                }
                _ => {
                    review.approve(2, &review.terms(2).await).await.expect("Erika had no part");
                    continue;
                }
            };
            let erika = both(&review.erika);
            review::hand_in(&review.at(2), if part == 0 { &jana } else { &erika }, &review.name, "").await.expect("handed in");
            let refused = issues::approve(&review.at(3), &jana, &review.name, &review.terms(3).await).await;
            let Err(IssueError::FourEyes { involved: found, .. }) = refused else { panic!("{part}: {refused:?}") };
            assert_eq!(found, [involved], "{part}");
        }
    }

    /// Also where a newsletter approves by itself.
    async fn many_recipients_need_four_eyes(database: &Database) {
        let review = Review::new(database, Approval::Automatic).await;
        let mut tx = review.db.begin().await.expect("begin");
        let many = ReviewSettings { four_eyes_from: Some(2), ..ReviewSettings::default() };
        store::newsletter::set_review(&mut tx, review.newsletter.id, Approval::Automatic, many).await.expect("set");
        tx.commit().await.expect("commit");
        let job = Actor::Job("schedule");
        let mut of = review.newsletter.clone();
        of.settings.review = many;
        let schedule = rundbrief::domain::schedule::Schedule::parse("0 7 * * *", "Europe/Berlin").expect("a schedule");
        let mut slots = schedule.slots_between(monday(), monday().plus(99 * HOUR));
        for (readers, state) in [(1, IssueState::Approved), (2, IssueState::InReview)] {
            if readers == 2 {
                subscribed(&review.db, of.id, "b@example.org", Language::De, TopicSet::EMPTY).await;
            }
            publish(&review.db, &news(&format!("{readers}"), TopicSet::EMPTY), review.time(1)).await;
            let outcome = issues::compose_ahead(&review.at(2), &job, &of, &slots.next().expect("a slot")).await.expect("composed");
            let SlotOutcome::Composed(issue) = outcome else { panic!("{outcome:?}") };
            assert_eq!(issue.state, state);
        }
    }
}
