//! A process that dies, or loses its database, in the middle of a review: at every point where it waits,
//! and at every statement that writes.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use super::*;

/// Runs something until it has waited so many times, then drops it, as a process that dies does.
async fn cut<T>(after: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut waited = 0;
    std::future::poll_fn(move |context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if waited == after => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}

/// What the database holds about the review of the issue.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    state: IssueState,
    /// Whether something is left of an approval.
    not_before: bool,
    steps: Vec<StepKind>,
    /// The lines of the audit log that tell a step.
    lines: usize,
    mails: Vec<String>,
}

impl Kept {
    async fn of(review: &Review) -> Self {
        let issue = review.issue().await;
        // What was cut while it was committed may be committed still: wait for its end.
        let mut tx = review.db.begin().await.expect("begin");
        let locked = store::issue::lock(&mut tx, issue.id).await;
        locked.expect("locked");
        drop(tx);
        let issue = review.issue().await;
        let mut conn = review.db.read().await.expect("read");
        let told = history(&mut conn, &review.name, &issue)
            .await
            .expect("history");
        let told: Vec<_> = told.into_iter().filter(|one| one.step.is_some()).collect();
        assert!(
            told.iter().all(|one| one.line.is_some()),
            "a step without its line: {told:?}"
        );
        drop(conn);
        Self {
            state: issue.state,
            not_before: issue.send_not_before.is_some(),
            steps: review.steps().await,
            lines: told.len(),
            mails: review
                .mails()
                .await
                .into_iter()
                .map(|(kind, _)| kind)
                .collect(),
        }
    }

    /// The same after one more step, which this mail tells.
    fn then(&self, state: IssueState, step: StepKind, mail: Option<&str>) -> Self {
        let mut next = self.clone();
        next.state = state;
        next.not_before = state == IssueState::Approved;
        next.steps.push(step);
        next.lines += 1;
        next.mails.extend(mail.map(str::to_owned));
        next
    }
}

/// A step of the review, and what it makes of what is kept.
#[derive(Debug, Clone, Copy)]
enum Move {
    HandIn,
    Approve,
    TakeBack,
    Edit,
}

impl Move {
    async fn make(self, review: &Review, minutes: u32) -> bool {
        let app = review.at(minutes);
        match self {
            Self::HandIn => review::hand_in(&app, &review.jana, &review.name, "Bitte.")
                .await
                .is_ok(),
            Self::Approve => {
                let terms = review.terms(minutes).await;
                review.approve(minutes, &terms).await.is_ok()
            }
            Self::TakeBack => review::take_back(&app, &review.erika, &review.name)
                .await
                .is_ok(),
            Self::Edit => {
                let mut conn = review.db.read().await.expect("read");
                let entry = store::entry::by_id(&mut conn, review.entry).await;
                let entry = entry.expect("read").expect("there");
                let base = store::entry_version::latest(&mut conn, entry.id)
                    .await
                    .expect("read");
                drop(conn);
                let mut content = entry.content.clone();
                for text in content.texts.values_mut() {
                    text.title.push('!');
                }
                let written = Written {
                    uuid: &entry.uuid,
                    base: Some(base),
                    content,
                    reviewed: BTreeSet::new(),
                    further: Vec::new(),
                    state: None,
                    merged: false,
                };
                entries::save(&app, &review.jana, written).await.is_ok()
            }
        }
    }

    /// The tables that it writes.
    const fn tables(self) -> &'static [&'static str] {
        match self {
            // It is in review already: the schedule put it there.
            Self::HandIn => &["review_step", "outbox", "audit"],
            Self::Approve => &["issue", "part", "review_step", "outbox", "audit"],
            Self::TakeBack => &["issue", "review_step", "audit"],
            Self::Edit => &["issue", "entry_version", "review_step", "outbox", "audit"],
        }
    }

    fn after(self, before: &Kept) -> Kept {
        match self {
            Self::HandIn => before.then(
                IssueState::InReview,
                StepKind::HandedIn,
                Some("review-asked"),
            ),
            Self::Approve => before.then(
                IssueState::Approved,
                StepKind::Approved,
                Some("issue-approved"),
            ),
            // Nobody is told: what was approved a moment ago is in review again.
            Self::TakeBack => before.then(IssueState::InReview, StepKind::TakenBack, None),
            // Jana knows what she changed.
            Self::Edit => before.then(
                IssueState::Draft,
                StepKind::Invalidated,
                Some("approval-invalidated"),
            ),
        }
    }
}

const MOVES: [Move; 6] = [
    Move::HandIn,
    Move::Approve,
    Move::TakeBack,
    Move::Approve,
    Move::Edit,
    Move::HandIn,
];

async fn execute(db: &Db, text: &str) {
    let text = sqlx::AssertSqlSafe(text.to_owned());
    match db {
        Db::Sqlite { writer, .. } => sqlx::query(text).execute(writer).await.map(|_| ()),
        Db::Postgres(pool) => sqlx::query(text).execute(pool).await.map(|_| ()),
    }
    .expect("a statement");
}

/// Makes writing to a table fail, or not any more.
async fn fail(db: &Db, table: &str, fails: bool) {
    for what in ["INSERT", "UPDATE"] {
        let name = format!("fail_{table}_{}", what.to_lowercase());
        let text = match (db, fails) {
            (Db::Sqlite { .. }, true) => format!(
                "CREATE TRIGGER {name} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, 'the disk is gone'); END"
            ),
            (Db::Sqlite { .. }, false) => format!("DROP TRIGGER {name}"),
            (Db::Postgres(_), true) => format!(
                "CREATE TRIGGER {name} BEFORE {what} ON {table} FOR EACH ROW EXECUTE FUNCTION fail()"
            ),
            (Db::Postgres(_), false) => format!("DROP TRIGGER {name} ON {table}"),
        };
        execute(db, &text).await;
    }
}

on_both_databases! {
    async fn a_process_that_dies_leaves_a_step_done_or_not_done(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        let mut cuts = 0;
        for step in MOVES {
            let before = Kept::of(&review).await;
            let after = step.after(&before);
            for waits in 0.. {
                // Short of a minute, so that the approval can be taken back.
                let done = Box::pin(cut(waits, step.make(&review, 1))).await;
                let kept = Kept::of(&review).await;
                if kept == after {
                    break;
                }
                assert_eq!(kept, before, "{step:?} was cut after {waits} waits");
                assert_eq!(done, None, "{step:?} was refused");
                cuts += 1;
            }
        }
        // How often it waits depends on how soon the database answers.
        assert!(cuts > 10, "{cuts}");
    }

    async fn a_step_that_cannot_be_written_is_not_done(database: &Database) {
        let review = Review::new(database, Approval::Required).await;
        if let Db::Postgres(_) = review.db {
            execute(&review.db, "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is gone'; END $$").await;
        }
        for step in MOVES {
            let before = Kept::of(&review).await;
            let after = step.after(&before);
            for table in step.tables() {
                fail(&review.db, table, true).await;
                let made = step.make(&review, 1).await;
                fail(&review.db, table, false).await;
                assert!(!made, "{step:?} does not write {table}");
                assert_eq!(Kept::of(&review).await, before, "{step:?} without {table}");
            }
            assert!(step.make(&review, 1).await, "{step:?}");
            assert_eq!(Kept::of(&review).await, after, "{step:?}");
        }
    }
}
