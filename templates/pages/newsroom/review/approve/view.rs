//! What the page of an approval shows.

use chrono::NaiveDateTime;

use crate::pages::newsroom::checks::Problem;
use crate::pages::newsroom::checks::list::ListView;
use crate::pages::newsroom::issues::contents::PreviewPane;
use crate::pages::newsroom::issues::head::IssueHead;
use crate::pages::newsroom::review::event::Event;

/// The page.
#[derive(Debug, Clone)]
pub struct ApproveView {
    /// The head of the issue's pages.
    pub head: IssueHead,
    /// This page, where its forms are sent.
    pub url: String,
    /// All that the checks found.
    pub checks_url: String,
    /// What they found that is not in order; none where this user neither decides nor hands in.
    pub checks: Option<ChecksPart>,
    /// Why a finding was not accepted.
    pub problem: Option<Problem>,
    /// The preview of the variants.
    pub preview_url: String,
    /// How it arrives, for most readers; none where nothing is to be decided.
    pub preview: Option<PreviewPane>,
    /// Whether it was composed for a slot of the schedule.
    pub is_scheduled: bool,
    /// The page of deputies, for those who have one.
    pub deputies_url: Option<String>,
    /// What time it is in the newsletter's zone.
    pub now: NaiveDateTime,
    /// When the issue is sent; none: as soon as its approval cannot be taken back any more.
    pub send_at: Option<NaiveDateTime>,
    /// To how many.
    pub people: i64,
    /// Whether they are staff only.
    pub is_trial: bool,
    /// What can be done.
    pub stage: Stage,
    /// Who handed it in, and with which word.
    pub asked: Option<Event>,
    /// What this user may do, and why not.
    pub may: May,
    /// What the forms carry back: what this user sees.
    pub seen: String,
    /// What was typed.
    pub typed: Typed,
    /// What was wrong with it.
    pub wrong: Option<Wrong>,
    /// What was just done.
    pub done: Option<Done>,
    /// What was done before, the latest first.
    pub events: Vec<Event>,
}

impl ApproveView {
    /// Its heading: what this user can do here.
    pub(super) fn title(&self) -> &'static str {
        match self.stage {
            Stage::Draft if self.may.hand_in => "review-title-hand-in",
            Stage::InReview if self.may.decide => "review-title",
            Stage::InReview if self.may.hand_in && self.asked.is_none() => "review-title-hand-in",
            _ => "review-title-look",
        }
    }
}

/// What the checks find.
#[derive(Debug, Clone)]
pub struct ChecksPart {
    /// What blocks, what somebody should look at, and what was accepted.
    pub list: ListView,
    /// How many findings are in order.
    pub fine: usize,
    /// Whether something blocks that nobody accepted.
    pub blocks: bool,
}

/// What can be done with the issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is handed in.
    Draft,
    /// It is approved, returned or rejected.
    InReview,
    /// It is approved.
    Approved {
        /// By whom and when.
        by: Option<Event>,
        /// Until when this user can take that back, and how many seconds that is.
        take_back: Option<(NaiveDateTime, u64)>,
    },
    /// Nothing.
    Over,
}

/// What a user may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct May {
    /// Hand it in.
    pub hand_in: bool,
    /// Decide about it.
    pub decide: bool,
    /// The parts that this user had in it, where four eyes are wanted.
    pub involved: Vec<Part>,
    /// For how many seconds an approval can be taken back.
    pub seconds: u64,
}

/// A part that somebody had in an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Wrote text.
    WroteText,
    /// Chose entries.
    ChoseEntries,
    /// Handed it in.
    HandedIn,
}

impl Part {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::WroteText => "review-part-wrote-text",
            Self::ChoseEntries => "review-part-chose-entries",
            Self::HandedIn => "review-part-handed-in",
        }
    }
}

/// What was typed into the forms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The word to the approver.
    pub note: String,
    /// The reason for a return.
    pub reason: String,
    /// Why a finding of the checks is accepted.
    pub acceptance: String,
}

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// The box was not ticked.
    NotSure,
    /// The reason is missing.
    NoReason,
    /// The note is too long.
    NoteTooLong,
    /// The reason is too long.
    ReasonTooLong,
    /// It is not what the user saw.
    Changed,
    /// It is in another state.
    State,
    /// Too late to take it back.
    Late,
    /// The user has no right to it any more.
    Forbidden,
    /// It cannot be approved: a sentence without a full stop.
    Refused(String),
}

/// What was just done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Handed in.
    HandedIn,
    /// Approved.
    Approved,
    /// Returned.
    Returned,
    /// Rejected.
    Rejected,
    /// Taken back.
    TakenBack,
    /// A finding of the checks was accepted.
    Accepted,
    /// A finding of the checks is open again.
    Unaccepted,
}

impl Done {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::HandedIn => "review-done-handed-in",
            Self::Approved => "review-done-approved",
            Self::Returned => "review-done-returned",
            Self::Rejected => "review-done-rejected",
            Self::TakenBack => "review-done-taken-back",
            Self::Accepted => "check-done-accepted",
            Self::Unaccepted => "check-done-unaccepted",
        }
    }
}
