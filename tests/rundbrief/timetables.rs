//! When newsletters appear: changed by a person, kept by the job, around holidays and pauses.

use std::time::Duration;

use chrono::NaiveDate;
use rundbrief::app::schedules::{self, NewPause, ScheduleError, ScheduleSettings};
use rundbrief::app::{Actor, App};
use rundbrief::clock::Clock;
use rundbrief::domain::audit::Action;
use rundbrief::domain::holiday::Region;
use rundbrief::domain::newsletter::{Approval, Newsletter, NewsletterSettings};
use rundbrief::domain::schedule::{CronLine, HolidayRule};
use rundbrief::domain::timestamp::Timestamp;
use rundbrief::domain::topic::TopicSet;
use rundbrief::jobs::schedule::Schedule;
use rundbrief::store::{self, Db};

use crate::installation::{app, at, config, issues, newsletter, publish, titles};
use crate::store::{DAY, HOUR, news, open, settings};

/// Thursdays at 7:00, composed when the slot is reached.
fn weekly() -> NewsletterSettings {
    NewsletterSettings {
        schedule: Some("0 7 * * 4".to_owned()),
        compose_lead: Duration::ZERO,
        catch_up: 2 * HOUR,
        approval: Approval::Automatic,
        ..settings("weekly", TopicSet::EMPTY)
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at_clock(db: &Db, now: Timestamp) -> App {
    App::new(
        db.clone(),
        Clock::set_at(now),
        std::sync::Arc::new(config()),
    )
}

async fn stored(db: &Db, of: &Newsletter) -> ScheduleSettings {
    let mut conn = db.read().await.expect("read");
    let of = store::newsletter::by_id(&mut conn, of.id)
        .await
        .expect("read")
        .expect("there");
    ScheduleSettings::load(&mut conn, &of).await.expect("read")
}

async fn change(
    db: &Db,
    of: &Newsletter,
    now: Timestamp,
    with: impl FnOnce(&mut ScheduleSettings),
) {
    let before = stored(db, of).await;
    let mut wanted = before.clone();
    with(&mut wanted);
    schedules::change(
        &at_clock(db, now),
        &Actor::operator(),
        &of.settings.key,
        &before.version(),
        &wanted,
    )
    .await
    .expect("a change");
}

/// Steps the job once an hour, with one more news before each step.
async fn tick(db: &Db, from: Timestamp, until: Timestamp) {
    let mut now = from;
    while now <= until {
        publish(
            db,
            &news(&now.to_string(), TopicSet::EMPTY),
            now.minus(Duration::from_secs(1)),
        )
        .await;
        Schedule::new(app(db, config()))
            .step(now)
            .await
            .expect("a step");
        now = now.plus(HOUR);
    }
}

/// Slot and instant of sending of every issue.
async fn went_out(db: &Db, of: &Newsletter) -> Vec<(String, String)> {
    let issues = issues(db, of).await.into_iter();
    issues
        .map(|issue| {
            (
                issue.slot.expect("a slot"),
                issue.send_at.expect("a time").to_string(),
            )
        })
        .collect()
}

async fn lines(db: &Db, action: Action) -> Vec<(Option<String>, Option<String>)> {
    let mut conn = db.read().await.expect("read");
    let filter = store::audit::Filter {
        action: Some(action),
        ..Default::default()
    };
    let lines = store::audit::latest(&mut conn, &filter, 10)
        .await
        .expect("lines");
    lines
        .into_iter()
        .map(|line| (line.entry.before, line.entry.after))
        .collect()
}

on_both_databases! {
    async fn christmas_eve_goes_out_a_day_early_and_keeps_its_slot(database: &Database) {
        let db = open(database).await;
        let from = at("2026-12-22T05:00:00Z");
        let of = newsletter(&db, &weekly(), from).await;
        change(&db, &of, from, |wanted| {
            wanted.free.region = Some(Region::NorthRhineWestphalia);
            wanted.free.eves = true;
            wanted.rule = HolidayRule::Before;
        }).await;
        tick(&db, from, at("2027-01-01T09:00:00Z")).await;
        assert_eq!(went_out(&db, &of).await, [
            ("2026-12-24T07:00".to_owned(), "2026-12-23T06:00:00Z".to_owned()),
            ("2026-12-31T07:00".to_owned(), "2026-12-30T06:00:00Z".to_owned()),
        ]);
        assert_eq!(lines(&db, Action::ScheduleChange).await, [(
            Some("holidays none: send".to_owned()),
            Some("holidays de-nw, 24 and 31 December: before".to_owned()),
        )]);
    }

    async fn a_skipped_holiday_is_told_by_the_next_issue(database: &Database) {
        let db = open(database).await;
        let from = at("2026-12-17T05:00:00Z");
        let of = newsletter(&db, &weekly(), from).await;
        change(&db, &of, from, |wanted| {
            wanted.free.eves = true;
            wanted.rule = HolidayRule::Skip;
        }).await;
        tick(&db, from, at("2027-01-07T08:00:00Z")).await;
        let slots: Vec<_> = went_out(&db, &of).await.into_iter().map(|(slot, _)| slot).collect();
        assert_eq!(slots, ["2026-12-17T07:00", "2027-01-07T07:00"]);
        let last = issues(&db, &of).await.pop().expect("an issue");
        assert!(titles(&db, last.id).await.contains(&"2026-12-24T05:00:00Z".to_owned()));
    }

    /// The rule moves a slot into the past after it went out, or back: it keeps its one issue.
    async fn a_changed_rule_gives_no_slot_two_issues(database: &Database) {
        let db = open(database).await;
        let from = at("2026-12-22T05:00:00Z");
        let of = newsletter(&db, &weekly(), from).await;
        let rule = async |rule: HolidayRule, now: &str| change(&db, &of, at(now), |wanted| {
            wanted.free.eves = true;
            wanted.rule = rule;
        }).await;
        rule(HolidayRule::Before, "2026-12-22T05:00:00Z").await;
        tick(&db, from, at("2026-12-23T08:00:00Z")).await;
        rule(HolidayRule::Send, "2026-12-23T09:00:00Z").await;
        tick(&db, at("2026-12-23T10:00:00Z"), at("2026-12-24T09:00:00Z")).await;
        rule(HolidayRule::After, "2026-12-24T10:00:00Z").await;
        tick(&db, at("2026-12-24T11:00:00Z"), at("2026-12-28T09:00:00Z")).await;
        let slots: Vec<_> = went_out(&db, &of).await.into_iter().map(|(slot, _)| slot).collect();
        assert_eq!(slots, ["2026-12-24T07:00"]);
    }

    async fn a_pause_composes_nothing_and_looks_back_as_far_as_it_says(database: &Database) {
        let db = open(database).await;
        let from = at("2027-07-01T04:00:00Z");
        let of = newsletter(&db, &weekly(), from).await;
        tick(&db, from, at("2027-07-01T06:00:00Z")).await;
        let app = at_clock(&db, at("2027-07-02T08:00:00Z"));
        let pause = NewPause {
            first: day("2027-07-05"),
            last: day("2027-07-30"),
            reason: " Sommerpause ".to_owned(),
            look_back: Some(7),
        };
        schedules::pause(&app, &Actor::operator(), "weekly", &pause).await.expect("a pause");
        let again = schedules::pause(&app, &Actor::operator(), "weekly", &pause).await;
        assert!(matches!(again, Err(ScheduleError::Overlaps { .. })), "{again:?}");
        publish(&db, &news("Anfang Juli", TopicSet::EMPTY), at("2027-07-03T08:00:00Z")).await;
        publish(&db, &news("Anfang August", TopicSet::EMPTY), at("2027-08-01T08:00:00Z")).await;
        tick(&db, at("2027-07-08T04:00:00Z"), at("2027-07-08T06:00:00Z")).await;
        tick(&db, at("2027-08-05T04:00:00Z"), at("2027-08-05T06:00:00Z")).await;
        let all = went_out(&db, &of).await;
        assert_eq!(all.iter().map(|(slot, _)| slot.as_str()).collect::<Vec<_>>(), ["2027-07-01T07:00", "2027-08-05T07:00"]);
        let last = issues(&db, &of).await.pop().expect("an issue");
        assert_eq!(last.window_from, Some(last.composed_at.minus(7 * DAY)));
        let told = titles(&db, last.id).await;
        assert!(told.contains(&"Anfang August".to_owned()) && !told.contains(&"Anfang Juli".to_owned()), "{told:?}");
        assert_eq!(lines(&db, Action::SchedulePause).await, [(
            None,
            Some("pause from 2027-07-05 to 2027-07-30: Sommerpause (the last 7 days are told afterwards)".to_owned()),
        )]);
    }

    async fn a_pause_ends_when_somebody_ends_it(database: &Database) {
        let db = open(database).await;
        let from = at("2027-07-02T04:00:00Z");
        let of = newsletter(&db, &weekly(), from).await;
        let wanted = |first: &str, last: &str| NewPause {
            first: day(first),
            last: day(last),
            reason: "Umzug".to_owned(),
            look_back: None,
        };
        let actor = Actor::operator();
        let app = at_clock(&db, from);
        for bad in [wanted("2027-07-09", "2027-07-08"), wanted("2027-06-01", "2027-06-30"), wanted("2027-07-09", "2028-07-30")] {
            let refused = schedules::pause(&app, &actor, "weekly", &bad).await;
            assert!(matches!(refused, Err(ScheduleError::Span)), "{refused:?}");
        }
        let one = schedules::pause(&app, &actor, "weekly", &wanted("2027-07-05", "2027-07-30")).await.expect("a pause");
        let later = schedules::pause(&app, &actor, "weekly", &wanted("2027-12-01", "2027-12-31")).await.expect("a pause");
        tick(&db, at("2027-07-08T04:00:00Z"), at("2027-07-08T06:00:00Z")).await;
        assert_eq!(went_out(&db, &of).await, []);
        let app = at_clock(&db, at("2027-07-12T08:00:00Z"));
        for uuid in [&one.uuid, &later.uuid] {
            schedules::end_pause(&app, &actor, "weekly", uuid).await.expect("it ends");
            let again = schedules::end_pause(&app, &actor, "weekly", uuid).await;
            assert!(matches!(again, Err(ScheduleError::NoPause)), "{again:?}");
        }
        tick(&db, at("2027-07-12T09:00:00Z"), at("2027-07-15T06:00:00Z")).await;
        let slots: Vec<_> = went_out(&db, &of).await.into_iter().map(|(slot, _)| slot).collect();
        assert_eq!(slots, ["2027-07-15T07:00"], "the 8th is not made up for");
        assert_eq!(lines(&db, Action::ScheduleResume).await.len(), 2);
    }

    async fn two_people_at_one_schedule_do_not_overwrite_each_other(database: &Database) {
        let db = open(database).await;
        let now = at("2027-07-01T04:00:00Z");
        let of = newsletter(&db, &weekly(), now).await;
        let seen = stored(&db, &of).await;
        let monthly = ScheduleSettings { line: CronLine::parse("0 9 1 * *").ok(), ..seen.clone() };
        let none = ScheduleSettings { line: None, ..seen.clone() };
        let (app, actor) = (at_clock(&db, now), Actor::operator());
        let save = async |wanted| schedules::change(&app, &actor, "weekly", &seen.version(), wanted).await;
        save(&monthly).await.expect("the first");
        assert!(matches!(save(&none).await, Err(ScheduleError::Changed)));
        save(&monthly).await.expect("the same again changes nothing");
        assert_eq!(stored(&db, &of).await.line.map(|line| line.to_string()).as_deref(), Some("0 9 1 * *"));
        assert_eq!(lines(&db, Action::ScheduleChange).await.len(), 1);
        let unknown = schedules::change(&app, &actor, "unknown", "", &none).await;
        assert!(matches!(unknown, Err(ScheduleError::Unknown(_))), "{unknown:?}");
    }
}
