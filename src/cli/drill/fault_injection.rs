//! What the receiver of a drill does wrong: drawn by lot for each mail, from a seed.

use std::time::Duration;

use fastrand::Rng;

/// How long a slow answer takes.
const SLOW: Duration = Duration::from_millis(250);
/// One mail in so many meets something.
const FAULT_EVERY: u32 = 12;

/// What is done to one mail. Whoever keeps silent does so until the other side gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing: it is taken.
    Nothing,
    /// Every answer takes a moment.
    Slow(Duration),
    /// 451 to MAIL.
    SenderLater,
    /// 421 to MAIL, and the end of the connection.
    Closing,
    /// 450 to RCPT.
    RecipientLater,
    /// Cut after 354 and a part of the mail.
    CutInMail,
    /// 452 to the mail.
    MailLater,
    /// 554 to the mail: final.
    MailNever,
    /// Cut after the end of data, without an answer. `kept` is whether it has the mail.
    CutAtDot { kept: bool },
    /// Silence after the end of data.
    SilentAtDot { kept: bool },
    /// Silence after RCPT.
    SilentAtRecipient,
    /// An answer to MAIL that is none.
    Garbage,
    /// Half an answer to RCPT, then the end.
    HalfLine,
}

impl Fault {
    pub(super) fn draw(random: &mut Rng) -> Self {
        if random.u32(..FAULT_EVERY) > 0 {
            return Self::Nothing;
        }
        let kept = random.bool();
        match random.u32(..24) {
            0..=3 => Self::Slow(SLOW),
            4..=5 => Self::SenderLater,
            6..=7 => Self::Closing,
            8..=10 => Self::RecipientLater,
            11..=12 => Self::CutInMail,
            13..=14 => Self::MailLater,
            15..=16 => Self::MailNever,
            17..=18 => Self::CutAtDot { kept },
            19 => Self::SilentAtDot { kept },
            20 => Self::SilentAtRecipient,
            21..=22 => Self::Garbage,
            _ => Self::HalfLine,
        }
    }
}
