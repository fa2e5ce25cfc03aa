//! The faults of the drill's receiver: chosen at random for each mail, from a seed.

use std::time::Duration;

use fastrand::Rng;

/// The delay of a slow reply.
const SLOW: Duration = Duration::from_millis(250);
/// One mail in this many gets a fault.
const FAULT_EVERY: u32 = 12;

/// The fault for one mail. Silence lasts until the other side gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// None: the mail is accepted.
    Nothing,
    /// Every reply is delayed.
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
    /// Closed after the end of data, without a reply. `kept`: the receiver has the mail.
    CutAtDot { kept: bool },
    /// Silence after the end of data.
    SilentAtDot { kept: bool },
    /// Silence after RCPT.
    SilentAtRecipient,
    /// An invalid reply to MAIL.
    Garbage,
    /// Half a reply to RCPT, then the connection is closed.
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
