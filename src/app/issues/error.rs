//! Why an operation on an issue was not carried out.

use templates::Locale;

use crate::app::lookup::LookupError;
use crate::app::reasons;
use crate::digest::release::ReleaseError;
use crate::digest::snapshot::ApprovalInvalidated;
use crate::domain::issue::{Contribution, IssueName, IssueState};
use crate::domain::reason::Reason;
use crate::domain::review::InvalidMessage;
use crate::domain::send_time::BadSendTime;
use crate::store::StoreError;

/// Why an operation on an issue was not carried out. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The issue or its newsletter does not exist.
    #[error(transparent)]
    Unknown(LookupError),
    /// There is nothing to compose an issue from.
    #[error(
        "there is nothing to tell: nothing was published since the last issue of {newsletter}, and no event lies ahead that was not announced"
    )]
    NothingToTell {
        /// The key of the newsletter.
        newsletter: String,
    },
    /// It cannot be approved.
    #[error(transparent)]
    NotApproved(ReleaseError),
    /// The stored texts are not the approved ones.
    #[error("{issue}: {invalid}")]
    ApprovalInvalid {
        /// Which issue.
        issue: IssueName,
        /// What is wrong with them.
        invalid: ApprovalInvalidated,
    },
    /// Its state does not allow this.
    #[error("{issue} is {state} and cannot become {to}")]
    State {
        /// Which issue.
        issue: IssueName,
        /// Its state.
        state: IssueState,
        /// The state it was to have.
        to: IssueState,
    },
    /// Four eyes are wanted, and these had a part in it.
    #[error(
        "{issue} needs a second pair of eyes: whoever approves it must have had no part in it, and you did ({}); ask a colleague to approve it",
        parts(.involved)
    )]
    FourEyes {
        /// Which issue.
        issue: IssueName,
        /// The parts that the actor had.
        involved: Vec<Contribution>,
    },
    /// Four eyes are wanted, and nobody sees who is at the command line.
    #[error(
        "{issue} needs the approval of a second person in the newsroom; in an emergency give --despite-four-eyes REASON, which the issue's history shows"
    )]
    FourEyesOperator {
        /// Which issue.
        issue: IssueName,
    },
    /// It is not what the approver has seen.
    #[error("{issue} was changed after you opened the page; look at it again, then approve it")]
    NotAsSeen {
        /// Which issue.
        issue: IssueName,
    },
    /// The time in which an approval can be taken back is over.
    #[error("{issue} is {state}: its approval cannot be taken back any more")]
    TooLate {
        /// Which issue.
        issue: IssueName,
        /// Its state.
        state: IssueState,
    },
    /// Its approval can still be taken back.
    #[error("{issue} was approved a moment ago and can still be taken back; try again in a minute")]
    NotYet {
        /// Which issue.
        issue: IssueName,
    },
    /// Somebody else approved it.
    #[error("{issue} was approved by somebody else, and only they can take that back")]
    NotTheirs {
        /// Which issue.
        issue: IssueName,
    },
    /// Nobody with this address approves.
    #[error("nobody with this address may approve issues; `rundbrief user list` shows who may")]
    NoApprover,
    /// What was said cannot be kept.
    #[error(transparent)]
    Message(#[from] InvalidMessage),
    /// It is paused, and only resuming leads on.
    #[error("{issue} is paused; `rundbrief issue resume {issue}` resumes it")]
    Paused {
        /// Which issue.
        issue: IssueName,
    },
    /// It has reached a final state.
    #[error("{issue} is {state}, which is final")]
    Final {
        /// Which issue.
        issue: IssueName,
        /// Its state.
        state: IssueState,
    },
    /// Something forbids to send it.
    #[error("{issue} cannot be sent: {}", reasons::sentence(.reason, Locale::En))]
    CannotBeSent {
        /// Which issue.
        issue: IssueName,
        /// What forbids it.
        reason: Reason,
    },
    /// It cannot go out at this time.
    #[error("{issue} cannot be sent at this time: {bad}")]
    Time {
        /// Which issue.
        issue: IssueName,
        /// What stands against it.
        bad: BadSendTime,
    },
    /// There are no deliveries yet that could be repeated.
    #[error("{issue} has not been sent yet")]
    NotSentYet {
        /// Which issue.
        issue: IssueName,
    },
    /// Its checks have no finding of this key.
    #[error(
        "the checks of {issue} have no finding “{finding}”; `rundbrief issue check {issue}` shows the keys. It changes with the text it is about"
    )]
    NoSuchFinding {
        /// Which issue.
        issue: IssueName,
        /// The key.
        finding: String,
    },
    /// Nobody may accept this finding.
    #[error(
        "“{title}” cannot be accepted: readers would be harmed whatever the reason. Mend it, then check again"
    )]
    NotAcceptable {
        /// What it is.
        title: String,
    },
    /// A finding is accepted for a reason.
    #[error("write why the finding is accepted: the reason is kept with the issue")]
    NoReason,
    /// Somebody else changed it in the meantime.
    #[error("{issue} was changed by somebody else in the meantime; look at it again")]
    Raced {
        /// Which issue.
        issue: IssueName,
    },
    /// The operation failed whatever its subject.
    #[error(transparent)]
    Operation(#[from] crate::app::Error),
}

impl From<StoreError> for IssueError {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

impl From<LookupError> for IssueError {
    fn from(error: LookupError) -> Self {
        match error {
            LookupError::Store(error) => error.into(),
            unknown => Self::Unknown(unknown),
        }
    }
}

impl From<ReleaseError> for IssueError {
    fn from(error: ReleaseError) -> Self {
        match error {
            ReleaseError::Store(error) => error.into(),
            refused => Self::NotApproved(refused),
        }
    }
}

fn parts(involved: &[Contribution]) -> String {
    let words: Vec<_> = involved
        .iter()
        .map(|part| match part {
            Contribution::Wrote => "you wrote some of its text",
            Contribution::Chose => "you chose or arranged its entries",
            Contribution::HandedIn => "you handed it in",
        })
        .collect();
    words.join(", ")
}
