//! Recurring jobs: what is kept of their runs, and what `rundbrief jobs` shows.

use std::time::{Duration, Instant};

use rundbrief::store;
use serde_json::Value;

use crate::harness::Installation;
use crate::store::{HOUR, monday, open};

on_both_databases! {
    async fn the_last_runs_of_a_job_are_kept(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let span = |hours: u32| (monday().plus(HOUR * hours), monday().plus(HOUR * hours + HOUR / 2));
        store::job_run::succeeded(&mut tx, "clean", span(0), Some("removed 3")).await.expect("kept");
        store::job_run::succeeded(&mut tx, "clean", span(1), None).await.expect("kept");
        let runs = store::job_run::list(&mut tx).await.expect("list");
        assert_eq!((runs[0].started_at, runs[0].finished_at), span(1));
        assert_eq!((runs[0].did.clone(), runs[0].failures), (Some(("removed 3".to_owned(), span(0).1)), 0));
        for hour in 2..4 {
            store::job_run::failed(&mut tx, "clean", span(hour), &"no ".repeat(1000)).await.expect("kept");
        }
        let runs = store::job_run::list(&mut tx).await.expect("list");
        let error = runs[0].error.clone().expect("an error");
        assert_eq!((error.0.len(), error.1, runs[0].failures), (500, span(3).1, 2));
        store::job_run::succeeded(&mut tx, "clean", span(4), None).await.expect("kept");
        let runs = store::job_run::list(&mut tx).await.expect("list");
        assert_eq!((runs.len(), runs[0].failures, runs[0].error.is_some()), (1, 0, true));
    }

    async fn the_command_shows_what_the_service_did(database: &Database) {
        let installation = Installation::new(database)
            .with("security.key", crate::web::key_text(1))
            .with("server.listen", "127.0.0.1:0");
        let shown = |name: &str| -> Value {
            let all = installation.run(["jobs", "--json"]).json();
            let mut all = all.as_array().expect("a list").iter();
            all.find(|job| job["job"] == name).expect("the job is listed").clone()
        };
        assert_eq!(shown("schedule")["started_at"], Value::Null);
        let mut worker = installation.start(["serve", "--role", "worker"]);
        let begin = Instant::now();
        while shown("expire-signups")["finished_at"].is_null() || shown("send-due")["finished_at"].is_null() {
            assert!(begin.elapsed() < Duration::from_mins(1), "no job has run");
            worker.must_run();
        }
        let schedule = shown("schedule");
        assert_eq!((&schedule["runs_on"], &schedule["period_seconds"], &schedule["failures"]), (&"leader".into(), &15.into(), &0.into()));
        let table = installation.run(["jobs"]).success();
        assert!(table.lines().next().is_some_and(|line| line.starts_with("JOB ")), "{table}");
        assert!(table.contains("15 seconds"), "{table}");
        let (code, log, _) = worker.terminate(Duration::from_secs(30));
        assert_eq!(code, Some(0), "{log}");
    }
}
