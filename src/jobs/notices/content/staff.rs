//! Mails to staff about issues.

use anyhow::Context as _;
use templates::mails::Mail;
use templates::mails::staff::{self, IssueMention, StaffMail, StaffMailView};

use crate::app::notices::AboutIssue;
use crate::app::reasons;
use crate::digest::mail_context::wall_clock;
use crate::digest::site::locale;
use crate::domain::newsletter::Newsletter;
use crate::domain::notice::NoticeKind;
use crate::jobs::notices::Notices;
use crate::store::outbox::Notice;
use crate::store::{self, Conn};

impl Notices {
    /// A mail about an issue.
    pub(super) async fn about_issue(
        &self,
        conn: &mut Conn,
        notice: &Notice,
        newsletters: &[Newsletter],
    ) -> anyhow::Result<Mail> {
        let about: AboutIssue = serde_json::from_value(notice.parameters.clone())
            .context("a notice about an issue without its parameters")?;
        let issue = store::issue::by_id(conn, about.issue)
            .await?
            .context("a notice about an issue that is gone")?;
        let newsletter = newsletters
            .iter()
            .find(|one| one.id == issue.newsletter)
            .context("a notice about an issue of no newsletter")?;
        let zone = newsletter.settings.zone;
        let mention = IssueMention {
            newsletter: newsletter.settings.text(notice.language).name.clone(),
            number: issue.number,
            due_at: issue.send_at.map(|at| wall_clock(at, zone)),
        };
        let reason = issue.reason.as_ref();
        let reason = reason.map(|reason| reasons::sentence(reason, locale(notice.language)));
        let view = StaffMailView {
            name: about.name.clone(),
            url: self.mail_context.link(&about.path),
            says: says(notice.kind, mention, about, reason)?,
        };
        Ok(staff::mail(&self.mail_context.site(notice.language), &view))
    }
}

impl Notices {
    /// The code for the sender of a newsletter.
    pub(super) fn sender_check(
        &self,
        notice: &Notice,
        newsletters: &[Newsletter],
    ) -> anyhow::Result<Mail> {
        let id = notice.parameters["newsletter"].as_i64();
        let newsletter = newsletters.iter().find(|one| Some(one.id) == id);
        let newsletter = newsletter.context("a code for the sender of no newsletter")?;
        let code = notice.parameters["code"].as_str();
        let settings = &newsletter.settings;
        let path = format!("/newsroom/newsletters/{}/release", settings.key);
        let view = StaffMailView {
            name: settings.sender_name.clone(),
            url: self.mail_context.link(&path),
            says: StaffMail::SenderCheck {
                newsletter: settings.text(notice.language).name.clone(),
                code: code.context("a code that is missing")?.to_owned(),
            },
        };
        Ok(staff::mail(&self.mail_context.site(notice.language), &view))
    }
}

fn says(
    kind: NoticeKind,
    issue: IssueMention,
    about: AboutIssue,
    reason: Option<String>,
) -> anyhow::Result<StaffMail> {
    let AboutIssue {
        by, note, changes, ..
    } = about;
    if kind == NoticeKind::ApprovalInvalidated {
        return Ok(StaffMail::ApprovalInvalidated { issue, by, changes });
    }
    if kind == NoticeKind::IssueStopped {
        return Ok(StaffMail::IssueStopped { issue, reason });
    }
    if kind == NoticeKind::ReviewAsked {
        return Ok(StaffMail::ReviewAsked { issue, by, note });
    }
    let by = by.context("a notice about an issue must name who did it")?;
    Ok(match kind {
        NoticeKind::IssueReturned => StaffMail::Returned { issue, by, note },
        NoticeKind::IssueRejected => StaffMail::Rejected { issue, by, note },
        NoticeKind::IssueApproved => StaffMail::Approved { issue, by },
        other => anyhow::bail!("{other} is not about an issue"),
    })
}
