//! What was found, as the templates take it; the page of an approval shows it too.

use std::collections::BTreeMap;

use templates::pages::newsroom::checks::list::{AcceptedView, FindingRow, ListView, Mark};

use crate::app::issues::checks::{self, Checked};
use crate::domain::check::{Acceptance, Field, Finding, Observation, Place, Severity};
use crate::domain::issue::IssueName;
use crate::domain::user::Right;
use crate::store::issue::Issue;
use crate::store::{self, Conn, StoreError};
use crate::web::newsroom::Staff;
use crate::web::newsroom::issues::LIST;

/// How many findings of the last check ask for somebody, for the tab of an issue's pages; none where
/// nobody has checked yet, or it is too late.
pub(in crate::web::newsroom) async fn found(
    conn: &mut Conn,
    issue: &Issue,
) -> Result<Option<u32>, StoreError> {
    if !checks::is_open(issue.state) {
        return Ok(None);
    }
    let open = checks::last_open(conn, issue).await?;
    Ok(open.and_then(|open| u32::try_from(open).ok()))
}

/// The findings as a list; with forms to accept them where this user `may`, also for what blocks where
/// they `judge`.
pub(in crate::web::newsroom) async fn list(
    conn: &mut Conn,
    staff: &Staff,
    issue: &IssueName,
    checked: &Checked,
    (may, judges): (bool, bool),
    zone: chrono_tz::Tz,
) -> Result<ListView, StoreError> {
    let names = store::staff::names(conn).await?;
    let page = format!("{LIST}/{}/{}", issue.newsletter, issue.number);
    let findings = checked.result.findings.iter();
    let rows = findings.map(|finding| {
        let key = finding.key();
        let accepted = checked.accepted.get(&key);
        // What blocks is for those to judge who answer for the release.
        let may_judge = finding.severity != Severity::Blocks || judges;
        FindingRow {
            mark: mark(finding.severity),
            words: checks::words(finding, staff.locale()),
            url: url(staff, &page, finding),
            preview_url: preview_url(staff, &page, finding),
            accepted: accepted.map(|one| accepted_view(zone, &names, one)),
            key: (finding.may_be_accepted() && may_judge).then_some(key),
        }
    });
    Ok(ListView {
        rows: rows.collect(),
        accept_url: may.then(|| format!("{page}/checks/accept")),
        back: None,
    })
}

const fn mark(severity: Severity) -> Mark {
    match severity {
        Severity::Blocks => Mark::Blocks,
        Severity::Warns => Mark::Warns,
        Severity::Hint => Mark::Hint,
        Severity::Fine => Mark::Fine,
    }
}

/// Where a finding is mended; nothing is mended where all is in order.
fn url(staff: &Staff, page: &str, finding: &Finding) -> Option<String> {
    if finding.severity == Severity::Fine {
        return None;
    }
    Some(match finding.place.as_ref()? {
        Place::Entry { uuid, field, .. } => {
            let entry = format!("/newsroom/entries/{uuid}");
            let (page, anchor) = match field {
                _ if !staff.may(Right::Write) => ("", String::new()),
                Field::State => ("", String::new()),
                Field::Picture => ("/picture", picture_field(&finding.what)),
                Field::Link => ("/edit", "#url".to_owned()),
                Field::Time => ("/edit", "#start-day".to_owned()),
                Field::Text => {
                    let language = language(&finding.what);
                    (
                        "/edit",
                        language.map_or_else(String::new, |one| format!("#body-{one}")),
                    )
                }
            };
            format!("{}{anchor}", staff.reader.path(&format!("{entry}{page}")))
        }
        Place::IssueTexts => {
            let query = language(&finding.what).map(|language| [("words", language)]);
            format!(
                "{}#words",
                staff.reader.link(page, query.into_iter().flatten())
            )
        }
        Place::IssueEntries => staff.reader.path(page),
        Place::Configuration => return None,
    })
}

/// Where a mail that shows it can be seen, in the language that is meant.
fn preview_url(staff: &Staff, page: &str, finding: &Finding) -> Option<String> {
    let is_seen = match finding.place.as_ref()? {
        Place::Entry { field, .. } => *field != Field::State,
        Place::IssueTexts | Place::IssueEntries => true,
        Place::Configuration => false,
    };
    (is_seen && finding.severity != Severity::Fine).then(|| {
        let query = language(&finding.what).map(|language| ("language", language));
        staff.reader.link(&format!("{page}/variants"), query)
    })
}

/// The field of the page of a picture.
fn picture_field(what: &Observation) -> String {
    match what {
        Observation::CreditMissing => "#credit".to_owned(),
        Observation::AlternativeUntranslated { language } => format!("#alt-{language}"),
        _ => "#alternative".to_owned(),
    }
}

/// In which language words are meant.
fn language(what: &Observation) -> Option<&str> {
    match what {
        Observation::IntroductionMissing { language, .. }
        | Observation::SubjectMissing { language, .. } => Some(language.as_str()),
        Observation::WeekdayWrong { language, .. }
        | Observation::DayUnknown { language, .. }
        | Observation::DeadlinePassed { language, .. }
        | Observation::HeadingJump { language, .. }
        | Observation::LinkTextVague { language, .. }
        | Observation::LinkTextIsAddress { language, .. }
        | Observation::HardToRead { language, .. } => Some(language.as_str()),
        _ => None,
    }
}

fn accepted_view(
    zone: chrono_tz::Tz,
    names: &BTreeMap<String, String>,
    acceptance: &Acceptance,
) -> AcceptedView {
    let is_user = acceptance.actor == "user";
    let name = names.get(&acceptance.actor_name).filter(|_| is_user);
    AcceptedView {
        who: name.cloned(),
        at: acceptance.at.in_zone(zone).naive_local(),
        reason: acceptance.reason.clone(),
    }
}
