//! The times of an event in the editor: what half of them means, and what is asked about.

use rundbrief::domain::entry::EventTime;
use rundbrief::domain::user::Role;

use super::editor::{EVENT, edit, entry, open_new};
use super::{Desk, Newsroom};
use crate::harness::Reply;

/// Sends an event that begins on 12 December 2026 at ten, with these fields in place of its own.
async fn sent(desk: &Desk, further: &[(&str, &str)]) -> (String, Reply) {
    let uuid = open_new(desk, EVENT).await;
    let usual = [
        ("uuid", uuid.as_str()),
        ("title-de", "Ausstellung"),
        ("start-day", "2026-12-12"),
        ("start-time", "10:00"),
        ("zone", "Europe/Berlin"),
        ("do", "save"),
    ];
    let is_other = |name: &str| further.iter().any(|(other, _)| *other == name);
    let mut fields: Vec<_> = usual
        .into_iter()
        .filter(|(name, _)| !is_other(name))
        .collect();
    fields.extend_from_slice(further);
    let reply = desk.post(EVENT, &fields).await;
    (uuid, reply)
}

/// Fields that are sent, the field with the problem, and its words.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

on_both_databases! {
    /// An event of several days without a time at its end ends with its last day; so do readers read it.
    async fn a_last_day_without_a_time_is_kept(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let (uuid, reply) = sent(&erika, &[("end-day", "2026-12-14")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        let when: EventTime = entry(&newsroom, &uuid).await.and_then(|one| one.content.when).expect("a time");
        assert_eq!(when.ends_at.map(|ends| ends.to_string()).as_deref(), Some("2026-12-14T22:59:00Z"));
        let page = erika.get(&edit(&uuid)).await;
        assert!(page.body.contains("value=\"2026-12-14\""), "{}", page.body);
        let own = erika.get(&format!("/newsroom/entries/{uuid}")).await;
        assert!(own.body.contains("12. Dezember 2026, 10:00 Uhr bis Montag, 14. Dezember 2026<"), "{}", own.body);
    }

    /// What would be left out when it is saved is asked about beside its field, with the way out.
    async fn half_a_time_is_asked_about(database: &Database) {
        let newsroom = Newsroom::start(database).await;
        let erika = newsroom.user("Erika Beispiel", &[Role::Editor]).await;
        let cases: [Case<'_>; 6] = [
            (&[("registration-time", "12:00")], "registration-day", "Anmeldeschluss: Tag: Hier fehlt der Tag."),
            (&[("repeat", "none"), ("repeat-until", "2027-01-30")], "repeat-until", "wie oft der Termin stattfindet"),
            (&[("repeat", "week"), ("repeat-until", "2026-12-15")], "repeat-until", "nur einmal statt"),
            (&[("start-time", "")], "start-time", "oder wählen Sie „Ganztägig“"),
            (&[("start-time", "20:00"), ("end-time", "01:00")], "end-time", "den nächsten Tag"),
            (&[("end-day", "2026-12-11")], "end-day", "Das Ende liegt vor dem Beginn."),
        ];
        for (fields, name, words) in cases {
            let (uuid, reply) = sent(&erika, fields).await;
            assert_eq!(reply.status, 422, "{fields:?}: {}", reply.body);
            let (_, error) = reply.body.split_once(&format!("id=\"{name}-error\"")).unwrap_or_else(|| panic!("{name}: {}", reply.body));
            let error = error.split("</p>").next().unwrap_or_default();
            assert!(error.contains(words), "{name}: {error}");
            assert!(entry(&newsroom, &uuid).await.is_none());
        }
        let (_, reply) = sent(&erika, &[("start-time", "20:00"), ("end-time", "01:00"), ("end-day", "2026-12-13")]).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }
}
