//! The export as one readable page that stands by itself.

use chrono::NaiveDateTime;
use templates::pages::personal_data::{
    ConsentRow, MailRow, PersonalDataView, SignUpRow, SubscriptionRow, page as render,
};

use super::PersonalData;
use crate::app::App;
use crate::digest::site::locale;
use crate::domain::timestamp::Timestamp;

/// The page, in the person's language. Times are those of `zone`.
pub fn page(app: &App, data: &PersonalData, zone: chrono_tz::Tz) -> String {
    let site = app.mail_context().site(data.language);
    render(&site, &view(data, zone)).into_string()
}

fn view(data: &PersonalData, zone: chrono_tz::Tz) -> PersonalDataView {
    let at = |time: Timestamp| -> NaiveDateTime { time.in_zone(zone).naive_local() };
    let maybe = |time: Option<Timestamp>| time.map(at);
    let mut wordings = Vec::new();
    for line in &data.consent {
        if let (Some(version), Some(text)) = (&line.wording_version, &line.wording) {
            let wording = (version.clone(), text.clone());
            if !wordings.contains(&wording) {
                wordings.push(wording);
            }
        }
    }
    PersonalDataView {
        exported_at: at(data.exported_at),
        zone: zone.name().to_owned(),
        address: data.address.clone(),
        language: locale(data.language),
        state: data.state.map(|state| state.to_string()),
        since: maybe(data.since),
        subscriptions: data
            .subscriptions
            .iter()
            .map(|one| SubscriptionRow {
                newsletter: one.newsletter.clone(),
                topics: one.topics.clone(),
                confirmed_at: at(one.confirmed_at),
                ended_at: maybe(one.ended_at),
            })
            .collect(),
        sign_ups: data
            .sign_ups
            .iter()
            .map(|one| SignUpRow {
                newsletters: one.newsletters.clone(),
                page: one.page.clone(),
                requested_at: at(one.requested_at),
                confirmed_at: maybe(one.confirmed_at),
            })
            .collect(),
        consent: data
            .consent
            .iter()
            .map(|one| ConsentRow {
                at: at(one.at),
                kind: one.kind.to_string(),
                newsletter: one.newsletter.clone(),
                topics: one.topics.clone(),
                page: one.page.clone(),
                wording: one.wording_version.clone(),
            })
            .collect(),
        wordings,
        notices: data
            .notices
            .iter()
            .map(|one| MailRow {
                what: one.kind.clone(),
                state: one.state.clone(),
                at: Some(at(one.finished_at.unwrap_or(one.created_at))),
                answer: one.reply.clone(),
            })
            .collect(),
        issues: data
            .issues
            .iter()
            .map(|one| MailRow {
                what: format!("{} {}", one.newsletter, one.number),
                state: one.state.to_string(),
                at: maybe(one.finished_at.or(one.started_at)),
                answer: one.reply.clone(),
            })
            .collect(),
        suppression: data
            .suppression
            .as_ref()
            .map(|one| (at(one.since), one.reason.clone())),
        history: data
            .history
            .iter()
            .map(|one| (at(one.at), one.action.clone()))
            .collect(),
    }
}
