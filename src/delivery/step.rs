//! The steps of an SMTP session.

/// The step of the SMTP session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// TCP, TLS from the first byte, greeting and EHLO.
    Connect,
    /// STARTTLS and the handshake after it.
    Encrypt,
    /// AUTH.
    Authenticate,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA.
    Data,
    /// The mail itself.
    Mail,
    /// Waiting for the reply to the end of data.
    Acceptance,
    /// RSET after a refusal.
    Reset,
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Connect => "connecting",
            Self::Encrypt => "STARTTLS",
            Self::Authenticate => "logging in",
            Self::Sender => "MAIL FROM",
            Self::Recipient => "RCPT TO",
            Self::Data => "DATA",
            Self::Mail => "sending the mail",
            Self::Acceptance => "waiting for the reply to the mail",
            Self::Reset => "RSET",
        })
    }
}
